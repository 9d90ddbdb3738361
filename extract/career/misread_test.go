package career

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tenure/extract"
)

// TestMisreadings has sentences that look like a claim about a career, and say
// less, or nothing. The article is of Monday, 26 May 2025.
func TestMisreadings(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"added: said", "“Prices will fall in the spring,” added Clara Nunes, an engineer at Stripe.", []string{"role_at | Clara Nunes | Stripe | as engineer | current"}},
		{"adds: says", "The diet takes patience, adds Omar Sayed, director of the Department of Justice.", []string{"role_at | Omar Sayed | Department of Justice | as director | current"}},
		{"adding things", "Omar Sayed said carmakers should not hurry with adding speakers.", nil},
		{"adding people to a list", "I can see all of my services and add any family members.", nil},
		{"an organization adds a person", "Visa added Omar Sayed as an adviser.", []string{"appointed | Omar Sayed | Visa | as adviser"}},
		{"a person is added", "Omar Sayed was added to the board of Visa.", []string{"appointed | Omar Sayed | Visa | as board"}},
		{"nobody picks somebody", "The best advice I can give you is to pick a designer.", nil},
		{"a graduate who is something else", "Ada Lin, an MIT graduate and CEO of Quantel, said sales had grown.", []string{"role_at | Ada Lin | Quantel | as CEO | current"}},
		{"a graduate", "MIT graduate Ada Lin said sales had grown.", nil},
		{"an alumnus", "Ada Lin, an alumna of Oxford University, said sales had grown.", nil},
		{"a member of a profession", "Ada Lin is a leader in data for MIT.", nil},
		{"an author of something", "Ada Lin, a researcher at MIT and the lead author on the Quantel paper, disagreed.", []string{"role_at | Ada Lin | MIT | as researcher | current"}},
		{"an age in the role", "Ada Lin, Quantel's 26-year-old co-founder, disagreed.", []string{"role_at | Ada Lin | Quantel | as co-founder | current", "founded | Ada Lin | Quantel"}},
		{"the youngest", "Ada Lin, Quantel's youngest board member, disagreed.", []string{"role_at | Ada Lin | Quantel | as board member | current"}},
		{"a team led by", "A study from a team at MIT led by Ada Lin found little.", nil},
		{"a verb before a plural", "Ada Lin disagreed as Apple encourages developers to move.", nil},
		{"letters are no careers", "From: Ada Lin\nTo: Tom Wu\nSubject: the boot loader\n\nIt works now.", nil},
		{"addresses are no careers", "Name: Ada Lin\nFrom: Boston\nTo: Sofia", nil},
		{"a diagram is no role", "Fast Forward\nBefore:\nmain → A ← B ← C\nAfter:\nmain → C", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := &extract.Article{Text: c.text, Published: extract.Day(2025, 5, 26), Mentions: names(c.text, proseNames)}
			if err := (Step{}).Annotate(context.Background(), a); err != nil {
				t.Fatal(err)
			}
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
