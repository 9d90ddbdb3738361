package pipeline

import (
	"sync"
	"time"
)

// A tally counts what came of a pass, each thing once however often it was
// written: a page that was fetched and read is one page.
type tally struct {
	mu    sync.Mutex
	pages map[string]outcome // by address
	facts map[string]int     // by article that is new or changed
	moves map[string]int     // by person touched
	fresh map[string]bool    // moves that were not there before the pass
}

// An outcome is what became of a page; the greater one counts.
type outcome int

const (
	pageUnchanged outcome = iota + 1
	pageNew
	pageFailed
)

func newTally() *tally {
	return &tally{
		pages: map[string]outcome{}, facts: map[string]int{}, moves: map[string]int{}, fresh: map[string]bool{},
	}
}

func (t *tally) page(url string, o outcome) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.pages[url] = max(t.pages[url], o)
}

func (t *tally) article(id string, facts int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.facts[id] = facts
}

func (t *tally) person(id string, moves int, fresh, gone []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.moves[id] = moves
	for _, m := range fresh {
		t.fresh[m] = true
	}
	for _, m := range gone {
		delete(t.fresh, m)
	}
}

// progress returns how many pages there were so far and how many failed.
func (t *tally) progress(stage string) Progress {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := t.count()
	return Progress{stage, n.Total, n.Failed}
}

func (t *tally) count() (n PageCount) {
	n.Total = int64(len(t.pages))
	for _, o := range t.pages {
		switch o {
		case pageUnchanged:
			n.Unchanged++
		case pageNew:
			n.New++
		case pageFailed:
			n.Failed++
		}
	}
	return n
}

// summary returns the counts of what was begun at start.
func (t *tally) summary(start, now time.Time) Summary {
	s := Summary{Start: start.UTC(), Took: now.Sub(start)}
	s.Seconds = s.Took.Round(100 * time.Millisecond).Seconds()
	t.mu.Lock()
	defer t.mu.Unlock()
	s.Pages = t.count()
	s.Articles, s.NewMoves = int64(len(t.facts)), int64(len(t.fresh))
	for _, n := range t.facts {
		s.Facts += int64(n)
	}
	for _, n := range t.moves {
		s.Moves += int64(n)
	}
	return s
}
