package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

type receiverKey struct{}

// A receiver is where the hooks of a script lead to.
type receiver struct {
	mu     sync.Mutex
	server *httptest.Server
	status int
	secret string
	ids    []string // of messages, as they came
	log    bytes.Buffer
}

// cmdReceiver has the receiver answer with a status from now on: receiver
// STATUS SECRET. Its address is in $HOOK.
func cmdReceiver(ts *testscript.TestScript, _ bool, args []string) {
	r := ts.Value(receiverKey{}).(*receiver)
	status, err := strconv.Atoi(args[0])
	ts.Check(err)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status, r.secret = status, args[1]
	if r.server == nil {
		r.server = httptest.NewServer(r)
		ts.Defer(r.server.Close)
		ts.Setenv("HOOK", r.server.URL)
	}
}

// cmdReceived writes what came since the last time: received FILE. Messages
// are numbered by their IDs.
func cmdReceived(ts *testscript.TestScript, _ bool, args []string) {
	r := ts.Value(receiverKey{}).(*receiver)
	r.mu.Lock()
	defer r.mu.Unlock()
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), r.log.Bytes(), 0o600))
	r.log.Reset()
}

// ServeHTTP implements http.Handler.
func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	r.mu.Lock()
	defer r.mu.Unlock()
	id := req.Header.Get("Webhook-Id")
	if !slices.Contains(r.ids, id) {
		r.ids = append(r.ids, id)
	}
	mac := hmac.New(sha256.New, []byte(r.secret))
	fmt.Fprintf(mac, "%s.%s.%s", id, req.Header.Get("Webhook-Timestamp"), body)
	signed := "badly signed"
	if req.Header.Get("Webhook-Signature") == "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)) {
		signed = "signed"
	}
	fmt.Fprintf(&r.log, "%s message %d, %s, %s, %v: %s\n", req.Method, slices.Index(r.ids, id)+1, signed, req.Header.Get("Content-Type"), err, bytes.TrimSpace(body))
	w.WriteHeader(r.status)
}
