package main

import (
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

// extractionVersion changes whenever the same page may give another record.
func extractionVersion(recognizer string) string {
	if recognizer == "" {
		recognizer = recognizers()[0]
	}
	return "1/" + recognizer
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  a.args(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			if a.json {
				return a.writeJSON(map[string]string{"version": version(), "go": runtime.Version(), "extraction": extractionVersion("")})
			}
			_, err := fmt.Fprintf(a.stdout, "tenure %s (%s)\n", version(), runtime.Version())
			return err
		},
	}
}
