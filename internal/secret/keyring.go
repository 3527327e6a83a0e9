package secret

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
)

// Redacted is what a secret shows where there is one.
const Redacted = "[redacted]"

// Sizes in bytes.
const (
	KeySize  = 32       // of a master key: AES-256
	MaxPlain = 64 << 10 // of what can be sealed
)

// A sealed value: version | fingerprint of the master key | nonce | ciphertext | tag. The first two are authenticated with
// what the value is about.
const (
	sealVersion     = 1
	fingerprintSize = 8
	headerSize      = 1 + fingerprintSize
	aeadOverhead    = 12 + 16 // nonce and tag
	sealOverhead    = headerSize + aeadOverhead

	fingerprintDomain = "spectron master key\x00"
)

// Errors of sealing.
var (
	ErrKeySize  = errors.New("a master key has to have 32 bytes")
	ErrTooLarge = errors.New("too large to seal")
	// ErrNoKey: sealed under a master key that is not in the ring.
	ErrNoKey = errors.New("sealed under an unknown master key")
	// ErrTampered: not what was sealed, or not about the same thing.
	ErrTampered = errors.New("sealed value is damaged or belongs elsewhere")
)

// Keyring seals under one master key, and opens what was sealed under that or an older one. It is safe for concurrent use
// and shows no key through fmt.
type Keyring struct {
	keys []masterKey // the current one first
}

type masterKey struct {
	fingerprint [fingerprintSize]byte // the first bytes of SHA-256 over the domain and the key
	aead        cipher.AEAD           // draws its nonces itself
}

// NewKeyring makes a ring of the current master key and any that came before it. Each is 32 random bytes: a pass phrase
// will not do, its fingerprint could be guessed. The slices are copied. ErrKeySize: the length of one.
func NewKeyring(current []byte, old ...[]byte) (*Keyring, error) {
	k := &Keyring{}
	for _, key := range append([][]byte{current}, old...) {
		sealer, err := newMasterKey(key)
		if err != nil {
			return nil, fmt.Errorf("new keyring: %w", err)
		}
		k.keys = append(k.keys, sealer)
	}
	return k, nil
}

func newMasterKey(key []byte) (masterKey, error) {
	if len(key) != KeySize {
		return masterKey{}, ErrKeySize
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return masterKey{}, err
	}
	// Random nonces are safe for 2^32 values under one key; provider keys are few.
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return masterKey{}, err
	}
	sum := sha256.Sum256(append([]byte(fingerprintDomain), key...))
	return masterKey{fingerprint: [fingerprintSize]byte(sum[:fingerprintSize]), aead: aead}, nil
}

// Seal encrypts plain under the current master key, with AES-256-GCM. What the value is about, for instance the row that
// it is kept in, has to be given again to open it: a sealed value that is moved does not open. ErrTooLarge: plain is
// longer than MaxPlain.
func (k *Keyring) Seal(plain, about []byte) ([]byte, error) {
	if len(plain) > MaxPlain {
		return nil, fmt.Errorf("seal: %w: %d bytes, at most %d", ErrTooLarge, len(plain), MaxPlain)
	}
	key := k.keys[0]
	sealed := make([]byte, 0, sealOverhead+len(plain))
	sealed = append(sealed, sealVersion)
	sealed = append(sealed, key.fingerprint[:]...)
	return key.aead.Seal(sealed, nil, plain, slices.Concat(sealed, about)), nil
}

// Open returns what was sealed about the same thing. ErrNoKey: it was sealed under a master key that is not in the ring.
// ErrTampered: it is about something else, or not a value that Seal made.
func (k *Keyring) Open(sealed, about []byte) ([]byte, error) {
	if !wellFormed(sealed) {
		return nil, fmt.Errorf("open sealed: %w", ErrTampered)
	}
	i := slices.IndexFunc(k.keys, func(key masterKey) bool { return key.sealed(sealed) })
	if i < 0 {
		return nil, fmt.Errorf("open sealed: %w", ErrNoKey)
	}
	header, body := sealed[:headerSize], sealed[headerSize:]
	plain, err := k.keys[i].aead.Open(nil, nil, body, slices.Concat(header, about))
	if err != nil {
		return nil, fmt.Errorf("open sealed: %w", ErrTampered)
	}
	return plain, nil
}

// Current reports whether a value names the current master key as the one that it was sealed under; if not, it is to be
// opened and sealed again. It does not authenticate the value.
func (k *Keyring) Current(sealed []byte) bool {
	return wellFormed(sealed) && k.keys[0].sealed(sealed)
}

// Format implements fmt.Formatter: whatever the verb, it prints how many keys there are.
func (k Keyring) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "[keyring of %d]", len(k.keys)) }

// sealed reports whether a well-formed value names this key.
func (m masterKey) sealed(value []byte) bool {
	return bytes.Equal(value[1:headerSize], m.fingerprint[:])
}

func wellFormed(sealed []byte) bool {
	return len(sealed) >= sealOverhead && len(sealed) <= sealOverhead+MaxPlain && sealed[0] == sealVersion
}

// NewMasterKey makes a key for a keyring.
func NewMasterKey() ([]byte, error) {
	key := make([]byte, KeySize)
	_, err := rand.Read(key)
	return key, err
}
