package resolve

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tenure/extract"
)

// seen reads "3 Ana Lima: engineer @ Acme 2019-2022; @ Initech now & Bo Ek
// #tag": the article, which is of that month of 2025, the name, posts,
// companions and tags.
func seen(line string) Sighting {
	article, rest, _ := strings.Cut(line, " ")
	rest, tags, _ := strings.Cut(rest, " #")
	rest, with, _ := strings.Cut(rest, " & ")
	name, posts, _ := strings.Cut(rest, ":")
	s := Sighting{Article: article, Name: strings.TrimSpace(name)}
	month, _ := fmt.Sscanf(article, "%d", new(int))
	if month == 1 {
		var m int
		fmt.Sscanf(article, "%d", &m)
		s.Published = extract.Day(2025, time.Month(m), 1)
	}
	if with != "" {
		s.With = strings.Split(with, ", ")
	}
	if tags != "" {
		s.Tags = []string{tags}
	}
	for p := range strings.SplitSeq(posts, ";") {
		if role, at, ok := strings.Cut(strings.TrimSpace(p), "@ "); ok {
			s.Posts = append(s.Posts, post(strings.TrimSpace(role), at))
		}
	}
	return s
}

func post(role, at string) Post {
	p := Post{Role: role}
	var org []string
	for w := range strings.FieldsSeq(at) {
		from, until, ranged := strings.Cut(w, "-")
		switch {
		case w == "now":
			p.Current = true
		case w == "died":
			p.Died = true
		case ranged && strings.Trim(w, "0123456789-") == "":
			p.From, p.Until = inYear(from), inYear(until)
		default:
			org = append(org, w)
		}
	}
	p.Org = strings.Join(org, " ")
	return p
}

func inYear(y string) extract.Date {
	if y == "" {
		return extract.Date{}
	}
	return extract.Date{Value: y, Precision: extract.ByYear, Earliest: y + "-01-01", Latest: y + "-12-31"}
}

// groups writes who was found: the articles of each, people parted by "|".
func groups(people []Person) string {
	var out []string
	for _, p := range people {
		var articles []string
		for _, k := range p.Sightings {
			articles = append(articles, k.Article)
		}
		out = append(out, p.Name+" "+strings.Join(articles, ","))
	}
	return strings.Join(out, " | ")
}

func TestPeople(t *testing.T) {
	for _, c := range []struct {
		name, seen, want string
	}{
		{"a person who changes employer", `1 Baptiste Rozière: @ Meta 2019-2024
			2 Baptiste Roziere: AI scientist @ Mistral now`, "Baptiste Rozière 1,2"},
		{"particles and gaps", `1 Yann LeCun: @ Meta
			2 Yann Le Cun: professor @ New York University`, "Yann Le Cun 1,2"},
		{"van der", `1 Joris van den Bergh: @ ASML
			2 Joris Vandenbergh: @ NXP`, "Joris van den Bergh 1,2"},
		{"middle initials", `1 Marissa A. Okonjo: @ Yahoo
			2 Marissa Okonjo: @ Google
			3 Marissa Ann Okonjo: @ Stripe`, "Marissa Ann Okonjo 1,2,3"},
		{"middle initials that differ", `1 Marissa A. Okonjo: @ Yahoo
			2 Marissa B. Okonjo: @ Google`, "Marissa A. Okonjo 1 | Marissa B. Okonjo 2"},
		{"senior and junior", `1 Hale Brandvold Sr.: @ Acme
			2 Hale Brandvold Jr.: @ Acme`, "Hale Brandvold Sr. 1 | Hale Brandvold Jr. 2"},
		{"nicknames", `1 Bill Ackerlund: @ Initech 2001-2009
			2 William Ackerlund: director @ Umbra now`, "William Ackerlund 1,2"},
		{"a nickname in quotes", `1 Ketanji "KJ" Obuya: @ Acme
			2 KJ Obuya: @ Initech`, `Ketanji "KJ" Obuya 1,2`},
		{"another given name", `1 Petra Lindqvist: @ Acme
			2 Pernilla Lindqvist: @ Acme`, "Petra Lindqvist 1 | Pernilla Lindqvist 2"},
		{"an initial, the employer shared", `1 Timothée Garnier: @ Criteo
			2 T. Garnier: @ Criteo`, "Timothée Garnier 1,2"},
		{"an initial, nothing shared", `1 Timothée Garnier: @ Criteo
			2 T. Garnier: @ Renault`, "Timothée Garnier 1 | T. Garnier 2"},
		{"an initial that fits two", `1 Timothée Garnier: @ Criteo
			2 Tristan Garnier: @ Criteo
			3 T. Garnier: @ Criteo`, "Timothée Garnier 1 | Tristan Garnier 2 | T. Garnier 3"},
		{"a surname, the employer shared under another name", `1 Nathan Pruitt: @ Facebook
			2 Pruitt: @ Meta Platforms`, "Nathan Pruitt 1,2"},
		{"namesakes by field and time", `1 Martín Soler: coach @ Real Madrid 2019-2024
			2 Martín Soler: CFO @ Acme 2020-2023`, "Martín Soler 1 | Martín Soler 2"},
		{"one after the other is no conflict", `1 Zeb Quillfeather: midfielder @ Porto 1999-2008
			2 Zeb Quillfeather: CFO @ Acme 2012-2023`, "Zeb Quillfeather 1,2"},
		{"a chair here, a director there", `1 Zeb Quillfeather: chairman @ Umbra 2015-2023
			2 Zeb Quillfeather: director @ Acme 2012-2023`, "Zeb Quillfeather 1,2"},
		{"a common name, nothing shared", `1 James Smith: engineer @ Acme
			2 James Smith: trader @ Initech`, "James Smith 1 | James Smith 2"},
		{"a common name, the employer shared", `1 James Smith: engineer @ Acme
			2 James Smith: director @ Acme Inc.`, "James Smith 1,2"},
		{"a common name, a companion shared", `1 James Smith: engineer @ Acme & Ana Lima
			2 James Smith: trader @ Initech & Ana Lima`, "James Smith 1,2"},
		{"a common name, a field shared", `1 James Smith: surgeon @ Acme
			2 Jim Smith: cardiologist @ Initech`, "James Smith 1,2"},
		{"a common name, the next post", `1 Lena Ortiz: @ Cohere 2020-2024
			2 Lena Ortiz: @ Mistral 2024-`, "Lena Ortiz 1,2"},
		{"a common name, part and whole", `1 Maria Garcia: @ YouTube
			2 Maria Garcia: @ Google`, "Maria Garcia 1,2"},
		{"a common name, two top seats at once", `1 James Smith: CFO @ Acme 2018-2023 & Ana Lima
			2 James Smith: CFO @ Initech 2018-2022 & Ana Lima`, "James Smith 1 | James Smith 2"},
		{"a common name under its own tag", `1 James Smith: engineer @ Acme #JamesSmith
			2 James Smith: trader @ Initech #JamesSmith`, "James Smith 1,2"},
		{"a death", `1 Zeb Quillfeather: chairman @ Umbra 1990-2011 died
			2 Zeb Quillfeather: engineer @ Acme now`, "Zeb Quillfeather 1 | Zeb Quillfeather 2"},
		{"a hundred years", `1 Zeb Quillfeather: director @ Umbra 1901-1911
			2 Zeb Quillfeather: engineer @ Acme now`, "Zeb Quillfeather 1 | Zeb Quillfeather 2"},
		{"surname first", `1 Quillfeather, Zeb: @ Acme
			2 Zeb Quillfeather: @ Umbra`, "Quillfeather, Zeb 1,2"},
		{"two in one article", `1 Ann Quillfeather: @ Acme
			1 Bo Quillfeather: @ Acme`, "Ann Quillfeather 1 | Bo Quillfeather 1"},
	} {
		var all []Sighting
		for line := range strings.Lines(c.seen) {
			all = append(all, seen(strings.TrimSpace(line)))
		}
		people := People(all, nil)
		if d := cmp.Diff(c.want, groups(people)); d != "" {
			t.Errorf("%s (-want +got)\n%s%+v", c.name, d, people)
		}
	}
}

// TestReasons: who is joined and who is kept apart says why.
func TestReasons(t *testing.T) {
	people := People([]Sighting{
		seen("1 Martín Soler: coach @ Real Madrid 2019-2024"), seen("2 Martín Soler: CFO @ Acme 2020-2023"), seen("3 Martín Soler: @ Acme"),
	}, nil)
	if len(people) != 2 {
		t.Fatalf("%d people", len(people))
	}
	why := func(p Person) string {
		var all []string
		for _, r := range p.Reasons {
			all = append(all, r.Why)
		}
		return strings.Join(all, "; ")
	}
	if got, want := why(people[0]), "kept apart: coach of Real Madrid 2019-2024 against CFO of Acme 2020-2023"; got != want {
		t.Errorf("the coach: %s, want %s", got, want)
	}
	if got, want := why(people[1]), "shares Acme with article 2; kept apart: coach of Real Madrid 2019-2024 against CFO of Acme 2020-2023"; got != want {
		t.Errorf("the financier: %s, want %s", got, want)
	}
	if people[0].ID != ID(extract.Person, "Martín Soler") || people[1].ID == people[0].ID || people[1].Reasons[1].From != people[0].ID {
		t.Errorf("ids %s and %s", people[0].ID, people[1].ID)
	}
}

// TestDecisions: a decision goes before the rules; the latest counts; what
// was joined can be parted again.
func TestDecisions(t *testing.T) {
	all := []Sighting{
		seen("1 James Smith: engineer @ Acme"), seen("2 James Smith: trader @ Initech"), seen("3 James Smith: trader @ Initech"),
		seen("4 Zeb Quillfeather: @ Acme"), seen("5 Zeb Quillfeather: @ Umbra"), seen("6 Zeb Quillfeather: @ Initech"),
	}
	key := func(i int) SightingKey { return all[i-1].Key() }
	at := func(day int) time.Time { return time.Date(2026, 1, day, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		name      string
		decisions []Decision
		want      string
	}{
		{"none", nil, "James Smith 1 | James Smith 2,3 | Zeb Quillfeather 4,5,6"},
		{"same", []Decision{{A: key(1), B: key(3), Same: true, At: at(1)}}, "James Smith 1,2,3 | Zeb Quillfeather 4,5,6"},
		{"taken back", []Decision{{A: key(1), B: key(3), Same: true, At: at(1)}, {A: key(3), B: key(1), At: at(2)}}, "James Smith 1 | James Smith 2,3 | Zeb Quillfeather 4,5,6"},
		{"different", []Decision{{A: key(6), B: key(4), At: at(1)}}, "James Smith 1 | James Smith 2,3 | Zeb Quillfeather 4,5 | Zeb Quillfeather 6"},
		{"different, the first", []Decision{{A: key(4), B: key(5), At: at(1)}}, "James Smith 1 | James Smith 2,3 | Zeb Quillfeather 4 | Zeb Quillfeather 5,6"},
		{"about what is no more", []Decision{{A: SightingKey{Article: "9", Name: "Nobody"}, B: key(1), Same: true, At: at(1)}}, "James Smith 1 | James Smith 2,3 | Zeb Quillfeather 4,5,6"},
		{"a circle, the latest counts", []Decision{{A: key(1), B: key(2), Same: true, At: at(1)}, {A: key(2), B: key(3), Same: true, At: at(2)}, {A: key(1), B: key(3), At: at(3)}},
			"James Smith 1 | James Smith 2,3 | Zeb Quillfeather 4,5,6"},
	} {
		if got := groups(People(all, c.decisions)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestAnyOrder: the order of sightings and decisions does not show, and
// telling one twice neither.
func TestAnyOrder(t *testing.T) {
	var all []Sighting
	orgs := []string{"Acme", "Initech", "Umbra", "Meta", "Facebook", "YouTube", "Google"}
	roles := []string{"coach", "CFO", "engineer", "surgeon", ""}
	names := []string{"James Smith", "Jim Smith", "J. Smith", "Smith", "James T. Smith", "James R. Smith", "Zelda Smith"}
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 60 {
		y := 1990 + random.IntN(30)
		all = append(all, seen(fmt.Sprintf("%d %s: %s @ %s %d-%d", 1+i%12, names[random.IntN(len(names))], roles[random.IntN(len(roles))], orgs[random.IntN(len(orgs))], y, y+random.IntN(6))))
	}
	decisions := []Decision{{A: all[0].Key(), B: all[1].Key(), Same: true}, {A: all[2].Key(), B: all[3].Key()}, {A: all[4].Key(), B: all[1].Key(), Same: true}}
	want := People(all, decisions)
	for range 30 {
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		random.Shuffle(len(decisions), func(i, j int) { decisions[i], decisions[j] = decisions[j], decisions[i] })
		if d := cmp.Diff(want, People(all, decisions)); d != "" {
			t.Fatal(d)
		}
	}
	n := 0
	ids := map[string]bool{}
	for _, p := range want {
		n += len(p.Sightings)
		if ids[p.ID] {
			t.Errorf("two people have the ID %s", p.ID)
		}
		ids[p.ID] = true
	}
	keys := map[SightingKey]bool{}
	for _, s := range all {
		keys[s.Key()] = true
	}
	if n != len(keys) {
		t.Errorf("%d sightings of %d", n, len(keys))
	}
}

// TestStable: what is read later does not change an ID.
func TestStable(t *testing.T) {
	all := []Sighting{seen("1 James Smith: engineer @ Acme"), seen("2 James Smith: trader @ Initech"), seen("3 Jim Smith: director @ Acme"), seen("4 James Smith: chef @ Umbra")}
	ids := map[SightingKey]string{}
	for n := 1; n <= len(all); n++ {
		for _, p := range People(all[:n], nil) {
			for _, k := range p.Sightings {
				if old, known := ids[k]; known && old != p.ID {
					t.Errorf("after %d articles %v is of %s, no more of %s", n, k, p.ID, old)
				}
				ids[k] = p.ID
			}
		}
	}
}

func TestSightings(t *testing.T) {
	a := &extract.Article{ID: "7", Published: extract.Day(2025, 5, 26), Tags: []string{"HugoTouvron"},
		Entities: []extract.Entity{{Kind: extract.Person, Name: "Hugo Touvron", Aliases: []string{"Touvron"}}},
		Facts: []extract.Fact{
			{Type: extract.Joined, Person: "Hugo Touvron", Org: "Meta Platforms", Date: inYear("2019")},
			{Type: extract.Left, Person: "Hugo Touvron", Org: "Meta", Date: inYear("2025")},
			{Type: extract.RoleAt, Person: "Ana Lima", Org: "Acme", Role: "CFO", Status: extract.Current},
			{Type: extract.ReplacedBy, Person: "Ana Lima", Org: "Acme", Role: "CFO", Successor: "Bo Ek"},
			{Type: extract.Left, Person: "Ana Lima", Org: "Acme", Planned: true},
		}}
	got := Sightings(a)
	want := []Sighting{
		{Article: "7", Name: "Hugo Touvron", Aliases: []string{"Touvron"}, Published: a.Published, Tags: a.Tags, With: []string{"Ana Lima", "Bo Ek"},
			Posts: []Post{{Org: "Meta Platforms", From: inYear("2019"), Until: inYear("2025")}}},
		{Article: "7", Name: "Ana Lima", Published: a.Published, Tags: a.Tags, With: []string{"Hugo Touvron", "Bo Ek"}, Posts: []Post{{Org: "Acme", Role: "CFO"}}},
		{Article: "7", Name: "Bo Ek", Published: a.Published, Tags: a.Tags, With: []string{"Hugo Touvron", "Ana Lima"}, Posts: []Post{{Org: "Acme", Role: "CFO", Current: true}}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestOrganizations(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Facebook", "Meta Platforms, Inc.", true}, {"Twitter", "X", true}, {"Square", "Block, Inc.", true}, {"Statoil ASA", "Equinor", true},
		{"Siemens AG", "Siemens", true}, {"The New York Times Company", "New York Times", true}, {"JP Morgan", "JPMorgan Chase & Co.", true}, {"Nestlé S.A.", "Nestle", true},
		{"YouTube", "Google", false}, {"Google DeepMind", "Google", false}, {"FAIR", "Meta", false}, {"BBC News", "BBC", false},
	} {
		if got := OrgKey(c.a) == OrgKey(c.b); got != c.same {
			t.Errorf("%s and %s: the same is %v, want %v", c.a, c.b, got, c.same)
		}
	}
	if OrgShown("Facebook, Inc.") != "Meta" || OrgShown("Acme") != "Acme" {
		t.Error("the name to show is wrong")
	}
	for name, want := range map[string]string{"Google DeepMind": "Google", "YouTube LLC": "Google", "PayPal": "", "Acme": ""} {
		if got := PartOf(name); got != want {
			t.Errorf("%s is part of %q, want %q", name, got, want)
		}
	}
	if p, ok := ParentOf("YouTube"); !ok || p.Name != "Google" || p.Since != "2006-11" || p.Source == "" {
		t.Errorf("YouTube belongs to %+v", p)
	}
	if names := OrgNames("Twitter"); len(names) == 0 || names[0].Name != "Twitter" || names[0].Until != "2023-07" {
		t.Errorf("X was %+v", names)
	}
}

// TestOrgTables: every row is whole, and no name leads to two organizations.
func TestOrgTables(t *testing.T) {
	of := map[string]string{}
	for _, r := range rows(orgNames, 5) {
		if old := of[foldOrg(r[1])]; old != "" && old != r[0] {
			t.Errorf("%s is %s and %s", r[1], old, r[0])
		}
		of[foldOrg(r[1])] = r[0]
		if !slices.Contains([]string{"renamed", "merged", "legal", "short", "long"}, r[3]) || !strings.HasPrefix(r[4], "https://") || (r[3] == "renamed" || r[3] == "merged") != (r[2] != "") {
			t.Errorf("row %q", r)
		}
	}
	for _, r := range rows(orgParts, 5) {
		if OrgKey(r[0]) != foldOrg(r[0]) || OrgKey(r[0]) == OrgKey(r[1]) || r[2] == "" || !strings.HasPrefix(r[4], "https://") {
			t.Errorf("row %q", r)
		}
		if root(OrgKey(r[0])) == OrgKey(r[0]) && r[3] == "" {
			t.Errorf("%s has no end", r[0])
		}
	}
	for _, table := range []string{orgNames, orgParts} {
		lines := 0
		for line := range strings.Lines(table) {
			if !strings.HasPrefix(line, "#") {
				lines++
			}
		}
		if len(rows(table, 5)) < 30 || strings.Count(table, "\n") < lines {
			t.Error("a table is cut")
		}
	}
}

func ExamplePeople() {
	people := People([]Sighting{
		{Article: "a1", Name: "Yann LeCun", Posts: []Post{{Org: "Meta", Role: "chief AI scientist"}}},
		{Article: "a2", Name: "Yann Le Cun", Posts: []Post{{Org: "Facebook"}}},
		{Article: "a3", Name: "James Smith", Posts: []Post{{Org: "Acme"}}},
	}, nil)
	for _, p := range people {
		fmt.Println(p.Name, len(p.Sightings))
		for _, r := range p.Reasons {
			fmt.Println(" ", r.Why)
		}
	}
	// Output:
	// Yann Le Cun 2
	//   shares Meta with article a1
	// James Smith 1
}

func BenchmarkPeople(b *testing.B) {
	for _, n := range []int{10, 500, 2000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var all []Sighting
			for i := range n {
				all = append(all, seen(fmt.Sprintf("a%d %s Smith: engineer @ Org%d %d-%d", i, []string{"James", "Mary", "Zoe", "J.", "Bill", "William"}[i%6], i%97, 1990+i%30, 1992+i%30)))
			}
			for b.Loop() {
				People(all, nil)
			}
		})
	}
}
