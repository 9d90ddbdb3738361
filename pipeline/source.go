package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"tenure/crawler"
	"tenure/store"
)

// A SourceState is a source and how it is doing.
type SourceState struct {
	crawler.Source
	Added    time.Time `json:"added"`
	LastRun  time.Time `json:"last_run,omitzero"` // zero: never looked at
	LastGood time.Time `json:"last_good,omitzero"`
	Due      time.Time `json:"due,omitzero"`      // next look; zero if paused
	Problem  string    `json:"problem,omitempty"` // of the last look; empty if it went well
	Since    time.Time `json:"since,omitzero"`    // when the problem began
	Found    int       `json:"found"`             // links and articles found by the last good look
	Volume   Volume    `json:"volume"`
}

// AddSources adds sources, or changes those that are known: kind, interval,
// tags and patterns become the new ones. It returns how many were new.
// A new source is due at once.
func (p *Pipeline) AddSources(ctx context.Context, sources ...crawler.Source) (added int, err error) {
	err = p.db.Write(ctx, func(tx *store.Tx) error {
		added = 0
		for _, s := range sources {
			fresh, err := p.putSource(tx, s, false)
			if err != nil {
				return fmt.Errorf("source %s: %w", s.URL, err)
			}
			if fresh {
				added++
			}
		}
		return nil
	})
	return added, err
}

// ConfigureSources makes the sources of the configuration file those given:
// they are added or changed, and those an earlier configuration gave and
// this one does not are removed. Sources added by hand stay.
func (p *Pipeline) ConfigureSources(ctx context.Context, sources []crawler.Source) error {
	return p.db.Write(ctx, func(tx *store.Tx) error {
		keep := map[string]bool{}
		for _, s := range sources {
			keep[s.ID] = true
			if _, err := p.putSource(tx, s, true); err != nil {
				return fmt.Errorf("source %s: %w", s.URL, err)
			}
		}
		var gone []sourceRow
		err := schema.sources.Each(tx, nil, func(_ []byte, row sourceRow) error {
			if row.Config && !keep[row.ID] {
				gone = append(gone, row)
			}
			return nil
		})
		for _, row := range gone {
			if err == nil {
				err = removeSource(tx, row)
			}
		}
		return err
	})
}

func (p *Pipeline) putSource(tx *store.Tx, s crawler.Source, config bool) (fresh bool, err error) {
	row, known, err := schema.sources.Get(tx, []byte(s.ID))
	if err != nil {
		return false, err
	}
	now := p.Now().UTC()
	if !known {
		row.Added = now
	}
	if s.Kind == "" {
		s.Kind = row.Kind
	}
	before := row
	if config {
		if s.Paused != row.Filed {
			row.ByHand = nil // the file was changed since
		}
		row.Filed = s.Paused
		if row.ByHand != nil {
			s.Paused = *row.ByHand
		}
	}
	if !known || row.Config {
		row.Config = config // one added by hand stays when the file no longer has it
	}
	row.Source = s
	if known && reflect.DeepEqual(row, before) {
		return false, nil
	}
	err = schema.sources.Put(tx, []byte(s.ID), row)
	if err != nil || known && reflect.DeepEqual(row.Source, before.Source) {
		return false, err // its place in the queue stays
	}
	return !known, putSourceLink(tx, s, now)
}

// putSourceLink queues a source's own page, or takes it out of the queue if
// the source is paused. A page known as something else begins a source now.
func putSourceLink(tx *store.Tx, s crawler.Source, now time.Time) error {
	key := crawler.Key(s.URL)
	row, known, err := schema.links.Get(tx, key[:])
	if err != nil {
		return err
	}
	if known {
		if err := dequeue(tx, key[:], row); err != nil {
			return err
		}
	} else {
		row.Found = now
	}
	l := s.Link()
	row.URL, row.Source, row.Role, row.Kind, row.Tags = l.URL, l.Source, l.Role, l.Kind, l.Tags
	if row.Due.IsZero() {
		row.Due = now
	}
	if s.Every > 0 && !row.Tried.IsZero() && row.Tries == 0 {
		row.Due = row.Tried.Add(s.Every).UTC() // its interval may have changed
	}
	row.State = linkQueued
	if s.Paused {
		row.State = linkDone
		if err := schema.links.Put(tx, key[:], row); err != nil {
			return err
		}
	} else if err := enqueue(tx, key[:], row); err != nil {
		return err
	}
	return touchHost(tx, l.Host(), nil)
}

// PauseSource has a source, by ID or address, looked at no more, or again. It
// holds over what the configuration file says until that is changed there.
func (p *Pipeline) PauseSource(ctx context.Context, name string, paused bool) (crawler.Source, error) {
	var s crawler.Source
	err := p.db.Write(ctx, func(tx *store.Tx) error {
		row, err := findSource(tx, name)
		if err != nil {
			return err
		}
		changed := row.Paused != paused
		row.Paused, row.ByHand = paused, &paused
		s = row.Source
		if err := schema.sources.Put(tx, []byte(row.ID), row); err != nil || !changed {
			return err
		}
		return putSourceLink(tx, row.Source, p.Now().UTC())
	})
	return s, err
}

// RemoveSource removes a source by ID or address. What came of it stays.
func (p *Pipeline) RemoveSource(ctx context.Context, name string) (crawler.Source, error) {
	var gone crawler.Source
	err := p.db.Write(ctx, func(tx *store.Tx) error {
		row, err := findSource(tx, name)
		if err != nil {
			return err
		}
		gone = row.Source
		return removeSource(tx, row)
	})
	return gone, err
}

func removeSource(tx *store.Tx, s sourceRow) error {
	key := crawler.Key(s.URL)
	row, ok, err := schema.links.Get(tx, key[:])
	if err != nil {
		return err
	}
	if ok {
		if err := dequeue(tx, key[:], row); err != nil {
			return err
		}
		row.State = linkDone
		if err := schema.links.Put(tx, key[:], row); err != nil {
			return err
		}
		if err := touchHost(tx, row.Host(), nil); err != nil {
			return err
		}
	}
	return schema.sources.Delete(tx, []byte(s.ID))
}

// A NotFoundError says that nothing has the given name.
type NotFoundError struct {
	What string // "source", "article", …
	Name string
	Near []string // names that are like it
}

// Error implements error.
func (e *NotFoundError) Error() string {
	msg := fmt.Sprintf("no %s %q", e.What, e.Name)
	if len(e.Near) > 0 {
		msg += "; did you mean " + strings.Join(e.Near, " or ") + "?"
	}
	return msg
}

func findSource(tx *store.Tx, name string) (sourceRow, error) {
	if u, err := crawler.Canonical(name); err == nil {
		if row, ok, err := schema.sources.Get(tx, []byte(crawler.SourceID(u))); ok || err != nil {
			return row, err
		}
	}
	row, ok, err := schema.sources.Get(tx, []byte(name))
	if ok || err != nil {
		return row, err
	}
	notFound := &NotFoundError{What: "source", Name: name}
	err = schema.sources.Each(tx, nil, func(_ []byte, row sourceRow) error {
		if len(notFound.Near) < 3 && (strings.Contains(row.URL, name) || strings.HasPrefix(row.ID, name)) {
			notFound.Near = append(notFound.Near, row.URL)
		}
		return nil
	})
	return sourceRow{}, cmp.Or[error](err, notFound)
}

// FindSource returns the source with the given ID or address.
func (p *Pipeline) FindSource(name string) (crawler.Source, error) {
	var s crawler.Source
	err := p.db.View(func(tx *store.Tx) error {
		row, err := findSource(tx, name)
		s = row.Source
		return err
	})
	return s, err
}

// Sources returns all sources in order of their addresses.
func (p *Pipeline) Sources() ([]SourceState, error) {
	var all []SourceState
	err := p.db.View(func(tx *store.Tx) error {
		return schema.sources.Each(tx, nil, func(_ []byte, row sourceRow) error {
			s := SourceState{row.Source, row.Added, row.LastRun, row.LastGood, time.Time{}, row.Problem, row.Since, row.Found, Volume{}}
			key := crawler.Key(row.URL)
			link, _, err := schema.links.Get(tx, key[:])
			if link.State == linkQueued {
				s.Due = link.Due
			}
			if err != nil {
				return err
			}
			s.Volume, err = volumeOf(tx, row.ID, p.Now())
			all = append(all, s)
			return err
		})
	})
	slices.SortFunc(all, func(a, b SourceState) int { return cmp.Compare(a.URL, b.URL) })
	return all, err
}

// AddURLs queues article addresses, due at once. It returns how many were
// new, and how many are tried again although they had been given up. The
// addresses are canonical.
func (p *Pipeline) AddURLs(ctx context.Context, urls []string) (added, again int, err error) {
	for len(urls) > 0 {
		n := min(len(urls), 1000)
		links := make([]crawler.Link, n)
		for i, u := range urls[:n] {
			links[i] = crawler.Link{URL: u, Role: crawler.Story}
		}
		var fresh, revived int
		err := p.db.Write(ctx, func(tx *store.Tx) (err error) {
			now := p.Now().UTC()
			if revived, err = revive(tx, urls[:n], now); err != nil {
				return err
			}
			fresh, err = putLinks(tx, links, now)
			return err
		})
		if err != nil {
			return added, again, err
		}
		added, again, urls = added+fresh, again+revived, urls[n:]
	}
	return added, again, nil
}
