package train

import (
	"fmt"
	"path/filepath"

	"tenure/extract/ner"
	"tenure/extract/ner/internal/feature"
)

// Where an ablation saves time: one document in ablationShare is learnt
// from, in fewer passes.
const (
	ablationShare  = 3
	ablationEpochs = 5
)

// Ablate retrains on a third of the data, once with all observations and
// once without each group of them, and tells each what the model reaches on
// the sets that are never learnt from and, as "news articles", on every
// fifth article, held back.
func Ablate(dir string, each func(without string, scores map[string]Score) error) error {
	a, err := newAblation(dir)
	if err != nil {
		return fmt.Errorf("ablate: %w", err)
	}
	all, err := a.score(nil)
	if err != nil {
		return fmt.Errorf("ablate: %w", err)
	}
	if err := each("nothing left out", all); err != nil {
		return err
	}
	for g := range feature.Groups {
		scores, err := a.score([]feature.Group{g})
		if err != nil {
			return fmt.Errorf("ablate: %w", err)
		}
		if err := each("without "+g.String(), scores); err != nil {
			return err
		}
	}
	return nil
}

// An ablation is what all its trainings share.
type ablation struct {
	docs     []Document
	sets     map[string][]Document
	clusters *feature.Clusters
}

func newAblation(dir string) (*ablation, error) {
	docs, held, err := split(dir, 4, 5)
	if err != nil {
		return nil, err
	}
	a := &ablation{}
	for i := 0; i < len(docs); i += ablationShare {
		a.docs = append(a.docs, docs[i])
	}
	for i := range a.docs {
		a.docs[i].Half = i % 2
	}
	if a.sets, err = ReadSets(filepath.Join(dir, evaluation)); err != nil {
		return nil, err
	}
	a.sets["news articles"] = held
	a.clusters, err = readClusters(filepath.Join(dir, clusterFile), clusterWords)
	return a, err
}

// score trains without some groups and scores the model on all sets.
func (a *ablation) score(without []feature.Group) (map[string]Score, error) {
	m, err := assemble(a.docs, a.clusters, ner.Manifest{}, Options{Epochs: ablationEpochs, without: without})
	if err != nil {
		return nil, err
	}
	t, err := m.load()
	if err != nil {
		return nil, err
	}
	scores := map[string]Score{}
	for name, docs := range a.sets {
		scores[name] = Evaluate(docs, t.Recognize)
	}
	return scores, nil
}
