package store

import (
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/fxamacker/cbor/v2"
	"github.com/zeebo/blake3"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/surreal/wire"
)

// documentsSince is the first schema version that has documents.
const documentsSince = 20

// documentColumns are the columns of the tables of documents.
func documentColumns() map[string][]column {
	file := []column{
		{"name", maybe(isNote)}, {"media_type", isText}, {"size", isInteger(0, math.MaxInt64)}, {"hash", isHash}, {"blob", maybe(isBlob)}, {"uploaded_at", maybe(isStamp)},
	}
	return map[string][]column{
		TableDocument: {
			{"id", isID(TableDocument)}, {"file", isObject(file...)}, {"title", maybe(isNote)}, {"titled", maybe(isBool)}, {"source", maybe(isNote)},
			{"scopes", isScopes}, {"labels", maybe(isLabels)}, {"silent", maybe(isBool)}, {"dated", maybe(isBool)}, {"unread", maybe(isNote)}, {"observed_at", maybe(isTime)}, {"version", isInteger(0, record.MaxVersions)},
			{"passages", maybe(isInteger(1, record.MaxPassages))},
			{"keywords", maybe(isList(1, record.MaxKeywords, isObject(column{"text", isName}, column{"normalised", isName}, column{"score", isNumber})))},
			{"links", maybe(isList(1, record.MaxLinks, isNote))},
			{"next", maybe(isObject(column{"file", isObject(file...)}, column{"job", maybe(isText)}, column{"code", maybe(isText)}, column{"reason", maybe(isNote)}))},
			{"principal", isText}, {"created_at", isStamp}, {"updated_at", isStamp}, {"started_at", maybe(isStamp)}, {"completed_at", maybe(isStamp)},
		},
		TablePassage: {
			{"id", isID(TablePassage)}, {"start", isInteger(0, math.MaxInt32)}, {"end", isInteger(1, math.MaxInt32)}, {"page", maybe(isInteger(1, math.MaxInt32))},
			{"tokens", isInteger(0, math.MaxInt32)}, {"repeats", maybe(isInteger(1, record.MaxPassages))}, {"section", maybe(isList(1, 256, isNote))},
			{"columns", maybe(isNote)}, {"title", maybe(isNote)}, {"findings", maybe(isList(1, 32, isText))},
			{"prose", maybe(isList(2, 2*record.MaxProse, isInteger(0, math.MaxInt32)))}, {"text", isAnyText}, {"vector", maybe(isVector)},
		},
		TableBytes: {{"id", isID(TableBytes)}, {"content", isPiece}},
	}
}

var isHash = limited(nameBytes, func(s string) error {
	if b, err := hex.DecodeString(s); err != nil || len(b) != 32 || hex.EncodeToString(b) != s {
		return errors.New("is no hash of 32 bytes")
	}
	return nil
})

var isBlob = limited(nameBytes, func(s string) error {
	if s == "" || strings.ContainsAny(s, ".~") {
		return errors.New("is no key of a blob")
	}
	return nil
})

func isPiece(_ *Rules, v cbor.RawMessage) error {
	b, err := decoded[[]byte](v, wire.Bytes, "bytes")
	if err == nil && (len(b) == 0 || len(b) > PieceBytes) {
		err = fmt.Errorf("%d bytes are not 1 to %d", len(b), PieceBytes)
	}
	return err
}

// isNumber checks a finite number that is not negative.
func isNumber(_ *Rules, v cbor.RawMessage) error {
	if v == nil {
		return errMissing
	}
	var x float64
	if err := surreal.Unmarshal(v, &x); err != nil || !(x >= 0) || math.IsInf(x, 0) {
		return errors.New("is not a number from 0 on")
	}
	return nil
}

// importedDocument is a document whose passages follow.
type importedDocument struct {
	record.Document
	line, found int // passages
	end         int // of the last passage
}

// importedBlob is a blob whose pieces follow.
type importedBlob struct {
	record.File
	line   int
	pieces int
	size   int64
	sum    hash.Hash
}

// document checks the row of a document.
func (i *Import) document(r *documentRow, line int) (bool, error) {
	d, err := r.document()
	switch {
	case err != nil:
		return false, err
	case (d.Version == 0) != (d.Passages == 0) || (d.Version == 0) != d.CompletedAt.IsZero():
		return false, bad("passages", "%d, where the version is %d", d.Passages, d.Version)
	case d.Version == 0 && d.Next == nil:
		return false, bad("next", "missing, where there is no version")
	}
	i.documents[d.ID] = &importedDocument{Document: d, line: line}
	for _, f := range d.Files() {
		if i.blobs[f.Blob] != nil {
			return false, bad("file", "the blob of another document")
		}
		i.blobs[f.Blob] = &importedBlob{File: f, line: line, sum: blake3.New()}
	}
	return false, nil
}

// passage checks the row of a passage. It is left over, unless a document has its version.
func (i *Import) passage(r *passageRow) (bool, error) {
	p, err := r.passage()
	if err != nil {
		return false, err
	}
	d := i.documents[p.Document]
	switch {
	case d == nil || p.Version != d.Version:
		return false, nil
	case p.ID != PassageID(p.Document, p.Version, p.Position):
		return false, bad("id", "not that of a passage")
	case p.Position != d.found:
		return false, bad("id", "at the position %d, where %d follows", p.Position, d.found)
	case p.Title != d.Title:
		return false, bad("title", "another one than its document's")
	case p.Empty() || p.End <= d.end || p.Len() != utf8.RuneCountInString(p.Text):
		return false, bad("end", "not where the text ends")
	case p.Repeats > p.Position:
		return false, bad("repeats", "no earlier passage")
	case !increasing(r.Prose, p.Len()):
		return false, bad("prose", "no parts of the text")
	}
	d.found, d.end = d.found+1, p.End
	return true, i.vector(p.Vector)
}

// increasing reports whether a list has the ends of spans that follow each other in a text.
func increasing(ends []int, length int) bool {
	at := -1
	for i, end := range ends {
		if end < at || i%2 == 1 && end == at {
			return false
		}
		at = end
	}
	return len(ends)%2 == 0 && at <= length
}

// piece checks a piece of the bytes of a file. It is left over, unless a document has the file.
func (i *Import) piece(r *pieceRow) (bool, error) {
	blob, _, _ := strings.Cut(r.ID.Key, ".")
	b := i.blobs[blob]
	switch {
	case b == nil:
		return false, nil
	case r.ID != pieceID(blob, b.pieces):
		return false, bad("id", "not the piece %d", b.pieces)
	case b.size != int64(b.pieces)*PieceBytes: // the place of a byte follows from the size of the pieces
		return false, bad("content", "behind a piece that is not full")
	}
	b.pieces, b.size = b.pieces+1, b.size+int64(len(r.Content))
	_, err := b.sum.Write(r.Content)
	return true, err
}

// endDocuments checks that all of each document was there.
func (i *Import) endDocuments() error {
	for _, d := range i.documents {
		if d.found != d.Passages {
			return &RowError{Line: d.line, ID: d.ID, Column: "passages", Reason: fmt.Errorf("%d, where %d follow", d.Passages, d.found)}
		}
	}
	for _, b := range i.blobs {
		if b.size != b.Size || !slices.Equal(b.sum.Sum(nil), unhex(b.Hash)) {
			return &RowError{Line: b.line, Column: "file", Reason: errors.New("its bytes are not in the export, or have another hash")}
		}
	}
	return nil
}

func unhex(s string) []byte {
	b, _ := hex.DecodeString(s) // checked by isHash
	return b
}
