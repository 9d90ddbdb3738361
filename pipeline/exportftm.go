package pipeline

import (
	"bufio"
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"

	"tenure/extract"
)

// ftmPrefix begins the IDs of FollowTheMoney entities, so that they do not
// meet those of another data set.
const ftmPrefix = "tenure-"

// An ftmEntity is one line of FollowTheMoney.
type ftmEntity struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
}

// An ftmSink writes FollowTheMoney entities: Person and Organization, each
// once, Employment for each end of a move and for each fact, Article and
// Mention. Nothing in that model holds a score or a span, so the quotes are
// the summary.
type ftmSink struct {
	jsonSink
	id    identify
	wrote wrote
}

func newFtM(w *bufio.Writer, _ string, id identify) sink {
	return &ftmSink{jsonSink: jsonSink{w: w}, id: id, wrote: wrote{}}
}

func (o *ftmSink) write(record any) error {
	switch r := record.(type) {
	case ArticleRecord:
		return o.article(r)
	case EntityRecord:
		return o.entity(r.Kind, r.ID, r.Name, r.Aliases...)
	case FactRecord:
		return o.fact(r)
	case MoveRecord:
		return o.move(r)
	}
	return nil
}

// put writes an entity without its empty properties.
func (o *ftmSink) put(schema, id string, properties map[string][]string) error {
	for name, values := range properties {
		if values = ftmValues(name, values); len(values) == 0 {
			delete(properties, name)
			continue
		}
		properties[name] = values
	}
	return o.jsonSink.write(ftmEntity{ftmPrefix + id, schema, properties})
}

// ftmMost is how many bytes a value may have, by the type of its property.
func ftmMost(property string) int {
	switch property {
	case "name", "alias":
		return 384
	case "sourceUrl":
		return 4096
	case "summary", "description", "bodyText":
		return 65_000
	}
	return 1024
}

// ftmValues returns the values of a property that are not empty, each once.
// Of one that is too long the rest is another value of bodyText, and lost of
// others.
func ftmValues(property string, values []string) []string {
	var all []string
	for _, v := range values {
		for strings.TrimSpace(v) != "" {
			n := wholeRunes(v, ftmMost(property))
			all = append(all, v[:n])
			if v = v[n:]; property != "bodyText" {
				break
			}
		}
	}
	return uniq(all)
}

// wholeRunes returns the length of the longest beginning of s that has at
// most so many bytes and ends between runes.
func wholeRunes(s string, most int) int {
	if len(s) <= most {
		return len(s)
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return most
}

// uniq drops words that were there before.
func uniq(words []string) []string {
	var all []string
	for _, w := range words {
		if !slices.Contains(all, w) {
			all = append(all, w)
		}
	}
	return all
}

// ftmSchema is what an entity of a kind is; empty if it is not exported.
func ftmSchema(k extract.Kind) string {
	switch k {
	case extract.Person:
		return "Person"
	case extract.Organization:
		return "Organization"
	}
	return ""
}

func (o *ftmSink) entity(kind extract.Kind, id, name string, aliases ...string) error {
	schema := ftmSchema(kind)
	if schema == "" || !o.wrote.first(id) {
		return nil
	}
	return o.put(schema, id, map[string][]string{"name": {name}, "alias": aliases})
}

func (o *ftmSink) move(m MoveRecord) error {
	if m.rejected() {
		return nil
	}
	person, all, err := endsOf(m, o.id)
	if err != nil || len(all) == 0 {
		return err
	}
	if err := o.entity(extract.Person, person, m.Person); err != nil {
		return err
	}
	for _, e := range all {
		if err := o.entity(extract.Organization, e.org, e.Org); err != nil {
			return err
		}
		if err := o.put("Employment", m.ID+"-"+e.name, ftmEmployment(m, e, person)); err != nil {
			return err
		}
	}
	return nil
}

func ftmEmployment(m MoveRecord, e moveEnd, person string) map[string][]string {
	p := map[string][]string{
		"employee": {ftmPrefix + person}, "employer": {ftmPrefix + e.org}, "role": {e.Role}, "status": {e.status(m)},
		"startDate": {isoDate(e.Joined)}, "endDate": {isoDate(e.Left)}, "sourceUrl": urlsOf(m), "recordId": {m.ID},
		"retrievedAt": {ftmTime(m.FirstSeen)}, "modifiedAt": {ftmTime(m.LastSeen)},
		"description": {inexact("joined", e.Joined), inexact("left", e.Left)},
	}
	if m.Cancelled {
		delete(p, "startDate")
		delete(p, "endDate")
	}
	for _, field := range m.Derived {
		if strings.HasPrefix(field, e.name+".") {
			p["description"] = append(p["description"], field+" is computed, not told")
		}
	}
	for _, c := range m.Evidence {
		p["summary"] = append(p["summary"], c.Quote)
		p["publisher"] = append(p["publisher"], c.Publisher)
	}
	return p
}

func (o *ftmSink) fact(f FactRecord) error {
	if f.Person == "" || f.Org == "" {
		return nil // Employment has two sides
	}
	person, err := o.id(extract.Person, f.Person, f.Article)
	if err != nil {
		return err
	}
	org, err := o.id(extract.Organization, f.Org, f.Article)
	if err != nil {
		return err
	}
	if err := o.entity(extract.Person, person, f.Person); err != nil {
		return err
	}
	if err := o.entity(extract.Organization, org, f.Org); err != nil {
		return err
	}
	p := map[string][]string{
		"employee": {ftmPrefix + person}, "employer": {ftmPrefix + org}, "role": {f.Role}, "status": {f.Status},
		"summary": {f.Evidence.Quote}, "sourceUrl": {f.URL}, "description": {string(f.Type)},
	}
	if date := boundary(f.Type); date != "" && f.DateKind != extract.Announced && !f.Cancelled {
		p[date] = []string{isoDate(f.Date)}
		p["description"] = append(p["description"], inexact(string(f.Type), f.Date))
	}
	return o.put("Employment", "f"+factKey(f), p)
}

// factKey tells a fact from all others.
func factKey(f FactRecord) string {
	key, _ := encode(f.Spans) // of a map of numbers
	return hashed(f.Article, string(f.Type), f.Person, f.Org, f.Role, f.Date, f.Evidence.Quote, string(key))
}

// boundary is the property that the date of a fact is; empty for one that
// tells of no beginning or end.
func boundary(t extract.FactType) string {
	switch t {
	case extract.Left, extract.ReplacedBy:
		return "endDate"
	case extract.Joined, extract.Appointed, extract.Promoted, extract.Founded:
		return "startDate"
	}
	return ""
}

func (o *ftmSink) article(a ArticleRecord) error {
	p := map[string][]string{
		"title": {a.Title}, "author": a.Authors, "publisher": {cmp.Or(a.Publisher, a.Site)}, "sourceUrl": {a.URL},
		"publishedAt": {ftmStamp(a.Published)}, "language": {iso3(a.Language)}, "keywords": a.Tags, "bodyText": {a.Text},
	}
	if a.FirstSeen != nil {
		p["retrievedAt"] = []string{ftmTime(*a.FirstSeen)}
	}
	if err := o.put("Article", a.ID, p); err != nil {
		return err
	}
	for _, e := range a.Entities {
		if err := o.entity(e.Kind, e.ID, e.Name, e.Aliases...); err != nil {
			return err
		}
	}
	return o.mentions(a)
}

// mentions writes a Mention for each person and organization of an article.
func (o *ftmSink) mentions(a ArticleRecord) error {
	names := map[string][]string{}
	for _, m := range a.Mentions {
		if m.Entity != "" {
			names[m.Entity] = append(names[m.Entity], m.Text)
		}
	}
	for _, e := range a.Entities {
		schema := ftmSchema(e.Kind)
		if schema == "" {
			continue
		}
		err := o.put("Mention", "m"+hashed(a.ID, e.ID), map[string][]string{
			"document": {ftmPrefix + a.ID}, "resolved": {ftmPrefix + e.ID}, "detectedSchema": {schema},
			"name": append(names[e.ID], e.Name),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// ftmTime writes a time as FollowTheMoney has it: in UTC, without saying so.
func ftmTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05")
}

func ftmStamp(published string) string {
	s, err := extract.ParseStamp(published)
	if err != nil || s.DayOnly {
		return isoDate(published)
	}
	return ftmTime(s.Time)
}

// iso3 returns the three letters of ISO 639-3 for a language tag.
func iso3(tag string) string {
	t, err := language.Parse(tag)
	if err != nil || tag == "" {
		return ""
	}
	base, sure := t.Base()
	if sure == language.No {
		return ""
	}
	return base.ISO3()
}
