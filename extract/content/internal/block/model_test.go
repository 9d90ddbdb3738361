package block

import (
	"bytes"
	"math"
	"strings"
	"testing"
)

func TestStrip(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"script", "<p>a</p><script>if (1 < 2) {}</script><p>b</p>", "<p>a</p><p>b</p>"},
		{"structured data stays", `<script type="application/ld+json">{"a":1}</script>`, `<script type="application/ld+json">{"a":1}</script>`},
		{"state of a program", `a<script id="state" type="application/json">{"a":1}</script>b`, "ab"},
		{"sources of pictures", `<picture><source media="x"><img></picture>`, `<picture><img></picture>`},
		{"relations stay", `<link rel="stylesheet" href="a.css"><a href="/a-rather-long-address-of-an-article" rel="nofollow">a</a>`,
			`<link rel="stylesheet" href="a.css"><a href="/a-rather-long-address-of-an-article" rel="nofollow">a</a>`},
		{"style and comment", "<style>p{}</style>a<!-- b -->c", "ac"},
		{"drawing in a drawing", "<svg><svg/><path d='1'/></svg>a<SVG></svg >b", "ab"},
		{"open comment", "a<!-- b", "a<!-- b"},
		{"open script", "a<script>b", "a<script>b"},
		{"tag in a value", `<a title="<script>">x</a>`, `<a title="<script>">x</a>`},
		{"layout attributes", `<img src="a.jpg" alt="A" data-x="1" width="640" onclick='go(">")' srcset="b 2x">`, `<img src="a.jpg" alt="A">`},
		{"hidden stays", `<div class="some-long-name" style="display:none" data-y=2>x</div>`, `<div class="some-long-name" style="display:none">x</div>`},
		{"script in a comment in a script", "<script><!-- <script>a</script> --></script>b", "<script><!-- <script>a</script> --></script>b"},
	} {
		if got := string(Strip(nil, []byte(test.src))); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func FuzzStrip(f *testing.F) {
	f.Add(`<p class=a data-x="1">a</p><script>x</script><svg><path/></svg><!-- c -->`)
	f.Fuzz(func(t *testing.T, src string) {
		once := Strip(nil, []byte(src))
		if len(once) > len(src) {
			t.Errorf("%q grew to %q", src, once)
		}
	})
}

func testModel() *Model {
	m := &Model{Cut: 0.25, Bias: [2]float32{-0.5, 0.5},
		Classes: NewLexicon(map[uint32]float32{Token("story"): 2, Token("menu"): -3}),
		Texts:   NewLexicon(map[uint32]float32{Token("subscribe"): -2.5})}
	m.Trees[0] = []Tree{{Column: []uint16{uint16(fWords), uint16(fLinkShare)}, Above: []float32{2, 0.5}, Leaf: []float32{-1, 2, -3, -1}}}
	m.Trees[1] = []Tree{{Column: []uint16{uint16(Columns + cOwn)}, Above: []float32{0}, Leaf: []float32{-2, 2}}}
	return m
}

func TestModelRoundTrip(t *testing.T) {
	var b bytes.Buffer
	if _, err := testModel().WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	m, err := ReadModel(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	if _, err := m.WriteTo(&again); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("a model read and written is another")
	}
	if v := m.Class(Token("menu")); v != -3 {
		t.Errorf("menu: %v", v)
	}
	for n := range b.Len() {
		if _, err := ReadModel(b.Bytes()[:n]); err == nil {
			t.Fatalf("read a model cut at %d", n)
		}
	}
}

func TestScore(t *testing.T) {
	p := walk(t, "<ul class=menu><li><a href=/>Home</a></li></ul><div class=story><p>The council met on Monday and voted for the bridge, nine to four.</p></div>")
	got := testModel().Score(p, Said{Title: "Council votes"})
	if len(got) != 2 || got[0] > 0 || got[1] < 0 {
		t.Errorf("log odds %v", got)
	}
}

func TestFeaturesAreFinite(t *testing.T) {
	for _, src := range []string{"", "<p>", "<p>a</p>", "<h1>A</h1><h1>A</h1>", strings.Repeat("<div><p>one two three four five six seven eight nine ten</p>", 50)} {
		p := walk(t, src)
		for i, v := range Features(nil, p, Said{Title: "a", Summary: "b", Body: strings.Repeat("c d ", 900)}, testModel()) {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				t.Errorf("%q: column %d of block %d is %v", src, i%Columns, i/Columns, v)
			}
		}
	}
}

func BenchmarkWalk(b *testing.B) {
	p := walk(b, strings.Repeat("<div class='story text'><p>The council met on <a href=/m>Monday</a> and voted.</p></div>", 200))
	root := p.Root
	for b.Loop() {
		Walk(p, root)
	}
}
