package spectron

import (
	"context"
	"fmt"
	"io"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/ontology"
	"github.com/spectron-go/spectron/internal/transfer"
)

// ImportRequest says which Context to create, and from which export.
type ImportRequest struct {
	// ID is the id of the new Context. No Context with this id may exist.
	ID string
	// Spec describes the new Context. If its database exists already, it must be empty. An empty Description is taken from the
	// export.
	Spec ContextSpec
	// From reads what ExportContext wrote.
	From io.Reader
	// Access also imports the principals and their grants, with their whole history. The author of the export then decides what
	// the next access token may do. Without Access, create principals and keys again.
	Access bool
	// Events also imports the events of the exported Context, as the export states them.
	Events bool
	// Progress receives the number of rows that are stored by now; it may be nil. How many there will be is not known: an export is a stream.
	Progress func(rows int)
}

// Format exists for the same reason as the Format method of Config.
func (r ImportRequest) Format(f fmt.State, verb rune) {
	type plain ImportRequest
	_, _ = fmt.Fprintf(f, fmt.FormatString(f, verb), plain(r))
}

// Imported is the result of an import.
type Imported struct {
	Context *Context
	Rows    map[string]int // number of imported rows by table of the database
	LeftOut map[string]int // number of rows left out because ImportRequest.Access or Events was not set
}

// ImportContext creates a Context from an export that ExportContext wrote. The export may come from another kind of store and
// from an earlier version of this library. It is read as data; no statement in it is run. Each column of each row and the
// references between rows are checked. Rows that this library could not have written are refused with their line in the
// export. The slots of live facts are computed again. After an error, or when ctx ends between two reads of From, nothing is
// left behind.
//
// The clock of a Context never falls behind its stored times. Therefore a recording time that is more than a day ahead of
// Options.Clock is refused as well.
//
// An export does not show who wrote it, and everything that passes the checks is believed: import only exports that you trust.
//
// To move a Context to another namespace or database, export it, import it under a new id and the new names, change the
// programs, and delete the old Context.
//
// Codes: those of CreateContext; CodeInvalid if the input is not a complete, unaltered export of valid rows (Field "From";
// Detail has the line, the record and the column); CodeUnsupported for an export of a newer version.
func (m *Manager) ImportContext(ctx context.Context, req ImportRequest) (*Imported, error) {
	const op = "import context"
	return manageContext(ctx, &m.controlPlane, op, req.ID, func(ctx context.Context, c gate.ControlCall) (*Imported, error) {
		if req.From == nil {
			return nil, invalid(op, "From", "nil")
		}
		in, err := transfer.OpenImport(req.From, m.importRules(), req.Access, req.Events)
		if err != nil {
			return nil, err
		}
		in.Progress = req.Progress
		if req.Spec.Description == "" {
			req.Spec.Description = in.Description()
		}
		made, err := newContext(m.create(ctx, op, req.ID, req.Spec, in.Fill(ctx, c.Store.Now())))
		if err != nil {
			return nil, err
		}
		return &Imported{made, in.Rows, in.LeftOut}, nil
	})
}

// importRules returns the rules of this store for imported values. They are the same as for values that callers give.
func (m *Manager) importRules() transfer.Rules {
	return transfer.Rules{
		Now:       m.core.Now(),
		TextBytes: m.core.Opts.MaxText, ValueBytes: ingest.MaxValueBytes, NameBytes: input.MaxID,
		Text:   func(s string, limit int) error { return input.Text("", s, limit) },
		Labels: func(l []string) ([]string, error) { return input.Labels("", l) },
		Metadata: func(given map[string]any) error {
			if _, size, err := ingest.CopyMetadata(given); err != nil || size > ingest.MaxMetadata {
				return fmt.Errorf("%d bytes of JSON, or too deep", size)
			}
			return nil
		},
		Name:       func(s string) error { return input.Name("", s) },
		ExternalID: func(s string) error { return input.ExternalID("", s) },
		Ontology: func(document []byte) error {
			_, err := ontology.Decode(document)
			return err
		},
	}
}
