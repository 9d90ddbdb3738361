package train

import (
	"fmt"
	"path/filepath"

	"tenure/extract"
	"tenure/extract/ner"
)

// CrossValidate scores the method on the news articles in dir: folds times,
// a model learns from the other sources and all articles but one in folds,
// and is scored on those. miss is told of errors, as by [Evaluate].
func CrossValidate(dir string, folds int, o Options, miss func(d *Document, m extract.Mention, found bool)) (Score, error) {
	total := Score{}
	for fold := range folds {
		s, err := validate(dir, fold, folds, o, miss)
		if err != nil {
			return nil, fmt.Errorf("fold %d: %w", fold, err)
		}
		for k, c := range s {
			total[k] = total[k].plus(c)
		}
	}
	return total, nil
}

// validate scores one fold.
func validate(dir string, fold, folds int, o Options, miss func(d *Document, m extract.Mention, found bool)) (Score, error) {
	docs, held, err := split(dir, fold, folds)
	if err != nil {
		return nil, err
	}
	clusters, err := readClusters(filepath.Join(dir, clusterFile), clusterWords)
	if err != nil {
		return nil, err
	}
	m, err := assemble(docs, clusters, ner.Manifest{}, o)
	if err != nil {
		return nil, err
	}
	t, err := m.load()
	if err != nil {
		return nil, err
	}
	return Evaluate(held, t.Recognize, miss), nil
}

// split returns what one fold learns from and the articles held back.
func split(dir string, fold, folds int) (docs, held []Document, err error) {
	d, err := readData(dir)
	if err != nil {
		return nil, nil, err
	}
	for i, s := range Sources {
		for range max(1, s.Times) {
			for j, doc := range d.sources[i] {
				if s.File != newsFile || j%folds != fold {
					docs = append(docs, doc)
				}
			}
		}
		if s.File == newsFile {
			for j, doc := range d.sources[i] {
				if j%folds == fold {
					held = append(held, doc)
				}
			}
		}
	}
	return append(docs, d.own...), held, nil
}
