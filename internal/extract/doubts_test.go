package extract

import (
	"slices"
	"strings"
	"testing"

	"github.com/spectron-go/spectron/internal/record"
)

// TestDoubts reads what tells of a change: of whom, of which keys, or near which words.
func TestDoubts(t *testing.T) {
	t.Parallel()
	person := func(name string) record.EntityRef { return record.EntityRef{Type: record.TypePerson, Name: name} }
	for _, c := range []struct {
		text string
		want string // who: keys
	}{
		{"We're not together any more.", "user: engaged_to fiance marital_status partner spouse | user:"},
		{"Petra and I split up.", "Petra: engaged_to fiance marital_status partner spouse | user Petra: engaged_to fiance marital_status partner spouse"},
		{"The landlord threw us out.", "user: address lives_in"},
		{"They let the whole studio go.", ""}, // whose studio?
		{"They let me go on Friday.", "user: role works_at | user: dentist doctor therapist works_at"},
		{"I've got a new number, I'll send it.", "user: phone"},
		{"Sold the Skoda yesterday.", "user: car"},
		{"Our engagement is over.", "user: engaged_to fiance marital_status partner spouse"},
		{"My sister got divorced.", "Ana: engaged_to fiance marital_status partner spouse"},
		{"My sister Ana lives in Rome now.", "Ana: other than named, lives_in"},
		{"My sister, Ana, moved out.", "Ana: address lives_in | Ana: roommate"},
		{"Quentin moved to Montpellier, he'll show us around.", ""},
		{"Petra moved to Montpellier.", "Petra: address lives_in"},
		{"The meeting moved to Tuesday.", ""},
		{"I moved the meeting.", ""},
		{"I left Acme early today.", ""},
		{"I don't just work at Acme.", ""},
		{"I work at Lumen Systems again, since Monday.", "user: other than named, works_at"},
		{"We settled in Lyon.", "user: other than named, lives_in"},
		{"We've settled in nicely.", "user: address lives_in"},
		{"I can't live in this mess.", ""},
		{"If I sold the car, I'd walk.", ""},
		{"We might move to Rome.", ""},
		{"Walnuts are fine for me.", "user: allergic_to has_condition | user: allergic_to diet has_condition | user: hobby plays"},
		{"Ich habe den Skoda verkauft.", "user: car"},
		{"Vendí el Skoda.", "user:"},
		{"J'ai quitté Lumen.", "user:"},
		{"Petra hat gestern das Auto verkauft.", "Petra: car"},
		{"Das ist seit gestern verkauft.", "user: car"},
		{"Petra und ich sind geschieden.", "Petra user: engaged_to fiance marital_status partner spouse"},
		{"Nos deshicimos del Skoda.", "user:"},
		{"Dejé la carrera.", "user: degree major studied_at"},
		{"Me echaron ayer.", "user: role works_at"},
		{"J'ai bazardé la Skoda.", "user:"},
		{"Avec Petra on s'est quittés.", "Petra user: engaged_to fiance marital_status partner spouse"},
		{"Je suis en plein préavis.", "user: role works_at"},
		{"J'ai rendu les clés hier.", "user: address lives_in"},
		{"Je ne suis plus allergique.", "user: allergic_to | user: allergic_to diet has_condition"},
		{"Did I move out?", ""},
		{"The weather is nice.", ""},
		{"We got the keys and moved straight in.", "user: address lives_in"},
		{"Petra got the keys and moved in.", "Petra: address lives_in"},
		{"Petra Lind has a new number.", "Petra Lind: phone"},
		{"I never told you: I moved to Hobart in March.", "user: address lives_in"},
		{"gave Petra the ring back tonight", "user: engaged_to fiance marital_status partner spouse | Petra user: engaged_to fiance marital_status partner spouse"},
		{"Scrap that number I gave you.", "user: phone"},
		{"ugh, sold the car", "user: car"},
		{"He told me: I moved to Hobart.", ""},
	} {
		x := Rules(Input{
			Text: c.text, Role: record.User, At: said, Vocabulary: record.Vocabulary{Entities: []record.EntityRef{person("Petra"), person("Petra Lind"), person("Ana")}},
			Kin: map[string][]record.EntityRef{"sister": {person("Ana")}},
		})
		var got []string
		for _, d := range x.Doubts {
			if d.Span.Quote(c.text) != d.Text {
				t.Errorf("%q: %q is not what the span quotes", c.text, d.Text)
			}
			if d.Named || d.Back {
				continue
			}
			var who []string
			for _, e := range d.Entities {
				who = append(who, e.Name)
			}
			keys := slices.Clone(d.Keys)
			if d.Other {
				keys = slices.Insert(keys, 0, "other than named,")
			}
			if s := strings.TrimSpace(strings.Join(who, " ") + ": " + strings.Join(keys, " ")); !slices.Contains(got, s) {
				got = append(got, s)
			}
		}
		if s := strings.Join(got, " | "); s != c.want {
			t.Errorf("%q: %q, not %q", c.text, s, c.want)
		}
	}
}

// TestDoubtsByName reads doubts about facts whose value is named, about what the message before brought, and about values of a form of
// their own.
func TestDoubtsByName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want []record.Doubt // each has to be among the doubts about the speaker
	}{
		{"Acme closed down.", []record.Doubt{{Keys: []string{"dentist", "doctor", "therapist", "works_at"}, Named: true, Near: "the Acme"}}},
		{"Alice lives in California.", nil}, // of whom nothing is known, and whose home is not the speaker's
		{"Scrap that, it was a typo.", []record.Doubt{{Back: true}}},
		{"It's 07700 900312.", []record.Doubt{{Keys: []string{"phone"}, Other: true, Near: "It's 07700 900312"}}},
		{"No wait, it's 5 Weavers Court.", []record.Doubt{{Keys: []string{"address"}, Other: true, Near: "No wait, it's 5 Weavers Court"}}},
		{"It's 19.", []record.Doubt{{Keys: []string{"address", "age", "birthday", "email", "phone"}, Back: true}}},
		{"The neighbour's dog died.", nil},
		{"My boss is on 07700 900312.", nil},
		{"Table for 4 at 7.", nil},
	} {
		got := Rules(Input{Text: c.text, Role: record.User, At: said}).Doubts
		if len(c.want) == 0 && len(got) > 0 {
			t.Errorf("%q: %+v", c.text, got)
		}
		for _, want := range c.want {
			if !slices.ContainsFunc(got, func(d record.Doubt) bool {
				return slices.Equal(d.Entities, []record.EntityRef{record.UserEntity}) && slices.Equal(d.Keys, want.Keys) &&
					d.Named == want.Named && d.Back == want.Back && d.Other == want.Other && d.Near == want.Near
			}) {
				t.Errorf("%q: no %+v in %+v", c.text, want, got)
			}
		}
	}
}
