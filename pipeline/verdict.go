package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"tenure/extract"
	"tenure/store"
)

// VerdictSchema names the format of a Verdict.
const VerdictSchema = "tenure/verdict/v1"

// A Judgement is what somebody says of a move or a fact.
type Judgement string

// What can be said.
const (
	Right Judgement = "ok"       // it is as it was told, and is not asked about again
	Wrong Judgement = "rejected" // it is not: it stays listed, and counts for nothing
	Later Judgement = "later"    // it is to be asked about again, after all others
	Undo  Judgement = "undo"     // the judgement before this one does not count
)

// toldAgain stands in a move's row for Wrong where an article that nobody had
// seen when it was said, and that is no copy of one, tells the move too.
const toldAgain Judgement = "again"

// Words says a judgement to a person.
func (j Judgement) Words() string {
	switch j {
	case Right:
		return "right"
	case Wrong:
		return "wrong"
	case Later:
		return "put off"
	}
	return "taken back"
}

// Judgements lists what can be said.
func Judgements() []Judgement { return []Judgement{Right, Wrong, Later, Undo} }

// What a verdict can be about.
const (
	OfMove = "move"
	OfFact = "fact"
	OfPair = "people" // a Pair; only Later and Undo
)

// A Verdict is what somebody said of a move or a fact, and when. The last one
// about the same counts. What is the same goes by what is said, not by where
// it stands, so a verdict holds when articles are read again.
type Verdict struct {
	Schema  string    `json:"schema"`
	Of      string    `json:"of"` // move, fact or people
	ID      string    `json:"id"` // of what was judged, as it was then
	Verdict Judgement `json:"verdict"`
	At      time.Time `json:"at"`
	Person  string    `json:"person,omitempty"`
	Says    string    `json:"says,omitempty"` // what was judged, in words
	// Seen is who the move or fact is about, in the articles that told it.
	Seen []extract.SightingKey `json:"seen,omitempty"`
}

// A RefusedError says that what was asked was understood and cannot be.
type RefusedError struct{ Why string }

// Error implements error.
func (e *RefusedError) Error() string { return e.Why }

// Judge records what somebody says of a move, a fact or a pair of people, by
// ID, and brings up to date what follows from it. With Undo the judgement
// before it counts again. The error is a *NotFoundError if nothing has the ID,
// or nothing is to be undone.
func (p *Pipeline) Judge(ctx context.Context, id string, j Judgement) (v Verdict, err error) {
	if !slices.Contains(Judgements(), j) {
		return v, &RefusedError{fmt.Sprintf("verdict %q: want ok, rejected, later or undo", j)}
	}
	if d, ok, err := p.decidedPair(id); j == Undo && (err != nil || ok) {
		d.Undo = true
		return pairVerdict(d, p.Now().UTC()), orElse(err, func() error { return p.Decide(ctx, d) })
	}
	err = p.db.Write(ctx, func(tx *store.Tx) error {
		s, err := findSubject(tx, id)
		if err == nil {
			err = s.takes(tx, j)
		}
		if err != nil {
			return err
		}
		v = s.Verdict
		v.Schema, v.Verdict, v.At = VerdictSchema, j, p.Now().UTC()
		n, err := schema.verdicts.Next(tx)
		if err != nil {
			return err
		}
		if err := schema.verdicts.Put(tx, append(s.key, store.Key(n)...), v); err != nil {
			return err
		}
		groups, err := groupsSighted(tx, v.Seen)
		if err != nil {
			return err
		}
		return soil(tx, groups)
	})
	return v, orElse(err, func() error { return p.assembleAnew(ctx) })
}

// orElse returns err, or if there is none what fn returns.
func orElse(err error, fn func() error) error {
	if err != nil {
		return err
	}
	return fn()
}

// assembleAnew brings up to date what a decision is about.
func (p *Pipeline) assembleAnew(ctx context.Context) error {
	return (&reading{p: p, tally: newTally()}).assemble(ctx)
}

// takes reports, as an error, that a judgement makes no sense.
func (s subject) takes(tx *store.Tx, j Judgement) error {
	if s.Of == OfPair && j != Later && j != Undo {
		return &RefusedError{"of two people say that they are the same, or apart"}
	}
	if j != Undo {
		return nil
	}
	_, ok, err := s.standing(tx)
	if err == nil && !ok {
		err = &NotFoundError{What: "decision to take back about", Name: s.ID}
	}
	return err
}

// standing returns the verdict about a subject that counts.
func (s subject) standing(tx *store.Tx) (Verdict, bool, error) {
	rows, err := schema.verdicts.Scan(tx, s.key, nil, 0)
	v, ok := lastStanding(values(rows), s.Seen)
	return v, ok, err
}

// lastStanding returns the last verdict that was not undone, of those about
// somebody sighted.
func lastStanding(all []Verdict, sighted []extract.SightingKey) (v Verdict, ok bool) {
	var stack []Verdict
	for _, v := range all {
		switch {
		case !v.about(sighted):
		case v.Verdict != Undo:
			stack = append(stack, v)
		case len(stack) > 0:
			stack = stack[:len(stack)-1]
		}
	}
	if len(stack) == 0 {
		return v, false
	}
	return stack[len(stack)-1], true
}

// about reports whether a verdict is about somebody with one of the
// sightings.
func (v Verdict) about(sighted []extract.SightingKey) bool {
	return slices.ContainsFunc(v.Seen, func(s extract.SightingKey) bool { return slices.Contains(sighted, s) })
}

// Verdicts returns all that was said of moves and facts, oldest first.
func (p *Pipeline) Verdicts() ([]Verdict, error) {
	type numbered struct {
		n uint64
		v Verdict
	}
	var rows []numbered
	err := walk(p.db, schema.verdicts, nil, func(key []byte, v Verdict) error {
		rows = append(rows, numbered{numberIn(key), v})
		return nil
	})
	slices.SortFunc(rows, func(a, b numbered) int { return cmp.Compare(a.n, b.n) })
	var all []Verdict
	for _, r := range rows {
		all = append(all, r.v)
	}
	return all, err
}

// numberLength is how many bytes the number of a verdict takes at the end of
// its key.
const numberLength = 8

// numberIn returns the number in a verdict's key.
func numberIn(key []byte) uint64 { return store.ReadKey(key[max(0, len(key)-numberLength):]).Uint64() }
