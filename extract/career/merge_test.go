package career

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tenure/extract"
	"tenure/extract/resolve"
)

// A mergeGroup is one line of the evaluation of merging: documents, and the
// facts that they tell together.
type mergeGroup struct {
	ID, Trap string
	Docs     []struct{ Doc, Date, Source, Text string }
	Merged   []struct {
		Type, Person, Org, Role, Date, Status string
		Planned, Cancelled, Rejoined          bool
		Docs                                  []string
	}
	Conflicts []struct {
		Field  string
		Values []string
	}
}

// TestMergeGroups compares every merged fact field by field: each one of the
// gold must be there, with the articles that tell it and the conflicts
// between them, and no two of it may be one.
func TestMergeGroups(t *testing.T) {
	f, err := os.Open(shared(t, "data", "moves", "merge.dev.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var g mergeGroup
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		t.Run(g.ID, func(t *testing.T) { g.check(t) })
	}
}

func (g mergeGroup) check(t *testing.T) {
	var claims []extract.Claim
	for _, d := range g.Docs {
		published, err := extract.ParseStamp(d.Date)
		if err != nil {
			t.Fatal(err)
		}
		a := &extract.Article{ID: d.Doc, Site: d.Source, Published: published, Text: d.Text}
		recognize(a)
		if err := (Step{}).Annotate(context.Background(), a); err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Facts {
			claims = append(claims, extract.Claim{Fact: f, Article: a.Ref()})
		}
	}
	facts, _ := merge(claims)
	used := map[int]bool{}
	for _, want := range g.Merged {
		found := false
		for i, m := range facts {
			if used[i] || string(m.Type) != want.Type || m.Person != want.Person || resolve.OrgKey(m.Org) != resolve.OrgKey(want.Org) || want.Date != "" && m.Date.Value != want.Date ||
				m.Planned != want.Planned || m.Cancelled != want.Cancelled || m.Rejoined != want.Rejoined || want.Role != "" && m.Role != want.Role || want.Status != "" && m.Status != want.Status {
				continue
			}
			if d := cmp.Diff(want.Docs, docsOf(m)); d != "" {
				t.Errorf("%s %s: articles (-want +got)\n%s", want.Type, want.Org, d)
			}
			used[i], found = true, true
			break
		}
		if !found {
			t.Errorf("no merged fact %+v among %s", want, summary(facts))
		}
	}
	for i := range facts {
		if !used[i] {
			t.Errorf("surplus: %s", summary(facts[i:i+1]))
		}
	}
	for _, c := range g.Conflicts {
		ok := false
		for _, m := range facts {
			for _, x := range m.conflicts {
				got := []string{x.Value, x.Other}
				slices.Sort(got)
				values := slices.Sorted(slices.Values(c.Values))
				ok = ok || x.Field == c.Field && slices.Equal(got, values)
			}
		}
		if !ok {
			t.Errorf("conflict %v is not told", c)
		}
	}
}

func docsOf(m merged) []string {
	var docs []string
	for _, c := range m.claims {
		if !slices.Contains(docs, c.Article.ID) {
			docs = append(docs, c.Article.ID)
		}
	}
	return slices.Sorted(slices.Values(docs))
}

func summary(facts []merged) string {
	var lines []string
	for _, m := range facts {
		lines = append(lines, brief(m.Fact))
	}
	return strings.Join(lines, "; ")
}
