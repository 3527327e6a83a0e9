package spectron

import (
	"context"
	"io"
	"runtime/debug"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/transfer"
)

// Backup writes a copy of a file store to w while the store is in use, and returns the number of bytes written. The copy is a
// consistent snapshot: it has every write that returned before Backup was called, and no part of an incomplete write. Open can
// open a file with this copy as a store.
//
//	f, err := os.Create("backup.db")
//	_, err = mgr.Backup(ctx, f)
//	err = errors.Join(err, f.Close())
//
// Codes: CodeUnsupported for a store that is not a file (see ExportContext, and the tools of the server); CodeUnavailable
// if the file cannot be read; CodeDamaged if it is damaged. If the file was removed or replaced, the copy is still written, and
// the error has CodeUnavailable and says so. Errors of w are wrapped.
func (m *Manager) Backup(ctx context.Context, w io.Writer) (int64, error) {
	const op = "backup"
	var written int64 // also after an error
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
	// Progress receives the number of copied SurrealDB records and their total; it may be nil.
	Progress func(done, total uint64)
}

// Compacted is the result of Compact.
type Compacted struct {
	Before, After int64 // size of the file in bytes
}

// Compact makes the file of a store as small as possible. A file grows with writes and does not shrink by itself, because free
// space is only reused. Compact writes a second file beside the first, with ".compacting" added to its name, and then replaces
// the first file by it. The store stays usable. Only at the end do writes wait, while the latest ones are repeated in the new
// file. After an error or a crash the old file is unchanged. opts may be nil.
//
// Erasing does not need Compact: a call that erases overwrites freed space with zeros. It reads a few bytes of each page of the
// file, and writes as much as was freed since the last erasing call. File systems that never write in place, and solid-state
// disks, may keep old blocks below the file in both cases: encrypt the disk if that matters.
//
// Codes: CodeUnsupported for a store that is not a file, and on Windows; CodeUnavailable if there is no space for the second file,
// the disk fails, or the file was removed or replaced; CodeDamaged.
func (m *Manager) Compact(ctx context.Context, opts *CompactOptions) (Compacted, error) {
	var sizes Compacted // also after an error
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

// ExportContext writes all rows of a Context to w as SurrealQL. The result can be read by ImportContext, by people, and by
// SurrealDB's own import into a database that has the schema. It is a consistent snapshot: writes to the Context wait during
// the export. On a server, reads wait as well once another process has written. The output is complete only if the error is
// nil; ImportContext detects incomplete exports.
//
// Codes: CodeNotFound; CodeConflict if another process wrote to the Context during the export (stop it, and export again).
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

// libraryVersion returns the version of this module in the program, "" in its own tests.
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
