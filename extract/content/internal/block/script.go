package block

// Unspaced reports whether r belongs to a script written without spaces
// between words: Chinese, Japanese, Thai, Lao, Khmer, Burmese.
func Unspaced(r rune) bool {
	switch {
	case r < 0x0e00:
		return false
	case r < 0x3040:
		return r <= 0x0eff || r >= 0x1000 && r <= 0x109f || r >= 0x1780 && r <= 0x17ff || r >= 0x3005 && r <= 0x3007
	}
	return r <= 0x9fff && (r < 0x3130 || r > 0x318f) || r >= 0xf900 && r <= 0xfaff || r >= 0xff66 && r <= 0xff9f || r >= 0x20000 && r <= 0x3ffff
}

// letters reports whether r belongs to an alphabet among the scripts without
// spaces, in which a word is longer: all but Chinese and Japanese.
func letters(r rune) bool { return r < 0x3000 }

// wideMark reports whether r is a punctuation mark of the width of a Chinese
// character: 、。「」！（）：？～ and their like. It parts words.
func wideMark(r rune) bool {
	return r >= 0x3000 && r <= 0x303f && (r < 0x3005 || r > 0x3007) ||
		r >= 0xff01 && r <= 0xff65 && !(r >= 0xff10 && r <= 0xff19 || r >= 0xff21 && r <= 0xff3a || r >= 0xff41 && r <= 0xff5a)
}

// hiragana reports whether r is one of the letters in which Japanese writes
// endings and particles.
func hiragana(r rune) bool { return r >= 0x3040 && r <= 0x309f }
