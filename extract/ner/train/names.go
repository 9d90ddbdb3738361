package train

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"tenure/extract/gazetteer"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/unicode/norm"
)

// Names builds the embedded lists of the gazetteer (data/names.zst) from the
// public lists in dir, which SOURCES.md of package gazetteer describes. The
// same lists give the same bytes.
func Names(dir string) ([]byte, error) {
	b := &namesBuilder{dir: dir, classes: map[string]map[string]bool{}}
	b.people()
	b.places()
	b.companies()
	b.universities()
	if b.err != nil {
		return nil, fmt.Errorf("build names: %w", b.err)
	}
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("build names: %w", err)
	}
	compiled, err := gazetteer.Compile(string(b.list()))
	if err != nil {
		return nil, fmt.Errorf("build names: %w", err)
	}
	return enc.EncodeAll(compiled, nil), nil
}

// A namesBuilder collects names by class; the first error stays in err.
type namesBuilder struct {
	dir     string
	classes map[string]map[string]bool
	err     error
}

// list writes the classes and their names in order.
func (b *namesBuilder) list() []byte {
	var out bytes.Buffer
	classes := make([]string, 0, len(b.classes))
	for c := range b.classes {
		classes = append(classes, c)
	}
	slices.Sort(classes)
	for _, c := range classes {
		fmt.Fprintf(&out, "[%s]\n", c)
		names := make([]string, 0, len(b.classes[c]))
		for n := range b.classes[c] {
			names = append(names, n)
		}
		slices.Sort(names)
		for _, n := range names {
			fmt.Fprintln(&out, n)
		}
	}
	return out.Bytes()
}

// add notes a name in its plain form; what has no Latin letter is left out.
func (b *namesBuilder) add(class, name string) {
	words := gazetteer.Words(plainName(name))
	if len(words) == 0 || len(words) > gazetteer.MaxWords {
		return
	}
	name = strings.Join(words, " ")
	if len(name) < 2 || !strings.ContainsFunc(name, func(r rune) bool { return r >= 'a' && r <= 'z' }) {
		return
	}
	if b.classes[class] == nil {
		b.classes[class] = map[string]bool{}
	}
	b.classes[class][name] = true
}

func plainName(name string) string {
	name = strings.NewReplacer("ø", "o", "Ø", "o", "ł", "l", "Ł", "l", "đ", "d", "ß", "ss", "æ", "ae", "’", "'", "ʼ", "'").Replace(name)
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == 0xfeff {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(name))
}

func (b *namesBuilder) open(name string) io.Reader {
	data, err := os.ReadFile(filepath.Join(b.dir, name))
	if err != nil {
		b.err = err
		return strings.NewReader("")
	}
	if !strings.HasSuffix(name, ".gz") {
		return bytes.NewReader(data)
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		b.err = fmt.Errorf("%s: %w", name, err)
		return strings.NewReader("")
	}
	return z
}

// lines adds every line of a file.
func (b *namesBuilder) lines(class, name string) {
	sc := bufio.NewScanner(b.open(name))
	for sc.Scan() {
		b.add(class, strings.TrimSpace(sc.Text()))
	}
}

func (b *namesBuilder) people() {
	b.lines("given", "compromise.FemaleName")
	b.lines("given", "compromise.MaleName")
	b.lines("given", "compromise.FirstName")
	b.lines("given", "stdlib.first")
	b.column("given", "sig.first", 11)
	b.lines("surname", "compromise.LastName")
	b.column("surname", "sig.last", 5)
	b.lines("given-rare", "smashew.first")
	b.lines("surname-rare", "smashew.last")
	b.lines("celebrity", "compromise.Person")
}

// column adds one column of a table; a cell may hold several spellings.
func (b *namesBuilder) column(class, name string, column int) {
	r := csv.NewReader(b.open(name))
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	rows, err := r.ReadAll()
	if err != nil {
		b.err = fmt.Errorf("%s: %w", name, err)
		return
	}
	for _, row := range rows[min(1, len(rows)):] {
		if column < len(row) {
			for _, n := range strings.FieldsFunc(row[column], func(r rune) bool { return r == ',' || r == ';' || r == '/' }) {
				b.add(class, strings.TrimSpace(n))
			}
		}
	}
}

func (b *namesBuilder) places() {
	b.lines("country", "compromise.Country")
	b.lines("country", "compromise.Region")
	b.lines("city", "compromise.City")
	b.lines("demonym", "compromise.Demonym")
	b.lines("organization", "compromise.Organization")
	b.lines("organization", "compromise.SportsTeam")
	sc := bufio.NewScanner(b.open("cities.tsv.gz"))
	for sc.Scan() {
		f := strings.Split(sc.Text(), "\t")
		if len(f) < 2 {
			continue
		}
		people, err := strconv.Atoi(f[1])
		switch {
		case err != nil || people < 5000:
		case people >= 100_000:
			b.add("city", f[0])
		default:
			b.add("town", f[0])
		}
	}
}

func (b *namesBuilder) universities() {
	var list []struct {
		Name string `json:"name"`
	}
	if err := json.NewDecoder(b.open("univ.json.gz")).Decode(&list); err != nil {
		b.err = fmt.Errorf("univ.json.gz: %w", err)
		return
	}
	for _, u := range list {
		b.add("university", strings.TrimPrefix(u.Name, "The "))
	}
}

// companies adds the companies with and without their legal form.
func (b *namesBuilder) companies() {
	var list map[string]struct {
		Title string `json:"title"`
	}
	if err := json.NewDecoder(b.open("tickers.json.gz")).Decode(&list); err != nil {
		b.err = fmt.Errorf("tickers.json.gz: %w", err)
		return
	}
	for _, c := range list {
		b.company(c.Title)
	}
}

func (b *namesBuilder) company(title string) {
	title, _, _ = strings.Cut(title, "/")
	words := strings.Fields(strings.ReplaceAll(plainName(title), ",", " "))
	for _, w := range words {
		if w == "etf" || w == "trust" || w == "fund" {
			return
		}
	}
	for len(words) > 0 {
		if len(words) > 1 || len(words[0]) > 3 {
			b.add("company", strings.Join(words, " "))
		}
		if len(words) == 1 || !legalForms[strings.Trim(words[len(words)-1], ".")] {
			return
		}
		words = words[:len(words)-1]
	}
}

var legalForms = map[string]bool{
	"inc": true, "corp": true, "corporation": true, "ltd": true, "limited": true, "plc": true, "llc": true, "lp": true, "co": true,
	"company": true, "sa": true, "s.a": true, "ag": true, "nv": true, "n.v": true, "se": true, "holdings": true, "group": true,
	"holding": true, "com": true, "companies": true, "ab": true, "asa": true, "spa": true, "new": true,
}
