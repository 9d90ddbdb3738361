package store

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// EachRaw calls fn for every raw record that was not freed, segment by
// segment, with the Ref that was first given for it, until fn returns an
// error; ErrStop ends the walk without one. A record that is damaged ends it
// with a *DamagedError, as nothing tells where the next one begins. Records
// that are appended meanwhile may be met.
func (db *DB) EachRaw(ctx context.Context, fn func(Ref, RawRecord) error) error {
	ids, err := db.raw.list()
	if err != nil {
		return fmt.Errorf("walk raw pages: %w", err)
	}
	w := rawWalk{db: db, given: map[Ref]Ref{}, fn: fn}
	if err := w.prepare(); err != nil {
		return fmt.Errorf("walk raw pages: %w", err)
	}
	for _, id := range ids {
		err := w.segment(ctx, id)
		if errors.Is(err, ErrStop) {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

// A rawWalk is one call of EachRaw.
type rawWalk struct {
	db    *DB
	dead  map[uint32]map[int64]int64
	given map[Ref]Ref // of a record that was moved, by where it is
	fn    func(Ref, RawRecord) error
}

func (w *rawWalk) prepare() (err error) {
	if w.dead, err = w.db.freedBySegment(); err != nil {
		return err
	}
	return w.db.View(func(tx *Tx) error {
		rows, err := moved.Scan(tx, nil, nil, 0)
		for _, row := range rows {
			now, derr := decodeRef(row.Value)
			from := KeyReader{rest: row.Key}
			w.given[now] = Ref{Segment: from.Uint32(), Offset: int64(from.Uint64()), Length: now.Length}
			err = errors.Join(err, derr)
		}
		return err
	})
}

// segment calls fn for the records of one segment.
func (w *rawWalk) segment(ctx context.Context, id uint32) error {
	raw := &w.db.raw
	places, size, err := raw.places(id)
	if err != nil {
		return fmt.Errorf("walk raw pages: %w", err)
	}
	for _, p := range places {
		if err := ctx.Err(); err != nil {
			return err
		}
		if w.dead[id][p.offset] == p.length {
			continue
		}
		ref := Ref{Segment: id, Offset: p.offset, Length: p.length}
		r, err := w.db.ReadRaw(ref)
		if given, ok := w.given[ref]; ok {
			ref = given
		}
		if err == nil {
			err = w.fn(ref, r)
		}
		if err != nil {
			return err
		}
	}
	if end := endOf(places); end < size && !raw.isLast(id) { // the end of the last one may be torn, or just being written
		return &DamagedError{Path: raw.name(id), Detail: fmt.Sprintf("no record begins at byte %d of %d", end, size)}
	}
	return nil
}

// places returns where the records of a segment are, and its size.
func (s *segments) places(id uint32) ([]place, int64, error) {
	f, err := os.Open(s.name(id))
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	size, err := fileSize(f)
	if err != nil {
		return nil, 0, err
	}
	places, err := walkMembers(f)
	return places, size, err
}

func (s *segments) isLast(id uint32) bool {
	ids, err := s.list()
	return err == nil && len(ids) > 0 && ids[len(ids)-1] == id
}

// Usage is how much room a store takes.
type Usage struct {
	File     int64 `json:"file"`     // bytes of the file
	Free     int64 `json:"free"`     // of them, left by what was deleted; used again, or freed by Compact
	Pages    int64 `json:"pages"`    // bytes of raw pages
	Segments int   `json:"segments"` // files they are in
}

// Usage returns how much room the store takes now.
func (db *DB) Usage() (u Usage, err error) {
	h := db.open.Load()
	if u.File, err = fileSize(h.file); err != nil {
		return u, fmt.Errorf("usage of %s: %w", db.path, err)
	}
	if !db.opts.ReadOnly {
		s := h.bolt.Stats()
		u.Free = int64(s.FreePageN+s.PendingPageN) * pageSize
	}
	ids, err := db.raw.list()
	if err == nil {
		u.Segments = len(ids)
		u.Pages, err = db.raw.size()
	}
	if err != nil {
		return u, fmt.Errorf("usage of %s: %w", db.path, err)
	}
	return u, nil
}

// size returns how many bytes the segments have.
func (s *segments) size() (n int64, err error) {
	ids, err := s.list()
	for _, id := range ids {
		info, serr := os.Stat(s.name(id))
		if serr != nil {
			return n, serr
		}
		n += info.Size()
	}
	return n, err
}
