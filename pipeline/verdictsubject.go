package pipeline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tenure/extract"
	"tenure/store"
)

// A subject is what a verdict is about, and where its verdicts are: in the
// order in which they were given, under a key that is made of what it says.
type subject struct {
	Verdict
	key []byte
}

// mostSeen bounds the articles that a verdict remembers, mostID the length of
// an ID.
const (
	mostSeen = 200
	mostID   = 100
)

// findSubject returns the move, fact or pair of people with an ID, or what an
// earlier verdict knew by it.
func findSubject(tx *store.Tx, id string) (s subject, err error) {
	if len(id) > mostID {
		return s, &NotFoundError{What: "move, fact or pair of people", Name: id[:mostID]}
	}
	row, ok, err := schema.moves.Get(tx, []byte(cmp.Or(id, "-")))
	if err == nil && ok {
		return moveSubject(tx, row)
	}
	if err == nil {
		s, ok, err = factSubject(tx, id)
	}
	if err == nil && !ok {
		s, ok, err = pairSubject(tx, id)
	}
	if err == nil && !ok {
		s, ok, err = pastSubject(tx, id)
	}
	if err == nil && !ok {
		err = &NotFoundError{What: "move, fact or pair of people", Name: id}
	}
	return s, err
}

// moveKey is where the verdicts are on moves that say the same: whose they are
// says Seen.
func moveKey(m extract.Move) []byte {
	return store.Key(OfMove, hashed(foldName(m.From.Org), foldName(m.To.Org), string(m.Kind), m.From.Left.Value, m.To.Joined.Value, foldName(m.To.Role)))
}

func moveSubject(tx *store.Tx, row moveRow) (subject, error) {
	who, err := personOfMove(tx, row)
	if err != nil {
		return subject{}, err
	}
	v := Verdict{Of: OfMove, ID: row.ID, Person: row.Person, Says: moveSays(row.Move)}
	for _, s := range who.Sightings {
		told := slices.ContainsFunc(row.Facts, func(f extract.ClaimQuote) bool { return f.ID == s.Article })
		if told && len(v.Seen) < mostSeen {
			v.Seen = append(v.Seen, s)
		}
	}
	return subject{v, moveKey(row.Move)}, nil
}

// personOfMove returns the person under whom a move is kept.
func personOfMove(tx *store.Tx, row moveRow) (personRow, error) {
	for _, f := range row.Facts {
		id, err := keyOfArticle(f.ID)
		if err != nil {
			return personRow{}, err
		}
		entries, err := schema.sighted.Scan(tx, id, nil, 0)
		if err != nil {
			return personRow{}, err
		}
		for _, e := range entries {
			_, is, err := schema.movesOf.Get(tx, store.Key(string(e.Value), []byte(row.ID)))
			if err != nil {
				return personRow{}, err
			}
			if is {
				who, _, err := personByID(tx, string(e.Value))
				return who, err
			}
		}
	}
	return personRow{}, &NotFoundError{What: "person of move", Name: row.ID}
}

// moveSays says a move in words.
func moveSays(m extract.Move) string {
	s := string(m.Kind)
	for _, part := range [][2]string{{"from", m.From.Org}, {"to", m.To.Org}, {"as", m.To.Role}} {
		if part[1] != "" {
			s += " " + part[0] + " " + part[1]
		}
	}
	if date := cmp.Or(m.To.Joined.Value, m.From.Left.Value); date != "" {
		s += ", " + date
	}
	return s
}

// FactID is by what a fact of an article is known: it stays as long as the
// article says the same, wherever in it.
func FactID(article string, f FactRecord) string { return article + "-" + saidIn(f) }

// saidIn stands for what a fact says, in eight hexadecimal digits.
func saidIn(f FactRecord) string {
	return hashed(string(f.Type), foldName(f.Person), foldName(f.Org), foldName(f.Role), foldName(f.Successor), f.Date, f.End, fmt.Sprint(f.Months))[:8]
}

// saidKey is where the verdicts are on what an article says.
func saidKey(article []byte, said string) []byte { return store.Key(OfFact, article, said) }

// factSubject finds a fact by ID. Of a copy of an article it is the
// original's, where that says the same: one verdict is for all copies.
func factSubject(tx *store.Tx, id string) (s subject, ok bool, err error) {
	digits, said, ok := strings.Cut(id, "-")
	if !ok {
		return s, false, nil
	}
	key, row, ok, err := articleBegins(tx, digits)
	if full, kerr := keyOfArticle(digits); kerr == nil {
		key = full
		row, ok, err = schema.articles.Get(tx, key)
	}
	if err != nil || !ok {
		return s, false, err
	}
	f, ok := factSaid(row, said)
	if !ok {
		return s, false, nil
	}
	s.Verdict = Verdict{Of: OfFact, ID: FactID(row.ID, f), Person: f.Person, Says: factSays(f), Seen: []extract.SightingKey{{Article: row.ID, Name: f.Person}}}
	first, err := original(tx, row.tells())
	if err != nil {
		return s, false, err
	}
	if okey, orow, is, err := articleByID(tx, first); err != nil {
		return s, false, err
	} else if g, same := factSaid(orow, said); is && same && first != row.ID {
		key = okey
		s.Seen = append(s.Seen, extract.SightingKey{Article: first, Name: g.Person})
	}
	s.key = saidKey(key, said)
	return s, true, nil
}

func factSaid(row articleRow, said string) (FactRecord, bool) {
	for _, f := range row.Facts {
		if r := NewFactRecord(f); saidIn(r) == said {
			return r, true
		}
	}
	return FactRecord{}, false
}

// factSays says a fact in words.
func factSays(f FactRecord) string {
	s, at := string(f.Type), "at"
	switch f.Type {
	case extract.Left, extract.Joined, extract.Founded:
		s, at = "", string(f.Type)
	case extract.ReplacedBy:
		s = "replaced"
	}
	for _, part := range [][2]string{{at, f.Org}, {"as", f.Role}, {"by", f.Successor}} {
		if part[1] != "" {
			s += " " + part[0] + " " + part[1]
		}
	}
	if f.Date != "" {
		s += ", " + f.Date
	}
	return strings.TrimSpace(s)
}

// pastSubject finds what an earlier verdict was about.
func pastSubject(tx *store.Tx, id string) (s subject, ok bool, err error) {
	err = schema.verdicts.Each(tx, nil, func(key []byte, v Verdict) error {
		if v.ID == id {
			s, ok = subject{v, slices.Clone(key[:len(key)-numberLength])}, true
		}
		return nil
	})
	return s, ok, err
}

// groupsSighted returns the groups of those who are sighted now.
func groupsSighted(tx *store.Tx, seen []extract.SightingKey) (groups []string, err error) {
	for _, s := range seen {
		key, err := sightedKey(s)
		if err != nil {
			return nil, err
		}
		id, ok, err := schema.sighted.Get(tx, key)
		if err != nil {
			return nil, err
		}
		group, known, err := groupOf(tx, string(id))
		if err != nil {
			return nil, err
		}
		if ok && known && !slices.Contains(groups, group) {
			groups = append(groups, group)
		}
	}
	return groups, nil
}
