package crawler

import (
	"slices"
	"strings"
	"unicode"
)

// A zone is a part of a page, by what its elements are called.
type zone uint8

const (
	body   zone = iota
	main        // <main>, the list itself
	aside       // beside the list: sidebars, related, most read
	chrome      // navigation, header, footer, forms
)

// zones are the part of a page an element lies in by what it is, and by what
// its class and id call it besides. Names tell more and are wrong more often.
type zones struct{ element, named zone }

// zonesOf says in which part of the page an element lies.
func zonesOf(name string, attrs map[string]string, up open) zones {
	z := zones{element: zoneByElement(name, attrs["role"], up)}
	if z.element != up.zones.element {
		z.named = z.element
		return z
	}
	z.named = up.zones.named
	if z.named != chrome && len(attrs) > 0 && name != "html" && name != "body" {
		z.named = zoneByName(attrs["class"]+" "+attrs["id"], z.named)
	}
	return z
}

// zoneByElement goes by what elements mean.
func zoneByElement(name, role string, up open) zone {
	if up.zones.element == chrome {
		return chrome
	}
	switch name {
	case "nav", "footer", "form", "dialog":
		return chrome
	case "header":
		if up.card == 0 {
			return chrome
		}
	case "aside":
		return aside
	case "main":
		return main
	}
	switch strings.ToLower(role) {
	case "navigation", "banner", "contentinfo", "search", "menu", "menubar", "dialog":
		return chrome
	case "complementary":
		return aside
	case "main":
		return main
	}
	return up.zones.element
}

// zoneByName goes by the words in classes and ids. A class such as
// "has-sidebar" speaks of the page, not of the element.
func zoneByName(names string, up zone) zone {
	for class := range strings.FieldsSeq(strings.ToLower(names)) {
		words := strings.FieldsFunc(class, func(r rune) bool { return !unicode.IsLetter(r) })
		if slices.ContainsFunc(words, isLayoutWord) {
			continue
		}
		for _, w := range words {
			if z := zoneByWord(w); z != body {
				return z
			}
		}
	}
	return up
}

func isLayoutWord(w string) bool {
	switch w {
	case "has", "with", "no", "without", "layout", "page", "open", "closed":
		return true
	}
	return false
}

func zoneByWord(w string) zone {
	switch w {
	case "nav", "navbar", "navigation", "menu", "submenu", "footer", "breadcrumb", "breadcrumbs", "cookie", "cookies",
		"consent", "login", "signin", "share", "sharing", "social", "masthead", "toolbar", "topbar", "offcanvas", "hamburger",
		"subscribe", "newsletter", "paywall", "popup", "modal":
		return chrome
	case "sidebar", "aside", "related", "recommended", "recommendations", "recirculation", "trending", "popular",
		"mostread", "promo", "promoted", "sponsored", "sponsor", "advert", "advertisement", "outbrain", "taboola":
		return aside
	}
	return body
}
