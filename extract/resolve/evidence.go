package resolve

import (
	"time"

	"tenure/extract"
	"tenure/extract/gazetteer"
)

// shared returns why two sightings of alike names are of one person, or "".
// Every reason names the other article.
func shared(a, b *sighting) string {
	switch {
	case a.Copy != "" && a.Copy == b.Copy:
		return "both in copies of one story"
	case a.tag != "" && a.tag == b.tag:
		return "both under the tag " + a.tag
	}
	for _, p := range a.posts {
		for _, q := range b.posts {
			if p.key == q.key {
				return "shares " + OrgShown(p.Org)
			} else if related(p.key, q.key) {
				return p.Org + " and " + q.Org + " belong together"
			}
		}
	}
	if with := together(a, b); with != "" {
		return "both told of beside " + with
	}
	for _, p := range a.posts {
		for _, q := range b.posts {
			if why := followsOn(p.Post, q.Post); why != "" {
				return why
			}
			if why := followsOn(q.Post, p.Post); why != "" {
				return why
			}
			if p.field.telling() && p.field == q.field {
				return "both work in the same field: " + p.Role + ", " + q.Role
			}
		}
	}
	return ""
}

// together returns somebody whom both articles name beside the person.
func together(a, b *sighting) string {
	for i, n := range a.with {
		for _, m := range b.with {
			if n == m && n != "" {
				return a.With[i]
			}
		}
	}
	return ""
}

// followsOn returns the words for a post that begins where another ends,
// within a year.
func followsOn(p, q Post) string {
	if p.Until.IsZero() || q.From.IsZero() || p.Died {
		return ""
	}
	end, ok := day(p.Until.Earliest)
	lastEnd, ok2 := day(p.Until.Latest)
	begin, ok3 := day(q.From.Earliest)
	lastBegin, ok4 := day(q.From.Latest)
	if !ok || !ok2 || !ok3 || !ok4 || lastBegin.Before(end.AddDate(0, -2, 0)) || begin.After(lastEnd.AddDate(1, 0, 0)) {
		return ""
	}
	return "left " + p.Org + " in " + p.Until.Value + ", came to " + q.Org + " in " + q.From.Value
}

func day(s string) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, s)
	return t, err == nil
}

// against returns why two posts are not one person's, or "". Common says
// that the name is: then two seats of the same rank at once are too many.
func against(p, q held, common bool) string {
	switch {
	case p.Died && q.after(p), q.Died && p.after(q):
		return "one had died: " + p.String() + " against " + q.String()
	case related(p.key, q.key):
		return ""
	}
	months := p.overlap(q)
	switch {
	case months > 6 && p.field.apart(q.field), common && p.field.apart(q.field), common && months > 12 && topSeat(p.Role) && topSeat(q.Role):
		return p.String() + " against " + q.String()
	case p.from.AddDate(75, 0, 0).Before(q.from) && !p.from.IsZero(), q.from.AddDate(75, 0, 0).Before(p.from) && !q.from.IsZero():
		return "more than a working life apart: " + p.String() + " against " + q.String()
	}
	return ""
}

// topSeat reports whether a role fills a working day: nobody holds two.
func topSeat(role string) bool {
	switch lastWord(role) {
	case "ceo", "cfo", "coo", "cto", "officer", "executive":
		return true
	}
	return false
}

func lastWord(role string) string {
	words := nameWords(role)
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

// A held post is a post with the time for which it was surely held.
type held struct {
	Post
	key         string
	field       field
	from, until time.Time // zero where nothing is sure
}

func hold(p Post, published extract.Stamp) held {
	h := held{Post: p, key: OrgKey(p.Org), field: fieldOf(p.Role)}
	h.from, _ = day(p.From.Latest)
	h.until, _ = day(p.Until.Earliest)
	if p.Current && !published.IsZero() {
		h.until = published.Time
		if h.from.IsZero() || h.from.After(h.until) {
			h.from = h.until
		}
	}
	return h
}

// overlap returns for how many months both posts were surely held.
func (p held) overlap(q held) int {
	if p.from.IsZero() || q.from.IsZero() || p.until.IsZero() || q.until.IsZero() {
		return 0
	}
	from, until := p.from, p.until
	if q.from.After(from) {
		from = q.from
	}
	if q.until.Before(until) {
		until = q.until
	}
	return int(until.Sub(from).Hours() / 24 / 30)
}

// after reports whether post p was held more than a year after q ended.
func (p held) after(q held) bool {
	end, ok := day(q.Until.Latest)
	return ok && p.from.After(end.AddDate(1, 0, 0))
}

// commonName reports whether many people bear the name: a given name and a
// surname that are both among the common ones of some country.
func commonName(p personName) bool {
	g, err := gazetteer.Default()
	if err != nil || p.given == "" || len(p.given) == 1 {
		return true
	}
	given := g.Word(gazetteer.HashWord(p.given))
	surname := g.Word(gazetteer.HashWord(p.surname))
	return given&gazetteer.GivenName != 0 && surname&gazetteer.Surname != 0 && len(p.middles) == 0
}
