package documents

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/chunking"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/guard"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/jobs"
	"github.com/spectron-go/spectron/internal/keyphrase"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/parse"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

const (
	// longestReading is the time that reading the text of a file may take.
	longestReading = time.Minute
	// embeddedTogether is the number of passages that the embedder gets at a time.
	embeddedTogether = 256
	// storedWithin is the number of passages that are stored in the transaction that makes a document ready. More are stored before it, as many at a
	// time.
	storedWithin = 250
)

// Kind returns the kind of the jobs that process documents.
func Kind() jobs.Kind {
	return jobs.Kind{Name: KindProcess, Form: form, Run: func(ctx context.Context, t *jobs.Task) (any, error) {
		var p processing
		if err := t.Payload(&p); err != nil {
			return nil, err
		}
		// The upload was authorized. What it has left to do needs nothing of its caller, whose key may have ended since.
		by, err := gate.Handle{Live: t.Live, Caller: &gate.Caller{Kind: gate.Operator}}.Authorize(ctx, "process document")
		if err != nil {
			return nil, err
		}
		defer by.Done()
		return nil, (&process{
			maker: maker{by: by, stage: func(s Status, done, total int) { t.Progress(string(s), int64(done), int64(total)) }},
			task:  t, blob: p.Blob, document: p.Document,
		}).run(ctx)
	}}
}

// process makes the passages of a document from a stored file, as a job.
type process struct {
	maker
	task     *jobs.Task
	document string
	blob     string
}

// maker makes the passages of a document from a file.
type maker struct {
	by    *gate.Call
	stage func(s Status, done, total int) // is told how far it has come

	made     record.Document // the document once it is ready
	passages []record.Passage
	beside   *live.Vectors // the state of the Context's vectors that the vectors belong to
	model    ingest.ModelReading
}

// unreadable says why a file has no text: another attempt would fail as well. No error of package parse quotes a file.
type unreadable struct{ why error }

func (u *unreadable) Error() string { return u.why.Error() }
func (u *unreadable) Unwrap() error { return u.why }

func (p *process) run(ctx context.Context) error {
	// The job may have been found between the moment when it was stored with its document and the moment when memory has that.
	if err := p.by.Live.Settle(ctx); err != nil {
		return err
	}
	d, ok := p.current(p.by.Live.View.Load())
	if !ok {
		return nil // it was deleted, or another file has taken the place of this one
	}
	started := p.by.Now()
	bytes := &blob{ctx: ctx, rows: p.by.Live.Rows, File: d.Next.File}
	err := p.make(ctx, d, bytes)
	if failed := bytes.failed(); failed != nil {
		err = failed // not the fault of the file
	}
	if err == nil {
		p.made.StartedAt = started
		err = p.store(ctx)
	}
	var lasting *unreadable
	switch {
	case errors.Is(err, errReplaced):
		return p.withdraw(ctx)
	case err == nil, ctx.Err() != nil, errors.Is(err, store.ErrFenced): // the worker is being stopped, or has lost the job
		return err
	case errors.As(err, &lasting):
		return p.fail(ctx, fault.New(fault.Invalid, "", "%s", lasting.why), started)
	case p.task.Last():
		return p.fail(ctx, err, started)
	}
	return err
}

// current returns the document, if the file still waits to be processed.
func (p *process) current(view *recall.View) (record.Document, bool) {
	d, ok := view.Document(p.document)
	return d, ok && d.Next != nil && d.Next.Blob == p.blob && (d.Next.Job == p.task.ID() || d.Next.Job == "")
}

// make reads the bytes of the next file of a document, and makes its passages.
func (p *maker) make(ctx context.Context, d record.Document, bytes io.ReaderAt) error {
	p.stage(Extracting, 0, 0)
	text, err := p.read(ctx, d.Next.File, bytes)
	if err != nil {
		return err
	}
	redacts := p.by.Live.Settings.Load().RedactsPII
	if redacts {
		redact(text)
	}
	p.stage(Chunking, 0, 0)
	chunks := chunking.Split(text, chunking.Options{})
	if len(chunks) > record.MaxPassages {
		return &unreadable{fmt.Errorf("%d passages are more than %d", len(chunks), record.MaxPassages)}
	}
	p.made = d
	p.made.File, p.made.Next = d.Next.File, nil
	if redacts {
		p.made.Blob = ""
	}
	p.made.Version, p.made.Passages = d.Version+1, len(chunks)
	if !d.Titled {
		p.made.Title = cmp.Or(text.Title, d.Next.Name)
	}
	if !d.Dated {
		p.made.ObservedAt = text.Date.UTC()
	}
	p.passages = passages(&p.made, chunks)
	p.stage(Keywording, 0, 0)
	p.made.Keywords = nil
	for _, k := range keyphrase.Extract(text.Body, record.MaxKeywords) {
		p.made.Keywords = append(p.made.Keywords, record.Keyword(k))
	}
	p.made.Links = links(text)
	if err := p.embed(ctx); err != nil {
		return err
	}
	p.stage(ExtractingNodes, 0, 0)
	p.model, err = ingest.ReadByModel(ctx, p.by, &p.made, p.passages, func(done, total int) { p.stage(ExtractingNodes, done, total) })
	p.made.Unread = p.model.Unread
	return err
}

// read returns the text of a file.
func (p *maker) read(ctx context.Context, f record.File, bytes io.ReaderAt) (*parse.Text, error) {
	limited, cancel := context.WithTimeoutCause(ctx, longestReading, errTooSlow)
	defer cancel()
	text, err := live.Await(limited, p.by.Live, func() (*parse.Text, error) {
		return parse.Read(limited, parse.Format(f.MediaType), parse.Source{ReaderAt: bytes, Size: f.Size}, parse.Limits{})
	})
	switch {
	case err == nil:
		return text, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case limited.Err() != nil:
		err = errTooSlow
	}
	return nil, &unreadable{err}
}

var errTooSlow = fmt.Errorf("its text takes longer than %s to read", longestReading)

// passages returns the passages of a document.
func passages(d *record.Document, chunks []chunking.Chunk) []record.Passage {
	repeats := chunking.Duplicates(chunks)
	out := make([]record.Passage, len(chunks))
	for i, c := range chunks {
		out[i] = record.Passage{
			ID: store.PassageID(d.ID, d.Version, i), Document: d.ID, Version: d.Version, Position: i, Span: record.Span{Start: c.Start, End: c.End},
			Page: c.Page, Tokens: c.Tokens, Repeats: repeats[i] + 1, Section: c.Section, Columns: strings.Clone(c.Columns), Prose: c.Prose, Title: d.Title, Text: c.Text,
		}
		for _, f := range guard.Scan(c.Text) {
			if kind := string(f.Kind); !slices.Contains(out[i].Findings, kind) {
				out[i].Findings = append(out[i].Findings, kind)
			}
		}
	}
	return out
}

// links returns the targets of the links of a text, each once.
func links(text *parse.Text) (out []string) {
	known := map[string]bool{}
	for _, l := range text.Links {
		if len(out) == record.MaxLinks {
			break
		}
		if l.Target != "" && len(l.Target) <= record.MaxTitle && !known[l.Target] {
			known[l.Target] = true
			out = append(out, l.Target)
		}
	}
	return out
}

// embed computes the vectors of the passages.
func (p *maker) embed(ctx context.Context) error {
	s := p.by.Live
	p.beside = s.Vectors.Load()
	if err := s.Core.Agree(ctx, s); err != nil {
		return live.FailEmbedding(ctx, err)
	}
	done := 0
	for page := range slices.Chunk(p.passages, embeddedTogether) {
		p.stage(Embedding, done, len(p.passages))
		texts := make([]string, len(page))
		for i := range page {
			texts[i], _ = page[i].Searched()
		}
		vectors, err := live.Await(ctx, s, func() ([][]float32, error) { return s.Core.EmbedNew(ctx, texts) })
		if err != nil {
			return live.FailEmbedding(ctx, err)
		}
		for i, v := range vectors {
			page[i].Vector = v
		}
		done += len(page)
	}
	return nil
}

// stored returns the passages as they are stored: without vectors that are computed anew when a Context is loaded.
func (p *maker) stored() []record.Passage {
	if p.by.Live.Core.StoresVectors {
		return p.passages
	}
	out := slices.Clone(p.passages)
	for i := range out {
		out[i].Vector = nil
	}
	return out
}

// store makes the document ready, in one transaction that also ends the job.
func (p *process) store(ctx context.Context) (err error) {
	p.stage(Storing, 0, len(p.passages))
	list := p.stored()
	if len(list) > storedWithin {
		if err := p.alone(ctx, p.clear); err != nil {
			return err
		}
		for page := range slices.Chunk(list, storedWithin) {
			add := func(ctx context.Context) error { return p.by.Live.Rows.AddPassages(ctx, page) }
			if err := p.alone(ctx, add); err != nil {
				return err
			}
		}
		list = nil
	}
	if err := p.finish(ctx, list); !errors.Is(err, surreal.ErrAlreadyExists) {
		return err
	}
	// Something is left of the version.
	if err := p.alone(ctx, p.clear); err != nil {
		return err
	}
	return p.finish(ctx, list)
}

// finish makes the document ready, with those of its passages that are not stored yet.
func (p *process) finish(ctx context.Context, list []record.Passage) error {
	ending, err := p.task.Ending(ctx, nil)
	if err != nil {
		return err
	}
	type outcome struct{ written, leaves bool }
	out, err := ingest.Tell(ending, p.by, func(context.Context) (c ingest.DocumentChange, out outcome, err error) {
		d, ok := p.current(p.by.Live.View.Load())
		if !ok {
			return c, out, nil
		}
		now := p.by.Now()
		made := p.made
		made.Scopes, made.Labels = d.Scopes, d.Labels
		made.UpdatedAt, made.CompletedAt = now, now
		if c, err = p.change(made); err != nil {
			return c, out, err
		}
		c.Library.Passages, c.Library.Leftover = list, store.ReplacedRanges(&d, &made)
		c.Told.Again = d.Version > 0 && d.Hash == made.Hash
		return c, outcome{true, len(c.Library.Leftover) > 0}, nil
	})
	return p.done(ctx, err, out.written, out.leaves)
}

// change returns the write that makes a document ready, without its passages.
func (p *maker) change(made record.Document) (c ingest.DocumentChange, err error) {
	if p.by.Live.Vectors.Load() != p.beside {
		return c, errVectors
	}
	c.Documents, c.Passages = []record.Document{made}, p.passages
	c.Library = &store.DocumentWrite{Documents: c.Documents}
	c.Told = &ingest.Told{Document: made, Passages: p.passages, Clauses: made.Scopes, Model: p.model}
	return c, nil
}

// done ends the processing after its last write. written says that there was a document to write, leaves that something is left of its last version.
func (p *process) done(ctx context.Context, err error, written, leaves bool) error {
	whole := context.WithoutCancel(ctx)
	switch {
	case err != nil:
		return err
	case !written:
		return p.withdraw(whole)
	case leaves:
		return erase(whole, p.by)
	}
	return nil
}

// clear erases what an interrupted attempt, or a file whose place this one has taken, has left of the passages.
func (p *process) clear(ctx context.Context) error {
	return p.by.Live.Rows.ErasePassages(ctx, p.document, p.made.Version)
}

// alone runs f, which stores something beside the document, under the writer's lock and only if the file still waits: nothing is stored after the
// document was deleted. In the context that f gets it can only change something while the worker holds the job.
func (p *process) alone(ctx context.Context, f func(context.Context) error) (err error) {
	lost := p.by.Live.Write(ctx, func(view *recall.View, at store.Position) (store.Position, error) {
		if _, ok := p.current(view); !ok {
			err = errReplaced
		} else {
			err = f(p.task.Holding(ctx))
		}
		return at, nil
	})
	return cmp.Or(lost, err)
}

// errVectors is returned for passages whose vectors would not fit to those of the Context.
var errVectors = fault.New(fault.Conflict, "", "the vectors of the Context have changed meanwhile")

var errReplaced = errors.New("the document was deleted, or another file has taken the place of this one")

// fail notes that the file cannot be processed, in one transaction that also ends the job.
func (p *process) fail(ctx context.Context, cause error, started time.Time) error {
	ending, code, reason := p.task.Failing(ctx, cause)
	ok := false
	err := p.by.Live.Write(ctx, func(view *recall.View, at store.Position) (store.Position, error) {
		var d record.Document
		if d, ok = p.current(view); !ok {
			return at, nil
		}
		next := *d.Next
		next.Job, next.Code, next.Reason = "", code, reason
		d.Next, d.StartedAt, d.UpdatedAt = &next, started, p.by.Now()
		list := []record.Document{d}
		return p.by.Live.ApplyDocuments(ending, store.Write{Library: &store.DocumentWrite{Documents: list}, Documents: list}, at)
	})
	return p.done(ctx, err, ok, false)
}

// withdraw erases the passages that were stored for a document which another process has deleted meanwhile.
func (p *process) withdraw(ctx context.Context) error {
	if _, there := p.by.Live.View.Load().Document(p.document); there || p.made.Version == 0 {
		return nil
	}
	return p.clear(ctx)
}

// erase erases what has been left behind, from the bytes of the store's file too.
func erase(ctx context.Context, by *gate.Call) (err error) {
	defer by.Live.Core.Erasing(ctx, by.Live.ID, &err)()
	return by.Live.Explain(ctx, by.Live.FinishPurges(ctx))
}
