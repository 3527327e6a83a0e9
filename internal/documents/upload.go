package documents

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/zeebo/blake3"

	"github.com/spectron-go/spectron/internal/access"
	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/jobs"
	"github.com/spectron-go/spectron/internal/parse"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// File is a file that a caller uploads.
type File struct {
	Name      string
	MediaType string // as the caller declares it; "": it does not
	Reader    io.Reader
}

// Upload is a new document. UploadRequest of package spectron documents the fields.
type Upload struct {
	File
	Title, Source string
	Scopes        [][]string
	Labels        []string
	ObservedAt    time.Time
	Infer         string // which facts are taken from it: those of ingest.Full, which is the default, or of ingest.None
}

// Uploaded is the result of an upload.
type Uploaded struct {
	Document
	Deduplicated bool // the caller already saw a document with the same bytes
}

// KindProcess is the kind of the jobs that process documents.
const KindProcess = "document"

// form is the version of their payloads.
const form = 1

// processing is the payload of such a job. It has no name or text of a document.
type processing struct {
	Document string `json:"document"`
	Blob     string `json:"blob"`
}

// Put stores a file as a new document. In the same transaction it stores a job that processes it or, if that takes a moment only, its passages. A
// document with the same bytes that the caller sees is not stored again: it gets the scopes of this one too. A document that the caller does not see takes
// no part: nothing tells that it exists.
func Put(ctx context.Context, by *gate.Call, req Upload) (out Uploaded, err error) {
	set, err := req.check(ctx, by)
	if err != nil {
		return out, err
	}
	file, small, err := take(ctx, by, req.File)
	if err != nil {
		return out, err
	}
	kept := false
	if small == nil {
		defer func() { discard(ctx, by, file.Blob, &kept) }()
	}
	now := by.Now()
	d := record.Document{
		ID: by.Live.Core.NewID(store.TableDocument), File: file, Title: req.Title, Titled: req.Title != "", Source: req.Source, Scopes: set, Labels: req.Labels,
		ObservedAt: req.ObservedAt.UTC(), Dated: !req.ObservedAt.IsZero(), Silent: req.Infer == string(ingest.None), Principal: by.Principal.ID, CreatedAt: now, UpdatedAt: now,
	}
	made, err := atOnce(ctx, by, d, small)
	if err != nil {
		return out, err
	}
	if out, err = put(ctx, by, d, small, made, &kept); errors.Is(err, errVectors) {
		out, err = put(ctx, by, d, small, nil, &kept)
	}
	return out, err
}

// atOnceBytes is the size up to which a file is processed while its caller waits.
const atOnceBytes = 32 << 10

// simple are the formats whose text takes a moment to read.
var simple = []parse.Format{parse.PlainText, parse.Markdown, parse.CSV, parse.SourceCode}

// atOnce makes the passages of a small file of a simple format, if no other program is needed for that. nil: a job has to do it, and says why if that
// fails.
func atOnce(ctx context.Context, by *gate.Call, d record.Document, small []byte) (*maker, error) {
	if len(small) == 0 || len(small) > atOnceBytes || !slices.Contains(simple, parse.Format(d.MediaType)) || by.Live.Core.StoresVectors || !jobs.Of(by.Live.Core).Works() {
		return nil, nil
	}
	if _, same := duplicate(by, by.Live.View.Load(), d.Hash); same {
		return nil, nil
	}
	if !by.Live.Core.Opts.Extractor.Quick() || ingest.ModelReads(ctx, by, &d) {
		return nil, nil
	}
	m := &maker{by: by, stage: func(Status, int, int) {}}
	d.Next = &record.NextFile{File: d.File}
	if err := m.make(ctx, d, bytes.NewReader(small)); err != nil {
		return nil, ctx.Err()
	}
	if len(m.passages) > storedWithin {
		return nil, nil
	}
	now := by.Now()
	m.made.StartedAt, m.made.CompletedAt, m.made.UpdatedAt = d.CreatedAt, now, now
	return m, nil
}

// put stores a new document: with the passages that were made, or with a job that makes them.
func put(ctx context.Context, by *gate.Call, d record.Document, small []byte, made *maker, kept *bool) (out Uploaded, err error) {
	u := &uploading{by: by, document: d, small: small, made: made}
	if made == nil {
		if u.job, err = newJob(ctx, by, d.ID, d.File); err != nil {
			return out, err
		}
		defer u.job.end(&err)
	}
	if made != nil {
		out, err = ingest.Tell(ctx, by, u.change)
	} else {
		out, err = u.queue(ctx)
	}
	*kept = !out.Deduplicated && (err == nil || errors.Is(err, surreal.ErrLost))
	if err != nil {
		return Uploaded{}, by.Live.Explain(ctx, err)
	}
	if out.Deduplicated && out.Next != nil { // an earlier upload of these bytes may have failed
		next := state
		if changes(by, out.Document.Document) {
			next = again
		}
		if out.Document, err = next(ctx, by, out.Document.Document); err != nil {
			return Uploaded{}, err
		}
		return out, nil
	}
	// A new document waits or is ready: nobody has to be asked.
	known := map[string]record.Job{}
	if u.job != nil {
		known[u.job.ID] = u.job.Job
	}
	out.Document = described(by, stateOf(shown(by, out.Document.Document), known))
	return out, nil
}

// uploading is the write of an upload.
type uploading struct {
	by       *gate.Call
	document record.Document
	small    []byte // its bytes; nil: they are stored as an upload
	made     *maker // its passages; nil: the job makes them
	job      *work
}

// change plans the write. It does nothing else, so that it may run several times.
func (u *uploading) change(ctx context.Context) (c ingest.DocumentChange, out Uploaded, err error) {
	by, d := u.by, u.document
	if err := by.Recheck(ctx); err != nil {
		return c, out, err
	}
	registered, err := access.MissingScopes(ctx, by, "Scopes", d.Scopes)
	if err != nil {
		return c, out, err
	}
	view := by.Live.View.Load()
	if same, ok := duplicate(by, view, d.Hash); ok {
		c, out = u.share(view, same)
	} else if c, out, err = u.create(); err != nil {
		return c, out, err
	}
	if len(registered) > 0 && c.Library != nil {
		c.Registered, c.Events = registered, append(c.Events, access.Registered(by, registered))
	}
	return c, out, nil
}

// share plans to add the scopes to a document with the same bytes.
func (u *uploading) share(view *recall.View, same record.Document) (c ingest.DocumentChange, out Uploaded) {
	out = Uploaded{Document: Document{Document: same}, Deduplicated: true}
	out.Scopes = same.Scopes.With(u.document.Scopes)
	added := without(out.Scopes, same.Scopes)
	if len(added) == 0 {
		return c, out
	}
	// No time changes: it would tell those who do not read the new scopes.
	c.Documents = []record.Document{out.Document.Document}
	c.Library = &store.DocumentWrite{Documents: c.Documents}
	c.Events = []record.Event{event(u.by, record.ActionDocumentShared, same.ID, u.document.Scopes)}
	if same.Version > 0 { // otherwise it tells all clauses when it becomes ready
		c.Told = &ingest.Told{Document: out.Document.Document, Passages: view.PassagesOf(same.ID, 0, same.Passages), Clauses: added}
	}
	return c, out
}

// create plans a new document.
func (u *uploading) create() (c ingest.DocumentChange, out Uploaded, err error) {
	out.Document.Document = u.document
	if u.made == nil {
		out.Next = &record.NextFile{File: u.document.File, Job: u.job.ID}
		c.Documents = []record.Document{out.Document.Document}
		c.Library = &store.DocumentWrite{Documents: c.Documents}
	} else {
		if c, err = u.made.change(u.made.made); err != nil {
			return c, out, err
		}
		out.Document.Document, c.Library.Passages = u.made.made, u.made.stored()
	}
	if out.Newest().Blob != "" {
		c.Library.Bytes = u.small
	}
	if u.small == nil {
		c.Library.Uploaded = u.document.Blob
	}
	c.Events = []record.Event{event(u.by, record.ActionDocumentUploaded, u.document.ID, u.document.Scopes)}
	return c, out, nil
}

// errUnshared says that the document with the same bytes was deleted meanwhile.
var errUnshared = errors.New("there is no document with these bytes any more")

// queue stores a document with its job. If there is one with the same bytes already, it shares that, with what it tells: the job, which is stored
// with the transaction that uses it, is not needed then.
func (u *uploading) queue(ctx context.Context) (out Uploaded, err error) {
	for range store.Replans.Attempts {
		shares := false
		err = u.by.Live.Write(ctx, func(_ *recall.View, at store.Position) (store.Position, error) {
			c, planned, err := u.change(ctx)
			out = planned
			if shares = c.Told != nil; err != nil || c.Library == nil || shares {
				return at, err
			}
			within := ctx
			if !planned.Deduplicated {
				within = u.job.within()
			}
			return u.by.Live.ApplyDocuments(within, c.Write, at)
		})
		if err != nil || !shares {
			return out, err
		}
		out, err = ingest.Tell(ctx, u.by, func(ctx context.Context) (ingest.DocumentChange, Uploaded, error) {
			c, planned, err := u.change(ctx)
			if err == nil && !planned.Deduplicated {
				err = errUnshared
			}
			return c, planned, err
		})
		if !errors.Is(err, errUnshared) {
			return out, err
		}
	}
	return out, store.ErrStale
}

// check validates an upload, and returns the scopes of the document. It refuses a caller that may not upload there.
func (u *Upload) check(ctx context.Context, by *gate.Call) (set record.ScopeSet, err error) {
	if err := mayUpload(ctx, by); err != nil {
		return nil, err
	}
	for _, t := range []struct {
		field string
		text  *string
	}{{"Name", &u.Name}, {"Title", &u.Title}, {"Source", &u.Source}, {"MIMEType", &u.MediaType}} {
		if err := input.Text(t.field, *t.text, record.MaxTitle); err != nil {
			return nil, err
		}
		*t.text = strings.TrimSpace(*t.text)
	}
	redactFields(by, &u.Name, &u.Title, &u.Source)
	if u.Labels, err = input.Labels("Labels", u.Labels); err != nil {
		return nil, err
	}
	if err := input.Time("ObservedAt", u.ObservedAt); err != nil {
		return nil, err
	}
	if i := ingest.Infer(u.Infer); i != "" && i != ingest.Full && i != ingest.None {
		return nil, fault.Bad("Infer", "%q; documents have %q and %q", u.Infer, ingest.Full, ingest.None)
	}
	if u.Reader == nil {
		return nil, fault.Bad("Reader", "nil; it has the bytes of the document")
	}
	if set, err = scope.ParseSet(u.Scopes); err != nil {
		return nil, fault.Wrap(fault.Invalid, "Scopes", err)
	}
	if manages(by) {
		if len(set) == 0 {
			set = record.ScopeSet{{scope.Root}}
		}
		return set, nil
	}
	if len(set) == 0 {
		if set, err = access.WriteScopes(ctx, by, "Scopes"); err != nil {
			return nil, err
		}
	}
	return set, by.Require(ctx, "Scopes", authz.MemoryWrite, set)
}

// mayUpload refuses the keys of agents and supervisors that may not upload.
func mayUpload(ctx context.Context, by *gate.Call) error {
	if by.Key == nil || by.Key.Preset == "" || by.Key.Upload {
		return nil
	}
	return by.Deny(ctx, gate.Denial{Verb: authz.MemoryWrite, Detail: "this key may not upload documents: use a management key, or the key of an agent with KeySpec.Upload"})
}

func event(by *gate.Call, action, id string, set record.ScopeSet) record.Event {
	e := by.Event(action)
	e.Target, e.Paths = id, scope.PathsOf(set)
	return e
}

// duplicate returns the oldest document with the same bytes that the caller sees. Its passages are of these bytes too: readers of the scopes that it
// joins must not find what was uploaded elsewhere before.
func duplicate(by *gate.Call, view *recall.View, hash string) (record.Document, bool) {
	for _, d := range view.DocumentsWith(hash) {
		if len(seen(by, d.Scopes)) > 0 && d.Newest().Hash == hash && d.Hash == hash {
			return d, true
		}
	}
	return record.Document{}, false
}

// take reads a file. The bytes of a small file are returned, those of others stored as an upload.
func take(ctx context.Context, by *gate.Call, f File) (file record.File, small []byte, err error) {
	most := by.Live.Settings.Load().MaxDocument
	r := &bounded{Reader: f.Reader, left: most}
	first, err := piece(r)
	if err != nil {
		return file, nil, r.explain(ctx, err, most)
	}
	if len(first) == 0 {
		return file, nil, fault.Bad("Reader", "the file is empty")
	}
	format, err := parse.Detect(f.MediaType, f.Name, first[:min(len(first), headBytes)])
	if err != nil {
		return file, nil, &fault.Error{Code: fault.Unsupported, Field: "MIMEType", Detail: err.Error()}
	}
	file = record.File{Name: f.Name, MediaType: string(format), Blob: by.Live.Core.Opts.NewID(), Uploaded: by.Now()}
	sum := blake3.New()
	add := func(b []byte) {
		_, _ = sum.Write(b) // a hash has no errors
		file.Size += int64(len(b))
	}
	add(first)
	end := func() { file.Hash = hex.EncodeToString(sum.Sum(nil)) }
	next, err := piece(r)
	if err != nil {
		return file, nil, r.explain(ctx, err, most)
	}
	if len(next) == 0 {
		end()
		return file, first, nil
	}
	rows := by.Live.Rows
	kept := false
	defer func() { discard(ctx, by, file.Blob, &kept) }()
	if err := rows.BeginUpload(ctx, file.Blob, by.Now()); err != nil {
		return file, nil, by.Live.Explain(ctx, err)
	}
	for n, b := 0, first; len(b) > 0; n++ {
		if err := rows.PutPiece(ctx, file.Blob, n, b); err != nil {
			return file, nil, by.Live.Explain(ctx, err)
		}
		if b = next; len(b) == 0 {
			break
		}
		add(b)
		if next, err = piece(r); err != nil {
			return file, nil, r.explain(ctx, err, most)
		}
	}
	end()
	kept = true
	return file, nil, nil
}

// headBytes is what parse.Detect sees of a file.
const headBytes = 8 << 10

// piece reads the next piece of a file; none at its end.
func piece(r io.Reader) ([]byte, error) {
	b := make([]byte, store.PieceBytes)
	n, err := io.ReadFull(r, b)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return b[:n:n], err
}

// bounded reads at most as many bytes as are left.
type bounded struct {
	io.Reader
	left int64
}

var errTooLong = errors.New("the file is too large")

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errTooLong
	}
	return n, err
}

// explain returns the fault of an error of reading.
func (b *bounded) explain(ctx context.Context, err error, most int64) error {
	switch {
	case errors.Is(err, errTooLong):
		return fault.New(fault.TooLarge, "Reader", "more than %d bytes, which is the documents.max_bytes of the Context", most)
	case ctx.Err() != nil:
		return err
	}
	return &fault.Error{Code: fault.Invalid, Field: "Reader", Detail: "the file could not be read", Err: err}
}

// discard removes an upload that was not kept.
func discard(ctx context.Context, by *gate.Call, blob string, kept *bool) {
	if *kept {
		return
	}
	whole := context.WithoutCancel(ctx)
	if err := by.Live.Rows.DropUpload(whole, blob); err != nil {
		by.Live.Log(whole, slog.LevelWarn, "Bytes of a file that was not stored could not be removed and are removed later", surreal.Cause(err))
	}
}

// work is a job that is stored with a write.
type work struct {
	record.Job
	ctx    context.Context
	stored func(error)
	used   bool
}

// newJob prepares the job that processes a file.
func newJob(ctx context.Context, by *gate.Call, document string, file record.File) (*work, error) {
	within, j, stored, err := jobs.With(ctx, by, jobs.Spec{Kind: KindProcess, Form: form, Payload: processing{document, file.Blob}})
	if err != nil {
		return nil, by.Live.Explain(ctx, err)
	}
	return &work{Job: j, ctx: within, stored: stored}, nil
}

// within returns the context for the write.
func (w *work) within() context.Context {
	w.used = true
	return w.ctx
}

// end is called when the write has succeeded or failed, or was not made.
func (w *work) end(err *error) {
	if !w.used {
		w.stored(jobs.ErrUnused)
		return
	}
	w.stored(*err)
}
