package hook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Secret is what messages are signed with. It never shows itself.
type Secret struct{ key []byte }

// leastSecret is how long a secret must be, in bytes.
const leastSecret = 16

// secretPrefix begins a secret as Standard Webhooks writes it, in base64.
const secretPrefix = "whsec_"

// NewSecret reads a secret: "whsec_" and base64, or any words of 16 characters
// or more. The error does not repeat it.
func NewSecret(s string) (Secret, error) {
	s = strings.TrimSpace(s)
	key := []byte(s)
	if rest, ok := strings.CutPrefix(s, secretPrefix); ok {
		b, err := base64.StdEncoding.DecodeString(rest)
		if err != nil {
			return Secret{}, errors.New("what follows whsec_ is not base64")
		}
		key = b
	}
	if len(key) < leastSecret {
		return Secret{}, fmt.Errorf("a secret of %d bytes is too short, want %d or more", len(key), leastSecret)
	}
	return Secret{key}, nil
}

// String hides the secret.
func (Secret) String() string { return "(secret)" }

// GoString hides it too.
func (Secret) GoString() string { return "(secret)" }

// sign returns the signature of a message that goes out at a time.
func (s Secret) sign(id string, at time.Time, body []byte) string {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(id + "." + strconv.FormatInt(at.Unix(), 10) + "."))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
