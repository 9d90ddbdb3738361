package pipeline

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"slices"

	"tenure/extract"
	"tenure/store"
)

// Rows of entities are the most of all: many for every article. So they say
// nothing that their key says, and are coded as: the number of the kind with
// a bit for who is told of, how often it is mentioned, the name, and the
// aliases, each text after its length.

// packedKinds are the kinds by their numbers, from 1 on; 0 is followed by the
// kind's name.
func packedKinds() []extract.Kind {
	return []extract.Kind{extract.Person, extract.Organization, extract.Place, extract.Other}
}

// entityTold is the bit of who is told of.
const entityTold = 0x80

// AppendBinary implements encoding.BinaryAppender.
func (r entityRow) AppendBinary(b []byte) ([]byte, error) {
	kind := slices.Index(packedKinds(), r.Kind) + 1
	first := byte(kind)
	if r.Told {
		first |= entityTold
	}
	b = append(b, first)
	if kind == 0 {
		b = packText(b, string(r.Kind))
	}
	b = binary.AppendUvarint(b, uint64(max(r.Mentions, 0)))
	b = packText(b, r.Name)
	for _, a := range r.Aliases {
		b = packText(b, a)
	}
	return b, nil
}

// isTold reports whether who is told of is coded.
func isTold(b []byte) bool { return len(b) > 0 && b[0]&entityTold != 0 }

func packText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

var errEntityRow = errors.New("row of an entity is cut or mangled")

// UnmarshalRow implements store.RowUnmarshaler.
func (r *entityRow) UnmarshalRow(key, b []byte) error {
	k := store.ReadKey(key)
	*r = entityRow{Entity: extract.Entity{ID: k.String()}}
	r.Article = hex.EncodeToString(k.Rest())
	u := unpacker{rest: b}
	if k.Err() != nil || !u.entity(r) {
		return errEntityRow
	}
	return nil
}

// readNames takes in what AppendBinary made.
func (r *entityRow) readNames(b []byte) error {
	if u := (unpacker{rest: b}); !u.entity(r) {
		return errEntityRow
	}
	return nil
}

// An unpacker takes numbers and texts off bytes.
type unpacker struct {
	rest []byte
	bad  bool
}

// entity takes in all that is coded of an entity.
func (u *unpacker) entity(r *entityRow) bool {
	if !u.entityHead(r) {
		return false
	}
	r.Name = u.text()
	for len(u.rest) > 0 && !u.bad {
		r.Aliases = append(r.Aliases, u.text())
	}
	return !u.bad
}

// entityHead takes in what stands before an entity's names.
func (u *unpacker) entityHead(r *entityRow) bool {
	if len(u.rest) == 0 || int(u.rest[0]&^entityTold) > len(packedKinds()) {
		return false
	}
	first := u.rest[0]
	u.rest = u.rest[1:]
	r.Told = first&entityTold != 0
	if kind := first &^ entityTold; kind == 0 {
		r.Kind = extract.Kind(u.text())
	} else {
		r.Kind = packedKinds()[kind-1]
	}
	r.Mentions = int(u.number())
	return !u.bad
}

func (u *unpacker) number() uint64 {
	x, n := binary.Uvarint(u.rest)
	if n <= 0 || x > 1<<40 {
		u.bad, u.rest = true, nil
		return 0
	}
	u.rest = u.rest[n:]
	return x
}

func (u *unpacker) text() string {
	n := u.number()
	if n > uint64(len(u.rest)) {
		u.bad, u.rest = true, nil
		return ""
	}
	s := string(u.rest[:n])
	u.rest = u.rest[n:]
	return s
}

// dropUnpacked removes what version 1 kept row by row and is packed now.
func dropUnpacked(tx *store.Tx) error {
	return errors.Join(
		store.NewTable[struct{}]("entities").Clear(tx), store.NewIndex("similar").Clear(tx), store.NewIndex("people").Clear(tx),
		schema.entities.Clear(tx), schema.names.Clear(tx), schema.similar.Clear(tx))
}
