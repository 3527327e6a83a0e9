package spectron

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
)

// refused checks that err is of the code of want, and says what was done, where it failed, and why.
func refused(t *testing.T, err error, want *Error, op, field, detail string) {
	t.Helper()
	var e *Error
	require.ErrorAs(t, err, &e)
	if !errors.Is(err, want) || e.Op != op || e.Field != field || !strings.Contains(e.Detail, detail) {
		t.Errorf("%v: %q %q %q %q, want %q %q %q", err, e.Op, e.Code, e.Field, e.Detail, want.Code, field, detail)
	}
}

// terms are n terms of a type, named by their number.
func terms[T any](n int, name func(*T) *string) []T {
	out := make([]T, n)
	for i := range out {
		*name(&out[i]) = fmt.Sprintf("word %d", i)
	}
	return out
}

func wordsOf(n int) []string { return terms(n, func(s *string) *string { return s }) }

func types(terms ...EntityTypeTerm) OntologySpec { return OntologySpec{EntityTypes: terms} }

func keys(terms ...AttributeKeyTerm) OntologySpec { return OntologySpec{AttributeKeys: terms} }

func labels(terms ...RelationLabelTerm) OntologySpec { return OntologySpec{RelationLabels: terms} }

func TestOntologyChecks(t *testing.T) {
	t.Parallel()
	engineer := EntityTypeTerm{Name: "engineer", Kind: "person", Aliases: []string{"developer"}}
	closed := OntologyParts{EntityTypes: true}
	for name, tt := range map[string]struct {
		spec   OntologySpec
		want   *Error // nil: it is good
		field  string
		detail string
	}{
		"nothing":         {spec: OntologySpec{}},
		"a version":       {spec: OntologySpec{IfVersion: 3}},
		"negative":        {OntologySpec{IfVersion: -1}, ErrInvalid, "IfVersion", "not a version"},
		"other scripts":   {spec: keys(AttributeKeyTerm{Name: "誕生日", Aliases: []string{"день рождения", "Γενέθλια"}})},
		"longest":         {spec: keys(AttributeKeyTerm{Name: strings.Repeat("x", 128), Description: strings.Repeat("y", 1000)})},
		"lines":           {spec: types(EntityTypeTerm{Name: "x", Description: "one\n\ttwo"})},
		"all at most":     {spec: OntologySpec{EntityTypes: terms(200, func(t *EntityTypeTerm) *string { return &t.Name }), AttributeKeys: terms(500, func(t *AttributeKeyTerm) *string { return &t.Name }), RelationLabels: terms(500, func(t *RelationLabelTerm) *string { return &t.Name })}},
		"too many types":  {OntologySpec{EntityTypes: terms(201, func(t *EntityTypeTerm) *string { return &t.Name })}, ErrTooLarge, "EntityTypes", "201 types (at most 200)"},
		"too many keys":   {OntologySpec{AttributeKeys: terms(501, func(t *AttributeKeyTerm) *string { return &t.Name })}, ErrTooLarge, "AttributeKeys", "501 keys"},
		"too many labels": {OntologySpec{RelationLabels: terms(501, func(t *RelationLabelTerm) *string { return &t.Name })}, ErrTooLarge, "RelationLabels", "501 labels"},
		"most aliases":    {spec: labels(RelationLabelTerm{Name: "x", Aliases: wordsOf(32)})},
		"many aliases":    {labels(RelationLabelTerm{Name: "x"}, RelationLabelTerm{Name: "y", Aliases: wordsOf(33)}), ErrTooLarge, "RelationLabels[1].Aliases", "33 aliases"},

		"no name":              {types(EntityTypeTerm{}), ErrInvalid, "EntityTypes[0].Name", "empty"},
		"blank name":           {keys(AttributeKeyTerm{Name: " "}), ErrInvalid, "AttributeKeys[0].Name", "empty"},
		"blanks around":        {labels(RelationLabelTerm{Name: "x"}, RelationLabelTerm{Name: "y "}), ErrInvalid, "RelationLabels[1].Name", "white space"},
		"long name":            {types(EntityTypeTerm{Name: strings.Repeat("x", 129)}), ErrTooLarge, "EntityTypes[0].Name", "129 bytes"},
		"punctuation":          {types(EntityTypeTerm{Name: "-!-"}), ErrInvalid, "EntityTypes[0].Name", "letters"},
		"symbols":              {keys(AttributeKeyTerm{Name: "++"}), ErrInvalid, "AttributeKeys[0].Name", "letters"},
		"no UTF-8":             {keys(AttributeKeyTerm{Name: "a\xff"}), ErrInvalid, "AttributeKeys[0].Name", "UTF-8"},
		"zero character":       {keys(AttributeKeyTerm{Name: "a\x00b"}), ErrInvalid, "AttributeKeys[0].Name", "zero"},
		"a line break":         {keys(AttributeKeyTerm{Name: "a\nb"}), ErrInvalid, "AttributeKeys[0].Name", "control"},
		"an escape":            {keys(AttributeKeyTerm{Name: "a", Aliases: []string{"b", "c\x1b[2J"}}), ErrInvalid, "AttributeKeys[0].Aliases[1]", "control"},
		"no alias":             {keys(AttributeKeyTerm{Name: "a", Aliases: []string{""}}), ErrInvalid, "AttributeKeys[0].Aliases[0]", "empty"},
		"punctuation as alias": {keys(AttributeKeyTerm{Name: "a", Aliases: []string{"…"}}), ErrInvalid, "AttributeKeys[0].Aliases[0]", "letters"},
		"long description":     {types(EntityTypeTerm{Name: "x", Description: strings.Repeat("y", 1001)}), ErrTooLarge, "EntityTypes[0].Description", "1001 bytes"},
		"description of bells": {labels(RelationLabelTerm{Name: "x", Description: "a\ab"}), ErrInvalid, "RelationLabels[0].Description", "control"},
		"no description":       {labels(RelationLabelTerm{Name: "x", Description: "\xc0"}), ErrInvalid, "RelationLabels[0].Description", "UTF-8"},

		"twice":                    {types(engineer, engineer), ErrInvalid, "EntityTypes[1].Name", `the same as a word of EntityTypes[0], "engineer"`},
		"twice in capitals":        {types(EntityTypeTerm{Name: "Sales lead"}, EntityTypeTerm{Name: "sales_LEAD"}), ErrInvalid, "EntityTypes[1].Name", "Sales lead"},
		"twice, composed":          {types(EntityTypeTerm{Name: "caf\u00e9"}, EntityTypeTerm{Name: "CAFE\u0301"}), ErrInvalid, "EntityTypes[1].Name", "caf\u00e9"},
		"near-synonyms":            {labels(RelationLabelTerm{Name: "works at"}, RelationLabelTerm{Name: "employer"}), ErrInvalid, "RelationLabels[1].Name", "works at"},
		"spellings of colour":      {keys(AttributeKeyTerm{Name: "favorite color"}, AttributeKeyTerm{Name: "favourite_colour"}), ErrInvalid, "AttributeKeys[1].Name", "favorite color"},
		"an alias that is a name":  {keys(AttributeKeyTerm{Name: "a", Aliases: []string{"x", "B"}}, AttributeKeyTerm{Name: "b"}), ErrInvalid, "AttributeKeys[0].Aliases[1]", "AttributeKeys[1]"},
		"an alias that was a name": {keys(AttributeKeyTerm{Name: "a"}, AttributeKeyTerm{Name: "b", Aliases: []string{"A"}}), ErrInvalid, "AttributeKeys[1].Aliases[0]", "AttributeKeys[0]"},
		"an alias of two":          {labels(RelationLabelTerm{Name: "a", Aliases: []string{"x y"}}, RelationLabelTerm{Name: "b", Aliases: []string{"x-y"}}), ErrInvalid, "RelationLabels[1].Aliases[0]", "RelationLabels[0]"},
		"the name as alias":        {keys(AttributeKeyTerm{Name: "a b", Aliases: []string{"A-b"}}), ErrInvalid, "AttributeKeys[0].Aliases[0]", "twice"},
		"an alias twice":           {keys(AttributeKeyTerm{Name: "a", Aliases: []string{"x", "X"}}), ErrInvalid, "AttributeKeys[0].Aliases[1]", "twice"},
		"near-synonyms as aliases": {spec: keys(AttributeKeyTerm{Name: "role", Aliases: []string{"Job title", "occupation"}})},
		"one word in two parts":    {spec: OntologySpec{EntityTypes: []EntityTypeTerm{{Name: "manager"}}, AttributeKeys: []AttributeKeyTerm{{Name: "manager"}}, RelationLabels: []RelationLabelTerm{{Name: "manager"}}}},
		"types of one kind":        {spec: types(EntityTypeTerm{Name: "company"}, EntityTypeTerm{Name: "team", Kind: "organisation"}, EntityTypeTerm{Name: "organisation"})},

		"a kind":             {spec: types(engineer, EntityTypeTerm{Name: "ticket"}, EntityTypeTerm{Name: "person", Aliases: []string{"human"}})},
		"no such kind":       {types(EntityTypeTerm{Name: "x", Kind: "thing"}), ErrInvalid, "EntityTypes[0].Kind", `"thing"; there are person, organisation`},
		"a near-kind":        {types(EntityTypeTerm{Name: "x", Kind: "company"}), ErrInvalid, "EntityTypes[0].Kind", "unknown kind"},
		"of another kind":    {types(engineer, EntityTypeTerm{Name: "City", Kind: "person"}), ErrInvalid, "EntityTypes[1].Name", `"City" is of the kind location, not person`},
		"alias of a kind":    {types(EntityTypeTerm{Name: "engineer", Kind: "person", Aliases: []string{"x", "bot"}}), ErrInvalid, "EntityTypes[0].Aliases[1]", "agent, not person"},
		"alias without kind": {types(EntityTypeTerm{Name: "engineer", Aliases: []string{"person"}}), ErrInvalid, "EntityTypes[0].Aliases[0]", "person, not other"},

		"declared types":   {spec: OntologySpec{EntityTypes: []EntityTypeTerm{engineer}, RefuseOthers: closed, AttributeKeys: []AttributeKeyTerm{{Name: "level", EntityTypes: []string{"Engineer"}}}, RelationLabels: []RelationLabelTerm{{Name: "mentors", Subjects: []string{"developer"}, Objects: []string{"engineer"}}}}},
		"types of the set": {spec: OntologySpec{AttributeKeys: []AttributeKeyTerm{{Name: "level", EntityTypes: []string{"person", "agent"}}}}},
		"undeclared": {OntologySpec{EntityTypes: []EntityTypeTerm{engineer}, AttributeKeys: []AttributeKeyTerm{{Name: "level", EntityTypes: []string{"engineer", "manager"}}}},
			ErrInvalid, "AttributeKeys[0].EntityTypes[1]", `"manager" is not declared in EntityTypes, and none of person, `},
		"not in a closed set": {OntologySpec{EntityTypes: []EntityTypeTerm{engineer}, RefuseOthers: closed, RelationLabels: []RelationLabelTerm{{Name: "mentors", Subjects: []string{"person"}}}},
			ErrInvalid, "RelationLabels[0].Subjects[0]", "refuses others"},
		"objects": {labels(RelationLabelTerm{Name: "mentors", Subjects: []string{"person"}, Objects: []string{"human"}}), ErrInvalid, "RelationLabels[0].Objects[0]", "human"},
		"a type twice": {OntologySpec{EntityTypes: []EntityTypeTerm{engineer}, AttributeKeys: []AttributeKeyTerm{{Name: "level", EntityTypes: []string{"engineer", "person", "developer"}}}},
			ErrInvalid, "AttributeKeys[0].EntityTypes[2]", `"engineer" is there twice`},
		"broken type": {OntologySpec{EntityTypes: []EntityTypeTerm{engineer}, AttributeKeys: []AttributeKeyTerm{{Name: "level", EntityTypes: []string{"engineer\xff"}}}},
			ErrInvalid, "AttributeKeys[0].EntityTypes[0]", "UTF-8"},
		"many types": {keys(AttributeKeyTerm{Name: "x", EntityTypes: wordsOf(201)}), ErrTooLarge, "AttributeKeys[0].EntityTypes", "201 types"},

		"values":            {spec: OntologySpec{AttributeKeys: []AttributeKeyTerm{{Name: "x", Cardinality: CardinalityMany, Category: CategoryContext}}, RelationLabels: []RelationLabelTerm{{Name: "x", Cardinality: CardinalityOne, Category: CategoryIdentity}}}},
		"no cardinality":    {keys(AttributeKeyTerm{Name: "x", Cardinality: "two"}), ErrInvalid, "AttributeKeys[0].Cardinality", "one and many"},
		"no category":       {keys(AttributeKeyTerm{Name: "x", Category: "mood"}), ErrInvalid, "AttributeKeys[0].Category", `"mood"; there are identity`},
		"label's category":  {labels(RelationLabelTerm{Name: "x", Category: "Identity"}), ErrInvalid, "RelationLabels[0].Category", "identity"},
		"closed and empty":  {OntologySpec{AttributeKeys: []AttributeKeyTerm{{Name: "x"}}, RefuseOthers: OntologyParts{AttributeKeys: true, RelationLabels: true}}, ErrInvalid, "RefuseOthers.RelationLabels", "declares nothing"},
		"closed, not empty": {spec: OntologySpec{AttributeKeys: []AttributeKeyTerm{{Name: "x"}}, RefuseOthers: OntologyParts{AttributeKeys: true}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := tt.spec.check("put ontology")
			if tt.want == nil {
				require.NoError(t, err)
				return
			}
			refused(t, err, tt.want, "put ontology", tt.field, tt.detail)
		})
	}
}

func TestOntologyJSON(t *testing.T) {
	t.Parallel()
	var all OntologySpec
	require.NoError(t, json.Unmarshal([]byte(`{
		"entity_types": [{"name": "engineer", "kind": "person", "description": "writes <code>", "aliases": ["developer"]}],
		"attribute_keys": [{"name": "level", "description": "d", "aliases": ["seniority"], "entity_types": ["engineer"], "cardinality": "one", "category": "knowledge"}],
		"relation_labels": [{"name": "mentors", "description": "d", "aliases": ["coaches"], "subjects": ["engineer"], "objects": ["person"], "cardinality": "many", "category": "identity"}],
		"refuse_others": {"entity_types": true, "attribute_keys": false, "relation_labels": true}, "if_version": 7
	}`), &all))
	want := OntologySpec{
		EntityTypes: []EntityTypeTerm{{"engineer", "person", "writes <code>", []string{"developer"}}},
		AttributeKeys: []AttributeKeyTerm{{
			Name: "level", Description: "d", Aliases: []string{"seniority"}, EntityTypes: []string{"engineer"}, Cardinality: CardinalityOne, Category: CategoryKnowledge,
		}},
		RelationLabels: []RelationLabelTerm{{"mentors", "d", []string{"coaches"}, []string{"engineer"}, []string{"person"}, CardinalityMany, CategoryIdentity}},
		RefuseOthers:   OntologyParts{EntityTypes: true, RelationLabels: true}, IfVersion: 7,
	}
	require.Equal(t, want, all)

	// null is absent, and an array that is empty too. Reading replaces what was there.
	require.NoError(t, json.Unmarshal([]byte(`{"entity_types": null, "attribute_keys": [{"name": "x", "description": null, "aliases": null,
		"entity_types": [], "cardinality": null, "category": null}], "relation_labels": [], "refuse_others": {"attribute_keys": null}, "if_version": null}`), &all))
	require.Equal(t, keys(AttributeKeyTerm{Name: "x"}), all)
	require.NoError(t, json.Unmarshal([]byte(`null`), &all))
	require.Equal(t, keys(AttributeKeyTerm{Name: "x"}), all)

	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for text, o := range map[string]Ontology{
		`{"version":1,"spec":{},"created_at":"2026-01-02T03:04:05Z","principal_id":"principal:admin"}`:                                      {Version: 1, CreatedAt: at, PrincipalID: live.AdminID},
		`{"version":2,"spec":{},"created_at":"2026-01-02T03:04:05Z","principal_id":"principal:admin","deleted":true}`:                       {Version: 2, CreatedAt: at, PrincipalID: live.AdminID, Deleted: true},
		`{"version":3,"spec":{"attribute_keys":[{"name":"x"}]},"created_at":"2026-01-02T03:04:05Z","principal_id":"principal:admin"}`:       {Version: 3, Spec: keys(AttributeKeyTerm{Name: "x"}), CreatedAt: at, PrincipalID: live.AdminID},
		`{"version":4,"spec":{"refuse_others":{"entity_types":true}},"created_at":"2026-01-02T03:04:05Z","principal_id":"principal:admin"}`: {Version: 4, Spec: OntologySpec{RefuseOthers: OntologyParts{EntityTypes: true}}, CreatedAt: at, PrincipalID: live.AdminID},
	} {
		written, err := json.Marshal(o)
		require.NoError(t, err)
		require.Equal(t, text, string(written))
		var read Ontology
		require.NoError(t, json.Unmarshal(written, &read))
		require.Equal(t, o, read)
	}
}

func TestOntologyJSONRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct{ field, detail string }{
		``:                                {"", "not one JSON value"},
		`{} {}`:                           {"", "not one JSON value"},
		"{\"\xff\": 1}":                   {"", "not UTF-8"},
		`[]`:                              {"", "an array where an object belongs"},
		`"x"`:                             {"", "a string where an object belongs"},
		`{"entitytypes": []}`:             {"entitytypes", "unknown field; there are entity_types, "},
		`{"Entity_types": []}`:            {"Entity_types", "unknown field"},
		`{"entity_types": {}}`:            {"entity_types", "an object where an array belongs"},
		`{"entity_types": ["person"]}`:    {"entity_types[0]", "a string where an object belongs"},
		`{"entity_types": [null]}`:        {"entity_types[0]", "null where an object belongs"},
		`{"entity_types": [{"name": 1}]}`: {"entity_types[0].name", "a number where a string belongs"},
		`{"entity_types": [{}, {"name": "a", "name": "a"}]}`:                  {"entity_types[1].name", "there twice"},
		`{"entity_types": [{"name": "a", "parent": "b"}]}`:                    {"entity_types[0].parent", "unknown field; there are name, kind, description, aliases"},
		`{"entity_types": [{"a b": 1}]}`:                                      {`entity_types[0]."a b"`, "unknown field"},
		`{"attribute_keys": [{"name": "a"}, {}, {"aliases": ["b", "c", 4]}]}`: {"attribute_keys[2].aliases[2]", "a number where a string belongs"},
		`{"attribute_keys": [{"aliases": [null]}]}`:                           {"attribute_keys[0].aliases[0]", "null where a string belongs"},
		`{"attribute_keys": [{"aliases": "b"}]}`:                              {"attribute_keys[0].aliases", "a string where an array belongs"},
		`{"attribute_keys": [{"kind": "person"}]}`:                            {"attribute_keys[0].kind", "unknown field"},
		`{"attribute_keys": [{"many": true}]}`:                                {"attribute_keys[0].many", "unknown field"},
		`{"attribute_keys": [{"category": ["x"]}]}`:                           {"attribute_keys[0].category", "an array where a string belongs"},
		`{"relation_labels": [{"entity_types": ["x"]}]}`:                      {"relation_labels[0].entity_types", "unknown field; there are name"},
		`{"relation_labels": [{"subjects": [["x"]]}]}`:                        {"relation_labels[0].subjects[0]", "an array where a string belongs"},
		`{"relation_labels": [{"objects": [{}]}]}`:                            {"relation_labels[0].objects[0]", "an object where a string belongs"},
		`{"relation_labels": [{"cardinality": 1}]}`:                           {"relation_labels[0].cardinality", "a number where a string belongs"},
		`{"refuse_others": true}`:                                             {"refuse_others", "true or false where an object belongs"},
		`{"refuse_others": {"attribute_keys": "yes"}}`:                        {"refuse_others.attribute_keys", "a string where true or false belongs"},
		`{"refuse_others": {"entities": true}}`:                               {"refuse_others.entities", "unknown field; there are entity_types"},
		`{"refuse_others": {"entity_types": true, "entity_types": true}}`:     {"refuse_others.entity_types", "there twice"},
		`{"if_version": "3"}`:                                                 {"if_version", "a string where a whole number belongs"},
		`{"if_version": 1.5}`:                                                 {"if_version", "fraction"},
		`{"if_version": 99999999999999999999}`:                                {"if_version", "out of range"},
		`{"version": 1}`:                                                      {"version", "unknown field"},
	} {
		was := keys(AttributeKeyTerm{Name: "as it was"})
		spec := was
		err := spec.UnmarshalJSON([]byte(text))
		t.Run(text, func(t *testing.T) { refused(t, err, ErrInvalid, "ontology", want.field, want.detail) })
		require.Equal(t, was, spec, text)
	}
	var spec OntologySpec
	refused(t, spec.UnmarshalJSON([]byte(`{"entity_types":`+strings.Repeat("[", 20)+strings.Repeat("]", 20)+`}`)), ErrTooLarge, "ontology", "", "levels")
	refused(t, spec.UnmarshalJSON([]byte(`{"if_version": 1`+strings.Repeat(" ", 1<<20)+`}`)), ErrTooLarge, "ontology", "", "bytes")
	require.Zero(t, spec)
}

func TestOntologyStored(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]*Error{
		`{"hierarchy": []}`: ErrUnsupported,
		`{"entity_types": [{"name": "x", "parent": 1}]}`: ErrUnsupported,
		`{"refuse_others": {"verbs": true}}`:             ErrUnsupported,
		`{"entity_types": [{"name": 1}]}`:                ErrDamaged,
		`{"entity_types"`:                                ErrDamaged,
		`null`:                                           ErrDamaged,
		`[]`:                                             ErrDamaged,
		strings.Repeat(" ", 1<<20) + `{}`:                ErrDamaged,
	} {
		spec, err := decodeOntology([]byte(text))
		if !errors.Is(err, want) || !reflect.DeepEqual(spec, OntologySpec{}) {
			t.Errorf("%.50s: %+v, %v", text, spec, err)
		}
	}
	// What no longer passes the checks of Put can be read: two words that became one.
	spec := keys(AttributeKeyTerm{Name: "role"}, AttributeKeyTerm{Name: "job"})
	require.Error(t, spec.check("check"))
	document, err := encodeOntology(spec)
	require.NoError(t, err)
	again, err := decodeOntology(document)
	require.NoError(t, err)
	require.Equal(t, spec, again)
}

// randomOntology makes specs that can be put; small numbers make it likely that two are the same.
func randomOntology(r *rand.Rand) OntologySpec {
	alphabet := []string{"a", "B", "é", "東", "Ж", "7", "&", " x", "-", "'", "\"", "<b>", "\\", "\u2028", "😀"}
	next := 0
	word := func() string { // no two are one
		next++
		text := fmt.Sprintf("w%d", next)
		for range r.IntN(4) {
			text += alphabet[r.IntN(len(alphabet))]
		}
		return text + "q"
	}
	some := func(most int, one func() string) []string {
		var out []string
		for range r.IntN(most + 1) {
			out = append(out, one())
		}
		return out
	}
	description := func() string { return strings.Join(some(3, word), "\n\t") }
	cardinality := func() Cardinality { return []Cardinality{"", CardinalityOne, CardinalityMany}[r.IntN(3)] }
	category := func() Category {
		return []Category{"", CategoryIdentity, CategoryKnowledge, CategoryContext}[r.IntN(4)]
	}
	var s OntologySpec
	var known []string
	for range r.IntN(4) {
		t := EntityTypeTerm{Name: word(), Description: description(), Aliases: some(3, word)}
		if r.IntN(2) == 0 {
			t.Kind = record.EntityTypes()[r.IntN(len(record.EntityTypes()))]
		}
		known = append(known, t.Name)
		s.EntityTypes = append(s.EntityTypes, t)
	}
	s.RefuseOthers.EntityTypes = len(s.EntityTypes) > 0 && r.IntN(3) == 0
	if !s.RefuseOthers.EntityTypes {
		known = append(known, record.EntityTypes()...)
	}
	of := func() []string {
		var out []string
		for _, i := range r.Perm(len(known))[:r.IntN(min(len(known), 3)+1)] {
			out = append(out, known[i])
		}
		return out
	}
	for range r.IntN(4) {
		s.AttributeKeys = append(s.AttributeKeys, AttributeKeyTerm{word(), description(), some(3, word), of(), cardinality(), category()})
	}
	for range r.IntN(4) {
		s.RelationLabels = append(s.RelationLabels, RelationLabelTerm{word(), description(), some(3, word), of(), of(), cardinality(), category()})
	}
	s.RefuseOthers.AttributeKeys = len(s.AttributeKeys) > 0 && r.IntN(3) == 0
	s.RefuseOthers.RelationLabels = len(s.RelationLabels) > 0 && r.IntN(3) == 0
	return s
}

// Of any two ontologies: both can be put and are read as they were; they are stored as the same bytes if and only if they
// are the same, whatever stands between the lines of their JSON.
func TestOntologyProperties(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(4, 7))
	var before OntologySpec
	stored := []byte("{}")
	for i := range 600 {
		spec := randomOntology(r)
		if r.IntN(3) == 0 { // one that differs in little, or not at all
			document, err := encodeOntology(before)
			require.NoError(t, err)
			spec, err = decodeOntology(document)
			require.NoError(t, err)
			switch r.IntN(4) {
			case 0:
				spec.RefuseOthers.EntityTypes = !spec.RefuseOthers.EntityTypes && len(spec.EntityTypes) > 0
			case 1:
				if n := len(spec.AttributeKeys); n > 0 {
					spec.AttributeKeys[r.IntN(n)].Description += "."
				}
			case 2:
				spec.IfVersion = 0
			}
		}
		if err := spec.check("check"); err != nil && !strings.Contains(err.Error(), "refuses others") {
			t.Fatalf("run %d: %+v: %v", i, spec, err)
		}
		document, err := encodeOntology(spec)
		require.NoError(t, err)
		again, err := decodeOntology(document)
		require.NoError(t, err)
		if !reflect.DeepEqual(again, spec) {
			t.Fatalf("run %d: %s is read as %+v, was %+v", i, document, again, spec)
		}
		var indented bytes.Buffer
		require.NoError(t, json.Indent(&indented, document, "", "\t"))
		var read OntologySpec
		require.NoError(t, read.UnmarshalJSON(indented.Bytes()))
		require.Equal(t, spec, read)
		if bytes.Equal(document, stored) != reflect.DeepEqual(spec, before) {
			t.Fatalf("run %d: %s and %s", i, document, stored)
		}
		before, stored = spec, document
	}
}

// A word is refused wherever else it is put, in whatever spelling.
func TestOntologyClashes(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(11, 3))
	spell := func(word string) string {
		switch r.IntN(4) {
		case 0:
			return strings.ToUpper(word)
		case 1:
			return "(" + word + ")"
		case 2:
			return word[:1] + "'" + word[1:]
		}
		return word
	}
	for range 500 {
		s := randomOntology(r)
		if len(s.RelationLabels) < 2 || s.check("check") != nil {
			continue
		}
		i, j := r.IntN(len(s.RelationLabels)), 0
		for j = i; j == i; {
			j = r.IntN(len(s.RelationLabels))
		}
		word := append([]string{s.RelationLabels[i].Name}, s.RelationLabels[i].Aliases...)[r.IntN(1+len(s.RelationLabels[i].Aliases))]
		other := &s.RelationLabels[j]
		other.Aliases = append([]string{spell(word)}, other.Aliases...)
		err := s.check("check")
		var e *Error
		if !errors.As(err, &e) || e.Code != CodeInvalid || !strings.HasPrefix(e.Field, "RelationLabels[") || !strings.Contains(e.Field, ".Aliases[") {
			t.Fatalf("%q of %d is also %q of %d: %v", word, i, other.Aliases[0], j, err)
		}
	}
}

func FuzzOntologyJSON(f *testing.F) {
	for _, seed := range []string{
		`null`, `{}`, `{"entity_types": [{"name": "engineer", "kind": "person", "aliases": ["developer"]}], "if_version": 1}`,
		`{"attribute_keys": [{"name": "level", "entity_types": ["engineer"], "cardinality": "one", "category": "context"}]}`,
		`{"relation_labels": [{"name": "mentors", "subjects": ["person"], "objects": null, "description": "\ud800\u0000"}]}`,
		`{"refuse_others": {"entity_types": true, "attribute_keys": null}}`, `{"entity_types": [[[[[[[[[[]]]]]]]]]]}`,
		`{"attribute_keys": [{"name": "job"}, {"name": "role"}]}`, `{"entity_types": `, "\xff", `{"if_version": 1e3}`, `{"if_version": -1}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var spec OntologySpec
		if err := spec.UnmarshalJSON(data); err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Op != "ontology" || e.Code != CodeInvalid && e.Code != CodeTooLarge || len(err.Error()) > 2000 {
				t.Fatalf("%T %v", err, err)
			}
			if !reflect.DeepEqual(spec, OntologySpec{}) {
				t.Fatalf("%s: refused, but %+v", data, spec)
			}
			return
		}
		if err := spec.check("check"); err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Op != "check" || e.Field == "" || len(err.Error()) > 4000 {
				t.Fatalf("%T %v", err, err)
			}
			return
		}
		document, err := encodeOntology(spec)
		if err != nil {
			t.Fatalf("%s: not encoded: %v", data, err)
		}
		if len(document) > maxOntologyJSON { // Put refuses it
			return
		}
		again, err := decodeOntology(document)
		spec.IfVersion = 0
		if err != nil || !reflect.DeepEqual(again, spec) {
			t.Fatalf("%s: %s is decoded to %+v, %v", data, document, again, err)
		}
	})
}
