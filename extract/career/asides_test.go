package career

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAsides has whose a role is, and whom a verb is about, where other names
// stand in between; and dates and times told of several. The article is of
// Monday, 26 May 2025.
func TestAsides(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Ada Lin, wife of Tom Wu, joined Visa in 2010.", []string{"joined | Ada Lin | Visa | 2010"}},
		{"Ada Lin, a longtime aide to Sen. Tom Wu, is now a lobbyist at Visa.", []string{"role_at | Ada Lin | Visa | as lobbyist | current"}},
		{"In a deal with Ada Lin, Tom Wu joined Visa.", []string{"joined | Tom Wu | Visa"}},
		{"Ada Lin was a staffer for Sen. Tom Wu.", nil},
		{"Visa announced that Ada Lin, executive vice president, will become CEO.", []string{"role_at | Ada Lin | Visa | as executive vice president | current", "appointed | Ada Lin | Visa | as CEO | planned"}},
		{"Visa announced that Ada Lin, president of Nokia, will speak.", []string{"role_at | Ada Lin | Nokia | as president | current"}},
		{"Visa (NYSE: V) today announced that Ada Lin has been elected as an independent director.", []string{"appointed | Ada Lin | Visa | as independent director"}},
		{"Ada Lin joins Visa's board, replacing retiring director Tom Wu.", []string{"joined | Ada Lin | Visa | as board", "replaced_by | Tom Wu | Visa | > Ada Lin"}},
		{"Ada Lin is retiring as director of Visa.", []string{"left | Ada Lin | Visa | as director | retired | planned"}},
		{"Ada Lin, who until last week was head of sales at Nokia, is joining Visa.", []string{"role_at | Ada Lin | Nokia | as head of sales | former", "joined | Ada Lin | Visa | planned"}},
		{"Ada Lin has landed at Axios as a metro reporter.", []string{"joined | Ada Lin | Axios | as metro reporter"}},
		{"Ada Lin landed at Porto on Sunday.", nil},
		{"Ada Lin and Tom Wu left Reddit in 2022 and 2017, respectively.", []string{"left | Ada Lin | Reddit | 2022", "left | Tom Wu | Reddit | 2017"}},
		{"Ada Lin and Tom Wu left Reddit in 2022.", []string{"left | Ada Lin | Reddit | 2022", "left | Tom Wu | Reddit | 2022"}},
		{"Ada Lin joined Visa after six months at Nokia and 12 years at Intel.", []string{"joined | Ada Lin | Visa", "tenure | Ada Lin | Nokia | 6m", "tenure | Ada Lin | Intel | 144m"}},
		{"Ada Lin joined Visa after six months at Nokia and 12 years in Boston.", []string{"joined | Ada Lin | Visa", "tenure | Ada Lin | Nokia | 6m"}},
		{"Visa announced the promotions of Ada Lin to chief risk officer and Tom Wu to chief people officer.", []string{"promoted | Ada Lin | Visa | as chief risk officer", "promoted | Tom Wu | Visa | as chief people officer"}},
		{"Ada Lin exits Visa as CEO.", []string{"left | Ada Lin | Visa | as CEO"}},
		{"Ada Lin is giving up her role as editor of Forbes.", []string{"left | Ada Lin | Forbes | as editor | planned"}},
		{"Ada Lin gave up sugar at Forbes.", nil},
		{"Ada Lin will step down as CEO of Visa and become executive chair.", []string{"left | Ada Lin | Visa | as CEO | planned", "appointed | Ada Lin | Visa | as executive chair | planned"}},
		{"Ada Lin will step down as CEO of Visa and become a father.", []string{"left | Ada Lin | Visa | as CEO | planned"}},
		{"Ada Lin will leave Visa in June and join Nokia.", []string{"left | Ada Lin | Visa | 2025-06 | planned", "joined | Ada Lin | Nokia | planned"}},
		{"Visa fired Ada Lin, named Tom Wu CEO and promoted Raj Patel to CFO.", []string{"left | Ada Lin | Visa | dismissed", "appointed | Tom Wu | Visa | as CEO", "promoted | Raj Patel | Visa | as CFO"}},
		{"Ada Lin was fired by Visa and hired Tom Wu as her lawyer.", []string{"left | Ada Lin | Visa | dismissed"}},
		{"Intel chief executive Dana Whitlock hired Ada Lin as general manager.", []string{"role_at | Dana Whitlock | Intel | as chief executive | current", "joined | Ada Lin | Intel | as general manager"}},
		{"Porto promoted Marco Reis to head coach.", []string{"promoted | Marco Reis | Porto | as head coach"}},
		{"Porto hired Marco Reis to head coaching.", []string{"joined | Marco Reis | Porto"}},
		{"Marco Reis resigned as coach of Porto. Ivan Petrov has been promoted to head coach.", []string{"left | Marco Reis | Porto | as coach | resigned", "promoted | Ivan Petrov | Porto | as head coach"}},
		{"Marco Reis, Porto's winningest coach, disagreed.", []string{"role_at | Marco Reis | Porto | as coach | current"}},
		{"Ada Lin has led Nokia for the past 15 years.", []string{"role_at | Ada Lin | Nokia | current", "tenure | Ada Lin | Nokia | 180m"}},
		{"MIT named Ada Lin women's soccer coach.", []string{"appointed | Ada Lin | MIT | as women's soccer coach"}},
		{"Ada Lin is leaving Visa, and former Nokia chief Tom Wu will take over as CEO on June 1.", []string{"left | Ada Lin | Visa | planned", "role_at | Tom Wu | Nokia | as chief | former", "appointed | Tom Wu | Visa | as CEO | 2025-06-01 | planned"}},
		{"Visa's Ada Lin became CEO in 2023, taking the reins from Tom Wu.", []string{"appointed | Ada Lin | Visa | as CEO | 2023", "replaced_by | Tom Wu | Visa | as CEO | > Ada Lin"}},
		{"Ada Lin replaces Tom Wu, who announced his retirement from Visa in September.", []string{"replaced_by | Tom Wu | Visa | > Ada Lin", "left | Tom Wu | Visa | 2024-09 | retired"}},
		{"Ada Lin was installed as dean of MIT, replacing the Rev. Tom Wu.", []string{"appointed | Ada Lin | MIT | as dean", "replaced_by | Tom Wu | MIT | as dean | > Ada Lin"}},
		{"Visa welcomed Ada Lin as chief risk officer on May 1. Lin succeeds Tom Wu.", []string{"joined | Ada Lin | Visa | as chief risk officer | 2025-05-01", "replaced_by | Tom Wu | Visa | as chief risk officer | > Ada Lin"}},
		{"Paylane co-founder Ada Lin, who left the payments firm in 2020, disagreed.", []string{"role_at | Ada Lin | Paylane | as co-founder | former", "founded | Ada Lin | Paylane", "left | Ada Lin | Paylane | 2020"}},
		{"Ada Lin left the payments firm's party.", nil},
		{"Visa chose Ada Lin to succeed Tom Wu, who said in April that he would retire in July.", []string{"replaced_by | Tom Wu | Visa | > Ada Lin", "left | Tom Wu | Visa | 2025-07 | retired | planned"}},
		{"Visa's Ada Lin will retire; Tom Wu was named as her successor.", []string{"left | Ada Lin | Visa | retired | planned", "replaced_by | Ada Lin | Visa | > Tom Wu"}},
		{"Visa's chief Ada Lin left with immediate effect in February.", []string{"role_at | Ada Lin | Visa | as chief | former", "left | Ada Lin | Visa | 2025-02"}},
		{"Ada Lin quit as Visa chairman two years after replacing Tom Wu.", []string{"left | Ada Lin | Visa | as chairman | resigned", "replaced_by | Tom Wu | Visa | > Ada Lin"}},
		{"Ada Lin is off to Visa as chief risk officer.", []string{"joined | Ada Lin | Visa | as chief risk officer | planned"}},
		{"Ada Lin is off to Boston as a tourist.", nil},
		{"Visa hired away Ada Lin's deputy.", nil},
		{"MIT selected Ada Lin as the 12th dean of MIT.", []string{"appointed | Ada Lin | MIT | as dean"}},
	} {
		t.Run(c.text, func(t *testing.T) {
			got := claimsIn(t, c.text, storyNames)
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("%s\n(-want +got)\n%s", c.text, d)
			}
		})
	}
}
