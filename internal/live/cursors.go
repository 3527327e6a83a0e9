package live

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
)

// CursorBox encrypts and authenticates the cursors of a Context.
type CursorBox struct {
	Key [sha256.Size]byte
	cipher.AEAD
}

// Cursors returns the box for the cursors of the Context. Its key is made of the claim in the registry, which no caller knows. So all
// processes have the same key, and a later Context with the same id has another one.
func (s *Context) Cursors() (CursorBox, error) {
	if box := s.cursors.Load(); box != nil {
		return *box, nil
	}
	box := CursorBox{Key: sha256.Sum256([]byte("cursor\x00" + s.claim))}
	block, err := aes.NewCipher(box.Key[:])
	if err != nil {
		return box, err
	}
	if box.AEAD, err = cipher.NewGCM(block); err == nil {
		s.cursors.Store(&box)
	}
	return box, err
}
