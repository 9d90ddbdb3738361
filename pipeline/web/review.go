package web

import (
	"context"
	"net/http"
	"net/url"

	"tenure/extract"
	"tenure/pipeline"
)

// Reviews tells people apart as somebody decides.
type Reviews interface {
	// Person returns a person of many articles by ID, with why articles were
	// taken for theirs, or not.
	Person(id string) (extract.Profile, bool, error)
	Decide(ctx context.Context, d extract.Decision) error
	Decisions() ([]extract.Decision, error)
}

func (a *API) person(out *reply, r *http.Request) error {
	id := r.URL.Query().Get("id")
	who, ok, err := a.Library.Person(id)
	if err == nil && !ok {
		err = &pipeline.NotFoundError{What: "person", Name: id}
	}
	return out.result(who, err)
}

func (a *API) decide(out *reply, r *http.Request) error {
	var d extract.Decision
	if err := readJSON(r, &d); err != nil {
		return err
	}
	if err := a.Library.Decide(r.Context(), d); err != nil {
		return err
	}
	return out.json(d)
}

func (a *API) decisions(out *reply, _ *http.Request) error {
	all, err := a.Library.Decisions()
	return list(out, all, err)
}

// Person implements Reviews.
func (c *Client) Person(id string) (who extract.Profile, ok bool, err error) {
	err = c.call(context.Background(), http.MethodGet, "people/one", url.Values{"id": {id}}, nil, &who)
	if isNotFound(err) {
		return who, false, nil
	}
	return who, err == nil, err
}

// Decide implements Reviews.
func (c *Client) Decide(ctx context.Context, d extract.Decision) error {
	return c.call(ctx, http.MethodPost, "decisions", nil, d, &extract.Decision{})
}

// Decisions implements Reviews.
func (c *Client) Decisions() ([]extract.Decision, error) {
	return gather[extract.Decision](c, "decisions")
}
