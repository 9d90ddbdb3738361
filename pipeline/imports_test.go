package pipeline

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// TestImportRule holds the house together: leaves do not know each other,
// and the pipeline knows the extractors only as values given to it.
func TestImportRule(t *testing.T) {
	data := []string{"tenure/extract"}
	allowed := map[string][]string{
		"tenure/store":               nil,
		"tenure/crawler":             nil,
		"tenure/crawler/crawlertest": nil,
		"tenure/extract":             nil,
		"tenure/extract/gazetteer":   data,
		"tenure/extract/content":     {"tenure/extract", "tenure/extract/content", "tenure/extract/gazetteer"},
		"tenure/extract/ner":         {"tenure/extract", "tenure/extract/ner", "tenure/extract/gazetteer"},
		"tenure/extract/resolve":     {"tenure/extract", "tenure/extract/ner", "tenure/extract/gazetteer"},
		"tenure/extract/career":      {"tenure/extract", "tenure/extract/career", "tenure/extract/resolve", "tenure/extract/gazetteer"},
		"tenure/pipeline":            {"tenure/crawler", "tenure/extract", "tenure/store"},
		"tenure/pipeline/web":        {"tenure/pipeline", "tenure/crawler", "tenure/extract"},
		"tenure/pipeline/web/page":   {"tenure/pipeline", "tenure/crawler", "tenure/extract"},
		"tenure/cmd":                 {"tenure"},
	}
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "tenure/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	seen := 0
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		seen++
		room, may := roomOf(p.ImportPath, allowed)
		if room == "" {
			t.Errorf("%s is in no room of the house: add it to the import rule", p.ImportPath)
			continue
		}
		for _, imp := range p.Imports {
			if strings.HasPrefix(imp, "tenure/") && !within(imp, may) {
				t.Errorf("%s imports %s; %s may import %v", p.ImportPath, imp, room, may)
			}
		}
	}
	if seen < 8 {
		t.Errorf("only %d packages found", seen)
	}
}

// roomOf returns the longest room a package lies in.
func roomOf(path string, rooms map[string][]string) (room string, may []string) {
	for r, m := range rooms {
		if (path == r || strings.HasPrefix(path, r+"/")) && len(r) > len(room) {
			room, may = r, m
		}
	}
	return room, may
}

// within reports whether the import is one of the rooms, or below one that
// is not extract itself (whose subpackages are rooms of their own).
func within(imp string, may []string) bool {
	for _, m := range may {
		if imp == m || m != "tenure/extract" && strings.HasPrefix(imp, m+"/") {
			return true
		}
	}
	return false
}
