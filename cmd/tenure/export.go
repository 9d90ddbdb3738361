package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"tenure/pipeline"
)

func (a *app) exportCommand() *cobra.Command {
	var format, output, since, last, schema string
	var bom bool
	var f filterFlags
	cmd := &cobra.Command{
		Use:   "export [articles|entities|facts|moves|all]",
		Short: "Write records for other programs",
		Long: `Write records for other programs; moves if nothing else is asked for. Each
record of JSON names its schema, which --schema prints. --since-last NAME
writes what changed since the last export under that name.

Formats, and what they hold:
` + formatHelp(),
		Example: `  tenure export moves --format csv --bom -o moves.csv
  tenure export all --format jsonl --since 7d
  tenure export moves --format graphml -o moves.graphml
  tenure export moves --since-last newsletter
  tenure export --schema move`,
		ValidArgs: pipeline.Exports(),
		Args:      a.args(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if schema != "" {
				return a.exportSchema(schema, output)
			}
			what := pipeline.ExportMoves
			if len(args) == 1 {
				what = args[0]
			}
			if err := oneOf("export", what, pipeline.Exports()); err != nil {
				return err
			}
			if err := oneOf("--format", format, pipeline.Formats()); err != nil {
				return err
			}
			if err := pipeline.CheckExport(what, format); err != nil {
				return usageError{err}
			}
			if bom && format != pipeline.FormatCSV {
				return usagef("--bom means nothing for %s, only for csv", format)
			}
			if format == pipeline.FormatParquet && output == "" && terminal(a.stdout) {
				return usagef("parquet is not for a terminal: name a file with -o")
			}
			if since != "" && last != "" {
				return usagef("--since and --since-last cannot be given together")
			}
			f.since = since
			filter, err := f.filter(a.now())
			if err != nil {
				return err
			}
			return a.export(cmd.Context(), exportOrder{what, format, output, last, bom}, filter)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&format, "format", pipeline.FormatJSON, "one of the formats above")
	fl.BoolVar(&bom, "bom", false, "begin a csv file with a byte order mark, as Excel wants it")
	fl.StringVar(&schema, "schema", "", "print the JSON Schema of a record instead: `NAME` is article, entity, fact, move or dossier")
	fl.StringVarP(&output, "output", "o", "", "write to `FILE` instead of standard output")
	fl.StringVar(&since, "since", "", "only what changed since a day, a time, or so long ago: 2025-05-26, 36h, 7d")
	fl.StringVar(&last, "since-last", "", "only what changed since the last export under this `NAME`")
	fl.StringVar(&f.person, "person", "", "only this person")
	fl.StringVar(&f.org, "org", "", "only this organization")
	fl.Float64Var(&f.minScore, "min-score", 0, "only facts and moves with at least this score, 0 to 1")
	return cmd
}

// formatHelp lists the formats and what can be written in them.
func formatHelp() string {
	var b strings.Builder
	for _, f := range pipeline.ExportFormats() {
		kinds := strings.Join(f.Kinds, ", ")
		if len(f.Kinds) == len(pipeline.Exports()) {
			kinds = "everything"
		}
		fmt.Fprintf(&b, "  %-8s %s: %s\n", f.Name, f.About, kinds)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// exportSchema writes the JSON Schema of a record.
func (a *app) exportSchema(name, output string) error {
	b, err := pipeline.Schema(name)
	if err != nil {
		return usageError{err}
	}
	return a.writeTo(output, func(w io.Writer) error { _, err := w.Write(b); return err })
}

// An exportOrder is what is to be exported, and where to.
type exportOrder struct {
	what, format, output string
	consumer             string // of --since-last
	bom                  bool
}

// byteOrderMark tells Excel that a file is UTF-8.
const byteOrderMark = "\ufeff"

func (a *app) export(ctx context.Context, o exportOrder, f pipeline.Filter) error {
	p, err := a.reachToExport(o.consumer == "" || a.dryRun)
	if err != nil {
		return err
	}
	defer p.Close()
	p.answer()
	start := a.now()
	if o.consumer != "" {
		o.consumer += "/" + o.what // each kind of record has a cursor of its own
		if f.Since, err = p.LastExport(o.consumer); err != nil {
			return err
		}
	}
	if a.dryRun {
		return p.Export(io.Discard, o.what, o.format, f)
	}
	err = a.writeTo(o.output, func(w io.Writer) error {
		if o.bom {
			if _, err := io.WriteString(w, byteOrderMark); err != nil {
				return err
			}
		}
		return p.Export(w, o.what, o.format, f)
	})
	if err == nil && o.consumer != "" {
		err = p.Exported(ctx, o.consumer, start)
	}
	return err
}

// reachToExport returns the data file for an export, which may take a while:
// others are answered meanwhile, if this process may write the file. For one
// that may not, reading will do if nothing is to be noted.
func (a *app) reachToExport(readingWillDo bool) (*reached, error) {
	p, err := a.reachExisting(false)
	if readingWillDo && (errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)) {
		return a.reachExisting(true)
	}
	return p, err
}

// writeTo calls fn with standard output, or with a file that appears under
// its name only when all of it is written.
func (a *app) writeTo(path string, fn func(io.Writer) error) (err error) {
	if path == "" || path == "-" {
		return fn(a.stdout)
	}
	mode := os.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		if !info.Mode().IsRegular() {
			return writeInto(path, fn)
		}
		mode = info.Mode().Perm()
		if path, err = filepath.EvalSymlinks(path); err != nil {
			return err
		}
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			tmp.Close()
			os.Remove(tmp.Name())
			err = fmt.Errorf("write %s: %w", path, err)
		}
	}()
	if err := fn(tmp); err != nil {
		return err
	}
	if err := tmp.Chmod(mode); err != nil {
		return err
	}
	if err := tmp.Sync(); err != nil {
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// writeInto writes to what is no ordinary file: a pipe or a device.
func writeInto(path string, fn func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	if err := fn(f); err != nil {
		f.Close()
		return fmt.Errorf("write %s: %w", path, err)
	}
	return f.Close()
}
