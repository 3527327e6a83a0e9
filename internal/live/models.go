package live

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"

	"github.com/tmc/langchaingo/llms"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/llm"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/settings"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// The stages of the work that a model can do, as the configuration of a Context names them.
const (
	StageExtraction     = "extraction"
	StageReconciliation = "reconciliation"
	StageResponse       = "response"
	StageReflection     = "reflection"
)

// ModelSpec says which model a Resolver makes.
type ModelSpec struct {
	Context, Stage string
	Model          settings.Model
	Key            string // the API key of the provider; "": the Context configures none
}

// Resolver makes the models that Contexts configure. It does not call the provider. Its errors must not contain the key.
type Resolver interface {
	Resolve(ctx context.Context, spec ModelSpec) (llms.Model, error)
}

// modelCache has the models of a Context, by stage, as made for one revision of its configuration.
type modelCache struct {
	mu       sync.Mutex // guards the fields below; callers of one Context may ask at the same time
	revision int
	byStage  map[string]llm.Model
}

// CheckModels makes every model that the configuration in an entry of the registry names, so that one that cannot work is refused when it is
// configured.
func (m *Store) CheckModels(ctx context.Context, entry store.Registered) error {
	if m.Opts.Models == nil {
		return nil
	}
	now, err := settings.New(entry)
	if err != nil {
		return err
	}
	for _, stage := range slices.Sorted(maps.Keys(now.Models)) {
		if _, err := m.resolve(ctx, now, stage, now.Models[stage]); err != nil {
			return err
		}
	}
	return nil
}

// resolve makes a model for a stage.
func (m *Store) resolve(ctx context.Context, now *settings.Settings, stage string, named settings.Model) (llm.Model, error) {
	spec := ModelSpec{Context: now.Entry.ID, Stage: stage, Model: named}
	var err error
	if spec.Key, err = m.Configuration().Key(now.Entry, spec.Model.Provider); err != nil {
		return llm.Model{}, err
	}
	made, err := m.Opts.Models.Resolve(ctx, spec)
	if err == nil && made == nil {
		err = fmt.Errorf("no model was returned")
	}
	if err != nil {
		field, detail := "Config.Models["+stage+"]", err.Error()
		var own *fault.Error
		if errors.As(err, &own) && own.Field != "" {
			field, detail = own.Field, own.Detail
		}
		return llm.Model{}, &fault.Error{Code: fault.Invalid, Field: field, Detail: llm.Hide(detail, spec.Key)}
	}
	return llm.Model{Name: spec.Model.String(), LLM: made, Secret: spec.Key}, nil
}

// model returns the model of a Context for a stage. Its LLM is nil if there is none.
func (s *Context) model(ctx context.Context, stage string) (llm.Model, error) {
	m, now := s.Core, s.Settings.Load()
	configured := now.Models[stage]
	switch {
	case configured == (settings.Model{}), m.Opts.Models == nil && m.Opts.Model.LLM != nil:
		return m.Opts.Model, nil
	case m.Opts.Models == nil:
		return llm.Model{}, fault.New(fault.Unsupported, "Options.Models", "the Context configures the model %s, but the store was opened without Options.Models", configured)
	}
	s.models.mu.Lock()
	defer s.models.mu.Unlock()
	if s.models.byStage == nil || s.models.revision != now.Entry.Revision {
		s.models.revision, s.models.byStage = now.Entry.Revision, map[string]llm.Model{}
	}
	if made, ok := s.models.byStage[stage]; ok {
		return made, nil
	}
	made, err := m.resolve(ctx, now, stage, configured)
	if err == nil {
		s.models.byStage[stage] = made
	}
	return made, err
}

// Client returns a client for the model of a stage, or nil if there is no model. If the Context configures another model for reconciliation,
// that one is asked if the answer of the first cannot be used.
func (s *Context) Client(ctx context.Context, stage string) (*llm.Client, error) {
	first, err := s.model(ctx, stage)
	if err != nil || first.LLM == nil {
		return nil, err
	}
	client := s.client(stage, first)
	if stage == StageExtraction && s.Core.Opts.Models != nil && s.Settings.Load().Models[StageReconciliation] != (settings.Model{}) {
		stronger, err := s.model(ctx, StageReconciliation)
		if err != nil {
			return nil, err
		}
		if stronger.Name != first.Name {
			client.Stronger = &stronger
		}
	}
	return client, nil
}

// Answerer returns a client for a stage that cannot work without a model. A caller may choose the model; zero: that of the stage.
// fault.Blocked: the Context refuses all work for models. fault.Unsupported: there is no model.
func (s *Context) Answerer(ctx context.Context, stage string, chosen settings.Model) (*llm.Client, error) {
	now := s.Settings.Load()
	if now.Entry.EnforcementBlocked {
		return nil, fault.New(fault.Blocked, "", "the Context refuses all work for models (enforcement_blocked)")
	}
	if chosen == (settings.Model{}) {
		client, err := s.Client(ctx, stage)
		if err == nil && client == nil {
			err = fault.New(fault.Unsupported, "Options.Model", "there is no model: set Options.Model, or Options.Models and Config.Models[%s]", stage)
		}
		return client, err
	}
	if _, err := settings.ParseModel("Model", chosen.String()); err != nil {
		return nil, err
	}
	if s.Core.Opts.Models == nil {
		return nil, fault.New(fault.Unsupported, "Options.Models", "a request can only choose a model if the store was opened with Options.Models")
	}
	made, err := s.Core.resolve(ctx, now, stage, chosen)
	var refused *fault.Error
	if errors.As(err, &refused) {
		return nil, &fault.Error{Code: refused.Code, Field: "Model", Detail: refused.Detail}
	}
	if err != nil {
		return nil, err
	}
	return s.client(stage, made), nil
}

// client returns a client for a model.
func (s *Context) client(stage string, m llm.Model) *llm.Client {
	return &llm.Client{
		Model: m, Timeout: s.Core.Opts.ModelTimeout, Admit: s.admit,
		Meter: func(ctx context.Context, model string, t llm.Tokens) {
			s.meter(context.WithoutCancel(ctx), stage, model, t)
		},
		Run: func(ctx context.Context, call func() error) error {
			_, err := Await(ctx, s, func() (none struct{}, err error) { return none, call() })
			return err
		},
	}
}

// admit refuses a call of a model once the models of the Context have used up the tokens of the month.
func (s *Context) admit(ctx context.Context) error {
	limit := s.Settings.Load().TokenLimit
	if limit < 0 {
		return nil
	}
	month := record.Month(s.Now())
	used, err := s.Rows.UsedTokens(ctx, month)
	if err != nil {
		return err
	}
	if used >= limit {
		// Without figures: every writer gets this, and Usage is only for those who manage all grants.
		return fault.New(fault.Blocked, "Config.TokenLimit", "models have used up token_limit in %s; raise it, or wait for the next month", month)
	}
	return nil
}

// warnAt is the share of the token limit at which an event warns.
const warnAt = 0.8

// meter counts the tokens of a call, and records an event if they reach 80% of the limit. The call has been made, so an error is only logged.
func (s *Context) meter(ctx context.Context, stage, model string, t llm.Tokens) {
	now := s.Now()
	u := record.Usage{
		Month: record.Month(now), Stage: stage, Model: cmp.Or(model, "unknown"), Calls: 1, TokensIn: int64(t.In), TokensOut: int64(t.Out),
	}
	if t.Estimated {
		u.Estimated = 1
	}
	sum, err := s.Rows.AddUsage(ctx, u)
	if limit := s.Settings.Load().TokenLimit; err == nil && limit > 0 {
		from := warnAt * float64(limit)
		if before := sum - u.TokensIn - u.TokensOut; float64(before) < from && float64(sum) >= from {
			err = s.Rows.Record(ctx, record.Event{
				ID: s.Core.NewID(store.TableEvent), At: now, Action: record.ActionUsageWarning, Op: stage, Principal: SystemID, Context: s.ID,
				Detail: fmt.Sprintf("models have used %d of %d tokens in %s", sum, limit, u.Month),
			})
		}
	}
	if err != nil {
		s.Log(ctx, slog.LevelError, "Tokens of a model could not be counted", surreal.Cause(err))
	}
}
