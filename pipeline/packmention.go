package pipeline

import (
	"encoding/binary"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"

	"tenure/extract"
)

// Mentions are the most of a body beside the text, so they are coded without
// numbers: of each how far it begins behind the one before, how long it is,
// whose name it is, its kind, and its score.

// packMentions packs the mentions of an article.
func packMentions(b []byte, a *extract.Article) []byte {
	place := map[string]int{}
	for i, e := range a.Entities {
		if _, twice := place[e.ID]; !twice {
			place[e.ID] = i
		}
	}
	before := 0
	for _, m := range a.Mentions {
		b = binary.AppendUvarint(b, protowire.EncodeZigZag(int64(m.Start-before)))
		b = binary.AppendUvarint(b, protowire.EncodeZigZag(int64(m.End-m.Start)))
		before = m.Start
		switch i, known := place[m.Entity]; {
		case known:
			b = binary.AppendUvarint(b, uint64(i)+2)
		case m.Entity == "":
			b = append(b, 0)
		default:
			b = packText(append(b, 1), m.Entity)
		}
		kind := slices.Index(packedKinds(), m.Kind) + 1
		if b = append(b, byte(kind)); kind == 0 {
			b = packText(b, string(m.Kind))
		}
		if t, ok := wholeThousandths(m.Score); ok && t >= 0 {
			b = binary.AppendUvarint(b, uint64(t)+1)
		} else {
			b = packText(append(b, 0), packBits(m.Score))
		}
	}
	return b
}

// unpackMentions gives an article the mentions that packMentions made of them.
func unpackMentions(a *extract.Article, s string) error {
	u := unpacker{rest: []byte(s)}
	before := 0
	for len(u.rest) > 0 && !u.bad {
		var m extract.Mention
		m.Start = before + int(protowire.DecodeZigZag(u.number()))
		m.End = m.Start + int(protowire.DecodeZigZag(u.number()))
		before = m.Start
		switch i := u.number(); {
		case i == 1:
			m.Entity = u.text()
		case i > 1 && i-2 < uint64(len(a.Entities)):
			m.Entity = a.Entities[i-2].ID
		case i != 0:
			return errArticleRow
		}
		switch k := u.number(); {
		case k == 0:
			m.Kind = extract.Kind(u.text())
		case k <= uint64(len(packedKinds())):
			m.Kind = packedKinds()[k-1]
		default:
			return errArticleRow
		}
		if t := u.number(); t > 0 {
			m.Score = float64(t-1) / 1000
		} else {
			m.Score = unpackScore(u.text(), 0)
		}
		a.Mentions = append(a.Mentions, m)
	}
	if u.bad {
		return errArticleRow
	}
	return nil
}
