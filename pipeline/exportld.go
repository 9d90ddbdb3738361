package pipeline

import (
	"bufio"
	"cmp"
	"strings"

	"tenure/extract"
)

// Words of schema.org, in the order written. See https://schema.org/Role for
// how a role stands between a person and an organization.
type (
	// ldThing is a Person, Organization, Place or Thing.
	ldThing struct {
		Type      string   `json:"@type"`
		ID        string   `json:"@id,omitempty"`
		Name      string   `json:"name,omitempty"`
		Alternate []string `json:"alternateName,omitempty"`
		WorksFor  []ldRole `json:"worksFor,omitempty"`
		AlumniOf  []ldRole `json:"alumniOf,omitempty"`
		SubjectOf []ldWork `json:"subjectOf,omitempty"`
	}

	ldRole struct {
		Type        string   `json:"@type"` // EmployeeRole, OrganizationRole
		ID          string   `json:"@id,omitempty"`
		Name        string   `json:"roleName,omitempty"`
		Start       string   `json:"startDate,omitempty"`
		End         string   `json:"endDate,omitempty"`
		Description string   `json:"description,omitempty"`
		WorksFor    *ldThing `json:"worksFor,omitempty"`
		AlumniOf    *ldThing `json:"alumniOf,omitempty"`
	}

	// ldWork is a NewsArticle, a Quotation of one, or a Claim made in one.
	ldWork struct {
		Type      string    `json:"@type"`
		ID        string    `json:"@id,omitempty"`
		URL       string    `json:"url,omitempty"`
		Headline  string    `json:"headline,omitempty"`
		Text      string    `json:"text,omitempty"`
		Authors   []ldThing `json:"author,omitempty"`
		Publisher *ldThing  `json:"publisher,omitempty"`
		Published string    `json:"datePublished,omitempty"`
		Language  string    `json:"inLanguage,omitempty"`
		Keywords  []string  `json:"keywords,omitempty"`
		Section   []string  `json:"articleSection,omitempty"`
		Image     string    `json:"image,omitempty"`
		Body      string    `json:"articleBody,omitempty"`
		Mentions  []ldThing `json:"mentions,omitempty"`
		About     []ldThing `json:"about,omitempty"`
		PartOf    *ldWork   `json:"isPartOf,omitempty"`
		FirstIn   *ldWork   `json:"appearance,omitempty"`
	}
)

// A linkedSink writes one JSON-LD graph. A node that is written again under
// the same @id says more of the same thing.
type linkedSink struct {
	jsonSink
	id identify
}

func newLinked(w *bufio.Writer, _ string, id identify) sink {
	open := `{"@context":"https://schema.org","@graph":[`
	return &linkedSink{jsonSink{w: w, open: open, end: "]}\n"}, id}
}

func (o *linkedSink) write(record any) error {
	switch r := record.(type) {
	case ArticleRecord:
		return o.jsonSink.write(ldArticle(r))
	case EntityRecord:
		t := ldEntity(r.Kind, r.ID, r.Name)
		t.Alternate = r.Aliases
		return o.jsonSink.write(t)
	case FactRecord:
		return o.claim(r)
	case MoveRecord:
		return o.move(r)
	}
	return nil
}

// ldID is the name of a thing that has no address.
func ldID(id string) string { return "urn:tenure:" + id }

func ldEntity(kind extract.Kind, id, name string) ldThing {
	words := map[extract.Kind]string{extract.Person: "Person", extract.Organization: "Organization", extract.Place: "Place"}
	return ldThing{Type: cmp.Or(words[kind], "Thing"), ID: ldID(id), Name: name}
}

// ldCited is an article as a quotation names it.
func ldCited(id, url, publisher, published string) *ldWork {
	a := &ldWork{Type: "NewsArticle", ID: ldID(id), URL: url, Published: published}
	if publisher != "" {
		a.Publisher = &ldThing{Type: "Organization", Name: publisher}
	}
	return a
}

func ldArticle(a ArticleRecord) *ldWork {
	w := ldCited(a.ID, a.URL, cmp.Or(a.Publisher, a.Site), a.Published)
	w.Headline, w.Language, w.Keywords, w.Section, w.Image, w.Body = a.Title, a.Language, a.Tags, a.Categories, a.Image, a.Text
	for _, name := range a.Authors {
		w.Authors = append(w.Authors, ldThing{Type: "Person", Name: name})
	}
	for _, e := range a.Entities {
		w.Mentions = append(w.Mentions, ldEntity(e.Kind, e.ID, e.Name))
	}
	return w
}

// move writes a person with the roles that a move ends and begins. A move
// that was taken back or is judged wrong is no role.
func (o *linkedSink) move(m MoveRecord) error {
	if m.rejected() || m.Cancelled {
		return nil
	}
	person, all, err := endsOf(m, o.id)
	if err != nil {
		return err
	}
	t := ldEntity(extract.Person, person, m.Person)
	for _, e := range all {
		org := ldEntity(extract.Organization, e.org, e.Org)
		r := ldRole{Type: "EmployeeRole", ID: ldID(m.ID + "-" + e.name), Name: e.Role, Start: isoDate(e.Joined), End: isoDate(e.Left)}
		r.Description = strings.Join(uniq(compact(inexact("joined", e.Joined), inexact("left", e.Left), e.status(m))), "; ")
		if e.name == "from" && !m.Planned {
			r.Type, r.AlumniOf = "OrganizationRole", &org
			t.AlumniOf = append(t.AlumniOf, r)
			continue
		}
		r.WorksFor = &org
		t.WorksFor = append(t.WorksFor, r)
	}
	for _, c := range m.Evidence {
		t.SubjectOf = append(t.SubjectOf, ldWork{Type: "Quotation", Text: c.Quote, PartOf: ldCited(c.Article, c.URL, c.Publisher, c.Published)})
	}
	return o.jsonSink.write(t)
}

// compact drops empty words.
func compact(words ...string) []string {
	var all []string
	for _, w := range words {
		if w != "" {
			all = append(all, w)
		}
	}
	return all
}

// claim writes a fact as what an article claims.
func (o *linkedSink) claim(f FactRecord) error {
	w := ldWork{Type: "Claim", ID: ldID("f" + factKey(f)), Text: f.Evidence.Quote, FirstIn: ldCited(f.Article, f.URL, "", "")}
	for _, n := range []struct {
		kind extract.Kind
		name string
	}{{extract.Person, f.Person}, {extract.Person, f.Successor}, {extract.Organization, f.Org}} {
		if n.name == "" {
			continue
		}
		id, err := o.id(n.kind, n.name, f.Article)
		if err != nil {
			return err
		}
		w.About = append(w.About, ldEntity(n.kind, id, n.name))
	}
	return o.jsonSink.write(w)
}
