// Package resolve tells which mentions of an article name the same person,
// organization or place: "Touvron" is Hugo Touvron where only one Touvron is
// spoken of, "FAIR" is the Fundamental AI Research it stands behind in
// brackets.
//
// [Step] merges within one article: a name has the same [ID] in every article,
// and two people of one name are one entity there. [People] looks over many
// articles and tells namesakes apart, by what each article says of where they
// work. Organizations have the names of a small dated table ([OrgKey]:
// Facebook is Meta); what is a part is no alias ([ParentOf]: YouTube is not
// Google).
package resolve

import (
	"context"
	"slices"
	"strings"

	"tenure/extract"
)

// A Step turns the mentions of an article into its entities.
type Step struct{}

// Annotate sets a.Entities, in order of first mention, and the Entity of
// every mention that has one; names of kind other have none. The only error
// is that of a cancelled context.
func (Step) Annotate(ctx context.Context, a *extract.Article) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	d := newDocument(a)
	d.mergePeople()
	d.mergeOrganizations(a)
	a.Entities = d.entities(a)
	return nil
}

// A form is one spelling, case and accents aside, of a name of one kind.
type form struct {
	kind     extract.Kind
	words    []string // of the folded name
	spelling []string // as they stand in the text, in order of first mention
	count    int
	same     *form // the form it was merged into, or nil
}

// root returns the form that f was merged into in the end.
func (f *form) root() *form {
	for f.same != nil {
		f = f.same
	}
	return f
}

// merge makes f another name of into.
func (f *form) merge(into *form) {
	if a, b := f.root(), into.root(); a != b {
		a.same = b
	}
}

// A document is the distinct names of one article.
type document struct {
	forms  []*form // in order of first mention
	byKey  map[string]*form
	ofSpan []*form // per mention; nil for what is no entity
}

func newDocument(a *extract.Article) *document {
	d := &document{byKey: map[string]*form{}, ofSpan: make([]*form, len(a.Mentions))}
	for i, m := range a.Mentions {
		if m.Kind == extract.Other || m.Start < 0 || m.End > len(a.Text) || m.Start >= m.End {
			continue
		}
		name := strings.Join(strings.Fields(m.In(a.Text)), " ")
		folded := foldKind(m.Kind, name)
		if folded == "" {
			continue
		}
		d.ofSpan[i] = d.add(m.Kind, folded, name)
	}
	return d
}

func (d *document) add(kind extract.Kind, folded, name string) *form {
	key := string(kind) + "\x00" + folded
	f := d.byKey[key]
	if f == nil {
		f = &form{kind: kind, words: strings.Fields(folded)}
		d.byKey[key] = f
		d.forms = append(d.forms, f)
	}
	f.count++
	if !slices.Contains(f.spelling, name) && len(f.spelling) < maxSpellings {
		f.spelling = append(f.spelling, name)
	}
	return f
}

// maxSpellings bounds the spellings kept of one form: more than a few are no
// spellings but noise.
const maxSpellings = 16

// entities numbers the merged forms and marks the mentions with them.
func (d *document) entities(a *extract.Article) []extract.Entity {
	byRoot := map[*form][]*form{}
	for _, f := range d.forms {
		byRoot[f.root()] = append(byRoot[f.root()], f)
	}
	var out []extract.Entity
	place := map[*form]int{}
	for i := range a.Mentions {
		a.Mentions[i].Entity = ""
		f := d.ofSpan[i]
		if f == nil {
			continue
		}
		root := f.root()
		n, known := place[root]
		if !known {
			n = len(out)
			place[root] = n
			out = append(out, entity(root, byRoot[root]))
		}
		a.Mentions[i].Entity = out[n].ID
	}
	return out
}

// entity makes the entity of forms that name the same.
func entity(root *form, forms []*form) extract.Entity {
	e := extract.Entity{Kind: root.kind, Name: display(root.spelling)}
	e.ID = ID(e.Kind, e.Name)
	for _, f := range forms {
		e.Mentions += f.count
		for _, s := range f.spelling {
			if s != e.Name && !slices.Contains(e.Aliases, s) {
				e.Aliases = append(e.Aliases, s)
			}
		}
	}
	slices.Sort(e.Aliases)
	return e
}

// display picks the spelling to show: the first that does not shout.
func display(spellings []string) string {
	for _, s := range spellings {
		if strings.ToUpper(s) != s {
			return s
		}
	}
	return spellings[0]
}
