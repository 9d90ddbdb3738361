package pipeline

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tenure/crawler"
	"tenure/store"
)

// Rows of pages that are lost are made again of the pages, and all is as it
// was.
func TestAdoptPages(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := newTestPipeline(t, t.TempDir())
		looks := rapid.IntRange(1, 8).Draw(rt, "looks")
		for i := range looks {
			drawLookAt(t, rt, p, noon.Add(time.Duration(i)*time.Hour))
		}
		read(t, p)
		want, was := exportAll(t, p), dump(t, p)
		lost := rapid.SliceOfNDistinct(rapid.IntRange(1, looks), 0, looks, func(i int) int { return i }).Draw(rt, "lost")
		err := p.db.Update(func(tx *store.Tx) error {
			if rapid.Bool().Draw(rt, "count too") && len(lost) < looks {
				rows, err := schema.pages.Scan(tx, nil, nil, 0)
				err = errors.Join(err, schema.pages.Clear(tx))
				for _, row := range rows {
					err = errors.Join(err, schema.pages.Put(tx, row.Key, row.Value))
				}
				if err != nil {
					return err
				}
			}
			for _, n := range lost {
				if err := schema.pages.Delete(tx, store.Key(uint64(n))); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			rt.Fatal(err)
		}
		if n, err := p.AdoptPages(t.Context()); err != nil || n != len(lost) {
			rt.Fatalf("%d pages, want %d, %v", n, len(lost), err)
		}
		if _, err := p.Rebuild(t.Context(), RebuildOptions{Articles: true}); err != nil {
			rt.Fatal(err)
		}
		if got := exportAll(t, p); got != want {
			rt.Fatalf("export\n%s\nwant\n%s", got, want)
		}
		if now := dump(t, p); now["articles"] != was["articles"] && lastOf(lost) < looks {
			rt.Fatalf("articles\n%s\nwere\n%s", now["articles"], was["articles"])
		}
		look(t, p, crawler.Link{URL: articleURL(9), Role: crawler.Story}, noon.Add(99*time.Hour), `[{"published":"2025-05-01","text":"Eve left Acme\n"}]`)
		read(t, p)
		checkClean(t, p)
		if n := count(t, p, "tenure/article/v1"); n == 0 {
			rt.Fatal("nothing is read any more")
		}
	})
}

func lastOf(all []int) (last int) {
	for _, n := range all {
		last = max(last, n)
	}
	return last
}

// A row made of a page says what the row did that was written with it.
func TestRowOfPage(t *testing.T) {
	p := newTestPipeline(t, t.TempDir())
	l := crawler.Link{URL: "https://example.org/tag", Source: "s1", Role: crawler.Listing, Kind: crawler.Tag, Tags: []string{"a b", "ç"}, Published: "2025-05-01"}
	f := crawler.Fetch{URL: l.URL, Final: l.URL + "/", At: noon.Add(123456789), Status: 200, Type: "text/html; charset=utf-8", Body: []byte("x"), Truncated: true}
	ref, err := p.db.AppendRaw(t.Context(), keptRecord(l, f))
	if err == nil {
		err = p.db.Update(func(tx *store.Tx) error { return putPage(tx, l, f, bodyHash(f.Body), ref, false) })
	}
	raw, rerr := p.db.ReadRaw(ref)
	got, gerr := rowOf(ref, raw)
	var want pageRow
	verr := p.db.View(func(tx *store.Tx) (err error) {
		want, _, err = schema.pages.Get(tx, store.Key(uint64(1)))
		return err
	})
	if err := errors.Join(err, rerr, gerr, verr); err != nil || differ(got, want) {
		t.Errorf("%+v\nwant %+v, %v", got, want, err)
	}
	raw.Meta[metaTags] = "no JSON"
	if _, err := rowOf(ref, raw); err == nil {
		t.Error("tags that are none were read")
	}
}
