package live

import (
	"context"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// readPassages adds the passages of the documents of an update that have a version which is not in memory. It reports whether they are complete:
// they are not if the version has been replaced since.
func (s *Context) readPassages(ctx context.Context, u *store.Update) (whole bool, err error) {
	last := map[string]*record.Document{} // an update may have several states of a document
	for i := range u.Write.Documents {
		last[u.Write.Documents[i].ID] = &u.Write.Documents[i]
	}
	for id, d := range last {
		if known, ok := s.View.Load().Document(id); d.Version == 0 || ok && known.Version == d.Version {
			continue
		}
		found, err := s.Rows.PassagesOf(ctx, d)
		if err != nil {
			return false, err
		}
		if len(found) != d.Passages {
			return false, nil
		}
		u.Write.Passages = append(u.Write.Passages, found...)
	}
	return true, nil
}

// ApplyDocuments stores a write of documents alone, and applies it to memory. The caller holds the writer's lock.
func (s *Context) ApplyDocuments(ctx context.Context, w store.Write, at store.Position) (store.Position, error) {
	// Once begun, the write is stored and applied to memory, even if the caller stops waiting.
	ctx = context.WithoutCancel(ctx)
	at, err := s.Apply(ctx, w, at)
	if err != nil {
		return at, err
	}
	u := store.Update{Write: store.Write{Documents: w.Documents, Passages: w.Passages}, Erased: w.Library.Gone}
	if err := s.View.Load().Merge(u); err != nil {
		s.ReadAnew(ctx, err)
	}
	return at, nil
}

// DropUploads removes the bytes of files without a document that were begun before a time; zero: all.
func (s *Context) DropUploads(ctx context.Context, before time.Time) error {
	blobs, err := s.Rows.Uploads(ctx, before)
	if err != nil || len(blobs) == 0 {
		return err
	}
	defer s.Core.Erasing(ctx, s.ID, &err)()
	for _, blob := range blobs {
		if err = s.Rows.DropUpload(ctx, blob); err != nil {
			return err
		}
	}
	return nil
}
