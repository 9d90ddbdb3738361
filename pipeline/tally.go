package pipeline

import "sync"

// A tally counts what came of a pass, each thing once however often it was
// written.
type tally struct {
	mu    sync.Mutex
	facts map[string]int  // by article that is new or changed
	moves map[string]int  // by person touched
	fresh map[string]bool // moves that were not there before the pass
}

func (t *tally) article(id string, facts int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.facts == nil {
		t.facts = map[string]int{}
	}
	t.facts[id] = facts
}

func (t *tally) person(id string, moves int, fresh, gone []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.moves == nil {
		t.moves, t.fresh = map[string]int{}, map[string]bool{}
	}
	t.moves[id] = moves
	for _, m := range fresh {
		t.fresh[m] = true
	}
	for _, m := range gone {
		delete(t.fresh, m)
	}
}

// counts returns the articles, facts, moves and new moves of the pass.
func (t *tally) counts() (articles, facts, moves, fresh int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, n := range t.facts {
		facts += int64(n)
	}
	for _, n := range t.moves {
		moves += int64(n)
	}
	return int64(len(t.facts)), facts, moves, int64(len(t.fresh))
}
