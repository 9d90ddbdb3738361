package store

import "go.etcd.io/bbolt"

// A blockSource yields the keys in a bucket of blocks, in order.
type blockSource struct {
	opReader
	tx     *Tx
	cursor *bbolt.Cursor
}

// newBlockSource starts at the first key that is not below low.
func newBlockSource(tx *Tx, b *bbolt.Bucket, low []byte) (*blockSource, error) {
	s := &blockSource{tx: tx, cursor: b.Cursor()}
	if err := s.load(seekBlock(s.cursor, low)); err != nil {
		return nil, err
	}
	if err := s.seek(low); err != nil {
		return nil, err
	}
	return s, s.refill()
}

// load goes to the first key of a block.
func (s *blockSource) load(k, v []byte) (err error) {
	if k != nil {
		s.opReader, err = s.tx.readBlock(k, v)
	}
	return err
}

func (s *blockSource) next() error {
	if err := s.opReader.next(); err != nil {
		return s.tx.damaged("block: %v", err)
	}
	return s.refill()
}

// refill reads the next block if this one is used up.
func (s *blockSource) refill() error {
	for !s.ok {
		k, v := s.cursor.Next()
		if k == nil {
			return nil
		}
		if err := s.load(k, v); err != nil {
			return err
		}
	}
	return nil
}

// A blockBackSource yields the keys in a bucket of blocks against their order.
type blockBackSource struct {
	listSource
	tx     *Tx
	cursor *bbolt.Cursor
}

// newBlockBackSource starts at the last key below high, nil meaning the end.
func newBlockBackSource(tx *Tx, b *bbolt.Bucket, high []byte) (*blockBackSource, error) {
	s := &blockBackSource{tx: tx, cursor: b.Cursor()}
	s.back = true
	k, v := s.cursor.Last()
	if high != nil {
		k, v = seekBlock(s.cursor, high)
	}
	if err := s.load(k, v); err != nil {
		return nil, err
	}
	s.ops = between(s.ops, nil, high)
	return s, s.refill()
}

func (s *blockBackSource) load(k, v []byte) (err error) {
	if s.ops = nil; k != nil {
		s.ops, err = s.tx.listBlock(k, v)
	}
	return err
}

func (s *blockBackSource) next() error {
	_ = s.listSource.next() // never fails
	return s.refill()
}

func (s *blockBackSource) refill() error {
	for len(s.ops) == 0 {
		k, v := s.cursor.Prev()
		if k == nil {
			return nil
		}
		if err := s.load(k, v); err != nil {
			return err
		}
	}
	return nil
}
