package content

import (
	"testing"

	"tenure/extract"
)

// Pages as plain as these are rare on the web and common in tests, archives
// and little sites: nothing of their text may be lost.
var smallPages = []struct{ name, body, title, text string }{
	{"one paragraph", `<h1>Courier names an editor</h1><p>The Courier has named Ana Ruiz its editor.</p>`,
		"Courier names an editor", "The Courier has named Ana Ruiz its editor."},
	{"menu and footer", `<header><a href="/">The Courier</a><nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav></header><main><h1>Courier names an editor</h1><p class="byline">By Mara Linden</p><p>The Courier has named Ana Ruiz its editor. She begins in June.</p><p>Her predecessor, Bo Li, left in March after nine years.</p></main><footer><p>© 2025 The Courier</p><p><a href="/privacy">Privacy</a></p></footer>`,
		"Courier names an editor", "The Courier has named Ana Ruiz its editor. She begins in June.\n\nHer predecessor, Bo Li, left in March after nine years."},
	{"label list", `<h1>Where the founders went</h1><p>Three people have left Lumen. The list below shows where they went.</p><h3>Ana Ruiz</h3><p>Left Lumen: March 2024</p><p>Time at Lumen: 3 years</p><h3>Bo Li</h3><p>Current role: Editor at Courier</p><p>Left Lumen: 2023</p>`,
		"Where the founders went", "Three people have left Lumen. The list below shows where they went.\n\nAna Ruiz\n\nLeft Lumen: March 2024\n\nTime at Lumen: 3 years\n\nBo Li\n\nCurrent role: Editor at Courier\n\nLeft Lumen: 2023"},
	{"label items", `<h1>Where the founders went</h1><p>Three people have left Lumen.</p><ul><li><strong>Ana Ruiz</strong><br>Left Lumen: March 2024<br>Time at Lumen: 3 years</li><li><strong>Bo Li</strong><br>Left Lumen: 2023</li></ul>`,
		"Where the founders went", "Three people have left Lumen.\n\nAna Ruiz\nLeft Lumen: March 2024\nTime at Lumen: 3 years\nBo Li\nLeft Lumen: 2023"},
	{"table", `<h1>Where the founders went</h1><p>Three people have left Lumen.</p><table><thead><tr><th>Name</th><th>Left Lumen</th></tr></thead><tbody><tr><td>Ana Ruiz</td><td>March 2024</td></tr><tr><td>Bo Li</td><td>2023</td></tr></tbody></table>`,
		"Where the founders went", "Three people have left Lumen.\n\nAna Ruiz\nLeft Lumen: March 2024\n\nBo Li\nLeft Lumen: 2023"},
	{"divs", `<div id="page"><div class="top">The Courier</div><div class="story"><h1>Courier names an editor</h1><div>The Courier has named Ana Ruiz its editor. She begins in June.</div><div>Her predecessor, Bo Li, left in March after nine years.</div></div></div>`,
		"Courier names an editor", "The Courier has named Ana Ruiz its editor. She begins in June.\nHer predecessor, Bo Li, left in March after nine years."},
	{"app banner", `<h1>Courier names an editor</h1><p>The Courier has named Ana Ruiz its editor.</p><p>Readers who use its app will see her column on Monday.</p><div class="app-banner"><p>DOWNLOAD THE APP</p><p>Get it on Google Play</p></div>`,
		"Courier names an editor", "The Courier has named Ana Ruiz its editor.\n\nReaders who use its app will see her column on Monday."},
}

func TestSmallPages(t *testing.T) {
	for _, test := range smallPages {
		t.Run(test.name, func(t *testing.T) {
			page := "<!DOCTYPE html><html><head><title>" + test.title + "</title></head><body>" + test.body + "</body></html>"
			rd := read(t, extract.Page{URL: "http://127.0.0.1:4711/news/1", Type: "text/html", Body: []byte(page)})
			if len(rd.Articles) != 1 {
				t.Fatalf("%d articles, want 1", len(rd.Articles))
			}
			if a := rd.Articles[0]; a.Title != test.title || a.Text != test.text {
				t.Errorf("title %q\ngot  %q\nwant %q", a.Title, a.Text, test.text)
			}
		})
	}
}
