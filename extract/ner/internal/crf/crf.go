// Package crf is a linear-chain conditional random field over the words of
// an island: it weighs the features of every word, by themselves and together
// by hidden units, and the transitions between labels, and finds the most
// probable sequence of labels and the probability of each name in it.
//
// Labels are outside, and beginning, inner, end and single for each of four
// kinds of names. The weights of outside are zero, which takes nothing away
// from what the model can express; 16 remain, one byte each.
package crf

// Labels of words. Outside is 0; kind k has labels 1+4k to 4+4k.
const (
	Outside = 0
	Begin   = 1
	Inner   = 2
	End     = 3
	Single  = 4

	Kinds  = 4
	Labels = 1 + 4*Kinds
	Lanes  = 4 * Kinds // weights of a feature
)

// Label returns the label of a word with the given part (Begin … Single) in
// a name of the given kind.
func Label(kind, part int) int { return 4*kind + part }

// Part returns the part of a label, and the kind of its name.
func Part(label int) (kind, part int) {
	if label == Outside {
		return 0, Outside
	}
	return (label - 1) / 4, (label-1)%4 + 1
}

// Follows reports whether label to can follow label from within a text;
// Outside stands for the edges of an island.
func Follows(from, to int) bool {
	fromKind, fromPart := Part(from)
	toKind, toPart := Part(to)
	opened := fromPart == Begin || fromPart == Inner
	continued := toPart == Inner || toPart == End
	return opened == continued && (!opened || fromKind == toKind)
}

// Transitions are the weights of one label after another; those that cannot
// follow are not used.
type Transitions [Labels][Labels]float32

// An edge is a pair of labels that can follow each other.
type edge struct{ from, to uint8 }

// Edges lists the pairs of labels that can follow each other.
func edges() (list []edge) {
	for from := range Labels {
		for to := range Labels {
			if Follows(from, to) {
				list = append(list, edge{uint8(from), uint8(to)})
			}
		}
	}
	return list
}
