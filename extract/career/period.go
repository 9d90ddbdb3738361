package career

import "tenure/extract"

// period reads a range of dates: "2009-2021", "1997–02", "from June 2005 to
// August 2006", "since 2018", "2019–present". An open range has no end.
func (c clock) period(toks []token, i int) (from, to extract.Date, n int) {
	k := i
	lead := k < len(toks) && toks[k].is("from", "between", "since", "during")
	if lead {
		k++
	}
	if k >= len(toks) {
		return from, to, 0
	}
	if from, to, n = c.shortRange(toks, k); n > 0 {
		return from, to, k + n - i
	}
	from, n = c.rangeEnd(toks, k)
	if n == 0 {
		return extract.Date{}, to, 0
	}
	k += n
	if toks[i].is("since") {
		return from, to, k - i
	}
	if k >= len(toks) || !toks[k].is("-", "–", "—", "‑", "to", "until", "till", "through", "and") || toks[k].is("and") && !toks[i].is("between") {
		return extract.Date{}, to, 0
	}
	k++
	if k < len(toks) && toks[k].is("the") && k+1 < len(toks) && toks[k+1].is("present") {
		k++
	}
	if k < len(toks) && toks[k].is("present", "now", "today", "date", "current") {
		return from, to, k + 1 - i
	}
	if to, n = c.rangeEnd(toks, k); n == 0 {
		return extract.Date{}, to, 0
	}
	return from, to, k + n - i
}

// rangeEnd reads one end of a range; "2009" in "2009-2021" must not be read
// as a month of a numeric date.
func (c clock) rangeEnd(toks []token, i int) (extract.Date, int) {
	if i < len(toks) && toks[i].kind == number && year(toks[i].text) {
		return inYear(atoi(toks[i].text)), 1
	}
	return c.date(toks, i)
}

// shortRange reads "1972-87" and "1997–02", whose second year is short, and
// "2009-2021". What would end after the reference is a month: "2024-02".
func (c clock) shortRange(toks []token, i int) (from, to extract.Date, n int) {
	if i+2 >= len(toks) || !year(toks[i].text) || toks[i].kind != number || !toks[i+1].is("-", "–", "—", "‑", "/") || toks[i+2].kind != number {
		return from, to, 0
	}
	first, last := atoi(toks[i].text), atoi(toks[i+2].text)
	switch len(toks[i+2].text) {
	case 4:
		if !year(toks[i+2].text) || toks[i+1].is("/") {
			return from, to, 0
		}
	case 2:
		if toks[i+1].gap != glued || toks[i+2].gap != glued {
			return from, to, 0
		}
		if last += first - first%100; last < first {
			last += 100
		}
		if !c.ref.IsZero() && last > max(c.ref.Time.Year(), anyDay.Time.Year()) || last > 2049 {
			return from, to, 0
		}
	default:
		return from, to, 0
	}
	if last < first || i+4 < len(toks) && toks[i+3].is("-") && toks[i+3].gap == glued && toks[i+4].kind == number {
		return from, to, 0
	}
	return inYear(first), inYear(last), 3
}
