package crawler

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/gocolly/colly/v2"
)

// newCollector returns the collector that every request is cloned from. All
// that colly would decide is turned off: the frontier knows what was visited,
// the gate reads robots.txt, the client follows redirects, the reader bounds
// the body. Init in place of colly.NewCollector, because the latter lets
// COLLY_* variables of the environment override settings.
func newCollector(client *http.Client) *colly.Collector {
	c := new(colly.Collector)
	c.Init()
	c.AllowURLRevisit = true
	c.IgnoreRobotsTxt = true
	c.ParseHTTPErrorResponse = true
	c.MaxBodySize = 0
	c.SetClient(client)
	return c
}

// request asks for one address, once, and fills p. Any answer is a reply.
func (c *Client) request(ctx context.Context, address string, h http.Header, p *pending) (reply, error) {
	end, err := c.turns.take(ctx, Host(address))
	if err != nil {
		return reply{}, failure(ctx, address, err)
	}
	defer end()
	col := c.collector.Clone()
	col.Context = context.WithValue(ctx, replyKey{}, p)
	col.OnResponse(func(r *colly.Response) { p.status, p.header = r.StatusCode, *r.Headers })
	if err := col.Request(http.MethodGet, address, nil, nil, h); err != nil {
		return reply{}, failure(ctx, address, err)
	}
	if p.status == 0 {
		return reply{}, fail(address, Connection, errors.New("no answer"))
	}
	return p.reply, nil
}

// unwrapURL drops the address net/http puts into its errors; ours say it.
func unwrapURL(err error) error {
	var ue *url.Error
	if errors.As(err, &ue) {
		return ue.Err
	}
	return err
}
