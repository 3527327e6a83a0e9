package store

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
)

// The tables of documents. Passages and bytes have no scopes of their own: they belong to the scopes of their document.
const (
	TableDocument = "document"
	TablePassage  = "chunk"
	TableBytes    = "document_bytes"
	TableUpload   = "upload"
)

// PassageID returns the id of a passage. Ids of one version sort by position.
func PassageID(document string, version, position int) string {
	return fmt.Sprintf("%s:%s%08d", TablePassage, passageKeys(document, version), position)
}

// passageKeys returns what the keys of the passages of a version begin with.
func passageKeys(document string, version int) string {
	return fmt.Sprintf("%s.%06d.", recordID(document).Key, version)
}

// DocumentOf returns the id of the document of a passage.
func DocumentOf(passage string) string {
	key, _, _ := strings.Cut(recordID(passage).Key, ".")
	return TableDocument + ":" + key
}

// VersionOf returns the version of the document that a passage is of.
func VersionOf(passage string) int {
	parts := strings.Split(recordID(passage).Key, ".")
	if len(parts) != 3 {
		return 0
	}
	n, _ := strconv.Atoi(parts[1]) // 0: no version
	return n
}

// passageRange and bytesRange name the rows of a version of a document, and of a blob: see Erasure.Ranges.
func passageRange(document string, version int) string {
	return TablePassage + ":" + passageKeys(document, version)
}

func bytesRange(blob string) string { return TableBytes + ":" + blob + "." }

// RangesOf returns the ranges of all that belongs to a document: passages of all versions, and bytes.
func RangesOf(d *record.Document) []string {
	out := []string{TablePassage + ":" + recordID(d.ID).Key + "."}
	for _, f := range d.Files() {
		out = append(out, bytesRange(f.Blob))
	}
	return out
}

// ReplacedRanges returns the ranges of what a new version of a document leaves behind.
func ReplacedRanges(old, now *record.Document) (out []string) {
	if old.Version > 0 && old.Version != now.Version {
		out = append(out, passageRange(old.ID, old.Version))
	}
	for _, f := range old.Files() {
		if !slices.ContainsFunc(now.Files(), func(kept record.File) bool { return kept.Blob == f.Blob }) {
			out = append(out, bytesRange(f.Blob))
		}
	}
	return out
}

type fileRow struct {
	Name      string           `cbor:"name,omitempty"`
	MediaType string           `cbor:"media_type"`
	Size      int64            `cbor:"size"`
	Hash      string           `cbor:"hash"`
	Blob      string           `cbor:"blob,omitempty"`
	Uploaded  surreal.Datetime `cbor:"uploaded_at,omitzero"`
}

func newFileRow(f record.File) fileRow {
	return fileRow{f.Name, f.MediaType, f.Size, f.Hash, f.Blob, surreal.At(f.Uploaded)}
}

func (r fileRow) file() record.File {
	return record.File{Name: r.Name, MediaType: r.MediaType, Size: r.Size, Hash: r.Hash, Blob: r.Blob, Uploaded: r.Uploaded.Time}
}

type nextRow struct {
	File   fileRow `cbor:"file"`
	Job    string  `cbor:"job,omitempty"`
	Code   string  `cbor:"code,omitempty"`
	Reason string  `cbor:"reason,omitempty"`
}

type documentRow struct {
	ID          surreal.RecordID          `cbor:"id"`
	File        fileRow                   `cbor:"file"`
	Title       string                    `cbor:"title,omitempty"`
	Titled      bool                      `cbor:"titled,omitempty"`
	Source      string                    `cbor:"source,omitempty"`
	Scopes      [][]string                `cbor:"scopes"`
	Labels      []string                  `cbor:"labels,omitempty"`
	Silent      bool                      `cbor:"silent,omitempty"`
	Dated       bool                      `cbor:"dated,omitempty"`
	Unread      string                    `cbor:"unread,omitempty"`
	ObservedAt  surreal.Datetime          `cbor:"observed_at,omitzero"`
	Version     int                       `cbor:"version"`
	Passages    int                       `cbor:"passages,omitempty"`
	Keywords    []record.Keyword          `cbor:"keywords,omitempty"`
	Links       []string                  `cbor:"links,omitempty"`
	Next        surreal.Optional[nextRow] `cbor:"next,omitzero"`
	Principal   string                    `cbor:"principal"`
	CreatedAt   surreal.Datetime          `cbor:"created_at"`
	UpdatedAt   surreal.Datetime          `cbor:"updated_at"`
	StartedAt   surreal.Datetime          `cbor:"started_at,omitzero"`
	CompletedAt surreal.Datetime          `cbor:"completed_at,omitzero"`
}

func newDocumentRow(d record.Document) documentRow {
	row := documentRow{
		ID: recordID(d.ID), File: newFileRow(d.File), Title: d.Title, Titled: d.Titled, Source: d.Source, Scopes: d.Scopes, Labels: d.Labels, Silent: d.Silent, Dated: d.Dated, Unread: d.Unread,
		ObservedAt: surreal.At(d.ObservedAt), Version: d.Version, Passages: d.Passages, Keywords: d.Keywords, Links: d.Links, Principal: d.Principal,
		CreatedAt: surreal.At(d.CreatedAt), UpdatedAt: surreal.At(d.UpdatedAt), StartedAt: surreal.At(d.StartedAt), CompletedAt: surreal.At(d.CompletedAt),
	}
	if n := d.Next; n != nil {
		row.Next = surreal.Some(nextRow{newFileRow(n.File), n.Job, n.Code, n.Reason})
	}
	return row
}

func (r documentRow) id() surreal.RecordID { return r.ID }

func (r documentRow) document() (record.Document, error) {
	d := record.Document{
		ID: r.ID.String(), File: r.File.file(), Title: r.Title, Titled: r.Titled, Source: r.Source, Scopes: r.Scopes, Labels: r.Labels, Silent: r.Silent, Dated: r.Dated || r.File.Uploaded.IsZero() && !r.ObservedAt.IsZero(), // earlier versions only had that of the caller, or kept it
		Unread:     r.Unread,
		ObservedAt: r.ObservedAt.Time, Version: r.Version, Passages: r.Passages, Keywords: r.Keywords, Links: r.Links, Principal: r.Principal,
		CreatedAt: r.CreatedAt.Time, UpdatedAt: r.UpdatedAt.Time, StartedAt: r.StartedAt.Time, CompletedAt: r.CompletedAt.Time,
	}
	if n := r.Next.Value; r.Next.State == surreal.Present {
		d.Next = &record.NextFile{File: n.File.file(), Job: n.Job, Code: n.Code, Reason: n.Reason}
	}
	return d, nil
}

type passageRow struct {
	ID       surreal.RecordID         `cbor:"id"`
	Start    int                      `cbor:"start"`
	End      int                      `cbor:"end"`
	Page     int                      `cbor:"page,omitempty"`
	Tokens   int                      `cbor:"tokens"`
	Repeats  int                      `cbor:"repeats,omitempty"`
	Section  []string                 `cbor:"section,omitempty"`
	Columns  string                   `cbor:"columns,omitempty"`
	Title    string                   `cbor:"title,omitempty"`
	Findings []string                 `cbor:"findings,omitempty"`
	Prose    []int                    `cbor:"prose,omitempty"` // where each part begins and ends
	Text     string                   `cbor:"text"`
	Vector   surreal.Optional[[]byte] `cbor:"vector,omitzero"`
}

func newPassageRow(p record.Passage) passageRow {
	return passageRow{
		recordID(p.ID), p.Start, p.End, p.Page, p.Tokens, p.Repeats, p.Section, p.Columns, p.Title, p.Findings, packSpans(p.Prose), p.Text, packVector(p.Vector),
	}
}

// packSpans lists the beginnings and ends of spans.
func packSpans(spans []record.Span) (out []int) {
	for _, s := range spans {
		out = append(out, s.Start, s.End)
	}
	return out
}

func unpackSpans(ends []int) (out []record.Span) {
	for i := 1; i < len(ends); i += 2 {
		out = append(out, record.Span{Start: ends[i-1], End: ends[i]})
	}
	return out
}

func (r passageRow) id() surreal.RecordID { return r.ID }

func (r passageRow) passage() (record.Passage, error) {
	p := record.Passage{
		ID: r.ID.String(), Span: record.Span{Start: r.Start, End: r.End}, Page: r.Page, Tokens: r.Tokens, Repeats: r.Repeats, Section: r.Section,
		Columns: r.Columns, Title: r.Title, Findings: r.Findings, Prose: unpackSpans(r.Prose), Text: r.Text,
	}
	p.Document = DocumentOf(p.ID)
	_, place, _ := strings.Cut(r.ID.Key, ".")
	if _, err := fmt.Sscanf(place, "%d.%d", &p.Version, &p.Position); err != nil {
		return p, fmt.Errorf("store: passage with the id %s", p.ID)
	}
	var err error
	p.Vector, err = unpackVector(r.Vector.Value)
	return p, err
}

// Documents streams every document.
func (s *Store) Documents(ctx context.Context) iter.Seq2[record.Document, error] {
	return stream(ctx, s.conn, TableDocument, documentRow.id, documentRow.document)
}

// Passages streams the passages of all documents, by document, version and position. Some may be of other versions than their documents.
func (s *Store) Passages(ctx context.Context) iter.Seq2[record.Passage, error] {
	return stream(ctx, s.conn, TablePassage, passageRow.id, passageRow.passage)
}

// PassagesOf returns the passages of a document in its version, in their order. They are fewer than the document says if the version has been
// replaced.
func (s *Store) PassagesOf(ctx context.Context, d *record.Document) (out []record.Passage, err error) {
	keys := passageKeys(d.ID, d.Version)
	for after := keys; ; {
		found, err := selectRows(ctx, s.conn, `SELECT * FROM type::record($table, $after>..$until) LIMIT $limit`,
			map[string]any{"table": TablePassage, "after": after, "until": keys + "~", "limit": pageRows}, func(r passageRow) passageRow { return r })
		if err != nil {
			return nil, err
		}
		if err := convertTo(&out, found, passageRow.passage); err != nil {
			return nil, err
		}
		if len(found) < pageRows {
			return out, nil
		}
		after = found[len(found)-1].ID.Key
	}
}

// ErasePassages erases the passages of a version that no document has. It obeys Holding.
func (s *Store) ErasePassages(ctx context.Context, document string, version int) error {
	if s.writers == SingleWriter {
		return s.eraseRange(ctx, passageRange(document, version))
	}
	keys := passageKeys(document, version)
	for n := rangeRows; n == rangeRows; {
		vars := map[string]any{"keys": keys, "beyond": keys + "~", "limit": rangeRows}
		out, err := query(ctx, s.conn, `{`+s.here(vars)+s.held(ctx, vars)+`
LET $gone = (SELECT VALUE id FROM type::record('chunk', $keys..$beyond) LIMIT $limit);`+pruned, vars)
		if err != nil {
			return added(err)
		}
		if err := out.Last(&n); err != nil {
			return err
		}
	}
	return nil
}

// AddPassages stores passages of a version that no document has yet. It obeys Holding.
func (s *Store) AddPassages(ctx context.Context, list []record.Passage) error {
	return s.add(ctx, `INSERT IGNORE INTO chunk $passages RETURN NONE;`, map[string]any{"passages": rows(list, newPassageRow)})
}

// DocumentWrite is the part of a write that stores documents.
type DocumentWrite struct {
	Documents []record.Document // new or changed, complete
	Passages  []record.Passage  // new ones, few; surreal.ErrAlreadyExists if something is left of their version
	Gone      []string          // ids of documents that are erased
	Bytes     []byte            // of the file of the first document, if it is small
	Uploaded  string            // the blob that is not an upload any more; "": none
	Leftover  []string          // ranges of rows to erase afterwards: see Erasure.Ranges
}

const (
	upsertDocuments = `FOR $d IN $documents { UPSERT ONLY $d.id CONTENT $d RETURN NONE; };`
	insertPassages  = `INSERT INTO chunk $passages RETURN NONE;`
	insertBytes     = `INSERT INTO document_bytes $bytes RETURN NONE;`
	beginRanges     = `UPSERT ONLY $ranges.id CONTENT $ranges RETURN NONE;`
	endUpload       = `DELETE $upload RETURN NONE;`
	eraseDocuments  = `DELETE $removed RETURN NONE;`
)

// statements adds the statements of the write.
func (w *DocumentWrite) statements(s *Store, add func(rows int, statement, name string, value func() any)) {
	if w == nil {
		return
	}
	add(len(w.Documents), upsertDocuments, "documents", func() any { return rows(w.Documents, newDocumentRow) })
	add(len(w.Passages), insertPassages, "passages", func() any { return rows(w.Passages, newPassageRow) })
	add(len(w.Bytes), insertBytes, "bytes", func() any {
		return []pieceRow{{pieceID(w.Documents[0].Newest().Blob, 0), w.Bytes}}
	})
	add(len(w.Uploaded), endUpload, "upload", func() any { return uploadID(w.Uploaded) })
	add(len(w.Gone), eraseDocuments, "removed", func() any { return rows(w.Gone, recordID) })
	add(len(w.Leftover), beginRanges, "ranges", func() any { return newErasureRow(Erasure{Ranges: w.Leftover}) })
	if len(w.Leftover) > 0 {
		s.erasures.begins()
	}
}

// names adds the rows that the write touches.
func (w *DocumentWrite) names(c *changeRow) {
	if w == nil {
		return
	}
	c.Documents = append(c.Documents, rows(w.Documents, func(d record.Document) surreal.RecordID { return recordID(d.ID) })...)
	c.Gone = append(c.Gone, rows(w.Gone, recordID)...)
	c.Bytes += 4 * rowBytes * len(w.Documents)
}
