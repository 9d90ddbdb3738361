package crawler

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// acceptEncoding is what bodies can decode.
const acceptEncoding = "gzip, deflate, br, zstd"

const (
	maxCodings = 3       // of one body
	keepBuffer = 4 << 20 // larger buffers are not kept for the next body
	maxWindow  = 8 << 20 // of zstd, as browsers have it (RFC 9659)
)

// bodies reads and decodes bodies with buffers and decoders that are used
// again.
type bodies struct {
	buffers sync.Pool // *bytes.Buffer
	readers sync.Pool // *bufio.Reader
	gzips   sync.Pool // *gzip.Reader
	zstds   sync.Pool // *zstd.Decoder
	brotlis sync.Pool // *brotli.Reader
}

// read returns the decoded body, at most want.max bytes of it. With an error
// it returns what came before it. progress is called with every piece.
func (p *bodies) read(res *http.Response, want *pending, progress func()) ([]byte, error) {
	max := want.max
	codings := contentCodings(res.Header)
	if len(codings) > maxCodings {
		return nil, fmt.Errorf("%d content codings: %w", len(codings), errEncoding)
	}
	if len(codings) == 0 && res.ContentLength > max && !want.cut {
		return nil, fmt.Errorf("%d bytes announced, %d allowed: %w", res.ContentLength, max, errTooLarge)
	}
	raw := &capped{r: res.Body, left: max, max: max, progress: progress}
	d := decoder{pool: p}
	defer d.close()
	r, err := d.open(raw, codings)
	if err != nil {
		return nil, err
	}
	return p.drain(&capped{r: r, left: max, max: max}, res.ContentLength)
}

// drain reads r into a buffer of its own size.
func (p *bodies) drain(r io.Reader, sizeHint int64) ([]byte, error) {
	buf, ok := p.buffers.Get().(*bytes.Buffer)
	if !ok {
		buf = new(bytes.Buffer)
	}
	buf.Reset()
	if 0 < sizeHint && sizeHint < keepBuffer {
		buf.Grow(int(sizeHint) + bytes.MinRead)
	}
	_, err := buf.ReadFrom(r)
	if buf.Cap() > keepBuffer {
		return buf.Bytes(), err // too large to hold it twice
	}
	body := bytes.Clone(buf.Bytes())
	p.buffers.Put(buf)
	return body, err
}

// contentCodings returns the codings of a body, in the order applied.
func contentCodings(h http.Header) []string {
	var all []string
	for _, line := range h.Values("Content-Encoding") {
		for c := range strings.SplitSeq(line, ",") {
			c = strings.ToLower(strings.TrimSpace(c))
			if c != "" && c != "identity" {
				all = append(all, c)
			}
		}
	}
	return all
}

// A decoder is the chain of decoders of one body.
type decoder struct {
	pool *bodies
	done []func()
}

// open undoes the codings, last one first. A body that is not what its
// header says is passed on as it is: plain pages labelled gzip are common.
func (d *decoder) open(r io.Reader, codings []string) (io.Reader, error) {
	for i := len(codings) - 1; i >= 0; i-- {
		br, ok := d.pool.readers.Get().(*bufio.Reader)
		if !ok {
			br = bufio.NewReaderSize(nil, 16<<10)
		}
		br.Reset(r)
		d.done = append(d.done, func() { br.Reset(nil); d.pool.readers.Put(br) })
		var err error
		if r, err = d.decode(br, codings[i]); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (d *decoder) decode(br *bufio.Reader, coding string) (io.Reader, error) {
	head, _ := br.Peek(4)
	if len(head) == 0 {
		return br, nil // an empty body has no coding; an error shows at the next read
	}
	switch coding {
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(head, []byte{0x1f, 0x8b}) {
			return br, nil
		}
		return d.gzip(br)
	case "deflate":
		return d.deflate(br, head)
	case "br":
		return d.brotli(br), nil
	case "zstd":
		if !bytes.Equal(head, []byte{0x28, 0xb5, 0x2f, 0xfd}) && !(len(head) == 4 && head[0]&0xf0 == 0x50 && head[1] == 0x2a) {
			return br, nil
		}
		return d.zstd(br)
	}
	return nil, fmt.Errorf("content coding %.40q: %w", coding, errEncoding)
}

func (d *decoder) gzip(r io.Reader) (io.Reader, error) {
	z, ok := d.pool.gzips.Get().(*gzip.Reader)
	if !ok {
		z = new(gzip.Reader)
	}
	if err := z.Reset(r); err != nil {
		return nil, broken(err)
	}
	d.done = append(d.done, func() { d.pool.gzips.Put(z) })
	return decoded{z}, nil
}

// deflate reads zlib, as the standard says, and bare deflate, as some send.
func (d *decoder) deflate(br *bufio.Reader, head []byte) (io.Reader, error) {
	if len(head) >= 2 && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		z, err := zlib.NewReader(br)
		if err != nil {
			return nil, broken(err)
		}
		return decoded{z}, nil
	}
	return decoded{flate.NewReader(br)}, nil
}

func (d *decoder) brotli(r io.Reader) io.Reader {
	z, ok := d.pool.brotlis.Get().(*brotli.Reader)
	if !ok {
		z = new(brotli.Reader)
	}
	if err := z.Reset(r); err != nil {
		return failing{broken(err)}
	}
	d.done = append(d.done, func() { d.pool.brotlis.Put(z) })
	return decoded{z}
}

func (d *decoder) zstd(r io.Reader) (io.Reader, error) {
	z, ok := d.pool.zstds.Get().(*zstd.Decoder)
	if !ok {
		var err error
		z, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, broken(err)
		}
	}
	if err := z.Reset(r); err != nil {
		return nil, broken(err)
	}
	d.done = append(d.done, func() {
		if z.Reset(nil) == nil {
			d.pool.zstds.Put(z)
		}
	})
	return decoded{z}, nil
}

func (d *decoder) close() {
	for i := len(d.done) - 1; i >= 0; i-- {
		d.done[i]()
	}
}

// decoded is the output of a decoder, with its errors named.
type decoded struct{ r io.Reader }

func (d decoded) Read(p []byte) (int, error) {
	n, err := d.r.Read(p)
	if err != nil && err != io.EOF {
		err = broken(err)
	}
	return n, err
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// broken names an error of a decoder, unless it came from below it.
func broken(err error) error {
	var op interface{ Timeout() bool }
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, errTooLarge), errors.As(err, &op):
		return err
	}
	return fmt.Errorf("%w: %w", errEncoding, err)
}

// capped reads at most max bytes and then fails with errTooLarge.
type capped struct {
	r         io.Reader
	left, max int64
	progress  func()
}

func (c *capped) Read(p []byte) (int, error) {
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1]
	}
	n, err := c.r.Read(p)
	if n > 0 && c.progress != nil {
		c.progress()
	}
	if c.left -= int64(n); c.left < 0 {
		return n + int(c.left), fmt.Errorf("over %d bytes: %w", c.max, errTooLarge)
	}
	return n, err
}
