package extract

import (
	"testing"

	"github.com/spectron-go/spectron/internal/record"
)

// TestDailyForms has what people say of themselves in chat and, beside each form, what looks alike and must not be read.
func TestDailyForms(t *testing.T) {
	t.Parallel()
	readAll(t, dailyForms)
}

var dailyForms = []struct{ text, want string }{
	// left out subjects of the present
	{"live just outside Exeter so the trains are rubbish", "user lives_in Exeter"},
	{"Live in the moment.", ""},
	{"renting in Leith atm and the damp is unreal", "user lives_in Leith"},
	{"Renting in Leith is expensive.", ""},
	{"absolutely adore thunderstorms, weird I know", "-user dislikes thunderstorms | user likes thunderstorms"},
	{"Love Island is on tonight", ""},
	{"can't stand coriander, tastes like soap", "-user likes coriander | user dislikes coriander"},
	{"can't you stand up?", ""},
	{"work with a lass named Chantelle on the tills", "user works_with Chantelle"},
	{"work with Chantelle on this please", ""},
	{"speak English please", ""},
	{"not a vegetarian any more, caved at a barbecue", "-user diet vegetarian"},
	{"Not a big deal any more.", ""},
	{"enjoy your stay", ""},
	// work
	{"I do the accounts for a brewery called Otter Creek.", "user works_at Otter Creek"},
	{"I do the shopping at Tesco.", ""},
	{"They made me redundant at Pemberton's last week.", "-user works_at Pemberton's @2026-05-04"},
	{"ex-Brightwater, now at Solvane, so I've seen both sides", "-user works_at Brightwater | user works_at Solvane"},
	{"my ex-Brightwater colleagues are nice", ""},
	{"I've been with the Orkney Ferries office for six years.", "user works_at Orkney Ferries"},
	{"I've been with the Orkney Ferries office for six minutes.", ""},
	{"Globex pays my wages.", "user works_at Globex"},
	{"Globex pays the bills for its staff.", ""},
	{"I left Tesco without my card again.", ""},
	{"I've switched from Veritone Labs to Quillon, same commute, better pay.", "user works_at Quillon"},
	{"I drive lorries for a living.", "user.role=drive lorries"},
	{"I have a contract with Vodafone.", ""},
	{"I took up pottery after I retired.", "user hobby pottery"},
	{"First week done at Roundhay Smiles! Same sort of job, nicer kettle.", "user works_at Roundhay Smiles"},
	{"First week done at last!", ""},
	{"First shift over, and my feet hurt.", ""},
	{"first day with Greenlight Driving School today, so tired", "user works_at Greenlight Driving School"},
	{"first day with Mum today", ""},
	{"First day with the new puppy!", ""},
	{"I switched to linguistics.", "user.major=linguistics"},
	{"swapped to marine biology at Plymouth, start in September", "user.major=marine biology"},
	{"I might switch to linguistics.", ""},
	{"I'm swapping to linguistics from Monday.", ""},
	{"My brother switched to linguistics podcasts.", ""},
	{"My sister Anna is a vet, she lives in Graz and is happy.", "Anna lives_in Graz | Anna.role=vet | user sister Anna"},
	{"My sister Anna met a vet, she lives in Graz.", "user sister Anna"},
	{"My brother Kofi is a chef at Acme and rings me at midnight.", "Kofi works_at Acme | Kofi.role=chef | user brother Kofi"},
	// homes
	{"This is my third winter living in Sheffield.", "user lives_in Sheffield"},
	{"it's my third winter in this flat in Lowestoft", "user lives_in Lowestoft"},
	{"This is my third winter in a row.", ""},
	{"my second summer in Rome was hot", ""},
	{"It's her third winter living in Sheffield.", ""},
	{"I'm staying in Augsburg after all.", "user lives_in Augsburg"},
	{"I'm staying in Augsburg until Sunday.", ""},
	{"We might be staying in Augsburg after all.", ""},
	{"I'm the vegetarian, so no mince please", "user.diet=vegetarian"},
	{"I'm the vegetarian's brother.", ""},
	{"Is that the vegetarian one?", ""},
	// managers and colleagues
	{"Gustav runs our team.", "user manager Gustav"},
	{"Gustav runs our local bakery.", ""},
	{"Gustav works with me on my backhand.", ""},
	{"A colleague of mine, Imke, is leaving.", "user colleague Imke"},
	{"Me and Piotr have shared a desk for years.", "user works_with Piotr"},
	{"Me and Piotr have shared a pizza.", ""},
	{"My manager is Gustav", "user manager Gustav"},
	// those who are one's own
	{"We got a dog! His name is Baltasar", "user pet Baltasar"},
	{"My neighbour got a dog! His name is Baltasar", ""},
	{"I saw a dog. His name was Baltasar.", ""},
	{"mum's called Lorraine, she'll pick up the parcel", "user mother Lorraine"},
	{"mum's called again", ""},
	{"My mum's address for the parcel is 14 Fennel Row, Beverley.", ""},
	{"My sister's favourite shop is on Fennel Row, Beverley.", ""},
	{"Uncle Desmond is my dad's brother.", "user uncle Desmond"},
	{"Uncle Sam is my hero.", ""},
	{"Meet Waffles, our new kitten!", "user pet Waffles"},
	{"Callum proposed last night and I said yes!!", "user engaged_to Callum [2026-05-13,)"},
	{"Anna proposed to Tom.", ""},
	{"Tom proposed a toast to my father.", ""},
	{"Ilse and I have been married since 2015.", "user spouse Ilse"},
	{"Forget what I said about Lucy being my girlfriend, it was a joke.", "-user partner Lucy"},
	// what is mine without "my"
	{"blood group's O negative in case anyone asks", "user.blood_type=O negative"},
	{"pronouns are they/them btw", "user.pronouns=they/them"},
	{"I use he/him for my cat.", ""},
	{"phone 12345678 for details", ""},
	{"the email is down", ""},
	{"1987 baby here", "user.birth_year=1987"},
	{"as a 68 year old I'm not climbing up there", "user.age=68"},
	{"as a 68 year old you would know", ""},
	{"Aaa man", ""},
	{"I'm 40 next Tuesday.", ""},
	{"Our hens Dot and Maud were taken by a fox.", "-user pet Dot | -user pet Maud"},
	{"Our hens Dot and Maud laid two eggs.", "user pet Dot | user pet Maud"},
	// allergies and tastes
	{"I'm allergic to walnuts, properly.", "user allergic_to walnuts"},
	{"I'm allergic to shellfish, which is a pain in Brittany.", "user allergic_to shellfish"},
	{"olives are the worst", "-user likes olives | user dislikes olives"},
	{"my boss is the worst", ""},
	{"Favourite food? Ramen, no contest.", "user.favourite_food=Ramen"},
	{"Good food? Ramen, no contest.", ""},
	{"Autumn used to be my favourite season.", "-user favourite_season Autumn"},
	{"I knit.", "user hobby knit"},
	{"I cycle to work.", ""},
	{"I draw the line there.", ""},
	{"I quit smoking round the kids.", ""},
	{"I'd take tea over coffee any day.", "user prefers tea"},
	// languages
	{"I can get by in Japanese, just about.", "user speaks Japanese"},
	{"I understand German law.", ""},
	{"I know a little French place nearby.", ""},
	// corrections
	{"I live in Malmö not Lund.", "user lives_in Malmö"},
	{"actually I'm 35 not 34", "user.age=35"},
	{"my birthday is 21 June not the 12th", "user.birthday=21 June"},
	{"It's Globex I work for.", "user works_at Globex"},
	{"Morning! It's Rosalind, can you help me?", "speaker Rosalind"},
	{"It's Rosalind, can you see her?", ""},
	{"My name is Ottilie Braun now.", "speaker Ottilie Braun"},
	// orders
	{"Please always answer in French, I have an exam on Friday", "!always_answer_in_french"},
	{"Always double check the sums before you answer.", "!always_double_check_sums_before_answer"},
	{"Double check the sums.", ""},
}

// TestBeside: a second job stands beside the first.
func TestBeside(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"I also work at Globex.":                   true,
		"I work part-time at Globex on the side.":  true,
		"I have a second job at Globex.":           true,
		"My second job is at Globex.":              true,
		"I also work as a barista.":                true,
		"I have a second job as a barista.":        true,
		"I work at Globex.":                        false,
		"I work as a barista in the second street": false,
		"I work at Globex on the north side.":      false,
	} {
		x := Rules(Input{Text: text, Role: record.User, At: said})
		if len(x.Relations)+len(x.Attributes) == 0 {
			t.Errorf("%q is not read", text)
		}
		for _, r := range x.Relations {
			if r.Beside != want {
				t.Errorf("%q: beside is %v", text, r.Beside)
			}
		}
		for _, a := range x.Attributes {
			if a.Beside != want {
				t.Errorf("%q: beside is %v", text, a.Beside)
			}
		}
	}
}

// TestWhatIsReadIsNotInDoubt: a statement that one rule has read is not reported as half understood by another one.
func TestWhatIsReadIsNotInDoubt(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"My manager is Gustav.", "I'm Sunniva.", "Hi, I'm Sunniva.", "London boy wins lottery"} {
		if got := halfRead(text); len(got) > 0 {
			t.Errorf("%q: %q", text, got)
		}
	}
}
