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
	return manageContext(ctx, &m.controlPlane, op, req.ID, func(ctx context.Context, c gate.ControlCall) (*Imported, error) {
		if req.From == nil {
			return nil, invalid(op, "From", "nil")
		}
		in, err := transfer.OpenImport(req.From, m.importRules(), req.Access, req.Events)
		if err != nil {
			return nil, err
		}
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

// importRules are the rules of this store for what comes from elsewhere: those for what callers give.
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
