package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/term"

	"tenure/extract"
	"tenure/pipeline"
)

// A reviewer goes through the queue with somebody at a terminal, who answers
// with single keys.
type reviewer struct {
	app   *app
	lib   *reached
	items []pipeline.Item
	at    int
	past  []step
	keys  <-chan byte
	out   io.Writer
	said  string // of the last key
}

// A step is what was done with an item, so that it can be undone.
type step struct {
	at   int
	undo func(context.Context) error // nil where nothing was done
}

// review goes through the queue until it is at its end or somebody has had
// enough.
func (a *app) review(ctx context.Context, p *reached) error {
	items, err := p.queue()
	if err != nil {
		return err
	}
	if len(items) == 0 {
		a.say(nothingQueued)
		return nil
	}
	p.answer() // a person takes their time; nobody else should wait for it
	rested, stop := context.WithCancel(ctx)
	var resting sync.WaitGroup
	resting.Go(func() { a.restNowAndThen(rested, p) })
	defer resting.Wait()
	defer stop()
	r := &reviewer{app: a, lib: p, items: items, out: a.stdout}
	return r.withKeys(ctx, a.stdin)
}

// withKeys is run with the keys of a terminal, which hands on each at once.
func (r *reviewer) withKeys(ctx context.Context, in io.Reader) error {
	keys := make(chan byte)
	r.keys = keys
	go pressed(ctx, in, keys)
	f, ok := in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return r.run(ctx)
	}
	was, err := term.MakeRaw(int(f.Fd()))
	if err != nil {
		return fmt.Errorf("terminal: %w", err)
	}
	r.out = rawWriter{r.out}
	return errors.Join(r.run(ctx), term.Restore(int(f.Fd()), was))
}

// pressed hands on keys until there are no more. Waiting for one cannot be
// stopped: it may outlive the review, and ends with the process.
func pressed(ctx context.Context, in io.Reader, keys chan<- byte) {
	defer close(keys)
	var b [1]byte
	for {
		n, err := in.Read(b[:])
		if n == 1 {
			select {
			case keys <- b[0]:
			case <-ctx.Done():
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// A rawWriter ends lines as a terminal in raw mode wants it.
type rawWriter struct{ w io.Writer }

// Write implements io.Writer.
func (w rawWriter) Write(b []byte) (int, error) {
	_, err := w.w.Write(bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")))
	return len(b), err
}

// errQuit ends a review.
var errQuit = errors.New("quit")

func (r *reviewer) run(ctx context.Context) error {
	for r.at < len(r.items) {
		if err := r.show(); err != nil {
			return err
		}
		err := r.answer(ctx)
		if errors.Is(err, errQuit) {
			break
		}
		if err != nil {
			return err
		}
	}
	if r.at == len(r.items) {
		fmt.Fprintf(r.out, "%s\nThat is all. 'tenure review log' lists what was decided.\n", r.said)
		return nil
	}
	fmt.Fprintf(r.out, "\n%s left.\n", plural(len(r.items)-r.at, "item"))
	return nil
}

// show writes the item that is next.
func (r *reviewer) show() error {
	var b bytes.Buffer
	bold, dim := r.app.style()
	i := r.items[r.at]
	if r.said != "" {
		fmt.Fprintf(&b, "%s\n", dim(printable(r.said)))
	}
	fmt.Fprintf(&b, "\n%s\n", dim(fmt.Sprintf("%d of %d · %s", r.at+1, len(r.items), printable(i.ID))))
	if i.Move != nil {
		r.app.showMove(&b, *i.Move)
	} else if err := r.showPair(&b, *i.Pair); err != nil {
		return err
	}
	fmt.Fprintf(&b, "    %s %s\n%s ", bold("Why:"), oneLine(strings.Join(i.Why, "; "), 0), r.prompt(i))
	_, err := r.out.Write(b.Bytes())
	return err
}

func (r *reviewer) prompt(i pipeline.Item) string {
	keys := "y right · n wrong"
	if i.Pair != nil {
		keys = "m the same person · n two people"
	}
	return keys + " · l later · u undo · q quit:"
}

// sideFacts is how many claims tell who one of a pair is.
const sideFacts = 3

func (r *reviewer) showPair(b *bytes.Buffer, p pipeline.Pair) error {
	bold, dim := r.app.style()
	width := min(r.app.width(), 100)
	fmt.Fprintf(b, "%s\n", bold("Are these one person?"))
	for _, s := range []pipeline.PairSide{p.A, p.B} {
		fmt.Fprintf(b, "  %s %s\n", bold(oneLine(s.Name, 60)), dim(plural(s.Articles, "article")+", "+s.ID))
		err := r.lib.Facts(pipeline.Filter{Person: s.ID, Limit: sideFacts}, func(f pipeline.FactRecord) error {
			fmt.Fprintf(b, "    %s\n", oneLine(sentence(f), width-4))
			for _, l := range wrap("“"+f.Evidence.Quote+"”", width-6) {
				fmt.Fprintf(b, "      %s\n", dim(l))
			}
			fmt.Fprintf(b, "      %s\n", dim("— "+printable(f.URL)))
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// answer waits for a key that means something and does what it says.
func (r *reviewer) answer(ctx context.Context) error {
	i := r.items[r.at]
	for {
		key := r.key(ctx)
		switch {
		case key == 'q':
			return errQuit
		case key == 'u':
			return r.undo(ctx)
		case key == 'l':
			return r.judge(ctx, i, pipeline.Later)
		case i.Move != nil && key == 'y':
			return r.judge(ctx, i, pipeline.Right)
		case i.Move != nil && key == 'n':
			return r.judge(ctx, i, pipeline.Wrong)
		case i.Pair != nil && (key == 'y' || key == 'm'):
			return r.decide(ctx, i, true)
		case i.Pair != nil && key == 'n':
			return r.decide(ctx, i, false)
		}
	}
}

// key returns the next key, in lower case; q for what ends a terminal's input.
func (r *reviewer) key(ctx context.Context) byte {
	select {
	case <-ctx.Done():
		return 'q'
	case k, ok := <-r.keys:
		if !ok || k == 3 || k == 4 || k == 27 { // Ctrl-C, Ctrl-D, Esc
			return 'q'
		}
		return byte(unicode.ToLower(rune(k)))
	}
}

func (r *reviewer) judge(ctx context.Context, i pipeline.Item, j pipeline.Judgement) error {
	return r.did(j.Words(), func() error { _, err := r.lib.Judge(ctx, i.ID, j); return err }, func(ctx context.Context) error {
		_, err := r.lib.Judge(ctx, i.ID, pipeline.Undo)
		return err
	})
}

func (r *reviewer) decide(ctx context.Context, i pipeline.Item, same bool) error {
	d := i.Pair.Decision(same)
	return r.did(decisionWords(extract.Decision{Same: same}), func() error { return r.lib.Decide(ctx, d) }, func(ctx context.Context) error {
		d.Undo = true
		return r.lib.Decide(ctx, d)
	})
}

// did does something, unless it is only tried, and goes on to the next item.
// What is no longer there since the queue was read is passed over.
func (r *reviewer) did(words string, do func() error, undo func(context.Context) error) error {
	s := step{at: r.at}
	switch {
	case r.app.dryRun:
		words = "would be: " + words
	default:
		var missing *pipeline.NotFoundError
		err := do()
		if errors.As(err, &missing) {
			words = "it is no longer there"
		} else if err != nil {
			return err
		} else {
			s.undo = undo
		}
	}
	r.said = words
	r.past = append(r.past, s)
	r.at++
	return nil
}

// undo goes back to the item before and takes back what was said of it.
func (r *reviewer) undo(ctx context.Context) error {
	if len(r.past) == 0 {
		r.said = "nothing to undo here; 'tenure review undo ID' takes back what was said before"
		return nil
	}
	last := r.past[len(r.past)-1]
	r.past = r.past[:len(r.past)-1]
	r.at, r.said = last.at, "taken back"
	if last.undo == nil {
		return nil
	}
	return last.undo(ctx)
}
