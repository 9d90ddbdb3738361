// Package browser opens pages in Chromium as a reader would: it says what a
// page loaded, what went wrong on it and what ran, and takes its picture. Its
// tests open all of tenure's pages that way; 'make browser' runs them.
//
// All that is known of chromedp, whose interface has changed often, is in this
// file.
package browser

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a step on a page may take.
const patience = 30 * time.Second

// A Chromium is a browser without a window.
type Chromium struct {
	ctx  context.Context // of its first tab, which nobody uses
	stop func()
}

// Start starts the program at path. It keeps nothing between two starts and
// asks nobody but the pages that are opened.
func Start(ctx context.Context, path string) (*Chromium, error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("font-render-hinting", "none"),
	)
	started, stopProgram := chromedp.NewExecAllocator(ctx, options...)
	tab, stopTab := chromedp.NewContext(started)
	c := &Chromium{tab, func() { stopTab(); stopProgram() }}
	if err := chromedp.Do(tab); err != nil {
		c.stop()
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	deny := browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorDeny}
	if _, err := chromedp.CallBrowser(tab, browser.SetDownloadBehavior, deny); err != nil {
		c.stop()
		return nil, fmt.Errorf("refuse downloads: %w", err)
	}
	return c, nil
}

// Close ends the browser.
func (c *Chromium) Close() { c.stop() }

// A Look is how a reader looks at pages.
type Look struct {
	Name          string
	Width, Height int // pixels of CSS
	Dark, Phone   bool
	// Lax lets a page run scripts that its own policy forbids, so that what
	// runs then was held back by the policy alone.
	Lax bool
}

// A Tab is where pages are opened, one after the other. It has cookies of its
// own. Its methods are not to be called from two goroutines at once.
type Tab struct {
	ctx  context.Context
	stop func()

	mu       sync.Mutex // what follows is written while the browser is read
	requests map[network.RequestID]*Request
	order    []network.RequestID
	troubles []string
}

// A Request is what a page asked for.
type Request struct {
	URL    string
	Status int    // 0 if there was no answer
	Bytes  int    // received, with the head
	Failed string // why, if it did
}

// A Visit is what came of opening a page.
type Visit struct {
	URL      string // the page that is shown, after all redirections
	Status   int
	Bytes    int // all that was received for it
	Requests []Request
	// Troubles are messages of the console, errors, breaches of the policy
	// and dialogs.
	Troubles []string
	Download bool // the browser did not show it and would have stored it
}

// tell makes what a page may do without a trace leave one: a breach of the
// policy, and the three dialogs, which would stop the page.
const tell = `addEventListener('securitypolicyviolation', e => console.error('policy breached: ' + e.violatedDirective + ' by ' + e.blockedURI));
for (const f of ['alert', 'confirm', 'prompt']) window[f] = x => { console.error('dialog: ' + f + ' ' + x); };`

// NewTab opens an empty tab.
func (c *Chromium) NewTab(look Look) (*Tab, error) {
	ctx, stop := chromedp.NewContext(c.ctx, chromedp.WithNewBrowserContext())
	t := &Tab{ctx: ctx, stop: stop}
	t.forget()
	if err := t.prepare(look); err != nil {
		stop()
		return nil, fmt.Errorf("open a tab: %w", err)
	}
	return t, nil
}

func (t *Tab) prepare(look Look) error {
	if err := chromedp.Listen(t.ctx, t.hear); err != nil {
		return err
	}
	yes := true
	if _, err := chromedp.Call(t.ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}); err != nil {
		return err
	}
	if _, err := chromedp.Call(t.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: tell, RunImmediately: &yes}); err != nil {
		return err
	}
	if _, err := chromedp.Call(t.ctx, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: look.Lax}); err != nil {
		return err
	}
	return t.See(look)
}

// See changes how the tab is looked at.
func (t *Tab) See(look Look) error {
	size := emulation.SetDeviceMetricsOverrideParams{Width: int64(look.Width), Height: int64(look.Height), DeviceScaleFactor: 1, Mobile: look.Phone}
	if _, err := chromedp.Call(t.ctx, emulation.SetDeviceMetricsOverride, size); err != nil {
		return fmt.Errorf("set the size: %w", err)
	}
	return t.medium("", look.Dark)
}

// SeePrinted shows the page as it would be printed.
func (t *Tab) SeePrinted() error { return t.medium("print", false) }

func (t *Tab) medium(name string, dark bool) error {
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}
	if _, err := chromedp.Call(t.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: name, Features: features}); err != nil {
		return fmt.Errorf("set the medium: %w", err)
	}
	return nil
}

// Close closes the tab.
func (t *Tab) Close() { t.stop() }

func (t *Tab) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.requests, t.order, t.troubles = map[network.RequestID]*Request{}, nil, nil
}

// hear notes what the browser says, in the order it says it.
func (t *Tab) hear(event any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	trouble := func(format string, args ...any) { t.troubles = append(t.troubles, fmt.Sprintf(format, args...)) }
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if t.requests[e.RequestID] == nil { // else it was redirected
			t.order = append(t.order, e.RequestID)
		}
		t.requests[e.RequestID] = &Request{URL: e.Request.URL}
	case *network.EventResponseReceived:
		if r := t.requests[e.RequestID]; r != nil {
			r.Status = int(e.Response.Status)
		}
	case *network.EventLoadingFinished:
		if r := t.requests[e.RequestID]; r != nil {
			r.Bytes = int(e.EncodedDataLength)
		}
	case *network.EventLoadingFailed:
		if r := t.requests[e.RequestID]; r != nil {
			r.Failed = e.ErrorText
		}
	case *runtime.EventConsoleAPICalled:
		trouble("console %s: %s", e.Type, said(e.Args))
	case *runtime.EventExceptionThrown:
		trouble("exception: %s", e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		trouble("log %s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL)
	case *page.EventJavascriptDialogOpening:
		trouble("dialog: %s %s", e.Type, e.Message)
	}
}

func said(args []*runtime.RemoteObject) string {
	var words []string
	for _, a := range args {
		words = append(words, string(a.Value))
	}
	return strings.Join(words, " ")
}

// Open goes to a page and waits until it and all it asks for are there.
func (t *Tab) Open(url string) (Visit, error) {
	t.forget()
	return t.visit(url, chromedp.Navigate(url))
}

// Go does what leads to another page, waits for that, and tells of it.
func (t *Tab) Go(act func() error) (Visit, error) {
	t.forget()
	do := chromedp.Func(func(context.Context, *chromedp.Target) error { return act() })
	return t.visit("the next page", chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := chromedp.WaitEvent(page.LoadEventFired, nil, do)(ctx, target)
		return err
	}))
}

func (t *Tab) visit(what string, act chromedp.Action[chromedp.Void]) (v Visit, err error) {
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	err = chromedp.Do(ctx, act)
	var load *chromedp.LoadError
	if errors.As(err, &load) && strings.Contains(load.ErrorText, "ERR_ABORTED") {
		v.Download, err = true, nil
	}
	if err != nil {
		return v, fmt.Errorf("open %s: %w; %q", what, err, t.troubles)
	}
	// What the browser had to say before it answers this has been heard.
	if err := t.Eval("location.href", &v.URL); err != nil {
		return v, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, id := range t.order {
		r := *t.requests[id]
		v.Requests = append(v.Requests, r)
		v.Bytes += r.Bytes
	}
	if len(v.Requests) > 0 {
		v.Status = v.Requests[0].Status
	}
	v.Troubles = t.troubles
	return v, nil
}

// Troubles are those since the last page was opened.
func (t *Tab) Troubles() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]string(nil), t.troubles...)
}

// Eval runs a script on the page, waits for it if it is a promise, and puts
// its value into v, as from JSON. Nil is for a value nobody needs.
func (t *Tab) Eval(script string, v any) error {
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	raw, err := chromedp.Run(ctx, chromedp.Evaluate[[]byte](script, chromedp.EvalAwaitPromise))
	if err != nil {
		return fmt.Errorf("run %.60q: %w", script, err)
	}
	if v == nil || len(raw) == 0 {
		return nil
	}
	if err := json.NewDecoder(bytes.NewReader(raw)).Decode(v); err != nil {
		return fmt.Errorf("value of %.60q: %w", script, err)
	}
	return nil
}

// Press sends keys as a keyboard does: "\t" is Tab, "\r" Enter, a letter a
// letter.
func (t *Tab) Press(keys string) error {
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.KeyEvent(keys)); err != nil {
		return fmt.Errorf("press %q: %w", keys, err)
	}
	return nil
}

// Click clicks the first element that a CSS selector means.
func (t *Tab) Click(selector string) error {
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		return fmt.Errorf("click %s: %w", selector, err)
	}
	return nil
}

// Picture is the whole page as a PNG.
func (t *Tab) Picture() ([]byte, error) {
	yes := true
	shot, err := chromedp.Call(t.ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{CaptureBeyondViewport: &yes, OptimizeForSpeed: &yes})
	if err != nil {
		return nil, fmt.Errorf("take a picture: %w", err)
	}
	return shot.Data, nil
}

// PDF is the page as it is printed on A4.
func (t *Tab) PDF() ([]byte, error) {
	b, err := chromedp.Run(t.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
	if err != nil {
		return nil, fmt.Errorf("print: %w", err)
	}
	return b, nil
}
