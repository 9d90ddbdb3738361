package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"tenure/pipeline"
)

// Hooks keeps what hooks were told.
type Hooks interface {
	Hook(name string) (s pipeline.HookState, ok bool, err error)
	// SaveHook returns pipeline.ErrHookChanged if the state is not the last one.
	SaveHook(ctx context.Context, name string, s pipeline.HookState, told []string) error
	Untold(u pipeline.Untold, fn func(pipeline.MoveRecord) error) error
}

type hookReply struct {
	State pipeline.HookState `json:"state"`
	Known bool               `json:"known"`
}

type hookRequest struct {
	State pipeline.HookState `json:"state"`
	Told  []string           `json:"told,omitempty"`
}

func (a *API) hook(out *reply, r *http.Request) error {
	s, ok, err := a.Library.Hook(r.URL.Query().Get("name"))
	return out.result(hookReply{s, ok}, err)
}

func (a *API) saveHook(out *reply, r *http.Request) error {
	var req hookRequest
	if err := readJSON(r, &req); err != nil {
		return err
	}
	if err := a.Library.SaveHook(r.Context(), r.URL.Query().Get("name"), req.State, req.Told); err != nil {
		return err
	}
	return out.json(struct{}{})
}

func (a *API) untold(out *reply, r *http.Request) error {
	var u pipeline.Untold
	if err := json.Unmarshal([]byte(r.URL.Query().Get("of")), &u); err != nil {
		return &requestError{fmt.Sprintf("of: %v", err)}
	}
	return a.Library.Untold(u, func(m pipeline.MoveRecord) error { return out.line(m) })
}

// Hook implements Hooks.
func (c *Client) Hook(name string) (s pipeline.HookState, ok bool, err error) {
	var v hookReply
	err = c.call(context.Background(), http.MethodGet, "hooks", named(name), nil, &v)
	return v.State, v.Known, err
}

// SaveHook implements Hooks.
func (c *Client) SaveHook(ctx context.Context, name string, s pipeline.HookState, told []string) error {
	return c.call(ctx, http.MethodPut, "hooks", named(name), hookRequest{s, told}, &struct{}{})
}

// Untold implements Hooks.
func (c *Client) Untold(u pipeline.Untold, fn func(pipeline.MoveRecord) error) error {
	of, err := json.Marshal(u)
	if err != nil {
		return err
	}
	return each(c, "untold", url.Values{"of": {string(of)}}, fn)
}
