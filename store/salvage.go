package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
)

// Salvage copies every record of the damaged file at path that is still whole
// into a new store at dst, which must not exist, and reports what it copied
// and what stood in the way. Indexes are copied as far as they go, bulk
// indexes not at all if anything is damaged; make them anew from their
// records.
func Salvage(ctx context.Context, path, dst string) (Report, error) {
	report, err := salvage(ctx, path, dst)
	if err != nil {
		return report, fmt.Errorf("salvage %s: %w", path, err)
	}
	return report, nil
}

func salvage(ctx context.Context, path, dst string) (Report, error) {
	if _, err := os.Lstat(dst); err == nil {
		return Report{}, fmt.Errorf("%s is there already", dst)
	}
	f, err := os.Open(path)
	if err != nil {
		return Report{}, err
	}
	defer f.Close()
	if err := shareFile(f); err != nil {
		return Report{}, &LockedError{Path: path, Holder: findHolder(path)}
	}
	newer, older, err := bothMetas(f)
	if newer.pages == 0 {
		return Report{}, &DamagedError{Path: path, Detail: fmt.Sprint(err)}
	}
	var report Report
	err = replaceFile(dst, func(tmp *os.File) (err error) {
		report, err = salvageInto(ctx, tmp.Name(), f, []meta{newer, older})
		return err
	})
	return report, err
}

// salvageInto copies what is whole into the empty file at name: from the
// newest state, and, if that is damaged, what is missing there from the one
// before, which shares most of its pages.
func salvageInto(ctx context.Context, name string, f *os.File, metas []meta) (Report, error) {
	codec, err := newCodec()
	if err != nil {
		return Report{}, err
	}
	defer codec.close()
	c := checker{report: Report{Path: f.Name()}, codec: codec}
	if err := c.copyWhole(ctx, name, f, metas); err != nil {
		return c.report, err
	}
	copied, err := Check(ctx, name)
	c.report.Pages, c.report.Tables = copied.Pages, copied.Tables
	return c.report, errors.Join(err, copied.Err())
}

func (c *checker) copyWhole(ctx context.Context, name string, f *os.File, metas []meta) (err error) {
	size, err := fileSize(f)
	if err != nil {
		return err
	}
	dst, err := newSink(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, dst.close()) }()
	if metas[1].pages == 0 {
		c.problem("one of the two meta pages is not valid: the last commit may be missing")
		metas = metas[:1]
	}
	for _, m := range metas {
		w := newWalker(stoppable{f, ctx}, min(m.pages, uint64(size/pageSize)))
		w.problem = c.problem
		w.begin = func(bucket []byte, sequence uint64) { c.begin(bucket, sequence); dst.begin(bucket, sequence) }
		w.row = func(bucket, key, value []byte) {
			found := c.report.Found
			if c.row(bucket, key, value); c.report.Found == found {
				dst.row(bucket, key, value)
			}
		}
		w.tree(m.root, nil, nil, nil, 0)
		if c.report.Found == 0 {
			break
		}
		dst.missing = true
	}
	if c.report.Found > 0 {
		dst.drop(isBulk)
	}
	return errors.Join(ctx.Err(), dst.finish())
}

// isBulk reports whether a bucket is part of the bulk indexes, which are of
// use only as a whole.
func isBulk(bucket []byte) bool {
	return bytes.Equal(bucket, freshRuns) || bytes.Equal(bucket, runMarks) || bytes.HasPrefix(bucket, []byte(bulkMark))
}
