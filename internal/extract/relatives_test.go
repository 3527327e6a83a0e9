package extract

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

func TestKinTellWhoIsMeant(t *testing.T) {
	t.Parallel()
	weber, schmidt := person("Anna Weber"), person("Anna Schmidt")
	annas := []record.EntityRef{weber, schmidt}
	kinOf := func(label string, persons ...record.EntityRef) map[string][]record.EntityRef {
		return map[string][]record.EntityRef{label: persons}
	}
	for _, c := range []struct {
		name  string
		known []record.EntityRef
		kin   map[string][]record.EntityRef
		text  string
		want  string
	}{
		{"a brother is no manager", []record.EntityRef{person("Daniel Okafor")}, kinOf("manager", person("Daniel Okafor")), "My brother Daniel lives in Chicago.", "?Daniel"},
		{"a colleague may be the manager", []record.EntityRef{person("Daniel Okafor")}, kinOf("manager", person("Daniel Okafor")), "My colleague Daniel lives in Chicago.", "Daniel Okafor lives_in Chicago | user colleague Daniel Okafor"},
		{"nobody known", nil, nil, "My sister lives in Freiburg.", ""},
		{"one sister", nil, kinOf("sister", weber), "My sister lives in Freiburg.", "Anna Weber lives_in Freiburg"},
		{"moved", nil, kinOf("sister", weber), "My sister moved to Freiburg.", "Anna Weber lives_in Freiburg"},
		{"after a conjunction", nil, kinOf("sister", weber), "And my sister just moved to Freiburg.", "Anna Weber lives_in Freiburg"},
		{"boss is a manager", nil, kinOf("manager", person("Tom Reed")), "My boss works at Globex.", "Tom Reed works_at Globex"},
		{"wife is a spouse", nil, kinOf("spouse", person("Eva Stone")), "My wife is a nurse and works at Charité.", "Eva Stone works_at Charité | Eva Stone.role=nurse"},
		{"allergy", nil, kinOf("spouse", person("Eva Stone")), "My wife is allergic to cats.", "Eva Stone allergic_to cats"},
		{"possession", nil, kinOf("sister", weber), "My sister's birthday is 3 March.", "Anna Weber.birthday=3 March"},
		{"possession of a copula", nil, kinOf("sister", weber), "My sister's a nurse.", "Anna Weber.role=nurse"},
		{"age", nil, kinOf("son", person("Ben Weber")), "My son is 5 years old.", "Ben Weber.age=5"},
		{"end", nil, kinOf("sister", weber), "My sister no longer lives in Rome.", "-Anna Weber lives_in Rome"},
		{"pronoun after it", nil, kinOf("sister", weber), "My sister lives in Freiburg. She works at Acme.", "Anna Weber lives_in Freiburg | Anna Weber works_at Acme"},
		{"wrong pronoun after it", nil, kinOf("sister", weber), "My sister lives in Freiburg. He works at Acme.", "Anna Weber lives_in Freiburg"},
		{"kin decides among two", annas, kinOf("sister", weber), "My sister Anna lives in Freiburg.", "Anna Weber lives_in Freiburg | user sister Anna Weber"},
		{"kin decides as object", annas, kinOf("sister", weber), "I live in Berlin with my sister Anna.", "user lives_in Berlin | user sister Anna Weber"},
		{"kin without the relation stays open", annas, kinOf("sister", weber), "Anna lives in Freiburg.", "?Anna"},
		{"another relation stays open", annas, kinOf("sister", weber), "My cousin Anna lives in Freiburg.", "?Anna"},
		{"another sister", nil, kinOf("sister", weber), "My sister Eva lives in Freiburg.", "Eva lives_in Freiburg | user sister Eva"},
		{"two sisters of one name", annas, kinOf("sister", weber, schmidt), "My sister Anna lives in Freiburg.", "?Anna"},
		{"title and last name", nil, kinOf("doctor", person("Amit Patel")), "My doctor Dr. Patel lives in Rome.", "Amit Patel lives_in Rome | user doctor Amit Patel"},
		{"two sisters", nil, kinOf("sister", weber, person("Eva Weber")), "My sister lives in Freiburg.", "?My sister"},
		{"one sister given twice", nil, kinOf("sister", weber, weber), "My sister lives in Freiburg.", "Anna Weber lives_in Freiburg"},
		{"one known, one named", nil, kinOf("sister", weber), "My sister Eva is here. My sister lives in Freiburg.", "?My sister | user sister Eva"},
		{"a new boss named", nil, kinOf("manager", person("Tom Reed")), "My new boss is Eva Stone. My boss lives in Rome.", "Eva Stone lives_in Rome | user manager Eva Stone"},
		{"a new boss unnamed", nil, kinOf("manager", person("Tom Reed")), "My new boss lives in Rome.", ""},
		{"an older sister", nil, kinOf("sister", weber), "My older sister lives in Freiburg.", ""},
		{"a former boss", nil, kinOf("manager", person("Tom Reed")), "My former boss lives in Rome.", ""},
		{"a friend", nil, kinOf("friend", person("Tom Reed")), "My friend lives in Rome.", ""},
		{"a colleague", nil, kinOf("colleague", person("Tom Reed")), "My colleague lives in Rome.", ""},
		{"a husband is no wife", nil, kinOf("spouse", person("Eva Stone")), "My husband lives in Rome.", ""},
		{"somebody else's sister", nil, kinOf("sister", weber), "Bob's sister lives in Rome.", ""},
		{"a relative of hers", nil, kinOf("sister", weber), "My sister's boyfriend lives in Rome.", ""},
		{"she and another", nil, kinOf("sister", weber), "My sister and Tom live in Rome.", ""},
		{"a question", nil, kinOf("sister", weber), "Does my sister live in Rome?", ""},
		{"a condition", nil, kinOf("sister", weber), "If my sister lives in Rome, I will visit.", ""},
		{"a plan", nil, kinOf("sister", weber), "My sister will move to Rome.", ""},
		{"hearsay", nil, kinOf("sister", weber), "My sister says I live in Rome.", ""},
		{"not a person", nil, kinOf("manager", record.EntityRef{Type: record.TypeOrganisation, Name: "Acme"}), "My boss lives in Rome.", ""},
		{"no name", nil, kinOf("manager", record.EntityRef{}), "My boss lives in Rome.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			given := maps.Clone(c.kin)
			in := Input{Text: c.text, Role: record.User, At: said, Vocabulary: record.Vocabulary{Entities: c.known}, Kin: c.kin}
			x := Rules(in)
			if got := strings.Join(render(x), " | "); got != c.want {
				t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
			}
			if bad := check(in, x); bad != "" {
				t.Error(bad)
			}
			for label := range given {
				if !slices.Equal(given[label], c.kin[label]) {
					t.Errorf("%s of the input changed", label)
				}
			}
		})
	}
}

// TestOneManagerIsAsSureAsAnother: the forms that replace a manager are as sure as the one that named the first.
func TestOneManagerIsAsSureAsAnother(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"My manager is Jonas Brandt.", "My new manager is Inês Carvalho.", "My manager is now Inês Carvalho.", "Inês Carvalho is my new manager.",
		"Inês Carvalho is now my manager.", "My current boss is Zorblax Quux.", "Zorblax Quux is my new boss.", "My new partner is Eva.",
		"My new landlord is Mr. Brown.", "My new doctor is Dr. Patel.",
	} {
		x := Rules(Input{Text: text, Role: record.User, At: said})
		if len(x.Relations) != 1 || x.Relations[0].Confidence < direct {
			t.Errorf("%q: got %+v", text, x.Relations)
		}
	}
}

// TestOpenersChangeNothing puts what conversations begin sentences with before every row of the tables.
func TestOpenersChangeNothing(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	// An opener does not hide a heading, a label or a greeting that only counts at the start of a line; German
	// sentences and such greetings are read there only.
	bound := func(s string) bool {
		first := strings.ToLower(firstWord(s))
		return slices.Contains([]string{"ich", "hallo,", ">", "dear", "subject:", "bob:", "john:", "bob", "hi,"}, first)
	}
	for _, opener := range []string{"And ", "But ", "So ", "Oh, and ", "Well, ", "Actually, ", "By the way, ", "Yes, ", "No, "} {
		lowered := func(s string) string {
			for _, p := range []string{"My ", "We ", "Our ", "The ", "Use "} {
				if strings.HasPrefix(s, p) {
					return opener + strings.ToLower(s[:1]) + s[1:]
				}
			}
			return opener + s
		}
		for _, c := range statements {
			if bound(c.text) {
				continue
			}
			if got := strings.Join(render(Rules(Input{Text: lowered(c.text), Role: record.User, At: said})), " | "); got != c.want {
				t.Errorf("%q\n got %s\nwant %s", lowered(c.text), got, c.want)
			}
		}
		for _, text := range traps {
			if x := Rules(Input{Text: lowered(text), Role: record.User, At: said}); !bound(text) && len(render(x))+len(x.Entities) > 0 {
				t.Errorf("%q: got %s", lowered(text), strings.Join(render(x), " | "))
			}
		}
	}
}
