package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"slices"
	"sort"
	"time"

	"tenure/crawler"
	"tenure/store"
)

// What is kept with a raw page, so that its row can be made of it again.
const (
	metaURL       = "Asked"
	metaSource    = "Source"
	metaRole      = "Role"
	metaKind      = "Kind"
	metaTags      = "Tags" // a JSON array
	metaPublished = "Published"
)

// keptRecord is a page with what its row will tell of it.
func keptRecord(l crawler.Link, f crawler.Fetch) store.RawRecord {
	r := rawRecord(f)
	r.Meta = map[string]string{metaURL: l.URL, metaSource: l.Source, metaRole: string(l.Role), metaKind: string(kindOf(l, f)), metaPublished: l.Published}
	if tags, err := json.Marshal(l.Tags); err == nil && len(l.Tags) > 0 {
		r.Meta[metaTags] = string(tags)
	}
	for name, value := range r.Meta {
		if value == "" {
			delete(r.Meta, name)
		}
	}
	return r
}

// rowOf is the row of a page that is kept.
func rowOf(ref store.Ref, r store.RawRecord) (pageRow, error) {
	row := pageRow{
		URL: r.Meta[metaURL], Final: r.URL, Source: r.Meta[metaSource], Role: crawler.Role(r.Meta[metaRole]), Kind: crawler.Kind(r.Meta[metaKind]),
		At: r.At, Status: r.Status, Type: r.Header["Content-Type"], Published: r.Meta[metaPublished], Truncated: r.Truncated,
		Hash: bodyHash(r.Body), Raw: ref,
	}
	if tags := r.Meta[metaTags]; tags != "" {
		if err := json.Unmarshal([]byte(tags), &row.Tags); err != nil {
			return row, fmt.Errorf("tags of %s: %w", r.URL, err)
		}
	}
	if row.URL == "" {
		row.URL = row.Final
	}
	return row, nil
}

// AdoptPages makes the rows of pages that are kept but not known, as after the
// loss of a part of the data file, and returns how many. Each has its place
// among the others by when it was fetched. It reads every page.
func (p *Pipeline) AdoptPages(ctx context.Context) (int, error) {
	a := adoption{seed: maphash.MakeSeed(), known: map[uint64]bool{}}
	err := walk(p.db, schema.pages, nil, func(key []byte, row pageRow) error {
		a.known[a.nameOf(row.Final, row.At)] = true
		a.places = append(a.places, pagePlace{store.ReadKey(key).Uint64(), row.At})
		return ctx.Err()
	})
	if err != nil {
		return 0, err
	}
	err = p.db.EachRaw(ctx, func(ref store.Ref, r store.RawRecord) error {
		name := a.nameOf(r.URL, r.At)
		if a.known[name] {
			return nil
		}
		a.known[name] = true
		row, err := rowOf(ref, r)
		a.lost = append(a.lost, row)
		return err
	})
	if err := ignoreDamage(err); err != nil { // what follows in that segment cannot be told apart
		return 0, err
	}
	slices.SortStableFunc(a.lost, func(x, y pageRow) int { return x.At.Compare(y.At) })
	return len(a.lost), p.db.Write(ctx, a.write)
}

// An adoption finds places for pages whose rows are lost.
type adoption struct {
	seed   maphash.Seed
	known  map[uint64]bool // names of pages that have a row
	places []pagePlace     // of them, in order
	lost   []pageRow       // in order of time
}

type pagePlace struct {
	page uint64
	at   time.Time
}

// nameOf tells pages apart: no address is fetched twice at one moment.
func (a *adoption) nameOf(url string, at time.Time) uint64 {
	return maphash.String(a.seed, fmt.Sprint(at.UnixNano(), " ", url))
}

// write writes the rows: where there is a gap between those before and after
// in time, into it, or else behind all.
func (a *adoption) write(tx *store.Tx) error {
	if n := len(a.places); n > 0 {
		if err := countTo(tx, a.places[n-1].page); err != nil {
			return err
		}
	}
	used := uint64(0)
	for _, row := range a.lost {
		i := sort.Search(len(a.places), func(i int) bool { return a.places[i].at.After(row.At) })
		page := used + 1
		if i > 0 {
			page = max(page, a.places[i-1].page+1)
		}
		if i < len(a.places) && page < a.places[i].page {
			used = page
		} else {
			n, err := schema.pages.Next(tx)
			if err != nil {
				return err
			}
			page = n
		}
		if err := schema.pages.Put(tx, store.Key(page), row); err != nil {
			return err
		}
	}
	return nil
}

// countTo makes sure that no page gets a number up to last again: what was
// counted so far may be lost too.
func countTo(tx *store.Tx, last uint64) error {
	for {
		if n, err := schema.pages.Next(tx); err != nil || n >= last {
			return err
		}
	}
}
