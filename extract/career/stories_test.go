package career

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tenure/extract"
)

// storyNames are proseNames, and surnames as a recognizer finds them.
var storyNames = func() map[string]extract.Kind {
	m := maps.Clone(proseNames)
	for _, name := range []string{"Lin", "Patel", "Wu"} {
		m[name] = extract.Person
	}
	return m
}()

// TestStories has what takes more than one sentence to tell. The articles are
// of Monday, 26 May 2025.
func TestStories(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"the end of a month to come", "Barclays said on Tuesday that its chief executive, Rita Gomez, will retire at the end of March.", []string{
			"role_at | Rita Gomez | Barclays | as chief executive | leaving", "left | Rita Gomez | Barclays | 2026-03 | retired | planned",
		}},
		{"the post of another sentence", "The University of Oxford has appointed Ada Lin as its next president. Lin, who is currently provost at MIT, will take up the post on 1 September, replacing Mona Ek, who stepped down in December after six years.", []string{
			"appointed | Ada Lin | University of Oxford | as president", "role_at | Ada Lin | MIT | as provost | current",
			"replaced_by | Mona Ek | University of Oxford | as president | > Ada Lin",
			"left | Mona Ek | University of Oxford | 2024-12", "tenure | Mona Ek | University of Oxford | 72m",
		}},
		{"hired to replace", "Tesla has poached Paul Drake from Rivian to run engineering. He replaces co-founder Lars Holm, who left in January.", []string{
			"joined | Paul Drake | Tesla", "left | Paul Drake | Rivian", "replaced_by | Lars Holm | Tesla | > Paul Drake", "left | Lars Holm | Tesla | 2025-01",
		}},
		{"several by name, behind a colon", "Three partners have quit Barclays to join the London office of HSBC: Ada Lin, Tom Wu and Raj Patel.", []string{
			"left | Ada Lin | Barclays | resigned", "left | Tom Wu | Barclays | resigned", "left | Raj Patel | Barclays | resigned",
			"joined | Ada Lin | HSBC", "joined | Tom Wu | HSBC", "joined | Raj Patel | HSBC",
		}},
		{"several, one by one", "Two senior editors have left Forbes in a week. Managing editor Ada Lin, who had worked at the paper since 2011, handed in her notice on Monday. Sports editor Tom Wu left last Friday.", []string{
			"joined | Ada Lin | Forbes | 2011", "left | Ada Lin | Forbes | 2025-05-26 | resigned", "left | Tom Wu | Forbes | 2025-05-23",
		}},
		{"my last day", "“Today is my last day at Spotify,” Elon Park wrote in a post on Friday.", []string{"left | Elon Park | Spotify | 2025-05-23"}},
		{"a deputy named by a person", "Ada Lin named her deputy, Tom Wu, to replace Raj Patel.", []string{"replaced_by | Raj Patel |  | > Tom Wu"}},
		{"a deputy who follows", "Finance minister Raj Patel resigned on Wednesday. Ada Lin named her deputy, Tom Wu, to replace him.", []string{
			"role_at | Raj Patel |  | as Finance minister | former", "replaced_by | Raj Patel |  | > Tom Wu",
		}},
		{"a firm that nobody knows", "Neuralpath, founded in 2021 by Ada Lin and Raj Patel, formerly of OpenAI, has lost its chief scientist. Patel left the company in May.", []string{
			"founded | Ada Lin | Neuralpath | 2021", "founded | Raj Patel | Neuralpath | 2021", "role_at | Ada Lin | OpenAI | former", "role_at | Raj Patel | OpenAI | former",
			"left | Raj Patel | Neuralpath | 2025-05",
		}},
		{"for one and for the other", "Ada Lin worked for Barclays and for HSBC.", []string{"role_at | Ada Lin | Barclays | former", "role_at | Ada Lin | HSBC | former"}},
		{"founders and their firm", "Synapse Labs, founded in 2021 by former OpenAI researchers Ada Lin and Raj Patel, has lost its chief scientist. Patel left the company in May. Lin remains chief executive.", []string{
			"founded | Ada Lin | Synapse Labs | 2021", "founded | Raj Patel | Synapse Labs | 2021",
			"role_at | Ada Lin | OpenAI | as researcher | former", "role_at | Raj Patel | OpenAI | as researcher | former",
			"left | Raj Patel | Synapse Labs | 2025-05", "role_at | Ada Lin | Synapse Labs | as chief executive | current | still",
		}},
		{"what makes planes", "Boeing said finance chief Tom Wu is leaving the planemaker and named Dana Whitlock, an Intel veteran, as his replacement.", []string{
			"replaced_by | Tom Wu | Boeing | > Dana Whitlock", "left | Tom Wu | Boeing | planned", "role_at | Dana Whitlock | Intel | as veteran | former",
		}},
		{"a start", "Ada Lin got her start at Forbes in 1998.", []string{"joined | Ada Lin | Forbes | 1998"}},
		{"left, and returned", "Ada Lin left Synapse Labs in May and has since returned to Google.", []string{"left | Ada Lin | Synapse Labs | 2025-05", "joined | Ada Lin | Google | rejoined"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := claimsIn(t, c.text, storyNames)
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("%s\n(-want +got)\n%s", c.text, d)
			}
		})
	}
}
