package crawler

import (
	"slices"
	"strconv"
	"strings"
)

// nextPage returns the address of the list's next page: what the page itself
// calls next, else the link that says so, else the number that follows.
func (d *discovery) nextPage(all []*candidate, declared string) string {
	if declared != "" {
		if u, err := resolve(d.base, declared); err == nil && d.isFurther(u) && d.canContinue(u) {
			return u
		}
	}
	best, bestRank := "", 0
	for _, c := range all {
		if rank := d.nextRank(c); rank > bestRank && d.isFurther(c.url) {
			best, bestRank = c.url, rank
		}
	}
	return best
}

// isFurther reports whether an address can be another page of the list.
func (d *discovery) isFurther(u string) bool {
	return u != d.fetch.Final && u != d.from.URL && SameSite(u, d.fetch.Final)
}

// nextRank says how sure it is that a link leads to the next page: 0 if not
// at all.
func (d *discovery) nextRank(c *candidate) int {
	continues := d.continues(c.url)
	switch {
	case hasWord(c.rel, "next") && d.canContinue(c.url):
		return 4
	case isNextText(c.label) && (continues || hasWord(c.names, "next", "pagination", "pager", "more", "loadmore") && d.canContinue(c.url)):
		return 3
	case continues && (isMoreText(c.label) || hasWord(c.names, "next", "loadmore", "older")):
		return 2
	case continues && pageNumber(c.label) == d.from.Page+2:
		return 1
	}
	return 0
}

// canContinue reports whether an address can be that of a page of the list:
// "next" is also what the article after this one is called.
func (d *discovery) canContinue(u string) bool { return d.continues(u) || shape(u) <= 0 }

func hasWord(s string, words ...string) bool {
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' || r == '-' || r == '_' }) {
		if slices.Contains(words, w) {
			return true
		}
	}
	return false
}

// continues reports whether an address is that of the list with a page added:
// another query, or a further segment such as /page/2.
func (d *discovery) continues(u string) bool {
	path, query, _ := strings.Cut(robotsPath(u), "?")
	own, _, _ := strings.Cut(robotsPath(d.fetch.Final), "?")
	path, own = strings.TrimSuffix(path, "/"), strings.TrimSuffix(own, "/")
	if path == own {
		return query != ""
	}
	return cutPage(path) == cutPage(own) && path != cutPage(path)
}

// cutPage drops "/page/2", "/p2", "/2" and "-2" from the end of a path.
func cutPage(path string) string {
	i := len(path)
	for i > 0 && path[i-1] >= '0' && path[i-1] <= '9' {
		i--
	}
	if i == len(path) {
		return path
	}
	path = path[:i]
	for _, suffix := range []string{"/page/", "/page-", "/page", "/pages/", "/p/", "/p", "/seite/", "/seite-", "/", "-", "_", "/pagina/", "/pg/"} {
		if rest, ok := strings.CutSuffix(strings.ToLower(path), suffix); ok {
			return path[:len(rest)]
		}
	}
	return path
}

func isNextText(text string) bool {
	switch strings.ToLower(strings.Trim(text, " .…»›→>")) {
	case "next", "next page", "older", "older posts", "older stories", "older articles", "older entries", "previous posts",
		"suivant", "page suivante", "suivante", "weiter", "nächste", "nächste seite", "ältere beiträge", "siguiente",
		"página siguiente", "próxima", "próximo", "successivo", "pagina successiva", "avanti", "volgende", "nästa", "neste", "næste", "seuraava",
		"далее", "следующая", "następna", "次へ", "下一页", "下一頁", "다음":
		return true
	case "":
		return strings.ContainsAny(text, "»›→>")
	}
	return false
}

func isMoreText(text string) bool {
	switch strings.ToLower(strings.Trim(text, " .…»›→>")) {
	case "more", "load more", "show more", "see more", "view more", "more news", "more stories", "more articles", "more posts",
		"load more stories", "load more articles", "show more stories", "show more articles", "see more stories", "more results",
		"plus", "voir plus", "mehr", "mehr laden", "mehr anzeigen", "weitere artikel", "más", "ver más", "cargar más", "mais", "ver mais",
		"altro", "mostra altro", "meer", "meer laden", "visa fler", "ещё":
		return true
	}
	return false
}

// pageNumber reads a link text that is only a number.
func pageNumber(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}
