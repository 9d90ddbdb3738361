package browser

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A screen is a page that tenure shows.
type screen struct {
	name, path string
	status     int // 0 means 200
}

// screens are all kinds of pages, and those that are hard to lay out.
func screens() []screen {
	return []screen{
		{name: "moves", path: "/"},
		{name: "moves-2", path: "/?page=2"},
		{name: "moves-filtered", path: "/?org=Meridian+Bank&after=2024-01&score=0.7"},
		{name: "moves-search", path: "/?q=smith"},
		{name: "moves-none", path: "/?q=nobody+of+this+name"},
		{name: "moves-check", path: "/?check=1"},
		{name: "flow", path: "/flow"},
		{name: "flow-none", path: "/flow?after=1950-01&before=1950-02"},
		{name: "person", path: "/person/ilse-brandvold"},
		{name: "person-disputed", path: "/person/ana-sofia-reyes"},
		{name: "person-long", path: "/person/solveig-nyqvist"},
		{name: "person-namesakes", path: "/person/jo-smith"},
		{name: "person-rtl", path: "/person/" + url.PathEscape("محمود-العبدالله")},
		{name: "person-cjk", path: "/person/" + url.PathEscape("山田-花子")},
		{name: "organization", path: "/organization/corvid-labs"},
		{name: "organization-long", path: "/organization/northern-shipping-and-trading-holdings-international"},
		{name: "organization-few", path: "/organization/bergholm-rovers"},
		{name: "review", path: "/review"},
		{name: "search", path: "/search?q=jo"},
		{name: "help", path: "/help"},
		{name: "api", path: "/api"},
		{name: "sources", path: "/sources"},
		{name: "run", path: "/run"},
		{name: "missing", path: "/person/nobody-of-this-name", status: 404},
		{name: "missing-page", path: "/no/such/page", status: 404},
	}
}

// looks are the ways in which every screen is looked at.
func looks() []Look {
	return []Look{
		{Name: "wide", Width: 1280, Height: 900},
		{Name: "wide-dark", Width: 1280, Height: 900, Dark: true},
		{Name: "phone", Width: 390, Height: 844, Phone: true},
		{Name: "phone-dark", Width: 390, Height: 844, Phone: true, Dark: true},
	}
}

const mostBytes = 100 << 10 // of a page with all that it loads

// testScreens opens every screen in every look, two looks at a time.
func testScreens(t *testing.T, c *Chromium, base string, all []screen) {
	axe := readAxe(t)
	for _, look := range looks() {
		t.Run(look.Name, func(t *testing.T) {
			t.Parallel()
			tab := open(t, c, look)
			for _, s := range all {
				v, err := tab.Open(base + s.path)
				if err != nil {
					t.Fatal(err)
				}
				checkVisit(t, s, base, v)
				checkWidth(t, tab, s)
				keepPicture(t, tab, s.name+"."+look.Name+".png")
				axe.check(t, tab, s)
				checkContrast(t, tab, s)
			}
		})
	}
}

func open(t *testing.T, c *Chromium, look Look) *Tab {
	t.Helper()
	tab, err := c.NewTab(look)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tab.Close)
	return tab
}

// checkVisit wants a page that came whole, from this site alone, is light and
// had nothing to say to the console.
func checkVisit(t *testing.T, s screen, base string, v Visit) {
	t.Helper()
	want := s.status
	if want == 0 {
		want = 200
	}
	if v.Status != want {
		t.Errorf("%s: status %d, want %d", s.name, v.Status, want)
	}
	for _, x := range v.Troubles {
		if want == 200 || !strings.Contains(x, "the server responded with a status of 404") {
			t.Errorf("%s: %s", s.name, x)
		}
	}
	for _, r := range v.Requests {
		switch {
		case strings.HasPrefix(r.URL, "data:"): // the browser's own, in its fields for months
		case strings.HasSuffix(r.URL, "/static/icon.svg") && r.Status == 0 && r.Failed == "": // no page waits for it
		case !strings.HasPrefix(r.URL, base+"/"):
			t.Errorf("%s asks elsewhere: %s", s.name, r.URL)
		case r.Failed != "" || r.Status != 200 && r.Status != want:
			t.Errorf("%s: %s: status %d %s", s.name, r.URL, r.Status, r.Failed)
		}
	}
	if v.Bytes > mostBytes || v.Bytes == 0 {
		t.Errorf("%s weighs %d bytes, want at most %d", s.name, v.Bytes, mostBytes)
	}
}

// checkWidth wants nothing that sticks out to the side, which is what makes a
// page scroll sideways.
func checkWidth(t *testing.T, tab *Tab, s screen) {
	t.Helper()
	var wide struct {
		Page, Window int
		Out          []string
	}
	err := tab.Eval(`(() => {
		const scrolls = e => { for (e = e.parentElement; e; e = e.parentElement) if (getComputedStyle(e).overflowX == 'auto') return true; return false };
		const w = document.documentElement.clientWidth;
		const out = [...document.body.querySelectorAll('*')].filter(e => { const r = e.getBoundingClientRect(); return r.width && r.height && r.right > w + 1 && !scrolls(e) });
		return { Page: document.documentElement.scrollWidth, Window: w, Out: out.slice(0, 5).map(e => e.outerHTML.slice(0, 120)) };
	})()`, &wide)
	if err != nil {
		t.Fatal(err)
	}
	if wide.Page > wide.Window || len(wide.Out) > 0 {
		t.Errorf("%s is %d pixels wide in a window of %d: %q", s.name, wide.Page, wide.Window, wide.Out)
	}
}

// keepPicture writes what the tab shows where TENURE_SCREENS says.
func keepPicture(t *testing.T, tab *Tab, name string) {
	t.Helper()
	b, err := tab.Picture()
	if err != nil {
		t.Fatal(err)
	}
	keep(t, name, b)
}

func keep(t *testing.T, name string, b []byte) {
	t.Helper()
	dir := os.Getenv("TENURE_SCREENS")
	if dir == "" {
		return
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
		t.Fatal(err)
	}
}
