package spectron

import (
	"context"
	"errors"
	"fmt"

	"github.com/tmc/langchaingo/llms"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/live"
)

// ModelResolver makes the models that Contexts configure in Config.Models. providers.Default() is one for the common providers. It must be
// safe for concurrent use.
type ModelResolver interface {
	// ResolveModel returns the model. It must not call the provider: it is called when a Context is configured, so that a model that
	// cannot work is refused there, and before the first use with a new configuration. Its error is shown to whoever configures the
	// Context and must not contain the key. If it is an *Error, its Field and Detail are kept.
	ResolveModel(ctx context.Context, spec ModelSpec) (llms.Model, error)
}

// ModelSpec says which model a ModelResolver makes.
type ModelSpec struct {
	ContextID string
	Stage     Stage  // what the model is for
	Model     Model  // provider and name
	Key       Secret // the API key that the Context configures for the provider; "": none
}

// Format exists for the same reason as the Format method of Config.
func (s ModelSpec) Format(f fmt.State, verb rune) {
	type plain ModelSpec
	_, _ = fmt.Fprintf(f, fmt.FormatString(f, verb), plain(s))
}

// resolver adapts a ModelResolver to the inner packages.
type resolver struct{ models ModelResolver }

func (r resolver) Resolve(ctx context.Context, s live.ModelSpec) (llms.Model, error) {
	made, err := r.models.ResolveModel(ctx, ModelSpec{ContextID: s.Context, Stage: Stage(s.Stage), Model: Model(s.Model), Key: Secret(s.Key)})
	var own *Error
	if errors.As(err, &own) {
		err = &fault.Error{Code: fault.Code(own.Code), Field: own.Field, Detail: own.Detail}
	}
	return made, err
}
