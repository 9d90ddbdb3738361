package ner

import (
	"testing"

	"tenure/extract/gazetteer"
	"tenure/extract/ner/internal/feature"
)

func at(first, last, kind int, p float32) named {
	return named{First: first, Last: last, Kind: kind, P: p}
}

// TestSettle: what is made of names as a look at the text left them.
func TestSettle(t *testing.T) {
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what, text string
		names      []named // by tokens
		want       string
	}{
		{"an owner and what it owns", "at Duke University's Sanford School today", []named{at(1, 5, organization, 0.9)}, "O:Duke University | O:Sanford School"},
		{"an owner that is no organization", "at Women's College Hospital today", []named{at(1, 4, organization, 0.9)}, "O:Women's College Hospital"},
		{"a name with a possessive", "at Moody's Investors Service today", []named{at(1, 4, organization, 0.9)}, "O:Moody's Investors Service"},
		{"degrees", "Ann Okafor, Ph.D. spoke", []named{at(0, 3, person, 0.9)}, "P:Ann Okafor"},
		{"a generation", "Ann Okafor, Jr. spoke", []named{at(0, 1, person, 0.9)}, "P:Ann Okafor, Jr."},
		{"a title", "Dr. Ann Okafor spoke", []named{at(0, 2, person, 0.9)}, "P:Ann Okafor"},
		{"hardly an organization", "we met Sellwynd there", []named{at(2, 2, organization, 0.3)}, ""},
		{"hardly a person", "we met Sellwynd there", []named{at(2, 2, person, 0.3)}, "P:Sellwynd"},
		{"what stands for a name", "then the Court and the Senate met", []named{at(2, 2, organization, 0.9), at(5, 5, organization, 0.9)}, "O:Senate"},
		{"two alike", "at Harlan Motors and Quill Press today", []named{at(1, 5, organization, 0.5)}, "O:Harlan Motors | O:Quill Press"},
		{"one of two words", "at Marsh and McLennan Partners today", []named{at(1, 4, organization, 0.5)}, "O:Marsh and McLennan Partners"},
		{"two that are surely one", "at Harlan Motors and Quill Press today", []named{at(1, 5, organization, 0.9)}, "O:Harlan Motors and Quill Press"},
		{"a legal form", "Quill Press, LLC and Harlan Inc. lost", []named{at(0, 1, other, 0.5), at(5, 5, place, 0.5)}, "O:Quill Press, LLC | O:Harlan Inc."},
		{"a site", "we asked Quillsalary.com and Go.com about quills.com", []named{at(2, 2, other, 0.5)}, "O:Quillsalary.com | O:Go.com"},
		{"a name again", "Quill Press lost. How Quill Press Won", []named{at(0, 1, organization, 0.9)}, "O:Quill Press | O:Quill Press"},
		{"one kind", "Sellwynd saw Sellwynd and Sellwynd", []named{at(0, 0, organization, 0.8), at(2, 2, other, 0.5), at(4, 4, organization, 0.8)},
			"O:Sellwynd | O:Sellwynd | O:Sellwynd"},
		{"a surname", "Ann Okafor left. We asked Okafor.", []named{at(0, 1, person, 0.7)}, "P:Ann Okafor | P:Okafor"},
	} {
		w := &worker{votes: map[gazetteer.Hash][len(kinds)]float32{}, known: map[gazetteer.Hash]knowledge{}, names: c.names}
		d := feature.NewReader(g, &feature.Clusters{}).Read(c.text)
		w.settle(d, g)
		if got := words(c.text, w.mentions(d)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.what, got, c.want)
		}
	}
}
