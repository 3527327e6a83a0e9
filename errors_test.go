package spectron_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// isError checks that an error is an *Error with the code and the field of want, and with a detail.
func isError(tb testing.TB, err error, want *spectron.Error, field string) {
	tb.Helper()
	var e *spectron.Error
	switch {
	case err == nil:
		tb.Errorf("no error, want %s of %q", want.Code, field)
	case !errors.As(err, &e):
		tb.Errorf("%v (%T) is no *Error", err, err)
	case !errors.Is(err, want) || e.Field != field:
		tb.Errorf("got %s of %q (%v), want %s of %q", e.Code, e.Field, err, want.Code, field)
	case e.Op == "" || !strings.HasPrefix(err.Error(), e.Op):
		tb.Errorf("%q does not begin with the operation %q", err, e.Op)
	}
}

// marker is a word that occurs only in refused requests.
const marker = "zanzibar"

// fixture is a Context with data that refused requests must not change.
type fixture struct {
	mgr     *spectron.Manager
	context *spectron.Context
	session string
}

func newFixture(tb testing.TB, opts *spectron.Options) *fixture {
	tb.Helper()
	mgr := spectrontest.Open(tb, opts)
	c, err := mgr.CreateContext(context.Background(), "acme", spectron.ContextSpec{})
	require.NoError(tb, err)
	return &fixture{mgr, c, tell(tb, c, "Alice works at Acme.").SessionID}
}

// unchanged checks that nothing was added to the fixture.
func (f *fixture) unchanged(tb testing.TB) {
	tb.Helper()
	ctx := context.Background()
	page, err := f.mgr.ListContexts(ctx, spectron.PageRequest{})
	require.NoError(tb, err)
	if len(page.Items) != 1 || page.HasMore {
		tb.Errorf("Contexts: %v", page.Items)
	}
	if got := turns(tb, f.context, f.session); len(got) != 1 || got[0].Content != "Alice works at Acme." {
		tb.Errorf("turns: %v", got)
	}
	session, err := f.context.Sessions().Get(ctx, f.session)
	require.NoError(tb, err)
	if session.Turns != 1 || session.Speaker != "" {
		tb.Errorf("session: %+v", session)
	}
	same(tb, known(tb, f.context, "Alice Acme user "+marker, time.Time{}), []string{"Alice works at Acme"})
	if r := recall(tb, f.context, spectron.RecallRequest{Query: marker, Mode: spectron.ModeBM25, K: 50}); len(r.Hits) > 0 {
		tb.Errorf("stored: %v", r.Hits)
	}
	h, err := f.mgr.Health(ctx)
	require.NoError(tb, err)
	if h.Contexts != 1 {
		tb.Errorf("health: %+v", h)
	}
}

func TestRememberRefuses(t *testing.T) {
	t.Parallel()
	f := newFixture(t, &spectron.Options{MaxTextBytes: 2000})
	alice := spectron.EntityRef{Type: "person", Name: "Alice"}
	triple := func(tr spectron.Triple) spectron.RememberRequest {
		return spectron.RememberRequest{Text: marker, Infer: spectron.InferTriples, Triples: []spectron.Triple{
			{Entity: alice, Key: "mood", Value: marker}, tr,
		}}
	}
	many := make([]spectron.Triple, 1001)
	for i := range many {
		many[i] = spectron.Triple{Entity: alice, Key: "tag", Value: fmt.Sprint(marker, i)}
	}
	labels := make([]string, 17)
	for i := range labels {
		labels[i] = fmt.Sprintf("k%d=v", i)
	}
	const text = "My name is " + marker + " and I live in " + marker + "."
	for name, tc := range map[string]struct {
		req   spectron.RememberRequest
		want  *spectron.Error
		field string
	}{
		"empty":                 {spectron.RememberRequest{}, spectron.ErrInvalid, "Text"},
		"empty, none":           {spectron.RememberRequest{Infer: spectron.InferNone}, spectron.ErrInvalid, "Text"},
		"empty, preview":        {spectron.RememberRequest{Infer: spectron.InferPreview}, spectron.ErrInvalid, "Text"},
		"blank":                 {spectron.RememberRequest{Text: " \t\r\n\u00a0\u3000"}, spectron.ErrInvalid, "Text"},
		"blank beside triples":  {spectron.RememberRequest{Text: " ", Infer: spectron.InferTriples, Triples: many[:1]}, spectron.ErrInvalid, "Text"},
		"not UTF-8":             {spectron.RememberRequest{Text: text + "\xff"}, spectron.ErrInvalid, "Text"},
		"surrogate":             {spectron.RememberRequest{Text: text + "\xed\xa0\x80"}, spectron.ErrInvalid, "Text"},
		"NUL":                   {spectron.RememberRequest{Text: text + "\x00"}, spectron.ErrInvalid, "Text"},
		"too long":              {spectron.RememberRequest{Text: text + strings.Repeat("x", 2000)}, spectron.ErrTooLarge, "Text"},
		"unknown infer":         {spectron.RememberRequest{Text: text, Infer: "fast"}, spectron.ErrInvalid, "Infer"},
		"infer in upper case":   {spectron.RememberRequest{Text: text, Infer: "FULL"}, spectron.ErrInvalid, "Infer"},
		"triples with full":     {spectron.RememberRequest{Text: text, Triples: many[:1]}, spectron.ErrInvalid, "Triples"},
		"triples with none":     {spectron.RememberRequest{Text: text, Infer: spectron.InferNone, Triples: many[:1]}, spectron.ErrInvalid, "Triples"},
		"triples with preview":  {spectron.RememberRequest{Text: text, Infer: spectron.InferPreview, Triples: many[:1]}, spectron.ErrInvalid, "Triples"},
		"no triples":            {spectron.RememberRequest{Text: text, Infer: spectron.InferTriples}, spectron.ErrInvalid, "Triples"},
		"too many triples":      {spectron.RememberRequest{Infer: spectron.InferTriples, Triples: many}, spectron.ErrTooLarge, "Triples"},
		"role":                  {spectron.RememberRequest{Text: text, Role: "robot"}, spectron.ErrInvalid, "Role"},
		"role of triples":       {spectron.RememberRequest{Infer: spectron.InferTriples, Triples: many[:1], Role: "robot"}, spectron.ErrInvalid, "Role"},
		"category":              {spectron.RememberRequest{Text: text, Category: "mood"}, spectron.ErrInvalid, "Category"},
		"session":               {spectron.RememberRequest{Text: text, SessionID: "session:none"}, spectron.ErrNotFound, "SessionID"},
		"session, preview":      {spectron.RememberRequest{Text: text, SessionID: "none", Infer: spectron.InferPreview}, spectron.ErrNotFound, "SessionID"},
		"session of other kind": {spectron.RememberRequest{Text: text, SessionID: "turn:1"}, spectron.ErrNotFound, "SessionID"},
		"speaker too long":      {spectron.RememberRequest{Text: text, Speaker: strings.Repeat("x", 513)}, spectron.ErrTooLarge, "Speaker"},
		"speaker not UTF-8":     {spectron.RememberRequest{Text: text, Speaker: "Al\xff"}, spectron.ErrInvalid, "Speaker"},
		"speaker with NUL":      {spectron.RememberRequest{Text: text, Speaker: "Al\x00"}, spectron.ErrInvalid, "Speaker"},

		"label":              {spectron.RememberRequest{Text: text, Labels: []string{"a=b", "label"}}, spectron.ErrInvalid, "Labels"},
		"label, empty":       {spectron.RememberRequest{Text: text, Labels: []string{""}}, spectron.ErrInvalid, "Labels"},
		"label without key":  {spectron.RememberRequest{Text: text, Labels: []string{"=b"}}, spectron.ErrInvalid, "Labels"},
		"label reserved":     {spectron.RememberRequest{Text: text, Labels: []string{"_a=b"}}, spectron.ErrInvalid, "Labels"},
		"label too long":     {spectron.RememberRequest{Text: text, Labels: []string{"a=" + strings.Repeat("b", 127)}}, spectron.ErrTooLarge, "Labels"},
		"label not UTF-8":    {spectron.RememberRequest{Text: text, Labels: []string{"a=\xff"}}, spectron.ErrInvalid, "Labels"},
		"label with NUL":     {spectron.RememberRequest{Text: text, Labels: []string{"a=\x00"}}, spectron.ErrInvalid, "Labels"},
		"too many labels":    {spectron.RememberRequest{Text: text, Labels: labels}, spectron.ErrTooLarge, "Labels"},
		"scope //":           {spectron.RememberRequest{Text: text, Scopes: spectron.Scopes{{"org//acme"}}}, spectron.ErrInvalid, "Scopes"},
		"scope ..":           {spectron.RememberRequest{Text: text, Scopes: spectron.Scopes{{"org/../acme"}}}, spectron.ErrInvalid, "Scopes"},
		"scope .":            {spectron.RememberRequest{Text: text, Scopes: spectron.Scopes{{"./acme"}}}, spectron.ErrInvalid, "Scopes"},
		"scope *":            {spectron.RememberRequest{Text: text, Scopes: spectron.Scopes{{"org/*"}}}, spectron.ErrInvalid, "Scopes"},
		"scope empty":        {spectron.RememberRequest{Text: text, Scopes: spectron.Scopes{{""}}}, spectron.ErrInvalid, "Scopes"},
		"scope blank":        {spectron.RememberRequest{Text: text, Scopes: spectron.Scopes{{"org/a b"}}}, spectron.ErrInvalid, "Scopes"},
		"scope slashes":      {spectron.RememberRequest{Text: text, Scopes: spectron.Scopes{{"///"}}}, spectron.ErrInvalid, "Scopes"},
		"scope NUL":          {spectron.RememberRequest{Text: text, Scopes: spectron.Scopes{{"org/\x00"}}}, spectron.ErrInvalid, "Scopes"},
		"scope not UTF-8":    {spectron.RememberRequest{Text: text, Scopes: spectron.Scopes{{"org/\xff"}}}, spectron.ErrInvalid, "Scopes"},
		"scope empty clause": {spectron.RememberRequest{Text: text, Scopes: spectron.Scopes{{"org"}, {}}}, spectron.ErrInvalid, "Scopes"},
		"scope deep":         {spectron.RememberRequest{Text: text, Scopes: spectron.Scopes{{strings.Repeat("a/", 40) + "a"}}}, spectron.ErrInvalid, "Scopes"},
		"scope long":         {spectron.RememberRequest{Text: text, Scopes: spectron.Scopes{{strings.Repeat("a", 600)}}}, spectron.ErrInvalid, "Scopes"},

		"triple without value and target": {triple(spectron.Triple{Entity: alice, Key: "mood"}), spectron.ErrInvalid, "Triples[1].Value"},
		"triple with value and target":    {triple(spectron.Triple{Entity: alice, Key: "mood", Value: "x", Target: alice}), spectron.ErrInvalid, "Triples[1].Value"},
		"triple with blank value":         {triple(spectron.Triple{Entity: alice, Key: "mood", Value: " "}), spectron.ErrInvalid, "Triples[1].Value"},
		"triple without key":              {triple(spectron.Triple{Entity: alice, Value: "x"}), spectron.ErrInvalid, "Triples[1].Key"},
		"triple with blank key":           {triple(spectron.Triple{Entity: alice, Key: "  ", Value: "x"}), spectron.ErrInvalid, "Triples[1].Key"},
		"triple with key of punctuation":  {triple(spectron.Triple{Entity: alice, Key: "_-", Value: "x"}), spectron.ErrInvalid, "Triples[1].Key"},
		"triple without entity":           {triple(spectron.Triple{Key: "mood", Value: "x"}), spectron.ErrInvalid, "Triples[1].Entity.Name"},
		"triple without entity name":      {triple(spectron.Triple{Entity: spectron.EntityRef{Type: "person"}, Key: "mood", Value: "x"}), spectron.ErrInvalid, "Triples[1].Entity.Name"},
		"triple with entity name of dots": {triple(spectron.Triple{Entity: spectron.EntityRef{Type: "person", Name: "..."}, Key: "mood", Value: "x"}), spectron.ErrInvalid, "Triples[1].Entity.Name"},
		"triple without entity type":      {triple(spectron.Triple{Entity: spectron.EntityRef{Name: "Bob"}, Key: "mood", Value: "x"}), spectron.ErrInvalid, "Triples[1].Entity.Type"},
		"triple without target name":      {triple(spectron.Triple{Entity: alice, Key: "likes", Target: spectron.EntityRef{Type: "topic"}}), spectron.ErrInvalid, "Triples[1].Target.Name"},
		"triple with long name":           {triple(spectron.Triple{Entity: spectron.EntityRef{Type: "person", Name: strings.Repeat("x", 513)}, Key: "mood", Value: "x"}), spectron.ErrTooLarge, "Triples[1].Entity.Name"},
		"triple with long value":          {triple(spectron.Triple{Entity: alice, Key: "mood", Value: strings.Repeat("x", 16<<10+1)}), spectron.ErrTooLarge, "Triples[1].Value"},
		"triple not UTF-8":                {triple(spectron.Triple{Entity: alice, Key: "mood", Value: "\xff"}), spectron.ErrInvalid, "Triples[1].Value"},
		"triple with NUL":                 {triple(spectron.Triple{Entity: alice, Key: "mo\x00od", Value: "x"}), spectron.ErrInvalid, "Triples[1].Key"},
		"triple of unknown category":      {triple(spectron.Triple{Entity: alice, Key: "mood", Value: "x", Category: "mood"}), spectron.ErrInvalid, "Triples[1].Category"},

		"spoken after the year 9999": {spectron.RememberRequest{Text: text, SpokenAt: time.Date(30000, 1, 1, 0, 0, 0, 0, time.UTC)}, spectron.ErrInvalid, "SpokenAt"},
		"observed before the year 0": {spectron.RememberRequest{Text: text, ObservedAt: time.Date(-300000, 1, 1, 0, 0, 0, 0, time.UTC)}, spectron.ErrInvalid, "ObservedAt"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := f.context.Memory().Remember(context.Background(), tc.req)
			isError(t, err, tc.want, tc.field)
			f.unchanged(t)
		})
	}
}

func TestRememberManyRefuses(t *testing.T) {
	t.Parallel()
	f := newFixture(t, &spectron.Options{MaxBatch: 3, MaxTextBytes: 2000})
	good := spectron.Message{Content: "I live in " + marker + "."}
	with := func(m spectron.Message) spectron.RememberManyRequest {
		return spectron.RememberManyRequest{Messages: []spectron.Message{good, m}, SessionID: f.session}
	}
	for name, tc := range map[string]struct {
		req   spectron.RememberManyRequest
		want  *spectron.Error
		field string
	}{
		"no messages":        {spectron.RememberManyRequest{}, spectron.ErrInvalid, "Messages"},
		"too many":           {spectron.RememberManyRequest{Messages: []spectron.Message{good, good, good, good}}, spectron.ErrTooLarge, "Messages"},
		"empty":              {with(spectron.Message{}), spectron.ErrInvalid, "Messages[1].Content"},
		"blank":              {with(spectron.Message{Content: "\n"}), spectron.ErrInvalid, "Messages[1].Content"},
		"not UTF-8":          {with(spectron.Message{Content: "\xff"}), spectron.ErrInvalid, "Messages[1].Content"},
		"NUL":                {with(spectron.Message{Content: "a\x00"}), spectron.ErrInvalid, "Messages[1].Content"},
		"too long":           {with(spectron.Message{Content: strings.Repeat("x", 2001)}), spectron.ErrTooLarge, "Messages[1].Content"},
		"role":               {with(spectron.Message{Content: "x", Role: "bot"}), spectron.ErrInvalid, "Messages[1].Role"},
		"speaker too long":   {with(spectron.Message{Content: "x", Speaker: strings.Repeat("x", 513)}), spectron.ErrTooLarge, "Messages[1].Speaker"},
		"speaker not UTF-8":  {with(spectron.Message{Content: "x", Speaker: "\xff"}), spectron.ErrInvalid, "Messages[1].Speaker"},
		"time":               {with(spectron.Message{Content: "x", At: time.Date(30000, 1, 1, 0, 0, 0, 0, time.UTC)}), spectron.ErrInvalid, "Messages[1].At"},
		"triples":            {spectron.RememberManyRequest{Messages: []spectron.Message{good}, Infer: spectron.InferTriples}, spectron.ErrInvalid, "Infer"},
		"unknown infer":      {spectron.RememberManyRequest{Messages: []spectron.Message{good}, Infer: "x"}, spectron.ErrInvalid, "Infer"},
		"unknown session":    {spectron.RememberManyRequest{Messages: []spectron.Message{good}, SessionID: "x"}, spectron.ErrNotFound, "SessionID"},
		"category":           {spectron.RememberManyRequest{Messages: []spectron.Message{good}, Category: "x"}, spectron.ErrInvalid, "Category"},
		"labels":             {spectron.RememberManyRequest{Messages: []spectron.Message{good}, Labels: []string{"x"}}, spectron.ErrInvalid, "Labels"},
		"scopes":             {spectron.RememberManyRequest{Messages: []spectron.Message{good}, Scopes: spectron.Scopes{{"a//b"}}}, spectron.ErrInvalid, "Scopes"},
		"observed too early": {spectron.RememberManyRequest{Messages: []spectron.Message{good}, ObservedAt: time.Date(-300000, 1, 1, 0, 0, 0, 0, time.UTC)}, spectron.ErrInvalid, "ObservedAt"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := f.context.Memory().RememberMany(context.Background(), tc.req)
			isError(t, err, tc.want, tc.field)
			f.unchanged(t)
		})
	}
}

func TestSessionsRefuse(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	ctx, s := context.Background(), f.context.Sessions()
	create := func(spec spectron.SessionSpec) error {
		_, err := s.Create(ctx, spec)
		return err
	}
	page := func(id string, limit, offset int) error {
		_, err := s.Turns(ctx, spectron.TurnQuery{SessionID: id, Limit: limit, Offset: offset})
		return err
	}
	_, absent := s.Get(ctx, "none")
	for name, tc := range map[string]struct {
		err   error
		want  *spectron.Error
		field string
	}{
		"scopes":            {create(spectron.SessionSpec{Scopes: spectron.Scopes{{"a/*/b"}}}), spectron.ErrInvalid, "Scopes"},
		"metadata":          {create(spectron.SessionSpec{Metadata: map[string]any{"f": math.Inf(1)}}), spectron.ErrInvalid, "Metadata"},
		"metadata, channel": {create(spectron.SessionSpec{Metadata: map[string]any{"c": make(chan int)}}), spectron.ErrInvalid, "Metadata"},
		"metadata, large":   {create(spectron.SessionSpec{Metadata: map[string]any{"s": strings.Repeat("x", 16<<10)}}), spectron.ErrTooLarge, "Metadata"},
		"get":               {absent, spectron.ErrNotFound, "SessionID"},
		"get, empty":        {second(s.Get(ctx, "")), spectron.ErrNotFound, "SessionID"},
		"turns":             {page("none", 0, 0), spectron.ErrNotFound, "SessionID"},
		"turns, limit":      {page(f.session, -1, 0), spectron.ErrInvalid, "Limit"},
		"turns, over":       {page(f.session, 501, 0), spectron.ErrInvalid, "Limit"},
		"turns, offset":     {page(f.session, 1, -1), spectron.ErrInvalid, "Offset"},
		"delete":            {s.Delete(ctx, "none"), spectron.ErrNotFound, "SessionID"},
		"delete, empty":     {s.Delete(ctx, ""), spectron.ErrNotFound, "SessionID"},
	} {
		t.Run(name, func(t *testing.T) { isError(t, tc.err, tc.want, tc.field) })
	}
	f.unchanged(t)
}

func second[T any](_ T, err error) error { return err }

func TestContextRefuses(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	ctx := context.Background()
	ids := map[string]string{
		"empty": "", "upper case": "Acme", "64 characters": strings.Repeat("a", 64), "underscore": "a_b", "space": "a b",
		"slash": "a/b", "dot": "a.b", "newline": "acme\n", "umlaut": "ä", "NUL": "a\x00", "quote": "a`b", "colon": "context:acme",
		"reserved contexts": "contexts", "reserved health": "health", "reserved verbs": "verbs", "reserved migrations": "migrations",
	}
	for name, id := range ids {
		t.Run("id "+name, func(t *testing.T) {
			isError(t, second(f.mgr.CreateContext(ctx, id, spectron.ContextSpec{})), spectron.ErrInvalid, "ID")
			isError(t, second(f.mgr.EnsureContext(ctx, id, spectron.ContextSpec{})), spectron.ErrInvalid, "ID")
			isError(t, second(f.mgr.Context(ctx, id)), spectron.ErrInvalid, "ID")
			isError(t, f.mgr.DeleteContext(ctx, id), spectron.ErrInvalid, "ID")
			f.unchanged(t)
		})
	}
	for name, tc := range map[string]struct {
		id    string
		spec  spectron.ContextSpec
		want  *spectron.Error
		field string
	}{
		"control plane":         {"b", spectron.ContextSpec{Namespace: "spectron"}, spectron.ErrInvalid, "Namespace"},
		"namespace long":        {"b", spectron.ContextSpec{Namespace: strings.Repeat("n", 65)}, spectron.ErrInvalid, "Namespace"},
		"namespace backquote":   {"b", spectron.ContextSpec{Namespace: "n`; REMOVE NAMESPACE default; --"}, spectron.ErrInvalid, "Namespace"},
		"namespace blank":       {"b", spectron.ContextSpec{Namespace: " "}, spectron.ErrInvalid, "Namespace"},
		"namespace newline":     {"b", spectron.ContextSpec{Namespace: "a\n"}, spectron.ErrInvalid, "Namespace"},
		"database slash":        {"b", spectron.ContextSpec{Database: "a/b"}, spectron.ErrInvalid, "Database"},
		"database long":         {"b", spectron.ContextSpec{Database: strings.Repeat("n", 65)}, spectron.ErrInvalid, "Database"},
		"database umlaut":       {"b", spectron.ContextSpec{Database: "dä"}, spectron.ErrInvalid, "Database"},
		"description long":      {"b", spectron.ContextSpec{Description: strings.Repeat("d", 1001)}, spectron.ErrTooLarge, "Description"},
		"description not UTF-8": {"b", spectron.ContextSpec{Description: "\xff"}, spectron.ErrInvalid, "Description"},
		"description NUL":       {"b", spectron.ContextSpec{Description: "a\x00b"}, spectron.ErrInvalid, "Description"},
		"id taken":              {"acme", spectron.ContextSpec{}, spectron.ErrAlreadyExists, "ID"},
		"id taken elsewhere":    {"acme", spectron.ContextSpec{Namespace: "other", Database: "other"}, spectron.ErrAlreadyExists, "ID"},
		"database taken":        {"b", spectron.ContextSpec{Database: "acme"}, spectron.ErrAlreadyExists, "Database"},
	} {
		t.Run(name, func(t *testing.T) {
			isError(t, second(f.mgr.CreateContext(ctx, tc.id, tc.spec)), tc.want, tc.field)
			f.unchanged(t)
		})
	}
	t.Run("absent", func(t *testing.T) {
		isError(t, second(f.mgr.Context(ctx, "nowhere")), spectron.ErrNotFound, "ID")
		isError(t, f.mgr.DeleteContext(ctx, "nowhere"), spectron.ErrNotFound, "ID")
		f.unchanged(t)
	})
	t.Run("ensure elsewhere", func(t *testing.T) {
		isError(t, second(f.mgr.EnsureContext(ctx, "acme", spectron.ContextSpec{Namespace: "n"})), spectron.ErrAlreadyExists, "Namespace")
		isError(t, second(f.mgr.EnsureContext(ctx, "acme", spectron.ContextSpec{Database: "d"})), spectron.ErrAlreadyExists, "Database")
		isError(t, second(f.mgr.EnsureContext(ctx, "b", spectron.ContextSpec{Database: "acme"})), spectron.ErrAlreadyExists, "Database")
		f.unchanged(t)
	})
	t.Run("list", func(t *testing.T) {
		isError(t, second(f.mgr.ListContexts(ctx, spectron.PageRequest{Limit: -1})), spectron.ErrInvalid, "Limit")
		isError(t, second(f.mgr.ListContexts(ctx, spectron.PageRequest{Limit: 1001})), spectron.ErrInvalid, "Limit")
		isError(t, second(f.mgr.ListContexts(ctx, spectron.PageRequest{Cursor: "a\xff", Limit: 1})), spectron.ErrInvalid, "Cursor")
	})
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for url, want := range map[string]*spectron.Error{
		"": spectron.ErrInvalid, "memory": spectron.ErrInvalid, "://": spectron.ErrInvalid, "mem://\x7f": spectron.ErrInvalid,
		"mem://name": spectron.ErrInvalid, "mem:///path": spectron.ErrInvalid, "mem:name": spectron.ErrInvalid,
		"mem://?a=b": spectron.ErrInvalid, "mem://#f": spectron.ErrInvalid, "mem://u@": spectron.ErrInvalid,
		"surrealkv://x": spectron.ErrInvalid, "no/such/directory/agent.db": spectron.ErrNotFound, "~/agent.db": spectron.ErrInvalid,
		"file://": spectron.ErrInvalid, "file:agent.db": spectron.ErrInvalid, "file://~/agent.db": spectron.ErrInvalid,
		"file://a.db?mode=ro": spectron.ErrInvalid, "file://a.db#x": spectron.ErrInvalid, "file://a%zz": spectron.ErrInvalid,
		"file://a%00b": spectron.ErrInvalid, "file://no/such/directory/agent.db": spectron.ErrNotFound,
		"ws://": spectron.ErrInvalid, "ws:///rpc": spectron.ErrInvalid, "wss://root:secret@db": spectron.ErrInvalid,
		"http://root:secret@db:%zz": spectron.ErrInvalid, "http://db/path": spectron.ErrInvalid, "https://db?ns=x": spectron.ErrInvalid,
	} {
		mgr, err := spectron.Open(ctx, url, nil)
		isError(t, err, want, "URL")
		if strings.Contains(fmt.Sprint(err), "secret") {
			t.Errorf("%q: the error has the password in it: %v", url, err)
		}
		if mgr != nil {
			t.Errorf("%q: a Manager beside the error", url)
		}
	}
	for field, opts := range map[string]spectron.Options{
		"Options.Durability":             {Durability: "perhaps"},
		"Options.StatementTimeout":       {StatementTimeout: time.Microsecond},
		"Options.Remote.User":            {Remote: spectron.RemoteOptions{Password: "x"}},
		"Options.Remote.Namespace":       {Remote: spectron.RemoteOptions{User: "u", Database: "d"}},
		"Options.Remote.ConnectTimeout":  {Remote: spectron.RemoteOptions{ConnectTimeout: -1}},
		"Options.Remote.MaxMessageBytes": {Remote: spectron.RemoteOptions{MaxMessageBytes: 1000}},
		"Options.Remote.Connections":     {Remote: spectron.RemoteOptions{Connections: 1 << 20}},
		"Options.MaxTextBytes":           {MaxTextBytes: -1},
		"Options.MaxBatch":               {MaxBatch: 100_001},
	} {
		_, err := spectron.Open(ctx, "mem://", &opts)
		isError(t, err, spectron.ErrInvalid, field)
	}
	missing := spectron.EngineOptions{File: t.TempDir() + "/none.wasm"}
	_, err := spectron.Open(ctx, "mem://", &spectron.Options{EngineOptions: missing})
	isError(t, err, spectron.ErrUnavailable, "")
}

// call calls every exported method of a handle that can fail, with a live context and zero values, and returns the errors by method name.
// It includes methods that are added later.
func call(handle any, except ...string) map[string]error {
	out := map[string]error{}
	v := reflect.ValueOf(handle)
	for i := range v.NumMethod() {
		m, name := v.Method(i), v.Type().Method(i).Name
		t := m.Type()
		failing := t.NumOut() > 0 && t.Out(t.NumOut()-1) == reflect.TypeFor[error]()
		if !failing || reflect.ValueOf(except).Len() > 0 && strings.Contains(strings.Join(except, " "), name) {
			continue
		}
		var args []reflect.Value
		for j := range t.NumIn() {
			if t.IsVariadic() && j == t.NumIn()-1 {
				break
			}
			if t.In(j) == reflect.TypeFor[context.Context]() {
				args = append(args, reflect.ValueOf(context.Background()))
				continue
			}
			args = append(args, reflect.Zero(t.In(j)))
		}
		results := m.Call(args)
		err, _ := results[len(results)-1].Interface().(error)
		out[reflect.TypeOf(handle).Elem().Name()+"."+name] = err
	}
	return out
}

// handles returns a Context and the handles that it returns: the result of every method without arguments that returns one pointer.
func handles(c *spectron.Context) []any {
	out := []any{c}
	v := reflect.ValueOf(c)
	for i := range v.NumMethod() {
		if t := v.Method(i).Type(); t.NumIn() == 0 && t.NumOut() == 1 && t.Out(0).Kind() == reflect.Pointer {
			out = append(out, v.Method(i).Call(nil)[0].Interface())
		}
	}
	return out
}

func TestAfterClose(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	ctx := context.Background()
	require.NoError(t, f.mgr.Close(ctx))
	n := 0
	for _, handle := range append(handles(f.context), f.mgr, f.mgr.ManagementKeys()) {
		for name, err := range call(handle, "Close") {
			n++
			t.Run(name, func(t *testing.T) { isError(t, err, spectron.ErrClosed, "") })
		}
	}
	if n < 45 {
		t.Errorf("only %d methods were called", n)
	}
	if f.context.ID() != "acme" || f.context.Info().Namespace != "default" {
		t.Errorf("%+v", f.context.Info())
	}
	for range 2 {
		if err := f.mgr.Close(ctx); err != nil {
			t.Errorf("closed again: %v", err)
		}
	}
	var none *spectron.Manager
	if err := none.Close(ctx); err != nil {
		t.Errorf("nil Manager: %v", err)
	}
	var engine *spectron.Engine
	if err := engine.Close(ctx); err != nil {
		t.Errorf("nil Engine: %v", err)
	}
}

func TestAfterDelete(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	ctx := context.Background()
	other, err := f.mgr.Context(ctx, "acme")
	require.NoError(t, err)
	require.NoError(t, f.mgr.DeleteContext(ctx, "acme"))
	check := func(t *testing.T) {
		for _, c := range []*spectron.Context{f.context, other} {
			for _, handle := range handles(c) {
				for name, err := range call(handle) {
					if !errors.Is(err, spectron.ErrNotFound) {
						t.Errorf("%s: %v", name, err)
					}
				}
			}
		}
	}
	check(t)
	// A new Context with the same id does not revive the old handles.
	again, err := f.mgr.CreateContext(ctx, "acme", spectron.ContextSpec{})
	require.NoError(t, err)
	check(t)
	tell(t, again, "Bob lives in Oslo.")
	check(t)
}

func TestEndedContext(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	ended := map[string]error{}
	note := func(name string, err error) { ended[name] = err }
	m, s := f.context.Memory(), f.context.Sessions()
	note("remember", second(m.Remember(ctx, spectron.RememberRequest{Text: marker})))
	note("none", second(m.Remember(ctx, spectron.RememberRequest{Text: marker, Infer: spectron.InferNone})))
	note("preview", second(m.Remember(ctx, spectron.RememberRequest{Text: marker, Infer: spectron.InferPreview})))
	note("triples", second(m.Remember(ctx, spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{
		{Entity: spectron.EntityRef{Type: "person", Name: marker}, Key: "mood", Value: "x"},
	}})))
	note("many", second(m.RememberMany(ctx, spectron.RememberManyRequest{Messages: []spectron.Message{{Content: marker}}})))
	note("recall", second(m.Recall(ctx, spectron.RecallRequest{Query: "Alice"})))
	note("create session", second(s.Create(ctx, spectron.SessionSpec{})))
	note("delete session", s.Delete(ctx, f.session))
	note("turns", second(s.Turns(ctx, spectron.TurnQuery{SessionID: f.session})))
	note("create", second(f.mgr.CreateContext(ctx, "b", spectron.ContextSpec{})))
	note("ensure", second(f.mgr.EnsureContext(ctx, "b", spectron.ContextSpec{})))
	note("list", second(f.mgr.ListContexts(ctx, spectron.PageRequest{})))
	note("delete", f.mgr.DeleteContext(ctx, "acme"))
	note("health", second(f.mgr.Health(ctx)))
	note("open", second(spectron.Open(ctx, "mem://", nil)))
	for name, err := range ended {
		t.Run(name, func(t *testing.T) {
			isError(t, err, spectron.ErrTimeout, "")
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%v does not match context.Canceled", err)
			}
		})
	}
	f.unchanged(t)
}

func TestErrorText(t *testing.T) {
	t.Parallel()
	cause := errors.New("cause")
	for _, tc := range []struct {
		err  *spectron.Error
		want string
	}{
		{&spectron.Error{Op: "remember", Code: spectron.CodeInvalid, Field: "Text", Detail: "empty"}, "remember: Text: empty"},
		{&spectron.Error{Op: "remember", Code: spectron.CodeModel, Detail: "the embedder failed", Err: cause}, "remember: the embedder failed: cause"},
		{&spectron.Error{Op: "health", Code: spectron.CodeNotFound}, "health: not found"},
		{spectron.ErrTooLarge, "too large"},
	} {
		if got := tc.err.Error(); got != tc.want {
			t.Errorf("got %q, want %q", got, tc.want)
		}
	}
	err := fmt.Errorf("outer: %w", &spectron.Error{Op: "remember", Code: spectron.CodeInvalid, Field: "Text", Err: cause})
	for target, want := range map[error]bool{
		spectron.ErrInvalid: true, spectron.ErrNotFound: false, cause: true,
		&spectron.Error{Code: spectron.CodeInvalid, Field: "Text"}: true, &spectron.Error{Code: spectron.CodeInvalid, Field: "K"}: false,
		&spectron.Error{Code: spectron.CodeInvalid, Op: "recall"}: false,
	} {
		if errors.Is(err, target) != want {
			t.Errorf("errors.Is(%v, %#v) is %v", err, target, !want)
		}
	}
}

func TestOpenWithAnEngineThatIsNone(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	engine, err := spectron.LoadEngine(ctx, nil)
	require.NoError(t, err)
	require.NoError(t, engine.Close(ctx))
	for name, e := range map[string]*spectron.Engine{"closed": engine, "zero": {}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := spectron.Open(ctx, "mem://", &spectron.Options{Engine: e})
			isError(t, err, spectron.ErrInvalid, "Options.Engine")
		})
	}
}
