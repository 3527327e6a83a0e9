package secret

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"strings"
)

// MaxText is the length in bytes beyond which a text is refused unread. The longest secret has 150.
const MaxText = 256

// ErrMalformed is returned for every text that is not a secret, whatever is wrong with it.
var ErrMalformed = errors.New("parse secret: malformed")

// Parsed is a secret that a caller presented. It prints as the id of its key.
type Parsed struct {
	Form    Form
	ID      string // of the key: what to look up
	Context string // in the id; "" of a management key

	// secret is a closure because fmt calls no method on a value in an unexported field, nor for the verbs %p and %w: what
	// is captured is out of reach there too. It also keeps == on two secrets, not constant in time, from compiling.
	secret func() []byte
}

// Parse reads a secret in one of the forms. Only the text that Mint can have made is accepted: exact lengths, lower case,
// canonical encoding. It tells nothing of whether the key exists. ErrMalformed: everything else.
func Parse(text string) (Parsed, error) {
	if len(text) > MaxText {
		return Parsed{}, ErrMalformed
	}
	// From the right, where the lengths are fixed: a Context id may have hyphens and look like any of the other parts.
	name, encoded, ok := cutLast(text, crockford.EncodedLen(secretSize))
	if !ok {
		return Parsed{}, ErrMalformed
	}
	p, ok := parseName(name)
	if !ok {
		return Parsed{}, ErrMalformed
	}
	secret := make([]byte, secretSize)
	if !decode(secret, encoded) {
		return Parsed{}, ErrMalformed
	}
	p.secret = func() []byte { return secret }
	return p, nil
}

// parseName reads what stands before the secret. The ID is a new string: kept in a record, it does not keep the secret in
// memory.
func parseName(name string) (Parsed, bool) {
	var p Parsed
	if rest, ok := strings.CutPrefix(name, mgmtPrefix); ok {
		p.Form, p.ID = Management, managementPrefix+rest
		return p, IsManagementKeyID(p.ID)
	}
	if rest, ok := strings.CutPrefix(name, selfServicePrefix); ok {
		p.Form, p.ID = SelfService, strings.Clone(rest)
	} else if rest, ok := strings.CutPrefix(name, operatorPrefix); ok {
		context, unique, ok := cutLast(rest, uniqueLength)
		if !ok {
			return p, false
		}
		p.Form, p.ID = Operator, contextKeyID(context, unique)
	}
	var ok bool
	p.Context, ok = ContextOfKeyID(p.ID)
	return p, ok
}

// cutLast splits a text at the hyphen before its last n bytes.
func cutLast(text string, n int) (before, last string, ok bool) {
	at := len(text) - n - 1
	if at < 0 || text[at] != '-' {
		return "", "", false
	}
	return text[:at], text[at+1:], true
}

// Matches reports whether this is the secret of the key with this ID that s was stored for. Its time does not depend on
// how much of the hash is equal. A Stored with wrong lengths matches nothing. The form is not part of the hash: who
// accepts only some forms has to look at it.
func (p Parsed) Matches(s Stored) bool {
	if p.secret == nil || len(s.Salt) != saltSize {
		return false
	}
	sum := hash(s.Salt, p.ID, p.secret())
	return subtle.ConstantTimeCompare(sum[:], s.Hash) == 1 // 0 for another length
}

// NoKey is what an ID that is unknown is compared with: nothing matches it, at the same cost.
func NoKey() Stored { return Stored{Salt: make([]byte, saltSize), Hash: make([]byte, sha256.Size)} }

// Nobody stands for a text that is no secret: it names a Context and a key that cannot be there, so that refusing it costs what
// refusing a secret does.
func Nobody() Parsed {
	return Parsed{ID: ".", Context: ".", secret: func() []byte { return make([]byte, secretSize) }}
}

// Format implements fmt.Formatter: whatever the verb, it prints the id and nothing of the secret.
func (p Parsed) Format(f fmt.State, _ rune) { redact(f, p.ID) }
