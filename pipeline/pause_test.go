package pipeline

import (
	"errors"
	"testing"

	"tenure/crawler"
)

// A paused source is due never, also where the configuration file has it,
// until that is changed there.
func TestPauseSource(t *testing.T) {
	p := newTestPipeline(t, t.TempDir())
	ctx := t.Context()
	source := func(kind crawler.Kind, url string) crawler.Source {
		s, err := crawler.NewSource(kind, url)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	own, filed := source(crawler.Tag, "http://a.example/tag"), source(crawler.Feed, "http://b.example/feed")
	configure := func(paused bool) func() error {
		return func() error {
			s := filed
			s.Paused = paused
			return p.ConfigureSources(ctx, []crawler.Source{s})
		}
	}
	pause := func(name string, paused bool) func() error {
		return func() error { _, err := p.PauseSource(ctx, name, paused); return err }
	}
	if _, err := p.AddSources(ctx, own); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		name       string
		do         func() error
		own, filed bool // paused then
	}{
		{"at first", configure(false), false, false},
		{"one by address", pause(own.URL, true), true, false},
		{"the other by ID", pause(filed.ID, true), true, true},
		{"the file says what it said", configure(false), true, true},
		{"the file says so, too", configure(true), true, true},
		{"the file takes it back", configure(false), true, false},
		{"the file pauses it", configure(true), true, true},
		{"resumed over the file", pause(filed.ID, false), true, false},
		{"the file says what it said", configure(true), true, false},
		{"resumed", pause(own.ID, false), false, false},
		{"resumed again", pause(own.ID, false), false, false},
	} {
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		all, err := p.Sources()
		if err != nil || len(all) != 2 {
			t.Fatalf("%s: %d sources, %v", step.name, len(all), err)
		}
		for _, s := range all {
			want := map[string]bool{own.ID: step.own, filed.ID: step.filed}[s.ID]
			if s.Paused != want || s.Due.IsZero() != want {
				t.Errorf("%s: %s paused %v, due %v; want paused %v", step.name, s.URL, s.Paused, s.Due, want)
			}
		}
	}
	if err := pause("http://c.example/none", true)(); !errors.As(err, new(*NotFoundError)) {
		t.Errorf("%v, want that it is not known", err)
	}
}
