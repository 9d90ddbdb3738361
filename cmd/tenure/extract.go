package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"tenure/crawler"
	"tenure/extract"
	"tenure/extract/career"
	"tenure/pipeline"
)

// maxInput bounds a file or standard input given to extract, bytes.
const maxInput = 64 << 20

// extractFlags are the flags of extract.
type extractFlags struct {
	url, date, format, recognizer string
	explain, jsonl, private       bool
}

func (a *app) extractCommand() *cobra.Command {
	var f extractFlags
	cmd := &cobra.Command{
		Use:   "extract FILE|URL|-",
		Short: "Read one page, HTML or plain text, and print its record; keep nothing",
		Long: `Read one page, HTML or plain text, and print its record: one JSON object a line
in a pipe, a person's view on a terminal. A page that holds several articles
gives several records. With --jsonl standard input holds many documents, one a
line: {"id": …, "text" or "html": …, "url": …, "date": …}.`,
		Example: `  tenure extract page.html --url https://example.org/a --date 2025-05-26
  tenure extract https://example.org/a --format text --explain
  tenure extract --jsonl <documents.jsonl >records.jsonl`,
		Args: func(cmd *cobra.Command, args []string) error {
			if f.jsonl && len(args) == 0 {
				return nil
			}
			return a.args(cobra.ExactArgs(1))(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			a.running = "extract"
			x, err := a.newExtractor(f)
			if err != nil {
				return err
			}
			if f.jsonl {
				return x.lines(cmd.Context(), args)
			}
			return x.page(cmd.Context(), args[0])
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.url, "url", "", "address of the page, if it is a file")
	fl.StringVar(&f.date, "date", "", "when it was published, if the page does not say: YYYY-MM-DD or RFC 3339")
	fl.StringVar(&f.format, "format", "", "json or text (default: text on a terminal, else json)")
	fl.BoolVar(&f.explain, "explain", false, "for every fact the rule, the words and the score; for the page what was cut")
	fl.BoolVar(&f.jsonl, "jsonl", false, "read many documents from standard input, one JSON object a line")
	fl.BoolVar(&f.private, "allow-private", false, "reach loopback and private addresses")
	fl.StringVar(&f.recognizer, "recognizer", "", "what finds names: own or prose")
	return cmd
}

// An extractor reads single pages.
type extractor struct {
	app    *app
	flags  extractFlags
	config config
	date   extract.Stamp
	steps  []pipeline.Step
	text   bool // output for a person
}

func (a *app) newExtractor(f extractFlags) (*extractor, error) {
	if f.format != "" {
		if err := oneOf("--format", f.format, []string{"json", "text"}); err != nil {
			return nil, err
		}
	}
	if f.recognizer != "" {
		if err := oneOf("--recognizer", f.recognizer, recognizers()); err != nil {
			return nil, err
		}
	}
	date, err := extract.ParseStamp(f.date)
	if err != nil {
		return nil, usagef("--date: %w", err)
	}
	if f.url != "" {
		if f.url, err = crawler.Canonical(f.url); err != nil {
			return nil, usagef("--url: %w", err)
		}
	}
	c, err := a.loadConfig()
	if err != nil {
		return nil, err
	}
	x := &extractor{app: a, flags: f, config: c, date: date, text: f.format == "text" || f.format == "" && a.human()}
	if f.recognizer == "" {
		f.recognizer = c.Recognizer
	}
	x.steps, err = a.steps(c, f.recognizer)
	return x, err
}

// page reads one page and prints its records.
func (x *extractor) page(ctx context.Context, name string) error {
	p, err := x.load(ctx, name)
	if err != nil {
		return err
	}
	r, articles, err := x.read(ctx, p)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if len(articles) == 0 {
		return noArticles(name, r)
	}
	for i, a := range articles {
		cuts := r.Cut
		if i > 0 {
			cuts = nil
		}
		if err := x.print(a, cuts); err != nil {
			return err
		}
	}
	return nil
}

func noArticles(name string, r extract.Reading) error {
	n := 0
	for _, l := range r.Links {
		if l.Rel == extract.RelArticle {
			n++
		}
	}
	if n > 0 {
		return fmt.Errorf("%s: no article text, but links to %d articles; 'tenure source add' follows them", name, n)
	}
	return fmt.Errorf("%s: no article text was found", name)
}

// load gets the page from where its name says.
func (x *extractor) load(ctx context.Context, name string) (extract.Page, error) {
	p := extract.Page{URL: x.flags.url, Published: x.date, At: x.app.now()}
	var err error
	switch {
	case name == "-":
		p.Body, err = readAllBounded(x.app.stdin, "standard input", maxInput)
	case strings.HasPrefix(name, "http://"), strings.HasPrefix(name, "https://"):
		return x.fetch(ctx, name)
	default:
		p.Type = typeOf(name)
		if p.Body, err = readBounded(name, maxInput); errors.Is(err, os.ErrNotExist) && strings.Contains(name, ".") && !strings.ContainsAny(name, " \\") {
			err = fmt.Errorf("%w; to fetch a page write https://%s", err, name)
		}
	}
	return p, err
}

// typeOf guesses the content type from a file's name; empty if it does not
// say.
func typeOf(name string) string {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".txt", ".text":
		return "text/plain"
	case ".html", ".htm", ".xhtml":
		return "text/html"
	}
	return ""
}

func (x *extractor) fetch(ctx context.Context, raw string) (extract.Page, error) {
	u, err := crawler.Canonical(raw)
	if err != nil {
		return extract.Page{}, err
	}
	client := x.app.client(x.config, nil, x.flags.private)
	f, err := client.Fetch(ctx, crawler.Link{URL: u, Role: crawler.Story})
	if err != nil {
		return extract.Page{}, err
	}
	if !f.OK() {
		return extract.Page{}, fmt.Errorf("%s answered with status %d", f.Final, f.Status)
	}
	url := f.Final
	if x.flags.url != "" {
		url = x.flags.url
	}
	return extract.Page{URL: url, Type: f.Type, At: f.At, Published: x.date, Body: f.Body, Truncated: f.Truncated}, nil
}

// read turns a page into annotated articles.
func (x *extractor) read(ctx context.Context, p extract.Page) (extract.Reading, []*extract.Article, error) {
	if len(bytes.TrimSpace(p.Body)) == 0 {
		return extract.Reading{}, nil, errors.New("the page is empty")
	}
	r, err := x.app.reader().Read(ctx, p)
	if err != nil {
		return r, nil, err
	}
	for _, a := range r.Articles {
		if err := x.annotate(ctx, a); err != nil {
			return r, nil, err
		}
	}
	return r, r.Articles, nil
}

func (x *extractor) annotate(ctx context.Context, a *extract.Article) error {
	if u, err := crawler.Canonical(a.URL); err == nil {
		a.URL = u
	}
	a.ID = extract.ArticleID(a.URL, a.Text)
	return pipeline.Annotate(ctx, a, x.steps)
}

// print writes one article.
func (x *extractor) print(a *extract.Article, cuts []extract.Cut) error {
	var e *explanation
	if x.flags.explain {
		e = x.explain(a, cuts)
	}
	if x.text {
		return x.app.showArticle(pipeline.NewArticleRecord(a), e)
	}
	if e == nil {
		return x.app.writeJSON(pipeline.NewArticleRecord(a))
	}
	return x.app.writeJSON(struct {
		pipeline.ArticleRecord
		Explain *explanation `json:"explain"`
	}{pipeline.NewArticleRecord(a), e})
}

// An explanation says why an article's record is what it is.
type explanation struct {
	Candidates []candidateRecord `json:"candidates"`
	Cut        []cutRecord       `json:"cut"`
}

// A candidateRecord is a fact that was considered.
type candidateRecord struct {
	Rule string              `json:"rule"`
	Kept bool                `json:"kept"`
	Why  string              `json:"why,omitempty"` // why it was not kept, or what lowered its score
	Fact pipeline.FactRecord `json:"fact"`
}

// A cutRecord is a piece of a page that was taken for boilerplate.
type cutRecord struct {
	Rule string `json:"rule"`
	Text string `json:"text"`
}

func newCutRecords(cuts []extract.Cut) []cutRecord {
	all := make([]cutRecord, 0, len(cuts))
	for _, c := range cuts {
		all = append(all, cutRecord(c))
	}
	return all
}

func (x *extractor) explain(a *extract.Article, cuts []extract.Cut) *explanation {
	e := &explanation{Candidates: []candidateRecord{}, Cut: newCutRecords(cuts)}
	for _, c := range (career.Step{Labels: x.config.labels()}).Explain(a) {
		e.Candidates = append(e.Candidates, candidateRecord{c.Rule, c.Kept, c.Why, pipeline.NewFactRecord(c.Fact)})
	}
	return e
}

// A document is one line of --jsonl input.
type document struct {
	ID   json.RawMessage `json:"id"`
	Text *string         `json:"text"`
	HTML *string         `json:"html"`
	URL  string          `json:"url"`
	Date string          `json:"date"`
}

// lines reads documents from standard input and prints a record for each.
func (x *extractor) lines(ctx context.Context, args []string) error {
	if len(args) == 1 && args[0] != "-" {
		return usagef("--jsonl reads standard input, not %s: write <%s", args[0], args[0])
	}
	in := bufio.NewScanner(x.app.stdin)
	in.Buffer(nil, maxLine)
	failed := 0
	n := 0
	for in.Scan() {
		n++
		if len(bytes.TrimSpace(in.Bytes())) == 0 {
			continue
		}
		if err := x.line(ctx, in.Bytes()); err != nil {
			if ctx.Err() != nil || isWriteError(err) {
				return err
			}
			failed++
			x.app.complain(fmt.Errorf("line %d: %w", n, err), "")
		}
	}
	if err := in.Err(); err != nil {
		return fmt.Errorf("standard input, line %d: %w", n+1, lineError(err))
	}
	if failed > 0 {
		return errPartial
	}
	return nil
}

// A writeError is an error of standard output, after which to go on is
// pointless.
type writeError struct{ error }

// Unwrap returns the error behind it.
func (e writeError) Unwrap() error { return e.error }

func isWriteError(err error) bool {
	var w writeError
	return errors.As(err, &w)
}

// line reads one document and prints its records under its id.
func (x *extractor) line(ctx context.Context, line []byte) error {
	var d document
	if err := json.Unmarshal(line, &d); err != nil {
		return fmt.Errorf("not a JSON object: %w", err)
	}
	articles, err := x.document(ctx, d)
	if err != nil {
		return err
	}
	for _, a := range articles {
		r := struct {
			pipeline.ArticleRecord
			ID json.RawMessage `json:"id,omitempty"` // hides the record's own
		}{pipeline.NewArticleRecord(a), d.ID}
		if len(d.ID) == 0 {
			r.ID, _ = json.Marshal(a.ID) // a string
		}
		if err := x.app.writeJSON(r); err != nil {
			return writeError{err}
		}
	}
	return nil
}

// onlyMonth matches dates that are known no better than to the month.
var onlyMonth = regexp.MustCompile(`^\d{4}(-(0[1-9]|1[0-2]))?$`)

// document returns the annotated articles of a document. One without any
// gives one empty article, so that every line in has a line out.
func (x *extractor) document(ctx context.Context, d document) ([]*extract.Article, error) {
	p := extract.Page{At: x.app.now(), URL: x.flags.url, Published: x.date}
	if d.URL != "" {
		u, err := crawler.Canonical(d.URL)
		if err != nil {
			return nil, err
		}
		p.URL = u
	}
	if d.Date != "" {
		date, err := extract.ParseStamp(d.Date)
		switch {
		case err == nil:
			p.Published = date
		case onlyMonth.MatchString(d.Date):
			x.app.say("date %q names no day: dates relative to it stay open", d.Date)
		default:
			return nil, err
		}
	}
	switch {
	case d.Text != nil && d.HTML != nil:
		return nil, errors.New("both text and html are given")
	case d.Text != nil:
		p.Type, p.Body = "text/plain; charset=utf-8", []byte(*d.Text)
	case d.HTML != nil:
		p.Type, p.Body = "text/html; charset=utf-8", []byte(*d.HTML)
	default:
		return nil, errors.New("neither text nor html is given")
	}
	if len(bytes.TrimSpace(p.Body)) == 0 {
		return []*extract.Article{{ID: extract.ArticleID(p.URL, ""), URL: p.URL, Published: p.Published}}, nil
	}
	reader := x.app.reader()
	reader.Whole = true // one document, one id
	r, err := reader.Read(ctx, p)
	if err != nil {
		return nil, err
	}
	if len(r.Articles) == 0 {
		r.Articles = []*extract.Article{{URL: p.URL, Published: p.Published}}
	}
	if d.Text != nil {
		keepText(r.Articles, *d.Text)
	}
	for _, a := range r.Articles {
		if err := x.annotate(ctx, a); err != nil {
			return nil, err
		}
	}
	return r.Articles, nil
}

// keepText gives the only article of a text the text byte for byte, if
// nothing but white space was changed in it: who sends text has offsets into
// it.
func keepText(articles []*extract.Article, text string) {
	if len(articles) == 1 && utf8.ValidString(text) && squeeze(articles[0].Text) == squeeze(text) {
		articles[0].Text = text
	}
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
