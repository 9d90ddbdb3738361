package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"tenure/crawler"
	"tenure/extract/career"
	"tenure/extract/content"
	"tenure/extract/gazetteer"
	"tenure/extract/ner"
	"tenure/extract/resolve"
	"tenure/pipeline"
	"tenure/store"
)

// recognizers are the choices of --recognizer, the default first.
func recognizers() []string { return []string{"own", "prose"} }

// newRecognizer returns the recognizer of the given name, which also knows
// the user's own names; its empty name is the default.
func newRecognizer(name string, names []gazetteer.Entry) (ner.Recognizer, error) {
	switch {
	case name == "prose":
		return ner.NewProse()
	case len(names) == 0:
		return ner.Default()
	}
	g, err := gazetteer.New(names...)
	if err != nil {
		return nil, err
	}
	return ner.New(g)
}

// steps returns what is done with an article's text, in order. Names are
// resolved a second time after the facts, whose grammar knows names that the
// recognizer may not.
func (a *app) steps(c config, recognizer string) ([]pipeline.Step, error) {
	r, err := newRecognizer(recognizer, c.names())
	if err != nil {
		return nil, fmt.Errorf("recognizer: %w", err)
	}
	return []pipeline.Step{
		ner.Step{Recognizer: r}, resolve.Step{},
		career.Step{Labels: c.labels()}, pipeline.Adopt{}, resolve.Step{},
	}, nil
}

// reader returns what turns pages into articles.
func (a *app) reader() *content.Reader { return &content.Reader{} }

// session is an open data file with the pipeline over it.
type session struct {
	*pipeline.Pipeline
	app    *app
	config config
	path   string
	db     *store.DB
	sites  *siteLines
}

// Close closes the data file.
func (s *session) Close() error { return s.db.Close() }

// openWith opens the data file with the given configuration and recognizer.
func (a *app) openWith(c config, recognizer string) (*session, error) {
	return a.openFile(c, recognizer, false, lockPatience)
}

// openFile opens the data file, and waits so long for one who has it. A file
// of another sort that happens to have the name is left alone.
func (a *app) openFile(c config, recognizer string, readOnly bool, patience time.Duration) (*session, error) {
	path, err := a.dbPath(c)
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no data file but a %s", path, fileKind(info.Mode()))
	}
	if recognizer == "" {
		recognizer = c.Recognizer
	}
	lazy := &lazySteps{load: func() ([]pipeline.Step, error) { return a.steps(c, recognizer) }}
	o := store.Options{
		Timeout: patience, ReadOnly: readOnly, Migrations: pipeline.Migrations(resolve.Across{}),
		Command: strings.TrimSpace("tenure " + a.running), Now: a.now,
	}
	db, err := store.Open(path, o)
	if readOnly && errors.Is(err, store.ErrReadOnly) { // of an earlier version: it is brought up to date first
		o.ReadOnly = false
		db, err = store.Open(path, o)
	}
	if err != nil {
		return nil, err
	}
	reader := a.reader()
	reader.Whole = true // the entries of a live page have no page of their own
	p := pipeline.New(db, reader, []pipeline.Step{lazy}, career.Moves)
	sites := &siteLines{load: p.Lines, log: a.log()}
	reader.Repeats = sites.of
	p.Now, p.Log, p.People, p.Parent = a.now, a.log(), resolve.Across{}, resolve.PartOf
	if a.self != "" {
		p.Probe = a.probe
	}
	p.Version = c.extractionVersion(recognizer)
	return &session{p, a, c, path, db, sites}, nil
}

func fileKind(m fs.FileMode) string {
	switch {
	case m.IsDir():
		return "directory"
	case m&fs.ModeDevice != 0:
		return "device"
	case m&fs.ModeNamedPipe != 0:
		return "pipe"
	}
	return "special file"
}

// How long to wait for another command to finish: one that has to have the
// file for itself, and one that looks again whether somebody answers, soon at
// first, since who takes the file answers a moment later.
const (
	lockPatience = 2 * time.Second
	lockTry      = time.Millisecond
	leastPause   = 2 * time.Millisecond
	mostPause    = 50 * time.Millisecond
)

// client returns what fetches pages.
func (a *app) client(c config, robots crawler.RobotsStore, allowPrivate bool) *crawler.Client {
	agent := c.UserAgent
	if agent == "" {
		agent = "tenure/" + version()
		if c.Contact != "" {
			agent += " (+" + c.Contact + ")"
		}
	}
	return &crawler.Client{
		UserAgent: agent, From: c.From, AllowPrivate: allowPrivate || c.AllowPrivate, MaxBody: c.MaxBody, Robots: robots,
		Timeouts: crawler.Timeouts{Total: time.Duration(c.Timeout)}, Now: a.now,
	}
}
