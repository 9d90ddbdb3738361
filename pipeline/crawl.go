package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"tenure/crawler"
	"tenure/store"
)

// crawl is the crawler.Sink of one pass: it keeps pages, puts the links they
// offer and says when each is due again.
type crawl struct {
	p       *Pipeline
	f       *frontier
	client  *crawler.Client
	recheck time.Duration // after which an article is looked at once more; 0: never
	tally   *tally
	found   atomic.Int64  // links not known before
	more    chan struct{} // told when a page was kept; has room for one
}

// noArticles is the reason of a list that answers and offers nothing.
const noArticles = "no-articles"

const (
	maxTries = 6  // of a link that is not a source's, before it is given up
	maxNext  = 10 // next pages followed from a list's first
)

// Fetched implements crawler.Sink.
func (c *crawl) Fetched(ctx context.Context, l crawler.Lease, f crawler.Fetch) error {
	hash := bodyHash(f.Body)
	switch {
	case f.NotModified():
		return c.same(ctx, l, f)
	case f.Status == http.StatusOK && c.knows(l, hash):
		return c.same(ctx, l, f)
	case f.Status == http.StatusOK || f.Status == http.StatusNonAuthoritativeInfo:
		return c.keep(ctx, l, f, hash)
	}
	fail := Failure{Stage: "fetch", Reason: "http-" + strconv.Itoa(f.Status), At: f.At}
	if f.Status == 304 {
		fail.Detail = "answered \"not modified\" to a request without validators"
	}
	return c.fail(ctx, l, fail, retry{final: !again(f.Status), gone: f.Gone(), at: f.RetryAfter})
}

// again reports whether a page that failed with this status may come back.
func again(status int) bool { return status != 401 && status != 410 && status != 451 }

// Failed implements crawler.Sink.
func (c *crawl) Failed(ctx context.Context, l crawler.Lease, err error) error {
	fail := Failure{Stage: "fetch", Reason: "panic", Detail: err.Error(), At: c.p.Now()}
	r := retry{}
	var fe *crawler.FetchError
	if errors.As(err, &fe) {
		fail.Reason = string(fe.Reason)
		r.final = !fe.Temporary()
	}
	return c.fail(ctx, l, fail, r)
}

func bodyHash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:16])
}

// knows reports whether the same bytes were kept of the link before.
func (c *crawl) knows(l crawler.Lease, hash string) bool {
	key := crawler.Key(l.Link.URL)
	same := false
	_ = c.p.db.View(func(tx *store.Tx) error { // an error shows again when the result is written
		row, ok, err := schema.links.Get(tx, key[:])
		same = ok && row.Hash == hash
		return err
	})
	return same
}

// same records that a page is as it was.
func (c *crawl) same(ctx context.Context, l crawler.Lease, f crawler.Fetch) error {
	err := c.f.done(ctx, l, func(tx *store.Tx) error {
		return c.settle(tx, l, f, nil, func(row *linkRow) { row.Status = f.Status })
	})
	if err == nil {
		c.tally.page(l.Link.URL, pageUnchanged)
	}
	return err
}

// keep stores a page and what it leads to.
func (c *crawl) keep(ctx context.Context, l crawler.Lease, f crawler.Fetch, hash string) error {
	offer, problem := c.discover(ctx, l, f)
	ref, err := c.p.db.AppendRaw(ctx, keptRecord(l.Link, f))
	if err != nil {
		return fmt.Errorf("keep %s: %w", f.URL, err)
	}
	added, first := 0, false
	err = c.f.done(ctx, l, func(tx *store.Tx) error {
		key := crawler.Key(l.Link.URL)
		old, _, err := schema.links.Get(tx, key[:])
		if err != nil {
			return err
		}
		first = old.Hash == ""
		if err := putPage(tx, l.Link, f, hash, ref, first); err != nil {
			return err
		}
		if added, err = putLinks(tx, offer.Links, c.f.start); err != nil {
			return err
		}
		if offer.fresh, err = anyNew(tx, offer.inline, c.f.start); err != nil {
			return err
		}
		offer.fresh = offer.fresh || added > 0
		offer.problem = problem
		if err := c.settle(tx, l, f, &offer, func(row *linkRow) { row.Status, row.Hash = f.Status, hash }); err != nil {
			return err
		}
		return putFailure(tx, l.Link, "discover", problem)
	})
	if err != nil {
		return err
	}
	c.found.Add(int64(added))
	select {
	case c.more <- struct{}{}:
	default: // has not been looked at since the last one
	}
	switch {
	case problem != nil:
		c.tally.page(l.Link.URL, pageFailed)
	case first, offer.fresh:
		c.tally.page(l.Link.URL, pageNew)
	default:
		c.tally.page(l.Link.URL, pageUnchanged)
	}
	return nil
}

// anyNew reports whether an article was not known before the pass that began
// at start. Whether it has been read in the pass by now is chance.
func anyNew(tx *store.Tx, keys [][]byte, start time.Time) (bool, error) {
	start = start.Truncate(time.Second) // as exact as what is compared to it
	for _, k := range keys {
		row, known, err := schema.articles.Get(tx, k)
		if err != nil || !known || !row.First.Before(start) {
			return err == nil, err
		}
	}
	return false, nil
}

func rawRecord(f crawler.Fetch) store.RawRecord {
	return store.RawRecord{
		URL: f.Final, At: f.At, Status: f.Status, Truncated: f.Truncated, Body: f.Body,
		Header: map[string]string{"Content-Type": f.Type},
	}
}

func putPage(tx *store.Tx, l crawler.Link, f crawler.Fetch, hash string, ref store.Ref, first bool) error {
	seq, err := schema.pages.Next(tx)
	if err != nil {
		return err
	}
	return schema.pages.Put(tx, store.Key(seq), pageRow{
		URL: l.URL, Final: f.Final, Source: l.Source, Role: l.Role, Kind: kindOf(l, f), At: f.At,
		Status: f.Status, Type: f.Type, Tags: l.Tags, Published: l.Published, Truncated: f.Truncated,
		Hash: hash, Raw: ref, First: first,
	})
}

func kindOf(l crawler.Link, f crawler.Fetch) crawler.Kind {
	if l.Kind != "" || l.Role == crawler.Story {
		return l.Kind
	}
	return crawler.DetectKind(f)
}

// settle writes where a fetched link stands: done, or due again if a source
// begins with it.
func (c *crawl) settle(tx *store.Tx, l crawler.Lease, f crawler.Fetch, o *offer, change func(*linkRow)) error {
	key := crawler.Key(l.Link.URL)
	row, _, err := schema.links.Get(tx, key[:])
	if err != nil {
		return err
	}
	if err := dequeue(tx, key[:], row); err != nil {
		return err
	}
	change(&row)
	row.Tried, row.Tries, row.State = f.At, 0, linkDone
	if f.OK() {
		row.ETag, row.LastModified = f.ETag, f.LastModified
	} else if f.ETag != "" { // 304: a server may name a new one all the same
		row.ETag = f.ETag
	}
	if err := putFailure(tx, l.Link, "fetch", nil); err != nil {
		return err
	}
	next, err := c.revisit(tx, row, f, o)
	if err != nil {
		return err
	}
	if next == 0 {
		return schema.links.Put(tx, key[:], row)
	}
	row.Interval = next
	row.State, row.Due = linkQueued, latest(f.At.Add(next), f.RetryAfter).UTC()
	return enqueue(tx, key[:], row)
}

// revisit returns after how long a link is looked at again, 0 for never. A
// source's own page is looked at for ever, which its row takes note of; an
// article once more, for corrections.
func (c *crawl) revisit(tx *store.Tx, row linkRow, f crawler.Fetch, o *offer) (time.Duration, error) {
	src, ok, err := schema.sources.Get(tx, []byte(row.Source))
	if err != nil {
		return 0, err
	}
	if !ok || src.URL != row.URL {
		if row.Role == crawler.Story && row.Interval == 0 {
			return c.recheck, nil
		}
		return 0, nil
	}
	if o != nil && o.problem != nil {
		src.fails(f.At, o.problem.Reason)
	} else if o != nil || src.Problem == "" || !unreadable(src.Problem) {
		src.LastRun, src.LastGood, src.Problem, src.Since = f.At, f.At, "", time.Time{}
	} else {
		src.LastRun = f.At // unchanged, and so as unreadable as before
	}
	if src.Kind == "" {
		src.Kind = kindOf(row.Link, f)
	}
	asked := []time.Duration{f.MaxAge}
	if o != nil {
		src.Found = len(o.Links) + len(o.inline)
		asked = append(asked, o.TTL)
	}
	// A page of its own brings something new by changing, a list by what is on it.
	changed := o != nil && (o.fresh || row.Role == crawler.Story)
	next := src.NextInterval(row.Interval, changed, asked...)
	return next, schema.sources.Put(tx, []byte(row.Source), src)
}

// fails notes that a look at a source went wrong.
func (s *sourceRow) fails(at time.Time, reason string) {
	if s.Problem == "" {
		s.Since = at
	}
	s.LastRun, s.Problem = at, reason
}

// unreadable reports whether a problem is one of what a source answers, not
// of reaching it.
func unreadable(problem string) bool { return problem == "unreadable" || problem == noArticles }

// retry says what becomes of a link that failed.
type retry struct {
	final bool      // not tried again by itself
	gone  bool      // never tried again
	at    time.Time // not before
}

// fail records that a link has no page, and when it is tried again.
func (c *crawl) fail(ctx context.Context, l crawler.Lease, fail Failure, r retry) error {
	err := c.f.done(ctx, l, func(tx *store.Tx) error {
		key := crawler.Key(l.Link.URL)
		row, _, err := schema.links.Get(tx, key[:])
		if err != nil {
			return err
		}
		if err := dequeue(tx, key[:], row); err != nil {
			return err
		}
		row.Tries++
		row.Tried = fail.At
		source, err := c.blame(tx, l.Link, fail)
		if err != nil {
			return err
		}
		row.State, row.Due = after(row.Tries, fail.At.UTC(), r, source)
		fail.Tries, fail.Retry = row.Tries, row.Due
		if err := putFailure(tx, l.Link, "fetch", &fail); err != nil {
			return err
		}
		if row.State == linkQueued {
			return enqueue(tx, key[:], row)
		}
		return schema.links.Put(tx, key[:], row)
	})
	if err == nil {
		c.tally.page(l.Link.URL, pageFailed)
	}
	return err
}

// after returns the state of a link that failed for the given time in a row,
// and when it is due again.
func after(tries int, now time.Time, r retry, source bool) (linkState, time.Time) {
	switch {
	case source:
	case r.gone:
		return linkGone, time.Time{}
	case r.final, tries >= maxTries:
		return linkFailed, time.Time{}
	}
	return linkQueued, latest(now.Add(crawler.Backoff(tries)), r.at.UTC())
}

// blame notes a failure in the row of the source that begins with the link,
// and reports whether there is one. A source is never given up.
func (c *crawl) blame(tx *store.Tx, l crawler.Link, fail Failure) (bool, error) {
	src, ok, err := schema.sources.Get(tx, []byte(l.Source))
	if err != nil || !ok || src.URL != l.URL {
		return false, err
	}
	src.fails(fail.At, fail.Reason)
	return true, schema.sources.Put(tx, []byte(l.Source), src)
}

// putFailure records that a stage failed on a link, or, with nil, that it no
// longer does.
func putFailure(tx *store.Tx, l crawler.Link, stage string, fail *Failure) error {
	hash := crawler.Key(l.URL)
	key := store.Key(hash[:], stage)
	if fail == nil {
		return schema.failures.Delete(tx, key)
	}
	fail.URL, fail.Source = l.URL, l.Source
	return schema.failures.Put(tx, key, *fail)
}
