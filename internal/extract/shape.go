package extract

import (
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// objectTypes are the types of the objects of the relations that the rules emit, apart from those between persons.
var objectTypes = map[string]string{
	WorksAt: record.TypeOrganisation, StudiedAt: record.TypeOrganisation, Founded: record.TypeOrganisation, Acquired: record.TypeOrganisation,
	LivesIn: record.TypeLocation, From: record.TypeLocation, BornIn: record.TypeLocation, GrewUpIn: record.TypeLocation,
	Likes: record.TypeTopic, Dislikes: record.TypeTopic, Prefers: record.TypeTopic, AllergicTo: record.TypeTopic, Speaks: record.TypeTopic,
	Condition: record.TypeTopic, Hobby: record.TypeTopic, Pet: record.TypeOther, Owns: record.TypeOther,
}

// betweenPersons are the labels of relations between persons.
var betweenPersons = func() map[string]bool {
	out := set(`spouse engaged_to partner reports_to works_with manages`)
	for _, label := range kin {
		out[label] = label != Pet
	}
	return out
}()

// attributeKeys are the keys that the rules emit as attributes.
var attributeKeys = func() map[string]bool {
	out := set(`role age birthday birth_year diet nationality marital_status degree status nickname appointment wedding_date car major`)
	for _, key := range keyAliases {
		out[key] = true
	}
	return out
}()

// Shape says how the rules store a statement with a canonical key or label: as an attribute, or as a relation to an object of a type. The
// kind is "" for keys and labels of which the rules know nothing.
func Shape(key string) (kind record.Kind, object string) {
	switch {
	case betweenPersons[key]:
		return record.KindRelation, record.TypePerson
	case objectTypes[key] != "":
		return record.KindRelation, objectTypes[key]
	case attributeKeys[key] || strings.HasPrefix(key, "favourite_"):
		return record.KindAttribute, ""
	}
	return "", ""
}
