package main

import (
	"context"
	"log/slog"
	"sync"

	"tenure/extract/content"
	"tenure/pipeline"
)

// siteLines knows what was learned of the sites that pages are read of, some of
// them at a time.
type siteLines struct {
	load func(host string) ([]byte, error)
	log  *slog.Logger

	mu    sync.Mutex
	known map[string]*content.Repeats // nil where nothing was learned
}

// mostSites bounds how many sites are remembered, some 40 KB each.
const mostSites = 256

// of returns what is known of a site, nil if nothing is.
func (s *siteLines) of(host string) *content.Repeats {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r, ok := s.known[host]; ok {
		return r
	}
	var r *content.Repeats
	b, err := s.load(host)
	if err == nil && len(b) > 0 {
		r = new(content.Repeats)
		err = r.UnmarshalBinary(b)
	}
	if err != nil {
		r = nil
		s.log.Warn("what was learned of a site cannot be read; 'tenure reextract --learn' learns it anew", "host", host, "error", err)
	}
	if s.known == nil || len(s.known) >= mostSites {
		s.known = map[string]*content.Repeats{}
	}
	s.known[host] = r
	return r
}

// forget has all be loaded anew.
func (s *siteLines) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known = nil
}

// learn learns what stands on many pages of a site.
func (a *app) learn(ctx context.Context, p *session) error {
	n, err := p.Learn(ctx, func(string) pipeline.Learner { return new(content.Repeats) }, a.progress())
	a.clearProgress()
	p.sites.forget()
	if err != nil {
		return err
	}
	a.say("learned from the pages of %s", plural(n, "site"))
	return nil
}
