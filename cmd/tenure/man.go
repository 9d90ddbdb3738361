package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func (a *app) manCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "man",
		Short: "Print the manual page, or write it to a directory",
		Args:  a.args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			page := manual(cmd.Root())
			if dir == "" {
				_, err := a.stdout.Write([]byte(page))
				return err
			}
			path := filepath.Join(dir, "tenure.1")
			if a.dryRun {
				a.say("would write %s", path)
				return nil
			}
			if err := os.WriteFile(path, []byte(page), 0o644); err != nil {
				return err
			}
			a.say("wrote %s; read it with 'man %s'", path, path)
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", "write tenure.1 to this `DIRECTORY`")
	return cmd
}

// manual returns the manual page in roff, made from the commands themselves.
func manual(root *cobra.Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH TENURE 1 \"\" \"tenure %s\" \"User Commands\"\n", release)
	fmt.Fprintf(&b, ".SH NAME\ntenure \\- %s\n", roff(root.Short))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B tenure\n\\fICOMMAND\\fR [\\fIOPTION\\fR]...\n")
	fmt.Fprintf(&b, ".SH DESCRIPTION\n%s\n", roff(root.Long))
	fmt.Fprintf(&b, ".SH OPTIONS OF EVERY COMMAND\n")
	manFlags(&b, root.PersistentFlags())
	fmt.Fprintf(&b, ".SH COMMANDS\n")
	manCommands(&b, root)
	fmt.Fprintf(&b, ".SH EXIT STATUS\n")
	for _, e := range [][2]string{
		{"0", "done, also if there was nothing new"}, {"1", "failed"}, {"2", "the command line cannot be meant"},
		{"3", "partial: some sources or pages failed, the rest is stored"}, {"4", "bad configuration"},
		{"75", "another run is under way"},
	} {
		fmt.Fprintf(&b, ".TP\n.B %s\n%s\n", e[0], roff(e[1]))
	}
	fmt.Fprintf(&b, ".SH ENVIRONMENT\n.TP\n.B TENURE_DB, TENURE_CONFIG\nused where \\-\\-db and \\-\\-config are not given\n"+
		".TP\n.B TENURE_\\fIKEY\\fR\nany single setting of the configuration file, as TENURE_DELAY=2s\n.TP\n.B NO_COLOR\nno colours\n")
	return b.String()
}

func manCommands(b *strings.Builder, parent *cobra.Command) {
	for _, c := range parent.Commands() {
		if c.Hidden || c.Name() == "help" {
			continue
		}
		fmt.Fprintf(b, ".SS %s\n%s\n", roff(strings.TrimSpace(parent.CommandPath()+" "+c.Use)), roff(longer(c)))
		manFlags(b, c.LocalNonPersistentFlags())
		if c.Example != "" {
			fmt.Fprintf(b, ".PP\nExamples:\n.nf\n%s\n.fi\n", roff(c.Example))
		}
		manCommands(b, c)
	}
}

func longer(c *cobra.Command) string {
	if c.Long != "" {
		return c.Long
	}
	return c.Short + "."
}

func manFlags(b *strings.Builder, flags *pflag.FlagSet) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		fmt.Fprintf(b, ".TP\n\\fB\\-\\-%s\\fR %s\n%s\n", roff(f.Name), roff(value), roff(usage))
	})
}

// roff makes text safe to stand in a manual page.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") {
			lines[i] = `\&` + l
		}
	}
	return strings.Join(lines, "\n")
}
