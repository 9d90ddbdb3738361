package store

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// TestScale stores as many stories as the environment variable TENURE_SCALE
// says and logs how long it takes to open the file and to read a little.
func TestScale(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("TENURE_SCALE"))
	if err != nil {
		t.Skip("TENURE_SCALE is not a number of stories")
	}
	path := filepath.Join(t.TempDir(), "test.db")
	db := openAt(t, path, Options{})
	list := makeStories(500)
	entities := rand.NewZipf(rand.New(rand.NewPCG(3, 4)), 1.05, 10, 200_000)
	start := time.Now()
	for i := 0; i < n; i += 100 {
		update(t, db, func(tx *Tx) error {
			for j := i; j < i+100; j++ {
				if err := storyWrite(t, db, list[j%len(list)], j, entities)(tx); err != nil {
					return err
				}
			}
			return nil
		})
	}
	t.Logf("%d stories in %v", n, time.Since(start))
	u, err := db.Usage()
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes a story, %d of them free", u.File/int64(n), u.Free/int64(n))

	clock := func(what string, fn func() error) {
		start := time.Now()
		if err := fn(); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		t.Logf("%s: %v", what, time.Since(start))
	}
	clock("open", func() (err error) { db, err = Open(path, Options{}); return err })
	defer db.Close()
	for _, what := range []string{"first", "again"} {
		clock("newest 50 stories, "+what, func() error {
			return db.View(func(tx *Tx) error {
				rows, err := indexesOf[0].index.ScanBack(tx, nil, nil, 50)
				for _, row := range rows {
					_, ok, gerr := stories.Get(tx, row.Key[8:])
					if err = errors.Join(err, gerr); !ok {
						t.Errorf("story %x is not there", row.Key)
					}
				}
				return err
			})
		})
		clock("newest 50 of the most mentioned, "+what, func() error {
			return db.View(func(tx *Tx) error { return readNewest(tx, subjectOf(0)) })
		})
		clock("newest 50 of one seldom mentioned, "+what, func() error {
			return db.View(func(tx *Tx) error { return readNewest(tx, subjectOf(10_000)) })
		})
	}
	clock("check", func() error {
		report, err := db.Check(t.Context())
		return errors.Join(err, report.Err())
	})
	clock("compact", func() error {
		before, now, err := db.Compact(t.Context())
		t.Logf("%d bytes a story, then %d", before/int64(n), now/int64(n))
		return err
	})
}
