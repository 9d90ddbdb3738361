package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// segments are the files of raw records. Only their end is ever written; one
// in which little is still wanted is removed after that was moved on:
//
//	00000001.warc.gz   full, never touched again
//	00000002.warc.gz   where the next record goes
//
// Records are written in groups, each synced before anyone is told and before
// the next is begun. So only the last group can be torn by a crash, and it is
// at most groupBytes long, or one record: that much is verified before the
// first append, and cut off if it is not whole.
type segments struct {
	dir  string
	max  int64 // size at which the next file is begun
	wait group[*appending]

	removing sync.RWMutex // held for reading by who relies on no file going away

	mu   sync.Mutex // guards what follows
	file *os.File   // nil until something is appended, and after a failure
	id   uint32
	end  int64
	shut bool
}

// appending is one record on its way into a segment.
type appending struct {
	member []byte
	ref    Ref
}

const groupBytes = 4 << 20

func (s *segments) init(dir string, o Options) { s.dir, s.max = dir, o.SegmentSize }

func (s *segments) name(id uint32) string {
	return filepath.Join(s.dir, fmt.Sprintf("%08d.warc.gz", id))
}

// append writes one member and returns where it is.
func (s *segments) append(ctx context.Context, member []byte) (Ref, error) {
	if err := ctx.Err(); err != nil {
		return Ref{}, err
	}
	a := &appending{member: member}
	err := s.wait.do(ctx, a, upToGroupBytes, s.writeAll)
	return a.ref, err
}

// upToGroupBytes returns how many members make a group.
func upToGroupBytes(queue []*member[*appending]) int {
	size := 0
	for i, m := range queue {
		if size += len(m.item.member); size > groupBytes {
			return i
		}
	}
	return len(queue)
}

// writeAll writes a group and syncs it.
func (s *segments) writeAll(batch []*member[*appending], _ func(int) []*member[*appending]) {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.writeGroup(batch)
	for _, m := range batch {
		m.err = err
	}
}

func (s *segments) writeGroup(batch []*member[*appending]) error {
	if err := s.ready(); err != nil {
		return writeError(s.dir, err)
	}
	var all []byte
	for _, m := range batch {
		m.item.ref = Ref{Segment: s.id, Offset: s.end + int64(len(all)), Length: int64(len(m.item.member))}
		all = append(all, m.item.member...)
	}
	_, err := s.file.WriteAt(all, s.end)
	if err == nil {
		err = s.file.Sync()
	}
	if err != nil {
		// What is on disk now is anyone's guess: look again before the next.
		return writeError(s.name(s.id), errors.Join(err, s.abandon()))
	}
	s.end += int64(len(all))
	return nil
}

// abandon cuts off what a failed group may have left, as far as the system
// lets it, and closes the file.
func (s *segments) abandon() error {
	f := s.file
	s.file = nil
	return errors.Join(f.Truncate(s.end), f.Close())
}

// ready makes sure that there is a file to append to.
func (s *segments) ready() error {
	switch {
	case s.shut:
		return ErrClosed
	case s.file == nil:
		if err := s.openLast(); err != nil {
			return err
		}
	}
	if s.file != nil && s.end < s.max {
		return nil
	}
	return s.begin(s.id + 1)
}

// roll makes the next record go into a new file.
func (s *segments) roll() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(); err != nil || s.end == 0 {
		return err
	}
	return s.begin(s.id + 1)
}

// begin starts a new file.
func (s *segments) begin(id uint32) error {
	if s.file != nil {
		if err := s.file.Close(); err != nil {
			return err
		}
		s.file = nil
	}
	if err := s.makeDir(); err != nil {
		return err
	}
	f, err := os.OpenFile(s.name(id), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := syncDir(s.dir); err != nil {
		return errors.Join(err, f.Close())
	}
	s.file, s.id, s.end = f, id, 0
	return nil
}

func (s *segments) makeDir() error {
	err := os.Mkdir(s.dir, 0o700)
	if errors.Is(err, fs.ErrExist) {
		return nil
	} else if err != nil {
		return err
	}
	return syncDir(filepath.Dir(s.dir))
}

// openLast opens the newest file, if there is one, and cuts a torn end off.
func (s *segments) openLast() error {
	ids, err := s.list()
	if err != nil || len(ids) == 0 {
		return err
	}
	s.id = ids[len(ids)-1]
	f, err := os.OpenFile(s.name(s.id), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	end, err := wholeEnd(f)
	if err == nil {
		err = cutAt(f, end)
	}
	if err != nil {
		return errors.Join(err, f.Close())
	}
	s.file, s.end = f, end
	return nil
}

func cutAt(f *os.File, end int64) error {
	info, err := f.Stat()
	if err != nil || info.Size() == end {
		return err
	}
	if err := f.Truncate(end); err != nil {
		return err
	}
	return f.Sync()
}

// list returns the numbers of the files there are, ascending.
func (s *segments) list() ([]uint32, error) {
	names, err := os.ReadDir(s.dir) // sorted
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	var ids []uint32
	for _, e := range names {
		var id uint32
		if _, err := fmt.Sscanf(e.Name(), "%08d.warc.gz", &id); err == nil && s.name(id) == filepath.Join(s.dir, e.Name()) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// read returns the bytes that ref refers to.
func (s *segments) read(ref Ref) ([]byte, error) {
	if ref.Segment == 0 || ref.Offset < 0 || ref.Length <= 0 || ref.Length > maxRaw {
		return nil, fmt.Errorf("raw record %+v: no such place", ref)
	}
	f, err := os.Open(s.name(ref.Segment))
	if err != nil {
		return nil, fmt.Errorf("raw record: %w", err)
	}
	defer f.Close()
	member := make([]byte, ref.Length)
	if _, err := f.ReadAt(member, ref.Offset); errors.Is(err, io.EOF) {
		return nil, &DamagedError{Path: f.Name(), Detail: fmt.Sprintf("it ends before the record of %d bytes at byte %d", ref.Length, ref.Offset)}
	} else if err != nil {
		return nil, fmt.Errorf("raw record: %w", err)
	}
	return member, nil
}

func (s *segments) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shut = true
	if s.file == nil {
		return nil
	}
	f := s.file
	s.file = nil
	return f.Close()
}
