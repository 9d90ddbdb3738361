package block

import "bytes"

// attributes leaves out, of the tag of n bytes at s.at, the attributes that
// nothing reads.
func (s *stripper) attributes(n int) {
	end := s.at + n
	for s.at < end && !blankByte(s.src[s.at]) && s.src[s.at] != '>' {
		s.at++
	}
	for s.at < end {
		from := s.at
		for s.at < end && (blankByte(s.src[s.at]) || s.src[s.at] == '/') {
			s.at++
		}
		key := s.at
		stop, value := attribute(s.src[:end], s.at)
		if stop == key {
			s.at = end
			return
		}
		s.at = stop
		if useless(s.src[key:value], s.src[value:stop]) {
			s.at = from
			s.leave(stop - from)
		}
	}
}

func blankByte(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// attribute returns where the attribute at i ends, and where its key does.
func attribute(b []byte, i int) (end, key int) {
	for i < len(b) && b[i] != '=' && b[i] != '>' && b[i] != '/' && !blankByte(b[i]) {
		i++
	}
	key = i
	if i == len(b) || b[i] != '=' {
		return i, key
	}
	if i++; i < len(b) && (b[i] == '"' || b[i] == '\'') {
		if j := bytes.IndexByte(b[i+1:], b[i]); j >= 0 {
			return i + 1 + j + 1, key
		}
		return len(b), key
	}
	for i < len(b) && b[i] != '>' && !blankByte(b[i]) {
		i++
	}
	return i, key
}

// useless reports whether an attribute is of no use to a reader of text.
func useless(key, value []byte) bool {
	switch {
	case len(key) < 2:
		return false
	case bytes.HasPrefix(key, []byte("data-")):
		return !bytes.HasPrefix(key, []byte("data-testid")) && !bytes.HasPrefix(key, []byte("data-component")) &&
			!bytes.HasPrefix(key, []byte("data-module")) && !bytes.Equal(key, []byte("data-src"))
	case key[0] == 'o' && key[1] == 'n', bytes.HasPrefix(key, []byte("js")), bytes.HasPrefix(key, []byte("_ng")), bytes.HasPrefix(key, []byte("ng-")):
		return true
	case bytes.HasPrefix(key, []byte("aria-")):
		return !bytes.Equal(key, []byte("aria-label")) && !bytes.HasPrefix(key, []byte("aria-hidden")) && !bytes.HasPrefix(key, []byte("aria-modal"))
	}
	switch string(key) {
	case "srcset", "srcSet", "sizes", "width", "height", "loading", "decoding", "fetchpriority", "target", "tabindex", "imagesizes", "imagesrcset",
		"integrity", "crossorigin", "nonce", "referrerpolicy", "allow", "title", "placeholder", "value", "itemscope", "style":
		return key[0] != 's' || string(key) != "style" || !bytes.Contains(value, []byte("display"))
	}
	return false
}
