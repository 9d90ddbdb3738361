package main

import (
	"cmp"
	"fmt"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"
)

func (a *app) configCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Check or show the configuration",
		Args:  a.unknownCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "check",
		Short: "Check the configuration file",
		Args:  a.args(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			c, err := a.loadConfig()
			if err != nil {
				return err
			}
			if _, err := c.hooks(a.getenv); err != nil {
				return err
			}
			if a.json {
				return a.writeJSON(map[string]any{"ok": true, "file": c.path})
			}
			a.say("%s: no mistakes found", cmp.Or(c.path, "no configuration file"))
			return nil
		},
	}, &cobra.Command{
		Use:   "show",
		Short: "Print the settings in force, as YAML",
		Args:  a.args(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			c, err := a.loadConfig()
			if err != nil {
				return err
			}
			if c.DB, err = a.dbPath(c); err != nil {
				return err
			}
			c.Recognizer = cmp.Or(c.Recognizer, recognizers()[0])
			out, err := yaml.Marshal(c)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.stdout, "# from %s\n%s", cmp.Or(c.path, "defaults"), out)
			return err
		},
	})
	return cmd
}
