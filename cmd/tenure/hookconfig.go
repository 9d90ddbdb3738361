package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"

	"tenure/pipeline/web/hook"
)

// hookConfig is a hook of the configuration file.
type hookConfig struct {
	Name         string     `yaml:"name"`
	URL          string     `yaml:"url"`
	SecretFile   string     `yaml:"secret_file"`
	SecretEnv    string     `yaml:"secret_env"`
	On           hookFilter `yaml:"on"`
	Template     string     `yaml:"template"`
	TemplateFile string     `yaml:"template_file"`
	ContentType  string     `yaml:"content_type"`
	MaxMoves     int        `yaml:"max_moves"`
	AllowPrivate bool       `yaml:"allow_private"`
}

// hookFilter says which moves a hook is told of.
type hookFilter struct {
	Kinds    []string `yaml:"kinds"`
	Person   string   `yaml:"person"`
	Org      string   `yaml:"org"`
	MinScore float64  `yaml:"min_score"`
}

// A keyError is a mistake at a place of the configuration file.
type keyError struct {
	path string // as $.hooks[0].url
	err  error
}

// Error implements error.
func (e *keyError) Error() string { return e.err.Error() }

// Unwrap returns the mistake.
func (e *keyError) Unwrap() error { return e.err }

// placed shows where in the file a mistake is, as mistakes in its form are
// shown.
func placed(data []byte, err error) error {
	var key *keyError
	if !errors.As(err, &key) {
		return err
	}
	for place := key.path; place != "$" && place != ""; place = place[:max(0, strings.LastIndexAny(place, ".["))] {
		path, perr := yaml.PathString(place)
		if perr != nil {
			return err
		}
		node, perr := path.ReadNode(bytes.NewReader(data))
		if perr != nil || node == nil {
			continue // the key is missing: its parent is shown
		}
		source, perr := path.AnnotateSource(data, false)
		if perr != nil {
			return err
		}
		at := node.GetToken().Position
		return fmt.Errorf("[%d:%d] %w\n%s", at.Line, at.Column, err, hideSecrets(strings.TrimRight(string(source), "\n")))
	}
	return err
}

// writtenSecret is a secret that somebody wrote into the file.
var writtenSecret = regexp.MustCompile(`(\bsecret["']?:[ \t]*)\S.*`)

// hideSecrets takes secrets that should not stand in the file out of what is
// shown of it.
func hideSecrets(source string) string {
	return writtenSecret.ReplaceAllString(source, "${1}(not shown)")
}

// hookName is what a hook may be called.
var hookName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`)

// checkHooks says what is wrong with the hooks, as far as that can be told
// without their secrets and files.
func (c *config) checkHooks() error {
	seen := map[string]bool{}
	for i, h := range c.Hooks {
		if key, err := h.check(); err != nil {
			return &keyError{fmt.Sprintf("$.hooks[%d].%s", i, key), fmt.Errorf("hooks, %s: %w", h.called(i), err)}
		}
		if seen[h.Name] {
			return &keyError{fmt.Sprintf("$.hooks[%d].name", i), fmt.Errorf("hooks, %s: the name is there twice", h.Name)}
		}
		seen[h.Name] = true
	}
	return nil
}

// called names a hook in an error.
func (h hookConfig) called(i int) string {
	if h.Name == "" {
		return fmt.Sprintf("entry %d", i+1)
	}
	return h.Name
}

// check returns the key under which something is wrong, and what.
func (h hookConfig) check() (key string, err error) {
	if !hookName.MatchString(h.Name) {
		return "name", fmt.Errorf("name %q: want letters, digits, - and _", h.Name)
	}
	if u, err := url.Parse(h.URL); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return "url", errors.New("url: want an address that begins with https:// or http://") // it may hold a secret: not repeated
	}
	switch {
	case (h.SecretFile == "") == (h.SecretEnv == ""):
		return "secret_file", errors.New("one of secret_file and secret_env is needed: where the secret is, which does not stand here")
	case h.Template != "" && h.TemplateFile != "":
		return "template_file", errors.New("template and template_file cannot be given together")
	case h.MaxMoves < 0:
		return "max_moves", fmt.Errorf("max_moves: %d is negative", h.MaxMoves)
	case h.On.MinScore < 0 || h.On.MinScore > 1:
		return "on.min_score", fmt.Errorf("min_score: %g is not between 0 and 1", h.On.MinScore)
	case strings.ContainsAny(h.ContentType, "\r\n"):
		return "content_type", errors.New("content_type has a line break")
	}
	for n, k := range h.On.Kinds {
		if err := oneOf("kind", k, moveKinds()); err != nil {
			return fmt.Sprintf("on.kinds[%d]", n), err
		}
	}
	if _, err := hook.NewPayload(h.Template, h.ContentType); err != nil {
		return "template", err
	}
	return "", nil
}

// hooks returns the hooks of the configuration, with their secrets and
// templates. Files are looked for beside the configuration file.
func (c *config) hooks(getenv func(string) string) (all []hook.Hook, err error) {
	for i, h := range c.Hooks {
		made, err := h.open(filepath.Dir(c.path), getenv)
		if err != nil {
			return nil, configError{fmt.Errorf("hooks, %s: %w", h.called(i), err)}
		}
		made.AllowPrivate = made.AllowPrivate || c.AllowPrivate
		all = append(all, made)
	}
	return all, nil
}

func (h hookConfig) open(dir string, getenv func(string) string) (made hook.Hook, err error) {
	made = hook.Hook{
		Name: h.Name, URL: h.URL, Kinds: h.On.Kinds, Person: h.On.Person, Org: h.On.Org, MinScore: h.On.MinScore,
		Most: h.MaxMoves, AllowPrivate: h.AllowPrivate,
	}
	secret := getenv(h.SecretEnv)
	if h.SecretFile != "" {
		secret, err = readSecret("secret_file", beside(dir, h.SecretFile))
	} else if secret == "" {
		err = fmt.Errorf("secret_env: the environment has no %s", h.SecretEnv)
	}
	if err != nil {
		return made, err
	}
	if made.Secret, err = hook.NewSecret(secret); err != nil {
		return made, err
	}
	text := h.Template
	if h.TemplateFile != "" {
		b, err := readBounded(beside(dir, h.TemplateFile), maxConfig)
		if err != nil {
			return made, fmt.Errorf("template_file: %w", err)
		}
		text = string(b)
	}
	made.Payload, err = hook.NewPayload(text, h.ContentType)
	return made, err
}

// beside returns a path that is relative to a directory.
func beside(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

// readSecret reads a file that nobody else can read.
func readSecret(flag, path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("%s: %w", flag, err)
	}
	if !info.Mode().IsRegular() || info.Mode().Perm()&0o077 != 0 {
		return "", fmt.Errorf("%s %s: others can read it (mode %04o); 'chmod 600 %s' keeps it yours", flag, path, info.Mode().Perm(), path)
	}
	b, err := readBounded(path, maxConfig)
	if err != nil {
		return "", fmt.Errorf("%s: %w", flag, err)
	}
	return strings.TrimSpace(string(b)), nil
}
