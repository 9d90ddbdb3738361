package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"tenure/pipeline"
	"tenure/store"
)

func (a *app) dbCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "db",
		Short: "Check, compact, back up, restore or rebuild the data file",
		Long: `Look after the data file. None of these uses the network, and each can be
stopped or killed at any moment without harm: what it makes takes the place of
what was there at once, when it is done. All but backup need the file for
themselves; a run or server that has it is named.`,
		Example: `  tenure db check
  tenure db backup /backup/tenure.db      # the second time only what is new
  tenure db restore /backup/tenure.db
  tenure db rebuild --articles`,
		Args: a.unknownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.dbCheckCommand(), a.dbExamineCommand(), a.dbCompactCommand(), a.dbBackupCommand(), a.dbRestoreCommand(), a.dbRebuildCommand())
	return cmd
}

// dataFile returns the path of the data file, which must be there.
func (a *app) dataFile() (string, config, error) {
	c, err := a.loadConfig()
	if err != nil {
		return "", c, err
	}
	path, err := a.dbPath(c)
	if err != nil {
		return "", c, err
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = fmt.Errorf("no data file at %s; name another with --db, or put a backup there with 'tenure db restore FILE'", path)
	case err == nil && !info.Mode().IsRegular():
		err = fmt.Errorf("%s is no data file but a %s", path, fileKind(info.Mode()))
	}
	return path, c, err
}

// A sizes is what became of how large the data file is.
type sizes struct {
	Before int64 `json:"before"` // bytes
	After  int64 `json:"after"`
}

func (a *app) dbCompactCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "compact",
		Short: "Write the data file anew without the room that deleted records left",
		Long: `Write the data file anew without the room that deleted records left. It needs
as much free disk as the file takes.`,
		Args: a.args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a.running = "db compact"
			path, c, err := a.dataFile()
			if err != nil {
				return err
			}
			if a.dryRun {
				return a.wouldCompact(c, path)
			}
			p, err := a.openWith(c, "")
			if err != nil {
				return err
			}
			defer p.Close()
			before, after, err := p.db.Compact(cmd.Context())
			if err != nil {
				return err
			}
			a.say("%s: %s before, %s now", path, megabytes(before), megabytes(after))
			return a.jsonOnly(sizes{before, after})
		},
	}
}

func (a *app) wouldCompact(c config, path string) error {
	p, err := a.openWith(c, "") // only who may write knows what is free
	if err != nil {
		return err
	}
	defer p.Close()
	u, err := p.db.Usage()
	if err != nil {
		return err
	}
	a.say("%s has %s, of which about %s would go", path, megabytes(u.File), megabytes(u.Free))
	return a.jsonOnly(sizes{u.File, u.File - u.Free})
}

// jsonOnly writes a result for a program, if one asked for it.
func (a *app) jsonOnly(v any) error {
	if !a.json {
		return nil
	}
	return a.writeJSON(v)
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/(1<<20)) }

// A copied is what was copied where.
type copied struct {
	From string `json:"from"`
	To   string `json:"to"`
	Kept string `json:"kept,omitempty"` // where what was there before is
}

func (a *app) dbBackupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy the data file, and the pages kept, to FILE and FILE.pages",
		Long: `Copy the data file to FILE, and the pages kept to FILE.pages. The copy takes
its name when it is whole and on disk; until then an earlier one stays. Pages
that the earlier one has are not copied again. A run or server that has the
data file makes the copy and goes on meanwhile.`,
		Args: a.args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			a.running = "db backup"
			path, c, err := a.dataFile()
			if err != nil {
				return err
			}
			to, err := backupName(args[0], path)
			if err != nil || a.dryRun {
				a.sayIf(err == nil, "would copy %s to %s", path, to)
				return err
			}
			abs, err := filepath.Abs(to)
			if err != nil {
				return err
			}
			p, err := a.reachWith(c, "", true)
			if err != nil {
				return err
			}
			defer p.Close()
			if err := p.backup(cmd.Context(), abs); err != nil {
				return err
			}
			a.say("%s is backed up as %s; 'tenure db restore %s' puts it back", path, to, to)
			return a.jsonOnly(copied{From: path, To: to})
		},
	}
}

// backup copies the data file, or has its owner copy it.
func (r *reached) backup(ctx context.Context, to string) error {
	if r.local != nil {
		return r.local.db.Backup(ctx, to)
	}
	return r.remote.Backup(ctx, to)
}

func (a *app) sayIf(yes bool, format string, args ...any) {
	if yes {
		a.say(format, args...)
	}
}

// backupName returns the file to back up to: in a directory it has the name of
// the data file.
func backupName(to, path string) (string, error) {
	info, err := os.Stat(to)
	switch {
	case err == nil && info.IsDir():
		return filepath.Join(to, filepath.Base(path)), nil
	case err == nil && !info.Mode().IsRegular():
		return "", fmt.Errorf("%s is no file but a %s; name another", to, fileKind(info.Mode()))
	}
	if _, err := os.Stat(filepath.Dir(to)); err != nil {
		return "", fmt.Errorf("back up to %s: %w; make the directory first", to, err)
	}
	return to, nil
}

func (a *app) dbRestoreCommand() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup in the place of the data file",
		Long: `Put a backup in the place of the data file. The backup is checked first. What it
replaces, which takes --force, is kept beside it with .before-restore behind
its name.`,
		Args: a.args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			a.running = "db restore"
			c, err := a.loadConfig()
			if err != nil {
				return err
			}
			path, err := a.dbPath(c)
			if err != nil {
				return err
			}
			from := args[0]
			done := copied{From: from, To: path}
			if _, err := os.Lstat(path); err == nil {
				if done.Kept = path + ".before-restore"; !force {
					return fmt.Errorf("%s is there already; --force puts %s in its place and keeps it as %s", path, from, done.Kept)
				}
			}
			if a.dryRun {
				a.say("would put %s in the place of %s", from, path)
				return nil
			}
			if err := store.Restore(cmd.Context(), path, from); err != nil {
				return err
			}
			a.say("%s is restored from %s", path, from)
			a.sayIf(done.Kept != "", "what was there is kept as %s; remove it when all is well", done.Kept)
			return a.jsonOnly(done)
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace the data file that is there")
	return cmd
}

// A rebuilt says what a rebuild did.
type rebuilt struct {
	pipeline.Rebuilt
	Damaged  string `json:"damaged,omitempty"`  // where the damaged file is kept
	Problems int    `json:"problems,omitempty"` // found in it
}

func (a *app) dbRebuildCommand() *cobra.Command {
	var articles bool
	cmd := &cobra.Command{
		Use:   "rebuild",
		Short: "Make indexes and moves anew from the articles, or all from the pages kept",
		Long: `Make the indexes and moves anew from the articles, or with --articles these too
from the pages kept. Of a damaged file every record that is still whole is
taken over first, and the articles are made anew; the damaged one is kept with
.damaged behind its name. It needs as much free disk as the file takes.`,
		Args: a.args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a.running = "db rebuild"
			path, c, err := a.dataFile()
			if err != nil {
				return err
			}
			if a.dryRun {
				a.say("would make the indexes of %s anew", path)
				return nil
			}
			done, err := a.rebuild(cmd.Context(), c, path, articles)
			a.clearProgress()
			if err != nil {
				return err
			}
			a.say("%d articles, %d moves | %.1f s", done.Articles, done.Moves, done.Seconds)
			a.sayIf(done.Carried > 0, "%d articles are taken as they were, because a page of theirs cannot be read", done.Carried)
			a.sayIf(done.Damaged != "", "the damaged file is kept as %s; remove it when all is well", done.Damaged)
			return a.jsonOnly(done)
		},
	}
	cmd.Flags().BoolVar(&articles, "articles", false, "make the articles anew too, from the pages kept")
	return cmd
}
