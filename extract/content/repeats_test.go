package content

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"tenure/extract"
)

// repeatsPage is a page of a site whose articles end in one line, and on which
// one list stands everywhere.
func repeatsPage(n int, more string) extract.Page {
	return extract.Page{URL: fmt.Sprintf("https://ledger.example/news/%d", n), Type: "text/html", Body: []byte(fmt.Sprintf(`<!doctype html><html><head><title>Ferry number %[1]d goes back to sea</title></head><body><article><h1>Ferry number %[1]d goes back to sea</h1>
<p>The ferry with the number %[1]d left the yard on Monday after its engines had been taken apart and put together again by the crew, who say that it took them %[2]d days.</p>
<p>Its captain, who had waited in the harbour hall with everybody else, said she had counted the %[3]d rivets of the roof more than once.</p>
<p>Word of the sea in your harbour each Friday morning, from our crew to yours.</p>
%[4]s</article></body></html>`, n, n*3+7, n*5+11, more))}
}

const repeatedLine = "Word of the sea in your harbour each Friday morning, from our crew to yours."

func learn(t *testing.T, r *Repeats, pages int, more string) {
	t.Helper()
	reader := Reader{Repeats: func(string) *Repeats { return r }}
	for n := range pages {
		p := repeatsPage(n, more)
		rd, err := reader.Read(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		if !r.Learn(p.URL, rd) || r.Learn(p.URL, rd) {
			t.Fatalf("page %d: counted not once", n)
		}
	}
}

func readKnowing(t *testing.T, r *Repeats, p extract.Page) (text string, rules []string) {
	t.Helper()
	reader := Reader{Repeats: func(host string) *Repeats {
		if host != "ledger.example" {
			t.Errorf("host %q", host)
		}
		return r
	}}
	rd, err := reader.Read(t.Context(), p)
	if err != nil || len(rd.Articles) != 1 {
		t.Fatalf("%d articles, %v", len(rd.Articles), err)
	}
	for _, c := range rd.Cut {
		if strings.HasPrefix(c.Rule, "repeats") {
			rules = append(rules, c.Rule+": "+c.Text)
		}
	}
	return rd.Articles[0].Text, rules
}

func TestRepeats(t *testing.T) {
	for _, test := range []struct {
		name  string
		pages int
		cut   string
	}{
		{"none", 0, ""},
		{"too few", 4, ""},
		{"enough", 5, "repeats on 5 pages of this site: " + repeatedLine},
		{"cut already when learned", 30, "repeats on 30 pages of this site: " + repeatedLine},
		{"many", mostRepeatPages + 10, fmt.Sprintf("repeats on %d pages of this site: %s", mostRepeatPages/2+10, repeatedLine)},
	} {
		t.Run(test.name, func(t *testing.T) {
			var r Repeats
			learn(t, &r, test.pages, "")
			text, rules := readKnowing(t, &r, repeatsPage(1000, ""))
			if got := strings.Join(rules, "\n"); got != test.cut || strings.Contains(text, repeatedLine) != (test.cut == "") {
				t.Errorf("cut %q, want %q\n%s", got, test.cut, text)
			}
			if !strings.Contains(text, "The ferry with the number 1000") || !strings.Contains(text, "rivets") {
				t.Errorf("lost paragraphs: %q", text)
			}
		})
	}
}

// Every piece that was cut is told of once, in page order.
func TestCutOnce(t *testing.T) {
	var r Repeats
	learn(t, &r, 6, "")
	reader := Reader{Repeats: func(string) *Repeats { return &r }}
	p := repeatsPage(7, `<div class="app-banner"><p>DOWNLOAD THE APP</p><p>Get Started Now: Download the App</p></div><p>Read more</p>`)
	rd, err := reader.Read(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range rd.Cut {
		got = append(got, c.Text)
		if want := "repeats on 6 pages of this site"; c.Rule == "" || (c.Rule == want) != (c.Text == repeatedLine) {
			t.Errorf("%q by %q", c.Text, c.Rule)
		}
	}
	want := []string{"Ferry number 7 goes back to sea", repeatedLine, "DOWNLOAD THE APP", "Get Started Now: Download the App", "Read more"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A line on fewer than half of the pages is none of the site's.
func TestRepeatsHalf(t *testing.T) {
	var r Repeats
	for n := range 20 {
		text := fmt.Sprintf("Ferry %s went out.", strings.Repeat("x", n))
		if n < 9 {
			text += "\n" + repeatedLine
		}
		r.Learn(fmt.Sprint(n), extract.Reading{Articles: []*extract.Article{{Text: text}}})
	}
	if n := r.on(repeatedLine); n != 0 {
		t.Errorf("on %d of 20 pages, and taken for the site's", n)
	}
}

// What tells of a career is never cut, nor are paragraphs, however often they
// stand on a site's pages.
func TestRepeatsKeepsFacts(t *testing.T) {
	const list = `<p>Renata Vossler</p><p>Current role: Head of Optics at Zeiss</p><p>Left Lumen: March 2025</p><p>Time at Lumen: 5 years, 2 months</p>`
	long := strings.Repeat("who had been at sea for longer than anybody could say ", 5)
	more := list + "<p>The list above names those of the crew " + long + "and who will be missed in the harbour.</p>"
	var r Repeats
	learn(t, &r, 12, more)
	text, rules := readKnowing(t, &r, repeatsPage(1000, more))
	for _, want := range []string{"Renata Vossler", "Current role: Head of Optics at Zeiss", "Left Lumen: March 2025", "Time at Lumen: 5 years, 2 months", "and who will be missed in the harbour."} {
		if !strings.Contains(text, want) {
			t.Errorf("lost %q", want)
		}
	}
	if len(rules) != 1 {
		t.Errorf("cut %q", rules)
	}
}

// Where everything repeats, nothing is boilerplate.
func TestRepeatsAll(t *testing.T) {
	var r Repeats
	rd := read(t, repeatsPage(1, ""))
	for n := range 9 {
		r.Learn(fmt.Sprint(n), rd)
	}
	if text, rules := readKnowing(t, &r, repeatsPage(1, "")); len(rules) > 0 || !strings.Contains(text, repeatedLine) {
		t.Errorf("cut %q", rules)
	}
}

func TestRepeatsCards(t *testing.T) {
	var r Repeats
	if r.Learn("a", extract.Reading{Articles: []*extract.Article{{Inline: true, Text: repeatedLine}}}) || r.Pages() != 0 {
		t.Error("counted a card")
	}
}

func TestRepeatsBounded(t *testing.T) {
	var r Repeats
	for n := range 700 {
		var b strings.Builder
		for k := range mostRepeatLines + 100 {
			fmt.Fprintf(&b, "line %s %s\n", strings.Repeat("a", n%97), strings.Repeat("b", k))
		}
		r.Learn(fmt.Sprint(n), extract.Reading{Articles: []*extract.Article{{Text: b.String() + repeatedLine}}})
	}
	if len(r.prints) > mostRepeatPrints || len(r.pages) > mostRepeatPages || r.Pages() > mostRepeatPages {
		t.Errorf("%d lines, %d pages", len(r.prints), len(r.pages))
	}
}

func TestRepeatsStored(t *testing.T) {
	var r, back Repeats
	learn(t, &r, 8, "")
	b, err := r.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	if err := back.UnmarshalBinary(b); err != nil {
		t.Fatal(err)
	}
	if back.Pages() != 8 || back.on(repeatedLine) != 8 {
		t.Errorf("%d pages, line on %d", back.Pages(), back.on(repeatedLine))
	}
	if again, err := back.MarshalBinary(); err != nil || !bytes.Equal(again, b) {
		t.Errorf("other bytes, %v", err)
	}
	if len(b) > 4096 {
		t.Errorf("%d bytes", len(b))
	}
	for n := range b {
		if err := back.UnmarshalBinary(b[:n]); err == nil {
			t.Fatalf("took the first %d bytes", n)
		}
	}
}

func FuzzRepeats(f *testing.F) {
	var r Repeats
	r.Learn("a", extract.Reading{Articles: []*extract.Article{{Text: "One line.\nAnother."}}})
	b, err := r.MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte{repeatsVersion, 0, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		var r Repeats
		if r.UnmarshalBinary(b) != nil {
			return
		}
		out, err := r.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var again Repeats
		if err := again.UnmarshalBinary(out); err != nil {
			t.Fatalf("does not read its own bytes: %v", err)
		}
	})
}

func ExampleRepeats() {
	var site Repeats
	for n := range 6 {
		site.Learn(fmt.Sprintf("https://ledger.example/%d", n), extract.Reading{Articles: []*extract.Article{{Text: "Story " + strings.Repeat("I", n) + "\nFollow the Ledger on the waves."}}})
	}
	fmt.Println(site.Pages(), site.on("Follow the Ledger on the waves."))
	// Output: 6 6
}
