package spectron

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/fxamacker/cbor/v2"

	"github.com/spectron-go/spectron/internal/dump"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// maxImportRow bounds one row of an export, as text: that of the longest turn, with escapes.
const maxImportRow = 48 << 20

// ImportRequest says what to make a Context of.
type ImportRequest struct {
	// ID is the Context to make; it must not exist.
	ID string
	// Spec is what to make it with. Its database, if there is one, must be empty. Without a Description it gets that of the export.
	Spec ContextSpec
	// From is what ExportContext wrote.
	From io.Reader
	// Access takes over the principals with their grants, as far back as they go. Whoever wrote the export then decides what
	// the next access token may do. Without it, keys and principals are made anew.
	Access bool
	// Events takes over what is on record: who did what in the exported Context, as the export has it.
	Events bool
}

// Format is there for the same reason as that of Config.
func (r ImportRequest) Format(f fmt.State, verb rune) {
	type plain ImportRequest
	_, _ = fmt.Fprintf(f, fmt.FormatString(f, verb), plain(r))
}

// Imported is a Context that was made of an export.
type Imported struct {
	Context *Context
	Rows    map[string]int // that were taken, by table of the database
	LeftOut map[string]int // that were not, for want of ImportRequest.Access or Events
}

// ImportContext makes a Context of what ExportContext wrote, which may come from another kind of store and from an
// earlier version of this library. Nothing in it is run: it is read as data. Each column of each row is checked, and how the
// rows belong together: what this library could not have written is refused, with its line in the export. The slots that
// facts fill are worked out anew. A failure on the way, and the end of ctx between two reads of From, leave nothing behind.
//
// The clock of a Context does not go back behind what is stored in it. So a time of storing that is more than a day ahead of
// Options.Clock is refused as well.
//
// An export tells nothing of who wrote it. Of what could have been written here, all is believed: import what you trust.
//
// To move a Context to another namespace or database, export it, import it under a new id and the new names, change
// the programs, and delete the old one.
//
// Codes: those of CreateContext; CodeInvalid for what is not a whole, unaltered export of rows that can be (Field "From";
// Detail has the line, the record and the column); CodeUnsupported for one of a newer version.
func (m *Manager) ImportContext(ctx context.Context, req ImportRequest) (*Imported, error) {
	const op = "import context"
	if err := m.admitOperator(ctx, op); err != nil {
		return nil, err
	}
	defer m.core.Done()
	if req.From == nil {
		return nil, invalid(op, "From", "nil")
	}
	in, err := m.openImport(op, req)
	if err != nil {
		return nil, err
	}
	if req.Spec.Description == "" {
		req.Spec.Description = in.reader.Header().Description
	}
	c, err := m.create(ctx, op, req.ID, req.Spec, func(conn surreal.Conn, held lease) error {
		return in.run(ctx, conn, m.core.Now(), held)
	})
	if err != nil {
		return nil, err
	}
	in.out.Context = c
	return in.out, nil
}

// importing is an import on its way.
type importing struct {
	op     string
	req    ImportRequest
	reader *dump.Reader
	check  *store.Import
	out    *Imported
}

// openImport reads the header.
func (m *Manager) openImport(op string, req ImportRequest) (*importing, error) {
	kinds := map[string]dump.Kind{}
	for _, t := range store.Tables() {
		kinds[t.Name] = dumpKind(t)
	}
	reader, err := dump.NewReader(req.From, dump.Limits{Tables: kinds, RowBytes: maxImportRow})
	if err != nil {
		return nil, failImport(op, err)
	}
	version, latest := reader.Header().Schema, schema.Context().Version()
	switch {
	case version > latest:
		return nil, &Error{Op: op, Code: CodeUnsupported, Field: "From",
			Detail: fmt.Sprintf("the export has schema version %d, this library knows %d: use a newer one", version, latest)}
	case version < 1:
		return nil, invalid(op, "From", "the export has no schema version")
	}
	return &importing{op, req, reader, store.NewImport(m.importRules(op), version), &Imported{Rows: map[string]int{}, LeftOut: map[string]int{}}}, nil
}

// run checks and stores the rows.
func (i *importing) run(ctx context.Context, conn surreal.Conn, now time.Time, held lease) error {
	// The rows go into the schema that they were written under, and are brought up to date with it.
	err := schema.Context().Through(i.reader.Header().Schema).Apply(ctx, conn, now)
	if errors.Is(err, schema.ErrNewer) {
		return &Error{Op: i.op, Code: CodeAlreadyExists, Field: "Database", Detail: "the database has a newer schema than the export; import into one that is not there"}
	}
	if err != nil {
		return err
	}
	return i.each(func(t store.Table, rows []cbor.RawMessage) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := held.renew(ctx); err != nil {
			return err
		}
		return store.Insert(ctx, conn, t, rows)
	})
}

// each calls f with the rows that the request wants, once they are checked. Only when it returns nil is the export whole.
func (i *importing) each(f func(store.Table, []cbor.RawMessage) error) error {
	tables := map[string]store.Table{}
	for _, t := range store.Tables() {
		tables[t.Name] = t
	}
	for {
		batch, err := i.reader.Next()
		if errors.Is(err, io.EOF) {
			return failImport(i.op, i.check.End())
		}
		if err != nil {
			return failImport(i.op, err)
		}
		t := tables[batch.Table]
		if !i.takes(t) {
			i.out.LeftOut[t.Name] += len(batch.Rows)
			continue
		}
		rows, err := i.check.Check(t.Name, batch.Rows, batch.Lines)
		if err == nil {
			err = f(t, rows)
		}
		if err != nil {
			return failImport(i.op, err)
		}
		i.out.Rows[t.Name] += len(rows)
	}
}

// takes reports whether the request wants the rows of a table.
func (i *importing) takes(t store.Table) bool {
	switch t.About {
	case store.Permissions:
		return i.req.Access
	case store.Events:
		return i.req.Events
	}
	return true
}

// importRules are the rules of this store for what comes from elsewhere: those for what callers give.
func (m *Manager) importRules(op string) store.Rules {
	return store.Rules{
		Now:       m.core.Now(),
		TextBytes: m.core.Opts.MaxText, ValueBytes: maxValueBytes, NameBytes: maxNameBytes,
		Text:   func(s string, limit int) error { return reason(checkText(op, "", s, limit)) },
		Labels: func(l []string) ([]string, error) { out, err := checkLabels(op, "", l); return out, reason(err) },
		Metadata: func(given map[string]any) error {
			if _, size, err := copyMetadata(given); err != nil || size > maxMetadata {
				return fmt.Errorf("%d bytes of JSON, or too deep", size)
			}
			return nil
		},
		Name:       func(s string) error { return reason(checkName(op, "", s)) },
		ExternalID: func(s string) error { return reason(checkExternalID(op, "", s)) },
		Ontology: func(document []byte) error {
			_, err := decodeOntology(document)
			return reason(err)
		},
	}
}

// reason is an Error without its operation, which the import has already.
func reason(err error) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	inner := *e
	inner.Op = ""
	return &inner
}

// failImport tells what is wrong with an export from a reader or a database that failed.
func failImport(op string, err error) error {
	var syntax *dump.SyntaxError
	var format *dump.FormatError
	var row *store.RowError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &format):
		return &Error{Op: op, Code: CodeUnsupported, Field: "From", Detail: "use a newer version of this library", Err: err}
	case errors.As(err, &row):
		return &Error{Op: op, Code: CodeInvalid, Field: "From", Detail: row.Error()}
	case errors.As(err, &syntax), errors.Is(err, dump.ErrNotExport), errors.Is(err, dump.ErrTruncated),
		errors.Is(err, dump.ErrAltered), errors.Is(err, surreal.ErrAlreadyExists):
		return &Error{Op: op, Code: CodeInvalid, Field: "From", Err: err}
	}
	return fail(op, err)
}
