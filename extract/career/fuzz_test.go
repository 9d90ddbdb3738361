package career

import (
	"context"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"tenure/extract"
)

// Whatever the text, nothing panics, every span lies in it on rune
// boundaries, and the same text gives the same facts.
func FuzzAnnotate(f *testing.F) {
	for _, seed := range []string{
		"Ada Quist\nLeft Stripe: May 2020\nTime at Stripe: 2 years",
		"Ada Quist Left Stripe: May 2020 Current role: CEO at Klarna Bo Lind Left Stripe: 2021",
		"| Name | Left Stripe |\n|---|---|\n| Ada Quist | May 2020 |",
		"Role: CEO, Burberry\nOutgoing: A B\nIncoming: C D\nEffective: 17 July 2024",
		"Ada Quist, who led Stripe for eight years, announced last month that she would step down. She will be replaced by Bo Lind.",
		"\"I am leaving Bolt,\" Ada Quist (41) wrote. Ex-Goldman banker B. Lind co-founded O’Neil & Sons in 2012 – or so.",
		"Of the five founders, only Ada Quist is still at the company, Moonbeam AI, where she is chief scientist.",
		"Left :\nTime at X: \n(:)\t|\t'' ’s of the", "1997–02 2024-02-15 Q3 ½ c. ~ 99/99/9999",
		"1. Quantel\nFounders: Ada Lin and Raj Patel\n• CEO & founder: Ines Roth\nCompany: Visa\nChair: Rita Gomez",
		"After nearly a decade at Lego, Ada left. The CEO of Acme is Bo Lind, MD, CFO.",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || len(text) > 4000 {
			t.Skip()
		}
		a := &extract.Article{Text: text, Published: extract.Day(2025, 5, 26), Mentions: names(text, proseNames)}
		if err := (Step{}).Annotate(context.Background(), a); err != nil {
			t.Fatal(err)
		}
		checkSpans(t, "fuzz", a)
		b := *a
		if err := (Step{}).Annotate(context.Background(), &b); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(a.Facts, b.Facts); d != "" {
			t.Fatalf("not the same twice:\n%s", d)
		}
		var claims []extract.Claim
		for _, f := range a.Facts {
			claims = append(claims, extract.Claim{Fact: f, Article: a.Ref()})
		}
		Moves(claims)
	})
}

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"February 2025", "Early 2023", "1. September 2010", "26-05-2025", "Q3", "last month", "'97", "c.", "the", "mid-", "2024-13-45"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, ref := range []extract.Stamp{{}, extract.Day(2025, 5, 26)} {
			if d, ok := ParseDate(s, ref); ok && (d.Value == "" || d.Earliest == "" || d.Earliest > d.Latest) {
				t.Errorf("%q: %+v", s, d)
			}
		}
		if months, _, ok := ParseDuration(s); ok && (months < 1 || months > maxYears*12) {
			t.Errorf("%q: %d months", s, months)
		}
	})
}
