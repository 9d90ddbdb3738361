package content

import (
	"fmt"
	"strings"
	"testing"

	"tenure/extract"
)

const liveFrame = `<!doctype html><html lang="en"><head><title>%[1]s | The Harbour Ledger</title><meta property="og:site_name" content="The Harbour Ledger"><meta property="article:published_time" content="2025-06-03T06:00:00Z">%[3]s</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li><li><a href="/live">Live</a></li></ul></nav>
<main><h1>%[1]s</h1><p>The crews of the island ferries are deciding today whether they go back to work, and we follow the vote in the harbour hall as it happens.</p>
%[2]s
</main><footer><p>© 2025 The Harbour Ledger</p></footer></body></html>`

// liveEntries are what three entries of a live page say.
var liveEntries = []struct{ id, time, title, text string }{
	{"e3", "2025-06-03T12:31:00Z", "Lumen loses its second founder", "Renata Vossler has left Lumen Systems and joins the ferry company as its chief of engines, both said in the hall this afternoon."},
	{"e2", "2025-06-03T11:05:00Z", "The vote has begun", "Some four hundred members of the crews are queueing in front of the hall, and the counting will take until the evening boat."},
	{"e1", "2025-06-03T08:57:00Z", "Quiet at the quay", "No boat has left since the night, and the company says that none will before the result of the vote is known to everybody."},
}

func liveBody(layout string) string {
	var b strings.Builder
	for _, e := range liveEntries {
		b.WriteString(strings.NewReplacer("{id}", e.id, "{time}", e.time, "{clock}", e.time[11:16], "{title}", e.title, "{text}", e.text).Replace(layout))
	}
	return b.String()
}

func TestLivePage(t *testing.T) {
	const title = "Ferry vote live: crews decide"
	updates := `<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"` + title + `","liveBlogUpdate":[` + strings.TrimSuffix(liveBody(`{"@type":"BlogPosting","headline":"{title}","articleBody":"{text}","datePublished":"{time}","url":"https://ledger.example/ferry-vote#{id}"},`), ",") + `]}</script>`
	for _, test := range []struct{ name, body, head, published string }{
		{"articles", liveBody(`<article id="{id}"><time datetime="{time}">{clock}</time><h2>{title}</h2><p>{text}</p></article>`), "", "2025-06-03T12:31:00Z"},
		{"boxes with a clock", liveBody(`<div class="live-entry" id="{id}"><span>{clock}</span><h3>{title}</h3><div><p>{text}</p></div></div>`), "", "2025-06-03"},
		{"list", "<ol>" + liveBody(`<li class="event" id="{id}"><div><time datetime="{time}">21 mins ago {clock}</time></div><strong>{title}</strong><br>{text}</li>`) + "</ol>", "", "2025-06-03T12:31:00Z"},
		{"headings", `<div class="text">` + liveBody(`<h2 id="{id}">{clock} Uhr: {title}</h2><p>{text}</p>`) + `</div>`, "", "2025-06-03"},
		{"data only", `<div id="app"></div>`, updates, "2025-06-03T12:31:00Z"},
		{"data and articles", liveBody(`<article id="{id}"><span>{clock}</span><h2>{title}</h2><p>{text}</p></article>`), updates, "2025-06-03T12:31:00Z"},
	} {
		t.Run(test.name, func(t *testing.T) {
			rd := read(t, extract.Page{URL: "https://ledger.example/ferry-vote-live", Type: "text/html", Body: []byte(fmt.Sprintf(liveFrame, title, test.body, test.head))})
			if len(rd.Articles) != 1+len(liveEntries) {
				t.Fatalf("%d articles, want %d", len(rd.Articles), 1+len(liveEntries))
			}
			own := rd.Articles[0]
			if own.URL != "https://ledger.example/ferry-vote-live" || own.Title != title || own.Inline || !strings.HasPrefix(own.Text, "The crews of the island ferries") || strings.Contains(own.Text, "Vossler") {
				t.Errorf("the page's own: %+v", own)
			}
			seen := make(map[string]bool)
			for i, e := range liveEntries {
				a := rd.Articles[i+1]
				if a.Title != e.title || a.Text != e.text || !a.Inline || a.Site != "The Harbour Ledger" {
					t.Errorf("entry %d: title %q, text %q", i, a.Title, a.Text)
				}
				if !strings.HasPrefix(a.URL, own.URL+"#") || seen[a.URL] {
					t.Errorf("entry %d: address %q", i, a.URL)
				}
				seen[a.URL] = true
			}
			if got := rd.Articles[1].Published.String(); got != test.published {
				t.Errorf("published %s, want %s", got, test.published)
			}
		})
	}
}

// What is no live page comes out as one article, whatever stands below it.
func TestNotLive(t *testing.T) {
	story := `<p>The vote took until the evening, and then the crews came out of the hall one by one and said nothing for a while.</p><p>They go back to work on Thursday, their union said, with two more hands on every crossing, as they had asked since winter.</p>`
	for _, test := range []struct{ name, title, body string }{
		{"comments", "How to live on an island", story + `<section class="comments">` + liveBody(`<article class="comment" id="{id}"><time datetime="{time}">{clock}</time><p>{text}</p></article>`) + `</section>`},
		{"cards of others", "Ferry vote live", story + liveBody(`<article class="card"><time datetime="{time}">{clock}</time><h3><a href="/2025/{id}">{title}</a></h3><p>{text}</p></article>`)},
		{"dated list", "Ferry crews go back", story + liveBody(`<article id="{id}"><time datetime="{time}">{clock}</time><h2>{title}</h2><p>{text}</p></article>`)},
		{"two entries", "Ferry vote live", story + strings.Join(strings.SplitAfter(liveBody(`<article id="{id}"><time datetime="{time}">{clock}</time><h2>{title}</h2><p>{text}</p></article>`), "</article>")[:2], "")},
	} {
		t.Run(test.name, func(t *testing.T) {
			rd := read(t, extract.Page{URL: "https://ledger.example/ferry-vote", Type: "text/html", Body: []byte(fmt.Sprintf(liveFrame, test.title, test.body, ""))})
			if len(rd.Articles) != 1 || !strings.Contains(rd.Articles[0].Text, "They go back to work on Thursday") {
				t.Errorf("%d articles: %+v", len(rd.Articles), rd.Articles)
			}
		})
	}
}

func TestLivePageWhole(t *testing.T) {
	body := liveBody(`<article id="{id}"><time datetime="{time}">{clock}</time><h2>{title}</h2><p>{text}</p></article>`)
	r := Reader{Whole: true}
	rd, err := r.Read(t.Context(), extract.Page{URL: "https://ledger.example/ferry-vote-live", Type: "text/html", Body: []byte(fmt.Sprintf(liveFrame, "Ferry vote live", body, ""))})
	if err != nil || len(rd.Articles) != 1 {
		t.Fatalf("%d articles, %v", len(rd.Articles), err)
	}
	for _, e := range liveEntries {
		if !strings.Contains(rd.Articles[0].Text, e.text) {
			t.Errorf("lost %q", e.text)
		}
	}
}

// A live page that ends before its text is what its head tells.
func TestLivePageOfHead(t *testing.T) {
	var updates []string
	for _, e := range liveEntries {
		updates = append(updates, fmt.Sprintf(`{"@type":"BlogPosting","headline":%q,"articleBody":%q,"datePublished":"2025-06-03T10:00:00Z"}`, e.title, e.text))
	}
	src := `<html><head><title>Ferry vote live</title><meta name="description" content="The crews vote."><script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Ferry vote live","liveBlogUpdate":[` + strings.Join(updates, ",") + `]}</script>`
	rd := read(t, extract.Page{URL: "https://ledger.example/ferry-vote-live", Type: "text/html", Body: []byte(src), Truncated: true})
	if len(rd.Articles) != len(liveEntries)+1 || rd.Articles[0].Text != "The crews vote." || rd.Articles[1].Text != liveEntries[0].text {
		t.Errorf("%d articles: %+v", len(rd.Articles), rd.Articles)
	}
}
