package web

import (
	"context"
	"net/http"
	"net/url"

	"tenure/extract"
	"tenure/pipeline"
)

// Reviews keeps what somebody decided: of people, whether they are the same; of
// moves and facts, whether they are right.
type Reviews interface {
	// Person returns a person of many articles by ID, with why articles were
	// taken for theirs, or not.
	Person(id string) (extract.Profile, bool, error)
	Decide(ctx context.Context, d extract.Decision) error
	Decisions() ([]extract.Decision, error)
	// Pairs returns people who were kept apart and may be one.
	Pairs() ([]pipeline.Pair, error)
	Judge(ctx context.Context, id string, j pipeline.Judgement) (pipeline.Verdict, error)
	Verdicts() ([]pipeline.Verdict, error)
}

// deciding adds what decides.
func (a *API) deciding(handle func(string, func(*reply, *http.Request) error)) {
	handle("POST decisions", a.decide)
	handle("POST verdicts", a.judge)
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

func (a *API) pairs(out *reply, _ *http.Request) error {
	all, err := a.Library.Pairs()
	return list(out, all, err)
}

// A verdictRequest says of the move, fact or pair with an ID what somebody
// decided.
type verdictRequest struct {
	ID      string             `json:"id"`
	Verdict pipeline.Judgement `json:"verdict"` // ok, rejected, later or undo
}

func (a *API) judge(out *reply, r *http.Request) error {
	var v verdictRequest
	if err := readJSON(r, &v); err != nil {
		return err
	}
	return out.result(a.Library.Judge(r.Context(), v.ID, v.Verdict))
}

func (a *API) verdicts(out *reply, _ *http.Request) error {
	all, err := a.Library.Verdicts()
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

// Pairs implements Reviews.
func (c *Client) Pairs() ([]pipeline.Pair, error) { return gather[pipeline.Pair](c, "pairs") }

// Judge implements Reviews.
func (c *Client) Judge(ctx context.Context, id string, j pipeline.Judgement) (v pipeline.Verdict, err error) {
	return v, c.call(ctx, http.MethodPost, "verdicts", nil, verdictRequest{id, j}, &v)
}

// Verdicts implements Reviews.
func (c *Client) Verdicts() ([]pipeline.Verdict, error) {
	return gather[pipeline.Verdict](c, "verdicts")
}
