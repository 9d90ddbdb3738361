package content

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"tenure/extract"
)

// What every rendering of the card family below tells.
const (
	cardTitle  = "Three founders of Lumen Systems are out. Their rivals were waiting."
	cardBody   = "Lumen Systems opened with nine engineers and a borrowed oven. Its app has won a prize, and anyone may download the app for nothing. The list below shows where they went. Renata Vossler Current role: Head of Optics at Carl Zeiss Left Lumen: March 2025 Time at Lumen: 5 years, 2 months"
	cardURL    = "/en/article/0a1b2c3d4e5f60718293a4b5c6d7e8f9"
	otherURL   = "/en/article/ffeeddccbbaa99887766554433221100"
	otherTitle = "Zeiss hires an optics chief"
	otherBody  = "Renata Vossler begins on Monday. She brings two patents with her."
)

var fetched = time.Date(2025, 6, 1, 10, 0, 0, 0, time.UTC)

// cardLayouts are ways to mark up one card: title, link, publisher, date,
// list and body.
var cardLayouts = map[string]string{
	"sections":      `<section><a href="{url}"><img src="/1.jpg" alt="{title}"><h2>{title}</h2></a><div><p>{by}</p><p><img alt="time">{date}</p></div><ul>{list}</ul><h3>{title}</h3><p>{body}</p></section>`,
	"two links":     `<div class="x1"><a href="{url}"><img alt="{title}"></a><a href="{url}"><span>{title}</span></a><span>{by}</span><span><img alt="time"/>{date}</span><ul>{list}</ul><a href="{url}">{title}</a><div>{body}</div></div>`,
	"flat":          `<a href="{url}"><img alt="{title}">{title}</a><br>{by}<br><img alt="time">{date}<ul>{list}</ul><h2>{title}</h2>{body}`,
	"title outside": `<article><a href="{url}"><img alt="{title}"></a><h2>{title}</h2><p>{by}</p><div><img alt="time"><time>{date}</time></div><ol>{list}</ol><p><b>{title}</b></p><div><p>{body}</p></div></article>`,
	"inline":        `<div><a href="{url}"><img alt="{title}"><p>{title}</p></a><p><span>{by}</span><img alt="time"><span>{date}</span></p><ul>{list}</ul><p>{title}</p><section>{body}</section></div>`,
	"padded":        `<li><div><a href="{url}"> <img alt=" {title} "> <div> {title} </div> </a></div> <div> {by} </div> <div> <img alt="time"> {date} </div> <div><ul>{list}</ul></div> <h4> {title} </h4> <article> {body} </article></li>`,
}

// appBanners are ways to mark up the banner.
var appBanners = map[string]string{
	"headings": `<div><h4>DOWNLOAD THE APP</h4><h5>Get Started Now: Download the App</h5><p>Ready to dive into a world of global content with local flavor? Download Daily8 app today from your preferred app store and start exploring.</p><a href="https://a.example"><img alt="app-store"></a><a href="https://b.example"><img alt="play-store"></a></div>`,
	"spans":    ` <span>DOWNLOAD THE APP</span><span>Get Started Now: Download the App</span><span>Ready to dive into a world of stories? Download Daily8 app today from your preferred app store and start exploring.</span><img alt="app-store"><img alt="play-store">`,
	"one line": `<p>DOWNLOAD THE APP Get Started Now: Download the App Ready to dive into a world of stories? Download Daily8 app today from your preferred app store and start exploring. app-storeplay-store</p>`,
	"breaks":   `<br>DOWNLOAD THE APP<br>Get Started Now: <b>Download the App</b><br>Ready to dive into a world of stories? Download Daily8 app today from your preferred app store and <i>start exploring</i>.`,
	"split":    `<div>Ready to dive into a world of stories?</div><div>Download Daily8 app today from your preferred app store and start exploring.</div><div>app-store</div><div>play-store</div>`,
}

func fillCard(layout, url, title, by, date, list, body string) string {
	items := ""
	for _, i := range strings.Split(list, ",") {
		items += "<li>" + i + "</li>"
	}
	return strings.NewReplacer("{url}", url, "{title}", title, "{by}", by, "{date}", date, "{list}", items, "{body}", body).Replace(layout)
}

func read(t testing.TB, p extract.Page) extract.Reading {
	t.Helper()
	var r Reader
	rd, err := r.Read(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return rd
}

// brief writes what a test compares of an article.
func brief(a *extract.Article) string {
	return fmt.Sprintf("%s|%s|%s|%s|%s|%v|%v|%v|%s", a.URL, a.Site, a.Publisher, a.Title, a.Published, a.Tags, a.Categories, a.Inline, a.Text)
}

func TestCardLayouts(t *testing.T) {
	const host = "http://127.0.0.1:4711"
	want := []string{
		brief(&extract.Article{URL: host + cardURL, Site: "Daily8", Publisher: "Business Insider", Title: cardTitle, Published: extract.Day(2025, 5, 26), Tags: []string{"RenataVossler"}, Categories: []string{"Business"}, Inline: true, Text: cardBody}),
		brief(&extract.Article{URL: host + otherURL, Site: "Daily8", Publisher: "The Jena Courier", Title: otherTitle, Published: extract.Day(2025, 5, 31), Tags: []string{"RenataVossler"}, Inline: true, Text: otherBody}),
	}
	for name, layout := range cardLayouts {
		for bannerName, banner := range appBanners {
			for _, n := range []int{1, 2} {
				t.Run(fmt.Sprintf("%s/%s/%d", name, bannerName, n), func(t *testing.T) {
					page := `<html><head><title>#RenataVossler</title></head><body><img alt="logo"><div>#</div><h1>Latest news with #RenataVossler</h1>` +
						fillCard(layout, cardURL, cardTitle, "Business Insider", "26-05-2025", "Business,Business Insider", cardBody)
					if n == 2 {
						page += fillCard(layout, otherURL, otherTitle, "The Jena Courier", "20 hours ago", "The Jena Courier", otherBody)
					}
					rd := read(t, extract.Page{URL: host + "/en/tag/RenataVossler", Type: "text/html; charset=utf-8", At: fetched, Body: []byte(page + banner + "</body></html>")})
					if len(rd.Articles) != n {
						t.Fatalf("%d articles, want %d", len(rd.Articles), n)
					}
					for i, a := range rd.Articles {
						if got := brief(a); got != want[i] {
							t.Errorf("card %d\ngot  %s\nwant %s", i, got, want[i])
						}
					}
				})
			}
		}
	}
}

func TestOwnPage(t *testing.T) {
	const host = "http://127.0.0.1:4711"
	want := brief(&extract.Article{URL: host + cardURL, Site: "Daily8", Publisher: "Business Insider", Title: cardTitle, Published: extract.Day(2025, 5, 26), Text: cardBody})
	saved := brief(&extract.Article{Site: "Daily8", Publisher: "Business Insider", Title: cardTitle, Published: extract.Day(2025, 5, 26), Text: cardBody})
	for name, head := range map[string]string{
		"glued":      `<h1>{title}</h1><img alt="{title}"><h2>{title}</h2><p>Business Insider26-05-2025</p>`,
		"spans":      `<h1>{title}</h1><p>{title}</p><div><span>Business Insider</span><span>26-05-2025</span></div>`,
		"clock":      `<h1>{title}</h1><p>{title}</p><div>Business Insider</div><img alt="time">26-05-2025`,
		"breadcrumb": `<nav><a href="/en">Home</a></nav><div>{title}</div><h1>{title}</h1><div><p>Business Insider</p><p>26-05-2025</p></div>`,
	} {
		for bannerName, banner := range appBanners {
			t.Run(name+"/"+bannerName, func(t *testing.T) {
				page := `<html><head><title>` + cardTitle + ` | Daily8</title></head><body><img alt="logo">` + strings.ReplaceAll(head, "{title}", cardTitle) + `<div>` + cardBody + `</div>` + banner
				rd := read(t, extract.Page{URL: host + cardURL, Type: "text/html", At: fetched, Body: []byte(page)})
				if len(rd.Articles) != 1 {
					t.Fatalf("%d articles, want 1", len(rd.Articles))
				}
				if got := brief(rd.Articles[0]); got != want {
					t.Errorf("got  %s\nwant %s", got, want)
				}
				rd = read(t, extract.Page{At: fetched, Body: []byte(page)})
				if got := brief(rd.Articles[0]); got != saved {
					t.Errorf("saved\ngot  %s\nwant %s", got, saved)
				}
			})
		}
	}
}

func TestCardsAsText(t *testing.T) {
	want := brief(&extract.Article{Site: "Daily8", Publisher: "Business Insider", Title: cardTitle, Published: extract.Day(2025, 5, 26), Tags: []string{"RenataVossler"}, Categories: []string{"Business"}, Inline: true, Text: cardBody})
	for name, layout := range map[string]string{
		"seed":       "logo\n#\n\nLatest news with #RenataVossler\n\n{t}\n{t}\n\nBusiness Insider\n\ntime26-05-2025\n\n  • Business\n  • Business Insider\n\n{t}\n\n{b}\n\nDOWNLOAD THE APP\n\nGet Started Now: Download the App\n\nReady to dive into a world of global content with local flavor? Download Daily8 app today from your preferred app store and start exploring.\napp-storeplay-store",
		"hyphens":    "#\nLatest news with #RenataVossler\n{t}\n{t}\nBusiness Insider\ntime 26-05-2025\n- Business\n- Business Insider\n{t}\n{b}\nDOWNLOAD THE APP\nReady to dive into stories? Download Daily8 app today from your preferred app store and start exploring.",
		"no bullets": "Latest news with #RenataVossler\r\n\r\n{t}\r\n\r\nBusiness Insider\r\n\r\n26-05-2025\r\n\r\nBusiness\r\n\r\nBusiness Insider\r\n\r\n{t}\r\n\r\n{b}\r\n\r\nReady to dive into stories? Download Daily8 app today from your preferred app store and start exploring.\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.NewReplacer("{t}", cardTitle, "{b}", cardBody).Replace(layout)
			rd := read(t, extract.Page{At: fetched, Body: []byte(text)})
			if len(rd.Articles) != 1 {
				t.Fatalf("%d articles, want 1", len(rd.Articles))
			}
			if got := brief(rd.Articles[0]); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

// A date that stands alone in a body begins no card.
func TestDatesInBody(t *testing.T) {
	body := "<p>The strike had three days.</p><p>21-05-2025</p><p>The crews walked out.</p><p>4 days ago</p><p>They came back.</p>"
	want := "The strike had three days.\n\n21-05-2025\n\nThe crews walked out.\n\n4 days ago\n\nThey came back."
	card := fillCard(cardLayouts["sections"], cardURL, cardTitle, "The Courier", "26-05-2025", "News,The Courier", body)
	for name, p := range map[string]extract.Page{
		"tag page": {URL: "http://127.0.0.1/en/tag/Ferry", Body: []byte("<h1>Latest news with #Ferry</h1>" + card + appBanners["headings"])},
		"own page": {URL: "http://127.0.0.1" + cardURL, Body: []byte("<h1>" + cardTitle + "</h1><h2>" + cardTitle + "</h2><p>The Courier26-05-2025</p>" + body + appBanners["headings"])},
	} {
		p.At = fetched
		rd := read(t, p)
		if len(rd.Articles) != 1 || rd.Articles[0].Text != want {
			t.Errorf("%s: %+v", name, rd.Articles)
		}
	}
}

func TestEmptyTagPage(t *testing.T) {
	rd := read(t, extract.Page{URL: "http://127.0.0.1/en/tag/Nobody", At: fetched, Body: []byte(`<html><body><h1>Latest news with #Nobody</h1>` + appBanners["headings"])})
	if len(rd.Articles) != 0 {
		t.Errorf("articles: %+v", rd.Articles[0])
	}
}
