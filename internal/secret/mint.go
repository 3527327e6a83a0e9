package secret

import (
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
)

// Form is how a secret is written, which tells the kind of key that it belongs to. The zero Form is none.
type Form int

// The forms. <unique> is the end of the id, <secret> 32 bytes in 52 characters of Crockford's base32, lower case.
const (
	Operator    Form = iota + 1 // sk-<context>-<unique>-<secret>: a key of a Context that an operator minted
	SelfService                 // sp-cak_<context>_<unique>-<secret>: a key of a Context that its holder minted
	Management                  // mgmt-<unique>-<secret>: a key of the control plane
)

const (
	operatorPrefix    = "sk-"
	selfServicePrefix = "sp-"
	mgmtPrefix        = "mgmt-"

	secretSize = 32
	saltSize   = 16
)

// ErrID is returned when a secret is to be minted for an id that keys of its form do not have.
var ErrID = errors.New("not the id of a key of this form")

// Stored is what is kept of a secret.
type Stored struct {
	Salt []byte // 16 random bytes
	Hash []byte // SHA-256 over the salt, the id and the 32 bytes of the secret
}

// Minted is a new secret. It prints as the id of its key.
type Minted struct {
	Stored Stored

	id   string
	text func() string // a closure, see Parsed
}

// Mint makes a secret of the key with the id: one of NewContextKeyID for Operator and SelfService, of NewManagementKeyID
// for Management. ErrID: any other id, or an unknown form.
func Mint(form Form, id string) (Minted, error) {
	if !form.names(id) {
		return Minted{}, fmt.Errorf("mint secret: %w", ErrID)
	}
	var secret [secretSize]byte
	salt := make([]byte, saltSize)
	rand.Read(secret[:]) // never fails: without randomness the process ends
	rand.Read(salt)
	sum, text := hash(salt, id, secret[:]), form.write(id, secret[:])
	return Minted{
		Stored: Stored{Salt: salt, Hash: sum[:]},
		id:     id,
		text:   func() string { return text },
	}, nil
}

// Text returns the secret as its holder gets it, once. "" for the zero Minted.
func (m Minted) Text() string {
	if m.text == nil {
		return ""
	}
	return m.text()
}

// Format implements fmt.Formatter: whatever the verb, it prints the id and nothing of the secret.
func (m Minted) Format(f fmt.State, _ rune) { redact(f, m.id) }

func redact(f fmt.State, id string) { fmt.Fprintf(f, "[secret of %s]", id) }

// names reports whether keys of the form have ids like this one.
func (f Form) names(id string) bool {
	switch f {
	case Operator, SelfService:
		_, ok := ContextOfKeyID(id)
		return ok
	case Management:
		return IsManagementKeyID(id)
	}
	return false
}

// write returns the text of a secret.
func (f Form) write(id string, secret []byte) string {
	name := id
	switch f {
	case Operator:
		// No Context id has a "_": the one that is left stands before the unique part.
		name = operatorPrefix + strings.ReplaceAll(strings.TrimPrefix(id, contextPrefix), "_", "-")
	case SelfService:
		name = selfServicePrefix + id
	case Management:
		name = mgmtPrefix + strings.TrimPrefix(id, managementPrefix)
	}
	return name + "-" + crockford.EncodeToString(secret)
}

// hash binds a secret to its id, so that the stored row of one key is of no use under the id of another. Salt and secret
// have fixed lengths: no two inputs run together to the same bytes.
func hash(salt []byte, id string, secret []byte) [sha256.Size]byte {
	input := make([]byte, 0, len(salt)+len(id)+len(secret))
	input = append(input, salt...)
	input = append(input, id...)
	input = append(input, secret...)
	return sha256.Sum256(input)
}
