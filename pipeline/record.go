package pipeline

import (
	"encoding/json"
	"math"
	"time"

	"tenure/extract"
)

// The names of the record formats. What they hold only grows; a field that
// is there keeps its name and meaning.
const (
	ArticleSchema = "tenure/article/v1"
	EntitySchema  = "tenure/entity/v1"
	FactSchema    = "tenure/fact/v1"
	MoveSchema    = "tenure/move/v1"
)

// An ArticleRecord is an article as the outside sees it. Offsets are UTF-8
// bytes into Text, half open.
type ArticleRecord struct {
	Schema     string          `json:"schema"`
	ID         string          `json:"id"`
	URL        string          `json:"url,omitempty"`
	Site       string          `json:"site,omitempty"`
	Publisher  string          `json:"publisher,omitempty"`
	Title      string          `json:"title,omitempty"`
	Authors    []string        `json:"authors,omitempty"`
	Published  string          `json:"published,omitempty"` // YYYY-MM-DD or RFC 3339
	Language   string          `json:"language,omitempty"`
	Tags       []string        `json:"tags,omitempty"`
	Categories []string        `json:"categories,omitempty"`
	Image      string          `json:"image,omitempty"`
	CopyOf     string          `json:"copy_of,omitempty"` // article met earlier that tells the same in nearly the same words
	Partial    bool            `json:"partial,omitempty"`
	Degraded   string          `json:"degraded,omitempty"`
	Text       string          `json:"text"`
	Mentions   []MentionRecord `json:"mentions"`
	Entities   []EntityRecord  `json:"entities"`
	Facts      []FactRecord    `json:"facts"`
	FirstSeen  *time.Time      `json:"first_seen,omitempty"`
}

// A MentionRecord is one name in an article's text.
type MentionRecord struct {
	Start  int          `json:"start"`
	End    int          `json:"end"`
	Text   string       `json:"text"`
	Kind   extract.Kind `json:"kind"`
	Entity string       `json:"entity,omitempty"`
	Score  float64      `json:"score"`
}

// An EntityRecord is a person, organization or place; in an article with its
// count there, by itself with its counts over all articles.
type EntityRecord struct {
	Schema   string       `json:"schema,omitempty"`
	ID       string       `json:"id"`
	Kind     extract.Kind `json:"kind"`
	Name     string       `json:"name"`
	Aliases  []string     `json:"aliases,omitempty"`
	Mentions int          `json:"mentions"`
	Articles int          `json:"articles,omitempty"`
	PartOf   string       `json:"part_of,omitempty"` // the organization it belongs to; only over all articles
}

// A FactRecord is one claim with its evidence.
type FactRecord struct {
	Schema  string `json:"schema,omitempty"`
	ID      string `json:"id,omitempty"`      // see FactID; only outside of its article
	Article string `json:"article,omitempty"` // only outside of its article
	URL     string `json:"url,omitempty"`     // only outside of its article
	Review  string `json:"review,omitempty"`  // ok or rejected, if somebody said so

	Type      extract.FactType  `json:"type"`
	Person    string            `json:"person,omitempty"`
	Org       string            `json:"org,omitempty"`
	Role      string            `json:"role,omitempty"`
	Successor string            `json:"successor,omitempty"`
	Date      string            `json:"date,omitempty"`
	Precision extract.Precision `json:"date_precision,omitempty"`
	Earliest  string            `json:"date_earliest,omitempty"`
	Latest    string            `json:"date_latest,omitempty"`
	Approx    bool              `json:"date_approx,omitempty"`
	Relative  string            `json:"date_relative_to,omitempty"`
	End       string            `json:"date_end,omitempty"`
	DateKind  string            `json:"date_kind,omitempty"`
	Status    string            `json:"status,omitempty"`
	Planned   bool              `json:"planned,omitempty"`
	Cancelled bool              `json:"cancelled,omitempty"`
	Months    int               `json:"months,omitempty"`
	Bound     string            `json:"bound,omitempty"`
	Manner    string            `json:"manner,omitempty"`
	Interim   bool              `json:"interim,omitempty"`
	Rejoined  bool              `json:"rejoined,omitempty"`
	Still     bool              `json:"still,omitempty"`
	Score     float64           `json:"score"`
	Rule      string            `json:"rule"`
	Evidence  EvidenceRecord    `json:"evidence"`
	Spans     map[string][2]int `json:"spans"`
}

// An EvidenceRecord is where a fact was read.
type EvidenceRecord struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Quote string `json:"quote"`
}

// A MoveRecord is one change in a career with all that tells of it.
type MoveRecord struct {
	Schema    string             `json:"schema"`
	ID        string             `json:"id"`
	Person    string             `json:"person"`
	From      *PositionRecord    `json:"from,omitempty"`
	To        *PositionRecord    `json:"to,omitempty"`
	Kind      extract.MoveKind   `json:"kind"`
	Planned   bool               `json:"planned,omitempty"`
	Cancelled bool               `json:"cancelled,omitempty"` // announced, then taken back
	Derived   []string           `json:"derived,omitempty"`
	Conflicts []extract.Conflict `json:"conflicts,omitempty"`
	Sources   int                `json:"independent_sources"`
	Score     float64            `json:"score"`
	FirstSeen time.Time          `json:"first_seen"`
	LastSeen  time.Time          `json:"last_seen"`
	Review    string             `json:"review"`
	Evidence  []CitationRecord   `json:"evidence"`
}

// A PositionRecord is one end of a move.
type PositionRecord struct {
	Org    string `json:"org,omitempty"`
	Role   string `json:"role,omitempty"`
	Joined string `json:"joined,omitempty"`
	Left   string `json:"left,omitempty"`
	Months int    `json:"months,omitempty"`
	Bound  string `json:"bound,omitempty"` // of Months; exact if absent
}

// A CitationRecord is the quote of one article for a move.
type CitationRecord struct {
	Article   string `json:"article"`
	URL       string `json:"url"`
	Publisher string `json:"publisher,omitempty"`
	Published string `json:"published,omitempty"`
	Quote     string `json:"quote"`
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Rule      string `json:"rule"`
}

// NewArticleRecord returns the record of an article.
func NewArticleRecord(a *extract.Article) ArticleRecord {
	r := ArticleRecord{
		Schema: ArticleSchema, ID: a.ID, URL: a.URL, Site: a.Site, Publisher: a.Publisher, Title: a.Title,
		Authors: a.Authors, Published: a.Published.String(), Language: a.Lang, Tags: a.Tags,
		Categories: a.Categories, Image: a.Image, Partial: a.Partial, Degraded: a.Degraded, Text: a.Text,
		Mentions: make([]MentionRecord, 0, len(a.Mentions)),
		Entities: make([]EntityRecord, 0, len(a.Entities)),
		Facts:    make([]FactRecord, 0, len(a.Facts)),
	}
	for _, m := range a.Mentions {
		r.Mentions = append(r.Mentions, MentionRecord{m.Start, m.End, m.In(a.Text), m.Kind, m.Entity, thousandths(m.Score)})
	}
	for _, e := range a.Entities {
		r.Entities = append(r.Entities, EntityRecord{ID: e.ID, Kind: e.Kind, Name: e.Name, Aliases: e.Aliases, Mentions: e.Mentions})
	}
	for _, f := range a.Facts {
		r.Facts = append(r.Facts, NewFactRecord(f))
	}
	return r
}

// rename gives persons the IDs they have among many articles.
func (r *ArticleRecord) rename(ids map[string]string) {
	for i := range r.Entities {
		if id, ok := ids[r.Entities[i].ID]; ok {
			r.Entities[i].ID = id
		}
	}
	for i := range r.Mentions {
		if id, ok := ids[r.Mentions[i].Entity]; ok {
			r.Mentions[i].Entity = id
		}
	}
}

// NewFactRecord returns the record of a fact inside its article.
func NewFactRecord(f extract.Fact) FactRecord {
	return FactRecord{
		Type: f.Type, Person: f.Person, Org: f.Org, Role: f.Role, Successor: f.Successor,
		Date: f.Date.Value, Precision: f.Date.Precision, Earliest: f.Date.Earliest, Latest: f.Date.Latest,
		Approx: f.Date.Approx, Relative: f.Date.RelativeTo, End: f.DateEnd.Value, DateKind: f.DateKind,
		Status: f.Status, Planned: f.Planned, Cancelled: f.Cancelled, Months: f.Months, Bound: f.Bound,
		Manner: f.Manner, Interim: f.Interim, Rejoined: f.Rejoined, Still: f.Still, Score: thousandths(f.Score),
		Rule:     f.Evidence.By,
		Evidence: EvidenceRecord{f.Evidence.Start, f.Evidence.End, f.Evidence.Quote},
		Spans:    spanRecord(f.Spans),
	}
}

// thousandths rounds a score: further digits say nothing.
func thousandths(score float64) float64 { return math.Round(score*1000) / 1000 }

func spanRecord(s extract.FactSpans) map[string][2]int {
	m := map[string][2]int{}
	for _, f := range []struct {
		name string
		span extract.Span
	}{
		{"person", s.Person}, {"org", s.Org}, {"role", s.Role}, {"successor", s.Successor},
		{"date", s.Date}, {"date_end", s.DateEnd}, {"months", s.Months},
	} {
		if !f.span.IsZero() {
			m[f.name] = [2]int{f.span.Start, f.span.End}
		}
	}
	return m
}

// newMoveRecord returns the record of a move.
func newMoveRecord(row moveRow) MoveRecord {
	r := MoveRecord{
		Schema: MoveSchema, ID: row.ID, Person: row.Person, From: positionRecord(row.From), To: positionRecord(row.To),
		Kind: row.Kind, Planned: row.Planned, Cancelled: row.Cancelled, Derived: row.Derived, Conflicts: row.Conflict, Sources: row.Sources,
		Score: thousandths(row.Score), FirstSeen: row.First, LastSeen: row.Last,
	}
	r.Review = reviewOf(row.Verdict, r)
	for _, f := range row.Facts {
		r.Evidence = append(r.Evidence, CitationRecord{
			f.ID, f.URL, f.Publisher, f.Published.String(), f.Quote, f.Start, f.End, f.Rule,
		})
	}
	return r
}

func positionRecord(p extract.Position) *PositionRecord {
	if p.IsZero() {
		return nil
	}
	return &PositionRecord{p.Org, p.Role, p.Joined.Value, p.Left.Value, p.Months, p.Bound}
}

// encode returns v as one line of JSON without HTML escapes.
func encode(v any) ([]byte, error) {
	var b jsonBuffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return b, err
}

// A jsonBuffer collects bytes.
type jsonBuffer []byte

// Write implements io.Writer.
func (b *jsonBuffer) Write(p []byte) (int, error) { *b = append(*b, p...); return len(p), nil }
