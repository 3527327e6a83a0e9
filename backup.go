package spectron

import (
	"context"
	"io"
	"runtime/debug"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/transfer"
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
// when the file cannot be read, CodeDamaged when it is not whole. When somebody has removed or replaced the file, the copy is
// written all the same, and the error is CodeUnavailable and says so. Errors of w are wrapped.
func (m *Manager) Backup(ctx context.Context, w io.Writer) (int64, error) {
	const op = "backup"
	var written int64 // also by what failed
	_, err := manage(ctx, &m.controlPlane, op, func(ctx context.Context, c gate.ControlCall) (none struct{}, err error) {
		if w == nil {
			return none, invalid(op, "w", "nil")
		}
		written, err = transfer.Backup(ctx, c.Store, w)
		return none, err
	})
	return written, err
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
// file, when the disk fails, or somebody has removed or replaced the file; CodeDamaged.
func (m *Manager) Compact(ctx context.Context, opts *CompactOptions) (Compacted, error) {
	var sizes Compacted // also of what failed
	_, err := manage(ctx, &m.controlPlane, "compact", func(ctx context.Context, c gate.ControlCall) (none struct{}, err error) {
		var progress func(done, total uint64)
		if opts != nil {
			progress = opts.Progress
		}
		sizes.Before, sizes.After, err = transfer.Compact(ctx, c.Store, progress)
		return none, err
	})
	return sizes, err
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
	_, err := manageContext(ctx, &m.controlPlane, op, id, func(ctx context.Context, c gate.ControlCall) (none struct{}, err error) {
		if w == nil {
			return none, invalid(op, "w", "nil")
		}
		if err := checkID(op, id); err != nil {
			return none, err
		}
		return none, transfer.Export(ctx, c.Store, id, w, libraryVersion())
	})
	return err
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
