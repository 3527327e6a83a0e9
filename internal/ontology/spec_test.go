package ontology

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/record"
)

// refused checks the code, the field and the text of an error.
func refused(t *testing.T, err error, want fault.Code, field, detail string) {
	t.Helper()
	var e *fault.Error
	require.ErrorAs(t, err, &e)
	if e.Code != want || e.Field != field || !strings.Contains(e.Detail, detail) {
		t.Errorf("%v: %q %q %q, want %q %q %q", err, e.Code, e.Field, e.Detail, want, field, detail)
	}
}

// terms returns n terms of a type, named by their number.
func terms[T any](n int, name func(*T) *string) []T {
	out := make([]T, n)
	for i := range out {
		*name(&out[i]) = fmt.Sprintf("word %d", i)
	}
	return out
}

func wordsOf(n int) []string { return terms(n, func(s *string) *string { return s }) }

func types(terms ...EntityType) Spec { return Spec{EntityTypes: terms} }

func keys(terms ...AttributeKey) Spec { return Spec{AttributeKeys: terms} }

func labels(terms ...RelationLabel) Spec { return Spec{RelationLabels: terms} }

func TestChecks(t *testing.T) {
	t.Parallel()
	engineer := EntityType{Name: "engineer", Kind: "person", Aliases: []string{"developer"}}
	closed := Parts{EntityTypes: true}
	for name, tt := range map[string]struct {
		spec   Spec
		want   fault.Code // "": valid
		field  string
		detail string
	}{
		"nothing":         {spec: Spec{}},
		"a version":       {spec: Spec{IfVersion: 3}},
		"negative":        {Spec{IfVersion: -1}, fault.Invalid, "IfVersion", "not a version"},
		"other scripts":   {spec: keys(AttributeKey{Name: "誕生日", Aliases: []string{"день рождения", "Γενέθλια"}})},
		"longest":         {spec: keys(AttributeKey{Name: strings.Repeat("x", 128), Description: strings.Repeat("y", 1000)})},
		"lines":           {spec: types(EntityType{Name: "x", Description: "one\n\ttwo"})},
		"all at most":     {spec: Spec{EntityTypes: terms(200, func(t *EntityType) *string { return &t.Name }), AttributeKeys: terms(500, func(t *AttributeKey) *string { return &t.Name }), RelationLabels: terms(500, func(t *RelationLabel) *string { return &t.Name })}},
		"too many types":  {Spec{EntityTypes: terms(201, func(t *EntityType) *string { return &t.Name })}, fault.TooLarge, "EntityTypes", "201 types (at most 200)"},
		"too many keys":   {Spec{AttributeKeys: terms(501, func(t *AttributeKey) *string { return &t.Name })}, fault.TooLarge, "AttributeKeys", "501 keys"},
		"too many labels": {Spec{RelationLabels: terms(501, func(t *RelationLabel) *string { return &t.Name })}, fault.TooLarge, "RelationLabels", "501 labels"},
		"most aliases":    {spec: labels(RelationLabel{Name: "x", Aliases: wordsOf(32)})},
		"many aliases":    {labels(RelationLabel{Name: "x"}, RelationLabel{Name: "y", Aliases: wordsOf(33)}), fault.TooLarge, "RelationLabels[1].Aliases", "33 aliases"},

		"no name":              {types(EntityType{}), fault.Invalid, "EntityTypes[0].Name", "empty"},
		"blank name":           {keys(AttributeKey{Name: " "}), fault.Invalid, "AttributeKeys[0].Name", "empty"},
		"blanks around":        {labels(RelationLabel{Name: "x"}, RelationLabel{Name: "y "}), fault.Invalid, "RelationLabels[1].Name", "white space"},
		"long name":            {types(EntityType{Name: strings.Repeat("x", 129)}), fault.TooLarge, "EntityTypes[0].Name", "129 bytes"},
		"punctuation":          {types(EntityType{Name: "-!-"}), fault.Invalid, "EntityTypes[0].Name", "letters"},
		"symbols":              {keys(AttributeKey{Name: "++"}), fault.Invalid, "AttributeKeys[0].Name", "letters"},
		"no UTF-8":             {keys(AttributeKey{Name: "a\xff"}), fault.Invalid, "AttributeKeys[0].Name", "UTF-8"},
		"zero character":       {keys(AttributeKey{Name: "a\x00b"}), fault.Invalid, "AttributeKeys[0].Name", "zero"},
		"a line break":         {keys(AttributeKey{Name: "a\nb"}), fault.Invalid, "AttributeKeys[0].Name", "control"},
		"an escape":            {keys(AttributeKey{Name: "a", Aliases: []string{"b", "c\x1b[2J"}}), fault.Invalid, "AttributeKeys[0].Aliases[1]", "control"},
		"no alias":             {keys(AttributeKey{Name: "a", Aliases: []string{""}}), fault.Invalid, "AttributeKeys[0].Aliases[0]", "empty"},
		"punctuation as alias": {keys(AttributeKey{Name: "a", Aliases: []string{"…"}}), fault.Invalid, "AttributeKeys[0].Aliases[0]", "letters"},
		"long description":     {types(EntityType{Name: "x", Description: strings.Repeat("y", 1001)}), fault.TooLarge, "EntityTypes[0].Description", "1001 bytes"},
		"description of bells": {labels(RelationLabel{Name: "x", Description: "a\ab"}), fault.Invalid, "RelationLabels[0].Description", "control"},
		"no description":       {labels(RelationLabel{Name: "x", Description: "\xc0"}), fault.Invalid, "RelationLabels[0].Description", "UTF-8"},

		"twice":                    {types(engineer, engineer), fault.Invalid, "EntityTypes[1].Name", `the same as a word of EntityTypes[0], "engineer"`},
		"twice in capitals":        {types(EntityType{Name: "Sales lead"}, EntityType{Name: "sales_LEAD"}), fault.Invalid, "EntityTypes[1].Name", "Sales lead"},
		"twice, composed":          {types(EntityType{Name: "caf\u00e9"}, EntityType{Name: "CAFE\u0301"}), fault.Invalid, "EntityTypes[1].Name", "caf\u00e9"},
		"near-synonyms":            {labels(RelationLabel{Name: "works at"}, RelationLabel{Name: "employer"}), fault.Invalid, "RelationLabels[1].Name", "works at"},
		"spellings of colour":      {keys(AttributeKey{Name: "favorite color"}, AttributeKey{Name: "favourite_colour"}), fault.Invalid, "AttributeKeys[1].Name", "favorite color"},
		"an alias that is a name":  {keys(AttributeKey{Name: "a", Aliases: []string{"x", "B"}}, AttributeKey{Name: "b"}), fault.Invalid, "AttributeKeys[0].Aliases[1]", "AttributeKeys[1]"},
		"an alias that was a name": {keys(AttributeKey{Name: "a"}, AttributeKey{Name: "b", Aliases: []string{"A"}}), fault.Invalid, "AttributeKeys[1].Aliases[0]", "AttributeKeys[0]"},
		"an alias of two":          {labels(RelationLabel{Name: "a", Aliases: []string{"x y"}}, RelationLabel{Name: "b", Aliases: []string{"x-y"}}), fault.Invalid, "RelationLabels[1].Aliases[0]", "RelationLabels[0]"},
		"the name as alias":        {keys(AttributeKey{Name: "a b", Aliases: []string{"A-b"}}), fault.Invalid, "AttributeKeys[0].Aliases[0]", "repeated"},
		"an alias twice":           {keys(AttributeKey{Name: "a", Aliases: []string{"x", "X"}}), fault.Invalid, "AttributeKeys[0].Aliases[1]", "repeated"},
		"near-synonyms as aliases": {spec: keys(AttributeKey{Name: "role", Aliases: []string{"Job title", "occupation"}})},
		"one word in two parts":    {spec: Spec{EntityTypes: []EntityType{{Name: "manager"}}, AttributeKeys: []AttributeKey{{Name: "manager"}}, RelationLabels: []RelationLabel{{Name: "manager"}}}},
		"types of one kind":        {spec: types(EntityType{Name: "company"}, EntityType{Name: "team", Kind: "organisation"}, EntityType{Name: "organisation"})},

		"a kind":             {spec: types(engineer, EntityType{Name: "ticket"}, EntityType{Name: "person", Aliases: []string{"human"}})},
		"no such kind":       {types(EntityType{Name: "x", Kind: "thing"}), fault.Invalid, "EntityTypes[0].Kind", `"thing"; the kinds are person, organisation`},
		"a near-kind":        {types(EntityType{Name: "x", Kind: "company"}), fault.Invalid, "EntityTypes[0].Kind", "unknown kind"},
		"of another kind":    {types(engineer, EntityType{Name: "City", Kind: "person"}), fault.Invalid, "EntityTypes[1].Name", `"City" is of the kind location, not person`},
		"alias of a kind":    {types(EntityType{Name: "engineer", Kind: "person", Aliases: []string{"x", "bot"}}), fault.Invalid, "EntityTypes[0].Aliases[1]", "agent, not person"},
		"alias without kind": {types(EntityType{Name: "engineer", Aliases: []string{"person"}}), fault.Invalid, "EntityTypes[0].Aliases[0]", "person, not other"},

		"declared types":   {spec: Spec{EntityTypes: []EntityType{engineer}, RefuseOthers: closed, AttributeKeys: []AttributeKey{{Name: "level", EntityTypes: []string{"Engineer"}}}, RelationLabels: []RelationLabel{{Name: "mentors", Subjects: []string{"developer"}, Objects: []string{"engineer"}}}}},
		"types of the set": {spec: Spec{AttributeKeys: []AttributeKey{{Name: "level", EntityTypes: []string{"person", "agent"}}}}},
		"undeclared": {Spec{EntityTypes: []EntityType{engineer}, AttributeKeys: []AttributeKey{{Name: "level", EntityTypes: []string{"engineer", "manager"}}}},
			fault.Invalid, "AttributeKeys[0].EntityTypes[1]", `"manager" is not declared in EntityTypes, and none of person, `},
		"not in a closed set": {Spec{EntityTypes: []EntityType{engineer}, RefuseOthers: closed, RelationLabels: []RelationLabel{{Name: "mentors", Subjects: []string{"person"}}}},
			fault.Invalid, "RelationLabels[0].Subjects[0]", "refuses others"},
		"objects": {labels(RelationLabel{Name: "mentors", Subjects: []string{"person"}, Objects: []string{"human"}}), fault.Invalid, "RelationLabels[0].Objects[0]", "human"},
		"a type twice": {Spec{EntityTypes: []EntityType{engineer}, AttributeKeys: []AttributeKey{{Name: "level", EntityTypes: []string{"engineer", "person", "developer"}}}},
			fault.Invalid, "AttributeKeys[0].EntityTypes[2]", `"engineer" is repeated`},
		"broken type": {Spec{EntityTypes: []EntityType{engineer}, AttributeKeys: []AttributeKey{{Name: "level", EntityTypes: []string{"engineer\xff"}}}},
			fault.Invalid, "AttributeKeys[0].EntityTypes[0]", "UTF-8"},
		"many types": {keys(AttributeKey{Name: "x", EntityTypes: wordsOf(201)}), fault.TooLarge, "AttributeKeys[0].EntityTypes", "201 types"},

		"values":            {spec: Spec{AttributeKeys: []AttributeKey{{Name: "x", Cardinality: Many, Category: record.Context}}, RelationLabels: []RelationLabel{{Name: "x", Cardinality: One, Category: record.Identity}}}},
		"no cardinality":    {keys(AttributeKey{Name: "x", Cardinality: "two"}), fault.Invalid, "AttributeKeys[0].Cardinality", "one and many"},
		"no category":       {keys(AttributeKey{Name: "x", Category: "mood"}), fault.Invalid, "AttributeKeys[0].Category", `"mood"; the categories are identity`},
		"label's category":  {labels(RelationLabel{Name: "x", Category: "Identity"}), fault.Invalid, "RelationLabels[0].Category", "identity"},
		"closed and empty":  {Spec{AttributeKeys: []AttributeKey{{Name: "x"}}, RefuseOthers: Parts{AttributeKeys: true, RelationLabels: true}}, fault.Invalid, "RefuseOthers.RelationLabels", "declares nothing"},
		"closed, not empty": {spec: Spec{AttributeKeys: []AttributeKey{{Name: "x"}}, RefuseOthers: Parts{AttributeKeys: true}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := tt.spec.check()
			if tt.want == "" {
				require.NoError(t, err)
				return
			}
			refused(t, err, tt.want, tt.field, tt.detail)
		})
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct{ field, detail string }{
		``:                                {"", "not one JSON value"},
		`{} {}`:                           {"", "not one JSON value"},
		"{\"\xff\": 1}":                   {"", "not UTF-8"},
		`[]`:                              {"", "an array where an object belongs"},
		`"x"`:                             {"", "a string where an object belongs"},
		`{"entitytypes": []}`:             {"entitytypes", "unknown field; the fields are entity_types, "},
		`{"Entity_types": []}`:            {"Entity_types", "unknown field"},
		`{"entity_types": {}}`:            {"entity_types", "an object where an array belongs"},
		`{"entity_types": ["person"]}`:    {"entity_types[0]", "a string where an object belongs"},
		`{"entity_types": [null]}`:        {"entity_types[0]", "null where an object belongs"},
		`{"entity_types": [{"name": 1}]}`: {"entity_types[0].name", "a number where a string belongs"},
		`{"entity_types": [{}, {"name": "a", "name": "a"}]}`:                  {"entity_types[1].name", "repeated"},
		`{"entity_types": [{"name": "a", "parent": "b"}]}`:                    {"entity_types[0].parent", "unknown field; the fields are name, kind, description, aliases"},
		`{"entity_types": [{"a b": 1}]}`:                                      {`entity_types[0]."a b"`, "unknown field"},
		`{"attribute_keys": [{"name": "a"}, {}, {"aliases": ["b", "c", 4]}]}`: {"attribute_keys[2].aliases[2]", "a number where a string belongs"},
		`{"attribute_keys": [{"aliases": [null]}]}`:                           {"attribute_keys[0].aliases[0]", "null where a string belongs"},
		`{"attribute_keys": [{"aliases": "b"}]}`:                              {"attribute_keys[0].aliases", "a string where an array belongs"},
		`{"attribute_keys": [{"kind": "person"}]}`:                            {"attribute_keys[0].kind", "unknown field"},
		`{"attribute_keys": [{"many": true}]}`:                                {"attribute_keys[0].many", "unknown field"},
		`{"attribute_keys": [{"category": ["x"]}]}`:                           {"attribute_keys[0].category", "an array where a string belongs"},
		`{"relation_labels": [{"entity_types": ["x"]}]}`:                      {"relation_labels[0].entity_types", "unknown field; the fields are name"},
		`{"relation_labels": [{"subjects": [["x"]]}]}`:                        {"relation_labels[0].subjects[0]", "an array where a string belongs"},
		`{"relation_labels": [{"objects": [{}]}]}`:                            {"relation_labels[0].objects[0]", "an object where a string belongs"},
		`{"relation_labels": [{"cardinality": 1}]}`:                           {"relation_labels[0].cardinality", "a number where a string belongs"},
		`{"refuse_others": true}`:                                             {"refuse_others", "true or false where an object belongs"},
		`{"refuse_others": {"attribute_keys": "yes"}}`:                        {"refuse_others.attribute_keys", "a string where true or false belongs"},
		`{"refuse_others": {"entities": true}}`:                               {"refuse_others.entities", "unknown field; the fields are entity_types"},
		`{"refuse_others": {"entity_types": true, "entity_types": true}}`:     {"refuse_others.entity_types", "repeated"},
		`{"if_version": "3"}`:                                                 {"if_version", "a string where a whole number belongs"},
		`{"if_version": 1.5}`:                                                 {"if_version", "fraction"},
		`{"if_version": 99999999999999999999}`:                                {"if_version", "out of range"},
		`{"version": 1}`:                                                      {"version", "unknown field"},
	} {
		spec, err := Read([]byte(text))
		t.Run(text, func(t *testing.T) { refused(t, err, fault.Invalid, want.field, want.detail) })
		require.Nil(t, spec, text)
	}
	_, err := Read([]byte(`{"entity_types":` + strings.Repeat("[", 20) + strings.Repeat("]", 20) + `}`))
	refused(t, err, fault.TooLarge, "", "levels")
	_, err = Read([]byte(`{"if_version": 1` + strings.Repeat(" ", 1<<20) + `}`))
	refused(t, err, fault.TooLarge, "", "bytes")
}

func TestStored(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]fault.Code{
		`{"hierarchy": []}`: fault.Unsupported,
		`{"entity_types": [{"name": "x", "parent": 1}]}`: fault.Unsupported,
		`{"refuse_others": {"verbs": true}}`:             fault.Unsupported,
		`{"entity_types": [{"name": 1}]}`:                fault.Damaged,
		`{"entity_types"`:                                fault.Damaged,
		`null`:                                           fault.Damaged,
		`[]`:                                             fault.Damaged,
		strings.Repeat(" ", 1<<20) + `{}`:                fault.Damaged,
	} {
		spec, err := Decode([]byte(text))
		if !fault.Is(err, want) || !reflect.DeepEqual(spec, Spec{}) {
			t.Errorf("%.50s: %+v, %v", text, spec, err)
		}
	}
	// A stored vocabulary that no longer passes the checks of Put can be read: here two words are equal now.
	spec := keys(AttributeKey{Name: "role"}, AttributeKey{Name: "job"})
	require.Error(t, spec.check())
	document, err := encode(spec)
	require.NoError(t, err)
	again, err := Decode(document)
	require.NoError(t, err)
	require.Equal(t, spec, again)
}

// randomSpec returns a random spec that can be put. Small numbers make two equal specs likely.
func randomSpec(r *rand.Rand) Spec {
	alphabet := []string{"a", "B", "é", "東", "Ж", "7", "&", " x", "-", "'", "\"", "<b>", "\\", "\u2028", "😀"}
	next := 0
	word := func() string { // unique words
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
	cardinality := func() Cardinality { return []Cardinality{"", One, Many}[r.IntN(3)] }
	category := func() record.Category {
		return []record.Category{"", record.Identity, record.Knowledge, record.Context}[r.IntN(4)]
	}
	var s Spec
	var known []string
	for range r.IntN(4) {
		t := EntityType{Name: word(), Description: description(), Aliases: some(3, word)}
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
		s.AttributeKeys = append(s.AttributeKeys, AttributeKey{word(), description(), some(3, word), of(), cardinality(), category()})
	}
	for range r.IntN(4) {
		s.RelationLabels = append(s.RelationLabels, RelationLabel{word(), description(), some(3, word), of(), of(), cardinality(), category()})
	}
	s.RefuseOthers.AttributeKeys = len(s.AttributeKeys) > 0 && r.IntN(3) == 0
	s.RefuseOthers.RelationLabels = len(s.RelationLabels) > 0 && r.IntN(3) == 0
	return s
}

// TestProperties checks for two random ontologies that both can be put and are read unchanged, and that their stored bytes are equal if and
// only if the ontologies are, whatever white space is in their JSON.
func TestProperties(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(4, 7))
	var before Spec
	stored := []byte("{}")
	for i := range 600 {
		spec := randomSpec(r)
		if r.IntN(3) == 0 { // the second one is equal or almost equal
			document, err := encode(before)
			require.NoError(t, err)
			spec, err = Decode(document)
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
		if err := spec.check(); err != nil && !strings.Contains(err.Error(), "refuses others") {
			t.Fatalf("run %d: %+v: %v", i, spec, err)
		}
		document, err := encode(spec)
		require.NoError(t, err)
		again, err := Decode(document)
		require.NoError(t, err)
		if !reflect.DeepEqual(again, spec) {
			t.Fatalf("run %d: %s is read as %+v, was %+v", i, document, again, spec)
		}
		var indented bytes.Buffer
		require.NoError(t, json.Indent(&indented, document, "", "\t"))
		read, err := Read(indented.Bytes())
		require.NoError(t, err)
		require.Equal(t, &spec, read)
		if bytes.Equal(document, stored) != reflect.DeepEqual(spec, before) {
			t.Fatalf("run %d: %s and %s", i, document, stored)
		}
		before, stored = spec, document
	}
}

// TestClashes checks that a word is refused wherever it is used again, in any spelling.
func TestClashes(t *testing.T) {
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
		s := randomSpec(r)
		if len(s.RelationLabels) < 2 || s.check() != nil {
			continue
		}
		i, j := r.IntN(len(s.RelationLabels)), 0
		for j = i; j == i; {
			j = r.IntN(len(s.RelationLabels))
		}
		word := append([]string{s.RelationLabels[i].Name}, s.RelationLabels[i].Aliases...)[r.IntN(1+len(s.RelationLabels[i].Aliases))]
		other := &s.RelationLabels[j]
		other.Aliases = append([]string{spell(word)}, other.Aliases...)
		err := s.check()
		var e *fault.Error
		if !errors.As(err, &e) || e.Code != fault.Invalid || !strings.HasPrefix(e.Field, "RelationLabels[") || !strings.Contains(e.Field, ".Aliases[") {
			t.Fatalf("%q of %d is also %q of %d: %v", word, i, other.Aliases[0], j, err)
		}
	}
}

func FuzzRead(f *testing.F) {
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
		spec, err := Read(data)
		if err != nil {
			if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.TooLarge) || len(err.Error()) > 2000 || spec != nil {
				t.Fatalf("%s: %+v, %T %v", data, spec, err, err)
			}
			return
		}
		if spec == nil { // null
			return
		}
		if err := spec.check(); err != nil {
			var e *fault.Error
			if !errors.As(err, &e) || e.Field == "" || len(err.Error()) > 4000 {
				t.Fatalf("%T %v", err, err)
			}
			return
		}
		document, err := encode(*spec)
		if err != nil {
			t.Fatalf("%s: not encoded: %v", data, err)
		}
		if len(document) > maxJSON { // NewDraft refuses it
			return
		}
		again, err := Decode(document)
		spec.IfVersion = 0
		if err != nil || !reflect.DeepEqual(again, *spec) {
			t.Fatalf("%s: %s is decoded to %+v, %v", data, document, again, err)
		}
	})
}
