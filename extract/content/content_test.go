package content

import (
	"context"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"tenure/extract"
)

var fragmentTests = []struct{ name, src, want string }{
	{"breaks", `<p><strong>Ana Ruiz</strong><br>Current role: Editor at Courier<br>Left Herald: March 2024</p><p><strong>Bo Li</strong><br>Left Herald: 2023</p>`,
		"Ana Ruiz\nCurrent role: Editor at Courier\nLeft Herald: March 2024\n\nBo Li\nLeft Herald: 2023"},
	{"heading with link", `<h3><a href="/p/1">Ana Ruiz</a></h3><p><b>Left Herald:</b>&nbsp;Sept. 2021<br/><b>Time at Herald:</b>&nbsp;14&nbsp;years</p>`,
		"Ana Ruiz\n\nLeft Herald: Sept. 2021\nTime at Herald: 14 years"},
	{"definitions", `<dl><dt>Name</dt><dd>Ana Ruiz</dd><dt>Left Herald</dt><dd>Q4 2023</dd></dl>`, "Ana Ruiz\nLeft Herald: Q4 2023"},
	{"glued", `<p>Ana Ruiz<strong>Left Herald:</strong> July 2024<strong>Time at Herald:</strong> 2 years</p>`, "Ana Ruiz\nLeft Herald: July 2024\nTime at Herald: 2 years"},
	{"banner and footer", `<div class="app-banner">Download the app: 4.5 stars</div><article><h4>Ana Ruiz</h4><p>Left Herald: October 2023</p></article><footer>Joined by 5,000 readers</footer>`,
		"Ana Ruiz\n\nLeft Herald: October 2023"},
	{"figure", `<h3>Ana Ruiz</h3><figure><img alt="Ana Ruiz"><figcaption>Getty Images</figcaption></figure><p>Current role: Editor</p><p>Left Herald: March 2020</p>`,
		"Ana Ruiz\n\nCurrent role: Editor\n\nLeft Herald: March 2020"},
	{"table", `<table><tr><th>Name</th><th>Role</th><th>Left Herald</th></tr><tr><td>Ana Ruiz</td><td>—</td><td>May 2024</td></tr></table>`, "Ana Ruiz\nLeft Herald: May 2024"},
	{"slides", `<div class="slide"><h3>Ana Ruiz</h3><div><b>Left Herald</b>:&nbsp;Early 2023</div><div><b>Time at Herald</b>:&nbsp;7 years</div></div>`, "Ana Ruiz\n\nLeft Herald: Early 2023\nTime at Herald: 7 years"},
	{"list", `<ul><li><b>Ana Ruiz</b> Left Herald: 2023</li><li>Bo Li Left Herald: 2024</li></ul>`, "Ana Ruiz Left Herald: 2023\nBo Li Left Herald: 2024"},
}

func TestFragments(t *testing.T) {
	for _, test := range fragmentTests {
		t.Run(test.name, func(t *testing.T) {
			rd := read(t, extract.Page{Body: []byte(test.src)})
			if len(rd.Articles) != 1 {
				t.Fatalf("%d articles, want 1", len(rd.Articles))
			}
			if got := rd.Articles[0].Text; got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestNothingToRead(t *testing.T) {
	for _, test := range []struct{ name, kind, body, reason string }{
		{"empty", "text/html", "", "empty"},
		{"white space", "", " \n\t ", "empty"},
		{"no text", "text/html", "<html><body><script>x</script></body></html>", "empty"},
		{"picture", "image/png", "\x89PNG\r\n\x1a\n\x00\x00", "binary"},
		{"document", "text/html", "%PDF-1.7\n%\xe2\xe3", "binary"},
		{"data", "application/json", `{"a":1}`, "not-html"},
		{"style", "text/css", "p { color: red }", "not-html"},
		{"only tags", "text/html", strings.Repeat("<p>", 1000), "empty"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var r Reader
			_, err := r.Read(context.Background(), extract.Page{Type: test.kind, Body: []byte(test.body)})
			var e *Error
			if !errors.As(err, &e) || e.Reason != test.reason {
				t.Errorf("error %v, want reason %q", err, test.reason)
			}
		})
	}
}

func TestHostile(t *testing.T) {
	news := "<p>The board met on Monday and named a new editor, who begins in June.</p>"
	for _, test := range []struct{ name, body, degraded string }{
		{"deep", strings.Repeat("<div>", 100_000) + news, "nested too deep"},
		{"attributes", "<a " + strings.Repeat("a ", 1_000_000) + ">" + news, "too many attributes"},
		{"elements", strings.Repeat("<i></i>", 200_000) + news, "too many elements"},
		{"formatting", news + strings.Repeat("<font><p>", 1_000_000), "cut at"},
		{"paragraphs", news + strings.Repeat("<p>", 10<<20), "cut at"},
	} {
		t.Run(test.name, func(t *testing.T) {
			rd := read(t, extract.Page{Type: "text/html", Body: []byte("<html><body>" + test.body)})
			if len(rd.Articles) != 1 || !strings.Contains(rd.Articles[0].Text, "named a new editor") {
				t.Fatalf("articles: %+v", rd.Articles)
			}
			if !strings.HasPrefix(rd.Degraded, test.degraded) || rd.Articles[0].Degraded != rd.Degraded {
				t.Errorf("degraded %q, want %q", rd.Degraded, test.degraded)
			}
		})
	}
}

func TestPlainText(t *testing.T) {
	for _, test := range []struct{ name, body, title, text string }{
		{"kept as it is", "Ana Ruiz\r\nLeft Herald:  2021\n\n  - one", "", "Ana Ruiz\nLeft Herald:  2021\n\n  - one"},
		{"headline", "Courier names Ana Ruiz its editor\n\nThe Courier, a daily of the north coast, has named Ana Ruiz its editor from the first of June on.",
			"Courier names Ana Ruiz its editor", "Courier names Ana Ruiz its editor\n\nThe Courier, a daily of the north coast, has named Ana Ruiz its editor from the first of June on."},
		{"signs", "a < b and c > d", "", "a < b and c > d"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := read(t, extract.Page{Type: "text/plain", Body: []byte(test.body)}).Articles[0]
			if a.Title != test.title || a.Text != test.text {
				t.Errorf("title %q, text %q", a.Title, a.Text)
			}
		})
	}
}

func TestCharsets(t *testing.T) {
	for _, test := range []struct{ name, kind, body, want string }{
		{"utf-8", "", "<p>Georg Weiß</p>", "Georg Weiß"},
		{"utf-8 called latin", "text/html; charset=iso-8859-1", "<p>Georg Weiß</p>", "Georg Weiß"},
		{"header", "text/html; charset=iso-8859-2", "<p>Wa\xb3\xeasa</p>", "Wałęsa"},
		{"meta", "text/html", "<meta charset=windows-1251><p>\xcc\xee\xf1\xea\xe2\xe0</p>", "Москва"},
		{"nothing said", "text/html", "<p>Georg Wei\xdf</p>", "Georg Weiß"},
		{"called utf-8 but latin", "text/html; charset=utf-8", "<p>Georg Wei\xdf</p>", "Georg Weiß"},
		{"mark", "", "\xef\xbb\xbf<p>Weiß</p>", "Weiß"},
		{"utf-16", "", "\xff\xfe<\x00p\x00>\x00W\x00e\x00i\x00\xdf\x00", "Weiß"},
		{"cut inside a character", "text/html; charset=utf-8", "<p>Georg Weiß, Zürich, Jürgen \xc3", "Georg Weiß, Zürich, Jürgen"},
		{"encoded twice", "text/html; charset=utf-8", "<p>JÃ¼rgen WeiÃ\u009f said â\u0080\u009cnoâ\u0080\u009d</p>", "Jürgen Weiß said “no”"},
		{"encoded twice by windows", "text/html; charset=utf-8", "<p>JÃ¼rgen WeiÃŸ said â€œnoâ€\u009d</p>", "Jürgen Weiß said “no”"},
		{"only once", "text/html; charset=utf-8", "<p>Ã¼, Ã¶ and Ã¤ are what you see of ü</p>", "Ã¼, Ã¶ and Ã¤ are what you see of ü"},
		{"japanese", "text/html; charset=shift_jis", "<p>\x93\xfa\x96{</p>", "日本"},
	} {
		t.Run(test.name, func(t *testing.T) {
			rd := read(t, extract.Page{Type: test.kind, Body: []byte(test.body)})
			if got := rd.Articles[0].Text; got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	for _, test := range fragmentTests {
		f.Add(test.src, "text/html", "")
	}
	for _, layout := range cardLayouts {
		card := fillCard(layout, cardURL, cardTitle, "The Courier", "20 hours ago", "News,The Courier", cardBody)
		f.Add("<html><h1>Latest news with #X</h1>"+card+appBanners["split"], "text/html", "http://h/en/tag/X")
	}
	f.Fuzz(func(t *testing.T, body, kind, url string) {
		var r Reader
		p := extract.Page{URL: url, Type: kind, At: fetched, Body: []byte(body)}
		rd, err := r.Read(context.Background(), p)
		again, err2 := r.Read(context.Background(), p)
		if (err == nil) != (err2 == nil) || len(rd.Articles) != len(again.Articles) {
			t.Fatalf("not stable: %v, %v", err, err2)
		}
		for i, a := range rd.Articles {
			if !utf8.ValidString(a.Text) || !utf8.ValidString(a.Title) {
				t.Errorf("text is not UTF-8: %q", a.Text)
			}
			if a.Text != again.Articles[i].Text {
				t.Errorf("first %q, then %q", a.Text, again.Articles[i].Text)
			}
			if a.Text != strings.TrimSpace(a.Text) {
				t.Errorf("space around %q", a.Text)
			}
		}
	})
}
