package main

import (
	"context"
	"sync"

	"tenure/extract"
	"tenure/pipeline"
)

// lazySteps loads the real steps when the first article comes by: a command
// that only lists need not load a model.
type lazySteps struct {
	load func() ([]pipeline.Step, error)

	once  sync.Once
	steps []pipeline.Step
	err   error
}

// Annotate implements pipeline.Step.
func (l *lazySteps) Annotate(ctx context.Context, a *extract.Article) error {
	l.once.Do(func() { l.steps, l.err = l.load() })
	if l.err != nil {
		return l.err
	}
	return pipeline.Annotate(ctx, a, l.steps)
}
