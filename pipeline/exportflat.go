package pipeline

import (
	"strings"
	"time"

	"tenure/extract"
)

// The tables of CSV and Parquet, one a kind of record. Tags are those of
// Parquet: the name of the column, and optional where it may be empty. A
// column that is there keeps its name and meaning; new ones come last.
type (
	moveLine struct {
		ID         string    `parquet:"id"`
		Kind       string    `parquet:"kind,dict"`
		Person     string    `parquet:"person"`
		FromOrg    string    `parquet:"from_org,optional"`
		FromRole   string    `parquet:"from_role,optional"`
		FromJoined string    `parquet:"from_joined,optional"`
		FromLeft   string    `parquet:"from_left,optional"`
		FromMonths int64     `parquet:"from_months,optional"`
		FromBound  string    `parquet:"from_bound,optional"`
		ToOrg      string    `parquet:"to_org,optional"`
		ToRole     string    `parquet:"to_role,optional"`
		ToJoined   string    `parquet:"to_joined,optional"`
		Planned    bool      `parquet:"planned"`
		Cancelled  bool      `parquet:"cancelled"`
		Derived    []string  `parquet:"derived,list"`
		Conflicts  []string  `parquet:"conflicts,list"`
		Sources    int64     `parquet:"independent_sources"`
		Score      float64   `parquet:"score"`
		Review     string    `parquet:"review,dict"`
		FirstSeen  time.Time `parquet:"first_seen,timestamp(microsecond)"`
		LastSeen   time.Time `parquet:"last_seen,timestamp(microsecond)"`
		Quote      string    `parquet:"quote,optional"`
		Publisher  string    `parquet:"publisher,optional"`
		Published  string    `parquet:"published,optional"`
		URL        string    `parquet:"url,optional"`
		URLs       []string  `parquet:"urls,list"`
	}

	factLine struct {
		Article   string  `parquet:"article"`
		URL       string  `parquet:"url,optional"`
		Type      string  `parquet:"type,dict"`
		Person    string  `parquet:"person,optional"`
		Org       string  `parquet:"org,optional"`
		Role      string  `parquet:"role,optional"`
		Successor string  `parquet:"successor,optional"`
		Date      string  `parquet:"date,optional"`
		Precision string  `parquet:"date_precision,optional,dict"`
		Earliest  string  `parquet:"date_earliest,optional"`
		Latest    string  `parquet:"date_latest,optional"`
		Approx    bool    `parquet:"date_approx"`
		End       string  `parquet:"date_end,optional"`
		DateKind  string  `parquet:"date_kind,optional"`
		Status    string  `parquet:"status,optional"`
		Planned   bool    `parquet:"planned"`
		Cancelled bool    `parquet:"cancelled"`
		Months    int64   `parquet:"months,optional"`
		Bound     string  `parquet:"bound,optional"`
		Manner    string  `parquet:"manner,optional"`
		Interim   bool    `parquet:"interim"`
		Rejoined  bool    `parquet:"rejoined"`
		Still     bool    `parquet:"still"`
		Score     float64 `parquet:"score"`
		Rule      string  `parquet:"rule,dict"`
		Start     int64   `parquet:"start"`
		Stop      int64   `parquet:"end"`
		Quote     string  `parquet:"quote"`
		ID        string  `parquet:"id"`
		Review    string  `parquet:"review,optional,dict"`
	}

	entityLine struct {
		ID       string   `parquet:"id"`
		Kind     string   `parquet:"kind,dict"`
		Name     string   `parquet:"name"`
		Aliases  []string `parquet:"aliases,list"`
		Mentions int64    `parquet:"mentions"`
		Articles int64    `parquet:"articles"`
	}

	articleLine struct {
		ID         string    `parquet:"id"`
		URL        string    `parquet:"url,optional"`
		Site       string    `parquet:"site,optional"`
		Publisher  string    `parquet:"publisher,optional"`
		Title      string    `parquet:"title,optional"`
		Authors    []string  `parquet:"authors,list"`
		Published  string    `parquet:"published,optional"`
		Language   string    `parquet:"language,optional"`
		Tags       []string  `parquet:"tags,list"`
		Categories []string  `parquet:"categories,list"`
		Image      string    `parquet:"image,optional"`
		CopyOf     string    `parquet:"copy_of,optional"`
		Partial    bool      `parquet:"partial"`
		Degraded   string    `parquet:"degraded,optional"`
		FirstSeen  time.Time `parquet:"first_seen,optional,timestamp(microsecond)"`
		People     []string  `parquet:"people,list"`
		Orgs       []string  `parquet:"organizations,list"`
		Facts      int64     `parquet:"facts"`
		Text       string    `parquet:"text"`
	}
)

func newMoveLine(m MoveRecord) moveLine {
	from, to := orNowhere(m.From), orNowhere(m.To)
	l := moveLine{
		ID: m.ID, Kind: string(m.Kind), Person: m.Person,
		FromOrg: from.Org, FromRole: from.Role, FromJoined: from.Joined, FromLeft: from.Left,
		FromMonths: int64(from.Months), FromBound: from.Bound,
		ToOrg: to.Org, ToRole: to.Role, ToJoined: to.Joined, Planned: m.Planned, Cancelled: m.Cancelled,
		Derived: m.Derived, Sources: int64(m.Sources), Score: m.Score, Review: m.Review,
		FirstSeen: m.FirstSeen.UTC(), LastSeen: m.LastSeen.UTC(),
	}
	for _, c := range m.Conflicts {
		l.Conflicts = append(l.Conflicts, c.Field+": "+c.Value+" / "+c.Other)
	}
	if len(m.Evidence) > 0 {
		e := m.Evidence[0]
		l.Quote, l.Publisher, l.Published, l.URL = e.Quote, e.Publisher, e.Published, e.URL
	}
	l.URLs = urlsOf(m)
	return l
}

func orNowhere(p *PositionRecord) PositionRecord {
	if p == nil {
		return PositionRecord{}
	}
	return *p
}

// urlsOf returns the addresses of a move's articles, each once, in order.
func urlsOf(m MoveRecord) []string {
	var urls []string
	seen := map[string]bool{"": true}
	for _, e := range m.Evidence {
		if !seen[e.URL] {
			urls, seen[e.URL] = append(urls, e.URL), true
		}
	}
	return urls
}

func newFactLine(f FactRecord) factLine {
	return factLine{
		Article: f.Article, URL: f.URL, Type: string(f.Type), Person: f.Person, Org: f.Org, Role: f.Role, Successor: f.Successor,
		Date: f.Date, Precision: string(f.Precision), Earliest: f.Earliest, Latest: f.Latest, Approx: f.Approx, End: f.End,
		DateKind: f.DateKind, Status: f.Status, Planned: f.Planned, Cancelled: f.Cancelled, Months: int64(f.Months),
		Bound: f.Bound, Manner: f.Manner, Interim: f.Interim, Rejoined: f.Rejoined, Still: f.Still, Score: f.Score, Rule: f.Rule,
		Start: int64(f.Evidence.Start), Stop: int64(f.Evidence.End), Quote: f.Evidence.Quote,
		ID: f.ID, Review: f.Review,
	}
}

func newEntityLine(e EntityRecord) entityLine {
	return entityLine{e.ID, string(e.Kind), e.Name, e.Aliases, int64(e.Mentions), int64(e.Articles)}
}

func newArticleLine(a ArticleRecord) articleLine {
	l := articleLine{
		ID: a.ID, URL: a.URL, Site: a.Site, Publisher: a.Publisher, Title: a.Title, Authors: a.Authors, Published: a.Published,
		Language: a.Language, Tags: a.Tags, Categories: a.Categories, Image: a.Image, CopyOf: a.CopyOf, Partial: a.Partial,
		Degraded: a.Degraded, Facts: int64(len(a.Facts)), Text: strings.ToValidUTF8(a.Text, "\ufffd"),
	}
	if a.FirstSeen != nil {
		l.FirstSeen = a.FirstSeen.UTC()
	}
	for _, e := range a.Entities {
		switch e.Kind {
		case extract.Person:
			l.People = append(l.People, e.Name)
		case extract.Organization:
			l.Orgs = append(l.Orgs, e.Name)
		}
	}
	return l
}

// size is about how many bytes a line takes.
func (l moveLine) size() int { return 400 + len(l.Quote) + 100*len(l.URLs) }

func (l factLine) size() int { return 400 + len(l.Quote) }

func (l entityLine) size() int { return 100 + 40*len(l.Aliases) }

func (l articleLine) size() int { return 600 + len(l.Text) }
