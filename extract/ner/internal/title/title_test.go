package title

import "testing"

func TestTrim(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"Mr Palmer", "Palmer"},
		{"Chief Justice John Roberts", "John Roberts"},
		{"Deputy Prime Minister Angela Rayner", "Angela Rayner"},
		{"Dr.  Box", "Box"},
		{"Judge", "Judge"},
		{"President of Chile", "President of Chile"},
		{"Hugo Touvron", "Hugo Touvron"},
		{"", ""},
	} {
		if got := c.name[Trim(c.name):]; got != c.want {
			t.Errorf("%q: got %q, want %q", c.name, got, c.want)
		}
	}
}
