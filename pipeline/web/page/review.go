package page

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"tenure/extract"
	"tenure/pipeline"
)

// A reviewPage shows what somebody should look at, one item whole, and what
// was decided.
type reviewPage struct {
	Left   int
	Writes bool
	Last   *deed // what was just decided
	Item   *reviewItem
	Queue  []queued
	More   int // that there was no room for
	Deeds  []deed
	Back   string // for the buttons that undo
	Bad    int    // moves that were rejected
}

// A reviewItem is an item with all there is to say of it.
type reviewItem struct {
	ID, Put string
	Why     []string
	Move    *moveCard
	Person  string
	Href    string
	Quotes  []reason
	Sides   []reviewSide
}

// A reviewSide is one of two people who may be one.
type reviewSide struct {
	Name, Href string
	Articles   int
	Facts      []reason
}

// A queued is an item in the list.
type queued struct {
	Who, What, Why, Href string
	Put, Here            bool
}

// A judging is what the buttons beside a move or a fact are about.
type judging struct {
	Value       string // the ID, and where on the page it is
	Said, About string
	Fact        bool
}

// Bounds of the page.
const (
	mostQueued     = 40
	mostDeeds      = 20
	mostQuotesOf   = 6
	mostFactsAside = 4
)

func (s *Site) review(r *http.Request) (content, error) {
	v, err := s.view()
	if err != nil {
		return content{}, err
	}
	q := r.URL.Query()
	p := reviewPage{Left: len(v.queue), Writes: !s.ReadOnly, Deeds: v.deeds[:min(len(v.deeds), mostDeeds)], Back: "/review", Bad: len(v.rejected)}
	if did := field(q, "did"); did != "" {
		if i := slices.IndexFunc(v.deeds, func(d deed) bool { return d.ID == did }); i >= 0 {
			p.Last = &v.deeds[i]
		}
	}
	at := max(0, slices.IndexFunc(v.queue, func(i pipeline.Item) bool { return i.ID == q.Get("item") }))
	first := max(0, min(at-mostQueued/2, len(v.queue)-mostQueued))
	for i, x := range v.queue[first:min(len(v.queue), first+mostQueued)] {
		p.Queue = append(p.Queue, newQueued(x, first+i == at))
	}
	p.More = len(v.queue) - len(p.Queue)
	if len(v.queue) > 0 {
		p.Item, err = s.reviewItem(v, v.queue[at])
	}
	return content{template: "review", title: "Review", section: "review", body: p}, err
}

func itemPath(id string) string { return "/review?" + url.Values{"item": {id}}.Encode() }

func newQueued(i pipeline.Item, here bool) queued {
	x := queued{Why: strings.Join(i.Why, "; "), Href: itemPath(i.ID), Put: i.Put != nil, Here: here}
	if i.Move != nil {
		x.Who, x.What = i.Move.Person, kindWords(i.Move.Kind)
	} else if i.Pair != nil {
		x.Who, x.What = i.Pair.A.Name, "one person or two?"
	}
	return x
}

func (s *Site) reviewItem(v *view, i pipeline.Item) (*reviewItem, error) {
	x := &reviewItem{ID: i.ID, Why: i.Why}
	if i.Put != nil {
		x.Put = moment(*i.Put)
	}
	if i.Move == nil {
		for _, side := range []pipeline.PairSide{i.Pair.A, i.Pair.B} {
			y, err := s.reviewSide(v, side)
			if err != nil {
				return nil, err
			}
			x.Sides = append(x.Sides, y)
		}
		return x, nil
	}
	m := &move{MoveRecord: *i.Move}
	m.dated()
	c := v.card(m)
	x.Move, x.Person, x.Href = &c, m.Person, "/move/"+url.PathEscape(m.ID)
	for _, e := range longest(m.Evidence) {
		if len(x.Quotes) < mostQuotesOf {
			x.Quotes = append(x.Quotes, s.quote(v, e))
		}
	}
	return x, nil
}

func (s *Site) reviewSide(v *view, side pipeline.PairSide) (reviewSide, error) {
	y := reviewSide{Name: side.Name, Articles: side.Articles, Href: personPath(side.Name)}
	p := v.byID[side.ID]
	if p == nil {
		return y, nil
	}
	y.Href = p.path()
	facts, err := s.reasons(p.facts[:min(len(p.facts), mostFactsAside)])
	y.Facts = facts
	return y, err
}

// quote is a citation in its words; without those around it if its article
// cannot be read.
func (s *Site) quote(v *view, e pipeline.CitationRecord) reason {
	a := v.articles[e.Article]
	if a == nil {
		a = newArticle(pipeline.ArticleRecord{ID: e.Article, URL: e.URL, Publisher: e.Publisher, Published: e.Published})
	}
	f := &fact{pipeline.FactRecord{Evidence: pipeline.EvidenceRecord{Start: e.Start, End: e.End, Quote: e.Quote}, Rule: e.Rule}, a, 0}
	i := slices.IndexFunc(a.facts, func(x *fact) bool { return x.Evidence == f.Evidence && x.Rule == f.Rule })
	if i >= 0 {
		f = a.facts[i]
	}
	text := ""
	if x, err := s.Library.Show(e.Article); err == nil {
		if whole, ok := x.(pipeline.ArticleRecord); ok {
			text = whole.Text
		}
	}
	return newReason(f, text)
}

// longest drops the quotes that lie inside another one of the same article.
func longest(all []pipeline.CitationRecord) (some []pipeline.CitationRecord) {
	for i, c := range all {
		inside := slices.ContainsFunc(all, func(o pipeline.CitationRecord) bool {
			return o.Article == c.Article && o.Start <= c.Start && c.End <= o.End && o.End-o.Start > c.End-c.Start
		}) || slices.ContainsFunc(all[:i], func(o pipeline.CitationRecord) bool {
			return o.Article == c.Article && o.Start == c.Start && o.End == c.End
		})
		if !inside {
			some = append(some, c)
		}
	}
	return some
}

// A formError is a form that no page of ours has.
type formError struct{ why string }

// Error implements error.
func (e *formError) Error() string { return e.why }

// judge takes what a form says of a move, a fact or two people, and returns
// where to go on.
func (s *Site) judge(r *http.Request) (string, error) {
	said, id, anchor := pressed(r, "ok", "rejected", "later", "undo", "same", "apart")
	v, err := s.view()
	if err != nil {
		return "", err
	}
	switch said {
	case "":
		return "", &formError{"the form says nothing"}
	case "same", "apart":
		i := slices.IndexFunc(v.queue, func(x pipeline.Item) bool { return x.Pair != nil && x.ID == id })
		if i < 0 {
			return "", &missingError{"pair of people", id}
		}
		err = s.Library.Decide(r.Context(), v.queue[i].Pair.Decision(said == "same"))
	default:
		_, err = s.Library.Judge(r.Context(), id, pipeline.Judgement(said))
	}
	if back := localPath(r.PostFormValue("back")); back != "" || err != nil {
		return back + anchor, err
	}
	next := ""
	if i := slices.IndexFunc(v.queue, func(x pipeline.Item) bool { return x.ID == id }); said == "undo" {
		next = id
	} else if i >= 0 && i+1 < len(v.queue) {
		next = v.queue[i+1].ID
	}
	return "/review?" + url.Values{"did": {id}, "item": {next}}.Encode(), nil
}

// pressed returns which of a form's buttons was pressed, and what stands in
// it: an ID, and where on the page it is.
func pressed(r *http.Request, names ...string) (name, id, anchor string) {
	for _, n := range names {
		if v := r.PostFormValue(n); v != "" {
			id, anchor, _ = strings.Cut(v, " ")
			if anchor != "" {
				anchor = "#" + url.PathEscape(anchor)
			}
			return n, id, anchor
		}
	}
	return "", "", ""
}

// decidePeople takes who a person is, or that an article means another one.
func (s *Site) decidePeople(r *http.Request) (string, error) {
	id := r.PostFormValue("person")
	who, ok, err := s.Library.Person(id)
	if err != nil {
		return "", err
	}
	if !ok || len(who.Sightings) == 0 {
		return "", &missingError{"person", id}
	}
	d := extract.Decision{A: who.Sightings[0]}
	if other := r.PostFormValue("same"); other != "" {
		d.Same = true
		d.B, err = s.otherPerson(who, other)
	} else {
		d.A, d.B, err = parted(who, r.PostFormValue("article"))
	}
	if err == nil {
		err = s.Library.Decide(r.Context(), d)
	}
	return cmp.Or(localPath(r.PostFormValue("back")), "/review"), err
}

// otherPerson returns a sighting of the person that a name or an ID means.
func (s *Site) otherPerson(who extract.Profile, name string) (k extract.SightingKey, err error) {
	v, err := s.view()
	if err != nil {
		return k, err
	}
	id := name
	if called := slices.DeleteFunc(slices.Clone(v.called[Key(name)]), func(p *person) bool { return p.id == who.ID }); len(called) == 1 {
		id = called[0].id
	} else if len(called) > 1 {
		return k, &pipeline.RefusedError{Why: fmt.Sprintf("%d people are called %s; give the ID of the one that is meant", len(called), name)}
	}
	other, ok, err := s.Library.Person(id)
	switch {
	case err != nil:
		return k, err
	case !ok || len(other.Sightings) == 0:
		return k, &missingError{"person", name}
	case other.ID == who.ID:
		return k, &pipeline.RefusedError{Why: "they are one person already"}
	}
	return other.Sightings[0], nil
}

// parted returns the sighting of a person in an article, and one of theirs
// elsewhere.
func parted(who extract.Profile, article string) (a, b extract.SightingKey, err error) {
	for _, s := range who.Sightings {
		if s.Article == article {
			a = s
		} else if b.Article == "" {
			b = s
		}
	}
	if a.Article == "" || b.Article == "" {
		err = &pipeline.RefusedError{Why: "this is the only article that tells of the person"}
	}
	return a, b, err
}

// localPath returns an address of this site to go on to; empty if it is none.
func localPath(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") || strings.ContainsAny(s, "\\\r\n\t") {
		return ""
	}
	// What is written anew can begin otherwise than what was asked: "/%2f x" is
	// "//%20x" then, which a browser takes for another site's.
	if to := u.String(); !strings.HasPrefix(to, "//") {
		return to
	}
	return ""
}

// judged is what the buttons beside something are about; nil where nothing can
// be said.
func (s *Site) judged(v *view, id, anchor, about string) *judging {
	if s.ReadOnly {
		return nil
	}
	j := &judging{Value: id + " " + anchor, About: short(40, about)}
	if x, ok := v.said[id]; ok {
		j.Said = x.Verdict.Words()
	}
	return j
}
