// Command bench puts package content beside the extractors that there are for
// Go, on the same pages in the same process: how much of the text they find,
// which title, day and authors, how fast and at what cost in memory.
//
// It is a module of its own, so that those it is measured against stay out of
// the product's. The pages lie in ../shared beside a checkout; without them it
// says so and measures nothing. Run it in this directory:
//
//	go run .                    the whole table; takes minutes, most of them the slowest peer's
//	go run . -pages 60          on some of the pages
//	go run . -crossvalidate     with our accuracy on publishers the model has not seen; minutes more
//
// Our built-in model was trained on these pages: what the table says of its
// text is flattering, and said to be. With -crossvalidate it is not.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"tenure/extract/content/train"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	data := flags.String("data", filepath.Join("..", "..", "shared", "data", "extraction"), "folder with news and articles")
	most := flags.Int("pages", 0, "how many pages of each set; 0 is all")
	rounds := flags.Int("rounds", 3, "how often the pages are read for the time they take")
	cross := flags.Bool("crossvalidate", false, "measure our accuracy with models that have not seen the publisher")
	peers := flags.Bool("peers", true, "measure the others too")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	sets, err := load(*data, *most)
	if errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(stdout, "bench: no pages in %s: nothing measured\n", *data)
		return 0
	}
	if err != nil {
		fmt.Fprintf(stderr, "bench: %v\n", err)
		return 1
	}
	all := systems()
	if !*peers {
		all = all[:1]
	}
	t := table{costs: measure(all, sets, *rounds)}
	for _, s := range all {
		t.rows = append(t.rows, score(s, sets))
	}
	t.worst = t.rows[0].worst()
	if *cross {
		r, err := train.CrossValidate(filepath.Join(*data, "news"), filepath.Join(*data, "articles"), 1)
		if err != nil {
			fmt.Fprintf(stderr, "bench: %v\n", err)
			return 1
		}
		t.unseen(r)
	}
	if err := t.print(stdout); err != nil {
		fmt.Fprintf(stderr, "bench: %v\n", err)
		return 1
	}
	return 0
}
