package page

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"

	"tenure/pipeline"
)

// metrics answers in the text format of Prometheus.
func (s *Site) metrics(w http.ResponseWriter, _ *http.Request) {
	v, err := s.view()
	if err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	var b strings.Builder
	gauge := func(name, help string, n float64) {
		fmt.Fprintf(&b, "# HELP %s %s\n# TYPE %s gauge\n%s %g\n", name, help, name, name, n)
	}
	gauge("tenure_moves", "Moves on record.", float64(len(v.moves)))
	gauge("tenure_facts", "Facts on record.", float64(v.facts))
	gauge("tenure_people", "People with facts.", float64(len(v.people)))
	gauge("tenure_articles_with_facts", "Articles that tell a fact.", float64(len(v.articles)))
	gauge("tenure_view_age_seconds", "Age of what the pages show.", s.Now().Sub(v.at).Seconds())
	if all, err := s.Library.Sources(); err == nil {
		states := map[pipeline.Health]int{}
		for _, x := range all {
			states[x.Health()]++
		}
		b.WriteString("# HELP tenure_sources Sources by how they are doing.\n# TYPE tenure_sources gauge\n")
		for _, state := range pipeline.Healths() {
			fmt.Fprintf(&b, "tenure_sources{state=%q} %d\n", state, states[state])
		}
	}
	if sum, ok, err := s.Library.LastRun(); err == nil && ok {
		gauge("tenure_last_run_timestamp_seconds", "When the last pass began.", float64(sum.Start.Unix()))
		gauge("tenure_last_run_duration_seconds", "How long it took.", sum.Seconds)
		gauge("tenure_last_run_pages_failed", "Pages that failed in it.", float64(sum.Pages.Failed))
		gauge("tenure_last_run_pages_new", "Pages that were new in it.", float64(sum.Pages.New))
		gauge("tenure_last_run_new_moves", "Moves that were new in it.", float64(sum.NewMoves))
		gauge("tenure_links_due", "Links left to a later pass.", float64(sum.Waiting))
	}
	b.WriteString("# HELP tenure_http_requests_total Requests answered, by class of status.\n# TYPE tenure_http_requests_total counter\n")
	for class := 2; class < len(s.requests); class++ {
		fmt.Fprintf(&b, "tenure_http_requests_total{class=\"%dxx\"} %d\n", class, s.requests[class].Load())
	}
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write([]byte(b.String())) // nobody is left to be told
}

// health answers whether the data file can be asked.
func (s *Site) health(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if _, _, err := s.Library.LastRun(); err != nil {
		http.Error(w, "the data file does not answer", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok\n"))
}

// counted counts answers by their status.
func (s *Site) counted(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := &counter{ResponseWriter: w, status: http.StatusOK}
		h.ServeHTTP(c, r)
		s.requests[min(c.status/100, len(s.requests)-1)].Add(1)
	})
}

// A counter notes the status of an answer.
type counter struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements http.ResponseWriter.
func (c *counter) WriteHeader(status int) {
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach what is below.
func (c *counter) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// The addresses of the style sheet and the script; they change with what is in
// them, so that they can be kept for good.
var (
	styleName  = versioned("style.css")
	scriptName = versioned("page.js")
)

func versioned(name string) func() string {
	return sync.OnceValue(func() string {
		b, err := files.ReadFile("static/" + name)
		if err != nil {
			return name
		}
		h := fnv.New64a()
		_, _ = h.Write(b)
		return name + "?" + strconv.FormatUint(h.Sum64(), 36)
	})
}

// static answers with the style sheet, the script or the icon.
func static(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	b, err := fs.ReadFile(files, path.Join("static", name))
	kind := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}[path.Ext(name)]
	if err != nil || kind == "" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(b)
}

func seconds(n float64) string { return strconv.FormatFloat(n, 'f', 1, 64) + " s" }
