package pipeline

import (
	"bufio"
	"fmt"

	"github.com/parquet-go/parquet-go"
)

// Rows are written in groups of about so many bytes or rows, which is what is
// held in memory.
const (
	groupBytes = 8 << 20
	groupRows  = 20_000
	pageBytes  = 64 << 10 // of a column, before it is compressed
)

// sized is a row that knows about how large it is.
type sized interface{ size() int }

// A parquetSink writes one table as Apache Parquet.
type parquetSink[L sized] struct {
	w           *parquet.GenericWriter[L]
	rows, bytes int // in the group
}

func newParquet(w *bufio.Writer, what string, _ identify) sink {
	switch what {
	case ExportArticles:
		return newParquetOf[articleLine](w)
	case ExportEntities:
		return newParquetOf[entityLine](w)
	case ExportFacts:
		return newParquetOf[factLine](w)
	}
	return newParquetOf[moveLine](w)
}

func newParquetOf[L sized](w *bufio.Writer) sink {
	return &parquetSink[L]{w: parquet.NewGenericWriter[L](w,
		parquet.Compression(&parquet.Zstd), parquet.PageBufferSize(pageBytes), parquet.CreatedBy("tenure", "1", ""))}
}

func (o *parquetSink[L]) write(record any) error {
	line, err := lineOf(record)
	if err != nil {
		return err
	}
	row, ok := line.(L)
	if !ok {
		return fmt.Errorf("export: a %T in a table of %T", line, row)
	}
	if _, err := o.w.Write([]L{row}); err != nil {
		return err
	}
	o.rows++
	o.bytes += row.size()
	if o.rows < groupRows && o.bytes < groupBytes {
		return nil
	}
	o.rows, o.bytes = 0, 0
	return o.w.Flush()
}

func (o *parquetSink[L]) close() error { return o.w.Close() }
