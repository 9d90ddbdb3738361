package crawler_test

import (
	"net/http"
	"strings"
	"testing"

	"tenure/crawler"
)

func TestFetchPrivate(t *testing.T) {
	asked := 0
	base := serve(t, func(w http.ResponseWriter, r *http.Request) { asked++ })
	port := base[strings.LastIndex(base, ":"):]
	for _, host := range []string{"127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "0", "[::1]",
		"10.0.0.1", "169.254.169.254", "100.100.100.200", "[fd00:ec2::254]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"} {
		u, err := crawler.Canonical("http://" + host + port + "/")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := get(t, new(crawler.Client), u); reasonOf(err) != crawler.PrivateAddress {
			t.Errorf("%s: %v, want private-address", host, err)
		}
	}
	if asked > 0 {
		t.Errorf("%d requests reached the server", asked)
	}
}

// A public page that redirects to a private address, and one that redirects
// to what robots.txt forbids.
func TestFetchRedirectGuarded(t *testing.T) {
	site := openReplay(t, "redirects.txtar")
	c := &crawler.Client{Transport: site}
	tests := []struct {
		path   string
		reason crawler.Reason
	}{
		{"/to-private", crawler.PrivateAddress},
		{"/to-metadata", crawler.PrivateAddress},
		{"/to-forbidden", crawler.RobotsDenied},
		{"/to-other-forbidden", crawler.RobotsDenied},
		{"/forbidden/page", crawler.RobotsDenied},
		{"/to-allowed", ""},
	}
	for _, tt := range tests {
		if _, err := get(t, c, "https://news.example"+tt.path); reasonOf(err) != tt.reason {
			t.Errorf("%s: %v, want %s", tt.path, err, tt.reason)
		}
	}
	for _, p := range site.paths() {
		if strings.HasPrefix(p, "/forbidden") || strings.Contains(p, "meta-data") {
			t.Errorf("%s was asked for", p)
		}
	}
}
