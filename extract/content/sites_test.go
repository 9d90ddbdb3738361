package content

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tenure/extract"
)

var update = flag.Bool("update", false, "write the goldens anew")

// TestSites reads the recorded page of every site rule and compares what
// comes out with the golden beside it.
func TestSites(t *testing.T) {
	pages, err := filepath.Glob("testdata/sites/*.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range pages {
		if strings.HasSuffix(name, ".golden") {
			continue
		}
		t.Run(filepath.Base(name), func(t *testing.T) {
			body, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			rd := read(t, extract.Page{URL: recordedAt[filepath.Base(name)], At: fetched, Body: body})
			got, err := json.MarshalIndent(rd, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+".golden", string(got)+"\n")
		})
	}
}

// recordedAt is where a recorded page was found; a saved one has no address.
var recordedAt = map[string]string{
	"daily8-tag.html":     "https://www.daily8.example/en/tag/RenataVossler",
	"daily8-article.html": "https://www.daily8.example/en/article/0a1b2c3d4e5f60718293a4b5c6d7e8f9",
	"topic.html":          "https://news.example/topic/optics",
	"consent.html":        "https://news.example/2025/06/05/ferry-strike-ends",
	"article.html":        "https://news.example/2025/06/03/zeiss-names-vossler",
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run with -update to see how\ngot %s", name, got)
	}
}

func TestRulesArePinned(t *testing.T) {
	for _, r := range rules() {
		if r.Since == "" || r.Name == "" {
			t.Errorf("rule %q has no name or no date", r.Name)
		}
		if _, err := os.Stat(r.Page); err != nil {
			t.Errorf("rule %s: %v", r.Name, err)
		}
	}
}
