package page

import (
	"strings"
	"unicode/utf8"

	"tenure/pipeline"
)

// contextBytes is how much of the text is shown on either side of a quote.
const contextBytes = 170

// around returns the words before and after a quote in the paragraph it
// stands in; nothing if the text no longer has it there.
func around(text string, e pipeline.EvidenceRecord) (before, after string) {
	if e.Start < 0 || e.End > len(text) || e.Start > e.End || text[e.Start:e.End] != e.Quote {
		return "", ""
	}
	before, after = text[:e.Start], text[e.End:]
	if i := strings.LastIndexByte(before, '\n'); i >= 0 {
		before = before[i+1:]
	}
	if i := strings.IndexByte(after, '\n'); i >= 0 {
		after = after[:i]
	}
	if n := len(before) - contextBytes; n > 0 {
		for n < len(before) && !utf8.RuneStart(before[n]) {
			n++
		}
		before = before[n:]
		if i := strings.IndexByte(before, ' '); i >= 0 {
			before = "…" + before[i:]
		}
	}
	if n := contextBytes; n < len(after) {
		for n > 0 && !utf8.RuneStart(after[n]) {
			n--
		}
		after = after[:n]
		if i := strings.LastIndexByte(after, ' '); i >= 0 {
			after = after[:i] + " …"
		}
	}
	return before, after
}
