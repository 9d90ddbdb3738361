package browser

import (
	"bytes"
	"testing"
)

// testPrint prints the screens: in black on white, without what one can only
// click, and with the addresses of what is cited.
func testPrint(t *testing.T, c *Chromium, base string, all []screen) {
	tab := open(t, c, Look{Width: 794, Height: 1123, Dark: true}) // A4, by somebody who reads in the dark
	for _, s := range all {
		if _, err := tab.Open(base + s.path); err != nil {
			t.Fatal(err)
		}
		checkPrinted(t, tab, s)
		b, err := tab.PDF()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(b, []byte("%PDF-")) {
			t.Errorf("%s: printed as %.20q", s.name, b)
		}
		keep(t, s.name+".pdf", b)
	}
}

func checkPrinted(t *testing.T, tab *Tab, s screen) {
	t.Helper()
	if err := tab.SeePrinted(); err != nil {
		t.Fatal(err)
	}
	var p struct {
		Shown  []string // that is of no use on paper
		Ground string
	}
	const look = `(() => ({
		Shown: [...document.querySelectorAll('nav, form, button, input, select, .skip')].filter(e => e.checkVisibility() && e.getClientRects().length > 0).map(e => e.outerHTML.slice(0, 100)),
		Ground: getComputedStyle(document.documentElement).backgroundColor,
	}))()`
	if err := tab.Eval(look, &p); err != nil {
		t.Fatal(err)
	}
	if len(p.Shown) > 0 || p.Ground != "rgb(255, 255, 255)" {
		t.Errorf("%s printed: on %s, with %q", s.name, p.Ground, p.Shown)
	}
	checkWidth(t, tab, s)
	if err := tab.medium("", true); err != nil {
		t.Fatal(err)
	}
}
