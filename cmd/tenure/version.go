package main

import (
	"crypto/sha256"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// release is the version of this program.
const release = "0.1.0"

// version returns the release, and the commit it was built from if known.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return release
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return release + "+" + s.Value[:12]
		}
	}
	return release
}

// extractionVersion changes whenever the same page may give another record:
// with the program's release, and with the settings that extraction depends
// on.
func (c *config) extractionVersion(recognizer string) string {
	if recognizer == "" {
		recognizer = recognizers()[0]
	}
	v := release + "/" + recognizer
	if len(c.Labels)+len(c.Names) > 0 {
		v += fmt.Sprintf("/%x", sha256.Sum256([]byte(fmt.Sprint(c.Labels, c.Names))))[:13]
	}
	return v
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  a.args(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			if a.json {
				return a.writeJSON(map[string]string{"version": version(), "go": runtime.Version(), "extraction": (&config{}).extractionVersion("")})
			}
			_, err := fmt.Fprintf(a.stdout, "tenure %s (%s)\n", version(), runtime.Version())
			return err
		},
	}
}
