package page

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"tenure/extract"
	"tenure/pipeline"
)

// A personPage is one career and why we say so.
type personPage struct {
	Name      string
	Now       []end // where the person is, as far as is known
	Outlets   int
	Articles  int
	Lanes     lanes
	Moves     []moveCard
	Reasons   []reason
	More      int // reasons there was no room for
	MoreMoves int
	MovesHref string
	Feed      string
	Rejected  []moveCard
	Wrong     []reason // claims that were rejected
	Who       *identity
	Back      string // where the buttons lead; empty if there are none
}

// A moveCard is a move with all there is to say of it.
type moveCard struct {
	row
	FromDates, ToDates string
	DerivedFrom        bool // a date of From was computed
	DerivedTo          bool
	Conflicts          []disagreement
	Judging            *judging
}

// A disagreement is what the move says beside what another article says.
type disagreement struct{ Field, Value, Other, Outlet, Href string }

// A reason is a fact with the words it was read in.
type reason struct {
	ID, Says, Date           string
	Before, Quote, After     string
	Outlet, Published, Title string
	Reader, URL              string
	Score                    float64
	Rule                     string
	Judging                  *judging
	fact                     string // its ID
}

// How many facts and moves a page tells; it bounds its weight.
const (
	mostReasons = 36
	mostCards   = 16
	mostQuote   = 1200     // runes of one
	mostQuoted  = 28 << 10 // bytes of quotes and what is around them
)

func (s *Site) person(r *http.Request) (content, error) {
	v, err := s.view()
	if err != nil {
		return content{}, err
	}
	key := r.PathValue("key")
	p := v.people[key]
	switch called := v.called[Key(key)]; {
	case p != nil:
	case len(called) == 1:
		return content{elsewhere: called[0].path()}, nil
	case len(called) > 1:
		return namesakes(called), nil
	case v.byID[key] != nil:
		return content{elsewhere: v.byID[key].path()}, nil
	default:
		return s.elsewhere(v, key, extract.Person)
	}
	body := personPage{Name: p.name, Feed: url.Values{"person": {p.name}}.Encode()}
	stays := s.stays(p)
	body.Lanes = layLanes(stays, s.Now())
	if !s.ReadOnly {
		body.Back = p.path()
	}
	for _, x := range stays {
		if x.Status == extract.Current {
			body.Now = append(body.Now, end{Org: x.Org, Role: joined(x.Roles), Href: orgPath(x.Org)})
		}
	}
	body.MoreMoves, body.MovesHref = max(0, len(p.moves)-mostCards), "/?"+body.Feed
	for _, m := range p.moves[:min(len(p.moves), mostCards)] {
		body.Moves = append(body.Moves, s.judgedCard(v, p, m))
	}
	for _, m := range p.rejected[:min(len(p.rejected), mostCards)] {
		c := s.judgedCard(v, p, m)
		if v.said[m.ID].Verdict != pipeline.Wrong {
			c.Judging = nil // its claims were rejected, one by one, below
		}
		body.Rejected = append(body.Rejected, c)
	}
	body.Outlets, body.Articles = outlets(p.facts)
	body.Reasons, err = s.reasons(p.facts)
	body.More = len(p.facts) - len(body.Reasons)
	if err == nil {
		body.Wrong, err = s.reasons(p.wrong)
	}
	if err == nil {
		body.Who, err = s.identity(v, p)
	}
	for _, all := range [][]reason{body.Reasons, body.Wrong} {
		for i, r := range all {
			all[i].Judging = s.judged(v, r.fact, "fact-"+r.ID, r.Says)
			if all[i].Judging != nil {
				all[i].Judging.Fact = true
			}
		}
	}
	return content{template: "person", title: p.name, section: "person", feed: body.Feed, body: body}, err
}

// A namesake is one of several people of a name.
type namesake struct {
	Name, Href string
	Orgs       []string
}

// namesakes asks which one is meant.
func namesakes(all []*person) content {
	var body []namesake
	for _, p := range all {
		n := namesake{Name: p.name, Href: p.path()}
		for _, f := range p.facts {
			if f.Org != "" && !slices.Contains(n.Orgs, f.Org) && len(n.Orgs) < 5 {
				n.Orgs = append(n.Orgs, f.Org)
			}
		}
		body = append(body, n)
	}
	slices.SortFunc(body, func(a, b namesake) int { return cmp.Compare(a.Href, b.Href) })
	return content{template: "namesakes", title: all[0].name, section: "person", body: body}
}

func joined(roles []string) string {
	var s string
	for _, r := range roles {
		if s != "" && r != "" {
			s += ", "
		}
		s += r
	}
	return s
}

// elsewhere looks for somebody or something without facts, or under another
// name, which takes longer.
func (s *Site) elsewhere(v *view, name string, kind extract.Kind) (content, error) {
	x, err := s.Library.Show(name)
	if err != nil {
		var missing *pipeline.NotFoundError
		if errors.As(err, &missing) {
			return s.nearest(v, name, kind)
		}
		return content{}, err
	}
	d, ok := x.(pipeline.Dossier)
	if !ok {
		return content{}, &missingError{string(kind), name}
	}
	k := Key(d.Entity.Name)
	switch {
	case v.byID[d.Entity.ID] != nil:
		return content{elsewhere: v.byID[d.Entity.ID].path()}, nil
	case v.orgs[k] != nil && d.Entity.Kind == extract.Organization:
		return content{elsewhere: orgPath(d.Entity.Name)}, nil
	}
	return content{template: "named", title: d.Entity.Name, body: d.Entity}, nil
}

// nearest tries the name as the key it may be, word by word apart.
func (s *Site) nearest(v *view, key string, kind extract.Kind) (content, error) {
	var near []string
	for _, f := range v.find(splitKey(key)) {
		near = append(near, f.Name)
	}
	return content{}, &pipeline.NotFoundError{What: string(kind), Name: key, Near: near[:min(3, len(near))]}
}

func (v *view) card(m *move) moveCard {
	c := moveCard{row: newRow(m)}
	c.FromDates, c.DerivedFrom = positionDates(m, m.From, "from.")
	c.ToDates, c.DerivedTo = positionDates(m, m.To, "to.")
	for _, x := range m.Conflicts {
		d := disagreement{Field: x.Field, Value: cmp.Or(says(x.Value), x.Value), Other: cmp.Or(says(x.Other), x.Other), Href: "/article/" + url.PathEscape(x.Article), Outlet: "another article"}
		if a := v.articles[x.Article]; a != nil {
			d.Outlet = a.outlet()
		}
		c.Conflicts = append(c.Conflicts, d)
	}
	return c
}

// positionDates says when a position was held; ~ marks what was computed.
func positionDates(m *move, p *pipeline.PositionRecord, end string) (s string, derived bool) {
	if p == nil {
		return "", false
	}
	mark := func(field, value string) string {
		v := says(value)
		if value != "" && slices.Contains(m.Derived, end+field) {
			derived = true
			return "~" + v
		}
		return v
	}
	from, until := mark("joined", p.Joined), mark("left", p.Left)
	switch {
	case from != "" && until != "":
		s = from + " – " + until
	case from != "":
		s = "since " + from
	case until != "":
		s = "until " + until
	}
	if p.Months > 0 {
		if s != "" {
			s += ", "
		}
		n := length(p.Months)
		if slices.Contains(m.Derived, end+"months") {
			n, derived = "~"+n, true
		}
		s += bound(p.Bound) + n
	}
	return s, derived
}

func outlets(facts []*fact) (outlets, articles int) {
	o, a := map[string]bool{}, map[string]bool{}
	for _, f := range facts {
		o[f.article.outlet()] = true
		a[f.article.ID] = true
	}
	return len(o), len(a)
}

// reasons quotes the facts, the latest article first.
func (s *Site) reasons(facts []*fact) ([]reason, error) {
	facts = slices.Clone(facts)
	slices.SortStableFunc(facts, func(a, b *fact) int {
		return cmp.Or(cmp.Compare(b.article.Published, a.article.Published), cmp.Compare(a.article.ID, b.article.ID), a.Evidence.Start-b.Evidence.Start)
	})
	texts, quoted := map[string]string{}, 0
	var all []reason
	for _, f := range facts[:min(len(facts), mostReasons)] {
		text, ok := texts[f.article.ID]
		if !ok {
			x, err := s.Library.Show(f.article.ID)
			if a, ok := x.(pipeline.ArticleRecord); ok && err == nil {
				text = a.Text
			}
			texts[f.article.ID] = text
		}
		r := newReason(f, text)
		if quoted += len(r.Before) + len(r.Quote) + len(r.After); quoted > mostQuoted && len(all) > 0 {
			break
		}
		all = append(all, r)
	}
	return all, nil
}

func newReason(f *fact, text string) reason {
	a := f.article
	r := reason{
		ID: a.ID + "-" + strconv.Itoa(f.n), Says: sentence(f.FactRecord), Date: dates(f.FactRecord), Quote: short(mostQuote, f.Evidence.Quote), Outlet: a.outlet(),
		Published: says(a.Published), Title: a.Title, URL: a.URL, Score: f.Score, Rule: f.Rule,
		Reader: "/article/" + url.PathEscape(a.ID) + "#fact-" + strconv.Itoa(f.n),
	}
	r.fact = pipeline.FactID(a.ID, f.FactRecord)
	r.Before, r.After = around(text, f.Evidence)
	return r
}
