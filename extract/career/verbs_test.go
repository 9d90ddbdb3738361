package career

import (
	"context"
	"strings"
	"testing"

	"tenure/extract"
)

// names gives an example the mentions a recognizer would find.
func names(text string, kinds map[string]extract.Kind) []extract.Mention {
	var out []extract.Mention
	for i := 0; i < len(text); i++ {
		longest := ""
		for name := range kinds {
			if strings.HasPrefix(text[i:], name) && len(name) > len(longest) {
				longest = name
			}
		}
		if longest != "" {
			out = append(out, extract.Mention{Span: extract.Span{Start: i, End: i + len(longest)}, Kind: kinds[longest], Score: 1})
			i += len(longest) - 1
		}
	}
	return out
}

var exampleNames = map[string]extract.Kind{
	"Ada Quist": extract.Person, "Bo Lind": extract.Person, "Stripe": extract.Organization, "Klarna": extract.Organization,
	"Quist Robotics Inc.": extract.Organization, "Stanford University": extract.Organization, "Washington Post": extract.Organization,
}

// Every row of the verb table reads its own example.
func TestVerbRows(t *testing.T) {
	for _, row := range verbRows {
		a := &extract.Article{Text: row.example, Published: extract.Day(2025, 5, 26), Mentions: names(row.example, exampleNames)}
		if err := (Step{}).Annotate(context.Background(), a); err != nil {
			t.Fatal(err)
		}
		if !tells(a, "prose/"+strings.Fields(row.forms)[0]) {
			t.Errorf("%s: %q gives %v", strings.Fields(row.forms)[0], row.example, a.Facts)
		}
	}
}

// Every row of the noun table reads its own example.
func TestNounRows(t *testing.T) {
	for _, row := range nounRows {
		a := &extract.Article{Text: row.example, Published: extract.Day(2025, 5, 26), Mentions: names(row.example, exampleNames)}
		if err := (Step{}).Annotate(context.Background(), a); err != nil {
			t.Fatal(err)
		}
		if !tells(a, "prose/"+row.noun) {
			t.Errorf("%s: %q gives %v", row.noun, row.example, a.Facts)
		}
	}
}

func tells(a *extract.Article, rule string) bool {
	for _, f := range a.Facts {
		if f.Evidence.By == rule && f.Person == "Ada Quist" && f.Org != "" {
			return true
		}
		if f.Evidence.By == rule && f.Type == extract.ReplacedBy && f.Successor == "Ada Quist" {
			return true
		}
	}
	return false
}
