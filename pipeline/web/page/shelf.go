package page

import (
	"errors"
	"maps"
	"sync"
	"sync/atomic"
	"time"

	"tenure/pipeline"
)

// A shelf keeps the view there is. Whoever finds it aged reads it anew; those
// who come meanwhile get the one before.
type shelf struct {
	mu  sync.Mutex
	now atomic.Pointer[view]
	old atomic.Bool // something was decided: it is to be read anew at once
}

// How long a view is good: a while, and longer the longer it takes to read, so
// that reading takes a twentieth of the time at most.
const (
	freshTime   = time.Second
	freshFactor = 20
	fullTime    = time.Hour // after it, articles that are gone are noticed
	overlap     = time.Minute
)

func (s *Site) view() (*view, error) {
	v := s.shelf.now.Load()
	if v == nil || s.shelf.old.Load() {
		s.shelf.mu.Lock()
	} else if s.Now().Sub(v.at) < max(freshTime, freshFactor*v.took) || !s.shelf.mu.TryLock() {
		return v, nil
	}
	defer s.shelf.mu.Unlock()
	if newer := s.shelf.now.Load(); newer != v && !s.shelf.old.Load() {
		return newer, nil
	}
	s.shelf.old.Store(false)
	next, err := s.read(v)
	switch {
	case err != nil && v == nil:
		return nil, err
	case err != nil:
		return v, nil // what was, and from when, is better than nothing; /healthz tells
	}
	s.shelf.now.Store(next)
	return next, nil
}

// read reads a view, from the one before if there is one.
func (s *Site) read(last *view) (*view, error) {
	began := time.Now()
	v := &view{at: s.Now(), people: map[string]*person{}, byID: map[string]*person{}, called: map[string][]*person{}, orgs: map[string]*organization{}}
	decisions, err := s.Library.Decisions()
	if err != nil {
		return nil, err
	}
	if last == nil || v.at.Sub(last.full) > fullTime {
		v.full = v.at
		v.articles, err = s.allArticles()
	} else {
		v.full = last.full
		if v.articles, err = s.changedArticles(last); err == nil {
			err = s.regroup(v.articles, last, decisions)
		}
	}
	if err != nil {
		return nil, err
	}
	var moves []pipeline.MoveRecord
	err = s.Library.Moves(pipeline.Filter{}, func(m pipeline.MoveRecord) error { moves = append(moves, m); return nil })
	if err == nil {
		err = s.readReview(v, decisions, moves)
	}
	if err != nil {
		return nil, err
	}
	v.addFacts()
	for _, m := range moves {
		v.addMove(m)
	}
	v.finish()
	v.took = time.Since(began)
	return v, nil
}

// allArticles reads every article that tells a fact.
func (s *Site) allArticles() (map[string]*article, error) {
	all := map[string]*article{}
	err := s.Library.Facts(pipeline.Filter{}, func(f pipeline.FactRecord) error {
		all[f.Article] = nil
		return nil
	})
	if err != nil {
		return nil, err
	}
	for id := range all {
		r, err := s.Library.Show(id)
		var gone *pipeline.NotFoundError
		if err != nil && !errors.As(err, &gone) {
			return nil, err
		}
		delete(all, id)
		if a, ok := r.(pipeline.ArticleRecord); ok && err == nil {
			all[id] = newArticle(a)
		}
	}
	return all, nil
}

// changedArticles is what there was before with what has changed since.
func (s *Site) changedArticles(last *view) (map[string]*article, error) {
	all := maps.Clone(last.articles)
	err := s.Library.Articles(pipeline.Filter{Since: last.at.Add(-overlap)}, func(a pipeline.ArticleRecord) error {
		delete(all, a.ID)
		if len(a.Facts) > 0 {
			all[a.ID] = newArticle(a)
		}
		return nil
	})
	return all, err
}
