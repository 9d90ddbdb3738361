package content

import (
	"regexp"
	"strings"
	"unicode"

	"tenure/extract"
)

// A promoRule names a kind of line that is no part of an article in any
// language it lists, and how long such a line is at most.
type promoRule struct {
	name string
	most int // words
	re   func() *regexp.Regexp
	wide bool // only for lines with signs of Chinese, Japanese or Korean
}

var promoRules = []promoRule{
	{"app-banner", 30, compiled(`(?i)^(?:get|download|install|try|jetzt|hol)?\b.{0,40}\b(?:download (?:the|our|\S{2,20}) (?:free )?app\b|get (?:the|our) (?:free )?app\b|app (?:jetzt )?(?:herunterladen|downloaden)|télécharge[rz] (?:notre|l['’])\s?app|descarg(?:a|ue|ar) (?:la|nuestra) app|scarica (?:la nostra |l['’])app|baix(?:e|ar) (?:o|nosso) (?:app|aplicativo)|download de (?:\S+)?app|pobierz aplikację|скача(?:ть|йте) приложение|uygulamayı indir|アプリをダウンロード|下载(?:应用|app))`), false},
	{"app-store", 12, compiled(`(?i)^(?:(?:download (?:it )?|get it |available |now )*(?:on|in|from) (?:the )?)?(?:app[- ]store|google play(?: store)?|play[- ]store|appgallery)(?:[ ,|&]*(?:and|or)?\s*(?:app[- ]store|google play(?: store)?|play[- ]store|appgallery))*[.!]?$`), false},
	{"read-more", 6, compiled(`(?i)^[[(«>→…. ]*(?:read (?:more|on|next|the (?:full|whole) (?:story|article)|full (?:story|article))|continue reading|see more|show more|learn more|weiterlesen|mehr lesen|mehr dazu|lire (?:la suite|plus|aussi)|leer más|seguir leyendo|leggi (?:tutto|anche|di più)|continua a leggere|leia (?:mais|também)|lees (?:meer|verder|ook)|læs mere|les mer|läs mer|czytaj (?:więcej|dalej|też)|читать (?:далее|полностью)|devamını oku|(?:続き|全文)を(?:読む|見る)|もっと見る|[阅閱][读讀](?:全文|更多)|더 ?보기)[\])»>→…. :]*$`), false},
	{"newsletter", 30, compiled(`(?i)^(?:sign up (?:for|to)|subscribe (?:to|now|for)|get (?:the|our) .{0,40}newsletter|join (?:our|\d[\d,.]* )|(?:jetzt )?newsletter (?:abonnieren|bestellen)|abonnez-vous|inscrivez-vous|suscr[ií]bete|iscriviti|assine|schrijf je in|zapisz się|подпишитесь).{0,200}$`), false},
	{"consent", 60, compiled(`(?i)(?:we (?:and our partners )?use cookies|this (?:site|website) uses cookies|accept (?:all )?cookies|cookie (?:settings|preferences|policy)|wir verwenden cookies|nous utilisons des cookies|utilizamos cookies|usiamo i cookie|we gebruiken cookies|manage consent|privacy preferences)`), false},
	{"share", 12, compiled(`(?i)^(?:share(?: (?:this|on|via|article|story|to).*)?|teilen|partager|compartir|condividi|compartilhar|delen|(?:(?:facebook|twitter|x|linkedin|whatsapp|telegram|e-?mail|reddit|pinterest|copy link|print|pocket|instagram|messenger|bluesky|threads)[ |,/·•]*){1,12})$`), false},
	{"advertisement", 4, compiled(`(?i)^[-—–[( ]*(?:advertisements?|sponsored(?: content)?|ad|anzeige|werbung|publicité|publicidad|pubblicità|advertentie|annonse?|reklama?|реклама|広告|广告)[-—–\]) ]*$`), false},
	{"paywall", 40, compiled(`^[【（(※■● ]*(?:(?:この|本)(?:記事|コンテンツ)は(?:有料)?会員(?:限定|専用)|(?:残り|あと)[ :：]?[0-9０-９,，]+(?:文字|字)|有料会員(?:になる|に登録)|会員登録を?(?:する|して)|ログインして(?:続き|全文)|(?:本文|此文)[为為](?:付[费費]|[会會]员|會員)|(?:登录|登入|[订訂][阅閱])后(?:即可)?[阅閱][读讀]|이 기사는 (?:유료|구독|회원))`), true},
	{"credit", 45, compiled(`(?:[（(][^（()）。]{0,16}(?:撮影|提供|写真|摄|攝|[图圖]|제공|사진)|[＝=／/](?:共同|時事|ロイター|新华社|新華社|中新社|연합뉴스|뉴시스|ＡＰ|AP|ＡＦＰ|AFP)[^。]{0,6})[）)]?$`), true},
	{"credit", 12, compiled(`(?i)^(?:(?:photo|image|picture|credit|foto|bild|source|quelle|photograph|crédit|crédito)s?(?: credit| by| courtesy(?: of)?)?\s*[:/©].{0,80}|©.{0,80}|(?:getty images|reuters|afp|ap photo|shutterstock|istock|unsplash|dpa|epa|imago)(?:[ /,|]+(?:getty images|reuters|afp|istock|\S+))?)$`), false},
}

// appProse finds a sentence that tells of people and an app, as none that calls
// readers to it does.
var appProse = compiled(`(?i)\S (?:who|users?|customers?|clients?|anyone|everyone|people|they|could|can|may|might|asked|told|said|will|would|must|had|to|not) (?:\S+ )?(?:download|get|install|try)(?:ed|ing|s)? the\b`)

// promo returns the name of the rule by which a line of so many words is no part
// of an article, or nothing.
func promo(t string, words int) string {
	if len(t) > 500 {
		return ""
	}
	wide := hasWide(t)
	for i := range promoRules {
		r := &promoRules[i]
		if r.wide && !wide {
			continue
		}
		if r.name == "consent" && !strings.Contains(t, "ook") && !strings.Contains(t, "onsent") && !strings.Contains(t, "rivacy") {
			continue // spares long lines the search
		}
		if words <= r.most && r.re().MatchString(t) && !(r.name == "app-banner" && appProse().MatchString(t)) {
			return r.name
		}
	}
	return ""
}

// hasWide reports whether a text has signs as Chinese, Japanese or Korean does.
func hasWide(t string) bool {
	for i := range len(t) {
		if t[i] >= 0xe3 {
			return true
		}
	}
	return false
}

// cutOf tells of a piece that was cut.
func cutOf(rule, text string) extract.Cut {
	const most = 300
	if !collapsed(text) {
		text = strings.Join(strings.Fields(text), " ")
	}
	if len(text) > most {
		n := most
		for text[n]&0xc0 == 0x80 {
			n--
		}
		text = text[:n] + "…"
	}
	return extract.Cut{Rule: rule, Text: text}
}

// collapsed reports whether the words of a text are parted by single spaces, as
// those of most blocks are.
func collapsed(text string) bool {
	space := true // so that the text begins with a word
	for _, r := range text {
		if unicode.IsSpace(r) && (r != ' ' || space) {
			return false
		}
		space = r == ' '
	}
	return !space || text == ""
}
