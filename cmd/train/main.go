// Command train makes and scores the models that the packages embed. It is
// for developers: it needs the data that lies beside a checkout in ../shared.
//
//	go run ./cmd/train                  train the recognizer and write its model and manifest
//	go run ./cmd/train content          the same for the model of package content
//	go run ./cmd/train score            score what is embedded on the evaluation sets
//	go run ./cmd/train cross            cross-validate both methods
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
	"slices"
	"strings"

	"tenure/extract"
	"tenure/extract/content/train"
	"tenure/extract/ner"
	nertrain "tenure/extract/ner/train"
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
	seed       int64
	out        io.Writer
}

func run(args []string, out io.Writer) error {
	t := trainer{out: out}
	flags := flag.NewFlagSet("train", flag.ContinueOnError)
	flags.StringVar(&t.data, "data", filepath.Join("..", "shared", "data"), "directory of the data")
	flags.StringVar(&t.root, "root", ".", "root of the module, where models are written")
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
	steps := map[string]func() error{"ner": t.ner, "content": t.content, "score": t.score, "cross": t.cross}
	step := steps[what]
	if step == nil {
		return fmt.Errorf("unknown task %q: want ner, content, score or cross", what)
	}
	return step()
}

// ner trains the recognizer.
func (t trainer) ner() error {
	model, err := nertrain.Train(t.data, nertrain.Options{})
	if err != nil {
		return err
	}
	manifest, err := nertrain.Describe(model)
	if err != nil {
		return err
	}
	dir := filepath.Join(t.root, "extract", "ner", "model")
	if err := os.WriteFile(filepath.Join(dir, "news.bin"), model, 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "manifest.json"), manifest, 0o644); err != nil {
		return err
	}
	_, err = fmt.Fprintf(t.out, "wrote %d bytes to %s\n", len(model), dir)
	return err
}

// content trains the model of package content.
func (t trainer) content() error {
	news, articles := t.pages()
	var model bytes.Buffer
	report, err := train.Train(news, articles, t.seed, &model)
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
	_, err = report.WriteTo(t.out)
	return err
}

func (t trainer) pages() (news, articles string) {
	dir := filepath.Join(t.data, "extraction")
	return filepath.Join(dir, "news"), filepath.Join(dir, "articles")
}

// score scores what is embedded. The content model has seen these pages:
// cross says what to expect of others.
func (t trainer) score() error {
	own, err := ner.Default()
	if err != nil {
		return err
	}
	scores, err := nertrain.Report(filepath.Join(t.data, "ner", "eval-dev"), own.Recognize)
	if err != nil {
		return err
	}
	for _, set := range sortedKeys(scores) {
		if _, err := fmt.Fprintf(t.out, "%-22s %s\n", set, scores[set]); err != nil {
			return err
		}
	}
	news, articles := t.pages()
	samples, err := train.LoadBoth(news, articles)
	if err != nil {
		return err
	}
	_, err = train.Evaluate(samples).WriteTo(t.out)
	return err
}

// cross cross-validates: the recognizer by article, content by publisher.
func (t trainer) cross() error {
	wrong := map[string]int{}
	miss := func(d *nertrain.Document, m extract.Mention, found bool) {
		what := "missed"
		if found {
			what = "wrong"
		}
		wrong[fmt.Sprintf("%s %s %s", what, m.Kind, m.In(d.Text))]++
	}
	score, err := nertrain.CrossValidate(t.data, 5, nertrain.Options{}, miss)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "news, by article       %s\n", score)
	keys := sortedKeys(wrong)
	slices.SortStableFunc(keys, func(a, b string) int { return wrong[b] - wrong[a] })
	for _, k := range keys[:min(20, len(keys))] {
		fmt.Fprintf(t.out, "  %3d %s\n", wrong[k], strings.ReplaceAll(k, "\n", " "))
	}
	news, articles := t.pages()
	report, err := train.CrossValidate(news, articles, t.seed)
	if err != nil {
		return err
	}
	_, err = report.WriteTo(t.out)
	return err
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
