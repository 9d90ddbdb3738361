package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

// Whatever is kept, freed, shrunk, backed up and interrupted, in any order:
// what is wanted is there under the Ref first given for it, what is not goes.
func TestShrinkRaw(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		dir := t.TempDir()
		path := filepath.Join(dir, fmt.Sprint("test", rapid.Uint32().Draw(rt, "name"), ".db"))
		m := &rawModel{t: t, rt: rt, path: path, wanted: map[Ref][]byte{}}
		m.open()
		defer func() { m.db.Close() }()
		rt.Repeat(map[string]func(*rapid.T){
			"keep": m.keep, "free": m.free, "shrink": m.shrink, "interrupt": m.interrupt,
			"reopen": m.reopen, "restore": m.restore, "": func(*rapid.T) { m.check() },
		})
		// All but what is wanted can be made room of.
		if _, err := m.db.ShrinkRaw(t.Context(), 0); err != nil {
			rt.Fatal(err)
		}
		m.check()
		size := int64(0)
		met := 0
		err := m.db.EachRaw(t.Context(), func(r Ref, _ RawRecord) error {
			if size += r.Length; m.wanted[r] != nil {
				met++
			}
			return nil
		})
		if met != len(m.wanted) {
			rt.Fatalf("met %d of %d", met, len(m.wanted))
		}
		u, uerr := m.db.Usage()
		if err := errors.Join(err, uerr); err != nil || u.Pages != size {
			rt.Fatalf("segments of %d bytes hold %d, %v", u.Pages, size, err)
		}
		for _, ref := range m.freed {
			if _, err := m.db.ReadRaw(ref); !errors.Is(err, ErrPruned) {
				rt.Fatalf("%+v was freed and reads: %v", ref, err)
			}
		}
	})
}

type rawModel struct {
	t      *testing.T
	rt     *rapid.T
	path   string
	db     *DB
	n      int
	wanted map[Ref][]byte
	refs   []Ref // of wanted, in order
	freed  []Ref
}

func (m *rawModel) open() {
	db, err := Open(m.path, Options{SegmentSize: 2000, noSync: true})
	if err != nil {
		m.rt.Fatal(err)
	}
	m.db = db
}

func (m *rawModel) keep(rt *rapid.T) {
	for range rapid.IntRange(1, 5).Draw(rt, "pages") {
		m.n++
		body := bytes.Repeat([]byte{byte(m.n), byte(m.n >> 8)}, m.n%300+1)
		ref, err := m.db.AppendRaw(m.t.Context(), RawRecord{URL: fmt.Sprint(m.n), At: day, Status: 200, Body: body})
		if err != nil {
			rt.Fatal(err)
		}
		m.wanted[ref], m.refs = body, append(m.refs, ref)
	}
}

func (m *rawModel) free(rt *rapid.T) {
	if len(m.refs) == 0 {
		rt.Skip("nothing is kept")
	}
	i := rapid.IntRange(0, len(m.refs)-1).Draw(rt, "which")
	ref := m.refs[i]
	m.refs = append(m.refs[:i:i], m.refs[i+1:]...)
	delete(m.wanted, ref)
	m.freed = append(m.freed, ref)
	for range rapid.IntRange(1, 2).Draw(rt, "times") {
		if err := m.db.Update(func(tx *Tx) error { return FreeRaw(tx, ref) }); err != nil {
			rt.Fatal(err)
		}
	}
}

func (m *rawModel) shrink(rt *rapid.T) {
	if _, err := m.db.ShrinkRaw(m.t.Context(), rapid.Float64Range(0, 1).Draw(rt, "share")); err != nil {
		rt.Fatal(err)
	}
}

// interrupt leaves what a shrink leaves that ends after its commit, before it
// removes the file.
func (m *rawModel) interrupt(rt *rapid.T) {
	dead, err := m.db.freedBySegment()
	if err != nil {
		rt.Fatal(err)
	}
	for id, list := range dead {
		if err := m.db.moveOut(m.t.Context(), id, list); err != nil {
			rt.Fatal(err)
		}
		break
	}
}

func (m *rawModel) reopen(rt *rapid.T) {
	if err := m.db.Close(); err != nil {
		rt.Fatal(err)
	}
	m.open()
}

func (m *rawModel) restore(rt *rapid.T) {
	dst := m.path + ".copy"
	err := errors.Join(m.db.Backup(m.t.Context(), dst), m.db.Close(), os.RemoveAll(m.path+pagesSuffix), Restore(m.t.Context(), m.path, dst))
	if err != nil {
		rt.Fatal(err)
	}
	m.open()
}

func (m *rawModel) check() {
	for ref, body := range m.wanted {
		r, err := m.db.ReadRaw(ref)
		if err := errors.Join(err, m.db.HasRaw(ref)); err != nil || !bytes.Equal(r.Body, body) {
			m.rt.Fatalf("%+v: %d bytes, want %d, %v", ref, len(r.Body), len(body), err)
		}
	}
}

// A record that is freed while it is being moved is freed where it is then.
func TestFreedWhileMoved(t *testing.T) {
	db := open(t, Options{SegmentSize: 500})
	refs := keepDays(t, db, 4)
	if err := db.moveOut(t.Context(), 1, nil); err != nil {
		t.Fatal(err)
	}
	at, err := db.whereIs(refs[0])
	if err != nil {
		t.Fatal(err)
	}
	places, _, err := db.raw.places(at.Segment)
	m := mover{raw: &db.raw, to: map[Ref]Ref{}}
	for _, p := range places {
		err = errors.Join(err, m.move(Ref{Segment: at.Segment, Offset: p.offset, Length: p.length}))
	}
	if err := errors.Join(err, m.flush()); err != nil {
		t.Fatal(err)
	}
	update(t, db, func(tx *Tx) error { return errors.Join(FreeRaw(tx, refs[0]), noteMoved(tx, at.Segment, m.to)) })
	dead, err := db.freedBySegment()
	if now := m.to[at]; err != nil || dead[now.Segment][now.Offset] != now.Length {
		t.Errorf("freed %v, want %+v, %v", dead, now, err)
	}
}

func TestShrinkRawRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	if err := openAt(t, path, Options{}).Close(); err != nil {
		t.Fatal(err)
	}
	db := openAt(t, path, Options{ReadOnly: true})
	if _, err := db.ShrinkRaw(t.Context(), 0); !errors.Is(err, ErrReadOnly) {
		t.Errorf("read-only: %v", err)
	}
	db = open(t, Options{SegmentSize: 500})
	refs := keepDays(t, db, 6)
	update(t, db, func(tx *Tx) error { return FreeRaw(tx, refs[0]) })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := db.ShrinkRaw(ctx, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	if err := os.Truncate(db.raw.name(1), refs[1].Offset+30); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ShrinkRaw(t.Context(), 0); !errors.As(err, new(*DamagedError)) {
		t.Errorf("damaged: %v", err)
	}
}
