package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

var logbook = NewTable[int]("log")

func fillLog(t testing.TB, db *DB, n int) {
	t.Helper()
	update(t, db, func(tx *Tx) error {
		for i := range n {
			if err := logbook.Put(tx, Key(i), i); err != nil {
				return err
			}
		}
		return nil
	})
}

var squares = NewTable[int]("squares")

// square is a step that records the square under the next number, so that
// the order of the writes shows.
func square(_ context.Context, _ []byte, v int) (func(*Tx) error, error) {
	return func(tx *Tx) error {
		n, err := squares.Next(tx)
		if err != nil {
			return err
		}
		return squares.Put(tx, Key(n), v*v)
	}, nil
}

func checkSquares(t *testing.T, db *DB, n int) {
	t.Helper()
	view(t, db, func(tx *Tx) error {
		rows, err := squares.Scan(tx, nil, nil, 0)
		if len(rows) != n {
			t.Errorf("%d squares, want %d", len(rows), n)
		}
		for i, r := range rows {
			if r.Value != i*i || string(r.Key) != string(Key(uint64(i+1))) {
				t.Fatalf("square %d is %d under %x", i, r.Value, r.Key)
			}
		}
		return err
	})
}

func TestFollow(t *testing.T) {
	for _, o := range []FollowOptions{{}, {Batch: 1}, {Batch: 7, Workers: 4}, {Batch: 1000, Workers: 2}} {
		t.Run(fmt.Sprintf("%+v", o), func(t *testing.T) {
			defer goleak.VerifyNone(t)
			db := open(t, Options{})
			fillLog(t, db, 100)
			for _, want := range []int{100, 0} {
				if n, err := Follow(t.Context(), db, logbook, "sq", o, square); n != want || err != nil {
					t.Errorf("followed %d, %v, want %d", n, err, want)
				}
			}
			fillLog(t, db, 103)
			if n, err := Follow(t.Context(), db, logbook, "sq", o, square); n != 3 || err != nil {
				t.Errorf("followed %d more, %v", n, err)
			}
			checkSquares(t, db, 103)
			view(t, db, func(tx *Tx) error {
				at, err := Position(tx, "sq")
				if string(at) != string(Key(102)) {
					t.Errorf("position %x", at)
				}
				return err
			})
			if err := Rewind(db, "sq"); err != nil {
				t.Fatal(err)
			}
			if n, err := Follow(t.Context(), db, logbook, "sq", o, square); n != 103 || err != nil {
				t.Errorf("followed %d after rewind, %v", n, err)
			}
		})
	}
}

// What comes before a failure is committed; the failure stays to be met again.
func TestFollowFails(t *testing.T) {
	oops := errors.New("oops")
	for name, bad := range map[string]func() (func(*Tx) error, error){
		"function": func() (func(*Tx) error, error) { return nil, oops },
		"write":    func() (func(*Tx) error, error) { return func(*Tx) error { return oops }, nil },
		"write after a change": func() (func(*Tx) error, error) {
			return func(tx *Tx) error { return errors.Join(squares.Put(tx, Key("x"), 1), oops) }, nil
		},
		"panic":       func() (func(*Tx) error, error) { panic(oops) },
		"write panic": func() (func(*Tx) error, error) { return func(*Tx) error { panic(oops) }, nil },
	} {
		t.Run(name, func(t *testing.T) {
			defer goleak.VerifyNone(t)
			db := open(t, Options{})
			fillLog(t, db, 50)
			for i, want := range []int{42, 0} {
				n, err := Follow(t.Context(), db, logbook, "sq", FollowOptions{Batch: 10, Workers: 3},
					func(ctx context.Context, key []byte, v int) (func(*Tx) error, error) {
						if v == 42 {
							return bad()
						}
						return square(ctx, key, v)
					})
				var panicked *PanicError
				if n != want || !(errors.Is(err, oops) || errors.As(err, &panicked) && panicked.Value == oops) {
					t.Errorf("time %d: followed %d, %v, want %d", i, n, err, want)
				}
			}
			checkSquares(t, db, 42)
		})
	}
}

func TestFollowCancelled(t *testing.T) {
	defer goleak.VerifyNone(t)
	db := open(t, Options{})
	fillLog(t, db, 200)
	ctx, cancel := context.WithCancel(t.Context())
	n, err := Follow(ctx, db, logbook, "sq", FollowOptions{Workers: 2},
		func(ctx context.Context, key []byte, v int) (func(*Tx) error, error) {
			if v == 100 {
				cancel()
			} else if v > 100 {
				<-ctx.Done()
				return nil, ctx.Err()
			}
			return square(ctx, key, v)
		})
	if !errors.Is(err, context.Canceled) || n != 101 {
		t.Errorf("followed %d, %v", n, err)
	}
	checkSquares(t, db, 101)
}

// What is done does not wait for a slow function for ever.
func TestFollowSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := open(t, Options{})
		fillLog(t, db, 10)
		slow := make(chan struct{})
		done := make(chan error)
		go func() {
			_, err := Follow(t.Context(), db, logbook, "sq", FollowOptions{Workers: 2},
				func(ctx context.Context, key []byte, v int) (func(*Tx) error, error) {
					if v == 7 {
						<-slow
					}
					return square(ctx, key, v)
				})
			done <- err
		}()
		time.Sleep(2 * flushEvery) // of the bubble's clock
		synctest.Wait()
		checkSquares(t, db, 7)
		close(slow)
		if err := <-done; err != nil {
			t.Error(err)
		}
		checkSquares(t, db, 10)
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
}

// Several functions run at once, no more than asked for.
func TestFollowWorkers(t *testing.T) {
	db := open(t, Options{})
	fillLog(t, db, 12)
	var mu sync.Mutex
	running, most := 0, 0
	all := make(chan struct{})
	_, err := Follow(t.Context(), db, logbook, "sq", FollowOptions{Workers: 3},
		func(ctx context.Context, key []byte, v int) (func(*Tx) error, error) {
			mu.Lock()
			running++
			if most = max(most, running); running == 3 && v < 3 {
				close(all)
			}
			mu.Unlock()
			<-all
			mu.Lock()
			running--
			mu.Unlock()
			return nil, nil
		})
	if err != nil || most != 3 {
		t.Errorf("%d at once, %v", most, err)
	}
}
