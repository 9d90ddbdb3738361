package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"
)

// sample is the commented configuration that init writes.
//
//go:embed sample.yaml
var sample []byte

func (a *app) initCommand() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "init [FILE]",
		Short: "Write a commented tenure.yaml and say what comes next",
		Args:  a.args(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			path := "tenure.yaml"
			if len(args) == 1 {
				path = args[0]
			}
			if a.dryRun {
				a.say("would write %s", path)
				return nil
			}
			if err := writeNew(path, sample, force); err != nil {
				return err
			}
			if a.json {
				return a.writeJSON(map[string]string{"written": path})
			}
			_, err := fmt.Fprintf(a.stdout, `wrote %s. What comes next:

  tenure source add https://example.org/tag/moves --kind tag
  tenure run
  tenure list moves
`, path)
			return err
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "overwrite a file that is there")
	return cmd
}

// writeNew writes a file that must not be there yet, unless force.
func writeNew(path string, data []byte, force bool) error {
	flags := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if force {
		flags = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	f, err := os.OpenFile(path, flags, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already; --force overwrites it", path)
	}
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
