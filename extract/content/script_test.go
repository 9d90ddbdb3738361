package content

import (
	"testing"

	"tenure/extract"
)

// Pages in scripts without spaces between words: a sentence is no longer than
// a few of them to who counts spaces.
var scriptPages = []struct{ name, lang, body, title, text, date, author string }{
	{"Japanese", "ja", `<header><a href="/">港町新聞</a><nav><ul><li><a href="/s">社会</a></li><li><a href="/p">政治</a></li><li><a href="/k">経済</a></li></ul></nav></header>
<main><h1>市議会、新しい橋の建設を決める</h1><div class="meta">2025年6月5日 18時30分</div><div class="writer">佐藤花子 記者</div>
<div class="body"><p>港町の市議会は５日、川に新しい橋をかける計画を賛成多数で決めた。工事は来年の春に始まり、三年後に終わる見通しだ。</p>
<p>市長の<ruby>橋本<rp>（</rp><rt>はしもと</rt><rp>）</rp></ruby>直人氏は「長い間待っていた人たちにやっと約束を果たせる」と話した。</p><p>橋の場所は次の通り。</p><p>北側：港一丁目、魚市場前</p><p>南側：南町、駅前広場、図書館前、公園通り</p>
<p>反対した議員は費用が高すぎると指摘し、議案の撤回を求めていた。採決では、賛成が二十二人、反対が九人だった。</p></div>
<p>この記事は会員限定です。</p><ul class="related"><li><a href="/1">渡し船の利用者が減る</a></li><li><a href="/2">橋の費用、市民に説明</a></li></ul></main><footer>© 港町新聞社 無断転載を禁じます</footer>`,
		"市議会、新しい橋の建設を決める",
		"港町の市議会は５日、川に新しい橋をかける計画を賛成多数で決めた。工事は来年の春に始まり、三年後に終わる見通しだ。\n\n市長の橋本（はしもと）直人氏は「長い間待っていた人たちにやっと約束を果たせる」と話した。\n\n橋の場所は次の通り。\n\n北側：港一丁目、魚市場前\n\n南側：南町、駅前広場、図書館前、公園通り\n\n反対した議員は費用が高すぎると指摘し、議案の撤回を求めていた。採決では、賛成が二十二人、反対が九人だった。",
		"2025-06-05", "佐藤花子"},
	{"Chinese", "zh", `<header><a href="/">河口日报</a><nav><ul><li><a href="/s">社会</a></li><li><a href="/p">时政</a></li></ul></nav></header>
<main><h1>市议会决定在河上修建新桥</h1><div class="info">2025-06-05 18:30</div><div class="info">作者：王小明</div>
<div class="content"><p>河口市议会星期四以多数票通过了修建新桥的计划。工程将于明年春天开工，预计三年后完工。</p><p>市长李文在会后说：“等了很久的人们终于等到了这一天。”他感谢所有参加讨论的居民！</p><p>反对的议员认为费用太高，要求撤回议案。表决结果是二十二票赞成，九票反对。</p></div>
<p>登录后即可阅读全文</p><div class="more"><a href="/1">渡船乘客减少</a></div></main><footer>© 河口日报社 版权所有</footer>`,
		"市议会决定在河上修建新桥",
		"河口市议会星期四以多数票通过了修建新桥的计划。工程将于明年春天开工，预计三年后完工。\n\n市长李文在会后说：“等了很久的人们终于等到了这一天。”他感谢所有参加讨论的居民！\n\n反对的议员认为费用太高，要求撤回议案。表决结果是二十二票赞成，九票反对。",
		"2025-06-05", "王小明"},
	{"Thai", "th", `<header><a href="/">ข่าวปากน้ำ</a><nav><ul><li><a href="/s">สังคม</a></li><li><a href="/p">การเมือง</a></li></ul></nav></header>
<main><h1>สภาเมืองลงมติสร้างสะพานใหม่</h1><div class="date">5 มิถุนายน 2568</div>
<div class="body"><p>สภาเมืองปากน้ำลงมติเมื่อวันพฤหัสบดีให้สร้างสะพานใหม่ข้ามแม่น้ำ งานก่อสร้างจะเริ่มในปีหน้าและคาดว่าจะแล้วเสร็จภายในสามปี</p><p>นายกเทศมนตรีกล่าวว่าประชาชนที่รอคอยมานานจะได้เห็นสะพานที่สัญญาไว้เสียที</p><p>สมาชิกสภาที่คัดค้านเห็นว่าค่าใช้จ่ายสูงเกินไปและขอให้ถอนญัตติ</p></div></main><footer>© ข่าวปากน้ำ สงวนลิขสิทธิ์</footer>`,
		"สภาเมืองลงมติสร้างสะพานใหม่",
		"สภาเมืองปากน้ำลงมติเมื่อวันพฤหัสบดีให้สร้างสะพานใหม่ข้ามแม่น้ำ งานก่อสร้างจะเริ่มในปีหน้าและคาดว่าจะแล้วเสร็จภายในสามปี\n\nนายกเทศมนตรีกล่าวว่าประชาชนที่รอคอยมานานจะได้เห็นสะพานที่สัญญาไว้เสียที\n\nสมาชิกสภาที่คัดค้านเห็นว่าค่าใช้จ่ายสูงเกินไปและขอให้ถอนญัตติ",
		"2025-06-05", ""},
	{"Korean", "ko", `<header><a href="/">항구신문</a><nav><ul><li><a href="/s">사회</a></li><li><a href="/p">정치</a></li></ul></nav></header>
<main><h1>시의회, 새 다리를 짓기로 결정</h1><div class="date">입력 2025년 6월 5일 18:30</div><div class="reporter">김하나 기자</div>
<div class="body"><p>항구시 의회는 5일 강에 새 다리를 놓는 계획을 다수결로 통과시켰다. 공사는 내년 봄에 시작해 3년 뒤에 끝날 예정이다.</p><p>시장은 "오래 기다린 시민들에게 드디어 약속을 지킬 수 있게 됐다"고 말했다.</p><p>반대한 의원들은 비용이 너무 크다며 안건 철회를 요구했다. 표결에서는 찬성 22명, 반대 9명이었다.</p></div></main><footer>© 항구신문 무단 전재 금지</footer>`,
		"시의회, 새 다리를 짓기로 결정",
		"항구시 의회는 5일 강에 새 다리를 놓는 계획을 다수결로 통과시켰다. 공사는 내년 봄에 시작해 3년 뒤에 끝날 예정이다.\n\n시장은 \"오래 기다린 시민들에게 드디어 약속을 지킬 수 있게 됐다\"고 말했다.\n\n반대한 의원들은 비용이 너무 크다며 안건 철회를 요구했다. 표결에서는 찬성 22명, 반대 9명이었다.",
		"2025-06-05", "김하나"},
}

func TestScripts(t *testing.T) {
	for _, test := range scriptPages {
		t.Run(test.name, func(t *testing.T) {
			page := `<!DOCTYPE html><html lang="` + test.lang + `"><head><title>` + test.title + `</title></head><body>` + test.body + "</body></html>"
			rd := read(t, extract.Page{URL: "http://127.0.0.1:4711/news/1", Type: "text/html; charset=utf-8", Body: []byte(page)})
			if len(rd.Articles) != 1 {
				t.Fatalf("%d articles, want 1", len(rd.Articles))
			}
			a := rd.Articles[0]
			if a.Title != test.title || a.Text != test.text {
				t.Errorf("title %q\ngot  %q\nwant %q", a.Title, a.Text, test.text)
			}
			author := ""
			if len(a.Authors) > 0 {
				author = a.Authors[0]
			}
			if a.Published.String() != test.date || author != test.author {
				t.Errorf("date %q, authors %q; want %q, %q", a.Published, a.Authors, test.date, test.author)
			}
		})
	}
}

// A page of links to articles whose addresses say nothing: their words do.
func TestScriptLinks(t *testing.T) {
	src := `<html lang="ja"><head><title>港町新聞 社会</title></head><body><nav><a href="/s">社会</a><a href="/p">政治</a></nav><ul>
<li><a href="/a/x1">市議会、新しい橋の建設を決める</a></li><li><a href="/a/x2">渡し船の利用者が三割減る</a></li><li><a href="/a/x3">橋の費用、市民に初めて説明</a></li><li><a href="/a/x4">購読</a></li></ul></body></html>`
	rd := read(t, extract.Page{URL: "https://minato.example/shakai", Type: "text/html; charset=utf-8", Body: []byte(src)})
	n := 0
	for _, l := range rd.Links {
		if l.Rel == extract.RelArticle {
			n++
		}
	}
	if n != 3 || len(rd.Articles) != 0 {
		t.Errorf("%d articles, links %+v", len(rd.Articles), rd.Links)
	}
}

func TestGuessLang(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"市議会は新しい橋の建設を決めた", "ja"}, {"市议会决定修建新桥", "zh"}, {"시의회가 다리를 짓기로 했다", "ko"}, {"สภาเมืองลงมติสร้างสะพาน", "th"},
		{"Το δημοτικό συμβούλιο αποφάσισε", "el"}, {"The council of the town voted for the bridge and left", "en"}, {"Совет города", ""}, {"12 + 3", ""}, {"", ""},
		{"The paper 朝日 of the town was said to be on the list", "en"},
	} {
		if got := guessLang(test.text); got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}

func TestCountLine(t *testing.T) {
	for _, test := range []struct {
		line string
		want int
	}{{"one two three", 3}, {"one", 1}, {"市議会は決めた", 4}, {"シンガポール Times", 4}} {
		if got := countLine(test.line); got != test.want {
			t.Errorf("%q: %d words, want %d", test.line, got, test.want)
		}
	}
}
