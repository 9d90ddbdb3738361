package content

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/language"

	"tenure/extract/content/internal/block"
)

// lang returns the article's language: as the page says, else as its words
// say.
func (d *document) lang(text string) string {
	said := []string{htmlLang(d.Root), d.data.lang, d.head.first("og:locale", "content-language", "language", "dc.language")}
	for _, s := range said {
		if t, err := language.Parse(strings.ReplaceAll(s, "_", "-")); err == nil && s != "" {
			return t.String()
		}
	}
	return guessLang(text)
}

func htmlLang(root *html.Node) string {
	if root == nil {
		return ""
	}
	for c := root.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Html {
			return first(block.Attr(c, "lang"), block.Attr(c, "xml:lang"))
		}
	}
	return ""
}

// frequent are the most frequent short words of languages.
var frequent = []struct{ lang, words string }{
	{"en", "the of and to in is that for was with on by"}, {"de", "der die und das ist nicht mit von den für auf dem"},
	{"fr", "le les des et est une dans que pour qui sur pas"}, {"es", "el los las que del una por con para se su como"},
	{"it", "il che di della per una non con sono del le gli"}, {"pt", "o os que não uma com para dos da em do mais"},
	{"nl", "de het een van en dat niet zijn met voor op te"}, {"sv", "och att det som är på för av inte med den till"},
	{"da", "og at det er på som til af ikke med den for"}, {"no", "og det er på som til av ikke med den for han"},
	{"fi", "ja on ei että se oli hän myös mutta ovat kun"}, {"pl", "i w na nie się do że jest z to jak po"},
	{"cs", "a se na je že v to s do o by jsem"}, {"tr", "ve bir bu da için ile de olarak çok daha"},
	{"ro", "și de la în pe nu cu care este din a"}, {"id", "yang dan di dengan untuk ini itu dari pada tidak"},
	{"ru", "и в не на что с по это как он из"}, {"uk", "і в не на що з та це як до"},
}

// scripts are those in which one language writes its news. Japanese writes
// Chinese characters too, and stands before Chinese for it.
var scripts = []struct {
	lang  string
	of    []*unicode.RangeTable
	share int // a letter in so many is enough
}{
	{"ja", []*unicode.RangeTable{unicode.Hiragana, unicode.Katakana}, 10}, {"ko", []*unicode.RangeTable{unicode.Hangul}, 3},
	{"zh", []*unicode.RangeTable{unicode.Han}, 3}, {"th", []*unicode.RangeTable{unicode.Thai}, 3},
	{"el", []*unicode.RangeTable{unicode.Greek}, 3}, {"he", []*unicode.RangeTable{unicode.Hebrew}, 3},
}

// scriptLang returns the language that the script of a text tells; nothing if it
// is one that many share.
func scriptLang(text string) string {
	letters, of := 0, make([]int, len(scripts))
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		for i := range scripts {
			if r > unicode.MaxLatin1 && unicode.In(r, scripts[i].of...) {
				of[i]++
			}
		}
	}
	for i := range scripts {
		if of[i] > 0 && of[i]*scripts[i].share >= letters {
			return scripts[i].lang
		}
	}
	return ""
}

// guessLang returns the language whose frequent words a text uses most;
// nothing if the text is too short to say.
func guessLang(text string) string {
	text = text[:min(len(text), 4000)]
	if l := scriptLang(text); l != "" {
		return l
	}
	fields := strings.Fields(strings.ToLower(text))
	if len(fields) < 8 {
		return ""
	}
	seen := make(map[string]int, len(fields))
	for _, f := range fields {
		seen[strings.Trim(f, ".,;:!?\"'()")]++
	}
	best, most := "", len(fields)/12
	for _, l := range frequent {
		n := 0
		for _, w := range strings.Fields(l.words) {
			n += seen[w]
		}
		if n > most {
			best, most = l.lang, n
		}
	}
	return best
}
