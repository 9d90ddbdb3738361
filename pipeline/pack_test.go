package pipeline

import (
	"reflect"
	"testing"
	"time"

	"google.golang.org/protobuf/encoding/protowire"
	"pgregory.net/rapid"

	"tenure/crawler"
	"tenure/store"
)

var moments = rapid.Custom(func(t *rapid.T) time.Time {
	if rapid.Bool().Draw(t, "none") {
		return time.Time{}
	}
	return time.UnixMilli(rapid.Int64Range(-1<<43, 1<<43).Draw(t, "ms")).UTC()
})

func drawLink(t *rapid.T) linkRow {
	text := rapid.String()
	number := rapid.IntRange(0, 1<<40)
	r := linkRow{
		State: linkState(text.Draw(t, "state")), Found: moments.Draw(t, "found"), Due: moments.Draw(t, "due"), Tried: moments.Draw(t, "tried"),
		Status: number.Draw(t, "status"), Hash: text.Draw(t, "hash"), Interval: time.Duration(rapid.Int64().Draw(t, "interval")), Soft: number.Draw(t, "soft"),
	}
	r.Link = crawler.Link{
		URL: text.Draw(t, "url"), Source: text.Draw(t, "source"), Role: crawler.Role(text.Draw(t, "role")), Kind: crawler.Kind(text.Draw(t, "kind")),
		Tags: rapid.SliceOfN(text, 0, 4).Draw(t, "tags"), Title: text.Draw(t, "title"), Published: text.Draw(t, "published"), Page: number.Draw(t, "page"),
		ETag: text.Draw(t, "etag"), LastModified: text.Draw(t, "modified"), Tries: number.Draw(t, "tries"),
	}
	if len(r.Tags) == 0 {
		r.Tags = nil
	}
	return r
}

// What a row says survives, whatever it is.
func TestPackedRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		link := drawLink(t)
		b, err := link.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		var got linkRow
		if err := got.UnmarshalBinary(b); err != nil || !reflect.DeepEqual(got, link) {
			t.Fatalf("%v\n%+v, want\n%+v", err, got, link)
		}
		host := hostRow{time.Duration(rapid.Int64().Draw(t, "delay")), moments.Draw(t, "next"), moments.Draw(t, "blocked"), moments.Draw(t, "ready")}
		b, err = host.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		var back hostRow
		if err := back.UnmarshalBinary(b); err != nil || back != host {
			t.Fatalf("%v\n%+v, want\n%+v", err, back, host)
		}
	})
}

// Every field of a row is packed: one that was forgotten would be lost
// without a word.
func TestEveryFieldIsPacked(t *testing.T) {
	full := linkRow{Link: crawler.Link{Tags: []string{"x"}}}
	fill(reflect.ValueOf(&full).Elem())
	b, err := full.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	var got linkRow
	if err := got.UnmarshalBinary(b); err != nil || !reflect.DeepEqual(got, full) {
		t.Errorf("%v\n%+v, want\n%+v", err, got, full)
	}
}

// fill gives every field a value.
func fill(v reflect.Value) {
	for i := range v.NumField() {
		switch f := v.Field(i); f.Interface().(type) {
		case time.Time:
			f.Set(reflect.ValueOf(noon.Truncate(time.Millisecond)))
		case []string:
		default:
			switch f.Kind() {
			case reflect.String:
				f.SetString("x")
			case reflect.Int, reflect.Int64:
				f.SetInt(7)
			case reflect.Struct:
				fill(f)
			}
		}
	}
}

// A field that this program does not know is passed over.
func TestUnknownFieldIsPassedOver(t *testing.T) {
	b, _ := linkRow{State: linkDone}.AppendBinary(nil)
	b = packString(b, 1000, "from a later program")
	b = packInt(b, 1001, 5)
	b = protowire.AppendFixed64(protowire.AppendTag(b, 1002, protowire.Fixed64Type), 9)
	b = packInt(b, linkSoft, 2)
	var got linkRow
	if err := got.UnmarshalBinary(b); err != nil || got.State != linkDone || got.Soft != 2 {
		t.Errorf("%+v, %v", got, err)
	}
}

// Rows that were written as JSON before are read, and written anew as they
// change.
func TestRowsOfBefore(t *testing.T) {
	p := newTestPipeline(t, t.TempDir())
	type before linkRow // without its methods, it is JSON
	old := store.NewTable[before](schema.links.Name())
	row := linkRow{Link: crawler.Link{URL: "https://a.example/", Tags: []string{"Moves"}}, State: linkDone, Found: noon, Status: 200}
	key := []byte("0123456789abcdef")
	err := p.db.Update(func(tx *store.Tx) error { return old.Put(tx, key, before(row)) })
	if err != nil {
		t.Fatal(err)
	}
	err = p.db.View(func(tx *store.Tx) error {
		got, ok, err := schema.links.Get(tx, key)
		if !ok || !reflect.DeepEqual(got, row) {
			t.Errorf("%+v, want %+v", got, row)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func FuzzUnpackLink(f *testing.F) {
	b, _ := linkRow{Link: crawler.Link{URL: "https://a.example/", Tags: []string{"a", "b"}}, State: linkQueued, Due: noon}.AppendBinary(nil)
	f.Add(b)
	f.Add(b[:len(b)-1])
	f.Add([]byte{0x80})
	f.Fuzz(func(t *testing.T, b []byte) {
		var row linkRow
		if row.UnmarshalBinary(b) != nil {
			return
		}
		once, err := row.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		var again linkRow
		if err := again.UnmarshalBinary(once); err != nil || !reflect.DeepEqual(again, row) {
			t.Fatalf("%v\n%+v, want\n%+v", err, again, row)
		}
	})
}
