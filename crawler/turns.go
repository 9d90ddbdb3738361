package crawler

import (
	"context"
	"sync"
)

// turns let one request at a time through to each host. Leases do so for the
// hosts of links; a redirect can lead to a host that another worker has.
type turns struct {
	mu    sync.Mutex
	hosts map[string]*turn
}

type turn struct {
	free    chan struct{} // holds one token
	waiting int
}

// take waits for the host's turn and returns what ends it.
func (t *turns) take(ctx context.Context, host string) (end func(), err error) {
	h := t.join(host)
	select {
	case <-h.free:
		return func() { h.free <- struct{}{}; t.leave(host, h) }, nil
	case <-ctx.Done():
		t.leave(host, h)
		return nil, context.Cause(ctx)
	}
}

func (t *turns) join(host string) *turn {
	t.mu.Lock()
	defer t.mu.Unlock()
	h := t.hosts[host]
	if h == nil {
		if t.hosts == nil {
			t.hosts = make(map[string]*turn)
		}
		h = &turn{free: make(chan struct{}, 1)}
		h.free <- struct{}{}
		t.hosts[host] = h
	}
	h.waiting++
	return h
}

func (t *turns) leave(host string, h *turn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if h.waiting--; h.waiting == 0 {
		delete(t.hosts, host)
	}
}
