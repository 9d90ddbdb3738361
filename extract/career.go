package extract

// A Precision is how exactly a date is known.
type Precision string

// The precisions, from exact to unknown. What the words do not say is not
// made up: "February 2025" is a month, never the first of it.
const (
	ByDay     Precision = "day"     // 2024-02-15
	ByMonth   Precision = "month"   // 2024-02
	ByQuarter Precision = "quarter" // 2022-Q3
	ByHalf    Precision = "half"    // 2022-H1
	BySeason  Precision = "season"  // 2020-spring
	Coarse    Precision = "coarse"  // 2023-early, 2023-mid, 2023-late
	ByYear    Precision = "year"    // 2021
	ByDecade  Precision = "decade"  // 1960s
	NoDate    Precision = "unknown"
)

// A Date is a point of a career as exactly as the words give it. The zero
// Date is absent.
type Date struct {
	Value      string    `json:"value"` // see the Precision constants
	Precision  Precision `json:"precision"`
	Earliest   string    `json:"earliest,omitempty"`    // first day it can mean, YYYY-MM-DD
	Latest     string    `json:"latest,omitempty"`      // last day it can mean, YYYY-MM-DD
	Raw        string    `json:"raw,omitempty"`         // the words
	RelativeTo string    `json:"relative_to,omitempty"` // for "last month": the day it was counted from
	Approx     bool      `json:"approx,omitempty"`      // "c. 2018", "around May 2020"
}

// IsZero reports whether the date is absent.
func (d Date) IsZero() bool { return d.Value == "" }

// A FactType is what a fact claims.
type FactType string

// The fact types.
const (
	Left       FactType = "left"        // a person left an organization
	Joined     FactType = "joined"      // a person joined an organization
	Appointed  FactType = "appointed"   // a person was given a role
	Promoted   FactType = "promoted"    // a person was given a higher role
	RoleAt     FactType = "role_at"     // a person holds or held a role
	Founded    FactType = "founded"     // a person founded an organization
	Tenure     FactType = "tenure"      // a person was somewhere for a length of time
	ReplacedBy FactType = "replaced_by" // a person's role passes to a successor
)

// Values of Fact.Status, of a role at the article's date.
const (
	Current = "current"
	Former  = "former"
	Leaving = "leaving"
	Future  = "future"
)

// Values of Fact.Bound: what a length of time says about the true one.
const (
	Exact  = "exact"
	Min    = "min"    // "over six years"
	Max    = "max"    // "less than a year"
	Approx = "approx" // "about three years"
)

// Values of Fact.Manner.
const (
	Resigned  = "resigned"
	Dismissed = "dismissed"
	Retired   = "retired"
	Died      = "died"
)

// Values of Fact.DateKind: what Fact.Date is the date of. Empty is effective.
const (
	Effective = "effective"
	Announced = "announced"
)

// A Fact is one claim about a person's career, read in one place. A field
// the words do not give is empty, never guessed.
type Fact struct {
	Type      FactType  `json:"type"`
	Person    string    `json:"person,omitempty"` // fullest form in the document; empty if only a pronoun stands there
	Org       string    `json:"org,omitempty"`    // as written where the fact stands
	Role      string    `json:"role,omitempty"`
	Successor string    `json:"successor,omitempty"`
	Date      Date      `json:"date,omitzero"`
	DateEnd   Date      `json:"date_end,omitzero"`
	DateKind  string    `json:"date_kind,omitempty"`
	Status    string    `json:"status,omitempty"`
	Planned   bool      `json:"planned,omitempty"`   // the change lies after the article
	Cancelled bool      `json:"cancelled,omitempty"` // announced, then taken back
	Months    int       `json:"months,omitempty"`    // length of a tenure
	Bound     string    `json:"bound,omitempty"`
	Manner    string    `json:"manner,omitempty"`
	Interim   bool      `json:"interim,omitempty"`
	Rejoined  bool      `json:"rejoined,omitempty"`
	Still     bool      `json:"still,omitempty"` // the words say that it goes on
	Score     float64   `json:"score"`           // 0 to 1
	Evidence  Evidence  `json:"evidence"`
	Spans     FactSpans `json:"spans"`
}

// FactSpans are the places in the text that gave a fact its fields. A field
// that came from the text has its span; an inferred one has none.
type FactSpans struct {
	Person    Span `json:"person,omitzero"`
	Org       Span `json:"org,omitzero"`
	Role      Span `json:"role,omitzero"`
	Successor Span `json:"successor,omitzero"`
	Date      Span `json:"date,omitzero"`
	DateEnd   Span `json:"date_end,omitzero"`
	Months    Span `json:"months,omitzero"`
}

// A Claim is a fact together with the article that makes it.
type Claim struct {
	Fact    Fact
	Article ArticleRef
}

// An ArticleRef is what a citation of an article needs.
type ArticleRef struct {
	ID        string `json:"article"`
	URL       string `json:"url"`
	Publisher string `json:"publisher,omitempty"`
	Published Stamp  `json:"published,omitzero"`
	Copy      string `json:"-"` // equal for articles whose text is the same story: syndicated copies count once
}

// Ref returns the article's citation.
func (a *Article) Ref() ArticleRef {
	publisher := a.Publisher
	if publisher == "" {
		publisher = a.Site
	}
	return ArticleRef{ID: a.ID, URL: a.URL, Publisher: publisher, Published: a.Published}
}

// A MoveKind says what changed.
type MoveKind string

// The kinds of moves.
const (
	Departure  MoveKind = "departure"  // left, and where to is not told
	Hire       MoveKind = "hire"       // came, and where from is not told
	Transfer   MoveKind = "transfer"   // from one organization to another
	Promotion  MoveKind = "promotion"  // another role at the same organization
	Founding   MoveKind = "founding"   // to an organization the person founded
	Succession MoveKind = "succession" // a role passed from one person to another
)

// A Move is one change in a person's career. It is assembled from the facts
// of all articles that tell it and never read from text.
type Move struct {
	ID        string       `json:"id"`
	Person    string       `json:"person"`
	From      Position     `json:"from,omitzero"`
	To        Position     `json:"to,omitzero"`
	Kind      MoveKind     `json:"kind"`
	Planned   bool         `json:"planned,omitempty"`
	Cancelled bool         `json:"cancelled,omitempty"` // announced, then taken back
	Derived   []string     `json:"derived,omitempty"`   // fields that were computed, as "from.joined"
	Conflict  []Conflict   `json:"conflicts,omitempty"` // claims that contradict what the move says
	Sources   int          `json:"independent_sources"` // outlets that tell it, copies counted once
	Score     float64      `json:"score"`
	Facts     []ClaimQuote `json:"evidence"` // sorted by publication, then article, then place
}

// A Position is one end of a move.
type Position struct {
	Org    string `json:"org,omitempty"`
	Role   string `json:"role,omitempty"`
	Joined Date   `json:"joined,omitzero"`
	Left   Date   `json:"left,omitzero"`
	Months int    `json:"months,omitempty"`
	Bound  string `json:"bound,omitempty"` // of Months: min, max or approx; empty is exact
}

// IsZero reports whether nothing is known of the position.
func (p Position) IsZero() bool { return p == Position{} }

// A Conflict is a field on which articles disagree: what the move says, what
// another article says, and which article that is.
type Conflict struct {
	Field   string `json:"field"`
	Value   string `json:"value"`
	Other   string `json:"other"`
	Article string `json:"article"`
}

// A ClaimQuote is the evidence of one fact behind a move.
type ClaimQuote struct {
	ArticleRef
	Quote string `json:"quote"`
	Span
	Rule string `json:"rule"`
}
