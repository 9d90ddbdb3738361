package career

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPhrasings has the ways in which newsrooms say one thing. The article is
// of Monday, 26 May 2025.
func TestPhrasings(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Ada Lin recently joined Visa.", []string{"joined | Ada Lin | Visa"}},
		{"Visa recently hired Ada Lin.", []string{"joined | Ada Lin | Visa"}},
		{"Ada Lin was recently named director of Visa.", []string{"appointed | Ada Lin | Visa | as director"}},
		{"The recently appointed director of Visa, Ada Lin, disagreed.", []string{"role_at | Ada Lin | Visa | as director | current"}},
		{"Ada Lin served as acting director of Visa.", []string{"role_at | Ada Lin | Visa | as acting director | former | interim"}},
		{"Ada Lin is acting director of Visa.", []string{"role_at | Ada Lin | Visa | as acting director | current | interim"}},
		{"Visa has selected Ada Lin as its next CEO.", []string{"appointed | Ada Lin | Visa | as CEO"}},
		{"Ada Lin has been selected to lead Visa.", []string{"appointed | Ada Lin | Visa"}},
		{"Ada Lin has been tapped to run Visa.", []string{"appointed | Ada Lin | Visa"}},
		{"Visa has appointed Ada Lin to lead its markets business.", []string{"appointed | Ada Lin | Visa"}},
		{"Visa has hired Ada Lin to lead its markets business.", []string{"joined | Ada Lin | Visa"}},
		{"Visa named Ada Lin, who joins from Nokia, to the newly created role of chief AI officer.", []string{"appointed | Ada Lin | Visa | as chief AI officer", "left | Ada Lin | Nokia"}},
		{"Visa announced that Ada Lin would become CEO in July.", []string{"appointed | Ada Lin | Visa | as CEO | 2025-07 | planned"}},
		{"Visa announced that Ada Lin had been appointed CEO.", []string{"appointed | Ada Lin | Visa | as CEO"}},
		{"Visa announced the hiring of Ada Lin as CFO.", []string{"joined | Ada Lin | Visa | as CFO"}},
		{"Visa bolsters its markets team with the hire of Ada Lin from Nokia.", []string{"joined | Ada Lin | Visa", "left | Ada Lin | Nokia"}},
		{"Visa announced the promotion of Ada Lin to CFO.", []string{"promoted | Ada Lin | Visa | as CFO"}},
		{"Visa confirmed the departure of Ada Lin.", []string{"left | Ada Lin | Visa"}},
		{"Visa confirmed on Friday the exit of Ada Lin, its head of research.", []string{"left | Ada Lin | Visa", "role_at | Ada Lin | Visa | as head of research | former"}},
		{"Forbes mourned the departure of Ada Lin.", nil},
		{"Visa and Ada Lin have parted ways.", []string{"left | Ada Lin | Visa"}},
		{"Ada Lin and Visa have agreed to part ways.", []string{"left | Ada Lin | Visa | planned"}},
		{"Ada Lin assumes the role of CEO at Visa in July.", []string{"appointed | Ada Lin | Visa | as CEO | 2025-07 | planned"}},
		{"Ada Lin assumed the position of CEO of Visa in 2019.", []string{"appointed | Ada Lin | Visa | as CEO | 2019"}},
		{"Ada Lin assumed the worst.", nil},
		{"Ada Lin has accepted a job at Visa.", []string{"joined | Ada Lin | Visa"}},
		{"Ada Lin landed a job at Visa.", []string{"joined | Ada Lin | Visa"}},
		{"Ada Lin starts as CEO of Visa on Monday.", []string{"joined | Ada Lin | Visa | as CEO | 2025-05-26"}},
		{"Ada Lin arrives at Visa from Nokia.", []string{"joined | Ada Lin | Visa", "left | Ada Lin | Nokia"}},
		{"Ada Lin arrives at Visa on Monday for talks.", nil},
		{"Visa nabs Nokia executive Ada Lin.", []string{"joined | Ada Lin | Visa", "role_at | Ada Lin | Nokia | as executive | current"}},
		{"Visa snaps up Ada Lin from Nokia.", []string{"joined | Ada Lin | Visa", "left | Ada Lin | Nokia"}},
		{"Visa CEO Ada Lin ousted", []string{"role_at | Ada Lin | Visa | as CEO | former", "left | Ada Lin | Visa | dismissed"}},
		{"Ada Lin has been removed as CEO of Visa.", []string{"left | Ada Lin | Visa | as CEO | dismissed"}},
		{"Ada Lin was removed from her post as CEO of Visa in 2019.", []string{"left | Ada Lin | Visa | as CEO | 2019 | dismissed"}},
		{"Ada Lin was removed from the list.", nil},
		{"Visa removed CEO Ada Lin on Friday.", []string{"role_at | Ada Lin | Visa | as CEO | former", "left | Ada Lin | Visa | 2025-05-23 | dismissed"}},
		{"Ada Lin vacated her post as CEO of Visa.", []string{"left | Ada Lin | Visa | as CEO"}},
		{"Ada Lin relinquished her role as CEO of Visa in May 2020.", []string{"left | Ada Lin | Visa | as CEO | 2020-05"}},
		{"Ada Lin relinquished the lead.", nil},
		{"Ada Lin is out as CEO of Visa.", []string{"left | Ada Lin | Visa | as CEO"}},
		{"Ada Lin is out at Visa.", []string{"left | Ada Lin | Visa"}},
		{"Ada Lin is out at lunch.", nil},
		{"Ada Lin is moving on from Visa.", []string{"left | Ada Lin | Visa | planned"}},
		{"Ada Lin has left the board of Visa.", []string{"left | Ada Lin | Visa | as board"}},
		{"Ada Lin is on the board of Visa.", []string{"role_at | Ada Lin | Visa | as board | current"}},
		{"Ada Lin, until recently CEO of Visa, disagreed.", []string{"role_at | Ada Lin | Visa | as CEO | former"}},
		{"Ada Lin is employed by Visa.", []string{"role_at | Ada Lin | Visa | current"}},
		{"Ada Lin is employed as an engineer at Visa.", []string{"role_at | Ada Lin | Visa | as engineer | current"}},
		{"Ada Lin is a Visa alum.", []string{"role_at | Ada Lin | Visa | as alum | former"}},
		{"Ada Lin had a 12-year career at Visa.", []string{"tenure | Ada Lin | Visa | 144m"}},
		{"Ada Lin's 12-year tenure at Visa ended in March.", []string{"tenure | Ada Lin | Visa | 144m"}},
		{"Ada Lin will be succeeded by Tom Wu at Visa.", []string{"replaced_by | Ada Lin | Visa | > Tom Wu | planned"}},
		{"Tom Wu takes over from Ada Lin at Visa.", []string{"replaced_by | Ada Lin | Visa | > Tom Wu"}},
		{"Visa has a new chief executive, Ada Lin.", []string{"role_at | Ada Lin | Visa | as chief executive | current"}},
		{"The World Medical Association (WMA) chief executive Ada Lin disagreed.", []string{"role_at | Ada Lin | World Medical Association | as chief executive | current"}},
		{"Ada Lin, World Medical Association (WMA) spokeswoman, disagreed.", []string{"role_at | Ada Lin | World Medical Association | as spokeswoman | current"}},
		{"In 1964, Ada Lin joined the mathematics faculty at the University of Oxford.", []string{"joined | Ada Lin | University of Oxford | 1964"}},
		{"Ada Lin holds a professorship at the University of Oxford.", []string{"role_at | Ada Lin | University of Oxford | current"}},
		{"Ada Lin began her career as an analyst at Visa before turning to art in the 1990s.", []string{"joined | Ada Lin | Visa | as analyst"}},
		{"Ada Lin joins as CFO from Visa.", []string{"left | Ada Lin | Visa"}},
		{"Ada Lin was made CEO of Visa in 2019.", []string{"appointed | Ada Lin | Visa | as CEO | 2019"}},
		{"Ada Lin rose to CEO of Visa in 2019.", []string{"appointed | Ada Lin | Visa | as CEO | 2019"}},
		{"Ada Lin's spirits rose to new heights at Visa.", nil},
		{"Ada Lin was elevated from CFO to CEO of Visa.", []string{"promoted | Ada Lin | Visa | as CEO"}},
		{"Ada Lin was reappointed as chairman of Visa.", []string{"appointed | Ada Lin | Visa | as chairman"}},
		{"Ada Lin was re-elected president of Visa.", []string{"appointed | Ada Lin | Visa | as president"}},
		{"Ada Lin was reinstated as CEO of Visa.", []string{"appointed | Ada Lin | Visa | as CEO"}},
		{"Ada Lin was forced out of Visa in 2019.", []string{"left | Ada Lin | Visa | 2019 | dismissed"}},
		{"Ada Lin was pushed out as CEO of Visa in 2019.", []string{"left | Ada Lin | Visa | as CEO | 2019 | dismissed"}},
		{"Ada Lin was axed by Visa.", []string{"left | Ada Lin | Visa | dismissed"}},
		{"Visa axes CEO Ada Lin.", []string{"left | Ada Lin | Visa | dismissed", "role_at | Ada Lin | Visa | as CEO | former"}},
		{"Visa terminated Ada Lin in May.", []string{"left | Ada Lin | Visa | 2025-05 | dismissed"}},
		{"Visa terminated Ada Lin's line of credit.", nil},
		{"Ada Lin was made redundant by Visa in May.", []string{"left | Ada Lin | Visa | 2025-05 | dismissed"}},
		{"Ada Lin lost her job at Visa in May.", []string{"left | Ada Lin | Visa | 2025-05"}},
		{"Ada Lin resigned from her post at Visa.", []string{"left | Ada Lin | Visa | resigned"}},
		{"Ada Lin resigned on Monday from her post at Visa.", []string{"left | Ada Lin | Visa | 2025-05-26 | resigned"}},
		{"Ada Lin will leave her role at Visa this summer.", []string{"left | Ada Lin | Visa | 2025-summer | planned"}},
		{"Ada Lin leads Visa's AI team.", []string{"role_at | Ada Lin | Visa | current"}},
		{"Ada Lin leads the AI team at Visa.", []string{"role_at | Ada Lin | Visa | current"}},
		{"Ada Lin is in charge of Visa.", []string{"role_at | Ada Lin | Visa | current"}},
		{"Porto have appointed Ada Lin as head coach until 2027.", []string{"appointed | Ada Lin | Porto | as head coach"}},
		{"Before Visa, Ada Lin was a partner at Nokia.", []string{"role_at | Ada Lin | Visa", "role_at | Ada Lin | Nokia | as partner | former"}},
		{"OpenAI has lost Ada Lin, Tom Wu and Raj Patel in recent months.", []string{"left | Ada Lin | OpenAI", "left | Tom Wu | OpenAI", "left | Raj Patel | OpenAI"}},
		{"OpenAI lost Ada Lin to illness.", nil},
		{"Among those leaving OpenAI are Ada Lin and Tom Wu.", []string{"left | Ada Lin | OpenAI", "left | Tom Wu | OpenAI"}},
		{"Those who have joined OpenAI include Ada Lin and Tom Wu.", []string{"joined | Ada Lin | OpenAI", "joined | Tom Wu | OpenAI"}},
		{"Ada Lin and Tom Wu, both formerly of OpenAI, disagreed.", []string{"role_at | Ada Lin | OpenAI | former", "role_at | Tom Wu | OpenAI | former"}},
		{"Ada Lin, formerly an engineer at OpenAI, now at Visa, disagreed.", []string{"role_at | Ada Lin | OpenAI | as engineer | former", "role_at | Ada Lin | Visa | current"}},
		{"Ada Lin, previously of OpenAI, now at Visa, disagreed.", []string{"role_at | Ada Lin | OpenAI | former", "role_at | Ada Lin | Visa | current"}},
		{"Visa's latest hire is Ada Lin, formerly of OpenAI.", []string{"joined | Ada Lin | Visa", "role_at | Ada Lin | OpenAI | former"}},
		{"Visa's newest recruit, Ada Lin, disagreed.", []string{"joined | Ada Lin | Visa"}},
		{"Tom Wu fired Ada Lin, the head of the Department of Justice.", []string{"left | Ada Lin | Department of Justice | dismissed", "role_at | Ada Lin | Department of Justice | as head | former"}},
	} {
		t.Run(c.text, func(t *testing.T) {
			got := claimsIn(t, c.text, proseNames)
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("%s\n(-want +got)\n%s", c.text, d)
			}
		})
	}
}
