package pipeline

import (
	"encoding/binary"
	"math"

	"google.golang.org/protobuf/encoding/protowire"

	"tenure/extract"
)

// Facts, with their dates and spans, and entities are packed as fields of
// what an article tells of people (packarticle.go). As there, a number keeps
// its meaning.

const (
	factType protowire.Number = iota + 1
	factPerson
	factOrg
	factRole
	factSuccessor
	factDate
	factDateEnd
	factDateKind
	factStatus
	factFlags
	factMonths
	factBound
	factManner
	factScore
	factEvidence
	factQuote
	factBy
	factPersonSpan
	factOrgSpan
	factRoleSpan
	factSuccessorSpan
	factDateSpan
	factDateEndSpan
	factMonthsSpan
)

const (
	dateValue protowire.Number = iota + 1
	datePrecision
	dateEarliest
	dateLatest
	dateRaw
	dateRelativeTo
	dateApprox
)

const (
	entityID protowire.Number = iota + 1
	entityKind
	entityName
	entityAlias // once for each
	entityMentions
	entityPlace // among all of the article
)

// factFlagsOf returns where a fact keeps what is true of it or not, by bit.
func factFlagsOf(f *extract.Fact) []*bool {
	return []*bool{&f.Planned, &f.Cancelled, &f.Interim, &f.Rejoined, &f.Still}
}

func packFact(b []byte, f extract.Fact) []byte {
	b = packString(b, factType, string(f.Type))
	b = packString(b, factPerson, f.Person)
	b = packString(b, factOrg, f.Org)
	b = packString(b, factRole, f.Role)
	b = packString(b, factSuccessor, f.Successor)
	b = packNested(b, factDate, packDate(nil, f.Date))
	b = packNested(b, factDateEnd, packDate(nil, f.DateEnd))
	b = packString(b, factDateKind, f.DateKind)
	b = packString(b, factStatus, f.Status)
	flags := int64(0)
	for i, is := range factFlagsOf(&f) {
		if *is {
			flags |= 1 << i
		}
	}
	b = packInt(b, factFlags, flags)
	b = packInt(b, factMonths, int64(f.Months))
	b = packString(b, factBound, f.Bound)
	b = packString(b, factManner, f.Manner)
	b = packScore(b, factScore, f.Score)
	b = packSpan(b, factEvidence, f.Evidence.Span)
	b = packString(b, factQuote, f.Evidence.Quote)
	b = packString(b, factBy, f.Evidence.By)
	b = packSpan(b, factPersonSpan, f.Spans.Person)
	b = packSpan(b, factOrgSpan, f.Spans.Org)
	b = packSpan(b, factRoleSpan, f.Spans.Role)
	b = packSpan(b, factSuccessorSpan, f.Spans.Successor)
	b = packSpan(b, factDateSpan, f.Spans.Date)
	b = packSpan(b, factDateEndSpan, f.Spans.DateEnd)
	return packSpan(b, factMonthsSpan, f.Spans.Months)
}

func unpackFact(s string) (f extract.Fact, err error) {
	var nested error
	date := func(s string) extract.Date {
		d, err := unpackDate(s)
		if err != nil {
			nested = err
		}
		return d
	}
	err = unpack([]byte(s), func(n protowire.Number, s string, i int64) {
		switch n {
		case factType:
			f.Type = extract.FactType(s)
		case factPerson:
			f.Person = s
		case factOrg:
			f.Org = s
		case factRole:
			f.Role = s
		case factSuccessor:
			f.Successor = s
		case factDate:
			f.Date = date(s)
		case factDateEnd:
			f.DateEnd = date(s)
		case factDateKind:
			f.DateKind = s
		case factStatus:
			f.Status = s
		case factFlags:
			for k, is := range factFlagsOf(&f) {
				*is = i>>k&1 != 0
			}
		case factMonths:
			f.Months = int(i)
		case factBound:
			f.Bound = s
		case factManner:
			f.Manner = s
		case factScore:
			f.Score = unpackScore(s, i)
		case factEvidence:
			f.Evidence.Span = unpackSpan(s)
		case factQuote:
			f.Evidence.Quote = s
		case factBy:
			f.Evidence.By = s
		default:
			unpackFactSpan(&f.Spans, n, s)
		}
	})
	if err == nil {
		err = nested
	}
	return f, err
}

func unpackFactSpan(spans *extract.FactSpans, n protowire.Number, s string) {
	switch n {
	case factPersonSpan:
		spans.Person = unpackSpan(s)
	case factOrgSpan:
		spans.Org = unpackSpan(s)
	case factRoleSpan:
		spans.Role = unpackSpan(s)
	case factSuccessorSpan:
		spans.Successor = unpackSpan(s)
	case factDateSpan:
		spans.Date = unpackSpan(s)
	case factDateEndSpan:
		spans.DateEnd = unpackSpan(s)
	case factMonthsSpan:
		spans.Months = unpackSpan(s)
	}
}

func packDate(b []byte, d extract.Date) []byte {
	b = packString(b, dateValue, d.Value)
	b = packString(b, datePrecision, string(d.Precision))
	b = packString(b, dateEarliest, d.Earliest)
	b = packString(b, dateLatest, d.Latest)
	b = packString(b, dateRaw, d.Raw)
	b = packString(b, dateRelativeTo, d.RelativeTo)
	return packBool(b, dateApprox, d.Approx)
}

func unpackDate(s string) (d extract.Date, err error) {
	err = unpack([]byte(s), func(n protowire.Number, s string, i int64) {
		switch n {
		case dateValue:
			d.Value = s
		case datePrecision:
			d.Precision = extract.Precision(s)
		case dateEarliest:
			d.Earliest = s
		case dateLatest:
			d.Latest = s
		case dateRaw:
			d.Raw = s
		case dateRelativeTo:
			d.RelativeTo = s
		case dateApprox:
			d.Approx = i != 0
		}
	})
	return d, err
}

// packEntity packs an entity that is at some place among all of the article.
func packEntity(b []byte, e extract.Entity, place int) []byte {
	b = packString(b, entityID, e.ID)
	b = packString(b, entityKind, string(e.Kind))
	b = packString(b, entityName, e.Name)
	b = packStrings(b, entityAlias, e.Aliases)
	b = packInt(b, entityMentions, int64(e.Mentions))
	return packInt(b, entityPlace, int64(place))
}

func unpackEntity(s string) (e extract.Entity, place int, err error) {
	err = unpack([]byte(s), func(n protowire.Number, s string, i int64) {
		switch n {
		case entityID:
			e.ID = s
		case entityKind:
			e.Kind = extract.Kind(s)
		case entityName:
			e.Name = s
		case entityAlias:
			e.Aliases = append(e.Aliases, s)
		case entityMentions:
			e.Mentions = int(i)
		case entityPlace:
			place = int(i)
		}
	})
	return e, place, err
}

func packBool(b []byte, n protowire.Number, is bool) []byte {
	if is {
		return packNumber(b, n, 1)
	}
	return b
}

// packStrings packs each text as a field of its own, empty ones too.
func packStrings(b []byte, n protowire.Number, all []string) []byte {
	for _, s := range all {
		b = protowire.AppendString(protowire.AppendTag(b, n, protowire.BytesType), s)
	}
	return b
}

// packNested packs fields as one field, if there are any.
func packNested(b []byte, n protowire.Number, fields []byte) []byte {
	if len(fields) == 0 {
		return b
	}
	return protowire.AppendBytes(protowire.AppendTag(b, n, protowire.BytesType), fields)
}

func packSpan(b []byte, n protowire.Number, s extract.Span) []byte {
	if s.IsZero() {
		return b
	}
	pair := binary.AppendVarint(make([]byte, 0, 8), int64(s.Start))
	return packNested(b, n, binary.AppendVarint(pair, int64(s.End-s.Start)))
}

func unpackSpan(s string) extract.Span {
	b := []byte(s)
	start, n := binary.Varint(b)
	length, _ := binary.Varint(b[max(n, 0):])
	return extract.Span{Start: int(start), End: int(start + length)}
}

// packScore packs a score as thousandths, which most are, or else whole.
func packScore(b []byte, n protowire.Number, score float64) []byte {
	if t, ok := wholeThousandths(score); ok {
		return packInt(b, n, t)
	}
	return packString(b, n, packBits(score))
}

// wholeThousandths returns a score in thousandths, if that is all of it.
func wholeThousandths(score float64) (int64, bool) {
	t := math.Round(score * 1000)
	return int64(t), t/1000 == score && math.Abs(t) < 1<<30 && (t != 0 || !math.Signbit(score))
}

func packBits(score float64) string {
	return string(binary.LittleEndian.AppendUint64(nil, math.Float64bits(score)))
}

func unpackScore(bits string, thousandths int64) float64 {
	if len(bits) == 8 {
		return math.Float64frombits(binary.LittleEndian.Uint64([]byte(bits)))
	}
	return float64(thousandths) / 1000
}
