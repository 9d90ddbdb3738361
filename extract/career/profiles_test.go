package career

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tenure/extract"
)

// A list about an organization names who holds its posts.
func TestProfiles(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"labels", "3. Payments\n\nCompany in focus: Stripe\n\nCEO: Clara Nunes\n\nNotable feature: it is fast", []string{"role_at | Clara Nunes | Stripe | as CEO | current"}},
		{"under its name", "1. Quantel\nFounded: 2012\nFounders: Ada Lin and Raj Patel\nManaging director: Ines Roth\nHeadquarters: Boston", []string{
			"founded | Ada Lin | Quantel", "founded | Raj Patel | Quantel", "role_at | Ines Roth | Quantel | as Managing director | current",
		}},
		{"founder and more", "• Company: Visa\n• Founder & CEO: Rita Gomez", []string{"role_at | Rita Gomez | Visa | as Founder & CEO | current", "founded | Rita Gomez | Visa"}},
		{"of whom, nobody says", "Payments\nCEO: Clara Nunes", nil},
		{"of a film", "Apple\nDirector: Clara Nunes\nEditor: Tom Wu", nil},
		{"no name behind it", "Company: Stripe\nCEO: yet to be named\nCEO: Clara Nunes talks to us", nil},
		{"no company", "Company: unknown\nCEO: Clara Nunes", nil},
		{"of an earlier list", "Company: Stripe\n" + "The payments firm has grown for years and it now has more people than its founders ever thought it would need, and it goes on to hire many more.\n" + "CEO: Clara Nunes", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := &extract.Article{Text: c.text, Published: extract.Day(2025, 5, 26), Mentions: names(c.text, proseNames)}
			if err := (Step{}).Annotate(context.Background(), a); err != nil {
				t.Fatal(err)
			}
			checkSpans(t, c.text, a)
			var got []string
			for _, f := range a.Facts {
				got = append(got, brief(f))
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("%s\n(-want +got)\n%s", c.text, d)
			}
		})
	}
}
