package pipeline

import "bufio"

// A jsonSink writes values as lines, or between brackets as one array.
type jsonSink struct {
	w     *bufio.Writer
	open  string // before the first value; empty for lines
	end   string // after the last
	lines int
}

func newJSONLines(w *bufio.Writer, _ string, _ identify) sink { return &jsonSink{w: w} }

func newJSONArray(w *bufio.Writer, _ string, _ identify) sink {
	return &jsonSink{w: w, open: "[", end: "]\n"}
}

func (o *jsonSink) write(v any) error {
	line, err := encode(v)
	if err != nil {
		return err
	}
	if o.open != "" {
		sep := ",\n"
		if o.lines == 0 {
			sep = o.open + "\n"
		}
		if _, err := o.w.WriteString(sep); err != nil {
			return err
		}
		line = line[:len(line)-1]
	}
	o.lines++
	_, err = o.w.Write(line)
	return err
}

func (o *jsonSink) close() error {
	end := ""
	switch {
	case o.open == "":
	case o.lines == 0:
		end = o.open + o.end
	default:
		end = "\n" + o.end
	}
	_, err := o.w.WriteString(end)
	return err
}
