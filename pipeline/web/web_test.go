package web_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"tenure/crawler"
	"tenure/extract"
	"tenure/extract/career"
	"tenure/extract/content"
	"tenure/extract/resolve"
	"tenure/pipeline"
	"tenure/pipeline/web"
	"tenure/store"
)

// pages answers requests by path.
type pages map[string]string

// RoundTrip implements http.RoundTripper.
func (p pages) RoundTrip(r *http.Request) (*http.Response, error) {
	body, ok := p[r.URL.Path]
	res := &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"text/html"}}, Request: r, Body: io.NopCloser(strings.NewReader(body)), ContentLength: -1}
	if !ok {
		res.StatusCode = 404
	}
	return res, nil
}

// crawled returns a pipeline that has read a few pages, and failed on one.
func crawled(t *testing.T) *pipeline.Pipeline {
	t.Helper()
	db, err := store.Open(filepath.Join(t.TempDir(), "t.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	p := pipeline.New(db, &content.Reader{}, []pipeline.Step{career.Step{}, pipeline.Adopt{}, resolve.Step{}}, career.Moves)
	now := time.Date(2025, 5, 20, 9, 0, 0, 0, time.UTC)
	p.Now = func() time.Time { return now }
	p.People = resolve.Across{}
	src, err := crawler.NewSource(crawler.Tag, "http://a.example/list")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.AddSources(t.Context(), src); err != nil {
		t.Fatal(err)
	}
	if _, _, err := p.AddURLs(t.Context(), []string{"http://b.example/1", "http://c.example/2", "http://d.example/none"}); err != nil {
		t.Fatal(err)
	}
	page := func(name, org string) string {
		return `<html><head><title>Who left</title><meta property="article:published_time" content="2025-05-19"></head><body><h3>` + name +
			`</h3><p>Left ` + org + `: May 2025</p><p>Current role: Engineer at Brightwater &amp; Sons</p></body></html>`
	}
	client := &crawler.Client{Transport: pages{"/1": page("Ada Marsh", "Acme"), "/2": page("Bo Tell", "Öresund")}, AllowPrivate: true}
	if _, err := p.Run(t.Context(), pipeline.RunOptions{Client: client}); err != nil {
		t.Fatal(err)
	}
	return p
}

// served returns a client of what answers for a library.
func served(t *testing.T, a *web.API) *web.Client {
	t.Helper()
	db := filepath.Join(t.TempDir(), "t.db")
	s, err := web.Listen(db, a.Handler())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return dial(t, db)
}

func dial(t *testing.T, db string) *web.Client {
	t.Helper()
	socket, err := web.SocketPath(db)
	if err != nil {
		t.Fatal(err)
	}
	c, err := web.Dial(t.Context(), socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// everything asks a library all that can be asked of it.
func everything(t *testing.T, l web.Library) map[string]any {
	t.Helper()
	all := map[string]any{}
	note := func(name string, v any, err error) {
		if err != nil {
			v = err.Error()
		}
		all[name] = v
	}
	for name, f := range map[string]pipeline.Filter{
		"all": {}, "one": {Limit: 1}, "person": {Person: "ada marsh"}, "org": {Org: "öresund"}, "none": {Person: "nobody"},
		"since": {Since: time.Date(2025, 5, 20, 9, 0, 0, 1, time.UTC)}, "type": {Type: "left"}, "score": {MinScore: 0.999}, "review": {Review: "rejected"},
	} {
		v1, err := collect(l.Articles, f)
		note("articles "+name, v1, err)
		v2, err := collect(l.Facts, f)
		note("facts "+name, v2, err)
		v3, err := collect(l.Moves, f)
		note("moves "+name, v3, err)
		v4, err := collect(l.Failures, f)
		note("failures "+name, v4, err)
		for _, k := range []extract.Kind{"", extract.Person, extract.Organization} {
			v, err := collect(func(f pipeline.Filter, fn func(pipeline.EntityRecord) error) error { return l.Entities(k, f, fn) }, f)
			note("entities "+string(k)+name, v, err)
		}
		for _, format := range append(pipeline.Formats(), "xyz") {
			var b bytes.Buffer
			err := l.Export(&b, pipeline.ExportAll, format, f)
			note("export "+format+name, b.String(), err)
		}
	}
	for _, list := range append(pipeline.PageLists(), "xyz") {
		page, err := l.Page(list, pipeline.Filter{Limit: 1}, "")
		note("page of "+list, page, err)
		page, err = l.Page(list, pipeline.Filter{Limit: 1}, page.Next)
		note("next page of "+list, page, err)
	}
	found, err := l.Search([]pipeline.Sought{{Name: "ada marsh", Limit: 2}, {Name: "Ada Marhs", Limit: 2}, {Name: "bri", Prefix: true, Limit: 5}, {Limit: 1}, {Name: "nobody at all", Kind: extract.Person, Limit: 3}})
	note("search", found, err)
	for _, name := range []string{"Ada Marsh", "Acme", "http://b.example/1", "nobody", "Ada Marhs", ""} {
		v, err := l.Show(name)
		note("show "+name, v, err)
	}
	for _, name := range []string{extract.ArticleID("http://b.example/1", ""), "0123456789abcdef0123456789abcdef", "x"} {
		v, err := l.Cut(t.Context(), name)
		note("cut "+name, v, err)
	}
	sources, err := l.Sources()
	note("sources", sources, err)
	s, err := l.FindSource("http://a.example/list")
	note("source", s, err)
	_, err = l.FindSource("list")
	note("no source", nil, err)
	n, err := l.Waiting()
	note("waiting", n, err)
	at, ok, err := l.NextDue()
	note("due", []any{at, ok}, err)
	sum, ok, err := l.LastRun()
	sum.Took = 0 // it is not told
	note("last run", []any{sum, ok}, err)
	decided, err := l.Decisions()
	note("decisions", decided, err)
	pairs, err := l.Pairs()
	note("pairs", pairs, err)
	verdicts, err := l.Verdicts()
	note("verdicts", verdicts, err)
	err = l.Entities(extract.Person, pipeline.Filter{}, func(e pipeline.EntityRecord) error {
		who, ok, err := l.Person(e.ID)
		note("person "+e.ID, []any{who, ok}, err)
		return nil
	})
	note("people", nil, err)
	who, ok, err := l.Person("p000000000000")
	note("nobody", []any{who, ok}, err)
	last, err := l.LastExport("x")
	note("last export", last, err)
	return all
}

func collect[T any](walk func(pipeline.Filter, func(T) error) error, f pipeline.Filter) (all []T, err error) {
	return all, walk(f, func(v T) error { all = append(all, v); return nil })
}

// What a client is told is what the pipeline says.
func TestClientIsLibrary(t *testing.T) {
	t.Cleanup(func() { goleak.VerifyNone(t) }) // after all that is cleaned up below
	p := crawled(t)
	c := served(t, &web.API{Library: p})
	defer c.Close()
	want := everything(t, p)
	if moves, _ := want["moves all"].([]pipeline.MoveRecord); len(moves) < 2 {
		t.Fatalf("the pages gave %d moves", len(moves))
	}
	if diff := cmp.Diff(want, everything(t, c)); diff != "" {
		t.Errorf("client differs (-pipeline +client):\n%s", diff)
	}
}

// What a client changes, the pipeline has.
func TestClientWrites(t *testing.T) {
	p := crawled(t)
	c := served(t, &web.API{Library: p})
	ctx := t.Context()
	added, again, err := c.AddURLs(ctx, []string{"http://e.example/1", "http://b.example/1"})
	if err != nil || added != 1 || again != 0 {
		t.Errorf("%d added, %d again, %v", added, again, err)
	}
	src, err := crawler.NewSource(crawler.Feed, "http://f.example/feed")
	if err != nil {
		t.Fatal(err)
	}
	src.Every, src.Tags = 6*time.Hour, []string{"x"}
	if n, err := c.AddSources(ctx, src); err != nil || n != 1 {
		t.Errorf("%d, %v", n, err)
	}
	if got, err := p.FindSource(src.ID); err != nil || !cmp.Equal(got, src) {
		t.Errorf("%+v, %v, want %+v", got, err, src)
	}
	if got, err := c.PauseSource(ctx, src.ID, true); err != nil || !got.Paused {
		t.Errorf("%+v, %v, want it paused", got, err)
	}
	if _, err := c.PauseSource(ctx, "http://nowhere.example/", true); !errors.As(err, new(*pipeline.NotFoundError)) {
		t.Errorf("%v, want that it is not known", err)
	}
	if err := c.ConfigureSources(ctx, nil); err != nil {
		t.Error(err)
	}
	if got, err := c.RemoveSource(ctx, src.URL); err != nil || got.ID != src.ID {
		t.Errorf("%+v, %v", got, err)
	}
	at := time.Date(2025, 5, 21, 0, 0, 0, 0, time.UTC)
	if err := c.Exported(ctx, "me/moves", at); err != nil {
		t.Error(err)
	}
	if got, err := p.LastExport("me/moves"); err != nil || !got.Equal(at) {
		t.Errorf("%v, %v", got, err)
	}
}

// stub is a library of which a part is made up.
type stub struct {
	web.Library
	moves func(func(pipeline.MoveRecord) error) error
}

func (s stub) Moves(_ pipeline.Filter, fn func(pipeline.MoveRecord) error) error { return s.moves(fn) }

// An error that comes late is an error all the same, and nothing that came
// before it is handed on.
func TestLateError(t *testing.T) {
	for _, n := range []int{0, 1, 5000} {
		c := served(t, &web.API{Library: stub{moves: func(fn func(pipeline.MoveRecord) error) error {
			for range n {
				if err := fn(pipeline.MoveRecord{Person: "Ada Marsh"}); err != nil {
					return err
				}
			}
			return &pipeline.NotFoundError{What: "move", Name: "x", Near: []string{"y"}}
		}}})
		got, err := collect(c.Moves, pipeline.Filter{})
		var missing *pipeline.NotFoundError
		if !errors.As(err, &missing) || missing.Near[0] != "y" || len(got) > 0 {
			t.Errorf("after %d records: %d handed on, error %v", n, len(got), err)
		}
	}
}

// A large answer comes whole.
func TestLargeAnswer(t *testing.T) {
	const n = 40000
	c := served(t, &web.API{Library: stub{moves: func(fn func(pipeline.MoveRecord) error) error {
		for i := range n {
			if err := fn(pipeline.MoveRecord{Person: strings.Repeat("x", i%300)}); err != nil {
				return err
			}
		}
		return nil
	}}})
	got, err := collect(c.Moves, pipeline.Filter{})
	if err != nil || len(got) != n || len(got[299].Person) != 299 {
		t.Errorf("%d records, %v", len(got), err)
	}
}

// An owner that goes away in the middle is not one that has answered.
func TestLostOwner(t *testing.T) {
	db := filepath.Join(t.TempDir(), "t.db")
	socket, _ := web.SocketPath(db)
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/owner") {
			_, _ = io.WriteString(w, `{"pid":7}`)
			return
		}
		_, _ = io.WriteString(w, "{\"person\":\"Ada Marsh\"}\n")
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	})}
	go func() { _ = srv.Serve(l) }()
	defer srv.Close()
	c := dial(t, db)
	if c.Owner().PID != 7 {
		t.Errorf("owner %+v", c.Owner())
	}
	var lost *web.LostError
	if got, err := collect(c.Moves, pipeline.Filter{}); !errors.As(err, &lost) || len(got) > 0 {
		t.Errorf("%d records, %v, want a LostError", len(got), err)
	}
	if _, err := c.Run(t.Context(), web.Order{}, nil); !errors.As(err, &lost) {
		t.Errorf("%v, want a LostError", err)
	}
	srv.Close()
	if _, err := web.Dial(t.Context(), socket); !errors.As(err, &lost) {
		t.Errorf("%v, want a LostError", err)
	}
}

// A pass can be ordered of an owner that makes them, watched, and stopped.
func TestRun(t *testing.T) {
	p := crawled(t)
	if _, err := served(t, &web.API{Library: p}).Run(t.Context(), web.Order{}, nil); !errors.Is(err, web.ErrBusy) {
		t.Errorf("%v, want ErrBusy", err)
	}
	stopped := make(chan error, 1)
	c := served(t, &web.API{Library: p, Run: func(ctx context.Context, o web.Order, progress func(pipeline.Progress)) (pipeline.Summary, error) {
		progress(pipeline.Progress{Stage: "fetch", Pages: 3})
		if o.MaxPages == 1 {
			<-ctx.Done()
			stopped <- ctx.Err()
			return pipeline.Summary{}, ctx.Err()
		}
		return pipeline.Summary{Articles: int64(len(o.Sources)), Seconds: 2}, nil
	}})
	var seen []pipeline.Progress
	s, err := c.Run(t.Context(), web.Order{Sources: []string{"a", "b"}}, func(p pipeline.Progress) { seen = append(seen, p) })
	if err != nil || s.Articles != 2 || len(seen) != 1 || seen[0].Pages != 3 {
		t.Errorf("%+v, %v, %v", s, seen, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := c.Run(ctx, web.Order{MaxPages: 1}, func(pipeline.Progress) { cancel() }); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want canceled", err)
	}
	<-stopped
}

func TestBadRequests(t *testing.T) {
	db := filepath.Join(t.TempDir(), "t.db")
	s, err := web.Listen(db, (&web.API{Library: crawled(t)}).Handler())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	socket, _ := web.SocketPath(db)
	client := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socket)
	}}}
	defer client.CloseIdleConnections()
	for _, c := range []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"GET", "moves?since=yesterday", "", 400, `since: \"yesterday\" cannot be read`},
		{"GET", "moves?limit=-1", "", 400, "limit"},
		{"GET", "moves?min_score=high", "", 400, "min_score"},
		{"GET", "show?name=", "", 404, "not-found"},
		{"POST", "urls", "{", 400, "request body"},
		{"POST", "runs", "{}", 409, "busy"},
		{"GET", "nothing", "", 404, ""},
		{"PATCH", "moves", "", 405, ""},
		{"GET", "export?what=moves&format=xyz", "", 400, "xyz"},
	} {
		req, err := http.NewRequestWithContext(t.Context(), c.method, "http://owner"+web.Prefix+c.path, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		res, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if res.StatusCode != c.status || !strings.Contains(string(b), c.want) {
			t.Errorf("%s %s: %d %s, want %d and %q", c.method, c.path, res.StatusCode, b, c.status, c.want)
		}
	}
}

// Only the user may ask; what a dead owner left is replaced; nothing is left
// behind; a path that is too long for a socket has one elsewhere.
func TestSocket(t *testing.T) {
	long := filepath.Join(t.TempDir(), strings.Repeat("a-long-name/", 10))
	if err := os.MkdirAll(long, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{t.TempDir(), long} {
		db := filepath.Join(dir, "t.db")
		socket, err := web.SocketPath(db)
		if err != nil {
			t.Fatal(err)
		}
		if beside := filepath.Dir(socket) == dir; beside != (dir != long) {
			t.Errorf("socket of %s is %s", db, socket)
		}
		for range 2 {
			first, err := web.Listen(db, http.NotFoundHandler())
			if err != nil {
				t.Fatal(err)
			}
			info, err := os.Stat(socket)
			if err != nil || info.Mode().Perm() != 0o600 || info.Mode().Type() != fs.ModeSocket {
				t.Errorf("%s: %v, %v", socket, info.Mode(), err)
			}
			second, err := web.Listen(db, (&web.API{Owner: web.Owner{PID: 3}, Library: stub{}}).Handler())
			if err != nil {
				t.Fatal(err)
			}
			if c := dial(t, db); c.Owner().PID != 3 {
				t.Errorf("%+v answers", c.Owner())
			}
			if err := errors.Join(first.Close(), second.Close()); err != nil {
				t.Error(err)
			}
			if _, err := os.Lstat(socket); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s is left: %v", socket, err)
			}
		}
	}
}
