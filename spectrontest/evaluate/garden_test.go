package evaluate_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/spectron-go/spectron/spectrontest/evaluate"
)

// garden is a thousand notes about gardens, the same on every machine, with questions that they answer.
func garden(notes, questions int) evaluate.Conversation {
	rng := rand.New(rand.NewPCG(9, 6))
	one := func(of []string) string { return of[rng.IntN(len(of))] }
	list := func(words string) []string { return strings.Split(words, " | ") }
	who := list("Marta | Owen | Priya | Tomas | Ingrid | Kwame | Lucia | Henrik | Yuki | Fatima | Gareth | Noor | Elsa | Pavel | Rosa | Desmond")
	what := list("tomatoes | lavender | roses | courgettes | runner beans | dahlias | sweet peas | rhubarb | garlic | kale | raspberries | peonies | leeks | " +
		"sunflowers | thyme | figs | hydrangeas | beetroot | foxgloves | asparagus | clematis | chard | pumpkins | gooseberries")
	where := list("along the south wall | beside the pond | under the old pear tree | in the raised bed | behind the shed | next to the compost heap | " +
		"in the cold frame | by the kitchen door | around the sundial | in the terracotta pots | near the beehives | at the end of the orchard")
	pest := list("slugs | aphids | blackfly | mildew | rust | vine weevils | pigeons | caterpillars")
	cure := list("copper tape | soapy water | nettle tea | nematodes | garlic spray | old netting | wood ash | ladybirds")
	month := list("February | March | April | May | June | August | September | October")
	forms := []struct{ note, question string }{
		{"{who} planted the {what} {where}.", "Where did {who} plant the {what}?"},
		{"{who} keeps {pest} off the {what} with {cure}.", "What does {who} use against {pest} on the {what}?"},
		{"{who} waters the {what} every {n} days and mulches them with {mulch}.", "How often does {who} water the {what}?"},
		{"In {month} {who} cut back the {what} and moved half of them {where}.", "When did {who} cut back the {what}?"},
		{"{who} picked {n} baskets of {what} in {month}, more than ever before.", "How many baskets of {what} did {who} pick?"},
		{"The {what} that {who} grew from seed died in the late frost.", "What happened to the {what} that {who} grew from seed?"},
	}
	mulch := list("straw | bark | leaf mould | cocoa shells | grass clippings")
	c := evaluate.Conversation{ID: "garden", Manner: "notes"}
	at := time.Date(2024, 3, 1, 8, 0, 0, 0, time.UTC)
	type told struct{ id, question string }
	var all []told
	said := map[string]bool{}
	for len(all) < notes {
		form := rng.IntN(len(forms))
		w, p := one(who), one(what)
		key := fmt.Sprint(form, w, p)
		if said[key] {
			continue
		}
		said[key] = true
		fill := strings.NewReplacer("{who}", w, "{what}", p, "{where}", one(where), "{pest}", one(pest), "{cure}", one(cure), "{month}", one(month),
			"{mulch}", one(mulch), "{n}", strconv.Itoa(2+rng.IntN(9))).Replace
		id := fmt.Sprintf("n%d", len(all)+1)
		if len(all)%50 == 0 {
			c.Sessions = append(c.Sessions, evaluate.Session{ID: fmt.Sprintf("s%d", len(c.Sessions)+1)})
			at = at.Add(24 * time.Hour)
		}
		s := &c.Sessions[len(c.Sessions)-1]
		s.Turns = append(s.Turns, evaluate.Turn{ID: id, SpokenAt: at, Text: fill(forms[form].note)})
		all = append(all, told{id, fill(forms[form].question)})
	}
	rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for i, t := range all[:questions] {
		c.Questions = append(c.Questions, evaluate.Question{Half: []evaluate.Half{evaluate.Tune, evaluate.Held}[i%2], ID: fmt.Sprintf("q%d", i+1), Kind: evaluate.KindFact, Text: t.question, Evidence: []evaluate.Group{{t.id}}})
	}
	return c
}
