package store

import (
	"strings"
	"testing"
)

// A parted is a record in two parts, and a headOnly what its head says.
type parted struct{ head, body string }

func (p parted) AppendParts(head, body []byte) (h, b []byte, err error) {
	return append(head, p.head...), append(body, p.body...), nil
}

func (p *parted) UnmarshalParts(key, head, body []byte) error {
	p.head, p.body = string(head), string(body)
	return nil
}

type headOnly struct{ key, head string }

func (h *headOnly) UnmarshalHead(key, head []byte) error {
	h.key, h.head = string(key), string(head)
	return nil
}

func TestParts(t *testing.T) {
	db := open(t, Options{})
	records, heads := NewTable[parted]("records"), NewTable[headOnly]("records")
	long := strings.Repeat("said again, ", 400)
	for _, c := range []parted{{"", ""}, {"h", ""}, {"", "b"}, {"head", long}, {long, "body"}, {long, long}} {
		update(t, db, func(tx *Tx) error { return records.Put(tx, []byte("k"), c) })
		view(t, db, func(tx *Tx) error {
			got, ok, err := records.Get(tx, []byte("k"))
			if err != nil || !ok || got != c {
				t.Errorf("%+v, %v, %v, want %+v", got, ok, err, c)
			}
			head, ok, err := heads.Get(tx, []byte("k"))
			if err != nil || !ok || head != (headOnly{"k", c.head}) {
				t.Errorf("%+v, %v, %v, want the head of %+v", head, ok, err, c)
			}
			return nil
		})
	}
	view(t, db, func(tx *Tx) error {
		_, _, err := NewTable[person]("records").Get(tx, []byte("k"))
		if err == nil || !strings.Contains(err.Error(), "in parts") {
			t.Errorf("read as a record of another kind: %v", err)
		}
		return nil
	})
}

// Parts that are cut, or say that they are longer than they are, are damage.
func TestPartsDamaged(t *testing.T) {
	c, err := newCodec()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.close)
	key := []byte("k")
	value, err := c.encode(key, parted{strings.Repeat("h", 2*shortPart), strings.Repeat("b", 200)})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.check(key, value); err != nil {
		t.Error(err)
	}
	for name, payload := range map[string][]byte{
		"empty":          nil,
		"head too long":  {0x7f << 1 & 0x7f, 'h'},
		"head no zstd":   {1<<partBits | headPacked, 'h'},
		"body no zstd":   {1<<partBits | bodyPacked, 'h', 'b'},
		"body cut":       value[valueHeader : len(value)-2],
		"length not cut": {0x80},
	} {
		if c.checkParts(payload) == nil {
			t.Errorf("%s: no error", name)
		}
		if name != "body cut" && c.unmarshalParts(key, payload, &parted{}) == nil {
			t.Errorf("%s: read all the same", name)
		}
	}
}
