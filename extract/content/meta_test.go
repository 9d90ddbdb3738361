package content

import (
	"strings"
	"testing"

	"tenure/extract"
)

// document reads a page's head and blocks for the tests below.
func testDocument(t *testing.T, url, src string) *document {
	t.Helper()
	page, _, err := Prepare(extract.Page{URL: url, Body: []byte(src)})
	if err != nil {
		t.Fatal(err)
	}
	d := newDocument(page, extract.Page{URL: url})
	d.src = []byte(src)
	return d
}

func TestTitle(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"site behind", `<title>Ferry strike ends | The Courier</title><meta property="og:site_name" content="The Courier">`, "Ferry strike ends"},
		{"site before", `<title>The Courier - Ferry strike ends at last</title><meta property="og:site_name" content="The Courier">`, "Ferry strike ends at last"},
		{"dash of its own", `<title>Ferry strike - the ninth day</title>`, "Ferry strike - the ninth day"},
		{"h1 is the site", `<title>Ferry strike ends after nine days</title><body><h1>The Courier</h1><h1>Ferry strike ends after nine days</h1><meta property="og:site_name" content="The Courier">`, "Ferry strike ends after nine days"},
		{"h1 in editors' words", `<title>Ferry strike ends</title><body><h1>Nine days on, the ferry crews go back to work</h1>`, "Nine days on, the ferry crews go back to work"},
		{"filed under the data's", `<link rel="canonical" href="https://news.example/ferry-crews-strike-for-the-ninth-day"><title>Nine days on</title><meta property="og:title" content="Nine days on, and no boat"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry crews strike for the ninth day"}</script><body><h1>Nine days on, and no boat</h1>`, "Ferry crews strike for the ninth day"},
		{"shared title of news", `<title>Ferry crews strike again</title><meta property="og:title" content="Ninth day without a boat to the islands"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry crews strike again"}</script><body><h1>Ferry crews strike again</h1>`, "Ninth day without a boat to the islands"},
		{"h1 of another article", `<title>Our favourite ferries of the coast</title><body><h1>Where the boats go and what they cost</h1><h1><a href="/b">Where to eat on the coast</a></h1>`, "Where the boats go and what they cost"},
		{"references twice over", `<script type="application/ld+json">{"@type":"Article","headline":"Lund &amp;#8217;s end"}</script>`, "Lund ’s end"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := testDocument(t, "https://news.example/ferry-crews-strike-for-the-ninth-day", test.src).title(); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestAuthors(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"data", `<script type="application/ld+json">{"@type":"NewsArticle","author":[{"name":"Ana Ruiz"},{"name":"The Courier"}]}</script><meta property="og:site_name" content="The Courier">`, "Ana Ruiz"},
		{"graph", `<script type="application/ld+json">{"@graph":[{"@type":"Person","@id":"#p","name":"Bo Li"},{"@type":"Article","author":{"@id":"#p"}}]}</script>`, "Bo Li"},
		{"head", `<meta name="author" content="By Ana Ruiz and Bo Li">`, "Ana Ruiz, Bo Li"},
		{"byline", `<h1>Strike ends</h1><p>By Ana Ruiz | 3 June 2025</p><p>Text.</p>`, "Ana Ruiz"},
		{"german", `<h1>Streik beendet</h1><p>Von Jürgen Weiß</p>`, "Jürgen Weiß"},
		{"element", `<h1>Strike ends</h1><div class="post-author"><a rel="author" href="/author/ana">Ana Ruiz</a><span>Editor</span></div>`, "Ana Ruiz"},
		{"degree", `<meta name="author" content="Ana Ruiz, MD">`, "Ana Ruiz, MD"},
		{"month is no name", `<h1>Strike ends</h1><div class="author">June 2025</div>`, ""},
		{"only an office", `<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"The Courier"}}</script><meta property="og:site_name" content="The Courier">`, "The Courier"},
		{"who only helped", `<h1>Strike ends</h1><p>By Ana Ruiz</p><p>Reviewed by Bo Li</p><p>Edited by: Cy Oh</p>`, "Ana Ruiz"},
		{"helped in the same line", `<h1>Strike ends</h1><div class="author">By Ana Ruiz, MD. Reviewed by Bo Li, MD</div>`, "Ana Ruiz, MD"},
		{"word above", `<h1>Strike ends</h1><div>Written by</div><div>Ana Ruiz</div><p>Text.</p>`, "Ana Ruiz"},
		{"behind the date", `<h1>Strike ends</h1><p>Published 3 June 2025 by Ana Ruiz</p>`, "Ana Ruiz"},
		{"bare before the date", `<h1>Strike ends</h1><div>Ana Ruiz</div><div>3 June 2025</div><p>Text.</p>`, "Ana Ruiz"},
		{"bare beside the date", `<h1>Strike ends</h1><div>Ana Ruiz | 03.06.2025 - 14:10</div><p>Text.</p>`, "Ana Ruiz"},
		{"label beside the date", `<h1>Strike ends</h1><div>Ferry News</div><div>3 June 2025</div><p>More ferry news tomorrow.</p>`, ""},
		{"place beside the date", `<h1>Strike ends</h1><div>New York</div><div>3 June 2025</div><p>Text.</p>`, ""},
		{"byline against data", `<meta name="author" content="Bo Li"><h1>Strike ends</h1><p>By Ana Ruiz</p>`, "Ana Ruiz"},
		{"surname you", `<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"Mei You"}}</script>`, "Mei You"},
		{"surname that is a month", `<h1>Strike ends</h1><p>By Tom May</p>`, "Tom May"},
		{"month that was cut", `<h1>Strike ends</h1><p>By Tom Lee May 3, 2025</p>`, "Tom Lee"},
		{"run together", `<h1>Strike ends</h1><div class="byline"><div><span>Ana Ruiz</span> <span>Anna Giulia Fink</span></div></div>`, "Ana Ruiz, Anna Giulia Fink"},
		{"what she does", `<h1>Strike ends</h1><div class="byline">By <a class="author" href="#">Ana Ruiz</a> Chief Harbour Watcher</div>`, "Ana Ruiz"},
		{"box below", `<h1>Strike ends</h1>` + strings.Repeat("<p>Text.</p>", 20) + `<div class="author-box"><b>Ana Ruiz</b></div>`, "Ana Ruiz"},
		{"agencies", `<script type="application/ld+json">{"@type":"NewsArticle","author":[{"name":"Anadolu Ajansı"},{"name":"Deutsche Presse-Agentur"}]}</script>`, "Anadolu Ajansı, Deutsche Presse-Agentur"},
		{"seen office", `<h1>Strike ends</h1><p>by The Harbour Team | Apr 21, 2025</p>`, "The Harbour Team"},
		{"none", `<h1>Strike ends</h1><p>By the time the boats left, it was dark.</p>`, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := strings.Join(testDocument(t, "https://news.example/a", test.src).authors(), ", "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestPublished(t *testing.T) {
	for _, test := range []struct{ name, url, src, want string }{
		{"data with zone", "", `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2025-06-03T08:15:00+02:00"}</script>`, "2025-06-03T08:15:00+02:00"},
		{"without zone a day", "", `<meta property="article:published_time" content="2025-06-03 08:15">`, "2025-06-03"},
		{"line break in data", "", "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\n\"headline\":\"a\nb\",\"datePublished\":\"2025-06-03\"}</script>", "2025-06-03"},
		{"seen", "", `<h1>Strike ends</h1><p class="date">June 3, 2025</p><p>Text.</p>`, "2025-06-03"},
		{"day first by another date", "", `<h1>Strike ends</h1><p class="date">03/06/2025</p><p>Text.</p><p>25/12/2024</p>`, "2025-06-03"},
		{"month first by language", "", `<html lang="en-US"><h1>Strike ends</h1><p class="date">06/03/2025</p><p>Text.</p>`, "2025-06-03"},
		{"either order", "", `<html lang="en"><h1>Strike ends</h1><p class="date">06/03/2025</p><p>Text.</p>`, ""},
		{"address", "https://news.example/2025/06/03/strike", `<h1>Strike ends</h1>`, "2025-06-03"},
		{"day seen against data", "", `<meta property="article:published_time" content="2024-08-07T12:01:51Z"><h1>Strike ends</h1><p class="date">Dec 30, 2013</p><p>Text.</p>`, "2013-12-30"},
		{"last change seen", "", `<meta property="article:published_time" content="2013-12-30T12:01:51Z"><meta property="article:modified_time" content="2024-08-07T12:01:51Z"><h1>Strike ends</h1><p class="date">August 7, 2024</p><p>Text.</p>`, "2013-12-30T12:01:51Z"},
		{"update seen", "", `<meta property="article:published_time" content="2013-12-30T12:01:51Z"><h1>Strike ends</h1><p class="date">Updated August 7, 2024</p><p>Text.</p>`, "2013-12-30T12:01:51Z"},
		{"news is believed", "", `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-08-07"}</script><h1>Strike ends</h1><p class="date">Dec 30, 2013</p><p>Text.</p>`, "2024-08-07"},
		{"data in another order", "", `<meta property="article:published_time" content="2024-09-10"><h1>Strike ends</h1><p class="date">09.10.2024</p><p>Text.</p>`, "2024-09-10"},
		{"either order, named below", "", `<h1>Strike ends</h1><p>02-12-2025</p><p>Text.</p><ul><li>December 2, 2025</li></ul>`, "2025-12-02"},
		{"month in the address", "https://news.example/2023/october/03/wine", `<h1>Strike ends</h1><p>03/10/2023</p>`, "2023-10-03"},
		{"year first", "", `<meta name="citation_publication_date" content="2023 Jan 7"><h1>Strike ends</h1>`, "2023-01-07"},
		{"earliest of the published", "", `<meta name="published-time" content="2026-03-09T08:45:32Z"><meta name="published-date" content="2021-02-16"><h1>Strike ends</h1>`, "2021-02-16"},
		{"caption is no date", "", `<html lang="de"><h1>Streik endet</h1><p>Die Boote liegen seit Tagen im Hafen, 24. April 2023</p><p>Text.</p>` + strings.Repeat("<p>Text.</p>", 20) + `<p>Datum 28.04.2023</p>`, "2023-04-28"},
		{"product's date", "", `<h1>Books of the month</h1><p>by Amanda · Dec 20, 2025 at 3:00 am · One comment so far</p><p>Released: June 17, 2025</p>`, "2025-12-20"},
		{"first published", "", `<h1>Strike ends</h1><p class="date">30 Sep 2022</p><p>Text.</p><p>This article was originally published on 26 Sep 2019.</p>`, "2019-09-26"},
		{"address in the site's zone", "https://news.example/2025/06/03/strike", `<meta property="article:published_time" content="2025-06-04T02:41:41Z"><h1>Strike ends</h1>`, "2025-06-03"},
		{"that zone given", "https://news.example/2025/06/03/strike", `<meta property="article:published_time" content="2025-06-04T02:41:41Z"><h1>Strike ends</h1><time datetime="2025-06-03T19:41:41-07:00">Tuesday</time>`, "2025-06-03T19:41:41-07:00"},
		{"address no zone explains", "https://news.example/2025/06/03/strike", `<meta property="article:published_time" content="2025-06-04T15:00:00Z"><h1>Strike ends</h1>`, "2025-06-04T15:00:00Z"},
		{"seen before the data's day", "", `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2025-06-04","dateModified":"2025-06-04"}</script><h1>Strike ends</h1><p class="date">3 June 2025</p><p>Text.</p>`, "2025-06-03"},
		{"time in a way of its own", "", `<h1>Strike ends</h1><p><time datetime="2025-06-03T15:55:39-08:00">06/03 — 2025</time></p><p>Text.</p>`, "2025-06-03T15:55:39-08:00"},
		{"time of a month", "", `<h1>Strike ends</h1><p><time datetime="2025-06-03T12:00:00Z">June 2025</time></p><p>Text.</p>`, ""},
		{"only day, below", "", `<article><h1>Strike ends</h1>` + strings.Repeat("<p>Text.</p>", 20) + `<footer><span class="article-date"><time datetime="2025-06-03">June 3, 2025</time></span></footer></article>`, "2025-06-03"},
		{"only day, beside", "", `<h1>Strike ends</h1>` + strings.Repeat("<p>Text.</p>", 20) + `<aside><h3>Published</h3><p><time>June 3, 2025</time></p></aside>`, "2025-06-03"},
		{"one of many days", "", `<h1>Strike ends</h1>` + strings.Repeat("<p>Text.</p>", 20) + `<aside><p><time>June 3, 2025</time></p><p><time>June 4, 2025</time></p></aside>`, ""},
		{"only day, of the last change", "", `<meta property="article:modified_time" content="2025-06-03T12:00:00Z"><h1>Strike ends</h1>` + strings.Repeat("<p>Text.</p>", 20) + `<aside><p><time>June 3, 2025</time></p></aside>`, ""},
		{"data of a post", "", `<h1>Strike ends</h1><script>{"slug":"strike","date":"2025-06-03T06:59:34","status":"publish"}</script>`, "2025-06-03"},
		{"copyright is no date", "", `<h1>Strike ends</h1><p>Text.</p><footer>© 3 June 2025 The Courier</footer>`, ""},
		{"none", "", `<h1>Strike ends</h1><p>On 3 June 2019 the crews had walked out for the first time, and the company gave in after a day that nobody on the coast forgot, least of all those who had waited at the quay.</p>`, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := testDocument(t, test.url, test.src).published().String(); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestFindDay(t *testing.T) {
	for _, test := range []struct {
		text string
		o    order
		want string
	}{
		{"26-05-2025", dayFirst, "2025-05-26"}, {"5/6/2025", monthFirst, "2025-05-06"}, {"5/6/2025", noOrder, ""}, {"5/5/2025", noOrder, "2025-05-05"},
		{"13/6/2025", monthFirst, "2025-06-13"}, {"2025/06/05", noOrder, "2025-06-05"}, {"5.6.2025", noOrder, "2025-06-05"}, {"20250605", noOrder, "2025-06-05"},
		{"3. Mai 2024", noOrder, "2024-05-03"}, {"1er février 2024", noOrder, "2024-02-01"}, {"3 de mayo de 2024", noOrder, "2024-05-03"},
		{"Thursday, September 4th, 2025", noOrder, "2025-09-04"}, {"Sept. 4, 2025", noOrder, "2025-09-04"}, {"2025年6月5日", noOrder, "2025-06-05"},
		{"佐藤花子2025年6月5日 21時37分", noOrder, "2025-06-05"}, {"２０２５年６月５日（木）", noOrder, "2025-06-05"}, {"2025 年 6 月 5 日", noOrder, "2025-06-05"},
		{"令和7年6月5日", noOrder, "2025-06-05"}, {"2025년 6월 5일", noOrder, "2025-06-05"}, {"5 มิถุนายน 2568", noOrder, "2025-06-05"},
		{"2025. 6. 5.", noOrder, "2025-06-05"}, {"2025年6月", noOrder, ""}, {"2025年13月5日", noOrder, ""}, {"20251年6月5日", noOrder, ""}, {"令和700年6月5日", noOrder, ""},
		{"12 мая 2024 г.", noOrder, "2024-05-12"}, {"31/02/2025", dayFirst, ""}, {"May 2024", noOrder, ""}, {"1.2.3.4", dayFirst, ""}, {"", dayFirst, ""},
	} {
		st, n := findDay(test.text, test.o)
		if st.String() != test.want || n > len(test.text) {
			t.Errorf("%q: got %q up to %d, want %q", test.text, st, n, test.want)
		}
	}
}

func FuzzFindDay(f *testing.F) {
	for _, s := range []string{"26-05-2025", "3. Mai 2024", "2025年6月5日", "２０２５年６月５日", "令和7年6月5日", "May 4th, 2025", "20250605"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, o := range []order{noOrder, dayFirst, monthFirst} {
			if st, n := findDay(s, o); n < 0 || n > len(s) || n == 0 != st.IsZero() {
				t.Errorf("%q: %v up to %d", s, st, n)
			}
		}
		if _, ok := readClock(s, fetched); ok && s == "" {
			t.Error("a date in nothing")
		}
	})
}
