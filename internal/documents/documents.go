// Package documents uploads files, makes searchable passages of them in the background, and reads them for a caller.
package documents

import (
	"context"
	"slices"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/jobs"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// Status says how far a document has come.
type Status string

// The states, in their order. The last two are final.
const (
	Queued          Status = "queued"
	Extracting      Status = "extracting"
	Chunking        Status = "chunking"
	Embedding       Status = "embedding"
	Keywording      Status = "keywording"
	ExtractingNodes Status = "extracting_nodes"
	Storing         Status = "storing"
	Ready           Status = "ready"
	Failed          Status = "failed"
)

// Statuses returns all states, in their order.
func Statuses() []Status {
	return []Status{Queued, Extracting, Chunking, Embedding, Keywording, ExtractingNodes, Storing, Ready, Failed}
}

// Ended reports whether the state is final.
func (s Status) Ended() bool { return s == Ready || s == Failed }

// Document is a document as a caller sees it.
type Document struct {
	record.Document
	Status   Status
	Progress record.JobProgress // of a state that is not final
	Facts    int                // live ones that it tells
	// Code and Reason say why the last processing has failed. A document that was ready before is ready still.
	Code, Reason string
}

// interrupted is the reason of a document whose job does not exist any more.
const interrupted = "its processing was interrupted; reprocess it"

// states returns documents with their states.
func states(ctx context.Context, by *gate.Call, list []record.Document) ([]Document, error) {
	found, err := jobsOf(ctx, by, list)
	if err != nil {
		return nil, err
	}
	behind := slices.ContainsFunc(list, func(d record.Document) bool {
		j, known := found[waitsFor(&d)]
		return waitsFor(&d) != "" && (!known || j.State.Ended())
	})
	if behind { // the write that ended the job has changed the document too
		if err := by.Live.Settle(ctx); err != nil {
			return nil, by.Live.Explain(ctx, err)
		}
		view, now := by.Live.View.Load(), make([]record.Document, 0, len(list))
		for _, d := range list {
			if newer, ok := view.Document(d.ID); ok && (len(seen(by, newer.Scopes)) > 0 || len(seen(by, d.Scopes)) == 0) {
				now = append(now, newer)
			}
		}
		list = now
		if found, err = jobsOf(ctx, by, list); err != nil {
			return nil, err
		}
	}
	out := make([]Document, len(list))
	for i, d := range list {
		out[i] = described(by, stateOf(shown(by, d), found))
	}
	return out, nil
}

// described adds to a document how many facts it tells the caller.
func described(by *gate.Call, d Document) Document {
	if !manages(by) {
		d.Facts = by.Live.View.Load().Told(d.ID, by.Visible())
	}
	return d
}

// shown returns a document as the caller sees it: with the scopes that it may read. A management key gets nothing that is from within the file.
func shown(by *gate.Call, d record.Document) record.Document {
	d.Scopes = seen(by, d.Scopes)
	if manages(by) {
		d.Keywords, d.Links, d.Unread = nil, nil, ""
		if !d.Titled {
			d.Title = d.Newest().Name
		}
	}
	return d
}

// waitsFor returns the id of the job that a document waits for; "": none.
func waitsFor(d *record.Document) string {
	if d.Next == nil {
		return ""
	}
	return d.Next.Job
}

// jobsOf returns the jobs that documents wait for, by id.
func jobsOf(ctx context.Context, by *gate.Call, list []record.Document) (map[string]record.Job, error) {
	var open []string
	for i := range list {
		if id := waitsFor(&list[i]); id != "" {
			open = append(open, id)
		}
	}
	found := map[string]record.Job{}
	if len(open) == 0 {
		return found, nil
	}
	now, err := jobs.Known(ctx, by.Live, open)
	for _, j := range now {
		found[j.ID] = j
	}
	return found, by.Live.Explain(ctx, err)
}

func stateOf(d record.Document, found map[string]record.Job) Document {
	out := Document{Document: d, Status: Ready}
	if d.Next == nil {
		return out
	}
	out.Code, out.Reason = d.Next.Code, d.Next.Reason
	if d.Next.Job != "" {
		j, known := found[d.Next.Job]
		switch {
		case known && !j.State.Ended():
			out.Status, out.Progress = Queued, j.Progress
			if j.Progress.Stage != "" {
				out.Status = Status(j.Progress.Stage)
			}
			return out
		case known && j.State != record.JobDone: // it ended without having noted that here
			out.Code, out.Reason = j.Code, j.Reason
		}
		if out.Reason == "" {
			out.Code, out.Reason = string(fault.Internal), interrupted
		}
	}
	if d.Version == 0 {
		out.Status = Failed
	}
	return out
}

func state(ctx context.Context, by *gate.Call, d record.Document) (Document, error) {
	out, err := states(ctx, by, []record.Document{d})
	if err == nil && len(out) == 0 {
		err = noDocument() // it was deleted meanwhile
	}
	if err != nil {
		return Document{}, err
	}
	return out[0], nil
}

// manages reports whether the caller manages the store without access to memory.
func manages(by *gate.Call) bool { return by.Caller.Kind == gate.Management }

// seen returns the clauses of a document that the caller may read. Management keys see which documents there are, but not what they say.
func seen(by *gate.Call, set record.ScopeSet) record.ScopeSet {
	if manages(by) {
		return set
	}
	return by.Seen(set)
}

func reach(by *gate.Call) scope.Reach {
	if manages(by) {
		return scope.Reach{}
	}
	return scope.Reach{Visible: by.Visible(), Within: by.Within()}
}

// DocumentID returns the record id for an id that is given with or without its table.
func DocumentID(id string) string { return store.InTable(store.TableDocument, id) }

func noDocument() error { return fault.New(fault.NotFound, "ID", "no such document") }

// find returns a document that the caller may see.
func find(by *gate.Call, id string) (record.Document, error) {
	d, ok := by.Live.View.Load().Document(DocumentID(id))
	if !ok || len(seen(by, d.Scopes)) == 0 {
		return record.Document{}, noDocument()
	}
	return d, nil
}

// PassageID returns the id of the passage at a position of the document of another one.
func PassageID(of record.Passage, position int) string {
	return store.PassageID(of.Document, of.Version, position)
}
