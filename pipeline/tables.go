package pipeline

import (
	"time"

	"tenure/crawler"
	"tenure/extract"
	"tenure/store"
)

// The schema, on one page. Hash is the first 16 bytes of the SHA-256 of a
// canonical URL (crawler.Key); an article's key is the hash of its URL.
//
//	table            key                         value
//	sources          source ID                   sourceRow   what to look at, and how it went
//	links            hash                        linkRow     every URL ever discovered, and its state
//	queue            host, due, hash             -           links waiting, per host in order of time
//	hosts            host                        hostRow     politeness that outlives a run
//	ready            time, host                  -           hosts by when they may next be asked
//	robots           origin                      -           robots.txt verdicts with their expiry
//	pages            sequence                    pageRow     every page kept, in order of arrival (a log)
//	readings         sequence                    readingRow  which articles a page gave
//	articles         hash                        articleRow  one article, however often it was met; what it tells of people apart from the rest
//	articles.time    changed, hash               -           articles by when they last changed
//	aliases          hash                        aliasRow    another URL of an article
//	similar          block, SimHash, hash        time        articles by what their text is like, and when they were met
//	volume           source ID, day              int         articles first met through a source
//	people           group, article hash         -           articles that tell of people with such a name
//	dirty            group                       -           people whose moves are to be assembled anew
//	persons          group, person ID            personRow   people of many articles, namesakes apart
//	persons.id       person ID                   group
//	sighted          article hash, name          person ID   whom an article means by a name
//	decisions        group, number               Decision    who was said to be the same, or another
//	verdicts         kind, what it says, number  Verdict     which moves and facts were said to be right, or wrong
//	entities         entity ID, article hash     entityRow   names by article
//	names            name, entity ID             -           entities by their names
//	totals           entity ID, names            counts      in how many articles an entity is (totals.go)
//	moves            move ID                     moveRow     assembled from all facts of a person
//	moves.person     person ID, move ID          -
//	moves.time       changed, move ID            -           moves by when they last changed
//	failures         hash or sequence, stage     Failure     what a stage gave up on
//	attempts         sequence                    attemptRow  pages that reading did not end well with
//	underway         what                        -           what is being done, or was when its process died
//	runs             start                       Summary
//	lines            host                        bytes       what was learned of a site's boilerplate
//	consumers        name                        time        when --since-last NAME last got an export
//	hooks            name                        HookState   how far a hook has looked, and what is on its way to it
//	told             hook, move ID               -           what a hook was told of
//	marks            name of a table             key         how far pruning has come
//
// Rows of links, hosts, entities and articles are packed (pack.go,
// packentity.go, packarticle.go), all others JSON. Everything from
// readings down can be made again from pages, but for volume, decisions,
// verdicts, failures, runs, lines, consumers, hooks, told, marks and when a move
// last changed, which Rebuild keeps.
var schema = struct {
	sources  store.Table[sourceRow]
	links    store.Table[linkRow]
	queue    store.Index
	hosts    store.Table[hostRow]
	ready    store.Index
	robots   store.Table[crawler.RobotsRecord]
	pages    store.Table[pageRow]
	readings store.Table[readingRow]
	articles store.Table[articleRow]
	tellings store.Table[telling] // of articles; only read
	byTime   store.Index
	aliases  store.Table[aliasRow]
	similar  store.Index
	volume   store.Table[int]
	people   store.Index
	dirty    store.Index
	entities store.Table[entityRow]
	names    store.Index
	totals   store.Sums
	persons  store.Table[personRow]
	moves    store.Table[moveRow]
	movesOf  store.Index

	movesByTime store.Index

	failures store.Table[Failure]
	runs     store.Table[Summary]
	attempts store.Table[attemptRow]
	underway store.Index

	lines       store.Table[[]byte]
	consumers   store.Table[time.Time]
	personsByID store.Index
	sighted     store.Index
	decisions   store.Table[extract.Decision]
	marks       store.Index
	hooks       store.Table[HookState]
	told        store.Index
	verdicts    store.Table[Verdict]
}{
	store.NewTable[sourceRow]("sources"),
	store.NewTable[linkRow]("links"),
	store.NewIndex("queue"),
	store.NewTable[hostRow]("hosts"),
	store.NewIndex("ready"),
	store.NewTable[crawler.RobotsRecord]("robots"),
	store.NewTable[pageRow]("pages"),
	store.NewTable[readingRow]("readings"),
	store.NewTable[articleRow]("articles"),
	store.NewTable[telling]("articles"),
	store.NewIndex("articles.time"),
	store.NewTable[aliasRow]("aliases"),
	store.NewBulkIndex("similar"),
	store.NewTable[int]("volume"),
	store.NewBulkIndex("people"),
	store.NewIndex("dirty"),
	store.NewBulkTable[entityRow]("entities"),
	store.NewBulkIndex("names"),
	store.NewSums("totals", 2),
	store.NewTable[personRow]("persons"),
	store.NewTable[moveRow]("moves"),
	store.NewIndex("moves.person"),
	store.NewIndex("moves.time"),
	store.NewTable[Failure]("failures"),
	store.NewTable[Summary]("runs"),
	store.NewTable[attemptRow]("attempts"),
	store.NewIndex("underway"),

	store.NewTable[[]byte]("lines"),
	store.NewTable[time.Time]("consumers"),
	store.NewIndex("persons.id"),
	store.NewIndex("sighted"),
	store.NewTable[extract.Decision]("decisions"),
	store.NewIndex("marks"),
	store.NewTable[HookState]("hooks"),
	store.NewIndex("told"),
	store.NewTable[Verdict]("verdicts"),
}

// readCursor is the name of the cursor of the reading stage over pages.
const readCursor = "read"

type sourceRow struct {
	crawler.Source
	Added    time.Time `json:"added"`
	Config   bool      `json:"config,omitempty"` // comes from the configuration file
	LastRun  time.Time `json:"last_run,omitzero"`
	LastGood time.Time `json:"last_good,omitzero"`
	Problem  string    `json:"problem,omitempty"` // of the last run, empty if it went well
	Since    time.Time `json:"since,omitzero"`    // when the problem began
	Found    int       `json:"found,omitempty"`   // links found by the last good look

	ByHand *bool `json:"by_hand,omitempty"` // paused or not, whatever the configuration file says
	Filed  bool  `json:"filed,omitempty"`   // it is paused there
}

// A linkState is where a link stands.
type linkState string

const (
	linkQueued linkState = "queued" // waits in queue
	linkDone   linkState = "done"   // fetched and kept
	linkFailed linkState = "failed" // given up after too many tries, or refused
	linkGone   linkState = "gone"   // 410: never asked again
)

type linkRow struct {
	crawler.Link
	State  linkState `json:"state"`
	Found  time.Time `json:"found"`
	Due    time.Time `json:"due,omitzero"`     // while queued
	Tried  time.Time `json:"tried,omitzero"`   // last request
	Status int       `json:"status,omitempty"` // last HTTP status
	Hash   string    `json:"hash,omitempty"`   // of the body kept last

	Interval time.Duration `json:"interval,omitempty"` // after which it was due again last time
	Soft     int           `json:"soft,omitempty"`     // looks that found an error in disguise
}

type hostRow struct {
	Delay   time.Duration `json:"delay,omitempty"` // asked for by robots.txt or found necessary
	Next    time.Time     `json:"next,omitzero"`   // earliest next request
	Blocked time.Time     `json:"blocked,omitzero"`
	Ready   time.Time     `json:"ready,omitzero"` // its key in the ready index; zero: not in it
}

type pageRow struct {
	URL       string       `json:"url"`   // canonical, as asked for
	Final     string       `json:"final"` // canonical, after redirects
	Source    string       `json:"source,omitempty"`
	Role      crawler.Role `json:"role"`
	Kind      crawler.Kind `json:"kind,omitempty"`
	At        time.Time    `json:"at"`
	Status    int          `json:"status"`
	Type      string       `json:"type,omitempty"`
	Tags      []string     `json:"tags,omitempty"`
	Published string       `json:"published,omitempty"` // as the feed told
	Truncated bool         `json:"truncated,omitempty"`
	Hash      string       `json:"hash"` // of the body
	Raw       store.Ref    `json:"raw"`
	First     bool         `json:"first,omitempty"` // the first page kept of this URL
}

type readingRow struct {
	Articles []string `json:"articles,omitempty"`
	By       string   `json:"by"` // version of the extraction that made it
}

// An articleRow is an article with every page on which it was met.
type articleRow struct {
	extract.Article
	Sightings []sighting `json:"sightings"`        // best first
	Groups    []string   `json:"groups,omitempty"` // of the people it has facts about
	Like      uint64     `json:"like,omitempty"`   // SimHash of the text; 0 for one too short to compare
	First     time.Time  `json:"first"`            // when it was first met
	Changed   time.Time  `json:"changed"`          // when what is kept of it last changed
	By        string     `json:"by"`
}

// A sighting is what one page says of an article, all but the text. The
// article's text is that of its best sighting.
type sighting struct {
	Page  uint64          `json:"page"`  // the last look at it
	First uint64          `json:"first"` // the look that gave the date
	URL   string          `json:"url"`   // of the page
	At    time.Time       `json:"at"`
	Hash  string          `json:"hash"`            // of the text
	Size  int             `json:"size"`            // of the text, bytes
	Meta  extract.Article `json:"meta"`            // Text and annotations empty
	Dates []lookDate      `json:"dates,omitempty"` // of other looks at the page, the last first; for newer
}

// A lookDate is the date in days that a look at a page gave, the first one
// that found a text.
type lookDate struct {
	Page      uint64        `json:"page"`
	Hash      string        `json:"hash"` // of the text
	Published extract.Stamp `json:"published"`
}

type aliasRow struct {
	Article string `json:"article"`
}

type entityRow struct {
	extract.Entity
	Article string `json:"article"`
	Told    bool   `json:"told,omitempty"` // a person whom a fact of the article names
}

type moveRow struct {
	extract.Move
	First   time.Time `json:"first"`             // when the first article that tells it was met
	Last    time.Time `json:"last"`              // when the last one was
	Changed time.Time `json:"changed"`           // when it last became what it is
	Verdict Judgement `json:"verdict,omitempty"` // what somebody said of it
}

// A Failure is a page that a stage gave up on, or could only use in part.
type Failure struct {
	URL    string    `json:"url"`
	Source string    `json:"source,omitempty"`
	Stage  string    `json:"stage"`  // fetch, discover, content, annotate
	Reason string    `json:"reason"` // one word or code: "http-404", "timeout", "no-date"
	Detail string    `json:"detail,omitempty"`
	At     time.Time `json:"at"`
	Tries  int       `json:"tries,omitempty"`
	Retry  time.Time `json:"retry,omitzero"` // when it will be tried again; zero: never by itself
}
