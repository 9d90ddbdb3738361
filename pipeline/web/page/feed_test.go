package page_test

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tenure/extract"
	"tenure/pipeline"
	"tenure/pipeline/web"
)

// feeds are libraries that feeds are made of: a recorded site, nothing, and
// records that are hard to write down.
func feeds(t *testing.T) map[string]web.Library {
	odd := &kept{}
	for i, name := range []string{"Ada <b>Marsh</b> & \"Co\" ]]>", "ctl \x00\x0b\ufffe", "مريم\u200f", strings.Repeat("long ", 500)} {
		odd.moves = append(odd.moves, pipeline.MoveRecord{
			ID: "move" + string(rune('a'+i)), Person: name, Kind: extract.Departure, From: &pipeline.PositionRecord{Org: name}, FirstSeen: now(), LastSeen: now().Add(time.Duration(i) * time.Hour),
			Evidence: []pipeline.CitationRecord{{URL: "javascript:alert(1)", Quote: name}},
		})
	}
	odd.moves[2].Evidence = nil
	return map[string]web.Library{"site": courier(t), "empty": &kept{}, "odd": odd}
}

// absolute reports whether an address is one by itself.
func absolute(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// TestJSONFeedRules holds the feed to what JSON Feed 1.1 says.
func TestJSONFeedRules(t *testing.T) {
	top := []string{"version", "title", "home_page_url", "feed_url", "description", "user_comment", "next_url", "icon", "favicon", "authors", "language", "expired", "hubs", "items"}
	item := []string{"id", "url", "external_url", "title", "content_html", "content_text", "summary", "image", "banner_image", "date_published", "date_modified", "authors", "tags", "language", "attachments"}
	for name, lib := range feeds(t) {
		w := ask(handler(lib), "GET", "/feed.json?person=")
		var feed map[string]any
		if err := json.Unmarshal(w.Body.Bytes(), &feed); err != nil || w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/feed+json") {
			t.Fatalf("%s: %d, %v, %v", name, w.Code, w.Header(), err)
		}
		wrong := func(what string, v any) { t.Errorf("%s: %s is %v", name, what, v) }
		for key := range feed {
			if !slices.Contains(top, key) {
				wrong("no member of a feed", key)
			}
		}
		if feed["version"] != "https://jsonfeed.org/version/1.1" || feed["title"] == "" || !absolute(feed["feed_url"].(string)) || !absolute(feed["home_page_url"].(string)) {
			wrong("head", feed)
		}
		items, ok := feed["items"].([]any)
		if !ok || name != "empty" && len(items) == 0 {
			wrong("items", feed["items"])
		}
		ids := map[string]bool{}
		for _, x := range items {
			it := x.(map[string]any)
			for key := range it {
				if !slices.Contains(item, key) {
					wrong("no member of an item", key)
				}
			}
			id, _ := it["id"].(string)
			if id == "" || ids[id] {
				wrong("id", it["id"])
			}
			ids[id] = true
			if _, ok := it["content_text"].(string); !ok {
				wrong("content_text", it["content_text"])
			}
			if _, err := time.Parse(time.RFC3339, it["date_published"].(string)); err != nil {
				wrong("date_published", err)
			}
			if !absolute(it["url"].(string)) {
				wrong("url", it["url"])
			}
			if out, ok := it["external_url"].(string); ok && !absolute(out) {
				wrong("external_url", out)
			}
		}
	}
}

type atomLinks []struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

// TestAtomRules holds the feed to what RFC 4287 says: which elements must be
// there, how often, and of what form.
func TestAtomRules(t *testing.T) {
	const ns = "http://www.w3.org/2005/Atom "
	for name, lib := range feeds(t) {
		w := ask(handler(lib), "GET", "/feed.atom")
		var feed struct {
			XMLName xml.Name
			IDs     []string  `xml:"http://www.w3.org/2005/Atom id"`
			Titles  []string  `xml:"http://www.w3.org/2005/Atom title"`
			Updated []string  `xml:"http://www.w3.org/2005/Atom updated"`
			Authors []string  `xml:"http://www.w3.org/2005/Atom author>name"`
			Links   atomLinks `xml:"http://www.w3.org/2005/Atom link"`
			Entries []struct {
				IDs       []string  `xml:"http://www.w3.org/2005/Atom id"`
				Titles    []string  `xml:"http://www.w3.org/2005/Atom title"`
				Updated   []string  `xml:"http://www.w3.org/2005/Atom updated"`
				Published []string  `xml:"http://www.w3.org/2005/Atom published"`
				Summaries []string  `xml:"http://www.w3.org/2005/Atom summary"`
				Links     atomLinks `xml:"http://www.w3.org/2005/Atom link"`
			} `xml:"http://www.w3.org/2005/Atom entry"`
		}
		if err := xml.Unmarshal(w.Body.Bytes(), &feed); err != nil || w.Code != 200 || feed.XMLName.Space+" "+feed.XMLName.Local != ns+"feed" {
			t.Fatalf("%s: %d, %v, %v", name, w.Code, feed.XMLName, err)
		}
		wrong := func(what string, v any) { t.Errorf("%s: %s is %q", name, what, v) }
		moment := func(what string, all []string) (at time.Time) {
			if len(all) != 1 {
				wrong(what, all)
				return at
			}
			at, err := time.Parse(time.RFC3339, all[0])
			if err != nil {
				wrong(what, all)
			}
			return at
		}
		links := func(all atomLinks, must string) {
			seen := map[string]bool{}
			for _, l := range all {
				if !absolute(l.Href) || seen[l.Rel+" "+l.Type] && l.Rel == "alternate" {
					wrong("link", l)
				}
				seen[l.Rel+" "+l.Type] = true
				seen[l.Rel] = true
			}
			if !seen[must] {
				wrong("links without "+must, all)
			}
		}
		if len(feed.IDs) != 1 || !absolute(feed.IDs[0]) || len(feed.Titles) != 1 || feed.Titles[0] == "" || len(feed.Authors) != 1 || feed.Authors[0] == "" {
			wrong("head", feed.IDs)
		}
		links(feed.Links, "self")
		last := moment("updated", feed.Updated)
		ids := map[string]bool{}
		for _, e := range feed.Entries {
			if len(e.IDs) != 1 || ids[e.IDs[0]] || strings.ContainsAny(e.IDs[0], " <>\"") || !strings.HasPrefix(e.IDs[0], "urn:") {
				wrong("id of an entry", e.IDs)
			}
			ids[e.IDs[0]] = true
			if len(e.Titles) != 1 || e.Titles[0] == "" || len(e.Summaries) > 1 {
				wrong("entry", e)
			}
			if at := moment("updated of an entry", e.Updated); at.After(last) {
				wrong("updated, before an entry's", feed.Updated)
			}
			moment("published of an entry", e.Published)
			links(e.Links, "alternate")
		}
		if (len(feed.Entries) == 0) != (name == "empty") {
			wrong("entries", len(feed.Entries))
		}
	}
}

// A reader that has the feed is not sent it again.
func TestFeedNotModified(t *testing.T) {
	h := handler(courier(t))
	for _, path := range []string{"/feed.json", "/feed.atom"} {
		tag := ask(h, "GET", path).Header().Get("ETag")
		w := ask(h, "GET", path, "If-None-Match", tag)
		if tag == "" || w.Code != http.StatusNotModified || w.Body.Len() > 0 {
			t.Errorf("%s: ETag %q, status %d, %d bytes", path, tag, w.Code, w.Body.Len())
		}
		if other := ask(h, "GET", path+"?person=nobody", "If-None-Match", tag); other.Code != http.StatusOK {
			t.Errorf("%s of nobody: status %d", path, other.Code)
		}
	}
}
