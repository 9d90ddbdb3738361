package page

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"tenure/pipeline"
	"tenure/pipeline/web"
)

// A filter narrows the moves shown. It is what stands in the address, so that
// every view can be kept and sent.
type filter struct {
	Q              string // words, all of which must be there
	Person, Org    string // names
	From, To       string // names of organizations
	Kind, Tag      string
	After, Before  string // months or dates in any precision, both included
	Score          float64
	Check, New     bool // only those to review; only those since the last visit
	Rejected       bool // those that somebody said are wrong, and no others
	Page           int  // from 1
	period         period
	words          []string
	person, org    string // keys
	fromOrg, toOrg string
	since          time.Time
}

// maxField bounds what a field of the filter may hold, in bytes.
const maxField = 200

func field(q url.Values, name string) string {
	s := strings.TrimSpace(strings.ToValidUTF8(q.Get(name), ""))
	if len(s) > maxField {
		s = strings.ToValidUTF8(s[:maxField], "")
	}
	return s
}

// readFilter reads a filter. What cannot be read is left out: an address that
// somebody changed by hand still shows something.
func readFilter(q url.Values) filter {
	f := filter{
		Q: field(q, "q"), Person: field(q, "person"), Org: field(q, "org"), From: field(q, "from"), To: field(q, "to"),
		Kind: field(q, "kind"), Tag: field(q, "tag"), Check: q.Get("check") != "", New: q.Get("new") != "", Rejected: q.Get("rejected") != "",
	}
	after, before := periodOf(field(q, "after")), periodOf(field(q, "before"))
	if after.known() {
		f.After, f.period.from = field(q, "after"), after.from
	}
	if before.known() {
		f.Before, f.period.until = field(q, "before"), before.until
	}
	if x, err := strconv.ParseFloat(q.Get("score"), 64); err == nil && x > 0 && x <= 1 {
		f.Score = x
	}
	f.Page = 1
	if n, err := strconv.Atoi(q.Get("page")); err == nil && n > 1 && n < 1e6 {
		f.Page = n
	}
	f.words = splitKey(f.Q)
	f.person, f.org, f.fromOrg, f.toOrg = Key(f.Person), Key(f.Org), Key(f.From), Key(f.To)
	return f
}

// values is the filter as it stands in an address.
func (f filter) values() url.Values {
	q := url.Values{}
	for _, p := range [][2]string{
		{"q", f.Q}, {"person", f.Person}, {"org", f.Org}, {"from", f.From}, {"to", f.To}, {"kind", f.Kind}, {"tag", f.Tag},
		{"after", f.After}, {"before", f.Before},
	} {
		if p[1] != "" {
			q.Set(p[0], p[1])
		}
	}
	if f.Score > 0 {
		q.Set("score", strconv.FormatFloat(f.Score, 'g', -1, 64))
	}
	if f.Check {
		q.Set("check", "1")
	}
	if f.New {
		q.Set("new", "1")
	}
	if f.Rejected {
		q.Set("rejected", "1")
	}
	if f.Page > 1 {
		q.Set("page", strconv.Itoa(f.Page))
	}
	return q
}

// at is the address of a path with this filter.
func (f filter) at(path string) string {
	if q := f.values().Encode(); q != "" {
		return path + "?" + q
	}
	return path
}

// on turns to a page of the table.
func (f filter) on(page int) string {
	f.Page = page
	return f.at("/")
}

// Any reports whether the filter leaves anything out.
func (f filter) Any() bool { f.Page = 1; return len(f.values()) > 0 }

// toCheck reports whether a person should look at the move.
func (m *move) toCheck() bool { return m.Review == pipeline.ReviewQueued }

// passes reports whether the filter lets a move through.
func (f filter) passes(m *move) bool {
	switch {
	case f.Kind != "" && string(m.Kind) != f.Kind, m.Score < f.Score, f.Check && !m.toCheck(),
		f.New && m.FirstSeen.Before(f.since),
		f.Tag != "" && !slices.Contains(m.tags, f.Tag), !f.period.meets(m.when),
		f.fromOrg != "" && m.fromKey != f.fromOrg, f.toOrg != "" && m.toKey != f.toOrg,
		f.org != "" && m.fromKey != f.org && m.toKey != f.org,
		f.person != "" && !m.isOf(f.person):
		return false
	}
	for _, w := range f.words {
		if !strings.Contains(m.words, w) {
			return false
		}
	}
	return true
}

// isOf reports whether it is the move of somebody with the name or key.
func (m *move) isOf(key string) bool {
	if m.person == nil {
		return false
	}
	_, called := m.person.spellings[m.Person]
	return m.person.key == key || Key(m.person.name) == key || called && Key(m.Person) == key
}

// from returns the moves that the filter is put over.
func (f filter) from(v *view) []*move {
	if f.Rejected {
		return v.rejected
	}
	return v.moves
}

// choose returns the moves that pass, in their order.
func (f filter) choose(all []*move) []*move {
	var some []*move
	for _, m := range all {
		if f.passes(m) {
			some = append(some, m)
		}
	}
	return some
}

// export is the filter as the interface for programs knows it, which knows
// less.
func (f filter) export(format string) string {
	q := url.Values{"what": {pipeline.ExportMoves}, "format": {format}}
	for _, p := range [][2]string{{"person", f.Person}, {"org", f.Org}, {"type", f.Kind}} {
		if p[1] != "" {
			q.Set(p[0], p[1])
		}
	}
	if f.Score > 0 {
		q.Set("min_score", strconv.FormatFloat(f.Score, 'g', -1, 64))
	}
	return web.Prefix + "export?" + q.Encode()
}
