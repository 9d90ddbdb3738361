package browser

import (
	"strings"
	"testing"
)

// A reading is what a test reads off a page.
type reading struct {
	Heading, Table string
	Rows           int
}

func read(t *testing.T, tab *Tab) (r reading) {
	t.Helper()
	const look = `({Heading: document.querySelector('h1').textContent, Table: document.querySelector('#table')?.textContent ?? '', Rows: document.querySelectorAll('.moves tbody tr').length})`
	if err := tab.Eval(look, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// testUse does what a reader does: filters the moves, searches, and goes from
// a move to the words it stands on.
func testUse(t *testing.T, c *Chromium, base string) {
	tab := open(t, c, looks()[0])
	visit := func(act func() error) Visit {
		t.Helper()
		v, err := tab.Go(act)
		if err != nil {
			t.Fatal(err)
		}
		if v.Status != 200 || len(v.Troubles) > 0 {
			t.Fatalf("%s: status %d, %q", v.URL, v.Status, v.Troubles)
		}
		return v
	}
	if _, err := tab.Open(base + "/"); err != nil {
		t.Fatal(err)
	}
	all := read(t, tab)

	fill(t, tab, "#f-org", "Corvid Labs")
	fill(t, tab, "#f-kind", "departure")
	visit(func() error { return tab.Click(".filter button") })
	some := read(t, tab)
	if some.Rows == 0 || some.Rows >= all.Rows || !strings.Contains(some.Table, " of ") {
		t.Errorf("filtered: %+v of %+v", some, all)
	}

	fill(t, tab, "#q-top", "heron bellweather")
	visit(func() error { return tab.Click(".search button") })
	if r := read(t, tab); r.Rows != 0 {
		t.Errorf("a search for words that no move has shows %+v", r)
	}
	fill(t, tab, "#q-top", "maniu")
	visit(func() error { return tab.Click(".search button") })
	if r := read(t, tab); r.Rows != 1 {
		t.Errorf("search: %+v, want one move", r)
	}
	visit(func() error { return tab.Click(".moves th a") })
	if r := read(t, tab); r.Heading != "Teodor Maniu" {
		t.Errorf("the move leads to %q", r.Heading)
	}
	visit(func() error { return tab.Click(".reasons .source a") })
	var quote string
	if err := tab.Eval(`document.querySelector('mark:target').closest('.text').textContent`, &quote); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(quote, "Left Corvid Labs: Early 2024") {
		t.Errorf("the quote is not in %.200q", quote)
	}
}

// fill puts a value into a field, as a browser does when somebody has typed or
// chosen it.
func fill(t *testing.T, tab *Tab, selector, value string) {
	t.Helper()
	if err := tab.Eval(`document.querySelector(`+quoted(selector)+`).value = `+quoted(value), nil); err != nil {
		t.Fatal(err)
	}
}
