package pipeline

import (
	"context"

	"tenure/extract"
	"tenure/store"
)

// Cut reads the stored page of an article again, by ID, and returns what is
// taken for boilerplate there. The error is a *NotFoundError if there is no
// such article, or its page is no longer kept.
func (p *Pipeline) Cut(ctx context.Context, article string) ([]extract.Cut, error) {
	var page pageRow
	err := p.db.View(func(tx *store.Tx) error {
		_, row, ok, err := articleByID(tx, article)
		if err != nil || !ok {
			return &NotFoundError{What: "article", Name: article}
		}
		page, ok, err = schema.pages.Get(tx, store.Key(row.Sightings[0].Page))
		if err == nil && !ok {
			err = &NotFoundError{What: "stored page of article", Name: article}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	got, err := p.reread(ctx, page)
	if err != nil && reasonOf(err) == lostReason {
		return nil, &NotFoundError{What: "stored page of article", Name: article}
	}
	return got.Cut, err
}
