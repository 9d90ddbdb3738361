package pipeline

import "tenure/crawler"

// A Health is how a source is doing, in one word.
type Health string

// The words.
const (
	HealthOK      Health = "ok"
	HealthNew     Health = "new"     // was not looked at yet
	HealthPaused  Health = "paused"  // is not looked at
	HealthQuiet   Health = "quiet"   // answers, and brings nothing or far less than usual
	HealthFailing Health = "failing" // the last look went wrong
)

// Healths lists the words.
func Healths() []Health {
	return []Health{HealthFailing, HealthNew, HealthOK, HealthPaused, HealthQuiet}
}

// Health says how the source is doing.
func (s SourceState) Health() Health {
	switch {
	case s.Paused:
		return HealthPaused
	case s.LastRun.IsZero():
		return HealthNew
	case s.Problem != "" && s.Problem != noArticles:
		return HealthFailing
	case s.Volume.Quiet(), s.Kind != crawler.PageKind && s.Found == 0:
		return HealthQuiet
	}
	return HealthOK
}

// Gone reports whether the site said that the source will not come back.
func (s SourceState) Gone() bool { return s.Problem == "http-410" }
