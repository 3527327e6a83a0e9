package live

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// Digest returns a keyed hash of a text. The key belongs to this Context, and is not among the rows of its database: so a hash that is
// stored there says nothing about the text to those who read the database alone.
func (s *Context) Digest(text string) string {
	sum := hmac.New(sha256.New, []byte(s.claim+"\x1f"+s.ID))
	sum.Write([]byte(text))
	return hex.EncodeToString(sum.Sum(nil)[:20])
}
