package pipeline

import (
	"testing"

	"tenure/crawler"
)

// A source of the configuration file goes when the file no longer has it,
// unless somebody has added it by hand, be it as it was.
func TestConfiguredSources(t *testing.T) {
	for _, c := range []struct {
		what   string
		byHand bool
		want   int
	}{
		{"configured", false, 0},
		{"added by hand, too", true, 1},
	} {
		p := newTestPipeline(t, t.TempDir())
		src, err := crawler.NewSource(crawler.Feed, "https://a.example/feed")
		if err != nil {
			t.Fatal(err)
		}
		configure := func(all ...crawler.Source) {
			t.Helper()
			if err := p.ConfigureSources(t.Context(), all); err != nil {
				t.Fatal(err)
			}
		}
		configure(src)
		if c.byHand {
			if n, err := p.AddSources(t.Context(), src); err != nil || n != 0 {
				t.Errorf("%s: %d added, %v", c.what, n, err)
			}
		}
		configure(src)
		configure()
		if all, err := p.Sources(); err != nil || len(all) != c.want {
			t.Errorf("%s: %d sources left, %v, want %d", c.what, len(all), err, c.want)
		}
	}
}
