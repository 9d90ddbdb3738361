package pipeline

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"tenure/crawler"
	"tenure/extract"
	"tenure/store"
)

// reading is the second stage: it follows the pages table and turns each
// page into articles, facts and moves.
type reading struct {
	p     *Pipeline
	tally *tally
	guard attempts
	force bool // annotate also what this version has annotated
	again bool // the pages were read before: nothing new is asked of the network
}

// run reads every page that was not read yet, also those that are kept while
// it does, until more is closed; then it assembles the moves of the people
// they told of. A value from more says that there may be pages.
func (r *reading) run(ctx context.Context, more <-chan struct{}) error {
	if err := r.guard.begin(ctx, r.p.db); err != nil {
		return err
	}
	err := r.retryStalled(ctx)
	for open := true; open && err == nil; {
		select {
		case _, open = <-more:
		case <-ctx.Done():
			open = false
		}
		err = r.follow(ctx)
	}
	return errors.Join(err, r.assemble(ctx), r.guard.end(r.p.db))
}

// follow reads what is there to be read.
func (r *reading) follow(ctx context.Context) error {
	for r.guard.isCareful() {
		n, err := r.followOne(ctx)
		if err != nil || n == 0 {
			return err
		}
	}
	_, err := store.Follow(ctx, r.p.db, schema.pages, readCursor, readOptions(), r.page)
	return err
}

// errOne ends a Follow after one page.
var errOne = errors.New("one page at a time")

// followOne reads one page and has it written before the next is begun, and
// returns 0 if there was none.
func (r *reading) followOne(ctx context.Context) (n int, err error) {
	begun := false
	n, err = store.Follow(ctx, r.p.db, schema.pages, readCursor, store.FollowOptions{Batch: 1, Workers: 1},
		func(ctx context.Context, key []byte, row pageRow) (func(*store.Tx) error, error) {
			if begun {
				return nil, errOne
			}
			begun = true
			return r.page(ctx, key, row)
		})
	if errors.Is(err, errOne) {
		err = nil
	}
	return n, err
}

// retryStalled tries pages once more that took too long in an earlier run.
func (r *reading) retryStalled(ctx context.Context) error {
	keys, err := stalledPages(r.p.db)
	for _, key := range keys {
		if err == nil {
			err = r.retry(ctx, key)
		}
	}
	return err
}

func (r *reading) retry(ctx context.Context, key []byte) error {
	var row pageRow
	var known bool
	err := r.p.db.View(func(tx *store.Tx) (err error) {
		row, known, err = schema.pages.Get(tx, key)
		return err
	})
	if err != nil {
		return err
	}
	write := func(tx *store.Tx) error { return schema.attempts.Delete(tx, key) } // it was pruned
	if known {
		if write, err = r.page(ctx, key, row); err != nil || write == nil {
			return err
		}
	}
	return r.p.db.Write(ctx, write)
}

// readOptions says how pages are read: on all processors, committed together.
func readOptions() store.FollowOptions {
	return store.FollowOptions{Batch: 64, Workers: runtime.GOMAXPROCS(0)}
}

// page reads one page and returns what is to be written.
func (r *reading) page(ctx context.Context, key []byte, row pageRow) (func(*store.Tx) error, error) {
	link := crawler.Link{URL: row.URL, Source: row.Source}
	if !row.holdsArticles() {
		return nil, nil
	}
	deaths, err := r.guard.note(ctx, r.p.db, key)
	if err == nil {
		err = r.p.db.View(func(tx *store.Tx) (err error) { row.Tags, err = tagsOf(tx, row); return err })
	}
	if err != nil {
		return nil, err
	}
	var met []meeting
	fail := crashFailure(row)
	if !r.deadly(ctx, row, deaths) {
		if met, fail, err = r.extractInTime(ctx, key, row); err != nil {
			return nil, err
		}
	}
	return func(tx *store.Tx) error {
		changed, err := r.write(ctx, tx, key, row, met, fail)
		if err == nil {
			err = settled(tx, key, fail)
		}
		if err != nil {
			return err
		}
		r.tally.page(row.URL, outcomeOf(row, changed, fail))
		if fail != nil && fail.Reason == softReason {
			if fail.Retry, err = r.lookAgain(tx, row); err != nil {
				return err
			}
		}
		return putFailure(tx, link, "content", fail)
	}, nil
}

// outcomeOf says what became of a page that was read. A list that was looked
// at for the first time is new even if it carries no article itself.
func outcomeOf(row pageRow, changed bool, fail *Failure) outcome {
	switch {
	case fail != nil:
		return pageFailed
	case changed, row.First:
		return pageNew
	}
	return pageUnchanged
}

// holdsArticles reports whether the page is one that articles are read from.
func (row pageRow) holdsArticles() bool {
	return row.Kind != crawler.Feed && row.Kind != crawler.Sitemap
}

// A meeting is an article as found on one page, with the row it led to and
// the row it was worked out from.
type meeting struct {
	key      []byte
	sighting sighting
	article  *extract.Article
	before   articleRow
	after    articleRow
	stale    bool // after is of tags that were not all
}

// extractInTime is extract, but a page that it does not come to an end with
// is a failure.
func (r *reading) extractInTime(ctx context.Context, key []byte, row pageRow) (met []meeting, fail *Failure, err error) {
	patience := cmp.Or(r.p.Patience, defaultPatience)
	var got struct {
		met  []meeting
		fail *Failure
		err  error
	}
	ended := inTime(ctx, patience, func() {
		defer recovered("extract", row.URL, &got.err)
		got.met, got.fail, got.err = r.extract(ctx, key, row)
	})
	if !ended {
		r.p.Log.Warn("a page takes too long to read; going on without it", "page", row.URL)
		return nil, stallFailure(row, patience), nil
	}
	return got.met, got.fail, got.err
}

// extract reads a page's articles and annotates them, outside of any
// transaction. A page that cannot be read is a failure, not an error.
func (r *reading) extract(ctx context.Context, key []byte, row pageRow) ([]meeting, *Failure, error) {
	fail := func(reason string, err error) *Failure {
		return &Failure{Stage: "content", Reason: reason, Detail: err.Error(), At: row.At}
	}
	got, err := r.p.reread(ctx, row)
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	if err != nil {
		return nil, fail(reasonOf(err), err), nil
	}
	return r.meetAll(ctx, key, row, got)
}

// reread reads a page that was kept.
func (p *Pipeline) reread(ctx context.Context, row pageRow) (extract.Reading, error) {
	raw, err := p.db.ReadRaw(row.Raw)
	if err != nil {
		return extract.Reading{}, stageError{lostReason, err.Error()}
	}
	published, _ := extract.ParseStamp(row.Published) // a feed's date that cannot be read is no date
	got, err := p.readSafely(ctx, extract.Page{
		URL: row.Final, Type: row.Type, At: row.At, Published: published, Tags: row.Tags,
		Body: raw.Body, Truncated: row.Truncated,
	})
	credible(row.Role, row.Final, &got)
	return got, err
}

// meetAll works out what a page's articles make of the rows that are there.
func (r *reading) meetAll(ctx context.Context, key []byte, row pageRow, got extract.Reading) ([]meeting, *Failure, error) {
	var all []meeting
	var fail *Failure
	for _, a := range got.Articles {
		m, err := newMeeting(key, row, a)
		if err == nil {
			err = r.p.db.View(func(tx *store.Tx) (err error) {
				m.before, _, err = schema.articles.Get(tx, m.key)
				return err
			})
		}
		if err == nil && softError(m) {
			err = stageError{softReason, "the address now answers with something that is not the article; what was kept of it stays"}
		}
		if err == nil {
			m.after, err = r.p.meetSafely(ctx, r.p.db.View, m, r.force)
		}
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		if err != nil {
			fail = &Failure{Stage: "content", Reason: reasonOf(err), Detail: err.Error(), At: row.At}
			continue
		}
		all = append(all, m)
		if m.after.Published.IsZero() {
			fail = &Failure{Stage: "content", Reason: "no-date", At: row.At,
				Detail: "kept, but neither the page nor its feed says when it was published"}
		}
	}
	if len(got.Articles) == 0 && row.Role == crawler.Story {
		fail = &Failure{Stage: "content", Reason: "no-articles", At: row.At, Detail: "no article text was found on this page"}
	}
	return all, fail, nil
}

// lostReason is the reason of a page that is no longer there to be read.
const lostReason = "raw-page-lost"

// leavesAlone reports whether what an earlier reading of the page gave stays:
// this one cannot say that it was wrong.
func (f *Failure) leavesAlone() bool {
	return f != nil && (f.Reason == lostReason || f.Reason == "panic" || f.Reason == stalledReason || f.Reason == crashedReason)
}

// softReason is the reason of a page that softError is true of.
const softReason = "soft-error"

// lookAgain queues the address of a page that answered with an error in
// disguise, as long as tries are left, and returns when it is due.
func (r *reading) lookAgain(tx *store.Tx, row pageRow) (time.Time, error) {
	key := crawler.Key(row.URL)
	link, ok, err := schema.links.Get(tx, key[:])
	if err != nil || !ok || r.again || link.State != linkDone || link.Soft >= maxTries {
		return link.Due, err
	}
	link.Soft++
	link.State, link.Due = linkQueued, row.At.UTC().Add(crawler.Backoff(link.Soft))
	link.Hash, link.ETag, link.LastModified = "", "", "" // of the error
	if err := enqueue(tx, key[:], link); err != nil {
		return link.Due, err
	}
	return link.Due, touchHost(tx, link.Host(), nil)
}

// softError reports whether a later look at an article's own page found what
// cannot be the article: another title, no author, and no more than a third
// of the text. Corrections are not like that; "page not found" with status
// 200 is. A date says nothing here, it may come from the address.
func softError(m meeting) bool {
	a := m.article
	for _, k := range m.before.Sightings {
		if k.URL == m.sighting.URL && k.Page < m.sighting.Page && !k.Meta.Inline && !a.Inline {
			return a.Title != k.Meta.Title && len(a.Authors) == 0 && len(a.Text)*3 < k.Size
		}
	}
	return false
}

// reasonOf returns the one word for why reading failed.
func reasonOf(err error) string {
	var r interface{ Code() string }
	if errors.As(err, &r) {
		return r.Code()
	}
	return "unreadable"
}

func newMeeting(key []byte, row pageRow, a *extract.Article) (meeting, error) {
	u, err := crawler.Canonical(a.URL)
	if err != nil {
		return meeting{}, err
	}
	a.URL, a.ID = u, extract.ArticleID(u, "")
	hash := crawler.Key(u)
	return meeting{
		key: hash[:], article: a,
		sighting: sighting{Page: store.ReadKey(key).Uint64(), URL: row.URL, At: row.At.UTC().Truncate(time.Second)},
	}, nil
}

// tagsOf returns the tags a page is known to have from wherever it was found.
func tagsOf(tx *store.Tx, row pageRow) ([]string, error) {
	key := crawler.Key(row.URL)
	link, _, err := schema.links.Get(tx, key[:])
	return union(slices.Concat(row.Tags, link.Tags)), err
}

// addLate gives articles the tags that their page got while it was read, from
// another page that leads to it.
func addLate(tx *store.Tx, page pageRow, met []meeting) error {
	tags, err := tagsOf(tx, page)
	if err != nil || len(tags) == len(page.Tags) {
		return err
	}
	for i := range met {
		met[i].article.Tags = union(slices.Concat(met[i].article.Tags, tags))
		met[i].stale = true
	}
	return nil
}

// write writes what a page led to and reports whether that changed anything.
func (r *reading) write(ctx context.Context, tx *store.Tx, key []byte, page pageRow, met []meeting, fail *Failure) (changed bool, err error) {
	row := readingRow{By: r.p.Version}
	if err := addLate(tx, page, met); err != nil {
		return false, err
	}
	for _, m := range met {
		c, err := r.writeArticle(ctx, tx, m, page)
		if err != nil {
			return false, err
		}
		changed = changed || c
		row.Articles = append(row.Articles, m.after.ID)
	}
	dropped := false
	if fail.leavesAlone() {
		before, _, err := schema.readings.Get(tx, key)
		if err != nil {
			return false, err
		}
		row.Articles = union(slices.Concat(row.Articles, before.Articles))
	} else if dropped, err = r.withdraw(ctx, tx, key, row.Articles); err != nil {
		return false, err
	}
	return changed || dropped, schema.readings.Put(tx, key, row)
}

// writeArticle writes one article, working it out again if its row changed
// since it was looked at. It reports whether what is kept of it changed.
func (r *reading) writeArticle(ctx context.Context, tx *store.Tx, m meeting, page pageRow) (bool, error) {
	before, known, err := schema.articles.Get(tx, m.key)
	if err != nil {
		return false, err
	}
	if m.stale || !sameRow(before, m.before) {
		m.before = before
		inside := func(fn func(*store.Tx) error) error { return fn(tx) }
		if m.after, err = r.p.meetSafely(ctx, inside, m, r.force); err != nil {
			return false, err
		}
	}
	changed := !known || !sameRow(articleRow{Article: before.Article}, articleRow{Article: m.after.Article})
	touched, err := putArticle(tx, m.key, before, m.after)
	if err != nil {
		return false, err
	}
	if !known {
		if err := countArticle(tx, page.Source, page.At); err != nil {
			return false, err
		}
	}
	if changed {
		r.tally.article(m.after.ID, len(m.after.Facts))
		return true, soil(tx, touched)
	}
	return false, nil
}

// withdraw takes back what an earlier reading of the same page gave and this
// one does not.
func (r *reading) withdraw(ctx context.Context, tx *store.Tx, key []byte, now []string) (bool, error) {
	before, _, err := schema.readings.Get(tx, key)
	if err != nil {
		return false, err
	}
	dropped := false
	for _, id := range before.Articles {
		if slices.Contains(now, id) {
			continue
		}
		touched, err := r.p.unmeet(ctx, tx, id, store.ReadKey(key).Uint64())
		if err != nil {
			return false, err
		}
		if err := soil(tx, touched); err != nil {
			return false, err
		}
		dropped = true
	}
	return dropped, nil
}

func sortedKeys(set map[string]bool) []string {
	keys := make([]string, 0, len(set))
	for k := range set {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// readSafely reads a page; a panic of the reader is an error.
func (p *Pipeline) readSafely(ctx context.Context, page extract.Page) (r extract.Reading, err error) {
	defer recovered("read", page.URL, &err)
	if len(bytes.TrimSpace(page.Body)) == 0 {
		return r, stageError{"empty", "the page has no content"}
	}
	return p.read.Read(ctx, page)
}

// credible drops from a reading what the page cannot vouch for: on a list of
// articles the words around the list, and cards of articles on another site;
// of several cards of one article all but the best.
func credible(role crawler.Role, page string, r *extract.Reading) {
	best := map[string]*extract.Article{}
	for _, a := range r.Articles {
		u, err := crawler.Canonical(a.URL)
		if err != nil {
			continue // is told of when it is met
		}
		old := best[u]
		if old == nil || compareSightings(cardOf(a), cardOf(old)) < 0 {
			best[u] = a
		}
	}
	r.Articles = slices.DeleteFunc(r.Articles, func(a *extract.Article) bool {
		u, err := crawler.Canonical(a.URL)
		switch {
		case err != nil:
			return role == crawler.Listing
		case role == crawler.Listing && !a.Inline, a.Inline && !crawler.SameSite(u, page):
			return true
		}
		return best[u] != a
	})
}

func cardOf(a *extract.Article) sighting { return sighting{Meta: *a, Size: len(a.Text)} }

// meetSafely is meet; a panic of a step is an error.
func (p *Pipeline) meetSafely(ctx context.Context, view viewer, m meeting, force bool) (row articleRow, err error) {
	defer recovered("annotate", m.article.URL, &err)
	row = m.before
	if row.ID == "" {
		row.ID, row.First = m.article.ID, m.sighting.At
	} else if m.sighting.At.Before(row.First) {
		row.First = m.sighting.At
	}
	return p.meet(ctx, view, row, m.sighting, m.article, force)
}

func recovered(stage, url string, err *error) {
	if v := recover(); v != nil {
		*err = stageError{"panic", fmt.Sprintf("%s %s: panic: %v", stage, url, v)}
	}
}

// A stageError is a failure with a reason in one word.
type stageError struct{ reason, detail string }

// Error implements error.
func (e stageError) Error() string { return e.detail }

// Code is the word a Failure is recorded under.
func (e stageError) Code() string { return e.reason }
