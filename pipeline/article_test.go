package pipeline

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"tenure/extract"
)

// What a page says of an article does not depend on the order in which its
// looks are read, nor on how often, nor on looks that are not kept: those but
// the last and the one that gave the date.
func TestNewer(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		looks := rapid.SliceOfN(rapid.Custom(drawLook), 1, 7).Draw(rt, "looks")
		for i := range looks {
			looks[i].Page = uint64(i + 1)
			looks[i].First = looks[i].Page
		}
		fold := func(looks []sighting) sighting {
			s := looks[0]
			for _, x := range looks[1:] {
				s = newer(s, x)
			}
			return s
		}
		want := fold(looks)
		if want.Page != uint64(len(looks)) {
			rt.Fatalf("the last look is %d of %d", want.Page, len(looks))
		}
		others := append(rapid.Permutation(looks).Draw(rt, "order"), rapid.SliceOfN(rapid.SampledFrom(looks), 0, 4).Draw(rt, "again")...)
		if got := fold(others); differ(got, want) {
			rt.Errorf("another order gives\n%+v, want\n%+v", got, want)
		}
		var kept []sighting
		for _, x := range looks {
			if x.Page == want.Page || x.Page == want.First || rapid.Bool().Draw(rt, "kept") {
				kept = append(kept, x)
			}
		}
		got := fold(kept)
		if got.Dates, want.Dates = nil, nil; differ(got, want) {
			rt.Errorf("of fewer looks\n%+v, want\n%+v", got, want)
		}
	})
}

func drawLook(rt *rapid.T) sighting {
	s := sighting{URL: "https://example.org/list", Hash: fmt.Sprint("text", rapid.IntRange(0, 3).Draw(rt, "text"))}
	switch n := rapid.IntRange(0, 5).Draw(rt, "date"); n {
	case 0: // none
	case 1:
		s.Meta.Published, _ = extract.ParseStamp("2025-05-01T09:30:00Z")
	default:
		s.Meta.Published = extract.Day(2025, 5, n)
	}
	return s
}
