package crawler_test

import (
	"testing"
	"time"

	"tenure/crawler"
)

func TestNextInterval(t *testing.T) {
	const h = time.Hour
	tests := []struct {
		name    string
		every   time.Duration
		last    time.Duration
		changed bool
		asked   []time.Duration
		want    time.Duration
	}{
		{"first", 0, 0, true, nil, 3 * h},
		{"unchanged", 0, 4 * h, false, nil, 6 * h},
		{"changed", 0, 10 * h, true, nil, 8 * h},
		{"not too often", 0, 31 * time.Minute, true, nil, 30 * time.Minute},
		{"not too seldom", 0, 160 * h, false, nil, 168 * h},
		{"as told", 2 * h, 9 * h, false, nil, 2 * h},
		{"as asked", time.Minute, 9 * h, true, []time.Duration{10 * time.Minute, h}, h},
		{"as asked, within reason", 0, h, true, []time.Duration{9000 * h}, 168 * h},
	}
	for _, tt := range tests {
		s := crawler.Source{Every: tt.every}
		if got := s.NextInterval(tt.last, tt.changed, tt.asked...); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestBackoff(t *testing.T) {
	for n, want := range map[int]time.Duration{
		0: 15 * time.Minute, 1: 15 * time.Minute, 2: time.Hour, 3: 4 * time.Hour, 6: 168 * time.Hour, 1000: 168 * time.Hour,
	} {
		if got := crawler.Backoff(n); got != want {
			t.Errorf("Backoff(%d) = %v, want %v", n, got, want)
		}
	}
}
