package train

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

var crossValidate = flag.Bool("crossvalidate", false, "train five models on ../shared and measure them; takes minutes")

// dataDirs returns where the pages of real publishers are.
func dataDirs(t *testing.T) (news, articles string) {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			data := filepath.Join(dir, "..", "shared", "data", "extraction")
			if _, err := os.Stat(data); err != nil {
				t.Skipf("needs %s, which is not here", data)
			}
			return filepath.Join(data, "news"), filepath.Join(data, "articles")
		}
	}
	t.Skip("not in a repository")
	return "", ""
}

// writeCorpus makes a directory of little pages whose articles are known.
func writeCorpus(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "html"), 0o755); err != nil {
		t.Fatal(err)
	}
	truth := make(map[string]any)
	for i := range n {
		id := fmt.Sprintf("page_%02d", i)
		body := fmt.Sprintf("The council of town number %d met on Monday and voted for the bridge.\nIts mayor, who had spoken against it, said that she would build it all the same.", i)
		page := fmt.Sprintf(`<html><head><title>Town %d votes for its bridge</title></head><body><ul class="menu"><li><a href="/a">Home</a></li><li><a href="/b">Sports</a></li></ul><h1>Town %d votes for its bridge</h1><div class="story"><p>The council of town number %d met on Monday and voted for the bridge.</p><p>Its mayor, who had spoken against it, said that she would build it all the same.</p></div><div class="promo"><p>Subscribe to our letter and win one of ten bridges made of paper.</p></div></body></html>`, i, i, i)
		var z bytes.Buffer
		w := gzip.NewWriter(&z)
		if _, err := w.Write([]byte(page)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "html", id+".html.gz"), z.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		truth[id] = map[string]any{"url": fmt.Sprintf("https://town%d.example/bridge", i), "articleBody": body, "title": fmt.Sprintf("Town %d votes for its bridge", i), "date": "", "authors": []string{}}
	}
	b, err := json.Marshal(truth)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "ground-truth.json"), b, 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestLabels(t *testing.T) {
	samples, err := Load(writeCorpus(t, 1), "news")
	if err != nil {
		t.Fatal(err)
	}
	s := samples[0]
	if err := s.prepare(); err != nil {
		t.Fatal(err)
	}
	for i := range s.page.Blocks {
		want := float32(0)
		if box := s.page.Boxes[s.page.Blocks[i].Box]; box.Parent >= 0 && s.page.Blocks[i].Words > 12 && i >= 3 && i <= 4 {
			want = 1
		}
		if got := s.label[i]; got != want && !(want == 1 && got > 0.6) {
			t.Errorf("block %d %q: label %v, want %v", i, s.page.String(i), got, want)
		}
	}
}

func TestTrainIsReproducible(t *testing.T) {
	dir := writeCorpus(t, 12)
	var models [2]bytes.Buffer
	for i := range models {
		if _, err := Train(dir, dir, 7, &models[i]); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(models[0].Bytes(), models[1].Bytes()) {
		t.Error("the same pages and seed gave two models")
	}
}

// TestFloors holds what the reader reaches on real pages with its built-in
// model, which has seen them: a loss here is a mistake, not bad luck. What it
// reaches on unseen publishers is measured with -crossvalidate.
func TestFloors(t *testing.T) {
	if testing.Short() {
		t.Skip("reads hundreds of pages")
	}
	news, articles := dataDirs(t)
	samples, err := LoadBoth(news, articles)
	if err != nil {
		t.Fatal(err)
	}
	var some []*Sample
	for i, s := range samples {
		if i%4 == 0 || s.Set == "news" && i%2 == 0 {
			some = append(some, s)
		}
	}
	check(t, Evaluate(some), map[string]Measure{
		"news":     {BodyF1: 0.975, Title: 0.92, Date: 0.98, Author: 0.90},
		"articles": {BodyF1: 0.96, Title: 0.87, Date: 0.89, Author: 0.82, Invented: 0.29},
	})
}

func TestCrossValidate(t *testing.T) {
	if !*crossValidate {
		t.Skip("without -crossvalidate")
	}
	news, articles := dataDirs(t)
	r, err := CrossValidate(news, articles, 1)
	if err != nil {
		t.Fatal(err)
	}
	check(t, r, map[string]Measure{
		"news":     {BodyF1: 0.968, Title: 0.93, Date: 0.985, Author: 0.92},
		"articles": {BodyF1: 0.955, Title: 0.88, Date: 0.89, Author: 0.82, Invented: 0.25},
	})
}

func check(t *testing.T, r Report, floors map[string]Measure) {
	t.Helper()
	var b bytes.Buffer
	if _, err := r.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + b.String())
	for set, f := range floors {
		m := r.Sets[set]
		if m.BodyF1 < f.BodyF1 || m.Title < f.Title || m.Date < f.Date || m.Author < f.Author || f.Invented > 0 && m.Invented > f.Invented {
			t.Errorf("%s: %+v is below %+v", set, m, f)
		}
	}
}

func ExampleReport_WriteTo() {
	r := Report{Sets: map[string]Measure{"news": {Pages: 2, BodyF1: 0.9731, Title: 1, Date: 0.5, Author: 1}}}
	if _, err := r.WriteTo(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// set         pages  body F1   title    date  author  invented
	// news            2   0.9731  1.0000  0.5000  1.0000    0.0000
}
