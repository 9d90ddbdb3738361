package pipeline

import (
	"context"
	"errors"
	"slices"
	"time"

	"tenure/store"
)

// A HookState is what is kept of a hook: how far it has looked, and the
// message that is on its way. Who hooks are, and how they are told, is nobody's
// business here.
type HookState struct {
	Since   time.Time    `json:"since"`             // moves first seen before are none of its business
	Looked  time.Time    `json:"looked"`            // changes before this time were looked at
	Pending *HookMessage `json:"pending,omitempty"` // made, and not taken yet
	Told    time.Time    `json:"told,omitzero"`     // when a message was last taken
	Moves   int          `json:"moves"`             // told in all
	Rev     int          `json:"rev"`               // counts changes
}

// A HookMessage is a message as it goes out, each time it is tried.
type HookMessage struct {
	ID      string    `json:"id"`
	Made    time.Time `json:"made"`
	By      string    `json:"by"`    // what it was made with; another template makes it anew
	Moves   []string  `json:"moves"` // IDs of what it tells
	Body    []byte    `json:"body"`
	Tries   int       `json:"tries"`
	Due     time.Time `json:"due"`               // not tried before
	Problem string    `json:"problem,omitempty"` // of the last try
}

// ErrHookChanged is returned by SaveHook if somebody else has saved the hook
// since it was read.
var ErrHookChanged = errors.New("another process tells this hook")

// Hook returns what is kept of a hook, and false if nothing is.
func (p *Pipeline) Hook(name string) (s HookState, ok bool, err error) {
	err = p.db.View(func(tx *store.Tx) error {
		s, ok, err = schema.hooks.Get(tx, []byte(name))
		return err
	})
	return s, ok, err
}

// SaveHook keeps the state of a hook, whose Rev is as it was read, and notes
// which moves it was told of.
func (p *Pipeline) SaveHook(ctx context.Context, name string, s HookState, told []string) error {
	return p.db.Write(ctx, func(tx *store.Tx) error {
		now, _, err := schema.hooks.Get(tx, []byte(name))
		switch {
		case err != nil:
			return err
		case now.Rev != s.Rev:
			return ErrHookChanged
		}
		next := s
		next.Rev++
		for _, id := range told {
			err = errors.Join(err, schema.told.Put(tx, store.Key(name, []byte(id)), nil))
		}
		return errors.Join(err, schema.hooks.Put(tx, []byte(name), next))
	})
}

// An Untold says which moves a hook wants to be told of.
type Untold struct {
	Hook     string    `json:"hook"`
	Kinds    []string  `json:"kinds,omitempty"` // all if there are none
	Person   string    `json:"person,omitempty"`
	Org      string    `json:"org,omitempty"`
	MinScore float64   `json:"min_score,omitempty"`
	First    time.Time `json:"first"`           // first seen at this time or later
	Changed  time.Time `json:"changed"`         // the same of the last change
	Limit    int       `json:"limit,omitempty"` // 0 means all
}

// Untold calls fn for the moves that a hook was not told of yet, in order of
// their last change. A move that did not pass the filter is told when it does.
func (p *Pipeline) Untold(u Untold, fn func(MoveRecord) error) error {
	fn = limited(u.Limit, fn)
	person, org := newMatcher(u.Person), newMatcher(u.Org)
	return ended(p.movesChanged(Filter{Since: u.Changed}, func(row moveRow) error {
		switch {
		case row.First.Before(u.First), row.Score < u.MinScore, len(u.Kinds) > 0 && !slices.Contains(u.Kinds, string(row.Kind)),
			!person.name(row.Person), !org.name(row.From.Org) && !org.name(row.To.Org):
			return nil
		}
		told, err := p.wasTold(u.Hook, row.ID)
		if r := newMoveRecord(row); err == nil && !told && !r.rejected() {
			return fn(r)
		}
		return err
	}))
}

func (p *Pipeline) wasTold(hook, move string) (told bool, err error) {
	err = p.db.View(func(tx *store.Tx) error {
		_, told, err = schema.told.Get(tx, store.Key(hook, []byte(move)))
		return err
	})
	return told, err
}
