package pipeline

import (
	"encoding/binary"
	"slices"
	"time"

	"google.golang.org/protobuf/encoding/protowire"

	"tenure/extract"
)

// A row of an article is kept in two parts. The head is what it tells of
// people, which a timeline needs of many articles at a time: the facts, whom
// they name, and what a citation needs. All else is the body. Each is numbered
// fields, as in pack.go, and says nothing that the key or the other part says.
const (
	headURL protowire.Number = iota + 1
	headSite
	headPublisher
	headPublished
	headTag    // once for each
	headFact   // once for each
	headEntity // once for each person whom a fact names
	headLike
	headFirst
	headChanged
)

const (
	bodyTitle protowire.Number = iota + 1
	bodyAuthor
	bodyLang
	bodyCategory
	bodyImage
	bodyText
	bodyInline
	bodyPartial
	bodyDegraded
	bodyMentions
	bodyEntity // once for each that is not in the head
	bodySighting
	bodyGroup
	bodyBy
	bodyURL // of metadata only, as all that follow
	bodySite
	bodyPublisher
	bodyPublished
	bodyTag
)

const (
	sightingPage protowire.Number = iota + 1
	sightingFirst
	sightingURL // if it is not the article's
	sightingAt
	sightingHash
	sightingSize
	sightingMeta // if it is not the article's
	sightingDate // once for each
)

const (
	lookPage protowire.Number = iota + 1
	lookHash
	lookPublished
)

// A telling is what an article tells of people: of the article no more than
// what that needs (ID, URL, Site, Publisher, Published, Tags, Facts, and of
// Entities the persons whom facts name).
type telling struct {
	extract.Article
	Like    uint64
	First   time.Time
	Changed time.Time
}

func (t telling) changed() time.Time    { return t.Changed }
func (r articleRow) changed() time.Time { return r.Changed }

// tells returns what an article's row tells of people.
func (r *articleRow) tells() telling {
	t := telling{Like: r.Like, First: r.First, Changed: r.Changed}
	t.Article = extract.Article{ID: r.ID, URL: r.URL, Site: r.Site, Publisher: r.Publisher, Published: r.Published, Tags: r.Tags, Facts: r.Facts}
	for _, i := range toldOf(&r.Article) {
		t.Entities = append(t.Entities, r.Entities[i])
	}
	return t
}

// toldOf returns which of an article's entities are persons whom its facts
// name.
func toldOf(a *extract.Article) (which []int) {
	named := func(name string) bool {
		return name != "" && slices.ContainsFunc(a.Facts, func(f extract.Fact) bool { return f.Person == name || f.Successor == name })
	}
	for i, e := range a.Entities {
		if e.Kind == extract.Person && (named(e.Name) || slices.ContainsFunc(e.Aliases, named)) {
			which = append(which, i)
		}
	}
	return which
}

// AppendParts implements store.Parted.
func (r articleRow) AppendParts(head, body []byte) (h, b []byte, err error) {
	told := toldOf(&r.Article)
	head = packString(head, headURL, r.URL)
	head = packString(head, headSite, r.Site)
	head = packString(head, headPublisher, r.Publisher)
	head = packString(head, headPublished, r.Published.String())
	head = packStrings(head, headTag, r.Tags)
	for _, f := range r.Facts {
		head = packNested(head, headFact, packFact(nil, f))
	}
	for _, i := range told {
		head = packNested(head, headEntity, packEntity(nil, r.Entities[i], i))
	}
	if r.Like != 0 {
		head = packNested(head, headLike, binary.BigEndian.AppendUint64(nil, r.Like))
	}
	head = packTime(head, headFirst, r.First)
	head = packTime(head, headChanged, r.Changed)

	body = packRest(body, &r.Article)
	body = packString(body, bodyText, r.Text)
	body = packNested(body, bodyMentions, packMentions(nil, &r.Article))
	for i, e := range r.Entities {
		if !slices.Contains(told, i) {
			body = packNested(body, bodyEntity, packEntity(nil, e, 0))
		}
	}
	meta := packMeta(nil, metadata(&r.Article))
	for _, s := range r.Sightings {
		body = packNested(body, bodySighting, packSighting(nil, s, r.URL, meta))
	}
	body = packStrings(body, bodyGroup, r.Groups)
	return head, packString(body, bodyBy, r.By), nil
}

// packRest packs the metadata that are not in the head.
func packRest(b []byte, a *extract.Article) []byte {
	b = packString(b, bodyTitle, a.Title)
	b = packStrings(b, bodyAuthor, a.Authors)
	b = packString(b, bodyLang, a.Lang)
	b = packStrings(b, bodyCategory, a.Categories)
	b = packString(b, bodyImage, a.Image)
	b = packBool(b, bodyInline, a.Inline)
	b = packBool(b, bodyPartial, a.Partial)
	return packString(b, bodyDegraded, a.Degraded)
}

// packMeta packs all metadata.
func packMeta(b []byte, a extract.Article) []byte {
	b = packRest(b, &a)
	b = packString(b, bodyURL, a.URL)
	b = packString(b, bodySite, a.Site)
	b = packString(b, bodyPublisher, a.Publisher)
	b = packString(b, bodyPublished, a.Published.String())
	return packStrings(b, bodyTag, a.Tags)
}

// packSighting packs a sighting of an article with an address and metadata.
func packSighting(b []byte, s sighting, url string, meta []byte) []byte {
	b = packInt(b, sightingPage, int64(s.Page))
	b = packInt(b, sightingFirst, int64(s.First))
	if s.URL != url {
		b = packStrings(b, sightingURL, []string{s.URL})
	}
	b = packTime(b, sightingAt, s.At)
	b = packString(b, sightingHash, s.Hash)
	b = packInt(b, sightingSize, int64(s.Size))
	if own := packMeta(nil, s.Meta); string(own) != string(meta) {
		b = packStrings(b, sightingMeta, []string{string(own)})
	}
	for _, d := range s.Dates {
		look := packInt(nil, lookPage, int64(d.Page))
		look = packString(look, lookHash, d.Hash)
		b = packStrings(b, sightingDate, []string{string(packString(look, lookPublished, d.Published.String()))})
	}
	return b
}
