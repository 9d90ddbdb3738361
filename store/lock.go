package store

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// lockSuffix names the note beside the file that says who has it. The note is
// for people; the lock itself is the system's, on the file, and goes with the
// process that held it.
const lockSuffix = ".lock"

// A Holder is who has a store open.
type Holder struct {
	PID     int       `json:"pid"`     // 0 if unknown
	Command string    `json:"command"` // empty if unknown
	Since   time.Time `json:"since"`   // zero if unknown
}

// A LockedError says that another process has the store.
type LockedError struct {
	Path   string
	Holder Holder
}

func (e *LockedError) Error() string {
	if e.Holder.PID == 0 {
		return fmt.Sprintf("%s is in use by another process; wait for it to end, then try again", e.Path)
	}
	return fmt.Sprintf("%s is in use by %q (pid %d, since %s); wait for it to end, or stop it with: kill %d",
		e.Path, e.Holder.Command, e.Holder.PID, e.Holder.Since.Format(time.RFC3339), e.Holder.PID)
}

// writeHolder leaves the note. A note that cannot be written is no reason to
// fail: the next one is then told less.
func writeHolder(path string, h Holder) {
	text, err := json.Marshal(h)
	if err != nil {
		return
	}
	tmp := fmt.Sprintf("%s%s.%d", path, lockSuffix, h.PID)
	if os.WriteFile(tmp, append(text, '\n'), 0o600) != nil || os.Rename(tmp, path+lockSuffix) != nil {
		_ = os.Remove(tmp)
	}
}

// removeHolder takes the note away; called while the lock is still held, so
// that it is never the next one's note.
func removeHolder(path string) { _ = os.Remove(path + lockSuffix) }

// findHolder says who has the lock: in the words of the note, if it is the
// holder's.
func findHolder(path string) Holder {
	note, system := readHolder(path), systemHolder(path)
	if system.PID == 0 || note.PID == system.PID {
		return note
	}
	return system
}

// readHolder reads the note; a note left by a process that is gone says
// nothing about who has the lock now.
func readHolder(path string) Holder {
	f, err := os.Open(path + lockSuffix)
	if err != nil {
		return Holder{}
	}
	defer f.Close()
	var h Holder
	if json.NewDecoder(io.LimitReader(f, 4096)).Decode(&h) != nil || h.PID <= 0 || !alive(h.PID) {
		return Holder{}
	}
	h.Command = strings.ToValidUTF8(h.Command, "?")
	return h
}
