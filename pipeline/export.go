package pipeline

import (
	"bufio"
	"context"
	"io"
	"slices"
	"time"

	"tenure/extract"
	"tenure/store"
)

// What can be exported.
const (
	ExportArticles = "articles"
	ExportEntities = "entities"
	ExportFacts    = "facts"
	ExportMoves    = "moves"
	ExportAll      = "all"
)

// Exports lists what can be exported.
func Exports() []string {
	return []string{ExportArticles, ExportEntities, ExportFacts, ExportMoves, ExportAll}
}

// Export writes records of what to w. The same tables give the same bytes,
// in constant memory but for a few bytes a name in formats that tell of a
// name once. CheckExport says which formats go with what.
func (p *Pipeline) Export(w io.Writer, what, format string, f Filter) error {
	if err := CheckExport(what, format); err != nil {
		return err
	}
	form := formatNamed(format)
	b := bufio.NewWriterSize(w, 64<<10)
	out := form.open(b, what, (&naming{p: p}).id)
	kinds := []string{what}
	if what == ExportAll {
		kinds = form.all
	}
	for _, kind := range kinds {
		if err := p.exportKind(kind, f, out); err != nil {
			return err
		}
	}
	if err := out.close(); err != nil {
		return err
	}
	return b.Flush()
}

// exportKind writes the records of one kind.
func (p *Pipeline) exportKind(kind string, f Filter, out sink) error {
	switch kind {
	case ExportArticles:
		return p.Articles(f, func(r ArticleRecord) error { return out.write(r) })
	case ExportEntities:
		return p.exportEntities(f, out)
	case ExportFacts:
		return p.Facts(f, func(r FactRecord) error { return out.write(r) })
	}
	return p.Moves(f, func(r MoveRecord) error { return out.write(r) })
}

// exportEntities writes entities; with Since, those of articles that changed.
func (p *Pipeline) exportEntities(f Filter, out sink) error {
	if f.Since.IsZero() {
		return p.Entities(extract.Kind(""), Filter{Limit: f.Limit}, func(r EntityRecord) error { return out.write(r) })
	}
	only := map[string]bool{}
	l := looking[articleRow, []extract.Entity]{db: p.db, table: schema.articles, f: f}
	l.make = func(row articleRow) ([]extract.Entity, bool, error) { return row.Entities, true, nil }
	l.give = func(all []extract.Entity) error {
		for _, e := range all {
			only[e.ID] = true
		}
		return nil
	}
	err := l.each()
	write := limited(f.Limit, func(r EntityRecord) error { return out.write(r) })
	for ids := range slices.Chunk(sortedKeys(only), lookAhead) {
		if err == nil {
			err = p.eachEntity(ids, write)
		}
	}
	return ended(err)
}

// eachEntity calls fn for entities that some article names.
func (p *Pipeline) eachEntity(ids []string, fn func(EntityRecord) error) error {
	for _, m := range onAll(len(ids), func(i int) (m made[EntityRecord]) {
		m.v, _, m.err = p.entityByID(ids[i])
		return m
	}) {
		if m.err == nil && m.v.Mentions > 0 {
			m.err = fn(m.v)
		}
		if m.err != nil {
			return m.err
		}
	}
	return nil
}

// LastExport returns when the named consumer last got an export; zero if it
// never did.
func (p *Pipeline) LastExport(consumer string) (time.Time, error) {
	var at time.Time
	err := p.db.View(func(tx *store.Tx) (err error) {
		at, _, err = schema.consumers.Get(tx, []byte(consumer))
		return err
	})
	return at, err
}

// Exported notes that the named consumer got everything up to a time.
func (p *Pipeline) Exported(ctx context.Context, consumer string, at time.Time) error {
	return p.db.Write(ctx, func(tx *store.Tx) error {
		return schema.consumers.Put(tx, []byte(consumer), at.UTC())
	})
}
