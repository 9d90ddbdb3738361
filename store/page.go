package store

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
)

// The parts of bbolt's file format that are read here without bbolt, because
// bbolt trusts its pages and a damaged one brings the process down. All
// numbers are in the machine's byte order.
const (
	pageHeader  = 16 // id u64, flags u16, count u16, overflow u32
	metaLength  = 64 // magic, version, page size, flags u32; root, sequence, freelist, pages, txid, checksum u64
	boltMagic   = 0xED0CDAED
	boltVersion = 2
	noFreelist  = ^uint64(0)
)

// A meta is one of the two pages that say where everything else is. The valid
// one with the higher txid counts.
type meta struct {
	pageSize uint32
	root     uint64 // page of the root bucket
	freelist uint64 // page of the list of free pages
	pages    uint64 // number of pages in use; the file must hold them all
	txid     uint64
}

// parseMeta reads a meta page from its first bytes.
func parseMeta(b []byte) (meta, error) {
	if len(b) < pageHeader+metaLength {
		return meta{}, io.ErrUnexpectedEOF
	}
	b = b[pageHeader : pageHeader+metaLength]
	ne := binary.NativeEndian
	sum := fnv.New64a()
	sum.Write(b[:56])
	switch {
	case ne.Uint32(b) != boltMagic:
		return meta{}, errors.New("is no store")
	case ne.Uint32(b[4:]) != boltVersion:
		return meta{}, fmt.Errorf("has bbolt format %d", ne.Uint32(b[4:]))
	case ne.Uint64(b[56:]) != sum.Sum64():
		return meta{}, errors.New("checksum of the meta page is wrong")
	}
	return meta{
		pageSize: ne.Uint32(b[8:]),
		root:     ne.Uint64(b[16:]),
		freelist: ne.Uint64(b[32:]),
		pages:    ne.Uint64(b[40:]),
		txid:     ne.Uint64(b[48:]),
	}, nil
}

// bothMetas returns the meta pages of a file, the newer first. If one of them
// is not valid, it is an error, though the other may do: a meta page lies in
// one sector of the disk and is never written by half, so this one was
// damaged, and the last commit may have been its.
func bothMetas(r io.ReaderAt) (newer, older meta, err error) {
	var metas [2]meta
	var errs [2]error
	buf := make([]byte, pageHeader+metaLength)
	for i := range metas {
		if _, errs[i] = r.ReadAt(buf, int64(i)*pageSize); errs[i] == nil {
			metas[i], errs[i] = parseMeta(buf)
		}
		if size := metas[i].pageSize; errs[i] == nil && size != pageSize {
			errs[i] = fmt.Errorf("pages have %d bytes, not %d", size, pageSize)
		}
	}
	if errs[0] == nil && errs[1] == nil && metas[0].txid < metas[1].txid || errs[0] != nil {
		metas[0], metas[1] = metas[1], metas[0]
	}
	return metas[0], metas[1], cmp.Or(errs[0], errs[1])
}

// checkQuickly refuses a file that bbolt would crash on: neither meta page is
// valid, the file is shorter than they say, or the tree of pages goes in a
// circle, as far as a little reading tells.
func checkQuickly(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err // names the file
	}
	defer f.Close()
	m, err := fileMeta(f)
	if err != nil {
		return err
	}
	var first string
	w := newWalker(f, m.pages)
	w.branchesOnly, w.budget = true, 500
	w.problem = func(detail string) { first = cmp.Or(first, detail) }
	w.tree(m.root, nil, nil, nil, 0)
	if first == "" {
		return nil
	}
	if again, err := fileMeta(f); err == nil && again != m {
		return nil // someone is writing to it, and will have the lock
	}
	return &DamagedError{Path: path, Detail: first}
}

// fileMeta returns the meta page that counts of an open file, checked against
// the file's size.
func fileMeta(f *os.File) (meta, error) {
	damaged := func(format string, args ...any) error {
		return &DamagedError{Path: f.Name(), Detail: fmt.Sprintf(format, args...)}
	}
	m, _, err := bothMetas(f)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return m, damaged("it is too short to be a store")
	} else if err != nil {
		return m, damaged("%v", err)
	}
	info, err := f.Stat() // after the meta: the file only grows
	if err != nil {
		return m, err
	}
	switch {
	case m.pages > uint64(info.Size())/pageSize:
		return m, damaged("it has %d bytes and should have at least %d pages of %d", info.Size(), m.pages, pageSize)
	case m.root < 2 || m.root >= m.pages:
		return m, damaged("its root is on page %d of %d", m.root, m.pages)
	case m.freelist != noFreelist && (m.freelist < 2 || m.freelist >= m.pages):
		return m, damaged("its free list is on page %d of %d", m.freelist, m.pages)
	}
	return m, nil
}
