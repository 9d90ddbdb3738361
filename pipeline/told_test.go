package pipeline

import (
	"errors"
	"slices"
	"testing"
	"time"

	"tenure/extract"
	"tenure/store"
)

// TestUntold: a move is to be told when it first passes the filter, and once.
func TestUntold(t *testing.T) {
	p := listed(t, 0)
	put := func(id string, first time.Time, score float64, changed time.Duration) {
		t.Helper()
		row := moveRow{Move: extract.Move{ID: id, Person: "Ada Marsh", From: extract.Position{Org: "Acme"}, Kind: extract.Departure, Score: score}, First: first, Changed: listTime().Add(changed)}
		err := p.db.Update(func(tx *store.Tx) error {
			old, _, err := schema.moves.Get(tx, []byte(id))
			return errors.Join(err, dropMove(tx, []byte(id), old), schema.moves.Put(tx, []byte(id), row), schema.movesByTime.Put(tx, store.Key(row.Changed, []byte(id)), nil))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	told := func(want ...string) {
		t.Helper()
		var got []string
		u := Untold{Hook: "desk", Kinds: []string{"departure"}, Person: "ada marsh", Org: "ACME", MinScore: 0.8, First: listTime(), Changed: listTime()}
		if err := p.Untold(u, func(m MoveRecord) error { got = append(got, m.ID); return nil }); err != nil || !slices.Equal(got, want) {
			t.Errorf("to be told: %v, %v; want %v", got, err, want)
		}
		s, _, err := p.Hook("desk")
		if err != nil {
			t.Fatal(err)
		}
		if err := p.SaveHook(t.Context(), "desk", s, got); err != nil {
			t.Fatal(err)
		}
		if err := p.SaveHook(t.Context(), "desk", s, got); !errors.Is(err, ErrHookChanged) {
			t.Errorf("a state of before is saved: %v", err)
		}
	}
	told()
	put("a", listTime(), 0.9, time.Second)
	put("b", listTime(), 0.5, time.Second)
	put("before", listTime().Add(-time.Hour), 0.9, time.Second)
	told("a")
	put("a", listTime(), 0.95, 2*time.Second)
	told()
	put("b", listTime(), 0.85, 3*time.Second)
	told("b")
	other := Untold{Hook: "other", Limit: 1}
	n := 0
	if err := p.Untold(other, func(MoveRecord) error { n++; return nil }); err != nil || n != 1 {
		t.Errorf("another hook is to be told of %d, %v; want 1", n, err)
	}
}
