package gazetteer

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
	for size < n*3/2 {
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
