package browser

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A tenure is the program with a data file of its own.
type tenure struct {
	program, home string
}

// build makes the program, or takes the one that TENURE_PROGRAM names.
func build(t *testing.T) string {
	t.Helper()
	if made := os.Getenv("TENURE_PROGRAM"); made != "" {
		return made
	}
	path := filepath.Join(t.TempDir(), "tenure")
	cmd := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-o", path, "./cmd/tenure")
	cmd.Dir = "../.."
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return path
}

func newTenure(t *testing.T, program string) *tenure {
	t.Helper()
	return &tenure{program, t.TempDir()}
}

// command is the program with arguments, away from all that the machine has.
func (p *tenure) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, p.program, args...)
	cmd.Dir = p.home
	cmd.Env = append(os.Environ(), "HOME="+p.home, "TENURE_DB="+filepath.Join(p.home, "tenure.db"), "TENURE_CONFIG=", "TENURE_DELAY=0s")
	return cmd
}

// run runs the program to its end, which may be a partial success, and
// returns what it printed.
func (p *tenure) run(t *testing.T, args ...string) string {
	t.Helper()
	cmd := p.command(t.Context(), args...)
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil && cmd.ProcessState.ExitCode() != partial {
		t.Fatalf("tenure %s: %v\n%s", strings.Join(args, " "), err, said.String())
	}
	return string(out)
}

const partial = 3 // exit code: some pages failed

// serve has the program answer on a free port until the test ends.
func (p *tenure) serve(t *testing.T) (base string) {
	t.Helper()
	return started(t, p.command(context.Background(), "serve", "--listen", "127.0.0.1:0"))
}

// started runs a command until the test ends, which must tell it to, and
// returns the address of the pages as soon as it says where they are.
func started(t *testing.T, cmd *exec.Cmd) (base string) {
	t.Helper()
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM) // which make hands on; it may have ended
		if err := cmd.Wait(); err != nil && filepath.Base(cmd.Path) != "make" {
			t.Errorf("%s: %v", cmd, err)
		}
	})
	lines := bufio.NewScanner(said)
	var all []string
	for lines.Scan() {
		all = append(all, lines.Text())
		if _, after, ok := strings.Cut(lines.Text(), "answers on "); ok {
			base, _, _ = strings.Cut(after, "/;")
			go func() { _, _ = io.Copy(io.Discard, said) }() // until it ends
			return base
		}
	}
	t.Fatalf("%s did not say where it answers: %q", cmd, all)
	return ""
}

// fill makes a pass over the recorded site.
func (p *tenure) fill(t *testing.T, site string) {
	t.Helper()
	p.run(t, "source", "add", site+"/tag/people", "--kind", "tag", "--every", "6h")
	p.run(t, "source", "add", site+"/feed.xml", "--kind", "feed", "--tag", "Appointments")
	p.run(t, "source", "add", site+"/sitemap-that-moved.xml", "--kind", "sitemap")
	p.run(t, "run", "--allow-private", "--delay", "0s", "--quiet")
}

// records reads what a command prints as JSON Lines.
func records[T any](t *testing.T, out string) (all []T) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(out))
	for d.More() {
		var x T
		if err := d.Decode(&x); err != nil {
			t.Fatal(err)
		}
		all = append(all, x)
	}
	return all
}

// chromium starts the browser that TENURE_CHROMIUM names or the machine has.
// Where there is none, the test is skipped and says so.
func chromium(t *testing.T) *Chromium {
	t.Helper()
	path := os.Getenv("TENURE_CHROMIUM")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path == "" {
			path, _ = exec.LookPath(name) // the next one will do
		}
	}
	if path == "" {
		t.Skip("no Chromium here: the pages were not opened in a browser; install it or name it in TENURE_CHROMIUM")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Minute)
	t.Cleanup(cancel)
	c, err := Start(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// quoted is a string in a script.
func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string has no other side
	}
	return string(b)
}
