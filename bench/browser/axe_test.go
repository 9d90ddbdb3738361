package browser

import (
	"os"
	"slices"
	"testing"
)

// An axe is the script of axe-core, which knows the rules of accessibility;
// empty if it is not here.
type axe string

// readAxe reads the script that TENURE_AXE names.
func readAxe(t *testing.T) axe {
	t.Helper()
	path := os.Getenv("TENURE_AXE")
	if path == "" {
		t.Log("TENURE_AXE does not name axe-core's script: accessibility was not checked")
		return ""
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return axe(b)
}

// An offence is a rule that a page breaks, and where.
type offence struct {
	ID, Help string
	Where    []string
}

// check wants a screen to break no rule.
func (a axe) check(t *testing.T, tab *Tab, s screen) {
	t.Helper()
	if a == "" {
		return
	}
	for _, o := range a.offences(t, tab) {
		t.Errorf("%s: %s (%s) at %q", s.name, o.ID, o.Help, o.Where)
	}
}

// offences puts the script into the page from the side of the browser, where
// the page's policy does not hold, and tries all rules.
func (a axe) offences(t *testing.T, tab *Tab) (all []offence) {
	t.Helper()
	if err := tab.Eval(string(a)+"; null", nil); err != nil {
		t.Fatal(err)
	}
	const run = `axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map(v => ({ ID: v.id, Help: v.help,
		Where: v.nodes.slice(0, 3).map(n => n.target.join(' ') + ': ' + n.html.slice(0, 160) + ' ' + n.any.concat(n.all).map(c => c.message).join('; ')) })))`
	if err := tab.Eval(run, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// testAxe wants what must be found on a bad page found.
func testAxe(t *testing.T, c *Chromium) {
	a := readAxe(t)
	if a == "" {
		t.Skip("no axe-core")
	}
	tab := open(t, c, looks()[0])
	if _, err := tab.Open("data:text/html,<title>x</title><body><p style='color:%23bbb;background:%23fff'>pale</p><img src='data:,'><input><a href='/'></a>"); err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, o := range a.offences(t, tab) {
		found = append(found, o.ID)
	}
	for _, want := range []string{"color-contrast", "image-alt", "label", "link-name", "html-has-lang"} {
		if !slices.Contains(found, want) {
			t.Errorf("%s is not found; only %q", want, found)
		}
	}
}
