package career

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestComingsAndGoings has arrivals and departures that hang on no verb of
// careers, lists that name each person with a role, and what only looks like
// them. The article is of Monday, 26 May 2025.
func TestComingsAndGoings(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Ada Lin has jumped to rival Visa.", []string{"joined | Ada Lin | Visa"}},
		{"Ada Lin has moved to its competitor Visa.", []string{"joined | Ada Lin | Visa"}},
		{"Ada Lin comes to Visa after six years at Nokia.", []string{"joined | Ada Lin | Visa", "tenure | Ada Lin | Nokia | 72m"}},
		{"Ada Lin returned to Visa in 2021 after two years at Nokia.", []string{"joined | Ada Lin | Visa | 2021 | rejoined", "tenure | Ada Lin | Nokia | 24m"}},
		{"Ada Lin came to Visa in 2014.", []string{"joined | Ada Lin | Visa | 2014"}},
		{"Ada Lin came to Visa in 2014 from Nokia.", []string{"joined | Ada Lin | Visa | 2014", "left | Ada Lin | Nokia | 2014"}},
		{"Ada Lin came to Visa in 2014 to give a talk.", nil},
		{"Ada Lin came to Oxford University in 2014.", nil},
		{"Ada Lin arrived at Visa in 2014.", []string{"joined | Ada Lin | Visa | 2014"}},
		{"Ada Lin went from Visa to Nokia in 2019.", []string{"joined | Ada Lin | Nokia | 2019", "left | Ada Lin | Visa | 2019"}},
		{"Ada Lin went from London to Visa.", nil},
		{"Ada Lin is headed to Visa as CTO.", []string{"joined | Ada Lin | Visa | as CTO | planned"}},
		{"Ada Lin is headed to Visa.", nil},
		{"Ada Lin is going to Visa as a guest speaker.", nil},
		{"Ada Lin's move from Visa to Nokia was reported by Axios.", []string{"left | Ada Lin | Visa", "joined | Ada Lin | Nokia"}},
		{"Ada Lin's jump to Visa surprised colleagues.", []string{"joined | Ada Lin | Visa"}},
		{"Ada Lin's move to London surprised colleagues.", nil},
		{"Ada Lin moves up from CFO to CEO at Visa.", []string{"promoted | Ada Lin | Visa | as CEO"}},
		{"Ada Lin will transition to executive chair of Visa on March 1, 2026.", []string{"appointed | Ada Lin | Visa | as executive chair | 2026-03-01 | planned"}},
		{"Ada Lin will become CEO in July, Visa said on Friday.", []string{"appointed | Ada Lin | Visa | as CEO | 2025-07 | planned"}},
		{"Ada Lin has signed a two-year contract with Porto.", []string{"joined | Ada Lin | Porto"}},
		{"Ada Lin has signed a deal with Visa.", nil},
		{"Ada Lin's first day at Visa is June 2.", []string{"joined | Ada Lin | Visa | 2025-06-02 | planned"}},
		{"Ada Lin met Tom Wu on her first day at Visa.", nil},
		{"Visa welcomes Ada Lin as chief financial officer.", []string{"joined | Ada Lin | Visa | as chief financial officer"}},
		{"Visa welcomed Ada Lin as a guest speaker.", nil},
		{"Visa welcomed Ada Lin on Monday.", nil},
		{"Ada Lin rejoined Visa in 2024 after a stint at Nokia.", []string{"joined | Ada Lin | Visa | 2024 | rejoined", "role_at | Ada Lin | Nokia | former"}},
		{"Ada Lin joined Visa in 2024 after a stint as chief scientist of Nokia.", []string{"joined | Ada Lin | Visa | 2024", "role_at | Ada Lin | Nokia | as chief scientist | former"}},
		{"Ada Lin now runs a startup called Synapse.", []string{"role_at | Ada Lin | Synapse | current"}},
		{"Ada Lin joined Nokia's advisory board.", []string{"joined | Ada Lin | Nokia | as advisory board"}},
		{"Visa has hired Ada Lin as CFO and Tom Wu as CTO.", []string{"joined | Ada Lin | Visa | as CFO", "joined | Tom Wu | Visa | as CTO"}},
		{"Axios has added Ada Lin as a senior editor, Tom Wu as a reporter and Raj Patel as a producer.", []string{"appointed | Ada Lin | Axios | as senior editor", "appointed | Tom Wu | Axios | as reporter", "appointed | Raj Patel | Axios | as producer"}},
		{"Axios promoted three: Ada Lin to managing editor, Tom Wu to metro editor and Raj Patel to deputy.", []string{"promoted | Ada Lin | Axios | as managing editor", "promoted | Tom Wu | Axios | as metro editor", "promoted | Raj Patel | Axios | as deputy"}},
		{"Visa adds two to its board: Ada Lin and Tom Wu.", []string{"appointed | Ada Lin | Visa | as board", "appointed | Tom Wu | Visa | as board"}},
		{"Barclays elevates two to partner: Ada Lin and Tom Wu.", []string{"promoted | Ada Lin | Barclays | as partner", "promoted | Tom Wu | Barclays | as partner"}},
		{"Visa added three features: Ada Lin explains.", nil},
		{"Ada Lin was among the 200 people laid off by Visa in March.", []string{"left | Ada Lin | Visa | 2025-03 | dismissed"}},
		{"Ada Lin was one of the engineers hired by Visa in 2014.", []string{"joined | Ada Lin | Visa | 2014"}},
		{"Ada Lin ended her 11-year run at Visa in May.", []string{"tenure | Ada Lin | Visa | 132m", "left | Ada Lin | Visa | 2025-05"}},
		{"Ada Lin wrapped up a decade at Visa in May.", []string{"tenure | Ada Lin | Visa | 120m", "left | Ada Lin | Visa | 2025-05"}},
		{"Ada Lin wrapped up her visit to Visa.", nil},
		{"Ada Lin ended a 12-year relationship with Tom Wu.", nil},
		{"Ada Lin's contract at Porto was terminated by mutual consent.", []string{"left | Ada Lin | Porto"}},
		{"Ada Lin's contract with Spotify ended in 2010.", nil},
		{"Ada Lin's resignation as CEO of Visa takes effect June 30.", []string{"left | Ada Lin | Visa | as CEO | 2025-06-30 | resigned | planned"}},
		{"Visa accepted the resignation of CEO Ada Lin.", []string{"left | Ada Lin | Visa | resigned"}},
		{"Ada Lin is no longer with Visa.", []string{"left | Ada Lin | Visa"}},
		{"Ada Lin is no longer CEO of Visa.", []string{"role_at | Ada Lin | Visa | as CEO | former"}},
		{"Ada Lin no longer works at Visa.", []string{"left | Ada Lin | Visa"}},
		{"On June 30, Ada Lin will no longer be CFO of Visa.", []string{"role_at | Ada Lin | Visa | as CFO | leaving"}},
		{"Ada Lin is no longer at risk.", nil},
		{"Ada Lin no longer uses Spotify.", nil},
		{"Ada Lin will be stepping away from Visa.", []string{"left | Ada Lin | Visa | planned"}},
		{"Ada Lin stepped away from the microphone.", nil},
		{"Ada Lin got fired from her job at Visa.", []string{"left | Ada Lin | Visa | dismissed"}},
		{"Ada Lin, who spent nine years at Visa, most recently as head of sales, disagreed.", []string{"tenure | Ada Lin | Visa | 108m", "role_at | Ada Lin | Visa | as head of sales | former"}},
		{"Ada Lin joins Visa from Nokia, where she spent nine years, most recently as head of sales.", []string{"joined | Ada Lin | Visa", "left | Ada Lin | Nokia", "tenure | Ada Lin | Nokia | 108m", "role_at | Ada Lin | Nokia | as head of sales | former"}},
		{"Ada Lin will take over from Tom Wu as CEO of Visa on July 1.", []string{"replaced_by | Tom Wu | Visa | as CEO | > Ada Lin | planned", "appointed | Ada Lin | Visa | as CEO | 2025-07-01 | planned"}},
		{"Ada Lin replaces Tom Wu, who left Visa in May.", []string{"replaced_by | Tom Wu | Visa | > Ada Lin", "left | Tom Wu | Visa | 2025-05"}},
		{"Ada Lin fills the vacancy left by Tom Wu at Visa.", nil},
		{"Ada Lin will be replaced as CEO of Visa by her deputy, Tom Wu.", []string{"replaced_by | Ada Lin | Visa | as CEO | > Tom Wu | planned"}},
		{"Ada Lin is leaving Visa. She has been head of sales since 2016.", []string{"left | Ada Lin | Visa | planned", "role_at | Ada Lin | Visa | as head of sales | 2016 | current"}},
		{"Ada Lin joined Visa. She had been head of sales since 2016.", []string{"joined | Ada Lin | Visa"}},
		{"Ada Lin is leaving Visa, where she worked with Tom Wu. Her last day will be June 6.", []string{"left | Ada Lin | Visa | 2025-06-06 | planned"}},
		{"Visa named Ada Lin its next CEO. Lin replaces Tom Wu, who had held the post since 2012 and retired in March.", []string{"appointed | Ada Lin | Visa | as CEO", "replaced_by | Tom Wu | Visa | as CEO | > Ada Lin", "left | Tom Wu | Visa | 2025-03 | retired"}},
		{"\"I'm moving to Visa as an engineer. I start April 3,\" said Ada Lin.", []string{"joined | Ada Lin | Visa | as engineer | planned"}},
		{"\"I am joining Visa,\" Ada Lin said. \"I left Nokia last week.\"", []string{"joined | Ada Lin | Visa | planned", "left | Ada Lin | Nokia | 2025-05"}},
		{"\"I left Nokia last week.\" Ada Lin was not there.", []string{"left |  | Nokia | 2025-05"}},
		{"Four engineers have left Visa for Nokia in the past two months: Ada Lin, who worked on search, Tom Wu and Raj Patel.", []string{"left | Ada Lin | Visa", "joined | Ada Lin | Nokia", "left | Tom Wu | Visa", "joined | Tom Wu | Nokia", "left | Raj Patel | Visa", "joined | Raj Patel | Nokia"}},
		{"In 2019, Tom Wu left Visa and was replaced by his deputy, Ada Lin.", []string{"left | Tom Wu | Visa | 2019", "replaced_by | Tom Wu | Visa | > Ada Lin"}},
		{"Ada Lin is a veteran of Visa and Nokia.", []string{"role_at | Ada Lin | Visa | as veteran | former", "role_at | Ada Lin | Nokia | as veteran | former"}},
	} {
		t.Run(c.text, func(t *testing.T) {
			got := claimsIn(t, c.text, storyNames)
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("%s\n(-want +got)\n%s", c.text, d)
			}
		})
	}
}
