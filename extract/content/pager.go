package content

import (
	"strings"
	"unicode"
)

// nextNames and moreNames are what the link to the next page of a list is
// called, arrows aside: what is called so leads on, and is no part of an
// article that stands before it.
var (
	nextNames = set("next", "next page", "next posts", "older", "older posts", "older stories", "older articles", "older entries", "older news", "previous posts",
		"suivant", "page suivante", "suivante", "articles plus anciens", "weiter", "nächste", "nächste seite", "ältere beiträge", "ältere artikel",
		"siguiente", "página siguiente", "siguiente página", "entradas anteriores", "próxima", "próximo", "próxima página", "seguinte", "página seguinte",
		"successivo", "successiva", "pagina successiva", "avanti", "volgende", "volgende pagina", "nästa", "nästa sida", "neste", "neste side", "næste", "følgende", "seuraava",
		"далее", "следующая", "następna", "następna strona", "další", "sonraki", "sonraki sayfa", "التالي", "次へ", "次のページ", "下一页", "下一頁", "다음")
	moreNames = set("more", "load more", "show more", "see more", "view more", "more news", "more stories", "more articles", "more posts", "more results",
		"load more news", "load more stories", "load more articles", "load more posts", "show more news", "show more stories", "show more articles", "show more posts",
		"see more news", "see more stories", "see more articles", "view more news", "view more stories", "view more articles",
		"plus", "voir plus", "plus d'articles", "afficher plus", "charger plus", "mehr", "mehr laden", "mehr anzeigen", "mehr artikel", "weitere artikel", "weitere laden",
		"más", "ver más", "cargar más", "más noticias", "mostrar más", "mais", "ver mais", "carregar mais", "mais notícias", "altro", "mostra altro", "carica altro", "altre notizie",
		"meer", "meer laden", "meer nieuws", "toon meer", "visa fler", "visa mer", "vis flere", "vis mere", "last inn flere", "więcej", "pokaż więcej", "ещё", "показать ещё",
		"daha fazla", "المزيد", "もっと見る", "加载更多", "查看更多", "更多", "더보기")
	// pagerNames stand beside the numbers of a pager.
	pagerNames = set("page", "pages", "of", "previous", "prev", "previous page", "newer", "newer posts", "first", "last", "back", "zurück", "vorherige", "seite", "von",
		"précédent", "précédente", "anterior", "página", "de", "precedente", "pagina", "di", "vorige", "föregående", "forrige", "назад", "poprzednia", "strona", "前へ", "上一页", "이전")
	// relatedNames head a list of other articles, or of ways to pass this one on.
	relatedNames = set("related", "related news", "related stories", "related articles", "related posts", "related topics", "related tags", "similar news", "similar articles", "more from", "more like this",
		"you may also like", "you might also like", "read also", "also read", "read next", "up next", "recommended", "recommended for you", "latest news", "trending", "most read", "tags", "topics",
		"follow us", "share", "share this", "share this article", "comments", "leave a comment", "back to top", "print",
		"mehr zum thema", "ähnliche artikel", "das könnte sie auch interessieren", "lesen sie auch", "à lire aussi", "articles similaires", "sur le même sujet",
		"noticias relacionadas", "artículos relacionados", "te puede interesar", "notícias relacionadas", "leia também", "articoli correlati", "leggi anche", "gerelateerd", "lees ook",
		"läs också", "les også", "læs også", "czytaj też", "читайте также", "ilgili haberler", "関連記事", "相关新闻")
)

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// leadsOn reports whether the words of a link say that it leads to the next
// page of a list. Arrows alone say so too, but for those that point back. In
// a menu "More" and its like are called what is no list.
func leadsOn(words string, menu bool) bool {
	w := strings.ToLower(strings.TrimFunc(words, pagerSign))
	if w == "" {
		return strings.ContainsAny(words, "›»→>⟩❯▶") && !strings.ContainsAny(words, "‹«←<⟨❮◀")
	}
	w = strings.Join(strings.Fields(w), " ")
	return nextNames[w] || moreNames[w] && !menu
}

// pagerSign reports whether r is an arrow or what else stands around the
// words and numbers of a pager.
func pagerSign(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("‹›«»←→<>⟨⟩❮❯◀▶▸►▼▾↓⌄+.…·•|/-–—:[](),", r)
}

// pagerLine reports whether a line is that of a pager: numbers, arrows and
// the words of links to other pages, and nothing else.
func pagerLine(t string) bool {
	if len(t) > 120 {
		return false
	}
	words := strings.FieldsFunc(strings.ToLower(t), pagerSign)
	if len(words) == 0 {
		return t != ""
	}
	for len(words) > 0 {
		n := pagerWords(words)
		if n == 0 {
			return false
		}
		words = words[n:]
	}
	return true
}

// pagerWords returns how many of the first words are a number or a name in a
// pager.
func pagerWords(words []string) int {
	for n := min(4, len(words)); n > 0; n-- {
		w := strings.Join(words[:n], " ")
		if nextNames[w] || moreNames[w] || pagerNames[w] {
			return n
		}
	}
	if len(words[0]) <= 4 && strings.Trim(words[0], "0123456789") == "" {
		return 1
	}
	return 0
}

// hashtags reports whether a line is nothing but tags: "#PeopleMoves#Corvid".
func hashtags(t string) bool {
	if !strings.HasPrefix(t, "#") || len(t) > 300 {
		return false
	}
	for _, w := range strings.Fields(t) {
		if !strings.HasPrefix(w, "#") {
			return false
		}
	}
	return true
}

// headsOthers reports whether a line is the heading of a list of other
// articles.
func headsOthers(t string) bool {
	return len(t) <= 60 && relatedNames[strings.ToLower(strings.TrimFunc(t, pagerSign))]
}
