package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"tenure/crawler"
	"tenure/extract"
	"tenure/pipeline"
	"tenure/pipeline/web"
	"tenure/store"
)

// A reached is a data file that can be asked and added to: this process has
// it open, or another one that answers for it. When that one goes away, the
// next question finds another, or opens the file; a question that was not
// answered to the end is asked again.
type reached struct {
	a          *app
	config     config
	recognizer string
	readOnly   bool
	path       string

	mu     sync.RWMutex // held to read by who asks, to write by who changes what follows
	local  *session     // nil if another process has the file
	remote *web.Client  // nil if this one has
	server *web.Server  // of local, if others may ask

	looking sync.Mutex   // held by the one who looks for another owner
	answers bool         // others may ask whenever this process has the file
	used    atomic.Int64 // when the file was last asked, Unix nanoseconds
	others  atomic.Int64 // requests of other processes under way
	closed  atomic.Bool  // for good
	// orders makes passes for others; nil if this process makes none.
	orders func(ctx context.Context, s *session, o web.Order, progress func(pipeline.Progress)) (pipeline.Summary, error)
}

// reach returns the data file for a command that may change it; it is created
// if it is not there.
func (a *app) reach() (*reached, error) {
	c, err := a.loadConfig()
	if err != nil {
		return nil, err
	}
	return a.reachWith(c, "", false)
}

// reachToRead returns a data file that must be there, for a command that only
// reads.
func (a *app) reachToRead() (*reached, error) { return a.reachExisting(true) }

// reachExisting returns a data file that must be there.
func (a *app) reachExisting(readOnly bool) (*reached, error) {
	return a.reachExistingWith("", readOnly)
}

// reachExistingWith is reachExisting with the named recognizer, if this
// process is to have the file.
func (a *app) reachExistingWith(recognizer string, readOnly bool) (*reached, error) {
	c, err := a.loadConfig()
	if err != nil {
		return nil, err
	}
	path, err := a.dbPath(c)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no data file at %s yet; %s, then 'tenure run'", path, hintNoSources)
	}
	return a.reachWith(c, recognizer, readOnly)
}

func (a *app) reachWith(c config, recognizer string, readOnly bool) (*reached, error) {
	path, err := a.dbPath(c)
	if err != nil {
		return nil, err
	}
	r := &reached{a: a, config: c, recognizer: recognizer, readOnly: readOnly, path: path}
	return r, r.open()
}

// ownerPatience is how long to look for a process that answers or a file that
// is free, while the file is held by one that does neither: one that is about
// to end, or a command that only reads.
const ownerPatience = 10 * time.Second

// open asks the owner of the file, or becomes it.
func (r *reached) open() error {
	socket, err := web.SocketPath(r.path)
	if err != nil {
		return err
	}
	end := time.Now().Add(ownerPatience)
	for pause := leastPause; ; pause = min(2*pause, mostPause) {
		if _, err := os.Lstat(socket); err == nil {
			if r.remote, err = web.Dial(context.Background(), socket); err == nil {
				return nil
			}
			r.remote = nil // left behind by one that was killed, or just closed
		}
		var locked *store.LockedError
		r.local, err = r.a.openFile(r.config, r.recognizer, r.readOnly, lockTry)
		if !errors.As(err, &locked) || time.Now().After(end) {
			return err
		}
		time.Sleep(pause)
	}
}

// answer lets other processes ask this one as long as it has the file. A
// socket that cannot be made is told and no reason to fail.
func (r *reached) answer() {
	r.answers = true
	if r.local == nil || r.readOnly || r.server != nil {
		return
	}
	api := &web.API{Library: r.local.Pipeline, Backup: r.local.db.Backup, Owner: web.Owner{
		PID: os.Getpid(), Command: strings.TrimSpace("tenure " + r.a.running), Since: r.a.now().UTC(), Version: version(),
	}}
	if local := r.local; r.orders != nil {
		api.Run = func(ctx context.Context, o web.Order, progress func(pipeline.Progress)) (pipeline.Summary, error) {
			return r.orders(ctx, local, o, progress)
		}
	}
	server, err := web.Listen(r.path, r.noted(api.Handler()))
	if err != nil {
		r.a.log().Warn("other commands have to wait until this one ends", "error", err)
		return
	}
	r.server = server
}

// Close gives the file up for good: whoever asks after it gets
// store.ErrClosed.
func (r *reached) Close() error {
	r.mu.RLock() // not while an owner is looked for
	defer r.mu.RUnlock()
	if r.closed.Swap(true) {
		return nil
	}
	if r.remote != nil {
		r.remote.Close()
	}
	return r.giveUp()
}

// giveUp closes what this process has of the file.
func (r *reached) giveUp() (err error) {
	if r.server != nil {
		err = r.server.Close()
	}
	if r.local != nil {
		err = errors.Join(err, r.local.Close())
	}
	return err
}

// mostOwners is how many owners may be lost over one question.
const mostOwners = 20

// ask has a question answered by whoever has the file. Several may ask at a
// time.
func (r *reached) ask(question func(web.Library) error) error {
	for n := 0; ; n++ {
		if r.closed.Load() {
			return store.ErrClosed
		}
		r.mu.RLock()
		if r.local != nil {
			defer r.mu.RUnlock() // it is not given up meanwhile
			defer r.use()
			return question(r.local.Pipeline)
		}
		remote := r.remote
		r.mu.RUnlock()
		if remote == nil { // given up; taken again, or asked for elsewhere
			if err := r.again(nil); err != nil {
				return err
			}
			continue
		}
		err := question(remote)
		var lost *web.LostError
		if !errors.As(err, &lost) || n == mostOwners {
			return err
		}
		if err := r.again(remote); err != nil {
			return err
		}
	}
}

// again looks for another owner in place of one that is gone, unless somebody
// else has found one meanwhile.
func (r *reached) again(gone *web.Client) error {
	r.looking.Lock()
	defer r.looking.Unlock()
	r.mu.RLock()
	found := r.local != nil || r.remote != gone
	r.mu.RUnlock()
	if found {
		return nil
	}
	r.mu.Lock() // nobody holds it for long: there is nobody to ask
	defer r.mu.Unlock()
	if r.closed.Load() {
		return store.ErrClosed
	}
	if gone != nil {
		gone.Close()
	}
	r.remote = nil
	if err := r.open(); err != nil {
		r.remote = gone // the next one who asks looks again
		return err
	}
	r.use()
	if r.local != nil && r.answers {
		r.answer()
	}
	return nil
}

// use notes that the file is of use now.
func (r *reached) use() { r.used.Store(time.Now().UnixNano()) }

// noted notes what other processes ask.
func (r *reached) noted(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		r.others.Add(1)
		defer r.others.Add(-1)
		defer r.use()
		h.ServeHTTP(w, req)
	})
}

// rest gives the file up if nobody has asked for a while, so that a command
// that needs it for itself can have it. The next question takes it again.
func (r *reached) rest(idle time.Duration) error {
	if !r.mu.TryLock() {
		return nil // somebody is asking
	}
	defer r.mu.Unlock()
	if r.local == nil || r.others.Load() > 0 || time.Since(time.Unix(0, r.used.Load())) < idle {
		return nil
	}
	err := r.giveUp()
	r.server, r.local = nil, nil
	return err
}

// busy is what a pass is refused with while another one is under way.
func (r *reached) busy() error {
	o := r.remote.Owner()
	return &store.LockedError{Path: r.path, Holder: store.Holder{PID: o.PID, Command: o.Command, Since: o.Since}}
}

// own has this process open the file itself: one that only answers gives it up
// when it was not asked for a while, and one that works on it is named.
func (r *reached) own() error {
	if r.local != nil {
		return nil
	}
	busy := r.busy()
	r.remote.Close()
	r.remote = nil
	var locked *store.LockedError
	var err error
	if r.local, err = r.a.openFile(r.config, r.recognizer, r.readOnly, lockPatience); errors.As(err, &locked) {
		return busy
	}
	return err
}

// heldBy says who answers for the file, if it is another process. It is for a
// time when nobody asks yet.
func (r *reached) heldBy() string {
	if r.remote == nil {
		return ""
	}
	o := r.remote.Owner()
	return fmt.Sprintf(", open in %q (pid %d), which answers", o.Command, o.PID)
}

// Articles implements web.Records, as do the methods below.
func (r *reached) Articles(f pipeline.Filter, fn func(pipeline.ArticleRecord) error) error {
	return r.ask(func(l web.Library) error { return l.Articles(f, fn) })
}

// Entities implements web.Records.
func (r *reached) Entities(k extract.Kind, f pipeline.Filter, fn func(pipeline.EntityRecord) error) error {
	return r.ask(func(l web.Library) error { return l.Entities(k, f, fn) })
}

// Facts implements web.Records.
func (r *reached) Facts(f pipeline.Filter, fn func(pipeline.FactRecord) error) error {
	return r.ask(func(l web.Library) error { return l.Facts(f, fn) })
}

// Moves implements web.Records.
func (r *reached) Moves(f pipeline.Filter, fn func(pipeline.MoveRecord) error) error {
	return r.ask(func(l web.Library) error { return l.Moves(f, fn) })
}

// Failures implements web.Records.
func (r *reached) Failures(f pipeline.Filter, fn func(pipeline.Failure) error) error {
	return r.ask(func(l web.Library) error { return l.Failures(f, fn) })
}

// Show implements web.Records.
func (r *reached) Show(name string) (v any, err error) {
	err = r.ask(func(l web.Library) (err error) { v, err = l.Show(name); return err })
	return v, err
}

// Page implements web.Records.
func (r *reached) Page(list string, f pipeline.Filter, cursor string) (page pipeline.Page, err error) {
	err = r.ask(func(l web.Library) (err error) { page, err = l.Page(list, f, cursor); return err })
	return page, err
}

// Search implements web.Records.
func (r *reached) Search(sought []pipeline.Sought) (found [][]pipeline.Found, err error) {
	err = r.ask(func(l web.Library) (err error) { found, err = l.Search(sought); return err })
	return found, err
}

// Cut implements web.Records.
func (r *reached) Cut(ctx context.Context, article string) (all []extract.Cut, err error) {
	err = r.ask(func(l web.Library) (err error) { all, err = l.Cut(ctx, article); return err })
	return all, err
}

// Export implements web.Exporter.
func (r *reached) Export(w io.Writer, what, format string, f pipeline.Filter) error {
	return r.ask(func(l web.Library) error { return l.Export(w, what, format, f) })
}

// LastExport implements web.Exporter.
func (r *reached) LastExport(consumer string) (at time.Time, err error) {
	err = r.ask(func(l web.Library) (err error) { at, err = l.LastExport(consumer); return err })
	return at, err
}

// Exported implements web.Exporter.
func (r *reached) Exported(ctx context.Context, consumer string, at time.Time) error {
	return r.ask(func(l web.Library) error { return l.Exported(ctx, consumer, at) })
}

// Sources implements web.Sources.
func (r *reached) Sources() (all []pipeline.SourceState, err error) {
	err = r.ask(func(l web.Library) (err error) { all, err = l.Sources(); return err })
	return all, err
}

// FindSource implements web.Sources.
func (r *reached) FindSource(name string) (s crawler.Source, err error) {
	err = r.ask(func(l web.Library) (err error) { s, err = l.FindSource(name); return err })
	return s, err
}

// AddSources implements web.Sources.
func (r *reached) AddSources(ctx context.Context, sources ...crawler.Source) (added int, err error) {
	err = r.ask(func(l web.Library) (err error) { added, err = l.AddSources(ctx, sources...); return err })
	return added, err
}

// ConfigureSources implements web.Sources.
func (r *reached) ConfigureSources(ctx context.Context, sources []crawler.Source) error {
	return r.ask(func(l web.Library) error { return l.ConfigureSources(ctx, sources) })
}

// RemoveSource implements web.Sources.
func (r *reached) RemoveSource(ctx context.Context, name string) (s crawler.Source, err error) {
	err = r.ask(func(l web.Library) (err error) { s, err = l.RemoveSource(ctx, name); return err })
	return s, err
}

// PauseSource implements web.Sources.
func (r *reached) PauseSource(ctx context.Context, name string, paused bool) (s crawler.Source, err error) {
	err = r.ask(func(l web.Library) (err error) { s, err = l.PauseSource(ctx, name, paused); return err })
	return s, err
}

// AddURLs implements web.Sources.
func (r *reached) AddURLs(ctx context.Context, urls []string) (added, again int, err error) {
	err = r.ask(func(l web.Library) (err error) { added, again, err = l.AddURLs(ctx, urls); return err })
	return added, again, err
}

// Waiting implements web.Standing.
func (r *reached) Waiting() (n int, err error) {
	err = r.ask(func(l web.Library) (err error) { n, err = l.Waiting(); return err })
	return n, err
}

// NextDue implements web.Standing.
func (r *reached) NextDue() (at time.Time, ok bool, err error) {
	err = r.ask(func(l web.Library) (err error) { at, ok, err = l.NextDue(); return err })
	return at, ok, err
}

// LastRun implements web.Standing.
func (r *reached) LastRun() (s pipeline.Summary, ok bool, err error) {
	err = r.ask(func(l web.Library) (err error) { s, ok, err = l.LastRun(); return err })
	return s, ok, err
}

// Person implements web.Reviews.
func (r *reached) Person(id string) (who extract.Profile, ok bool, err error) {
	err = r.ask(func(l web.Library) (err error) { who, ok, err = l.Person(id); return err })
	return who, ok, err
}

// Decide implements web.Reviews.
func (r *reached) Decide(ctx context.Context, d extract.Decision) error {
	return r.ask(func(l web.Library) error { return l.Decide(ctx, d) })
}

// Decisions implements web.Reviews.
func (r *reached) Decisions() (all []extract.Decision, err error) {
	err = r.ask(func(l web.Library) (err error) { all, err = l.Decisions(); return err })
	return all, err
}

// Hook implements web.Hooks.
func (r *reached) Hook(name string) (s pipeline.HookState, ok bool, err error) {
	err = r.ask(func(l web.Library) (err error) { s, ok, err = l.Hook(name); return err })
	return s, ok, err
}

// SaveHook implements web.Hooks.
func (r *reached) SaveHook(ctx context.Context, name string, s pipeline.HookState, told []string) error {
	return r.ask(func(l web.Library) error { return l.SaveHook(ctx, name, s, told) })
}

// Untold implements web.Hooks.
func (r *reached) Untold(u pipeline.Untold, fn func(pipeline.MoveRecord) error) error {
	return r.ask(func(l web.Library) error { return l.Untold(u, fn) })
}

// Pairs implements web.Reviews.
func (r *reached) Pairs() (all []pipeline.Pair, err error) {
	err = r.ask(func(l web.Library) (err error) { all, err = l.Pairs(); return err })
	return all, err
}

// Judge implements web.Reviews.
func (r *reached) Judge(ctx context.Context, id string, j pipeline.Judgement) (v pipeline.Verdict, err error) {
	err = r.ask(func(l web.Library) (err error) { v, err = l.Judge(ctx, id, j); return err })
	return v, err
}

// Verdicts implements web.Reviews.
func (r *reached) Verdicts() (all []pipeline.Verdict, err error) {
	err = r.ask(func(l web.Library) (err error) { all, err = l.Verdicts(); return err })
	return all, err
}

var _ web.Library = (*reached)(nil)
