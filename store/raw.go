package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"
)

// A RawRecord is a fetched page as it came.
type RawRecord struct {
	URL       string            // what was asked for
	At        time.Time         // when; kept to the nanosecond, in UTC
	Status    int               // HTTP status; 0 for what did not come over HTTP
	Header    map[string]string // HTTP header; of a record without status only Content-Type is kept
	Meta      map[string]string // what else is to be kept with it, under names of letters, digits and hyphens
	Truncated bool              // Body was cut at a size limit
	Body      []byte            // without transfer or content encoding
}

// A Ref says where a raw record is.
type Ref struct {
	Segment uint32 `json:"s"` // counts from 1
	Offset  int64  `json:"o"` // bytes from the beginning of the segment
	Length  int64  `json:"n"` // bytes it takes there, compressed
}

// IsZero reports whether r refers to nothing.
func (r Ref) IsZero() bool { return r == Ref{} }

const (
	pagesSuffix = ".pages"
	maxRaw      = 64 << 20 // bytes of one record, before and after compression
)

// AppendRaw keeps a record. It is on disk when AppendRaw returns, so a Ref
// that is stored afterwards never leads nowhere. Callers that come at the
// same time share the wait for the disk.
//
// Records go, each a gzip member of its own, into numbered files in the
// directory named like the store with ".pages" behind it. They are WARC 1.1
// files, which other programs can read.
func (db *DB) AppendRaw(ctx context.Context, r RawRecord) (Ref, error) {
	if db.opts.ReadOnly {
		return Ref{}, fmt.Errorf("keep %s: %w", r.URL, ErrReadOnly)
	}
	member, err := packRecord(r)
	if err != nil {
		return Ref{}, fmt.Errorf("keep %s: %w", r.URL, err)
	}
	ref, err := db.raw.append(ctx, member)
	if err != nil {
		return Ref{}, fmt.Errorf("keep %s: %w", r.URL, err)
	}
	return ref, nil
}

// ReadRaw returns the record that ref refers to; ErrPruned if it was removed, a
// *DamagedError if it is not what was written.
func (db *DB) ReadRaw(ref Ref) (RawRecord, error) {
	ref, member, err := db.readMember(ref)
	if err != nil {
		return RawRecord{}, err
	}
	r, err := unpackRecord(member)
	if err != nil {
		return RawRecord{}, &DamagedError{Path: db.raw.name(ref.Segment), Detail: fmt.Sprintf("record at byte %d: %v", ref.Offset, err)}
	}
	return r, nil
}

// HasRaw returns nil if a record begins where ref says and has its length; it
// does not look into it. Its errors are those of ReadRaw.
func (db *DB) HasRaw(ref Ref) error {
	head := ref
	head.Length = min(ref.Length, memberHeader)
	at, member, err := db.readMember(head)
	if n, ok := memberLength(member); err == nil && (!ok || n != ref.Length) {
		err = &DamagedError{Path: db.raw.name(at.Segment), Detail: fmt.Sprintf("no record of %d bytes begins at byte %d", ref.Length, at.Offset)}
	}
	return err
}

// readMember returns the bytes that ref refers to, and where they were found:
// a record that ShrinkRaw moved is read where it is now.
func (db *DB) readMember(ref Ref) (at Ref, member []byte, err error) {
	member, err = db.raw.read(ref)
	if !errors.Is(err, fs.ErrNotExist) {
		return ref, member, err
	}
	at, err = db.whereIs(ref)
	if err != nil {
		return ref, nil, err
	}
	at.Length = ref.Length
	member, err = db.raw.read(at)
	if errors.Is(err, fs.ErrNotExist) {
		err = &DamagedError{Path: db.raw.name(at.Segment), Detail: "it is missing"}
	}
	return at, member, err
}
