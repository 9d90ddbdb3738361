package pipeline

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"strconv"

	"tenure/extract"
)

// graphKeys are the attributes of a graph: of nodes, then of edges.
var graphKeys = [...]struct{ on, name, kind string }{
	{"node", "name", "string"}, {"node", "kind", "string"},
	{"edge", "move", "string"}, {"edge", "end", "string"}, {"edge", "kind", "string"}, {"edge", "role", "string"},
	{"edge", "joined", "string"}, {"edge", "left", "string"}, {"edge", "months", "int"}, {"edge", "status", "string"},
	{"edge", "score", "double"}, {"edge", "sources", "int"}, {"edge", "quote", "string"}, {"edge", "url", "string"},
}

// A graphSink writes moves as GraphML: an edge from the person to the
// organization for each end of a move. A node comes before its first edge.
type graphSink struct {
	w     *bufio.Writer
	id    identify
	wrote wrote
	begun bool
}

func newGraph(w *bufio.Writer, _ string, id identify) sink {
	return &graphSink{w: w, id: id, wrote: wrote{}}
}

// begin writes the head, if nothing was written yet.
func (o *graphSink) begin() {
	if o.begun {
		return
	}
	o.begun = true
	o.w.WriteString(xml.Header + `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">` + "\n")
	for _, k := range graphKeys {
		fmt.Fprintf(o.w, "<key id=\"%s_%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n", k.on, k.name, k.on, k.name, k.kind)
	}
	o.w.WriteString("<graph id=\"moves\" edgedefault=\"directed\">\n")
}

func (o *graphSink) write(record any) error {
	m, ok := record.(MoveRecord)
	if !ok {
		return fmt.Errorf("export: a graph holds moves, not a %T", record)
	}
	o.begin()
	if m.rejected() {
		return nil
	}
	person, all, err := endsOf(m, o.id)
	if err != nil || len(all) == 0 {
		return err
	}
	o.node(person, m.Person, extract.Person)
	for _, e := range all {
		o.node(e.org, e.Org, extract.Organization)
		o.edge(m, e, person)
	}
	return nil
}

func (o *graphSink) node(id, name string, kind extract.Kind) {
	if !o.wrote.first(id) {
		return
	}
	fmt.Fprintf(o.w, "<node id=\"%s\">", id)
	o.data("node_name", name)
	o.data("node_kind", string(kind))
	o.w.WriteString("</node>\n")
}

func (o *graphSink) edge(m MoveRecord, e moveEnd, person string) {
	fmt.Fprintf(o.w, "<edge id=\"%s-%s\" source=\"%s\" target=\"%s\">", m.ID, e.name, person, e.org)
	for _, d := range []struct{ name, value string }{
		{"move", m.ID}, {"end", e.name}, {"kind", string(m.Kind)}, {"role", e.Role}, {"joined", e.Joined}, {"left", e.Left},
		{"months", number(e.Months)}, {"status", e.status(m)}, {"score", strconv.FormatFloat(m.Score, 'g', -1, 64)},
		{"sources", number(m.Sources)},
	} {
		o.data("edge_"+d.name, d.value)
	}
	if len(m.Evidence) > 0 {
		o.data("edge_quote", m.Evidence[0].Quote)
		o.data("edge_url", m.Evidence[0].URL)
	}
	o.w.WriteString("</edge>\n")
}

// number is a count as text, empty if there is none.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// data writes one attribute that is not empty; an error of a bufio.Writer
// stays and shows at the end.
func (o *graphSink) data(key, value string) {
	if value == "" {
		return
	}
	fmt.Fprintf(o.w, "<data key=%q>", key)
	_ = xml.EscapeText(o.w, []byte(value))
	o.w.WriteString("</data>")
}

func (o *graphSink) close() error {
	o.begin()
	_, err := o.w.WriteString("</graph>\n</graphml>\n")
	return err
}
