package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"
)

// printable makes text from outside safe to print on a terminal: control and
// direction-changing characters become visible or go.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), r == utf8.RuneError:
			return '\ufffd'
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, s)
}

// oneLine is printable in one line, cut to at most width characters.
func oneLine(s string, width int) string {
	s = strings.Join(strings.Fields(printable(s)), " ")
	if width > 0 && utf8.RuneCountInString(s) > width {
		r := []rune(s)
		s = string(r[:max(0, width-1)]) + "…"
	}
	return s
}

// A table is rows of cells for a person. The last column takes the room that
// is left.
type table struct {
	head []string
	rows [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// write prints the table for a terminal of the given width.
func (t *table) write(w io.Writer, width int) error {
	widths := make([]int, len(t.head))
	all := append([][]string{t.head}, t.rows...)
	for _, row := range all {
		for i, c := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(oneLine(c, 48)))
		}
	}
	last := len(widths) - 1
	used := 0
	for _, n := range widths[:last] {
		used += n + 2
	}
	widths[last] = max(20, width-used)
	for _, row := range all {
		var b strings.Builder
		for i, c := range row {
			limit := 48
			if i == last {
				limit = widths[last]
			}
			c = oneLine(c, limit)
			b.WriteString(c)
			if i < last {
				b.WriteString(strings.Repeat(" ", widths[i]-utf8.RuneCountInString(c)+2))
			}
		}
		if _, err := fmt.Fprintln(w, strings.TrimRight(b.String(), " ")); err != nil {
			return err
		}
	}
	return nil
}

// width returns how many characters fit a line of the terminal.
func (a *app) width() int {
	if f, ok := a.stdout.(*os.File); ok {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 0 {
			return w
		}
	}
	return 100
}

// style returns functions that set text off, if the terminal has colours and
// NO_COLOR does not object.
func (a *app) style() (bold, dim func(string) string) {
	plain := func(s string) string { return s }
	if !terminal(a.stdout) || a.getenv("NO_COLOR") != "" || a.getenv("TERM") == "dumb" {
		return plain, plain
	}
	return func(s string) string { return "\x1b[1m" + s + "\x1b[0m" },
		func(s string) string { return "\x1b[2m" + s + "\x1b[0m" }
}

// wrap breaks text into lines of at most width characters.
func wrap(s string, width int) []string {
	var lines []string
	var line string
	for word := range strings.FieldsSeq(printable(s)) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}
