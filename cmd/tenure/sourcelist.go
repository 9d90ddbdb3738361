package main

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tenure/pipeline"
)

// sourceRecord is a source in JSON.
type sourceRecord struct {
	ID       string          `json:"id"`
	URL      string          `json:"url"`
	Kind     string          `json:"kind,omitempty"`
	Every    string          `json:"every,omitempty"`
	Tags     []string        `json:"tags,omitempty"`
	Paused   bool            `json:"paused,omitempty"`
	LastRun  string          `json:"last_run,omitempty"`
	LastGood string          `json:"last_good,omitempty"`
	Due      string          `json:"due,omitempty"`
	State    pipeline.Health `json:"state"`
	Problem  string          `json:"problem,omitempty"`
	Since    string          `json:"since,omitempty"` // when the problem began
	Found    int             `json:"found"`           // links and articles offered at the last good look
	Week     int             `json:"week"`            // articles first met in the last seven days
	Usual    float64         `json:"usual,omitempty"` // a week, before that
	Next     string          `json:"next,omitempty"`  // what to do about it
}

func newSourceRecord(s pipeline.SourceState) sourceRecord {
	r := sourceRecord{
		ID: s.ID, URL: s.URL, Kind: string(s.Kind), Tags: s.Tags, Paused: s.Paused,
		LastRun: moment(s.LastRun), LastGood: moment(s.LastGood), Due: moment(s.Due), Problem: s.Problem,
		Since: moment(s.Since), Found: s.Found, Week: s.Volume.Week, Usual: math.Round(s.Volume.Usual*10) / 10,
	}
	r.State, r.Next = health(s)
	if s.Every > 0 {
		r.Every = s.Every.String()
	}
	return r
}

// health says how a source is doing in one word, and what to do about it.
func health(s pipeline.SourceState) (state pipeline.Health, next string) {
	switch state = s.Health(); {
	case state == pipeline.HealthNew:
		next = "tenure run"
	case state == pipeline.HealthFailing && s.Gone():
		next = "the site says it is gone for good: tenure source remove " + s.URL
	case state == pipeline.HealthFailing, state == pipeline.HealthQuiet:
		next = "tenure source test " + s.URL
	}
	return state, next
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func (a *app) sourceList() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the sources and how they are doing",
		Args:  a.args(cobra.NoArgs),
		RunE:  func(*cobra.Command, []string) error { return a.listSources() },
	}
}

func (a *app) listSources() error {
	p, err := a.reachToRead()
	if err != nil {
		return err
	}
	defer p.Close()
	all, err := p.Sources()
	if err != nil {
		return err
	}
	l := a.newLister("ID", "KIND", "STATE", "LAST GOOD", "DUE", "WEEK", "USUAL", "URL")
	for _, s := range all {
		r := newSourceRecord(s)
		state := string(r.State)
		if s.Problem != "" {
			state += ": " + s.Problem
		}
		err := l.add(r, s.ID, string(s.Kind), state, a.ago(s.LastGood), a.ahead(s.Due), fmt.Sprint(r.Week), usual(r.Usual), s.URL)
		if err != nil {
			return err
		}
	}
	return l.close("no sources yet; " + hintNoSources)
}

func usual(n float64) string {
	if n == 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f", n)
}

// ahead is how long until something is due, for a person.
func (a *app) ahead(t time.Time) string {
	d := t.Sub(a.now())
	switch {
	case t.IsZero():
		return "-"
	case d <= 0:
		return "now"
	case d < time.Hour:
		return fmt.Sprintf("in %d min", int(d.Minutes())+1)
	case d < 48*time.Hour:
		return fmt.Sprintf("in %d h", int(d.Hours()))
	}
	return fmt.Sprintf("in %d days", int(d.Hours()/24))
}

// ago is how long something is past, for a person.
func (a *app) ago(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	d := a.now().Sub(t)
	switch {
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h ago", int(d.Hours()))
	}
	return strings.TrimSpace(fmt.Sprintf("%d days ago", int(d.Hours()/24)))
}
