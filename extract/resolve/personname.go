package resolve

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A personName is a person's name by its parts, folded.
type personName struct {
	given   string // empty for a surname alone
	called  string // a nickname in quotes or brackets: William "Bill" Gates
	middles []string
	surname string // its particles glued to it: "lecun", "vandenberg"
	suffix  string // jr, iii
	words   int
}

// parsePerson reads a name as written: "Yann Le Cun", "Lima, Ana", "J.K.
// Rowling", `Ketanji "KJ" Brown Jackson`, "Robert F. Kennedy Jr.".
func parsePerson(name string) personName {
	var p personName
	name, p.called = cutNickname(name)
	if last, first, ok := strings.Cut(name, ","); ok && !generations[Fold(first)] && Fold(first) != "" {
		name = first + " " + last
	}
	words := nameWords(name)
	p.words = len(words)
	if n := len(words); n > 1 && generations[words[n-1]] {
		p.suffix, words = words[n-1], words[:n-1]
	}
	if len(words) == 0 {
		return p
	}
	from := len(words) - 1
	for from > 1 && nameParticles[words[from-1]] {
		from--
	}
	p.surname = strings.Join(words[from:], "")
	if from > 0 {
		p.given, p.middles = words[0], words[1:from]
	}
	return p
}

// nameWords folds a name and parts initials that stand together.
func nameWords(name string) []string {
	var words []string
	shouts := strings.ToUpper(name) == name
	for _, w := range strings.Fields(name) {
		folded := Fold(w)
		if folded == "" || honorifics[folded] && len(words) == 0 {
			continue
		}
		if letters := strings.ReplaceAll(w, ".", ""); !shouts && len(letters) > 1 && len(letters) < 4 && allUpper(letters) && !generations[folded] {
			for _, r := range folded {
				words = append(words, string(r))
			}
			continue
		}
		words = append(words, strings.Fields(folded)...)
	}
	return words
}

func allUpper(s string) bool {
	for _, r := range s {
		if !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

// cutNickname takes the nickname out of a name: `William "Bill" Gates`.
func cutNickname(name string) (rest, nickname string) {
	from := strings.IndexAny(name, `"“(`)
	if from <= 0 {
		return name, ""
	}
	_, size := utf8.DecodeRuneInString(name[from:])
	to := strings.IndexAny(name[from+size:], `"”)`)
	if to < 0 {
		return name, ""
	}
	inside := name[from+size : from+size+to]
	_, close := utf8.DecodeRuneInString(name[from+size+to:])
	return name[:from] + " " + name[from+size+to+close:], Fold(inside)
}

// An alikeness says how well two names fit one person.
type alikeness uint8

const (
	unlike  alikeness = iota
	partial           // one is the surname alone, or has an initial for the given name
	variant           // a middle name more, a nickname
	equal
)

// compare tells how well two names fit one person.
func (p personName) compare(q personName) alikeness {
	if p.suffix != "" && q.suffix != "" && p.suffix != q.suffix || p.surname == "" {
		return unlike
	}
	if p.whole() == q.whole() {
		return equal
	}
	switch {
	case p.surname != q.surname || middlesDiffer(p.middles, q.middles):
		return unlike
	case p.given == "" || q.given == "":
		return partial
	case p.given == q.given || p.called != "" && p.called == q.given || q.called != "" && q.called == p.given:
		return variant
	case p.called != "" && p.called == q.given+strings.Join(q.middles, ""), q.called != "" && q.called == p.given+strings.Join(p.middles, ""):
		return variant // William "WT" Gates, W. T. Gates
	case len(p.given) == 1 || len(q.given) == 1:
		return initialAlike(p, q)
	case sameGiven(p.given, q.given) || sameGiven(p.called, q.given) || sameGiven(q.called, p.given):
		return variant
	}
	return unlike
}

// short reports whether the name is too short to tell a person by: a surname,
// perhaps with initials.
func (p personName) short() bool {
	return p.given == "" || len(p.given) == 1 && (len(p.middles) == 0 || len(p.middles[0]) == 1)
}

// whole returns the name without gaps: "yannlecun".
func (p personName) whole() string {
	return p.given + strings.Join(p.middles, "") + p.surname + p.suffix
}

// initialAlike compares names of which one has an initial for its given name.
func initialAlike(p, q personName) alikeness {
	if len(q.given) == 1 {
		p, q = q, p
	}
	switch {
	case len(p.middles) > 0 && len(p.middles[0]) > 1 && p.middles[0] == q.given:
		return variant // "J. Edgar Hoover" and "Edgar Hoover"
	case strings.HasPrefix(q.given, p.given):
		return partial
	}
	return unlike
}

// middlesDiffer reports whether both names have a middle name and the first
// ones exclude each other.
func middlesDiffer(a, b []string) bool {
	return len(a) > 0 && len(b) > 0 && !stands(a[0], b[0]) && !stands(b[0], a[0])
}

// sameGiven reports whether one given name is short for the other, or both
// are short for a third.
func sameGiven(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	return a == b || slices.Contains(nicknames[b], a) || slices.ContainsFunc(nicknames[a], func(full string) bool {
		return full == b || slices.Contains(nicknames[b], full)
	})
}

// key returns what the name shares with its variants: given name and
// surname, a nickname spelled out.
func (p personName) key() string {
	given := p.given
	if full := nicknames[given]; len(full) == 1 {
		given = full[0]
	}
	return strings.TrimSpace(given + " " + p.surname + " " + p.suffix)
}

// NameGroup returns the key under which all names meet that may be one
// person's: the surname, its particles glued to it. "Yann LeCun", "Y. Le
// Cun" and "LeCun" have one.
func NameGroup(name string) string { return parsePerson(name).surname }

var (
	nameParticles = wordSet(`van von de der den da di la le el al bin ibn dos das do du del della ter ten y zu af av bint abu ap vom zum st`)
	honorifics    = wordSet(`mr mrs ms miss dr prof professor sir dame lord lady rev`)
)

// nicknames are short forms of given names with what they may be short for.
// Read only.
var nicknames = func() map[string][]string {
	m := map[string][]string{}
	for line := range strings.Lines(nicknameRows) {
		full, short, _ := strings.Cut(strings.TrimSpace(line), ":")
		for w := range strings.FieldsSeq(short) {
			m[w] = append(m[w], full)
		}
	}
	return m
}()

const nicknameRows = `abigail:abby gail
alexander:alex sandy sasha xander
alexandra:alex sandra sasha
alfred:alfie fred
andrew:andy drew
anthony:tony
antonio:tony toni
barbara:barb babs
benjamin:ben benny
catherine:cathy kate katie cat
charles:charlie chuck
christina:chris tina
christine:chris
christopher:chris kit
cynthia:cindy
daniel:dan danny
david:dave davey
deborah:deb debbie
dennis:denny
donald:don donny
dorothy:dot dottie
douglas:doug
edward:ed eddie ted ned
elizabeth:liz beth lizzie betty eliza betsy
eugene:gene
francis:frank
francisco:paco pancho
frederick:fred freddie
gabriel:gabe
gerald:gerry jerry
gregory:greg
harold:hal harry
henry:hank harry
isabella:bella isa
jacob:jake
jacqueline:jackie
james:jim jimmy jamie
jeffrey:jeff
jennifer:jen jenny
jeremy:jerry
jessica:jess jessie
john:jack johnny
jonathan:jon
jose:pepe
joseph:joe joey
joshua:josh
judith:judy
katherine:kathy kate katie kat
kenneth:ken kenny
lawrence:larry
leonard:len lenny
madeleine:maddie
margaret:maggie meg peggy
matthew:matt
maximilian:max
michael:mike mick mickey
mohammed:mo
nathan:nate
nathaniel:nate nat
nicholas:nick nicky
pamela:pam
patricia:pat patty trish
patrick:pat paddy
peter:pete
philip:phil
raymond:ray
rebecca:becky becca
richard:rick dick rich richie
robert:bob rob bobby robbie bert
ronald:ron ronnie
russell:russ
samantha:sam
samuel:sam sammy
sebastian:seb
stephen:steve stevie
steven:steve stevie
stuart:stu
susan:sue susie
theodore:ted theo teddy
thomas:tom tommy
timothy:tim timmy
valerie:val
victoria:vicky tori
vincent:vince vinnie
walter:walt
william:bill will billy willie liam
zachary:zach zack`
