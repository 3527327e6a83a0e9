package spectron_test

import (
	"context"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/ontology"
	"github.com/spectron-go/spectron/spectrontest"
)

const everyFieldJSON = `{
	"entity_types": [{"name": "engineer", "kind": "person", "description": "writes <code>", "aliases": ["developer"]}],
	"attribute_keys": [{"name": "level", "description": "d", "aliases": ["seniority"], "entity_types": ["engineer"], "cardinality": "one", "category": "knowledge"}],
	"relation_labels": [{"name": "mentors", "description": "d", "aliases": ["coaches"], "subjects": ["engineer"], "objects": ["developer"], "cardinality": "many", "category": "identity"}],
	"refuse_others": {"entity_types": true, "attribute_keys": true, "relation_labels": true}, "if_version": 7
}`

// everyField returns the value of everyFieldJSON.
func everyField() spectron.OntologySpec {
	return spectron.OntologySpec{
		EntityTypes: []spectron.EntityTypeTerm{{Name: "engineer", Kind: "person", Description: "writes <code>", Aliases: []string{"developer"}}},
		AttributeKeys: []spectron.AttributeKeyTerm{{
			Name: "level", Description: "d", Aliases: []string{"seniority"}, EntityTypes: []string{"engineer"},
			Cardinality: spectron.CardinalityOne, Category: spectron.CategoryKnowledge,
		}},
		RelationLabels: []spectron.RelationLabelTerm{{
			Name: "mentors", Description: "d", Aliases: []string{"coaches"}, Subjects: []string{"engineer"}, Objects: []string{"developer"},
			Cardinality: spectron.CardinalityMany, Category: spectron.CategoryIdentity,
		}},
		RefuseOthers: spectron.OntologyParts{EntityTypes: true, AttributeKeys: true, RelationLabels: true}, IfVersion: 7,
	}
}

func TestOntologyJSON(t *testing.T) {
	t.Parallel()
	var spec spectron.OntologySpec
	require.NoError(t, json.Unmarshal([]byte(everyFieldJSON), &spec))
	require.Equal(t, everyField(), spec)

	// null counts as absent, and so does an empty array. Reading replaces the whole value.
	x := spectron.OntologySpec{AttributeKeys: []spectron.AttributeKeyTerm{{Name: "x"}}}
	require.NoError(t, json.Unmarshal([]byte(`{"entity_types": null, "attribute_keys": [{"name": "x", "description": null, "aliases": null,
		"entity_types": [], "cardinality": null, "category": null}], "relation_labels": [], "refuse_others": {"attribute_keys": null}, "if_version": null}`), &spec))
	require.Equal(t, x, spec)
	require.NoError(t, json.Unmarshal([]byte(`null`), &spec))
	require.Equal(t, x, spec)

	// A refused input changes nothing.
	for text, want := range map[string]*spectron.Error{
		`{"attribute_keys": [{"name": "y"}, {"aliases": [1]}]}`:     {Op: "ontology", Code: spectron.CodeInvalid, Field: "attribute_keys[1].aliases[0]"},
		`{"attribute_keys": [{"name": "y"}], "version": 2}`:         {Op: "ontology", Code: spectron.CodeInvalid, Field: "version"},
		`{"attribute_keys": [[[[[[[[[[]]]]]]]]]], "if_version": 3}`: {Op: "ontology", Code: spectron.CodeTooLarge},
	} {
		require.ErrorIs(t, spec.UnmarshalJSON([]byte(text)), want)
		require.Equal(t, x, spec, text)
	}

	const made = `"created_at":"2026-01-02T03:04:05Z","principal_id":"principal:admin"`
	for text, spec := range map[string]spectron.OntologySpec{
		`{"version":1,"spec":{},` + made + `}`:                                      {},
		`{"version":1,"spec":{},` + made + `,"deleted":true}`:                       {},
		`{"version":3,"spec":{"attribute_keys":[{"name":"x"}]},` + made + `}`:       x,
		`{"version":4,"spec":{"refuse_others":{"entity_types":true}},` + made + `}`: {RefuseOthers: spectron.OntologyParts{EntityTypes: true}},
	} {
		var o spectron.Ontology
		require.NoError(t, json.Unmarshal([]byte(text), &o))
		require.Equal(t, spec, o.Spec)
		written, err := json.Marshal(o)
		require.NoError(t, err)
		require.Equal(t, text, string(written))
	}
}

// TestOntologyFields checks that package ontology has the same fields as OntologySpec, and that no field is lost in the conversion.
func TestOntologyFields(t *testing.T) {
	t.Parallel()
	spec := everyField()
	sameFields(t, "OntologySpec", reflect.ValueOf(spec), reflect.TypeFor[ontology.Spec]())
	spec.IfVersion = 0
	c := spectrontest.Context(t)
	require.Equal(t, spec, put(t, c, spec).Spec)
	got, err := c.Ontology().Get(context.Background())
	require.NoError(t, err)
	require.Equal(t, spec, got.Spec)
}

// sameFields checks that a value has the fields of another type, with the same tags, and that no field is empty.
func sameFields(t *testing.T, path string, v reflect.Value, inner reflect.Type) {
	t.Helper()
	require.Equal(t, inner.Kind(), v.Kind(), path)
	require.False(t, v.IsZero(), path)
	switch v.Kind() {
	case reflect.Slice:
		sameFields(t, path+"[0]", v.Index(0), inner.Elem())
	case reflect.Struct:
		require.Equal(t, inner.NumField(), v.NumField(), path)
		for i := range v.NumField() {
			own, other := v.Type().Field(i), inner.Field(i)
			require.Equal(t, []string{other.Name, string(other.Tag)}, []string{own.Name, string(own.Tag)}, path)
			sameFields(t, path+"."+own.Name, v.Field(i), other.Type)
		}
	}
}
