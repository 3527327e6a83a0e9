package spectron

import (
	"fmt"

	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/settings"
)

// opConfig is the Op of errors outside of any method of a handle.
const opConfig = "config"

// Config is a part of a Context's configuration, for creating or changing a Context. Nil fields, and names that are missing
// from a map, leave the setting unchanged. EffectiveConfig is the resulting configuration.
//
// All settings take effect; of the stages of Models, extraction, reconciliation, response and reflection. RetentionDays, ContextExpiryDays and
// Events act when a method of Lifecycle is called. API keys are sealed.
//
// If the store has a ModelResolver (Options.Models), the models that a Context configures are made when they are configured. A model that
// cannot work, because its provider is unknown or has no key, is refused with ErrInvalid; the Field names the stage.
//
// In JSON the fields have the names of their tags. Reading is strict (at most 256 KiB, nested at most 8 levels deep): unknown fields,
// repeated fields and wrong types are refused with their path. A null counts as an absent field. Reading replaces the whole value.
type Config struct {
	// TokenLimit is a soft limit on the tokens that models use in a calendar month (UTC), 0 to 10^15. Once they are used up, no model is
	// called until the next month or a higher limit: Remember goes on with the rules and says so in
	// ModelUse.Failures, and Chat and Reflect fail with ErrBlocked. At 80% an event warns
	// (EventUsageWarning). Unset: no limit.
	TokenLimit *int64 `json:"token_limit,omitempty"`
	// RetentionDays is the age at which Lifecycle.Prune removes turns and traces, 1 to 36,500. Unset: they are kept. Traces of questions and
	// answers are no longer shown from that age on, and are removed in small steps while new ones are stored.
	RetentionDays *int `json:"retention_days,omitempty"`
	// Models has the model for each stage of the work. A stage without a model uses rules, or is skipped. Embedding is not a stage: all
	// vectors of a store come from its Options.Embedder.
	Models map[Stage]Model `json:"models,omitempty"`
	// Providers has the API keys of model providers, by the name of the provider: 1 to 32 of a-z, 0-9, _ and -. At most 16 keys. Each has 1
	// to 4,096 characters of printable ASCII, without a space at the beginning or end. They are never shown again: EffectiveConfig has only
	// the names.
	Providers map[string]Secret `json:"providers,omitempty"`
	// PIIRedaction replaces personal data in texts by placeholders, such as "[email]", before anything is extracted, embedded or stored.
	// Default: false.
	//
	// It replaces addresses of e-mail, phone numbers, numbers of payment cards, IBANs, IP addresses, and national numbers of persons: of
	// Belgium, Brazil, Canada, France, Germany, Great Britain, Italy, the Netherlands, Poland, Spain, Sweden, Switzerland and the USA. Numbers
	// with check digits must have the right ones. Names of persons and postal addresses stay.
	//
	// It applies to the texts of messages, the names of their speakers, the names and values of triples, the strings in the metadata of
	// sessions, and the values, reasons and notes of edits. Remembered.Redactions counts what was replaced. A name that has nothing but personal
	// data names nothing: as the name of a speaker, it leaves statements about "I" as uncertainties; in a triple, or as the corrected target of
	// a relation, it is refused with ErrInvalid. Identifiers stay as they are: ids, labels, scopes, types and keys of facts, names of fields in
	// metadata, the Subject of a principal, and the references with which a call names stored records. So does what is already stored, and what
	// Import and a backup bring.
	//
	// Of a document it applies to the text, the title, the source and the name of the file. The bytes of the file are erased once it is processed.
	PIIRedaction *bool `json:"pii_redaction_enabled,omitempty"`
	// LLMExtraction lets a model extract facts, if there is a model for StageExtraction. Default: true.
	LLMExtraction  *bool                 `json:"llm_extraction_enabled,omitempty"`
	Reconciliation *ReconciliationConfig `json:"reconciliation,omitempty"`
	ResponseCache  *ResponseCacheConfig  `json:"response_cache,omitempty"`
	Traces         *TracesConfig         `json:"traces,omitempty"`
	Events         *EventsConfig         `json:"events,omitempty"`
	Documents      *DocumentsConfig      `json:"documents,omitempty"`
	// ContextExpiryDays is the age at which Lifecycle.Expire closes facts of CategoryContext, 1 to 36,500. Default: 7.
	ContextExpiryDays *int `json:"context_expiry_days,omitempty"`
	// AllowSelfServiceKeys lets principals create and rotate their own keys. Default: true.
	AllowSelfServiceKeys *bool `json:"allow_self_service_keys,omitempty"`
	// MaxTokenTTLSeconds is the longest lifetime of a key, 1 second to 100 years of 365 days. Unset: no limit.
	MaxTokenTTLSeconds *int64 `json:"max_token_ttl_seconds,omitempty"`
}

// ReconciliationConfig is the part of a Config for the reconciliation of new facts with stored facts.
type ReconciliationConfig struct {
	// ConfidenceFloor is the lowest confidence, 0 to 1, at which a statement is stored as a fact. A statement below it becomes an
	// uncertainty. Default: 0.7.
	ConfidenceFloor *float64 `json:"confidence_floor,omitempty"`
}

// TracesConfig is the part of a Config for the traces of questions and answers: see Traces.
type TracesConfig struct {
	// Sampling is the share of questions and of answers that leave a trace, 0 to 1. Default: 1.
	Sampling *float64 `json:"sampling,omitempty"`
	// MaxEntries is the largest number of stored traces of questions, and of answers, 1 to 1,000,000. The oldest are removed. Default: 10,000.
	MaxEntries *int `json:"max_entries,omitempty"`
}

// EventsConfig is the part of a Config for the events of a Context: see Events.
type EventsConfig struct {
	// RetentionDays is the age at which Lifecycle.Prune removes events, 1 to 36,500. Unset: they are kept.
	RetentionDays *int `json:"retention_days,omitempty"`
}

// DocumentsConfig is the part of a Config for documents: see Documents.
type DocumentsConfig struct {
	// MaxBytes is the size of the largest file that may be uploaded, 1 to 2 GiB. Default: 256 MiB.
	MaxBytes *int64 `json:"max_bytes,omitempty"`
}

// ResponseCacheConfig is the part of a Config for the cache of the answers of Chat. It is in memory, at most 8 MiB for a Context. Without an
// embedder of meaning (Options.Embedder), two questions are similar if they have the same words.
type ResponseCacheConfig struct {
	Enabled *bool `json:"enabled,omitempty"` // default: true
	// SimilarityThreshold is the cosine similarity, 0 to 1, from which two questions count as similar. Default: 0.92.
	SimilarityThreshold *float64 `json:"similarity_threshold,omitempty"`
	// FreshnessWindowSeconds is how long a cached answer is used, 1 second to 100 years of 365 days. Default: 3,600.
	FreshnessWindowSeconds *int64 `json:"freshness_window_seconds,omitempty"`
	// MaxEntries is the maximum number of cached answers, 1 to 1,000,000. Default: 5,000.
	MaxEntries *int `json:"max_entries,omitempty"`
}

// Format prints c like any struct. It is needed for pointers to c inside other values: without it, fmt would print the
// struct without calling the Format method of Secret.
func (c Config) Format(f fmt.State, verb rune) {
	type plain Config
	_, _ = fmt.Fprintf(f, fmt.FormatString(f, verb), plain(c))
}

// UnmarshalJSON reads a part of a configuration; Config says how strict it is. The methods that use the Config check the
// ranges of the values. ErrInvalid: Field is the path, such as "models.extracton"; ErrTooLarge. No error repeats a value.
func (c *Config) UnmarshalJSON(data []byte) error {
	read, err := settings.Read(data)
	if err == nil && read != nil {
		*c = configOf(read)
	}
	return fail(opConfig, err)
}

// check validates c. The name is the Go name of c, such as "Config".
func (c Config) check(op, name string) error { return fail(op, settings.Check(c, name)) }

// Stage is a part of the work that a model can do.
type Stage string

// The stages.
const (
	StageExtraction     Stage = live.StageExtraction     // extracts facts from texts
	StageReconciliation Stage = live.StageReconciliation // a stronger model, asked if the answer of StageExtraction cannot be used
	StageResponse       Stage = "response"               // writes answers
	// StageSynthesis is another name of StageResponse. If only one of the two is set, its model serves both. If both are
	// set, the model of StageResponse writes answers.
	StageSynthesis                Stage = "synthesis"
	StageReflection               Stage = "reflection"                // draws conclusions from stored facts
	StageElaborationConsolidation Stage = "elaboration_consolidation" // completes and summarises stored facts
)

// Model names a model: "openai/gpt-4o-mini". Its JSON form is that string; {"provider": "openai", "model": "gpt-4o-mini"} is
// also accepted. The whole has at most 256 bytes.
type Model struct {
	Provider string // 1 to 32 of a-z, 0-9, _ and -
	Name     string // visible ASCII; may have slashes: "meta/llama" of the provider "openrouter"
}

// String returns the provider and the name with a slash between them, or "" for the zero Model.
func (m Model) String() string { return settings.Model(m).String() }

// MarshalText returns what String returns. ErrInvalid and ErrTooLarge: m is not a valid model name.
func (m Model) MarshalText() ([]byte, error) {
	text, err := settings.Model(m).MarshalText()
	return text, fail(opConfig, err)
}

// UnmarshalText reads the form that MarshalText writes. ErrInvalid and ErrTooLarge: the text is not a valid model name.
func (m *Model) UnmarshalText(text []byte) error {
	read, err := settings.ParseModel("Model", string(text))
	if err == nil {
		*m = Model(read)
	}
	return fail(opConfig, err)
}

// UnmarshalJSON reads both JSON forms of a Model. null changes nothing. ErrInvalid and ErrTooLarge.
func (m *Model) UnmarshalJSON(data []byte) error {
	read, err := settings.ReadModel(data)
	if err == nil && read != nil {
		*m = Model(*read)
	}
	return fail(opConfig, err)
}

// EffectiveConfig is the configuration of a Context with all defaults filled in. Config documents the settings.
type EffectiveConfig struct {
	TokenLimit           *int64                  `json:"token_limit,omitempty"`    // nil: no limit
	RetentionDays        *int                    `json:"retention_days,omitempty"` // nil: turns and traces are kept
	Models               map[Stage]Model         `json:"models"`                   // only stages with a model
	ProvidersConfigured  []string                `json:"providers_configured"`     // names of providers with an API key, sorted
	PIIRedaction         bool                    `json:"pii_redaction_enabled"`
	LLMExtraction        bool                    `json:"llm_extraction_enabled"`
	Reconciliation       EffectiveReconciliation `json:"reconciliation"`
	ResponseCache        EffectiveResponseCache  `json:"response_cache"`
	Traces               EffectiveTraces         `json:"traces"`
	Events               EffectiveEvents         `json:"events"`
	Documents            EffectiveDocuments      `json:"documents"`
	ContextExpiryDays    int                     `json:"context_expiry_days"`
	AllowSelfServiceKeys bool                    `json:"allow_self_service_keys"`
	MaxTokenTTLSeconds   *int64                  `json:"max_token_ttl_seconds,omitempty"` // nil: no limit
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

// EffectiveTraces is a TracesConfig with the defaults filled in.
type EffectiveTraces struct {
	Sampling   float64 `json:"sampling"`
	MaxEntries int     `json:"max_entries"`
}

// EffectiveEvents is an EventsConfig with the defaults filled in.
type EffectiveEvents struct {
	RetentionDays *int `json:"retention_days,omitempty"` // nil: events are kept
}

// EffectiveDocuments is a DocumentsConfig with the defaults filled in.
type EffectiveDocuments struct {
	MaxBytes int64 `json:"max_bytes"`
}

// ContextPatch changes a Context. Nil fields leave the setting unchanged.
//
// In JSON it is a merge patch (RFC 7386) with the fields description, enforcement_blocked and config. A null resets a field to
// its default. It is not allowed for config as a whole: name the parts to reset. Reading is as strict as for a Config, and
// replaces the whole value. At most 256 KiB, nested at most 8 levels deep.
type ContextPatch struct {
	Description *string `json:"description,omitempty"` // at most 1,000 bytes
	// EnforcementBlocked, while it is true, refuses with ErrBlocked: Remember and RememberMany with InferFull and InferPreview, Chat, and
	// Reflect. Only rules read documents then.
	EnforcementBlocked *bool  `json:"enforcement_blocked,omitempty"`
	Config             Config `json:"config"`
	// Unset names the parts of the configuration to reset to their defaults before Config is applied. They are paths of the
	// JSON form such as "token_limit", "models", "models.reflection", "providers.openai" or "response_cache.enabled". At
	// most 64.
	Unset []string `json:"unset,omitempty"`
}

// Format exists for the same reason as the Format method of Config.
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

// check validates the patch.
func (p ContextPatch) check(op string) error {
	if p.Description != nil {
		if err := input.Text("Description", *p.Description, maxDescription); err != nil {
			return fail(op, err)
		}
	}
	if err := p.Config.check(op, "Config"); err != nil {
		return err
	}
	return fail(op, settings.CheckUnset(p.Unset))
}

// Conversions between the public structs and the types of internal/settings.

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

// effectiveConfig returns the configuration with the defaults filled in.
func effectiveConfig(c settings.Config) EffectiveConfig {
	e := EffectiveConfig{Models: map[Stage]Model{}, ProvidersConfigured: c.Providers()}
	c.Effective().Fill(&e)
	return e
}
