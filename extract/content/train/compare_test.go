package train

import (
	"math"
	"strings"
	"testing"

	"tenure/extract"
)

func TestBodyScore(t *testing.T) {
	for _, test := range []struct {
		name, want, got string
		f1              float64
	}{
		{"same", "a b c d e", "a b c d e", 1},
		{"half too much", "a b c d e", "a b c d e f g", 2 * 0.5 / 1.5},
		{"nothing found", "a b c d e", "", 0},
		{"shorter than a run", "a b", "a, b", 1},
		{"soft hyphen", "harbour hall is open", "har\u00adbour hall is open", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := bodyScore(tokens(test.want), tokens(test.got))
			if got := macro([]Score{s}); math.Abs(got-test.f1) > 1e-9 || math.Abs(s.F1()-test.f1) > 1e-9 {
				t.Errorf("got %v, page's own %v, want %v", got, s.F1(), test.f1)
			}
		})
	}
}

func TestNameSet(t *testing.T) {
	if got := strings.Join(nameSet([]string{"By Ana Ruiz and Bo Li", "Ana Ruiz"}), " "); got != "ana bo li ruiz" {
		t.Errorf("got %q", got)
	}
}

func TestCompare(t *testing.T) {
	full := Truth{Body: "The crews went back to work.", Title: "Strike ends", Date: "2025-06-03 08:15:00+02:00", Authors: []byte(`"Ana Ruiz"`)}
	none := Truth{Body: full.Body, Title: full.Title}
	for _, test := range []struct {
		name  string
		truth Truth
		a     Answer
		want  Measure
	}{
		{"right", full, Answer{full.Body, "Strike ends!", "2025-06-03T08:15:00+02:00", []string{"by Ana Ruiz"}}, Measure{1, 1, 1, 1, 1, 0}},
		{"nothing", full, Answer{}, Measure{1, 0, 0, 0, 0, 0}},
		{"other day", full, Answer{full.Body, full.Title, "2025-06-04", []string{"Ana Ruiz", "Bo Li"}}, Measure{1, 1, 1, 0, 0, 0}},
		{"invented", none, Answer{full.Body, full.Title, "2025-06-04", []string{"Bo Li"}}, Measure{1, 1, 1, -1, -1, 1}},
		{"nothing to find", none, AnswerOf(extract.Reading{}), Measure{1, 0, 0, -1, -1, 0}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Sum([]Result{test.truth.Compare(test.a)}); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}
