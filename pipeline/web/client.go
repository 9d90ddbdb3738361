package web

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"tenure/crawler"
	"tenure/extract"
	"tenure/pipeline"
)

// A Client is a Library that someone else has open.
type Client struct {
	http  *http.Client
	owner Owner
}

// greetingTime is how long an owner may take to say who it is.
const greetingTime = 2 * time.Second

// Dial asks who answers on a socket. The error is a *LostError if nobody does.
func Dial(ctx context.Context, socket string) (*Client, error) {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "unix", socket)
	}
	c := &Client{http: &http.Client{Transport: &http.Transport{DialContext: dial, DisableCompression: true, MaxIdleConns: 2}}}
	ctx, cancel := context.WithTimeout(ctx, greetingTime)
	defer cancel()
	if err := c.call(ctx, http.MethodGet, "owner", nil, nil, &c.owner); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// Owner returns who answers.
func (c *Client) Owner() Owner { return c.owner }

// Close ends idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Status returns what the owner says of itself.
func (c *Client) Status(ctx context.Context) (s Status, err error) {
	return s, c.call(ctx, http.MethodGet, "status", nil, nil, &s)
}

// send asks and returns the answer's body, all of it, once it is known to be
// whole. An owner that dies in the middle must not leave half an answer.
func (c *Client) send(ctx context.Context, method, path string, q url.Values, in any) (*spool, error) {
	res, err := c.begin(ctx, method, path, q, in)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	s := &spool{}
	if _, err := io.Copy(s, res.Body); err != nil {
		s.Close()
		if s.failed {
			return nil, err
		}
		return nil, &LostError{err}
	}
	if line := res.Trailer.Get(trailerError); line != "" {
		s.Close()
		return nil, decodeFailure([]byte(line))
	}
	return s, nil
}

// begin asks, and returns an answer that is not an error.
func (c *Client) begin(ctx context.Context, method, path string, q url.Values, in any) (*http.Response, error) {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(b)
	}
	u := url.URL{Scheme: "http", Host: "owner", Path: Prefix + path, RawQuery: q.Encode()}
	req, err := http.NewRequestWithContext(ctx, method, u.String(), body)
	if err != nil {
		return nil, err
	}
	res, err := c.http.Do(req)
	switch {
	case ctx.Err() != nil && err != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, &LostError{errors.Unwrap(err)}
	case res.StatusCode == http.StatusOK:
		return res, nil
	}
	defer res.Body.Close()
	line, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil {
		return nil, &LostError{err}
	}
	return nil, decodeFailure(line)
}

// call asks for one value.
func (c *Client) call(ctx context.Context, method, path string, q url.Values, in, out any) error {
	s, err := c.send(ctx, method, path, q, in)
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := s.reader()
	if err != nil {
		return err
	}
	if err := json.NewDecoder(r).Decode(out); err != nil {
		return fmt.Errorf("answer to %s: %w", path, err)
	}
	return nil
}

// each asks for lines and hands them on.
func each[T any](c *Client, path string, q url.Values, fn func(T) error) error {
	s, err := c.send(context.Background(), http.MethodGet, path, q, nil)
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := s.reader()
	if err != nil {
		return err
	}
	for d := json.NewDecoder(r); ; {
		var v T
		if err := d.Decode(&v); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("answer to %s: %w", path, err)
		}
		if err := fn(v); err != nil {
			return err
		}
	}
}

// gather asks for lines and returns them all.
func gather[T any](c *Client, path string) (all []T, err error) {
	err = each(c, path, nil, func(v T) error {
		all = append(all, v)
		return nil
	})
	return all, err
}

// Articles implements Records.
func (c *Client) Articles(f pipeline.Filter, fn func(pipeline.ArticleRecord) error) error {
	return each(c, "articles", writeFilter(f), fn)
}

// Entities implements Records.
func (c *Client) Entities(k extract.Kind, f pipeline.Filter, fn func(pipeline.EntityRecord) error) error {
	path, ok := map[extract.Kind]string{"": "entities", extract.Person: "people", extract.Organization: "organizations"}[k]
	if !ok {
		return fmt.Errorf("entities of kind %q cannot be asked for", k)
	}
	return each(c, path, writeFilter(f), fn)
}

// Facts implements Records.
func (c *Client) Facts(f pipeline.Filter, fn func(pipeline.FactRecord) error) error {
	return each(c, "facts", writeFilter(f), fn)
}

// Moves implements Records.
func (c *Client) Moves(f pipeline.Filter, fn func(pipeline.MoveRecord) error) error {
	return each(c, "moves", writeFilter(f), fn)
}

// Failures implements Records.
func (c *Client) Failures(f pipeline.Filter, fn func(pipeline.Failure) error) error {
	return each(c, "failures", writeFilter(f), fn)
}

// Show implements Records.
func (c *Client) Show(name string) (any, error) {
	var raw json.RawMessage
	if err := c.call(context.Background(), http.MethodGet, "show", named(name), nil, &raw); err != nil {
		return nil, err
	}
	var head struct {
		Schema string `json:"schema"`
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		return nil, err
	}
	switch head.Schema {
	case pipeline.ArticleSchema:
		return decode[pipeline.ArticleRecord](raw)
	case pipeline.MoveSchema:
		return decode[pipeline.MoveRecord](raw)
	case pipeline.DossierSchema:
		return decode[pipeline.Dossier](raw)
	}
	return nil, fmt.Errorf("answer to show: unknown schema %q", head.Schema)
}

// Cut implements Records.
func (c *Client) Cut(ctx context.Context, article string) (all []extract.Cut, err error) {
	return all, c.call(ctx, http.MethodGet, "cut", named(article), nil, &all)
}

func decode[T any](raw json.RawMessage) (any, error) {
	var v T
	err := json.Unmarshal(raw, &v)
	return v, err
}

func named(name string) url.Values { return url.Values{"name": {name}} }

// Export implements Exporter.
func (c *Client) Export(w io.Writer, what, format string, f pipeline.Filter) error {
	q := writeFilter(f)
	q.Set("what", what)
	q.Set("format", format)
	s, err := c.send(context.Background(), http.MethodGet, "export", q, nil)
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := s.reader()
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return err
}

// LastExport implements Exporter.
func (c *Client) LastExport(consumer string) (time.Time, error) {
	var v cursorReply
	err := c.call(context.Background(), http.MethodGet, "consumers", named(consumer), nil, &v)
	return v.At, err
}

// Exported implements Exporter.
func (c *Client) Exported(ctx context.Context, consumer string, at time.Time) error {
	return c.call(ctx, http.MethodPut, "consumers", named(consumer), cursorReply{at}, &cursorReply{})
}

// Sources implements Sources.
func (c *Client) Sources() ([]pipeline.SourceState, error) {
	return gather[pipeline.SourceState](c, "sources")
}

// FindSource implements Sources.
func (c *Client) FindSource(name string) (s crawler.Source, err error) {
	return s, c.call(context.Background(), http.MethodGet, "sources/one", named(name), nil, &s)
}

// AddSources implements Sources.
func (c *Client) AddSources(ctx context.Context, sources ...crawler.Source) (int, error) {
	var v addedReply
	err := c.call(ctx, http.MethodPost, "sources", nil, sources, &v)
	return v.Added, err
}

// ConfigureSources implements Sources.
func (c *Client) ConfigureSources(ctx context.Context, sources []crawler.Source) error {
	if sources == nil {
		sources = []crawler.Source{}
	}
	return c.call(ctx, http.MethodPut, "sources", nil, sources, &struct{}{})
}

// RemoveSource implements Sources.
func (c *Client) RemoveSource(ctx context.Context, name string) (s crawler.Source, err error) {
	return s, c.call(ctx, http.MethodDelete, "sources/one", named(name), nil, &s)
}

// PauseSource implements Sources.
func (c *Client) PauseSource(ctx context.Context, name string, paused bool) (s crawler.Source, err error) {
	return s, c.call(ctx, http.MethodPut, "sources/paused", named(name), paused, &s)
}

// AddURLs implements Sources.
func (c *Client) AddURLs(ctx context.Context, urls []string) (added, again int, err error) {
	var v addedReply
	err = c.call(ctx, http.MethodPost, "urls", nil, urlsRequest{urls}, &v)
	return v.Added, v.Again, err
}

// Waiting implements Standing.
func (c *Client) Waiting() (int, error) {
	s, err := c.Status(context.Background())
	return s.Waiting, err
}

// NextDue implements Standing.
func (c *Client) NextDue() (at time.Time, ok bool, err error) {
	s, err := c.Status(context.Background())
	if s.NextDue == nil {
		return at, false, err
	}
	return *s.NextDue, true, err
}

// LastRun implements Standing.
func (c *Client) LastRun() (pipeline.Summary, bool, error) {
	s, err := c.Status(context.Background())
	if s.LastRun == nil {
		return pipeline.Summary{}, false, err
	}
	return *s.LastRun, true, err
}

// Backup has the owner copy the data file to an absolute path.
func (c *Client) Backup(ctx context.Context, to string) error {
	return c.call(ctx, http.MethodPost, "backups", nil, backupRequest{to}, &backupRequest{})
}

// Run has the owner make a pass. When ctx ends, the pass is stopped.
func (c *Client) Run(ctx context.Context, o Order, progress func(pipeline.Progress)) (sum pipeline.Summary, err error) {
	res, err := c.begin(ctx, http.MethodPost, "runs", nil, o)
	if err != nil {
		return sum, err
	}
	defer res.Body.Close()
	ended := false
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var l runLine
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return sum, fmt.Errorf("answer to runs: %w", err)
		}
		switch {
		case l.Summary != nil:
			sum, ended = *l.Summary, true
		case l.Progress != nil && progress != nil:
			progress(*l.Progress)
		}
	}
	switch err := lines.Err(); {
	case ctx.Err() != nil:
		return sum, ctx.Err()
	case err != nil:
		return sum, &LostError{err}
	}
	if line := res.Trailer.Get(trailerError); line != "" {
		return sum, decodeFailure([]byte(line))
	}
	if !ended {
		return sum, &LostError{io.ErrUnexpectedEOF}
	}
	return sum, nil
}

// A spool holds an answer: a small one in memory, a large one in a file that
// has no name any more.
type spool struct {
	mem    bytes.Buffer
	file   *os.File
	failed bool // to be written
}

const spoolMemory = 4 << 20 // bytes

// Write implements io.Writer.
func (s *spool) Write(b []byte) (n int, err error) {
	defer func() { s.failed = s.failed || err != nil }()
	if s.file == nil && s.mem.Len()+len(b) <= spoolMemory {
		return s.mem.Write(b)
	}
	if s.file == nil {
		if s.file, err = os.CreateTemp("", "tenure-answer-"); err != nil {
			return 0, err
		}
	}
	return s.file.Write(b)
}

// reader returns all that was written.
func (s *spool) reader() (io.Reader, error) {
	if s.file == nil {
		return &s.mem, nil
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return io.MultiReader(&s.mem, bufio.NewReaderSize(s.file, 64<<10)), nil
}

// Close drops it.
func (s *spool) Close() {
	if s.file != nil {
		_ = s.file.Close()
		_ = os.Remove(s.file.Name())
	}
}
