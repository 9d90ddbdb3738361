package pipeline

import (
	"testing"
	"time"

	"tenure/crawler"
)

func TestHealth(t *testing.T) {
	looked := time.Date(2025, 5, 20, 9, 0, 0, 0, time.UTC)
	state := func(change func(*SourceState)) SourceState {
		s := SourceState{Source: crawler.Source{Kind: crawler.Tag}, LastRun: looked, Found: 9}
		change(&s)
		return s
	}
	for _, c := range []struct {
		what   string
		change func(*SourceState)
		want   Health
	}{
		{"all is well", func(*SourceState) {}, HealthOK},
		{"never looked at", func(s *SourceState) { s.LastRun = time.Time{} }, HealthNew},
		{"paused, whatever else", func(s *SourceState) { s.Paused, s.Problem = true, "http-410" }, HealthPaused},
		{"gone", func(s *SourceState) { s.Problem = "http-410" }, HealthFailing},
		{"does not answer", func(s *SourceState) { s.Problem = "timeout" }, HealthFailing},
		{"answers without articles", func(s *SourceState) { s.Problem, s.Found = noArticles, 0 }, HealthQuiet},
		{"far less than usual", func(s *SourceState) { s.Volume = Volume{Week: 1, Usual: 20} }, HealthQuiet},
		{"nothing found", func(s *SourceState) { s.Found = 0 }, HealthQuiet},
		{"a page has no links to find", func(s *SourceState) { s.Kind, s.Found = crawler.PageKind, 0 }, HealthOK},
	} {
		if got := state(c.change).Health(); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}
