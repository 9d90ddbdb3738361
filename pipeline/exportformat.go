package pipeline

import (
	"bufio"
	"fmt"
	"slices"
	"strings"
)

// The formats of an export.
const (
	FormatJSON    = "json"    // one array
	FormatJSONL   = "jsonl"   // one record a line
	FormatCSV     = "csv"     // RFC 4180
	FormatParquet = "parquet" // the columns of CSV, typed
	FormatFtM     = "ftm"     // FollowTheMoney
	FormatJSONLD  = "jsonld"  // schema.org
	FormatNinjs   = "ninjs"   // IPTC ninjs 3.1
	FormatGraphML = "graphml" // nodes and edges
)

// An ExportFormat says what a format is and what can be written in it.
type ExportFormat struct {
	Name  string
	Type  string   // media type
	About string   // half a line
	Kinds []string // of Exports

	all  []string // what ExportAll stands for, in the order written
	open func(w *bufio.Writer, what string, id identify) sink
}

// A sink takes the records of an export and writes them in its format.
type sink interface {
	// write takes an ArticleRecord, EntityRecord, FactRecord or MoveRecord.
	write(record any) error
	close() error
}

// ExportFormats lists the formats Export writes.
func ExportFormats() []ExportFormat {
	kinds := []string{ExportArticles, ExportEntities, ExportFacts, ExportMoves}
	linked := []string{ExportEntities, ExportArticles, ExportMoves}
	return []ExportFormat{
		{FormatJSON, "application/json", "one JSON array", Exports(), kinds, newJSONArray},
		{FormatJSONL, "application/jsonl", "one JSON object a line", Exports(), kinds, newJSONLines},
		{FormatCSV, "text/csv; charset=utf-8; header=present", "a table (RFC 4180), safe to open in a spreadsheet", kinds, nil, newCSV},
		{FormatParquet, "application/vnd.apache.parquet", "the same table for notebooks and databases", kinds, nil, newParquet},
		{FormatFtM, "application/jsonl", "FollowTheMoney entities, one a line", Exports(), linked, newFtM},
		{FormatJSONLD, "application/ld+json", "linked data in the words of schema.org", Exports(), linked, newLinked},
		{FormatNinjs, "application/jsonl", "IPTC ninjs 3.1 news items, one a line", []string{ExportArticles}, nil, newNinjs},
		{FormatGraphML, "application/graphml+xml", "people and organizations as nodes, moves as edges", []string{ExportMoves}, nil, newGraph},
	}
}

// Formats lists the names of the formats Export writes.
func Formats() []string {
	var names []string
	for _, f := range ExportFormats() {
		names = append(names, f.Name)
	}
	return names
}

// ExportType returns the media type of a format.
func ExportType(format string) string { return formatNamed(format).Type }

func formatNamed(name string) ExportFormat {
	for _, f := range ExportFormats() {
		if f.Name == name {
			return f
		}
	}
	return ExportFormat{}
}

// CheckExport returns an error that names what is possible if there are no
// such records or formats, or the two do not go together.
func CheckExport(what, format string) error {
	f := formatNamed(format)
	switch {
	case !slices.Contains(Exports(), what):
		return fmt.Errorf("export: unknown records %q: want %s", what, either(Exports()))
	case f.Name == "":
		return fmt.Errorf("export: unknown format %q: want %s", format, either(Formats()))
	case slices.Contains(f.Kinds, what):
		return nil
	case what == ExportAll && len(f.Kinds) > 1:
		return fmt.Errorf("export: a %s file holds one table: ask for %s, each into a file of its own", format, either(f.Kinds))
	}
	var can []string
	for _, o := range ExportFormats() {
		if slices.Contains(o.Kinds, what) {
			can = append(can, o.Name)
		}
	}
	return fmt.Errorf("export: %s cannot hold %s, only %s; for %s there is %s", format, what, either(f.Kinds), what, either(can))
}

// either joins choices as a sentence does: "a, b or c".
func either(choices []string) string {
	last := len(choices) - 1
	if last == 0 {
		return choices[0]
	}
	return strings.Join(choices[:last], ", ") + " or " + choices[last]
}
