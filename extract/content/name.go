package content

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var (
	byWord  = compiled(`(?i)^\W{0,3}(?:(?:article |story |text |report |words |post |blog )?(?:written|posted|reported|published|authored|created|contributed|compiled|submitted|story|words|text|article|a post|post) ?by|by|von|par|por|di|da|door|av|af|autore?|autora?|author(?:s|\(s\))?|auteur|writer|reporter|text|texto?|tekst|kirjoittaja|yazar|автор|oleh|penulis)\s*[:：|]?\s+|^[\s【（(■●◆◎|｜=＝]{0,3}(?:文|記者|记者|取材|執筆|筆者|著者|作者|撰文|글)(?:\s*[:：|｜／/＝=]\s*|\s+)`)
	nameEnd = compiled(`(?i)\s*(?:[|•·]|[-–—]\s|\s/\s|\bon\b \w|\d|\b(?:published|updated|last updated|posted|reviewed|medically|fact[- ]checked|edited|photograph(?:y|s|ed)?|photos?|illustrations?|images?|for the|special to|staff writer|senior|contributing|contributor|correspondent|reporter|editor|journalist|columnist|read time|minutes?|follow|share|in\b|at\b|is an?\b|has\b|was\b|und sein|publicado|actualizado|veröffentlicht|aktualisiert)\b).*$`)
	nameSep = compiled(`(?i)\s*(?:;|\||/|\n| and | & | und | et | y | och | og | en | e | ja | ve | with | mit | avec )\s*`)
	creds   = compiled(`^(?:[A-Z][A-Za-z]?\.?){1,3}(?:-[A-Z\d]+)?$|^(?:Ph\.?D\.?|M\.?D\.?|MBA|Jr\.?|Sr\.?|I{1,3}|IV|[A-Z]{2,6}|[A-Z-]{3,8} ?\d*)$`)
	noName  = compiled(`(?i)^(?:.*\b(?:more|posts?|articles?|about|contact|view|profile|comments?|share|follow|subscribe|click|home|newsletter|copyright|rights|minutes?|read|login|sign|email|twitter|facebook|linkedin|instagram|website|bio|author|authors|byline|guest|published|updated|http\S*|www\S*|admin|unknown|null|undefined|none|the author|privacy|policy|terms|link|menu|search|last update|written|(?-i:here|this|our|your|we|us|you)|process|guidelines?|disclosure|methodology|insights|universit(?:y|ies)|college|reviewer|journalism)\b.*|n/a|-)$`)
	helper  = compiled(`(?i)\W*\b(?:medically |expert |scientifically )?(?:reviewed|fact[- ]?checked|checked|edited|updated|researched|translated|photograph\w*|photos?|illustrat\w*|contributions?|contributors?) ?(?:by|from)\b:?`)
	role    = compiled(`(?i)\b(?:of|for|director|editor|consultant|writer|manager|attorney|managing|chief|head|officer|president|founder|owner|expert|specialist|professor|analyst|engineer|marketing|development|research|content|category|news|best|guide|how|why|what|top|redakteur\w*|journaliste?|korrespondent\w*)\b`)
	paren   = compiled(`\s*[(\[][^)\]]{0,60}[)\]]`)
	office  = compiled(`(?i)\b(?:nachrichten|redaktion|redaktionsteam|newsroom|news desk|newsdesk|news service|press|online|agency|agencies|agentur|presse-agentur|ajans\S*|agencia|agence|agenzia|media|magazine|gazette|tribune|times|herald|www|https?)\b|\.(?:com|de|org|net|co|fr|it|es|at|ch|nl|uk|lt|tr|ru)\b|@`)
)

// splitNames parts a byline into names. What is no name is left out;
// degrees stay with the name before them.
func splitNames(s string) []string {
	s = unglue(byWord().ReplaceAllString(strings.TrimSpace(s), ""))
	if strings.Contains(s, "://") || strings.Contains(s, "{") || len(s) > 400 {
		return nil
	}
	s = paren().ReplaceAllString(s, "")
	var out []string
	for _, part := range nameSep().Split(s, -1) {
		for k, f := range strings.Split(part, ",") {
			f = strings.Trim(strings.TrimSpace(f), ".:;-–—·•*\"“”")
			switch {
			case f == "":
			case len(out) > 0 && k > 0 && creds().MatchString(f):
				out[len(out)-1] += ", " + f
			case k > 0 && len(out) > 0 && len(strings.Fields(f)) < 2:
			case nameLike(f):
				out = append(out, f)
			}
		}
	}
	return out
}

// bylineNames cuts each line down to the names it begins with. Those who only
// helped, as a line or the one before it says, are left out.
func bylineNames(s string) []string {
	s = byWord().ReplaceAllString(strings.TrimSpace(s), "")
	var out []string
	help := false
	for _, l := range strings.Split(s, "\n") {
		if help {
			help = strings.TrimSpace(l) == ""
			continue
		}
		if at := helper().FindStringIndex(l); at != nil {
			help = strings.TrimSpace(l[at[1]:]) == ""
			l = l[:at[0]]
		}
		if l = bylineName(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

func bylineName(l string) string {
	l = unglue(byWord().ReplaceAllString(l, ""))
	if n := reported(l); n != "" {
		return n
	}
	if i := strings.LastIndex(l, " by "); i >= 0 {
		l = l[i+len(" by "):]
	}
	cut := strings.TrimSpace(nameEnd().ReplaceAllString(l, ""))
	return undated(cut, strings.ContainsFunc(l[min(len(cut), len(l)):], unicode.IsDigit))
}

// unglue parts "By" from the name it touches.
func unglue(s string) string {
	if rest, ok := strings.CutPrefix(s, "By"); ok {
		if r, _ := utf8.DecodeRuneInString(rest); unicode.IsUpper(r) {
			return rest
		}
	}
	if rest, ok := strings.CutPrefix(s, "by"); ok {
		if r, _ := utf8.DecodeRuneInString(rest); unicode.IsUpper(r) {
			return rest
		}
	}
	return s
}

// undated cuts off what a date, cut away behind it, has left of itself: the day
// of the week, and the month if the rest had digits.
func undated(s string, digits bool) string {
	for {
		i := strings.LastIndexByte(s, ' ')
		w := strings.Trim(s[i+1:], ".,:")
		if !weekday(w) && (monthNamed(w) == 0 || i < 0 || !digits) && !strings.EqualFold(w, "sponsored") {
			return s
		}
		if i < 0 {
			return ""
		}
		s = strings.TrimRight(s[:i], " ,-–—|•·●▪■/")
	}
}

// nameLike reports whether a text can be a person's name or a signature: one
// to five words, no digits, capitals where a name has them.
func nameLike(s string) bool {
	f := strings.Fields(s)
	if len(f) == 0 || len(f) > 5 || utf8.RuneCountInString(s) > 50 || len(s) < 3 || strings.ContainsAny(s, "<>{}=_#@?!%:") || noName().MatchString(s) {
		return false
	}
	capital := 0
	for _, w := range f {
		r, _ := utf8.DecodeRuneInString(w)
		if monthNamed(strings.Trim(w, ".,")) > 0 && len(f) == 1 || weekday(w) {
			return false
		}
		if !unicode.IsLetter(r) && r != '\'' && r != '’' || strings.ContainsFunc(w, unicode.IsDigit) {
			return false
		}
		if !unicode.IsLower(r) {
			capital++
		}
	}
	return capital > 0 && capital*2 >= len(f) && (len(f) == 1 || edged(f))
}

// edged reports whether the first and the last word of a name are written as
// such: with a capital, but for particles.
func edged(f []string) bool {
	a, _ := utf8.DecodeRuneInString(f[0])
	z, _ := utf8.DecodeRuneInString(f[len(f)-1])
	return !unicode.IsLower(z) && (!unicode.IsLower(a) || smallWords[f[0]] && f[0] != "in" && f[0] != "on" && f[0] != "the")
}

func weekday(w string) bool {
	switch strings.ToLower(strings.Trim(w, ".,")) {
	case "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday":
		return true
	}
	return false
}

// officeName reports whether a name is that of a paper or an agency and not
// of a person.
func officeName(s string) bool { return office().MatchString(s) }

// nodeText returns the words under an element, a line for each part that
// stands apart.
func nodeText(n *html.Node) string {
	var b strings.Builder
	writeText(&b, n, 0)
	return strings.TrimSpace(b.String())
}

// touching reports whether two words would run together where an element
// ends.
func touching(a, b string) bool {
	l, _ := utf8.DecodeLastRuneInString(a)
	r, _ := utf8.DecodeRuneInString(b)
	return unicode.IsLower(l) && unicode.IsUpper(r)
}

func writeText(b *strings.Builder, n *html.Node, depth int) {
	for c := n.FirstChild; c != nil && b.Len() < 400 && depth < 20; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			if t := cleanLine(c.Data); t != "" {
				if b.Len() > 0 && (touching(b.String(), t) || c.Data[0] == ' ' || c.Data[0] == '\n' || c.Data[0] == ',') {
					b.WriteByte(' ')
				}
				b.WriteString(t)
				if last := c.Data[len(c.Data)-1]; last == ' ' || last == '\n' {
					b.WriteByte(' ')
				}
			}
		case c.DataAtom == atom.Script, c.DataAtom == atom.Style, c.DataAtom == atom.Svg, c.DataAtom == atom.Noscript:
		default:
			if c.DataAtom != atom.Span && c.DataAtom != atom.A && c.DataAtom != atom.B && c.DataAtom != atom.Strong && c.DataAtom != atom.Em && c.DataAtom != atom.I && b.Len() > 0 {
				b.WriteByte('\n')
			}
			writeText(b, c, depth+1)
		}
	}
}
