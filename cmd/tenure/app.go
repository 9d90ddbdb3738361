package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tenure/pipeline"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"
)

// app is one call of the program: its streams and the flags every command
// has.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	now            func() time.Time
	self           string // path of this program; empty if it is part of another

	db      string // --db
	config  string // --config
	json    bool   // --json
	quiet   bool   // --quiet
	dryRun  bool   // --dry-run
	verbose bool   // --verbose

	started bool   // the command line was understood
	running string // name of the command
}

func newApp(stdin io.Reader, stdout, stderr io.Writer) *app {
	return &app{stdin: stdin, stdout: stdout, stderr: stderr, getenv: os.Getenv, now: time.Now}
}

// Groups of commands in the help.
const (
	groupCollect = "collect"
	groupRead    = "read"
	groupKeep    = "keep"
)

// command builds the tree of commands.
func (a *app) command() *cobra.Command {
	root := &cobra.Command{
		Use:   "tenure",
		Short: "Who works where, who left, who joined, and says who: career records from the news",
		Long: `tenure reads the news and keeps a record of people: who works where, who left,
who joined, in which role, for how long. Each claim is dated as exactly as the
words allow and backed by the quote it came from.`,
		Example: `  tenure demo                                    see it work, without network
  tenure source add https://example.org/tag/moves --kind tag
  tenure run                                     one pass over what is due
  tenure show "Ada Lovelace"`,
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRun: func(*cobra.Command, []string) {
			a.started = true
		},
		Args: a.unknownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.AddGroup(
		&cobra.Group{ID: groupCollect, Title: "Collect:"},
		&cobra.Group{ID: groupRead, Title: "Read:"},
		&cobra.Group{ID: groupKeep, Title: "Look after it:"},
	)
	a.globalFlags(root.PersistentFlags())
	root.SetFlagErrorFunc(a.flagError)
	root.CompletionOptions.HiddenDefaultCmd = false
	for group, commands := range map[string][]*cobra.Command{
		groupCollect: {a.demoCommand(), a.initCommand(), a.sourceCommand(), a.addCommand(), a.importCommand(), a.runCommand(), a.watchCommand()},
		groupRead:    {a.extractCommand(), a.listCommand(), a.showCommand(), a.exportCommand(), a.serveCommand(), a.reviewCommand()},
		groupKeep:    {a.hookCommand(), a.reextractCommand(), a.dbCommand(), a.doctorCommand(), a.configCommand(), a.manCommand(), a.versionCommand()},
	} {
		for _, c := range commands {
			c.GroupID = group
			root.AddCommand(c)
		}
	}
	root.SetHelpCommandGroupID(groupKeep)
	root.SetCompletionCommandGroupID(groupKeep)
	return root
}

func (a *app) globalFlags(f *pflag.FlagSet) {
	f.StringVar(&a.db, "db", "", "data `FILE` (else $TENURE_DB, else tenure/tenure.db in the XDG data directory)")
	f.StringVar(&a.config, "config", "", "configuration `FILE` (else $TENURE_CONFIG, else ./tenure.yaml, else tenure/tenure.yaml in the XDG configuration directory)")
	f.BoolVar(&a.json, "json", false, "machine-readable output")
	f.BoolVarP(&a.quiet, "quiet", "q", false, "say nothing but errors on standard error")
	f.BoolVarP(&a.verbose, "verbose", "v", false, "log every step on standard error")
	f.BoolVarP(&a.dryRun, "dry-run", "n", false, "say what would be done, and change nothing")
}

// unknownCommand refuses arguments that are no command, and says which one
// may have been meant.
func (a *app) unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	cmd.SuggestionsMinimumDistance = 2
	msg := fmt.Sprintf("unknown command %q", args[0])
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		msg += fmt.Sprintf("; did you mean %q?", near[0])
	}
	return usageError{errors.New(msg)}
}

// flagError says which flag may have been meant.
func (a *app) flagError(cmd *cobra.Command, err error) error {
	a.running = strings.TrimPrefix(cmd.CommandPath(), "tenure ")
	if cmd.Parent() == nil {
		a.running = ""
	}
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return usageError{err}
	}
	name := unknown.GetSpecifiedName()
	best, least := "", 3
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		d := alike(name, f.Name)
		if strings.HasPrefix(f.Name, name) {
			d = min(d, 1)
		}
		if d < least {
			best, least = f.Name, d
		}
	})
	msg := fmt.Sprintf("unknown flag --%s", name)
	if len(name) == 1 {
		msg = fmt.Sprintf("unknown flag -%s", name)
	} else if best != "" {
		msg += fmt.Sprintf("; did you mean --%s?", best)
	}
	return usageError{errors.New(msg)}
}

// alike reports how many letters differ between what was written and what may
// have been meant; more than two is a different word.
func alike(written, meant string) int { return pipeline.Distance(written, meant, 2) }

// args makes an argument check of cobra a usage error of a command.
func (a *app) args(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		a.running = strings.TrimPrefix(cmd.CommandPath(), "tenure ")
		if err := check(cmd, args); err != nil {
			return usageError{err}
		}
		return nil
	}
}

// terminal reports whether a stream is one.
func terminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// human reports whether results are for a person rather than a program.
func (a *app) human() bool { return !a.json && terminal(a.stdout) }

// say tells a person something that is not a result.
func (a *app) say(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintf(a.stderr, "%s\n", printable(fmt.Sprintf(format, args...)))
	}
}

// log returns where steps are logged.
func (a *app) log() *slog.Logger {
	if !a.verbose {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(a.stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// dbPath returns the data file: flag, environment, configuration file, the
// XDG data directory.
func (a *app) dbPath(c config) (string, error) {
	if p := cmp.Or(a.db, a.getenv("TENURE_DB"), c.DB); p != "" {
		return p, nil
	}
	dir := a.getenv("XDG_DATA_HOME")
	if dir == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", configError{fmt.Errorf("no place for the data file: %w; name one with --db", err)}
		}
		dir = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(dir, "tenure", "tenure.db"), nil
}

// oneOf checks a value that must be one of a few.
func oneOf(what, value string, choices []string) error {
	if slices.Contains(choices, value) {
		return nil
	}
	msg := fmt.Sprintf("%s %q: want %s or %s", what, value, strings.Join(choices[:len(choices)-1], ", "), choices[len(choices)-1])
	for _, c := range choices {
		if alike(value, c) <= 2 {
			return usagef("%s; did you mean %q?", msg, c)
		}
	}
	return usageError{errors.New(msg)}
}
