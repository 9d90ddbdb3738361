package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"tenure/crawler"
	"tenure/extract"
	"tenure/pipeline"
)

func (a *app) sourceTest() *cobra.Command {
	var kind string
	var private bool
	cmd := &cobra.Command{
		Use:   "test URL",
		Short: "Fetch a source once and show what would come of it; keep nothing",
		Args:  a.args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := newSource(args[0], kind, "")
			if err != nil {
				return err
			}
			c, err := a.loadConfig()
			if err != nil {
				return err
			}
			t, err := a.try(cmd.Context(), a.client(c, nil, private), s)
			if err != nil {
				return err
			}
			return a.showTest(t)
		},
	}
	cmd.Flags().StringVar(&kind, "kind", "", "tag, feed, sitemap or page")
	cmd.Flags().BoolVar(&private, "allow-private", false, "reach loopback and private addresses")
	return cmd
}

// try fetches a source once and says what would come of it.
func (a *app) try(ctx context.Context, client *crawler.Client, s crawler.Source) (t testRecord, err error) {
	f, err := client.Fetch(ctx, s.Link())
	if err != nil {
		return t, err
	}
	if !f.OK() {
		return t, fmt.Errorf("%s answered with status %d", f.Final, f.Status)
	}
	found, err := crawler.Discover(f, s.Link())
	if err != nil {
		return t, err
	}
	reading, err := a.reader().Read(ctx, extract.Page{URL: f.Final, Type: f.Type, At: f.At, Body: f.Body, Truncated: f.Truncated})
	if err != nil && found.Kind != crawler.Feed && found.Kind != crawler.Sitemap {
		return t, err
	}
	found.Links = pipeline.Credible(s.Link(), f, found.Links, &reading)
	return newTestRecord(s, found, reading), nil
}

// testRecord is what a source would give, in JSON.
type testRecord struct {
	URL      string         `json:"url"`
	Kind     string         `json:"kind"`
	Articles []testArticle  `json:"articles"`
	Links    []testLink     `json:"links"`
	Feeds    []string       `json:"feeds,omitempty"`
	Rejected []testRejected `json:"rejected"`
	Cut      []cutRecord    `json:"cut"`
}

type testArticle struct {
	URL       string `json:"url"`
	Title     string `json:"title"`
	Published string `json:"published,omitempty"`
	Bytes     int    `json:"bytes"`
}

type testRejected struct {
	URL    string `json:"url"`
	Reason string `json:"reason"`
}

type testLink struct {
	URL   string `json:"url"`
	Title string `json:"title,omitempty"`
	Role  string `json:"role"`
}

func newTestRecord(s crawler.Source, found crawler.Found, r extract.Reading) testRecord {
	t := testRecord{
		URL: s.URL, Kind: string(found.Kind), Feeds: found.Feeds, Cut: newCutRecords(r.Cut),
		Articles: []testArticle{}, Links: []testLink{}, Rejected: []testRejected{},
	}
	for _, x := range r.Articles {
		t.Articles = append(t.Articles, testArticle{x.URL, x.Title, x.Published.String(), len(x.Text)})
	}
	for _, l := range found.Links {
		t.Links = append(t.Links, testLink{l.URL, l.Title, string(l.Role)})
	}
	for _, x := range found.Rejected {
		t.Rejected = append(t.Rejected, testRejected(x))
	}
	return t
}

func (a *app) showTest(t testRecord) error {
	if !a.human() {
		return a.writeJSON(t)
	}
	w := a.stdout
	fmt.Fprintf(w, "%s is a %s\n\nArticles on the page itself: %d\n", printable(t.URL), t.Kind, len(t.Articles))
	for _, x := range t.Articles {
		fmt.Fprintf(w, "  %s (%s, %d bytes)\n", oneLine(x.Title, 80), x.Published, x.Bytes)
	}
	fmt.Fprintf(w, "\nLinks to follow: %d\n", len(t.Links))
	for _, l := range t.Links {
		fmt.Fprintf(w, "  %s  %s\n", oneLine(l.Title, 60), printable(l.URL))
	}
	fmt.Fprintf(w, "\nLinks not taken: %d\n", len(t.Rejected))
	for _, l := range t.Rejected {
		fmt.Fprintf(w, "  %-24s %s\n", oneLine(l.Reason, 24), printable(l.URL))
	}
	fmt.Fprintf(w, "\nCut as boilerplate: %d\n", len(t.Cut))
	for _, c := range t.Cut {
		fmt.Fprintf(w, "  %-24s %s\n", oneLine(c.Rule, 24), oneLine(c.Text, 70))
	}
	for _, u := range t.Feeds {
		fmt.Fprintf(w, "\nIt has a feed: %s\n", printable(u))
	}
	return nil
}
