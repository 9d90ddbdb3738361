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
	"tenure/extract/ner"
	"tenure/extract/resolve"
	"tenure/pipeline"
	"tenure/store"
)

// recognizers are the choices of --recognizer, the default first.
func recognizers() []string { return []string{"own", "prose"} }

// newRecognizer returns the recognizer of the given name; its empty name is
// the default.
func newRecognizer(name string) (ner.Recognizer, error) {
	if name == "prose" {
		return ner.NewProse()
	}
	return ner.Default()
}

// steps returns what is done with an article's text, in order. Names are
// resolved a second time after the facts, whose grammar knows names that the
// recognizer may not.
func (a *app) steps(c config, recognizer string) ([]pipeline.Step, error) {
	r, err := newRecognizer(recognizer)
	if err != nil {
		return nil, fmt.Errorf("recognizer: %w", err)
	}
	var labels []career.Label
	for _, l := range c.Labels {
		labels = append(labels, career.Label{Label: l.Label, Field: l.Field})
	}
	return []pipeline.Step{
		ner.Step{Recognizer: r}, resolve.Step{},
		career.Step{Labels: labels}, pipeline.Adopt{}, resolve.Step{},
	}, nil
}

// reader returns what turns pages into articles.
func (a *app) reader() *content.Reader { return &content.Reader{} }

// session is an open data file with the pipeline over it.
type session struct {
	*pipeline.Pipeline
	config config
	path   string
	db     *store.DB
}

// Close closes the data file.
func (s *session) Close() error { return s.db.Close() }

// open opens the data file for a command that may change it, and creates it
// if it is not there.
func (a *app) open() (*session, error) {
	c, err := a.loadConfig()
	if err != nil {
		return nil, err
	}
	return a.openWith(c, "")
}

// openToRead opens the data file for a command that only reads. It is an
// error if there is none.
func (a *app) openToRead() (*session, error) {
	c, err := a.loadConfig()
	if err != nil {
		return nil, err
	}
	path, err := a.dbPath(c)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no data file at %s yet; %s, then 'tenure run'", path, hintNoSources)
	}
	return a.openWith(c, "")
}

// openWith opens the data file with the given configuration and recognizer.
func (a *app) openWith(c config, recognizer string) (*session, error) {
	path, err := a.dbPath(c)
	if err != nil {
		return nil, err
	}
	if recognizer == "" {
		recognizer = c.Recognizer
	}
	lazy := &lazySteps{load: func() ([]pipeline.Step, error) { return a.steps(c, recognizer) }}
	db, err := store.Open(path, store.Options{
		Timeout: lockPatience, Command: strings.TrimSpace("tenure " + a.running), Now: a.now,
	})
	if err != nil {
		return nil, err
	}
	p := pipeline.New(db, a.reader(), []pipeline.Step{lazy}, career.Moves)
	p.Now, p.Log = a.now, a.log()
	p.Version = extractionVersion(recognizer)
	return &session{p, c, path, db}, nil
}

// lockPatience is how long to wait for another command to finish.
const lockPatience = 2 * time.Second

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
