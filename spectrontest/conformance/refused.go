package conformance

import (
	"math"
	"strings"

	"github.com/spectron-go/spectron"
)

// Calls that are not right are refused with what is wrong about them, and leave nothing behind: not a row.
func callsAreRefused(s *trial) {
	kept := s.tell("Alice works at Acme.")
	before := s.rows()
	refuseWrites(s, kept)
	refuseQuestions(s)
	refuseSessions(s, kept.SessionID)
	refuseNames(s)
	same(s, "rows after refused calls", s.rows(), before)
	if got := s.main().said("Zanzibar"); len(got) > 0 {
		s.Errorf("stored: %q", got)
	}
}

// unseen is a text in which nothing can be seen: spaces, zero-width characters, a filler that Unicode counts among letters, and
// a variation selector, which it counts among marks.
const unseen = " " + hidden + "\ufe0f\n"

// hidden is a name in which nothing can be seen, and nothing is trimmed.
const hidden = "\u200b\u2060\ufeff\u3164"

func refuseWrites(s *trial, kept *spectron.Remembered) {
	h := s.main()
	const text = "I live in Zanzibar."
	triple := func(t spectron.Triple) spectron.RememberRequest {
		return spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{{Entity: person("Alice"), Key: "mood", Value: "fine"}, t}}
	}
	for name, tc := range map[string]struct {
		req   spectron.RememberRequest
		want  *spectron.Error
		field string
	}{
		"empty":                {spectron.RememberRequest{}, spectron.ErrInvalid, "Text"},
		"blank":                {spectron.RememberRequest{Text: unseen}, spectron.ErrInvalid, "Text"},
		"blank, kept":          {spectron.RememberRequest{Text: unseen, Infer: spectron.InferNone}, spectron.ErrInvalid, "Text"},
		"blank speaker":        {spectron.RememberRequest{Text: text, Speaker: unseen}, spectron.ErrInvalid, "Speaker"},
		"blank label":          {spectron.RememberRequest{Text: text, Labels: []string{unseen + "=x"}}, spectron.ErrInvalid, "Labels"},
		"label of blank value": {spectron.RememberRequest{Text: text, Labels: []string{"x=" + unseen}}, spectron.ErrInvalid, "Labels"},
		"blank scope":          {spectron.RememberRequest{Text: text, Scopes: spectron.Scopes{{"org/\u200d"}}}, spectron.ErrInvalid, "Scopes"},
		"blank value":          {triple(spectron.Triple{Entity: person("Alice"), Key: "mood", Value: unseen}), spectron.ErrInvalid, "Triples[1].Value"},
		"blank key":            {triple(spectron.Triple{Entity: person("Alice"), Key: unseen, Value: "x"}), spectron.ErrInvalid, "Triples[1].Key"},
		"blank entity":         {triple(spectron.Triple{Entity: person(unseen), Key: "mood", Value: "x"}), spectron.ErrInvalid, "Triples[1].Entity.Name"},
		"blank type":           {triple(spectron.Triple{Entity: spectron.EntityRef{Type: unseen, Name: "Al"}, Key: "mood", Value: "x"}), spectron.ErrInvalid, "Triples[1].Entity.Type"},
		"blank target":         {triple(spectron.Triple{Entity: person("Alice"), Key: "knows", Target: person(unseen)}), spectron.ErrInvalid, "Triples[1].Target.Name"},
		"NUL":                  {spectron.RememberRequest{Text: text + "\x00"}, spectron.ErrInvalid, "Text"},
		"not UTF-8":            {spectron.RememberRequest{Text: text + "\xed\xa0\x80"}, spectron.ErrInvalid, "Text"},
		"infer":                {spectron.RememberRequest{Text: text, Infer: "fast"}, spectron.ErrInvalid, "Infer"},
		"role":                 {spectron.RememberRequest{Text: text, Role: "robot"}, spectron.ErrInvalid, "Role"},
		"category":             {spectron.RememberRequest{Text: text, Category: "mood"}, spectron.ErrInvalid, "Category"},
		"label":                {spectron.RememberRequest{Text: text, Labels: []string{"label"}}, spectron.ErrInvalid, "Labels"},
		"reserved label":       {spectron.RememberRequest{Text: text, Labels: []string{"a=b", "_a=b"}}, spectron.ErrInvalid, "Labels"},
		"long label":           {spectron.RememberRequest{Text: text, Labels: []string{"a=" + strings.Repeat("x", 127)}}, spectron.ErrTooLarge, "Labels"},
		"many labels":          {spectron.RememberRequest{Text: text, Labels: strings.Split(strings.Repeat("a=b,", 16)+"a=b", ",")}, spectron.ErrTooLarge, "Labels"},
		"scope":                {spectron.RememberRequest{Text: text, Scopes: spectron.Scopes{{"org/*"}}}, spectron.ErrInvalid, "Scopes"},
		"speaker":              {spectron.RememberRequest{Text: text, Speaker: strings.Repeat("x", 513)}, spectron.ErrTooLarge, "Speaker"},
		"session":              {spectron.RememberRequest{Text: text, SessionID: "none"}, spectron.ErrNotFound, "SessionID"},
		"session, preview":     {spectron.RememberRequest{Text: text, SessionID: "none", Infer: spectron.InferPreview}, spectron.ErrNotFound, "SessionID"},
		"record of a table":    {spectron.RememberRequest{Text: text, SessionID: kept.TurnID}, spectron.ErrNotFound, "SessionID"},
		"session with a quote": {spectron.RememberRequest{Text: text, SessionID: "x`; DELETE turn; --"}, spectron.ErrNotFound, "SessionID"},
		"triples with full":    {spectron.RememberRequest{Text: text, Triples: []spectron.Triple{{Entity: person("Alice"), Key: "mood", Value: "fine"}}}, spectron.ErrInvalid, "Triples"},
		"no triples":           {spectron.RememberRequest{Text: text, Infer: spectron.InferTriples}, spectron.ErrInvalid, "Triples"},
		"no value":             {triple(spectron.Triple{Entity: person("Alice"), Key: "mood"}), spectron.ErrInvalid, "Triples[1].Value"},
		"no key":               {triple(spectron.Triple{Entity: person("Alice"), Key: " ", Value: "x"}), spectron.ErrInvalid, "Triples[1].Key"},
		"no entity":            {triple(spectron.Triple{Key: "mood", Value: "x"}), spectron.ErrInvalid, "Triples[1].Entity.Name"},
		"long value":           {triple(spectron.Triple{Entity: person("Alice"), Key: "mood", Value: strings.Repeat("x", 16<<10+1)}), spectron.ErrTooLarge, "Triples[1].Value"},
	} {
		r, err := h.Memory().Remember(s.Context(), tc.req)
		refused(s, name, err, tc.want, tc.field)
		if r != nil {
			s.Errorf("%s: a result beside the error: %+v", name, r)
		}
	}
}

func weighed(words, vectors float64) spectron.RecallRequest {
	return spectron.RecallRequest{Query: "Alice", Weights: spectron.Weights{Words: words, Vectors: vectors}}
}

func refuseQuestions(s *trial) {
	h := s.main()
	for name, tc := range map[string]struct {
		req   spectron.RecallRequest
		want  *spectron.Error
		field string
	}{
		"no query":         {spectron.RecallRequest{}, spectron.ErrInvalid, "Query"},
		"white space":      {spectron.RecallRequest{Query: " \n"}, spectron.ErrInvalid, "Query"},
		"blank query":      {spectron.RecallRequest{Query: unseen}, spectron.ErrInvalid, "Query"},
		"not UTF-8":        {spectron.RecallRequest{Query: "Alice \xff"}, spectron.ErrInvalid, "Query"},
		"too long":         {spectron.RecallRequest{Query: strings.Repeat("x", 16<<10+1)}, spectron.ErrTooLarge, "Query"},
		"K negative":       {spectron.RecallRequest{Query: "Alice", K: -1}, spectron.ErrInvalid, "K"},
		"K over 50":        {spectron.RecallRequest{Query: "Alice", K: 51}, spectron.ErrInvalid, "K"},
		"group":            {spectron.RecallRequest{Query: "Alice", GroupBy: "speaker"}, spectron.ErrInvalid, "GroupBy"},
		"mode":             {spectron.RecallRequest{Query: "Alice", Mode: "magic"}, spectron.ErrInvalid, "Mode"},
		"kind":             {spectron.RecallRequest{Query: "Alice", Kinds: []spectron.Kind{"attribute", "x"}}, spectron.ErrInvalid, "Kinds"},
		"category":         {spectron.RecallRequest{Query: "Alice", Category: "x"}, spectron.ErrInvalid, "Category"},
		"labels":           {spectron.RecallRequest{Query: "Alice", Labels: []string{"x"}}, spectron.ErrInvalid, "Labels"},
		"lens":             {spectron.RecallRequest{Query: "Alice", Lens: spectron.Scopes{{"org/*"}}}, spectron.ErrInvalid, "Lens"},
		"session":          {spectron.RecallRequest{Query: "Alice", SessionID: "none"}, spectron.ErrNotFound, "SessionID"},
		"excluded session": {spectron.RecallRequest{Query: "Alice", ExcludeSessionID: "none"}, spectron.ErrNotFound, "ExcludeSessionID"},
		"two valid times":  {spectron.RecallRequest{Query: "Alice", ValidAt: morning(1, 1), ValidFrom: morning(1, 1)}, spectron.ErrInvalid, "ValidAt"},
		"valid backwards":  {spectron.RecallRequest{Query: "Alice", ValidFrom: morning(2, 1), ValidUntil: morning(1, 1)}, spectron.ErrInvalid, "ValidUntil"},
		"negative words":   {weighed(-1, 1), spectron.ErrInvalid, "Weights.Words"},
		"negative vectors": {weighed(0, -1e-9), spectron.ErrInvalid, "Weights.Vectors"},
		"words NaN":        {weighed(math.NaN(), 1), spectron.ErrInvalid, "Weights.Words"},
		"vectors infinite": {weighed(1, math.Inf(1)), spectron.ErrInvalid, "Weights.Vectors"},
		"words over 1000":  {weighed(1000.1, math.NaN()), spectron.ErrInvalid, "Weights.Words"},
		"below relevance":  {spectron.RecallRequest{Query: "Alice", MinRelevance: -0.1}, spectron.ErrInvalid, "MinRelevance"},
		"beyond relevance": {spectron.RecallRequest{Query: "Alice", MinRelevance: 1.1}, spectron.ErrInvalid, "MinRelevance"},
		"relevance NaN":    {spectron.RecallRequest{Query: "Alice", MinRelevance: math.NaN()}, spectron.ErrInvalid, "MinRelevance"},
		"signal":           {spectron.RecallRequest{Query: "Alice", Without: []spectron.Signal{spectron.SignalDates, "magic"}}, spectron.ErrInvalid, "Without"},
		"a word too often": {spectron.RecallRequest{Query: strings.Repeat("Alice ", 100_000)}, spectron.ErrTooLarge, "Query"},
	} {
		r, err := h.Memory().Recall(s.Context(), tc.req)
		refused(s, name, err, tc.want, tc.field)
		if r != nil {
			s.Errorf("%s: an answer beside the error: %+v", name, r)
		}
	}
}

func refuseSessions(s *trial, kept string) {
	deep := map[string]any{}
	for range 16 {
		deep = map[string]any{"d": deep}
	}
	h := s.main()
	ctx, sessions := s.Context(), h.Sessions()
	create := func(spec spectron.SessionSpec) error { return second(sessions.Create(ctx, spec)) }
	refused(s, "scopes", create(spectron.SessionSpec{Scopes: spectron.Scopes{{"a/*/b"}}}), spectron.ErrInvalid, "Scopes")
	refused(s, "metadata", create(spectron.SessionSpec{Metadata: map[string]any{"f": math.Inf(1)}}), spectron.ErrInvalid, "Metadata")
	refused(s, "metadata, deep", create(spectron.SessionSpec{Metadata: deep}), spectron.ErrInvalid, "Metadata")
	refused(s, "metadata, large", create(spectron.SessionSpec{Metadata: map[string]any{"s": strings.Repeat("x", 16<<10)}}), spectron.ErrTooLarge, "Metadata")
	for _, id := range []string{"", "none", "session:none", "x`; DELETE turn; --", "turn:1"} {
		refused(s, "get "+id, second(sessions.Get(ctx, id)), spectron.ErrNotFound, "SessionID")
		refused(s, "turns of "+id, second(sessions.Turns(ctx, spectron.TurnQuery{SessionID: id})), spectron.ErrNotFound, "SessionID")
		refused(s, "delete "+id, sessions.Delete(ctx, id), spectron.ErrNotFound, "SessionID")
	}
	refused(s, "limit", second(sessions.Turns(ctx, spectron.TurnQuery{SessionID: kept, Limit: -1})), spectron.ErrInvalid, "Limit")
	refused(s, "limit", second(sessions.Turns(ctx, spectron.TurnQuery{SessionID: kept, Limit: 501})), spectron.ErrInvalid, "Limit")
	refused(s, "offset", second(sessions.Turns(ctx, spectron.TurnQuery{SessionID: kept, Offset: -1})), spectron.ErrInvalid, "Offset")
}

// refuseNames: whatever has a name has a name that can be seen.
func refuseNames(s *trial) {
	h := s.main()
	ctx := s.Context()
	refused(s, "principal", second(h.Principals().Create(ctx, spectron.PrincipalSpec{Name: hidden})), spectron.ErrInvalid, "Name")
	refused(s, "external id", second(h.Principals().Create(ctx, spectron.PrincipalSpec{Name: "Al", ExternalID: hidden})), spectron.ErrInvalid, "ExternalID")
	refused(s, "key", second(h.Keys().Create(ctx, spectron.KeySpec{Name: hidden, Principal: spectron.Agent})), spectron.ErrInvalid, "Name")
	refused(s, "scope", second(h.Scopes().Register(ctx, spectron.ScopeSpec{Path: "org/unseen", Name: hidden})), spectron.ErrInvalid, "Name")
	refused(s, "ontology", second(h.Ontology().Put(ctx, spectron.OntologySpec{EntityTypes: []spectron.EntityTypeTerm{{Name: hidden}}})), spectron.ErrInvalid, "EntityTypes[0].Name")
}
