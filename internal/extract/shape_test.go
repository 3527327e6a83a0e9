package extract

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/record"
)

func TestShape(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]struct {
		kind   record.Kind
		object string
	}{
		"lives_in": {record.KindRelation, record.TypeLocation}, "works_at": {record.KindRelation, record.TypeOrganisation},
		"sister": {record.KindRelation, record.TypePerson}, "spouse": {record.KindRelation, record.TypePerson},
		"pet": {record.KindRelation, record.TypeOther}, "likes": {record.KindRelation, record.TypeTopic},
		"role": {record.KindAttribute, ""}, "phone": {record.KindAttribute, ""}, "favourite_colour": {record.KindAttribute, ""},
		"wingspan": {"", ""},
	} {
		kind, object := Shape(key)
		require.Equal(t, want.kind, kind, key)
		require.Equal(t, want.object, object, key)
	}
}

// What the rules emit has the shape that Shape gives for it, so that a model's statement fills the same slot.
func TestShapeIsThatOfTheRules(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"I love jazz and I hate rain.", "I'm allergic to peanuts.", "I speak German.", "I have a dog named Rex.", "I have diabetes.", "I studied at MIT.",
		"My sister Ann lives in Rome.", "I work at Acme as a nurse.", "I drive a Skoda.", "I'm vegan.", "My manager is Odette.", "I was born in 1980.",
	} {
		x := Rules(Input{Text: text, Role: record.User})
		require.NotEmpty(t, len(x.Attributes)+len(x.Relations), text)
		for _, a := range x.Attributes {
			kind, _ := Shape(a.Key)
			require.Equal(t, record.KindAttribute, kind, a.Key)
		}
		for _, r := range x.Relations {
			kind, object := Shape(r.Label)
			require.Equal(t, record.KindRelation, kind, r.Label)
			require.Equal(t, r.Object.Type, object, r.Label)
		}
	}
}
