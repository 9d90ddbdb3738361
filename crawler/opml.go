package crawler

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

const (
	maxOPML        = 10 << 20
	maxOPMLDepth   = 64
	maxOPMLSources = 10000
)

// ParseOPML reads the feeds of an OPML file. The names of the outlines a feed
// lies in become its tags. Outlines whose address cannot be one are left out;
// a file over 10 MiB, 64 levels or 10,000 feeds is an error.
func ParseOPML(r io.Reader) ([]Source, error) {
	dec := xml.NewDecoder(&capped{r: wideReader(r), left: maxOPML, max: maxOPML})
	dec.Strict = false
	dec.Entity = xml.HTMLEntity
	dec.CharsetReader = xmlCharset
	p := opmlParser{seen: make(map[string]bool)}
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err == nil {
			err = p.token(tok)
		}
		if err != nil {
			return nil, fmt.Errorf("opml: %w", err)
		}
	}
	if !p.opml {
		return nil, fmt.Errorf("opml: no <opml> element")
	}
	return p.sources, nil
}

type opmlParser struct {
	opml    bool
	depth   int
	names   []string // of open outlines; empty for feeds
	sources []Source
	seen    map[string]bool
}

func (p *opmlParser) token(tok xml.Token) error {
	switch t := tok.(type) {
	case xml.StartElement:
		if p.depth++; p.depth > maxOPMLDepth {
			return fmt.Errorf("nested deeper than %d", maxOPMLDepth)
		}
		switch strings.ToLower(t.Name.Local) {
		case "opml":
			p.opml = true
		case "outline":
			return p.outline(t.Attr)
		}
	case xml.EndElement:
		p.depth--
		if strings.EqualFold(t.Name.Local, "outline") && len(p.names) > 0 {
			p.names = p.names[:len(p.names)-1]
		}
	}
	return nil
}

func (p *opmlParser) outline(attrs []xml.Attr) error {
	var name, address string
	for _, a := range attrs {
		switch strings.ToLower(a.Name.Local) {
		case "xmlurl":
			address = a.Value
		case "text", "title":
			if name == "" {
				name = collapse(a.Value, 100)
			}
		}
	}
	if address == "" {
		p.names = append(p.names, name)
		return nil
	}
	tags := joined(nil, p.names)
	p.names = append(p.names, "")
	s, err := NewSource(Feed, strings.TrimSpace(address))
	if err != nil || p.seen[s.URL] {
		return nil
	}
	if len(p.sources) >= maxOPMLSources {
		return fmt.Errorf("more than %d feeds", maxOPMLSources)
	}
	p.seen[s.URL] = true
	s.Tags = tags
	p.sources = append(p.sources, s)
	return nil
}

// An opmlOutline is one <outline>: a feed or a group of them.
type opmlOutline struct {
	Text     string        `xml:"text,attr"`
	Type     string        `xml:"type,attr,omitempty"`
	XMLURL   string        `xml:"xmlUrl,attr,omitempty"`
	Outlines []opmlOutline `xml:"outline"`
}

// WriteOPML writes the feeds among the sources, grouped by their first tag.
// Sources of other kinds have no place in OPML and are left out.
func WriteOPML(w io.Writer, sources []Source) error {
	doc := struct {
		XMLName  xml.Name      `xml:"opml"`
		Version  string        `xml:"version,attr"`
		Title    string        `xml:"head>title"`
		Outlines []opmlOutline `xml:"body>outline"`
	}{Version: "2.0", Title: "tenure sources", Outlines: grouped(sources)}
	text, err := xml.MarshalIndent(doc, "", "  ")
	if err != nil {
		return fmt.Errorf("write opml: %w", err)
	}
	if _, err := fmt.Fprintf(w, "%s%s\n", xml.Header, text); err != nil {
		return fmt.Errorf("write opml: %w", err)
	}
	return nil
}

// grouped returns an outline for each feed, inside one for its first tag.
func grouped(sources []Source) []opmlOutline {
	var all []opmlOutline
	groups := make(map[string]int)
	for _, s := range sources {
		if s.Kind != Feed {
			continue
		}
		o := opmlOutline{Text: s.URL, Type: "rss", XMLURL: s.URL}
		if len(s.Tags) == 0 {
			all = append(all, o)
			continue
		}
		at, ok := groups[s.Tags[0]]
		if !ok {
			at = len(all)
			groups[s.Tags[0]] = at
			all = append(all, opmlOutline{Text: s.Tags[0]})
		}
		all[at].Outlines = append(all[at].Outlines, o)
	}
	return all
}
