package documents

import (
	"context"
	"io"
	"slices"
	"strconv"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/jobs"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// Get returns a document. fault.NotFound: the caller sees no such document.
func Get(ctx context.Context, by *gate.Call, id string) (Document, error) {
	if err := input.ID("ID", id); err != nil {
		return Document{}, err
	}
	d, err := find(by, id)
	if err != nil {
		return Document{}, err
	}
	return state(ctx, by, d)
}

// At returns a document as it is now, if it was known at a point in time.
func At(ctx context.Context, by *gate.Call, id string, at recall.Point) (Document, error) {
	d, err := Get(ctx, by, id)
	if err == nil && !at.Known(d.CreatedAt) {
		return Document{}, fault.New(fault.NotFound, "ID", "no such document at that time")
	}
	return d, err
}

// Wait waits until a document has reached a final state. progress, unless nil, is called whenever it has changed.
func Wait(ctx context.Context, by *gate.Call, id string, progress func(Document)) (Document, error) {
	for {
		d, err := Get(ctx, by, id)
		if err != nil || d.Next == nil || d.Next.Job == "" || d.Status.Ended() {
			return d, err
		}
		report := func(j record.Job) {
			if progress != nil && !j.State.Ended() { // the document says how it has ended
				now := stateOf(d.Document, map[string]record.Job{j.ID: j})
				progress(now)
			}
		}
		still := func() (err error) { // whoever may not read it any more learns nothing more of it
			if by, err = by.Current(ctx); err == nil {
				_, err = find(by, id)
			}
			return err
		}
		if err := jobs.Ended(ctx, by.Live, d.Next.Job, still, report); err != nil {
			return d, err
		}
		if by, err = by.Current(ctx); err != nil {
			return d, err
		}
	}
}

// Selection selects documents.
type Selection struct {
	paging.Request
	Status    Status
	MediaType string
	Label     string
	Source    string
}

// List lists the documents that the caller sees, newest first.
func List(ctx context.Context, by *gate.Call, q Selection) (page paging.Page[Document], err error) {
	if q.Request, err = q.Checked(paging.Most); err != nil {
		return page, err
	}
	if q.Status != "" && !slices.Contains(Statuses(), q.Status) {
		return page, fault.Bad("Status", "unknown status %q", q.Status)
	}
	for field, text := range map[string]string{"MIMEType": q.MediaType, "Label": q.Label, "Source": q.Source} {
		if err := input.Text(field, text, record.MaxTitle); err != nil {
			return page, err
		}
	}
	after, ok := recall.ParsePlace(q.Cursor)
	if !ok {
		return page, fault.Bad("Cursor", "it is not from a page of documents")
	}
	view, skip := by.Live.View.Load(), q.Offset
	var found []Document
	err = q.each(ctx, by, view, after, func(d Document) bool {
		if skip > 0 {
			skip--
			return true
		}
		found = append(found, d)
		return len(found) <= q.Limit
	})
	if err != nil {
		return page, err
	}
	page = paging.Cut(found, q.Limit, func(d Document) string { return recall.PlaceOfDocument(d.Document).Cursor() })
	if q.WithTotal {
		err = q.each(ctx, by, view, recall.Place{}, func(Document) bool { page.Total++; return true })
	}
	return page, err
}

// examined is the number of documents whose states are read at a time.
const examined = 200

// each yields the documents of the selection after a place, newest first.
func (q Selection) each(ctx context.Context, by *gate.Call, view *recall.View, place recall.Place, yield func(Document) bool) error {
	for {
		var list []record.Document
		more := false
		view.EachDocument(reach(by), place, func(d record.Document) bool {
			place = recall.PlaceOfDocument(d)
			if q.matches(&d) {
				list = append(list, d)
			}
			more = len(list) == examined
			return !more
		})
		now, err := states(ctx, by, list)
		if err != nil {
			return err
		}
		for _, d := range now {
			if (q.Status == "" || d.Status == q.Status) && !yield(d) {
				return nil
			}
		}
		if !more {
			return nil
		}
	}
}

func (q Selection) matches(d *record.Document) bool {
	return (q.MediaType == "" || d.Newest().MediaType == q.MediaType) && (q.Source == "" || d.Source == q.Source) &&
		(q.Label == "" || slices.Contains(d.Labels, q.Label))
}

// mostPassages is the largest page of passages.
const mostPassages = 500

// Passages lists the passages of a document, in their order. A document that is not ready yet has none.
func Passages(by *gate.Call, id string, req paging.Request) (page paging.Page[record.Passage], err error) {
	if req, err = req.Checked(mostPassages); err != nil {
		return page, err
	}
	if err := input.ID("ID", id); err != nil {
		return page, err
	}
	if req.Cursor != "" { // the cursor is the position of the first passage
		if req.Offset, err = strconv.Atoi(req.Cursor); err != nil || req.Offset < 1 {
			return page, fault.Bad("Cursor", "it is not from a page of passages")
		}
	}
	d, err := find(by, id)
	if err != nil {
		return page, err
	}
	found := by.Live.View.Load().PassagesOf(d.ID, req.Offset, req.Limit+1)
	page = paging.Cut(found, req.Limit, func(p record.Passage) string { return strconv.Itoa(p.Position + 1) })
	if req.WithTotal {
		page.Total = d.Passages
	}
	return page, nil
}

// Raw opens the bytes of a document, as they were uploaded last. again is called before each further piece is read: it admits the caller anew.
func Raw(ctx context.Context, by *gate.Call, id string, again func() (*gate.Call, error)) (io.ReadCloser, error) {
	if err := input.ID("ID", id); err != nil {
		return nil, err
	}
	d, err := find(by, id)
	if err != nil {
		return nil, err
	}
	if d.Newest().Blob == "" {
		return nil, fault.New(fault.NotFound, "ID", "the bytes of the document are not kept, because the Context redacts personal data (pii_redaction_enabled)")
	}
	r := &rawReader{ctx: ctx, id: d.ID, file: d.Newest(), again: again}
	return r, r.fetch(by)
}

// rawReader reads the pieces of a file.
type rawReader struct {
	ctx   context.Context
	id    string
	file  record.File
	next  int // piece
	done  int64
	rest  []byte
	again func() (*gate.Call, error)
}

// fetch reads the next piece.
func (r *rawReader) fetch(by *gate.Call) error {
	d, err := find(by, r.id)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(d.Files(), func(f record.File) bool { return f.Blob == r.file.Blob }) {
		return fault.New(fault.Conflict, "", "another file has taken the place of this one meanwhile")
	}
	if r.rest, err = by.Live.Rows.Piece(r.ctx, r.file.Blob, r.next); err != nil {
		return by.Live.Explain(r.ctx, err)
	}
	r.next, r.done = r.next+1, r.done+int64(len(r.rest))
	return nil
}

func (r *rawReader) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		if r.done >= r.file.Size {
			return 0, io.EOF
		}
		by, err := r.again()
		if err != nil {
			return 0, err
		}
		defer by.Done()
		if err := r.fetch(by); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func (r *rawReader) Close() error {
	r.rest, r.done = nil, r.file.Size
	return nil
}
