package documents

import (
	"context"
	"errors"
	"strings"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Delete removes a document with its bytes, its passages and what it alone has told, from where the caller sees it. It stays in scopes that the
// caller may not read. Once begun, the deletion runs to its end, even if ctx ends.
func Delete(ctx context.Context, by *gate.Call, id string) error {
	if err := input.ID("ID", id); err != nil {
		return err
	}
	_, err := live.Await(ctx, by.Live, func() (none struct{}, err error) {
		whole := context.WithoutCancel(ctx)
		defer by.Live.Core.Erasing(whole, by.Live.ID, &err)()
		err = by.Live.Write(ctx, func(view *recall.View, at store.Position) (store.Position, error) {
			if err := by.Recheck(ctx); err != nil {
				return at, err
			}
			d, err := find(by, id)
			if err != nil {
				return at, err
			}
			mine := seen(by, d.Scopes)
			if err := mayDelete(ctx, by, mine); err != nil {
				return at, err
			}
			w := store.Write{Library: &store.DocumentWrite{}, Events: []record.Event{event(by, record.ActionDocumentDeleted, d.ID, mine)}}
			if left := without(d.Scopes, mine); len(left) > 0 {
				d.Scopes = left // no time changes: it would tell the others
				w.Documents = []record.Document{d}
				w.Library.Documents = w.Documents
			} else {
				w.Library.Gone, w.Library.Leftover = []string{d.ID}, store.RangesOf(&d)
			}
			return ingest.Untell(ctx, by, w, d.ID, mine, view, at)
		})
		if err == nil {
			err = by.Live.Explain(whole, by.Live.FinishPurges(whole))
		}
		return none, err
	})
	return err
}

// mayDelete refuses a caller that may not forget in all of these scopes.
func mayDelete(ctx context.Context, by *gate.Call, set record.ScopeSet) error {
	if manages(by) {
		return nil
	}
	return by.Require(ctx, "ID", authz.MemoryForget, set)
}

// without returns the clauses of a set that are not among the others.
func without(set, others record.ScopeSet) (left record.ScopeSet) {
	for _, clause := range set {
		if !others.Equal(others.With(record.ScopeSet{clause})) {
			left = append(left, clause)
		}
	}
	return left
}

// Reprocess processes a document again: from new bytes, or from those that it has. Until that has succeeded, its passages serve as they are.
func Reprocess(ctx context.Context, by *gate.Call, id string, f File) (out Document, err error) {
	if err := mayUpload(ctx, by); err != nil {
		return out, err
	}
	if err := input.ID("ID", id); err != nil {
		return out, err
	}
	d, err := find(by, id)
	if err != nil {
		return out, err
	}
	if err := mayChange(ctx, by, d); err != nil {
		return out, err
	}
	if f.Reader == nil {
		if f != (File{}) {
			return out, fault.Bad("Reader", "nil, although there is a Name or a MIMEType: a document is processed again from its own bytes without them")
		}
		return again(ctx, by, d)
	}
	for field, text := range map[string]string{"Name": f.Name, "MIMEType": f.MediaType} {
		if err := input.Text(field, text, record.MaxTitle); err != nil {
			return out, err
		}
	}
	redactFields(by, &f.Name)
	if f.Name = strings.TrimSpace(f.Name); f.Name == "" {
		f.Name = d.Newest().Name
	}
	file, small, err := take(ctx, by, f)
	if err != nil {
		return out, err
	}
	return renew(ctx, by, d.ID, file, small, true)
}

// mayChange refuses a caller that may not write to all scopes of a document in which it sees it.
func mayChange(ctx context.Context, by *gate.Call, d record.Document) error {
	if manages(by) {
		return nil
	}
	if len(seen(by, d.Scopes)) < len(d.Scopes) {
		return by.Deny(ctx, gate.Denial{
			Field: "ID", Verb: authz.MemoryWrite, Target: d.ID,
			Detail: "the document also belongs to others, who would see the change: upload the file as a document of its own",
		})
	}
	return by.Require(ctx, "ID", authz.MemoryWrite, d.Scopes)
}

// changes reports whether mayChange admits the caller.
func changes(by *gate.Call, d record.Document) bool {
	return manages(by) || len(seen(by, d.Scopes)) == len(d.Scopes) && by.Region(authz.MemoryWrite).Holds(d.Scopes)
}

// again processes a document again from its own bytes, unless it is being processed.
func again(ctx context.Context, by *gate.Call, d record.Document) (Document, error) {
	if d.Newest().Blob == "" {
		return Document{}, fault.New(fault.Conflict, "Reader", "nil, and the bytes of the document are not kept, because the Context redacts personal data (pii_redaction_enabled)")
	}
	now, err := state(ctx, by, d)
	if err != nil || d.Next != nil && !now.Status.Ended() {
		return now, err
	}
	return renew(ctx, by, d.ID, d.Newest(), nil, false)
}

// renew lets a document be processed from a file. uploaded says that its bytes are new: small, or stored as an upload.
func renew(ctx context.Context, by *gate.Call, id string, file record.File, small []byte, uploaded bool) (out Document, err error) {
	kept := false
	if uploaded && small == nil {
		defer func() { discard(ctx, by, file.Blob, &kept) }()
	}
	job, err := newJob(ctx, by, id, file)
	if err != nil {
		return out, err
	}
	defer job.end(&err)
	whole, left := context.WithoutCancel(ctx), false
	var d record.Document
	err = by.Live.Write(ctx, func(view *recall.View, at store.Position) (store.Position, error) {
		if err := by.Recheck(ctx); err != nil {
			return at, err
		}
		old, err := find(by, id)
		if err == nil {
			err = mayChange(ctx, by, old)
		}
		if err != nil {
			return at, err
		}
		d = old
		d.Next, d.UpdatedAt = &record.NextFile{File: file, Job: job.ID}, by.Now()
		if d.Version == 0 {
			d.File = file // nothing is left of the one that has failed
		}
		list := []record.Document{d}
		l := &store.DocumentWrite{Documents: list, Bytes: small, Leftover: store.ReplacedRanges(&old, &d)}
		if uploaded && small == nil {
			l.Uploaded = file.Blob
		}
		left = len(l.Leftover) > 0
		events := []record.Event{event(by, record.ActionDocumentReprocessed, d.ID, d.Scopes)}
		at, err = by.Live.ApplyDocuments(job.within(), store.Write{Library: l, Documents: list, Events: events}, at)
		kept = err == nil || errors.Is(err, surreal.ErrLost)
		return at, err
	})
	if err != nil {
		return out, by.Live.Explain(ctx, err)
	}
	if left {
		if err := erase(whole, by); err != nil {
			return out, err
		}
	}
	return state(ctx, by, d)
}
