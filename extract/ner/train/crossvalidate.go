package train

import (
	"fmt"
	"path/filepath"

	"tenure/extract/ner"
)

// A Fold is what one part of a cross-validation gave.
type Fold struct {
	Score    Score
	Mistakes []Mistake
}

// CrossValidate scores the method on the news articles in dir: folds times,
// a model learns from the other sources and all articles but one in folds,
// and is scored on those. each is told of every fold as it is done.
func CrossValidate(dir string, folds int, o Options, each func(fold int, f Fold)) error {
	for fold := range folds {
		f, err := validate(dir, fold, folds, o)
		if err != nil {
			return fmt.Errorf("fold %d: %w", fold, err)
		}
		each(fold, f)
	}
	return nil
}

// validate scores one fold.
func validate(dir string, fold, folds int, o Options) (Fold, error) {
	docs, held, err := split(dir, fold, folds)
	if err != nil {
		return Fold{}, err
	}
	clusters, err := readClusters(filepath.Join(dir, clusterFile), clusterWords)
	if err != nil {
		return Fold{}, err
	}
	m, err := assemble(docs, clusters, ner.Manifest{}, o)
	if err != nil {
		return Fold{}, err
	}
	t, err := m.load()
	if err != nil {
		return Fold{}, err
	}
	return Fold{Evaluate(held, t.Recognize), Mistakes(held, t.Recognize)}, nil
}

// split returns what one fold learns from and the articles held back.
func split(dir string, fold, folds int) (docs, held []Document, err error) {
	parts, held, err := splitParts(dir, fold, folds)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range parts {
		docs = append(docs, p.docs...)
	}
	return docs, held, nil
}

// A part is texts of one origin, as often as they are read.
type part struct {
	name string
	docs []Document
}

// splitParts is split with the texts by origin: a part for every source, one
// for our own sentences and one for the pages.
func splitParts(dir string, fold, folds int) (parts []part, held []Document, err error) {
	d, err := readData(dir)
	if err != nil {
		return nil, nil, err
	}
	for i, s := range Sources {
		docs := d.sources[i]
		if s.File == newsFile {
			docs, held = deal(docs, fold, folds)
		}
		parts = append(parts, part{s.File, d.read(s, docs)})
	}
	return append(parts, part{"our own sentences", d.own}, part{"pages of the web", d.pages}), held, nil
}

// deal parts every folds-th document from the others.
func deal(docs []Document, fold, folds int) (others, held []Document) {
	for i, d := range docs {
		if i%folds == fold {
			held = append(held, d)
		} else {
			others = append(others, d)
		}
	}
	return others, held
}
