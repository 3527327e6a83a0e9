package store

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/fxamacker/cbor/v2"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/surreal/wire"
)

// column is a column of an imported table, and the values that it may have.
type column struct {
	name  string
	holds check
}

// check checks the value of a column. NONE and missing columns are nil.
type check func(*Rules, cbor.RawMessage) error

// Rules are the limits of the importing store, and the rules for values that callers give. Every field is set.
type Rules struct {
	Now        time.Time
	TextBytes  int // one text
	ValueBytes int // one value of a fact
	NameBytes  int // one name
	Text       func(isText string, limit int) error
	Labels     func([]string) ([]string, error) // returns the canonical form
	Metadata   func(map[string]any) error       // of a session
	Name       func(string) error               // of a principal
	ExternalID func(string) error
	Ontology   func(document []byte) error
}

// maxDoubted is the maximum number of facts of a question.
const maxDoubted = 10_000

// maxBasis is the maximum number of rows that a reply was written from.
const maxBasis = 100_000

// maxAhead is how far the clock of the exporting store may be ahead of this one.
const maxAhead = 24 * time.Hour

// columnsOf returns the columns of each table in a version of the schema. Rows with other columns are refused.
func columnsOf(schema int) map[string][]column {
	// The columns of attributes and relations.
	fact := []column{
		{"name", isName}, {"key", isFactKey}, {"value", isValue}, {"many", isBool}, {"past", isBool}, {"head", maybe(isNote)},
		{"category", isCategory}, {"scopes", isScopes}, {"labels", maybe(isLabels)}, {"source", isSource},
		{"confidence", isShare}, {"importance", isShare},
		{"valid_from", maybe(isTime)}, {"valid_until", maybe(isTime)}, {"told_until", maybe(isTime)},
		{"known_from", isTime}, {"known_until", maybe(isTime)}, {"recorded_at", isStamp}, {"retired_at", maybe(isStamp)},
		{"supersedes", maybe(isIDText(TableAttribute, TableRelation))}, {"superseded_by", maybe(isIDText(TableAttribute, TableRelation))},
		{"vector", maybe(isVector)},
	}
	if schema >= timedFacts {
		fact = append(fact, column{"seq", maybe(isInteger(1, math.MaxInt64))}, column{"spoken_at", maybe(isTime)}, column{"begun_by", maybe(isTime)},
			column{"again", maybe(isList(1, reconcile.MaxAgain, isTime))}, column{"yielded", maybe(isBool)},
			column{"ended_by", maybe(isIDText(TableTurn, TableDecision, TableDocument))}, column{"beside", maybe(isBool)},
			column{"by", maybe(isOneOf(string(record.BySubject), string(record.ByOther)))}, column{"reason", maybe(isNote)}, column{"pinned", maybe(isBool)},
			column{"proofs", maybe(isInteger(1, record.MaxProofs))}, column{"retold", maybe(isList(1, record.MaxRetold+record.MaxRetoldIn, isIDText(TableTurn, TableDocument)))})
	}
	if schema >= fadingSince {
		fact = append(fact, column{"importance_of", maybe(isInteger(1, maxDay))}, column{"used_at", maybe(isStamp)})
	}
	entity := []column{{"id", isID(TableEntity)}, {"type", isOneOf(record.EntityTypes()...)}}
	if schema < keyedEntities {
		entity = append(entity, column{"name", isName}, column{"category", isCategory}, column{"importance", isShare}, column{"scopes", isAnyScopes},
			column{"created_at", isStamp}, column{"updated_at", isStamp})
	}
	decision := []column{
		{"id", isID(TableDecision)}, {"session", maybe(isIDText(TableSession))}, {"turns", maybe(isList(0, math.MaxInt, isIDText(TableTurn)))},
		{"infer", isOneOf("full", "triples", record.EditClose, record.EditCorrect, record.EditPin, record.EditRevoke, record.EditResolve, record.EditDelete, record.EditMerge,
			record.EditForget, record.EditPurge, record.EditExpire, record.EditDocument, string(record.FromReflect), string(record.FromElaboration), string(record.FromConsolidation))},
		{"extractor", isText}, {"created", maybe(isDeeds)}, {"closed", maybe(isDeeds)}, {"reinforced", maybe(isDeeds)}, {"uncertain", maybe(isInteger(0, math.MaxInt32))},
		{"scopes", isScopes}, {"recorded_at", isStamp}, {"principal", maybe(isIDText(TablePrincipal))}, {"on_behalf_of", maybe(isIDText(TablePrincipal))},
	}
	if schema >= tracedDecisions {
		decision = append(decision, column{"model", maybe(isText)}, column{"tokens_in", maybe(isInteger(1, math.MaxInt64))},
			column{"tokens_out", maybe(isInteger(1, math.MaxInt64))}, column{"considered", maybe(isDeeds)}, column{"beyond", maybe(isInteger(0, math.MaxInt32))},
			column{"superseded", maybe(isList(0, math.MaxInt, isObject(column{"fact", isDeed}, column{"by", isDeed})))}, column{"amended", maybe(isDeeds)},
			column{"flagged", maybe(isList(0, math.MaxInt, isIDText(TableUncertainty)))}, column{"doubted", maybe(isDeeds)},
			column{"resolved", maybe(isList(0, math.MaxInt, isIDText(TableUncertainty)))}, column{"latency", maybe(isInteger(0, math.MaxInt64))},
			column{"key", maybe(isText)}, column{"newest", maybe(isText)}, column{"listed", maybe(isBool)}, column{"place", maybe(isText)})
	}
	var where []column // of what was said
	if schema >= locatedTurns {
		where = []column{{"location", maybe(isLocation)}}
	}
	all := documentColumns()
	maps.Copy(all, map[string][]column{
		TableFading: {{"id", isID(TableFading)}, {"day", isInteger(1, maxDay)}},
		TableEmbedder: {
			{"id", isID(TableEmbedder)}, {"name", maybe(isText)}, {"dimension", isInteger(1, index.MaxDimension)},
			{"probes", isList(1, maxProbes, isObject(column{"text", isText}, column{"vector", isVector}))},
			{"unfinished", isBool},
		},
		TableSession: {
			{"id", isID(TableSession)}, {"scopes", isAnyScopes}, {"metadata", maybe(isMetadata)}, {"turns", isInteger(0, math.MaxInt32)},
			{"speaker", maybe(isName)}, {"speakers", maybe(isList(2, record.MaxSpeakers, isName))}, {"created_at", isStamp},
			{"moved_at", maybe(isStamp)}, {"closed", maybe(isBool)},
		},
		TableTurn: append(where, []column{
			{"id", isID(TableTurn)}, {"session", isID(TableSession)}, {"seq", isInteger(0, math.MaxInt32)}, {"role", isRole},
			{"speaker", maybe(isName)}, {"content", isSaid},
			{"spoken_at", isTime}, {"recorded_at", isStamp}, {"scopes", isScopes}, {"labels", maybe(isLabels)},
		}...),
		TableChunk: append(where, []column{
			{"id", isID(TableChunk)}, {"turn", isID(TableTurn)}, {"session", isID(TableSession)}, {"role", maybe(isRole)},
			{"speaker", maybe(isName)}, {"text", isAnyText}, {"seq", maybe(isInteger(0, math.MaxInt32))},
			{"start", maybe(isInteger(0, math.MaxInt32))}, {"spoken_at", isTime}, {"known_from", maybe(isTime)}, {"known_until", maybe(isTime)}, {"scopes", isScopes},
			{"labels", maybe(isLabels)}, {"category", maybe(isCategory)}, {"vector", maybe(isVector)},
			{"recorded_at", maybe(isStamp)}, // of rows of version 1
		}...),
		TableReply:  {{"id", isID(TableReply)}, {"basis", isList(1, maxBasis, isIDText(TableChunk, TableTurn, TableAttribute, TableRelation, TableInstruction))}},
		TableEntity: entity,
		TableAppearance: {
			{"id", isID(TableAppearance)}, {"entity", isID(TableEntity)}, {"name", isName}, {"category", isCategory}, {"importance", isShare},
			{"scopes", isScopes}, {"created_at", isStamp}, {"updated_at", isStamp}, {"retired_at", maybe(isStamp)},
		},
		TableAttribute: append([]column{{"id", isID(TableAttribute)}, {"entity", isID(TableEntity)}}, fact...),
		TableRelation:  append([]column{{"id", isID(TableRelation)}, {"in", isID(TableEntity)}, {"out", isID(TableEntity)}}, fact...),
		TableInstruction: {
			{"id", isID(TableInstruction)}, {"label", isText}, {"description", isValue}, {"active", isBool}, {"head", maybe(isNote)},
			{"scopes", isScopes}, {"labels", maybe(isLabels)}, {"source", isSource}, {"confidence", isShare}, {"known_from", isTime},
			{"known_until", maybe(isTime)}, {"recorded_at", isStamp}, {"retired_at", maybe(isStamp)}, {"vector", maybe(isVector)},
		},
		TableUncertainty: {
			{"id", isID(TableUncertainty)}, {"about", isNote}, {"reason", isNote}, {"resolved", isBool}, {"scopes", isScopes}, {"source", isSource},
			{"recorded_at", isStamp}, {"facts", maybe(isList(1, maxDoubted, isIDText(TableAttribute, TableRelation)))},
			{"resolved_at", maybe(isStamp)}, {"note", maybe(isNote)},
		},
		TableDecision: decision,
		TablePrincipal: {
			{"id", isID(TablePrincipal)}, {"name", isRule(func(r *Rules) func(string) error { return r.Name })},
			{"kind", isOneOf("human", "agent", "service", "unknown")},
			{"external_id", maybe(isRule(func(r *Rules) func(string) error { return r.ExternalID }))}, {"subject", maybe(isName)}, {"grants", isGrants}, {"created_at", maybe(isStamp)},
		},
		TableGrantHistory: {{"id", isID(TableGrantHistory)}, {"principal", isID(TablePrincipal)}, {"grants", isGrants}, {"at", isStamp}},
		TableScope: {
			{"id", isPath}, {"name", isText}, {"description", isNote}, {"created_at", isStamp}, {"tombstoned_at", maybe(isStamp)},
		},
		TableOntology: {
			{"id", isID(TableOntology)}, {"document", maybe(isOntology)}, {"created_at", isStamp}, {"principal", isText},
		},
		TableEvent: {
			{"id", isID(TableEvent)}, {"at", isStamp}, {"action", isAction}, {"op", isText}, {"principal", isText}, {"key", maybe(isText)},
			{"on_behalf_of", maybe(isText)}, {"context", maybe(isText)}, {"target", maybe(isNote)},
			{"verb", maybe(isOneOf(verbs()...))}, {"paths", isList(0, math.MaxInt, isText)}, {"detail", maybe(isNote)},
			{"count", maybe(isInteger(0, math.MaxInt32))}, {"newest", maybe(isText)}, {"listed", maybe(isBool)},
		},
	})
	return all
}

// locatedTurns is the first schema version in which turns have a location.
const locatedTurns = 14

// isLocation checks a location in its canonical form.
var isLocation = limited(nameBytes, func(s string) error {
	if l, err := record.ParseLocation(s); err != nil || l.String() != s {
		return fmt.Errorf("%.64q is not a location as it is stored", s)
	}
	return nil
})

// isSource checks the source of a fact. Import checks that it quotes its origin.
var isSource = isObject(
	column{"kind", isOneOf(string(record.FromTurn), string(record.FromDocument), string(record.FromUpsert), string(record.FromReflect),
		string(record.FromElaboration), string(record.FromConsolidation))},
	column{"ref", isIDText()}, column{"session", maybe(isIDText(TableSession))},
	column{"span", isObject(column{"start", isInteger(0, math.MaxInt32)}, column{"end", isInteger(0, math.MaxInt32)})},
	column{"trust", isShare}, column{"derived_from", isList(0, math.MaxInt32, isIDText())},
	column{"shown", maybe(isList(1, math.MaxInt32, isIDText(TableAttribute, TableRelation, TableTurn)))}, column{"quote", isAnyText},
)

// isDeeds checks the ids of rows that a write created or closed, some of which may be erased.
var (
	isDeed  = isIDText(TableAttribute, TableRelation, TableInstruction)
	isDeeds = isList(0, math.MaxInt, isDeed)
)

func verbs() []string {
	var out []string
	for _, v := range authz.Verbs() {
		out = append(out, string(v))
	}
	return out
}

var errMissing = errors.New("is missing")

// checkColumns checks each column of an object. It returns the name of the invalid column with the reason.
func checkColumns(r *Rules, columns []column, raw cbor.RawMessage) (string, error) {
	if major(raw) != wire.Map {
		return "", errors.New("is not an object")
	}
	var values map[string]cbor.RawMessage
	if err := surreal.Unmarshal(raw, &values); err != nil {
		return "", err
	}
	for _, c := range columns {
		v := values[c.name]
		if isNone(v) {
			v = nil
		}
		if err := c.holds(r, v); err != nil {
			return c.name, err
		}
		delete(values, c.name)
	}
	for name := range values {
		return clip(name), errors.New("the table has no such column")
	}
	return "", nil
}

// isNone reports whether a value is NONE, which means a missing column.
func isNone(v cbor.RawMessage) bool {
	var none surreal.None
	return major(v) == wire.Tag && none.UnmarshalCBOR(v) == nil
}

func major(v cbor.RawMessage) byte {
	if len(v) == 0 {
		return 0xff // no value has it
	}
	return v[0] >> 5
}

// decoded reads a value of one CBOR type. Tags are refused: the database keeps them, and a decoder may look through them.
func decoded[T any](v cbor.RawMessage, want byte, is string) (T, error) {
	var out T
	if v == nil {
		return out, errMissing
	}
	if major(v) != want {
		return out, fmt.Errorf("is not %s", is)
	}
	if err := surreal.Unmarshal(v, &out); err != nil {
		return out, fmt.Errorf("is not %s", is)
	}
	return out, nil
}

func maybe(c check) check {
	return func(r *Rules, v cbor.RawMessage) error {
		if v == nil {
			return nil
		}
		return c(r, v)
	}
}

func isObject(columns ...column) check {
	return func(r *Rules, v cbor.RawMessage) error {
		if v == nil {
			return errMissing
		}
		name, err := checkColumns(r, columns, v)
		if err != nil && name != "" {
			return fmt.Errorf("%s: %w", name, err)
		}
		return err
	}
}

func isList(least, most int, of check) check {
	return func(r *Rules, v cbor.RawMessage) error {
		items, err := decoded[[]cbor.RawMessage](v, wire.Array, "an array")
		if err != nil {
			return err
		}
		if len(items) < least || len(items) > most {
			return fmt.Errorf("has %d items, not %d to %d", len(items), least, most)
		}
		for i, item := range items {
			if err := of(r, item); err != nil {
				return fmt.Errorf("item %d %w", i, err)
			}
		}
		return nil
	}
}

// limited checks texts of limited size that satisfy a condition.
func limited(limit func(*Rules) int, but func(string) error) check {
	return func(r *Rules, v cbor.RawMessage) error {
		s, err := decoded[string](v, wire.Text, "text")
		if err != nil {
			return err
		}
		if err := r.Text(s, limit(r)); err != nil {
			return err
		}
		if but == nil {
			return nil
		}
		return but(s)
	}
}

func textBytes(r *Rules) int  { return r.TextBytes }
func valueBytes(r *Rules) int { return r.ValueBytes }
func nameBytes(r *Rules) int  { return r.NameBytes }
func noteBytes(r *Rules) int  { return 16 * r.ValueBytes }

var (
	// isSaid checks a text that somebody said, anyText a part of one.
	isSaid    = limited(textBytes, notBlank)
	isAnyText = limited(textBytes, nil)
	// isNote checks a text written by the library or a caller, which may quote several values.
	isNote  = limited(noteBytes, nil)
	isValue = limited(valueBytes, trimmed)
	isText  = limited(nameBytes, nil)
	isName  = limited(nameBytes, func(s string) error {
		if record.Normalise(s) == "" {
			return fmt.Errorf("%.64q is no name", s)
		}
		return nil
	})
	isFactKey = limited(nameBytes, func(s string) error {
		if record.Normalise(s) == "" || strings.ContainsFunc(s, unicode.IsControl) {
			return fmt.Errorf("%.64q is no key", s)
		}
		return trimmed(s)
	})
)

func notBlank(s string) error {
	if record.Blank(s) {
		return errors.New("is blank")
	}
	return nil
}

func trimmed(s string) error {
	if strings.TrimSpace(s) != s {
		return errors.New("begins or ends with white space")
	}
	return notBlank(s)
}

// isRule checks a text by one of the Rules.
func isRule(of func(*Rules) func(string) error) check {
	return func(r *Rules, v cbor.RawMessage) error {
		s, err := decoded[string](v, wire.Text, "text")
		if err != nil {
			return err
		}
		return of(r)(s)
	}
}

func isOneOf(set ...string) check {
	return limited(nameBytes, func(s string) error {
		if !slices.Contains(set, s) {
			return fmt.Errorf("%.64q is not one of %s", s, strings.Join(set, ", "))
		}
		return nil
	})
}

var (
	isRole     = isOneOf(string(record.User), string(record.Assistant), string(record.System), string(record.Tool))
	isCategory = isOneOf(string(record.Identity), string(record.Knowledge), string(record.Context))
)

// isAction checks the action of an event, such as "key.create". Each version adds actions.
var isAction = limited(nameBytes, func(s string) error {
	if s == "" || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz._") != "" {
		return fmt.Errorf("%.64q is no action", s)
	}
	return nil
})

func isBool(_ *Rules, v cbor.RawMessage) error {
	switch {
	case v == nil:
		return errMissing
	case len(v) != 1 || v[0] != 0xf4 && v[0] != 0xf5:
		return errors.New("is not true or false")
	}
	return nil
}

func isInteger(least, most int64) check {
	return func(_ *Rules, v cbor.RawMessage) error {
		if v == nil {
			return errMissing
		}
		var n int64
		if m := major(v); m != wire.Uint && m != wire.Nint || surreal.Unmarshal(v, &n) != nil {
			return errors.New("is not an integer")
		}
		if n < least || n > most {
			return fmt.Errorf("%d is not in %d to %d", n, least, most)
		}
		return nil
	}
}

// isShare is a number from 0 to 1.
func isShare(_ *Rules, v cbor.RawMessage) error {
	n, err := decoded[float64](v, wire.Simple, "a float")
	if err != nil {
		return err
	}
	if !(n >= 0 && n <= 1) {
		return fmt.Errorf("%v is not in 0 to 1", n)
	}
	return nil
}

// isTime is a time that the library can hold.
func isTime(_ *Rules, v cbor.RawMessage) error {
	at, err := decoded[surreal.Datetime](v, wire.Tag, "a datetime")
	if err != nil {
		return err
	}
	if at.IsZero() || at.Year() < 1 || at.Year() > 9999 {
		return fmt.Errorf("the year %d is not in 1 to 9999", at.Year())
	}
	return nil
}

// isStamp checks a recording time of the store. A time ahead of the clock would stop the clock of the Context there, because it
// never goes back.
func isStamp(r *Rules, v cbor.RawMessage) error {
	if err := isTime(r, v); err != nil {
		return err
	}
	at, err := decoded[surreal.Datetime](v, wire.Tag, "a datetime")
	if err == nil && at.After(r.Now.Add(maxAhead)) {
		err = fmt.Errorf("%s is more than a day ahead of the clock", at.UTC().Format(time.RFC3339))
	}
	return err
}

// isID checks the id of a record of a table.
func isID(table string) check {
	return func(r *Rules, v cbor.RawMessage) error {
		id, err := decoded[surreal.RecordID](v, wire.Tag, "a record id with text as its key")
		if err != nil {
			return err
		}
		if id.Table != table {
			return fmt.Errorf("%s is not of the table %s", clip(id.String()), table)
		}
		return checkKey(r, id)
	}
}

func checkKey(r *Rules, id surreal.RecordID) error {
	if id.Key == "" || len(id.String()) > index.MaxIDBytes && id.Table != TableEntity {
		return fmt.Errorf("the key has %d bytes", len(id.Key))
	}
	return r.Text(id.Key, noteBytes(r))
}

func isPath(_ *Rules, v cbor.RawMessage) error {
	id, err := decoded[surreal.RecordID](v, wire.Tag, "a record id with text as its key")
	if err != nil {
		return err
	}
	if path, err := scope.Parse(id.Key); err != nil || path != id.Key || id.Table != TableScope {
		return fmt.Errorf("%q is not a scope path as it is stored", clip(id.Key))
	}
	return nil
}

// isIDText checks the id of a record as text, of one of the tables, or of any table if none is given.
func isIDText(tables ...string) check {
	return limited(noteBytes, func(s string) error {
		table, isID, ok := strings.Cut(s, ":")
		if !ok || isID == "" || len(s) > index.MaxIDBytes || len(tables) > 0 && !slices.Contains(tables, table) {
			return fmt.Errorf("%q is not the id of a record of %s", clip(s), strings.Join(tables, " or "))
		}
		return nil
	})
}

// isScopes checks a scope set in its canonical form.
func isScopes(_ *Rules, v cbor.RawMessage) error {
	set, err := decodedSet(v)
	if err != nil {
		return err
	}
	parsed, err := scope.ParseSet(set)
	if err != nil {
		return err
	}
	if len(parsed) == 0 || !parsed.Equal(set) {
		return fmt.Errorf("%.100q is not a scope set as it is stored", set)
	}
	return nil
}

// isAnyScopes checks any number of different clauses, in any order.
func isAnyScopes(_ *Rules, v cbor.RawMessage) error {
	set, err := decodedSet(v)
	if err != nil {
		return err
	}
	seen := make(map[string]bool, len(set))
	for _, clause := range set {
		one := record.ScopeSet{clause}
		parsed, err := scope.ParseSet(one)
		if err != nil {
			return err
		}
		if k := scope.Key(one); !parsed.Equal(one) || seen[k] {
			return fmt.Errorf("%.100q is not a scope set as it is stored", set)
		} else {
			seen[k] = true
		}
	}
	if len(set) == 0 {
		return errors.New("no scope")
	}
	return nil
}

func decodedSet(v cbor.RawMessage) (record.ScopeSet, error) {
	const is = "a scope set"
	clauses, err := decoded[[]cbor.RawMessage](v, wire.Array, is)
	if err != nil {
		return nil, err
	}
	set := make(record.ScopeSet, len(clauses))
	for i, clause := range clauses {
		if set[i], err = texts(clause, is); err != nil {
			return nil, err
		}
	}
	return set, nil
}

func texts(v cbor.RawMessage, is string) ([]string, error) {
	items, err := decoded[[]cbor.RawMessage](v, wire.Array, is)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(items))
	for i, item := range items {
		if out[i], err = decoded[string](item, wire.Text, is); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func isLabels(r *Rules, v cbor.RawMessage) error {
	given, err := texts(v, "a list of labels")
	if err != nil {
		return err
	}
	canonical, err := r.Labels(given)
	if err != nil {
		return err
	}
	if !slices.Equal(canonical, given) {
		return fmt.Errorf("%.100q are not labels as they are stored", given)
	}
	return nil
}

// isVector checks packed float32 numbers, all finite.
func isVector(_ *Rules, v cbor.RawMessage) error {
	b, err := decoded[[]byte](v, wire.Bytes, "bytes")
	if err != nil {
		return err
	}
	numbers, err := unpackVector(b)
	if err != nil || len(numbers) == 0 || len(numbers) > index.MaxDimension {
		return fmt.Errorf("%d bytes are no vector of 1 to %d components", len(b), index.MaxDimension)
	}
	for _, x := range numbers {
		if f := float64(x); math.IsNaN(f) || math.IsInf(f, 0) {
			return errors.New("has a component that is not a finite number")
		}
	}
	return nil
}

func isGrants(_ *Rules, v cbor.RawMessage) error {
	given, err := decoded[map[string][]string](v, wire.Map, "an object of lists of patterns")
	if err != nil {
		return err
	}
	parsed, err := authz.Parse(given)
	if err != nil {
		return err
	}
	canonical := parsed.Strings()
	for verb, patterns := range given {
		if !slices.Equal(canonical[verb], patterns) {
			return fmt.Errorf("%q: %.100q are not patterns as they are stored", clip(verb), patterns)
		}
	}
	return nil
}

// isMetadata checks a JSON value.
func isMetadata(r *Rules, v cbor.RawMessage) error {
	m, err := decoded[map[string]any](v, wire.Map, "an object")
	if err != nil {
		return err
	}
	if !isJSON(m) {
		return errors.New("holds something that is not JSON")
	}
	return r.Metadata(m)
}

func isJSON(v any) bool {
	switch x := v.(type) {
	case nil, bool, int64:
		return true
	case float64:
		return !math.IsNaN(x) && !math.IsInf(x, 0)
	case string:
		return utf8.ValidString(x)
	case []any:
		return !slices.ContainsFunc(x, func(v any) bool { return !isJSON(v) })
	case map[string]any:
		for k, v := range x {
			if !isJSON(k) || !isJSON(v) {
				return false
			}
		}
		return true
	}
	return false
}

func isOntology(r *Rules, v cbor.RawMessage) error {
	document, err := decoded[string](v, wire.Text, "text")
	if err != nil {
		return err
	}
	return r.Ontology([]byte(document))
}

// clip shortens a value for a message.
func clip(s string) string {
	if len(s) > 64 {
		return strings.ToValidUTF8(s[:64], "") + "…"
	}
	return s
}

// ordered reports whether a time is not before another; missing times are in order.
func ordered(from, until time.Time) bool {
	return from.IsZero() || until.IsZero() || !until.Before(from)
}
