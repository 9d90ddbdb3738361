// Package hook tells other programs of new moves, by a signed POST to an
// address of theirs: a webhook, as of the Standard Webhooks specification
// (https://www.standardwebhooks.com).
//
// What is new since a hook was told last goes out as one message, a digest, so
// that a pass that finds twelve moves is one request and not twelve. A message
// is kept in the data file, byte for byte, before it is tried, and stays there
// until an answer of the 200s says that it was taken; whichever process comes
// by when it is due tries it again, under the same ID. So everything arrives
// at least once, in order, and whoever remembers IDs takes it once.
//
// A move is told once to a hook: when it first passes the hook's filter. What
// was on record before the hook was is not told.
package hook

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"tenure/pipeline"
	"tenure/pipeline/web"
)

// A Hook is an address that is told of new moves, and which.
type Hook struct {
	Name     string // under which it is kept what it was told
	URL      string // may hold a secret: only its host is ever shown
	Secret   Secret
	Kinds    []string // of moves; all if there are none
	Person   string   // only this person
	Org      string   // only moves from or to this organization
	MinScore float64
	Payload  Payload
	Most     int // moves in a message; 0 means DefaultMost
	// AllowPrivate lets it be at an address that is not public.
	AllowPrivate bool
}

// Bounds of what is sent, and how long it may take.
const (
	DefaultMost  = 100              // moves in a message
	maxBody      = 1 << 20          // bytes of a message
	maxAnswer    = 64 << 10         // bytes of an answer that are read
	tryTime      = 20 * time.Second // from connecting to the end of the answer
	mostMessages = 50               // in one go; the rest is for the next
)

// overlap is how long before a look what is new may have been written without
// having been there to see.
const overlap = time.Hour

// A Sender sends what hooks are to be told. All of its fields are needed.
type Sender struct {
	Library web.Hooks
	Now     func() time.Time
	Agent   string // User-Agent
	// Transport is nil but in tests: then connections go to public addresses
	// only, unless a hook allows others.
	Transport http.RoundTripper
}

// A Report is what came of sending.
type Report struct {
	Messages int        `json:"messages"`          // taken
	Moves    int        `json:"moves"`             // in them
	Waiting  *time.Time `json:"waiting,omitempty"` // a message waits to be tried again then
}

// Begin notes hooks that are not known yet: what is found from now on is told.
func (s *Sender) Begin(ctx context.Context, name string) error {
	_, ok, err := s.Library.Hook(name)
	if err != nil || ok {
		return err
	}
	now := s.Now().UTC().Truncate(time.Second) // as articles' first sightings are
	err = s.Library.SaveHook(ctx, name, pipeline.HookState{Since: now, Looked: now}, nil)
	if errors.Is(err, pipeline.ErrHookChanged) {
		return nil
	}
	return err
}

// Send tells a hook what it was not told yet. A message that could not be
// delivered is tried again when it is due, or at once if so asked. The error
// says why the last try failed, or ends what was to be done.
func (s *Sender) Send(ctx context.Context, h Hook, atOnce bool) (Report, error) {
	var done Report
	if err := s.Begin(ctx, h.Name); err != nil {
		return done, err
	}
	for done.Messages < mostMessages {
		d, err := s.next(ctx, h)
		switch {
		case err != nil || d == nil:
			return done, err
		case d.state.Pending.Due.After(s.Now()) && !atOnce:
			due := d.state.Pending.Due
			done.Waiting = &due
			return done, nil
		}
		n := len(d.state.Pending.Moves)
		if err := d.try(ctx); err != nil {
			return done, err
		}
		done.Messages++
		done.Moves += n
	}
	return done, nil
}

// A delivery is a message of a hook that is to be delivered.
type delivery struct {
	*Sender
	hook  Hook
	state pipeline.HookState
}

// next returns the message that waits, or a new one; nil if there is nothing
// to tell.
func (s *Sender) next(ctx context.Context, h Hook) (*delivery, error) {
	state, _, err := s.Library.Hook(h.Name)
	if err != nil {
		return nil, err
	}
	d := &delivery{s, h, state}
	if state.Pending == nil {
		return d.begin(ctx)
	}
	return d, nil
}

// begin makes a message of what is new.
func (d *delivery) begin(ctx context.Context) (*delivery, error) {
	began := d.Now().UTC()
	moves, err := d.untold()
	if err != nil {
		return nil, err
	}
	if len(moves) == 0 {
		if looked := began.Add(-overlap); looked.After(d.state.Looked) {
			d.state.Looked = looked
			err = d.save(ctx, nil)
		}
		return nil, err
	}
	body, moves, err := d.hook.Payload.fit(d.hook.Name, began, moves)
	if err != nil {
		return nil, fmt.Errorf("hook %s: %w", d.hook.Name, err)
	}
	m := &pipeline.HookMessage{ID: "msg_" + rand.Text(), Made: began, By: d.hook.Payload.key(), Body: body, Due: began}
	for _, x := range moves {
		m.Moves = append(m.Moves, x.ID)
	}
	d.state.Pending = m
	return d, d.save(ctx, nil)
}

// untold returns the moves that the hook is to be told of next.
func (d *delivery) untold() (moves []pipeline.MoveRecord, err error) {
	u := pipeline.Untold{
		Hook: d.hook.Name, Kinds: d.hook.Kinds, Person: d.hook.Person, Org: d.hook.Org, MinScore: d.hook.MinScore,
		First: d.state.Since, Changed: d.state.Looked.Add(-overlap), Limit: d.hook.Most,
	}
	if u.Limit <= 0 {
		u.Limit = DefaultMost
	}
	err = d.Library.Untold(u, func(m pipeline.MoveRecord) error {
		moves = append(moves, m)
		return nil
	})
	return moves, err
}

// save keeps the state.
func (d *delivery) save(ctx context.Context, told []string) error {
	if err := d.Library.SaveHook(ctx, d.hook.Name, d.state, told); err != nil {
		return fmt.Errorf("hook %s: %w", d.hook.Name, err)
	}
	d.state.Rev++
	return nil
}

// try sends the message once, and keeps what came of it. Until an answer is
// there, others leave it alone.
func (d *delivery) try(ctx context.Context) error {
	m := *d.state.Pending
	d.state.Pending = &m
	m.Tries++
	m.Due = d.Now().UTC().Add(2 * tryTime)
	if err := d.remake(&m); err != nil {
		return err
	}
	if err := d.save(ctx, nil); err != nil {
		return err
	}
	wait, failed := d.post(ctx, d.hook, m.ID, m.Body)
	now := d.Now().UTC()
	ctx = context.WithoutCancel(ctx) // what was sent is noted
	if failed == nil {
		d.state.Pending, d.state.Told, d.state.Moves = nil, now, d.state.Moves+len(m.Moves)
		return d.save(ctx, m.Moves)
	}
	m.Problem, m.Due = failed.Error(), now.Add(max(wait, backoff(m.Tries)))
	err := d.save(ctx, nil)
	return errors.Join(fmt.Errorf("hook %s: %s; tried again after %s", d.hook.Name, m.Problem, m.Due.Format(time.RFC3339)), err)
}

// remake makes the message anew if the template has changed since.
func (d *delivery) remake(m *pipeline.HookMessage) error {
	if m.By == d.hook.Payload.key() {
		return nil
	}
	state := d.state
	var moves []pipeline.MoveRecord
	u := pipeline.Untold{Hook: d.hook.Name, First: state.Since, Changed: state.Looked.Add(-overlap)}
	err := d.Library.Untold(u, func(x pipeline.MoveRecord) error {
		if slices.Contains(m.Moves, x.ID) {
			moves = append(moves, x)
		}
		return nil
	})
	if err != nil || len(moves) == 0 {
		return err // they are gone: the message goes out as it is
	}
	body, _, err := d.hook.Payload.fit(d.hook.Name, m.Made, moves)
	if err != nil {
		return fmt.Errorf("hook %s: %w", d.hook.Name, err)
	}
	m.By, m.Body = d.hook.Payload.key(), body
	return nil
}

// Test sends a message with a made-up move, and keeps nothing.
func (s *Sender) Test(ctx context.Context, h Hook) error {
	body, _, err := h.Payload.fit(h.Name, s.Now().UTC(), []pipeline.MoveRecord{Sample()})
	if err == nil {
		_, err = s.post(ctx, h, "msg_test_"+rand.Text(), body)
	}
	if err != nil {
		return fmt.Errorf("hook %s: %w", h.Name, err)
	}
	return nil
}

// Preview returns the next message as it would go out, without keeping
// anything; nil if there is none.
func (s *Sender) Preview(h Hook) ([]byte, error) {
	state, ok, err := s.Library.Hook(h.Name)
	if err != nil || !ok {
		return nil, err
	}
	if state.Pending != nil {
		return state.Pending.Body, nil
	}
	d := &delivery{s, h, state}
	moves, err := d.untold()
	if err != nil || len(moves) == 0 {
		return nil, err
	}
	body, _, err := h.Payload.fit(h.Name, s.Now().UTC(), moves)
	return body, err
}
