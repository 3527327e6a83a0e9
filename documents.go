package spectron

import (
	"context"
	"io"
	"io/fs"
	"iter"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/documents"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/record"
)

// DocumentStatus says how far the processing of a document has come.
type DocumentStatus string

// The states, in their order. Only the last two are final.
const (
	DocumentQueued          = DocumentStatus(documents.Queued)     // it waits for a worker: see Options.Workers
	DocumentExtracting      = DocumentStatus(documents.Extracting) // its text is being read
	DocumentChunking        = DocumentStatus(documents.Chunking)   // the text is being split
	DocumentKeywording      = DocumentStatus(documents.Keywording) // the phrases that it is about are being looked for
	DocumentEmbedding       = DocumentStatus(documents.Embedding)
	DocumentExtractingNodes = DocumentStatus(documents.ExtractingNodes) // a model reads what it states
	DocumentStoring         = DocumentStatus(documents.Storing)
	DocumentReady           = DocumentStatus(documents.Ready)  // its passages are found
	DocumentFailed          = DocumentStatus(documents.Failed) // Document.Code and Reason say why
)

// Document is a file that was uploaded, with what was made of it.
type Document struct {
	ID          string         `json:"id"`    // "document:…"
	Title       string         `json:"title"` // that the uploader gave, or else that of the file, or its name; management keys do not get that of the file
	Source      string         `json:"source,omitempty"`
	Name        string         `json:"name,omitempty"` // of the file
	MIMEType    string         `json:"mimeType"`
	SizeBytes   int64          `json:"sizeBytes"`
	ContentHash string         `json:"contentHash"` // BLAKE3 of the bytes, in hexadecimal
	Status      DocumentStatus `json:"status"`
	Scopes      Scopes         `json:"scopes"` // the clauses that the caller may read
	Labels      []string       `json:"labels,omitempty"`
	ObservedAt  time.Time      `json:"observedAt,omitzero"` // when what it says held, if the uploader or the file says so
	// Version counts how often passages were made of it; 0: it has none yet. Chunks is their number.
	Version  int       `json:"version"`
	Chunks   int       `json:"chunks"`
	Facts    int       `json:"facts"`              // the number of live facts that the caller may read and that it tells; at most 1,000 for each clause of its scopes
	Keywords []Keyword `json:"keywords,omitempty"` // at most 5, the best first; none for management keys
	Links    []string  `json:"links,omitempty"`    // targets of the links in it, at most 1,000; none for management keys
	// Unread says which passages the model of the Context should have read for facts and has not, and why; "": none. Rules have read them.
	Unread string `json:"unread,omitempty"`
	// Code and Reason say why the last processing failed; empty if it did not. A document that was ready before stays ready.
	Code        Code      `json:"code,omitempty"`
	Reason      string    `json:"error,omitempty"`
	CreatedAt   time.Time `json:"createdAt,omitzero"`
	UpdatedAt   time.Time `json:"updatedAt,omitzero"`           // when its file or what was made of it last changed, not its scopes
	StartedAt   time.Time `json:"processingStartedAt,omitzero"` // of the last processing that has ended
	CompletedAt time.Time `json:"processingCompletedAt,omitzero"`
}

// Keyword is a phrase that a document is about, found with RAKE (Rose et al. 2010).
type Keyword struct {
	Text       string  `json:"text"`       // as the document has it
	Normalised string  `json:"normalised"` // the same for all spellings, in upper case
	Score      float64 `json:"score"`      // RAKE's: the sum over the words of degree divided by frequency
}

// Chunk is a passage of a document.
type Chunk struct {
	ID         string `json:"id"` // "chunk:…"
	DocumentID string `json:"document"`
	Position   int    `json:"position"`  // from 0
	CharStart  int    `json:"charStart"` // in the text of the document, in code points
	CharEnd    int    `json:"charEnd"`
	Text       string `json:"text"`
	Section    string `json:"section,omitempty"` // the headings above it, "Orders > Returns"
	// SectionPath are the same headings, outermost first.
	SectionPath []string `json:"sectionPath,omitempty"`
	Columns     string   `json:"columns,omitempty"` // the first line of the table that it continues: the names of its columns, if it has them
	Page        int      `json:"page,omitempty"`    // on which it begins, from 1; 0 if the document has no pages
	Tokens      int      `json:"tokenCount,omitempty"`
	// Repeats is the ID of an earlier chunk of the document that it nearly repeats; "" if there is none.
	Repeats string `json:"repeats,omitempty"`
	// Injections are the kinds of prompt injections that it looks like.
	Injections []InjectionKind `json:"injections,omitempty"`
}

// Documents are the documents of a Context: files that are split into passages, which Query and Memory.Recall find. What a document states becomes
// facts, as if a user had said it, but about third persons and things only: nobody speaks in a document. The facts are stored once for each clause of its
// scopes. Documents of stores from before there were such facts have them after Reprocess.
//
// A file is processed in the background: see Options.Workers and Documents.Wait. The work survives a restart of the program. Formats: plain text,
// Markdown, HTML, JSON, CSV, PDF, DOCX, EPUB, source code, e-mail (EML) and mailboxes (mbox).
type Documents struct{ documentRegistry }

// DocumentRegistry are the documents of a Context for a management key, which may upload and delete them but not read what they say: a Document
// has no Keywords and no Links, and the Name of its file instead of a title that only the file has.
type DocumentRegistry struct{ documentRegistry }

// documentRegistry has the methods that Documents and DocumentRegistry share.
type documentRegistry struct{ context *contextHandle }

// Documents returns the documents of the Context.
func (c *Context) Documents() *Documents {
	return &Documents{documentRegistry{&c.contextHandle}}
}

// Documents returns the documents of the Context.
func (c *ContextAdmin) Documents() *DocumentRegistry {
	return &DocumentRegistry{documentRegistry{&c.contextHandle}}
}

// UploadRequest describes a new document.
type UploadRequest struct {
	// Reader has the bytes. It is read to its end; a Closer is not closed. See DocumentsConfig.MaxBytes for the limit.
	Reader io.Reader
	// Name is the name of the file. Its end tells the format, unless MIMEType does. At most 1,024 bytes, like the other texts.
	Name     string
	MIMEType string
	Title    string // "": that of the file, or its Name
	Source   string // where it is from, for the caller's use: a URL, a path
	// Scopes are where it belongs. If empty: everything that the caller may write to, as one clause; for the operator {{"/"}}.
	Scopes Scopes
	Labels []string // at most 16
	// ObservedAt is when what it says held. Zero: the date in the file, or else the time of the upload.
	ObservedAt time.Time
	// Infer says whether facts are taken from the text: InferFull, the default, or InferNone. A fact is what the document states in the third person: "Alice
	// Smith works at Acme". Its Source names the document and the place in it. A duplicate is treated as the first upload was.
	Infer Infer
}

// Uploaded is the result of an upload.
type Uploaded struct {
	Document
	// Deduplicated says that there was a document with the same bytes already, which the caller may read: it is the Document. It belongs to the
	// Scopes of this upload too; the other fields are those of the first.
	Deduplicated bool `json:"deduplicated"`
}

// Upload stores a file, and returns before it is processed: see Wait. Plain text, Markdown, CSV and source code of at most 32 KiB are ready when it
// returns, if the store has no Options.Embedder and has Workers. Once it returns, neither a crash nor the end of ctx loses the document.
//
// CodeInvalid names the Field (an empty file: Reader); CodeTooLarge; CodeUnsupported lists the formats; CodeForbidden if the caller may not write
// to the scopes, or has the key of a supervisor, or of an agent without KeySpec.Upload.
func (d *documentRegistry) Upload(ctx context.Context, req UploadRequest) (*Uploaded, error) {
	return call(ctx, d.context, "upload document", func(ctx context.Context, by *gate.Call) (*Uploaded, error) {
		return one(newUploaded)(documents.Put(ctx, by, documents.Upload{
			File: documents.File{Name: req.Name, MediaType: req.MIMEType, Reader: req.Reader}, Title: req.Title, Source: req.Source,
			Scopes: req.Scopes, Labels: req.Labels, ObservedAt: req.ObservedAt, Infer: string(req.Infer),
		}))
	})
}

// FolderRequest describes the upload of a folder.
type FolderRequest struct {
	FS     fs.FS // such as os.DirFS("handbook")
	Scopes Scopes
	Labels []string
	Infer  Infer // as in UploadRequest
	// Skip reports whether a file is left out, by its path in the folder. Hidden files and folders always are.
	Skip func(name string) bool
	// Progress, unless nil, is called after each file.
	Progress func(FolderProgress)
}

// FolderProgress says how far the upload of a folder has come.
type FolderProgress struct {
	Name        string // of the file that was uploaded last
	Done, Total int    // numbers of files
}

// FolderUploaded is the result of an upload of a folder.
type FolderUploaded struct {
	Documents []Uploaded    `json:"documents"` // in the order of their names
	Skipped   []SkippedFile `json:"skipped,omitempty"`
}

// SkippedFile is a file that was not uploaded, with the reason.
type SkippedFile struct {
	Name   string `json:"name"`
	Reason string `json:"reason"` // the text of Err
	Err    error  `json:"-"`
}

// UploadFolder uploads the files of a folder and of the folders in it, in the order of their names. The Name of each is its path in the folder, so that
// links between the files are understood. A file that is refused by itself is skipped: of another format, empty, too large. Any other error ends
// the upload; the files before it stay uploaded, and are not uploaded twice if it is repeated.
func (d *documentRegistry) UploadFolder(ctx context.Context, req FolderRequest) (*FolderUploaded, error) {
	return call(ctx, d.context, "upload folder", func(ctx context.Context, by *gate.Call) (*FolderUploaded, error) {
		f := documents.Folder{FS: req.FS, Upload: documents.Upload{Scopes: req.Scopes, Labels: req.Labels, Infer: string(req.Infer)}, Skip: req.Skip}
		if req.Progress != nil {
			f.Progress = func(p documents.FolderProgress) { req.Progress(FolderProgress(p)) }
		}
		return one(newFolderUploaded)(documents.PutFolder(ctx, by, f))
	})
}

// Get returns a document. ErrNotFound: the caller may read no document with that id.
func (d *documentRegistry) Get(ctx context.Context, id string) (*Document, error) {
	return call(ctx, d.context, "get document", func(ctx context.Context, by *gate.Call) (*Document, error) {
		return one(newDocument)(documents.Get(ctx, by, id))
	})
}

// Wait waits until a document is ready or has failed, and returns it. progress, unless nil, is called whenever it has changed. The error is that
// of the waiting: ErrNotFound, ErrTimeout if ctx ends (the processing continues), ErrClosed. Document.Err returns that of the processing.
func (d *documentRegistry) Wait(ctx context.Context, id string, progress ...func(Document)) (*Document, error) {
	return call(ctx, d.context, "wait for document", func(ctx context.Context, by *gate.Call) (*Document, error) {
		return one(newDocument)(documents.Wait(ctx, by, id, func(now documents.Document) {
			for _, report := range progress {
				report(newDocument(now))
			}
		}))
	})
}

// Err returns why the document has failed, as an Error with its Code; nil if it has not.
func (d *Document) Err() error {
	if d.Status != DocumentFailed {
		return nil
	}
	return &Error{Op: "process document", Code: d.Code, Detail: d.Reason}
}

// DocumentList selects documents. Empty fields select all.
type DocumentList struct {
	Status   DocumentStatus
	MIMEType string
	Source   string
	Label    string
	// The page, as in PageRequest.
	Cursor    string
	Limit     int
	Offset    int
	WithTotal bool
}

// List lists documents, the newest first. A document uploaded meanwhile appears before the first page. ErrInvalid and ErrTooLarge with the Field.
func (d *documentRegistry) List(ctx context.Context, q DocumentList) (Page[Document], error) {
	return call(ctx, d.context, "list documents", func(ctx context.Context, by *gate.Call) (Page[Document], error) {
		return page(newDocument)(documents.List(ctx, by, documents.Selection{
			Request: paging.Request(q.page()), Status: documents.Status(q.Status), MediaType: q.MIMEType, Source: q.Source, Label: q.Label,
		}))
	})
}

// All iterates over the documents, starting at the requested page. It stops after the first error: see PageRequest.
func (d *documentRegistry) All(ctx context.Context, q DocumentList) iter.Seq2[Document, error] {
	return all(ctx, q, d.List)
}

func (q DocumentList) page() PageRequest {
	return PageRequest{q.Cursor, q.Limit, q.Offset, q.WithTotal}
}

func (q DocumentList) at(p PageRequest) DocumentList {
	q.Cursor, q.Limit, q.Offset, q.WithTotal = p.Cursor, p.Limit, p.Offset, p.WithTotal
	return q
}

// Delete removes a document with its bytes, its chunks and the facts that no other document or turn tells, also those of its earlier versions. In scopes
// that the caller may not read it stays. Once Delete has returned, no byte of the
// store's file holds them: see ScopeTree.Forget. ErrNotFound; ErrForbidden: the caller lacks memory:forget somewhere where it may read the document.
func (d *documentRegistry) Delete(ctx context.Context, id string) error {
	return do(ctx, d.context, "delete document", func(ctx context.Context, by *gate.Call) error { return documents.Delete(ctx, by, id) })
}

// ReprocessRequest has a new file for a document. The zero value processes the bytes that it has.
type ReprocessRequest struct {
	Reader   io.Reader
	Name     string // "": that of the file before
	MIMEType string
}

// Reprocess processes a document again, and returns before that is done: see Wait. Its chunks serve until those of the new version take their
// place, at once, and so do its facts: those that the new version does not tell are closed and stay in the history. If it fails, all stays, and
// Document.Reason says why. A document that is being processed from the bytes that it has is not begun
// again. Errors are those of Upload; ErrNotFound; ErrForbidden also if it belongs to scopes that the caller may not read or write.
func (d *documentRegistry) Reprocess(ctx context.Context, id string, req ReprocessRequest) (*Document, error) {
	return call(ctx, d.context, "reprocess document", func(ctx context.Context, by *gate.Call) (*Document, error) {
		return one(newDocument)(documents.Reprocess(ctx, by, id, documents.File{Name: req.Name, MediaType: req.MIMEType, Reader: req.Reader}))
	})
}

// Raw opens the bytes of a document, as they were uploaded last. The permissions of the caller are checked for each further MiB. Reading fails when
// ctx ends. ErrNotFound: the caller may read no document with that id, or its bytes are not kept (see Config.PIIRedaction).
func (d *Documents) Raw(ctx context.Context, id string) (io.ReadCloser, error) {
	return callMemory(ctx, d.context, "raw document", func(ctx context.Context, by *gate.Call) (io.ReadCloser, error) {
		const op = "raw document"
		r, err := documents.Raw(ctx, by, id, func() (*gate.Call, error) { return d.context.handle().Authorize(ctx, op) })
		if err != nil {
			return nil, err
		}
		return rawReader{r, op}, nil
	})
}

// rawReader reads bytes, and converts the errors of reading.
type rawReader struct {
	io.ReadCloser
	op string
}

func (r rawReader) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	if err != nil && err != io.EOF {
		err = fail(r.op, err)
	}
	return n, err
}

// ChunkQuery selects a page of chunks. All fields but the first are those of PageRequest.
type ChunkQuery struct {
	DocumentID string // with or without "document:"
	Cursor     string
	Limit      int // 0: 100, at most 500
	Offset     int // the Position of the first chunk
	WithTotal  bool
}

// Chunks lists the chunks of a document, in their order. A document without a version has none. ErrNotFound; ErrInvalid and ErrTooLarge with the
// Field.
func (d *Documents) Chunks(ctx context.Context, q ChunkQuery) (Page[Chunk], error) {
	return callMemory(ctx, d.context, "chunks", func(_ context.Context, by *gate.Call) (Page[Chunk], error) {
		return page(newChunk)(documents.Passages(by, q.DocumentID, paging.Request(q.page())))
	})
}

// AllChunks iterates over the chunks of a document, starting at the requested page. It stops after the first error: see PageRequest.
func (d *Documents) AllChunks(ctx context.Context, q ChunkQuery) iter.Seq2[Chunk, error] {
	return all(ctx, q, d.Chunks)
}

func (q ChunkQuery) page() PageRequest { return PageRequest{q.Cursor, q.Limit, q.Offset, q.WithTotal} }

func (q ChunkQuery) at(p PageRequest) ChunkQuery {
	return ChunkQuery{q.DocumentID, p.Cursor, p.Limit, p.Offset, p.WithTotal}
}

func newUploaded(u documents.Uploaded) Uploaded {
	return Uploaded{newDocument(u.Document), u.Deduplicated}
}

func newFolderUploaded(f documents.Folded) FolderUploaded {
	return FolderUploaded{append([]Uploaded{}, each(f.Uploaded, newUploaded)...), each(f.Skipped, func(s documents.Skipped) SkippedFile {
		err := fail("upload folder", s.Err)
		return SkippedFile{s.Name, err.Error(), err}
	})}
}

func newDocument(d documents.Document) Document {
	return Document{
		ID: d.ID, Title: d.Title, Source: d.Source, Name: d.Newest().Name, MIMEType: d.Newest().MediaType, SizeBytes: d.Newest().Size, ContentHash: d.Newest().Hash,
		Status: DocumentStatus(d.Status), Scopes: newScopes(d.Scopes), Labels: d.Labels, ObservedAt: d.ObservedAt, Version: d.Version, Chunks: d.Passages, Facts: d.Facts, Unread: d.Unread,
		Keywords: each(d.Document.Keywords, newKeyword), Links: d.Links, Code: Code(d.Code), Reason: d.Reason,
		CreatedAt: d.CreatedAt, UpdatedAt: d.UpdatedAt, StartedAt: d.StartedAt, CompletedAt: d.CompletedAt,
	}
}

func sectionText(path []string) string { return strings.Join(path, record.SectionSeparator) }

func newKeyword(k record.Keyword) Keyword { return Keyword{k.Text, k.Normalised, k.Score} }

func newChunk(p record.Passage) Chunk {
	c := Chunk{
		ID: p.ID, DocumentID: p.Document, Position: p.Position, CharStart: p.Start, CharEnd: p.End, Text: p.Text, Section: sectionText(p.Section), SectionPath: p.Section,
		Columns: p.Columns, Page: p.Page, Tokens: p.Tokens, Injections: each(p.Findings, func(kind string) InjectionKind { return InjectionKind(kind) }),
	}
	if p.Repeats > 0 {
		c.Repeats = documents.PassageID(p, p.Repeats-1)
	}
	return c
}

// Ended reports whether the state is final.
func (s DocumentStatus) Ended() bool { return documents.Status(s).Ended() }
