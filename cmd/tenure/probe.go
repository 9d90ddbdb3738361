package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"

	"tenure/extract"
)

// probe reads a page in a process of its own, as 'tenure extract' does, and
// returns an error if that process dies of it. That it finds nothing on the
// page, or says that it cannot read it, is no error.
func (a *app) probe(ctx context.Context, page extract.Page) error {
	cmd := exec.CommandContext(ctx, a.self, "extract", "--quiet", "--json", "--url", page.URL, "--date", page.At.UTC().Format("2006-01-02"), "-")
	cmd.Args[0] = os.Args[0]
	cmd.Stdin = bytes.NewReader(page.Body)
	err := cmd.Run()
	var exit *exec.ExitError
	if err == nil || ctx.Err() == nil && errors.As(err, &exit) && (exit.ExitCode() == exitFailed || exit.ExitCode() == exitPartial) {
		return nil
	}
	return fmt.Errorf("read %s in another process: %w", page.URL, err)
}
