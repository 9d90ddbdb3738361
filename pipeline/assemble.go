package pipeline

import (
	"context"
	"fmt"

	"tenure/store"
)

// assembleBatch is how many people's moves are assembled in one transaction.
const assembleBatch = 32

// assemble brings the moves of people up to date, each once however many
// pages told of them. Who is left over when it is stopped is taken up by the
// next one.
func (r *reading) assemble(ctx context.Context) error {
	for ctx.Err() == nil {
		n := 0
		err := r.p.db.Update(func(tx *store.Tx) error {
			entries, err := schema.dirty.Scan(tx, nil, nil, assembleBatch)
			n = len(entries)
			for _, e := range entries {
				if err == nil {
					err = r.assembleOne(tx, e.Key)
				}
			}
			return err
		})
		if err != nil {
			return err
		}
		if n < assembleBatch {
			return r.p.dropLeft(ctx)
		}
	}
	return ctx.Err()
}

func (r *reading) assembleOne(tx *store.Tx, key []byte) error {
	k := store.ReadKey(key)
	id := k.String()
	if k.Err() != nil {
		return fmt.Errorf("dirty index: %w", k.Err())
	}
	total, fresh, gone, err := r.p.assemble(tx, id)
	if err != nil {
		return err
	}
	r.tally.person(id, total, fresh, gone)
	return schema.dirty.Delete(tx, key)
}

// soil marks people whose moves are to be assembled anew.
func soil(tx *store.Tx, people []string) error {
	for _, id := range people {
		if err := schema.dirty.Put(tx, store.Key(id), nil); err != nil {
			return err
		}
	}
	return nil
}
