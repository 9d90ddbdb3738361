package browser

import (
	"bytes"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"
)

// A news is a recorded site, by path and query. A page that begins with
// "HTTP/" has its status in its first line and its body after an empty one.
type news map[string][]byte

// readNews reads the recorded pages and adds the weekly column.
func readNews(t *testing.T) news {
	t.Helper()
	b, err := os.ReadFile("testdata/news.txtar")
	if err != nil {
		t.Fatal(err)
	}
	n := news{}
	for _, f := range txtar.Parse(b).Files {
		n[f.Name] = f.Data
	}
	n.addColumn()
	return n
}

// ServeHTTP implements http.Handler.
func (n news) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	data, ok := n[r.URL.RequestURI()]
	if !ok {
		http.NotFound(w, r)
		return
	}
	data = bytes.ReplaceAll(data, []byte("{{host}}"), []byte(r.Host))
	status := http.StatusOK
	if head, body, ok := bytes.Cut(data, []byte("\n\n")); ok && bytes.HasPrefix(head, []byte("HTTP/")) {
		data = body
		if _, err := fmt.Sscanf(string(head), "HTTP/1.1 %d", &status); err != nil {
			status = http.StatusBadGateway
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if strings.HasSuffix(r.URL.Path, ".xml") {
		w.Header().Set("Content-Type", "application/xml")
	}
	w.WriteHeader(status)
	_, _ = w.Write(data) // whoever asked may have gone
}

func (n news) serve(t *testing.T) (base string) {
	t.Helper()
	s := httptest.NewServer(n)
	t.Cleanup(s.Close)
	return s.URL
}

// A notice is a line of the column: who went from where to where.
type notice struct{ who, from, to, role, left, joined string }

const (
	columnWeeks   = 30
	columnNotices = 4
)

// addColumn adds a column that appears every month with a few notices, and
// puts it into the feed.
func (n news) addColumn() {
	var items strings.Builder
	for week := range columnWeeks {
		at := time.Date(2022, 12, 6, 7, 0, 0, 0, time.UTC).AddDate(0, week, 0)
		path := at.Format("/2006/01/02/appointments.html")
		n[path] = column(at, notices(week, at))
		fmt.Fprintf(&items, "<item><title>Appointments</title><link>http://{{host}}%s</link><pubDate>%s</pubDate><category>Appointments</category></item>\n", path, at.Format(time.RFC1123Z))
	}
	n["/feed.xml"] = bytes.ReplaceAll(n["/feed.xml"], []byte("{{column}}"), []byte(items.String()))
}

// notices makes up what happened in a month: the same every time it is asked.
func notices(week int, at time.Time) (all []notice) {
	first := strings.Fields("Aino Bram Chiara Dmitri Elif Farid Greta Hiroshi Imani Joaquin Katarzyna Liam Marit Nadia Otto Paloma")
	last := strings.Fields("Abrahamsen Bellweather Cartwright Dimitrov Eriksdotter Fairweather Giordano Hawthorne Ivarsson Jankowski Kowalczyk Lindgren Montgomery")
	orgs := []string{"Corvid Labs", "Northlight AI", "Meridian Bank", "Tidewater Foundation", "Sandglass", "Quay Advisers", "Kestrel Energy", "Port of Bergholm", "Harbour Museum", "University of Bergholm", "Petrel Labs", "Gannet Robotics"}
	roles := []string{"Head of Operations", "Chief Engineer", "Director of Finance", "Editor", "Head of People", "Vice President, Safety", "Senior Analyst", "Partner"}
	forms := []string{"January 2006", "2 January 2006", "2006"}
	for i := range columnNotices {
		k := week*columnNotices + i
		from := orgs[(k*5+week)%len(orgs)]
		to := orgs[(k*7+3)%len(orgs)]
		if to == from {
			to = orgs[(k*7+4)%len(orgs)]
		}
		all = append(all, notice{
			who: first[(k*3)%len(first)] + " " + last[(k*5)%len(last)], from: from, to: to, role: roles[k%len(roles)],
			left: at.AddDate(0, -1-i, 0).Format(forms[k%len(forms)]), joined: at.AddDate(0, -i, 0).Format(forms[k%len(forms)]),
		})
	}
	return all
}

func column(at time.Time, all []notice) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Appointments of %s | The Courier</title>
<meta property="og:site_name" content="The Courier"><meta property="article:published_time" content="%s"><meta name="author" content="Noor Haddad"></head><body>
<nav><a href="/">Home</a></nav><article><h1>Appointments of %s</h1>
<p>Once a month we list who has taken a new chair, and whose chair that was, as announced by the houses themselves over the past weeks.</p>
`, at.Format("January 2006"), at.Format(time.RFC3339), at.Format("January 2006"))
	for i, n := range all {
		fmt.Fprintf(&b, "<h3>%s</h3><ul>", html.EscapeString(n.who))
		if i%3 != 1 {
			fmt.Fprintf(&b, "<li>Left %s: %s</li>", html.EscapeString(n.from), n.left)
		}
		if i%4 != 3 {
			fmt.Fprintf(&b, "<li>Joined %s: %s</li><li>Current role: %s at %s</li>", html.EscapeString(n.to), n.joined, n.role, html.EscapeString(n.to))
		}
		b.WriteString("</ul>\n")
	}
	b.WriteString("</article><footer>© The Courier</footer></body></html>")
	return b.Bytes()
}
