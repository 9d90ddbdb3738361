package page_test

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"tenure/pipeline/web/page"
)

// screens are pages of every sort.
func screens() []string {
	return []string{
		"/", "/?q=van", "/?q=none-of-it", "/flow", "/person/" + page.Key("Maximiliane Oluwaseun van der "+word(5)), "/person/nobody",
		"/organization/" + page.Key(orgName(3)), "/article/" + hexID(9), "/sources", "/run", "/review", "/search", "/search?q=van", "/search?q=none-of-it", "/help", "/api",
	}
}

// TestWellFormed wants elements that are closed in order, identifiers that
// are there once, and a name for everything one can act on.
func TestWellFormed(t *testing.T) {
	full, empty := handler(busy(200)), handler(&kept{})
	for _, path := range screens() {
		check(t, "full "+path, ask(full, "GET", path).Body.Bytes())
		check(t, "empty "+path, ask(empty, "GET", path).Body.Bytes())
	}
	if nested([]byte("<p><b>x</p></b>")) == nil {
		t.Error("the check lets wrong order pass")
	}
}

func check(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := nested(b); err != nil {
		t.Errorf("%s: %v", path, err)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if ids[id] || id == "" {
			t.Errorf("%s: id %q twice", path, id)
		}
		ids[id] = true
	})
	doc.Find("input:not([type=hidden]), select").Each(func(_ int, s *goquery.Selection) {
		if id := s.AttrOr("id", ""); doc.Find("label[for='"+id+"']").Length() != 1 {
			t.Errorf("%s: field %q has no label", path, id)
		}
	})
	doc.Find("a, button").Each(func(_ int, s *goquery.Selection) {
		if strings.TrimSpace(s.Text()) == "" && s.AttrOr("aria-label", "") == "" {
			t.Errorf("%s: link %q has no name", path, s.AttrOr("href", ""))
		}
	})
	doc.Find("svg:not([aria-hidden])").Each(func(_ int, s *goquery.Selection) {
		if s.AttrOr("aria-label", "") == "" {
			t.Errorf("%s: a drawing has no name", path)
		}
	})
	doc.Find(".scroll").Each(func(_ int, s *goquery.Selection) {
		if s.AttrOr("tabindex", "") != "0" || s.AttrOr("aria-label", "") == "" {
			t.Errorf("%s: what scrolls cannot be reached by key", path)
		}
	})
	if doc.Find("h1").Length() != 1 || doc.Find("main#main").Length() != 1 || doc.Find("a.skip[href='#main']").Length() != 1 || doc.Find("html[lang]").Length() != 1 {
		t.Errorf("%s: want one heading, a main part and a way to it", path)
	}
	if doc.Find("[style], script:not([src^='/static/page.js']), style").Length() > 0 {
		t.Errorf("%s: has what its own policy forbids", path)
	}
}

// nested reports the first element that is not closed in order.
func nested(b []byte) error {
	void := []string{"meta", "link", "input", "br", "img", "hr"}
	var open []string
	for z := html.NewTokenizer(bytes.NewReader(b)); ; {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF || len(open) > 0 {
				return fmt.Errorf("%v with %v open", z.Err(), open)
			}
			return nil
		case html.StartTagToken:
			if name := z.Token().Data; !slices.Contains(void, name) {
				open = append(open, name)
			}
		case html.EndTagToken:
			name := z.Token().Data
			if len(open) == 0 || open[len(open)-1] != name {
				return fmt.Errorf("</%s> closes %v", name, open)
			}
			open = open[:len(open)-1]
		}
	}
}

// TestContrast computes the contrast of every text colour of the style sheet
// with the grounds it stands on, in the light and in the dark.
func TestContrast(t *testing.T) {
	b, err := os.ReadFile("static/style.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, ok := strings.Cut(string(b), "@media screen and (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("there is no dark mode")
	}
	dark, _, _ = strings.Cut(dark, "\n* {")
	colours := map[string]string{}
	for _, mode := range []string{light, dark} {
		for _, m := range regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6})`).FindAllStringSubmatch(mode, -1) {
			colours[m[1]] = m[2]
		}
		for _, ground := range []string{"paper", "card", "faint"} {
			for _, ink := range []string{"ink", "soft", "link", "left", "came", "moved", "other", "warn"} {
				if c := contrast(t, colours[ink], colours[ground]); c < 4.5 {
					t.Errorf("%s %s on %s %s: contrast %.2f, want 4.5", ink, colours[ink], ground, colours[ground], c)
				}
			}
		}
		if c := contrast(t, colours["mark-ink"], colours["mark"]); c < 7 {
			t.Errorf("marked words: contrast %.2f, want 7", c)
		}
		if c := contrast(t, colours["paper"], colours["link"]); c < 4.5 {
			t.Errorf("buttons: contrast %.2f, want 4.5", c)
		}
	}
}

// contrast is the contrast ratio of WCAG 2.2.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(t *testing.T, colour string) (l float64) {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
	if err != nil {
		t.Fatalf("colour %q: %v", colour, err)
	}
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		c := float64(n>>(16-8*i)&255) / 255
		if c <= 0.04045 {
			l += weight * c / 12.92
		} else {
			l += weight * math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return l
}
