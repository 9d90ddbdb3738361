package store_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"tenure/store"
)

type book struct {
	Title string
	Year  int
}

var (
	books  = store.NewTable[book]("books")
	byYear = store.NewIndex("books.year")
)

// addBook puts a book under its number, and the number under its year.
func addBook(tx *store.Tx, n uint64, b book) error {
	if err := books.Put(tx, store.Key(n), b); err != nil {
		return err
	}
	return byYear.Put(tx, store.Key(b.Year, n), nil)
}

func Example() {
	dir, err := os.MkdirTemp("", "store")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	db, err := store.Open(filepath.Join(dir, "books.db"), store.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()

	err = db.Update(func(tx *store.Tx) error {
		for i, b := range []book{{"Emma", 1815}, {"Dracula", 1897}, {"The War of the Worlds", 1897}} {
			if err := addBook(tx, uint64(i), b); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	err = db.View(func(tx *store.Tx) error {
		found, err := byYear.Scan(tx, store.Key(1897), nil, 10)
		for _, e := range found {
			key := store.ReadKey(e.Key)
			year, n := key.Int64(), key.Uint64()
			b, _, err := books.Get(tx, store.Key(n))
			if err != nil {
				return err
			}
			fmt.Println(year, b.Title)
		}
		return err
	})
	if err != nil {
		log.Fatal(err)
	}
	// Output:
	// 1897 Dracula
	// 1897 The War of the Worlds
}

// A follower makes one table out of another and remembers how far it is.
func ExampleFollow() {
	dir, err := os.MkdirTemp("", "store")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	db, err := store.Open(filepath.Join(dir, "lengths.db"), store.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()

	words, lengths := store.NewTable[string]("words"), store.NewTable[int]("lengths")
	err = db.Update(func(tx *store.Tx) error {
		for _, w := range []string{"a", "page", "of", "words"} {
			n, err := words.Next(tx)
			if err != nil {
				return err
			}
			if err := words.Put(tx, store.Key(n), w); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	for range 2 {
		n, err := store.Follow(context.Background(), db, words, "lengths", store.FollowOptions{Workers: 4},
			func(_ context.Context, key []byte, w string) (func(*store.Tx) error, error) {
				return lengths.Prepare(db, key, len(w))
			})
		fmt.Println(n, err)
	}
	// Output:
	// 4 <nil>
	// 0 <nil>
}

// How often there is a word is known without looking for it.
func ExampleSums() {
	dir, err := os.MkdirTemp("", "store")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	db, err := store.Open(filepath.Join(dir, "words.db"), store.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()

	words := store.NewSums("words", 1)
	for _, text := range []string{"to be or not to be", "to err"} {
		err := db.Update(func(tx *store.Tx) error {
			for w := range strings.FieldsSeq(text) {
				if err := words.Add(tx, store.Key(w), nil, 1); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			log.Fatal(err)
		}
	}
	err = db.View(func(tx *store.Tx) error {
		return words.Each(tx, nil, func(key, _ []byte, n []int64) error {
			fmt.Println(store.ReadKey(key).String(), n[0])
			return nil
		})
	})
	if err != nil {
		log.Fatal(err)
	}
	// Output:
	// be 2
	// err 1
	// not 1
	// or 1
	// to 3
}
