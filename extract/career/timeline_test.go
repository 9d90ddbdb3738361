package career

import (
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// line writes a stay on one line.
func (s Stay) line() string {
	words := []string{s.Person, "@", s.Org, s.From.Value, "-", s.Until.Value}
	if s.Months > 0 {
		words = append(words, strconv.Itoa(s.Months)+"m")
	}
	words = append(words, s.Status, s.Manner)
	if s.Founder {
		words = append(words, "founder")
	}
	if s.Derived {
		words = append(words, "derived")
	}
	for _, p := range s.Roles {
		words = append(words, "| "+p.Role, p.From.Value, "-", p.Until.Value)
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

func lines(stays []Stay) []string {
	var out []string
	for _, s := range stays {
		out = append(out, s.line())
	}
	return out
}

func TestTimeline(t *testing.T) {
	for _, c := range []struct {
		name    string
		stories []story
		want    []string
	}{
		{"a list", []story{{"A", "2025-05-26", "", "Baptiste Rozière\nCurrent role: AI Scientist at Mistral\nLeft Meta: August 2024\nTime at Meta: 5 years, 1 month"}},
			[]string{"Baptiste Rozière @ Meta 2019-07 - 2024-08 61m former derived", "Baptiste Rozière @ Mistral - current | AI Scientist -"}},
		{"two stints", twoStints, []string{"Ida Roth @ Google 2012 - 2016 former", "Ida Roth @ Google 2019 - 2023 former"}},
		{"a role once held", []story{{"A", "2025-01-10", "", "Ida Roth was head of design at Lyft from 2014 to 2018. In 2019 she joined Stripe as a designer."}},
			[]string{"Ida Roth @ Lyft 2014 - 2018 former | head of design 2014 - 2018", "Ida Roth @ Stripe 2019 - current | designer 2019 -"}},
		{"announced, then done", leftAsTold, []string{"Ida Roth @ Stripe - 2025-06 former", "Ida Roth @ Lyft - current"}},
		{"announced, then taken back", stayedAfterAll, []string{"Ida Roth @ Stripe - 2025-06 current | CEO - 2025-06"}},
		{"a succession", []story{{"A", "2025-06-01", "", "Ida Roth succeeded Bo Lind as chief executive of Stripe in May 2025."}},
			[]string{"Bo Lind @ Stripe - former | chief executive -", "Ida Roth @ Stripe - current | chief executive -"}},
		{"one company under its names, and a part of it", orgStories, []string{
			"Ada Quist @ Meta - 2025-03 former", "Bo Lind @ Meta 2021 - current", "Cleo Marsh @ Meta - 2025-07 leaving | director -",
			"Dov Erez @ FAIR - current | scientist -", "Ede Nagy @ Meta - 2022 former", "Fay Odell @ Meta - current | director -"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, lines(Timeline(claimsOf(t, c.stories...)))); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

// orgStories are what four outlets told of one company under its two
// names, and of a part of it.
var orgStories = []story{
	{"A", "2025-05-26", "", "Ada Quist left Facebook in March 2025. Bo Lind joined Meta in 2021."},
	{"B", "2025-05-27", "", "Cleo Marsh, a director at Meta, will leave in July. Dov Erez, a scientist at FAIR, said so."},
	{"C", "2025-05-28", "", "Ada Quist left Meta in March. Ede Nagy left Meta Platforms in 2022."},
	{"D", "2025-05-28", "x", "Fay Odell, a director at Meta, said so."},
}

func TestTimelineCountsSources(t *testing.T) {
	for _, stay := range Timeline(claimsOf(t, orgStories...)) {
		want := 1
		if stay.Person == "Ada Quist" {
			want = 2
		}
		if stay.Sources != want {
			t.Errorf("%d outlets tell of %s, want %d", stay.Sources, stay.Person, want)
		}
	}
}

func TestTimelineInAnyOrder(t *testing.T) {
	claims := claimsOf(t, orgStories...)
	want, err := json.Marshal(Timeline(claims))
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 30 {
		random.Shuffle(len(claims), func(i, j int) { claims[i], claims[j] = claims[j], claims[i] })
		got, err := json.Marshal(Timeline(claims))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), string(got)); d != "" {
			t.Fatal(d)
		}
	}
}
