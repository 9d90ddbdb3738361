package ner

// Default returns the recognizer to use where none is asked for.
func Default() (Recognizer, error) {
	return NewProse()
}
