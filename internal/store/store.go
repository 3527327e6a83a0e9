// Package store has the typed statements over a connection, one file per group of tables. It is the only Go code that contains
// SurrealQL. Values are always bound, never written into a statement.
package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
)

// The tables of a Context.
const (
	TableSession     = "session"
	TableTurn        = "turn"
	TableChunk       = "memory_chunk"
	TableEntity      = "entity"
	TableAppearance  = "appearance"
	TableAttribute   = "attribute"
	TableRelation    = "relation"
	TableInstruction = "instruction"
	TableUncertainty = "uncertainty"
	TableDecision    = "decision_trace"
	TableRetrieval   = "retrieval_trace"
	TableResponse    = "response_trace"
)

// ErrStale is returned if a row that a write depends on has changed since it was read. Nothing was written: read and plan again.
var ErrStale = errors.New("stale")

// Replans says how often a write is planned again after a write conflict. Of the conflicting writes of several processes, one succeeds
// in each round.
var Replans = surreal.Backoff{Attempts: 64, First: time.Millisecond, Longest: 100 * time.Millisecond}

// Replan runs f, which reads, plans and writes. It runs f again while f fails with ErrStale.
func Replan(ctx context.Context, f func() error) error {
	return surreal.RetryIf(ctx, Replans, func(err error) bool { return errors.Is(err, ErrStale) }, f)
}

// stale is the text that a statement throws if one of its preconditions does not hold.
const stale = "stale"

// Writers says which processes may write to a database while it is open here.
type Writers int

// The kinds of databases.
const (
	// SingleWriter is a database that only this process writes to, in a file or in memory. No log of changes is kept.
	SingleWriter Writers = iota
	// SharedWriters is a database that other processes may write to. The log of changes makes their writes visible.
	SharedWriters
)

// Store holds the statements of one Context's database.
type Store struct {
	conn     surreal.Conn
	writers  Writers
	erasures begun
	origin   atomic.Pointer[string] // of the database; see Know
}

// New returns a store over a connection that uses the Context's database.
func New(conn surreal.Conn, writers Writers) *Store { return &Store{conn: conn, writers: writers} }

// query runs a query that may be repeated when its reply is lost: it only reads, or has the same effect when it is repeated.
func query(ctx context.Context, conn surreal.Conn, sql string, vars map[string]any) (surreal.Results, error) {
	var out surreal.Results
	err := surreal.Repeat(ctx, surreal.Backoff{}, func() error {
		var err error
		out, err = conn.Query(ctx, sql, vars)
		return err
	})
	return out, err
}

// recordID converts an id of the form "table:key".
func recordID(id string) surreal.RecordID {
	table, key, _ := strings.Cut(id, ":")
	return surreal.RecordID{Table: table, Key: key}
}

// InTable returns the id of a record of a table, for an id that is given with or without the table.
func InTable(table, id string) string {
	if strings.HasPrefix(id, table+":") {
		return id
	}
	return table + ":" + id
}

func entityID(e record.EntityRef) surreal.RecordID {
	return surreal.RecordID{Table: TableEntity, Key: e.Key()}
}

// entityRef derives a reference from an entity's id without its row: the type and the normalised name.
func entityRef(id surreal.RecordID) record.EntityRef {
	kind, name, _ := strings.Cut(id.Key, "/")
	return record.EntityRef{Type: kind, Name: name}
}

// sourceRow is the provenance of a fact, as stored in its row.
type sourceRow struct {
	Kind        string      `cbor:"kind"`
	Ref         string      `cbor:"ref"`
	Session     string      `cbor:"session,omitempty"`
	Span        record.Span `cbor:"span"`
	Trust       float64     `cbor:"trust"`
	DerivedFrom []string    `cbor:"derived_from"`
	Shown       []string    `cbor:"shown,omitempty"`
	Quote       string      `cbor:"quote"`
}

func newSourceRow(s record.Source, quote string) sourceRow {
	derived := s.DerivedFrom
	if derived == nil {
		derived = []string{}
	}
	return sourceRow{string(s.Kind), s.Ref, s.Session, s.Span, s.Trust, derived, s.Shown, quote}
}

func (r sourceRow) source() record.Source {
	return record.Source{
		Kind: record.SourceKind(r.Kind), Ref: r.Ref, Session: r.Session, Span: r.Span, Trust: r.Trust,
		DerivedFrom: r.DerivedFrom, Shown: r.Shown,
	}
}

// optional converts an empty string to NONE.
func optional(s string) surreal.Optional[string] {
	if s == "" {
		return surreal.Optional[string]{}
	}
	return surreal.Some(s)
}

func interval(from, until surreal.Datetime) record.Interval {
	return record.Interval{From: from.Time, Until: until.Time}
}

// packVector writes a vector as little-endian float32 bytes; nil stays nil, which the database stores as NONE.
func packVector(v []float32) surreal.Optional[[]byte] {
	if v == nil {
		return surreal.Optional[[]byte]{}
	}
	b := make([]byte, 0, 4*len(v))
	for _, f := range v {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(f))
	}
	return surreal.Some(b)
}

func unpackVector(b []byte) ([]float32, error) {
	if len(b) == 0 {
		return nil, nil
	}
	if len(b)%4 != 0 {
		return nil, fmt.Errorf("store: vector of %d bytes", len(b))
	}
	v := make([]float32, len(b)/4)
	for i := range v {
		v[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return v, nil
}

// orEmpty keeps an absent list from becoming NULL.
func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
