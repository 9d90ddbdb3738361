package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tenure/extract/ner"
	"tenure/extract/ner/train"
)

// worst is how many mistakes are listed of each sort.
const worst = 20

// ner trains the recognizer.
func (t trainer) ner() error {
	model, err := train.Train(t.data, train.Options{})
	if err != nil {
		return err
	}
	manifest, err := train.Describe(model)
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

// vectors writes the word vectors that the recognizer learns with.
func (t trainer) vectors() error {
	if t.embeddings == "" {
		return errors.New("vectors: -embeddings is missing")
	}
	vectors, err := train.Vectors(t.data, t.embeddings)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(t.root, "extract", "ner", "train", "vectors", "glove.bin"), vectors, 0o644)
}

// scoreNames scores the embedded recognizer on the sets it never learnt
// from.
func (t trainer) scoreNames() error {
	own, err := ner.Default()
	if err != nil {
		return err
	}
	sets, err := train.ReadSets(filepath.Join(t.data, "ner", "eval-dev"))
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(sets)) {
		fmt.Fprintf(t.out, "%s, never learnt from\n", name)
		if _, err := train.Evaluate(sets[name], own.Recognize).WriteTo(t.out); err != nil {
			return err
		}
		if err := t.mistakes(train.Mistakes(sets[name], own.Recognize)); err != nil {
			return err
		}
	}
	return nil
}

// crossNames cross-validates the recognizer by article.
func (t trainer) crossNames() error {
	total := train.Score{}
	var wrong []train.Mistake
	err := train.CrossValidate(t.data, 5, train.Options{}, func(fold int, f train.Fold) {
		fmt.Fprintf(t.out, "news articles, fold %d  %s\n", fold, f.Score)
		total = total.Plus(f.Score)
		wrong = append(wrong, f.Mistakes...)
	})
	if err != nil {
		return err
	}
	fmt.Fprintln(t.out, "news articles, all folds, none seen by the model that read it")
	if _, err := total.WriteTo(t.out); err != nil {
		return err
	}
	return t.mistakes(train.Sum(wrong))
}

// mistakes lists the types of mistakes, and the most frequent names.
func (t trainer) mistakes(all []train.Mistake) error {
	var b strings.Builder
	b.WriteString("  mistakes by type:")
	for _, m := range train.ByType(all) {
		fmt.Fprintf(&b, " %s %s %d;", m.Type, m.Kind, m.Count)
	}
	b.WriteString("\n  most frequent:")
	for _, m := range all[:min(worst, len(all))] {
		fmt.Fprintf(&b, " %d× %s %s %q;", m.Count, m.Type, m.Kind, m.Name)
	}
	_, err := fmt.Fprintln(t.out, strings.TrimSuffix(b.String(), ";"))
	return err
}

// ablate retrains without one group of observations after another.
func (t trainer) ablate() error {
	return train.Ablate(t.data, func(without string, scores map[string]train.Score) error {
		fmt.Fprintf(t.out, "%-32s", without)
		for _, set := range slices.Sorted(maps.Keys(scores)) {
			fmt.Fprintf(t.out, "  %s %.1f", set, 100*scores[set].Of("person", "organization").F1())
		}
		_, err := fmt.Fprintln(t.out)
		return err
	})
}
