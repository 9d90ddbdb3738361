package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.etcd.io/bbolt"
)

// A story is a made-up record of about 10 KB of JSON, and the keys it is
// found by: what an article of the news with its mentions and facts takes.
type story struct {
	ID       string
	Title    string
	Text     string
	Mentions []storyMention
}

type storyMention struct {
	Start, End int
	Kind, Name string
	Score      float64
}

// indexesOf says how many keys of a story go into each index, and whether
// they begin with a time, which makes new ones come at the end.
var indexesOf = []struct {
	index  Index
	keys   int
	byTime bool
}{
	{NewIndex("time"), 1, true},
	{NewBulkIndex("source"), 1, false},
	{NewBulkIndex("hash"), 1, false},
	{NewBulkIndex("tag"), 4, false},
	{mentions, 15, false},
	{NewBulkIndex("person"), 6, false},
	{NewBulkIndex("organization"), 6, false},
	{NewBulkIndex("alias"), 3, false},
}

var (
	stories  = NewTable[story]("stories")
	mentions = NewBulkIndex("mention")
	totals   = NewSums("total", 2) // of what mentions has, one for each of its keys
)

// vocabulary is made of syllables; how often a word is used falls with its
// number, as in a real text.
func vocabulary(r *rand.Rand) []string {
	syllables := strings.Fields("ta re mi so la vo ne ku shi ber ton den ard ing er al is an or est ca pro com in un de")
	words := make([]string, 3000)
	for i := range words {
		var b strings.Builder
		for range 1 + r.IntN(3) {
			b.WriteString(syllables[r.IntN(len(syllables))])
		}
		words[i] = b.String()
	}
	return words
}

func makeStories(n int) []story {
	r := rand.New(rand.NewPCG(1, 2))
	words := vocabulary(r)
	zipf := rand.NewZipf(r, 1.1, 4, uint64(len(words)-1))
	text := func(length int) string {
		var b strings.Builder
		for b.Len() < length {
			b.WriteString(words[zipf.Uint64()])
			b.WriteByte(' ')
		}
		return b.String()
	}
	list := make([]story, n)
	for i := range list {
		list[i] = story{ID: fmt.Sprintf("%032x", sha256.Sum256([]byte{byte(i), byte(i >> 8), byte(i >> 16)}))[:32], Title: text(60), Text: text(7800)}
		for j := range 22 {
			list[i].Mentions = append(list[i].Mentions, storyMention{j * 300, j*300 + 12, "person", text(12), r.Float64()})
		}
	}
	return list
}

// subjectOf returns the 16 bytes of id of a person or organization.
func subjectOf(n uint64) []byte {
	return binary.BigEndian.AppendUint64(make([]byte, 0, 16), n*0x9e3779b97f4a7c15)[:16]
}

// storyKeys returns the index keys of story i: 16 bytes of what is looked up,
// the time, 16 bytes of the story's id.
func storyKeys(entities *rand.Zipf, i int, id []byte) [][][]byte {
	keys := make([][][]byte, len(indexesOf))
	for x, spec := range indexesOf {
		for range spec.keys {
			subject := subjectOf(entities.Uint64())
			if spec.byTime {
				keys[x] = append(keys[x], Key(day.UnixMilli()+int64(i), id))
			} else {
				keys[x] = append(keys[x], Key(subject, day.UnixMilli()+int64(i), id))
			}
		}
	}
	return keys
}

// totalOf returns the key of the total of a subject under a name, and the name.
func totalOf(mention []byte) (key, name []byte) {
	subject := mention[:16]
	hash := sha256.Sum256(subject)
	return Key(subject, "=", hash[:12]), fmt.Appendf(nil, "a name %x", subject[:6])
}

// BenchmarkCommit measures whole records with 37 index keys each, and 15 totals
// to which they add, committed in groups, and in the same run bare puts of the same values into bbolt. The
// ratio of the two is reported: what the indexes cost.
func BenchmarkCommit(b *testing.B) {
	for _, size := range []int{100, 1000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) { benchmarkCommit(b, size) })
	}
}

func benchmarkCommit(b *testing.B, size int) {
	const n = 20_000
	list := makeStories(2000)
	r := rand.New(rand.NewPCG(3, 4))
	entities := rand.NewZipf(r, 1.05, 10, 200_000)
	for b.Loop() {
		db, bare := open(b, Options{}), openBare(b)
		var full, puts, slowest time.Duration
		for i := 0; i < n; i += size {
			writes := make([]func(*Tx) error, size)
			values := make([][]byte, size)
			for j := range writes {
				writes[j] = storyWrite(b, db, list[(i+j)%len(list)], i+j, entities)
				values[j] = encodeStory(b, db, list[(i+j)%len(list)])
			}
			start := b.Elapsed()
			update(b, db, func(tx *Tx) error {
				for _, w := range writes {
					if err := w(tx); err != nil {
						return err
					}
				}
				return nil
			})
			middle := b.Elapsed()
			barePuts(b, bare, i, values)
			slowest = max(slowest, middle-start)
			full, puts = full+middle-start, puts+b.Elapsed()-middle
		}
		b.ReportMetric(float64(slowest.Milliseconds()), "slowest-ms")
		b.ReportMetric(n/full.Seconds(), "records/s")
		b.ReportMetric(n/puts.Seconds(), "bare/s")
		b.ReportMetric(puts.Seconds()/full.Seconds(), "ratio")
		view(b, db, func(tx *Tx) error { b.ReportMetric(float64(tx.bolt.Size())/n, "B/record"); return nil })
	}
}

// storyWrite returns what stores a story with all its keys.
func storyWrite(b testing.TB, db *DB, s story, i int, entities *rand.Zipf) func(*Tx) error {
	id := sha256.Sum256(Key(i))
	put, err := stories.Prepare(db, id[:16], s)
	if err != nil {
		b.Fatal(err)
	}
	all := storyKeys(entities, i, id[:16])
	var sums [][2][]byte
	for x, keys := range all {
		for _, k := range keys {
			if indexesOf[x].index.Name() == mentions.Name() {
				key, name := totalOf(k)
				sums = append(sums, [2][]byte{key, name})
			}
		}
	}
	return func(tx *Tx) error {
		if err := put(tx); err != nil {
			return err
		}
		for x, keys := range all {
			for _, k := range keys {
				if err := indexesOf[x].index.Put(tx, k, nil); err != nil {
					return err
				}
			}
		}
		for _, s := range sums {
			if err := totals.Add(tx, s[0], s[1], 1, 3); err != nil {
				return err
			}
		}
		return nil
	}
}

func encodeStory(b *testing.B, db *DB, s story) []byte {
	value, err := db.codec.encode(nil, s)
	if err != nil {
		b.Fatal(err)
	}
	return value
}

// openBare opens a file in bbolt alone.
func openBare(b *testing.B) *bbolt.DB {
	bolt, err := bbolt.Open(filepath.Join(b.TempDir(), "bare.db"), 0o600, &bbolt.Options{InitialMmapSize: mapSizes()[0], FreelistType: bbolt.FreelistMapType})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { bolt.Close() })
	return bolt
}

// barePuts puts values, under the ids of the stories from i on.
func barePuts(b *testing.B, bolt *bbolt.DB, i int, values [][]byte) {
	err := bolt.Update(func(tx *bbolt.Tx) error {
		bucket, err := tx.CreateBucketIfNotExists([]byte("b"))
		if err != nil {
			return err
		}
		for j, v := range values {
			id := sha256.Sum256(Key(i + j))
			if err := bucket.Put(id[:16], v); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// benchStore returns a store of 10,000 stories and their ids in key order.
func benchStore(b *testing.B) (*DB, [][]byte) {
	const n = 10_000
	db := open(b, Options{})
	list := makeStories(500)
	var ids [][]byte
	for i := 0; i < n; i += 1000 {
		update(b, db, func(tx *Tx) error {
			for j := i; j < i+1000; j++ {
				ids = append(ids, Key(j))
				if err := stories.Put(tx, Key(j), list[j%len(list)]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return db, ids
}

// BenchmarkGet reads records of 10 KB in no order, one transaction each.
func BenchmarkGet(b *testing.B) {
	db, ids := benchStore(b)
	r := rand.New(rand.NewPCG(1, 1))
	for b.Loop() {
		view(b, db, func(tx *Tx) error {
			_, ok, err := stories.Get(tx, ids[r.IntN(len(ids))])
			if !ok {
				b.Error("not there")
			}
			return err
		})
	}
}

// BenchmarkScan reads pages of 50 records of 10 KB in key order.
func BenchmarkScan(b *testing.B) {
	db, _ := benchStore(b)
	var at []byte
	for b.Loop() {
		view(b, db, func(tx *Tx) error {
			rows, err := stories.Scan(tx, nil, at, 50)
			if at = nil; len(rows) == 50 {
				at = rows[49].Key
			}
			return err
		})
	}
	b.ReportMetric(50*float64(b.N)/b.Elapsed().Seconds(), "records/s")
}

// BenchmarkWrite puts records of 10 KB with Write, from 64 goroutines a core.
func BenchmarkWrite(b *testing.B) {
	db := open(b, Options{})
	list := makeStories(500)
	var next atomic.Int64
	b.ResetTimer()
	b.SetParallelism(64)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := int(next.Add(1))
			put, err := stories.Prepare(db, Key(i), list[i%len(list)])
			if err == nil {
				err = db.Write(b.Context(), put)
			}
			if err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "records/s")
}

// BenchmarkAppendRaw keeps pages of 200 KB, from 16 goroutines a core.
func BenchmarkAppendRaw(b *testing.B) {
	db := open(b, Options{})
	body := []byte(strings.Repeat("<p>"+makeStories(1)[0].Text+"</p>", 25))
	b.SetBytes(int64(len(body)))
	b.ResetTimer()
	b.SetParallelism(16)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := db.AppendRaw(b.Context(), RawRecord{URL: "https://news.example/a", Status: 200, At: day, Body: body}); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}

// BenchmarkReadRaw reads one of them back.
func BenchmarkReadRaw(b *testing.B) {
	db := open(b, Options{})
	body := []byte(strings.Repeat("<p>"+makeStories(1)[0].Text+"</p>", 25))
	ref, err := db.AppendRaw(b.Context(), RawRecord{URL: "https://news.example/a", Status: 200, At: day, Body: body})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := db.ReadRaw(ref); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkReadWhileWriting reads what a page of the browser needs, the newest
// 50 keys of a person and their records, while stories are committed in groups
// of 100 one after another.
func BenchmarkReadWhileWriting(b *testing.B) {
	db := open(b, Options{})
	list := makeStories(500)
	entities := rand.NewZipf(rand.New(rand.NewPCG(3, 4)), 1.05, 10, 200_000)
	written := 0
	writeGroup := func() {
		update(b, db, func(tx *Tx) error {
			for range 100 {
				if err := storyWrite(b, db, list[written%len(list)], written, entities)(tx); err != nil {
					return err
				}
				written++
			}
			return nil
		})
	}
	for range 50 {
		writeGroup()
	}
	ctx, cancel := context.WithCancel(b.Context())
	var writer sync.WaitGroup
	writer.Go(func() {
		for ctx.Err() == nil {
			writeGroup()
		}
	})
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		view(b, db, func(tx *Tx) error { return readNewest(tx, Key(subjectOf(0))) })
		took = append(took, time.Since(start))
	}
	cancel()
	writer.Wait()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "max-ms")
}

// readNewest reads the newest 50 stories with a mention of the subject.
func readNewest(tx *Tx, subject []byte) error {
	rows, err := mentions.ScanBack(tx, subject, nil, 50)
	if err != nil {
		return err
	}
	for _, row := range rows {
		_, ok, err := stories.Get(tx, row.Key[len(row.Key)-16:])
		if err != nil || !ok {
			return fmt.Errorf("story %x: %v, %w", row.Key, ok, err)
		}
	}
	return nil
}
