package train

import (
	"strings"
	"testing"

	"tenure/extract"
)

func TestReadPageNames(t *testing.T) {
	pages, err := readPageNames(strings.NewReader("# a comment\n\n@ articles dev_1 10 20\np Ann Lee | Bo\no IBM\n@ news x 0 5\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) != 2 || pages[0].key != "dev_1" || pages[0].end != 20 || pages[0].names["Bo"] != extract.Person || pages[0].names["IBM"] != extract.Organization {
		t.Errorf("got %v", pages)
	}
	for _, bad := range []string{"p Ann\n", "@ articles dev_1 x 20\n", "@ a b 0 1\nq Ann\n"} {
		if _, err := readPageNames(strings.NewReader(bad)); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestPlaces(t *testing.T) {
	const text = "Ann Lee met Ann of Annex. Lee left Ann Lee Labs"
	d := Document{Text: text, Mentions: places(text, map[string]extract.Kind{
		"Ann Lee": extract.Person, "Ann": extract.Person, "Lee": extract.Person, "Ann Lee Labs": extract.Organization,
	})}
	if got, want := marked(d), "[p Ann Lee] met [p Ann] of Annex. [p Lee] left [o Ann Lee Labs]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestPages: every page is there, and every name stands on its page. No page
// is one of the articles that the method is scored on.
func TestPages(t *testing.T) {
	dir := shared(t, "data")
	docs, err := readPages(dir)
	if err != nil {
		t.Fatal(err)
	}
	articles, _, err := Source{File: newsFile}.read(dir)
	if err != nil {
		t.Fatal(err)
	}
	names := 0
	for _, d := range docs {
		names += len(d.Mentions)
		for _, a := range articles {
			if strings.Contains(a.Text, d.Text[:min(len(d.Text), 200)]) {
				t.Errorf("a page is an article that is scored on: %q", d.Text[:80])
			}
		}
	}
	if len(docs) < 200 || names < 5000 {
		t.Errorf("%d pages with %d names", len(docs), names)
	}
	t.Log(len(docs), names)
}
