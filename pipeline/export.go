package pipeline

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"tenure/extract"
	"tenure/store"
)

// What can be exported, and in which formats.
const (
	ExportArticles = "articles"
	ExportEntities = "entities"
	ExportFacts    = "facts"
	ExportMoves    = "moves"
	ExportAll      = "all"

	FormatJSON  = "json"  // one array
	FormatJSONL = "jsonl" // one record a line
)

// Exports and Formats list the choices.
func Exports() []string {
	return []string{ExportArticles, ExportEntities, ExportFacts, ExportMoves, ExportAll}
}

// Formats lists the formats Export writes.
func Formats() []string { return []string{FormatJSON, FormatJSONL} }

// Export writes records of what to w. Every record names its schema, so that
// those of "all" can be told apart. The same tables give the same bytes.
func (p *Pipeline) Export(w io.Writer, what, format string, f Filter) error {
	if !slices.Contains(Exports(), what) {
		return fmt.Errorf("export: unknown records %q", what)
	}
	out, err := newRecordWriter(w, format)
	if err != nil {
		return err
	}
	all := what == ExportAll
	if all || what == ExportArticles {
		err = p.Articles(f, func(r ArticleRecord) error { return out.write(r) })
	}
	if err == nil && (all || what == ExportEntities) {
		err = p.exportEntities(f, out)
	}
	if err == nil && (all || what == ExportFacts) {
		err = p.Facts(f, func(r FactRecord) error { return out.write(r) })
	}
	if err == nil && (all || what == ExportMoves) {
		err = p.Moves(f, func(r MoveRecord) error { return out.write(r) })
	}
	if err != nil {
		return err
	}
	return out.close()
}

// exportEntities writes entities; with Since, those of articles that changed.
func (p *Pipeline) exportEntities(f Filter, out *recordWriter) error {
	var only map[string]bool
	if !f.Since.IsZero() {
		only = map[string]bool{}
		err := p.eachArticle(f, func(row articleRow) error {
			for _, e := range row.Entities {
				only[e.ID] = true
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return p.Entities(extract.Kind(""), Filter{Limit: f.Limit}, func(r EntityRecord) error {
		if only != nil && !only[r.ID] {
			return nil
		}
		return out.write(r)
	})
}

// A recordWriter writes records as a JSON array or as lines.
type recordWriter struct {
	w     *bufio.Writer
	array bool
	n     int
}

func newRecordWriter(w io.Writer, format string) (*recordWriter, error) {
	if !slices.Contains(Formats(), format) {
		return nil, fmt.Errorf("export: unknown format %q: want json or jsonl", format)
	}
	return &recordWriter{w: bufio.NewWriterSize(w, 64<<10), array: format == FormatJSON}, nil
}

func (o *recordWriter) write(v any) error {
	line, err := encode(v)
	if err != nil {
		return err
	}
	if o.array {
		sep := ",\n"
		if o.n == 0 {
			sep = "[\n"
		}
		if _, err := o.w.WriteString(sep); err != nil {
			return err
		}
		line = line[:len(line)-1]
	}
	o.n++
	_, err = o.w.Write(line)
	return err
}

func (o *recordWriter) close() error {
	end := ""
	if o.array {
		end = "\n]\n"
		if o.n == 0 {
			end = "[]\n"
		}
	}
	if _, err := o.w.WriteString(end); err != nil {
		return err
	}
	return o.w.Flush()
}

// LastExport returns when the named consumer last got an export; zero if it
// never did.
func (p *Pipeline) LastExport(consumer string) (time.Time, error) {
	var at time.Time
	err := p.db.View(func(tx *store.Tx) (err error) {
		at, _, err = schema.consumers.Get(tx, []byte(consumer))
		return err
	})
	return at, err
}

// Exported notes that the named consumer got everything up to a time.
func (p *Pipeline) Exported(ctx context.Context, consumer string, at time.Time) error {
	return p.db.Write(ctx, func(tx *store.Tx) error {
		return schema.consumers.Put(tx, []byte(consumer), at.UTC())
	})
}
