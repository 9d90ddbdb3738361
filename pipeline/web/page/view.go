package page

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"tenure/extract"
	"tenure/pipeline"
)

// A view is what the pages show, as of one moment. It is never changed.
type view struct {
	at       time.Time     // when reading it began
	full     time.Time     // when all articles were last read, not only those that changed
	took     time.Duration // to read
	articles map[string]*article
	moves    []*move              // the latest change first
	people   map[string]*person   // by key
	byID     map[string]*person   // by entity ID, or by name if there is none
	called   map[string][]*person // by every name somebody is called by, as a key
	orgs     map[string]*organization
	facts    int
	tags     []string // of articles that tell of moves, the most used first
	busy     []string // organizations with the most moves
	rejected []*move  // said to be wrong; they count for nothing else
	queue    []pipeline.Item
	deeds    []deed                      // what was decided, the last first
	decided  time.Time                   // when people were last told apart by somebody
	said     map[string]pipeline.Verdict // what counts of what was said, by ID
}

// An article is an article that tells facts, without its text.
type article struct {
	pipeline.ArticleRecord
	facts []*fact
}

// A fact is a claim and the article that makes it.
type fact struct {
	pipeline.FactRecord
	article *article
	n       int // its place among the article's facts
}

// A move is a move with what it is found by.
type move struct {
	pipeline.MoveRecord
	person         *person
	fromKey, toKey string
	when           period
	date           string // the value when comes from; empty if only the news has a date
	derived        bool   // date was computed
	tags           []string
	words          string // all that a search looks at, as keys
}

// A person is somebody with facts.
type person struct {
	id        string // of the entity; empty if the articles do not tell
	key, name string
	spellings map[string]int
	moves     []*move
	facts     []*fact
	rejected  []*move
	wrong     []*fact // said to be wrong
	once      sync.Once
	stays     []Stay
}

// An organization is what facts or moves name.
type organization struct {
	key, name string
	spellings map[string]int
	in, out   []*move // came and left, the latest first
	people    []*person
}

func newArticle(r pipeline.ArticleRecord) *article {
	a := &article{ArticleRecord: r}
	for i, f := range r.Facts {
		a.facts = append(a.facts, &fact{f, a, i})
	}
	a.Text, a.Mentions, a.Facts = "", nil, nil
	return a
}

// entity returns what an article means by a name; only the name is set if its
// entities do not tell.
func (a *article) entity(kind extract.Kind, said string) pipeline.EntityRecord {
	for _, e := range a.Entities {
		if e.Kind == kind && (e.Name == said || slices.Contains(e.Aliases, said)) {
			return e
		}
	}
	return pipeline.EntityRecord{Kind: kind, Name: said}
}

// outlet is who published the article.
func (a *article) outlet() string { return cmp.Or(a.Publisher, a.Site, host(a.URL)) }

func (v *view) addFacts() {
	for _, id := range slices.Sorted(maps.Keys(v.articles)) {
		for _, f := range v.articles[id].facts {
			v.facts++
			p := v.personOf(f.article.entity(extract.Person, f.Person))
			if p == nil {
				continue
			}
			if v.saidOf(f) == pipeline.Wrong {
				p.wrong = append(p.wrong, f)
				v.facts--
				continue
			}
			p.facts = append(p.facts, f)
			if o := v.orgOf(f.Org); o != nil && !slices.Contains(o.people, p) {
				o.people = append(o.people, p)
			}
		}
	}
}

// personOf returns the person that an entity is; nil if it has no name.
func (v *view) personOf(e pipeline.EntityRecord) *person {
	key := Key(e.Name)
	if key == "" {
		return nil
	}
	id := cmp.Or(e.ID, key)
	p := v.byID[id]
	if p == nil && e.ID == "" && len(v.called[key]) == 1 {
		p = v.called[key][0]
	}
	if p == nil {
		p = &person{id: e.ID, spellings: map[string]int{}}
		v.byID[id] = p
	}
	p.spellings[e.Name]++
	if !slices.Contains(v.called[key], p) {
		v.called[key] = append(v.called[key], p)
	}
	return p
}

func (v *view) orgOf(name string) *organization {
	key := Key(name)
	if key == "" {
		return nil
	}
	o := v.orgs[key]
	if o == nil {
		o = &organization{key: key, spellings: map[string]int{}}
		v.orgs[key] = o
	}
	o.spellings[name]++
	return o
}

func (v *view) addMove(r pipeline.MoveRecord) {
	m := &move{MoveRecord: r}
	m.dated()
	m.person = v.personOf(v.moved(r))
	if r.Review == pipeline.ReviewRejected {
		v.reject(m)
		return
	}
	if m.person != nil {
		m.person.moves = append(m.person.moves, m)
	}
	if r.From != nil {
		if o := v.orgOf(r.From.Org); o != nil {
			m.fromKey = o.key
			o.out = append(o.out, m)
		}
	}
	if r.To != nil {
		if o := v.orgOf(r.To.Org); o != nil {
			m.toKey = o.key
			o.in = append(o.in, m)
		}
	}
	m.index(v)
	v.moves = append(v.moves, m)
}

// moved returns the entity whose move it is, as the articles that tell it say.
func (v *view) moved(r pipeline.MoveRecord) pipeline.EntityRecord {
	for _, e := range r.Evidence {
		if a := v.articles[e.Article]; a != nil {
			if x := a.entity(extract.Person, r.Person); x.ID != "" {
				return x
			}
		}
	}
	return pipeline.EntityRecord{Kind: extract.Person, Name: r.Person}
}

// index collects what the move is found by.
func (m *move) index(v *view) {
	words := []string{Key(m.Person), m.fromKey, m.toKey, string(m.Kind)}
	for _, p := range []*pipeline.PositionRecord{m.From, m.To} {
		if p != nil {
			words = append(words, Key(p.Role))
		}
	}
	seen := map[string]bool{}
	for _, e := range m.Evidence {
		if seen[e.Article] {
			continue
		}
		seen[e.Article] = true
		words = append(words, Key(e.Publisher))
		if a := v.articles[e.Article]; a != nil {
			words = append(words, Key(a.Title))
			m.tags = append(m.tags, a.Tags...)
		}
	}
	slices.Sort(m.tags)
	m.tags = slices.Compact(m.tags)
	m.words = "-" + strings.Join(words, "- -") + "-"
}

// finish puts everything in order.
func (v *view) finish() {
	latest := func(a, b *move) int {
		return cmp.Or(b.when.from.Compare(a.when.from), b.when.until.Compare(a.when.until), b.FirstSeen.Compare(a.FirstSeen), cmp.Compare(a.ID, b.ID))
	}
	slices.SortFunc(v.moves, latest)
	slices.SortFunc(v.rejected, latest)
	tags := map[string]int{}
	for _, m := range v.moves {
		for _, t := range m.tags {
			tags[t]++
		}
	}
	v.tags = mostFirst(tags)
	for _, p := range v.byID {
		slices.SortFunc(p.moves, latest)
		slices.SortFunc(p.rejected, latest)
		p.name = usual(p.spellings)
	}
	v.nameAll()
	for _, o := range v.orgs {
		slices.SortFunc(o.in, latest)
		slices.SortFunc(o.out, latest)
		o.name = usual(o.spellings)
	}
	orgs := slices.SortedFunc(maps.Values(v.orgs), busier)
	for _, o := range orgs[:min(len(orgs), mostBusy)] {
		v.busy = append(v.busy, o.name)
	}
}

// mostBusy is how many organizations the filter offers.
const mostBusy = 40

// busier sorts organizations with more moves before others.
func busier(a, b *organization) int {
	return cmp.Or(len(b.in)+len(b.out)-len(a.in)-len(a.out), cmp.Compare(a.key, b.key))
}

// mostFirst returns what is counted, the most frequent first.
func mostFirst(counts map[string]int) []string {
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) })
}

// usual is the spelling that is met most.
func usual(spellings map[string]int) string {
	return slices.MaxFunc(slices.Sorted(maps.Keys(spellings)), func(a, b string) int { return spellings[a] - spellings[b] })
}

// nameAll gives everybody a key: the name, and for namesakes the beginning of
// their ID with it.
func (v *view) nameAll() {
	for _, p := range v.byID {
		p.key = Key(p.name)
		alike := 0
		for _, q := range v.called[p.key] {
			if Key(q.name) == p.key {
				alike++
			}
		}
		if alike > 1 && p.id != "" {
			p.key += "-" + p.id[:min(7, len(p.id))]
		}
		v.people[p.key] = p
	}
}

// path is the address of a person's page.
func (p *person) path() string { return "/person/" + url.PathEscape(p.key) }

// Stays returns a person's career.
func (s *Site) stays(p *person) []Stay {
	p.once.Do(func() {
		if s.Timeline != nil {
			p.stays = s.Timeline(claims(p.standing()))
		}
	})
	return p.stays
}
