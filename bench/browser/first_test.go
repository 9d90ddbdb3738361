package browser

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// testFirst does what the README promises to whoever has nothing yet: a clone,
// one command, and a move with its quote is in the browser.
func testFirst(t *testing.T, c *Chromium) {
	if _, err := os.Stat("../../.git"); err != nil {
		t.Skip("this is no clone, and nothing to make one of")
	}
	dir := filepath.Join(t.TempDir(), "tenure")
	if out, err := exec.CommandContext(t.Context(), "git", "clone", "--quiet", "--depth", "1", "file://"+root(t), dir).CombinedOutput(); err != nil {
		t.Fatalf("git clone: %v\n%s", err, out)
	}
	readme, err := os.ReadFile(filepath.Join(dir, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), "\n    make show ") {
		t.Error("the README does not say 'make show'")
	}
	cmd := exec.Command("make", "-s", "show", "LISTEN=127.0.0.1:0")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir(), "GOPATH="+golang(t, "GOPATH"), "GOCACHE="+golang(t, "GOCACHE"), "GOFLAGS=-modcacherw "+os.Getenv("GOFLAGS"))
	base := started(t, cmd)

	tab := open(t, c, looks()[0])
	if _, err := tab.Open(base + "/"); err != nil {
		t.Fatal(err)
	}
	if _, err := tab.Go(func() error { return tab.Click(".moves th a") }); err != nil {
		t.Fatal(err)
	}
	var quotes []string
	if err := tab.Eval(`[...document.querySelectorAll('.reasons mark')].map(m => m.textContent)`, &quotes); err != nil {
		t.Fatal(err)
	}
	if len(quotes) == 0 || quotes[0] == "" {
		t.Error("the first move has no quote")
	}
	keepPicture(t, tab, "first.png")
}

func root(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// golang is what the go command goes by.
func golang(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "env", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}
