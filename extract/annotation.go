package extract

// A Span is a half-open range of bytes in Article.Text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// In returns the words of the span. It panics, as slicing does, if the span
// does not lie inside the text.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// IsZero reports whether the span is absent. An empty span at the very
// beginning of a text is never produced.
func (s Span) IsZero() bool { return s == Span{} }

// Overlaps reports whether the two spans share a byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Covers reports whether o lies wholly inside s.
func (s Span) Covers(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// A Kind says what a name is the name of.
type Kind string

// The kinds of names. Places and others (products, nationalities, works,
// events) are found so that they are not taken for people or organizations.
const (
	Person       Kind = "person"
	Organization Kind = "organization"
	Place        Kind = "place"
	Other        Kind = "other"
)

// A Mention is one name in the text.
type Mention struct {
	Span
	Kind   Kind    `json:"kind"`
	Entity string  `json:"entity,omitempty"` // Entity.ID, once resolved
	Score  float64 `json:"score"`            // 0 to 1: how sure the recognizer is of span and kind
}

// An Entity is one person, organization or place of an article. The same
// name of the same kind has the same ID in every article.
type Entity struct {
	ID       string   `json:"id"`
	Kind     Kind     `json:"kind"`
	Name     string   `json:"name"`              // fullest form in the document
	Aliases  []string `json:"aliases,omitempty"` // other forms in the document, sorted
	Mentions int      `json:"mentions"`
}

// Evidence is where a fact was read: the words, and what read them.
type Evidence struct {
	Span
	Quote string `json:"quote"` // the words of Span, as they stand in the text
	By    string `json:"by"`    // rule and, where a model decided, its version: "labels/left", "prose/joined@3"
}
