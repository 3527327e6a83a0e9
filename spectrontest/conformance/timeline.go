package conformance

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron"
)

// year is a time in a year.
func year(y int) time.Time { return time.Date(y, 6, 1, 12, 0, 0, 0, time.UTC) }

// Whatever the order in which statements about one key arrive, each time has the value that was said for it.
func timelinesHaveOneValueAtATime(s *trial) {
	said := []struct {
		city string
		year int
	}{{"Paris", 2016}, {"Lisbon", 2018}, {"Paris", 2020}, {"Oslo", 2022}, {"Madrid", 2024}}
	question := func(who string) string { return "Where does " + who + " live?" }
	for n, order := range [][]int{{0, 1, 2, 3, 4}, {4, 3, 2, 1, 0}, {0, 4, 2, 1, 3}, {2, 0, 3, 4, 1}} {
		texts, triples := []string{"Alice", "Bob", "Carol", "David"}[n], []string{"Ruth", "Sven", "Tina", "Uwe"}[n]
		h := s.main()
		for _, i := range order {
			h.remember(spectron.RememberRequest{Text: texts + " lives in " + said[i].city + ".", SpokenAt: year(said[i].year)})
			h.remember(spectron.RememberRequest{Infer: spectron.InferTriples, ObservedAt: year(said[i].year), Triples: []spectron.Triple{
				{Entity: person(triples), Key: "lives_in", Target: spectron.EntityRef{Type: "location", Name: said[i].city}},
			}})
		}
		h = s.main()
		for _, who := range []string{texts, triples} {
			for i, at := range said {
				for _, later := range []int{0, 1} {
					then := year(at.year + later)
					same(s, fmt.Sprintf("%s in order %v, as of %d", who, order, then.Year()), h.answers("lives_in", spectron.RecallRequest{Query: question(who), AsOf: then}), []string{at.city})
					same(s, fmt.Sprintf("%s in order %v, at %d", who, order, then.Year()), h.answers("lives_in", spectron.RecallRequest{Query: question(who), ValidAt: then}), []string{at.city})
				}
				if i == 0 { // searched as well
					hits := h.graph(who, spectron.RecallRequest{ValidAt: year(2021)})
					same(s, "searched", factValues(&spectron.Recalled{Hits: hits}, "lives_in"), []string{"Paris"})
				}
			}
			same(s, "all of them", h.answers("lives_in", spectron.RecallRequest{Query: question(who), IncludeClosed: true}), []string{"Lisbon", "Madrid", "Oslo", "Paris", "Paris"})
			same(s, "before anything was said", h.answers("lives_in", spectron.RecallRequest{Query: question(who), AsOf: year(2015)}), nil)
		}
	}

	// Said again for an earlier time, a stay begins there.
	s.remember(spectron.RememberRequest{Text: "Nora lives in Rome.", SpokenAt: year(2020)})
	s.remember(spectron.RememberRequest{Text: "Nora lives in Bonn.", SpokenAt: year(2014)})
	if x := s.remember(spectron.RememberRequest{Text: "Nora lives in Rome.", SpokenAt: year(2017)}).Extraction; len(x.Relations) > 0 {
		s.Errorf("said for an earlier time: %+v", x)
	}
	h := s.main()
	for y, city := range map[int]string{2015: "Bonn", 2018: "Rome", 2021: "Rome"} {
		same(s, fmt.Sprint("Nora in ", y), h.answers("lives_in", spectron.RecallRequest{Query: question("Nora"), ValidAt: year(y)}), []string{city})
		same(s, fmt.Sprint("Nora as of ", y), h.answers("lives_in", spectron.RecallRequest{Query: question("Nora"), AsOf: year(y)}), []string{city})
	}

	// A successor is valid from when it was said: before that, what it replaced was.
	s.remember(spectron.RememberRequest{Text: "Carl lives in Berlin.", SpokenAt: morning(1, 10)})
	s.remember(spectron.RememberRequest{Text: "Carl moved to Lisbon.", SpokenAt: morning(5, 10)})
	h = s.main()
	same(s, "Carl in March", h.answers("lives_in", spectron.RecallRequest{Query: question("Carl"), ValidAt: morning(3, 1)}), []string{"Berlin"})
	same(s, "Carl in June", h.answers("lives_in", spectron.RecallRequest{Query: question("Carl"), ValidAt: morning(6, 1)}), []string{"Lisbon"})

	// What is no longer so ends when that was said, although another value has followed since.
	s.remember(spectron.RememberRequest{Text: "Mia lives in Oslo.", SpokenAt: year(2016)})
	s.remember(spectron.RememberRequest{Text: "Mia lives in Rome.", SpokenAt: year(2022)})
	s.remember(spectron.RememberRequest{Text: "Mia no longer lives in Oslo.", SpokenAt: year(2019)})
	h = s.main()
	for y, city := range map[int]string{2018: "Oslo", 2020: "", 2023: "Rome"} {
		for name, req := range map[string]spectron.RecallRequest{"in": {ValidAt: year(y)}, "as of": {AsOf: year(y)}} {
			req.Query = question("Mia")
			if got := h.answers("lives_in", req); city == "" && slices.Contains(got, "Oslo") || city != "" && !slices.Equal(got, []string{city}) {
				s.Errorf("Mia %s %d: %q", name, y, got)
			}
		}
	}

	// What is said of a year holds from some time in it, not before what was said to hold in it.
	s.remember(spectron.RememberRequest{Text: "Ines lives in Porto.", SpokenAt: time.Date(2020, 3, 1, 9, 0, 0, 0, time.UTC)})
	s.remember(spectron.RememberRequest{Text: "Ines moved to Rome in 2020.", SpokenAt: time.Date(2020, 11, 1, 9, 0, 0, 0, time.UTC)})
	h = s.main()
	same(s, "Ines", h.answers("lives_in", spectron.RecallRequest{Query: question("Ines")}), []string{"Rome"})
	same(s, "Ines in February", h.answers("lives_in", spectron.RecallRequest{Query: question("Ines"), ValidAt: time.Date(2020, 2, 1, 9, 0, 0, 0, time.UTC)}), []string{"Porto"})
}

// Every stay is kept and found again: that one came back, and that several were said at one instant.
func staysAreReadable(s *trial) {
	question := func(who string, rest ...string) spectron.RecallRequest {
		return spectron.RecallRequest{Query: "Where did " + who + " work before" + strings.Join(rest, "") + "?", Kinds: []spectron.Kind{spectron.KindRelation}}
	}
	for _, at := range []struct {
		company string
		year    int
	}{{"Globex", 2018}, {"Initech", 2020}, {"Globex", 2022}} {
		s.remember(spectron.RememberRequest{Text: "Dora works at " + at.company + ".", SpokenAt: year(at.year)})
	}
	h := s.main()
	same(s, "before", h.answers("works_at", question("Dora")), []string{"Globex", "Initech"}) // she is at Globex again
	all := h.recall(spectron.RecallRequest{Query: "Where does Dora work?", IncludeClosed: true, Kinds: []spectron.Kind{spectron.KindRelation}})
	same(s, "with what ended", factValues(all, "works_at"), []string{"Globex", "Globex", "Initech"})
	var froms []int
	for _, hit := range all.Hits {
		froms = append(froms, hit.Fact.KnownFrom.Year())
	}
	if fmt.Sprint(froms) != "[2022 2020 2018]" {
		s.Errorf("the stays are known from %v", froms)
	}

	// At one instant: in one batch, at one time that is given, under a clock that stands.
	batch := spectron.RememberManyRequest{}
	for _, company := range []string{"Acme", "Initech", "Hooli"} {
		batch.Messages = append(batch.Messages, spectron.Message{Content: "Emil works at " + company + "."})
	}
	s.main().rememberMany(batch)
	for _, company := range []string{"Acme", "Initech", "Hooli"} {
		s.remember(spectron.RememberRequest{Text: "Fritz works at " + company + ".", SpokenAt: year(2021)})
		s.tell("Frank works at " + company + ".")
	}
	h = s.main()
	for _, who := range []string{"Emil", "Fritz", "Frank"} {
		same(s, who, h.answers("works_at", spectron.RecallRequest{Query: "Where does " + who + " work?"}), []string{"Hooli"})
		same(s, who+" before", h.answers("works_at", question(who)), []string{"Acme", "Initech"})
		same(s, who+" before Hooli", h.answers("works_at", question(who, " Hooli")), []string{"Acme", "Initech"})
		same(s, who+" with what ended", h.answers("works_at", spectron.RecallRequest{Query: "Where does " + who + " work?", IncludeClosed: true}), []string{"Acme", "Hooli", "Initech"})
		hits := h.recall(question(who)).Hits
		if len(hits) != 2 || hits[0].Fact.Value != "Initech" || hits[1].Fact.Value != "Acme" {
			s.Errorf("%s, newest first: %+v", who, texts(hits))
		}
	}

	// The verb of an event is no sign of the past.
	s.remember(spectron.RememberRequest{Text: "Mara was born in Graz.", SpokenAt: morning(1, 1)})
	s.remember(spectron.RememberRequest{Text: "Mara was born in Linz.", SpokenAt: morning(2, 1)})
	h = s.main()
	if hits := h.recall(spectron.RecallRequest{Query: "Where was Mara born?"}).Hits; len(hits) == 0 || hits[0].Fact == nil || hits[0].Fact.Value != "Linz" {
		s.Errorf("born in: %q", texts(hits))
	}
}

// What is said of how long something held sets the values of a key apart, in a batch as well as one by one.
func periodsHaveOneValue(s *trial) {
	said := []struct {
		text string
		year int
	}{
		{"%s works at Initech.", 2024}, {"From 2015 to 2018 %s worked at Globex.", 2025}, {"%s works at Hooli.", 2014}, // a period against what is not dated
		{"%s lives in Rome until March 2020.", 2019}, {"%s lives in Rome.", 2022}, {"%s no longer lives in Rome since March 2023.", 2025}, // stays that ended
		{"%s likes tea.", 2020},
	}
	for n, order := range [][]int{{0, 1, 2, 3, 4, 5, 6}, {6, 1, 0, 2, 3, 4, 5}, {2, 3, 4, 0, 5, 6, 1}} {
		one, many := []string{"Alice", "Bob", "Carol"}[n], []string{"Ruth", "Sven", "Tina"}[n]
		batch := spectron.RememberManyRequest{}
		for _, i := range order {
			s.remember(spectron.RememberRequest{Text: fmt.Sprintf(said[i].text, one), SpokenAt: year(said[i].year)})
			batch.Messages = append(batch.Messages, spectron.Message{Content: fmt.Sprintf(said[i].text, many), At: year(said[i].year)})
		}
		s.main().rememberMany(batch)
		h := s.main()
		for _, who := range []string{one, many} {
			for y, company := range map[int][]string{2016: {"Globex"}, 2018: {"Globex"}, 2020: nil, 2024: {"Initech"}} {
				same(s, fmt.Sprintf("%s worked in %d, order %v", who, y, order), h.answers("works_at", spectron.RecallRequest{Query: "Where does " + who + " work?", ValidAt: year(y)}), company)
			}
			for y, city := range map[int][]string{2019: {"Rome"}, 2021: nil, 2022: {"Rome"}, 2024: nil} {
				same(s, fmt.Sprintf("%s lived in %d, order %v", who, y, order), h.answers("lives_in", spectron.RecallRequest{Query: "Where does " + who + " live?", ValidAt: year(y)}), city)
			}
			same(s, who+" now", h.answers("lives_in", spectron.RecallRequest{Query: "Where does " + who + " live?"}), nil)
		}
	}

	for _, end := range []string{"Dora never lived in Bonn.", "Dora lived in Bonn until 2023.", "Dora has not lived in Bonn since 2023."} {
		s.remember(spectron.RememberRequest{Text: "Dora lives in Bonn.", SpokenAt: year(2022)})
		if x := s.tell(end).Extraction; len(x.Closed) != 1 {
			s.Errorf("%s: %+v", end, x)
		}
	}
	// What only a part of is denied stays.
	s.remember(spectron.RememberRequest{Text: "Emil lives in Bonn."})
	s.tell("Emil never lived in Bonn with Tom.")
	same(s, "Emil", s.main().answers("lives_in", spectron.RecallRequest{Query: "Where does Emil live?"}), []string{"Bonn"})
}

// The clock of the machine may go back; that of a Context does not, also when the store is opened again.
func clocksDoNotGoBack(s *trial) {
	s.clock.Set(morning(3, 1))
	s.tell("Hugo lives in Rome.")
	s.clock.Set(morning(3, 1).Add(-5 * time.Millisecond))
	if x := s.tell("Hugo lives in Oslo.").Extraction; len(x.Relations) != 1 || len(x.Corrections) != 1 {
		s.Errorf("after the clock went back: %+v", x)
	}
	h := s.main()
	same(s, "now", h.answers("lives_in", spectron.RecallRequest{Query: "Where does Hugo live?"}), []string{"Oslo"})

	key, err := h.Keys().Create(s.Context(), spectron.KeySpec{Name: "short", Principal: spectron.Agent, TTL: time.Hour})
	if err != nil {
		s.Fatalf("create key: %v", err)
	}
	s.clock.Set(morning(3, 2))
	s.tell("Hugo likes tea.")
	s.clock.Set(morning(3, 1))
	mgr := s.step()
	if _, err := mgr.Authenticate(s.Context(), key.Secret); err == nil {
		s.Error("an expired key works again once the clock went back")
	}
}
