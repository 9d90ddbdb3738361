package block

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// render writes a page's blocks as text, an empty line for a paragraph.
func render(p *Page) string {
	var b strings.Builder
	for i, x := range p.Blocks {
		if i > 0 {
			b.WriteString("\n\n"[:x.Gap])
		}
		b.Write(p.Bytes(i))
	}
	return b.String()
}

func walk(t testing.TB, src string) *Page {
	t.Helper()
	root, err := html.Parse(strings.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	p := new(Page)
	Walk(p, root)
	return p
}

var walkTests = []struct{ name, src, want string }{
	{"paragraphs", "<p>One  two\n three.</p><p>Four.</p>", "One two three.\n\nFour."},
	{"ruby with brackets", "<p><ruby>橋本<rp>(</rp> <rt>はしもと</rt><rp>)</rp></ruby>市長</p>", "橋本( はしもと)市長"},
	{"ruby without", "<p><ruby>橋本<rt>はしもと</rt></ruby>市長<ruby>東<rt></rt></ruby></p>", "橋本（はしもと）市長東"},
	{"line break", "<p>One<br>two<br><br>three</p>", "One\ntwo\n\nthree"},
	{"divs", "<div>One</div><div>Two</div>", "One\nTwo"},
	{"list", "<p>Said:</p><ul><li>One</li><li>Two</li></ul><p>End</p>", "Said:\n\nOne\nTwo\n\nEnd"},
	{"invisible", "<p>Sil\u00adicon\u200b Val&shy;ley&nbsp;news\ufeff</p>", "Silicon Valley news"},
	{"persian", "<p>می\u200cخواهم</p>", "می\u200cخواهم"},
	{"glued label", "<p>Camille Roux<strong>Left Meta:</strong> July 2024<strong>Time at Meta:</strong>2 years</p>", "Camille Roux\nLeft Meta: July 2024\nTime at Meta: 2 years"},
	{"glued bold", "<p>Ana Ruiz<b>Chief editor</b>since 2020</p>", "Ana Ruiz Chief editorsince 2020"},
	{"bold colon", "<div><b>Left Meta</b>:&nbsp;Early 2023</div>", "Left Meta: Early 2023"},
	{"glued links", "<p><a href=a>politics</a><a href=b>economy</a></p>", "politics economy"},
	{"drop cap", "<p><span>T</span>he end, i<i>Phone</i> and CO<sub>2</sub></p>", "The end, i Phone and CO2"},
	{"sentence seam", "<p><span>He left.</span><span>She stayed.</span></p>", "He left. She stayed."},
	{"initials", "<p>The U.<b>S.</b> team</p>", "The U.S. team"},
	{"definitions", "<dl><dt>Name</dt><dd>Aisha Rahman</dd><dt>Left Palantir</dt><dd><p>Q4 2023</p></dd><dt>Role:</dt><dd>Founder</dd></dl>", "Aisha Rahman\nLeft Palantir: Q4 2023\nRole: Founder"},
	{"long terms", "<dl><dt>What happens when a very long question is asked as a term of this list?</dt><dd>This.</dd></dl>", "What happens when a very long question is asked as a term of this list?\nThis."},
	{"pairs", "<table><tr><th>Name</th><td>Georg Weiß</td></tr><tr><th>Joined Bosch</th><td>2010</td></tr></table>", "Georg Weiß\nJoined Bosch: 2010"},
	{"people", "<table><tr><th>Name</th><th>Role</th><th>Left Meta</th></tr><tr><td>Ana Ruiz</td><td>—</td><td>May 2024</td></tr><tr><td>Bo Li</td><td>Editor</td><td>2023</td></tr></table>",
		"Ana Ruiz\nLeft Meta: May 2024\n\nBo Li\nRole: Editor\nLeft Meta: 2023"},
	{"data table", "<table><tr><th>Year</th><th>Sales</th></tr><tr><td>2020</td><td>1 <b>m</b></td></tr></table>", "Year | Sales\n2020 | 1 m"},
	{"layout table", "<table><tr><td><h1>Head</h1><p>Text.</p></td></tr></table>", "Head\n\nText."},
	{"unseen", "<p>Seen</p><script>var x</script><style>p{}</style><noscript>no</noscript><template><p>x</p></template>", "Seen"},
	{"pre", "<pre>a\nb  c\n\nd</pre>", "a\nb c\n\nd"},
	{"custom element", "<my-card>One</my-card><my-card>Two</my-card>", "One\nTwo"},
}

func TestWalk(t *testing.T) {
	for _, test := range walkTests {
		t.Run(test.name, func(t *testing.T) {
			if got := render(walk(t, test.src)); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestSkim(t *testing.T) {
	for _, test := range []struct{ src, want string }{
		{"<p>One &amp; two<p>Three<br>four", "One & two\n\nThree\nfour"},
		{"<script>if (a</p>) x</script>Text<!-- no --> more <b>bold", "Text more bold"},
		{"a < b", "a < b"},
		{"<p", ""},
		{"<script>never closed", ""},
	} {
		p := new(Page)
		Skim(p, []byte(test.src))
		if got := render(p); got != test.want {
			t.Errorf("%q: got %q, want %q", test.src, got, test.want)
		}
	}
}

func TestParseBounds(t *testing.T) {
	for name, src := range map[string]string{
		"elements":   strings.Repeat("<p>", 500_000),
		"attributes": "<a " + strings.Repeat("a ", 1_000_000) + ">",
		"formatting": strings.Repeat("<font><p>", 400_000),
		"depth":      strings.Repeat("<div>", 100_000),
	} {
		if _, err := Parse([]byte(src)); err == nil {
			t.Errorf("%s: parsed, want a refusal", name)
		}
	}
}

// Ends that are never there must not be looked for again and again.
func TestStripIsLinear(t *testing.T) {
	for _, open := range []string{"<script>", "<style>", "<svg>", "<!-- ", "<a b='", "<svg><style>", "</", "<"} {
		src := []byte(strings.Repeat(open, 2<<20/len(open)))
		Strip(nil, src)
		Skim(new(Page), src)
	}
}

func FuzzWalk(f *testing.F) {
	for _, test := range walkTests {
		f.Add(test.src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		root, err := html.Parse(strings.NewReader(src))
		if err != nil {
			return
		}
		p := new(Page)
		Walk(p, root)
		once := render(p)
		Walk(p, root)
		if again := render(p); again != once {
			t.Errorf("first %q, then %q", once, again)
		}
		Skim(p, []byte(src))
	})
}
