package hook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"tenure/crawler"
)

// post sends a message once. The error is nil if it was taken; wait is how
// long the receiver asks to be left alone. No error names more of the address
// than its host.
func (s *Sender) post(ctx context.Context, h Hook, id string, body []byte) (wait time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, tryTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.URL, bytes.NewReader(body))
	if err != nil {
		return 0, errors.New("the address cannot be used")
	}
	now := s.Now()
	req.Header.Set("Content-Type", h.Payload.contentType())
	req.Header.Set("User-Agent", s.Agent)
	req.Header.Set("Webhook-Id", id)
	req.Header.Set("Webhook-Timestamp", strconv.FormatInt(now.Unix(), 10))
	req.Header.Set("Webhook-Signature", h.Secret.sign(id, now, body))
	client := &http.Client{Transport: s.Transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if s.Transport == nil {
		t := crawler.NewTransport(crawler.Timeouts{}, h.AllowPrivate)
		defer t.CloseIdleConnections()
		client.Transport = t
	}
	res, err := client.Do(req)
	if err != nil {
		return 0, unreached(req.URL.Host, err)
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, maxAnswer)) // the status says it all
	if res.StatusCode/100 == 2 {
		return 0, nil
	}
	return retryAfter(res.Header.Get("Retry-After"), now), fmt.Errorf("%s answers %s", req.URL.Host, res.Status)
}

// unreached says why there is no answer, without the address.
func unreached(host string, err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	if crawler.IsPrivate(err) {
		return fmt.Errorf("%s: %w; allow_private: true lets the hook reach it", host, err)
	}
	return fmt.Errorf("%s: %w", host, err)
}

// maxWait is the longest a receiver may ask to be left alone.
const maxWait = 24 * time.Hour

// retryAfter reads the header: seconds or a date.
func retryAfter(v string, now time.Time) time.Duration {
	d := time.Duration(0)
	if n, err := strconv.Atoi(v); err == nil {
		d = time.Duration(min(n, int(maxWait/time.Second))) * time.Second
	} else if at, err := http.ParseTime(v); err == nil {
		d = at.Sub(now)
	}
	return min(max(d, 0), maxWait)
}

// backoff is how long to wait after so many tries: a minute, then four times
// as long each time, at most six hours.
func backoff(tries int) time.Duration {
	const first, most = time.Minute, 6 * time.Hour
	d := first
	for range min(tries, 10) - 1 {
		d *= 4
	}
	return min(d, most)
}
