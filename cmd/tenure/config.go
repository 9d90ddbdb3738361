package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/goccy/go-yaml"

	"tenure/crawler"
	"tenure/extract"
	"tenure/extract/career"
	"tenure/extract/gazetteer"
)

// config is tenure.yaml. Flags beat the environment, and the environment
// beats the file.
type config struct {
	DB           string         `yaml:"db"`
	UserAgent    string         `yaml:"user_agent"`
	Contact      string         `yaml:"contact"`
	From         string         `yaml:"from"`
	Delay        duration       `yaml:"delay"`
	Timeout      duration       `yaml:"timeout"`
	Recheck      duration       `yaml:"recheck"`
	KeepPages    duration       `yaml:"keep_pages"`
	Workers      int            `yaml:"workers"`
	MaxPages     int            `yaml:"max_pages"`
	MaxBody      int64          `yaml:"max_body"`
	AllowPrivate bool           `yaml:"allow_private"`
	Recognizer   string         `yaml:"recognizer"`
	Labels       []labelConfig  `yaml:"labels"`
	Names        []nameConfig   `yaml:"names"`
	Sources      []sourceConfig `yaml:"sources"`
	Hooks        []hookConfig   `yaml:"hooks"`

	path string // where it was read; empty if there is none
}

type labelConfig struct {
	Label string `yaml:"label"`
	Field string `yaml:"field"`
}

type nameConfig struct {
	Name    string   `yaml:"name"`
	Kind    string   `yaml:"kind"`
	Aliases []string `yaml:"aliases"`
}

type sourceConfig struct {
	URL    string   `yaml:"url"`
	Kind   string   `yaml:"kind"`
	Every  duration `yaml:"every"`
	Tags   []string `yaml:"tags"`
	Allow  []string `yaml:"allow"`
	Deny   []string `yaml:"deny"`
	Paused bool     `yaml:"paused"`
}

// A duration is written as Go writes them, with days besides: "90m", "6h",
// "2d".
type duration time.Duration

// UnmarshalYAML reads a duration.
func (d *duration) UnmarshalYAML(b []byte) error {
	v, err := parseDuration(strings.Trim(strings.TrimSpace(string(b)), `"'`))
	*d = duration(v)
	return err
}

// MarshalYAML writes a duration.
func (d duration) MarshalYAML() (any, error) { return time.Duration(d).String(), nil }

func parseDuration(s string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		if n, err := strconv.ParseFloat(days, 64); err == nil && n >= 0 && n < 36500 {
			return time.Duration(n * 24 * float64(time.Hour)), nil
		}
	}
	v, err := time.ParseDuration(s)
	if err != nil || v < 0 {
		return 0, fmt.Errorf("%q is no duration: want something like 30s, 90m, 6h or 2d", s)
	}
	return v, nil
}

// maxConfig bounds the configuration file, bytes.
const maxConfig = 4 << 20

// loadConfig reads the configuration. A file that was asked for must exist.
func (a *app) loadConfig() (config, error) {
	path, must := a.configPath()
	c := config{Delay: duration(time.Second), Timeout: duration(60 * time.Second), Recheck: duration(72 * time.Hour), KeepPages: duration(30 * 24 * time.Hour), Workers: 8}
	if path != "" {
		data, err := readBounded(path, maxConfig)
		switch {
		case errors.Is(err, fs.ErrNotExist) && !must:
		case err != nil:
			return c, configError{fmt.Errorf("configuration: %w", err)}
		default:
			if err := parseConfig(data, &c); err != nil {
				return c, configError{fmt.Errorf("%s: %w", path, err)}
			}
			c.path = path
		}
	}
	if err := c.fromEnv(a.getenv); err != nil {
		return c, configError{err}
	}
	if err := c.check(); err != nil {
		return c, configError{err}
	}
	return c, nil
}

// configPath returns the file to read, and whether it must be there.
func (a *app) configPath() (path string, must bool) {
	if p := cmp.Or(a.config, a.getenv("TENURE_CONFIG")); p != "" {
		return p, true
	}
	if _, err := os.Stat("tenure.yaml"); err == nil {
		return "tenure.yaml", false
	}
	dir := a.getenv("XDG_CONFIG_HOME")
	if dir == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", false
		}
		dir = filepath.Join(home, ".config")
	}
	return filepath.Join(dir, "tenure", "tenure.yaml"), false
}

// readBounded reads a file of at most max bytes.
func readBounded(path string, max int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAllBounded(f, path, max)
}

func readAllBounded(r io.Reader, name string, max int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, max+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if int64(len(data)) > max {
		return nil, fmt.Errorf("%s is larger than %d bytes", name, max)
	}
	return data, nil
}

// parseConfig reads YAML into c. An unknown key or a wrong value is an error
// that shows the line.
func parseConfig(data []byte, c *config) error {
	if len(bytes.TrimSpace(data)) == 0 {
		return nil
	}
	given := *c
	dec := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict())
	if err := dec.Decode(&given); err != nil && !errors.Is(err, io.EOF) {
		return explainYAML(firstUnknownKey(data, err))
	}
	if reflect.ValueOf(given).IsZero() {
		return nil // nothing but comments: the defaults hold
	}
	*c = given
	return placed(data, c.check())
}

// check says what is wrong with values that can be written but not meant.
func (c *config) check() error {
	for i, l := range c.Labels {
		if l.Label == "" || l.Field == "" {
			return fmt.Errorf("labels, entry %d: label and field are both needed", i+1)
		}
		if !(career.Label{Label: l.Label, Field: l.Field}).Known() {
			return fmt.Errorf("labels, %s: unknown field %q: want left, joined, tenure, current_role, former_role, role, person, org, since, range, …", l.Label, l.Field)
		}
	}
	for i, n := range c.Names {
		if n.Name == "" {
			return fmt.Errorf("names, entry %d: name is needed", i+1)
		}
		if err := oneOf(fmt.Sprintf("names, %s: kind", n.Name), n.Kind, nameKinds()); err != nil {
			return err
		}
	}
	if c.Workers < 0 || c.Workers > 256 {
		return fmt.Errorf("workers: %d is not between 0 and 256", c.Workers)
	}
	if c.MaxPages < 0 {
		return fmt.Errorf("max_pages: %d is negative", c.MaxPages)
	}
	if c.MaxBody < 0 {
		return fmt.Errorf("max_body: %d is negative", c.MaxBody)
	}
	for key, v := range map[string]string{"user_agent": c.UserAgent, "contact": c.Contact, "from": c.From} {
		if strings.ContainsFunc(v, unicode.IsControl) {
			return fmt.Errorf("%s: %q has a line break or another control character", key, v)
		}
	}
	if c.Recognizer != "" {
		if err := oneOf("recognizer", c.Recognizer, recognizers()); err != nil {
			return err
		}
	}
	if err := c.checkHooks(); err != nil {
		return err
	}
	_, err := c.sources()
	return err
}

func nameKinds() []string { return []string{"person", "organization", "place", "other"} }

// labels returns the user's own labels.
func (c *config) labels() []career.Label {
	var all []career.Label
	for _, l := range c.Labels {
		all = append(all, career.Label{Label: l.Label, Field: l.Field})
	}
	return all
}

// names returns the user's own names.
func (c *config) names() []gazetteer.Entry {
	var all []gazetteer.Entry
	for _, n := range c.Names {
		all = append(all, gazetteer.Entry{Name: n.Name, Kind: extract.Kind(n.Kind), Aliases: n.Aliases})
	}
	return all
}

// sources returns the file's sources.
func (c *config) sources() ([]crawler.Source, error) {
	var all []crawler.Source
	seen := map[string]bool{}
	for i, s := range c.Sources {
		if s.URL == "" {
			return nil, fmt.Errorf("sources, entry %d: url is needed", i+1)
		}
		src, err := crawler.NewSource(crawler.Kind(s.Kind), s.URL)
		if err != nil {
			return nil, fmt.Errorf("sources, entry %d: %w", i+1, err)
		}
		if seen[src.ID] {
			return nil, fmt.Errorf("sources, entry %d: %s is there twice", i+1, s.URL)
		}
		seen[src.ID] = true
		src.Every, src.Tags, src.Allow, src.Deny, src.Paused = time.Duration(s.Every), s.Tags, s.Allow, s.Deny, s.Paused
		if _, err := src.Scope(); err != nil {
			return nil, fmt.Errorf("sources, %s: %w", s.URL, err)
		}
		all = append(all, src)
	}
	return all, nil
}

// fromEnv applies environment variables: TENURE_ and the key in capitals.
func (c *config) fromEnv(getenv func(string) string) error {
	set := func(key string, apply func(string) error) error {
		name := "TENURE_" + strings.ToUpper(key)
		v := getenv(name)
		if v == "" {
			return nil
		}
		if err := apply(v); err != nil {
			return fmt.Errorf("environment variable %s: %w", name, err)
		}
		return nil
	}
	text := func(p *string) func(string) error { return func(v string) error { *p = v; return nil } }
	span := func(p *duration) func(string) error {
		return func(v string) error {
			d, err := parseDuration(v)
			*p = duration(d)
			return err
		}
	}
	number := func(p *int) func(string) error {
		return func(v string) (err error) { *p, err = strconv.Atoi(v); return err }
	}
	return errors.Join(
		set("user_agent", text(&c.UserAgent)),
		set("contact", text(&c.Contact)),
		set("from", text(&c.From)),
		set("delay", span(&c.Delay)),
		set("timeout", span(&c.Timeout)),
		set("recheck", span(&c.Recheck)),
		set("keep_pages", span(&c.KeepPages)),
		set("workers", number(&c.Workers)),
		set("max_pages", number(&c.MaxPages)),
		set("max_body", func(v string) (err error) { c.MaxBody, err = strconv.ParseInt(v, 10, 64); return err }),
		set("allow_private", func(v string) (err error) { c.AllowPrivate, err = strconv.ParseBool(v); return err }),
		set("recognizer", func(v string) error { c.Recognizer = v; return oneOf("recognizer", v, recognizers()) }),
	)
}
