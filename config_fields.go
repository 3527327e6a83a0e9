package spectron

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/strictjson"
)

// configField is one value of a Config: how it is read, judged, copied and removed. All but the providers' keys,
// whose names are free, are in configFields.
type configField struct {
	path string // in JSON: "response_cache.enabled"
	name string // in Go: "ResponseCache.Enabled"
	// read takes the value from JSON; whether it is in range is for check to say.
	read  func(*Config, strictjson.Value) error
	check func(c Config, op, field string) error
	// copy takes the value of src over where it has one; nothing is shared.
	copy   func(dst, src *Config)
	remove func(*Config)
}

var configFields = slices.Concat([]configField{
	numberField("token_limit", "TokenLimit", 0, maxTokenLimit, func(c *Config) **int64 { return &c.TokenLimit }),
	numberField("retention_days", "RetentionDays", 1, maxDays, func(c *Config) **int { return &c.RetentionDays }),
}, stageFields(), []configField{
	switchField("pii_redaction_enabled", "PIIRedaction", func(c *Config) **bool { return &c.PIIRedaction }),
	switchField("llm_extraction_enabled", "LLMExtraction", func(c *Config) **bool { return &c.LLMExtraction }),
	shareField("reconciliation.confidence_floor", "Reconciliation.ConfidenceFloor", func(c *Config) **float64 {
		return &made(&c.Reconciliation).ConfidenceFloor
	}),
	switchField("response_cache.enabled", "ResponseCache.Enabled", func(c *Config) **bool {
		return &made(&c.ResponseCache).Enabled
	}),
	shareField("response_cache.similarity_threshold", "ResponseCache.SimilarityThreshold", func(c *Config) **float64 {
		return &made(&c.ResponseCache).SimilarityThreshold
	}),
	numberField("response_cache.freshness_window_seconds", "ResponseCache.FreshnessWindowSeconds", 1, maxSeconds,
		func(c *Config) **int64 { return &made(&c.ResponseCache).FreshnessWindowSeconds }),
	numberField("response_cache.max_entries", "ResponseCache.MaxEntries", 1, maxCacheEntries,
		func(c *Config) **int { return &made(&c.ResponseCache).MaxEntries }),
	numberField("context_expiry_days", "ContextExpiryDays", 1, maxDays, func(c *Config) **int { return &c.ContextExpiryDays }),
	switchField("allow_self_service_keys", "AllowSelfServiceKeys", func(c *Config) **bool { return &c.AllowSelfServiceKeys }),
	numberField("max_token_ttl_seconds", "MaxTokenTTLSeconds", 1, maxSeconds,
		func(c *Config) **int64 { return &c.MaxTokenTTLSeconds }),
})

// made returns what p points to, made if it is not there.
func made[T any](p **T) *T {
	if *p == nil {
		*p = new(T)
	}
	return *p
}

// plainField is a field that at finds, of which any value will do. In a Config that was passed by value, at may add
// an empty group to the copy, and never changes the original.
func plainField[T any](path, name string, at func(*Config) **T, read func(strictjson.Value) (T, error)) configField {
	return configField{
		path: path,
		name: name,
		read: func(c *Config, v strictjson.Value) error {
			value, err := read(v)
			if err == nil {
				*at(c) = &value
			}
			return err
		},
		check: func(Config, string, string) error { return nil },
		copy: func(dst, src *Config) {
			if p := *at(src); p != nil {
				value := *p
				*at(dst) = &value
			}
		},
		remove: func(c *Config) { *at(c) = nil },
	}
}

func switchField(path, name string, at func(*Config) **bool) configField {
	return plainField(path, name, at, strictjson.Value.Truth)
}

func numberField[T int | int64](path, name string, low, high T, at func(*Config) **T) configField {
	f := plainField(path, name, at, strictjson.Whole[T])
	f.check = between(low, high, at)
	return f
}

func shareField(path, name string, at func(*Config) **float64) configField {
	f := plainField(path, name, at, strictjson.Value.Float)
	f.check = between(0, 1, at)
	return f
}

func between[T cmp.Ordered](low, high T, at func(*Config) **T) func(Config, string, string) error {
	return func(c Config, op, field string) error {
		// Asked this way round, a NaN is refused too.
		if p := *at(&c); p != nil && !(*p >= low && *p <= high) {
			return invalid(op, field, "%v is not between %v and %v", *p, low, high)
		}
		return nil
	}
}

func stageFields() []configField {
	var fields []configField
	for _, stage := range stages {
		fields = append(fields, configField{
			path: "models." + string(stage),
			name: "Models[" + string(stage) + "]",
			read: func(c *Config, v strictjson.Value) error {
				m, err := readModel(v)
				if err == nil {
					setKey(&c.Models, stage, m)
				}
				return err
			},
			check: func(c Config, op, field string) error {
				m, ok := c.Models[stage]
				switch {
				case !ok:
					return nil
				case stage == StageEmbedding:
					return invalid(op, field, "the embedder is that of the whole store, Options.Embedder; it is not set for a Context")
				case m == Model{}:
					return invalid(op, field, "empty; to go back to the default, unset %q", "models."+string(stage))
				}
				return m.check(op, field)
			},
			copy: func(dst, src *Config) {
				if m, ok := src.Models[stage]; ok {
					setKey(&dst.Models, stage, m)
				}
			},
			remove: func(c *Config) { delete(c.Models, stage) },
		})
	}
	return fields
}

// setKey sets a key of a map that may not be there yet.
func setKey[K comparable, V any](m *map[K]V, key K, value V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[key] = value
}

// check says what is wrong with c. prefix is where c is in Go, such as "Config".
func (c Config) check(op, prefix string) error {
	for _, f := range configFields {
		if err := f.check(c, op, prefix+"."+f.name); err != nil {
			return err
		}
	}
	for _, stage := range slices.Sorted(maps.Keys(c.Models)) {
		if !slices.Contains(stages, stage) {
			return invalid(op, prefix+".Models["+strictjson.Shown(string(stage))+"]", "unknown stage; there are %s", fault.List(stages))
		}
	}
	if len(c.Providers) > maxProviders {
		return tooLarge(op, prefix+".Providers", len(c.Providers), maxProviders, "providers")
	}
	for _, name := range slices.Sorted(maps.Keys(c.Providers)) {
		if !providerPattern.MatchString(name) {
			return invalid(op, prefix+".Providers", "%s", badProvider)
		}
		if err := checkProviderKey(op, prefix+".Providers["+name+"]", name, string(c.Providers[name])); err != nil {
			return err
		}
	}
	return nil
}

// badProvider does not repeat the name: it may be a key that was put into the wrong place.
const badProvider = "the name of a provider is not 1 to 32 of a-z, 0-9, _ and -"

func checkProviderKey(op, field, name, key string) error {
	switch {
	case key == "":
		return invalid(op, field, "empty; to remove the key, unset %q", "providers."+name)
	case len(key) > maxProviderBytes:
		return tooLarge(op, field, len(key), maxProviderBytes, "bytes")
	case strings.ContainsFunc(key, func(r rune) bool { return r < ' ' || r > '~' }):
		return invalid(op, field, "has characters that are not printable ASCII")
	case strings.TrimSpace(key) != key:
		return invalid(op, field, "begins or ends with a space")
	case key == redacted:
		return invalid(op, field, "%s is what is shown of a key, not a key", redacted)
	}
	return nil
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
	return checkUnset(op, p.Unset)
}

func checkUnset(op string, unset []string) error {
	if len(unset) > maxUnset {
		return tooLarge(op, "Unset", len(unset), maxUnset, "paths")
	}
	for i, path := range unset {
		if !known(path) {
			return invalid(op, fmt.Sprintf("Unset[%d]", i), "unknown path; there are %s", fault.List(paths()))
		}
	}
	return nil
}

// known reports whether path is that of a field, of a group of fields or of a provider's key.
func known(path string) bool {
	if name, ok := strings.CutPrefix(path, "providers."); ok {
		return providerPattern.MatchString(name)
	}
	return path == "providers" || slices.ContainsFunc(configFields, func(f configField) bool { return f.under(path) })
}

// under reports whether f is the field of that path, or in that group.
func (f configField) under(path string) bool {
	return f.path == path || strings.HasPrefix(f.path, path+".")
}

// paths returns what may be unset, each group before what is in it.
func paths() []string {
	var all []string
	for _, f := range configFields {
		if group, _, ok := strings.Cut(f.path, "."); ok && !slices.Contains(all, group) {
			all = append(all, group)
		}
		all = append(all, f.path)
	}
	return append(all, "providers", "providers.<name>")
}

// merged returns c with the paths of unset removed and then what patch has set, models and providers one by one. Both
// are taken to have passed check; the result shares nothing with either. ErrInvalid: an unknown path; ErrTooLarge: more
// providers than there may be.
func (c Config) merged(patch Config, unset []string) (Config, error) {
	if err := checkUnset(opConfig, unset); err != nil {
		return Config{}, err
	}
	out := c.clone()
	for _, path := range unset {
		for _, f := range configFields {
			if f.under(path) {
				f.remove(&out)
			}
		}
		if path == "providers" {
			out.Providers = nil
		}
		if name, ok := strings.CutPrefix(path, "providers."); ok {
			delete(out.Providers, name)
		}
	}
	out.add(patch)
	if n := len(out.Providers); n > maxProviders {
		return Config{}, tooLarge(opConfig, "Config.Providers", n, maxProviders, "providers")
	}
	return out.clone(), nil // without the groups that became empty
}

// clone returns a copy that shares nothing with c, without maps and groups that are empty.
func (c Config) clone() Config {
	var out Config
	out.add(c)
	return out
}

// add sets what from has set.
func (c *Config) add(from Config) {
	for _, f := range configFields {
		f.copy(c, &from)
	}
	for name, key := range from.Providers {
		setKey(&c.Providers, name, key)
	}
}
