package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/spf13/cobra"

	"tenure/pipeline"
)

func (a *app) exportCommand() *cobra.Command {
	var format, output, since, last string
	var f filterFlags
	cmd := &cobra.Command{
		Use:   "export [articles|entities|facts|moves|all]",
		Short: "Write records for other programs",
		Long: `Write records for other programs; moves if nothing else is asked for. Every
record names its schema. --since-last NAME writes what changed since the last
export under that name.`,
		Example:   "  tenure export moves --format jsonl -o moves.jsonl\n  tenure export all --format json --since 7d\n  tenure export moves --since-last newsletter",
		ValidArgs: pipeline.Exports(),
		Args:      a.args(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
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
			if since != "" && last != "" {
				return usagef("--since and --since-last cannot be given together")
			}
			f.since = since
			filter, err := f.filter(a.now())
			if err != nil {
				return err
			}
			return a.export(cmd.Context(), what, format, output, last, filter)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&format, "format", pipeline.FormatJSON, "json (one array) or jsonl (one record a line)")
	fl.StringVarP(&output, "output", "o", "", "write to `FILE` instead of standard output")
	fl.StringVar(&since, "since", "", "only what changed since a day, a time, or so long ago: 2025-05-26, 36h, 7d")
	fl.StringVar(&last, "since-last", "", "only what changed since the last export under this `NAME`")
	fl.StringVar(&f.person, "person", "", "only this person")
	fl.StringVar(&f.org, "org", "", "only this organization")
	fl.Float64Var(&f.minScore, "min-score", 0, "only facts and moves with at least this score, 0 to 1")
	return cmd
}

func (a *app) export(ctx context.Context, what, format, output, consumer string, f pipeline.Filter) error {
	p, err := a.reachToExport(consumer == "" || a.dryRun)
	if err != nil {
		return err
	}
	defer p.Close()
	p.answer()
	start := a.now()
	if consumer != "" {
		consumer += "/" + what // each kind of record has a cursor of its own
		if f.Since, err = p.LastExport(consumer); err != nil {
			return err
		}
	}
	if a.dryRun {
		return p.Export(io.Discard, what, format, f)
	}
	if err := a.writeTo(output, func(w io.Writer) error { return p.Export(w, what, format, f) }); err != nil {
		return err
	}
	if consumer != "" {
		return p.Exported(ctx, consumer, start)
	}
	return nil
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
