package web

import (
	"context"
	"net/http"

	"tenure/pipeline"
)

// page answers with a piece of a list, and where the next one is.
func (a *API) page(out *reply, r *http.Request, list string) error {
	q := r.URL.Query()
	f, err := readFilter(q)
	if err != nil {
		return err
	}
	page, err := a.Library.Page(list, f, q.Get("cursor"))
	if err != nil {
		return err
	}
	if page.Next != "" {
		q.Set("cursor", page.Next)
		out.w.Header().Set("Link", "<"+r.URL.Path+"?"+q.Encode()+`>; rel="next"`)
	}
	out.begin(typeJSONLines)
	out.whole = true // the page has bounds
	for _, row := range page.Rows {
		if err := out.line(row); err != nil {
			return err
		}
	}
	return nil
}

// pages answers with a page as one value.
func (a *API) pages(out *reply, r *http.Request) error {
	q := r.URL.Query()
	f, err := readFilter(q)
	if err != nil {
		return err
	}
	return out.result(a.Library.Page(q.Get("list"), f, q.Get("cursor")))
}

// Page implements Records.
func (c *Client) Page(list string, f pipeline.Filter, cursor string) (page pipeline.Page, err error) {
	q := writeFilter(f)
	q.Set("list", list)
	q.Set("cursor", cursor)
	return page, c.call(context.Background(), http.MethodGet, "pages", q, nil, &page)
}

func (a *API) search(out *reply, r *http.Request) error {
	var sought []pipeline.Sought
	if err := readJSON(r, &sought); err != nil {
		return err
	}
	return out.result(a.Library.Search(sought))
}

// Search implements Records.
func (c *Client) Search(sought []pipeline.Sought) (found [][]pipeline.Found, err error) {
	return found, c.call(context.Background(), http.MethodPost, "searches", nil, sought, &found)
}
