package pipeline

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tenure/extract"
)

// A Page is a piece of a list: some records, and where the next ones begin.
// Whoever follows Next to its end meets every record that is there all the
// while exactly once, however much is written meanwhile. With Since the order
// is that of the last change, and a record that changes meanwhile comes again,
// as it is then; otherwise the order is that of IDs.
type Page struct {
	Rows []json.RawMessage `json:"rows"`           // records
	Next string            `json:"next,omitempty"` // cursor; empty at the end
}

// Bounds of a page. One that would be larger ends earlier, and Next says where.
const (
	DefaultPage  = 100     // records, where no limit is given
	MostPage     = 1000    // records
	maxPageBytes = 4 << 20 // and one record more
)

// PageLists are the lists that can be had in pages.
func PageLists() []string {
	return []string{"articles", "entities", "people", "organizations", "facts", "moves", "failures", "sources"}
}

// A CursorError says that a cursor is none, or not of this list and filter.
type CursorError struct{ why string }

// Error implements error.
func (e *CursorError) Error() string { return "cursor: " + e.why }

// Page returns the records of one of PageLists after a cursor; an empty cursor
// is the beginning. The filter is the same for all pages of a list, but for
// Limit, which is of the page. The error is a *CursorError if the cursor cannot
// be used.
func (p *Pipeline) Page(list string, f Filter, cursor string) (Page, error) {
	at, err := f.place(list, cursor)
	if err != nil {
		return Page{}, err
	}
	limit := f.Limit
	if limit <= 0 {
		limit = DefaultPage
	}
	at.limit = min(limit, MostPage)
	f.Limit, f.at = 0, at
	t := &taking{limit: at.limit, at: at, page: Page{Rows: []json.RawMessage{}}}
	switch list {
	case "articles":
		err = p.Articles(f, take[ArticleRecord](t))
	case "entities":
		err = p.Entities("", f, take[EntityRecord](t))
	case "people":
		err = p.Entities(extract.Person, f, take[EntityRecord](t))
	case "organizations":
		err = p.Entities(extract.Organization, f, take[EntityRecord](t))
	case "facts":
		err = p.Facts(f, take[FactRecord](t))
	case "moves":
		err = p.Moves(f, take[MoveRecord](t))
	case "failures":
		err = p.Failures(f, take[Failure](t))
	case "sources":
		err = p.takeSources(t)
	default:
		err = &CursorError{fmt.Sprintf("no list %q has pages", list)}
	}
	return t.page, err
}

func (p *Pipeline) takeSources(t *taking) error {
	all, err := p.Sources()
	slices.SortFunc(all, func(a, b SourceState) int { return strings.Compare(a.ID, b.ID) })
	for _, s := range all {
		if err == nil && !t.at.reach([]byte(s.ID)) {
			err = take[SourceState](t)(s)
		}
	}
	return ended(err)
}

// A taking collects a page.
type taking struct {
	limit, size int
	at          *place
	next        place // after the last record taken
	page        Page
}

// take returns what takes records, until there is one too many.
func take[T any](t *taking) func(T) error {
	return func(v T) error {
		if len(t.page.Rows) == t.limit || t.size >= maxPageBytes {
			t.page.Next = t.next.cursor()
			return errEnough
		}
		line, err := encode(v)
		if err != nil {
			return err
		}
		t.page.Rows = append(t.page.Rows, bytes.TrimSuffix(line, []byte("\n")))
		t.size += len(line)
		t.next = *t.at
		return nil
	}
}

// A place is how far a walk has come. Walks that know it begin after it and
// say what they reach; a nil one is the beginning, and takes no notes.
type place struct {
	question string // hash of list and filter
	limit    int    // records that are wanted
	after    []byte // position after which the walk begins
	part     []byte // position of an article whose first facts were given
	changed  int64  // when it last changed then, milliseconds
	given    int    // how many of its facts

	before, now []byte // the last two positions reached
	skip        int    // facts of now that were given
	nowChanged  int64
}

// batch is how many rows are worth reading at first.
func (p *place) batch() int {
	if p == nil {
		return walkBatch
	}
	return min(p.limit+1, walkBatch)
}

// start is after which position a walk begins.
func (p *place) start() []byte {
	if p == nil {
		return nil
	}
	return p.after
}

// passed reports whether a position lies at or before the start.
func (p *place) passed(position []byte) bool {
	return p != nil && p.after != nil && bytes.Compare(position, p.after) <= 0
}

// reach notes a position, unless it lies at or before the start, which is
// reported.
func (p *place) reach(position []byte) (passed bool) {
	switch {
	case p.passed(position):
		return true
	case p == nil:
		return false
	}
	p.before, p.now, p.skip = p.now, slices.Clone(position), 0
	if p.before == nil {
		p.before = p.after
	}
	return false
}

// reachFact notes the n-th fact of the article that was reached, unless it was
// given with an earlier page, which is reported.
func (p *place) reachFact(n int, changed time.Time) (passed bool) {
	if p == nil {
		return false
	}
	if p.changed == changed.UnixMilli() && n < p.given && bytes.Equal(p.now, p.part) {
		return true
	}
	p.skip, p.nowChanged = n+1, changed.UnixMilli()
	return false
}

// cursor writes the place after what was reached.
func (p *place) cursor() string {
	c := wireCursor{Question: p.question, After: p.now}
	if p.skip > 0 {
		c.After, c.Part, c.Given, c.Changed = p.before, p.now, p.skip, p.nowChanged
	}
	b, err := json.Marshal(c)
	if err != nil {
		panic(err) // it has no values that cannot be written
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// A wireCursor is a place as it is handed out. Nobody else reads it.
type wireCursor struct {
	Question string `json:"q"`
	After    []byte `json:"a,omitempty"`
	Part     []byte `json:"p,omitempty"`
	Given    int    `json:"n,omitempty"`
	Changed  int64  `json:"t,omitempty"`
}

// maxCursor is how long a cursor may be; those handed out are a third of it.
const maxCursor = 1 << 10

// place reads a cursor for a list and this filter.
func (f Filter) place(list, cursor string) (*place, error) {
	p := &place{question: f.question(list)}
	if cursor == "" {
		return p, nil
	}
	var c wireCursor
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	switch {
	case err != nil || len(cursor) > maxCursor:
		return nil, &CursorError{"it cannot be read; take it as it was given"}
	case c.Question != p.question:
		return nil, &CursorError{"it is of another list or filter"}
	}
	p.after, p.part, p.given, p.changed = c.After, c.Part, c.Given, c.Changed
	return p, nil
}

// question stands for a list and what narrows it.
func (f Filter) question(list string) string {
	h := sha256.New()
	for _, s := range []string{list, f.Person, f.Org, f.Type, f.Review, strconv.FormatInt(f.Since.UnixNano(), 36), strconv.FormatFloat(f.MinScore, 'g', -1, 64)} {
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}
