package extract

import (
	"encoding/json"
	"fmt"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestParseStamp(t *testing.T) {
	tests := []struct {
		in      string
		out     string // what String gives back
		dayOnly bool
		ok      bool
	}{
		{"", "", false, true},
		{"2025-05-26", "2025-05-26", true, true},
		{"2025-05-26T09:30:00+02:00", "2025-05-26T09:30:00+02:00", false, true},
		{"2025-05-26T09:30:00Z", "2025-05-26T09:30:00Z", false, true},
		{"2025-05", "", false, false},
		{"26.05.2025", "", false, false},
		{"2025-02-30", "", false, false},
		{"yesterday", "", false, false},
	}
	for _, test := range tests {
		s, err := ParseStamp(test.in)
		if (err == nil) != test.ok || s.String() != test.out || s.DayOnly != test.dayOnly {
			t.Errorf("ParseStamp(%q) = %q, day only %v, %v; want %q, %v", test.in, s, s.DayOnly, err, test.out, test.dayOnly)
		}
	}
}

// FuzzStamp: what ParseStamp takes, String gives back in a form that it takes
// again, and JSON keeps.
func FuzzStamp(f *testing.F) {
	for _, s := range []string{"", "2025-05-26", "2025-05-26T09:30:00+02:00", "0001-01-01", "9999-12-31T23:59:59.999999999-23:59"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := ParseStamp(s)
		if err != nil {
			return
		}
		b, err := ParseStamp(a.String())
		if err != nil || b.String() != a.String() {
			t.Fatalf("%q gives %q gives %q, %v", s, a, b, err)
		}
		data, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		var c Stamp
		if err := json.Unmarshal(data, &c); err != nil || c.String() != a.String() {
			t.Fatalf("%q through JSON is %q, %v", a, c, err)
		}
	})
}

func TestSpan(t *testing.T) {
	text := "Ada left Acme"
	ada, acme, all := Span{0, 3}, Span{9, 13}, Span{0, 13}
	if ada.In(text) != "Ada" || acme.In(text) != "Acme" {
		t.Errorf("spans give %q and %q", ada.In(text), acme.In(text))
	}
	if ada.Overlaps(acme) || !ada.Overlaps(all) || ada.Overlaps(Span{3, 4}) {
		t.Error("Overlaps is wrong")
	}
	if !all.Covers(acme) || acme.Covers(all) || !ada.Covers(ada) {
		t.Error("Covers is wrong")
	}
	if !(Span{}).IsZero() || ada.IsZero() {
		t.Error("IsZero is wrong")
	}
}

// TestAbsent: what is absent is left out of the JSON of a fact.
func TestAbsent(t *testing.T) {
	data, err := json.Marshal(Fact{Type: Left, Person: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{"date", "planned", "role", "months", "successor"} {
		if strings.Contains(string(data), `"`+field+`"`) {
			t.Errorf("%s is in %s", field, data)
		}
	}
}

func TestRef(t *testing.T) {
	a := Article{ID: "1", URL: "https://example.org/a", Site: "Daily", Published: Day(2025, time.May, 26)}
	if r := a.Ref(); r.Publisher != "Daily" {
		t.Errorf("without a publisher the site is named, not %q", r.Publisher)
	}
	a.Publisher = "Ledger"
	if r := a.Ref(); r.Publisher != "Ledger" || r.Published.String() != "2025-05-26" {
		t.Errorf("reference is %+v", r)
	}
}

// TestOnlyStandardLibrary: this package is what all others speak in, so it
// depends on none.
func TestOnlyStandardLibrary(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, imp := range file.Imports {
			if path := strings.Trim(imp.Path.Value, `"`); strings.Contains(path, ".") || strings.HasPrefix(path, "tenure") {
				t.Errorf("%s imports %s", name, path)
			}
		}
	}
}

func ExampleParseStamp() {
	day, _ := ParseStamp("2025-05-26")
	moment, _ := ParseStamp("2025-05-26T09:30:00+02:00")
	fmt.Println(day, day.DayOnly)
	fmt.Println(moment, moment.DayOnly)
	// Output:
	// 2025-05-26 true
	// 2025-05-26T09:30:00+02:00 false
}

func ExampleArticleID() {
	fmt.Println(ArticleID("https://example.org/a", ""))
	// Output: b5b10dd0429e69ac7cfaf0a20b6901c1
}
