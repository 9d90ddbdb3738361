package career

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tenure/extract"
)

// brief writes a fact on one line: type | person | org | role | the rest.
func brief(f extract.Fact) string {
	parts := []string{string(f.Type), f.Person, f.Org}
	add := func(s string, ok bool) {
		if ok {
			parts = append(parts, s)
		}
	}
	add("as "+f.Role, f.Role != "")
	add("> "+f.Successor, f.Type == extract.ReplacedBy)
	add(f.Date.Value, !f.Date.IsZero())
	add("~", f.Date.Approx)
	add("to "+f.DateEnd.Value, !f.DateEnd.IsZero())
	add(f.DateKind, f.DateKind != "")
	add(fmt.Sprintf("%dm", f.Months), f.Months > 0)
	add(f.Bound, f.Bound != "" && f.Bound != extract.Exact)
	add(f.Status, f.Status != "")
	add(f.Manner, f.Manner != "")
	add("planned", f.Planned)
	add("interim", f.Interim)
	add("rejoined", f.Rejoined)
	add("still", f.Still)
	return strings.Join(parts, " | ")
}

func factsOf(t testing.TB, step Step, text, date string) []string {
	t.Helper()
	published, err := extract.ParseStamp(date)
	if err != nil {
		t.Fatal(err)
	}
	a := &extract.Article{Text: text, Published: published}
	if err := step.Annotate(context.Background(), a); err != nil {
		t.Fatal(err)
	}
	checkSpans(t, text, a)
	var out []string
	for _, f := range a.Facts {
		out = append(out, brief(f))
	}
	return out
}

func TestLabels(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"one line, three people", "Ines Abreu Left Spotify: March 2022 Time at Spotify: 3 years Jonas van der Meer Current role: Head of Data at Bol Left Spotify: Q1 2021 Time at Spotify: 18 months Åsa Öberg Left Spotify: Late 2020", []string{
			"left | Ines Abreu | Spotify | 2022-03", "tenure | Ines Abreu | Spotify | 36m",
			"role_at | Jonas van der Meer | Bol | as Head of Data | current", "left | Jonas van der Meer | Spotify | 2021-Q1", "tenure | Jonas van der Meer | Spotify | 18m",
			"left | Åsa Öberg | Spotify | 2020-late",
		}},
		{"one line, the role last", "Ines Abreu Left Spotify: March 2022 Current role: CEO at Vivid Labs Jonas Meer Left Spotify: Q1 2021 Current role: Partner at Index Ventures Åsa Öberg Left Spotify: 2020", []string{
			"left | Ines Abreu | Spotify | 2022-03", "role_at | Ines Abreu | Vivid Labs | as CEO | current",
			"left | Jonas Meer | Spotify | 2021-Q1", "role_at | Jonas Meer | Index Ventures | as Partner | current",
			"left | Åsa Öberg | Spotify | 2020",
		}},
		{"in a sentence's wake", "The list shows where they went. Ines Abreu Left Spotify: March 2022 Time at Spotify: 3 years", []string{
			"left | Ines Abreu | Spotify | 2022-03", "tenure | Ines Abreu | Spotify | 36m",
		}},
		{"synonyms", "Priya Nair\nDeparted Infosys: 12 March 2021\nTenure at Infosys: nearly 4 years\nNow: Vice President, Cloud at Oracle\n", []string{
			"left | Priya Nair | Infosys | 2021-03-12", "tenure | Priya Nair | Infosys | 48m | approx", "role_at | Priya Nair | Oracle | as Vice President, Cloud | current",
		}},
		{"organization from the heading", "Who left Palantir in 2024\n\nDan Roth\nExited: H1 2024\nYears there: 6\n\nEva Lund\nExited: summer 2024", []string{
			"left | Dan Roth | Palantir | 2024-H1", "tenure | Dan Roth | Palantir | 72m", "left | Eva Lund | Palantir | 2024-summer",
		}},
		{"organization of the record", "Dan Roth\nStill at Palantir: yes\nTitle: Forward Deployed Engineer\nJoined: 2016", []string{
			"role_at | Dan Roth | Palantir | as Forward Deployed Engineer | current | still", "joined | Dan Roth | Palantir | 2016",
		}},
		{"ranges", "Dan Roth\nAt Yandex: 2009-2014\n\nEva Lund\nVolvo, 1997–02\n\nUma Rao\nAt Ola: 2019–present", []string{
			"joined | Dan Roth | Yandex | 2009", "left | Dan Roth | Yandex | 2014", "joined | Eva Lund | Volvo | 1997", "left | Eva Lund | Volvo | 2002", "joined | Uma Rao | Ola | 2019",
		}},
		{"names of every sort", "Robert Downing Jr.\nLeft Intel: 2019\n\nHenry Ford III\nLeft Ford: 2001\n\nJ. R. Smith\nLeft AMD: 2003\n\nMadonna\nLeft Sire Records: 1995\n\nApril May\nLeft Hulu: 2012\n\nChase Morgan\nLeft Wells Fargo: 2014\n\nKim Min-jae\nLeft Kakao: 2020\n\nJose\u0301 Ferna\u0301ndez\nLeft Telefo\u0301nica: 2018", []string{
			"left | Robert Downing Jr. | Intel | 2019", "left | Henry Ford III | Ford | 2001", "left | J. R. Smith | AMD | 2003", "left | Madonna | Sire Records | 1995", "left | April May | Hulu | 2012", "left | Chase Morgan | Wells Fargo | 2014", "left | Kim Min-jae | Kakao | 2020", "left | Jose\u0301 Ferna\u0301ndez | Telefo\u0301nica | 2018",
		}},
		{"organizations of every sort", "Ada Quist\nCurrent role: Professor at University of Texas at Austin\nLeft Ernst & Young: 2011\nTime at 3M: less than a year\n", []string{
			"role_at | Ada Quist | University of Texas at Austin | as Professor | current", "left | Ada Quist | Ernst & Young | 2011", "tenure | Ada Quist | 3M | 12m | max",
		}},
		{"roles that hold at and commas", "Ada Quist\nCurrent role: VP, Trust at Scale, at Roblox\nFormer role: Founding Engineer at Plaid\n", []string{
			"role_at | Ada Quist | Roblox | as VP, Trust at Scale | current", "role_at | Ada Quist | Plaid | as Founding Engineer | former",
		}},
		{"co-founder", "Ada Quist\nNow: Co-founder and CTO, Brightwheel\nPreviously: Airbnb", []string{
			"role_at | Ada Quist | Brightwheel | as Co-founder and CTO | current", "founded | Ada Quist | Brightwheel", "role_at | Ada Quist | Airbnb | former",
		}},
		{"interim", "Ada Quist\nCurrent role: Interim CEO at Peloton (since 03/2022)", []string{
			"role_at | Ada Quist | Peloton | as Interim CEO | 2022-03 | current | interim",
		}},
		{"tabs", "Name\tCurrent role\tLeft Stripe\tTime at Stripe\nAda Quist\t—\tMay 2020\t2 years\nBo Lind\tCFO at Klarna\t\t4 years, 1 month\n", []string{
			"left | Ada Quist | Stripe | 2020-05", "tenure | Ada Quist | Stripe | 24m", "role_at | Bo Lind | Klarna | as CFO | current", "tenure | Bo Lind | Stripe | 49m",
		}},
		{"bars", "| Name | Left Stripe | Time at Stripe |\n|---|---|---|\n| Ada Quist | May 2020 | 2 years |\n| Bo Lind | 2021 | 3 years |", []string{
			"left | Ada Quist | Stripe | 2020-05", "tenure | Ada Quist | Stripe | 24m", "left | Bo Lind | Stripe | 2021", "tenure | Bo Lind | Stripe | 36m",
		}},
		{"pairs", "Name\tAda Quist\nLeft Stripe\tMay 2020\nCurrent role\tPartner at Accel", []string{
			"left | Ada Quist | Stripe | 2020-05", "role_at | Ada Quist | Accel | as Partner | current",
		}},
		{"glued by markup", "Ada QuistLeft Stripe: May 2020Time at Stripe: 2 years", []string{
			"left | Ada Quist | Stripe | 2020-05", "tenure | Ada Quist | Stripe | 24m",
		}},
		{"in brackets", "Ada Quist (left Stripe: 2020; time at Stripe: 2 years; now: CFO at Klarna)", []string{
			"left | Ada Quist | Stripe | 2020", "tenure | Ada Quist | Stripe | 24m", "role_at | Ada Quist | Klarna | as CFO | current",
		}},
		{"a change at one post", "Role: Chief Financial Officer, Unilever\nOutgoing: Mr. Graeme Pitt\nIncoming: Fernanda Luz\nEffective: 01-01-2024", []string{
			"left | Graeme Pitt | Unilever | 2024-01-01", "replaced_by | Graeme Pitt | Unilever | as Chief Financial Officer | > Fernanda Luz", "appointed | Fernanda Luz | Unilever | as Chief Financial Officer | 2024-01-01",
		}},
		{"captions between", "Ada Quist\nGetty Images\nPhoto by Bo Lind\nLeft Stripe: 26-05-2020", []string{"left | Ada Quist | Stripe | 2020-05-26"}},
		{"relative", "Ada Quist\nLeft Stripe: last month\nJoined Stripe: four years ago", []string{"left | Ada Quist | Stripe | 2025-04", "joined | Ada Quist | Stripe | 2021"}},
		{"one person's own succession", "Ada Quist\nResigned from Stripe: 3 May 2020\nSuccessor: Bo Lind\nRole: CFO", []string{
			"left | Ada Quist | Stripe | 2020-05-03 | resigned", "replaced_by | Ada Quist | Stripe | as CFO | > Bo Lind", "role_at | Ada Quist | Stripe | as CFO | former",
		}},
		{"organization in brackets behind the name", "Ada Quist (Stripe)\nJoined: 2010\nLeft: 2015", []string{"joined | Ada Quist | Stripe | 2010", "left | Ada Quist | Stripe | 2015"}},
		{"short form in the label", "Ada Quist\nLeft Fundamental AI Research (FAIR): 2021\nLeft Yahoo!: 2012", []string{"left | Ada Quist | Fundamental AI Research | 2021", "left | Ada Quist | Yahoo! | 2012"}},
		{"additional role", "Ada Quist\nCurrent role: CTO at Klarna\nAdditional role: Board member at Visa", []string{"role_at | Ada Quist | Klarna | as CTO | current", "role_at | Ada Quist | Visa | as Board member | current"}},
		{"founded and rejoined", "Ada Quist\nFounded: Loom Labs (2012)\nLeft Meta: 2020\nRejoined Meta: 2023", []string{"founded | Ada Quist | Loom Labs | 2012", "left | Ada Quist | Meta | 2020", "joined | Ada Quist | Meta | 2023 | rejoined"}},
		{"still there, the role named", "Ada Quist\nCurrent role: Director at Intel (since 2019, part time)\nStill at Intel: yes", []string{"role_at | Ada Quist | Intel | as Director | 2019 | current | still"}},
		{"nobody", "Latest news\nLeft Stripe: May 2020", nil},
		{"not known", "Ada Quist\nLeft Stripe: N/A\nTime at Stripe: ?\nCurrent role: not disclosed", nil},
		{"other senses", "Ada Quist\nLeft hand: injured in May 2020\nTime at the desk: 9 hours\nJoined the call: 12 May 2020\nLeft Bank: closed", nil},
		{"label and value parted by dashes", "Ada Quist\nLeft Stripe – May 2020\nTime at Stripe – 2 years\nCurrent role – CFO at Klarna", []string{
			"left | Ada Quist | Stripe | 2020-05", "tenure | Ada Quist | Stripe | 24m", "role_at | Ada Quist | Klarna | as CFO | current",
		}},
		{"dashes of prose", "Ada Quist\nNow – in its third year – the firm grows.\nLeft bank – of the river", nil},
		{"bars without a head", "Ada Quist\nLeft Stripe | May 2020\nCurrent role | CFO at Klarna", []string{"left | Ada Quist | Stripe | 2020-05", "role_at | Ada Quist | Klarna | as CFO | current"}},
		{"the date in brackets", "Ada Quist\nLeft: Stripe (May 2020)\nTenure: 2 years\nNow: CFO, Klarna", []string{
			"left | Ada Quist | Stripe | 2020-05", "tenure | Ada Quist | Stripe | 24m", "role_at | Ada Quist | Klarna | as CFO | current",
		}},
		{"employers and years", "Ada Quist\nStripe: 2015-2020\nKlarna: 2020-present", []string{
			"joined | Ada Quist | Stripe | 2015", "left | Ada Quist | Stripe | 2020", "joined | Ada Quist | Klarna | 2020",
		}},
		{"years in brackets behind the name", "• Ada Quist (Stripe, 2015–2020): now CFO at Klarna\n• Bo Lind (Stripe, 2012–2019)", []string{
			"joined | Ada Quist | Stripe | 2015", "left | Ada Quist | Stripe | 2020", "role_at | Ada Quist | Klarna | as CFO | current",
			"joined | Bo Lind | Stripe | 2012", "left | Bo Lind | Stripe | 2019",
		}},
		{"half years", "Ada Quist\nYears at Stripe: 5.5\nLeft in: 2020", []string{"tenure | Ada Quist | Stripe | 66m", "left | Ada Quist | Stripe | 2020"}},
		{"labels that are clauses", "Ada Quist\nWhen she left Stripe: May 2020\nHow long she was at Stripe: 2 years\nWhat she does now: CFO at Klarna", []string{
			"left | Ada Quist | Stripe | 2020-05", "tenure | Ada Quist | Stripe | 24m", "role_at | Ada Quist | Klarna | as CFO | current",
		}},
		{"other words for it", "Ada Quist\nDeparture from Stripe: May 2020\nDuration at Stripe: 2 years\nPresent position: CFO at Klarna", []string{
			"left | Ada Quist | Stripe | 2020-05", "tenure | Ada Quist | Stripe | 24m", "role_at | Ada Quist | Klarna | as CFO | current",
		}},
		{"a heading that is no name", "Ada Quist\nLeft Stripe: May 2020\n\n<b>Bo</b> & the others of 2021\nLeft Stripe: May 2021\nTime at Stripe: 2 years", []string{"left | Ada Quist | Stripe | 2020-05"}},
		{"a label behind a sentence", "Ada Quist — left Stripe in May 2020. Now: CFO at Klarna.", []string{"left | Ada Quist | Stripe | 2020-05", "role_at | Ada Quist | Klarna | as CFO | current"}},
		{"banner", "Get Started Now: Download the App\nRead more: CEO at Meta", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, factsOf(t, Step{}, c.text, "2025-05-26")); d != "" {
				t.Errorf("%s\n(-want +got)\n%s", c.text, d)
			}
		})
	}
}

func TestOwnLabels(t *testing.T) {
	step := Step{Labels: []Label{{"Ausgeschieden bei", "left"}, {"Heute", "current_role"}, {"Dabei seit", "joined"}}}
	got := factsOf(t, step, "Jana Roth\nAusgeschieden bei Bosch: 03/2021\nHeute: CTO at Zeiss", "2025-05-26")
	want := []string{"left | Jana Roth | Bosch | 2021-03", "role_at | Jana Roth | Zeiss | as CTO | current"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// The organization of labels without one may stand in the title alone.
func TestOrganizationOfTitle(t *testing.T) {
	a := &extract.Article{Title: "Departures from Stripe", Text: "Ada Quist\nDeparted: May 2020\nTenure: 4 years"}
	if err := (Step{}).Annotate(context.Background(), a); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range a.Facts {
		got = append(got, brief(f))
	}
	want := []string{"left | Ada Quist | Stripe | 2020-05", "tenure | Ada Quist | Stripe | 48m"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
