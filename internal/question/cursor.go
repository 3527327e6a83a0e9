package question

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"strings"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/recall"
)

// A cursor says which part of an answer its caller has. It is encrypted and authenticated, together with the request and the caller, under a
// key that no caller knows. So it shows nothing, and it is good for nothing but the next page of the same question of the same caller.

const maxCursorBytes = 16 << 10

// progress is the content of a cursor.
type progress struct {
	shown []byte          // hashes of the hits of earlier pages
	after *index.Position // of a listing: the position of the last hit
}

// sumBytes is the length of the hash of a hit. It suffices to tell a few hundred hits apart.
const sumBytes = 8

// sumOf returns the hash of a hit. If sessions are hits, it is that of the session.
func sumOf(h *recall.Hit, sessions bool) uint64 {
	name := h.ID
	if sessions && !h.NoSession {
		name = cmp.Or(h.Session(), name)
	}
	var buffer [64]byte
	sum := sha256.Sum256(append(buffer[:0], name...))
	return binary.BigEndian.Uint64(sum[:])
}

// count returns the number of hits of earlier pages.
func (p *progress) count() int { return len(p.shown) / sumBytes }

// sums returns the hashes of the hits of earlier pages.
func (p *progress) sums() map[uint64]bool {
	out := make(map[uint64]bool, p.count())
	for i := range p.count() {
		out[binary.BigEndian.Uint64(p.shown[i*sumBytes:])] = true
	}
	return out
}

// The first byte of a cursor.
const (
	ofQuestion = 'q'
	ofList     = 'l'
)

// append appends the content of the cursor.
func (p *progress) append(to []byte) ([]byte, error) {
	if p.after == nil {
		return append(append(to, ofQuestion), p.shown...), nil
	}
	place, err := json.Marshal(p.after)
	return append(append(to, ofList), place...), err
}

// read reads what append has written.
func (p *progress) read(plain []byte) bool {
	switch {
	case len(plain) > 0 && plain[0] == ofQuestion:
		p.shown = plain[1:]
		return len(p.shown)%sumBytes == 0
	case len(plain) > 0 && plain[0] == ofList:
		return json.Unmarshal(plain[1:], &p.after) == nil
	}
	return false
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
func seal(box live.CursorBox, bound []byte, p progress) (string, error) {
	all := append(binary.BigEndian.AppendUint64(box.Key[:], uint64(len(bound))), bound...)
	start := len(all)
	all, err := p.append(all)
	if err != nil {
		return "", err
	}
	// The nonce is a keyed hash of everything that is sealed, so that no other content has it.
	nonce := sha256.Sum256(all)
	size := box.NonceSize()
	sealed := box.Seal(nonce[:size:size], nonce[:size], all[start:], bound)
	return base64.RawURLEncoding.EncodeToString(sealed), nil
}

var errCursor = errors.New("it is not a NextCursor of this question, asked by this caller")

// open reads a cursor. It refuses every text that seal has not made with the same box and the same bound.
func open(box live.CursorBox, bound []byte, text string) (p progress, err error) {
	refused := fault.Wrap(fault.Invalid, "Cursor", errCursor)
	if len(text) > maxCursorBytes || strings.ContainsAny(text, "\r\n") { // package base64 skips line breaks
		return p, refused
	}
	sealed, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(sealed) < box.NonceSize() {
		return p, refused
	}
	nonce, sealed := sealed[:box.NonceSize()], sealed[box.NonceSize():]
	plain, err := box.Open(nil, nonce, sealed, bound)
	if err != nil || !p.read(plain) {
		return progress{}, refused
	}
	return p, nil
}
