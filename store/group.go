package store

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// A group lets callers that come at the same time share one piece of work
// such as a wait for the disk. The first to come works for all who are there;
// those who come meanwhile wait, and the first of them is next. There is no
// goroutine that waits for callers.
type group[T any] struct {
	mu      sync.Mutex
	queue   []*member[T] // in the order they came; the first one leads if working is false
	working bool
}

// A member is one caller.
type member[T any] struct {
	item  T
	err   error     // its result, set by whoever works
	leads bool      // it has been told, or is about to be told, to work
	told  chan bool // true: work for all; false: done, see err
}

// errUnfinished is what members get if the one that worked for them died.
var errUnfinished = errors.New("shared write was not finished")

// do adds item and returns its result. The caller that leads calls work on
// itself and the members after it of which take says how many it accepts;
// work sets every member's err. It may ask late for those that came meanwhile,
// until it is too late for them to be part of it. A caller whose ctx ends
// leaves, unless its item is being worked on.
func (g *group[T]) do(ctx context.Context, item T, take func(queue []*member[T]) int, work func(batch []*member[T], late func(most int) []*member[T])) error {
	m := &member[T]{item: item, err: errUnfinished, told: make(chan bool, 1)}
	if !g.join(m) && !g.wait(ctx, m) {
		return m.err
	}
	batch := g.take(take)
	defer func() { g.pass(batch) }()
	work(batch, func(most int) []*member[T] {
		more := g.next(most)
		batch = append(batch, more...)
		return more
	})
	return m.err
}

// join adds m to the queue and reports whether it has to work at once.
func (g *group[T]) join(m *member[T]) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.queue = append(g.queue, m)
	if g.working {
		return false
	}
	g.working, m.leads = true, true
	return true
}

// wait returns true when it is m's turn to work, false when m has its result.
func (g *group[T]) wait(ctx context.Context, m *member[T]) bool {
	select {
	case lead := <-m.told:
		return lead
	case <-ctx.Done():
	}
	if g.leave(m) {
		m.err = ctx.Err()
		return false
	}
	return <-m.told
}

// leave takes m out of the queue, if it is still there and does not lead.
func (g *group[T]) leave(m *member[T]) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	i := slices.Index(g.queue, m)
	if i < 0 || m.leads {
		return false
	}
	g.queue = slices.Delete(g.queue, i, i+1)
	return true
}

// take takes the next batch off the queue: one member at least.
func (g *group[T]) take(n func([]*member[T]) int) []*member[T] {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.cut(max(n(g.queue), 1))
}

// next takes at most n members off the queue.
func (g *group[T]) next(n int) []*member[T] {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.cut(max(n, 0))
}

func (g *group[T]) cut(n int) []*member[T] {
	n = min(n, len(g.queue))
	batch := slices.Clone(g.queue[:n])
	g.queue = slices.Delete(g.queue, 0, n)
	return batch
}

// pass gives the lead to the next in the queue and tells the batch, all but
// its leader, that it is done.
func (g *group[T]) pass(batch []*member[T]) {
	g.mu.Lock()
	if g.working = len(g.queue) > 0; g.working {
		g.queue[0].leads = true
		g.queue[0].told <- true
	}
	g.mu.Unlock()
	for _, m := range batch[1:] {
		m.told <- false
	}
}
