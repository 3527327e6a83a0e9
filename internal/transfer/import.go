package transfer

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/fxamacker/cbor/v2"

	"github.com/spectron-go/spectron/internal/dump"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/tenancy"
)

// maxImportRow is the maximum length in bytes of one row of an export: the longest turn, with escapes.
const maxImportRow = 48 << 20

// Import is a running import.
type Import struct {
	Rows    map[string]int // number of imported rows by table
	LeftOut map[string]int // number of rows left out, by table
	// Progress receives the number of rows that are stored by now; it may be nil.
	Progress func(rows int)

	reader         *dump.Reader
	check          *store.Import
	access, events bool // whether permissions and events are imported
}

// Rules are a store's rules for imported values.
type Rules = store.Rules

// Description returns the description of the exported Context.
func (i *Import) Description() string { return i.reader.Header().Description }

// Fill returns a function that writes the rows into the database of a new Context.
func (i *Import) Fill(ctx context.Context, now time.Time) tenancy.Filling {
	return func(conn surreal.Conn, held tenancy.Lease) error { return i.run(ctx, conn, now, held) }
}

// OpenImport reads the header of an export.
func OpenImport(from io.Reader, rules Rules, access, events bool) (*Import, error) {
	kinds := map[string]dump.Kind{}
	for _, t := range store.Tables() {
		kinds[t.Name] = dumpKind(t)
	}
	reader, err := dump.NewReader(from, dump.Limits{Tables: kinds, RowBytes: maxImportRow})
	if err != nil {
		return nil, failImport(err)
	}
	version, latest := reader.Header().Schema, schema.Context().Version()
	switch {
	case version > latest:
		return nil, fault.New(fault.Unsupported, "From", "the export has schema version %d, this library knows %d: use a newer one", version, latest)
	case version < 1:
		return nil, fault.Bad("From", "the export has no schema version")
	}
	return &Import{
		Rows: map[string]int{}, LeftOut: map[string]int{}, reader: reader, check: store.NewImport(rules, version), access: access, events: events,
	}, nil
}

// run checks and stores the rows.
func (i *Import) run(ctx context.Context, conn surreal.Conn, now time.Time, held tenancy.Lease) error {
	// The rows are stored under the schema of the export, and migrated with it later.
	err := schema.Context().Through(i.reader.Header().Schema).Apply(ctx, conn, now)
	if errors.Is(err, schema.ErrNewer) {
		return fault.New(fault.AlreadyExists, "Database", "the database has a newer schema than the export; import into a new database")
	}
	if err != nil {
		return err
	}
	stored := 0
	return i.Each(func(t store.Table, rows []cbor.RawMessage) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := held.Renew(ctx); err != nil {
			return err
		}
		if err := store.Insert(ctx, conn, t, rows); err != nil {
			return err
		}
		if stored += len(rows); i.Progress != nil {
			i.Progress(stored)
		}
		return nil
	})
}

// Each checks the rows that the request wants, and calls f with them page by page. The export is complete and unaltered only if Each
// returns nil.
func (i *Import) Each(f func(store.Table, []cbor.RawMessage) error) error {
	tables := map[string]store.Table{}
	for _, t := range store.Tables() {
		tables[t.Name] = t
	}
	for {
		batch, err := i.reader.Next()
		if errors.Is(err, io.EOF) {
			return failImport(i.check.End())
		}
		if err != nil {
			return failImport(err)
		}
		t := tables[batch.Table]
		if !i.takes(t) {
			i.LeftOut[t.Name] += len(batch.Rows)
			continue
		}
		rows, err := i.check.Check(t.Name, batch.Rows, batch.Lines)
		if err == nil {
			err = f(t, rows)
		}
		if err != nil {
			return failImport(err)
		}
		i.Rows[t.Name] += len(rows)
	}
}

// takes reports whether the request wants the rows of a table.
func (i *Import) takes(t store.Table) bool {
	switch t.About {
	case store.Permissions:
		return i.access
	case store.Events:
		return i.events
	}
	return true
}

// failImport converts errors that come from a faulty export, and passes on errors of the reader and the database.
func failImport(err error) error {
	var syntax *dump.SyntaxError
	var format *dump.FormatError
	var row *store.RowError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &format):
		return &fault.Error{Code: fault.Unsupported, Field: "From", Detail: "use a newer version of this library", Err: err}
	case errors.As(err, &row):
		return fault.Bad("From", "%s", row.Error())
	case errors.As(err, &syntax), errors.Is(err, dump.ErrNotExport), errors.Is(err, dump.ErrTruncated),
		errors.Is(err, dump.ErrAltered), errors.Is(err, surreal.ErrAlreadyExists):
		return fault.Wrap(fault.Invalid, "From", err)
	}
	return err
}
