package spectron

import (
	"context"
	"io"
	"runtime/debug"

	"github.com/spectron-go/spectron/internal/dump"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
)

// Backup writes a copy of a file store to w, while the store is in use, and returns how many bytes that took. The copy
// is of one moment: every write that returned before Backup was called is in it, and no half of a later one. Written
// to a file, it is a store that Open opens.
//
//	f, err := os.Create("backup.db")
//	_, err = mgr.Backup(ctx, f)
//	err = errors.Join(err, f.Close())
//
// Codes: CodeUnsupported for a store that is no file (see ExportContext, and the tools of the server); CodeUnavailable
// when the file cannot be read, CodeDamaged when it is not whole. Errors of w are wrapped.
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
	c, err := m.handle(ctx, op, id)
	if err != nil {
		return err
	}
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
