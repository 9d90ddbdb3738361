package content

import (
	"regexp"
	"slices"
	"strings"

	"tenure/extract/content/internal/block"
)

// topLine returns the rule by which a short line above the article's first
// paragraph is no part of it: whose page it is, who wrote, when, or what a picture shows.
func (d *document) topLine(i int) string {
	b := &d.Blocks[i]
	if b.Words > 30 || b.End-b.Start > 240 {
		return ""
	}
	text := d.String(i)
	switch {
	case b.Marks&block.InCaption != 0 && b.Marks&block.InFigure != 0:
		return "caption"
	case i > d.firstPara():
		return ""
	case b.Words <= 6 && d.siteName(text):
		return "site"
	case d.isByline(text):
		return "byline"
	case isStamp(text):
		return "date"
	}
	return ""
}

// firstPara returns the first block that reads as a paragraph. It is asked for
// every line of a page, and looks only once.
func (d *document) firstPara() int {
	if d.para == nil {
		i := slices.IndexFunc(d.Blocks, func(b block.Block) bool {
			return b.Words >= 20 && b.LinkedWords()*3 < b.Words && b.Marks&block.InCaption == 0
		})
		if i < 0 {
			i = len(d.Blocks)
		}
		d.para = &i
	}
	return *d.para
}

// isByline reports whether a line only names who wrote.
func (d *document) isByline(text string) bool {
	if reported(text) != "" {
		return true
	}
	if !byWord().MatchString(text) || strings.HasSuffix(text, ".") || strings.Count(text, " ") > 14 {
		return false
	}
	return len(d.people(bylineNames(text))) > 0
}

var besideDate = compiled(`(?i)\b(?:\d{1,2}[:.h]\d{2}(?::\d{2})?|[ap]\.?m\.?|[A-Z]{2,4}T|utc|gmt|uhr|at|on|last|um|am|den|le|el|à|min(?:ute)?s?|read|lesezeit|mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|\d+)\b`)

// stampWords are what stands around a date.
var stampWords = []func() *regexp.Regexp{publishedWord, updatedWord, besideDate}

// isStamp reports whether a line only says when.
func isStamp(text string) bool {
	st, n := findDay(text, dayFirst)
	if n == 0 || st.IsZero() {
		return false
	}
	rest := text[n:] + " " + text[:max(0, n-24)]
	for _, re := range stampWords {
		rest = re().ReplaceAllString(rest, "")
	}
	return len(letters(rest)) <= 3
}
