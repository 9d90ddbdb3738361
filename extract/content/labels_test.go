package content

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"tenure/extract"
)

// frame is a page around an article, with what pages have around articles.
const frame = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>%[1]s | The Harbour Ledger</title>
<meta property="og:site_name" content="The Harbour Ledger"></head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/money">Money</a></li><li><a href="/people">People</a></li></ul></nav></header>
<div class="consent">We value your privacy. <button>Accept</button></div>
<main><div class="story"><h1>%[1]s</h1><p class="by">By Noor Haddad</p><div class="share"><a href="#">Share</a> <a href="#">Tweet</a></div>
%[2]s
</div></main>
<aside><h4>Most read</h4><ol><li><a href="/a">Ferry runs aground in calm weather and nobody knows why</a></li><li><a href="/b">The last lamplighter puts out his lamp</a></li></ol></aside>
<footer><p>Joined by 40,000 readers every week</p><a href="/imprint">Imprint</a> <a href="/terms">Terms</a></footer></body></html>`

const lead = `<p>The shipyard was once the largest employer of the town, and for many it was the only one they ever had.</p>
<p>Three of its engineers have gone within a year; where they went is told below, as far as they wanted it told.</p>`

// TestLabelListsSurvive: whatever tags carry a list of labelled lines, all of
// it is in the text, in order, with line breaks between the lines.
func TestLabelListsSurvive(t *testing.T) {
	people := [][]string{
		{"Ottoline Ferreira-Haas", "Current role: Naval Architect at Blue Fjord", "Left Harbour Yard: March 2025", "Time at Harbour Yard: 11 years, 2 months"},
		{"Idris Mbeki", "Left Harbour Yard: Early 2025"},
		{"Sigrid Aalto", "Left Harbour Yard: November 2024", "Time at Harbour Yard: 4 years"},
	}
	renderings := map[string]func(p []string) string{
		"p":   func(p []string) string { return "<p>" + strings.Join(p, "</p><p>") + "</p>" },
		"br":  func(p []string) string { return "<p>" + strings.Join(p, "<br>") + "</p>" },
		"div": func(p []string) string { return "<div>" + strings.Join(p, "</div><div>") + "</div>" },
		"h3 ul": func(p []string) string {
			return "<h3>" + p[0] + "</h3><ul><li>" + strings.Join(p[1:], "</li><li>") + "</li></ul>"
		},
		"h4 p": func(p []string) string { return "<h4>" + p[0] + "</h4><p>" + strings.Join(p[1:], "</p><p>") + "</p>" },
		"card": func(p []string) string {
			return `<div class="card"><div class="name">` + p[0] + `</div><span>` + strings.Join(p[1:], "</span><br><span>") + "</span></div>"
		},
		"strong": func(p []string) string {
			return "<p><strong>" + strings.Join(p, "</strong><br><strong>") + "</strong></p>"
		},
		"ol": func(p []string) string { return "<ol><li>" + strings.Join(p, "<br>") + "</li></ol>" },
		"figure": func(p []string) string {
			return "<h3>" + p[0] + `</h3><figure><img src="/x.jpg" alt=""><figcaption>Photo: Ledger</figcaption></figure><p>` + strings.Join(p[1:], "</p><p>") + "</p>"
		},
	}
	for name, render := range renderings {
		for _, intro := range []string{lead, ""} {
			t.Run(fmt.Sprintf("%s/lead=%v", name, intro != ""), func(t *testing.T) {
				var list strings.Builder
				for _, p := range people {
					list.WriteString(render(p) + "\n")
				}
				page := fmt.Sprintf(frame, "Where the engineers of Harbour Yard went", intro+list.String())
				r, err := (&Reader{}).Read(context.Background(), extract.Page{URL: "https://ledger.example/2025/05/engineers", Type: "text/html", Body: []byte(page), At: time.Now()})
				if err != nil || len(r.Articles) != 1 {
					t.Fatalf("%v, %d articles", err, len(r.Articles))
				}
				rest := r.Articles[0].Text
				for _, p := range people {
					for _, line := range p {
						_, after, ok := strings.Cut(rest, line)
						if !ok {
							t.Fatalf("%q is missing or out of order in\n%s", line, r.Articles[0].Text)
						}
						if after != "" && after[0] != '\n' {
							t.Errorf("no line break after %q in\n%s", line, r.Articles[0].Text)
						}
						rest = after
					}
				}
				for _, junk := range []string{"Most read", "Joined by", "Accept", "Imprint", "Tweet"} {
					if strings.Contains(r.Articles[0].Text, junk) {
						t.Errorf("%q is in\n%s", junk, r.Articles[0].Text)
					}
				}
			})
		}
	}
}
