package hook

import "time"

// Sign is sign, for tests.
func Sign(s Secret, id string, at time.Time, body []byte) string { return s.sign(id, at, body) }
