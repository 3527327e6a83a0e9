package spectron

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"time"

	"github.com/spectron-go/spectron/internal/dump"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// maxImportRow bounds one row of an export, as text: that of the longest turn, with escapes.
const maxImportRow = 48 << 20

// Backup writes a copy of a file store to w, while the store is in use, and returns how many bytes that took. The copy
// is of one moment: every write that returned before Backup was called is in it, and no half of a later one. Written
// to a file, it is a store that Open opens.
//
//	f, err := os.Create("backup.db")
//	_, err = mgr.Backup(ctx, f)
//	err = errors.Join(err, f.Close())
//
// Codes: CodeUnsupported for a store that is no file (see ExportContext, and the tools of the server); CodeUnavailable
// when the file cannot be read, CodeDamaged when it is not whole. When somebody has removed or replaced the file, the copy is
// written all the same, and the error is CodeUnavailable and says so. Errors of w are wrapped.
func (m *Manager) Backup(ctx context.Context, w io.Writer) (int64, error) {
	const op = "backup"
	if err := m.admitOperator(ctx, op); err != nil {
		return 0, err
	}
	defer m.done()
	if w == nil {
		return 0, invalid(op, "w", "nil")
	}
	file, _ := m.db.backing()
	if file == nil {
		return 0, &Error{Op: op, Code: CodeUnsupported, Detail: "the store is not in a file; use ExportContext"}
	}
	n, err := file.Backup(ctx, w)
	return n, fail(op, err)
}

// CompactOptions are the options of Compact.
type CompactOptions struct {
	// Progress hears how many of how many of SurrealDB's records were copied; nil: nobody.
	Progress func(done, total uint64)
}

// Compacted says what Compact did.
type Compacted struct {
	Before, After int64 // bytes of the file
}

// Compact makes the file of a store as small as it can be: a file grows with what is written and does not shrink, because
// room that becomes free is only used again. It writes a second file beside the first, named after it with ".compacting"
// at the end, and puts that in its place. The store works meanwhile; writes wait while the last of them are repeated in the
// new file. When it fails, and after a crash, the old file is there as it was. opts may be nil.
//
// Erasing does not need it: a call that erases overwrites what has become free with zeros. That reads a few bytes of each
// page of the file, and writes as much as became free since the last time. File systems that never write in place, and
// solid-state disks, may keep old blocks below the file in both cases: encrypt the disk where that matters.
//
// Codes: CodeUnsupported for a store that is no file, and on Windows; CodeUnavailable when there is no room for the second
// file, when the disk fails, or somebody has removed or replaced the file; CodeDamaged; CodeForbidden for a management key.
func (m *Manager) Compact(ctx context.Context, opts *CompactOptions) (Compacted, error) {
	const op = "compact"
	if err := m.admitOperator(ctx, op); err != nil {
		return Compacted{}, err
	}
	defer m.done()
	file, _ := m.db.backing()
	if file == nil {
		return Compacted{}, &Error{Op: op, Code: CodeUnsupported, Detail: "the store is not in a file"}
	}
	var progress func(done, total uint64)
	if opts != nil {
		progress = opts.Progress
	}
	out, err := file.Compact(ctx, progress)
	return Compacted(out), fail(op, err)
}

// ExportContext writes a Context to w as SurrealQL: every row of it, for ImportContext, for people, and for SurrealDB's
// own import into a database that has the schema. It is of one moment: writes to the Context wait meanwhile, and on a
// server reads as well once another process has written. What was written to w is whole only if the error is nil;
// ImportContext finds out.
//
// Codes: CodeNotFound; CodeConflict when another process wrote to the Context meanwhile (stop it, and export again).
// Errors of w are wrapped.
func (m *Manager) ExportContext(ctx context.Context, id string, w io.Writer) error {
	const op = "export context"
	if err := m.admitOperator(ctx, op); err != nil {
		return err
	}
	defer m.done()
	if w == nil {
		return invalid(op, "w", "nil")
	}
	if err := checkID(op, id); err != nil {
		return err
	}
	c, err := m.pinned(ctx, op, id)
	if err != nil {
		return err
	}
	defer c.done()
	state := c.state
	if err := state.writer.lock(ctx); err != nil {
		return fail(op, err)
	}
	defer state.writer.unlock()
	if err := c.alive(op); err != nil {
		return err
	}
	before, err := state.store.Position(ctx)
	if err != nil {
		return fail(op, err)
	}
	out, err := dump.NewWriter(w, dump.Header{
		Schema: schema.Context().Version(), Library: libraryVersion(), Exported: m.now(), Context: id,
		Description: state.settings.Load().entry.Description,
	})
	if err != nil {
		return fail(op, err)
	}
	for _, t := range store.Tables() {
		for page, err := range store.Rows(ctx, state.conn, t) {
			if err == nil {
				err = out.Rows(t.Name, dumpKind(t), page)
			}
			if err != nil {
				return fail(op, err)
			}
		}
	}
	after, err := state.store.Position(ctx)
	if err != nil {
		return fail(op, err)
	}
	if after != before {
		return &Error{Op: op, Code: CodeConflict, Detail: "another process wrote to the Context meanwhile; stop it, and export again"}
	}
	return fail(op, out.Close())
}

// ImportContext makes a Context of what ExportContext wrote, which may come from another kind of store and from an
// earlier version of this library. The Context must not exist; its database, if there is one, must be empty. Nothing
// in r is run: it is read as data. A failure on the way, and the end of ctx between two reads of r, leave nothing behind.
//
// To move a Context to another namespace or database, export it, import it under a new id and the new names, change
// the programs, and delete the old one.
//
// Codes: those of CreateContext; CodeInvalid for an r that is not a whole, unaltered export (Field "r"); CodeUnsupported
// for one of a newer version.
func (m *Manager) ImportContext(ctx context.Context, id string, spec ContextSpec, r io.Reader) (*Context, error) {
	const op = "import context"
	if err := m.admitOperator(ctx, op); err != nil {
		return nil, err
	}
	defer m.done()
	if r == nil {
		return nil, invalid(op, "r", "nil")
	}
	tables := map[string]store.Table{}
	kinds := map[string]dump.Kind{}
	for _, t := range store.Tables() {
		tables[t.Name], kinds[t.Name] = t, dumpKind(t)
	}
	in, err := dump.NewReader(r, dump.Limits{Tables: kinds, RowBytes: maxImportRow})
	if err != nil {
		return nil, failImport(op, err)
	}
	header, latest := in.Header(), schema.Context().Version()
	if header.Schema > latest {
		return nil, &Error{Op: op, Code: CodeUnsupported, Field: "r",
			Detail: fmt.Sprintf("the export has schema version %d, this library knows %d: use a newer one", header.Schema, latest)}
	}
	if header.Schema < 1 {
		return nil, invalid(op, "r", "the export has no schema version")
	}
	if spec.Description == "" {
		spec.Description = header.Description
	}
	return m.create(ctx, op, id, spec, func(conn surreal.Conn, held lease) error {
		// The rows go into the schema that they were written under, and are brought up to date with it.
		err := schema.Context().Through(header.Schema).Apply(ctx, conn, m.now())
		if errors.Is(err, schema.ErrNewer) {
			return &Error{Op: op, Code: CodeAlreadyExists, Field: "Database", Detail: "the database has a newer schema than the export; import into one that is not there"}
		}
		if err != nil {
			return err
		}
		for {
			batch, err := in.Next()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return failImport(op, err)
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := held.renew(ctx); err != nil {
				return err
			}
			if err := store.Insert(ctx, conn, tables[batch.Table], batch.Rows); err != nil {
				return failImport(op, err)
			}
		}
	})
}

// failImport tells what is wrong with an export from a reader or a database that failed.
func failImport(op string, err error) error {
	var syntax *dump.SyntaxError
	var format *dump.FormatError
	switch {
	case errors.As(err, &format):
		return &Error{Op: op, Code: CodeUnsupported, Field: "r", Detail: "use a newer version of this library", Err: err}
	case errors.As(err, &syntax), errors.Is(err, dump.ErrNotExport), errors.Is(err, dump.ErrTruncated),
		errors.Is(err, dump.ErrAltered), errors.Is(err, store.ErrBadRow), errors.Is(err, surreal.ErrAlreadyExists):
		return &Error{Op: op, Code: CodeInvalid, Field: "r", Err: err}
	}
	return fail(op, err)
}

func dumpKind(t store.Table) dump.Kind {
	if t.Relation {
		return dump.Relation
	}
	return dump.Normal
}

// libraryVersion is the version of this module in the program, "" in its own tests.
func libraryVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, d := range info.Deps {
		if d.Path == modulePath {
			return d.Version
		}
	}
	return ""
}

const modulePath = "github.com/spectron-go/spectron"

// lease is the claim on a Context that is being made, which other processes respect for claimTime.
type lease struct {
	mgr     *Manager
	entry   store.Registered
	renewed *time.Time
}

// renew keeps the claim, from time to time.
func (l lease) renew(ctx context.Context) error {
	now := time.Now() // how long it takes, whatever the store's clock says
	if now.Sub(*l.renewed) < claimTime/8 {
		return nil
	}
	*l.renewed = now
	return l.mgr.registry.Renew(ctx, l.entry.ID, l.entry.Claim)
}
