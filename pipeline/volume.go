package pipeline

import (
	"time"

	"tenure/store"
)

// A Volume is how much a source brings.
type Volume struct {
	Week  int     `json:"week"`            // articles first met in the last seven days
	Usual float64 `json:"usual,omitempty"` // a week, over the weeks before that; 0 if there are less than two of them
}

// Weeks that the usual volume is taken from.
const (
	fewestWeeks = 2
	mostWeeks   = 8
)

// Quiet reports whether a source brings less than a quarter of what it
// usually does, and that this is more than chance: where one article a week
// is usual, a week without is nothing.
func (v Volume) Quiet() bool { return v.Usual >= 4 && float64(v.Week) < v.Usual/4 }

// day is the number of a day, counted from 1970.
func day(t time.Time) uint64 { return uint64(max(0, t.Unix()) / (24 * 60 * 60)) }

// countArticle counts an article that was first met through a source.
func countArticle(tx *store.Tx, source string, at time.Time) error {
	if source == "" {
		return nil
	}
	key := store.Key(source, day(at))
	n, _, err := schema.volume.Get(tx, key)
	if err != nil {
		return err
	}
	return schema.volume.Put(tx, key, n+1)
}

// volumeOf returns how much a source brings as of now.
func volumeOf(tx *store.Tx, source string, now time.Time) (Volume, error) {
	prefix, today := store.Key(source), day(now)
	rows, err := schema.volume.ScanBack(tx, prefix, nil, 7*(mostWeeks+1))
	if err != nil {
		return Volume{}, err
	}
	var v Volume
	var before, oldest int
	for _, r := range rows {
		age := int(today) - int(store.ReadKey(r.Key[len(prefix):]).Uint64())
		switch {
		case age < 0, age >= 7*(mostWeeks+1):
		case age < 7:
			v.Week += r.Value
		default:
			before += r.Value
			oldest = age
		}
	}
	if weeks := float64(oldest-6) / 7; weeks >= fewestWeeks-1 {
		v.Usual = float64(before) / max(weeks, 1)
	}
	return v, nil
}
