package store

import (
	"context"
	"fmt"
	"time"

	"github.com/spectron-go/spectron/internal/surreal"
)

// PieceBytes is the size of the pieces in which the bytes of a file are stored: one statement holds one piece.
const PieceBytes = 1 << 20

type pieceRow struct {
	ID      surreal.RecordID `cbor:"id"`
	Content []byte           `cbor:"content"`
}

func pieceID(blob string, n int) surreal.RecordID {
	return surreal.RecordID{Table: TableBytes, Key: fmt.Sprintf("%s.%08d", blob, n)}
}

func uploadID(blob string) surreal.RecordID { return surreal.RecordID{Table: TableUpload, Key: blob} }

type uploadRow struct {
	ID surreal.RecordID `cbor:"id"`
	At surreal.Datetime `cbor:"at"`
}

// BeginUpload notes that the bytes of a blob are being stored. So they are removed if no document gets them.
func (s *Store) BeginUpload(ctx context.Context, blob string, at time.Time) error {
	return s.add(ctx, `UPSERT ONLY $upload.id CONTENT $upload RETURN NONE;`, map[string]any{"upload": uploadRow{uploadID(blob), surreal.At(at)}})
}

// PutPiece stores a piece of a blob, by its number from 0.
func (s *Store) PutPiece(ctx context.Context, blob string, n int, content []byte) error {
	return s.add(ctx, `UPSERT ONLY $piece.id CONTENT $piece RETURN NONE;`, map[string]any{"piece": pieceRow{pieceID(blob, n), content}})
}

// Piece returns a piece of a blob. surreal.ErrNotFound: it does not have as many.
func (s *Store) Piece(ctx context.Context, blob string, n int) ([]byte, error) {
	return one(selectRows(ctx, s.conn, `SELECT VALUE { content: content } FROM $id`, map[string]any{"id": pieceID(blob, n)},
		func(r struct {
			Content []byte `cbor:"content"`
		}) []byte {
			return r.Content
		}))
}

// Uploads returns the blobs without a document that were begun before a time; zero: all.
func (s *Store) Uploads(ctx context.Context, before time.Time) ([]string, error) {
	where := ""
	if !before.IsZero() {
		where = " WHERE at < $before"
	}
	return selectRows(ctx, s.conn, `SELECT * FROM upload`+where, map[string]any{"before": surreal.At(before)}, func(r uploadRow) string { return r.ID.Key })
}

// DropUpload removes a blob that no document has.
func (s *Store) DropUpload(ctx context.Context, blob string) error {
	if err := s.eraseRange(ctx, bytesRange(blob)); err != nil {
		return err
	}
	_, err := query(ctx, s.conn, endUpload, map[string]any{"upload": uploadID(blob)})
	return err
}
