package crawler

import (
	"strings"
	"unicode"
)

// shape says how much an address looks like that of an article.
func shape(canonical string) int {
	path, query, _ := strings.Cut(robotsPath(canonical), "?")
	segments := strings.FieldsFunc(strings.ToLower(path), func(r rune) bool { return r == '/' })
	if len(segments) == 0 {
		if hasID(query) {
			return 1
		}
		return -4
	}
	last := segments[len(segments)-1]
	strong, weak := listWords(segments)
	words := slugWords(last)
	switch {
	case strong && !hasDate(path), isListWord(last), isServiceWord(last) && !hasID(query):
		return -4
	case hasDate(path), isLongID(last), words >= 4:
		return 3
	case words == 3, hasID(query), isStoryWord(segments):
		return 2
	case weak:
		return -4
	case words == 2 || hasDigits(last, 4):
		return 1
	case len(segments) == 1:
		return -3
	}
	return -1
}

// isStoryWord reports whether the last segment is the name of an article, by
// the one before it.
func isStoryWord(segments []string) bool {
	if len(segments) < 2 {
		return false
	}
	switch segments[len(segments)-2] {
	case "article", "articles", "artikel", "story", "stories", "post", "posts", "articolo", "articulo", "artigo", "clanek", "artykul",
		"articleshow", "newsdetail", "press-releases", "pressemitteilung":
		return true
	}
	return false
}

// listWords reports whether a segment before the last says that a list
// follows, and whether one says so of what mostly is a list or a service.
func listWords(segments []string) (strong, weak bool) {
	for _, s := range segments[:len(segments)-1] {
		strong = strong || isListWord(s)
		weak = weak || isServiceWord(s)
	}
	return strong, weak
}

// isListWord knows path segments after which the name of a list stands.
func isListWord(s string) bool {
	switch stem(s) {
	case "tag", "tags", "topic", "topics", "category", "categories", "author", "authors", "by", "profile", "profiles",
		"user", "users", "member", "members", "search", "hashtag", "keyword", "keywords", "label", "labels", "thema", "themen",
		"schlagwort", "tema", "temas", "etiqueta", "etiquetas", "autor", "autoren", "auteur", "auteurs", "rubrik", "rubrique",
		"login", "signin", "sign-in", "signup", "register", "account", "subscribe", "share", "shop", "store", "legal":
		return true
	}
	return false
}

// isServiceWord knows path segments that mostly lead to no article; with a
// long title or an id behind them they may.
func isServiceWord(s string) bool {
	switch stem(s) {
	case "section", "sections", "people", "subscription", "subscriptions", "newsletter", "newsletters", "about", "about-us",
		"contact", "contact-us", "privacy", "privacy-policy", "terms", "terms-of-service", "terms-of-use", "cookie-policy",
		"cookies", "imprint", "impressum", "datenschutz", "agb", "help", "faq", "advertise", "careers", "jobs", "rss", "feed", "feeds",
		"sitemap", "site-map", "archive", "archives", "page", "app", "apps", "download", "events", "podcasts", "live", "accessibility",
		"corrections", "mypage", "settings", "comments", "trending", "latest", "popular", "index", "home", "weather", "horoscope":
		return true
	}
	return false
}

// stem drops an extension.
func stem(segment string) string {
	segment, _, _ = strings.Cut(segment, ".")
	return segment
}

// hasDate finds /2025/05/26/, /2025-05-26 and /20250526.
func hasDate(path string) bool {
	for i := 0; i+5 < len(path); i++ {
		if path[i] != '/' && path[i] != '-' || !(strings.HasPrefix(path[i+1:], "20") || strings.HasPrefix(path[i+1:], "19")) {
			continue
		}
		digits := 0
		for _, c := range path[i+1:] {
			if c >= '0' && c <= '9' {
				digits++
			} else if c != '/' && c != '-' {
				break
			}
		}
		if digits >= 6 {
			return true
		}
	}
	return false
}

// isLongID knows hexadecimal ids and long numbers: the end of addresses that
// a system made.
func isLongID(s string) bool {
	s, _, _ = strings.Cut(s, ".")
	for part := range strings.SplitSeq(s, "-") {
		digits, hex := 0, 0
		for i := range len(part) {
			if part[i] >= '0' && part[i] <= '9' {
				digits++
			}
			if isHex(part[i]) {
				hex++
			}
		}
		if len(part) >= 6 && digits == len(part) || len(part) >= 12 && hex == len(part) && digits >= 2 || isMixed(part) {
			return true
		}
	}
	return false
}

// isMixed reports whether letters and digits take turns as they do in no
// word: "cx2lyzz0lqzo".
func isMixed(s string) bool {
	digits, turns := 0, 0
	for i := range len(s) {
		isDigit := s[i] >= '0' && s[i] <= '9'
		if isDigit {
			digits++
		}
		if i > 0 && isDigit != (s[i-1] >= '0' && s[i-1] <= '9') {
			turns++
		}
	}
	return len(s) >= 8 && digits >= 2 && turns >= 3
}

func hasDigits(s string, n int) bool {
	run := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			run = 0
			continue
		}
		if run++; run >= n {
			return true
		}
	}
	return false
}

// hasID finds the parameter of a page that is chosen by its query.
func hasID(query string) bool {
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		switch strings.ToLower(name) {
		case "id", "p", "story", "storyid", "story_id", "article", "articleid", "article_id", "newsid", "news_id", "nid", "docid", "aid",
			"guid", "uuid", "itemid", "item", "contentid", "artid", "idnews", "no", "num":
			if hasDigits(value, 2) || len(value) >= 12 {
				return true
			}
		}
	}
	return false
}

// slugWords counts the words of "meta-loses-its-best_people.html".
func slugWords(s string) int {
	n := 0
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '-' || r == '_' || r == '+' || r == '.' }) {
		if w != "html" && w != "htm" && w != "php" && w != "aspx" && strings.ContainsFunc(w, unicode.IsLetter) {
			n++
		}
	}
	return n
}

// TagOf returns the tag a tag page's address names, as "HugoTouvron" of
// "https://example.org/en/tag/HugoTouvron", empty if it names none.
func TagOf(canonical string) string {
	path, _, _ := strings.Cut(robotsPath(canonical), "?")
	segments := strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
	for i, s := range segments {
		switch strings.ToLower(s) {
		case "tag", "tags", "topic", "topics", "hashtag", "keyword", "thema", "schlagwort", "tema", "etiqueta", "label":
			if i+1 < len(segments) {
				return collapse(unescapeAll(segments[i+1]), 100)
			}
		}
	}
	return ""
}

func unescapeAll(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if isEscape(s, i) {
			b.WriteByte(unhex(s[i+1])<<4 | unhex(s[i+2]))
			i += 2
			continue
		}
		b.WriteByte(s[i])
	}
	return strings.ToValidUTF8(b.String(), "\uFFFD")
}
