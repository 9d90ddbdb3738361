package pipeline

import (
	"time"

	"tenure/store"
)

// clockSlack is how far ahead of the clock a time may be that was written
// down as now: clocks are set by a little now and then.
const clockSlack = time.Hour

// unwindClock undoes what a clock that ran ahead has left, once it is right
// again: passes in the future, hosts to be left alone until then, and sources
// not due before. It reports whether there was any of that.
func unwindClock(tx *store.Tx, f *frontier) (bool, error) {
	future, err := schema.runs.ScanBack(tx, nil, nil, keepRuns)
	if err != nil {
		return false, err
	}
	ahead := false
	for _, run := range future {
		if !run.Value.Start.After(f.start.Add(clockSlack)) {
			break
		}
		ahead = true
		if err := schema.runs.Delete(tx, run.Key); err != nil {
			return false, err
		}
	}
	if !ahead {
		return false, nil
	}
	var hosts []string
	err = schema.hosts.Each(tx, nil, func(key []byte, h hostRow) error {
		if latest(h.Next, h.Blocked).After(f.start) {
			hosts = append(hosts, string(key))
		}
		return nil
	})
	for _, host := range hosts {
		if err == nil {
			err = touchHost(tx, host, func(h *hostRow) {
				h.Next, h.Blocked = earliest(h.Next, f.start), earliest(h.Blocked, f.start)
			})
		}
	}
	if err != nil {
		return false, err
	}
	late := map[string]linkRow{} // queued when the clock ran ahead
	err = eachQueued(tx, func(due time.Time, hash []byte) error {
		if !due.After(f.start) {
			return nil
		}
		row, ok, err := schema.links.Get(tx, hash)
		if ok && latest(row.Tried, row.Found).After(f.start.Add(clockSlack)) {
			late[string(hash)] = row
		}
		return err
	})
	if err != nil {
		return false, err
	}
	return true, queueAt(tx, late, f.start)
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
