package career

import (
	"testing"

	"github.com/google/go-cmp/cmp"
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
		{"long ago", "In May, 1750 Ada Lin was elected a fellow of the Oxford AI Lab.", []string{"appointed | Ada Lin | Oxford AI Lab | as fellow | 1750-05"}},
		{"a comma in the date", "Ada Lin joined Quantel in May, 2019.", []string{"joined | Ada Lin | Quantel | 2019-05"}},
		{"a substitute", "Tom Wu went off in the 28th minute and was replaced by Ned Silva.", nil},
		{"a substitute with a goal", "Ned Silva replaced Tom Wu at half-time and scored for Porto.", nil},
		{"no match", "Rita Gomez replaced Tom Wu as chairman of Visa at the last minute, after a penalty of £2m.", []string{"replaced_by | Tom Wu | Visa | as chairman | > Rita Gomez"}},
		{"no date", "Ada Lin joined Quantel, telephone 03-05-1234.", []string{"joined | Ada Lin | Quantel"}},
		{"a candidate", "Rita Gomez is in the running to replace Tom Wu as chairman of Visa.", nil},
		{"who would, must win", "Rita Gomez is vying to become chief executive of Visa.", nil},
		{"whoever comes", "Tom Wu will accept the resignation or name a new chief executive.", nil},
		{"who appoints is not appointed", "Tom Wu has chosen to be an adviser to nobody.", nil},
		{"a government", "Tom Wu was asked to form the next Cabinet.", nil},
		{"an honour", "Tom Wu was elected to the Boston Hall of Fame in 1962.", nil},
		{"a court and a claim", "The Department of Justice court dismissed Tom Wu on Monday.", nil},
		{"a day of last year", "On June 10, Barclays fired Tom Wu.", []string{"left | Tom Wu | Barclays | 2024-06-10 | dismissed"}},
		{"where the firm is, not the firm", "Ada Lin, an analyst at the Boston-based firm, disagreed.", nil},
		{"a diagram is no role", "Fast Forward\nBefore:\nmain → A ← B ← C\nAfter:\nmain → C", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := claimsIn(t, c.text, proseNames)
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("%s\n(-want +got)\n%s", c.text, d)
			}
		})
	}
}
