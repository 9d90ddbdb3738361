package content

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"tenure/extract"
)

const familyHost = "https://mirror.example"

// A told is an article as the pages below tell it.
type told struct{ url, title, by, date, category, body string }

var (
	corvid = told{"/en/article/00112233445566778899aabbccddeeff", "Corvid Optics loses its founders. Its rivals are glad.", "Harbour Ledger", "12-05-2025", "Business",
		"Corvid Optics began with six lens grinders in a shed. Ilse Marlow Current role: Head of Lenses at Zeiss Left Corvid: March 2025 Time at Corvid: 4 years, 3 months"}
	tallis = told{"/en/article/ffeeddccbbaa00998877665544332211", "Tallis Bank names a treasurer from the north", "The Fjord Post", "20 hours ago", "",
		"Oskar Venn takes over on Monday, the bank said. He has spent nine years at its rival."}
)

// familyCards are ways to mark up a card.
var familyCards = map[string]string{
	"div":         `<div class="card"><a href="{url}"><img alt="{title}"></a><a href="{url}">{title}</a><p>{by}</p><p><img alt="time">{date}</p><ul>{list}</ul><h3>{title}</h3><p>{body}</p></div>`,
	"no class":    `<div><a href="{url}"><img alt="{title}">{title}</a><div>{by}</div><div><img alt="time" src="data:," data-src="/t.svg" loading="lazy">&nbsp;{date}&nbsp;</div><ul>{list}</ul><div>{title}</div><div>{body}</div></div>`,
	"li":          `<li><a href="{url}"><img alt="{title}"><h2>{title}</h2></a><span>{by}</span><span><img alt="time">{date}</span><ul>{list}</ul><h3>{title}</h3><p>{body}</p></li>`,
	"article":     `<article><header><a href="{url}"><img alt="{title}"></a><h2><a href="{url}">{title}</a></h2><p>{by} <img alt="time"> {date}</p></header><ul>{list}</ul><h3>{title}</h3><section><p>{body}</p></section></article>`,
	"section":     `<section><div><div><a href="{url}"><img alt="{title}"></a></div></div><h2>{title}</h2><div><div>{by}</div><div><img alt="time"/><span>{date}</span></div></div><div><ul>{list}</ul></div><h4>{title}</h4><div><div>{body}</div></div></section>`,
	"row":         `<tr><td><a href="{url}"><img alt="{title}">{title}</a></td><td>{by}</td><td><img alt="time">{date}</td><td><ul>{list}</ul></td><td><b>{title}</b><p>{body}</p></td></tr>`,
	"cells":       `<tr><td><a href="{url}"><img alt="{title}">{title}</a></td><td><span>{by}</span></td><td><img alt="time">{date}</td><td><div>{spans}</div></td><td><strong>{title}</strong></td><td>{body}</td></tr>`,
	"spans":       `<div><a href="{url}"><img alt="{title}"></a><a href="{url}"><strong>{title}</strong></a><div><span>{by}</span><span><img alt="time">{date}</span></div><div>{spans}</div><div><strong>{title}</strong></div><div><span>{body}</span></div></div>`,
	"all spans":   `<div><a href="{url}"><img alt="{title}"></a><span>{by}</span><img alt="time"><span>{date}</span><div>{spans}<strong>{title}</strong><span>{body}</span></div></div>`,
	"spaced":      "<div>\n<a href=\"{url}\">\n<img alt=\" {title} \">\n</a>\n<h2>\n{title}\n</h2>\n<div>\n<span>{by}</span>\n<img alt=\"time\">\n<span>{date}</span>\n</div>\n<div>\n{spans}\n</div>\n<b>{title}</b>\n<div>{body}</div>\n</div>",
	"body before": `<div><a href="{url}"><img alt="{title}"></a><h2>{title}</h2><p>{body}</p><p>{by}</p><p><img alt="time">{date}</p><ul>{list}</ul></div>`,
	"body first":  `<li><a href="{url}"><h2>{title}</h2></a><div>{body}</div><div><span>{by}</span><img alt="time"><span>{date}</span></div><div>{spans}</div></li>`,
	"no headline": `<div><a href="{url}"><img alt="{title}"><b>{title}</b></a><p>{by}</p><p><img alt="time">{date}</p><ul>{list}</ul><p>{body}</p></div>`,
	"all a link":  `<a href="{url}"><img alt="{title}"><h2>{title}</h2><p>{by}</p><p><img alt="time">{date}</p><ul>{list}</ul><p>{body}</p></a>`,
	"other alt":   `<div><a href="{url}"><img alt="A lens on a bench"></a><a href="{url}">{title}</a><p>{by}</p><p><img alt="time">{date}</p><ul>{list}</ul><p>{body}</p></div>`,
	"read more":   `<div><a href="{url}"><img alt="{title}"></a><h2>{title}</h2><p>{by}</p><p><img alt="time">{date}</p><ul>{list}</ul><p>{body}</p><a href="{url}">View the article</a></div>`,
	"plain row":   `<tr><td><a href="{url}"><img alt="{title}"></a></td><td><a href="{url}">{title}</a></td><td>{by}</td><td>{date}</td><td>{spans}</td><td>{body}</td></tr>`,
	"separators":  `<div><a href="{url}"><img alt="{title}"></a><b>{title}</b><div><span>{by}</span> · <img alt="time"> <span>{date}</span></div><div>{spans}</div><b>{title}</b><div>{body}</div></div>`,
	"one run":     `<p><a href="{url}"><img alt="{title}"> {title}</a> <span>{by}</span> <img alt="time"> <span>{date}</span> {spans} <strong>{title}</strong> <span>{body}</span></p>`,
	"bare body":   `<div><a href="{url}"><img alt="{title}"></a><strong>{title}</strong><span>{by}</span><img alt="time"><span>{date}</span>{spans}<strong>{title}</strong>{body}</div>`,
	"list only":   `<div><a href="{url}"><img alt="{title}"></a><b>{title}</b><div><img alt="time"><span>{date}</span></div><div>{spans}</div><div>{body}</div></div>`,
	"terms":       `<dl><dt><a href="{url}"><img alt="{title}">{title}</a></dt><dd>{by}</dd><dd><img alt="time">{date}</dd><dd><ul>{list}</ul></dd><dd>{title}</dd><dd>{body}</dd></dl>`,
	"linked list": `<div><a href="{url}"><img alt="{title}"></a><h2>{title}</h2><p><a href="/from/1">{by}</a></p><p><img alt="time">{date}</p><p><a href="/c/1">{category}</a> <a href="/from/1">{by}</a></p><p>{body}</p></div>`,
	"bare list":   `<div><a href="{url}"><img alt="{title}"><b>{title}</b></a><p>{by}</p><p><img alt="time">{date}</p><div>{spans}</div><p>{body}</p></div>`,
}

func (a told) in(layout string) string {
	list, spans := "", ""
	for _, s := range []string{a.category, a.by} {
		if s != "" {
			list += "<li>" + s + "</li>"
			spans += "<span>" + s + "</span>"
		}
	}
	return strings.NewReplacer("{url}", a.url, "{title}", a.title, "{by}", a.by, "{date}", a.date, "{list}", list, "{spans}", spans, "{category}", a.category, "{body}", a.body).Replace(layout)
}

// is compares an article with what the page tells.
func (a told) is(t *testing.T, got *extract.Article, published string) {
	t.Helper()
	have := fmt.Sprintf("%s|%s|%s|%s|%s|%s", got.URL, got.Title, got.Publisher, strings.Join(got.Categories, ","), got.Published, got.Text)
	want := fmt.Sprintf("%s|%s|%s|%s|%s|%s", familyHost+a.url, a.title, a.by, a.category, published, a.body)
	if have != want {
		t.Errorf("got  %s\nwant %s", have, want)
	}
}

func tagPage(content string) extract.Page {
	return extract.Page{URL: familyHost + "/en/tag/CorvidOptics", Type: "text/html; charset=utf-8", At: fetched,
		Body: []byte(`<html><head><title>#CorvidOptics</title></head><body><img alt="logo"><div>#</div><h1>Latest news with #CorvidOptics</h1>` + content + `</body></html>`)}
}

// wrap puts table rows into a table and items into a list.
func wrap(cards string) string {
	switch {
	case strings.HasPrefix(cards, "<tr"):
		return "<table>" + cards + "</table>"
	case strings.HasPrefix(cards, "<li"):
		return "<ul>" + cards + "</ul>"
	}
	return cards
}

// familyTails are what may stand behind the last card.
var familyTails = map[string]string{
	"nothing":     "",
	"page number": `<a href="?page=2">2</a>`,
	"numbers":     `<div><span>1</span> <a href="?page=2">2</a> <a href="?page=3">3</a></div>`,
	"list":        `<ul><li>1</li><li><a href="?page=2">2</a></li><li><a href="?page=2">Next ›</a></li></ul>`,
	"next":        `<p><a href="/en/more/2">Next ›</a></p>`,
	"older":       `<div><a href="/en/more/2">Older posts</a></div>`,
	"show more":   `<button>Show more stories</button>`,
	"next page":   `<span><a href="?page=2">Next page →</a></span>`,
	"more news":   `<h3><a href="?page=2">More news</a></h3>`,
	"weiter":      `<div>« Zurück | Seite 1 von 9 | <a href="?page=2">Nächste Seite »</a></div>`,
	"suivant":     `<div>1 2 3 … 9 <a href="?page=2">Page suivante</a></div>`,
	"ad":          `<div><a href="https://ads.example/x">Learn to grind lenses in one weekend, half off</a></div>`,
	"tags":        `<p><a href="/en/tag/PeopleMoves">#PeopleMoves</a><a href="/en/tag/Corvid">#Corvid</a></p>`,
	"plain tags":  `<p>#PeopleMoves #Corvid</p>`,
	"undated":     `<div><a href="/en/article/0123456789abcdef0123456789abcdef"><img alt="Another lens maker opens"></a><p>The Fjord Post</p><p>It opens in May, in a town that never had one.</p></div>`,
	"undated too": `<h4>Related</h4><ul><li><a href="/en/article/0123456789abcdef0123456789abcdef">Another lens maker opens</a></li><li><a href="/en/article/0123456789abcdef0123456789abcde0">A third one opens</a></li></ul>`,
	"several":     `<p><a href="/en/tag/PeopleMoves">#PeopleMoves</a></p><h3>Related</h3><a href="https://ads.example/x">Half off</a><div>1 <a href="?page=2">2</a></div><div>More</div>`,
}

func TestFamilyCards(t *testing.T) {
	for name, layout := range familyCards {
		for tail, markup := range familyTails {
			t.Run(name+"/"+tail, func(t *testing.T) {
				rd := read(t, tagPage(wrap(corvid.in(layout)+tallis.in(layout))+markup+appBanners["headings"]))
				if len(rd.Articles) != 2 {
					t.Fatalf("%d articles, want 2", len(rd.Articles))
				}
				corvid.is(t, rd.Articles[0], "2025-05-12")
				tallis.is(t, rd.Articles[1], "2025-05-31")
			})
		}
	}
}

func TestFamilyBetweenCards(t *testing.T) {
	for between, markup := range familyTails {
		t.Run(between, func(t *testing.T) {
			layout := familyCards["div"]
			rd := read(t, tagPage(corvid.in(layout)+markup+tallis.in(layout)))
			if len(rd.Articles) != 2 {
				t.Fatalf("%d articles, want 2", len(rd.Articles))
			}
			corvid.is(t, rd.Articles[0], "2025-05-12")
			tallis.is(t, rd.Articles[1], "2025-05-31")
		})
	}
}

func TestFamilyTimes(t *testing.T) {
	for date, want := range map[string]string{"20 hours ago": "2025-05-31", "1 day ago": "2025-05-31", "yesterday": "2025-05-31", "3 weeks ago": "2025-05-11", "an hour ago": "2025-06-01", "01-02-2025": "2025-02-01"} {
		for name, layout := range familyCards {
			t.Run(date+"/"+name, func(t *testing.T) {
				a := corvid
				a.date = date
				rd := read(t, tagPage(wrap(a.in(layout))+appBanners["split"]))
				if len(rd.Articles) != 1 {
					t.Fatalf("%d articles, want 1", len(rd.Articles))
				}
				a.is(t, rd.Articles[0], want)
			})
		}
	}
}

func TestFamilyBodies(t *testing.T) {
	for name, test := range map[string]struct{ body, want string }{
		"paragraphs":  {"<p>Ilse Marlow has gone.</p><p>She led the lens shop for four years.</p>", "Ilse Marlow has gone.\n\nShe led the lens shop for four years."},
		"breaks":      {"Ilse Marlow has gone.<br>She led the lens shop for four years.", "Ilse Marlow has gone.\nShe led the lens shop for four years."},
		"wrappers":    {"<div><div><p><span>Ilse Marlow has gone. She led the lens shop.</span></p></div></div>", "Ilse Marlow has gone. She led the lens shop."},
		"labels":      {"Where they went:<ul><li><b>Ilse Marlow</b> <span>left</span></li><li><b>Left Corvid:</b> <span>May 2024</span></li></ul>", "Where they went:\n\nIlse Marlow left\nLeft Corvid: May 2024"},
		"bold name":   {"<p><b>Ilse Marlow</b> <i>left Corvid</i></p><p>She led it.</p>", "Ilse Marlow left Corvid\n\nShe led it."},
		"an app":      {"<p>Its app is free. Users who download the app today get a lens.</p>", "Its app is free. Users who download the app today get a lens."},
		"a link":      {`<p>As <a href="/en/article/0123456789abcdef0123456789abcdef">Tallis said</a>, Ilse Marlow has gone.</p><p><a href="/en/article/0123456789abcdef0123456789abcdef">Tallis Bank</a> was told of it on Monday, <a href="/x">it said</a>.</p>`, "As Tallis said, Ilse Marlow has gone.\n\nTallis Bank was told of it on Monday, it said."},
		"a crosshead": {"<p>Ilse Marlow has gone.</p><h4>What is next</h4><p>Nobody knows.</p>", "Ilse Marlow has gone.\n\nWhat is next\n\nNobody knows."},
		"date line":   {"<p>Ilse Marlow has gone.</p><p>26-05-2025</p><p>Nobody knows.</p>", "Ilse Marlow has gone.\n\n26-05-2025\n\nNobody knows."},
	} {
		for _, layout := range []string{"div", "section", "no class", "body before"} {
			t.Run(name+"/"+layout, func(t *testing.T) {
				a := corvid
				a.body = test.body
				if name == "date line" && layout == "body before" {
					t.Skip("which date is the card's cannot be told")
				}
				rd := read(t, tagPage(a.in(strings.ReplaceAll(familyCards[layout], "<p>{body}</p>", "<div>{body}</div>"))+appBanners["headings"]))
				if len(rd.Articles) != 1 {
					t.Fatalf("%d articles, want 1", len(rd.Articles))
				}
				a.body = test.want
				a.is(t, rd.Articles[0], "2025-05-12")
			})
		}
	}
}

func TestFamilyManyCards(t *testing.T) {
	for name, layout := range familyCards {
		t.Run(name, func(t *testing.T) {
			var cards strings.Builder
			var all []told
			for i := range 30 {
				a := corvid
				a.url = fmt.Sprintf("/en/article/%032x", i+1)
				a.title = fmt.Sprintf("Corvid Optics closes its workshop number %d", i)
				a.body = fmt.Sprintf("Workshop %d of Corvid Optics closes at the end of the month, its owner said.", i)
				all = append(all, a)
				cards.WriteString(a.in(layout))
			}
			rd := read(t, tagPage(wrap(cards.String())+`<a href="?page=2">2</a>`))
			if len(rd.Articles) != len(all) {
				t.Fatalf("%d articles, want %d", len(rd.Articles), len(all))
			}
			for i, a := range all {
				a.is(t, rd.Articles[i], "2025-05-12")
			}
		})
	}
}

func TestFamilyPublisherAlone(t *testing.T) {
	layout := `<div><a href="{url}"><img alt="{title}">{title}</a><p><img alt="time">{date}</p><ul><li>{by}</li></ul><h3>{title}</h3><p>{body}</p></div>`
	rd := read(t, tagPage(tallis.in(layout)))
	tallis.is(t, rd.Articles[0], "2025-05-31")
}

func TestFamilyTwice(t *testing.T) {
	cut := corvid
	cut.body = corvid.body[:60] + "…"
	cut.title = corvid.title[:40] + "…"
	for name, layout := range familyCards {
		for order, cards := range map[string][]told{"whole first": {corvid, cut}, "cut first": {cut, corvid}, "apart": {corvid, tallis, cut}} {
			t.Run(name+"/"+order, func(t *testing.T) {
				var b strings.Builder
				for _, a := range cards {
					b.WriteString(a.in(layout))
				}
				rd := read(t, tagPage(wrap(b.String())))
				if len(rd.Articles) != len(cards)-1 {
					t.Fatalf("%d articles, want %d", len(rd.Articles), len(cards)-1)
				}
				if got := rd.Articles[0]; got.Text != corvid.body || got.Title != corvid.title || got.Partial {
					t.Errorf("got %q: %q", got.Title, got.Text)
				}
			})
		}
	}
}

func TestFamilyNext(t *testing.T) {
	for words, ok := range map[string]bool{
		"more": true, "Load more": true, "Next ›": true, "Older posts": true, "Show more stories": true, "Next page →": true, "»": true, "Nächste Seite": true,
		"Suivant »": true, "Página siguiente": true, "次へ": true, "More news": true, "Moreover": false, "Next of kin": false, "«": false, "Read more": false,
	} {
		rd := read(t, tagPage(corvid.in(familyCards["div"])+`<a href="/en/elsewhere/2">`+words+`</a>`))
		got := false
		for _, l := range rd.Links {
			got = got || l.Rel == extract.RelNext && l.URL == familyHost+"/en/elsewhere/2"
		}
		if got != ok {
			t.Errorf("%q: next %v, want %v", words, got, ok)
		}
	}
	rd := read(t, tagPage(`<nav><a href="/more">More</a></nav><header><a href="/next">Next</a></header>`+corvid.in(familyCards["div"])+`<nav><a href="/en/elsewhere/2">Next</a></nav>`))
	if l := rd.Links[len(rd.Links)-1]; len(rd.Links) != 2 || l.Rel != extract.RelNext || l.URL != familyHost+"/en/elsewhere/2" {
		t.Errorf("menus: %+v", rd.Links)
	}
	rd = read(t, tagPage(corvid.in(familyCards["div"])+`<a rel="next" href="/x/2"><img alt="arrow"></a>`))
	if l := rd.Links[len(rd.Links)-1]; l.Rel != extract.RelNext || l.URL != familyHost+"/x/2" {
		t.Errorf("rel=next: %+v", rd.Links)
	}
}

// familyHeads are ways to begin an article's own page.
var familyHeads = map[string]struct {
	markup    string
	by, dated bool
}{
	"glued":                    {`<h1>{title}</h1><h2>{title}</h2><p>{by}{date}</p>`, true, true},
	"own link":                 {`<h1>{title}</h1><a href="{url}"><img alt="{title}"></a><h2>{title}</h2><p>{by}{date}</p>`, true, true},
	"absolute link":            {`<h1>{title}</h1><a href="https://mirror.example{url}?from=top"><img alt="{title}">{title}</a><p>{by}{date}</p>`, true, true},
	"linked title":             {`<h1><a href="{url}">{title}</a></h1><a href="{url}">{title}</a><div><span>{by}</span><span>{date}</span></div>`, true, true},
	"headline like a tag page": {`<h1>{title}</h1><p>Harbour Ledger</p><p>{date}</p><h2>{title}</h2>`, true, true},
	"clock":                    {`<img alt="{title}"><h1>{title}</h1><p>{title}</p><div>{by}</div><img alt="time">{date}`, true, true},
	"no date":                  {`<h1>{title}</h1><h2>{title}</h2><p>{by}</p>`, true, false},
	"no date, link":            {`<a href="{url}"><img alt="{title}"></a><h1>{title}</h1><p>{by}</p>`, true, false},
	"no publisher":             {`<h1>{title}</h1><h2>{title}</h2><p>{date}</p>`, false, true},
	"neither":                  {`<h1>{title}</h1><h2>{title}</h2>`, false, false},
	"title once":               {`<h1>{title}</h1>`, false, false},
}

// familyEnds are what may stand behind the banner of an own page.
var familyEnds = map[string]string{
	"nothing":   "",
	"related":   `<h3>Related</h3>` + tallis.in(familyCards["div"]),
	"div":       `<div>Related</div><div>` + tallis.in(familyCards["section"]) + `</div>`,
	"heading":   `<h3>More news on Corvid</h3>` + tallis.in(familyCards["li"]),
	"undated":   familyTails["undated"],
	"links":     familyTails["undated too"],
	"tag links": `<p><a href="/en/tag/PeopleMoves">#PeopleMoves</a><a href="/en/tag/Corvid">#Corvid</a></p>`,
}

func TestFamilyOwnPages(t *testing.T) {
	for name, head := range familyHeads {
		for banner, markup := range appBanners {
			for end, more := range familyEnds {
				t.Run(name+"/"+banner+"/"+end, func(t *testing.T) {
					a := corvid
					page := a.in(`<html><head><title>{title} | Mirror</title></head><body><img alt="logo">` + head.markup + `<div>{body}</div>` + markup + more)
					rd := read(t, extract.Page{URL: familyHost + a.url, Type: "text/html", At: fetched, Body: []byte(page)})
					if len(rd.Articles) != 1 {
						t.Fatalf("%d articles, want 1", len(rd.Articles))
					}
					a.category = ""
					published := ""
					if head.dated {
						published = "2025-05-12"
					}
					if !head.by {
						a.by = ""
					}
					a.is(t, rd.Articles[0], published)
				})
			}
		}
	}
}

// bannerElements are ways to mark up the lines of a banner.
var bannerElements = []string{"<div>%s</div>", "<section>%s</section>", "<footer>%s</footer>", "<p>%s</p>", "<span>%s</span>", "<h3>%s</h3>", `<a href="https://store.example">%s</a>`, "<li>%s</li>", "%s<br>"}

var bannerLines = [][]string{
	{"DOWNLOAD THE APP", "Get Started Now: Download the App", "Ready to dive into a world of global content with local flavor? Download %s app today from your preferred app store and start exploring."},
	{"DOWNLOAD", "THE APP", "Get Started Now:", "Download the App", "Ready to dive into a world of stories?", "Download", "%s", "app today from your preferred app store", "and start exploring."},
	{"Download the app", "Ready to dive into a world of news?", "Download the %s app today from your preferred app store and start exploring!"},
	{"Get Started Now: Download the App"},
	{"Download %s app today from your preferred app store and start exploring"},
}

var bannerWord = regexp.MustCompile(`(?i)download|get started|ready to dive|app[- ]store|play-store|exploring|preferred`)

// TestFamilyBanners tries banners on every way an article is read.
func TestFamilyBanners(t *testing.T) {
	body := "Ilse Marlow has left Corvid Optics, the lens maker, after four years at its workshop by the harbour. Its app, which a third of all opticians use, will be led by nobody for the time being, two people who know the firm said on Monday."
	const shops = `<a href="https://a.example"><img alt="app-store"></a><a href="https://b.example"><img alt="play-store"></a>`
	pages := map[string]func(banner string) extract.Page{
		"cards": func(b string) extract.Page {
			a := corvid
			a.body = body
			return tagPage(a.in(familyCards["div"]) + b)
		},
		"own page": func(b string) extract.Page {
			return extract.Page{URL: familyHost + corvid.url, At: fetched, Type: "text/html", Body: []byte(`<html><body><h1>` + corvid.title + `</h1><h2>` + corvid.title + `</h2><p>Harbour Ledger12-05-2025</p><p>` + body + `</p>` + b)}
		},
		"own page without title": func(b string) extract.Page {
			return extract.Page{URL: familyHost + corvid.url, At: fetched, Type: "text/html", Body: []byte(`<html><body><p>` + body + `</p>` + b)}
		},
		"article": func(b string) extract.Page {
			return extract.Page{URL: familyHost + "/2025/06/lens-maker-loses-founder", At: fetched, Type: "text/html", Body: []byte(`<html><head><title>Lens maker loses founder</title></head><body><main><h1>Lens maker loses founder</h1><p>` + body + `</p>` + b + `</main></body></html>`)}
		},
		"fragment": func(b string) extract.Page { return extract.Page{At: fetched, Body: []byte(`<p>` + body + `</p>` + b)} },
		"text": func(b string) extract.Page {
			return extract.Page{At: fetched, Type: "text/plain", Body: []byte(body + "\n\n" + Text(b))}
		},
		"one line": func(b string) extract.Page {
			return extract.Page{At: fetched, Type: "text/plain", Body: []byte(body + " " + strings.Join(strings.Fields(Text(b)), " "))}
		},
	}
	for kind, page := range pages {
		for _, element := range bannerElements {
			for i, lines := range bannerLines {
				for _, app := range []string{"Daily8", "Corvid", "Harbour Daily", "HARBOUR"} {
					var b strings.Builder
					for _, l := range lines {
						l = strings.ReplaceAll(l, "%s", app)
						if app == "HARBOUR" {
							l = strings.ToUpper(l)
						}
						fmt.Fprintf(&b, element, l)
					}
					rd := read(t, page("<div>"+b.String()+shops+"</div>"))
					if len(rd.Articles) != 1 {
						t.Errorf("%s %s %d: %d articles", kind, element, i, len(rd.Articles))
						continue
					}
					if text := rd.Articles[0].Text; bannerWord.MatchString(text) || !strings.HasSuffix(text, "on Monday.") {
						t.Errorf("%s %s %d %s: got %q", kind, element, i, app, text)
					}
				}
			}
		}
	}
}

func TestCutBanners(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"none", "Anyone may download the app for nothing.", "Anyone may download the app for nothing."},
		{"sentence", "The firm asked its users to download the app.", "The firm asked its users to download the app."},
		{"capitals", "THE FIRM ASKED ITS USERS TO DOWNLOAD THE APP", "THE FIRM ASKED ITS USERS TO DOWNLOAD THE APP"},
		{"quoted", "“Ready to dive into a world of news? Download Corvid app today from your preferred app store and start exploring,” the advertisement said.", "“Ready to dive into a world of news? Download Corvid app today from your preferred app store and start exploring,” the advertisement said."},
		{"slogan", "Its slogan, Get Started Now: Download the App, cost a million.", "Its slogan, Get Started Now: Download the App, cost a million."},
		{"dive", "Ready to dive into gardening? Here is how.\n\nBuy an app.", "Ready to dive into gardening? Here is how.\n\nBuy an app."},
		{"application", "Download the application form.\n\nAn app will not do.", "Download the application form.\n\nAn app will not do."},
		{"app store", "Download the Corvid app from the App Store and you get a form of nine pages.", "Download the Corvid app from the App Store and you get a form of nine pages."},
		{"middle", "Ilse left.\n\nDOWNLOAD THE APP\n\nOskar came.", "Ilse left.\n\nOskar came."},
		{"behind a sentence", "Ilse left. DOWNLOAD THE APP", "Ilse left."},
		{"shops", "Ilse left.\napp-storeplay-store", "Ilse left."},
		{"many", strings.Repeat("Ilse left.\n\nDOWNLOAD THE APP\n\n", 2000) + "Oskar came.", strings.Repeat("Ilse left.\n\n", 2000) + "Oskar came."},
		{"only", "DOWNLOAD THE APP\n\nGet Started Now: Download the App", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, _ := cutBanners(test.text, false); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

// TestFamilyAsText reads cards from pages saved as text, with what may stand
// between and behind them.
func TestFamilyAsText(t *testing.T) {
	const layout = "{title}\n{title}\n\n{by}\n\ntime{date}\n\n  • {category}\n  • {by}\n\n{title}\n\n{body}\n\n"
	a, b := corvid, tallis
	b.category = "Banks"
	for name, tail := range map[string]string{
		"nothing": "", "numbers": "1 2 3\n", "lines": "1\n2\n3\nNext ›\n", "older": "Older posts\n", "more": "Show more stories\n\n", "tags": "#PeopleMoves#Corvid\n",
		"related": "Related\n\nMore news\n", "again": a.title + "\n" + a.title + "\n\n" + a.by + "\n\ntime" + a.date + "\n\n" + a.body[:50] + "…\n\n",
	} {
		t.Run(name, func(t *testing.T) {
			page := "logo\n#\n\nLatest news with #CorvidOptics\n\n" + a.in(layout) + b.in(layout) + tail + "\nDOWNLOAD THE APP\n\nGet Started Now: Download the App\napp-storeplay-store\n"
			rd := read(t, extract.Page{At: fetched, Body: []byte(page)})
			if len(rd.Articles) != 2 {
				t.Fatalf("%d articles, want 2", len(rd.Articles))
			}
			for i, x := range []told{a, b} {
				got := rd.Articles[i]
				if got.Title != x.title || got.Publisher != x.by || got.Text != x.body || len(got.Categories) != 1 || got.Categories[0] != x.category {
					t.Errorf("got %s", brief(got))
				}
			}
		})
	}
}

func TestPagerLine(t *testing.T) {
	for line, want := range map[string]bool{
		"2": true, "1 2 3": true, "‹ Previous 1 2 … 9 Next ›": true, "Page 2 of 9": true, "→": true, "Older posts": true, "Seite 1 von 9": true, "Weiter »": true, "次へ": true,
		"Ilse Marlow": false, "2025 was a good year": false, "More of the same": false, "Next week": false, "Left Corvid: 2023": false,
	} {
		if got := pagerLine(line); got != want {
			t.Errorf("%q: %v, want %v", line, got, want)
		}
	}
}
