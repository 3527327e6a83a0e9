package question

import (
	"cmp"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"strings"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/recall"
)

// A cursor says which part of an answer its caller has. It is encrypted and authenticated, together with the request and the caller, under a
// key that no caller knows. So it shows nothing, and it is good for nothing but the next page of the same question of the same caller.

const maxCursorBytes = 16 << 10

// progress is the content of a cursor.
type progress struct {
	Shown []byte          `json:"s,omitempty"` // hashes of the hits of earlier pages
	After *index.Position `json:"a,omitempty"` // of a listing: the position of the last hit
}

// sumBytes is the length of the hash of a hit. It suffices to tell a few hundred hits apart.
const sumBytes = 8

// sumOf returns the hash of a hit. If sessions are hits, it is that of the session.
func sumOf(h *recall.Hit, sessions bool) uint64 {
	name := h.ID
	if sessions && !h.NoSession {
		name = cmp.Or(h.Session(), name)
	}
	sum := sha256.Sum256([]byte(name))
	return binary.BigEndian.Uint64(sum[:])
}

func (p *progress) add(sum uint64) { p.Shown = binary.BigEndian.AppendUint64(p.Shown, sum) }

// shown returns the number of hits of earlier pages.
func (p *progress) shown() int { return len(p.Shown) / sumBytes }

// sums returns the hashes of the hits of earlier pages.
func (p *progress) sums() map[uint64]bool {
	out := make(map[uint64]bool, p.shown())
	for i := range p.shown() {
		out[binary.BigEndian.Uint64(p.Shown[i*sumBytes:])] = true
	}
	return out
}

// bound returns what a cursor is bound to: the request, except for the size of a page, and the caller.
func (r Request) bound(by *gate.Call) ([]byte, error) {
	r.Cursor, r.K = "", 0
	behalf := ""
	if by.Behalf != nil {
		behalf = by.Behalf.ID
	}
	return json.Marshal(struct {
		Request
		Principal, Key, Behalf string
	}{r, by.Principal.ID, by.Caller.Key, behalf})
}

// seal returns the text of a cursor. Equal contents give equal texts.
func seal(key [sha256.Size]byte, bound []byte, p progress) (string, error) {
	plain, err := json.Marshal(p)
	if err != nil {
		return "", err
	}
	box, err := newBox(key)
	if err != nil {
		return "", err
	}
	// The nonce is a keyed hash of everything that is sealed, so that no other content has it.
	sum := hmac.New(sha256.New, key[:])
	size := binary.BigEndian.AppendUint64(nil, uint64(len(bound)))
	for _, part := range [][]byte{[]byte("nonce"), size, bound, plain} {
		sum.Write(part)
	}
	nonce := sum.Sum(nil)[:box.NonceSize()]
	return base64.RawURLEncoding.EncodeToString(box.Seal(nonce, nonce, plain, bound)), nil
}

var errCursor = errors.New("it is not a NextCursor of this question, asked by this caller")

// open reads a cursor. It refuses every text that seal has not made with the same key and the same bound.
func open(key [sha256.Size]byte, bound []byte, text string) (p progress, err error) {
	refused := fault.Wrap(fault.Invalid, "Cursor", errCursor)
	if len(text) > maxCursorBytes || strings.ContainsAny(text, "\r\n") { // package base64 skips line breaks
		return p, refused
	}
	sealed, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil {
		return p, refused
	}
	box, err := newBox(key)
	if err != nil {
		return p, err
	}
	if len(sealed) < box.NonceSize() {
		return p, refused
	}
	nonce, sealed := sealed[:box.NonceSize()], sealed[box.NonceSize():]
	plain, err := box.Open(nil, nonce, sealed, bound)
	if err != nil || json.Unmarshal(plain, &p) != nil || len(p.Shown)%sumBytes != 0 {
		return progress{}, refused
	}
	return p, nil
}

func newBox(key [sha256.Size]byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
