package store

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// EachRaw calls fn for every raw record, in the order they were kept, until
// fn returns an error; ErrStop ends the walk without one. A record that is
// damaged ends it with a *DamagedError, as nothing tells where the next one
// begins. Records that are appended meanwhile may be met.
func (db *DB) EachRaw(ctx context.Context, fn func(Ref, RawRecord) error) error {
	ids, err := db.raw.list()
	if err != nil {
		return fmt.Errorf("walk raw pages: %w", err)
	}
	for _, id := range ids {
		err := db.eachOf(ctx, id, fn)
		if errors.Is(err, ErrStop) {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

// eachOf calls fn for the records of one segment.
func (db *DB) eachOf(ctx context.Context, id uint32, fn func(Ref, RawRecord) error) error {
	places, size, err := db.raw.places(id)
	if err != nil {
		return fmt.Errorf("walk raw pages: %w", err)
	}
	at := int64(0)
	for _, p := range places {
		if err := ctx.Err(); err != nil {
			return err
		}
		ref := Ref{Segment: id, Offset: p.offset, Length: p.length}
		r, err := db.ReadRaw(ref)
		if err == nil {
			err = fn(ref, r)
		}
		if err != nil {
			return err
		}
		at = p.offset + p.length
	}
	if at < size && !db.raw.isLast(id) { // the end of the last one may be torn, or just being written
		return &DamagedError{Path: db.raw.name(id), Detail: fmt.Sprintf("no record begins at byte %d of %d", at, size)}
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
