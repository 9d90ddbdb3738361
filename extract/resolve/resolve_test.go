package resolve

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"tenure/extract"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// article reads "[p Hugo Touvron] left [o Meta]".
func article(marked string) *extract.Article {
	kinds := map[byte]extract.Kind{'p': extract.Person, 'o': extract.Organization, 'l': extract.Place, 'x': extract.Other}
	a := &extract.Article{}
	for {
		before, rest, found := strings.Cut(marked, "[")
		a.Text += before
		if !found {
			return a
		}
		name, after, _ := strings.Cut(rest, "]")
		m := extract.Mention{Kind: kinds[name[0]], Span: extract.Span{Start: len(a.Text)}}
		a.Text += name[2:]
		m.End = len(a.Text)
		a.Mentions = append(a.Mentions, m)
		marked = after
	}
}

func TestAnnotate(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"surname", "[p Hugo Touvron] stayed. [p Touvron] said", "Hugo Touvron (Touvron) 2"},
		{"given name", "[p Hugo Touvron] stayed. [p Hugo] said", "Hugo Touvron (Hugo) 2"},
		{"before the full name", "[p Touvron] stayed. [p Hugo Touvron] said", "Hugo Touvron (Touvron) 2"},
		{"two of a surname", "[p Ann Lee] and [p Bo Lee]; [p Lee]", "Ann Lee 1; Bo Lee 1; Lee 1"},
		{"surname before given name", "[p Grant Hill] and [p Ulysses Grant]; [p Grant]", "Grant Hill 1; Ulysses Grant (Grant) 2"},
		{"middle name", "[p Robert Kennedy], [p Robert F. Kennedy Jr.], [p Kennedy]", "Robert F. Kennedy Jr. (Kennedy, Robert Kennedy) 3"},
		{"initial", "[p J. Pineau] is [p Joelle Pineau]", "Joelle Pineau (J. Pineau) 2"},
		{"accents and case", "[p TIMOTHÉE LACROIX] [p Timothée Lacroix] [p Timothee Lacroix]", "Timothée Lacroix (TIMOTHÉE LACROIX, Timothee Lacroix) 3"},
		{"not across kinds", "[p Paris Hilton] in [l Paris]", "Paris Hilton 1; Paris 1"},
		{"legal form", "[o Meta Platforms, Inc.] is [o Meta]", "Meta Platforms, Inc. (Meta) 2"},
		{"part is no alias", "[o Google] and [o Google DeepMind], [o Microsoft] and [o Microsoft AI]", "Google 1; Google DeepMind 1; Microsoft 1; Microsoft AI 1"},
		{"acronym in brackets", "[o Fundamental AI Research] group ([o FAIR])", "Fundamental AI Research (FAIR) 2"},
		{"acronym by initials", "[o IBM] once was [o International Business Machines]", "International Business Machines (IBM) 2"},
		{"article", "[o The Wall Street Journal] and [o Wall Street Journal]", "The Wall Street Journal (Wall Street Journal) 2"},
		{"renamed", "[o Facebook], now [o Meta]; [o Twitter]", "Facebook (Meta) 2; Twitter 1"},
		{"others have none", "[x Llama] of [o Meta]", "Meta 1"},
		{"nothing but marks", "[o --] x", ""},
	} {
		a := article(c.text)
		if err := (Step{}).Annotate(context.Background(), a); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, describe(a.Entities)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func describe(es []extract.Entity) string {
	var out []string
	for _, e := range es {
		s := e.Name
		if len(e.Aliases) > 0 {
			s += " (" + strings.Join(e.Aliases, ", ") + ")"
		}
		out = append(out, fmt.Sprintf("%s %d", s, e.Mentions))
	}
	return strings.Join(out, "; ")
}

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Timothée  LACROIX", "timothee lacroix"},
		{"J. K. Rowling", "jk rowling"},
		{"J.K. Rowling", "jk rowling"},
		{"Marie-Anne O’Neill", "marie anne oneill"},
		{"Søren Łukasz Groß", "soren lukasz gross"},
		{"AT&T", "at&t"},
		{"  ", ""},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestFoldIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := Fold(rapid.String().Draw(t, "name"))
		if twice := Fold(once); twice != once {
			t.Fatalf("Fold(%q) = %q", once, twice)
		}
	})
}

func TestEveryMentionOfAnEntityIsCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOf(rapid.SampledFrom([]string{"[p Ann Lee]", "[p Lee]", "[p A. Lee]", "[p Ann B. Lee]", "[o IBM]", "[o X Y Z]", "[o XYZ]", "[p Lee Ann]", "[p Ann]"}))
		a := article(strings.Join(names.Draw(t, "names"), " "))
		if err := (Step{}).Annotate(context.Background(), a); err != nil {
			t.Fatal(err)
		}
		counts := map[string]int{}
		for _, m := range a.Mentions {
			counts[m.Entity]++
		}
		total := 0
		for _, e := range a.Entities {
			if counts[e.ID] != e.Mentions {
				t.Fatalf("%v has %d mentions", e, counts[e.ID])
			}
			total += e.Mentions
		}
		if total != len(a.Mentions) {
			t.Fatalf("%d of %d mentions have an entity", total, len(a.Mentions))
		}
	})
}

func ExampleStep() {
	a := article("[p Hugo Touvron] works at [o Meta]. [p Touvron] stayed.")
	if err := (Step{}).Annotate(context.Background(), a); err != nil {
		panic(err)
	}
	for _, e := range a.Entities {
		fmt.Println(e.Kind, e.Name, e.Mentions)
	}
	// Output:
	// person Hugo Touvron 2
	// organization Meta 1
}

func BenchmarkAnnotate(b *testing.B) {
	a := article(strings.Repeat("[p Hugo Touvron] and [p Touvron] of [o Meta Platforms] ([o MP]) left [o Meta] in [l Paris]. ", 50))
	b.ReportAllocs()
	for b.Loop() {
		if err := (Step{}).Annotate(context.Background(), a); err != nil {
			b.Fatal(err)
		}
	}
}
