package block

import (
	"math"

	"golang.org/x/net/html/atom"
)

// A feature is a column of what is measured of a block.
type feature int

// The features. Their order is part of a trained model.
const (
	fWords feature = iota
	fLinkShare
	fBoldShare
	fP
	fHeading // 1 to 6, else 0
	fLi
	fDiv
	fCell
	fEnds // ends as a sentence does
	fColon
	fCommas
	fSentences
	fDigits
	fCapitals // words that begin with a capital
	fSigns    // ©, |, •, @ and their like
	fWordSize
	fSmallStart
	fLead
	fGap
	fDepth
	fMarks // one column for each mark
)

const (
	markColumns = 20
	fPlace      = fMarks + markColumns + iota - 1
	fWordsBefore
	fWordsAfter
	fHeadDistance
	fAfterHead
	fParasBefore
	fParasAfter
	fBoxWords
	fBoxLinks
	fBoxParas
	fUpWords
	fUpLinks
	fUpParas
	fUp2Words
	fUp2Links
	fUp2Paras
	fUpScore
	fUp2Score
	fBestScore
	fInBest
	fAlike
	fAlikeWords
	fAlikeLinks
	fRepeated
	fBodyKnown
	fInBody
	fInSummary
	fLikeTitle
	fOwnClass
	fOwnClassLow
	fOwnClassHigh
	fUpClass
	fUp2Class
	fPathLow
	fPathHigh
	fPathSum
	fWordMean
	fWordLow
	fWordHigh
	fFirstWord
	fLastWord
	fUnderMean // what the words of the heading above say
	fUnderLow
	fUnderFar
	fLowBefore // the lowest said by a short block since the main h1
	fLowSince  // and how far back that is
	fTopic     // share of the long words that stand elsewhere in running text
	fInBoxPlace
	fSameBoxBefore
	fSameBoxAfter
	fPageWords
	fPageParas
	fPageLinks
	fPageBlocks
	fPageArticle
	fPageNews
	fNear // columns of the blocks around
)

// Around a block, the two before and the two behind are described.
const (
	nWords = iota
	nLinks
	nHeading
	nWordMean
	nPathLow
	nearColumns
)

// Columns is how many features a block has.
const Columns = int(fNear) + 4*nearColumns

// Said is what else the page says about its article, against which blocks are
// compared.
type Said struct {
	Title   string
	Summary string
	Body    string
	Article bool // it says that it holds one
	News    bool // and that it is news
}

// A Rater says how much a class or text word speaks for content: a log odds,
// 0 if nothing is known.
type Rater interface {
	Class(token uint32) float32
	Word(token uint32) float32
}

// log is a logarithm made for counts.
func log(n int) float32 { return float32(math.Log1p(float64(n))) }

func share(part, whole int) float32 {
	if whole <= 0 {
		return 0
	}
	return float32(part) / float32(whole)
}

func flag(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

// Features describes every block of the page in Columns numbers, one row
// behind the other. The result lies in dst if it is large enough.
func Features(dst []float32, p *Page, said Said, r Rater) []float32 {
	n := len(p.Blocks) * Columns
	if cap(dst) < n {
		dst = make([]float32, n)
	}
	dst = dst[:n]
	clear(dst)
	s := newSurvey(p, said, r)
	for i := range p.Blocks {
		row := dst[i*Columns : (i+1)*Columns]
		s.local(row, i)
		s.position(row, i)
		s.boxes(row, i)
		s.read(i)
		s.alike(row, i)
		s.words(row)
		s.page(row)
	}
	s.under(dst)
	near(dst, len(p.Blocks))
	return dst
}

// near copies what the blocks around a block are like.
func near(x []float32, n int) {
	for i := range n {
		row := x[i*Columns : (i+1)*Columns]
		for k, d := range [4]int{-1, 1, -2, 2} {
			if j := i + d; j >= 0 && j < n {
				from, to := x[j*Columns:], row[int(fNear)+k*nearColumns:]
				to[nWords], to[nLinks], to[nHeading] = from[fWords], from[fLinkShare], from[fHeading]
				to[nWordMean], to[nPathLow] = from[fWordMean], from[fPathLow]
			}
		}
	}
}

// Level returns 1 for h1 to 6 for h6, else 0.
func Level(t atom.Atom) int {
	switch t {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	case atom.H6:
		return 6
	}
	return 0
}

// local measures the block itself.
func (s *survey) local(row []float32, i int) {
	b := &s.p.Blocks[i]
	size := b.End - b.Start
	row[fWords], row[fLinkShare], row[fBoldShare] = log(b.Words), share(b.Linked, size), share(b.Bold, size)
	row[fP], row[fHeading], row[fLi] = flag(b.Tag == atom.P), float32(Level(b.Tag)), flag(b.Tag == atom.Li)
	row[fDiv], row[fCell] = flag(b.Tag == atom.Div || b.Tag == atom.Section || b.Tag == atom.Article), flag(b.Tag == atom.Td || b.Tag == atom.Th)
	row[fLead], row[fGap], row[fDepth] = flag(b.Lead), float32(b.Gap), float32(b.Depth)
	for k := range markColumns {
		row[int(fMarks)+k] = float32(b.Marks >> k & 1)
	}
	c := countChars(s.p.Bytes(i))
	row[fEnds], row[fColon], row[fSmallStart] = flag(c.ends), flag(c.colon), flag(c.small)
	row[fCommas], row[fSentences] = share(c.commas*10, b.Words), log(c.stops)
	row[fDigits], row[fCapitals], row[fSigns] = share(c.digits, size), share(c.capitals, b.Words), log(c.signs)
	row[fWordSize] = share(size, b.Words)
}

// position measures where on the page the block stands.
func (s *survey) position(row []float32, i int) {
	row[fPlace] = share(i, len(s.p.Blocks))
	row[fWordsBefore] = share(s.before[i], s.total)
	row[fWordsAfter] = share(s.total-s.before[i]-s.p.Blocks[i].Words, s.total)
	row[fParasBefore] = share(s.parasBefore[i], s.paras)
	row[fParasAfter] = share(s.paras-s.parasBefore[i], s.paras)
	if s.head < 0 {
		row[fHeadDistance], row[fAfterHead] = 0, -1
		return
	}
	row[fAfterHead] = flag(i > s.head)
	if i >= s.head {
		row[fHeadDistance] = log(i - s.head)
	} else {
		row[fHeadDistance] = -log(s.head - i)
	}
}

func (s *survey) page(row []float32) {
	row[fPageWords], row[fPageParas], row[fPageBlocks] = log(s.total), log(s.paras), log(len(s.p.Blocks))
	row[fPageLinks], row[fPageArticle] = share(s.linked, s.total), flag(s.said.Article)
	row[fPageNews] = flag(s.said.News)
}
