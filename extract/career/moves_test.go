package career

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tenure/extract"
)

// story is one article: outlet|date|copy, then its text.
type story struct{ outlet, date, copy, text string }

// Stories of which moves and timelines are told.
var (
	twoStints = []story{
		{"A", "2025-01-10", "", "Ida Roth\nJoined Google: 2012\nLeft Google: 2016"},
		{"B", "2025-02-02", "", "Ida Roth\nJoined Google: 2019\nLeft Google: 2023"},
	}
	leftAsTold = []story{
		{"A", "2025-04-03", "", "Ida Roth will leave Stripe in June."},
		{"B", "2025-07-03", "", "Ida Roth left Stripe in June and joined Lyft."},
	}
	stayedAfterAll = []story{
		{"A", "2025-04-03", "", "Ida Roth will step down as CEO of Stripe in June."},
		{"B", "2025-05-20", "", "Ida Roth will stay on as CEO of Stripe after all, the company said."},
	}
)

func claimsOf(t testing.TB, stories ...story) []extract.Claim {
	t.Helper()
	var claims []extract.Claim
	for i, s := range stories {
		published, err := extract.ParseStamp(s.date)
		if err != nil {
			t.Fatal(err)
		}
		a := &extract.Article{ID: "d" + strconv.Itoa(i+1), Publisher: s.outlet, Published: published, Text: s.text}
		if err := (Step{}).Annotate(context.Background(), a); err != nil {
			t.Fatal(err)
		}
		ref := a.Ref()
		ref.Copy = s.copy
		for _, f := range a.Facts {
			claims = append(claims, extract.Claim{Fact: f, Article: ref})
		}
	}
	return claims
}

// told writes a move on one line.
func told(m extract.Move) string {
	parts := []string{string(m.Kind), m.Person}
	end := func(p extract.Position) string {
		s := strings.Join(strings.Fields(strings.Join([]string{p.Org, p.Role, p.Joined.Value, "-", p.Left.Value}, " ")), " ")
		if p.Months > 0 {
			s += " " + strconv.Itoa(p.Months) + "m"
		}
		return s
	}
	parts = append(parts, end(m.From), end(m.To), strings.Join(m.Derived, ","), "sources "+strconv.Itoa(m.Sources))
	if m.Planned {
		parts = append(parts, "planned")
	}
	if m.Cancelled {
		parts = append(parts, "cancelled")
	}
	for _, c := range m.Conflict {
		parts = append(parts, c.Field+" "+c.Value+" not "+c.Other)
	}
	return strings.Join(parts, " | ")
}

func TestMoves(t *testing.T) {
	for _, c := range []struct {
		name    string
		stories []story
		want    []string
	}{
		{"a transfer, the start derived", []story{{"A", "2025-05-26", "", "Baptiste Rozière\nCurrent role: AI Scientist at Mistral\nLeft Meta: August 2024\nTime at Meta: 5 years, 1 month"}},
			[]string{"transfer | Baptiste Rozière | Meta 2019-07 - 2024-08 61m | Mistral AI Scientist - | from.joined | sources 1"}},
		{"a departure", []story{{"A", "2025-05-26", "", "Guillaume Lample\nLeft Meta: Early 2023\nTime at Meta: 7 years"}},
			[]string{"departure | Guillaume Lample | Meta 2016 - 2023-early 84m | - | from.joined | sources 1"}},
		{"refinement over outlets and aliases", []story{
			{"A", "2025-05-26", "", "Nora Pruitt\nLeft Facebook: 2020"}, {"B", "2025-05-27", "", "Nora Pruitt\nLeft Meta: September 2020"}, {"C", "2025-05-28", "", "Nora Pruitt\nLeft Meta Platforms: Q3 2020"}},
			[]string{"departure | Nora Pruitt | Meta - 2020-09 | - |  | sources 3"}},
		{"a copy is no source", []story{
			{"A", "2025-05-26", "x", "Nora Pruitt\nLeft Meta: 2020"}, {"B", "2025-05-27", "x", "Nora Pruitt\nLeft Meta: 2020"}, {"C", "2025-05-28", "", "Nora Pruitt\nLeft Meta: 2020"}},
			[]string{"departure | Nora Pruitt | Meta - 2020 | - |  | sources 2"}},
		{"a conflict", []story{
			{"A", "2025-01-10", "", "Lena Ortiz\nLeft Cohere: March 2024"}, {"B", "2025-02-02", "", "Lena Ortiz\nLeft Cohere: July 2024"}, {"C", "2025-02-03", "", "Lena Ortiz\nLeft Cohere: July 2024"}},
			[]string{"departure | Lena Ortiz | Cohere - 2024-07 | - |  | sources 3 | date 2024-07 not 2024-03"}},
		{"two stints", twoStints,
			[]string{"hire | Ida Roth | - | Google 2012 - |  | sources 1", "departure | Ida Roth | Google 2012 - 2016 | - |  | sources 1", "hire | Ida Roth | - | Google 2019 - |  | sources 1", "departure | Ida Roth | Google 2019 - 2023 | - |  | sources 1"}},
		{"a chain", []story{{"A", "2025-05-26", "", "Zara Khan\nLeft Google: 2018\nLeft Waymo: 2021\nTime at Waymo: 3 years\nCurrent role: VP, Autonomy at Zoox"}},
			[]string{"transfer | Zara Khan | Google - 2018 | Waymo 2018 - | to.joined | sources 1", "transfer | Zara Khan | Waymo 2018 - 2021 36m | Zoox VP, Autonomy - | from.joined | sources 1"}},
		{"a founder", []story{{"A", "2025-05-26", "", "Yuki Mori\nLeft Google: August 2023\nCurrent role: Founder and CEO at Kumo Labs"}},
			[]string{"founding | Yuki Mori | Google - 2023-08 | Kumo Labs Founder and CEO - |  | sources 1"}},
		{"name variants", []story{
			{"A", "2025-02-02", "", "Timothée Garnier\nLeft Criteo: 2022"}, {"B", "2025-02-03", "", "Timothee Garnier\nLeft Criteo: 2022"}, {"C", "2025-02-04", "", "T. Garnier\nLeft Criteo: 2022"}},
			[]string{"departure | Timothée Garnier | Criteo - 2022 | - |  | sources 3"}},
		{"a tenure that the dates contradict", []story{{"A", "2025-05-26", "", "Ida Roth\nJoined Lyft: 2015\nLeft Lyft: 2020\nTime at Lyft: 2 years"}},
			[]string{"hire | Ida Roth | - | Lyft 2015 - |  | sources 1", "departure | Ida Roth | Lyft 2015 - 2020 24m | - |  | sources 1 | from.months 49 not 24"}},
		{"a subsidiary is another organization", []story{{"A", "2025-05-26", "", "Kim Soo\nJoined Google: 2012"}, {"B", "2025-05-27", "", "Kim Soo\nJoined YouTube: 2016"}},
			[]string{"hire | Kim Soo | - | Google 2012 - |  | sources 1", "hire | Kim Soo | - | YouTube 2016 - |  | sources 1"}},
		{"a succession", []story{{"A", "2024-06-01", "", "Role: Chief Executive Officer, Burberry\nOutgoing: Jon Ash\nIncoming: Joshua Steele\nEffective: 17 July 2024"}},
			[]string{"departure | Jon Ash | Burberry - 2024-07-17 | - |  | sources 1", "succession | Joshua Steele | - | Burberry Chief Executive Officer 2024-07-17 - |  | sources 1"}},
		{"announced, then done", leftAsTold,
			[]string{"transfer | Ida Roth | Stripe - 2025-06 | Lyft - |  | sources 2"}},
		{"announced, then taken back", stayedAfterAll,
			[]string{"departure | Ida Roth | Stripe CEO - 2025-06 | - |  | sources 2 | planned | cancelled | status leaving not current"}},
		{"two stints, told by two outlets each", []story{
			{"A", "2025-01-10", "", "Ida Roth joined Google in 2012 and left the company in 2016."}, {"B", "2025-02-02", "", "Ida Roth left Google in 2016. She rejoined Google in 2019."}, {"C", "2025-02-03", "", "Ida Roth rejoined Google in 2019."}},
			[]string{"hire | Ida Roth | - | Google 2012 - |  | sources 1", "departure | Ida Roth | Google 2012 - 2016 | - |  | sources 2", "hire | Ida Roth | - | Google 2019 - |  | sources 2"}},
		{"a succession in prose", []story{{"A", "2025-06-01", "", "Stripe named Ida Roth chief executive on Monday, replacing Bo Lind, who retired in March."}, {"B", "2025-06-02", "", "Ida Roth succeeds Bo Lind as chief executive of Stripe."}},
			[]string{"departure | Bo Lind | Stripe - 2025-03 | - |  | sources 1", "succession | Ida Roth | - | Stripe chief executive 2025-05-26 - |  | sources 2"}},
		{"one outlet tells twice", []story{
			{"A", "2025-05-26", "", "Nora Pruitt left Meta in 2020."}, {"A", "2025-05-27", "", "Nora Pruitt left Meta in 2020."}, {"B", "2025-05-28", "y", "Nora Pruitt left Meta in 2020."}, {"C", "2025-05-28", "y", "Nora Pruitt left Meta in 2020."}},
			[]string{"departure | Nora Pruitt | Meta - 2020 | - |  | sources 2"}},
		{"an announcement dates no departure", []story{{"A", "2025-05-26", "", "Ada Quist\nAnnounced departure from Stripe: this week\nTime at Stripe: 5 years"}},
			[]string{"departure | Ada Quist | Stripe - 60m | - |  | sources 1 | planned"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, m := range Moves(claimsOf(t, c.stories...)) {
				got = append(got, told(m))
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

// The order in which articles arrive must not show in the moves.
func TestMovesInAnyOrder(t *testing.T) {
	claims := claimsOf(t,
		story{"A", "2025-05-26", "", "Zara Khan\nLeft Google: 2018\nLeft Waymo: 2021\nTime at Waymo: 3 years\nCurrent role: VP, Autonomy at Zoox"},
		story{"B", "2025-05-27", "x", "Z. Khan\nLeft Google: May 2018\nTime at Waymo: 30 months"},
		story{"C", "2025-05-27", "x", "Zara Khan\nLeft Google: June 2019\nJoined Zoox: 2021"},
		story{"D", "2025-05-28", "", "Ida Roth\nJoined Google: 2012\nLeft Google: 2016\nNow: CEO at Lyft"},
	)
	want, err := json.Marshal(Moves(claims))
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		random.Shuffle(len(claims), func(i, j int) { claims[i], claims[j] = claims[j], claims[i] })
		got, err := json.Marshal(Moves(claims))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), string(got)); d != "" {
			t.Fatal(d)
		}
	}
}
