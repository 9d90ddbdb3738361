package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

// A Report is what a check found.
type Report struct {
	Path     string        `json:"path"`
	Pages    int           `json:"pages"` // of the file, in use or free
	Tables   []TableReport `json:"tables"`
	Problems []string      `json:"problems,omitempty"` // the first of them; empty if all is well
	Found    int           `json:"found,omitempty"`    // how many problems in all
}

// A TableReport is about one table or index.
type TableReport struct {
	Name    string `json:"name"`
	Index   bool   `json:"index,omitempty"`
	Records int    `json:"records"` // of a bulk index, those that were folded into it
	Bytes   int64  `json:"bytes"`   // of keys and values

	bulk bool
}

// Err returns nil if all is well, and else a *DamagedError.
func (r Report) Err() error {
	if r.Found == 0 {
		return nil
	}
	return &DamagedError{Path: r.Path, Detail: fmt.Sprintf("%d problems, the first: %s", r.Found, r.Problems[0])}
}

const maxProblems = 100

// Check reads the whole file at path, with plain reads: every page, every
// key's order, every record's checksum. It needs no open store and survives
// any damage. The error says why the check could not be done, a *LockedError
// that another process has the file; what is wrong with the file is in the
// report.
func Check(ctx context.Context, path string) (Report, error) {
	f, err := os.Open(path)
	if err != nil {
		return Report{}, fmt.Errorf("check %w", err)
	}
	defer f.Close()
	if err := shareFile(f); err != nil {
		return Report{}, &LockedError{Path: path, Holder: findHolder(path)}
	}
	m, err := fileMeta(f)
	var damaged *DamagedError
	if errors.As(err, &damaged) {
		return Report{Path: path, Problems: []string{damaged.Detail}, Found: 1}, nil
	} else if err != nil {
		return Report{}, fmt.Errorf("check %w", err)
	}
	return check(ctx, path, f, m)
}

// Check is Check of the open store, as it is at this moment; reads and writes
// go on meanwhile.
func (db *DB) Check(ctx context.Context) (r Report, err error) {
	err = db.View(func(tx *Tx) (err error) {
		m := meta{root: uint64(tx.bolt.Cursor().Bucket().Root()), pages: uint64(tx.bolt.Size() / pageSize), freelist: noFreelist}
		r, err = check(ctx, db.path, tx.handle.file, m)
		return err
	})
	return r, err
}

// check walks the tree that m describes.
func check(ctx context.Context, path string, file io.ReaderAt, m meta) (Report, error) {
	codec, err := newCodec()
	if err != nil {
		return Report{}, err
	}
	defer codec.close()
	c := checker{report: Report{Path: path, Pages: int(m.pages)}, codec: codec}
	w := newWalker(stoppable{file, ctx}, m.pages)
	w.problem, w.begin, w.row = c.problem, c.begin, c.row
	w.tree(m.root, nil, nil, nil, 0)
	if m.freelist != noFreelist && c.report.Found == 0 {
		w.freelist(m.freelist)
	}
	return c.report, ctx.Err()
}

// A checker collects a report.
type checker struct {
	report Report
	codec  codec
}

func (c *checker) problem(detail string) {
	if c.report.Found++; c.report.Found <= maxProblems {
		c.report.Problems = append(c.report.Problems, detail)
	}
}

func (c *checker) begin(bucket []byte, _ uint64) {
	name, index := bytes.CutPrefix(bucket, []byte(indexMark))
	name, bulk := bytes.CutPrefix(name, []byte(bulkMark))
	if bulk {
		name = bytes.TrimPrefix(name, []byte(sumMark))
	}
	c.report.Tables = append(c.report.Tables, TableReport{Name: string(name), Index: index || bulk, bulk: bulk})
}

func (c *checker) row(bucket, key, value []byte) {
	t := &c.report.Tables[len(c.report.Tables)-1]
	t.Records++
	t.Bytes += int64(len(key) + len(value))
	var err error
	switch {
	case t.bulk:
		n := 0
		n, err = c.codec.countBlock(key, value)
		t.Records += n - 1
	case t.Index:
		_, err = unseal(key, value)
	default:
		err = c.codec.check(key, value)
	}
	if err != nil {
		c.problem(fmt.Sprintf("table %s, key %x: %v", bucket, key, err))
	}
}

// stoppable is a file that cannot be read any more when ctx has ended.
type stoppable struct {
	io.ReaderAt
	ctx context.Context
}

func (s stoppable) ReadAt(b []byte, at int64) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.ReaderAt.ReadAt(b, at)
}
