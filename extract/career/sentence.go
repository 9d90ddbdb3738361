package career

// sentences cuts tokens into sentences: at a full stop, question or
// exclamation mark before a capital, and at every line break.
func sentences(toks []token) []run {
	var out []run
	from := 0
	for i := range toks {
		if i > from && toks[i].gap >= line {
			out = append(out, run{from, i})
			from = i
		}
		if stopsAt(toks, i) {
			end := i + 1
			for end < len(toks) && toks[end].is(`"`, "”", "’", ")", "'") && toks[end].gap == glued {
				end++
			}
			if end > from {
				out = append(out, run{from, end})
			}
			from = end
		}
	}
	if from < len(toks) {
		out = append(out, run{from, len(toks)})
	}
	return out
}

// stopsAt reports whether a sentence ends with token i.
func stopsAt(toks []token, i int) bool {
	t := toks[i]
	next := i + 1
	for next < len(toks) && toks[next].is(`"`, "”", "’", ")", "'") && toks[next].gap == glued {
		next++
	}
	if next >= len(toks) {
		return t.is(".", "!", "?")
	}
	switch {
	case t.is("!", "?"):
		return toks[next].gap > glued && (toks[next].upper() || toks[next].kind == mark)
	case t.is(".") && i > 0 && toks[next].kind == number && toks[i].gap == glued && (len(toks[i-1].text) == 1 || toks[i-1].is("no", "nos", "vol", "pp", "art", "sec", "fig", "approx")):
		return false // "the No. 2 at Acme", "(b. 1966)"
	case t.is("."):
		return toks[next].kind != word || toks[next].upper() || toks[next].gap >= line
	case t.kind == word && len(t.text) > 2 && t.text[len(t.text)-1] == '.':
		return toks[next].upper() && (isHonorific(toks[next]) || opensSentence(toks[next])) && !isTitle(t)
	}
	return false
}

// opensSentence reports whether a capitalised word is one that begins a
// sentence rather than goes on with a name.
func opensSentence(t token) bool {
	return t.is("the", "he", "she", "they", "it", "in", "on", "at", "his", "her", "their", "its", "this", "that", "these", "we", "i", "our", "but", "and", "as", "after", "before", "prior", "from", "since", "for", "when", "while", "if", "previously", "a", "an", "according", "however", "effective")
}
