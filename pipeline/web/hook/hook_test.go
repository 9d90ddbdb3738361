package hook_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"tenure/pipeline"
	"tenure/pipeline/web/hook"
)

// ledger is what is kept of one hook, and the moves there are.
type ledger struct {
	state pipeline.HookState
	known bool
	told  map[string]int
	moves []pipeline.MoveRecord
}

func (l *ledger) Hook(string) (pipeline.HookState, bool, error) { return l.state, l.known, nil }

func (l *ledger) SaveHook(_ context.Context, _ string, s pipeline.HookState, told []string) error {
	if s.Rev != l.state.Rev {
		return pipeline.ErrHookChanged
	}
	b, err := json.Marshal(s) // what was kept is no longer the caller's
	l.state = pipeline.HookState{}
	err = errors.Join(err, json.Unmarshal(b, &l.state))
	l.state.Rev++
	l.known = true
	for _, id := range told {
		l.told[id]++
	}
	return err
}

func (l *ledger) Untold(u pipeline.Untold, fn func(pipeline.MoveRecord) error) error {
	n := 0
	for _, m := range l.moves {
		if l.told[m.ID] > 0 || m.FirstSeen.Before(u.First) || u.Limit > 0 && n == u.Limit {
			continue
		}
		n++
		if err := fn(m); err != nil {
			return err
		}
	}
	return nil
}

// add puts moves on record.
func (l *ledger) add(at time.Time, ids ...string) {
	for _, id := range ids {
		m := hook.Sample()
		m.ID, m.FirstSeen = id, at
		l.moves = append(l.moves, m)
	}
}

// A receiver answers with what is next, and notes what it was sent.
type receiver struct {
	answers []int // statuses; 200 when there are no more
	after   string
	got     []sent
}

type sent struct{ id, body, stamp, signature, kind string }

func (r *receiver) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(req.Body)
	h := req.Header
	r.got = append(r.got, sent{h.Get("Webhook-Id"), string(body), h.Get("Webhook-Timestamp"), h.Get("Webhook-Signature"), h.Get("Content-Type")})
	status := 200
	if len(r.answers) > 0 {
		status, r.answers = r.answers[0], r.answers[1:]
	}
	if status == 0 {
		return nil, errors.New("connection refused")
	}
	return &http.Response{StatusCode: status, Status: strconv.Itoa(status) + " it is", Header: http.Header{"Retry-After": {r.after}}, Body: io.NopCloser(strings.NewReader("")), Request: req}, err
}

// scene is a hook with its ledger, receiver and clock.
type scene struct {
	ledger
	receiver
	hook.Sender
	hook hook.Hook
	now  time.Time
}

func newScene(t *testing.T) *scene {
	t.Helper()
	s := &scene{ledger: ledger{told: map[string]int{}}, now: time.Date(2025, 5, 26, 9, 0, 0, 0, time.UTC)}
	secret, err := hook.NewSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if err != nil {
		t.Fatal(err)
	}
	s.hook = hook.Hook{Name: "desk", URL: "https://receiver.example/path/t0ken", Secret: secret}
	s.Sender = hook.Sender{Library: &s.ledger, Now: func() time.Time { return s.now }, Transport: &s.receiver, Agent: "test"}
	if err := s.Begin(t.Context(), "desk"); err != nil {
		t.Fatal(err)
	}
	return s
}

// ids are the moves that a default message tells.
func ids(t *testing.T, body string) string {
	t.Helper()
	var m struct {
		Type string
		Data struct{ Moves []pipeline.MoveRecord }
	}
	if err := json.Unmarshal([]byte(body), &m); err != nil || m.Type != "moves.new" {
		t.Fatalf("%v: %s", err, body)
	}
	var all []string
	for _, x := range m.Data.Moves {
		all = append(all, x.ID)
	}
	return strings.Join(all, " ")
}

// A digest holds all that is new; what was told is not told again; nothing is
// sent if nothing is new.
func TestDigest(t *testing.T) {
	s := newScene(t)
	s.add(s.now.Add(-time.Hour), "before")
	if r, err := s.Send(t.Context(), s.hook, false); err != nil || r.Messages != 0 {
		t.Fatal(r, err)
	}
	s.add(s.now, "a", "b", "c")
	if r, err := s.Send(t.Context(), s.hook, false); err != nil || r.Messages != 1 || r.Moves != 3 {
		t.Fatal(r, err)
	}
	s.add(s.now, "d")
	for range 2 {
		if _, err := s.Send(t.Context(), s.hook, false); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.got) != 2 || ids(t, s.got[0].body) != "a b c" || ids(t, s.got[1].body) != "d" || s.got[0].id == s.got[1].id {
		t.Errorf("%+v", s.got)
	}
	s.hook.Most = 2
	s.add(s.now, "e", "f", "g")
	if r, err := s.Send(t.Context(), s.hook, false); err != nil || r.Messages != 2 || r.Moves != 3 {
		t.Error(r, err)
	}
}

// A message that was not taken is the same when it is tried again: its ID and
// every byte. What is new meanwhile waits behind it.
func TestRetry(t *testing.T) {
	s := newScene(t)
	s.answers = []int{500, 0, 302, 429}
	s.after = "7200"
	s.add(s.now, "a")
	waits := []time.Duration{2 * time.Hour, 4 * time.Minute, 2 * time.Hour, 2 * time.Hour} // refused connections say nothing of Retry-After
	for i, wait := range waits {
		if _, err := s.Send(t.Context(), s.hook, false); err == nil || strings.Contains(err.Error(), "t0ken") || !strings.Contains(err.Error(), "receiver.example") {
			t.Fatalf("try %d: %v", i, err)
		}
		if got := s.state.Pending.Due.Sub(s.now); got != wait {
			t.Errorf("try %d: waits %v, want %v", i, got, wait)
		}
		s.now = s.now.Add(wait - time.Second)
		if r, err := s.Send(t.Context(), s.hook, false); err != nil || r.Waiting == nil || len(s.got) != i+1 {
			t.Fatalf("try %d came too early: %+v, %v", i, r, err)
		}
		s.now = s.now.Add(time.Second)
		s.add(s.now, fmt.Sprint("later-", i))
	}
	if r, err := s.Send(t.Context(), s.hook, false); err != nil || r.Messages != 2 || r.Moves != 5 {
		t.Fatal(r, err)
	}
	first := s.got[0]
	for i, x := range s.got[:5] {
		if x.id != first.id || x.body != first.body {
			t.Errorf("try %d is another message", i)
		}
		if i > 0 && x.stamp == first.stamp {
			t.Errorf("try %d has the time of the first", i)
		}
	}
	if s.told["a"] != 1 || s.state.Pending != nil || s.state.Moves != 5 {
		t.Errorf("%+v, %v", s.state, s.told)
	}
}

// One that is named is tried at once; one that another process is about to
// try is left alone.
func TestAtOnce(t *testing.T) {
	s := newScene(t)
	s.answers = []int{503}
	s.add(s.now, "a")
	if _, err := s.Send(t.Context(), s.hook, false); err == nil {
		t.Fatal("taken")
	}
	if r, err := s.Send(t.Context(), s.hook, true); err != nil || r.Messages != 1 {
		t.Error(r, err)
	}
	s.add(s.now, "b")
	other := s.Sender
	s.Sender.Library = &racing{&s.ledger, func() { _, _ = other.Send(t.Context(), s.hook, false) }}
	_, err := s.Send(t.Context(), s.hook, false)
	if !errors.Is(err, pipeline.ErrHookChanged) || s.told["b"] != 1 || len(s.got) != 3 {
		t.Errorf("%v, %v, %d messages", err, s.told, len(s.got))
	}
}

// racing has somebody else go first.
type racing struct {
	*ledger
	first func()
}

func (r *racing) SaveHook(ctx context.Context, name string, s pipeline.HookState, told []string) error {
	if r.first != nil {
		first := r.first
		r.first = nil
		first()
	}
	return r.ledger.SaveHook(ctx, name, s, told)
}

// TestTemplate: a message is what the user's template makes, and made anew
// with one that was put right.
func TestTemplate(t *testing.T) {
	s := newScene(t)
	var err error
	s.hook.Payload, err = hook.NewPayload(`{"text": {{json (lines .Moves)}}, "n": {{len .Moves}}}`, "")
	if err != nil {
		t.Fatal(err)
	}
	s.answers = []int{400}
	s.add(s.now, "a", "b")
	if _, err := s.Send(t.Context(), s.hook, false); err == nil {
		t.Fatal("taken")
	}
	var m struct {
		Text string
		N    int
	}
	line := `Ada "Test" Marsh: transfer from Acme & Sons (engineer) to Brightwater, 2025-05`
	if err := json.Unmarshal([]byte(s.got[0].body), &m); err != nil || m.N != 2 || m.Text != line+"\n"+line {
		t.Errorf("%v, %s", err, s.got[0].body)
	}
	s.hook.Payload, err = hook.NewPayload(`{{range .Moves}}{{.ID}} {{end}}`, "text/plain")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Send(t.Context(), s.hook, true); err != nil {
		t.Fatal(err)
	}
	if got := s.got[1]; got.body != "a b " || got.kind != "text/plain" || got.id != s.got[0].id {
		t.Errorf("%+v", got)
	}
}

func TestTemplatesRefused(t *testing.T) {
	for text, want := range map[string]string{
		`{{.Nothing}}`: "Nothing",
		`{{range}}`:    "range",
		`{"text": "{{(index .Moves 0).Person}}"}`:               "no JSON", // a quote in a name
		strings.Repeat("x", 1<<20):                              "longer",
		`{{define "x"}}{{template "x"}}{{end}}{{template "x"}}`: "depth",
	} {
		if _, err := hook.NewPayload(text, ""); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: %v; want an error about %q", text, err, want)
		}
	}
}

// Moves that do not fit into one message go out in several.
func TestLarge(t *testing.T) {
	s := newScene(t)
	for i := range 14 {
		m := hook.Sample()
		m.ID, m.FirstSeen = fmt.Sprint(i), s.now
		m.Evidence[0].Quote = strings.Repeat("x", 100<<10)
		for range i % 12 {
			m.Evidence = append(m.Evidence, m.Evidence[0])
		}
		s.moves = append(s.moves, m)
	}
	r, err := s.Send(t.Context(), s.hook, false)
	if err != nil || r.Moves != 14 {
		t.Fatal(r, err)
	}
	for _, x := range s.got {
		if len(x.body) > 1<<20 {
			t.Errorf("a message of %d bytes", len(x.body))
		}
	}
}

// The signature is that of the example in the specification of Standard
// Webhooks, and the secret shows itself nowhere.
func TestSecret(t *testing.T) {
	secret, err := hook.NewSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if err != nil {
		t.Fatal(err)
	}
	got := hook.Sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; got != want {
		t.Errorf("signed %s, want %s", got, want)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		if s := fmt.Sprintf(verb, hook.Hook{Secret: secret}); strings.Contains(s, "31f290f6bf") || strings.Contains(s, "49 242") {
			t.Errorf("%s shows the secret: %s", verb, s)
		}
	}
	for _, bad := range []string{"", "qwert", "whsec_%%%", "whsec_c2hvcnQ="} {
		if _, err := hook.NewSecret(bad); err == nil || bad != "" && strings.Contains(err.Error(), bad) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// An address that is not public is reached only if the hook may.
func TestPrivate(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer srv.Close()
	s := newScene(t)
	s.Sender.Transport = nil
	s.hook.URL = srv.URL
	if err := s.Test(t.Context(), s.hook); err == nil || !strings.Contains(err.Error(), "not public") {
		t.Errorf("%v", err)
	}
	s.hook.AllowPrivate = true
	if err := s.Test(t.Context(), s.hook); err != nil {
		t.Error(err)
	}
	if s.state.Pending != nil || s.state.Rev != 1 {
		t.Errorf("a test left %+v", s.state)
	}
}

// FuzzTemplate makes messages with whatever a user writes.
func FuzzTemplate(f *testing.F) {
	for _, s := range []string{`{{json .}}`, `{"t":{{json (line (index .Moves 0))}}}`, `{{range .Moves}}{{.Person}}{{end}}`, `{{define "a"}}{{end}}`} {
		f.Add(s)
	}
	f.Fuzz(func(_ *testing.T, text string) {
		_, _ = hook.NewPayload(text, "")
		_, _ = hook.NewPayload(text, "text/plain")
	})
}

func Example() {
	p, err := hook.NewPayload(`{"text": {{json (lines .Moves)}}}`, "")
	fmt.Println(err, hook.Line(hook.Sample()))
	_ = hook.Hook{Name: "desk", URL: "https://receiver.example/in", Payload: p}
	// Output: <nil> Ada "Test" Marsh: transfer from Acme & Sons (engineer) to Brightwater, 2025-05
}
