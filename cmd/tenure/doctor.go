package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"tenure/pipeline"
	"tenure/store"
)

// A finding is one thing doctor looked at.
type finding struct {
	Check  string `json:"check"`
	State  string `json:"state"` // ok, warn, fail
	Detail string `json:"detail"`
	Fix    string `json:"fix,omitempty"`
}

// States of a finding.
const (
	stateOK   = "ok"
	stateWarn = "warn"
	stateFail = "fail"
)

func (a *app) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Check configuration, data file, disk, clock, recognizer and sources",
		Args:  a.args(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			a.running = "doctor"
			d := &doctor{app: a}
			d.examine()
			return d.report()
		},
	}
}

// A doctor collects findings.
type doctor struct {
	app      *app
	findings []finding
	config   error // set if the configuration is bad
}

func (d *doctor) add(check, state, detail, fix string) {
	d.findings = append(d.findings, finding{check, state, detail, fix})
}

// examine looks at everything that can be looked at; what depends on
// something broken is left out.
func (d *doctor) examine() {
	c, err := d.app.loadConfig()
	if err != nil {
		d.config = err
		d.add("configuration", stateFail, err.Error(), "correct the line, or name another file with --config")
		return
	}
	where := c.path
	if where == "" {
		where = "none; defaults are used"
	}
	d.add("configuration", stateOK, where, "")
	if c.Contact == "" && c.UserAgent == "" {
		d.add("contact", stateWarn, "site owners cannot tell who is crawling", "set contact: to a page or address in tenure.yaml")
	}
	path, err := d.app.dbPath(c)
	if err != nil {
		d.add("data file", stateFail, err.Error(), "name one with --db")
		return
	}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	d.disk(path)
	d.recognizer(c)
	d.file(c, path)
}

// disk checks that the directory of the data file can be written and has
// room.
func (d *doctor) disk(path string) {
	dir := filepath.Dir(path)
	for {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			break
		}
		up := filepath.Dir(dir)
		if up == dir {
			break
		}
		dir = up
	}
	tmp, err := os.CreateTemp(dir, ".tenure-doctor-*")
	if err != nil {
		d.add("disk", stateFail, err.Error(), "make the directory writable, or choose another file with --db")
		return
	}
	tmp.Close()
	os.Remove(tmp.Name())
	free, ok := freeBytes(dir)
	switch {
	case !ok:
		d.add("disk", stateOK, dir+" can be written", "")
	case free < 100<<20:
		d.add("disk", stateWarn, fmt.Sprintf("%d MB free in %s", free>>20, dir), "make room: a full disk stops a run")
	default:
		d.add("disk", stateOK, fmt.Sprintf("%.1f GB free in %s", float64(free)/(1<<30), dir), "")
	}
}

func (d *doctor) recognizer(c config) {
	begin := time.Now()
	if _, err := d.app.steps(c, c.Recognizer); err != nil {
		d.add("recognizer", stateFail, err.Error(), "choose another one with recognizer: in tenure.yaml")
		return
	}
	name := c.Recognizer
	if name == "" {
		name = recognizers()[0]
	}
	d.add("recognizer", stateOK, fmt.Sprintf("%s, loaded in %d ms", name, time.Since(begin).Milliseconds()), "")
}

// file opens the data file and looks into it.
func (d *doctor) file(c config, path string) {
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		d.add("data file", stateWarn, path+" does not exist yet", hintNoSources)
		return
	}
	if err != nil {
		d.add("data file", stateFail, err.Error(), "")
		return
	}
	p, err := d.app.reachWith(c, "", true)
	var locked *store.LockedError
	switch {
	case errors.As(err, &locked):
		d.add("data file", stateWarn, err.Error(), "")
		return
	case err != nil:
		d.add("data file", stateFail, err.Error(), d.fixFile(err, path))
		return
	}
	defer p.Close()
	d.add("data file", stateOK, fmt.Sprintf("%s, %.1f MB%s", path, float64(info.Size())/(1<<20), p.heldBy()), "")
	if info.Mode().Perm()&0o077 != 0 {
		d.add("permissions", stateWarn, fmt.Sprintf("%s is readable by others (%s)", path, info.Mode().Perm()), "chmod 600 "+path)
	}
	d.clock(p)
	d.sources(p)
}

// fixFile says what to do about a data file that cannot be opened.
func (d *doctor) fixFile(err error, path string) string {
	switch {
	case errors.As(err, new(*store.DamagedError)):
		return fixDamaged(path)
	case errors.Is(err, fs.ErrPermission):
		return "make it readable for this user, or run as the one it belongs to"
	}
	return ""
}

// clock compares the clock with the last run's.
func (d *doctor) clock(p *reached) {
	last, ok, err := p.LastRun()
	now := d.app.now()
	switch {
	case err != nil:
		d.add("last run", stateFail, err.Error(), "")
	case !ok:
		d.add("last run", stateWarn, "never", "run 'tenure run', and let cron do it from then on")
	case last.Start.After(now.Add(time.Hour)):
		d.add("clock", stateFail, fmt.Sprintf("the last run is %s in the future", last.Start.Sub(now).Round(time.Minute)), "set the clock: due times cannot be right")
	case now.Sub(last.Start) > 7*24*time.Hour:
		d.add("last run", stateWarn, d.app.ago(last.Start)+": "+last.String(), "is cron still calling 'tenure run'?")
	default:
		d.add("last run", stateOK, d.app.ago(last.Start)+": "+last.String(), "")
	}
}

func (d *doctor) sources(p *reached) {
	all, err := p.Sources()
	if err != nil {
		d.add("sources", stateFail, err.Error(), "")
		return
	}
	if len(all) == 0 {
		d.add("sources", stateWarn, "none", hintNoSources)
	}
	for _, s := range all {
		state, detail, fix := d.source(s)
		d.add("source "+s.ID, state, detail, fix)
	}
	n := 0
	err = p.Failures(pipeline.Filter{}, func(pipeline.Failure) error { n++; return nil })
	if err != nil {
		d.add("failures", stateFail, err.Error(), "")
	} else if n > 0 {
		d.add("failures", stateWarn, fmt.Sprintf("%d pages", n), "'tenure list failures' says which and why")
	}
}

func (d *doctor) source(s pipeline.SourceState) (state, detail, fix string) {
	how, next := health(s)
	switch how {
	case pipeline.HealthNew:
		return stateWarn, s.URL + ": not looked at yet", next
	case pipeline.HealthFailing:
		return stateWarn, fmt.Sprintf("%s: %s since %s; last good %s", s.URL, s.Problem, d.app.ago(s.Since), d.app.ago(s.LastGood)), next
	case pipeline.HealthQuiet:
		return stateWarn, fmt.Sprintf("%s: answers, but brought %d articles in a week, usually %s; offers %d", s.URL, s.Volume.Week, usual(s.Volume.Usual), s.Found), next
	case pipeline.HealthPaused:
		return stateOK, s.URL + ": paused", ""
	}
	return stateOK, fmt.Sprintf("%s: good %s, offers %d", s.URL, d.app.ago(s.LastGood), s.Found), ""
}

// report prints the findings and fails if one did.
func (d *doctor) report() error {
	l := d.app.newLister("", "CHECK", "FINDING")
	failed := 0
	for _, f := range d.findings {
		if f.State == stateFail {
			failed++
		}
		detail := f.Detail
		if f.Fix != "" {
			detail += " -> " + f.Fix
		}
		if err := l.add(f, f.State, f.Check, detail); err != nil {
			return err
		}
	}
	if err := l.close(""); err != nil {
		return err
	}
	switch {
	case d.config != nil:
		return configError{errors.New("the configuration cannot be used")}
	case failed > 0:
		return fmt.Errorf("%d of %d checks failed", failed, len(d.findings))
	}
	return nil
}
