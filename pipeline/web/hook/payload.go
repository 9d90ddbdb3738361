package hook

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/template"
	"time"

	"tenure/extract"
	"tenure/pipeline"
)

// A Payload is what messages are made with: a template of the user's, or if
// there is none, JSON with the moves as they are exported.
type Payload struct {
	tmpl *template.Template
	text string
	kind string // media type; empty means JSON
}

// A Digest is what a template gets.
type Digest struct {
	Hook  string                // its name
	At    time.Time             // when the message was made
	Moves []pipeline.MoveRecord // at least one
}

// maxTemplate bounds a template, bytes.
const maxTemplate = 64 << 10

// NewPayload reads a template of text/template, which gets a Digest and has
// the functions json (any value as JSON), line (a move in a line) and lines
// (moves, a line each). An empty template is JSON with the moves, an empty
// media type is JSON. What a template for JSON makes of a move must be JSON, or
// it is refused here.
func NewPayload(text, contentType string) (Payload, error) {
	p := Payload{text: text, kind: contentType}
	if text == "" {
		return p, nil
	}
	if len(text) > maxTemplate {
		return p, fmt.Errorf("template is longer than %d bytes", maxTemplate)
	}
	t, err := template.New("template").Option("missingkey=error").Funcs(template.FuncMap{"json": asJSON, "line": Line, "lines": lines}).Parse(text)
	if err != nil {
		return p, err
	}
	p.tmpl = t
	_, _, err = p.fit("sample", time.Unix(0, 0).UTC(), []pipeline.MoveRecord{Sample()})
	return p, err
}

// contentType is the media type of messages.
func (p Payload) contentType() string { return cmp.Or(p.kind, "application/json") }

func (p Payload) isJSON() bool {
	kind, _, _ := strings.Cut(p.contentType(), ";")
	return kind == "application/json" || strings.HasSuffix(kind, "+json")
}

// key stands for what messages are made with.
func (p Payload) key() string {
	sum := sha256.Sum256([]byte(p.kind + "\x00" + p.text))
	return hex.EncodeToString(sum[:8])
}

// errLarge is returned for a message that would be too large.
var errLarge = errors.New("message is too large")

// fit makes a message of as many of the moves as it can hold.
func (p Payload) fit(hook string, at time.Time, moves []pipeline.MoveRecord) ([]byte, []pipeline.MoveRecord, error) {
	for {
		body, err := p.render(Digest{hook, at, moves})
		switch {
		case !errors.Is(err, errLarge):
			return body, moves, err
		case len(moves) > 1:
			moves = moves[:len(moves)/2]
		case len(moves[0].Evidence) > 1: // of one that very many articles tell, some
			m := moves[0]
			m.Evidence = m.Evidence[:len(m.Evidence)/2]
			moves = []pipeline.MoveRecord{m}
		default:
			return nil, nil, err
		}
	}
}

// render makes a message.
func (p Payload) render(d Digest) ([]byte, error) {
	var b bounded
	if p.tmpl == nil {
		v := struct {
			Type string    `json:"type"`
			At   time.Time `json:"timestamp"`
			Data any       `json:"data"`
		}{"moves.new", d.At, struct {
			Hook  string                `json:"hook"`
			Moves []pipeline.MoveRecord `json:"moves"`
		}{d.Hook, d.Moves}}
		err := encode(&b, v)
		return b.buf.Bytes(), err
	}
	if err := p.tmpl.Execute(&b, d); err != nil {
		return nil, err
	}
	if p.isJSON() && !json.Valid(b.buf.Bytes()) {
		return nil, errors.New("template: what it makes is no JSON; {{json .}} writes a value as JSON, and content_type says if it is something else")
	}
	return b.buf.Bytes(), nil
}

// bounded collects a message of maxBody at most.
type bounded struct{ buf bytes.Buffer }

// Write implements io.Writer.
func (b *bounded) Write(p []byte) (int, error) {
	if b.buf.Len()+len(p) > maxBody {
		return 0, errLarge
	}
	return b.buf.Write(p)
}

func encode(b *bounded, v any) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// asJSON writes any value as JSON.
func asJSON(v any) (string, error) {
	var b bounded
	err := encode(&b, v)
	return strings.TrimSuffix(b.buf.String(), "\n"), err
}

// Line tells a move in one line: "Ada Marsh: departure from Acme, 2025-05".
func Line(m pipeline.MoveRecord) string {
	s := m.Person + ": " + string(m.Kind)
	when := ""
	if p := m.From; p != nil {
		s += role(" from ", p)
		when = p.Left
	}
	if p := m.To; p != nil {
		s += role(" to ", p)
		when = cmp.Or(p.Joined, when)
	}
	if when != "" {
		s += ", " + when
	}
	return strings.Join(strings.Fields(s), " ")
}

func role(word string, p *pipeline.PositionRecord) string {
	switch {
	case p.Org == "" && p.Role == "":
		return ""
	case p.Org == "" || p.Role == "":
		return word + p.Org + p.Role
	}
	return word + p.Org + " (" + p.Role + ")"
}

func lines(moves []pipeline.MoveRecord) string {
	var all []string
	for _, m := range moves {
		all = append(all, Line(m))
	}
	return strings.Join(all, "\n")
}

// Sample is a made-up move, to try templates and receivers with.
func Sample() pipeline.MoveRecord {
	at := time.Date(2025, 5, 26, 9, 0, 0, 0, time.UTC)
	return pipeline.MoveRecord{
		Schema: pipeline.MoveSchema, ID: "sample", Person: "Ada \"Test\" Marsh", Kind: extract.Transfer,
		From: &pipeline.PositionRecord{Org: "Acme & Sons", Role: "engineer", Left: "2025-05"}, To: &pipeline.PositionRecord{Org: "Brightwater"},
		Sources: 1, Score: 0.9, FirstSeen: at, LastSeen: at, Review: "ok",
		Evidence: []pipeline.CitationRecord{{
			Article: strings.Repeat("0", 32), URL: "https://example.org/sample", Publisher: "Example Times", Published: "2025-05-26",
			Quote: "Ada \"Test\" Marsh left Acme & Sons for Brightwater in May.", End: 57, Rule: "sample",
		}},
	}
}
