package gazetteer

import (
	"encoding/binary"
	"errors"
)

// A table maps hashes to classes: open addressing, 16 bits of the hash kept
// to tell them apart. It fails to tell one absent name in some 40,000.
type table struct {
	mask  uint64
	slots []slot
}

// A slot is empty if check is 0.
type slot struct {
	check uint16
	class Class
}

// newTable returns a table with room for n entries.
func newTable(n int) *table {
	size := 1 << 10
	for size < n*5/4 {
		size *= 2
	}
	return &table{uint64(size - 1), make([]slot, size)}
}

// find returns where h is or would be.
func (t *table) find(h Hash) (s *slot, check uint16) {
	check = uint16(h>>48) | 1
	for i := uint64(h) & t.mask; ; i = (i + 1) & t.mask {
		if s = &t.slots[i]; s.check == 0 || s.check == check {
			return s, check
		}
	}
}

func (t *table) get(h Hash) Class {
	s, _ := t.find(h)
	return s.class
}

func (t *table) add(h Hash, c Class) {
	s, check := t.find(h)
	s.check = check
	s.class |= c
}

// marshal returns the form readTable reads: the number of slots, the checks
// of all, and the classes of those in use.
func (t *table) marshal() []byte {
	out := binary.LittleEndian.AppendUint32(nil, uint32(len(t.slots)))
	for _, s := range t.slots {
		out = binary.LittleEndian.AppendUint16(out, s.check)
	}
	for _, s := range t.slots {
		if s.check != 0 {
			out = binary.LittleEndian.AppendUint16(out, uint16(s.class))
		}
	}
	return out
}

var errTable = errors.New("read names: damaged")

// readTable reads what marshal wrote.
func readTable(data []byte) (*table, error) {
	if len(data) < 4 {
		return nil, errTable
	}
	n := int(binary.LittleEndian.Uint32(data))
	data = data[4:]
	if n <= 0 || n&(n-1) != 0 || len(data) < 2*n {
		return nil, errTable
	}
	t := &table{uint64(n - 1), make([]slot, n)}
	checks, classes := data[:2*n], data[2*n:]
	used := 0
	for i := range t.slots {
		check := binary.LittleEndian.Uint16(checks[2*i:])
		if check == 0 {
			continue
		}
		if 2*used+2 > len(classes) {
			return nil, errTable
		}
		t.slots[i] = slot{check, Class(binary.LittleEndian.Uint16(classes[2*used:]))}
		used++
	}
	if used > n*9/10 {
		return nil, errTable
	}
	return t, nil
}
