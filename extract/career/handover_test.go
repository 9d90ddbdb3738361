package career

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestHandovers has jobs that pass from one to the other, whoever is named of
// many, and times in a job told without its place. The article is of Monday, 26
// May 2025.
func TestHandovers(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Ada Lin will retire as CEO of Visa on July 31. Tom Wu will take over.", []string{"left | Ada Lin | Visa | as CEO | 2025-07-31 | retired | planned", "appointed | Tom Wu | Visa | as CEO | planned", "replaced_by | Ada Lin | Visa | as CEO | > Tom Wu | planned"}},
		{"Ada Lin left Visa in May. Tom Wu took over the kitchen.", []string{"left | Ada Lin | Visa | 2025-05"}},
		{"Ada Lin left Visa in May. She took over.", []string{"left | Ada Lin | Visa | 2025-05"}},
		{"Ada Lin is stepping down as CEO of Visa. Tom Wu takes the reins on July 1.", []string{"left | Ada Lin | Visa | as CEO | planned", "replaced_by | Ada Lin | Visa | as CEO | > Tom Wu | planned", "appointed | Tom Wu | Visa | as CEO | 2025-07-01 | planned"}},
		{"Visa said that Ada Lin is retiring as COO in June, and that Tom Wu will take over the role.", []string{"left | Ada Lin | Visa | as COO | 2025-06 | retired | planned", "appointed | Tom Wu | Visa | as COO | planned", "replaced_by | Ada Lin | Visa | as COO | > Tom Wu | planned"}},
		{"Ada Lin resigned from Visa; Tom Wu was named interim CEO.", []string{"left | Ada Lin | Visa | resigned", "appointed | Tom Wu | Visa | as interim CEO | interim"}},
		{"Intel chief executive Dana Whitlock appointed Ada Lin chief of staff.", []string{"role_at | Dana Whitlock | Intel | as chief executive | current", "appointed | Ada Lin | Intel | as chief of staff"}},
		{"Former Intel chief executive Dana Whitlock appointed Ada Lin chief of staff.", []string{"role_at | Dana Whitlock | Intel | as chief executive | former", "appointed | Ada Lin |  | as chief of staff"}},
		{"Tom Wu steps in as interim CEO of Visa.", []string{"appointed | Tom Wu | Visa | as interim CEO | interim"}},
		{"Tom Wu retired in Boston.", nil},
		{"Ada Lin returned to Visa after a two-year stint at Nokia.", []string{"joined | Ada Lin | Visa | rejoined", "tenure | Ada Lin | Nokia | 24m"}},
		{"Visa has a new partner. Ada Lin has returned to the firm after a stint in-house at Nokia.", []string{"joined | Ada Lin | Visa | rejoined", "role_at | Ada Lin | Nokia | former"}},
		{"Barclays has elected 12 new partners, effective July 1, including Ada Lin and Tom Wu.", []string{"appointed | Ada Lin | Barclays | as partner | 2025-07-01 | planned", "appointed | Tom Wu | Barclays | as partner | 2025-07-01 | planned"}},
		{"Barclays named 95 managing directors, including Ada Lin.", []string{"appointed | Ada Lin | Barclays | as managing director"}},
		{"Barclays named three risks, including inflation, Ada Lin said.", nil},
		{"Axios laid off 14 staffers on Wednesday, among them reporter Ada Lin and producer Tom Wu.", []string{"left | Ada Lin | Axios | 2025-05-21 | dismissed", "left | Tom Wu | Axios | 2025-05-21 | dismissed"}},
		{"Axios fired off three letters, including one to Ada Lin.", nil},
		{"He went to work for Boeing in 1955 and retired as a plant manager in 1990.", []string{"joined |  | Boeing | 1955", "left |  | Boeing | as plant manager | 1990 | retired"}},
		{"Ada Lin spent her entire career at Boeing, retiring as vice president in 2008.", []string{"role_at | Ada Lin | Boeing | former", "left | Ada Lin | Boeing | as vice president | 2008 | retired"}},
		{"Ada Lin spent her whole career at Boeing, ending as head of design.", []string{"role_at | Ada Lin | Boeing | as head of design | former"}},
		{"Ada Lin spent her entire career in Boston.", nil},
		{"Marco Reis stepped down at Porto after two defeats.", []string{"left | Marco Reis | Porto"}},
		{"Forbes' editor in chief, Ada Lin, disagreed.", []string{"role_at | Ada Lin | Forbes | as editor in chief | current"}},
		{"Ada Lin was named editor in chief of Forbes.", []string{"appointed | Ada Lin | Forbes | as editor in chief"}},
		{"Ada Lin was named editor in Boston.", []string{"appointed | Ada Lin |  | as editor"}},
		{"After 17 months in the job, Ada Lin has left Visa.", []string{"tenure | Ada Lin | Visa | 17m", "left | Ada Lin | Visa"}},
		{"Ada Lin, chief executive of Visa, has been at the helm for 11 years.", []string{"role_at | Ada Lin | Visa | as chief executive | current", "tenure | Ada Lin | Visa | 132m"}},
		{"Ada Lin, chief executive of Visa, has been on the road for 11 years.", []string{"role_at | Ada Lin | Visa | as chief executive | current"}},
		{"Visa hired Raj Patel as CEO, ending Ada Lin's 17-month tenure.", []string{"joined | Raj Patel | Visa | as CEO", "left | Ada Lin | Visa", "tenure | Ada Lin | Visa | 17m"}},
		{"Visa ended Ada Lin's 17-month wait.", nil},
		{"Visa president Ada Lin was shown the door in May.", []string{"role_at | Ada Lin | Visa | as president | former", "left | Ada Lin | Visa | 2025-05 | dismissed"}},
		{"Visa showed Ada Lin the door.", []string{"left | Ada Lin | Visa | dismissed"}},
		{"Ada Lin held the door for Visa.", nil},
		{"Two of Figma's twelve co-founders, Ada Lin and Tom Wu, have left the company.", []string{
			"role_at | Ada Lin | Figma | as co-founder | former", "founded | Ada Lin | Figma", "role_at | Tom Wu | Figma | as co-founder | former", "founded | Tom Wu | Figma",
			"left | Ada Lin | Figma", "left | Tom Wu | Figma",
		}},
		{"Figma was founded in 2012. Ada Lin, formerly Adobe's vice president of research, is the company's CTO.", []string{"role_at | Ada Lin | Adobe | as vice president of research | former", "role_at | Ada Lin | Figma | as CTO | current"}},
		{"Gomez's named Ada Lin CFO.", []string{"appointed | Ada Lin | Gomez's | as CFO"}},
		{"Gomez's named rival is Ada Lin.", nil},
		{"Ada Lin will leave Visa at year-end, the company told employees last week.", []string{"left | Ada Lin | Visa | 2025-late | planned"}},
		{"Ada Lin is leaving Visa to become CEO of a nonprofit.", []string{"left | Ada Lin | Visa | planned", "appointed | Ada Lin |  | as CEO | planned"}},
		{"Ada Lin, president of a student group, disagreed.", nil},
		{"Ada Lin, president of a group called Nordlys, disagreed.", []string{"role_at | Ada Lin | Nordlys | as president | current"}},
		{"Ada Lin resigned as CEO of Visa. Tom Wu and Raj Patel will succeed her.", []string{"left | Ada Lin | Visa | as CEO | resigned", "replaced_by | Ada Lin | Visa | as CEO | > Tom Wu | planned", "replaced_by | Ada Lin | Visa | > Raj Patel | planned"}},
		{"Ada Lin left Visa in May. Tom Wu, a former Nokia editor, replaced her.", []string{"left | Ada Lin | Visa | 2025-05", "role_at | Tom Wu | Nokia | as editor | former", "replaced_by | Ada Lin | Visa | > Tom Wu"}},
		{"Intel chief executive Dana Whitlock said finance director Ada Lin would retire in June.", []string{"role_at | Dana Whitlock | Intel | as chief executive | current", "left | Ada Lin | Intel | 2025-06 | retired | planned"}},
		{"Ada Lin resigned as president of MIT. Provost Tom Wu became interim president.", []string{"left | Ada Lin | MIT | as president | resigned", "appointed | Tom Wu | MIT | as interim president | interim"}},
		{"Ada Lin resigned as president of MIT. Tom Wu became a father.", []string{"left | Ada Lin | MIT | as president | resigned"}},
		{"Sofia named Ada Lin, the dean at MIT, its next president.", []string{"appointed | Ada Lin |  | as president", "role_at | Ada Lin | MIT | as dean | current"}},
		{"Should Ada Lin leave Visa, shares would fall.", nil},
		{"Ada Lin left Visa off the list.", nil},
		{"Ada Lin, not Tom Wu, will lead Visa.", []string{"role_at | Ada Lin | Visa | future"}},
		{"Visa named Ada Lin, the dean at MIT, its next president.", []string{"appointed | Ada Lin | Visa | as president", "role_at | Ada Lin | MIT | as dean | current"}},
		{"Porto fired Ivan Petrov in May, and Marco Reis was hired to replace him.", []string{"left | Ivan Petrov | Porto | 2025-05 | dismissed", "replaced_by | Ivan Petrov | Porto | > Marco Reis"}},
		{"Marco Reis and the Porto have parted ways.", []string{"left | Marco Reis | Porto"}},
		{"Ada Lin left Visa at year-end.", []string{"left | Ada Lin | Visa | 2024-late"}},
		{"Ada Lin will leave Visa at the end of the quarter.", []string{"left | Ada Lin | Visa | 2025-Q2 | planned"}},
		{"Ada Lin left Visa at the beginning of the month.", []string{"left | Ada Lin | Visa | 2025-05"}},
		{"Ada Lin will leave Visa this Friday.", []string{"left | Ada Lin | Visa | 2025-05-30 | planned"}},
	} {
		t.Run(c.text, func(t *testing.T) {
			got := claimsIn(t, c.text, storyNames)
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("%s\n(-want +got)\n%s", c.text, d)
			}
		})
	}
}
