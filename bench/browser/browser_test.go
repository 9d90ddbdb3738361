package browser

import "testing"

// TestBrowser opens tenure's pages in Chromium, served by the program itself
// from data files that it filled from recorded sites.
func TestBrowser(t *testing.T) {
	c := chromium(t)
	program := build(t)
	full, empty := newTenure(t, program), newTenure(t, program)
	full.fill(t, readNews(t).serve(t))
	base := full.serve(t)
	all := append(screens(), articles(t, full)...)

	t.Run("screens", func(t *testing.T) { testScreens(t, c, base, all) })
	t.Run("empty", func(t *testing.T) { testScreens(t, c, empty.serve(t), emptyScreens()) })
	t.Run("use", func(t *testing.T) { testUse(t, c, base) })
	t.Run("review", func(t *testing.T) { testReview(t, c, full, base) })
	t.Run("keyboard", func(t *testing.T) { testKeyboard(t, c, base, all) })
	t.Run("keys alone", func(t *testing.T) { testKeysAlone(t, c, base) })
	t.Run("print", func(t *testing.T) { testPrint(t, c, base, all) })
	t.Run("first time", func(t *testing.T) { testFirst(t, c) })
	t.Run("stored", func(t *testing.T) { testStored(t, c, program) })
	t.Run("payloads", func(t *testing.T) { testPayloads(t, c) })
	t.Run("contrast", func(t *testing.T) { testContrast(t, c) })
	t.Run("axe", func(t *testing.T) { testAxe(t, c) })
}

// articles are screens whose addresses the data file knows.
func articles(t *testing.T, p *tenure) (all []screen) {
	t.Helper()
	names := map[string]string{
		"Half of the Heron authors have left Corvid Labs":           "article",
		"Names from everywhere: the new board of the harbour towns": "article-names",
		"The spring fair opens with rain":                           "article-without-claims",
		"Half of the authors of Heron have left Corvid Labs":        "article-copy",
		"Kestrel Energy: the change at the top that was not":        "article-called-off",
	}
	for _, a := range records[struct{ ID, Title string }](t, p.run(t, "list", "articles")) {
		if name := names[a.Title]; name != "" {
			all = append(all, screen{name: name, path: "/article/" + a.ID})
			delete(names, a.Title)
		}
	}
	for title := range names {
		t.Errorf("no article %q", title)
	}
	return all
}

// emptyScreens are the pages of a data file with nothing in it.
func emptyScreens() []screen {
	return []screen{
		{name: "empty-moves", path: "/"},
		{name: "empty-flow", path: "/flow"},
		{name: "empty-review", path: "/review"},
		{name: "empty-sources", path: "/sources"},
		{name: "empty-run", path: "/run"},
		{name: "empty-missing", path: "/organization/anything", status: 404},
	}
}
