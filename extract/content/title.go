package content

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"tenure/extract/content/internal/block"
)

// title returns the article's headline. What stands on the page as h1 is what
// a reader takes for it, if it is like one of the other titles the page gives;
// several h1 may be there, and one is often the site's name.
func (d *document) title() string {
	if d.titled == "" {
		d.titled = d.findTitle()
	}
	return d.titled
}

func (d *document) findTitle() string {
	said := d.saidTitles()
	h, like := d.headTitle(said)
	og, ld, doc := d.trimSite(said[0]), d.trimSite(said[1]), d.trimSite(said[2])
	t := d.pickTitle(h, like, og, ld, doc)
	if shared := equalWords(h, ld) && equalWords(t, og); d.data.article && !shared {
		return d.filed(t, ld, og)
	}
	return t
}

// pickTitle chooses among the h1, the title for sharing, that of the
// structured data and the page's own.
func (d *document) pickTitle(h string, like float64, og, ld, doc string) string {
	switch {
	case h == "":
		return first(ld, og, doc, d.data.headline, d.head.title)
	case d.data.news && ld != "" && equalWords(ld, doc):
		return d.newsTitle(h, ld, og)
	case like < 0.2 && len(words(h)) < 4 && og+ld+doc != "":
		return first(ld, og, doc)
	}
	return h
}

// newsTitle chooses where a news site's structured data repeats the page's own
// title: that wording is made for search engines. If the h1 has it too, the
// editors' own is the one given for sharing; if the h1 and the one for sharing
// agree, that is what a reader takes for it. If all three differ, it is the one
// most like the page's address, the structured data's in case of doubt.
func (d *document) newsTitle(h, ld, og string) string {
	switch {
	case equalWords(h, ld) && len(words(og)) >= 4:
		return og
	case equalWords(h, ld), equalWords(h, og):
		return h
	case equalWords(ld, og) || og == "":
		return ld
	}
	best, like := ld, alike(d.slug(), ld)
	for _, t := range []string{h, og} {
		if l := alike(d.slug(), t); l > like+0.05 {
			best, like = t, l
		}
	}
	return best
}

// saidTitles returns the titles that the page's head gives: for sharing, in
// its structured data, and its own.
func (d *document) saidTitles() [3]string {
	return [3]string{d.head.first("og:title", "twitter:title", "dc.title", "headline", "title"), d.data.headline, d.head.title}
}

// linkedHead is by how much less like the page's title a heading is taken for
// that is a link: most lead to other articles.
const linkedHead = 0.3

// headTitle returns the h1 most like what the head says, and how like it is.
func (d *document) headTitle(said [3]string) (string, float64) {
	best, like := "", -1.0
	for k, i := range d.Heads {
		t := d.trimSite(d.joined(i))
		if t == "" || d.siteName(t) || k > 40 {
			continue
		}
		most := 0.0
		for _, s := range said {
			most = max(most, likeness(t, s))
		}
		if b := &d.Blocks[i]; b.LinkedWords()*2 > b.Words {
			most -= linkedHead
		}
		if most > like+0.05 {
			best, like = t, most
		}
	}
	return best, like
}

// joined returns an h1 with the lines of the same element that follow.
func (d *document) joined(i int) string {
	t := d.String(i)
	for j := i + 1; j < len(d.Blocks) && j < i+4 && d.Blocks[j].Box == d.Blocks[i].Box; j++ {
		t += " " + d.String(j)
	}
	return t
}

// separators part a title from the site's name.
var separators = []string{" | ", " - ", " – ", " — ", " · ", " » ", " :: ", " • ", " / ", "｜", " ∣ ", " : ", "：", " « ", " < "}

// trimSite cuts the site's name off a title, before or behind it.
func (d *document) trimSite(t string) string {
	t = html.UnescapeString(t)
	for range 3 {
		cut := d.trimOnce(t)
		if cut == t {
			break
		}
		t = cut
	}
	return strings.TrimSpace(t)
}

func (d *document) trimOnce(t string) string {
	for _, sep := range separators {
		if i := strings.LastIndex(t, sep); i > 0 {
			head, tail := t[:i], t[i+len(sep):]
			if d.siteName(tail) || sep == " | " && len(words(tail)) <= 3 && len(words(head)) >= 4 && d.endsOthers(sep+tail) {
				return head
			}
		}
		if i := strings.Index(t, sep); i > 0 && d.siteName(t[:i]) && len(words(t[i:])) >= 2 {
			return t[i+len(sep):]
		}
	}
	return t
}

// endsOthers reports whether only the page's own title has this ending, and
// not its headline.
func (d *document) endsOthers(tail string) bool {
	for _, i := range d.Heads {
		if strings.HasSuffix(d.String(i), tail) {
			return false
		}
	}
	return true
}

// siteName reports whether a text is the name of the site.
func (d *document) siteName(t string) bool {
	k := letters(t)
	if k == "" {
		return false
	}
	for _, n := range []string{d.head.first("og:site_name"), d.data.site, d.data.publisher, d.head.first("application-name", "apple-mobile-web-app-title")} {
		if s := letters(n); s != "" && (k == s || len(s) > 4 && strings.HasPrefix(k, s) && len(k) < len(s)+8 || len(k) > 4 && strings.HasPrefix(s, k)) {
			return true
		}
	}
	if d.url == nil {
		return false
	}
	for _, label := range strings.Split(bareHost(d.url.Hostname()), ".") {
		if l := letters(label); len(l) >= 4 && (k == l || len(k) < len(l)+7 && strings.HasPrefix(k, l) || "the"+l == k || k+"s" == l) {
			return true
		}
	}
	return letters(bareHost(d.url.Hostname())) == k
}

// letters returns the letters and digits of a text in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// words returns the words of a text in lower case; of a script without spaces,
// any two characters in a row.
func words(s string) []string {
	f := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if !strings.ContainsFunc(s, block.Unspaced) {
		return f
	}
	var out []string
	for _, w := range f {
		out = appendPairs(out, w)
	}
	return out
}

// appendPairs adds a word, or the pairs of characters in it.
func appendPairs(out []string, w string) []string {
	for w != "" {
		r, last := utf8.DecodeRuneInString(w)
		wide := block.Unspaced(r)
		n := strings.IndexFunc(w, func(r rune) bool { return block.Unspaced(r) != wide })
		if n < 0 {
			n = len(w)
		}
		if !wide || last == n {
			out = append(out, w[:n])
		}
		for at := 0; wide && at+last < n; {
			_, next := utf8.DecodeRuneInString(w[at+last:])
			out = append(out, w[at:at+last+next])
			at, last = at+last, next
		}
		w = w[n:]
	}
	return out
}

// countWords returns how many words a text has.
func countWords(s string) int {
	n, in := 0, false
	for _, r := range s {
		word := unicode.IsLetter(r) || unicode.IsDigit(r)
		if word && !in {
			n++
		}
		in = word
	}
	return n
}

// countLine returns how many words a line has: by its spaces or, where a script
// has none, by its characters.
func countLine(t string) int {
	if strings.ContainsFunc(t, block.Unspaced) {
		return block.WordCount([]byte(t))
	}
	return strings.Count(t, " ") + 1
}

func equalWords(a, b string) bool { return letters(a) == letters(b) }

// likeness returns the harmonic mean of the shares of words that two texts
// have in common.
func likeness(a, b string) float64 {
	x, y := words(a), words(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	n := 0
	seen := make(map[string]int, len(x))
	for _, w := range x {
		seen[w]++
	}
	for _, w := range y {
		if seen[w] > 0 {
			seen[w]--
			n++
		}
	}
	return 2 * float64(n) / float64(len(x)+len(y))
}

// titleSite returns the site's name from the end of the page's title.
func (d *document) titleSite() string {
	t := d.head.title
	for _, sep := range separators[:4] {
		if i := strings.LastIndex(t, sep); i > 0 && len(t[i+len(sep):]) <= 40 {
			return strings.TrimSpace(t[i+len(sep):])
		}
	}
	return ""
}
