package store

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var page = RawRecord{
	URL:    "https://news.example/a",
	At:     day.Add(123456789),
	Status: 200,
	Header: map[string]string{"Content-Type": "text/html; charset=utf-8", "Etag": `"7"`, "Content-Encoding": "br"},
	Meta:   map[string]string{"Final": "https://news.example/a?x", "source": "s1"},
	Body:   []byte("<p>Ada left.\r\n\r\nBea joined.</p>"),
}

func TestRawRoundTrip(t *testing.T) {
	db := open(t, Options{})
	cut := page
	cut.Truncated, cut.Header, cut.Meta = true, map[string]string{}, nil
	local := RawRecord{URL: "file:///a", At: day, Header: map[string]string{"Content-Type": "text/plain"}, Body: []byte("x")}
	empty := RawRecord{URL: "https://news.example/none", At: day, Status: 404, Header: map[string]string{}, Body: []byte{}}
	for _, want := range []RawRecord{page, cut, local, empty} {
		ref, err := db.AppendRaw(t.Context(), want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := db.ReadRaw(ref)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestRawHostileHeader(t *testing.T) {
	r := RawRecord{URL: "u\r\nWARC-Type: x", Status: 200, At: day,
		Header: map[string]string{"X-A": "1\r\nX-B: 2\x00", "bad name": "x", "": "y", "Big": strings.Repeat("z", 1<<20)},
		Meta:   map[string]string{"k\r\n": "v", "k": "v\r\n\r\nw"}}
	m, err := packRecord(r)
	if err != nil {
		t.Fatal(err)
	}
	got, err := unpackRecord(m)
	if err != nil {
		t.Fatal(err)
	}
	want := RawRecord{URL: "u  WARC-Type: x", Status: 200, At: day, Body: []byte{},
		Header: map[string]string{"X-A": "1  X-B: 2"}, Meta: map[string]string{"k": "v    w"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRawConcurrentAndRotation(t *testing.T) {
	db := open(t, Options{SegmentSize: 2000})
	refs := make([]Ref, 40)
	for round := range 4 {
		var wg sync.WaitGroup
		for i := round * 10; i < round*10+10; i++ {
			wg.Go(func() {
				r := page
				r.Status = 200 + i
				var err error
				if refs[i], err = db.AppendRaw(t.Context(), r); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	}
	for i, ref := range refs {
		if r, err := db.ReadRaw(ref); err != nil || r.Status != 200+i {
			t.Errorf("%d: %d, %v", i, r.Status, err)
		}
	}
	if ids, err := db.raw.list(); len(ids) < 3 || err != nil {
		t.Errorf("segments %v, %v", ids, err)
	}
}

func TestRawIsPlainGzip(t *testing.T) {
	db := open(t, Options{})
	for range 3 {
		if _, err := db.AppendRaw(t.Context(), page); err != nil {
			t.Fatal(err)
		}
	}
	f, err := os.Open(db.raw.name(1))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(r)
	if n := bytes.Count(all, []byte("WARC/1.1\r\n")); n != 3 || err != nil {
		t.Errorf("%d records, %v", n, err)
	}
}

// A crash can leave any part of the last group; what was acknowledged stays.
func TestRawTornTail(t *testing.T) {
	member, err := packRecord(page)
	if err != nil {
		t.Fatal(err)
	}
	n := len(member)
	zeroed := append(bytes.Clone(member[:n/2]), make([]byte, n-n/2)...)
	for name, tail := range map[string][]byte{
		"none":                  nil,
		"one byte":              member[:1],
		"half a header":         member[:memberHeader/2],
		"a header":              member[:memberHeader],
		"all but a byte":        member[:n-1],
		"zeros":                 make([]byte, 4096),
		"zeroed half":           zeroed,
		"zeroed half, then one": append(bytes.Clone(zeroed), member...),
		"other text":            []byte("hello, this is not a record at all, but long enough"),
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "test.db")
			db := openAt(t, path, Options{})
			ref, err := db.AppendRaw(t.Context(), page)
			if err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			f, err := os.OpenFile(db.raw.name(1), os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			_, err = f.Write(tail)
			if err := errors.Join(err, f.Close()); err != nil {
				t.Fatal(err)
			}
			db = openAt(t, path, Options{})
			second, err := db.AppendRaw(t.Context(), page)
			if err != nil {
				t.Fatal(err)
			}
			if want := (Ref{1, ref.Length, ref.Length}); second != want {
				t.Errorf("second record is at %+v, want %+v", second, want)
			}
			for _, ref := range []Ref{ref, second} {
				if _, err := db.ReadRaw(ref); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func TestReadRawRefuses(t *testing.T) {
	db := open(t, Options{})
	ref, err := db.AppendRaw(t.Context(), page)
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []Ref{{}, {1, -1, 5}, {1, 0, 0}, {1, 0, 1 << 40}, {1, 1, ref.Length - 1}, {1, 0, ref.Length - 1}, {1, 0, ref.Length + 1}, {2, 0, ref.Length}} {
		if _, err := db.ReadRaw(bad); err == nil {
			t.Errorf("%+v was read", bad)
		}
	}
}

func FuzzRawRecord(f *testing.F) {
	f.Add(formatRecord(page))
	f.Add([]byte("WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := parseRecord(data)
		if err != nil {
			return
		}
		again, err := parseRecord(formatRecord(r))
		if err != nil {
			t.Fatalf("%v, reading back %+v", err, r)
		}
		if !bytes.Equal(r.Body, again.Body) || r.Status != again.Status {
			t.Errorf("%+v became %+v", r, again)
		}
	})
}

func FuzzMember(f *testing.F) {
	m, err := gzipMember([]byte("hello"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(m)
	f.Add(append(m, m...))
	f.Fuzz(func(t *testing.T, data []byte) {
		end, err := wholeEnd(bytes.NewReader(data))
		if err != nil || end < 0 || end > int64(len(data)) {
			t.Fatalf("end %d of %d, %v", end, len(data), err)
		}
		if again, _ := wholeEnd(bytes.NewReader(data[:end])); again != end {
			t.Errorf("end %d, then %d", end, again)
		}
	})
}
