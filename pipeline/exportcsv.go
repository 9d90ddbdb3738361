package pipeline

import (
	"bufio"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// A csvSink writes one table by RFC 4180, with a head. Cells of text that a
// spreadsheet would take for a formula begin with an apostrophe.
type csvSink struct {
	w    *bufio.Writer
	head []string
	cell []byte // reused
}

func newCSV(w *bufio.Writer, what string, _ identify) sink {
	return &csvSink{w: w, head: columns(lineType(what))}
}

// lineType returns the type of a table's rows.
func lineType(what string) reflect.Type {
	switch what {
	case ExportArticles:
		return reflect.TypeFor[articleLine]()
	case ExportEntities:
		return reflect.TypeFor[entityLine]()
	case ExportFacts:
		return reflect.TypeFor[factLine]()
	}
	return reflect.TypeFor[moveLine]()
}

// columns returns the names of a table's columns.
func columns(t reflect.Type) []string {
	names := make([]string, t.NumField())
	for i := range names {
		names[i], _, _ = strings.Cut(t.Field(i).Tag.Get("parquet"), ",")
	}
	return names
}

// lineOf returns the row of a record.
func lineOf(record any) (any, error) {
	switch r := record.(type) {
	case ArticleRecord:
		return newArticleLine(r), nil
	case EntityRecord:
		return newEntityLine(r), nil
	case FactRecord:
		return newFactLine(r), nil
	case MoveRecord:
		return newMoveLine(r), nil
	}
	return nil, fmt.Errorf("export: no table for a %T", record)
}

func (o *csvSink) write(record any) error {
	line, err := lineOf(record)
	if err != nil {
		return err
	}
	if err := o.begin(); err != nil {
		return err
	}
	v := reflect.ValueOf(line)
	for i := range v.NumField() {
		if err := o.put(i, appendCell(o.cell[:0], v.Field(i).Interface())); err != nil {
			return err
		}
	}
	return o.endLine()
}

// begin writes the head, if nothing was written yet.
func (o *csvSink) begin() error {
	for i, name := range o.head {
		if err := o.put(i, append(o.cell[:0], name...)); err != nil {
			return err
		}
	}
	if o.head == nil {
		return nil
	}
	o.head = nil
	return o.endLine()
}

// put writes one cell, quoted if it has to be.
func (o *csvSink) put(i int, cell []byte) error {
	o.cell = cell
	if i > 0 {
		if err := o.w.WriteByte(','); err != nil {
			return err
		}
	}
	if !mustQuote(cell) {
		_, err := o.w.Write(cell)
		return err
	}
	o.w.WriteByte('"')
	for _, c := range cell {
		if c == '"' {
			o.w.WriteByte('"')
		}
		o.w.WriteByte(c)
	}
	return o.w.WriteByte('"') // an error of a bufio.Writer stays
}

func (o *csvSink) endLine() error {
	_, err := o.w.WriteString("\r\n")
	return err
}

func (o *csvSink) close() error { return o.begin() }

func mustQuote(cell []byte) bool {
	for _, c := range cell {
		if c == ',' || c == '"' || c == '\r' || c == '\n' || c == ';' || c == '\t' {
			return true
		}
	}
	n := len(cell)
	return n > 0 && (cell[0] == ' ' || cell[n-1] == ' ')
}

// appendCell appends a value as a cell shows it: true or nothing, times in
// UTC, the words of a list parted by "; ".
func appendCell(b []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		return appendText(b, v)
	case []string:
		return appendText(b, strings.Join(v, "; "))
	case bool:
		if v {
			b = append(b, "true"...)
		}
	case int64:
		if v != 0 {
			b = strconv.AppendInt(b, v, 10)
		}
	case float64:
		return strconv.AppendFloat(b, v, 'g', -1, 64)
	case time.Time:
		if !v.IsZero() {
			b = v.AppendFormat(b, time.RFC3339)
		}
	}
	return b
}

// appendText appends text from outside. What a spreadsheet may take for a
// formula is made text by an apostrophe before it.
func appendText(b []byte, s string) []byte {
	for _, risky := range formulaStarts {
		if strings.HasPrefix(s, risky) {
			b = append(b, '\'')
			break
		}
	}
	return append(b, s...)
}

// formulaStarts are the beginnings of cells that spreadsheets compute, also
// in full width.
var formulaStarts = [...]string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"}
