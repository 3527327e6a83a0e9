package conformance

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

func literalTextIsKept(s *trial) {
	const text = "  My name is Alice.\r\n\tI work at Acme — always answer in French.\n\n  "
	at := morning(2, 3)
	for i := range 2 { // as often as it is said
		r := s.remember(spectron.RememberRequest{Text: text, Infer: spectron.InferNone, SpokenAt: at})
		if r.Infer != spectron.InferNone || r.Extraction != nil || r.TraceID != "" || r.Preview || len(r.ChunkIDs) != 1 {
			s.Errorf("remembered %+v", r)
		}
		h := s.main()
		want := spectron.Turn{
			ID: r.TurnID, SessionID: r.SessionID, Role: spectron.RoleUser, Content: text, SpokenAt: at, CreatedAt: s.clock.Now(),
		}
		if got := h.turns(r.SessionID); len(got) != 1 || got[0] != want {
			s.Errorf("turns %+v, want %+v", got, want)
		}
		if got := h.session(r.SessionID); got.Turns != 1 || got.Speaker != "" {
			s.Errorf("session %+v", got)
		}
		hits := h.recall(spectron.RecallRequest{Query: "French", SessionID: r.SessionID}).Hits
		source := spectron.Source{
			Kind: "turn", TurnID: r.TurnID, SessionID: r.SessionID, Role: spectron.RoleUser, SpokenAt: at,
			Quote: text, End: utf8.RuneCountInString(text), Trust: 0.8,
		}
		if len(hits) != 1 || hits[0].ID != r.ChunkIDs[0] || hits[0].Kind != spectron.KindMemoryChunk || hits[0].Text != text ||
			hits[0].Source != source || hits[0].Fact != nil || !hits[0].OccurredAt.Equal(at) {
			s.Errorf("found %+v, want the source %+v", hits, source)
		}
		if got := len(h.said("French")); got != i+1 {
			s.Errorf("said %d times, found %d", i+1, got)
		}
		same(s, "facts", h.known("Alice Acme user French", at), nil)
	}
}

func factsAreRead(s *trial) {
	r := s.remember(spectron.RememberRequest{Text: "My name is Alice and I work at Acme. Always answer in German.", SpokenAt: morning(2, 3), Labels: []string{"team=red"}})
	if r.Infer != spectron.InferFull || r.TraceID == "" || r.Preview || len(r.ChunkIDs) != 1 || r.Extraction == nil {
		s.Fatalf("remembered %+v", r)
	}
	x := *r.Extraction
	if len(x.Attributes) != 1 || len(x.Relations) != 1 || len(x.Instructions) != 1 || x.TurnID != r.TurnID ||
		len(x.Uncertainties)+len(x.Corrections)+len(x.Reinforced)+len(x.Closed) > 0 {
		s.Fatalf("extracted %+v", x)
	}
	name, works, order := x.Attributes[0], x.Relations[0], x.Instructions[0]
	for _, tc := range []struct{ got, want any }{
		{name, spectron.ExtractedAttribute{ID: name.ID, EntityID: "entity:person/user", Key: "name", Value: "Alice", Category: spectron.CategoryIdentity, Quote: "Alice"}},
		{works, spectron.ExtractedRelation{
			ID: works.ID, Subject: "entity:person/alice", Label: "works_at", Object: "entity:organisation/acme", Category: spectron.CategoryKnowledge, Quote: "I work at Acme",
		}},
		{order, spectron.ExtractedInstruction{ID: order.ID, Label: order.Label, Description: "Always answer in German"}},
	} {
		if tc.got != tc.want {
			s.Errorf("extracted %+v, want %+v", tc.got, tc.want)
		}
	}
	var entities []string
	for _, e := range x.Entities {
		entities = append(entities, fmt.Sprint(e.ID, " ", e.Type, " ", e.Name, " ", e.IsNew))
	}
	slices.Sort(entities)
	same(s, "entities", entities, []string{
		"entity:organisation/acme organisation Acme true", "entity:person/alice person Alice true", "entity:person/user person user true",
	})

	h := s.main()
	got := h.recall(spectron.RecallRequest{Query: "Where do I work?", Kinds: []spectron.Kind{spectron.KindRelation}})
	if got.Tier != spectron.TierDirect || got.Trace.Tier != got.Tier || len(got.Hits) != 1 {
		s.Fatalf("recalled %+v", got)
	}
	hit := got.Hits[0]
	source := spectron.Source{
		Kind: "turn", TurnID: r.TurnID, SessionID: r.SessionID, Role: spectron.RoleUser, Speaker: "Alice", SpokenAt: morning(2, 3),
		Quote: "I work at Acme", Start: 21, End: 35, Trust: 0.8,
	}
	if hit.ID != works.ID || hit.Kind != spectron.KindRelation || hit.Text != "Alice works at Acme" || hit.Speaker != "Alice" || hit.Source != source {
		s.Errorf("found %+v, want the source %+v", hit, source)
	}
	f := *hit.Fact
	if f.Entity != person("Alice") || f.Target != (spectron.EntityRef{Type: "organisation", Name: "Acme"}) || f.Key != "works_at" || f.Value != "Acme" ||
		f.Category != spectron.CategoryKnowledge || f.Importance != 0.8 || f.Confidence < 0.7 || f.Confidence > 1 ||
		!f.KnownFrom.Equal(morning(2, 3)) || !f.RecordedAt.Equal(s.clock.Now()) || !f.KnownUntil.IsZero() || !f.RetiredAt.IsZero() ||
		!f.ValidUntil.IsZero() || f.Supersedes+f.SupersededBy != "" {
		s.Errorf("the fact is %+v", f)
	}
	if got := h.session(r.SessionID); got.Speaker != "Alice" || got.Turns != 1 {
		s.Errorf("session %+v", got)
	}
	// The words of others are kept, and not read.
	for _, role := range []spectron.Role{spectron.RoleAssistant, spectron.RoleSystem, spectron.RoleTool} {
		r := s.remember(spectron.RememberRequest{Text: "I work at Umbrella. Never answer in German.", Role: role})
		if x := r.Extraction; x == nil || len(x.Entities)+len(x.Attributes)+len(x.Relations)+len(x.Instructions)+len(x.Closed)+len(x.Corrections) > 0 {
			s.Errorf("what the %s says was read: %+v", role, x)
		}
	}
	h = s.main()
	same(s, "facts", h.known("Alice user Umbrella German", s.clock.Now().AddDate(1, 0, 0)), []string{"Alice works at Acme", "Always answer in German", "The user's name is Alice"})
	if got := len(h.said("Umbrella")); got != 3 {
		s.Errorf("%d of 3 texts of others are kept", got)
	}
}

func triplesAreStored(s *trial) {
	alice := spectron.EntityRef{Type: "Human", Name: "Alice"}
	triples := []spectron.Triple{
		{Entity: alice, Key: "Job Title", Value: "CTO", Category: spectron.CategoryIdentity},
		{Entity: alice, Key: "employer", Target: spectron.EntityRef{Type: "company", Name: "Acme"}},
		{Entity: alice, Key: "likes", Target: spectron.EntityRef{Name: "jazz"}},
		{Entity: spectron.EntityRef{Type: "spaceship", Name: "Nostromo"}, Key: "crew", Value: "7"},
		{Entity: alice, Key: "motto", Value: "Πάντα ῥεῖ 🌊"},
	}
	want := []string{"Alice likes jazz", "Alice works at Acme", "Alice's motto is Πάντα ῥεῖ 🌊", "Alice's role is CTO", "Nostromo's crew is 7"}
	r := s.remember(spectron.RememberRequest{Infer: spectron.InferTriples, Triples: triples, ObservedAt: morning(1, 5)})
	if r.TurnID != "" || len(r.ChunkIDs) > 0 || r.TraceID == "" || r.Extraction == nil || r.SessionID == "" {
		s.Errorf("remembered %+v", r)
	}
	h := s.main()
	same(s, "facts", h.known("Alice Nostromo", morning(6, 1)), want)
	same(s, "facts before they were known", h.known("Alice Nostromo", morning(1, 4)), nil)
	if got := h.turns(r.SessionID); len(got) > 0 {
		s.Errorf("nobody said %+v", got)
	}
	for _, hit := range h.graph("Alice Nostromo", spectron.RecallRequest{}) {
		category := spectron.CategoryKnowledge
		if hit.Fact.Key == "role" {
			category = spectron.CategoryIdentity
		}
		if hit.Source.Kind != "upsert" || hit.Source.TurnID+hit.Source.Quote != "" || hit.Source.Trust != 1 || hit.Fact.Confidence != 1 ||
			hit.Fact.Category != category || !hit.Fact.KnownFrom.Equal(morning(1, 5)) {
			s.Errorf("%s: %+v of %+v", hit.Text, hit.Fact, hit.Source)
		}
	}
	// Said again nothing is added; a text beside them is kept, and not read.
	again := s.remember(spectron.RememberRequest{Infer: spectron.InferTriples, Triples: triples, Text: "From the staff list: my name is Bob.", SpokenAt: morning(1, 6)})
	if x := again.Extraction; len(x.Attributes)+len(x.Relations) > 0 || len(x.Reinforced) != len(triples) || again.TurnID == "" {
		s.Errorf("said again: %+v", x)
	}
	h = s.main()
	same(s, "facts", h.known("Alice Nostromo Bob user", morning(6, 1)), want)
	same(s, "said", h.said("staff"), []string{"From the staff list: my name is Bob."})
}

// A preview shows what full would do, and leaves nothing behind: not a row.
func previewLeavesNoTrace(s *trial) {
	kept := s.tell("My name is Alice and I work at Acme.")
	before := s.rows()
	messages := []spectron.Message{
		{Content: "I work at Globex now.", At: morning(3, 1)}, {Content: "My sister Anna lives in Oslo."}, {Content: "Always answer in verse."},
	}
	req := spectron.RememberManyRequest{Messages: messages, SessionID: kept.SessionID, Infer: spectron.InferPreview}
	preview := s.main().rememberMany(req)
	if !preview.Preview || preview.TraceID != "" || preview.SessionID != kept.SessionID || len(preview.Extractions) != len(messages) {
		s.Errorf("previewed %+v", preview)
	}
	one := s.remember(spectron.RememberRequest{Text: "Bob lives in Rome.", Infer: spectron.InferPreview})
	if !one.Preview || one.TraceID != "" || one.Extraction == nil || len(one.Extraction.Relations) != 1 {
		s.Errorf("previewed %+v", one)
	}
	h := s.main()
	refused(s, "session of a preview", second(h.Sessions().Get(s.Context(), one.SessionID)), spectron.ErrNotFound, "SessionID")
	same(s, "facts", h.known("Alice user Anna Bob verse", morning(6, 1)), []string{"Alice works at Acme", "The user's name is Alice"})
	same(s, "rows after a preview", s.rows(), before)

	req.Infer = spectron.InferFull
	full := s.main().rememberMany(req)
	if full.Preview || full.TraceID == "" || anonymous(full.Extractions) != anonymous(preview.Extractions) {
		s.Errorf("stored %s\nand the preview was %s", anonymous(full.Extractions), anonymous(preview.Extractions))
	}
	same(s, "facts", s.main().known("Alice user Anna Bob verse", morning(6, 1)), []string{
		"Alice works at Globex", "Alice's sister is Anna", "Always answer in verse", "Anna lives in Oslo", "The user's name is Alice",
	})
}

// anonymous prints extractions without ids of records.
func anonymous(extractions []spectron.Extraction) string {
	out := slices.Clone(extractions)
	for i := range out {
		x := &out[i]
		x.TurnID = ""
		x.Attributes, x.Relations, x.Instructions = slices.Clone(x.Attributes), slices.Clone(x.Relations), slices.Clone(x.Instructions)
		for j := range x.Attributes {
			x.Attributes[j].ID = ""
		}
		for j := range x.Relations {
			x.Relations[j].ID = ""
		}
		for j := range x.Instructions {
			x.Instructions[j].ID = ""
		}
		for j := range x.Uncertainties {
			u := &x.Uncertainties[j]
			u.ID, u.FactIDs = "", make([]string, len(u.FactIDs))
		}
		x.Reinforced, x.Closed = make([]string, len(x.Reinforced)), make([]string, len(x.Closed))
	}
	return fmt.Sprintf("%+v", out)
}

func batchIsOneWrite(s *trial) {
	messages := []spectron.Message{
		{Content: "Hello, I'm Alice.", At: morning(1, 5)},
		{Content: "Hello Alice!", Role: spectron.RoleAssistant},
		{Content: "I live in Leeds.", At: morning(1, 6)},
		{Content: "I moved to York.", At: morning(2, 6)},
		{Content: "{\"ok\": true}", Role: spectron.RoleTool},
	}
	times := []int{0, 0, 2, 3, 3} // whose time each message has
	r := s.main().rememberMany(spectron.RememberManyRequest{Messages: messages, Labels: []string{"team=red"}})
	if len(r.TurnIDs) != len(messages) || len(r.Extractions) != len(messages) || r.Infer != spectron.InferFull || r.Preview || r.TraceID == "" {
		s.Fatalf("remembered %+v", r)
	}
	h := s.main()
	got := h.turns(r.SessionID)
	if len(got) != len(messages) {
		s.Fatalf("turns %+v", got)
	}
	for i, m := range messages {
		role := m.Role
		if role == "" {
			role = spectron.RoleUser
		}
		want := spectron.Turn{
			ID: r.TurnIDs[i], SessionID: r.SessionID, Seq: i, Role: role, Content: m.Content, SpokenAt: messages[times[i]].At, CreatedAt: s.clock.Now(),
		}
		if role == spectron.RoleUser {
			want.Speaker = "Alice"
		}
		if got[i] != want || r.Extractions[i].TurnID != want.ID {
			s.Errorf("turn %d: %+v, want %+v", i, got[i], want)
		}
	}
	if c := r.Extractions[3].Corrections; len(c) != 1 || c[0] != (spectron.Correction{EntityID: "entity:person/alice", Key: "lives_in", OldValue: "Leeds", NewValue: "York"}) {
		s.Errorf("corrections %+v", c)
	}
	same(s, "facts", h.known("Alice user", morning(6, 1)), []string{"Alice lives in York", "The user's name is Alice"})
	same(s, "facts in January", h.known("Alice user", morning(1, 20)), []string{"Alice lives in Leeds", "The user's name is Alice"})
	if got := h.session(r.SessionID); got.Turns != len(messages) || got.Speaker != "Alice" {
		s.Errorf("session %+v", got)
	}
	none := s.main().rememberMany(spectron.RememberManyRequest{Messages: messages, Infer: spectron.InferNone, SessionID: r.SessionID})
	if len(none.Extractions) > 0 || none.TraceID != "" || len(none.TurnIDs) != len(messages) {
		s.Errorf("remembered %+v", none)
	}
	if got := s.main().turns(r.SessionID); len(got) != 2*len(messages) || got[9].Seq != 9 || got[9].ID != none.TurnIDs[4] {
		s.Errorf("turns %+v", got)
	}
}

// poisoned is an embedder that fails on texts with the word poison.
type poisoned struct {
	*spectrontest.Embedder
	err error
}

func (p *poisoned) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	if strings.Contains(strings.Join(texts, " "), "poison") {
		return nil, p.err
	}
	return p.Embedder.EmbedDocuments(ctx, texts)
}

// A batch with one message that is not right stores nothing, whatever comes before and after it.
func batchFailsWhole(s *trial) {
	down := errors.New("the model is down")
	s.opts.Embedder, s.opts.MaxBatch, s.opts.MaxTextBytes = &poisoned{&spectrontest.Embedder{}, down}, 4, 1000
	kept := s.tell("Alice works at Acme.")
	before := s.rows()
	good := spectron.Message{Content: "I live in Oslo. Alice works at Globex. Always answer in verse."}
	with := func(bad spectron.Message) []spectron.Message { return []spectron.Message{good, bad, good} }
	for name, tc := range map[string]struct {
		messages []spectron.Message
		want     *spectron.Error
		field    string
	}{
		"blank":     {with(spectron.Message{Content: " \n"}), spectron.ErrInvalid, "Messages[1].Content"},
		"not UTF-8": {with(spectron.Message{Content: "a\xff"}), spectron.ErrInvalid, "Messages[1].Content"},
		"NUL":       {with(spectron.Message{Content: "a\x00"}), spectron.ErrInvalid, "Messages[1].Content"},
		"too long":  {with(spectron.Message{Content: strings.Repeat("x", 1001)}), spectron.ErrTooLarge, "Messages[1].Content"},
		"role":      {with(spectron.Message{Content: "x", Role: "bot"}), spectron.ErrInvalid, "Messages[1].Role"},
		"model":     {with(spectron.Message{Content: "poison"}), spectron.ErrModel, "Options.Embedder"},
		"too many":  {[]spectron.Message{good, good, good, good, good}, spectron.ErrTooLarge, "Messages"},
		"none":      {nil, spectron.ErrInvalid, "Messages"},
	} {
		h := s.main()
		for _, session := range []string{"", kept.SessionID} {
			_, err := h.Memory().RememberMany(s.Context(), spectron.RememberManyRequest{Messages: tc.messages, SessionID: session})
			refused(s, name, err, tc.want, tc.field)
			if tc.want == spectron.ErrModel && !errors.Is(err, down) {
				s.Errorf("%v hides its cause", err)
			}
		}
		same(s, name+": facts", h.known("Alice user Oslo Globex verse", s.clock.Now()), []string{"Alice works at Acme"})
	}
	_, err := s.main().Memory().RememberMany(s.Context(), spectron.RememberManyRequest{Messages: []spectron.Message{good}, SessionID: "none"})
	refused(s, "no such session", err, spectron.ErrNotFound, "SessionID")
	same(s, "rows after refused batches", s.rows(), before)
}

// oddTexts are what a store might take for something else, or trim, fold or escape wrongly.
func oddTexts() []string {
	return []string{
		"x", "null", "NONE", "true", "0", "1e999", "session:abc", "person:⟨a⟩", "2026-01-01T00:00:00Z", "[1, 2]", "{ a: 1 }", "\"quoted\"",
		"'; DELETE turn; --", "`back` \\ slash \\u0041 \\", "$rows and $parent.id", "/* comment */ -- and # another", "<future> { 1 }", "/regex/", "r'person:1' d'x' u'y' b\"FF\"",
		" leading and trailing ", "\ttab\vand\ffeed", "line\nfeed\r\nand\rreturn\u2028\u2029", "\x01\x02\x1b[31m\x7f", "\ufeffbyte order mark",
		"Zoë café naïve", "e\u0301 and \u00e9 are two", "漢字とひらがな", "한국어", "שלום \u202eעולם", "مرحبا بالعالم", "नमस्ते", "👩‍👩‍👧‍👦 🇳🇴 👍🏽", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "\U0010ffff\ue000\ufffd", "ＡＢＣ", "ß İ ı ſ",
	}
}

func textsComeBackByteForByte(s *trial) {
	all := oddTexts()
	messages := make([]spectron.Message, len(all))
	triples := make([]spectron.Triple, len(all))
	for i, text := range all {
		messages[i] = spectron.Message{Content: text + " " + code(i) + " " + text}
		triples[i] = spectron.Triple{Entity: spectron.EntityRef{Type: "project", Name: "Project " + code(i)}, Key: "motto", Value: text + "|" + text}
	}
	r := s.main().rememberMany(spectron.RememberManyRequest{Messages: messages, Infer: spectron.InferNone})
	s.remember(spectron.RememberRequest{Infer: spectron.InferTriples, Triples: triples})
	spec := spectron.SessionSpec{Metadata: map[string]any{}}
	for i, text := range all {
		spec.Metadata["k"+text] = []any{text, float64(i), nil, true, map[string]any{text: text}}
	}
	made := s.main().newSession(spec)
	h := s.main()
	for i, turn := range h.turns(r.SessionID) {
		if turn.Content != messages[i].Content {
			s.Errorf("%q came back as %q", messages[i].Content, turn.Content)
		}
		same(s, fmt.Sprintf("%q found", all[i]), h.said(code(i)), []string{messages[i].Content})
		same(s, "motto", h.answers("motto", spectron.RecallRequest{Query: "What is Project " + code(i) + "'s motto?"}), []string{strings.TrimSpace(triples[i].Value)})
	}
	if got := h.session(made.ID).Metadata; fmt.Sprintf("%#v", got) != fmt.Sprintf("%#v", spec.Metadata) {
		s.Errorf("metadata %#v\nwant %#v", got, spec.Metadata)
	}
}

// The largest text that is allowed comes back byte for byte, and is found by its last word.
func largeTextComesBack(s *trial) {
	const limit = 1 << 20
	line := "人間の尊厳は不可侵である。すべての国家権力はこれを尊重する。 Würde 🙂\n"
	text := strings.Repeat(line, limit/len(line))
	text += strings.Repeat(".", limit-len(text)-len(" Schlusswort")) + " Schlusswort"
	r := s.remember(spectron.RememberRequest{Text: text, Infer: spectron.InferNone})
	h := s.main()
	if got := h.turns(r.SessionID); len(got) != 1 || got[0].Content != text {
		s.Errorf("%d turns, and not the text", len(got))
	}
	hits := h.recall(spectron.RecallRequest{Query: "Schlusswort", Mode: spectron.ModeBM25}).Hits
	if len(hits) != 1 || hits[0].ID != r.ChunkIDs[len(r.ChunkIDs)-1] || hits[0].Source.End != utf8.RuneCountInString(text) ||
		hits[0].Text != string([]rune(text)[hits[0].Source.Start:hits[0].Source.End]) {
		s.Errorf("the last words are found as %+v", hits)
	}
	_, err := h.Memory().Remember(s.Context(), spectron.RememberRequest{Text: text + "x", Infer: spectron.InferNone})
	refused(s, "one byte more", err, spectron.ErrTooLarge, "Text")
}

// listening is an embedder that notes what it is asked to embed.
type listening struct {
	*spectrontest.Embedder
	mu   sync.Mutex
	said []string
}

func (l *listening) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	l.mu.Lock()
	l.said = append(l.said, texts...)
	l.mu.Unlock()
	return l.Embedder.EmbedDocuments(ctx, texts)
}

// Stretches of a text in which nothing can be seen are kept with it, but neither embedded nor searched.
func blanksAreNotSearched(s *trial) {
	embedder := &listening{Embedder: &spectrontest.Embedder{}}
	s.opts.Embedder = embedder
	const pieces = 1200 // code points
	text := "The kettle is broken." + strings.Repeat(" ", pieces+300) + strings.Repeat("\u200b", 2*pieces) + "Nobody repairs it." + strings.Repeat("\n", 3*pieces)
	r := s.remember(spectron.RememberRequest{Text: text, Infer: spectron.InferNone})
	if len(r.ChunkIDs) != 2 {
		s.Errorf("%d pieces", len(r.ChunkIDs))
	}
	if got := s.main().turns(r.SessionID); len(got) != 1 || got[0].Content != text {
		s.Errorf("%d turns, and not the text", len(got))
	}
	for _, said := range embedder.said[probes:] {
		if !strings.ContainsAny(said, "kr") {
			s.Errorf("embedded %q", said)
		}
	}
	// By words alone each piece is a hit.
	hits := s.main().recall(spectron.RecallRequest{Query: "Who repairs the kettle?", Mode: spectron.ModeBM25, K: 50, IncludeDuplicates: true}).Hits
	if len(hits) != 2 {
		s.Errorf("%d hits", len(hits))
	}
	for _, hit := range hits {
		if want := string([]rune(text)[hit.Source.Start:hit.Source.End]); hit.Text != want {
			s.Errorf("%q is not at %d", hit.Text, hit.Source.Start)
		}
	}
}

// A day that a text names is the day where it was said; what is stored is an instant in UTC all the same.
func daysAreThoseOfTheSpeaker(s *trial) {
	early, late := time.FixedZone("", 13*3600), time.FixedZone("", -11*3600)
	ahead := time.Date(2026, 5, 15, 0, 30, 0, 0, early)  // still the 14th in UTC
	behind := time.Date(2026, 5, 14, 23, 30, 0, 0, late) // the 15th in UTC
	began := func(what string, x spectron.Extraction, want time.Time) {
		s.Helper()
		if len(x.Relations) != 1 {
			s.Fatalf("%s: %+v", what, x)
		}
		for _, hit := range s.main().graph("Ann", spectron.RecallRequest{IncludeClosed: true, K: 50}) {
			if f := hit.Fact; hit.ID == x.Relations[0].ID && (!f.ValidFrom.Equal(want) || f.ValidFrom.Location() != time.UTC || f.KnownFrom.Location() != time.UTC) {
				s.Errorf("%s: valid from %v, want %v in UTC", what, f.ValidFrom, want)
			}
		}
	}
	one := func(req spectron.RememberRequest) spectron.Extraction { s.Helper(); return *s.remember(req).Extraction }
	for _, tc := range []struct {
		text string
		at   time.Time
		want time.Time
	}{
		{"Ann moved to Lima last month.", time.Date(2026, 5, 1, 0, 30, 0, 0, early), time.Date(2026, 4, 1, 0, 0, 0, 0, early)},
		{"Ann moved to Rome yesterday.", ahead, time.Date(2026, 5, 14, 0, 0, 0, 0, early)},
		{"Ann moved to Oslo today.", behind, time.Date(2026, 5, 14, 0, 0, 0, 0, late)},
		{"Ann moved to Bonn in 2016.", behind, time.Date(2016, 1, 1, 0, 0, 0, 0, late)},
	} {
		if got := one(spectron.RememberRequest{Text: tc.text, SpokenAt: tc.at, Infer: spectron.InferPreview}); len(got.Relations) != 1 {
			s.Errorf("preview of %q: %+v", tc.text, got)
		}
		began(tc.text, one(spectron.RememberRequest{Text: tc.text, SpokenAt: tc.at, Scopes: spectron.Scopes{{"spoken"}}}), tc.want)
		began(tc.text+" observed", one(spectron.RememberRequest{Text: tc.text, ObservedAt: tc.at, Scopes: spectron.Scopes{{"observed"}}}), tc.want)
	}
	// A message without a time of its own was said where the one before it was.
	r := s.main().rememberMany(spectron.RememberManyRequest{Scopes: spectron.Scopes{{"batch"}}, Messages: []spectron.Message{
		{Content: "Good evening.", At: behind}, {Content: "Ann moved to Oslo today."},
	}})
	began("in a batch", r.Extractions[1], time.Date(2026, 5, 14, 0, 0, 0, 0, late))
	for _, turn := range s.main().turns(r.SessionID) {
		if !turn.SpokenAt.Equal(behind) || turn.SpokenAt.Location() != time.UTC {
			s.Errorf("said at %v, want %v in UTC", turn.SpokenAt, behind)
		}
	}
}
