// Package transfer copies stores and Contexts. It writes backups of files, and writes and reads exports of Contexts.
package transfer

import (
	"context"
	"io"

	"github.com/spectron-go/spectron/internal/dump"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
)

// Backup writes a copy of a store's file to w and returns the number of bytes written. fault.Unsupported: the store is not a file.
func Backup(ctx context.Context, m *live.Store, w io.Writer) (int64, error) {
	file, _ := m.DB.Backing()
	if file == nil {
		return 0, fault.New(fault.Unsupported, "", "the store is not in a file; use ExportContext")
	}
	return file.Backup(ctx, w)
}

// Compact makes the file of a store as small as possible and returns its size before and after in bytes. fault.Unsupported: the store is
// not a file.
func Compact(ctx context.Context, m *live.Store, progress func(done, total uint64)) (before, after int64, err error) {
	file, _ := m.DB.Backing()
	if file == nil {
		return 0, 0, fault.New(fault.Unsupported, "", "the store is not in a file")
	}
	out, err := file.Compact(ctx, progress)
	return out.Before, out.After, err
}

// Export writes a Context to w as SurrealQL. The header names the version of the library.
func Export(ctx context.Context, m *live.Store, id string, w io.Writer, library string) error {
	state, err := m.Pinned(ctx, id)
	if err != nil {
		return err
	}
	defer state.Done()
	if err := state.Writer.Lock(ctx); err != nil {
		return err
	}
	defer state.Writer.Unlock()
	if err := state.Alive(); err != nil {
		return err
	}
	// Rows whose erasure was interrupted must not be exported.
	if err := m.FinishErasing(ctx, state); err != nil {
		return err
	}
	before, err := state.Rows.Position(ctx)
	if err != nil {
		return err
	}
	out, err := dump.NewWriter(w, dump.Header{
		Schema: schema.Context().Version(), Library: library, Exported: m.Now(), Context: id,
		Description: state.Settings.Load().Entry.Description,
	})
	if err != nil {
		return err
	}
	for _, t := range store.Tables() {
		for page, err := range store.Rows(ctx, state.Conn, t) {
			if err == nil {
				err = out.Rows(t.Name, dumpKind(t), page)
			}
			if err != nil {
				return err
			}
		}
	}
	after, err := state.Rows.Position(ctx)
	if err != nil {
		return err
	}
	if after != before {
		return fault.New(fault.Conflict, "", "another process wrote to the Context meanwhile; stop it, and export again")
	}
	return out.Close()
}

func dumpKind(t store.Table) dump.Kind {
	if t.Relation {
		return dump.Relation
	}
	return dump.Normal
}
