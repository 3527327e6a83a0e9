package spectron_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// textsOf returns the texts of hits.
func textsOf(hits []spectron.Hit) []string {
	out := []string{}
	for _, h := range hits {
		out = append(out, h.Text)
	}
	return out
}

// Places of the tests.
const (
	zurich = "47.3769,8.5417"
	basel  = "47.5596,7.5886"
	sydney = "-33.8688,151.2093"
)

var nearZurich = spectron.LocationFilter{Near: spectron.Near{Lat: 47.38, Lng: 8.54, RadiusKm: 20}}

// travels is a conversation of two people in two cities, with one line of the assistant.
func travels(tb testing.TB, c *spectron.Context) *spectron.RememberedMany {
	tb.Helper()
	out, err := c.Memory().RememberMany(context.Background(), spectron.RememberManyRequest{Labels: []string{"kind=trip"}, Messages: []spectron.Message{
		{Content: "Mara Lind bought a green umbrella.", Speaker: "Tom Weber", At: day(3, 1), Location: zurich},
		{Content: "A blue umbrella costs nine francs.", Speaker: "Ina Roth", At: day(3, 2), Location: "47.5596, 7.5886"},
		{Content: "The umbrella shop opens at nine.", Role: spectron.RoleAssistant, At: day(3, 3)},
		{Content: "I live in Oslo and own a red umbrella.", Speaker: "Ina Roth", At: day(3, 4), Location: sydney},
	}})
	require.NoError(tb, err)
	return out
}

// TestRecallConditions checks that each condition selects what it says, in every mode and in a list without a question.
func TestRecallConditions(t *testing.T) {
	t.Parallel()
	c := create(t, spectrontest.Open(t, &spectron.Options{Clock: spectrontest.NewClock().Now}), "test", spectron.ContextSpec{})
	travels(t, c)
	green, blue, shop, red := "Mara Lind bought a green umbrella.", "A blue umbrella costs nine francs.", "The umbrella shop opens at nine.", "I live in Oslo and own a red umbrella."
	polygon := "POLYGON((7 47, 9 47, 9 48, 7 48, 7 47), (7.5 47.5, 7.7 47.5, 7.7 47.6, 7.5 47.6, 7.5 47.5))" // with a hole at Basel
	for name, row := range map[string]struct {
		req  spectron.RecallRequest
		want []string
	}{
		"role":             {spectron.RecallRequest{Role: spectron.RoleAssistant}, []string{shop}},
		"speaker":          {spectron.RecallRequest{SaidBy: "Ina Roth"}, []string{red, blue}},
		"spelling":         {spectron.RecallRequest{SaidBy: " ina  ROTH"}, []string{red, blue}},
		"stranger":         {spectron.RecallRequest{SaidBy: "Ina"}, []string{}},
		"after":            {spectron.RecallRequest{SaidAfter: day(3, 3)}, []string{red, shop}},
		"before":           {spectron.RecallRequest{SaidBefore: day(3, 3)}, []string{blue, green}},
		"between":          {spectron.RecallRequest{SaidAfter: day(3, 2), SaidBefore: day(3, 2).Add(1)}, []string{blue}},
		"near":             {spectron.RecallRequest{Location: nearZurich}, []string{green}},
		"around the world": {spectron.RecallRequest{Location: spectron.LocationFilter{Near: spectron.Near{Lat: -33, Lng: -179, RadiusKm: 3000}}}, []string{red}},
		"within":           {spectron.RecallRequest{Location: spectron.LocationFilter{Within: polygon}}, []string{green}},
		"one of two":       {spectron.RecallRequest{Location: spectron.LocationFilter{Within: "multipolygon(((7 47, 8 47, 8 48, 7 48, 7 47)), ((150 -35, 152 -35, 152 -33, 150 -33, 150 -35)))"}}, []string{red, blue}},
		"both":             {spectron.RecallRequest{Location: spectron.LocationFilter{Near: nearZurich.Near, Within: "POLYGON((7 47, 8 47, 8 48, 7 48, 7 47))"}}, []string{}},
		"together":         {spectron.RecallRequest{SaidBy: "ina roth", SaidBefore: day(3, 3), Role: spectron.RoleUser, Labels: []string{"kind=trip"}}, []string{blue}},
		"source":           {spectron.RecallRequest{Source: spectron.SourceUpsert}, []string{}},
		"view":             {spectron.RecallRequest{ScopeView: spectron.ScopeViewMerged, SaidBefore: day(3, 2)}, []string{green}},
	} {
		req := row.req
		req.Kinds = []spectron.Kind{spectron.KindPassages}
		listed := recall(t, c, req)
		require.Equal(t, row.want, textsOf(listed.Hits), name)
		require.Equal(t, spectron.TierDirect, listed.Tier)
		require.NotEmpty(t, listed.Trace.Reason)
		for _, mode := range []spectron.Mode{"", spectron.ModeHybrid, spectron.ModeBM25, spectron.ModeVector} {
			req.Query, req.Mode, req.IncludeWeak = "umbrella", mode, true
			require.ElementsMatch(t, row.want, textsOf(recall(t, c, req).Hits), "%s, %q", name, mode)
		}
	}
	hit := recall(t, c, spectron.RecallRequest{SaidBy: "Ina Roth", K: 1}).Hits[0]
	require.Equal(t, sydney, hit.Source.Location)
	require.Equal(t, basel, turns(t, c, hit.Source.SessionID)[1].Location)
}

// TestFactsAreJudgedByTheirTurns checks the conditions on facts: by the turn that told them, and by the location of their entities.
func TestFactsAreJudgedByTheirTurns(t *testing.T) {
	t.Parallel()
	c := create(t, spectrontest.Open(t, &spectron.Options{Clock: spectrontest.NewClock().Now}), "test", spectron.ContextSpec{})
	travels(t, c)
	person := spectron.EntityRef{Type: "person", Name: "Nils"}
	at := func(name, location string) {
		remember(t, c, spectron.RememberRequest{Infer: spectron.InferTriples, ObservedAt: day(4, 1), Triples: []spectron.Triple{
			{Entity: spectron.EntityRef{Type: "organisation", Name: name}, Key: "location", Value: location}}})
	}
	at("Globex", zurich)
	at("Initech", sydney)
	remember(t, c, spectron.RememberRequest{Infer: spectron.InferTriples, ObservedAt: day(4, 2), Triples: []spectron.Triple{
		{Entity: person, Key: "works_at", Target: spectron.EntityRef{Type: "organisation", Name: "Globex"}},
		{Entity: spectron.EntityRef{Type: "organisation", Name: "Initech"}, Key: "motto", Value: "more printers"},
	}})
	facts := func(req spectron.RecallRequest) []string {
		req.Kinds = []spectron.Kind{spectron.KindFacts}
		out := textsOf(recall(t, c, req).Hits)
		slices.Sort(out)
		return out
	}
	require.Equal(t, []string{"Ina Roth lives in Oslo"}, facts(spectron.RecallRequest{SaidBy: "Ina Roth"}))
	require.Equal(t, []string{"Ina Roth lives in Oslo"}, facts(spectron.RecallRequest{Role: spectron.RoleUser, SaidAfter: day(3, 4), SaidBefore: day(3, 5)}))
	require.Equal(t, []string{"Globex's location is " + zurich, "Initech's location is " + sydney, "Initech's motto is more printers", "Nils works at Globex"},
		facts(spectron.RecallRequest{SaidAfter: day(4, 1)}))
	require.Equal(t, []string{"Globex's location is " + zurich, "Nils works at Globex"}, facts(spectron.RecallRequest{Source: spectron.SourceUpsert, Location: nearZurich}))
	australia := spectron.LocationFilter{Within: "POLYGON((110 -45, 160 -45, 160 -10, 110 -10, 110 -45))"}
	require.Equal(t, []string{"Ina Roth lives in Oslo", "Initech's location is " + sydney, "Initech's motto is more printers"}, facts(spectron.RecallRequest{Location: australia}))
	// The direct answer obeys as well.
	require.Equal(t, spectron.TierDirect, recall(t, c, spectron.RecallRequest{Query: "Where does Ina Roth live?", SaidBy: "Ina Roth"}).Tier)
	for _, h := range recall(t, c, spectron.RecallRequest{Query: "Where does Ina Roth live?", SaidBy: "Tom Weber"}).Hits {
		require.NotContains(t, h.Text, "Oslo")
	}
	// An entity is where it is now. As of an earlier time it was where it was then.
	remember(t, c, spectron.RememberRequest{Infer: spectron.InferTriples, ObservedAt: day(4, 20), Triples: []spectron.Triple{
		{Entity: spectron.EntityRef{Type: "organisation", Name: "Globex"}, Key: "location", Value: sydney}}})
	require.NotContains(t, facts(spectron.RecallRequest{Location: nearZurich}), "Nils works at Globex")
	require.Contains(t, facts(spectron.RecallRequest{Location: nearZurich, AsOf: day(4, 10)}), "Nils works at Globex")
}

// TestAPersonIsFoundUnderAllNames checks that SaidBy takes any name of a speaker.
func TestAPersonIsFoundUnderAllNames(t *testing.T) {
	t.Parallel()
	c := create(t, spectrontest.Open(t, &spectron.Options{Clock: spectrontest.NewClock().Now}), "test", spectron.ContextSpec{})
	remember(t, c, spectron.RememberRequest{Text: "My name is Alice Moreau.", Speaker: "alice7"})
	remember(t, c, spectron.RememberRequest{Text: "The soup was cold.", Speaker: "alice7"})
	remember(t, c, spectron.RememberRequest{Text: "The soup was hot.", Speaker: "Bea"})
	for _, name := range []string{"alice7", "Alice Moreau", "alice moreau"} {
		found := recall(t, c, spectron.RecallRequest{Query: "soup", SaidBy: name})
		require.Equal(t, []string{"The soup was cold."}, textsOf(found.Hits), name)
	}
}

// TestRecallFieldsAreChecked has the requests that Recall refuses.
func TestRecallFieldsAreChecked(t *testing.T) {
	t.Parallel()
	c, ctx := create(t, spectrontest.Open(t, nil), "test", spectron.ContextSpec{}), context.Background()
	near := func(lat, lng, radius float64) spectron.RecallRequest {
		return spectron.RecallRequest{Query: "x", Location: spectron.LocationFilter{Near: spectron.Near{Lat: lat, Lng: lng, RadiusKm: radius}}}
	}
	within := func(text string) spectron.RecallRequest {
		return spectron.RecallRequest{Query: "x", Location: spectron.LocationFilter{Within: text}}
	}
	for name, row := range map[string]struct {
		req   spectron.RecallRequest
		want  *spectron.Error
		field string
	}{
		"nothing":                 {spectron.RecallRequest{}, spectron.ErrInvalid, "Query"},
		"blank":                   {spectron.RecallRequest{Query: " \t", IncludeClosed: true, K: 3}, spectron.ErrInvalid, "Query"},
		"mode without a question": {spectron.RecallRequest{Mode: spectron.ModeBM25, Role: spectron.RoleUser}, spectron.ErrInvalid, "Mode"},
		"list by session":         {spectron.RecallRequest{GroupBy: spectron.GroupBySession, Role: spectron.RoleUser}, spectron.ErrInvalid, "GroupBy"},
		"relevant list":           {spectron.RecallRequest{MinRelevance: 0.1, Role: spectron.RoleUser}, spectron.ErrInvalid, "MinRelevance"},
		"graph by session":        {spectron.RecallRequest{Query: "x", GroupBy: spectron.GroupBySession, Mode: spectron.ModeGraph}, spectron.ErrInvalid, "GroupBy"},
		"graph as stored":         {spectron.RecallRequest{Query: "x", StoredAt: day(1, 1), Mode: spectron.ModeGraph}, spectron.ErrInvalid, "StoredAt"},
		"hops of a search":        {spectron.RecallRequest{Query: "x", Hops: 1}, spectron.ErrInvalid, "Hops"},
		"three hops":              {spectron.RecallRequest{Query: "x", Hops: 3, Mode: spectron.ModeGraph}, spectron.ErrInvalid, "Hops"},
		"negative hops":           {spectron.RecallRequest{Query: "x", Hops: -1, Mode: spectron.ModeGraph}, spectron.ErrInvalid, "Hops"},
		"k":                       {spectron.RecallRequest{Query: "x", K: 51}, spectron.ErrInvalid, "K"},
		"role":                    {spectron.RecallRequest{Query: "x", Role: "boss"}, spectron.ErrInvalid, "Role"},
		"source":                  {spectron.RecallRequest{Query: "x", Source: "rumour"}, spectron.ErrInvalid, "Source"},
		"view":                    {spectron.RecallRequest{Query: "x", ScopeView: "all"}, spectron.ErrInvalid, "ScopeView"},
		"kind":                    {spectron.RecallRequest{Query: "x", Kinds: []spectron.Kind{"Facts"}}, spectron.ErrInvalid, "Kinds"},
		"kinds":                   {spectron.RecallRequest{Query: "x", Kinds: make([]spectron.Kind, 17)}, spectron.ErrTooLarge, "Kinds"},
		"blank speaker":           {spectron.RecallRequest{Query: "x", SaidBy: " "}, spectron.ErrInvalid, "SaidBy"},
		"long speaker":            {spectron.RecallRequest{Query: "x", SaidBy: strings.Repeat("x", 513)}, spectron.ErrTooLarge, "SaidBy"},
		"year":                    {spectron.RecallRequest{Query: "x", SaidAfter: time.Date(10000, 1, 2, 0, 0, 0, 0, time.UTC)}, spectron.ErrInvalid, "SaidAfter"},
		"year before":             {spectron.RecallRequest{Query: "x", SaidBefore: time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC)}, spectron.ErrInvalid, "SaidBefore"},
		"empty time":              {spectron.RecallRequest{Query: "x", SaidAfter: day(1, 1), SaidBefore: day(1, 1)}, spectron.ErrInvalid, "SaidBefore"},
		"latitude":                {near(91, 0, 1), spectron.ErrInvalid, "Location.Near.Lat"},
		"no latitude":             {near(math.NaN(), 0, 1), spectron.ErrInvalid, "Location.Near.Lat"},
		"longitude":               {near(0, -181, 1), spectron.ErrInvalid, "Location.Near.Lng"},
		"no radius":               {near(1, 1, 0), spectron.ErrInvalid, "Location.Near.RadiusKm"},
		"negative radius":         {near(1, 1, -1), spectron.ErrInvalid, "Location.Near.RadiusKm"},
		"endless radius":          {near(1, 1, math.Inf(1)), spectron.ErrInvalid, "Location.Near.RadiusKm"},
		"radius":                  {near(1, 1, 20_039), spectron.ErrInvalid, "Location.Near.RadiusKm"},
		"wkt":                     {within("near here"), spectron.ErrInvalid, "Location.Within"},
		"a point":                 {within("POINT(1 2)"), spectron.ErrInvalid, "Location.Within"},
		"empty polygon":           {within("POLYGON EMPTY"), spectron.ErrInvalid, "Location.Within"},
		"empty polygons":          {within("MULTIPOLYGON EMPTY"), spectron.ErrInvalid, "Location.Within"},
		"half a polygon":          {within("POLYGON((0 0, 1 0, 1 1"), spectron.ErrInvalid, "Location.Within"},
		"open ring":               {within("POLYGON((0 0, 1 0, 1 1, 0 1))"), spectron.ErrInvalid, "Location.Within"},
		"short ring":              {within("POLYGON((0 0, 1 0, 0 0))"), spectron.ErrInvalid, "Location.Within"},
		"not on the earth":        {within("POLYGON((0 0, 1 0, 1 91, 0 0))"), spectron.ErrInvalid, "Location.Within"},
		"no number":               {within("POLYGON((0 0, 1 NaN, 1 1, 0 0))"), spectron.ErrInvalid, "Location.Within"},
		"many corners":            {within("POLYGON((" + strings.Repeat("0 0,", 1000) + "0 0))"), spectron.ErrTooLarge, "Location.Within"},
		"long":                    {within("POLYGON((" + strings.Repeat(" ", 64<<10) + "0 0, 1 0, 1 1, 0 0))"), spectron.ErrTooLarge, "Location.Within"},
		"cursor":                  {spectron.RecallRequest{Query: "x", Cursor: "abc"}, spectron.ErrInvalid, "Cursor"},
		"long cursor":             {spectron.RecallRequest{Query: "x", Cursor: strings.Repeat("A", 1<<20)}, spectron.ErrInvalid, "Cursor"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			isError(t, second(c.Memory().Recall(ctx, row.req)), row.want, row.field)
		})
	}
	for _, location := range []string{"47", "47;8", "47,8,9", "91,0", "0,181", "-90.1,0", "NaN,0", "1e1,2", "0x1,2", ",", "1,", "a,b", "1,2\x00", strings.Repeat("0", 40) + ",1"} {
		isError(t, second(c.Memory().Remember(ctx, spectron.RememberRequest{Text: "x", Location: location})), spectron.ErrInvalid, "Location")
		isError(t, second(c.Memory().RememberMany(ctx, spectron.RememberManyRequest{Messages: []spectron.Message{{Content: "x"}, {Content: "y", Location: location}}})),
			spectron.ErrInvalid, "Messages[1].Location")
	}
	isError(t, second(c.Memory().Remember(ctx, spectron.RememberRequest{Infer: spectron.InferTriples, Location: zurich, Triples: []spectron.Triple{
		{Entity: spectron.EntityRef{Type: "person", Name: "Ann"}, Key: "mood", Value: "good"}}})), spectron.ErrInvalid, "Location")
	require.Equal(t, "-0.5,0", turns(t, c, remember(t, c, spectron.RememberRequest{Text: "x", Location: "-00.50 , -0"}).SessionID)[0].Location)
}

// everyPage reads all pages of a request.
func everyPage(tb testing.TB, c *spectron.Context, req spectron.RecallRequest, between func(page int)) (hits []spectron.Hit) {
	tb.Helper()
	for page := 1; ; page++ {
		found := recall(tb, c, req)
		hits = append(hits, found.Hits...)
		if req.Cursor = found.NextCursor; req.Cursor == "" {
			return hits
		}
		require.LessOrEqual(tb, page, 100)
		if between != nil {
			between(page)
		}
	}
}

// TestPagesOfAList checks that a list has every record once, newest first, whatever the size of its pages, and also if records are stored
// between the pages. The turns of a conversation whose messages have one time come in reverse order.
func TestPagesOfAList(t *testing.T) {
	t.Parallel()
	c, ctx := create(t, spectrontest.Open(t, &spectron.Options{Clock: spectrontest.NewClock().Now}), "test", spectron.ContextSpec{}), context.Background()
	var want []string
	for n := range 7 {
		var many []spectron.Message
		for i := range 5 {
			text := fmt.Sprintf("note %d of batch %d", i, n)
			many, want = append(many, spectron.Message{Content: text, At: day(2, 1+n)}), append(want, text)
		}
		_, err := c.Memory().RememberMany(ctx, spectron.RememberManyRequest{Messages: many, Infer: spectron.InferNone, Labels: []string{"a=b"}})
		require.NoError(t, err)
	}
	slices.Reverse(want)
	for _, k := range []int{1, 3, 10, 35, 50} {
		n := 0
		got := everyPage(t, c, spectron.RecallRequest{Labels: []string{"a=b"}, K: k}, func(page int) {
			if n++; page%4 == 1 { // newer than the first page, so that it is on none
				remember(t, c, spectron.RememberRequest{Text: "later", Infer: spectron.InferNone, Labels: []string{"a=b"}, SpokenAt: day(5, 1)})
			}
		})
		got = slices.DeleteFunc(got, func(h spectron.Hit) bool { return h.Text == "later" })
		require.Equal(t, want, textsOf(got), k)
	}
	require.Empty(t, recall(t, c, spectron.RecallRequest{Labels: []string{"a=c"}}).Hits)
	last := recall(t, c, spectron.RecallRequest{Labels: []string{"a=b"}, SaidBefore: day(2, 2), K: 5})
	require.Len(t, last.Hits, 5)
	require.Empty(t, last.NextCursor, "a list knows its end")
	isError(t, second(c.Memory().Recall(ctx, spectron.RecallRequest{SessionID: "none"})), spectron.ErrNotFound, "SessionID")
}

// TestPagesOfAQuestion checks that the pages of a question have the hits of one large page in its order, and none twice, also if better ones
// are stored meanwhile.
func TestPagesOfAQuestion(t *testing.T) {
	t.Parallel()
	c, ctx := create(t, spectrontest.Open(t, &spectron.Options{Clock: spectrontest.NewClock().Now}), "test", spectron.ContextSpec{}), context.Background()
	for n := range 40 {
		text := fmt.Sprintf("The %s lighthouse number %d was painted.%s", []string{"tall", "old", "white"}[n%3], n, strings.Repeat(" It was a long and grey day.", n%7))
		_, err := c.Memory().RememberMany(ctx, spectron.RememberManyRequest{Messages: []spectron.Message{{Content: text, At: day(2, 1).Add(time.Duration(n) * time.Hour)}, {Content: "Good.", Role: spectron.RoleAssistant}}, Infer: spectron.InferNone})
		require.NoError(t, err)
	}
	for name, req := range map[string]spectron.RecallRequest{
		"hybrid": {Query: "Which lighthouse was painted?", IncludeWeak: true}, "words": {Query: "lighthouse", Mode: spectron.ModeBM25, IncludeWeak: true},
		"vectors": {Query: "painted lighthouse", Mode: spectron.ModeVector, IncludeWeak: true}, "sessions": {Query: "painted lighthouse", GroupBy: spectron.GroupBySession},
		"best only": {Query: "old lighthouse"},
	} {
		whole := req
		whole.K = 50
		want := textsOf(recall(t, c, whole).Hits)
		require.NotEmpty(t, want, name)
		for _, k := range []int{7, 25} {
			req.K = k
			require.Equal(t, want, textsOf(everyPage(t, c, req, nil)), "%s by %d", name, k)
		}
	}
	req := spectron.RecallRequest{Query: "lighthouse", K: 6, IncludeWeak: true}
	seen := map[string]bool{}
	for _, h := range everyPage(t, c, req, func(page int) {
		remember(t, c, spectron.RememberRequest{Text: fmt.Sprintf("Lighthouse lighthouse %d!", page), Infer: spectron.InferNone})
	}) {
		require.False(t, seen[h.ID], h.Text)
		seen[h.ID] = true
	}
	require.GreaterOrEqual(t, len(seen), 40)
}

// TestPagesEnd checks that a question has no more than 500 hits on all pages.
func TestPagesEnd(t *testing.T) {
	t.Parallel()
	c, ctx := create(t, spectrontest.Open(t, nil), "test", spectron.ContextSpec{}), context.Background()
	var many []spectron.Message
	for n := range 600 {
		many = append(many, spectron.Message{Content: fmt.Sprintf("lighthouse %d", n)})
	}
	_, err := c.Memory().RememberMany(ctx, spectron.RememberManyRequest{Messages: many, Infer: spectron.InferNone})
	require.NoError(t, err)
	require.Len(t, everyPage(t, c, spectron.RecallRequest{Query: "lighthouse", Mode: spectron.ModeBM25, K: 50, IncludeWeak: true, IncludeDuplicates: true, Without: []spectron.Signal{spectron.SignalUtterances}}, nil), 500)
}

// TestCursorsAreBound checks that a cursor works for its question and caller alone, and only as it is.
func TestCursorsAreBound(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	register(t, d.c, "org/acme")
	for n := range 30 {
		remember(t, d.c, spectron.RememberRequest{Text: fmt.Sprintf("lighthouse %d", n), Infer: spectron.InferNone, Scopes: spectron.Scopes{{"org/acme"}}, Labels: []string{"a=b"}})
	}
	ann, bob := d.badge(t, "ann", over("org/acme")), d.badge(t, "bob", over("org/acme"))
	for _, req := range []spectron.RecallRequest{{Query: "lighthouse", K: 5, IncludeDuplicates: true}, {Labels: []string{"a=b"}, K: 5}} {
		first := recall(t, ann.Context, req)
		require.NotEmpty(t, first.NextCursor)
		require.Equal(t, first.NextCursor, recall(t, ann.Context, req).NextCursor, "equal pages have equal cursors")
		next := req
		next.Cursor, next.K = first.NextCursor, 3
		require.Len(t, recall(t, ann.Context, next).Hits, 3)
		refused := func(why string, c *spectron.Context, change func(*spectron.RecallRequest)) {
			t.Helper()
			other := next
			change(&other)
			_, err := c.Memory().Recall(ctx, other)
			isError(t, err, spectron.ErrInvalid, "Cursor")
			if err == nil {
				t.Error(why)
			}
		}
		refused("another caller", bob.Context, func(*spectron.RecallRequest) {})
		refused("the operator", d.c, func(*spectron.RecallRequest) {})
		refused("another question", ann.Context, func(r *spectron.RecallRequest) {
			if r.Query != "" {
				r.Query += "s"
			} else {
				r.Query = "lighthouse"
			}
		})
		refused("another filter", ann.Context, func(r *spectron.RecallRequest) { r.SaidBefore = day(12, 31) })
		refused("closed facts", ann.Context, func(r *spectron.RecallRequest) { r.IncludeClosed = true })
		refused("shorter", ann.Context, func(r *spectron.RecallRequest) { r.Cursor = r.Cursor[:len(r.Cursor)-1] })
		refused("longer", ann.Context, func(r *spectron.RecallRequest) { r.Cursor += "A" })
		refused("line break", ann.Context, func(r *spectron.RecallRequest) { r.Cursor += "\n" })
		for i := range next.Cursor {
			refused(fmt.Sprint("changed at ", i), ann.Context, func(r *spectron.RecallRequest) {
				changed := []byte(r.Cursor)
				changed[i] ^= 1
				r.Cursor = string(changed)
			})
		}
		other := create(t, d.mgr, "other"+fmt.Sprint(len(req.Query)), spectron.ContextSpec{})
		refused("another Context", other, func(*spectron.RecallRequest) {})
		for _, h := range first.Hits {
			require.NotContains(t, first.NextCursor, strings.TrimPrefix(h.ID, "memory_chunk:"))
		}
	}
}

// TestGraphMode checks the facts that are read one and two steps from the entities of a question, and that no turn is searched.
func TestGraphMode(t *testing.T) {
	t.Parallel()
	c := create(t, spectrontest.Open(t, &spectron.Options{Clock: spectrontest.NewClock().Now}), "test", spectron.ContextSpec{})
	for _, text := range []string{"Mara Lind works at Globex.", "Globex is based in Lyon.", "Mara Lind is married to Tom Weber.", "Tom Weber lives in Ghent.", "Ghent is rainy and Mara Lind knows it."} {
		tell(t, c, text)
	}
	graph := func(query string, hops, k int) *spectron.Recalled {
		return recall(t, c, spectron.RecallRequest{Query: query, Mode: spectron.ModeGraph, Hops: hops, K: k})
	}
	one := graph("Tell me about Mara Lind", 0, 0)
	require.ElementsMatch(t, []string{"Mara Lind works at Globex", "Mara Lind's spouse is Tom Weber"}, textsOf(one.Hits))
	require.True(t, one.Confident)
	require.Equal(t, []spectron.EntityRef{{Type: "person", Name: "Mara Lind"}}, one.Seeds)
	two := textsOf(graph("Tell me about Mara Lind", 2, 0).Hits)
	require.ElementsMatch(t, textsOf(one.Hits), two[:2], "what is near comes first")
	require.Contains(t, two, "Tom Weber lives in Ghent")
	require.Equal(t, "Tom Weber lives in Ghent", graph("Where does the husband of Mara Lind live?", 2, 0).Hits[0].Text)
	// A direct answer leads, and the facts around follow.
	direct := graph("Where does Tom Weber live?", 1, 0)
	require.Equal(t, "Tom Weber lives in Ghent", direct.Hits[0].Text)
	require.Equal(t, 1.0, direct.Hits[0].Relevance)
	require.Contains(t, textsOf(direct.Hits), "Mara Lind's spouse is Tom Weber")
	require.Equal(t, spectron.TierDirect, direct.Tier)
	require.NotEmpty(t, direct.Trace.Reason)
	// Pages, filters and nothing.
	require.Equal(t, two, textsOf(everyPage(t, c, spectron.RecallRequest{Query: "Tell me about Mara Lind", Mode: spectron.ModeGraph, Hops: 2, K: 1}, nil)))
	for _, h := range recall(t, c, spectron.RecallRequest{Query: "Mara Lind", Mode: spectron.ModeGraph, Kinds: []spectron.Kind{spectron.KindPassages}}).Hits {
		require.Equal(t, spectron.KindMemoryChunk, h.Kind)
	}
	none := graph("Who painted the lighthouse?", 2, 0)
	require.Empty(t, none.Hits)
	require.False(t, none.Confident)
	require.NotEmpty(t, none.Trace.Reason)
}

// factNamed returns the fact with a text, as a list shows it, which reinforces nothing.
func factNamed(tb testing.TB, c *spectron.Context, text string) *spectron.Fact {
	tb.Helper()
	for _, h := range recall(tb, c, spectron.RecallRequest{Kinds: []spectron.Kind{spectron.KindFacts}, K: 50}).Hits {
		if h.Text == text {
			return h.Fact
		}
	}
	tb.Fatalf("no fact %q", text)
	return nil
}

// TestReinforcement checks that a fact that answers a question gains importance from the next day on, once a day, whether somebody writes or
// not, and that this is kept.
func TestReinforcement(t *testing.T) {
	t.Parallel()
	ctx, clock, path := context.Background(), spectrontest.NewClock(), filepath.Join(t.TempDir(), "agent.db")
	open := func() (*spectron.Manager, *spectron.Context) {
		mgr, err := spectron.Open(ctx, path, &spectron.Options{Clock: clock.Now, Engine: spectrontest.Engine(t)})
		require.NoError(t, err)
		c, err := mgr.Context(ctx, "test")
		if errors.Is(err, spectron.ErrNotFound) {
			return mgr, create(t, mgr, "test", spectron.ContextSpec{})
		}
		require.NoError(t, err)
		return mgr, c
	}
	mgr, c := open()
	tell(t, c, "Mara Lind works at Globex.")
	tell(t, c, "Tom Weber works at Initech.")
	const fact = "Mara Lind works at Globex"
	importance := func(want float64) {
		t.Helper()
		require.InDelta(t, want, factNamed(t, c, fact).Importance, 1e-9)
	}
	tomorrow := func() { clock.Set(clock.Now().Add(24 * time.Hour)) }
	prior := func() float64 { // as a part of the score
		for _, h := range recall(t, c, spectron.RecallRequest{Query: "Mara Lind works at Globex", Mode: spectron.ModeBM25, Kinds: []spectron.Kind{spectron.KindRelation}, AsOf: clock.Now()}).Hits {
			if h.Text == fact {
				return h.Why.Prior / (h.Why.Words + h.Why.Neighbours + h.Why.Speaker + h.Why.Dates + h.Why.Questions + h.Why.Verbosity + h.Why.Facts + h.Why.Vectors)
			}
		}
		return 0
	}
	for range 5 {
		require.Equal(t, fact, ask(t, c, "Where does Mara Lind work?").Hits[0].Text)
		tell(t, c, "The kettle is broken.")
		importance(0.8)
	}
	require.InDelta(t, 0.8, factNamed(t, c, "Tom Weber works at Initech").Importance, 1e-9, "it was not found")
	tomorrow()
	importance(0.88)
	unstored := prior()
	tell(t, c, "The kettle is mended.") // stores it, which does not show
	importance(0.88)
	require.InDelta(t, unstored, prior(), 1e-12)
	require.NotZero(t, unstored)
	ask(t, c, "Where does Mara Lind work?")
	tomorrow()
	importance(0.968)
	ask(t, c, "Where does Mara Lind work?") // the gain of yesterday is not stored yet
	importance(0.968)
	require.NoError(t, mgr.Close(ctx))
	mgr, c = open()
	importance(0.968) // what the day of the closing gained is lost
	ask(t, c, "Where does Mara Lind work?")
	tomorrow()
	importance(1)
	// Pinned facts, closed facts and questions about the past.
	tom := factNamed(t, c, "Tom Weber works at Initech").ID
	recall(t, c, spectron.RecallRequest{Query: "Where does Tom Weber work?", AsOf: clock.Now()})
	require.NoError(t, c.Facts().Pin(ctx, tom, true))
	ask(t, c, "Where does Tom Weber work?")
	tomorrow()
	require.InDelta(t, 0.8, factNamed(t, c, "Tom Weber works at Initech").Importance, 1e-9)
	require.NoError(t, c.Facts().Pin(ctx, tom, false))
	ask(t, c, "Where does Tom Weber work?")
	require.NoError(t, c.Facts().Close(ctx, tom, ""))
	require.NoError(t, mgr.Close(ctx))
}

// TestReinforcementReachesOtherProcesses checks that another process sees the importance once this one is closed, and no earlier: otherwise it
// would show that somebody writes.
func TestReinforcementReachesOtherProcesses(t *testing.T) {
	t.Parallel()
	ctx, clock := context.Background(), spectrontest.NewClock()
	server, err := rpcserver.Start(ctx, enginetest.Open(t), rpcserver.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close(ctx)) })
	var both [2]*spectron.Context
	var stores [2]*spectron.Manager
	for i := range both {
		stores[i], err = spectron.Open(ctx, server.URL("ws"), &spectron.Options{Clock: clock.Now})
		require.NoError(t, err)
		if i == 0 {
			both[0] = create(t, stores[0], "test", spectron.ContextSpec{})
		} else {
			both[1], err = stores[1].Context(ctx, "test")
			require.NoError(t, err)
		}
	}
	remember(t, both[0], spectron.RememberRequest{Text: "Mara Lind works at Globex.", Location: zurich})
	require.Len(t, recall(t, both[1], spectron.RecallRequest{Location: nearZurich}).Hits, 2)
	ask(t, both[1], "Where does Mara Lind work?")
	clock.Set(clock.Now().Add(24 * time.Hour))
	tell(t, both[1], "The kettle is broken.")
	for i, want := range []float64{0.8, 0.88} {
		require.InDelta(t, want, factNamed(t, both[i], "Mara Lind works at Globex").Importance, 1e-9)
	}
	require.NoError(t, stores[1].Close(ctx))
	require.InDelta(t, 0.88, factNamed(t, both[0], "Mara Lind works at Globex").Importance, 1e-9)
	require.NoError(t, stores[0].Close(ctx))
}

// TestLocationsAreKept checks that the locations of turns survive a backup, an export and the saved index, and that an import checks them.
func TestLocationsAreKept(t *testing.T) {
	t.Parallel()
	ctx, mgr := context.Background(), spectrontest.Open(t, nil)
	c := create(t, mgr, "test", spectron.ContextSpec{})
	session := travels(t, c).SessionID
	var export bytes.Buffer
	require.NoError(t, mgr.ExportContext(ctx, "test", &export))
	text := export.String()
	moved, err := mgr.ImportContext(ctx, spectron.ImportRequest{ID: "moved", From: strings.NewReader(text)})
	require.NoError(t, err)
	for _, moved := range []*spectron.Context{c, moved.Context} {
		require.Equal(t, []string{"Mara Lind bought a green umbrella."}, textsOf(recall(t, moved, spectron.RecallRequest{Location: nearZurich}).Hits))
		require.Equal(t, basel, turns(t, moved, session)[1].Location)
	}
	require.Equal(t, 2, strings.Count(text, basel), "the turn and its chunk")
	for i, bad := range []string{strings.Replace(text, basel, "47.5596, 7.5886", 1), strings.Replace(text, basel, "47,8", 1), strings.ReplaceAll(text, basel, "nowhere")} {
		_, err := mgr.ImportContext(ctx, spectron.ImportRequest{ID: fmt.Sprint("bad-", i), From: strings.NewReader(bad)})
		isError(t, err, spectron.ErrInvalid, "From")
	}
}

// TestHiddenPlacesAndNames checks that what a caller may not read decides no condition: the location of an entity, and the names of a person.
func TestHiddenPlacesAndNames(t *testing.T) {
	t.Parallel()
	d := newDesk(t, spectron.ContextSpec{})
	register(t, d.c, "org/acme", "org/beta")
	acme, beta := spectron.Scopes{{"org/acme"}}, spectron.Scopes{{"org/beta"}}
	globex := spectron.EntityRef{Type: "organisation", Name: "Globex"}
	give := func(set spectron.Scopes, triple spectron.Triple) {
		remember(t, d.c, spectron.RememberRequest{Infer: spectron.InferTriples, Scopes: set, Triples: []spectron.Triple{triple}})
	}
	give(beta, spectron.Triple{Entity: globex, Key: "location", Value: zurich})
	give(acme, spectron.Triple{Entity: globex, Key: "motto", Value: "more printers"})
	remember(t, d.c, spectron.RememberRequest{Text: "My name is Alice Moreau.", Speaker: "alice7", Scopes: beta})
	remember(t, d.c, spectron.RememberRequest{Text: "The soup was cold.", Speaker: "alice7", Scopes: acme})
	remember(t, d.c, spectron.RememberRequest{Text: "The soup was hot.", Speaker: "alice7", Scopes: beta, Location: zurich})
	caller := d.badge(t, "caller", over("org/acme")).Context
	for _, query := range []string{"", "Globex motto soup"} {
		near := spectron.RecallRequest{Query: query, Location: nearZurich}
		require.Empty(t, recall(t, caller, near).Hits)
		require.Len(t, recall(t, d.c, spectron.RecallRequest{Location: nearZurich}).Hits, 3)
		near.Lens = acme
		require.Empty(t, recall(t, d.c, near).Hits, "a lens hides the location as well")
		require.Empty(t, recall(t, caller, spectron.RecallRequest{Query: query, SaidBy: "Alice Moreau"}).Hits)
		require.Len(t, recall(t, caller, spectron.RecallRequest{Query: query, SaidBy: "alice7"}).Hits, 1)
	}
}

// TestFiltersRunBeforeRanking checks that a caller gets k hits although most of what matches does not pass its filter.
func TestFiltersRunBeforeRanking(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	c, ctx := create(t, spectrontest.Open(t, nil), "test", spectron.ContextSpec{}), context.Background()
	var many []spectron.Message
	for n := range 900 {
		m := spectron.Message{Content: fmt.Sprintf("lighthouse lighthouse %d", n), Speaker: "Tom"}
		if n%90 == 0 {
			m = spectron.Message{Content: fmt.Sprintf("A long day at the sea, with a lighthouse far away, and tea number %d.", n), Speaker: "Ina", Location: zurich}
		}
		many = append(many, m)
	}
	_, err := c.Memory().RememberMany(ctx, spectron.RememberManyRequest{Messages: many, Infer: spectron.InferNone})
	require.NoError(t, err)
	for _, req := range []spectron.RecallRequest{{SaidBy: "Ina"}, {Location: nearZurich}} {
		for _, query := range []string{"lighthouse", ""} {
			req.Query, req.IncludeWeak, req.IncludeDuplicates = query, query != "", true
			require.Len(t, recall(t, c, req).Hits, 10, "%+v", req)
		}
	}
}
