package crawler

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
)

// notPublic are the ranges that are not the public internet (IANA special
// purpose registries), and the addresses at which clouds answer their guests.
func notPublic() []netip.Prefix {
	var all []netip.Prefix
	for _, s := range strings.Fields(`
		0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12
		192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15
		198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32
		::/96 64:ff9b:1::/48 100::/64 2001::/32 2001:2::/48 2001:10::/28 2001:20::/28 2001:db8::/32
		3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8`) {
		all = append(all, netip.MustParsePrefix(s))
	}
	return all
}

// A guard keeps connections out of networks the crawler has no business in.
type guard struct{ denied []netip.Prefix }

// NewTransport returns a way to the network that connects to no address that
// is not public, unless it may. It reads no proxy from the environment.
func NewTransport(t Timeouts, allowPrivate bool) *http.Transport {
	if allowPrivate {
		return newTransport(t.withDefaults(), nil)
	}
	return newTransport(t.withDefaults(), &guard{denied: notPublic()})
}

// IsPrivate reports whether an error says that an address is not public.
func IsPrivate(err error) bool { return errors.Is(err, errPrivate) }

// public reports whether an address is one of the public internet. IPv4
// addresses carried inside IPv6 ones (mapped, NAT64, 6to4) count as such.
func (g guard) public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	for _, p := range g.denied {
		if p.Contains(a) {
			return false
		}
	}
	if a.Is6() {
		if v4, ok := carried(a.As16()); ok {
			return g.public(v4)
		}
	}
	return a.IsValid()
}

// carried returns the IPv4 address inside a NAT64 or 6to4 address.
func carried(b [16]byte) (netip.Addr, bool) {
	switch {
	case [12]byte(b[:12]) == [12]byte{0x00, 0x64, 0xff, 0x9b}:
		return netip.AddrFrom4([4]byte(b[12:])), true
	case b[0] == 0x20 && b[1] == 0x02:
		return netip.AddrFrom4([4]byte(b[2:6])), true
	}
	return netip.Addr{}, false
}

// control is called by the dialer after the name was resolved, for every
// address it tries.
func (g guard) control(_ context.Context, _, address string, _ syscall.RawConn) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	a, err := netip.ParseAddr(host)
	if err != nil {
		return err
	}
	if !g.public(a) {
		return fmt.Errorf("%s: %w", a, errPrivate)
	}
	return nil
}

// literal refuses hosts that need no name server to be known as private. It
// stands in front of any transport, the caller's own included.
func (g guard) literal(host string) error {
	name := hostname(host)
	if isLocalName(name) {
		return fmt.Errorf("%s: %w", name, errPrivate)
	}
	a, err := netip.ParseAddr(strings.Trim(name, "[]"))
	if err == nil && !g.public(a) {
		return fmt.Errorf("%s: %w", a, errPrivate)
	}
	return nil
}
