package browser

import (
	"fmt"
	"math"
	"testing"
)

// leastContrast is what WCAG 2.2 (1.4.11) wants between what one must see to
// understand or use a page and what is beside it.
const leastContrast = 3

// A faint is a part of a page that is hard to see.
type faint struct {
	What     string
	Contrast float64
}

// contrasts looks at what axe-core does not: shapes in drawings, and the edges
// of fields and buttons. A shape is seen by its inside or by its edge. Lines
// of a grid and the ground of a meter say nothing by themselves.
const contrasts = `(least => {
	const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
	const rgba = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data].map(x => x / 255) };
	const over = (c, alpha, ground) => [0, 1, 2].map(i => c[i] * alpha + ground[i] * (1 - alpha));
	const light = c => c.map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4).reduce((s, x, i) => s + x * [0.2126, 0.7152, 0.0722, 0][i], 0);
	const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05) };
	const ground = e => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] > 0.99) return c } return [1, 1, 1] };
	const seen = (colour, alpha, g) => { if (colour == 'none') return 1; const c = rgba(colour); return contrast(over(c, c[3] * alpha, g), g) };
	const found = new Map();
	const note = (what, c) => { if (c < (found.get(what) ?? least)) found.set(what, c) };
	for (const e of document.querySelectorAll('svg rect, svg path')) {
		if (e.matches('.meter, .grid')) continue;
		const s = getComputedStyle(e), g = ground(e.ownerSVGElement.parentElement), all = +s.opacity;
		note('<' + e.tagName + ' class="' + e.getAttribute('class') + '">', Math.max(seen(s.fill, s.fillOpacity * all, g), seen(s.stroke, parseFloat(s.strokeWidth) > 0 ? s.strokeOpacity * all : 0, g)));
	}
	for (const e of document.querySelectorAll('input:not([type=hidden]), select, button, textarea')) {
		const s = getComputedStyle(e), g = ground(e.parentElement);
		note('edge of ' + e.tagName.toLowerCase(), Math.max(seen(s.borderTopColor, 1, g), seen(s.backgroundColor, 1, g)));
	}
	return [...found].map(([What, Contrast]) => ({What, Contrast}));
})`

// checkContrast wants all shapes and fields of a screen to be seen well.
func checkContrast(t *testing.T, tab *Tab, s screen) {
	t.Helper()
	var all []faint
	if err := tab.Eval(fmt.Sprintf("%s(%d)", contrasts, leastContrast), &all); err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		t.Errorf("%s: %s has a contrast of %.2f, want %d", s.name, f.What, f.Contrast, leastContrast)
	}
}

// testContrast wants what is pale found, and what has a strong edge not.
func testContrast(t *testing.T, c *Chromium) {
	tab := open(t, c, looks()[0])
	const page = `data:text/html,<title>x</title><body style="background:white"><svg><rect class="pale" fill="black" fill-opacity=".2"/><rect class="edged" fill="black" fill-opacity=".2" stroke="black"/><path class="strong" fill="rgb(0,0,90)"/></svg>`
	if _, err := tab.Open(page); err != nil {
		t.Fatal(err)
	}
	var all []faint
	if err := tab.Eval(fmt.Sprintf("%s(%d)", contrasts, leastContrast), &all); err != nil {
		t.Fatal(err)
	}
	if len(all) != 1 || all[0].What != `<rect class="pale">` || math.Abs(all[0].Contrast-1.61) > 0.05 {
		t.Errorf("found %v, want the pale one with a contrast of 1.61", all)
	}
}
