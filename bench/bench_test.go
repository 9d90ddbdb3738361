package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tenure/extract/content/train"
)

const harbour = `<html><head><title>Ferry crews end their strike | The Courier</title><meta name="author" content="Ana Ruiz"><meta property="article:published_time" content="2025-06-03"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Ferry crews end their strike</h1>
<p>The crews of the island ferries went back to work on Tuesday after nine days, and the first boat left the quay before the sun was up.</p>
<p>Their union said that the company had agreed to two more hands on every crossing, which is what it had asked for since the winter storms.</p>
<p>People who had waited in the harbour hall since Sunday cheered when the gangway came down, and somebody had brought a trumpet along.</p></article></body></html>`

const harbourText = `The crews of the island ferries went back to work on Tuesday after nine days, and the first boat left the quay before the sun was up.
Their union said that the company had agreed to two more hands on every crossing, which is what it had asked for since the winter storms.
People who had waited in the harbour hall since Sunday cheered when the gangway came down, and somebody had brought a trumpet along.`

// writeSets makes a folder with one page in each set.
func writeSets(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"news", "articles"} {
		if err := os.MkdirAll(filepath.Join(dir, name, "html"), 0o755); err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(map[string]train.Truth{"p1": {URL: "https://courier.example/ferry", Body: harbourText, Title: "Ferry crews end their strike", Date: "2025-06-03", Authors: json.RawMessage(`["Ana Ruiz"]`)}})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name, "ground-truth.json"), b, 0o644); err != nil {
			t.Fatal(err)
		}
		var z bytes.Buffer
		w := gzip.NewWriter(&z)
		if _, err := w.Write([]byte(harbour)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name, "html", "p1.html.gz"), z.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestTable(t *testing.T) {
	var out, errs bytes.Buffer
	if code := run([]string{"-data", writeSets(t), "-rounds", "1"}, &out, &errs); code != 0 {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	for _, s := range systems() {
		line := lineOf(out.String(), s.name)
		if line == "" || !strings.Contains(line, "1.0000") {
			t.Errorf("%s: %q", s.name, line)
		}
	}
	if line := lineOf(out.String(), "tenure "); strings.Count(line, "1.0000") != 8 {
		t.Errorf("ours: %q", line)
	}
	if line := lineOf(out.String(), "p1 "); len(strings.Fields(line)) != 1+len(systems()) || !strings.Contains(line, " 1.0000") {
		t.Errorf("worst page: %q", line)
	}
	if !strings.Contains(out.String(), "has seen these pages") {
		t.Error("does not say that the model has seen the pages")
	}
}

func lineOf(s, prefix string) string {
	for l := range strings.Lines(s) {
		if strings.HasPrefix(l, prefix) {
			return l
		}
	}
	return ""
}

func TestWithoutPages(t *testing.T) {
	var out, errs bytes.Buffer
	if code := run([]string{"-data", filepath.Join(t.TempDir(), "none")}, &out, &errs); code != 0 || !strings.Contains(out.String(), "nothing measured") {
		t.Errorf("exit %d, %q, %q", code, out.String(), errs.String())
	}
}
