package pipeline

import "fmt"

// doubtful is the score below which somebody should look at a move.
const doubtful = 0.6

// The states of a move's review.
const (
	ReviewOK       = "ok"
	ReviewQueued   = "queued"   // somebody should look at it
	ReviewRejected = "rejected" // somebody said that it is wrong
)

// Reviews lists the states of a move's review.
func Reviews() []string { return []string{ReviewOK, ReviewQueued, ReviewRejected} }

// reviewOf returns the state of a move of which somebody may have said
// something.
func reviewOf(said Judgement, m MoveRecord) string {
	switch {
	case said == Right:
		return ReviewOK
	case said == Wrong:
		return ReviewRejected
	case said == Later, said == toldAgain, m.Score < doubtful, len(m.Conflicts) > 0:
		return ReviewQueued
	}
	return ReviewOK
}

// Doubts says in words what leaves doubt about a move that is queued for
// review. One that was put off, or rejected before, may be queued without.
func (m MoveRecord) Doubts() (why []string) {
	if m.Review != ReviewQueued {
		return nil
	}
	if m.Score < doubtful {
		why = append(why, fmt.Sprintf("the words leave doubt: score %.0f %%", 100*m.Score))
	}
	if n := len(m.Conflicts); n == 1 {
		why = append(why, "articles disagree on "+m.Conflicts[0].Field)
	} else if n > 1 {
		why = append(why, fmt.Sprintf("articles disagree on %d points", n))
	}
	return why
}
