package documents

import (
	"context"
	"errors"
	"io"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// blob reads the stored bytes of a file at any place. It keeps the pieces that were read last.
type blob struct {
	record.File
	ctx  context.Context
	rows *store.Store

	mu     sync.Mutex // a parser may read from several goroutines
	pieces *simplelru.LRU[int, []byte]
	err    error // of the database
}

// piecesKept is the number of pieces that are kept: files are read in order, or at their beginning, their end and one place between.
const piecesKept = 8

var errShort = errors.New("bytes of the file are missing")

// failed returns the error of the database, if there was one.
func (b *blob) failed() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.err
}

// ReadAt implements io.ReaderAt.
func (b *blob) ReadAt(p []byte, off int64) (n int, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for n < len(p) {
		at := off + int64(n)
		if at >= b.Size {
			return n, io.EOF
		}
		piece, err := b.piece(int(at / store.PieceBytes))
		if err != nil {
			return n, err
		}
		from := int(at % store.PieceBytes)
		if from >= len(piece) {
			b.err = errShort
			return n, errShort
		}
		n += copy(p[n:], piece[from:])
	}
	return n, nil
}

func (b *blob) piece(i int) ([]byte, error) {
	if b.pieces == nil {
		b.pieces, _ = simplelru.NewLRU[int, []byte](piecesKept, nil) // the size is positive
	}
	if piece, ok := b.pieces.Get(i); ok {
		return piece, nil
	}
	piece, err := b.rows.Piece(b.ctx, b.Blob, i)
	if err != nil {
		b.err = err
		return nil, err
	}
	b.pieces.Add(i, piece)
	return piece, nil
}
