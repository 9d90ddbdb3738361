package train

import (
	"fmt"
	"path/filepath"
	"slices"

	"tenure/extract"
	"tenure/extract/ner"
	"tenure/extract/ner/internal/feature"
)

// Where an ablation saves time: one document in ablationShare is learnt
// from, in fewer passes.
const (
	ablationShare  = 4
	ablationEpochs = 4
)

// heldSet names the articles that an ablation holds back.
const heldSet = "news articles"

// Ablate retrains on a quarter of the data: once with everything, once without
// each group of observations, once without each of the sources made for
// this project; and scores what the model finds before the rules behind it.
// It tells each what is reached on the sets that are never learnt from and
// on every fifth article, held back.
func Ablate(dir string, each func(without string, scores map[string]Score) error) error {
	a, err := newAblation(dir)
	if err != nil {
		return fmt.Errorf("ablate: %w", err)
	}
	all, err := a.train(a.parts, nil)
	if err != nil {
		return fmt.Errorf("ablate: %w", err)
	}
	if err := each("nothing left out", a.score(all.Recognize)); err != nil {
		return err
	}
	if err := each("without the rules behind", a.score(all.Unsettled().Recognize)); err != nil {
		return err
	}
	for _, v := range a.variants() {
		t, err := a.train(v.parts, v.without)
		if err != nil {
			return fmt.Errorf("ablate: %w", err)
		}
		if err := each("without "+v.name, a.score(t.Recognize)); err != nil {
			return err
		}
	}
	return nil
}

// An ablation is what all its trainings share.
type ablation struct {
	parts    []part
	sets     map[string][]Document
	clusters *feature.Clusters
}

// A variant is a training with something left out.
type variant struct {
	name    string
	parts   []part
	without []feature.Group
}

func newAblation(dir string) (*ablation, error) {
	parts, held, err := splitParts(dir, 4, 5)
	if err != nil {
		return nil, err
	}
	a := &ablation{parts: parts}
	for i := range parts {
		parts[i].docs = thinned(parts[i].docs)
	}
	if a.sets, err = ReadSets(filepath.Join(dir, evaluation)); err != nil {
		return nil, err
	}
	a.sets[heldSet] = held
	a.clusters, err = readClusters(filepath.Join(dir, clusterFile), clusterWords)
	return a, err
}

// thinned returns one document in ablationShare.
func thinned(docs []Document) (out []Document) {
	for i := 0; i < len(docs); i += ablationShare {
		d := docs[i]
		d.Half = len(out) % 2
		out = append(out, d)
	}
	return out
}

// variants lists the trainings.
func (a *ablation) variants() (list []variant) {
	for g := range feature.Groups {
		list = append(list, variant{g.String(), a.parts, []feature.Group{g}})
	}
	for i, p := range a.parts {
		if i+1 >= len(Sources) { // the last source is the articles
			list = append(list, variant{p.name, slices.Delete(slices.Clone(a.parts), i, i+1), nil})
		}
	}
	return list
}

// train learns from the parts without some groups of observations.
func (a *ablation) train(parts []part, without []feature.Group) (*ner.Tagger, error) {
	var docs []Document
	for _, p := range parts {
		docs = append(docs, p.docs...)
	}
	m, err := assemble(docs, a.clusters, ner.Manifest{}, Options{Epochs: ablationEpochs, without: without})
	if err != nil {
		return nil, err
	}
	return m.load()
}

func (a *ablation) score(recognize func(string) []extract.Mention) map[string]Score {
	scores := map[string]Score{}
	for name, docs := range a.sets {
		scores[name] = Evaluate(docs, recognize)
	}
	return scores
}
