package gazetteer

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// names is the lists of SOURCES.md, compiled and compressed.
//
//go:embed data/names.zst
var names []byte

// today is the list written for this project.
//
//go:embed data/today.txt
var today string

// load reads the embedded lists, once for all.
var load = sync.OnceValues(build)

func build() (*table, error) {
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(64<<20))
	if err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	defer dec.Close()
	all, err := dec.DecodeAll(names, nil)
	if err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	t, err := readTable(all)
	if err != nil {
		return nil, err
	}
	return t, read(t, today)
}

// Compile returns the form in which a list of names is embedded, not yet
// compressed. The list has a name a line, its words as [Words] cuts them,
// and "[class]" before the names of a class.
func Compile(list string) ([]byte, error) {
	t := newTable(strings.Count(list, "\n"))
	if err := read(t, list); err != nil {
		return nil, err
	}
	return t.marshal(), nil
}

// classes are the headings of the lists.
var classes = map[string]Class{
	"given": GivenName, "surname": Surname, "given-rare": RareGivenName, "surname-rare": RareSurname,
	"company": Company, "organization": Organization, "university": University, "country": Country, "city": City,
	"town": Town, "demonym": Demonym, "thing": Thing, "title": Title, "celebrity": Celebrity, "term": Term,
}

// read adds a list to t: a name a line, its words as [Words] cuts them,
// "[class]" before the names of a class, "#" before a comment.
func read(t *table, list string) error {
	var class Class
	for len(list) > 0 {
		line, rest, _ := strings.Cut(list, "\n")
		list = rest
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			if class = classes[strings.Trim(line, "[]")]; class == 0 {
				return fmt.Errorf("names: unknown class %q", line)
			}
		default:
			addName(t, line, class)
		}
	}
	return nil
}

// addName adds a name and marks that it begins with its first words.
func addName(t *table, name string, class Class) {
	var h Hash
	for {
		space := strings.IndexByte(name, ' ')
		if space < 0 {
			t.add(h.Then(HashWord(name)), class)
			return
		}
		h = h.Then(HashWord(name[:space]))
		t.add(h, more)
		name = name[space+1:]
	}
}

// Words cuts a name as running text is cut: at spaces, before a possessive
// and around commas.
func Words(name string) []string {
	var out []string
	for _, w := range strings.Fields(name) {
		word, comma := strings.CutSuffix(w, ",")
		stem, tail := word, ""
		for _, s := range [...]string{"'s", "’s"} {
			if before, ok := strings.CutSuffix(word, s); ok && before != "" {
				stem, tail = before, s
			}
		}
		for _, part := range [...]string{stem, tail} {
			if part != "" {
				out = append(out, part)
			}
		}
		if comma {
			out = append(out, ",")
		}
	}
	return out
}

// Today returns the names of one class of the list written for this
// project, as they are written, a possessive parted by a space.
func Today(class string) []string {
	var out []string
	in := false
	for line := range strings.Lines(today) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			in = line == "["+class+"]"
		case in:
			out = append(out, line)
		}
	}
	return out
}
