package main

import (
	"runtime"
	"time"

	"tenure/extract/content/train"
)

// A cost is what reading one page takes.
type cost struct {
	name  string
	time  time.Duration
	bytes uint64 // allocated
}

// turn is how many pages one system reads before the next has its turn: what
// else the machine does falls on all of them alike.
const turn = 40

// measure reads all pages in rounds, on one thread, with every system in turn.
// The baseline comes first.
func measure(systems []system, sets []set, rounds int) []cost {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var pages []*train.Sample
	for _, t := range sets {
		pages = append(pages, t.pages...)
	}
	all := append([]system{{baseline, parse}}, systems...)
	costs := make([]cost, len(all))
	for round := range rounds + 1 {
		for from := 0; from < len(pages); from += turn {
			part := pages[from:min(from+turn, len(pages))]
			for k, s := range all {
				c := spend(s, part)
				if costs[k].name = s.name; round > 0 { // the first only warms up
					costs[k].time += c.time
					costs[k].bytes += c.bytes
				}
			}
		}
	}
	n := len(pages) * rounds
	for k := range costs {
		costs[k].time /= time.Duration(max(1, n))
		costs[k].bytes /= uint64(max(1, n))
	}
	return costs
}

// spend returns what a system takes for some pages.
func spend(s system, pages []*train.Sample) cost {
	var before, after runtime.MemStats
	runtime.GC()
	for _, p := range pages[:min(3, len(pages))] {
		s.read(p) // what it keeps between pages was collected too
	}
	runtime.ReadMemStats(&before)
	start := processorTime()
	for _, p := range pages {
		s.read(p)
	}
	took := processorTime() - start
	runtime.ReadMemStats(&after)
	return cost{time: took, bytes: after.TotalAlloc - before.TotalAlloc}
}
