// Package importer reads pages that were saved by others: WARC files, plain or
// compressed, as web archives and Common Crawl's CC-NEWS publish them, and
// HTML files, as a browser or a mirroring program leaves them.
//
// What it finds it hands on as if it had just been fetched. Nothing in a file
// is believed: lengths are compared with what is there, compressed data that
// is damaged is passed over up to the next record, and every size is bounded.
// A record that cannot be used is counted by why, and the rest goes on.
package importer

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tenure/crawler"
)

// An Importer walks over files. Its zero value works.
type Importer struct {
	Base    string // address below which the files of a directory lie, for those that do not say theirs; empty: there is none
	MaxBody int64  // bytes of a page, decoded; 0 means crawler.DefaultMaxBody

	Counts Counts // what was found so far
}

// Counts says what was found, and what was passed over and why.
type Counts struct {
	Files   int64 `json:"files"`   // read
	Ignored int64 `json:"ignored"` // files of a directory that are of another sort
	Records int64 `json:"records"` // of WARC files
	Pages   int64 `json:"pages"`   // handed on
	Cut     int64 `json:"cut"`     // of these, pages that were cut when they were saved

	NotPages    int64 `json:"not_pages"`    // requests, notes, pictures, answers with another status than 200
	Truncated   int64 `json:"truncated"`    // the file ends inside the record
	FalseLength int64 `json:"false_length"` // the record is not as long as it says
	Damaged     int64 `json:"damaged"`      // a head that is none, compressed data that cannot be read
	TooLarge    int64 `json:"too_large"`    // larger than allowed
	NoAddress   int64 `json:"no_address"`   // not of an http or https address
}

// Skipped is how many records and files were passed over though they should
// have been pages.
func (c Counts) Skipped() int64 {
	return c.Truncated + c.FalseLength + c.Damaged + c.TooLarge + c.NoAddress
}

// Walk calls fn for every page in the files and directories at paths, in the
// order given, a directory by names. An error of fn ends it. A file that
// cannot be opened is an error; what is wrong inside of one is counted.
func (m *Importer) Walk(ctx context.Context, paths []string, fn func(crawler.Fetch) error) error {
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		if info.IsDir() {
			err = m.directory(ctx, path, fn)
		} else if info.Mode().IsRegular() {
			err = m.file(ctx, path, filepath.Base(path), fn)
		} else {
			err = fmt.Errorf("import %s: not a file or directory", path)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *Importer) directory(ctx context.Context, dir string, fn func(crawler.Fetch) error) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			return ctx.Err()
		case !d.Type().IsRegular() || !isPageName(d.Name()):
			m.Counts.Ignored++
			return nil
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		return m.file(ctx, path, filepath.ToSlash(name), fn)
	})
}

// isPageName reports whether a file of a directory may hold pages.
func isPageName(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc([]string{".html", ".htm", ".xhtml", ".warc", ".warc.gz"}, func(end string) bool {
		return strings.HasSuffix(name, end)
	})
}

// file reads one file; name is where it lies below the path given.
func (m *Importer) file(ctx context.Context, path, name string, fn func(crawler.Fetch) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	m.Counts.Files++
	r := bufio.NewReaderSize(f, 64<<10)
	head, err := r.Peek(5)
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("import %s: %w", path, err)
	}
	if bytes.HasPrefix(head, gzipMagic) || bytes.HasPrefix(head, []byte("WARC/")) {
		err = m.archive(ctx, r, info.ModTime(), fn)
	} else {
		err = m.page(r, name, info.ModTime(), fn)
	}
	if err != nil {
		return fmt.Errorf("import %s: %w", path, err)
	}
	return nil
}

func (m *Importer) maxBody() int64 { return cmp.Or(m.MaxBody, crawler.DefaultMaxBody) }

// archive hands on the pages of a WARC file.
func (m *Importer) archive(ctx context.Context, r io.Reader, saved time.Time, fn func(crawler.Fetch) error) error {
	for records := NewReader(r, m.maxBody()+maxHead); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		record, err := records.Next()
		var skip *SkipError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &skip):
			m.Counts.Records++
			m.count(skip.Reason)
			continue
		case err != nil:
			return err
		}
		m.Counts.Records++
		if record.At.IsZero() {
			record.At = saved
		}
		f, reason := record.fetch(m.maxBody())
		if reason != "" {
			m.count(reason)
			continue
		}
		if err := m.give(f, fn); err != nil {
			return err
		}
	}
}

func (m *Importer) give(f crawler.Fetch, fn func(crawler.Fetch) error) error {
	m.Counts.Pages++
	if f.Truncated {
		m.Counts.Cut++
	}
	return fn(f)
}

// A Reason is why a record was passed over.
type Reason string

// The reasons, see Counts.
const (
	NotPage     Reason = "not a page"
	Truncated   Reason = "truncated"
	FalseLength Reason = "false length"
	Damaged     Reason = "damaged"
	TooLarge    Reason = "too large"
	NoAddress   Reason = "no address"
)

func (m *Importer) count(r Reason) {
	n := map[Reason]*int64{
		NotPage: &m.Counts.NotPages, Truncated: &m.Counts.Truncated, FalseLength: &m.Counts.FalseLength,
		Damaged: &m.Counts.Damaged, TooLarge: &m.Counts.TooLarge, NoAddress: &m.Counts.NoAddress,
	}[r]
	*n++
}
