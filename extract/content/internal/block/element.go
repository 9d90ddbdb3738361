package block

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A role is what an element means for the flow of text.
type role uint8

const (
	flowing role = iota // inline: a, b, span …
	skipped             // never shown as text: script, style, svg …
	lined               // starts a line: div, li, tr, dd …
	spaced              // stands apart by an empty line: p, h1, ul, table …
	broken              // br
	ruled               // hr
)

// roleOf returns how the element takes part in the flow. Elements of names
// with a hyphen are made by scripts, mostly to hold other elements.
func roleOf(n *html.Node) role {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Iframe, atom.Canvas, atom.Object, atom.Embed,
		atom.Select, atom.Option, atom.Datalist, atom.Textarea, atom.Input, atom.Audio, atom.Video, atom.Map, atom.Head,
		atom.Title, atom.Meta, atom.Link, atom.Base, atom.Param, atom.Source, atom.Track, atom.Progress, atom.Meter,
		atom.Colgroup, atom.Col, atom.Noframes, atom.Noembed, atom.Frameset, atom.Math:
		return skipped
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Blockquote,
		atom.Figure, atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Nav, atom.Pre,
		atom.Form, atom.Fieldset, atom.Address, atom.Details, atom.Hgroup, atom.Dialog, atom.Menu, atom.Search:
		return spaced
	case atom.Div, atom.Li, atom.Dt, atom.Dd, atom.Tr, atom.Td, atom.Th, atom.Caption, atom.Figcaption, atom.Tbody, atom.Thead,
		atom.Tfoot, atom.Body, atom.Html, atom.Center, atom.Summary, atom.Legend, atom.Button, atom.Label, atom.Optgroup, atom.Dir:
		return lined
	case atom.Br:
		return broken
	case atom.Hr:
		return ruled
	case 0:
		if strings.IndexByte(n.Data, '-') > 0 {
			return lined
		}
	}
	return flowing
}

// marksOf returns the marks an element adds to the blocks in it.
func marksOf(n *html.Node) Marks {
	var m Marks
	switch n.DataAtom {
	case atom.Nav, atom.Menu:
		m = InNav
	case atom.Header:
		m = InHeader
	case atom.Footer:
		m = InFooter
	case atom.Aside:
		m = InAside
	case atom.Main:
		m = InMain
	case atom.Article:
		m = InArticle
	case atom.Form, atom.Fieldset:
		m = InForm
	case atom.Figure:
		m = InFigure
	case atom.Figcaption, atom.Caption:
		m = InCaption
	case atom.Ul, atom.Ol, atom.Li, atom.Dl:
		m = InList
	case atom.Table:
		m = InTable
	case atom.Blockquote:
		m = InQuote
	case atom.Pre:
		m = InPre
	case atom.Button, atom.Label, atom.Legend:
		m = InButton
	case atom.Dialog:
		m = InDialog
	case atom.Address:
		m = InAddress
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		m = InHeading
	case atom.Details:
		m = InDetails
	}
	for i := range n.Attr {
		m |= attrMarks(&n.Attr[i])
	}
	return m
}

func attrMarks(a *html.Attribute) Marks {
	switch a.Key {
	case "role":
		return ariaMarks(a.Val)
	case "hidden":
		return InHidden
	case "aria-hidden":
		if a.Val == "true" {
			return InHidden
		}
	case "aria-modal":
		return InDialog
	case "itemprop":
		if strings.EqualFold(a.Val, "articleBody") {
			return InBody
		}
	case "style":
		if hides(a.Val) {
			return InHidden
		}
	}
	return 0
}

func ariaMarks(role string) Marks {
	switch strings.ToLower(role) {
	case "navigation", "menu", "menubar", "tablist", "toolbar":
		return InNav
	case "banner":
		return InHeader
	case "contentinfo":
		return InFooter
	case "complementary":
		return InAside
	case "main":
		return InMain
	case "article":
		return InArticle
	case "search", "form":
		return InForm
	case "button":
		return InButton
	case "dialog", "alertdialog", "alert":
		return InDialog
	}
	return 0
}

// hides reports whether an inline style takes the element out of sight.
func hides(style string) bool {
	i := strings.Index(style, "display")
	if i < 0 {
		return false
	}
	rest := strings.TrimLeft(style[i+len("display"):], " :")
	return strings.HasPrefix(rest, "none")
}

// Attr returns the value of the named attribute, empty if there is none.
func Attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}
