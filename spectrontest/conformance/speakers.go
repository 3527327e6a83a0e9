package conformance

import (
	"strings"

	"github.com/spectron-go/spectron"
)

// What is said in passing of somebody is about that person, and not about who says it.
func whatIsSaidInPassingIsOfWhomItIs(s *trial) {
	s.tell("I live in Oslo.")
	if x := s.tell("I have a friend named Tim who likes tea and lives in Rome.").Extraction; len(x.Corrections)+len(x.Closed)+len(x.Uncertainties) > 0 {
		s.Errorf("of a friend: %+v", x)
	}
	s.tell("The man that I met lives in Lima. I know a woman that works at Acme and moved to Lima.")
	h := s.main()
	same(s, "facts", h.known("user Tim", morning(6, 1)), []string{"The user lives in Oslo", "The user's friend is Tim", "Tim likes tea", "Tim lives in Rome"})
	same(s, "where Tim lives", h.answers("lives_in", spectron.RecallRequest{Query: "Where does Tim live?"}), []string{"Rome"})
}

// Several speakers of a session are several people, whose words and facts stay apart; "I" is nobody where nothing says who
// speaks.
func severalSpeakersAreSeveralPeople(s *trial) {
	messages := []spectron.Message{
		{Content: "Hi, I'm Lena.", Speaker: "Lena Brandt"}, {Content: "Hi, I'm Owen.", Speaker: "Owen Price"},
		{Content: "Hello both!", Role: spectron.RoleAssistant, Speaker: "Botty"},
		{Content: "I live in Oslo. My sister Mara lives in Leeds.", Speaker: "Lena Brandt"}, {Content: "I live in Rome.", Speaker: "Owen Price"},
		{Content: "I work at Acme. Carol works at Globex."},
	}
	r := s.main().rememberMany(spectron.RememberManyRequest{Messages: messages})
	for i, x := range r.Extractions {
		if len(x.Corrections)+len(x.Closed) > 0 || i < 5 && len(x.Uncertainties) > 0 {
			s.Errorf("message %d: %+v", i, x)
		}
	}
	if u := r.Extractions[5].Uncertainties; len(u) != 1 || u[0].About != "the speaker" {
		s.Errorf("of nobody who is known: %+v", u)
	}
	h := s.main()
	same(s, "facts", h.known("Lena Owen Brandt Price Mara Carol user", morning(6, 1)), []string{
		"Carol works at Globex", "Lena Brandt lives in Oslo", "Lena Brandt's sister is Mara", "Mara lives in Leeds", "Owen Price lives in Rome",
	})
	if got := h.session(r.SessionID); got.Speaker != "" || strings.Join(got.Speakers, ", ") != "Lena Brandt, Owen Price" {
		s.Errorf("session %+v", got)
	}
	for i, turn := range h.turns(r.SessionID) {
		if turn.Speaker != messages[i].Speaker {
			s.Errorf("turn %d is said by %q", i, turn.Speaker)
		}
	}
	for question, want := range map[string]string{"Where does Lena live?": "Oslo", "Where does Owen Price live?": "Rome"} {
		same(s, question, h.answers("lives_in", spectron.RecallRequest{Query: question}), []string{want})
	}
	for _, hit := range h.recall(spectron.RecallRequest{Query: "Oslo Rome"}).Hits {
		want := "Lena Brandt"
		if strings.Contains(hit.Text, "Rome") {
			want = "Owen Price"
		}
		if hit.Kind != spectron.KindMemoryChunk && !strings.Contains(hit.Text, "lives in") || strings.Contains(hit.Text, "Mara") {
			continue
		}
		if hit.Text != "Hello both!" && (strings.Contains(hit.Text, "Oslo") || strings.Contains(hit.Text, "Rome")) && (hit.Speaker != want || hit.Source.Speaker != want) {
			s.Errorf("%q is said by %q, %q", hit.Text, hit.Speaker, hit.Source.Speaker)
		}
	}
	// Nobody says who asks.
	for _, question := range []string{"Where do I live?", "Where does my sister live?"} {
		for _, session := range []string{"", r.SessionID} {
			if got := h.recall(spectron.RecallRequest{Query: question, SessionID: session}); got.Tier == spectron.TierDirect {
				s.Errorf("%s %+v", question, got)
			}
		}
	}
	// Whoever says one of the names is that speaker again, and who says another one is somebody else.
	s.remember(spectron.RememberRequest{Text: "Lena here. I'm Lena and I work at Initech.", SessionID: r.SessionID})
	s.remember(spectron.RememberRequest{Text: "Hi, I'm Priya and I work at Hooli.", SessionID: r.SessionID})
	h = s.main()
	same(s, "facts", h.known("Lena Owen Priya Brandt Price user", morning(6, 1)), []string{
		"Lena Brandt lives in Oslo", "Lena Brandt works at Initech", "Lena Brandt's sister is Mara", "Owen Price lives in Rome", "Priya works at Hooli",
		"The user's name is Priya",
	})
	if got := h.session(r.SessionID); got.Speaker != "" || strings.Join(got.Speakers, ", ") != "Lena Brandt, Owen Price, Priya" {
		s.Errorf("session %+v", got)
	}
}

// A speaker whom the caller names stays one person, whatever name the text says.
func otherNamesAreOfOnePerson(s *trial) {
	first := s.remember(spectron.RememberRequest{Text: "I live in Lima.", SpokenAt: morning(1, 1)}) // nobody knows who that is
	r := s.remember(spectron.RememberRequest{Text: "My name is Alice Moreau. I live in Oslo.", Speaker: "u-4711", SpokenAt: morning(1, 2)})
	if x := r.Extraction; len(x.Corrections)+len(x.Closed)+len(x.Uncertainties) > 0 {
		s.Errorf("another name: %+v", x)
	}
	s.remember(spectron.RememberRequest{Text: "I work at Acme.", SessionID: r.SessionID, SpokenAt: morning(1, 3)})
	s.remember(spectron.RememberRequest{Text: "Alice Moreau is the CTO of Globex.", Speaker: "Bob", SpokenAt: morning(1, 4)})
	h := s.main()
	same(s, "facts", h.known("Alice Moreau u-4711 user", morning(1, 3)), []string{
		"Alice Moreau speaks as u-4711", "The user lives in Lima", "u-4711 lives in Oslo", "u-4711 works at Acme",
	})
	same(s, "what Bob says", h.answers("role", spectron.RecallRequest{Query: "What is Alice Moreau's role?"}), []string{"CTO"})
	for _, name := range []string{"Alice Moreau", "Alice", "u-4711"} {
		same(s, name, h.answers("lives_in", spectron.RecallRequest{Query: "Where does " + name + " live?"}), []string{"Oslo"})
	}
	if got := h.recall(spectron.RecallRequest{Query: "Where does Alice Moreau live?"}); got.Tier != spectron.TierDirect {
		s.Errorf("the other name is not known: %+v", got)
	}
	if a, b := h.session(first.SessionID).Speaker, h.session(r.SessionID).Speaker; a != "" || b != "u-4711" {
		s.Errorf("the speakers are %q and %q", a, b)
	}
	// The name of somebody who speaks there as well, and one that others know, are not taken over.
	for _, saying := range []string{"I'm Alice Moreau.", "I'm Bob."} {
		r := s.remember(spectron.RememberRequest{Text: saying + " I live in Rome.", SessionID: r.SessionID, Speaker: "Carl", SpokenAt: morning(1, 5)})
		if saying == "I'm Bob." {
			s.remember(spectron.RememberRequest{Text: "I live in Leeds.", SessionID: r.SessionID, Speaker: "Bob", SpokenAt: morning(1, 6)})
			r = s.remember(spectron.RememberRequest{Text: saying, SessionID: r.SessionID, Speaker: "Carl", SpokenAt: morning(1, 7)})
		}
		if x := r.Extraction; len(x.Uncertainties) != 1 || len(x.Corrections)+len(x.Closed) > 0 {
			s.Errorf("%s %+v", saying, x)
		}
	}
	h = s.main()
	for name, city := range map[string]string{"u-4711": "Oslo", "Carl": "Rome"} {
		same(s, name, h.answers("lives_in", spectron.RecallRequest{Query: "Where does " + name + " live?"}), []string{city})
	}
	for _, name := range []string{"Alice Moreau", "Bob"} {
		if got := h.recall(spectron.RecallRequest{Query: "Where does " + name + " live?"}); got.Tier == spectron.TierDirect {
			s.Errorf("of which %s: %+v", name, got)
		}
	}
}
