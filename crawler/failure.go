package crawler

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
	"time"
)

// A Reason says in one word why there is no answer.
type Reason string

// The reasons.
const (
	Timeout           Reason = "timeout"            // connect, TLS, first byte, a pause in the body, or all of it took too long
	DNS               Reason = "dns"                // the name has no address
	Refused           Reason = "refused"            // nothing listens there
	TLS               Reason = "tls"                // no trust, or no common language
	Connection        Reason = "connection"         // broke off, or does not speak HTTP
	Incomplete        Reason = "truncated"          // the body ended before its time
	PrivateAddress    Reason = "private-address"    // loopback, private or otherwise not the public net
	RedirectLoop      Reason = "redirect-loop"      // came back to an address already asked
	TooManyRedirects  Reason = "too-many-redirects" //
	TooLarge          Reason = "too-large"          // more decoded bytes than Client.MaxBody
	BadEncoding       Reason = "bad-encoding"       // Content-Encoding unknown or broken
	RobotsDenied      Reason = "robots"             // robots.txt forbids it
	RobotsUnreachable Reason = "robots-unreachable" // robots.txt cannot be read, which forbids all for a while
	BadScheme         Reason = "scheme"             // led to something that is not http or https
	BadURL            Reason = "bad-url"            // led to something that is no address
	Canceled          Reason = "canceled"           // the caller gave up
)

// A FetchError is a fetch without an answer.
type FetchError struct {
	URL    string // the hop that failed
	Reason Reason
	Err    error     // may be nil
	Until  time.Time // before which asking again is pointless; zero if unknown
}

func fail(url string, r Reason, err error) *FetchError {
	return &FetchError{URL: url, Reason: r, Err: err}
}

// Error says which address failed and why.
func (e *FetchError) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("fetch %s: %s", e.URL, e.Reason)
	}
	return fmt.Sprintf("fetch %s: %s: %v", e.URL, e.Reason, e.Err)
}

// Unwrap returns the cause.
func (e *FetchError) Unwrap() error { return e.Err }

// Temporary reports whether trying again later makes sense.
func (e *FetchError) Temporary() bool {
	switch e.Reason {
	case Timeout, DNS, Refused, TLS, Connection, Incomplete, RobotsUnreachable, Canceled:
		return true
	}
	return false
}

// A PanicError is what became of a panic while a link was handled.
type PanicError struct {
	Value any
	Stack []byte
}

// Error says what was panicked with.
func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// Why a body was refused or given up.
var (
	errTooLarge = errors.New("body larger than allowed")
	errEncoding = errors.New("cannot decode body")
	errPrivate  = errors.New("address is not public")
	errIdle     = errors.New("no data for too long")
	errTotal    = errors.New("took too long in all")
)

// failure names the reason of err.
func failure(ctx context.Context, url string, err error) *FetchError {
	var fe *FetchError
	if errors.As(err, &fe) {
		return fe
	}
	if cause := context.Cause(ctx); cause != nil {
		if errors.Is(cause, errIdle) || errors.Is(cause, errTotal) {
			return fail(url, Timeout, cause)
		}
		if errors.Is(cause, context.DeadlineExceeded) {
			return fail(url, Timeout, err)
		}
		return fail(url, Canceled, cause)
	}
	return fail(url, reason(err), unwrapURL(err))
}

// exhausted returns the system's error if there is no answer because this
// process may open no more files. No host is to blame for that.
func exhausted(err error) error {
	if err == nil {
		return nil
	}
	var dns *net.DNSError // keeps only the text
	looking := errors.As(err, &dns)
	for _, own := range []error{syscall.EMFILE, syscall.ENFILE} {
		if errors.Is(err, own) || looking && strings.Contains(dns.Err, own.Error()) {
			return own
		}
	}
	return nil
}

func reason(err error) Reason {
	var (
		dns     *net.DNSError
		netErr  net.Error
		cert    *tls.CertificateVerificationError
		record  tls.RecordHeaderError
		alert   tls.AlertError
		unknown x509.UnknownAuthorityError
	)
	switch {
	case errors.Is(err, errTooLarge):
		return TooLarge
	case errors.Is(err, errEncoding):
		return BadEncoding
	case errors.Is(err, errPrivate):
		return PrivateAddress
	case errors.Is(err, errIdle), errors.Is(err, errTotal):
		return Timeout
	case errors.Is(err, context.Canceled):
		return Canceled
	case errors.As(err, &dns):
		return DNS
	case errors.As(err, &netErr) && netErr.Timeout():
		return Timeout
	case errors.Is(err, syscall.ECONNREFUSED):
		return Refused
	case errors.As(err, &cert), errors.As(err, &record), errors.As(err, &alert), errors.As(err, &unknown):
		return TLS
	case errors.Is(err, io.ErrUnexpectedEOF):
		return Incomplete
	}
	return Connection
}
