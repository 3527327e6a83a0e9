package settings

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/secret"
	"github.com/spectron-go/spectron/internal/strictjson"
)

const (
	maxDays          = 36_500
	maxSeconds       = maxDays * 24 * 60 * 60
	maxProviders     = 16
	maxProviderBytes = 4096
)

// setting is one setting of a Context.
type setting struct {
	path string // in JSON
	rule rule
	// otherwise is the default: nil for none, sameAs for the value of another setting.
	otherwise any
}

type sameAs string

// table has every setting, in the order in which errors list them. A new setting is a line here and a field of the structs
// Config and EffectiveConfig of package spectron, which document its range and its default.
var table = []setting{
	{tokenLimit, whole[int64](0, 1_000_000_000_000_000), nil},
	{retention, whole[int](1, maxDays), nil},
	{"models.extraction", model, nil},
	{"models.reconciliation", model, nil},
	{"models.response", model, sameAs("models.synthesis")},
	{"models.synthesis", model, sameAs("models.response")},
	{"models.reflection", model, nil},
	{"models.elaboration_consolidation", model, nil},
	{piiRedaction, toggle, false},
	{extracts, toggle, true},
	{confidenceFloor, share, 0.7},
	{reuseOn, toggle, true},
	{reuseSimilarity, share, 0.92},
	{reuseFresh, whole[int64](1, maxSeconds), int64(3600)},
	{reuseMost, whole[int](1, 1_000_000), 5000},
	{traceShare, share, 1.0},
	{maxTraces, whole[int](1, 1_000_000), 10_000},
	{maxDocument, whole[int64](1, 2<<30), int64(256 << 20)},
	{eventRetention, whole[int](1, maxDays), nil},
	{contextExpiry, whole[int](1, maxDays), 7},
	{selfServiceKeys, toggle, true},
	{longestTTL, whole[int64](1, maxSeconds), nil},
	{anyProvider, providerKey, nil},
}

// The paths that the code uses by name.
const (
	confidenceFloor = "reconciliation.confidence_floor"
	tokenLimit      = "token_limit"
	retention       = "retention_days"
	eventRetention  = "events.retention_days"
	contextExpiry   = "context_expiry_days"
	traceShare      = "traces.sampling"
	maxTraces       = "traces.max_entries"
	maxDocument     = "documents.max_bytes"
	extracts        = "llm_extraction_enabled"
	selfServiceKeys = "allow_self_service_keys"
	piiRedaction    = "pii_redaction_enabled"
	longestTTL      = "max_token_ttl_seconds"
	reuseOn         = "response_cache.enabled"
	reuseSimilarity = "response_cache.similarity_threshold"
	reuseFresh      = "response_cache.freshness_window_seconds"
	reuseMost       = "response_cache.max_entries"
	anyProvider     = providers + ".<name>"
	providers       = "providers"
	models          = "models"
)

// rule says how a value is read from JSON, and which values are accepted. field is the name of the setting in an error.
type rule struct {
	read  func(strictjson.Value) (any, error)
	check func(field, path string, value any) error
}

func ruleOf[T any](read func(strictjson.Value) (T, error), check func(field, path string, value T) error) rule {
	return rule{
		func(v strictjson.Value) (any, error) { return read(v) },
		func(field, path string, value any) error { return check(field, path, value.(T)) },
	}
}

var (
	toggle      = ruleOf(strictjson.Value.Truth, func(string, string, bool) error { return nil })
	share       = ruleOf(strictjson.Value.Float, between(0.0, 1.0))
	model       = ruleOf(readModel, checkModel)
	providerKey = ruleOf(func(v strictjson.Value) (Key, error) { text, err := v.Text(); return Key(text), err }, checkKey)
)

func whole[T int | int64](low, high T) rule { return ruleOf(strictjson.Whole[T], between(low, high)) }

func between[T cmp.Ordered](low, high T) func(field, path string, value T) error {
	return func(field, _ string, value T) error {
		if !(value >= low && value <= high) { // the negated form also refuses NaN
			return fault.Bad(field, "%v is not between %v and %v", value, low, high)
		}
		return nil
	}
}

func checkModel(field, path string, m Model) error {
	if m == (Model{}) {
		return fault.Bad(field, "empty; to go back to the default, unset %q", path)
	}
	return m.check(field)
}

func checkKey(field, path string, key Key) error {
	switch {
	case key == "":
		return fault.Bad(field, "empty; to remove the key, unset %q", path)
	case len(key) > maxProviderBytes:
		return fault.Over(field, len(key), maxProviderBytes, "bytes")
	case strings.ContainsFunc(string(key), func(r rune) bool { return r < ' ' || r > '~' }):
		return fault.Bad(field, "has characters that are not printable ASCII")
	case strings.TrimSpace(string(key)) != string(key):
		return fault.Bad(field, "begins or ends with a space")
	case key == secret.Redacted:
		return fault.Bad(field, "%s is the redacted form of a key, not a key", secret.Redacted)
	}
	return nil
}

var providerPattern = regexp.MustCompile(`^[a-z0-9_-]{1,32}$`)

// badProvider does not repeat the name, which may be an API key in the wrong place.
const badProvider = "the name of a provider is not 1 to 32 of a-z, 0-9, _ and -"

// position returns the index of a path's setting in the table, or the length of the table for an unknown path.
func position(path string) int {
	path = general(path)
	if i := slices.IndexFunc(table, func(s setting) bool { return s.path == path }); i >= 0 {
		return i
	}
	return len(table)
}

func lookup(path string) (s setting, ok bool) {
	if i := position(path); i < len(table) {
		return table[i], true
	}
	return s, false
}

// known reports whether path is the path of a setting or of a group of settings.
func known(path string) bool { return slices.Contains(paths(), general(path)) }

// general returns the path in the table for a path. The table has one path for all names of providers.
func general(path string) string {
	if name, ok := within(path, providers); !ok {
		return path
	} else if providerPattern.MatchString(name) {
		return anyProvider
	}
	return "" // matches no setting
}

// within returns the rest of a path that lies in a group.
func within(path, group string) (name string, ok bool) { return strings.CutPrefix(path, group+".") }

// paths returns the paths that can be unset. Each group comes before its members.
func paths() []string {
	var all []string
	for _, s := range table {
		if group, _, ok := strings.Cut(s.path, "."); ok && !slices.Contains(all, group) {
			all = append(all, group)
		}
		all = append(all, s.path)
	}
	return all
}

// members returns the names directly in a group, or in no group for "".
func members(group string) []string {
	var names []string
	for _, path := range paths() {
		if i := strings.LastIndex(path, "."); path[:max(i, 0)] == group {
			names = append(names, path[i+1:])
		}
	}
	return names
}
