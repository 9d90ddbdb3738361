package importer

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

// record writes a WARC record whose length is off by some bytes.
func record(kind, url, media, block string, off int) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2025-05-26T09:30:00Z\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, url, media, len(block)+off, block)
}

// response writes a record of an HTML page that was answered with 200.
func response(url, body string) string {
	return record("response", url, "application/http; msgtype=response", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"+body, 0)
}

// zipped compresses records, each a member of its own.
func zipped(records ...string) []byte {
	var b bytes.Buffer
	for _, r := range records {
		z := gzip.NewWriter(&b)
		io.WriteString(z, r)
		z.Close()
	}
	return b.Bytes()
}

// readAllRecords returns the addresses of all records, and why others were
// passed over.
func readAllRecords(t testing.TB, file []byte, max int64) (urls []string, skipped []Reason) {
	t.Helper()
	for r := NewReader(bytes.NewReader(file), max); ; {
		rec, err := r.Next()
		var skip *SkipError
		switch {
		case errors.Is(err, io.EOF):
			return urls, skipped
		case errors.As(err, &skip):
			skipped = append(skipped, skip.Reason)
		case err != nil:
			t.Fatal(err)
		default:
			urls = append(urls, rec.URL)
		}
	}
}

func TestReader(t *testing.T) {
	const media = "application/http; msgtype=response"
	page := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>one page or another, of some length</p>"
	a, b, c := response("http://a/", "<p>a</p>"), response("http://b/", "<p>b</p>"), response("http://c/", "<p>c</p>")
	off := func(n int) string { return record("response", "http://off/", media, page, n) }
	head := "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://off/\r\n"
	for _, test := range []struct {
		name, middle, urls string
		skipped            []Reason
	}{
		{"all well", b, "http://a/ http://b/ http://c/", nil},
		{"a length too short", off(-20), "http://a/ http://c/", []Reason{FalseLength}},
		{"a length too long by a little", off(9), "http://a/ http://c/", []Reason{FalseLength}},
		{"a length that swallows the next", off(50), "http://a/ http://c/", []Reason{FalseLength}},
		{"a length beyond the file", off(5000), "http://a/ http://c/", []Reason{FalseLength}},
		{"a length beyond what is allowed", off(1 << 40), "http://a/ http://c/", []Reason{TooLarge}},
		{"a large record", record("response", "http://off/", media, strings.Repeat("<p>more", 40_000), 0), "http://a/ http://c/", []Reason{TooLarge}},
		{"a negative length", head + "Content-Length: -5\r\n\r\n" + page + "\r\n\r\n", "http://a/ http://c/", []Reason{FalseLength}},
		{"a length that is no number", head + "Content-Length: many\r\n\r\n" + page + "\r\n\r\n", "http://a/ http://c/", []Reason{FalseLength}},
		{"no length", head + "\r\n", "http://a/ http://c/", []Reason{FalseLength}},
		{"an empty block", head + "Content-Length: 0\r\n\r\n\r\n\r\n", "http://a/ http://off/ http://c/", nil},
		{"no record", "not a record at all\r\n\r\n", "http://c/", []Reason{FalseLength}}, // what is before it has no end that can be told
		{"lines without CR", strings.ReplaceAll(head, "\r", "") + "Content-Length: 3\n\nabc\n\n", "http://a/ http://off/ http://c/", nil},
		{"an address in brackets", record("response", "<http://off/>", media, page, 0), "http://a/ http://off/ http://c/", nil},
		{"a folded field", "WARC/1.1\r\nWARC-Target-URI: http://\r\n off/\r\nContent-Length: 0\r\n\r\n\r\n\r\n", "http://a/ http:// off/ http://c/", nil},
		{"a record inside of a page", response("http://in/", "<pre>\r\n\r\n"+b+"</pre>"), "http://a/ http://in/ http://c/", nil},
	} {
		for _, form := range []string{"plain", "one member", "a member each"} {
			file := []byte(a + test.middle + c)
			switch form {
			case "one member":
				file = zipped(a + test.middle + c)
			case "a member each":
				file = zipped(a, test.middle, c)
			}
			urls, skipped := readAllRecords(t, file, 200_000)
			if got := strings.Join(urls, " "); got != test.urls || fmt.Sprint(skipped) != fmt.Sprint(test.skipped) {
				t.Errorf("%s, %s: read %s, passed over %v; want %s, %v", test.name, form, got, skipped, test.urls, test.skipped)
			}
		}
	}
}

// TestReaderCut: a file that ends anywhere gives all records before the end
// and nothing else.
func TestReaderCut(t *testing.T) {
	records := []string{response("http://a/", "<p>a</p>"), response("http://b/", "<p>b</p>"), response("http://c/", "<p>c</p>")}
	plain, sizes := strings.Join(records, ""), make([]int, 4)
	for i, r := range records {
		sizes[i+1] = sizes[i] + len(r)
	}
	for n := range len(plain) {
		urls, skipped := readAllRecords(t, []byte(plain[:n]), 1<<20)
		whole := 0
		for whole < 3 && n >= sizes[whole+1]-4 { // the line ends after a record may be missing
			whole++
		}
		if len(urls) != whole {
			t.Fatalf("cut at %d: read %v, want %d", n, urls, whole)
		}
		if inside := n > sizes[whole]; inside != (len(skipped) == 1) || inside && skipped[0] == FalseLength {
			t.Fatalf("cut at %d: passed over %v", n, skipped)
		}
	}
	file := zipped(records...)
	for n := range len(file) {
		urls, _ := readAllRecords(t, file[:n], 1<<20)
		if want := len(urls); want > 3 || n < len(file)/4 && want > 0 {
			t.Fatalf("cut at %d: read %v", n, urls)
		}
	}
}

// TestReaderDamaged: what is wrong with one compressed record harms no other.
func TestReaderDamaged(t *testing.T) {
	var records []string
	for i := range 20 {
		records = append(records, response(fmt.Sprintf("http://h/%02d", i), strings.Repeat(fmt.Sprintf("<p>page %d", i), 50)))
	}
	bad := zipped(records[10])
	copy(bad[len(bad)/2:], bytes.Repeat([]byte{0xff}, 12))
	file := bytes.Join([][]byte{zipped(records[:10]...), bad, {0, 0, 0, 0}, zipped(records[11:]...)}, nil)
	urls, skipped := readAllRecords(t, file, 1<<20)
	if len(urls) != 19 || len(skipped) != 1 || skipped[0] != Damaged {
		t.Errorf("read %d, passed over %v; want 19 and one damaged", len(urls), skipped)
	}
}

// TestReaderLinear: many records that each claim to be as long as is allowed
// take no longer than their bytes, and no more memory than one may have.
func TestReaderLinear(t *testing.T) {
	one := "WARC/1.0\r\nContent-Length: 1000000\r\n\r\nx\r\n\r\n"
	file := []byte(strings.Repeat(one, 200_000))
	r := NewReader(bytes.NewReader(file), 1<<20)
	n := 0
	for {
		_, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		n++
	}
	if n != 200_000 {
		t.Errorf("%d records passed over, want 200000", n)
	}
	if most := 8 << 20; cap(r.w.buf) > most {
		t.Errorf("the window has %d bytes, more than %d", cap(r.w.buf), most)
	}
}

// FuzzReader: whatever the bytes, reading comes to an end, the same one each
// time, and no block is larger than allowed.
func FuzzReader(f *testing.F) {
	a, b := response("http://a/", "<p>a</p>"), response("http://b/", "<p>b</p>")
	f.Add([]byte(a + b))
	f.Add(zipped(a, b))
	f.Add([]byte(record("response", "http://a/", "application/http", "x", 3) + b))
	f.Add(zipped(a, b)[:80])
	f.Fuzz(func(t *testing.T, file []byte) {
		const max = 4096
		r := NewReader(bytes.NewReader(file), max)
		for n := 0; ; n++ {
			rec, err := r.Next()
			var skip *SkipError
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil && !errors.As(err, &skip) {
				t.Fatal(err)
			}
			if len(rec.Block) > max {
				t.Fatalf("a block of %d bytes", len(rec.Block))
			}
			if err == nil {
				f, reason := rec.fetch(max)
				if (reason == "") != (f.URL != "") || len(f.Body) > max {
					t.Fatalf("%q: %q, %d bytes", reason, f.URL, len(f.Body))
				}
			}
		}
		u1, s1 := readAllRecords(t, file, max)
		u2, s2 := readAllRecords(t, file, max)
		if fmt.Sprint(u1, s1) != fmt.Sprint(u2, s2) {
			t.Fatal("another result the second time")
		}
	})
}

// BenchmarkReader reads a compressed archive of pages of 30 kB.
func BenchmarkReader(b *testing.B) {
	rnd := rand.New(rand.NewPCG(1, 2))
	var page strings.Builder
	for page.Len() < 30_000 {
		fmt.Fprintf(&page, "<p>word%d and word%d", rnd.IntN(5000), rnd.IntN(5000))
	}
	var records []string
	for i := range 100 {
		records = append(records, response(fmt.Sprintf("http://h/%d", i), page.String()))
	}
	file := zipped(records...)
	b.SetBytes(int64(100 * page.Len()))
	for b.Loop() {
		if urls, _ := readAllRecords(b, file, 1<<20); len(urls) != 100 {
			b.Fatal(len(urls))
		}
	}
}
