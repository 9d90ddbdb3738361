package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"fmt"
	"net/http"
	"strings"
	"time"

	"golang.org/x/tools/txtar"
)

// A site is a recorded website: one file of a txtar archive a page, named by
// its path and query. A file that begins with "HTTP/" is a whole response,
// head and body; any other is the body of an answer with status 200. In text
// "{{host}}" stands for the host that is asked.
type site map[string][]byte

func newSite(archive []byte) site {
	s := site{}
	for _, f := range txtar.Parse(archive).Files {
		s[f.Name] = f.Data
	}
	return s
}

// ServeHTTP answers as the recorded server did, and with validators.
func (s site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	data, ok := s[r.URL.RequestURI()]
	if !ok {
		http.NotFound(w, r)
		return
	}
	data = bytes.ReplaceAll(data, []byte("{{host}}"), []byte(r.Host))
	if bytes.HasPrefix(data, []byte("HTTP/")) {
		replay(w, r, data)
		return
	}
	w.Header().Set("Content-Type", pageType(r.URL.Path))
	w.Header().Set("ETag", fmt.Sprintf("%q", fmt.Sprintf("%x", sha256.Sum256(data))[:16]))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

func pageType(path string) string {
	switch {
	case strings.HasSuffix(path, ".xml"):
		return "application/xml"
	case strings.HasSuffix(path, ".txt"):
		return "text/plain; charset=utf-8"
	case strings.HasSuffix(path, ".json"):
		return "application/json"
	}
	return "text/html; charset=utf-8"
}

// replay writes a recorded response. Its head is in lines of any ending.
func replay(w http.ResponseWriter, r *http.Request, data []byte) {
	head, body, _ := bytes.Cut(data, []byte("\n\n"))
	text := strings.ReplaceAll(string(head), "\n", "\r\n") + "\r\nContent-Length: " + fmt.Sprint(len(body)) + "\r\n\r\n"
	res, err := http.ReadResponse(bufio.NewReader(strings.NewReader(text+string(body))), r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer res.Body.Close()
	for k, v := range res.Header {
		w.Header()[k] = v
	}
	w.WriteHeader(res.StatusCode)
	_, _ = w.Write(body) // the client may have gone
}
