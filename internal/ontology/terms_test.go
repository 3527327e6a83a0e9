package ontology

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/record"
)

// desk returns the vocabulary of a help desk.
func desk(closed Parts) *Terms {
	return NewTerms(Spec{
		EntityTypes: []EntityType{{Name: "engineer", Kind: "person", Aliases: []string{"SRE"}}, {Name: "ticket", Aliases: []string{"case"}}},
		AttributeKeys: []AttributeKey{
			{Name: "Job title", Aliases: []string{"Dienstgrad"}, Cardinality: Many},
			{Name: "severity", EntityTypes: []string{"ticket"}, Cardinality: One, Category: record.Context},
		},
		RelationLabels: []RelationLabel{
			{Name: "assigned to", Aliases: []string{"owned by"}, Subjects: []string{"ticket"}, Objects: []string{"engineer"}, Cardinality: One},
		},
		RefuseOthers: closed,
	})
}

func entity(kind, name string) record.EntityRef { return record.EntityRef{Type: kind, Name: name} }

func TestApply(t *testing.T) {
	t.Parallel()
	x := record.Extraction{
		Entities: []record.ExtractedEntity{{EntityRef: entity("SRE", "Ada")}, {EntityRef: entity("company", "Acme")}},
		Attributes: []record.ExtractedAttribute{
			{Entity: entity("SRE", "Ada"), Key: "Dienstgrad", Value: "CTO", Category: record.Identity},
			{Entity: entity("case", "T1"), Key: "severity", Value: "high"},
			{Entity: entity("person", "Ada"), Key: "severity", Value: "low"}, // declared only for tickets
			{Entity: record.UserEntity, Key: "age", Value: "33"},
			{Entity: entity("unknown", "Ada"), Key: "role", Value: "CEO"},
		},
		Relations: []record.ExtractedRelation{
			{Subject: entity("ticket", "T1"), Label: "owned_by", Object: entity("person", "Ada")},
			{Subject: entity("person", "Ada"), Label: "lives_in", Object: entity("location", "Rome")},
		},
		Invalidations: []record.Invalidation{{Entity: entity("SRE", "Ada"), Key: "Dienstgrad"}, {Entity: entity("person", "Ada"), Key: "age"}},
		Doubts:        []record.Doubt{{Keys: []string{"owned by", "age"}}},
		Uncertainties: []record.Uncertainty{{Entity: entity("person", "Ada"), Key: "Dienstgrad"}, {About: "x"}},
	}
	before := record.Extraction{Attributes: slices.Clone(x.Attributes), Invalidations: slices.Clone(x.Invalidations), Uncertainties: slices.Clone(x.Uncertainties)}
	render := func(x record.Extraction) (out []string) {
		for _, e := range x.Entities {
			out = append(out, e.Key())
		}
		for _, a := range x.Attributes {
			out = append(out, a.Entity.Key()+" "+a.Key+" "+a.Value+" "+string(a.Category))
		}
		for _, r := range x.Relations {
			out = append(out, r.Subject.Key()+" "+r.Label+" "+r.Object.Key())
		}
		for _, i := range x.Invalidations {
			out = append(out, "-"+i.Entity.Key()+" "+i.Key)
		}
		for _, d := range x.Doubts {
			out = append(out, strings.Join(d.Keys, "? ")+"?")
		}
		for _, u := range x.Uncertainties {
			out = append(out, u.About+"|"+u.Key+"|"+u.Reason)
		}
		return out
	}
	open := desk(Parts{}).Apply(x)
	require.Equal(t, []string{
		"person/ada", "organisation/acme", "person/ada role CTO identity", "other/t1 severity high context", "person/ada severity low ", "person/user age 33 ",
		"unknown/ada role CEO ", "other/t1 assigned_to person/ada", "person/ada lives_in location/rome", "-person/ada role", "-person/ada age", "assigned_to? age?",
		"|role|", "x||",
	}, render(open))
	closed := desk(Parts{true, true, true}).Apply(x)
	require.Equal(t, []string{
		"person/ada", "person/ada role CTO identity", "other/t1 severity high context", "unknown/ada role CEO ", "other/t1 assigned_to person/ada",
		"-person/ada role", "-person/ada age", "assigned_to? age?", "|role|", "x||",
		`Ada: severity||"low" was not stored: the ontology declares no attribute "severity" of entities of the type person`,
		`The user: age||"33" was not stored: the ontology declares no attribute "age" of entities of the type person`,
		`Ada: lives in||"Rome" was not stored: the ontology declares no entity type "location"`,
	}, render(closed))
	if !reflect.DeepEqual(before.Attributes, x.Attributes) || !reflect.DeepEqual(before.Invalidations, x.Invalidations) || !reflect.DeepEqual(before.Uncertainties, x.Uncertainties) {
		t.Error("the extraction was changed")
	}
	var none *Terms
	require.Equal(t, x, none.Apply(x))
}

func TestSingle(t *testing.T) {
	t.Parallel()
	terms := desk(Parts{})
	for _, c := range []struct {
		kind            record.Kind
		key             string
		otherwise, want bool
	}{
		{record.KindAttribute, "role", true, false}, {record.KindAttribute, "severity", false, true}, {record.KindRelation, "assigned_to", false, true},
		{record.KindAttribute, "assigned_to", false, false}, {record.KindAttribute, "age", true, true},
	} {
		if got := terms.Single(c.kind, c.key, c.otherwise); got != c.want {
			t.Errorf("%s %s: %v", c.kind, c.key, got)
		}
	}
}

func TestCheckFact(t *testing.T) {
	t.Parallel()
	closed := desk(Parts{true, true, true})
	for _, c := range []struct {
		entity, key string
		relation    bool
		target      string
		field       string // "": accepted
	}{
		{"engineer", "job title", false, "", ""}, {"sre", "Role", false, "", ""}, {"person", "role", false, "", ""}, {"", "severity", false, "", ""},
		{"other", "severity", false, "", ""}, {"case", "owned by", true, "SRE", ""}, {"", "assigned to", true, "", ""}, {"unknown", "role", false, "", ""},
		{"engineer", "age", false, "", "Triples[3].Key"}, {"engineer", "severity", false, "", "Triples[3].Key"},
		{"engineer", "assigned to", true, "ticket", "Triples[3].Key"}, {"ticket", "lives in", true, "", "Triples[3].Key"},
		{"company", "role", false, "", "Triples[3].Entity.Type"}, {"spaceship", "role", false, "", "Triples[3].Entity.Type"},
		{"ticket", "assigned to", true, "company", "Triples[3].Target.Type"},
	} {
		err := closed.CheckFact("Triples[3]", c.entity, c.key, c.relation, c.target)
		if c.field != "" {
			refused(t, err, fault.Invalid, c.field, "refuses others")
		} else if err != nil {
			t.Errorf("%+v: %v", c, err)
		}
		if err := desk(Parts{}).CheckFact("x", c.entity, c.key, c.relation, c.target); err != nil {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
