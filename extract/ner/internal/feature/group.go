package feature

// A Group is observations of one sort, so that a training can leave them
// out and tell what they are worth.
type Group uint8

// The groups.
const (
	Words     Group = iota // the word and those around it
	Shapes                 // how they are written
	Affixes                // first and last letters
	Classes                // classes of similar words
	Names                  // lists of names
	Runs                   // the run of capitals a word stands in
	Elsewhere              // other places in the document
	Acronyms               // what an acronym stands for
	Contexts               // what stands further around the run, in lists and descriptions
	FirstLook              // what the first look made of the document
	Groups                 // the number of groups
)

// String returns what the group is of.
func (g Group) String() string {
	return [...]string{
		"words", "shapes", "first and last letters", "word classes", "name lists", "runs of capitals",
		"other places", "acronyms", "lists and descriptions", "first look",
	}[g]
}

// The kind of a feature lies in bits that neither finds nor checks its
// weights.
const (
	kindShift = 40
	kindMask  = 0x7f
)

// Group returns which group the feature belongs to.
func (f Feature) Group() Group {
	switch kind := uint64(f) >> kindShift & kindMask; {
	case kind <= 5, kind == 27, kind == 28, kind == 51:
		return Words
	case kind <= 11, kind == 54:
		return Shapes
	case kind <= 24, kind == 29, kind == 30:
		return Classes
	case kind <= 26, kind == 52, kind == 53, kind >= 55 && kind <= 57:
		return Names
	case kind <= 44:
		return Affixes
	case kind <= 72:
		return Runs
	case kind == 81, kind >= 91 && kind <= 93:
		return Acronyms
	case kind >= 113:
		return Contexts
	case kind <= 90, kind >= 110:
		return Elsewhere
	}
	return FirstLook
}

// Deep reports whether hidden units look at the feature: those that are met
// often and say something of words never seen. The classes of the word and of
// those beside it are left out, as the units see their vectors.
func (f Feature) Deep() bool { return deep[uint64(f)>>kindShift&kindMask] }

var deep = func() (kinds [kindMask + 1]bool) {
	for _, r := range [...][2]int{
		{6, 8}, {25, 26}, {32, 34}, {42, 44}, {52, 52}, {54, 57}, {60, 60}, {63, 70}, {80, 84}, {89, 89}, {110, 112},
	} {
		for kind := r[0]; kind <= r[1]; kind++ {
			kinds[kind] = true
		}
	}
	return kinds
}()
