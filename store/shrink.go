package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
)

// ErrPruned is returned for a raw page that is no longer kept.
var ErrPruned = errors.New("raw page is no longer kept")

// What became of raw records after they were kept. A Ref that was given out
// stays good for as long as its record is wanted, wherever that is moved.
var (
	freed   = NewIndex("store.freed")   // segment, offset: length of a record that is not wanted any more
	moved   = NewIndex("store.moved")   // segment, offset: the Ref where a record is now
	removed = NewIndex("store.removed") // segment: its file is gone, or is to go
)

func placeKey(r Ref) []byte { return Key(r.Segment, uint64(r.Offset)) }

func encodeRef(r Ref) []byte { return Key(r.Segment, uint64(r.Offset), uint64(r.Length)) }

func decodeRef(b []byte) (Ref, error) {
	k := KeyReader{rest: b}
	r := Ref{Segment: k.Uint32(), Offset: int64(k.Uint64()), Length: int64(k.Uint64())}
	return r, k.Err()
}

// FreeRaw says that a raw record is not wanted any more. ShrinkRaw makes room
// of it; until then it can still be read. Freeing a record again does nothing.
func FreeRaw(tx *Tx, ref Ref) error {
	if ref.IsZero() {
		return nil
	}
	now, ok, err := movedTo(tx, ref)
	if err != nil {
		return err
	}
	if ok {
		if err := moved.Delete(tx, placeKey(ref)); err != nil {
			return err
		}
		ref = now
	}
	if _, gone, err := removed.Get(tx, Key(ref.Segment)); err != nil || gone {
		return err
	}
	return freed.Put(tx, placeKey(ref), Key(uint64(ref.Length)))
}

// movedTo returns where a record is that was moved.
func movedTo(tx *Tx, ref Ref) (now Ref, ok bool, err error) {
	value, ok, err := moved.Get(tx, placeKey(ref))
	if err != nil || !ok {
		return Ref{}, false, err
	}
	now, err = decodeRef(value)
	return now, err == nil, err
}

// whereIs says where a record is now whose segment is not there.
func (db *DB) whereIs(ref Ref) (now Ref, err error) {
	err = db.View(func(tx *Tx) error {
		to, ok, err := movedTo(tx, ref)
		if err != nil || ok {
			now = to
			return err
		}
		_, gone, err := removed.Get(tx, Key(ref.Segment))
		switch {
		case err != nil:
			return err
		case gone:
			return ErrPruned
		}
		return &DamagedError{Path: db.raw.name(ref.Segment), Detail: "it is missing"}
	})
	return now, err
}

// ShrinkRaw makes room of records that were freed: of each segment in which
// they take at least the given share of the bytes, it moves what is left into
// the newest one and removes the file. It returns how many bytes that freed.
// It may be interrupted at any moment; reads and writes go on meanwhile.
func (db *DB) ShrinkRaw(ctx context.Context, share float64) (bytes int64, err error) {
	if db.opts.ReadOnly {
		return 0, fmt.Errorf("shrink raw pages: %w", ErrReadOnly)
	}
	bytes, err = db.shrink(ctx, share)
	if err != nil {
		return bytes, fmt.Errorf("shrink raw pages: %w", fullError(db.raw.dir, err))
	}
	return bytes, nil
}

func (db *DB) shrink(ctx context.Context, share float64) (bytes int64, err error) {
	db.raw.removing.Lock()
	defer db.raw.removing.Unlock()
	if err := db.removeSegments(); err != nil { // left over by one that was interrupted
		return 0, err
	}
	dead, err := db.freedBySegment()
	if err != nil {
		return 0, err
	}
	before, err := db.raw.size()
	if err != nil {
		return 0, err
	}
	for _, id := range slices.Sorted(maps.Keys(dead)) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		info, err := os.Stat(db.raw.name(id))
		if err != nil {
			return 0, err
		}
		if float64(sum(dead[id])) < share*float64(info.Size()) {
			continue
		}
		if err := db.moveOut(ctx, id, dead[id]); err != nil {
			return 0, err
		}
	}
	if err := db.removeSegments(); err != nil {
		return 0, err
	}
	after, err := db.raw.size()
	return before - after, err
}

// freedBySegment returns the length of each freed record by its offset.
func (db *DB) freedBySegment() (map[uint32]map[int64]int64, error) {
	dead := map[uint32]map[int64]int64{}
	err := db.View(func(tx *Tx) error {
		rows, err := freed.Scan(tx, nil, nil, 0)
		for _, row := range rows {
			r := freedRef(row)
			if dead[r.Segment] == nil {
				dead[r.Segment] = map[int64]int64{}
			}
			dead[r.Segment][r.Offset] = r.Length
		}
		return err
	})
	return dead, err
}

func freedRef(e Entry) Ref {
	k, v := KeyReader{rest: e.Key}, KeyReader{rest: e.Value}
	return Ref{Segment: k.Uint32(), Offset: int64(k.Uint64()), Length: int64(v.Uint64())}
}

func sum(lengths map[int64]int64) (n int64) {
	for _, l := range lengths {
		n += l
	}
	return n
}

// moveOut copies the records of a segment that are not dead to the end of the
// newest one and notes where they are; from then on the file may go.
func (db *DB) moveOut(ctx context.Context, id uint32, dead map[int64]int64) error {
	places, size, err := db.raw.places(id)
	if err != nil {
		return err
	}
	if db.raw.isLast(id) {
		if err := db.raw.roll(); err != nil {
			return err
		}
	} else if end := endOf(places); end < size {
		return &DamagedError{Path: db.raw.name(id), Detail: fmt.Sprintf("no record begins at byte %d of %d", end, size)}
	}
	m := mover{raw: &db.raw, to: map[Ref]Ref{}}
	for _, p := range places {
		if dead[p.offset] == p.length {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := m.move(Ref{Segment: id, Offset: p.offset, Length: p.length}); err != nil {
			return err
		}
	}
	if err := m.flush(); err != nil {
		return err
	}
	return db.Update(func(tx *Tx) error { return noteMoved(tx, id, m.to) })
}

func endOf(places []place) int64 {
	if len(places) == 0 {
		return 0
	}
	last := places[len(places)-1]
	return last.offset + last.length
}

// A mover copies records to the end, as many at a time as may be torn there.
type mover struct {
	raw   *segments
	to    map[Ref]Ref // what is copied and on disk
	from  []Ref       // what is in group
	group []*member[*appending]
	size  int64
}

func (m *mover) move(ref Ref) error {
	b, err := m.raw.read(ref)
	if err != nil {
		return err
	}
	if m.size+ref.Length > groupBytes {
		if err := m.flush(); err != nil {
			return err
		}
	}
	m.from, m.size = append(m.from, ref), m.size+ref.Length
	m.group = append(m.group, &member[*appending]{item: &appending{member: b}})
	return nil
}

func (m *mover) flush() error {
	if len(m.group) == 0 {
		return nil
	}
	m.raw.writeAll(m.group, nil)
	for i, x := range m.group {
		if x.err != nil {
			return x.err
		}
		m.to[m.from[i]] = x.item.ref
	}
	m.from, m.group, m.size = nil, nil, 0
	return nil
}

// noteMoved writes that the records of a segment are elsewhere now.
func noteMoved(tx *Tx, id uint32, to map[Ref]Ref) error {
	reached, err := retarget(tx, id, to)
	if err != nil {
		return err
	}
	dead, err := freed.Scan(tx, Key(id), nil, 0)
	if err != nil {
		return err
	}
	late := map[Ref]bool{} // freed after they were copied
	for _, row := range dead {
		late[freedRef(row)] = true
		if err := freed.Delete(tx, row.Key); err != nil {
			return err
		}
	}
	for ref, now := range to {
		switch {
		case late[ref]:
			err = freed.Put(tx, placeKey(now), Key(uint64(now.Length)))
		case !reached[ref]:
			err = moved.Put(tx, placeKey(ref), encodeRef(now))
		}
		if err != nil {
			return err
		}
	}
	return removed.Put(tx, Key(id), nil)
}

// retarget corrects where records are said to be that were moved into the
// segment before, so that there are no chains, and returns their old places.
func retarget(tx *Tx, id uint32, to map[Ref]Ref) (reached map[Ref]bool, err error) {
	rows, err := moved.Scan(tx, nil, nil, 0)
	if err != nil {
		return nil, err
	}
	reached = map[Ref]bool{}
	for _, row := range rows {
		at, err := decodeRef(row.Value)
		if err != nil {
			return nil, err
		}
		if at.Segment != id {
			continue
		}
		now, ok := to[at]
		if !ok {
			return nil, &DamagedError{Path: tx.db.raw.name(id), Detail: fmt.Sprintf("no record begins at byte %d, where one was moved", at.Offset)}
		}
		reached[at] = true
		if err := moved.Put(tx, row.Key, encodeRef(now)); err != nil {
			return nil, err
		}
	}
	return reached, nil
}

// removeSegments removes the files that were moved out of.
func (db *DB) removeSegments() error {
	var gone []uint32
	err := db.View(func(tx *Tx) error {
		rows, err := removed.Scan(tx, nil, nil, 0)
		for _, row := range rows {
			gone = append(gone, binary.BigEndian.Uint32(row.Key))
		}
		return err
	})
	any := false
	for _, id := range gone {
		switch rerr := os.Remove(db.raw.name(id)); {
		case rerr == nil:
			any = true
		case !errors.Is(rerr, fs.ErrNotExist):
			err = errors.Join(err, rerr)
		}
	}
	if any && err == nil {
		err = syncDir(db.raw.dir)
	}
	return err
}
