package page

import "testing"

// TestLabelWidth has how wide names are, 12 units high, in a sans serif that is
// wider than most (DejaVu Sans): none may be taken for narrower.
func TestLabelWidth(t *testing.T) {
	for name, wide := range map[string]float64{
		"Emeka Nwachukwu": 117, "Liam Fairweather": 104.5, "William Mwangi": 94, "Jo Smith": 49.5, "山田 花子": 51.8, "MMMMMM WWWWWW": 137.6, "Ilse Brandvold": 85.2,
	} {
		if got := labelWidth(name); got < wide || got > 1.3*wide+10 {
			t.Errorf("%s: %.1f, is %.1f", name, got, wide)
		}
	}
}
