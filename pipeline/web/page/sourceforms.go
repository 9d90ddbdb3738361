package page

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"tenure/crawler"
	"tenure/pipeline"
)

// A Trial is what one look at a source finds.
type Trial struct {
	Kind     string
	Articles []Finding // on the page itself
	Links    []Finding // that would be followed
	Rejected []Finding // that would not, and why
	Feeds    []string  // the page has
	Cut      int       // pieces taken for boilerplate
}

// A Finding is an article or a link.
type Finding struct{ URL, Title, Note string }

// A trialPage says what a look at a source found.
type trialPage struct {
	URL, Kind, Tag string
	Trial          *Trial
	More           int // findings there was no room for
	Known          bool
	Why            string // it failed
}

// Bounds of a look at a source that somebody tries.
const (
	trialTime    = 20 * time.Second
	mostFindings = 45
	mostAddress  = 2000 // bytes
)

// kindsOfSource are what a form offers.
func kindsOfSource() []crawler.Kind {
	return []crawler.Kind{crawler.Tag, crawler.Feed, crawler.Sitemap, crawler.PageKind}
}

// formSource reads a source from a form.
func formSource(r *http.Request) (crawler.Source, error) {
	address := strings.TrimSpace(r.PostForm.Get("url"))
	if len(address) > mostAddress {
		return crawler.Source{}, &formError{"the address is too long"}
	}
	s, err := crawler.NewSource(crawler.Kind(field(r.PostForm, "kind")), address)
	if err != nil {
		return s, &formError{err.Error()}
	}
	if tag := field(r.PostForm, "tag"); tag != "" {
		s.Tags = []string{tag}
	}
	return s, nil
}

// changeSources adds a source, or has one paused or looked at again, and
// returns where to go on.
func (s *Site) changeSources(r *http.Request) (string, error) {
	what, name, _ := pressed(r, "pause", "resume", "add")
	switch what {
	case "pause", "resume":
		x, err := s.Library.PauseSource(r.Context(), name, what == "pause")
		return "/sources?" + url.Values{"did": {what}, "source": {x.ID}}.Encode() + "#source-" + url.PathEscape(x.ID), err
	case "add":
	default:
		return "", &formError{"the form says nothing"}
	}
	src, err := formSource(r)
	if err != nil {
		return "", err
	}
	did := "add"
	if old, err := s.Library.FindSource(src.ID); err == nil {
		did = "change"
		if src.Kind == "" {
			src.Kind = old.Kind
		}
		if src.Tags == nil {
			src.Tags = old.Tags
		}
		src.Every, src.Allow, src.Deny, src.Paused = old.Every, old.Allow, old.Deny, old.Paused
	}
	_, err = s.Library.AddSources(r.Context(), src)
	return "/sources?" + url.Values{"did": {did}, "source": {src.ID}}.Encode() + "#source-" + url.PathEscape(src.ID), err
}

// testSource shows what one look at a source finds, and keeps nothing. One is
// tried at a time.
func (s *Site) testSource(r *http.Request) (content, error) {
	src, err := formSource(r)
	if err != nil {
		return content{}, err
	}
	if s.Try == nil {
		return content{}, &pipeline.RefusedError{Why: "sources cannot be tried from here"}
	}
	if !s.trying.TryLock() {
		return content{}, &pipeline.RefusedError{Why: "another source is being tried; try again in a moment"}
	}
	defer s.trying.Unlock()
	ctx, cancel := context.WithTimeout(r.Context(), trialTime)
	defer cancel()
	p := trialPage{URL: src.URL, Kind: string(src.Kind), Tag: field(r.PostForm, "tag")}
	t, err := s.Try(ctx, src)
	var fetch *crawler.FetchError
	switch {
	case errors.As(err, &fetch) && fetch.Reason == crawler.PrivateAddress:
		p.Why = "It is on this machine or in a private network, which is not reached from here."
	case errors.Is(err, context.DeadlineExceeded):
		p.Why = "It took longer than " + plural(int(trialTime.Seconds()), "second") + "."
	case err != nil:
		p.Why = err.Error()
	default:
		for _, some := range []*[]Finding{&t.Articles, &t.Links, &t.Rejected} {
			p.More += max(0, len(*some)-mostFindings)
			*some = (*some)[:min(len(*some), mostFindings)]
		}
		p.Trial = &t
	}
	_, err = s.Library.FindSource(src.ID)
	p.Known = err == nil
	return content{template: "trial", title: "A look at " + host(src.URL), section: "sources", body: p}, nil
}

// doneWith says what a form has changed.
func doneWith(q url.Values, all []pipeline.SourceState) string {
	words := map[string]string{"pause": "is not looked at any more.", "resume": "is looked at again.", "add": "was added; the next pass looks at it.", "change": "was known, and is changed."}[q.Get("did")]
	for _, x := range all {
		if words != "" && x.ID == q.Get("source") {
			return x.URL + " " + words
		}
	}
	return ""
}
