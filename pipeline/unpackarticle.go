package pipeline

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"

	"tenure/extract"
)

var errArticleRow = errors.New("row of an article is cut or mangled")

// UnmarshalHead implements store.HeadUnmarshaler.
func (t *telling) UnmarshalHead(key, head []byte) error {
	_, err := t.take(key, head)
	return err
}

// take takes in a head and returns where among all its entities are.
func (t *telling) take(key, head []byte) (places []int, err error) {
	*t = telling{Article: extract.Article{ID: hex.EncodeToString(key)}}
	var failed error
	err = unpack(head, func(n protowire.Number, s string, i int64) {
		var err error
		switch n {
		case headURL:
			t.URL = s
		case headSite:
			t.Site = s
		case headPublisher:
			t.Publisher = s
		case headPublished:
			t.Published, err = extract.ParseStamp(s)
		case headTag:
			t.Tags = append(t.Tags, s)
		case headFact:
			var f extract.Fact
			f, err = unpackFact(s)
			t.Facts = append(t.Facts, f)
		case headEntity:
			e, place, eerr := unpackEntity(s)
			t.Entities, places, err = append(t.Entities, e), append(places, place), eerr
		case headLike:
			if len(s) == 8 {
				t.Like = binary.BigEndian.Uint64([]byte(s))
			}
		case headFirst:
			t.First = unpackTime(i)
		case headChanged:
			t.Changed = unpackTime(i)
		}
		failed = errors.Join(failed, err)
	})
	return places, errors.Join(err, failed)
}

// UnmarshalParts implements store.PartsUnmarshaler.
func (r *articleRow) UnmarshalParts(key, head, body []byte) error {
	var t telling
	places, err := t.take(key, head)
	if err != nil {
		return err
	}
	*r = articleRow{Article: t.Article, Like: t.Like, First: t.First, Changed: t.Changed}
	told := r.Entities
	r.Entities = nil
	var failed error
	var mentions string
	var sightings []string
	err = unpack(body, func(n protowire.Number, s string, i int64) {
		var err error
		switch n {
		case bodyText:
			r.Text = s
		case bodyMentions:
			mentions = s // of entities that may follow
		case bodyEntity:
			var e extract.Entity
			e, _, err = unpackEntity(s)
			r.Entities = append(r.Entities, e)
		case bodySighting:
			sightings = append(sightings, s) // of metadata that may follow
		case bodyGroup:
			r.Groups = append(r.Groups, s)
		case bodyBy:
			r.By = s
		default:
			err = unpackMetaField(&r.Article, n, s, i)
		}
		failed = errors.Join(failed, err)
	})
	if err := errors.Join(err, failed); err != nil {
		return err
	}
	for k, e := range told {
		if places[k] < 0 || places[k] > len(r.Entities) {
			return errArticleRow
		}
		r.Entities = slices.Insert(r.Entities, places[k], e)
	}
	if err := unpackMentions(&r.Article, mentions); err != nil {
		return err
	}
	for _, s := range sightings {
		one, err := unpackSighting(s, &r.Article)
		if err != nil {
			return err
		}
		r.Sightings = append(r.Sightings, one)
	}
	return nil
}

// unpackMetaField takes in one field of metadata.
func unpackMetaField(a *extract.Article, n protowire.Number, s string, i int64) (err error) {
	switch n {
	case bodyTitle:
		a.Title = s
	case bodyAuthor:
		a.Authors = append(a.Authors, s)
	case bodyLang:
		a.Lang = s
	case bodyCategory:
		a.Categories = append(a.Categories, s)
	case bodyImage:
		a.Image = s
	case bodyInline:
		a.Inline = i != 0
	case bodyPartial:
		a.Partial = i != 0
	case bodyDegraded:
		a.Degraded = s
	case bodyURL:
		a.URL = s
	case bodySite:
		a.Site = s
	case bodyPublisher:
		a.Publisher = s
	case bodyPublished:
		a.Published, err = extract.ParseStamp(s)
	case bodyTag:
		a.Tags = append(a.Tags, s)
	}
	return err
}

// unpackSighting takes in a sighting of an article.
func unpackSighting(s string, a *extract.Article) (sighting, error) {
	out := sighting{URL: a.URL, Meta: metadata(a)}
	var failed error
	err := unpack([]byte(s), func(n protowire.Number, s string, i int64) {
		var err error
		switch n {
		case sightingPage:
			out.Page = uint64(i)
		case sightingFirst:
			out.First = uint64(i)
		case sightingURL:
			out.URL = s
		case sightingAt:
			out.At = unpackTime(i)
		case sightingHash:
			out.Hash = s
		case sightingSize:
			out.Size = int(i)
		case sightingMeta:
			out.Meta, err = unpackMeta(s, a.ID)
		case sightingDate:
			var d lookDate
			d, err = unpackLook(s)
			out.Dates = append(out.Dates, d)
		}
		failed = errors.Join(failed, err)
	})
	return out, errors.Join(err, failed)
}

func unpackMeta(s, id string) (extract.Article, error) {
	a := extract.Article{ID: id}
	var failed error
	err := unpack([]byte(s), func(n protowire.Number, s string, i int64) {
		failed = errors.Join(failed, unpackMetaField(&a, n, s, i))
	})
	return a, errors.Join(err, failed)
}

func unpackLook(s string) (d lookDate, err error) {
	var failed error
	err = unpack([]byte(s), func(n protowire.Number, s string, i int64) {
		switch n {
		case lookPage:
			d.Page = uint64(i)
		case lookHash:
			d.Hash = s
		case lookPublished:
			d.Published, failed = extract.ParseStamp(s)
		}
	})
	return d, errors.Join(err, failed)
}
