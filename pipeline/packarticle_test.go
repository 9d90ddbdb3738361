package pipeline

import (
	"encoding/hex"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tenure/extract"
	"tenure/store"
)

// fillAll gives every field of a value, and of what it holds, a value of its
// own; texts are never the same twice.
func fillAll(v reflect.Value, n *int) {
	*n++
	switch x := v.Addr().Interface().(type) {
	case *time.Time:
		*x = noon.Add(time.Duration(*n) * time.Second)
		return
	case *extract.Stamp:
		*x = extract.Day(2025, 5, *n%28+1)
		return
	case *extract.Kind:
		*x = []extract.Kind{extract.Person, extract.Organization, "odd"}[*n%3]
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprint("x", *n))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Uint64:
		v.SetUint(uint64(*n))
	case reflect.Float64:
		v.SetFloat(float64(*n)/1000 + []float64{0, 1e-9}[*n%2])
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 3, 3))
		for i := range 3 {
			fillAll(v.Index(i), n)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fillAll(v.Field(i), n)
		}
	}
}

// fullRow is a row of an article in which every field says something.
func fullRow() (key []byte, row articleRow) {
	n := 0
	fillAll(reflect.ValueOf(&row).Elem(), &n)
	key = []byte("0123456789abcdef")
	row.ID = hex.EncodeToString(key)
	row.Entities = append(row.Entities, extract.Entity{ID: "p1", Kind: extract.Person, Name: "Ada", Aliases: []string{"A."}, Mentions: 2},
		extract.Entity{ID: "o1", Kind: extract.Organization, Name: "Ada", Mentions: 1}, extract.Entity{ID: "p2", Kind: extract.Person, Name: "Bo"})
	row.Facts[0].Person, row.Facts[1].Successor = "A.", "Bo"
	row.Mentions = append(row.Mentions, extract.Mention{Span: extract.Span{Start: 4, End: 9}, Kind: extract.Person, Entity: "p2", Score: .97}, extract.Mention{})
	for i := range row.Sightings {
		s := &row.Sightings[i]
		s.Meta = metadata(&s.Meta)
		s.Meta.ID = row.ID
	}
	row.Sightings[0].URL, row.Sightings[0].Meta = row.URL, metadata(&row.Article)
	return key, row
}

func repack(t testing.TB, key []byte, row articleRow) (got articleRow, told telling) {
	t.Helper()
	head, body, err := row.AppendParts(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := got.UnmarshalParts(key, head, body); err != nil {
		t.Fatal(err)
	}
	if err := told.UnmarshalHead(key, head); err != nil {
		t.Fatal(err)
	}
	return got, told
}

// Every field of an article's row is packed: one that was forgotten would be
// lost without a word.
func TestEveryFieldOfAnArticleIsPacked(t *testing.T) {
	key, row := fullRow()
	got, told := repack(t, key, row)
	if !reflect.DeepEqual(got, row) {
		t.Errorf("got\n%+v\nwant\n%+v", got, row)
	}
	if want := row.tells(); !reflect.DeepEqual(told, want) || len(want.Entities) != 2 || len(want.Facts) != 3 {
		t.Errorf("it tells\n%+v\nwant\n%+v", told, want)
	}
}

// Scores and spans come back to the last bit.
func TestPackedScores(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var row articleRow
		scores := rapid.OneOf(rapid.Float64(), rapid.Custom(func(t *rapid.T) float64 { return float64(rapid.IntRange(-2000, 2000).Draw(t, "n")) / 1000 }))
		number := rapid.IntRange(-1<<30, 1<<30)
		for range rapid.IntRange(1, 4).Draw(t, "mentions") {
			at, end := number.Draw(t, "start"), number.Draw(t, "end")
			score := scores.Draw(t, "score")
			row.Mentions = append(row.Mentions, extract.Mention{Span: extract.Span{Start: at, End: end}, Score: score, Entity: rapid.String().Draw(t, "entity")})
			row.Facts = append(row.Facts, extract.Fact{Score: score, Evidence: extract.Evidence{Span: extract.Span{Start: at, End: end}}})
		}
		head, body, err := row.AppendParts(nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		var got articleRow
		if err := got.UnmarshalParts(nil, head, body); err != nil {
			t.Fatal(err)
		}
		same := func(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }
		for i, m := range row.Mentions {
			g := got.Mentions[i]
			if !same(g.Score, m.Score) || !same(got.Facts[i].Score, m.Score) || g.Span != m.Span || g.Entity != m.Entity || got.Facts[i].Evidence.Span != m.Span {
				t.Fatalf("%+v, %+v, want %+v", g, got.Facts[i], m)
			}
		}
	})
}

// What is told of people is read without the rest, and is the same as with it.
func TestTelling(t *testing.T) {
	p := newTestPipeline(t, t.TempDir())
	key, row := fullRow()
	row.Text = strings.Repeat("A long text. ", 500)
	err := p.db.Update(func(tx *store.Tx) error { return schema.articles.Put(tx, key, row) })
	if err != nil {
		t.Fatal(err)
	}
	err = p.db.View(func(tx *store.Tx) error {
		told, ok, err := schema.tellings.Get(tx, key)
		if err != nil || !ok || !reflect.DeepEqual(told, row.tells()) {
			t.Errorf("%+v, %v, %v", told, ok, err)
		}
		whole, ok, err := schema.articles.Get(tx, key)
		if err != nil || !ok || !reflect.DeepEqual(whole, row) {
			t.Errorf("%+v, %v, %v", whole, ok, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func FuzzUnpackArticle(f *testing.F) {
	key, row := fullRow()
	head, body, err := row.AppendParts(nil, nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(head, body)
	f.Add(head[:len(head)-1], body)
	f.Add(head, body[:len(body)-1])
	f.Add([]byte{}, []byte{})
	f.Fuzz(func(t *testing.T, head, body []byte) {
		var row articleRow
		if row.UnmarshalParts(key, head, body) != nil {
			return
		}
		told := row.tells()
		if len(told.Facts) != len(row.Facts) || slices.ContainsFunc(told.Entities, func(e extract.Entity) bool { return e.Kind != extract.Person }) {
			t.Errorf("%+v of %+v", told, row)
		}
	})
}
