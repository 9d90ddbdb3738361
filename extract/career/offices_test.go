package career

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestOffices has how personnel columns, club pages and press releases tell of
// posts given, taken and given up, and what only looks like it. The article is
// of Monday, 26 May 2025.
func TestOffices(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Porto have relieved head coach Marco Reis of his duties.", []string{"left | Marco Reis | Porto | dismissed", "role_at | Marco Reis | Porto | as head coach | former"}},
		{"Marco Reis was relieved of his duties as head coach of Porto on Friday.", []string{"left | Marco Reis | Porto | as head coach | 2025-05-23 | dismissed"}},
		{"Visa relieved Ada Lin of a heavy burden.", nil},
		{"Porto announced they have parted ways with Marco Reis.", []string{"left | Marco Reis | Porto"}},
		{"After nearly a decade at Figma, Ada Lin is calling it quits.", []string{"tenure | Ada Lin | Figma | 120m | approx", "left | Ada Lin | Figma | resigned | planned"}},
		{"Ada Lin called the reports false.", nil},
		{"Spotify upped Ada Lin to head of podcasts.", []string{"promoted | Ada Lin | Spotify | as head of podcasts"}},
		{"Ada Lin was promoted to head of podcasts at Spotify.", []string{"promoted | Ada Lin | Spotify | as head of podcasts"}},
		{"Spotify hired Ada Lin to head its podcasts.", []string{"joined | Ada Lin | Spotify"}},
		{"Ada Lin was promoted to president of Nokia from vice president.", []string{"promoted | Ada Lin | Nokia | as president"}},
		{"Ada Lin has segued from Spotify to Adobe, where she will be head of podcasts.", []string{"left | Ada Lin | Spotify", "joined | Ada Lin | Adobe", "role_at | Ada Lin | Adobe | as head of podcasts | future"}},
		{"Ada Lin told staff on Friday that she'd be leaving Nokia in July.", []string{"left | Ada Lin | Nokia | 2025-07 | planned"}},
		{"Ada Lin said she'd leave Nokia in July.", []string{"left | Ada Lin | Nokia | 2025-07 | planned"}},
		{"She'd been chief scientist at Nokia.", []string{"role_at |  | Nokia | as chief scientist | current"}},
		{"Ada Lin said she had no plans to leave Nokia.", nil},
		{"Ada Lin has announced plans to leave Nokia.", []string{"left | Ada Lin | Nokia | planned"}},
		{"Ada Lin was named Teacher of the Year.", nil},
		{"Ada Lin was named Forbes CEO of the Decade.", nil},
		{"Visa announced the appointment of Ada Lin to the position of chief risk officer.", []string{"appointed | Ada Lin | Visa | as chief risk officer"}},
		{"Visa today announced the addition of Ada Lin as chief risk officer.", []string{"joined | Ada Lin | Visa | as chief risk officer"}},
		{"Ada Lin, most recently the chief risk officer at Visa, joins Nokia.", []string{"role_at | Ada Lin | Visa | as chief risk officer | former", "joined | Ada Lin | Nokia"}},
		{"Ada Lin is president of Visa. She has been in the role for three years.", []string{"role_at | Ada Lin | Visa | as president | current", "tenure | Ada Lin | Visa | 36m"}},
		{"Ada Lin is president of Visa. She has been in the news for three years.", []string{"role_at | Ada Lin | Visa | as president | current"}},
		{"Ada Lin, the chief executive of Barclays, will retire in June after leading the lender for 16 years.", []string{"role_at | Ada Lin | Barclays | as chief executive | leaving", "left | Ada Lin | Barclays | 2025-06 | retired | planned", "tenure | Ada Lin | Barclays | 192m"}},
		{"Ada Lin comes from Visa, where she served for 15 years.", []string{"left | Ada Lin | Visa", "tenure | Ada Lin | Visa | 180m"}},
		{"Ada Lin arrives from Visa.", []string{"left | Ada Lin | Visa"}},
		{"Ada Lin arrived from London.", nil},
		{"Ada Lin spent seven years with Visa and four at Nokia.", []string{"tenure | Ada Lin | Visa | 84m", "tenure | Ada Lin | Nokia | 48m"}},
		{"Ada Lin spent seven years with Visa and four in London.", []string{"tenure | Ada Lin | Visa | 84m"}},
		{"Visa's Ada Lin to retire as chief operating officer at the end of 2025", []string{"left | Ada Lin | Visa | as chief operating officer | 2025-late | retired | planned"}},
		{"Visa says CFO Ada Lin to retire", []string{"left | Ada Lin | Visa | retired | planned"}},
		{"Porto hired Marco Reis on Thursday to be their next head coach, replacing the fired Ivan Petrov.", []string{"joined | Marco Reis | Porto | as head coach | 2025-05-22", "replaced_by | Ivan Petrov | Porto | > Marco Reis"}},
		{"Visa names Ada Lin CFO as Tom Wu retires", []string{"appointed | Ada Lin | Visa | as CFO", "left | Tom Wu | Visa | retired"}},
		{"Ada Lin took over for Tom Wu as CEO of Visa in 2019.", []string{"replaced_by | Tom Wu | Visa | as CEO | > Ada Lin", "appointed | Ada Lin | Visa | as CEO | 2019"}},
		{"Ada Lin started last Monday as head of sales at Visa.", []string{"joined | Ada Lin | Visa | as head of sales | 2025-05-19"}},
		{"Ada Lin will assume the presidency of Visa on July 1.", []string{"appointed | Ada Lin | Visa | 2025-07-01 | planned"}},
		{"MIT named Ada Lin its 18th president.", []string{"appointed | Ada Lin | MIT | as president"}},
		{"Visa has named Ada Lin CEO. The 48-year-old succeeds Tom Wu.", []string{"appointed | Ada Lin | Visa | as CEO", "replaced_by | Tom Wu | Visa | as CEO | > Ada Lin"}},
		{"Ada Lin is out at Visa. Visa confirmed her departure on Friday.", []string{"left | Ada Lin | Visa"}},
		{"Tom Wu, a former chairman of Nokia, died on Friday at 91. He joined the company in 1958 and became its president in 1979.", []string{"role_at | Tom Wu | Nokia | as chairman | former", "joined | Tom Wu | Nokia | 1958", "appointed | Tom Wu | Nokia | as president | 1979"}},
		{"Ada Lin was elected to a three-year term on the board of Visa.", []string{"appointed | Ada Lin | Visa | as board"}},
	} {
		t.Run(c.text, func(t *testing.T) {
			got := claimsIn(t, c.text, storyNames)
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("%s\n(-want +got)\n%s", c.text, d)
			}
		})
	}
}
