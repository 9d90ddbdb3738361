package extract

import (
	"encoding/json"
	"fmt"
	"time"
)

// A Stamp is when something was published, as exactly as its page says: a
// day, or a moment with its zone. The zero Stamp is unknown.
type Stamp struct {
	Time    time.Time // a day is midnight UTC of that day
	DayOnly bool
}

// Day returns the stamp of a calendar day.
func Day(year int, month time.Month, day int) Stamp {
	return Stamp{time.Date(year, month, day, 0, 0, 0, 0, time.UTC), true}
}

// ParseStamp reads "2025-05-26" or an RFC 3339 time such as
// "2025-05-26T09:30:00+02:00". Empty text is the zero Stamp.
func ParseStamp(s string) (Stamp, error) {
	if s == "" {
		return Stamp{}, nil
	}
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return Stamp{t, true}, nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return Stamp{}, fmt.Errorf("date %q: want YYYY-MM-DD or an RFC 3339 time", s)
	}
	return Stamp{Time: t}, nil
}

// IsZero reports whether the stamp is unknown.
func (s Stamp) IsZero() bool { return s.Time.IsZero() }

// String returns the form ParseStamp reads; empty if unknown.
func (s Stamp) String() string {
	switch {
	case s.IsZero():
		return ""
	case s.DayOnly:
		return s.Time.Format(time.DateOnly)
	}
	return s.Time.Format(time.RFC3339)
}

// Date returns the calendar day in the stamp's own zone: year, month, day.
func (s Stamp) Date() (int, time.Month, int) { return s.Time.Date() }

// MarshalJSON writes the String form.
func (s Stamp) MarshalJSON() ([]byte, error) { return json.Marshal(s.String()) }

// UnmarshalJSON reads the String form.
func (s *Stamp) UnmarshalJSON(b []byte) error {
	var text string
	if err := json.Unmarshal(b, &text); err != nil {
		return err
	}
	var err error
	*s, err = ParseStamp(text)
	return err
}
