package ner

import (
	"strings"

	"tenure/extract/gazetteer"
	"tenure/extract/ner/internal/feature"
)

// part cuts a name in two behind a possessive, where the owner is an
// organization by itself: "Northwestern University's Kellogg School". What is
// listed as one name stays one ("Moody's Investors Service"), and so does
// what begins with any other owner ("Children's Hospital").
func (w *worker) part(d *feature.Document, g *gazetteer.Gazetteer) {
	for i := range w.names {
		n := &w.names[i]
		if n.Kind != organization {
			continue
		}
		for at := n.First + 1; at < n.Last; at++ {
			if s := d.Word(at); s != "'s" && s != "’s" || !owns(d, g, n.First, at-1) {
				continue
			}
			w.added = append(w.added, named{First: at + 1, Last: n.Last, Kind: n.Kind, P: n.P})
			n.Last = at - 1
			break
		}
	}
	w.merge()
}

// owns reports whether the tokens from first to last are the name of an
// organization or place rather than the beginning of a longer name.
func owns(d *feature.Document, g *gazetteer.Gazetteer, first, last int) bool {
	const owners = gazetteer.Organization | gazetteer.Company | gazetteer.University | gazetteer.Country | gazetteer.City
	switch length, class := d.Longest(g, first); {
	case length > last-first+1:
		return false
	case length == last-first+1 && class&owners != 0:
		return true
	}
	return heads[d.Word(last)]
}

// heads are words that end names of organizations.
var heads = wordSet(`University College Institute School Hospital Bank Ministry Department Commission Committee Agency Authority Service Services
Company Corporation Corp Inc Group Council Association Federation Foundation Society Union Party Court Office Bureau Board Government Times Post`)

// coupled is how probable two organizations taken for one may be and still
// be parted.
const coupled = 0.6

// couple cuts in two at "and" what was hardly taken for one organization,
// where both sides are alike: "Harlan Motors and Quill Press", "House and
// Senate".
func (w *worker) couple(d *feature.Document, g *gazetteer.Gazetteer) {
	for i := range w.names {
		n := &w.names[i]
		if n.Kind != organization || n.P > coupled {
			continue
		}
		if at := middle(d, n); at > 0 && alike(d, g, n, at) {
			w.added = append(w.added, named{First: at + 1, Last: n.Last, Kind: n.Kind, P: n.P})
			n.Last = at - 1
		}
	}
	w.merge()
}

// middle returns the token "and" of a name whose other words all have
// capitals, or 0.
func middle(d *feature.Document, n *named) (at int) {
	for i := n.First; i <= n.Last; i++ {
		switch {
		case d.Word(i) == "and" && at == 0 && i > n.First && i < n.Last:
			at = i
		case !d.Capital(i):
			return 0
		}
	}
	return at
}

// alike reports whether the words before and behind token at can both be
// names: both of one word or both of more, and not the parts of a longer one.
func alike(d *feature.Document, g *gazetteer.Gazetteer, n *named, at int) bool {
	before, behind := at-n.First, n.Last-at
	length, _ := d.Longest(g, n.First)
	return length <= before && (before > 1) == (behind > 1) && !heads[d.Word(n.Last)]
}

// legal are the legal forms that end names of companies.
var legal = wordSet("Inc Inc. LLC L.L.C. Ltd Ltd. Corp Corp. plc PLC LLP GmbH S.A. Limited Pty")

// incorporate takes the legal form behind a name into it, also behind a
// comma: it makes any name that of an organization.
func (w *worker) incorporate(d *feature.Document) {
	for i := range w.names {
		n := &w.names[i]
		if n.First < n.Last && legal[d.Word(n.Last)] {
			n.Kind = organization
			continue
		}
		at, next := n.Last+1, len(d.Tokens)
		if i+1 < len(w.names) {
			next = w.names[i+1].First
		}
		if at < next && d.Word(at) == "," {
			at++
		}
		if at < next && !d.Tokens[at].Line && legal[d.Word(at)] {
			n.Last, n.Kind, n.P = at, organization, max(n.P, incorporated)
		}
	}
}

// How probable a name is at least that a legal form or a domain shows to be
// an organization.
const (
	incorporated = 0.8
	online       = 0.7
)

// sites takes for organizations what is named like a site: "Salary.com",
// unless the model is sure of another kind or of a longer name.
func (w *worker) sites(d *feature.Document) {
	at := 0
	for i := range d.Tokens {
		for at < len(w.names) && w.names[at].Last < i {
			at++
		}
		switch covered := at < len(w.names) && w.names[at].First <= i; {
		case !d.Capital(i) || !isSite(d.Word(i)):
		case !covered:
			w.added = append(w.added, named{First: i, Last: i, Kind: organization, P: online})
		case w.names[at].First == w.names[at].Last && w.names[at].P < sure:
			n := &w.names[at]
			n.Kind, n.P = organization, max(n.P, online)
		}
	}
	w.merge()
}

// isSite reports whether a word is a name with a domain behind it.
func isSite(word string) bool {
	at := strings.LastIndexByte(word, '.')
	if at < 2 || word[0] < 'A' || word[0] > 'Z' {
		return false
	}
	switch word[at+1:] {
	case "com", "org", "net", "io", "gov", "edu", "tv", "fm", "ai", "me", "co":
		return true
	}
	return false
}

// longestRepeat is the longest name that repeat looks for, in words.
const longestRepeat = 6

// repeat finds the further places of names of more than one word.
func (w *worker) repeat(d *feature.Document) {
	clear(w.known)
	for _, n := range w.names {
		if n.First < n.Last && n.Last-n.First < longestRepeat && n.P > extendFrom && (n.Kind == person || n.Kind == organization) {
			w.note(d.Hash(n.First, n.Last), n)
			w.note(d.Low(n.First), named{}) // a name begins so
		}
	}
	if len(w.known) == 0 {
		return
	}
	at := 0
	for i := 0; i < len(d.Tokens); i++ {
		for at < len(w.names) && w.names[at].Last < i {
			at++
		}
		limit := len(d.Tokens)
		if at < len(w.names) {
			limit = w.names[at].First
		}
		if _, begins := w.known[d.Low(i)]; begins && i < limit && d.Capital(i) {
			if n, found := w.repeated(d, i, limit); found {
				w.added = append(w.added, n)
				i = n.Last
			}
		}
	}
	w.merge()
}

// repeated returns the longest known name that begins at token i and ends
// before limit.
func (w *worker) repeated(d *feature.Document, i, limit int) (n named, found bool) {
	h := gazetteer.Hash(0).Then(d.Low(i))
	for j := i + 1; j < min(limit, i+longestRepeat) && !d.Tokens[j].Line; j++ {
		h = h.Then(d.Low(j))
		if k, known := w.known[h]; known && d.Capital(j) && k.best > 0 {
			n, found = named{First: i, Last: j, Kind: k.kind, P: k.best / 2}, true
		}
	}
	return n, found
}
