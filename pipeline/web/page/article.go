package page

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tenure/extract"
	"tenure/pipeline"
)

// An articlePage is a reader: the stored words, with what was found in them.
type articlePage struct {
	Title, Outlet, Published string
	Authors                  []string
	URL                      string
	Tags                     []string
	Paragraphs               []paragraph
	Facts                    []articleFact
	Names                    []found
	Left                     int // bytes that are not shown
	Copy                     string
	Partial                  bool
	Degraded                 string
	FirstSeen                string
	CutHref                  string
	Cut                      *cutting // what is boilerplate, if it was asked for
}

// A cutting is what was taken for boilerplate on the stored page.
type cutting struct {
	Pieces []extract.Cut
	More   int
	Why    string // it cannot be said
}

// Bounds of what is shown of it.
const (
	mostPieces = 120
	mostPiece  = 240 // runes
)

// cutting reads the stored page of an article again.
func (s *Site) cutting(r *http.Request, id string) (*cutting, error) {
	all, err := s.Library.Cut(r.Context(), id)
	var missing *pipeline.NotFoundError
	if errors.As(err, &missing) {
		return &cutting{Why: "The page as it was fetched is no longer kept, so that it cannot be said."}, nil
	}
	c := &cutting{Pieces: slices.Clone(all[:min(len(all), mostPieces)]), More: max(0, len(all)-mostPieces)}
	for i := range c.Pieces {
		c.Pieces[i].Text = short(mostPiece, c.Pieces[i].Text)
	}
	return c, err
}

// A paragraph is a line of the stored text.
type paragraph []segment

// Direction is the way the line is written.
func (p paragraph) Direction() string {
	var b strings.Builder
	for _, s := range p {
		b.WriteString(s.Text)
	}
	return direction(b.String())
}

// A segment is text that has the same things said about it throughout.
type segment struct {
	Text string
	ID   string // where a fact begins
	Fact int    // number of the fact, from 1; 0: none
	Says string // what the fact says
	Href string // of the name
	Kind extract.Kind
}

// An articleFact is a fact in the margin.
type articleFact struct {
	N                  int
	Person, PersonHref string
	Says, Date, Quote  string
	Href               string
	Score              float64
	Rule               string
}

// Bounds of what a reader shows.
const (
	mostText  = 30 << 10 // bytes
	mostMarks = 400      // names marked
	mostFacts = 60
)

func (s *Site) article(r *http.Request) (content, error) {
	id := r.PathValue("id")
	x, err := s.Library.Show(id)
	if err != nil {
		var missing *pipeline.NotFoundError
		if errors.As(err, &missing) {
			return content{}, &missingError{"article", id}
		}
		return content{}, err
	}
	a, ok := x.(pipeline.ArticleRecord)
	switch {
	case !ok:
		return content{}, &missingError{"article", id}
	case a.ID != id:
		return content{elsewhere: "/article/" + url.PathEscape(a.ID)}, nil
	}
	v, err := s.view()
	if err != nil {
		return content{}, err
	}
	p := newArticlePage(a, v.entityPath)
	p.CutHref = "/article/" + url.PathEscape(id) + "?cut=1#cut"
	if r.URL.Query().Get("cut") != "" {
		if p.Cut, err = s.cutting(r, id); err != nil {
			return content{}, err
		}
	}
	return content{template: "article", title: cmp.Or(a.Title, "Untitled article"), section: "article", body: p}, nil
}

func newArticlePage(a pipeline.ArticleRecord, path func(pipeline.EntityRecord) string) articlePage {
	outlet := (&article{ArticleRecord: a}).outlet()
	p := articlePage{
		Title: cmp.Or(a.Title, "Untitled article"), Outlet: outlet, Authors: a.Authors, Published: says(a.Published),
		URL: a.URL, Tags: a.Tags[:min(len(a.Tags), 20)], Partial: a.Partial, Degraded: a.Degraded,
	}
	if a.CopyOf != "" {
		p.Copy = "/article/" + url.PathEscape(a.CopyOf)
	}
	if a.FirstSeen != nil {
		p.FirstSeen = day(*a.FirstSeen)
	}
	end := min(len(a.Text), mostText)
	for end < len(a.Text) && !utf8.RuneStart(a.Text[end]) {
		end--
	}
	p.Left = len(a.Text) - end
	p.Paragraphs = mark(a, end, path)
	named := &article{ArticleRecord: a}
	for i, f := range a.Facts[:min(len(a.Facts), mostFacts)] {
		p.Facts = append(p.Facts, articleFact{
			N: i + 1, Person: f.Person, PersonHref: path(named.entity(extract.Person, f.Person)), Says: sentence(f), Date: dates(f), Quote: short(200, f.Evidence.Quote),
			Href: "#fact-" + strconv.Itoa(i), Score: f.Score, Rule: f.Rule,
		})
	}
	for _, e := range a.Entities {
		if href := path(e); href != "" && len(p.Names) < 60 {
			p.Names = append(p.Names, found{e.Name, href, string(e.Kind)})
		}
	}
	return p
}

// entityPath is the address of an entity's page; empty if it has none.
func (v *view) entityPath(e pipeline.EntityRecord) string {
	switch {
	case Key(e.Name) == "":
		return ""
	case e.Kind == extract.Person && v.byID[e.ID] != nil:
		return v.byID[e.ID].path()
	case e.Kind == extract.Person:
		return personPath(e.Name)
	case e.Kind == extract.Organization:
		return orgPath(e.Name)
	}
	return ""
}

// mark cuts the text up to end into paragraphs of segments.
func mark(a pipeline.ArticleRecord, end int, path func(pipeline.EntityRecord) string) []paragraph {
	cuts := []int{0, end}
	within := func(start, stop int) bool { return 0 <= start && start < stop && stop <= end }
	var facts []pipeline.FactRecord
	for _, f := range a.Facts[:min(len(a.Facts), mostFacts)] {
		if !within(f.Evidence.Start, f.Evidence.End) {
			f.Evidence = pipeline.EvidenceRecord{}
		} else {
			cuts = append(cuts, f.Evidence.Start, f.Evidence.End)
		}
		facts = append(facts, f)
	}
	var names []pipeline.MentionRecord
	paths := map[string]string{}
	for _, e := range a.Entities {
		paths[e.ID] = path(e)
	}
	for _, m := range a.Mentions {
		if within(m.Start, m.End) && paths[m.Entity] != "" && len(names) < mostMarks {
			names = append(names, m)
			cuts = append(cuts, m.Start, m.End)
		}
	}
	slices.SortFunc(names, func(a, b pipeline.MentionRecord) int { return a.Start - b.Start })
	for i := 0; i < end; i++ {
		if a.Text[i] == '\n' {
			cuts = append(cuts, i, i+1)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	return segments(a.Text, cuts, facts, names, paths)
}

func segments(text string, cuts []int, facts []pipeline.FactRecord, names []pipeline.MentionRecord, paths map[string]string) (all []paragraph) {
	var line paragraph
	told := map[int]bool{} // facts whose place is marked
	next := 0              // first name that may reach here
	for i := 1; i < len(cuts); i++ {
		from, until := cuts[i-1], cuts[i]
		piece := text[from:until]
		if piece == "\n" {
			if len(line) > 0 {
				all, line = append(all, line), nil
			}
			continue
		}
		s := segment{Text: piece}
		for n, f := range facts {
			if f.Evidence.Start <= from && until <= f.Evidence.End {
				s.Fact, s.Says = n+1, sentence(f)
				if !told[n] {
					told[n] = true
					s.ID = "fact-" + strconv.Itoa(n)
					break // the others begin in the segments that follow
				}
			}
		}
		for next < len(names) && names[next].End <= from {
			next++
		}
		if next < len(names) && names[next].Start <= from && until <= names[next].End {
			s.Href, s.Kind = paths[names[next].Entity], names[next].Kind
		}
		line = append(line, s)
	}
	if len(line) > 0 {
		all = append(all, line)
	}
	return all
}
