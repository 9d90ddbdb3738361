package page

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"tenure/extract"
	"tenure/pipeline"
)

func TestPeriod(t *testing.T) {
	for _, tt := range []struct{ value, from, until, says string }{
		{"2024-02-15", "2024-02-15", "2024-02-16", "15 Feb 2024"},
		{"2025-05-26T09:30:00+02:00", "2025-05-26", "2025-05-27", "26 May 2025"},
		{"2024-02", "2024-02-01", "2024-03-01", "Feb 2024"},
		{"2022-Q3", "2022-07-01", "2022-10-01", "Q3 2022"},
		{"2022-H1", "2022-01-01", "2022-07-01", "first half of 2022"},
		{"2020-spring", "2020-03-01", "2020-06-01", "spring 2020"},
		{"2020-winter", "2020-01-01", "2021-03-01", "winter 2020"},
		{"2023-early", "2023-01-01", "2023-06-01", "early 2023"},
		{"2021-mid", "2021-04-01", "2021-10-01", "mid 2021"},
		{"2019-late", "2019-08-01", "2020-01-01", "late 2019"},
		{"2021", "2021-01-01", "2022-01-01", "2021"},
		{"1960s", "1960-01-01", "1970-01-01", "1960s"},
		{"", "0001-01-01", "0001-01-01", ""},
		{"soon", "0001-01-01", "0001-01-01", "soon"},
		{"99999999", "0001-01-01", "0001-01-01", "99999999"},
	} {
		p := periodOf(tt.value)
		from, until := p.from.Format(time.DateOnly), p.until.Format(time.DateOnly)
		if from != tt.from || until != tt.until || says(tt.value) != tt.says {
			t.Errorf("%q: %s to %s, %q; want %s to %s, %q", tt.value, from, until, says(tt.value), tt.from, tt.until, tt.says)
		}
	}
}

func TestDirection(t *testing.T) {
	for s, want := range map[string]string{
		"Ada left Acme": "ltr", "محمود العبدالله": "rtl", "שרה לוי": "rtl", "山田 花子": "ltr", "": "ltr", "2025": "ltr",
		"محمود العبدالله Joined Meridian Bank: January 2025": "ltr",
		"محمود العبدالله انضم إلى Acme في 2025":              "rtl",
	} {
		if got := direction(s); got != want {
			t.Errorf("%q is written %s, want %s", s, got, want)
		}
	}
}

func TestInterval(t *testing.T) {
	for d, want := range map[time.Duration]string{
		6 * time.Hour: "6 hours", time.Hour: "hour", 48 * time.Hour: "2 days", 24 * time.Hour: "day", 90 * time.Minute: "90 minutes", 90 * time.Second: "1m30s",
	} {
		if got := interval(d); got != want {
			t.Errorf("every %s, want %s", got, want)
		}
	}
}

func TestKey(t *testing.T) {
	for name, want := range map[string]string{
		"Ada Marsh": "ada-marsh", "Dagny Sørbø": "dagny-sorbo", "Jean-François O’Hara": "jean-francois-ohara", "Brightwater & Sons": "brightwater-sons",
		"  ": "", "王伟": "王伟", "Łódź": "lodz", "../../etc": "etc",
	} {
		if got := Key(name); got != want || Key(got) != want {
			t.Errorf("%q: %q, and again %q; want %q", name, got, Key(got), want)
		}
	}
}

func TestLink(t *testing.T) {
	for address, ok := range map[string]bool{
		"https://a.example/x?y=z": true, "http://a.example": true, "javascript:alert(1)": false, "//a.example": false, "/x": false, "": false,
		"data:text/html,x": false, "ftp://a.example": false, "https://user:secret@a.example/": false, "http:///x": false, "HTTPS://a.example/": true,
	} {
		if got := link(address); (got != "") != ok {
			t.Errorf("%q becomes the link %q", address, got)
		}
	}
}

func TestAround(t *testing.T) {
	text := "A first line.\n" + strings.Repeat("before é ", 40) + "the quote" + strings.Repeat(" after ü", 40) + "\nA last line."
	start := strings.Index(text, "the quote")
	before, after := around(text, pipeline.EvidenceRecord{Start: start, End: start + 9, Quote: "the quote"})
	if !strings.HasPrefix(before, "…") || !strings.HasSuffix(before, "é ") || !strings.HasSuffix(after, "…") || strings.Contains(before+after, "line") {
		t.Errorf("around: %q, %q", before, after)
	}
	for _, e := range []pipeline.EvidenceRecord{{Start: -1, End: 2}, {Start: 5, End: 1 << 40}, {Start: 9, End: 3}, {Start: 0, End: 3, Quote: "xyz"}} {
		if b, a := around(text, e); b != "" || a != "" {
			t.Errorf("%v: %q, %q", e, b, a)
		}
	}
}

// TestLanes draws what is known of a stay and leaves pale what is not.
func TestLanes(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		stay        Stay
		solid, open bool
		undated     bool
		when        string
	}{
		{Stay{From: extract.DateOf("2018-09"), Until: extract.DateOf("2025-01"), Derived: true, Months: 76}, true, false, false, "~Sep 2018 – Jan 2025 · 6 years, 4 months"},
		{Stay{From: extract.DateOf("2020"), Status: extract.Current}, true, true, false, "since 2020"},
		{Stay{Until: extract.DateOf("2024-early")}, false, false, false, "until early 2024"},
		{Stay{Status: extract.Current}, false, true, false, "current"},
		{Stay{Status: extract.Former}, false, false, true, "former"},
		{Stay{From: extract.DateOf("2021"), Until: extract.DateOf("2021")}, false, false, false, "2021 – 2021"},
	} {
		l := layLanes([]Stay{tt.stay}, now).Lanes[0]
		if (l.Solid.W > 0) != tt.solid || l.Open != tt.open || l.Undated != tt.undated || l.When != tt.when {
			t.Errorf("%+v: solid %v, open %v, undated %v, %q", tt.stay, l.Solid, l.Open, l.Undated, l.When)
		}
	}
}

// FuzzFilter wants any query to be read, and the address made of it to mean
// the same.
func FuzzFilter(f *testing.F) {
	for _, q := range []string{"", "q=a+b&page=3", "after=2024-02&before=2025&score=0.5&check=1&new=1", "score=NaN&page=-1&after=x", "q=%ff%00&kind=%F0%9F%98%80"} {
		f.Add(q)
	}
	m := &move{MoveRecord: pipeline.MoveRecord{Person: "Ada Marsh"}, words: "-ada-marsh-"}
	f.Fuzz(func(t *testing.T, query string) {
		q, _ := url.ParseQuery(query) // what can be read of it
		a := readFilter(q)
		a.passes(m)
		b := readFilter(a.values())
		if a.at("/") != b.at("/") || a.passes(m) != b.passes(m) {
			t.Errorf("%q: %s, then %s", query, a.at("/"), b.at("/"))
		}
	})
}

// FuzzMark wants the marked text to be the text, whatever is marked.
func FuzzMark(f *testing.F) {
	f.Add("Ada Marsh left Acme.\nBo stays.", 0, 20, 4, 9, 0, 9)
	f.Add("é\n\n\n", -1, 99, 1, 2, 3, 3)
	f.Fuzz(func(t *testing.T, text string, a, b, c, d, e, g int) {
		r := pipeline.ArticleRecord{
			Text: text, Entities: []pipeline.EntityRecord{{ID: "p", Kind: extract.Person, Name: "Ada"}},
			Facts:    []pipeline.FactRecord{{Evidence: pipeline.EvidenceRecord{Start: a, End: b}}, {Evidence: pipeline.EvidenceRecord{Start: c, End: d}}},
			Mentions: []pipeline.MentionRecord{{Start: e, End: g, Entity: "p"}, {Start: c, End: b, Entity: "p"}},
		}
		p := newArticlePage(r, (&view{}).entityPath)
		var got strings.Builder
		ids := map[string]bool{}
		for _, line := range p.Paragraphs {
			for _, s := range line {
				got.WriteString(s.Text)
				if s.ID != "" && ids[s.ID] {
					t.Errorf("%s twice", s.ID)
				}
				ids[s.ID] = true
			}
		}
		if want := strings.ReplaceAll(text[:len(text)-p.Left], "\n", ""); got.String() != want {
			t.Errorf("marked %q, want %q", got.String(), want)
		}
	})
}

// TestChart counts by month while most moves fit, else by year.
func TestChart(t *testing.T) {
	at := func(values ...string) (all []*move) {
		for _, v := range values {
			all = append(all, &move{date: v, when: periodOf(v)})
		}
		return all
	}
	for _, tt := range []struct {
		in, out []*move
		by      string
		columns int
		drawn   int
	}{
		{at("2025-02", "2025-03"), at("2025-03-04"), "month", 12, 3},
		{at("2010", "2025"), at("2024"), "year", 16, 3},
		{at("2010-05"), at("2024-01", "2024-02", "2024-03", "2024-04", "2025-01"), "month", 48, 5},
		{at("1990s"), nil, "", 0, 0},
		{nil, nil, "", 0, 0},
	} {
		c := layChart(tt.in, tt.out)
		drawn := 0
		for _, b := range c.Bars {
			drawn += b.In + b.Out
		}
		if c.By != tt.by || len(c.Bars) != tt.columns || drawn != tt.drawn {
			t.Errorf("by %q, %d columns, %d moves; want %q, %d, %d", c.By, len(c.Bars), drawn, tt.by, tt.columns, tt.drawn)
		}
	}
}
