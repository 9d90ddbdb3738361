package block

import (
	"slices"
	"strings"
	"testing"
)

func TestWordCount(t *testing.T) {
	for _, test := range []struct {
		text string
		want int
	}{
		{"", 0},
		{"The crew's ferry, at 9.30", 5},
		{"naïve — “Zürich”", 2},
		{"市議会は月曜日、橋の建設を決めた。", 8}, // fifteen characters
		{"市議会は月曜日、橋の建設を決めた", 8},  // marks count for nothing
		{"議会通过了建桥方案！", 5},
		{"令和７年 東京", 4}, // digits of any width are a word
		{"สภาเมืองลงมติสร้างสะพาน", 6},
		{"시의회가 다리를 짓기로 했다", 4},
	} {
		if got := WordCount([]byte(test.text)); got != test.want {
			t.Errorf("%q: %d words, want %d", test.text, got, test.want)
		}
	}
}

func TestEachWord(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string // words as they are hashed
		long []string
	}{
		{"The  ferry (late) naïve", []string{"the", "ferry", "late", "naïve"}, []string{"ferry", "naïve"}},
		{"Züge: don’t", []string{"züge", "don’t"}, []string{"züge", "don’t"}},
		{"市長、辞任", []string{"市長", "辞任"}, []string{"市長", "辞任"}},
		{"新市長の橋", []string{"新市", "市長", "長の", "の橋"}, []string{"新市", "市長"}},
		{"橋 NHK橋", []string{"橋", "nhk", "橋"}, nil},
		{"（橋）", []string{"橋"}, nil},
		{"สะพานข้าม", []string{"สะพา", "ะพาน", "พานข", "านข้", "นข้า", "ข้าม"}, []string{"สะพา", "ะพาน", "พานข", "านข้", "นข้า", "ข้าม"}},
		{"다리를 짓기로", []string{"다리를", "짓기로"}, []string{"다리를", "짓기로"}},
		{"、。", nil, nil},
		{"a\xe3", []string{"a\xe3"}, nil},
	} {
		var got, long []uint32
		EachWord([]byte(test.text), 100, func(h uint32) { got = append(got, h) })
		eachLong([]byte(test.text), 100, func(h uint32) { long = append(long, h) })
		if !slices.Equal(got, hashes(test.want)) {
			t.Errorf("%q: %d words, want %q", test.text, len(got), test.want)
		}
		if !slices.Equal(long, hashes(test.long)) {
			t.Errorf("%q: %d long words, want %q", test.text, len(long), test.long)
		}
	}
}

func hashes(words []string) []uint32 {
	var out []uint32
	for _, w := range words {
		out = append(out, Token(w))
	}
	return out
}

func TestCountChars(t *testing.T) {
	for _, test := range []struct {
		text string
		want chars
	}{
		{"He left, she said.", chars{ends: true, commas: 1, stops: 1, capitals: 1}},
		{"市長は、辞任した。「今日だ！」", chars{ends: true, commas: 1, stops: 2}},
		{"任期は４年：", chars{colon: true, digits: 3}},
		{"トップ｜社会", chars{signs: 1}},
	} {
		if got := countChars([]byte(test.text)); got != test.want {
			t.Errorf("%q: %+v, want %+v", test.text, got, test.want)
		}
	}
}

func FuzzEachWord(f *testing.F) {
	for _, s := range []string{"The ferry", "市長、辞任した。", "สะพาน x 橋", "\xe3\x81", "\xf0\xa0\x80"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := 0
		EachWord([]byte(s), len(s)+1, func(uint32) { n++ })
		if n > len(s) {
			t.Errorf("%d words in %d bytes", n, len(s))
		}
		if w := WordCount([]byte(s)); w > len(s) || w == 0 && strings.ContainsAny(s, "abc") {
			t.Errorf("%d words counted in %d bytes", w, len(s))
		}
	})
}
