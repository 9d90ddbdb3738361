package pipeline

import (
	"context"

	"tenure/crawler"
	"tenure/store"
)

// Robots returns where the client keeps robots.txt files between passes.
func (p *Pipeline) Robots() crawler.RobotsStore { return robots{p.db} }

// robots is crawler.RobotsStore over its table.
type robots struct{ db *store.DB }

// LoadRobots implements crawler.RobotsStore.
func (r robots) LoadRobots(_ context.Context, origin string) (rec crawler.RobotsRecord, ok bool, err error) {
	err = r.db.View(func(tx *store.Tx) error {
		rec, ok, err = schema.robots.Get(tx, []byte(origin))
		return err
	})
	return rec, ok, err
}

// SaveRobots implements crawler.RobotsStore.
func (r robots) SaveRobots(ctx context.Context, rec crawler.RobotsRecord) error {
	return r.db.Write(ctx, func(tx *store.Tx) error { return schema.robots.Put(tx, []byte(rec.Origin), rec) })
}
