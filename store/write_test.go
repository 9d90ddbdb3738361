package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
)

func TestWriteTogether(t *testing.T) {
	db := open(t, Options{})
	const n = 300
	var wg sync.WaitGroup
	errs := make([]error, n)
	for i := range n {
		wg.Go(func() {
			errs[i] = db.Write(t.Context(), func(tx *Tx) error {
				if i%10 == 3 {
					return fmt.Errorf("refused %d", i)
				}
				if err := people.Put(tx, Key(i), person{Age: i}); err != nil {
					return err
				}
				switch i % 10 {
				case 5:
					return fmt.Errorf("failed %d", i)
				case 7:
					panic(i)
				}
				return nil
			})
		})
	}
	wg.Wait()
	view(t, db, func(tx *Tx) error {
		for i, err := range errs {
			_, ok, gerr := people.Get(tx, Key(i))
			var panicked *PanicError
			var want bool
			switch i % 10 {
			case 3:
				want = err != nil && err.Error() == fmt.Sprintf("refused %d", i) && !ok
			case 5:
				want = err != nil && err.Error() == fmt.Sprintf("failed %d", i) && !ok
			case 7:
				want = errors.As(err, &panicked) && panicked.Value == i && len(panicked.Stack) > 0 && !ok
			default:
				want = err == nil && ok
			}
			if !want || gerr != nil {
				t.Errorf("write %d: %v, stored: %v, %v", i, err, ok, gerr)
			}
		}
		return nil
	})
}

func TestWriteEndedContext(t *testing.T) {
	db := open(t, Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	called := false
	err := db.Write(ctx, func(*Tx) error { called = true; return nil })
	if !errors.Is(err, context.Canceled) || called {
		t.Errorf("%v, called: %v", err, called)
	}
}

// While one works, others gather: the next of them works for all, those that
// gave up are left out, and the limit of a group is kept; the first takes one
// along that came late.
func TestGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g group[int]
		var batches [][]int
		hold := make(chan struct{})
		work := func(batch []*member[int], late func(int) []*member[int]) {
			<-hold
			if len(batches) == 0 {
				batch = append(batch, late(1)...)
			}
			var items []int
			for _, m := range batch {
				items = append(items, m.item)
				m.err = nil
			}
			batches = append(batches, items)
		}
		three := func([]*member[int]) int { return 3 }
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		for i := range 7 {
			wg.Go(func() {
				mine := t.Context()
				if i == 2 {
					mine = ctx
				}
				err := g.do(mine, i, three, work)
				if wrong := err != nil; wrong != (i == 2) {
					t.Errorf("%d: %v", i, err)
				}
			})
			synctest.Wait()
		}
		cancel()
		synctest.Wait()
		close(hold)
		wg.Wait()
		if got := fmt.Sprint(batches); got != "[[0 1] [3 4 5] [6]]" {
			t.Errorf("batches %s", got)
		}
		if g.working || len(g.queue) > 0 {
			t.Errorf("left over: %v, %v", g.working, g.queue)
		}
	})
}

func TestGroupSurvivesPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g group[int]
		hold := make(chan struct{})
		all := func(queue []*member[int]) int { return len(queue) }
		var wg sync.WaitGroup
		run := func(i int, work func([]*member[int], func(int) []*member[int]), want error) {
			wg.Go(func() {
				defer func() { _ = recover() }()
				if err := g.do(t.Context(), i, all, work); !errors.Is(err, want) {
					t.Errorf("%d: %v, want %v", i, err, want)
				}
			})
			synctest.Wait()
		}
		run(0, func(batch []*member[int], _ func(int) []*member[int]) { <-hold; batch[0].err = nil }, nil)
		run(1, func([]*member[int], func(int) []*member[int]) { panic("oops") }, nil)
		run(2, nil, errUnfinished)
		close(hold)
		wg.Wait()
		run(3, func(batch []*member[int], _ func(int) []*member[int]) { batch[0].err = nil }, nil)
		wg.Wait()
	})
}
