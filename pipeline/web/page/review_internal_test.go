package page

import (
	"net/url"
	"strings"
	"testing"
)

// FuzzLocalPath wants a form never to lead to another site, whatever it says.
func FuzzLocalPath(f *testing.F) {
	for _, s := range []string{"/person/ada#move-1", "//evil.example", "/\\evil.example", "https://evil.example/", "/ok?x=//y", "/%2f%2fevil", "/%2f ", "/%2Fevil.example/ ", "javascript:alert(1)", "/\tx", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := localPath(s)
		if got == "" {
			return
		}
		u, err := url.Parse(got)
		if err != nil || u.Scheme != "" || u.Host != "" || got[0] != '/' || strings.HasPrefix(got, "//") || strings.ContainsAny(got, "\\\r\n\t") {
			t.Errorf("%q leads to %q", s, got)
		}
		if again := localPath(got); again != got {
			t.Errorf("%q leads to %q, and that to %q", s, got, again)
		}
	})
}
