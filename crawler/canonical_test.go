package crawler_test

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"tenure/crawler"
)

func TestCanonical(t *testing.T) {
	tests := []struct{ in, want string }{
		{"HTTP://Example.ORG", "http://example.org/"},
		{" https://example.org:443/a ", "https://example.org/a"},
		{"http://example.org:8080/", "http://example.org:8080/"},
		{"https://user:secret@example.org/", "https://example.org/"},
		{"https://example.org./a/./b/../c", "https://example.org/a/c"},
		{"https://example.org/a/%2e%2E/b", "https://example.org/b"},
		{"https://example.org/a#part", "https://example.org/a"},
		{"https://example.org/a/", "https://example.org/a/"},
		{"https://example.org/?", "https://example.org/"},
		{"https://example.org/%7Euser/%66oo%2f%c3%a9", "https://example.org/~user/foo%2F%C3%A9"},
		{"https://example.org/é x", "https://example.org/%C3%A9%20x"},
		{"https://example.org/100%", "https://example.org/100%25"},
		{"https://example.org/a%2%35", "https://example.org/a%2525"},
		{"https://example.org/?b=2&a=1&&b=1", "https://example.org/?b=2&a=1&b=1"},
		{"https://example.org/a?utm_source=x&id=7&fbclid=y#z", "https://example.org/a?id=7"},
		{"https://example.org/a?utm%5Fmedium=x", "https://example.org/a"},
		{"https://example.org/a?UTM_Campaign=x&q", "https://example.org/a?q"},
		{"https://example.org/a;jsessionid=1A2B?x[]=1", "https://example.org/a?x%5B%5D=1"},
		{"https://bücher.example/", "https://xn--bcher-kva.example/"},
		{"http://0x7f.1/", "http://127.0.0.1/"},
		{"http://[::FFFF:1]/", "http://[::ffff:1]/"},
		{"https:\\\\example.org\\a", "https://example.org/a"},
		{"https://exa\tmple.org/a\nb", "https://example.org/ab"},
	}
	for _, tt := range tests {
		if got, err := crawler.Canonical(tt.in); err != nil || got != tt.want {
			t.Errorf("Canonical(%q) = %q, %v, want %q", tt.in, got, err, tt.want)
		}
	}
}

func TestCanonicalRefused(t *testing.T) {
	tests := []struct {
		in   string
		want error
	}{
		{"ftp://example.org/", crawler.ErrScheme},
		{"javascript:alert(1)", crawler.ErrScheme},
		{"mailto:a@example.org", crawler.ErrScheme},
		{"https://example.org/" + strings.Repeat("a", 9000), crawler.ErrLongURL},
		{"https://example.org/" + strings.Repeat("é", 3000), crawler.ErrLongURL},
		{"example.org/a", nil},
		{"https://", nil},
		{"https://a b/", nil},
		{"", nil},
	}
	for _, tt := range tests {
		got, err := crawler.Canonical(tt.in)
		if err == nil || tt.want != nil && !errors.Is(err, tt.want) {
			t.Errorf("Canonical(%.40q) = %q, %v, want an error (%v)", tt.in, got, err, tt.want)
		}
	}
}

func TestResolve(t *testing.T) {
	const base = "https://example.org/a/b?c"
	for ref, want := range map[string]string{
		"d":                     "https://example.org/a/d",
		"/d":                    "https://example.org/d",
		"?d":                    "https://example.org/a/b?d",
		"//other.example/d":     "https://other.example/d",
		"#d":                    "https://example.org/a/b?c",
		"../../../d":            "https://example.org/d",
		"http://example.org:80": "http://example.org/",
	} {
		if got, err := crawler.Resolve(base, ref); err != nil || got != want {
			t.Errorf("Resolve(%q) = %q, %v, want %q", ref, got, err, want)
		}
	}
}

func TestSameSite(t *testing.T) {
	tests := []struct {
		a, b string
		same bool
	}{
		{"https://example.org/", "http://www.example.org/x", true},
		{"https://news.example.co.uk/", "https://sport.example.co.uk/", true},
		{"https://a.co.uk/", "https://b.co.uk/", false},
		{"https://a.github.io/", "https://b.github.io/", false},
		{"http://127.0.0.1:1/", "http://127.0.0.1:2/", false},
		{"http://localhost:1/", "http://localhost:1/a", true},
		{"http://[::1]:1/", "http://[::1]:2/", false},
		{"https://example.org:8443/", "https://example.org/", true},
	}
	for _, tt := range tests {
		if got := crawler.SameSite(tt.a, tt.b); got != tt.same {
			t.Errorf("SameSite(%s, %s) = %v", tt.a, tt.b, got)
		}
	}
}

func TestHost(t *testing.T) {
	for u, want := range map[string]string{
		"https://example.org/": "example.org", "http://example.org:81/a:2": "example.org:81", "http://[::1]:8/": "[::1]:8",
	} {
		if got := crawler.Host(u); got != want {
			t.Errorf("Host(%s) = %q, want %q", u, got, want)
		}
	}
}

func FuzzCanonical(f *testing.F) {
	for _, s := range []string{"http://a.example/%2%35?utm_a=b&%75tm_c=d#e", "https://ü.example:443/a;jsessionid=1;sid=2/../b",
		"http://a.example/;jsessionid=;PHPSESSID=", "http://a.example./%2e%2e/%", "http://[::1]/\\..", "http://a.example/?&&=&%26"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		one, err := crawler.Canonical(s)
		if err != nil {
			return
		}
		two, err := crawler.Canonical(one)
		if err != nil || one != two {
			t.Errorf("Canonical(%q) = %q, again %q, %v", s, one, two, err)
		}
		if crawler.Host(one) == "" || strings.ContainsAny(one, "# \"<>\\^`{|}") {
			t.Errorf("Canonical(%q) = %q", s, one)
		}
	})
}

// The shortcut for plain addresses changes nothing.
func FuzzResolve(f *testing.F) {
	for _, s := range []string{"/a/b", "//a", "/a//b/", "/a/.b", "/..", "/a;b", "http://a.example/b", "https://a-.example/", "https://1.2.3.4/",
		"https://a.b1/", "https://xn--a.example/", "https://a.example:80/", "/a:b@c,d+e=f", "https://ab--c.example/", "https://-a.example/"} {
		f.Add("https://example.org/x/y?z", s)
	}
	f.Add("http://user@Example.org:80/", "/x")
	f.Add("file:///a", "/x")
	f.Fuzz(func(t *testing.T, base, ref string) {
		got, err := crawler.Resolve(base, ref)
		want, wantErr := crawler.SlowResolve(base, ref)
		if got != want || (err == nil) != (wantErr == nil) {
			t.Errorf("Resolve(%q, %q) = %q, %v, want %q, %v", base, ref, got, err, want, wantErr)
		}
	})
}

// readCSV returns the records of a "in, want" file.
func readCSV(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(shared(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment, r.FieldsPerRecord, r.TrimLeadingSpace, r.LazyQuotes = '#', -1, true, true
	var all [][]string
	for {
		rec, err := r.Read()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, rec)
	}
}

// Pairs of crawler-commons' normalizer. Where we differ, it is for a reason.
func TestCrawlerCommonsPairs(t *testing.T) {
	sorted := func(in, want string) bool { // the order of a query is kept: servers may care
		return strings.Contains(in, "?") && strings.Contains(want, "?") && strings.Contains(in, "&")
	}
	equal, named := 0, map[string]int{}
	for _, rec := range readCSV(t, "url/cc_weirdToNormalizedUrls.csv") {
		in, want := rec[0], strings.TrimSpace(rec[1])
		got, err := crawler.Canonical(in)
		switch {
		case err == nil && got == want:
			equal++
		case strings.HasPrefix(in, "file:") || strings.HasPrefix(in, "ftp:") || strings.HasPrefix(in, "http:///"):
			named["no web address"]++
		case !strings.Contains(in, "://"):
			named["an address has a scheme; guessing one is for whoever reads what people type"]++
		case strings.Contains(strings.TrimPrefix(in, "http://"), "//"):
			named["// in a path is another path than /"]++
		case strings.HasSuffix(in, "b=") || sorted(in, want):
			named["order and form of the query are kept"]++
		default:
			t.Errorf("Canonical(%q) = %q, %v, want %q", in, got, err, want)
		}
	}
	t.Logf("%d equal; different: %v", equal, named)
	if equal < 80 {
		t.Errorf("only %d equal", equal)
	}
}

func TestCrawlerCommonsResolve(t *testing.T) {
	for _, rec := range readCSV(t, "url/cc_url-resolve.csv") {
		in, base, want := rec[0], rec[1], strings.TrimSpace(rec[2])
		if base == "" {
			base = "https://example.org/"
		}
		if got, err := crawler.Join(base, in); err != nil || got != want {
			t.Errorf("join(%q, %q) = %q, %v, want %q", base, in, got, err, want)
		}
	}
	for _, rec := range readCSV(t, "url/cc_invalidUrls.csv") {
		if got, err := crawler.Canonical(rec[0]); err == nil {
			t.Errorf("Canonical(%q) = %q, want an error", rec[0], got)
		}
	}
}

// The addresses of the web platform tests that are, or should become, http.
func TestWebPlatformURLs(t *testing.T) {
	data, err := os.ReadFile(shared(t, "url/urltestdata.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []json.RawMessage
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	total, equal := 0, 0
	for _, raw := range cases {
		var c struct {
			Input, Base, Href, Protocol string
			Failure                     bool
		}
		if json.Unmarshal(raw, &c) != nil { // a comment
			continue
		}
		isHTTP := strings.HasPrefix(c.Protocol, "http") ||
			c.Failure && (strings.HasPrefix(strings.ToLower(c.Input), "http") || c.Base != "" && strings.HasPrefix(c.Base, "http"))
		if !isHTTP {
			continue
		}
		total++
		got, err := crawler.Join(c.Base, c.Input)
		if c.Failure && err != nil || !c.Failure && err == nil && got == c.Href {
			equal++
			continue
		}
		t.Logf("%q on %q: %q, %v, want %q", c.Input, c.Base, got, err, c.Href)
	}
	t.Logf("%d of %d", equal, total)
	if equal < total {
		t.Errorf("%d of %d", equal, total)
	}
}

// w3lib's canonicalize_url. Deviations by case, with the reason.
func TestW3libDeviations(t *testing.T) {
	const (
		order    = "the order of the query is kept: servers may care"
		options  = "an option we do not have"
		userinfo = "user names are dropped: two readers of one page must get one page"
		blank    = "a parameter without = stays without"
		spaces   = "a space is %20; + in a query stays +"
		scheme   = "no web address"
		relative = "not absolute"
		badHost  = "not a host name in any browser"
	)
	reasons := map[string]string{
		"test_typical_usage/3": order, "test_typical_usage_semicolon/5": options, "test_sorting/8": order,
		"test_keep_blank_values/9": options, "test_keep_blank_values/10": order, "test_keep_blank_values/13": blank,
		"test_spaces/14": spaces, "test_spaces/15": order, "test_canonicalize_url_unicode_query_string/20": options,
		"test_non_ascii_percent_encoding_in_query_arguments/32": order, "test_urls_with_auth_and_ports/33": userinfo,
		"test_remove_fragments/34": userinfo, "test_remove_fragments/35": options, "test_remove_fragments_ipv6_host/37": options,
		"test_remove_fragments_relative_url/38": relative, "test_remove_fragments_relative_url/39": relative,
		"test_userinfo_is_case_sensitive/45": scheme, "test_canonicalize_idns_with_userinfo/49": userinfo,
		"test_canonicalize_url_idna_exceptions/54": badHost, "test_preserve_nonfragment_hash/57": options,
		"test_typical_usage_semicolon/6": options,
	}
	data, err := os.ReadFile(shared(t, "url/w3lib_canonicalize_cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct{ ID, Input, Want string }
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	equal := 0
	for _, c := range cases {
		got, err := crawler.Canonical(c.Input)
		same, reason := err == nil && got == c.Want, reasons[c.ID]
		switch {
		case same && reason != "":
			t.Errorf("%s: equal, though it should differ: %s", c.ID, reason)
		case same:
			equal++
		case reason == "":
			t.Errorf("%s: Canonical(%q) = %q, %v, want %q", c.ID, c.Input, got, err, c.Want)
		}
	}
	t.Logf("%d of %d equal", equal, len(cases))
}

func BenchmarkCanonical(b *testing.B) {
	for name, u := range map[string]string{
		"plain":  "https://www.example.org/news/2025/05/26/who-left-whom",
		"untidy": "https://www.example.org/news/2025/05/26/who-left-%7Ewhom?utm_source=feed&utm_medium=rss&id=12#top",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := crawler.Canonical(u); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
