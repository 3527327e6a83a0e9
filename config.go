package spectron

import (
	"fmt"

	"github.com/spectron-go/spectron/internal/settings"
)

// opConfig is the Op of errors that belong to no method of a handle.
const opConfig = "config"

// Config is a part of a Context's configuration: to create one with, or to change one. What is nil, or not in a
// map, is left as it is. EffectiveConfig is what comes of it.
//
// What takes effect today: Reconciliation.ConfidenceFloor, AllowSelfServiceKeys and MaxTokenTTLSeconds. The other fields are
// kept, sealed where they are keys, for the parts of the library that will go by them.
//
// In JSON it has the field names of the tags. Reading is strict: unknown and repeated fields and wrong types
// are refused with their path; null stands for an absent field. Reading replaces the whole value.
type Config struct {
	// TokenLimit is a soft cap on the tokens of models in a calendar month, 0 to 10^15. Unset: none.
	TokenLimit *int64 `json:"token_limit,omitempty"`
	// RetentionDays is the age at which turns and traces are removed by the lifecycle, 1 to 36,500. Unset: they
	// are kept.
	RetentionDays *int `json:"retention_days,omitempty"`
	// Models says which model does a stage of the work. A stage without one works by rules, or not at all.
	Models map[Stage]Model `json:"models,omitempty"`
	// Providers are the keys of the models' providers by the provider's name: 1 to 32 of a-z, 0-9, _ and -. At
	// most 16; each 1 to 4,096 characters of printable ASCII. They are never shown again: EffectiveConfig has
	// the names.
	Providers map[string]Secret `json:"providers,omitempty"`
	// PIIRedaction is to remove personal data from texts before anything is stored. Default: false. Nothing is
	// redacted yet.
	PIIRedaction *bool `json:"pii_redaction_enabled,omitempty"`
	// LLMExtraction lets a model read the texts, where there is one for StageExtraction. Default: true.
	LLMExtraction  *bool                 `json:"llm_extraction_enabled,omitempty"`
	Reconciliation *ReconciliationConfig `json:"reconciliation,omitempty"`
	ResponseCache  *ResponseCacheConfig  `json:"response_cache,omitempty"`
	// ContextExpiryDays is the age at which facts of CategoryContext expire, 1 to 36,500. Default: 7.
	ContextExpiryDays *int `json:"context_expiry_days,omitempty"`
	// AllowSelfServiceKeys lets principals make and rotate keys of their own. Default: true.
	AllowSelfServiceKeys *bool `json:"allow_self_service_keys,omitempty"`
	// MaxTokenTTLSeconds is the longest lifetime of a key, 1 second to 100 years of 365 days. Unset: none.
	MaxTokenTTLSeconds *int64 `json:"max_token_ttl_seconds,omitempty"`
}

// ReconciliationConfig is the part of a Config about facts that meet what is known.
type ReconciliationConfig struct {
	// ConfidenceFloor is the confidence, 0 to 1, from which a fact may replace another. Default: 0.7.
	ConfidenceFloor *float64 `json:"confidence_floor,omitempty"`
}

// ResponseCacheConfig is the part of a Config about answers that are kept to answer like questions with.
type ResponseCacheConfig struct {
	Enabled *bool `json:"enabled,omitempty"` // default: true
	// SimilarityThreshold is the cosine similarity, 0 to 1, from which two questions are alike. Default: 0.92.
	SimilarityThreshold *float64 `json:"similarity_threshold,omitempty"`
	// FreshnessWindowSeconds is how long an answer is used, 1 second to 100 years of 365 days. Default: 3,600.
	FreshnessWindowSeconds *int64 `json:"freshness_window_seconds,omitempty"`
	// MaxEntries is how many answers are kept, 1 to 1,000,000. Default: 5,000.
	MaxEntries *int `json:"max_entries,omitempty"`
}

// Format prints c as any struct is printed. It is there for the pointers to c inside of other values: fmt would print
// what they point to without asking a Secret how.
func (c Config) Format(f fmt.State, verb rune) {
	type plain Config
	_, _ = fmt.Fprintf(f, fmt.FormatString(f, verb), plain(c))
}

// UnmarshalJSON reads a part of a configuration; see Config for how strict it is. Whether the values are in range is
// said where the Config is used. ErrInvalid: Field is the path, such as "models.extracton"; ErrTooLarge. No error
// repeats a value.
func (c *Config) UnmarshalJSON(data []byte) error {
	read, err := settings.Read(data)
	if err == nil && read != nil {
		*c = configOf(read)
	}
	return fail(opConfig, err)
}

// check says what is wrong with c. name is where c is in Go, such as "Config".
func (c Config) check(op, name string) error { return fail(op, settings.Check(c, name)) }

// Stage is a part of the work that a model may do.
type Stage string

// The stages.
const (
	StageExtraction     Stage = "extraction"     // reads facts out of texts
	StageReconciliation Stage = "reconciliation" // decides between facts that contradict each other
	StageResponse       Stage = "response"       // writes answers
	// StageSynthesis is another name of StageResponse. Where one of the two is set, the other has the same model;
	// where both are, answers are written by that of StageResponse.
	StageSynthesis                Stage = "synthesis"
	StageReflection               Stage = "reflection"                // draws conclusions from what is known
	StageElaborationConsolidation Stage = "elaboration_consolidation" // fills in and sums up what is known
	// StageEmbedding is refused in a Config: all vectors of a store come from its Options.Embedder.
	StageEmbedding Stage = "embedding"
)

// Model names a model: "openai/gpt-4o-mini". As JSON it is that string, and may be given as
// {"provider": "openai", "model": "gpt-4o-mini"} as well. The whole has at most 256 bytes.
type Model struct {
	Provider string // 1 to 32 of a-z, 0-9, _ and -
	Name     string // visible ASCII; may have slashes: "meta/llama" of the provider "openrouter"
}

// String returns the provider and the name with a slash between them, or "" for the zero Model.
func (m Model) String() string { return settings.Model(m).String() }

// MarshalText returns what String does. ErrInvalid and ErrTooLarge: it is not the name of a model.
func (m Model) MarshalText() ([]byte, error) {
	text, err := settings.Model(m).MarshalText()
	return text, fail(opConfig, err)
}

// UnmarshalText takes what MarshalText gives.
func (m *Model) UnmarshalText(text []byte) error {
	read, err := settings.ParseModel("Model", string(text))
	if err == nil {
		*m = Model(read)
	}
	return fail(opConfig, err)
}

// UnmarshalJSON takes both forms of a Model.
func (m *Model) UnmarshalJSON(data []byte) error {
	read, err := settings.ReadModel(data)
	if err == nil && read != nil {
		*m = Model(*read)
	}
	return fail(opConfig, err)
}

// EffectiveConfig is the configuration of a Context: all values, the defaults filled in.
type EffectiveConfig struct {
	TokenLimit           *int64                  `json:"token_limit,omitempty"`    // nil: none
	RetentionDays        *int                    `json:"retention_days,omitempty"` // nil: turns and traces are kept
	Models               map[Stage]Model         `json:"models"`                   // the stages that have one
	ProvidersConfigured  []string                `json:"providers_configured"`     // names of those with a key, sorted
	PIIRedaction         bool                    `json:"pii_redaction_enabled"`
	LLMExtraction        bool                    `json:"llm_extraction_enabled"`
	Reconciliation       EffectiveReconciliation `json:"reconciliation"`
	ResponseCache        EffectiveResponseCache  `json:"response_cache"`
	ContextExpiryDays    int                     `json:"context_expiry_days"`
	AllowSelfServiceKeys bool                    `json:"allow_self_service_keys"`
	MaxTokenTTLSeconds   *int64                  `json:"max_token_ttl_seconds,omitempty"` // nil: none
}

// EffectiveReconciliation is a ReconciliationConfig with the defaults filled in.
type EffectiveReconciliation struct {
	ConfidenceFloor float64 `json:"confidence_floor"`
}

// EffectiveResponseCache is a ResponseCacheConfig with the defaults filled in.
type EffectiveResponseCache struct {
	Enabled                bool    `json:"enabled"`
	SimilarityThreshold    float64 `json:"similarity_threshold"`
	FreshnessWindowSeconds int64   `json:"freshness_window_seconds"`
	MaxEntries             int     `json:"max_entries"`
}

// ContextPatch changes a Context: what is nil is left as it is.
//
// In JSON it is a merge patch (RFC 7386) with the fields description, enforcement_blocked and config. A null sets
// a field back to its default, but for config as a whole: what of it is meant has to be named. Reading is as strict
// as that of a Config, and replaces the whole value. At most 256 KiB, nested at most 8 levels deep.
type ContextPatch struct {
	Description *string `json:"description,omitempty"` // at most 1,000 bytes
	// EnforcementBlocked refuses Remember and RememberMany with InferFull and InferPreview, and what comes to be answered by
	// a model, as long as it is set.
	EnforcementBlocked *bool  `json:"enforcement_blocked,omitempty"`
	Config             Config `json:"config"`
	// Unset are the parts of the configuration to set back to their defaults, before Config is applied: paths of
	// its JSON form such as "token_limit", "models", "models.reflection", "providers.openai" or
	// "response_cache.enabled". At most 64.
	Unset []string `json:"unset,omitempty"`
}

// Format is there for the same reason as that of Config.
func (p ContextPatch) Format(f fmt.State, verb rune) {
	type plain ContextPatch
	_, _ = fmt.Fprintf(f, fmt.FormatString(f, verb), plain(p))
}

// UnmarshalJSON reads a merge patch; see ContextPatch. ErrInvalid: Field is the path, such as
// "config.models.extracton"; ErrTooLarge. No error repeats a value.
func (p *ContextPatch) UnmarshalJSON(data []byte) error {
	read, err := settings.ReadPatch(data)
	if err == nil && read != nil {
		*p = ContextPatch{read.Description, read.EnforcementBlocked, configOf(read.Config), read.Unset}
	}
	return fail(opConfig, err)
}

// check says what is wrong with the patch.
func (p ContextPatch) check(op string) error {
	if p.Description != nil {
		if err := checkText(op, "Description", *p.Description, maxDescription); err != nil {
			return err
		}
	}
	if err := p.Config.check(op, "Config"); err != nil {
		return err
	}
	return fail(op, settings.CheckUnset(p.Unset))
}

// What internal/settings works on, from the structs and back.

func (p ContextPatch) flat() settings.Patch {
	return settings.Patch{
		Description: p.Description, EnforcementBlocked: p.EnforcementBlocked, Config: settings.Flatten(p.Config), Unset: p.Unset,
	}
}

func configOf(c settings.Config) Config {
	type plain Config // without its UnmarshalJSON
	var out plain
	c.Fill(&out)
	return Config(out)
}

// effectiveConfig is a configuration with the defaults filled in.
func effectiveConfig(c settings.Config) EffectiveConfig {
	e := EffectiveConfig{Models: map[Stage]Model{}, ProvidersConfigured: c.Providers()}
	c.Effective().Fill(&e)
	return e
}
