package live

import (
	"context"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/ontology"
	"github.com/spectron-go/spectron/internal/store"
)

// Ontology returns the vocabulary that the Context declares; nil: none. It is cached until it changes. fault.Unsupported: a later version
// of this library stored it.
func (s *Context) Ontology(ctx context.Context) (*ontology.Terms, error) {
	return s.Access.ontology.GetOrRead(store.OntologyRecord, func() (*ontology.Terms, error) {
		v, err := ontology.Current(ctx, s.Rows)
		switch {
		case fault.Is(err, fault.NotFound):
			return nil, nil
		case err != nil:
			return nil, err
		}
		return ontology.NewTerms(v.Spec), nil
	})
}
