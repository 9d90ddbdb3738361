package crawler_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"golang.org/x/net/html/charset"

	"tenure/crawler"
)

func TestDecodeText(t *testing.T) {
	tests := []struct{ name, body, contentType, want string }{
		{"plain", "<p>caf\xc3\xa9", "", "<p>café"},
		{"header", "<p>caf\xe9", "text/html; charset=iso-8859-1", "<p>café"},
		{"header lies, bytes are UTF-8", "<p>caf\xc3\xa9", "text/html; charset=utf-8", "<p>café"},
		{"header against meta", "<meta charset=iso-8859-5><p>caf\xc3\xa9", "text/html; charset=utf-8", "<meta charset=iso-8859-5><p>café"},
		{"meta", "<meta charset=windows-1250>\xe8", "", "<meta charset=windows-1250>č"},
		{"xml declaration", "<?xml version='1.0' encoding='koi8-r'?>\xc1", "", "<?xml version='1.0' encoding='koi8-r'?>а"},
		{"mark against header", "\xef\xbb\xbfcaf\xc3\xa9", "text/html; charset=iso-8859-1", "café"},
		{"utf-16", "\xff\xfe<\x00a\x00>\x00\xe9\x00", "", "<a>é"},
		{"utf-16 without mark", "\x00<\x00?\x00x\x00é"[:7] + "\xe9", "", "<?xé"},
		{"utf-32", "\x00\x00\xfe\xff\x00\x00\x00<\x00\x01\xf6\x00", "", "<😀"},
		{"nothing said", "caf\xe9 \x93x\x94", "", "café “x”"},
		{"broken utf-8", "caf\xe9 \xc3\xa9", "text/html; charset=utf-8", "caf\ufffd é"},
		{"unknown label", "caf\xc3\xa9", "text/html; charset=klingon", "café"},
		{"empty", "", "", ""},
	}
	for _, tt := range tests {
		if got := crawler.DecodeText([]byte(tt.body), tt.contentType); string(got) != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// html5lib's tests of encoding sniffing.
func TestHTML5LibCharset(t *testing.T) {
	total, equal := 0, 0
	for _, name := range []string{"tests1.dat", "tests2.dat", "test-yahoo-jp.dat"} {
		data, err := os.ReadFile(shared(t, "charset/"+name))
		if err != nil {
			t.Fatal(err)
		}
		for c := range bytes.SplitSeq(data, []byte("#data\n")) {
			body, rest, ok := bytes.Cut(c, []byte("\n#encoding\n"))
			if !ok {
				continue
			}
			want, _, _ := strings.Cut(string(rest), "\n")
			_, wantName := charset.Lookup(want)
			total++
			if got := crawler.EncodingName(body); got != wantName {
				t.Logf("%s: %q: %s, want %s", name, body[:min(len(body), 300)], got, wantName)
				continue
			}
			equal++
		}
	}
	t.Logf("%d of %d", equal, total)
	if equal < 66 {
		t.Errorf("%d of %d, want 66", equal, total)
	}
}

func FuzzDecodeText(f *testing.F) {
	f.Add([]byte("\xff\xfe<\x00"), "")
	f.Add([]byte("<meta charset=utf-16>"), "text/html; charset=utf-32")
	f.Add([]byte("<?xml encoding='x"), "text/xml")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		got := crawler.DecodeText(body, contentType)
		if !bytes.Equal(bytes.ToValidUTF8(got, nil), got) {
			t.Errorf("%q is not UTF-8", got)
		}
	})
}
