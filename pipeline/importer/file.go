package importer

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"tenure/crawler"
)

// page hands on an HTML file.
func (m *Importer) page(r io.Reader, name string, saved time.Time, fn func(crawler.Fetch) error) error {
	body, err := readAll(r, m.maxBody())
	switch {
	case errors.Is(err, errTooLarge):
		m.count(TooLarge)
		return nil
	case err != nil:
		return err
	case !looksLikeHTML(body):
		m.count(NotPage)
		return nil
	}
	u, err := m.address(name, body)
	if err != nil {
		m.count(NoAddress)
		return nil
	}
	return m.give(crawler.Fetch{
		URL: u, Final: u, At: saved.UTC().Truncate(time.Second), Status: http.StatusOK, Type: "text/html", Body: body,
	}, fn)
}

// looksLikeHTML reports whether a file may be HTML: text with a tag in it.
func looksLikeHTML(body []byte) bool {
	kind := http.DetectContentType(body)
	return strings.HasPrefix(kind, "text/") && bytes.ContainsRune(body, '<') || strings.HasPrefix(kind, "text/html")
}

// NoHost is the host in the address of a page that says nothing of where it
// came from; no such host can be (RFC 2606).
const NoHost = "file.invalid"

// address returns the address of a file: the one that the page says it has,
// else its place below Base, else one made of what is in it, so that the same
// page is the same wherever it lies.
func (m *Importer) address(name string, body []byte) (string, error) {
	for _, u := range said(body) {
		if u, err := crawler.Canonical(u); err == nil {
			return u, nil
		}
	}
	if m.Base != "" {
		return crawler.Resolve(strings.TrimSuffix(m.Base, "/")+"/", "./"+(&url.URL{Path: name}).EscapedPath())
	}
	sum := sha256.Sum256(body)
	return crawler.Canonical("http://" + NoHost + "/" + hex.EncodeToString(sum[:8]) + "/" + url.PathEscape(path.Base(name)))
}

// savedFrom is what browsers write where they save a page: Internet
// Explorer's mark of the web, which others kept, and SingleFile's.
var savedFrom = regexp.MustCompile(`(?:saved from url=\(\d+\)|(?m:^)\s*url:\s*)(https?://\S+)`)

const (
	headBytes  = 512 << 10 // of a page, looked at for its address
	headTokens = 20_000
)

// said returns the addresses that a page says it has, the best first: its
// canonical link, its og:url, where it was saved from.
func said(body []byte) []string {
	var canonical, og, saved string
	z := html.NewTokenizer(bytes.NewReader(body[:min(len(body), headBytes)]))
	z.SetMaxBuf(headBytes)
	for range headTokens {
		switch z.Next() {
		case html.ErrorToken:
			return []string{canonical, og, saved}
		case html.CommentToken:
			if found := savedFrom.FindSubmatch(z.Text()); found != nil && saved == "" {
				saved = string(found[1])
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			switch {
			case t.DataAtom == atom.Body:
				return []string{canonical, og, saved}
			case t.DataAtom == atom.Link && canonical == "" && hasWord(attribute(t, "rel"), "canonical"):
				canonical = attribute(t, "href")
			case t.DataAtom == atom.Meta && og == "" && attribute(t, "property") == "og:url":
				og = attribute(t, "content")
			}
		}
	}
	return []string{canonical, og, saved}
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

func hasWord(s, word string) bool {
	for w := range strings.FieldsSeq(s) {
		if strings.EqualFold(w, word) {
			return true
		}
	}
	return false
}
