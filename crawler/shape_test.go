package crawler_test

import (
	"testing"

	"tenure/crawler"
)

// Addresses that look like those of articles, in some doubt, and not.
func TestShape(t *testing.T) {
	tests := []struct {
		path string
		min  int
		max  int
	}{
		{"/business/2025/may/26/spotify-head-leaves", 1, 3},
		{"/2025/05/26/moss/", 3, 3},
		{"/20250526/moss.html", 3, 3},
		{"/en/article/0f3a9c27d1e84b6585a1c0de44b1a001", 3, 3},
		{"/news/articles/cx2lyzz0lqzo", 3, 3},
		{"/wirtschaft/finanzchef-verlaesst-bank-nach-streit", 3, 3},
		{"/nyheter/toppsjef-a-1234567", 3, 3},
		{"/sections/health/2022/11/09/113/slug", 3, 3},
		{"/article/exodus", 2, 2},
		{"/index.php?id=123", 1, 2},
		{"/?p=12345", 1, 1},
		{"/posts/eight-years", 1, 2},
		{"/", -4, -4},
		{"/politics", -4, -1},
		{"/tag/one-two-three-four-five", -4, -4},
		{"/author/john-smith-1234567", -4, -4},
		{"/about-us", -4, -4},
		{"/world/europe", -2, -1},
		{"/newsletter/weekly", -4, -4},
	}
	for _, tt := range tests {
		if got := crawler.Shape("https://example.org" + tt.path); got < tt.min || got > tt.max {
			t.Errorf("%s: %d, want %d to %d", tt.path, got, tt.min, tt.max)
		}
	}
}
