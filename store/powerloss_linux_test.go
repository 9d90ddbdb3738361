package store

import (
	"bufio"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// record runs the job under strace and returns the calls that matter.
func record(t *testing.T, dir, mode string) []syscallLine {
	t.Helper()
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "trace")
	cmd := exec.Command(strace, "-f", "-qq", "-y", "-xx", "-s", "1000000", "-o", out, "-e",
		"trace=openat,mkdirat,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat", exe)
	cmd.Env = append(os.Environ(), childEnv+"=record "+filepath.Join(dir, "test.db")+" "+mode)
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		t.Skip("strace did not run:", err)
	}
	f, err := os.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return parseTrace(t, f, dir)
}

// A syscallLine is one finished call: its name, its arguments with strings
// decoded, and the name of the file its first argument is open on.
type syscallLine struct {
	call string
	file string
	args []string
}

var (
	finished   = regexp.MustCompile(`^\d+ +(\w+)\((.*)\) += (\d+)`)
	unfinished = regexp.MustCompile(`^(\d+) +(\w+\(.*) <unfinished \.\.\.>$`)
	resumed    = regexp.MustCompile(`^(\d+) +<\.\.\. \w+ resumed>(.*)$`)
	argument   = regexp.MustCompile(`"((?:\\x[0-9a-f]{2})*)"|(\d+|AT_FDCWD)<([^>]*)>|([^, ]+)`)
)

func parseTrace(t *testing.T, f *os.File, dir string) (list []syscallLine) {
	t.Helper()
	begun := map[string]string{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		line := lines.Text()
		if m := unfinished.FindStringSubmatch(line); m != nil {
			begun[m[1]] = m[1] + " " + m[2]
			continue
		}
		if m := resumed.FindStringSubmatch(line); m != nil {
			line = begun[m[1]] + m[2]
		}
		m := finished.FindStringSubmatch(line)
		if m == nil {
			continue // failed, a signal, an exit
		}
		s := syscallLine{call: m[1]}
		for i, a := range argument.FindAllStringSubmatch(m[2], -1) {
			switch {
			case a[3] != "" && i == 0:
				s.file = decodeHex(a[3])
				s.args = append(s.args, a[2])
			case strings.HasPrefix(a[0], `"`):
				s.args = append(s.args, decodeHex(a[1]))
			default:
				s.args = append(s.args, a[0])
			}
		}
		if s.call == "openat" || s.call == "mkdirat" || strings.HasPrefix(s.file, dir) || s.call == "write" || strings.HasPrefix(s.call, "link") || strings.HasPrefix(s.call, "rename") || strings.HasPrefix(s.call, "unlink") {
			list = append(list, s)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

func decodeHex(s string) string {
	if !strings.Contains(s, `\x`) {
		return s
	}
	b, err := hex.DecodeString(strings.ReplaceAll(s, `\x`, ""))
	if err != nil {
		return s
	}
	return string(b)
}

// A disk is what a file system knows: what is sure to be there after the
// power fails, and what may be.
type disk struct {
	root  string
	names map[string]*inode // as programs see them
	dirs  map[string]*directory
	acks  []string
}

// A directory is which names were there when it was last synced, and then
// after each change: the journal of a file system keeps their order.
type directory struct {
	durable map[string]*inode
	pending []map[string]*inode
}

// An inode is a file without its name.
type inode struct {
	durable []byte
	pending []change
}

// A change is a write, or a truncation if data is nil.
type change struct {
	at   int64
	data []byte
}

func newDisk(root string) *disk {
	return &disk{root: root, names: map[string]*inode{}, dirs: map[string]*directory{root: {}}}
}

// directory returns the directory of that name and which names are in it now.
func (d *disk) directory(name string) (*directory, map[string]*inode) {
	if d.dirs[name] == nil {
		d.dirs[name] = &directory{}
	}
	now := maps.Clone(d.names)
	maps.DeleteFunc(now, func(path string, _ *inode) bool { return filepath.Dir(path) != name })
	return d.dirs[name], now
}

// changed notes that a name came, went or moved within its directory.
func (d *disk) changed(path string) {
	dir, now := d.directory(filepath.Dir(path))
	dir.pending = append(dir.pending, now)
}

// do applies one call.
func (d *disk) do(t *testing.T, s syscallLine) {
	number := func(i int) int64 {
		n, err := strconv.ParseInt(s.args[i], 0, 64)
		if err != nil {
			t.Fatalf("%+v: %v", s, err)
		}
		return n
	}
	ino := d.names[s.file]
	paths := slices.DeleteFunc(slices.Clone(s.args), func(a string) bool { return !strings.HasPrefix(a, d.root+"/") })
	switch s.call {
	case "openat", "mkdirat":
		if len(paths) == 1 && d.names[paths[0]] == nil && (s.call == "mkdirat" || strings.Contains(s.args[2], "O_CREAT")) {
			d.names[paths[0]] = &inode{}
			d.changed(paths[0])
			if s.call == "mkdirat" {
				d.dirs[paths[0]] = &directory{}
			}
		}
	case "write", "pwrite64":
		if ack, ok := strings.CutPrefix(s.args[1], "ack "); ok && s.args[0] == "1" {
			d.acks = append(d.acks, strings.TrimSpace(ack))
		} else if ino != nil && s.call == "pwrite64" {
			ino.pending = append(ino.pending, change{number(3), []byte(s.args[1])})
		} else if ino != nil {
			ino.pending = append(ino.pending, change{int64(len(ino.with(ino.pending, nil))), []byte(s.args[1])})
		}
	case "ftruncate":
		ino.pending = append(ino.pending, change{at: number(1)})
	case "fsync", "fdatasync":
		if d.dirs[s.file] != nil {
			dir, now := d.directory(s.file)
			dir.durable, dir.pending = now, nil
		} else if ino != nil {
			ino.durable, ino.pending = ino.with(ino.pending, nil), nil
		}
	case "rename", "renameat", "renameat2", "link", "linkat":
		if len(paths) == 2 {
			d.names[paths[1]] = d.names[paths[0]]
			if strings.HasPrefix(s.call, "rename") {
				delete(d.names, paths[0])
			}
			d.changed(paths[1])
		}
	case "unlink", "unlinkat":
		if len(paths) == 1 {
			delete(d.names, paths[0])
			d.changed(paths[0])
		}
	}
}

// with returns the content after the given changes; torn, if not nil, decides
// for each sector of 512 bytes whether it was written.
func (f *inode) with(list []change, torn func() bool) []byte {
	content := slices.Clone(f.durable)
	for _, c := range list {
		if c.data == nil {
			content = resize(content, c.at)
			continue
		}
		if end := c.at + int64(len(c.data)); end > int64(len(content)) {
			content = resize(content, end)
		}
		for i := 0; i < len(c.data); {
			n := min(512-int(c.at+int64(i))%512, len(c.data)-i)
			if torn == nil || torn() {
				copy(content[c.at+int64(i):], c.data[i:i+n])
			}
			i += n
		}
	}
	return content
}

func resize(b []byte, size int64) []byte {
	if size <= int64(len(b)) {
		return b[:size]
	}
	return append(b, make([]byte, size-int64(len(b)))...)
}

// afterPowerLoss writes into dir one of the states that may be found: of what
// was not synced, any part, and of a write any of its sectors.
func (d *disk) afterPowerLoss(t *testing.T, r *rand.Rand, dir string) {
	t.Helper()
	names := map[string]*inode{d.root: nil}
	for _, name := range slices.Sorted(maps.Keys(d.dirs)) { // parents first
		if _, there := names[name]; !there {
			continue
		}
		found := d.dirs[name].durable
		if k := r.IntN(len(d.dirs[name].pending) + 1); k > 0 {
			found = d.dirs[name].pending[k-1]
		}
		maps.Copy(names, found)
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		to := filepath.Join(dir, strings.TrimPrefix(name, d.root))
		var err error
		if d.dirs[name] != nil {
			err = os.Mkdir(to, 0o700)
		} else {
			err = os.WriteFile(to, names[name].afterPowerLoss(r), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// afterPowerLoss returns what may be found in the file.
func (f *inode) afterPowerLoss(r *rand.Rand) []byte {
	var kept []change
	keep, whole := r.IntN(5), r.IntN(2) == 0
	for _, c := range f.pending {
		if r.IntN(4) < keep {
			kept = append(kept, c)
		}
	}
	return f.with(kept, func() bool { return whole || r.IntN(3) > 0 })
}

// lost returns what is wrong with a state that was found after a power loss.
func lost(t *testing.T, path string, acks []string) error {
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		if len(acks) > 0 {
			return errors.New("there is no file")
		}
		return nil
	}
	report, err := Check(t.Context(), path)
	if err = errors.Join(err, report.Err()); err != nil {
		return err
	}
	db, err := Open(path, Options{noSync: true})
	if err != nil {
		return err
	}
	defer db.Close()
	err = db.View(func(tx *Tx) error {
		for _, ack := range acks {
			if ack == "first" {
				if _, ok, err := logbook.Get(tx, Key(ack)); !ok || err != nil {
					return fmt.Errorf("the first record is lost: %w", err)
				}
				continue
			}
			key, err := hex.DecodeString(ack)
			if err != nil {
				return err
			}
			if p, ok, err := people.Get(tx, key); p.Name != ack || !ok || err != nil {
				return fmt.Errorf("record %s is lost: %v", ack, err)
			}
			ref, _, err := rawRefs.Get(tx, key)
			if err != nil {
				return err
			}
			if raw, err := db.ReadRaw(ref); err != nil || raw.URL != ack {
				return fmt.Errorf("page of %s is lost: %v", ack, err)
			}
		}
		n, err := countWritten(tx)
		if a, b, c, d := people.Count(tx), byAge.Count(tx), initial.Count(tx), rawRefs.Count(tx); err == nil && (a != b || b != c || c != d || d != n) {
			err = fmt.Errorf("%d records, %d and %d keys, %d places, %d counted", a, b, c, d, n)
		}
		return err
	})
	if err != nil {
		return err
	}
	return writeOne(t.Context(), db, Key("after"), 10)
}

// Power may fail at any call: from what was synced and any part of what was
// not, the store opens with all it acknowledged. The same run without syncing
// does not pass, so the test can tell.
func TestPowerLoss(t *testing.T) {
	states := 60
	if torture(t) {
		states = 12_000
	}
	for _, tt := range []struct {
		mode   string
		states int
	}{{"sync", states}, {"nosync", states / 3}} {
		t.Run(tt.mode, func(t *testing.T) {
			recorded := t.TempDir()
			calls := record(t, recorded, tt.mode)
			bad := countBad(t, recorded, calls, tt.states, tt.mode == "sync")
			t.Logf("%d calls, %d states, %d bad", len(calls), tt.states, bad)
			if control := tt.mode == "nosync"; control != (bad > 0) {
				t.Errorf("%d of %d states are bad", bad, tt.states)
			}
		})
	}
}

// countBad makes states spread over all calls and returns how many are bad.
func countBad(t *testing.T, dir string, calls []syscallLine, states int, report bool) (bad int) {
	t.Helper()
	r := rand.New(rand.NewPCG(11, 12))
	d := newDisk(dir)
	made := 0
	scratch := t.TempDir()
	for i, c := range calls {
		d.do(t, c)
		for ; made*len(calls) < (i+1)*states; made++ {
			at := filepath.Join(scratch, "state")
			if err := os.RemoveAll(at); err != nil {
				t.Fatal(err)
			}
			d.afterPowerLoss(t, r, at)
			if err := lost(t, filepath.Join(at, "test.db"), d.acks); err != nil {
				if bad++; report && bad < 5 {
					t.Errorf("state %d, after call %d (%s %s), %d acknowledged: %v", made, i, c.call, c.file, len(d.acks), err)
				}
			}
		}
	}
	if len(d.acks) != 61 {
		t.Errorf("recorded %d acknowledgements", len(d.acks))
	}
	return bad
}
