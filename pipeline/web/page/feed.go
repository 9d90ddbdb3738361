package page

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"time"
)

// feedMoves is how many moves a feed tells: those first seen last.
const feedMoves = 50

// newest returns the moves that a request's filter lets through, those first
// seen last before the others.
func (s *Site) newest(r *http.Request) (filter, []*move, error) {
	v, err := s.view()
	if err != nil {
		return filter{}, nil, err
	}
	f := readFilter(r.URL.Query())
	f.New, f.Page = false, 1
	some := f.choose(v.moves)
	slices.SortStableFunc(some, func(a, b *move) int {
		return cmp.Or(b.FirstSeen.Compare(a.FirstSeen), cmp.Compare(a.ID, b.ID))
	})
	return f, some[:min(len(some), feedMoves)], nil
}

// base is the address under which the site was asked for. Its host has been
// checked by then.
func base(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// feedTitle names a feed.
func (f filter) feedTitle() string {
	if w := f.describe(); w != "" {
		return "tenure: " + w
	}
	return "tenure: new moves"
}

type jsonFeed struct {
	Version string     `json:"version"`
	Title   string     `json:"title"`
	Home    string     `json:"home_page_url"`
	Feed    string     `json:"feed_url"`
	Items   []jsonItem `json:"items"`
}

type jsonItem struct {
	ID        string   `json:"id"`
	URL       string   `json:"url"`
	External  string   `json:"external_url,omitempty"`
	Title     string   `json:"title"`
	Text      string   `json:"content_text"`
	Published string   `json:"date_published"`
	Tags      []string `json:"tags,omitempty"`
}

// jsonFeed answers with a JSON Feed 1.1.
func (s *Site) jsonFeed(w http.ResponseWriter, r *http.Request) {
	f, some, err := s.newest(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	feed := jsonFeed{"https://jsonfeed.org/version/1.1", f.feedTitle(), base(r) + f.at("/"), base(r) + f.at("/feed.json"), []jsonItem{}}
	for _, m := range some {
		feed.Items = append(feed.Items, jsonItem{
			ID: m.urn(), URL: base(r) + "/move/" + m.ID, External: m.external(), Title: m.String(), Text: m.told(),
			Published: m.FirstSeen.UTC().Format(time.RFC3339), Tags: m.tags,
		})
	}
	b, err := json.Marshal(feed)
	sendFeed(w, r, "application/feed+json; charset=utf-8", b, err)
}

// sendFeed sends a feed, unless the reader has it.
func sendFeed(w http.ResponseWriter, r *http.Request, contentType string, b []byte, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	sum := sha256.Sum256(b)
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", `"`+hex.EncodeToString(sum[:12])+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b))
}

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Title   string      `xml:"title"`
	ID      string      `xml:"id"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Title     string     `xml:"title"`
	ID        string     `xml:"id"`
	Published string     `xml:"published"`
	Updated   string     `xml:"updated"`
	Links     []atomLink `xml:"link"`
	Summary   string     `xml:"summary"`
}

// atomFeed answers with an Atom feed (RFC 4287).
func (s *Site) atomFeed(w http.ResponseWriter, r *http.Request) {
	f, some, err := s.newest(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	feed := atomFeed{
		Title: f.feedTitle(), ID: base(r) + f.at("/feed.atom"), Author: "tenure",
		Links: []atomLink{{"self", base(r) + f.at("/feed.atom")}, {"alternate", base(r) + f.at("/")}},
	}
	updated := time.Unix(0, 0)
	for _, m := range some {
		e := atomEntry{
			Title: m.String(), ID: m.urn(), Published: m.FirstSeen.UTC().Format(time.RFC3339), Updated: m.LastSeen.UTC().Format(time.RFC3339),
			Links: []atomLink{{"alternate", base(r) + "/move/" + m.ID}}, Summary: m.told(),
		}
		if u := m.external(); u != "" {
			e.Links = append(e.Links, atomLink{"via", u})
		}
		if m.LastSeen.After(updated) {
			updated = m.LastSeen
		}
		feed.Entries = append(feed.Entries, e)
	}
	feed.Updated = updated.UTC().Format(time.RFC3339)
	b, err := xml.Marshal(feed)
	sendFeed(w, r, "application/atom+xml; charset=utf-8", append([]byte(xml.Header), b...), err)
}

// urn names a move wherever it is served.
func (m *move) urn() string { return "urn:tenure:move:" + m.ID }

// external is the first article that tells the move.
func (m *move) external() string {
	if len(m.Evidence) == 0 {
		return ""
	}
	return link(m.Evidence[0].URL)
}

// told quotes the articles that tell the move.
func (m *move) told() string {
	var b strings.Builder
	for _, e := range m.Evidence[:min(len(m.Evidence), 5)] {
		b.WriteString("“" + short(400, e.Quote) + "” — " + cmp.Or(e.Publisher, host(e.URL)) + optional(", %s", says(e.Published)) + "\n")
	}
	return b.String()
}

// move leads to a move on its person's page.
func (s *Site) move(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, func(r *http.Request) (content, error) {
		v, err := s.view()
		if err != nil {
			return content{}, err
		}
		id := r.PathValue("id")
		for _, m := range slices.Concat(v.moves, v.rejected) {
			if m.ID == id && m.person != nil {
				return content{elsewhere: m.person.path() + "#move-" + m.ID}, nil
			}
		}
		return content{}, &missingError{"move", id}
	})
}
