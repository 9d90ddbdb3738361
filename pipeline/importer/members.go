package importer

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"github.com/klauspost/compress/gzip"
)

// gzipMagic begins a gzip member that is compressed with deflate, as all are.
var gzipMagic = []byte{0x1f, 0x8b, 0x08}

// members reads the gzip members of a file one after the other. Where one is
// damaged it goes on with the next that can be read, with an empty line in
// between, so that what follows does not run into what was lost.
type members struct {
	src     *bufio.Reader
	z       *gzip.Reader
	open    bool // z is inside a member
	gap     []byte
	damaged int // members that ended badly
}

// Read implements io.Reader.
func (m *members) Read(p []byte) (int, error) {
	for {
		if len(m.gap) > 0 {
			n := copy(p, m.gap)
			m.gap = m.gap[n:]
			return n, nil
		}
		if !m.open {
			if err := m.next(); err != nil {
				return 0, err
			}
			continue
		}
		n, err := m.z.Read(p)
		if err == nil || n > 0 {
			if err != nil {
				m.close(err)
			}
			return n, nil
		}
		m.close(err)
	}
}

// close ends a member, well or badly.
func (m *members) close(err error) {
	m.open = false
	if !errors.Is(err, io.EOF) {
		m.damaged++
		m.gap = []byte("\r\n\r\n")
	}
}

// next opens the next member. The error is io.EOF at the end of the file.
func (m *members) next() (err error) {
	if err := m.seek(); err != nil {
		return err
	}
	if m.z == nil {
		m.z, err = gzip.NewReader(m.src)
	} else {
		err = m.z.Reset(m.src)
	}
	if err != nil {
		m.damaged++
		return m.failed()
	}
	m.z.Multistream(false)
	m.open = true
	return nil
}

// failed returns the error of the file itself, if that is why a member could
// not be opened.
func (m *members) failed() error {
	_, err := m.src.Peek(1)
	return err
}

// seek goes to where a member may begin, over anything else.
func (m *members) seek() error {
	for {
		b, err := m.src.Peek(len(gzipMagic))
		if bytes.Equal(b, gzipMagic) {
			return nil
		}
		if len(b) < len(gzipMagic) {
			if errors.Is(err, io.EOF) {
				return io.EOF
			}
			return err
		}
		if _, err := m.src.Discard(1); err != nil {
			return err
		}
	}
}
