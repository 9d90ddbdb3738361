package pipeline

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"tenure/extract"
)

// idOfName is an identify that looks into no article.
func idOfName(kind extract.Kind, name string, _ ...string) (string, error) {
	return nameID(kind, name), nil
}

// The records that goldens are made of, with what formats may stumble over.
func sampleMove() MoveRecord {
	return MoveRecord{
		Schema: MoveSchema, ID: "c3ff83517ace7215", Person: `Zoë "Zo" O'Neil-Łuk`, Kind: extract.Transfer,
		From:    &PositionRecord{Org: "=Equals & Sons", Role: "Editor <at large>", Joined: "2018-11", Left: "2022-Q3", Months: 46, Bound: "approx"},
		To:      &PositionRecord{Org: "Harbour Museum", Role: "-", Joined: "2023-early"},
		Derived: []string{"from.joined"}, Sources: 2, Score: 0.97, Review: "ok", FirstSeen: noon, LastSeen: noon.Add(time.Hour),
		Conflicts: []extract.Conflict{{Field: "from.left", Value: "2022-Q3", Other: "2022-10", Article: "b"}},
		Evidence: []CitationRecord{
			{Article: strings.Repeat("a", 32), URL: "https://a.example/1?b=c&d=e", Publisher: "A, the Paper", Published: "2023-01-02", Quote: "said:\r\n\"I go\",\x0b\nshe said", End: 20, Rule: "labels/left"},
			{Article: strings.Repeat("b", 32), URL: "https://b.example/2", Quote: "@zoe left", Start: 3, End: 9, Rule: "prose/left@1"},
		},
	}
}

func sampleFact() FactRecord {
	return FactRecord{
		Schema: FactSchema, Article: strings.Repeat("a", 32), URL: "https://a.example/1?b=c&d=e", Type: extract.Left,
		Person: "Zoë O'Neil", Org: "+Plus", Role: "\tTab", Date: "2022-Q3", Precision: extract.ByQuarter, Earliest: "2022-07-01", Latest: "2022-09-30",
		Planned: true, Months: 46, Bound: "min", Score: 0.5, Rule: "labels/left", Evidence: EvidenceRecord{3, 9, "Zoë left"}, Spans: map[string][2]int{"person": {3, 9}},
	}
}

func sampleEntity() EntityRecord {
	return EntityRecord{Schema: EntitySchema, ID: "p0123456789ab", Kind: extract.Person, Name: "Zoë O'Neil", Aliases: []string{"O'Neil", "Zo"}, Mentions: 7, Articles: 2}
}

func sampleArticle() ArticleRecord {
	seen := noon
	e := EntityRecord{ID: "p0123456789ab", Kind: extract.Person, Name: "Zoë O'Neil", Mentions: 1}
	return ArticleRecord{
		Schema: ArticleSchema, ID: strings.Repeat("a", 32), URL: "https://a.example/1?b=c&d=e", Site: "A", Publisher: "A, the Paper", Title: "=1+1; who left?",
		Authors: []string{"Ann Ode", "Ben Oke"}, Published: "2023-01-02T10:00:00+02:00", Language: "en-GB", Tags: []string{"Moves", "moves, more"},
		Categories: []string{"Business"}, Image: "https://a.example/i.png", Text: "Zoë O'Neil\nleft.", FirstSeen: &seen, Partial: true,
		Mentions: []MentionRecord{{0, 11, "Zoë O'Neil", extract.Person, e.ID, 1}},
		Entities: []EntityRecord{e, {ID: "o1", Kind: extract.Organization, Name: "+Plus"}, {ID: "l1", Kind: extract.Place, Name: "Łódź"}},
		Facts:    []FactRecord{sampleFact()},
	}
}

func sampleOf(what string) any {
	switch what {
	case ExportArticles:
		return sampleArticle()
	case ExportEntities:
		return sampleEntity()
	case ExportFacts:
		return sampleFact()
	}
	return sampleMove()
}

// exported writes one kind of sample records in a format.
func exported(t testing.TB, f ExportFormat, what string, records ...any) []byte {
	t.Helper()
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	out := f.open(w, what, idOfName)
	for _, r := range records {
		if err := out.write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.close(); err != nil {
		t.Fatal(err)
	}
	w.Flush()
	return b.Bytes()
}

// TestExportGoldens: what each format makes of the same records.
func TestExportGoldens(t *testing.T) {
	for _, f := range ExportFormats() {
		if f.Name == FormatParquet {
			continue // see TestParquet
		}
		var b bytes.Buffer
		for _, what := range f.Kinds {
			if what != ExportAll {
				fmt.Fprintf(&b, "-- %s --\n%s", what, exported(t, f, what, sampleOf(what)))
			}
		}
		fmt.Fprintf(&b, "-- nothing --\n%s", exported(t, f, f.Kinds[0]))
		path := filepath.Join("testdata", "export."+f.Name+".golden")
		if flag.Lookup("update").Value.String() == "true" {
			if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

// TestParquet reads back what was written.
func TestParquet(t *testing.T) {
	f := formatNamed(FormatParquet)
	checkParquet(t, exported(t, f, ExportMoves, sampleMove(), sampleMove()), newMoveLine(sampleMove()))
	checkParquet(t, exported(t, f, ExportFacts, sampleFact(), sampleFact()), newFactLine(sampleFact()))
	checkParquet(t, exported(t, f, ExportEntities, sampleEntity(), sampleEntity()), newEntityLine(sampleEntity()))
	checkParquet(t, exported(t, f, ExportArticles, sampleArticle(), sampleArticle()), newArticleLine(sampleArticle()))
	checkParquet(t, exported(t, f, ExportArticles, ArticleRecord{}, ArticleRecord{}), newArticleLine(ArticleRecord{}))
}

func checkParquet[L any](t *testing.T, b []byte, want L) {
	t.Helper()
	rows, err := parquet.Read[L](bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	utc := cmp.Transformer("UTC", func(t time.Time) time.Time { return t.UTC() })
	empty := cmp.Transformer("empty", func(s []string) []string { return append([]string{}, s...) })
	if len(rows) != 2 {
		t.Fatalf("%d rows", len(rows))
	}
	if fmt.Sprintf("%v", rows[0]) != fmt.Sprintf("%v", rows[1]) {
		t.Error("two rows differ")
	}
	if diff := cmp.Diff(fmt.Sprintf("%+v", want), fmt.Sprintf("%+v", rows[0]), utc, empty); diff != "" {
		t.Errorf("row (-want +got):\n%s", diff)
	}
}

func TestISODate(t *testing.T) {
	for _, test := range []struct{ in, want, more string }{
		{"", "", ""}, {"2024-02-15", "2024-02-15", ""}, {"2024-02", "2024-02", ""}, {"2024", "2024", ""},
		{"2022-Q3", "2022", "left 2022-Q3"}, {"2022-H1", "2022", "left 2022-H1"}, {"2020-spring", "2020", "left 2020-spring"},
		{"2023-early", "2023", "left 2023-early"}, {"1960s", "", "left 1960s"}, {"2024-02-31", "2024", "left 2024-02-31"}, {"soon-ish", "", "left soon-ish"},
	} {
		if got, more := isoDate(test.in), inexact("left", test.in); got != test.want || more != test.more {
			t.Errorf("%q: %q, %q; want %q, %q", test.in, got, more, test.want, test.more)
		}
	}
}

// TestFtMValues: values are no longer than the model has them, whole runes.
func TestFtMValues(t *testing.T) {
	long := strings.Repeat("é", 40_000)
	for _, test := range []struct {
		property string
		in       []string
		sizes    []int
	}{
		{"name", []string{"a", "", " ", "a", "b"}, []int{1, 1}},
		{"name", []string{long}, []int{384}},
		{"role", []string{"x" + long}, []int{1023}},
		{"summary", []string{long}, []int{65_000}},
		{"bodyText", []string{long}, []int{65_000, 15_000}},
	} {
		var sizes []int
		for _, v := range ftmValues(test.property, test.in) {
			sizes = append(sizes, len(v))
			if !utf8.ValidString(v) {
				t.Errorf("%s: a rune is cut", test.property)
			}
		}
		if !slices.Equal(sizes, test.sizes) {
			t.Errorf("%s: sizes %v, want %v", test.property, sizes, test.sizes)
		}
	}
}

// TestAppendText: a cell that a spreadsheet would compute is text.
func TestAppendText(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"", ""}, {"plain", "plain"}, {"a=b", "a=b"}, {"5-6", "5-6"},
		{"=1+1", "'=1+1"}, {"+1", "'+1"}, {"-1", "'-1"}, {"@SUM(A1)", "'@SUM(A1)"}, {"\t=1", "'\t=1"}, {"\r=1", "'\r=1"}, {"\n=1", "'\n=1"},
		{"＝1", "'＝1"}, {"＋1", "'＋1"}, {"－1", "'－1"}, {"＠x", "'＠x"}, {"'=1", "'=1"},
	} {
		if got := string(appendText(nil, test.in)); got != test.want {
			t.Errorf("%q: %q, want %q", test.in, got, test.want)
		}
	}
}

// FuzzCSV: whatever stands in a record, a reader finds it in the cell of its
// column, and no cell begins as a formula does.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"", "a", "=1", "\"", "a\"b,c\r\nd", "\r", "\n", " x ", "＝", "\xff", ";"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, name, alias string) {
		b := exported(t, formatNamed(FormatCSV), ExportEntities, EntityRecord{ID: "p1", Kind: extract.Person, Name: name, Aliases: []string{alias}})
		if strings.Contains(name+alias, "\r\n") {
			return // encoding/csv reads them as \n
		}
		rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
		if err != nil || len(rows) != 2 || len(rows[1]) != 6 {
			t.Fatalf("%q: %v", b, err)
		}
		for i, s := range []string{name, alias} {
			cell := rows[1][2+i]
			if strings.TrimPrefix(cell, "'") != strings.TrimPrefix(s, "'") {
				t.Fatalf("%q is %q", s, cell)
			}
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				t.Fatalf("cell %q", cell)
			}
		}
	})
}

// manyMove and manyArticle are records of a large data file: every person and
// half of the organizations are told of once.
func manyMove(i int) MoveRecord {
	m := sampleMove()
	m.ID = fmt.Sprintf("%016x", i)
	m.Person = fmt.Sprintf("Person Number %d", i)
	m.From.Org = fmt.Sprintf("Organization %d", i/2)
	return m
}

func manyArticle(i int) ArticleRecord {
	a := sampleArticle()
	a.ID = fmt.Sprintf("%032x", i)
	a.URL = fmt.Sprintf("https://a.example/%d", i)
	a.Text = strings.Repeat(fmt.Sprintf("Word %d and more. ", i), 20)
	return a
}

// exportMany writes n records to nowhere and calls look now and then.
func exportMany(t testing.TB, f ExportFormat, n int, look func(i int)) {
	what := f.Kinds[len(f.Kinds)-1]
	if what == ExportAll {
		what = ExportMoves
	}
	w := bufio.NewWriterSize(io.Discard, 64<<10)
	out := f.open(w, what, idOfName)
	for i := range n {
		var r any = manyMove(i)
		if what == ExportArticles {
			r = manyArticle(i)
		}
		if err := out.write(r); err != nil {
			t.Fatal(err)
		}
		look(i)
	}
	if err := out.close(); err != nil {
		t.Fatal(err)
	}
}

func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestExportKeepsMemoryFlat: what an export holds does not grow with what it
// has written, but for a few bytes a name in formats that tell of each once.
func TestExportKeepsMemoryFlat(t *testing.T) {
	n := 100_000
	if testing.Short() {
		n = 8000
	}
	for _, f := range ExportFormats() {
		t.Run(f.Name, func(t *testing.T) {
			var early, late int64
			exportMany(t, f, n, func(i int) {
				switch {
				case i%(n/16) != 0 || i == 0:
				case i <= n/2:
					early = max(early, heap())
				default:
					late = max(late, heap())
				}
			})
			allowed := int64(1 << 20)
			switch f.Name {
			case FormatFtM, FormatGraphML:
				allowed += int64(n) * 30 // IDs of half of the people and organizations, in a map that doubles
			case FormatParquet:
				allowed += 2 * groupBytes // a group may be nearly full or just begun
			}
			if grown := late - early; grown > allowed {
				t.Errorf("grew by %d kB, more than %d kB, over %d records", grown>>10, allowed>>10, n)
			}
		})
	}
}

// BenchmarkExport writes moves in each format.
func BenchmarkExport(b *testing.B) {
	for _, f := range ExportFormats() {
		b.Run(f.Name, func(b *testing.B) {
			b.ReportAllocs()
			exportMany(b, f, b.N, func(int) {})
		})
	}
}

// TestFormatsAreDocumented: docs/formats.md tells of every format, column,
// schema and what goes with what.
func TestFormatsAreDocumented(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "docs", "formats.md"))
	if err != nil {
		t.Fatal(err)
	}
	doc := string(b)
	for _, f := range ExportFormats() {
		row := "| `" + f.Name + "` |"
		for _, what := range Exports() {
			if slices.Contains(f.Kinds, what) {
				row += " ✓ |"
			} else {
				row += " |"
			}
		}
		if !strings.Contains(doc, row+"\n") {
			t.Errorf("no row %s", row)
		}
		if !strings.Contains(doc, "\n## "+f.Name) && !strings.Contains(doc, ", "+f.Name+"\n") {
			t.Errorf("no section about %s", f.Name)
		}
		for _, what := range f.Kinds {
			for _, column := range columns(lineType(what)) {
				if f.Name == FormatCSV && !strings.Contains(doc, "`"+column+"`") {
					t.Errorf("nothing about column %s of %s", column, what)
				}
			}
		}
	}
	for _, name := range Schemas() {
		if !strings.Contains(doc, "`"+name+"`") {
			t.Errorf("nothing about %s", name)
		}
	}
}
