package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"github.com/spf13/cobra"

	"tenure/pipeline"
	"tenure/store"
)

// A checked is what db check found.
type checked struct {
	Path     string                `json:"path"`
	File     *store.Report         `json:"file,omitempty"`    // the file's pages and records
	Content  *pipeline.CheckReport `json:"content,omitempty"` // what is derived against what it is derived of
	Crashed  string                `json:"crashed,omitempty"` // how the check itself ended, if it did not come to an end
	Problems int                   `json:"problems"`
	Fix      string                `json:"fix,omitempty"`
}

// Flags of check and of the process that does it.
type checkFlags struct {
	quick   bool
	timeout string
}

func (a *app) dbCheckCommand() *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Check the data file, every record and index, and every page kept",
		Long: `Check the data file: its pages and the checksum of every record, every row of
every index against the record it is made from, both ways, and that every page
kept can be read. It changes nothing, and runs in a process of its own, so that
no damage can bring this one down.`,
		Args: a.args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a.running = "db check"
			limit, err := parseDuration(f.timeout)
			if err != nil {
				return usagef("--timeout: %w", err)
			}
			path, _, err := a.dataFile()
			if err != nil {
				return err
			}
			if a.dryRun {
				a.say("would check %s", path)
				return nil
			}
			report, err := a.checkApart(cmd.Context(), path, f.quick, limit)
			if err != nil {
				return err
			}
			return a.showCheck(report)
		},
	}
	cmd.Flags().BoolVar(&f.quick, "quick", false, "do not read the pages kept, only look whether they are there")
	cmd.Flags().StringVar(&f.timeout, "timeout", "2h", "give up after so long")
	return cmd
}

// checkApart runs the check in a process of its own.
func (a *app) checkApart(ctx context.Context, path string, quick bool, limit time.Duration) (checked, error) {
	exe, err := os.Executable()
	if err != nil {
		return checked{}, fmt.Errorf("check %s: %w", path, err)
	}
	bounded, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	args := []string{"db", "examine", "--db", path}
	if a.config != "" {
		args = append(args, "--config", a.config)
	}
	if quick {
		args = append(args, "--quick")
	}
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(bounded, exe, args...)
	cmd.Args[0] = "tenure"
	cmd.Stdout, cmd.Stderr = &out, &limited{w: &errs, left: 64 << 10}
	err = cmd.Run()
	switch {
	case ctx.Err() != nil:
		return checked{}, ctx.Err()
	case bounded.Err() != nil:
		return checked{}, fmt.Errorf("check %s: not done after %v; give it longer with --timeout, or use --quick", path, limit)
	}
	var answer examined
	if json.Unmarshal(out.Bytes(), &answer) != nil {
		return checked{Path: path, Problems: 1, Crashed: crash(err, errs.Bytes()), Fix: fixDamaged(path)}, nil
	}
	return answer.report()
}

// crash says how a process ended that should have said something.
func crash(err error, errs []byte) string {
	line, _, _ := bytes.Cut(bytes.TrimSpace(errs), []byte("\n"))
	return fmt.Sprintf("%v: %s", err, line)
}

// An examined is the answer of the process that checks.
type examined struct {
	checked
	Error  string        `json:"error,omitempty"` // why it could not be done
	Holder *store.Holder `json:"holder,omitempty"`
}

func (e examined) report() (checked, error) {
	switch {
	case e.Holder != nil:
		return e.checked, &store.LockedError{Path: e.Path, Holder: *e.Holder}
	case e.Error != "":
		return e.checked, errors.New(e.Error)
	}
	return e.checked, nil
}

// dbExamineCommand is the process that checks: it writes one object.
func (a *app) dbExamineCommand() *cobra.Command {
	var quick bool
	cmd := &cobra.Command{
		Use: "examine", Hidden: true, Args: a.args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a.running = "db check"
			path, c, err := a.dataFile()
			if err != nil {
				return err
			}
			e := examined{checked: checked{Path: path}}
			err = a.examine(cmd.Context(), c, path, quick, &e.checked)
			var locked *store.LockedError
			if errors.As(err, &locked) {
				e.Holder = &locked.Holder
			} else if err != nil {
				e.Error = err.Error()
			}
			return a.writeJSON(e)
		},
	}
	cmd.Flags().BoolVar(&quick, "quick", false, "")
	return cmd
}

// examine checks the file and, if that is whole, what is in it.
func (a *app) examine(ctx context.Context, c config, path string, quick bool, r *checked) error {
	file, err := store.Check(ctx, path)
	if err != nil {
		return err
	}
	r.File, r.Problems = &file, file.Found
	if file.Found > 0 {
		r.Fix = fixDamaged(path)
		return nil
	}
	p, err := a.openFile(c, "", true, lockPatience)
	if err != nil {
		return err
	}
	defer p.Close()
	content, err := p.Check(ctx, pipeline.CheckOptions{Quick: quick})
	r.Content, r.Problems = &content, content.Found
	if content.Found > 0 {
		r.Fix = "'tenure db rebuild' makes the indexes anew, with --articles the articles too"
	}
	return err
}

func fixDamaged(path string) string {
	return "'tenure db restore FILE --force' puts a backup back; 'tenure db rebuild' saves what is whole of " + path
}

// showCheck says what was found, and fails if anything was.
func (a *app) showCheck(r checked) error {
	if err := a.jsonOnly(r); err != nil {
		return err
	}
	if r.Crashed != "" {
		a.say("%s: the check ended with %s", r.Path, r.Crashed)
	}
	if r.File != nil {
		a.sayAll(r.File.Problems)
	}
	if r.Content != nil {
		a.sayAll(r.Content.Problems)
	}
	if r.Problems > 0 {
		return fmt.Errorf("%s: %d problems; %s", r.Path, r.Problems, r.Fix)
	}
	a.say("%s is whole: %d articles, %d moves, %d pages", r.Path, r.Content.Articles, r.Content.Moves, r.Content.Pages)
	return nil
}

func (a *app) sayAll(problems []string) {
	for _, p := range problems {
		a.say("%s", p)
	}
}

// limited passes on so many bytes and swallows the rest.
type limited struct {
	w    io.Writer
	left int
}

// Write implements io.Writer.
func (l *limited) Write(b []byte) (int, error) {
	n := min(len(b), l.left)
	l.left -= n
	if _, err := l.w.Write(b[:n]); err != nil {
		return 0, err
	}
	return len(b), nil
}
