// Package train makes the model by which package content tells content from
// boilerplate, and measures what comes of it.
//
// The pages are real ones with their true text; the label of a block is the
// share of its words that are in that text. [CrossValidate] never tests on a
// publisher it trained on. [Train] is a pure function of the pages and the
// seed: the same bytes come out every time.
package train

import (
	"bytes"
	"fmt"
	"io"
	"sync"

	"tenure/extract/content/internal/block"
)

// Folds is into how many parts the publishers are divided.
const Folds = 5

// LoadBoth reads and labels the pages of both directories.
func LoadBoth(newsDir, articlesDir string) ([]*Sample, error) {
	news, err := Load(newsDir, "news")
	if err != nil {
		return nil, err
	}
	articles, err := Load(articlesDir, "articles")
	if err != nil {
		return nil, err
	}
	samples := append(news, articles...)
	var kept []*Sample
	errs := make([]error, len(samples))
	each(len(samples), func(i int) { errs[i] = samples[i].prepare() })
	for i, s := range samples {
		if errs[i] == nil {
			kept = append(kept, s)
		}
	}
	return kept, nil
}

// each calls f for 0 to n-1 on two goroutines.
func each(n int, f func(int)) {
	var wg sync.WaitGroup
	for k := range 2 {
		wg.Go(func() {
			for i := k; i < n; i += 2 {
				f(i)
			}
		})
	}
	wg.Wait()
}

// Train trains on all pages of both directories and writes the model. The
// report has its manifest.
func Train(newsDir, articlesDir string, seed int64, out io.Writer) (Report, error) {
	samples, err := LoadBoth(newsDir, articlesDir)
	if err != nil {
		return Report{}, fmt.Errorf("train content: %w", err)
	}
	var b bytes.Buffer
	if _, err := fit(samples, uint64(seed)).WriteTo(&b); err != nil {
		return Report{}, fmt.Errorf("train content: %w", err)
	}
	r := Report{Manifest: describe(b.Bytes(), seed, samples)}
	if _, err := out.Write(b.Bytes()); err != nil {
		return r, fmt.Errorf("write content model: %w", err)
	}
	return r, nil
}

// fitFolds trains one model for each fold, none of which has seen that fold's
// publishers.
func fitFolds(samples []*Sample, seed uint64) []*block.Model {
	out := make([]*block.Model, Folds)
	each(Folds, func(k int) {
		var in []*Sample
		for _, s := range samples {
			if s.Fold() != k {
				in = append(in, s)
			}
		}
		out[k] = fit(in, seed)
	})
	return out
}

// Fold returns the fold in which the sample is tested.
func (s *Sample) Fold() int { return fold(s.Group, Folds, 0) }
