package crawler_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"tenure/crawler"
)

// A whole crawl of a little site: its feed, and the article in it.
func Example() {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/feed":
			fmt.Fprint(w, `<rss><channel><item><title>Moss leaves Greggs</title><link>/moss?utm_source=rss</link></item></channel></rss>`)
		case "/moss":
			fmt.Fprint(w, "<h1>Moss leaves Greggs</h1>")
		default:
			http.NotFound(w, r)
		}
	}))
	defer site.Close()

	source, err := crawler.NewSource(crawler.Feed, site.URL+"/feed")
	if err != nil {
		fmt.Println(err)
		return
	}
	frontier := new(crawler.Memory)
	if _, err := frontier.Put(context.Background(), []crawler.Link{source.Link()}); err != nil {
		fmt.Println(err)
		return
	}
	client := &crawler.Client{AllowPrivate: true} // the site is on this machine
	err = crawler.Run(context.Background(), crawler.Config{}, frontier, client, printer{frontier})
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// listing 200 /feed
	// story 200 /moss
}

// A printer is a crawler.Sink that prints what was fetched and follows links.
type printer struct{ frontier *crawler.Memory }

// Fetched implements crawler.Sink.
func (p printer) Fetched(ctx context.Context, l crawler.Lease, f crawler.Fetch) error {
	fmt.Println(l.Link.Role, f.Status, f.URL[len("http://")+len(l.Host):])
	if l.Link.Role == crawler.Listing && f.OK() {
		found, err := crawler.Discover(f, l.Link)
		if err != nil {
			return p.Failed(ctx, l, err)
		}
		if _, err := p.frontier.Put(ctx, found.Links); err != nil {
			return err
		}
	}
	return p.frontier.Done(l.Token, time.Time{}, nil) // never again
}

// Failed implements crawler.Sink.
func (p printer) Failed(_ context.Context, l crawler.Lease, err error) error {
	fmt.Println(err)
	return p.frontier.Done(l.Token, time.Time{}, nil)
}

func ExampleCanonical() {
	u, err := crawler.Canonical("HTTPS://Example.org:443/a/../%7enews?id=7&utm_source=feed#top")
	fmt.Println(u, err)
	// Output: https://example.org/~news?id=7 <nil>
}

func ExampleRobots_Allowed() {
	robots := crawler.ParseRobots([]byte("User-agent: *\nDisallow: /private\nAllow: /private/press\n"))
	fmt.Println(robots.Allowed("tenure", "https://example.org/private/x"))
	fmt.Println(robots.Allowed("tenure", "https://example.org/private/press/x"))
	// Output:
	// false
	// true
}
