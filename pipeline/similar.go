package pipeline

import (
	"encoding/hex"
	"strings"
	"time"

	"tenure/crawler"
	"tenure/store"
)

// A copy of a story is told from a story of its own by the likeness of their
// texts: SimHashes at most copyDistance apart. Short texts are alike by
// chance.
const (
	copyDistance = 3
	copyWords    = 40
	copyScan     = 256 // articles looked at in each block
)

// likeness returns the SimHash of a text, 0 for one that is too short to
// compare.
func likeness(text string) uint64 {
	n := 0
	for range strings.FieldsSeq(text) {
		if n++; n >= copyWords {
			return crawler.SimHash(text)
		}
	}
	return 0
}

// similarKeys are the keys of an article in the index of likeness.
func similarKeys(hash uint64, article []byte) [][]byte {
	var keys [][]byte
	for _, block := range crawler.Blocks(hash) {
		keys = append(keys, store.Key(block, hash, article))
	}
	return keys
}

// original returns the ID of the article of which the given one is a copy:
// the one met first among those alike, which may be itself.
func original(tx *store.Tx, row telling) (string, error) {
	hash := row.Like
	if hash == 0 {
		return row.ID, nil
	}
	best, first := row.ID, row.First.Truncate(time.Millisecond) // as exact as what is in the index
	for _, block := range crawler.Blocks(hash) {
		entries, err := schema.similar.Scan(tx, store.Key(block), nil, copyScan)
		if err != nil {
			return "", err
		}
		for _, e := range entries {
			key := store.ReadKey(e.Key[4:])
			if crawler.Distance(hash, key.Uint64()) > copyDistance {
				continue
			}
			article := key.Rest()
			if hex.EncodeToString(article) == row.ID {
				continue
			}
			if met := store.ReadKey(e.Value).Time(); met.Before(first) || met.Equal(first) && hex.EncodeToString(article) < best {
				best, first = hex.EncodeToString(article), met
			}
		}
	}
	return best, nil
}
