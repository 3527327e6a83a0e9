package conformance

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/spectron-go/spectron"
)

// What somebody says of herself stands over what others say of her, whoever is surer and comes first.
func ownWordsStand(s *trial) {
	say := func(speaker, text string) *spectron.Extraction {
		s.clock.Advance(24 * time.Hour)
		return s.remember(spectron.RememberRequest{Text: text, Speaker: speaker}).Extraction
	}
	say("Lena", "I live in Bonn.")
	if x := say("Owen", "Lena lives in Ulm."); len(x.Relations) != 1 || len(x.Closed)+len(x.Corrections) > 0 || len(x.Uncertainties) != 1 {
		s.Errorf("Owen of Lena: %+v", x)
	}
	s.main()
	say("Owen", "Mara lives in Leeds.")
	if x := say("Mara", "I live in York."); len(x.Corrections) != 1 || len(x.Uncertainties) > 0 {
		s.Errorf("Mara herself: %+v", x)
	}
	h := s.main()
	const question = "Where does Lena live?"
	if hits := h.recall(spectron.RecallRequest{Query: question}).Hits; len(hits) == 0 || hits[0].Fact == nil || hits[0].Fact.Value != "Bonn" {
		s.Errorf("%s %+v", question, hits)
	}
	same(s, "facts", h.known("Lena Mara", time.Time{}), []string{"Lena lives in Bonn", "Lena lives in Ulm", "Mara lives in York"})
	if x := say("Lena", "I live in Ulm."); len(x.Corrections) != 1 {
		s.Errorf("Lena herself: %+v", x)
	}
	same(s, "facts", s.main().known("Lena", time.Time{}), []string{"Lena lives in Ulm"})
	say("Owen", "Zoe lives in Rome.")
	say("Zoe", "I live in Rome.") // which makes it her own word
	if x := say("Owen", "Zoe lives in Oslo."); len(x.Corrections) > 0 || len(x.Uncertainties) != 1 {
		s.Errorf("Owen of Zoe: %+v", x)
	}
}

// A place that lies in another one is no other value of where somebody lives.
func placesLieInPlaces(s *trial) {
	for i, order := range [][]string{{"California", "San Francisco"}, {"San Francisco", "California"}} {
		who := []string{"Alice", "Bob"}[i]
		for _, place := range order {
			s.clock.Advance(24 * time.Hour)
			if x := s.tell(who + " lives in " + place + ".").Extraction; len(x.Corrections)+len(x.Uncertainties) > 0 {
				s.Errorf("%s in %s: %+v", who, place, x)
			}
		}
		h := s.main()
		same(s, who, h.answers("lives_in", spectron.RecallRequest{Query: "Where does " + who + " live?"}), []string{"San Francisco"})
		same(s, who+" before", h.answers("lives_in", spectron.RecallRequest{Query: "Where does " + who + " live?", AsOf: s.clock.Now().Add(-12 * time.Hour)}), order[:1])
		s.clock.Advance(24 * time.Hour)
		if x := s.tell(who + " lives in Lisbon.").Extraction; len(x.Corrections) != 1 || x.Corrections[0].OldValue != "San Francisco" {
			s.Errorf("%s moved: %+v", who, x)
		}
	}
}

// Of orders that exclude each other the last one is active.
func laterOrdersReplace(s *trial) {
	for _, text := range []string{"Always answer in French.", "From now on, always keep your answers short.", "Always answer in English.", "From now on, answer in detail."} {
		s.clock.Advance(time.Hour)
		s.tell(text)
	}
	h := s.main()
	const words = "always answer French English short detail"
	if got := h.known(words, time.Time{}); len(got) != 2 || got[0] != "Always answer in English" {
		s.Errorf("instructions %q", got)
	}
	if got := h.known(words, s.clock.Now().Add(-150*time.Minute)); !slices.Contains(got, "Always answer in French") || len(got) != 1 && len(got) != 2 {
		s.Errorf("instructions at first %q", got)
	}
}

// What a Context declares of its vocabulary decides what is stored.
func ontologiesSteer(s *trial) {
	put := func(spec spectron.OntologySpec) {
		s.Helper()
		if _, err := s.main().Ontology().Put(s.Context(), spec); err != nil {
			s.Fatalf("put: %v", err)
		}
	}
	triple := func(kind, name, key, value string) (*spectron.Remembered, error) {
		return s.main().Memory().Remember(s.Context(), spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{
			{Entity: spectron.EntityRef{Type: kind, Name: name}, Key: key, Value: value},
		}})
	}
	stored := func(kind, name, key, value string) *spectron.Extraction {
		s.Helper()
		r, err := triple(kind, name, key, value)
		if err != nil {
			s.Fatalf("%s %s: %v", name, key, err)
		}
		return r.Extraction
	}
	stored("person", "Ada", "badge", "one")
	put(spectron.OntologySpec{
		EntityTypes: []spectron.EntityTypeTerm{{Name: "engineer", Kind: "person", Aliases: []string{"SRE"}}},
		AttributeKeys: []spectron.AttributeKeyTerm{
			{Name: "badge", Aliases: []string{"Ausweis"}, Cardinality: spectron.CardinalityMany, Category: spectron.CategoryIdentity},
			{Name: "shift", Cardinality: spectron.CardinalityOne, Category: spectron.CategoryContext},
		},
		RelationLabels: []spectron.RelationLabelTerm{{Name: "works at", Cardinality: spectron.CardinalityMany}},
		RefuseOthers:   spectron.OntologyParts{EntityTypes: true, AttributeKeys: true, RelationLabels: true},
	})
	if x := stored("SRE", "Ada", "Ausweis", "two"); len(x.Attributes) != 1 || x.Attributes[0].EntityID != "entity:person/ada" || x.Attributes[0].Key != "badge" ||
		x.Attributes[0].Category != spectron.CategoryIdentity || len(x.Corrections)+len(x.Closed) > 0 {
		s.Errorf("an alias: %+v", x)
	}
	stored("engineer", "Ada", "badge", "three")
	same(s, "badges", s.main().answers("badge", spectron.RecallRequest{Query: "What is Ada's badge?"}), []string{"one", "three", "two"})
	for field, err := range map[string]error{
		"Triples[0].Key":         second(triple("engineer", "Ada", "shoe size", "40")),
		"Triples[0].Entity.Type": second(triple("company", "Acme", "badge", "x")),
	} {
		refused(s, "undeclared", err, spectron.ErrInvalid, field)
	}
	r := s.tell("Alice lives in Rome.") // location is not declared, nor is lives_in
	if x := r.Extraction; len(x.Relations)+len(x.Attributes) > 0 || len(x.Uncertainties) != 1 || x.Uncertainties[0].About != "Alice: lives in" {
		s.Errorf("refused of a text: %+v", x)
	}
	same(s, "the text", s.main().said("Rome"), []string{"Alice lives in Rome."})
	same(s, "facts", s.main().known("Alice Rome", time.Time{}), nil)
	put(spectron.OntologySpec{RelationLabels: []spectron.RelationLabelTerm{{Name: "lives in", Cardinality: spectron.CardinalityMany}}})
	for _, city := range []string{"Rome", "Oslo"} {
		if x := s.tell("Alice lives in " + city + ".").Extraction; len(x.Relations) != 1 || len(x.Corrections) > 0 {
			s.Errorf("another vocabulary: %+v", x)
		}
	}
	if err := s.main().Ontology().Delete(s.Context()); err != nil {
		s.Fatalf("delete: %v", err)
	}
	s.tell("Bob lives in Rome.")
	if x := s.tell("Bob lives in Oslo.").Extraction; len(x.Corrections) != 1 {
		s.Errorf("without one: %+v", x)
	}
}

// A principal may stand for a person: who "I" is where nothing else says it.
func principalsStandForPeople(s *trial) {
	everything := spectron.Grants{}
	for _, v := range []spectron.Verb{spectron.MemoryRead, spectron.MemoryWrite, spectron.ScopeCreate} {
		everything[v] = []string{"/*"}
	}
	h := s.main()
	secrets := map[string]string{}
	ids := map[string]string{}
	for _, name := range []string{"Lena", "Owen", ""} {
		p := h.principal(spectron.PrincipalSpec{Name: "of " + cmp.Or(name, "nobody"), Subject: name, Grants: everything})
		if p.Subject != name {
			s.Errorf("%q stands for %q", name, p.Subject)
		}
		ids[name], secrets[name] = p.ID, h.key(spectron.KeySpec{Name: "key", PrincipalID: p.ID}).Secret
	}
	session := s.caller(secrets["Lena"]).remember(spectron.RememberRequest{Text: "I live in Oslo."}).SessionID
	for _, said := range []struct{ key, speaker, text string }{
		{"Owen", "", "I live in Rome."}, {"Lena", "Mara", "I live in Leeds."}, // whom the message names is not whom the key stands for
	} {
		s.caller(secrets[said.key]).remember(spectron.RememberRequest{Text: said.text, Speaker: said.speaker, SessionID: session})
	}
	s.caller(secrets["Lena"]).remember(spectron.RememberRequest{Text: "I work at Acme.", SessionID: session}) // which knows of Mara alone
	s.caller(secrets[""]).remember(spectron.RememberRequest{Text: "I work at Globex."})
	behalf, err := s.main().OnBehalfOf(s.Context(), ids["Owen"])
	if err != nil {
		s.Fatalf("on behalf: %v", err)
	}
	handle{s.T, behalf}.remember(spectron.RememberRequest{Text: "I work at Initech."})
	h = s.main()
	same(s, "facts", h.known("Lena Owen Mara user", time.Time{}), []string{
		"Lena lives in Oslo", "Mara lives in Leeds", "Mara works at Acme", "Owen lives in Rome", "Owen works at Initech", "The user works at Globex",
	})
	var speakers []string
	for _, turn := range h.turns(session) {
		speakers = append(speakers, turn.Speaker)
	}
	if !slices.Equal(speakers, []string{"Lena", "Owen", "Mara", "Mara"}) {
		s.Errorf("the speakers are %q", speakers)
	}
	s.caller(secrets["Owen"]).remember(spectron.RememberRequest{Text: "My name is Owen Price. I like tea."})
	h = s.main()
	for _, name := range []string{"Owen", "Owen Price"} {
		same(s, name, h.answers("lives_in", spectron.RecallRequest{Query: "Where does " + name + " live?"}), []string{"Rome"})
		same(s, name, h.answers("likes", spectron.RecallRequest{Query: "What does " + name + " like?"}), []string{"tea"})
	}
	nobody, lenas := "", "Lena Brandt"
	for _, to := range []*string{&nobody, &lenas, nil} {
		p, err := s.main().Principals().Rename(s.Context(), ids["Lena"], spectron.PrincipalPatch{Name: fmt.Sprint("renamed ", to == nil), Subject: to})
		if want := lenas; err != nil || to != &nobody && p.Subject != want || to == &nobody && p.Subject != "" {
			s.Errorf("renamed %+v, %v", p, err)
		}
	}
	if got, err := s.main().Principals().Get(s.Context(), ids["Lena"]); err != nil || got.Subject != lenas {
		s.Errorf("got %+v, %v", got, err)
	}
	s.caller(secrets["Lena"]).remember(spectron.RememberRequest{Text: "I work at Hooli."})
	same(s, "renamed", s.main().answers("works_at", spectron.RecallRequest{Query: "Where does Lena Brandt work?"}), []string{"Hooli"})
	bad := " x"
	h = s.main()
	refused(s, "a blank", second(h.Principals().Create(s.Context(), spectron.PrincipalSpec{Name: "p", Subject: " "})), spectron.ErrInvalid, "Subject")
	refused(s, "no letters", second(h.Principals().Create(s.Context(), spectron.PrincipalSpec{Name: "p", Subject: "--"})), spectron.ErrInvalid, "Subject")
	refused(s, "nobody's name", second(h.Principals().Create(s.Context(), spectron.PrincipalSpec{Name: "p", Subject: "User"})), spectron.ErrInvalid, "Subject")
	refused(s, "renamed to a blank", second(h.Principals().Rename(s.Context(), ids["Lena"], spectron.PrincipalPatch{Subject: &bad})), spectron.ErrInvalid, "Subject")
}

// An account and a name said later are one person with both names, in whatever order and sessions they come.
func accountsHaveNames(s *trial) {
	for i, order := range [][]string{{"I live in Oslo.", "My name is Alice Moreau."}, {"My name is Bella Moreau.", "I live in Oslo."}} {
		account, name := []string{"alice", "bella"}[i], []string{"Alice Moreau", "Bella Moreau"}[i]
		for _, text := range order {
			if x := s.remember(spectron.RememberRequest{Text: text, Speaker: account}).Extraction; len(x.Corrections)+len(x.Closed)+len(x.Uncertainties) > 0 {
				s.Errorf("%s: %+v", text, x)
			}
		}
		s.remember(spectron.RememberRequest{Text: name + " works at Acme.", Speaker: "Zed"})
		h := s.main()
		for _, called := range []string{account, name} {
			same(s, called, h.answers("lives_in", spectron.RecallRequest{Query: "Where does " + called + " live?"}), []string{"Oslo"})
			same(s, called, h.answers("works_at", spectron.RecallRequest{Query: "Where does " + called + " work?"}), []string{"Acme"})
		}
	}
}

// What a user asks to forget in a turn ends, in the scopes of the turn, and nothing else. If the words fit several things, a question asks which.
func turnsForget(s *trial) {
	h := s.main()
	own, other := spectron.Scopes{{"org/acme/user/a"}}, spectron.Scopes{{"org/acme/user/b"}}
	say := func(scopes spectron.Scopes, text string) *spectron.Extraction {
		s.clock.Advance(time.Hour)
		return h.remember(spectron.RememberRequest{Text: text, Scopes: scopes}).Extraction
	}
	say(own, "My brother Tom is allergic to nuts. My phone number is 0151 5550 1837. I'm allergic to latex.")
	say(own, "I'm allergic to penicillin. Always answer in German.")
	say(other, "My phone number is 0151 5550 9900. My birthday is on 3 May.")
	closed := func(text string, facts, questions int) {
		s.Helper()
		if x := say(own, text); len(x.Closed) != facts || len(x.Uncertainties) != questions || len(x.Attributes)+len(x.Relations)+len(x.Instructions) > 0 {
			s.Errorf("%s %+v", text, x)
		}
	}
	closed("Don't forget my phone number.", 0, 0)
	closed("Forget my birthday.", 0, 0) // it is known in the other scope only
	closed("Forget it.", 0, 0)
	closed("Please forget that Tom is allergic to nuts.", 1, 0)
	closed("Forget my phone number.", 1, 0)
	closed("Forget my allergies.", 0, 1)
	say(own, "Please forget that you should answer in German.")
	s.step()
	h = s.main()
	var left []string
	for f, err := range h.Facts().All(s.Context(), spectron.FactQuery{Live: true}) {
		if err != nil {
			s.Fatalf("facts: %v", err)
		}
		left = append(left, f.Key+" "+f.Value)
	}
	slices.Sort(left)
	same(s, "facts", left, []string{"allergic_to latex", "allergic_to penicillin", "birthday 3 May", "brother Tom", "phone 0151 5550 9900"})
	for i, err := range h.Instructions().All(s.Context(), spectron.InstructionQuery{Active: true}) {
		s.Errorf("an instruction is active: %+v %v", i, err)
	}
}
