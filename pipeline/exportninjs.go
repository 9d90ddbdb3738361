package pipeline

import (
	"bufio"
	"cmp"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"tenure/extract"
)

// Properties of ninjs 3.1, see https://iptc.org/std/ninjs/.
type (
	ninjsItem struct {
		Standard       ninjsStandard `json:"standard"`
		URI            string        `json:"uri"`
		Type           string        `json:"type"`
		Representation string        `json:"representationType"`
		FirstCreated   string        `json:"firstCreated,omitempty"`
		ContentCreated string        `json:"contentCreated,omitempty"`
		Language       string        `json:"language,omitempty"`
		Title          string        `json:"title,omitempty"`
		By             string        `json:"by,omitempty"`
		Note           string        `json:"edNote,omitempty"`
		Headlines      []ninjsText   `json:"headlines,omitempty"`
		Bodies         []ninjsText   `json:"bodies"`
		People         []ninjsName   `json:"people,omitempty"`
		Organisations  []ninjsName   `json:"organisations,omitempty"`
		Places         []ninjsName   `json:"places,omitempty"`
		Subjects       []ninjsName   `json:"subjects,omitempty"`
		Sources        []ninjsSource `json:"infoSources,omitempty"`
		AltIDs         []ninjsAltID  `json:"altIds"`
	}

	ninjsStandard struct {
		Name    string `json:"name"`
		Version string `json:"version"`
		Schema  string `json:"schema"`
	}

	ninjsText struct {
		Role  string `json:"role"`
		Type  string `json:"contentType"`
		Chars int    `json:"charCount,omitempty"`
		Words int    `json:"wordCount,omitempty"`
		Value string `json:"value"`
	}

	ninjsName struct {
		Name    string `json:"name"`
		Rel     string `json:"rel,omitempty"`
		URI     string `json:"uri,omitempty"`
		Literal string `json:"literal,omitempty"`
	}

	ninjsSource struct {
		Name string `json:"name"`
		Role string `json:"role"`
	}

	ninjsAltID struct {
		Role  string `json:"role"`
		Value string `json:"value"`
	}
)

// A ninjsSink writes articles as ninjs, one item a line.
type ninjsSink struct{ jsonSink }

func newNinjs(w *bufio.Writer, _ string, _ identify) sink { return &ninjsSink{jsonSink{w: w}} }

func (o *ninjsSink) write(record any) error {
	a, ok := record.(ArticleRecord)
	if !ok {
		return fmt.Errorf("export: ninjs holds articles, not a %T", record)
	}
	return o.jsonSink.write(newNinjsItem(a))
}

func newNinjsItem(a ArticleRecord) ninjsItem {
	n := ninjsItem{
		Standard: ninjsStandard{"ninjs", "3.1", "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"},
		URI:      ninjsURI(a), Type: "text", Representation: "full", Language: a.Language, Title: a.Title,
		By: strings.Join(a.Authors, ", "), Note: a.Degraded, AltIDs: []ninjsAltID{{"tenure", a.ID}},
		Bodies: []ninjsText{{"main", "text/plain", utf8.RuneCountInString(a.Text), len(strings.Fields(a.Text)), a.Text}},
	}
	if a.Partial {
		n.Representation = "partial"
	}
	if a.Title != "" {
		n.Headlines = []ninjsText{{Role: "main", Type: "text/plain", Value: a.Title}}
	}
	if a.FirstSeen != nil {
		n.FirstCreated = a.FirstSeen.UTC().Format(time.RFC3339)
	}
	n.ContentCreated = ninjsTime(a.Published)
	if name := cmp.Or(a.Publisher, a.Site); name != "" {
		n.Sources = append(n.Sources, ninjsSource{name, "publisher"})
	}
	for _, t := range uniq(append(append([]string{}, a.Tags...), a.Categories...)) {
		n.Subjects = append(n.Subjects, ninjsName{Name: t, Rel: "about"})
	}
	n.name(a.Entities)
	return n
}

// name adds those whom the article names.
func (n *ninjsItem) name(entities []EntityRecord) {
	for _, e := range entities {
		name := ninjsName{Name: e.Name, Rel: "mentions", URI: ldID(e.ID), Literal: e.ID}
		switch e.Kind {
		case extract.Person:
			n.People = append(n.People, name)
		case extract.Organization:
			n.Organisations = append(n.Organisations, name)
		case extract.Place:
			n.Places = append(n.Places, name)
		}
	}
}

// ninjsURI is the article's address, or a name of its own if that is none.
func ninjsURI(a ArticleRecord) string {
	if u, err := url.Parse(a.URL); err == nil && u.IsAbs() {
		return a.URL
	}
	return ldID(a.ID)
}

// ninjsTime returns a publication time. The standard wants one to the second;
// of an article of which only the day is known it is the day's beginning in
// UTC.
func ninjsTime(published string) string {
	s, err := extract.ParseStamp(published)
	if err != nil || s.IsZero() {
		return ""
	}
	return s.Time.Format(time.RFC3339)
}
