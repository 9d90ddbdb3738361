package content

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"tenure/extract"
	"tenure/extract/content/internal/block"
)

// The pieces of the banner by which readers are called to download an app, in
// the order in which they mostly stand. Elements may part any two words, so
// that any white space may.
const (
	bannerHead  = `download\s*the\s*app[.!]?`
	bannerStart = `get\s*started\s*now\s*[:!.,–—-]*\s*download\s*the\s*app[.!]?`
	bannerDive  = `ready\s*to\s*dive\s*in\s*to\b[^.?!]{0,160}[.?!]+`
	bannerCall  = `(?:download|(?:get|install)\s)(?:[^.?!,;]|\.\w){1,60}?app\b(?:[^.?!]{0,80}\b(?:preferred|favou?rite)\s+(?:(?:app|play)[\s-]*)?stores?\b(?:[^.?!]{0,40}\bexploring)?|\s+(?:today|now)\b[^.?!]{0,60}\b(?:app|play)[\s-]*stores?\b(?:[^.?!]{0,40}\bexploring)?|[^.?!]{0,80}\bstart\s+exploring)\b[.!]*`
	bannerShops = `(?:app|play)-store(?:\s*(?:app|play)-store)*`
)

var (
	bannerRun    = compiled(`(?i)^(?:(?:` + bannerStart + `|` + bannerHead + `|` + bannerDive + `|` + bannerCall + `|` + bannerShops + `)\s*)+`)
	bannerStrong = compiled(`(?i)` + bannerStart + `|` + bannerCall + `|app-store\s*play-store`)
	bannerDiving = compiled(`(?i)^\W*ready\s+to\s+dive\s+into\b[^.?!]{0,160}\W*$`)
	bannerLoud   = compiled(`^(?:DOWNLOAD\s+THE\s+APP|G(?i:et)\s+S(?i:tarted)\s+N(?i:ow))`)
	bannerAlone  = compiled(`(?i)^(?:(?:` + bannerHead + `|` + bannerShops + `)\s*)+$`)
)

// bannerBegins are the beginnings of what may begin a banner.
var bannerBegins = [...]string{"dow", "get", "rea", "in", "app", "pla"}

// findBanner returns the first run of a banner's pieces in text[from:]. An
// expression is tried only where a word begins as one of them does: run over
// every character of a page it would cost more than all other rules.
func findBanner(text string, from int) (lo, hi int, ok bool) {
	for i := from; i < len(text); i++ {
		if i > from && asciiWord(text[i-1]) || !slices.ContainsFunc(bannerBegins[:], func(w string) bool { return beginsFold(text[i:], w) }) {
			continue
		}
		if m := bannerRun().FindStringIndex(text[i:]); m != nil {
			return i, i + m[1], true
		}
	}
	return 0, 0, false
}

// beginsFold reports whether s begins with w, which is of small letters.
func beginsFold(s, w string) bool {
	return len(s) >= len(w) && s[0]|0x20 == w[0] && strings.EqualFold(s[:len(w)], w)
}

func asciiWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_'
}

// unbanner takes the banner for an app out of the texts of a reading, however
// they were found. An article that was nothing else is none.
func unbanner(rd *extract.Reading) {
	seen := slices.ContainsFunc(rd.Cut, func(c extract.Cut) bool {
		return c.Rule == "app-banner" || c.Rule == "app-store" || strings.HasSuffix(c.Rule, "/banner")
	})
	kept := rd.Articles[:0]
	for _, a := range rd.Articles {
		text, cut := cutBanners(a.Text, seen)
		for _, t := range cut {
			rd.Cut = append(rd.Cut, cutOf("app-banner", t))
		}
		if a.Text = text; text != "" || len(cut) == 0 {
			kept = append(kept, a)
		}
	}
	rd.Articles = kept
}

// dropBanners drops the blocks of a page that are a banner, whole or the words
// that are parted by elements.
func (d *document) dropBanners(keep []bool) {
	seen := d.shops()
	if !seen && !callsForApp(d.Text) {
		return
	}
	text := string(d.Text)
	for from := 0; from < len(text); {
		a, b, ok := findBanner(text, from)
		if !ok {
			return
		}
		if from = b; isBanner(text, a, b, seen) {
			from = max(b, d.dropBlocks(keep, a, b))
		}
	}
}

// shops reports whether the page has the pictures of shops for apps.
func (d *document) shops() bool {
	return slices.ContainsFunc(d.Images, func(n *html.Node) bool { return bannerAlone().MatchString(block.Attr(n, "alt")) })
}

// dropBlocks drops the blocks inside a banner, and the rests of it before and
// behind. It returns where the last of them ends.
func (d *document) dropBlocks(keep []bool, a, b int) int {
	i, _ := slices.BinarySearchFunc(d.Blocks, a, func(x block.Block, at int) int { return x.Start - at })
	j := i
	for j < len(d.Blocks) && d.Blocks[j].End <= b {
		j++
	}
	for i > 0 && keep[i-1] && bannerRest(d.String(i-1)) {
		i--
	}
	for j < len(d.Blocks) && bannerRest(d.String(j)) {
		j++
	}
	for ; i < j; i++ {
		b = max(b, d.Blocks[i].End)
		if keep[i] {
			d.drop(keep, i, "app-banner")
		}
	}
	return b
}

// cutBanners returns a text without banners, and what was cut. That a banner
// was seen on the page makes lines one that could stand in an article too.
func cutBanners(text string, seen bool) (rest string, cut []string) {
	if !seen && !callsForApp(text) {
		return text, nil
	}
	var b strings.Builder
	done := 0 // so much of the text is in b, or cut
	for from := 0; from < len(text); {
		lo, hi, ok := findBanner(text, from)
		if !ok {
			break
		}
		if from = hi; isBanner(text, lo, hi, seen) {
			seen = true
			cut = append(cut, text[lo:hi])
			before, more := cutTail(strings.TrimRightFunc(text[done:lo], unicode.IsSpace))
			cut = append(cut, more...)
			join(&b, before, lo > 0 && text[lo-1] == '\n' || text[hi-1] == '\n')
			done = hi
		}
	}
	rest = text[done:]
	if seen {
		var more []string
		rest, more = cutTail(rest)
		cut = append(cut, more...)
	}
	if done > 0 {
		join(&b, strings.TrimSpace(rest), text[done-1] == '\n')
		rest = b.String()
	}
	return rest, cut
}

// join adds a part of a text behind a banner; apart, if the banner was a line
// of its own.
func join(b *strings.Builder, part string, apart bool) {
	switch {
	case part == "" || b.Len() == 0:
	case apart:
		b.WriteString("\n\n")
	default:
		b.WriteByte(' ')
	}
	b.WriteString(part)
}

// isBanner reports whether the run of pieces text[a:b] is a banner and not
// part of a sentence about an app: it begins where a sentence may and nothing
// goes on behind it.
func isBanner(text string, a, b int, seen bool) bool {
	run := strings.TrimRightFunc(text[a:b], unicode.IsSpace)
	before, after := strings.TrimRight(text[:a], " "), text[a+len(run):]
	lead := before == "" || strings.HasSuffix(before, "\n")
	last, _ := utf8.DecodeLastRuneInString(before)
	ends := after == "" || after[0] == '\n'
	switch {
	case bannerStrong().MatchString(run):
		sentence := strings.ContainsRune(".?!…:”\"’)]»*|-–—•", last) && before != text[:a]
		closed := ends || after[0] == ' ' && strings.HasSuffix(run, ".") || strings.TrimLeft(after, " ") == ""
		return closed && (lead || sentence || bannerLoud().MatchString(run)) || ends && bannerLoud().MatchString(run)
	case bannerAlone().MatchString(run):
		return lead && ends || ends && strings.HasPrefix(run, "DOWNLOAD THE APP") && strings.ContainsRune(".?!…”\"", last)
	}
	return seen && lead && ends
}

// callsForApp reports whether the word app stands in a text, and what one does
// with an app near it, as in every banner.
func callsForApp[T string | []byte](text T) bool {
	for i := 1; i+1 < len(text); i++ {
		if text[i]|0x20 == 'p' && text[i-1]|0x20 == 'a' && text[i+1]|0x20 == 'p' {
			near := strings.ToLower(string(text[max(0, i-200):min(len(text), i+200)]))
			if strings.Contains(near, "download") || strings.Contains(near, "store") {
				return true
			}
		}
	}
	return false
}

// bannerVocabulary are the words of banners; a line of nothing else at the
// end of a text that had a banner is the rest of it.
var bannerVocabulary = set("download", "the", "our", "app", "get", "started", "now", "ready", "to", "dive", "in", "into", "a", "world", "of", "today", "from", "your",
	"preferred", "favorite", "favourite", "store", "stores", "app-store", "play-store", "app-storeplay-store", "play", "google", "and", "start", "exploring", "on", "it", "available", "with", "local", "global", "content", "flavor", "flavour")

// cutTail drops the last lines of a text as long as they are the rest of a
// banner.
func cutTail(text string) (rest string, cut []string) {
	for text != "" {
		i := strings.LastIndexByte(text, '\n') + 1
		line := strings.TrimSpace(text[i:])
		if !bannerRest(line) {
			break
		}
		cut = append(cut, line)
		text = strings.TrimRightFunc(text[:i], unicode.IsSpace)
	}
	return text, cut
}

func bannerRest(line string) bool {
	if len(line) < 300 && bannerDiving().MatchString(line) {
		return true
	}
	words := strings.Fields(strings.ToLower(line))
	for _, w := range words {
		if w = strings.Trim(w, ".,:;!?-–—…|"); w != "" && !bannerVocabulary[w] {
			return false
		}
	}
	return len(words) > 0 && len(words) <= 25
}
