package content

import (
	"regexp"
	"sync"
)

// compiled returns what compiles an expression when it is first asked for. All
// of the package's take milliseconds, which a start of the program that reads
// no page should not wait for.
func compiled(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
