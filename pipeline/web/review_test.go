package web_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tenure/pipeline"
	"tenure/pipeline/web"
)

// What a client decides, the pipeline keeps, and says back the same.
func TestClientJudges(t *testing.T) {
	p := crawled(t)
	c := served(t, &web.API{Library: p})
	moves, err := collect(c.Moves, pipeline.Filter{})
	if err != nil || len(moves) == 0 {
		t.Fatalf("%d moves, %v", len(moves), err)
	}
	v, err := c.Judge(t.Context(), moves[0].ID, pipeline.Wrong)
	if err != nil || v.ID != moves[0].ID || v.Verdict != pipeline.Wrong || len(v.Seen) == 0 {
		t.Errorf("%+v, %v", v, err)
	}
	if diff := cmp.Diff(everything(t, p), everything(t, c)); diff != "" {
		t.Errorf("client differs (-pipeline +client):\n%s", diff)
	}
	rejected, err := collect(c.Moves, pipeline.Filter{Review: pipeline.ReviewRejected})
	if err != nil || len(rejected) != 1 || rejected[0].ID != moves[0].ID {
		t.Errorf("rejected %v, %v", rejected, err)
	}
	if _, err := c.Judge(t.Context(), moves[0].ID, pipeline.Undo); err != nil {
		t.Error(err)
	}
	if _, err := c.Judge(t.Context(), moves[0].ID, pipeline.Undo); !errors.As(err, new(*pipeline.NotFoundError)) {
		t.Errorf("%v, want that nothing is to be undone", err)
	}
}

// What cannot be decided is answered with a status that says so.
func TestJudgeStatus(t *testing.T) {
	h := (&web.API{Library: crawled(t)}).Handler()
	for body, want := range map[string]int{
		`{"id":"0123456789abcdef","verdict":"ok"}`:                            http.StatusNotFound,
		`{"id":"","verdict":"ok"}`:                                            http.StatusNotFound,
		`{"id":"pair-0123456789ab","verdict":"undo"}`:                         http.StatusNotFound,
		`{"id":"` + strings.Repeat("/", 99) + `-12345678","verdict":"later"}`: http.StatusNotFound,
		`{"id":"0123456789abcdef","verdict":"perhaps"}`:                       http.StatusBadRequest,
		`{"id":`: http.StatusBadRequest,
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("POST", web.Prefix+"verdicts", strings.NewReader(body)))
		if w.Code != want {
			t.Errorf("%s: status %d, want %d: %s", body, w.Code, want, w.Body)
		}
	}
	reading := (&web.API{Library: crawled(t)}).Reading()
	w := httptest.NewRecorder()
	reading.ServeHTTP(w, httptest.NewRequest("POST", web.Prefix+"verdicts", strings.NewReader(`{}`)))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("where only reading is allowed: status %d", w.Code)
	}
}
