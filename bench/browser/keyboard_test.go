package browser

import (
	"strings"
	"testing"
)

// A stop is where the focus was after a press of Tab.
type stop struct {
	N    int    // among the things that can be acted on; -1: something else
	What string // the element
	Seen bool   // it looks other than before
}

// reachable numbers all that a mouse can act on, in the order of the page, and
// returns how many there are. What no one sees cannot be clicked: a menu that
// is closed, a link that only comes with the focus.
const reachable = `(() => {
	const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
		.filter(e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0);
	window.stops = all;
	window.plain = all.map(look);
	return all.length;
	function look(e) { return [e, ...e.querySelectorAll('rect, path, text')].map(x => { const s = getComputedStyle(x); return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.stroke, s.strokeWidth, s.fillOpacity, s.textDecorationLine].join() }).join('|') }
})()`

// focus tells where the focus is. It is seen if there is an outline of two
// pixels or more, or if a shape or a word of a drawing has changed.
const focus = `(() => {
	const e = document.activeElement, n = stops.indexOf(e);
	if (n < 0) return {N: -1, What: e.tagName, Seen: true};
	const look = x => { const s = getComputedStyle(x); return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.stroke, s.strokeWidth, s.fillOpacity, s.textDecorationLine].join() };
	const s = getComputedStyle(e), outlined = s.outlineStyle != 'none' && parseFloat(s.outlineWidth) >= 2;
	const drawn = e.closest('svg') && [e, ...e.querySelectorAll('rect, path, text')].map(look).join('|') != plain[n];
	const r = e.getBoundingClientRect(), inside = r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth;
	return {N: n, What: e.outerHTML.slice(0, 120), Seen: Boolean((outlined || drawn) && inside)};
})()`

// monthParts is how many stops two fields for a month have at most, beyond
// one: the month, the year, the calendar.
const monthParts = 2

// testKeyboard goes through every screen with the Tab key alone: everything
// that can be acted on must be reached, once and in order, and be seen then.
func testKeyboard(t *testing.T, c *Chromium, base string, all []screen) {
	tab := open(t, c, looks()[0])
	for _, s := range all {
		if _, err := tab.Open(base + s.path); err != nil {
			t.Fatal(err)
		}
		var n int
		if err := tab.Eval(reachable, &n); err != nil {
			t.Fatal(err)
		}
		last := -1
		for range n + 1 + 2*monthParts {
			at := tabOn(t, tab)
			switch {
			case at.N == last && strings.Contains(at.What, `type="month"`): // on to its year, or its calendar
			case at.N < 0:
				if last != n-1 {
					t.Errorf("%s: the focus leaves after %d of %d, to %s", s.name, last+1, n, at.What)
				}
			case at.N != last+1:
				t.Errorf("%s: from %d the focus goes to %d of %d: %s", s.name, last, at.N, n, at.What)
			case !at.Seen:
				t.Errorf("%s: the focus is not seen on %s", s.name, at.What)
			}
			if at.N < 0 {
				break
			}
			last = at.N
		}
	}
}

func tabOn(t *testing.T, tab *Tab) (at stop) {
	t.Helper()
	if err := tab.Press("\t"); err != nil {
		t.Fatal(err)
	}
	if err := tab.Eval(focus, &at); err != nil {
		t.Fatal(err)
	}
	return at
}

// testKeysAlone looks somebody up and reads the quote, without a mouse.
func testKeysAlone(t *testing.T, c *Chromium, base string) {
	tab := open(t, c, looks()[0])
	if _, err := tab.Open(base + "/"); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := tab.Eval(reachable, &n); err != nil {
		t.Fatal(err)
	}
	tabTo(t, tab, `id="q-top"`)
	if err := tab.Press("brandvold"); err != nil {
		t.Fatal(err)
	}
	enter(t, tab, "q=brandvold")
	tabTo(t, tab, `href="/person/ilse-brandvold"`)
	enter(t, tab, "/person/ilse-brandvold")
	tabTo(t, tab, `href="/article/`)
	enter(t, tab, "/article/")
	var quoted string
	if err := tab.Eval(`document.querySelector('mark:target').textContent`, &quoted); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(quoted, "Ilse Brandvold") {
		t.Errorf("came to %q", quoted)
	}
}

// tabTo presses Tab until the focus is on an element whose beginning has the
// words in it.
func tabTo(t *testing.T, tab *Tab, words string) {
	t.Helper()
	var n int
	if err := tab.Eval(reachable, &n); err != nil {
		t.Fatal(err)
	}
	for range n {
		if at := tabOn(t, tab); strings.Contains(at.What, words) {
			return
		}
	}
	t.Fatalf("%s is not reached", words)
}

// enter presses Enter and wants to come to an address with the words in it.
func enter(t *testing.T, tab *Tab, words string) {
	t.Helper()
	v, err := tab.Go(func() error { return tab.Press("\r") })
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(v.URL, words) || v.Status != 200 || len(v.Troubles) > 0 {
		t.Fatalf("came to %s (%d, %q), want %s", v.URL, v.Status, v.Troubles, words)
	}
}
