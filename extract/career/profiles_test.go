package career

import (
	"testing"

	"github.com/google/go-cmp/cmp"
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
		{"who came and went", "Visa\nHired: Rita Gomez as CFO, from Nokia\nPromoted: Tom Wu to partner\nDeparted: Raj Patel\nJoined: Clara Nunes", []string{
			"joined | Rita Gomez | Visa | as CFO", "left | Rita Gomez | Nokia", "promoted | Tom Wu | Visa | as partner", "left | Raj Patel | Visa", "joined | Clara Nunes | Visa",
		}},
		{"a move", "Who: Rita Gomez\nFrom: Nokia\nTo: Visa\nRole: CFO", []string{
			"left | Rita Gomez | Nokia", "joined | Rita Gomez | Visa", "role_at | Rita Gomez | Visa | as CFO | current",
		}},
		{"name and role on one line", "Rita Gomez, CFO, Visa\nPreviously: Analyst, Stripe (2015-2020); Intern, Nokia (2014)", []string{
			"role_at | Rita Gomez | Visa | as CFO | current",
			"role_at | Rita Gomez | Stripe | as Analyst | 2015 | to 2020 | former", "role_at | Rita Gomez | Nokia | as Intern | 2014 | former",
		}},
		{"of whom, nobody says", "Payments\nCEO: Clara Nunes", nil},
		{"of a film", "Apple\nDirector: Clara Nunes\nEditor: Tom Wu", nil},
		{"no name behind it", "Company: Stripe\nCEO: yet to be named\nCEO: Clara Nunes talks to us", nil},
		{"no company", "Company: unknown\nCEO: Clara Nunes", nil},
		{"of an earlier list", "Company: Stripe\n" + "The payments firm has grown for years and it now has more people than its founders ever thought it would need, and it goes on to hire many more.\n" + "CEO: Clara Nunes", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := claimsIn(t, c.text, proseNames)
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("%s\n(-want +got)\n%s", c.text, d)
			}
		})
	}
}
