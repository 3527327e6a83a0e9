package extract

import (
	"slices"
	"strings"
	"testing"

	"github.com/spectron-go/spectron/internal/record"
)

// TestOnceMisread: messages that were read wrongly before, each standing for a kind. Of the others of its kind, what must be read and what
// must not is below.
func TestOnceMisread(t *testing.T) {
	t.Parallel()
	readAll(t, onceMisread)
}

var onceMisread = []struct{ text, want string }{
	{"I have a friend named Tim who likes tea and lives in Rome.", "-Tim dislikes tea | Tim likes tea | Tim lives_in Rome | user friend Tim"},
	{"I live in Rome until June.", "user lives_in Rome [,2026-07-01)"},
	{"I'm living in Oslo for two weeks.", ""},
	{"I live in Rome, no, Milan.", "user lives_in Milan"},
	{"I moved to Rome in 2010 and to Milan in 2015.", "user lives_in Milan [2015-01-01,) | user lives_in Rome [2010-01-01,2015-01-01)"},
	{"We had to put down our dog Rex.", "-user pet Rex"},
	{"I don't just work at Acme.", "user works_at Acme"},
	{"I left Acme early today.", ""},
	{"I don't smoke anymore.", "-user smokes "},
	{"I love old, dusty bookshops.", "-user dislikes old, dusty bookshops | user likes old, dusty bookshops"},
	{"I love to box.", "-user dislikes to box | user likes to box"},
	{"I like Python here because it is short.", "-user dislikes Python | user likes Python"},
	{"My dad Amazes me.", ""},
	{"I work at St. Mary's Hospital.", "user works_at St. Mary's Hospital"},
	{"I work for Internal Audit.", ""},
	{"I'm allergic to mornings.", ""},
	{"Mireille and I got married today.", "user spouse Mireille [2026-05-14,) | user.wedding_date=2026-05-14 [2026-05-14,)"},
	{"I moved from Leeds to Dublin last month, so expect me an hour later.", "-user lives_in Leeds @2026-04-01 | user lives_in Dublin [2026-04-01,)"},
	{"i live in slough", "user lives_in slough"},
	{"My manager, Odette, wants the report in German.", "user manager Odette"},
	{"We moved to York last week.", "user lives_in York [2026-05-04,)"},
	{"Please keep answers under five lines.", "!keep_answers_under_five_lines"},
	{"Please forget that I am allergic to penicillin.", "-user allergic_to penicillin"},
}

func readAll(t *testing.T, table []struct{ text, want string }) {
	t.Helper()
	for _, c := range table {
		if got := strings.Join(render(Rules(Input{Text: c.text, Role: record.User, At: said})), " | "); got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

// TestForms has, for each form that the rules know, what it must read and, beside it, what looks alike and must not be read.
func TestForms(t *testing.T) {
	t.Parallel()
	readAll(t, forms)
}

var forms = []struct{ text, want string }{
	// words taken back
	{"I live in Rome. Sorry, I meant Milan.", "user lives_in Milan"},
	{"My birthday is 3 May. Sorry, 4 May.", "user.birthday=4 May"},
	{"My number is 555 123 4567, scratch that, 555 123 4568.", "user.phone=555 123 4568"},
	{"I work at Acme, I mean at Globex.", "user works_at Globex"},
	{"I'm vegetarian, sorry, vegan.", "user.diet=vegan"},
	{"I live in Rome. Sorry, I have to go.", "user lives_in Rome"},
	{"Do you like it? No, Milan is better.", ""},
	{"No, I live in Rome.", "user lives_in Rome"},
	{"no wait, I haven't finished the question", ""},
	// no capitals
	{"my name is anna and i live in milton", "anna lives_in milton | speaker anna"},
	{"im from cork and my sister ngozi works at pennick motors", "ngozi works_at pennick motors | user from cork | user sister ngozi"},
	{"im a nurse i live in slough", "user lives_in slough | user.role=nurse"},
	{"i live in fear", ""},
	{"i live in rented rooms", ""},
	{"i work at night", ""},
	{"my boss sent emails all night", ""},
	{"my brother won the race", ""},
	{"I live in hope.", ""},
	// who is no more
	{"Sad news, our old cat Mishka died on Sunday.", "-user pet Mishka @2026-05-10"},
	{"my husband Gethin died in 2020", "-user spouse Gethin @2020-01-01"},
	{"my dad Emeka died in 2020", "user father Emeka"},
	{"my dog Rex nearly ate a bee", "user pet Rex"},
	{"Tom and I broke up last month", "-user partner Tom @2026-04-01"},
	{"Tom broke up the fight", ""},
	{"we called off the engagement", "-user engaged_to "},
	{"we called off the search", ""},
	{"we got divorced in 2021", "-user spouse  @2021-01-01 | user.marital_status=divorced"},
	{"my parents got divorced in 2021", ""},
	{"I'm not divorced.", ""},
	// work and things that end
	{"I lost my job last week.", "-user works_at  @2026-05-04"},
	{"I lost my keys last week.", ""},
	{"we sold the Volvo", "-user car Volvo"},
	{"we sold the house", ""},
	{"I swapped my Polo for a Nissan Leaf.", "user.car=Nissan Leaf"},
	{"I've given up pottery.", "-user hobby pottery"},
	{"I've given up hope.", "-user prefers hope"},
	{"I don't work at Acme on Fridays.", ""},
	{"I don't live there any more.", "-user lives_in "},
	// "we", and who is named with it
	{"We live in Berlin with two cats.", "user lives_in Berlin"},
	{"We moved the sofa to Berlin.", ""},
	{"We just moved to Kubernetes.", ""},
	{"Sanjay and I are engaged.", "user engaged_to Sanjay"},
	{"Sanjay and I are hungry.", ""},
	// in passing
	{"Could my asthma be worse because of it?", "user has_condition asthma"},
	{"Will my Skoda pass its test?", "user.car=Skoda"},
	{"I have to sell my Skoda.", ""},
	{"Is my son likely to get it if my wife Ottoline has it?", "user spouse Ottoline"},
	{"Is my new manager Tom Reed?", ""},
	{"meet Duchess, our new tortoise", "user pet Duchess"},
	{"Bob, Alice, my sister and I went.", ""},
	{"My Polo shirt shrank.", ""},
	{"Acme let me go on a tour.", ""},
	{"Acme let me go in March.", "-user works_at Acme @2026-03-01"},
	{"I've been in Meetings for years.", ""},
	// lines of label and value
	{"Name: Ada Moreau\nCity: Leeds\nfav colour: burnt orange", "Ada Moreau lives_in Leeds | Ada Moreau.favourite_colour=burnt orange | speaker Ada Moreau"},
	{"Email: kat@holloway.example", "user.email=kat@holloway.example"},
	{"Subject: works at Acme", ""},
	{"Bob: I work at Acme", ""},
	// left out subjects
	{"born in Tromsø, grew up in a tiny place called Vik", "user born_in Tromsø | user grew_up_in Vik"},
	{"moved to Ghent in March", "user lives_in Ghent [2026-03-01,)"},
	{"Moved to tears.", ""},
	{"Working at Acme is hard.", ""},
	// orders
	{"don't use emojis", "!not_use_emojis"},
	{"no more bullet points", "!no_more_bullet_points"},
	{"Stop calling me sir.", "!stop_calling_sir"},
	{"whenever i paste code, just show me the diff", "!whenever_paste_code_just_show_diff"},
	{"short answers only please", "!short_answers_only"},
	{"stop me if you've heard this one", ""},
	{"Could you make this paragraph shorter and lose the exclamation marks?", ""},
	{"please keep the dog out of the kitchen, said the sign", ""},
	{"don't tell my wife again", ""},
	{"use the attached file", ""},
	{"every time I cook, I burn it", ""},
	// retractions
	{"What I told you about being vegetarian is no longer true.", "-user diet vegetarian"},
	{"please forget my address", "-user address "},
	{"disregard what I said about my peanut allergy", "-user allergic_to peanut"},
	{"I live in Rome. That's no longer true.", "-user lives_in Rome"},
	{"forget it, I'll do it myself", ""},
	{"I'll never forget that I was in Trieste.", ""},
	{"Don't forget that I'm vegan.", "user.diet=vegan"},
	// dates
	{"I live in York from June.", "user lives_in York [2026-06-01,)"},
	{"I joined Acme in 2010 and left in 2012.", "user works_at Acme [2010-01-01,2012-01-01)"},
	{"I work at Acme in 2010.", "user works_at Acme [2010-01-01,2011-01-01)"},
	{"I've lived in Rome since January.", "user lives_in Rome [2026-01-01,)"},
	{"I'm on leave until next quarter.", "user.status=on leave [,2026-10-01)"},
	{"I've been in Malmö for ten years.", "user lives_in Malmö"},
	{"I've been in Malmö for ten days.", ""},
	{"I'm in Bristol these days.", "user lives_in Bristol"},
	{"I'm in Bristol today.", ""},
	// what follows ends the phrase
	{"I prefer minimal, simple dependencies.", "user prefers minimal, simple dependencies"},
	{"I live in Brooklyn and commute to Manhattan.", "user lives_in Brooklyn"},
	{"I love hot and spicy food.", ""},
	// stories
	{"Let's say Anna lives in Rome. Bob works at Acme. I live in Oslo.", "user lives_in Oslo"},
	{"I dreamed I lived in Paris. I work at Acme.", ""},
}

// TestBoundedStays: who says until when he is somewhere has not moved, and what is understood as somebody else's changes nothing of the speaker's.
func TestBoundedStays(t *testing.T) {
	t.Parallel()
	about := func(text string, keys ...string) bool {
		out := Rules(Input{Text: text, Role: record.User, At: said})
		return slices.ContainsFunc(out.Doubts, func(d record.Doubt) bool { return overlap(d.Keys, keys) })
	}
	for text, doubts := range map[string]bool{
		"je suis chez mes parents à Limoges jusqu'à dimanche": false,
		"je suis chez mes parents à Limoges maintenant":       true,
		"Moved back in with my parents until Sunday.":         false,
		"Moved back in with my parents until I find a flat.":  true,
		"We moved out for two weeks while they do the floor.": false,
		"We moved out this week.":                             true,
	} {
		if got := about(text, "lives_in"); got != doubts {
			t.Errorf("%q doubts a home: %v", text, got)
		}
	}
}
