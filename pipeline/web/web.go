// Package web answers questions about an open data file over HTTP.
//
// One process has a data file open at a time. While it has, it answers here,
// on a socket beside the file that only its user can reach ([Listen]); every
// other command asks it ([Dial]) and does not notice the difference: a [Client]
// is a [Library] like the pipeline itself. Nothing is streamed out of a
// transaction, so a reader that is slow, or gone, holds up no writer.
//
// The interface, below /api/v1:
//
//	GET    articles, entities, people, organizations, facts, moves, failures
//	       ?person= &org= &type= &since= (RFC 3339) &min_score= &limit= &cursor=    JSON Lines; moves: &review=
//	GET    show?name=                one record
//	GET    export?what= &format=     as written by 'tenure export'
//	GET    sources                   JSON Lines
//	POST   sources                   add or change: a JSON array of sources
//	PUT    sources                   those of the configuration file
//	GET    sources/one?name=         by ID or address
//	DELETE sources/one?name=
//	PUT    sources/paused?name=      true or false
//	POST   urls                      {"urls": […]}: queue articles
//	GET    people/one?id=            a person of many articles, and why they are one
//	GET    decisions                 JSON Lines
//	POST   decisions                 who is the same, or another
//	GET    pairs                     people kept apart who may be one: JSON Lines
//	GET    verdicts                  what was said of moves and facts: JSON Lines
//	POST   verdicts                  {"id": …, "verdict": ok|rejected|later|undo}
//	GET    consumers?name=           when a consumer got its last export
//	PUT    consumers?name=           {"at": …}
//	GET    pages?list= &cursor=      a piece of a list, and the cursor of the next
//	POST   searches                  a JSON array of names: who may be meant
//	GET    hooks?name=               what is kept of a hook
//	PUT    hooks?name=               {"state": …, "told": […]}
//	GET    untold?of=                moves that a hook was not told of: JSON Lines
//	GET    cut?name=                 what is boilerplate on an article's stored page
//	GET    owner                     who answers
//	GET    status                    the same, and what waits
//	POST   backups                   {"to": …}: copy the data file to an absolute path
//	GET    openapi.json              this, for programs
//	POST   runs                      make a pass: lines of progress, then the summary
//
// With a cursor, which may be empty, a list is answered in pages: the header
// Link leads to the next one. Where only what reads is answered (Reading), a
// limit asks for a page too; the owner takes it for the length of the whole.
//
// What only reads is described in OpenAPI 3.1 at openapi.json, which is made
// from the same table as the routes. An answer that was not too large to keep
// has an ETag. An error is a problem (RFC 9457) with a code to branch on and a
// fitting status; one that comes after the first line is in the trailer
// Tenure-Error.
package web

import (
	"context"
	"errors"
	"io"
	"time"

	"tenure/crawler"
	"tenure/extract"
	"tenure/pipeline"
)

// Prefix begins the path of everything that is answered.
const Prefix = "/api/v1/"

// A Records reads what is kept.
type Records interface {
	Articles(pipeline.Filter, func(pipeline.ArticleRecord) error) error
	Entities(extract.Kind, pipeline.Filter, func(pipeline.EntityRecord) error) error
	Facts(pipeline.Filter, func(pipeline.FactRecord) error) error
	Moves(pipeline.Filter, func(pipeline.MoveRecord) error) error
	Failures(pipeline.Filter, func(pipeline.Failure) error) error
	Show(name string) (any, error)
	// Cut returns what is taken for boilerplate on the stored page of an article.
	Cut(ctx context.Context, article string) ([]extract.Cut, error)
	// Page returns a piece of a list, see pipeline.Page.
	Page(list string, f pipeline.Filter, cursor string) (pipeline.Page, error)
	// Search returns who may be meant by each name.
	Search([]pipeline.Sought) ([][]pipeline.Found, error)
}

// An Exporter writes records for other programs.
type Exporter interface {
	Export(w io.Writer, what, format string, f pipeline.Filter) error
	LastExport(consumer string) (time.Time, error)
	Exported(ctx context.Context, consumer string, at time.Time) error
}

// Sources keeps what is looked at.
type Sources interface {
	Sources() ([]pipeline.SourceState, error)
	FindSource(name string) (crawler.Source, error)
	AddSources(ctx context.Context, sources ...crawler.Source) (added int, err error)
	ConfigureSources(ctx context.Context, sources []crawler.Source) error
	RemoveSource(ctx context.Context, name string) (crawler.Source, error)
	PauseSource(ctx context.Context, name string, paused bool) (crawler.Source, error)
	AddURLs(ctx context.Context, urls []string) (added, again int, err error)
}

// Standing says what waits and how the last pass went.
type Standing interface {
	Waiting() (int, error)
	NextDue() (at time.Time, ok bool, err error)
	LastRun() (s pipeline.Summary, ok bool, err error)
}

// A Library is a data file that someone has open: *pipeline.Pipeline is one.
type Library interface {
	Records
	Exporter
	Sources
	Standing
	Reviews
	Hooks
}

var _ Library = (*pipeline.Pipeline)(nil)

// An Order asks for a pass.
type Order struct {
	Sources      []string      `json:"sources,omitempty"` // IDs or addresses; empty means everything that is due
	All          bool          `json:"all,omitempty"`     // also what is not due yet
	Delay        time.Duration `json:"delay,omitempty"`   // least pause per host; 0 leaves it to the one who runs
	AllowPrivate bool          `json:"allow_private,omitempty"`
	Timeout      time.Duration `json:"timeout,omitempty"`
	MaxPages     int           `json:"max_pages,omitempty"`
	Recognizer   string        `json:"recognizer,omitempty"`
}

// Owner is who has the data file open.
type Owner struct {
	PID     int       `json:"pid"`
	Command string    `json:"command"`
	Since   time.Time `json:"since"`
	Version string    `json:"version"`
}

// Status is what an owner says of itself and of what waits.
type Status struct {
	Owner   Owner             `json:"owner"`
	Waiting int               `json:"waiting"`            // links that are due
	NextDue *time.Time        `json:"next_due,omitempty"` // absent if nothing waits
	LastRun *pipeline.Summary `json:"last_run,omitempty"`
}

// ErrBusy is returned for an order while the owner makes a pass, or is not
// one that makes passes for others.
var ErrBusy = errors.New("another run is under way")

// A LostError says that the owner went away before it had answered. Whoever
// asks again finds another owner, or the file free.
type LostError struct{ Err error }

// Error implements error.
func (e *LostError) Error() string {
	return "the process that had the data file is gone: " + e.Err.Error()
}

// Unwrap returns the reason.
func (e *LostError) Unwrap() error { return e.Err }
