package extract

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

func person(name string) record.EntityRef {
	return record.EntityRef{Type: record.TypePerson, Name: name}
}

func TestMentionsResolveAgainstVocabulary(t *testing.T) {
	t.Parallel()
	place := func(name string) record.EntityRef { return record.EntityRef{Type: record.TypeLocation, Name: name} }
	org := func(name string) record.EntityRef {
		return record.EntityRef{Type: record.TypeOrganisation, Name: name}
	}
	annas := []record.EntityRef{person("Anna Weber"), person("Anna Schmidt")}
	for _, c := range []struct {
		name    string
		known   []record.EntityRef
		speaker string
		text    string
		want    string
	}{
		{"one known bearer of a first name", []record.EntityRef{person("Anna Weber")}, "", "Anna moved to Rome.", "Anna Weber lives_in Rome"},
		{"an exact name", []record.EntityRef{person("Anna")}, "", "Anna moved to Rome.", "Anna lives_in Rome"},
		{"known spelling wins", []record.EntityRef{org("ACME")}, "", "I work at Acme.", "user works_at ACME"},
		{"two bearers", annas, "", "Anna moved to Rome.", "?Anna"},
		{"bare and full both known", []record.EntityRef{person("Anna"), person("Anna Schmidt")}, "", "Anna moved to Rome.", "?Anna"},
		{"full name among two", annas, "", "Anna Weber moved to Rome.", "Anna Weber lives_in Rome"},
		{"another last name is another person", annas, "", "Anna Keller moved to Rome.", "Anna Keller lives_in Rome"},
		{"two in the text itself", nil, "", "Anna Weber lives in Rome. Anna Schmidt lives in Oslo. Anna works at Acme.", "?Anna | Anna Schmidt lives_in Oslo | Anna Weber lives_in Rome"},
		{"one in the text itself", nil, "", "Anna Weber lives in Rome. Anna works at Acme.", "Anna Weber lives_in Rome | Anna Weber works_at Acme"},
		{"text and vocabulary disagree", []record.EntityRef{person("Anna Schmidt")}, "", "Anna Weber lives in Rome. Anna works at Acme.", "?Anna | Anna Weber lives_in Rome"},
		{"the speaker is not meant", []record.EntityRef{person("Anna Weber"), person("Anna Schmidt")}, "Anna Weber", "Anna moved to Rome.", "Anna Schmidt lives_in Rome"},
		{"only the speaker is known", nil, "Anna", "Anna moved to Rome.", "?Anna"},
		{"kin among one bearer", []record.EntityRef{person("Anna Weber")}, "", "My sister Anna moved to Rome.", "Anna Weber lives_in Rome | user sister Anna Weber"},
		{"kin among two bearers", annas, "", "My sister Anna moved to Rome.", "?Anna"},
		{"new kin", nil, "", "My sister Anna moved to Rome.", "Anna lives_in Rome | user sister Anna"},
		{"object in doubt", annas, "", "Bob reports to Anna.", "?Anna"},
		{"object resolved", []record.EntityRef{person("Bob Miller"), person("Carol Jones")}, "", "Bob reports to Carol.", "Bob Miller reports_to Carol Jones"},
		{"unusual name that is known", []record.EntityRef{person("Management")}, "", "Management lives in Rome.", "Management lives_in Rome"},
		{"employer is a person", []record.EntityRef{person("Hooli")}, "", "I work for Hooli.", ""},
		{"place is an organisation", []record.EntityRef{org("Globex")}, "", "I moved to Globex.", ""},
		{"place with its country", []record.EntityRef{place("Berlin, Germany")}, "", "I live in Berlin.", "user lives_in Berlin, Germany"},
		{"two places of one name", []record.EntityRef{place("Portland, Oregon"), place("Portland, Maine")}, "", "I live in Portland.", "user lives_in Portland"},
		{"title and last name", []record.EntityRef{person("John Smith")}, "", "Dr. Smith moved to Rome.", "John Smith lives_in Rome"},
		{"liked person", []record.EntityRef{person("Anna Weber")}, "", "I like Anna.", "-user dislikes Anna Weber | user likes Anna Weber"},
		{"named speaker", nil, "Bob", "I live in Rome.", "Bob lives_in Rome"},
		{"own first name again", nil, "Alice Smith", "I'm Alice and I live in Rome.", "Alice Smith lives_in Rome | speaker Alice Smith"},
		{"nickname of a named speaker", nil, "Robert Jones", "Call me Bob.", "Robert Jones.nickname=Bob"},
		{"non-Latin name", nil, "", "Μαρία lives in Athens.", "Μαρία lives_in Athens"},
		{"particles", nil, "", "Ludwig van der Berg works at Acme.", "Ludwig van der Berg works_at Acme"},
		{"apostrophe", nil, "", "Sean O'Brien lives in Cork.", "Sean O'Brien lives_in Cork"},
		{"typographic apostrophe", nil, "", "Sean O’Brien’s birthday is 3 March.", "Sean O’Brien.birthday=3 March"},
		{"initial", nil, "", "John F. Miller joined Acme.", "John F. Miller works_at Acme"},
		{"hyphen", nil, "", "Jean-Luc Picard works at Acme.", "Jean-Luc Picard works_at Acme"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := Input{Text: c.text, Role: record.User, At: said, Vocabulary: record.Vocabulary{Entities: c.known}}
			if c.speaker != "" {
				in.Speaker = person(c.speaker)
			}
			if got := strings.Join(render(Rules(in)), " | "); got != c.want {
				t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
			}
		})
	}
}

// TestConversationWithGrowingVocabulary feeds the speaker and the entities of each turn into the next one.
func TestConversationWithGrowingVocabulary(t *testing.T) {
	t.Parallel()
	turns := []struct {
		role record.Role
		day  string
		text string
		want string
	}{
		{record.User, "2026-01-05", "Hi, I'm Alice Moreau. I work at Initech as a data engineer.", "Alice Moreau works_at Initech | Alice Moreau.role=data engineer | speaker Alice Moreau"},
		{record.Assistant, "2026-01-05", "Nice to meet you! I work at Acme and I live in Rome.", ""},
		{record.User, "2026-01-06", "My colleague Anna Weber reports to Bob.", "Alice Moreau colleague Anna Weber | Anna Weber reports_to Bob"},
		{record.User, "2026-01-07", "Anna moved to Hamburg yesterday.", "Anna Weber lives_in Hamburg [2026-01-06,)"},
		{record.User, "2026-01-08", "I had dinner with my sister Anna Moreau.", "Alice Moreau sister Anna Moreau"},
		{record.User, "2026-01-09", "Anna loves sushi.", "?Anna"},
		{record.User, "2026-01-10", "Anna Moreau loves sushi.", "-Anna Moreau dislikes sushi | Anna Moreau likes sushi"},
		{record.User, "2026-02-02", "I left Initech last week and joined Globex.", "-Alice Moreau works_at Initech @2026-01-26 | Alice Moreau works_at Globex"},
		{record.User, "2026-02-03", "Do you think I should move to Lisbon?", ""},
		{record.User, "2026-03-01", "I moved to Lisbon!", "Alice Moreau lives_in Lisbon"},
		{record.User, "2026-03-02", "From now on, answer in Portuguese.", "!answer_in_portuguese"},
		{record.User, "2026-03-03", "I don't like coffee anymore, I switched from coffee to tea.", "-Alice Moreau likes coffee | -Alice Moreau prefers coffee | Alice Moreau prefers tea"},
		{record.User, "2026-03-04", "It's Alice here. Bob was promoted to CTO.", "Bob.role=CTO"},
	}
	var vocab record.Vocabulary
	var speaker record.EntityRef
	for _, turn := range turns {
		at, err := time.Parse("2006-01-02", turn.day)
		if err != nil {
			t.Fatal(err)
		}
		x := Rules(Input{Text: turn.text, Role: turn.role, At: at, Speaker: speaker, Vocabulary: vocab})
		if got := strings.Join(render(x), " | "); got != turn.want {
			t.Errorf("%q\n got %s\nwant %s", turn.text, got, turn.want)
		}
		if x.Speaker.Name != "" {
			speaker = x.Speaker
		}
		for _, e := range x.Entities {
			vocab.Entities = append(vocab.Entities, e.EntityRef)
		}
	}
}

func TestRolesOtherThanUserGiveNothing(t *testing.T) {
	t.Parallel()
	for _, r := range []record.Role{record.Assistant, record.System, record.Tool, ""} {
		if x := Rules(Input{Text: "My name is Alice. I live in Rome.", Role: r, At: said}); !x.Empty() {
			t.Errorf("%s: %v", r, render(x))
		}
	}
}

func TestEntitiesAreListedOnce(t *testing.T) {
	t.Parallel()
	x := Rules(Input{Text: "I'm Alice. Bob works at Acme. Bob moved to Rome. I joined Acme.", Role: record.User, At: said})
	var got []string
	for _, e := range x.Entities {
		got = append(got, string(e.Category)+" "+e.Key())
	}
	want := []string{"identity person/alice", "knowledge person/bob", "knowledge organisation/acme", "knowledge location/rome"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
