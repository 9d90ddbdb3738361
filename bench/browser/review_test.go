package browser

import (
	"strings"
	"testing"
)

// testReview decides on what leaves doubt, takes it back, and wants the
// program to know of both.
func testReview(t *testing.T, c *Chromium, p *tenure, base string) {
	tab := open(t, c, looks()[0])
	if _, err := tab.Open(base + "/review"); err != nil {
		t.Fatal(err)
	}
	before := reviewed(t, tab)
	if before.Item == "" {
		t.Fatalf("nothing to review: %+v", before)
	}

	press(t, tab, `.judge.big button[name="rejected"], .judge.big button[name="apart"]`)
	after := reviewed(t, tab)
	if after.Item == before.Item || after.Decided != before.Decided+1 || !strings.Contains(after.Said, before.Who) {
		t.Errorf("decided: %+v, then %+v", before, after)
	}
	if log := p.run(t, "review", "log"); strings.TrimSpace(log) == "" {
		t.Error("the program does not know of the decision")
	}

	press(t, tab, `button[name="undo"]`)
	again := reviewed(t, tab)
	if again.Item != before.Item || again.Heading != before.Heading {
		t.Errorf("undone: %+v, want %+v", again, before)
	}
}

// press presses a button and wants the page that follows to be well.
func press(t *testing.T, tab *Tab, selector string) {
	t.Helper()
	v, err := tab.Go(func() error { return tab.Click(selector) })
	if err != nil {
		t.Fatal(err)
	}
	if v.Status != 200 || len(v.Troubles) > 0 {
		t.Fatalf("%s leads to %s: status %d, %q", selector, v.URL, v.Status, v.Troubles)
	}
}

// A reviewPage is what the page of the review shows.
type reviewPage struct {
	Heading, Item, Who, Said string
	Decided                  int
}

func reviewed(t *testing.T, tab *Tab) (r reviewPage) {
	t.Helper()
	const look = `({
		Heading: document.querySelector('h1').textContent,
		Item: document.querySelector('.judge.big button')?.value ?? '',
		Who: document.querySelector('#item h2 bdi, #item h3 bdi')?.textContent ?? '',
		Said: document.querySelector('.flash')?.textContent ?? '',
		Decided: document.querySelectorAll('.log li').length,
	})`
	if err := tab.Eval(look, &r); err != nil {
		t.Fatal(err)
	}
	return r
}
