// Package dump is the text form of one Context: SurrealQL that a person can read, that any SurrealDB with the
// Context's schema can load, and that this package reads back without running any of it.
//
// An export is UTF-8 text:
//
//	-- spectron context export
//	-- format: 1
//	-- schema: 1
//	-- library: "v1.0.0"
//	-- exported: 2026-05-01T12:30:00.5Z
//	-- context: "acme-prod"
//	-- description: "What the agents of acme know"
//	OPTION IMPORT;
//	INSERT INTO turn [
//	{ id: turn:`01h`, content: "Alice moved to \"Lisbon\".\n", spoken_at: d'2026-05-01T12:30:00Z' },
//	{ id: turn:`01j`, content: "She did.", spoken_at: NONE }
//	];
//	INSERT RELATION INTO relation [
//	{ id: relation:x, in: entity:a, out: entity:b, confidence: 0.9f }
//	];
//	-- end of export
//	-- rows: 2 turn
//	-- rows: 1 relation
//	-- sha256: <64 hexadecimal digits>
//
// The database's own parser stops at 18 arrays and objects within each other, the row included (its variable
// SURREAL_MAX_QUERY_PARSING_DEPTH says 20); this package goes to 64.
//
// The sum covers every byte before its line. It finds damage; it proves nothing about who wrote the file.
package dump

import (
	"errors"
	"fmt"
	"time"
)

// Format is the version of the text form that this package writes, and the newest that it reads.
const Format = 1

// Header says what an export holds.
type Header struct {
	// Format is the version of the text form. The Writer fills it in.
	Format int
	// Schema is the version of the Context's schema that the rows follow.
	Schema int
	// Library is the version of the library that exported.
	Library string
	// Exported is when the export was made.
	Exported time.Time
	// Context is the id of the Context, and Description what its owner wrote of it.
	Context, Description string
}

// Kind is the kind of a table.
type Kind uint8

// The kinds of tables. The rows of a relation are edges: besides id they have in and out.
const (
	Normal Kind = iota
	Relation
)

// String names the kind.
func (k Kind) String() string {
	if k == Relation {
		return "relation"
	}
	return "normal"
}

var (
	// ErrNotExport is returned for text that does not begin as an export does.
	ErrNotExport = errors.New("dump: not an export of a context")
	// ErrTruncated is returned for an export that ends before its trailer does.
	ErrTruncated = errors.New("dump: the export is cut short")
	// ErrAltered is returned for an export whose trailer does not agree with what came before it.
	ErrAltered = errors.New("dump: the export was altered")
)

// FormatError is returned for an export in a newer form than this package reads.
type FormatError struct{ Format int }

func (e *FormatError) Error() string {
	return fmt.Sprintf("dump: the export has format %d, newer than %d", e.Format, Format)
}

// SyntaxError is returned for text that is not of the form, or is beyond a limit.
type SyntaxError struct {
	// Line and Column tell where, from 1; Column counts bytes.
	Line, Column int
	Msg          string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("dump: line %d, column %d: %s", e.Line, e.Column, e.Msg)
}

// RowError is returned for a row that the form cannot hold.
type RowError struct {
	Table string
	// Row is its place in the call, from 0.
	Row int
	// Field is the field of the row at fault, or empty.
	Field string
	Msg   string
}

func (e *RowError) Error() string {
	if e.Field == "" {
		return fmt.Sprintf("dump: row %d of %s: %s", e.Row, e.Table, e.Msg)
	}
	return fmt.Sprintf("dump: row %d of %s, field %q: %s", e.Row, e.Table, e.Field, e.Msg)
}

const (
	// maxNesting bounds arrays and objects within each other, the row included, as package surreal does.
	maxNesting = 64
	// maxRows and maxStatement bound a statement and a batch: a database takes several times the size of a
	// statement while it runs it.
	maxRows      = 500
	maxStatement = 1 << 20
	// maxLine bounds a comment, and a name or a number.
	maxLine = 64 << 10
)

// The fixed lines of the form.
const (
	firstLine   = "-- spectron context export"
	trailerLine = "-- end of export"
	rowsPrefix  = "-- rows: "
	sumPrefix   = "-- sha256: "
)
