package recall

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// Tier says how an answer was found.
type Tier string

// The tiers, cheapest first.
const (
	Direct      Tier = "direct"
	Hybrid      Tier = "hybrid"
	FullContext Tier = "full_context"
	Cache       Tier = "cache" // an answer of a model that was given before
)

// Confident is the relevance above which a hit of a search probably answers the question. If no hit reaches it, the search is widened.
const Confident = 0.3

// Query is a question to a view.
type Query struct {
	Text     string
	Embed    func() ([]float32, error) // embeds Text; called only if there is something to search; nil: search by words only
	Quick    bool                      // Embed is as fast as a search, so it is called while the view is locked
	K        int
	Mode     index.Mode
	Any      bool // no Mode was requested, so the direct tier may answer
	Filter   index.Filter
	StoredAt time.Time // search what the store held then; zero: now
	Told     Told      // the Filter gets these conditions when the view is read
	// Graph answers from the graph alone, with the facts up to Hops steps from the entities that the question names.
	Graph bool
	Hops  int
	// Listed lists the records that pass the Filter, in place of a search, from After on; nil: from the beginning.
	Listed bool
	After  *index.Position
	// Speaker is the name of the person who asks: "I" in the question. "": the speakers in the scopes of the question.
	Speaker string
	// Subject is the name of the person that the caller stands for. It is "I" if neither Speaker nor a session says who asks. "": nobody.
	Subject string
	// Reads reports, by scope set, which sessions the caller may know; nil: all.
	Reads func(record.ScopeSet) bool
	Now   time.Time
	// Importance returns the importance of a fact; nil: that in the view.
	Importance func(*record.Fact) float64
	AllHits    bool // near-duplicates are hits of their own

	Semantic       bool // Embed encodes meaning, not only spelling
	Words, Vectors float64
	Without        []index.Signal
	MinRelevance   float64
	Weak           bool // hits far behind the best hit are returned as well
	Whole          bool // long texts are not cut to excerpts
	Beside         bool // Result.Beside is wanted

	// Seen reports, by scope set, which sessions the caller may know to exist. The Filter may name only those. nil: all.
	Seen func(record.ScopeSet) bool
	// Sessions makes each session one hit. It reports, by scope set, which sessions the caller may know. nil: every row is a hit.
	Sessions func(record.ScopeSet) bool

	wording
	matter   []string           // see ofMatter
	namesake bool               // a name in the question is also the first name of somebody else
	shape    []string           // the words of the question in English, with anAsker and aName for those that name somebody or something
	selves   []record.EntityRef // the possible meanings of "I" in the question
	by       *reader            // the caller, while the view is locked
	also     []string           // names of the people whom the question names by a relation
	lead     []Hit              // answer of the graph, if the graph is not certain that it answers the question alone
	reason   string             // why the graph was used
}

// Hit is a record that was found; exactly one of the pointers is set.
type Hit struct {
	ID          string
	Kind        record.Kind
	Text        string
	Score       float64
	Chunk       *record.Chunk
	Fact        *record.Fact
	Instruction *record.Instruction
	Spoken      *record.Chunk // a chunk of the turn that a fact or instruction was taken from, if it still exists
	Written     *Quoted       // the passage that a fact was taken from, without its text, if it still exists
	Duplicates  []string
	Relevance   float64
	Why         index.Why
	Turns       []Turn // the turns that form the hit
	Start       int    // of a chunk: position of Text in the turn, in code points
	Partial     bool   // Text is only a part of the turn or turns
	Doubt       string // why the fact may no longer hold: the reason of the open question about it
	// Evidence has the ids of the facts and turns that a conclusion rests on, as far as the caller may know of them. Only reads of the graph
	// set it.
	Evidence []string
	// Quoted is the passage or section of a document.
	Quoted *Quoted
	// NoSession and NoTurn say that the caller may not know the session, or the turn, of the hit.
	NoSession, NoTurn bool
}

// Turn is one turn of a hit, with the part of its text that was found.
type Turn struct {
	ID       string
	Text     string
	SpokenAt time.Time
	Start    int // position of Text in the turn, in code points
}

// Result is the answer to a query.
type Result struct {
	Hits []Hit
	Tier Tier
	// Confident says that the best hit probably answers the question.
	Confident bool
	Reason    string // the reason for the tier
	Seeds     []record.EntityRef
	// Candidates is the number of rows among which a search chose the hits. It counts only rows that the caller may see.
	Candidates int
	Beside     []Beside        // passages of documents beside the hits, which are not among the K
	Next       *index.Position // of a listing: the position of the last hit, if others follow
}

// Recall answers a query. If the question names an entity and one of its keys, it reads the graph. Otherwise it searches, and searches more
// widely if the first search finds nothing convincing. It sees a write completely or not at all. It locks the view once, or twice if it
// waits for a model between graph and search. It waits for a concurrent write no longer than ctx allows.
//
// A fault.NotFound names the field of a session that does not exist.
func (v *View) Recall(ctx context.Context, q Query) (out Result, err error) {
	if q.Listed {
		return v.list(ctx, q)
	}
	q.wording = v.wordingOf(&q)
	searched := false
	err = v.reading(ctx, &q, func() (err error) {
		if err := v.sees(&q); err != nil {
			return err
		}
		if q.Graph {
			searched = true
			out = v.readGraph(&q)
			return nil
		}
		out = v.read(&q)
		if searched = len(out.Hits) == 0 && (q.Embed == nil || q.Quick); searched {
			out, err = v.search(&q, out.Seeds)
		}
		return err
	})
	if err != nil || searched || len(out.Hits) > 0 {
		return out, err
	}
	// The lock is not held while this caller waits for the model.
	vector, err := q.Embed()
	if err != nil {
		return Result{}, err
	}
	q.Quick, q.Embed = true, func() ([]float32, error) { return vector, nil }
	err = v.reading(ctx, &q, func() (err error) {
		out, err = v.search(&q, out.Seeds)
		return err
	})
	return out, err
}

// reading calls f under the read lock of the view.
func (v *View) reading(ctx context.Context, q *Query, f func() error) error {
	if err := v.rlock(ctx); err != nil {
		return err
	}
	defer v.mu.RUnlock()
	q.by = newReader(q.Filter)
	v.tell(q)
	return f()
}

// sees returns an error if a question names a session that the caller may not know.
func (v *View) sees(q *Query) error {
	for _, named := range []struct{ field, id string }{{"SessionID", q.Filter.Session}, {"ExcludeSessionID", q.Filter.ExcludeSession}} {
		if named.id == "" || q.Seen == nil {
			continue
		}
		if s, ok := v.said.sessions.get(named.id); !ok || !q.Seen(s.Scopes) {
			return fault.New(fault.NotFound, named.field, "no such session")
		}
	}
	return nil
}

// read resolves the names in the question, and answers it from the graph if that is allowed.
func (v *View) read(q *Query) (out Result) {
	if q.self {
		q.selves = v.selvesOf(*q)
	}
	seeds, rest := v.mentions(q)
	out = Result{Tier: Direct, Seeds: seeds}
	if !q.StoredAt.IsZero() {
		return out // the graph also has what was stored since then
	}
	if q.Any && q.Sessions == nil {
		out = v.askGraph(q, out, rest)
	}
	if len(out.Hits) == 0 {
		q.also = v.related(*q, seeds, rest)
		if q.self && q.Speaker != "" {
			q.also = append(q.also, q.Speaker)
		}
		if q.tongue == nil { // "mum" for "mother"
			for _, w := range q.lower {
				for _, p := range english.phrases[w] {
					q.also = append(q.also, english.forms[p.says[0]]...)
				}
			}
		} else {
			q.also = append(append(q.also, q.beside...), q.changes...)
		}
	}
	v.doubted(q, out.Hits)
	v.veil(q, out.Hits)
	return out
}

// rlock takes the read lock. It gives up when ctx ends.
func (v *View) rlock(ctx context.Context) error {
	if v.mu.TryRLock() {
		return nil
	}
	locked := make(chan struct{})
	go func() {
		v.mu.RLock()
		close(locked)
	}()
	select {
	case <-locked:
		return nil
	case <-ctx.Done():
		go func() {
			<-locked
			v.mu.RUnlock()
		}()
		return ctx.Err()
	}
}

// query returns the question in the form that the index takes.
func (v *View) query(q *Query) index.Query {
	search := index.Query{
		Text: q.Text, Terms: q.terms, K: q.K, Mode: q.Mode, Now: q.Now, IncludeDuplicates: q.AllHits, Words: q.Words, Vectors: q.Vectors,
		Semantic: q.Semantic, Dates: datesOf(q.dated(q.Text), q.Now), Seeks: q.seeks, Asks: q.asks, Without: q.Without, MinRelevance: q.MinRelevance, All: q.Weak, Whole: q.Whole,
		Beside: strings.Join(q.also, " "), Filter: v.searched(q), Origin: v.tellers,
	}
	if q.Importance != nil {
		search.Importance = func(id string, of float64) float64 {
			if f := v.known.facts[id]; f != nil {
				return q.Importance(f)
			}
			return of
		}
	}
	if !q.StoredAt.IsZero() { // no fact takes the place of another one there, so that none may gain by its words alone
		search.Seeks &= index.Time
	}
	search.Filter.Follows = v.follows(q)
	return search
}

// follows returns an index.Filter.Follows for the caller.
func (v *View) follows(q *Query) func(session string) bool {
	if q.Reads == nil {
		return nil
	}
	return func(session string) bool {
		s, ok := v.said.sessions.get(session)
		return ok && q.Reads(s.Scopes)
	}
}

// search answers a question from memory and from documents.
func (v *View) search(q *Query, seeds []record.EntityRef) (out Result, err error) {
	search := v.query(q)
	if q.Embed != nil {
		if search.Vector, err = q.Embed(); err != nil {
			return out, err
		}
	}
	out = Result{Tier: Hybrid, Seeds: seeds, Reason: "searched words and vectors"}
	if len(search.Vector) == 0 {
		out.Reason = "searched words"
	}
	if Remembers(q.Filter.Kinds) {
		if out, err = v.remembered(q, search, out); err != nil {
			return Result{}, err
		}
	}
	err = v.quotes(q, search, &out)
	return out, err
}

// remembered answers a question from the index of memory.
func (v *View) remembered(q *Query, search index.Query, out Result) (Result, error) {
	seeds := out.Seeds
	if q.Sessions != nil {
		search.Sessions = func(id string) bool {
			session, ok := v.said.sessions.get(id)
			return ok && q.Sessions(session.Scopes)
		}
	}
	if !q.former && !q.Filter.Closed && !timed(q.Filter) && q.StoredAt.IsZero() {
		search.Outdated = func(id string) []string { return v.outdated(id, q.Filter.AsOf) }
	}
	weak := func(found []index.Hit, then string) bool {
		why := weakness(found)
		if why == "" || !q.Any {
			return false
		}
		out.Tier, out.Reason = FullContext, why+then
		return true
	}
	search.Weak = func(found []index.Hit) bool { return weak(found, ": searched a pool twice as large") }
	search.Candidates = &out.Candidates
	found, err := v.index.Search(search)
	search.Candidates = nil // further searches only complete the hits
	if err != nil {
		return Result{}, err
	}
	if out.Tier == Hybrid {
		weak(found, ": nothing else to search")
	}
	if out.Tier == FullContext && q.tongue == nil && q.StoredAt.IsZero() {
		if found, err = v.widened(*q, search, found); err != nil {
			return Result{}, err
		}
	}
	out.Confident = weakness(found) == ""
	if !q.StoredAt.IsZero() {
		out.Hits = v.hits(found)
		v.veil(q, out.Hits)
		return out, nil
	}
	out.Hits = v.surest(*q, v.hits(found))
	if out.Tier == FullContext && q.MinRelevance == 0 && q.Sessions == nil {
		out.Hits = v.then(*q, search, out.Hits)
		// Facts about the entities that the question names follow the hits.
		out.Hits = v.surest(*q, v.neighbours(*q, seeds, out.Hits))
	}
	if len(q.lead) > 0 {
		out.Hits, out.Confident = led(*q, out.Hits), true
		out.Reason += ", and " + q.reason
	} else {
		var own bool
		out.Hits, own = ownFirst(*q, v.settled(*q, v.latest(*q, out.Hits)))
		out.Confident = out.Confident && own
		_, rest := v.mentions(q)
		out.Hits = v.toThePoint(*q, rest, before(*q, out.Hits))
		if out.Hits, err = v.ordered(*q, search, out.Hits); err != nil {
			return Result{}, err
		}
	}
	v.doubted(q, out.Hits)
	v.veil(q, out.Hits)
	return out, nil
}

// led puts the answer of the graph before the hits of a search.
func led(q Query, found []Hit) []Hit {
	hits := slices.Clone(q.lead)
	for _, h := range found {
		same := func(l Hit) bool { return l.ID == h.ID || slices.Contains(h.Duplicates, l.ID) }
		if !slices.ContainsFunc(hits, same) {
			hits = append(hits, h)
		}
	}
	return first(q, hits)
}

// Session returns the session that a hit comes from; "" if there is none.
func (h *Hit) Session() string {
	switch {
	case h.Chunk != nil:
		return h.Chunk.Session
	case h.Fact != nil:
		return h.Fact.Source.Session
	case h.Instruction != nil:
		return h.Instruction.Source.Session
	}
	return ""
}

// veil marks the origins of hits that the caller may not know.
func (v *View) veil(q *Query, hits []Hit) {
	for i := range hits {
		v.veilOne(q.Reads, &hits[i])
	}
}

// veilOne marks the origin of a hit that the caller may not know. A nil reads lets the caller know all.
func (v *View) veilOne(reads func(record.ScopeSet) bool, h *Hit) {
	if reads == nil {
		return
	}
	row, ok := v.said.sessions.get(h.Session())
	h.NoSession = !ok || !reads(row.Scopes)
	h.NoTurn = h.Chunk == nil && (h.Spoken == nil || !reads(h.Spoken.Scopes))
}

// searched returns the filter for the index. The index has only the last state of a fact's valid time, and does not know whether a closed
// fact yielded. So conditions on valid time are checked here.
func (v *View) searched(q *Query) index.Filter {
	f := q.Filter
	if !q.StoredAt.IsZero() {
		return v.storedThen(f, q.StoredAt)
	}
	if !timed(f) {
		return f
	}
	asked := f
	if f.AsOf.IsZero() {
		f.Closed = true
	} else {
		f.Ended = true
		f.At, f.ValidFrom, f.ValidUntil = time.Time{}, time.Time{}, time.Time{}
	}
	f.Keep = also(f.Keep, func(id string) bool {
		if fact := v.known.facts[id]; fact != nil {
			return believed(fact, asked) && held(fact, asked)
		}
		if asked.Closed && asked.AsOf.IsZero() {
			return true
		}
		var until time.Time
		if i := v.known.instructions[id]; i != nil {
			until = i.Known.Until
		} else {
			until = v.chunk(id).KnownUntil
		}
		return until.IsZero() || !asked.AsOf.IsZero() && asked.AsOf.Before(until)
	})
	return f
}

// storedThen returns the filter for a search of what the store held at a time, in the state of that time.
func (v *View) storedThen(f index.Filter, at time.Time) index.Filter {
	p, asked := &Point{AsOf: f.AsOf, StoredAt: at}, index.Filter{At: f.At, ValidFrom: f.ValidFrom, ValidUntil: f.ValidUntil, Closed: f.Closed && f.AsOf.IsZero()}
	then := func(id string) (*record.Fact, bool) {
		f := v.known.facts[id]
		if f == nil {
			return nil, false
		}
		return p.fact(f), true
	}
	f.At, f.ValidFrom, f.ValidUntil = time.Time{}, time.Time{}, time.Time{}
	f.Held = func(id string) bool {
		if fact, ok := then(id); ok {
			return fact != nil && believed(fact, asked)
		}
		if i := v.known.instructions[id]; i != nil {
			return p.known(i.Known.From, i.RecordedAt) && (asked.Closed || !p.ended(i.Known.Until, i.RetiredAt))
		}
		c := v.chunk(id)
		return p.known(c.KnownFrom, c.RecordedAt) && (asked.Closed || !p.ended(c.KnownUntil, c.KnownUntil))
	}
	if timed(asked) {
		f.Keep = also(f.Keep, func(id string) bool {
			fact, ok := then(id)
			return !ok || held(fact, asked)
		})
	}
	return f
}

// timed reports whether a filter has a condition on valid time.
func timed(f index.Filter) bool {
	return !f.At.IsZero() || !f.ValidFrom.IsZero() || !f.ValidUntil.IsZero()
}

// believed applies the conditions on known time. A question about valid time also gets closed facts, except those that were superseded
// without having ended.
func believed(f *record.Fact, filter index.Filter) bool {
	switch {
	case filter.AsOf.IsZero():
		return f.Known.Until.IsZero() || filter.Closed || timed(filter) && !f.Yielded
	case f.Known.From.After(filter.AsOf):
		return false
	}
	return f.Known.Contains(filter.AsOf) || timed(filter) && !f.Yielded
}

func weakness(found []index.Hit) string {
	if len(found) == 0 {
		return "nothing was found"
	}
	best := 0.0
	for _, h := range found {
		best = max(best, h.Relevance)
	}
	if best < Confident {
		return fmt.Sprintf("no hit answers more than %.2f of the question, under %.2f", best, Confident)
	}
	return ""
}

// hits attaches the records to the hits of the index.
func (v *View) hits(found []index.Hit) []Hit {
	out := make([]Hit, 0, len(found))
	for _, f := range found {
		h := Hit{ID: f.ID, Kind: f.Kind, Text: f.Text, Score: f.Score, Duplicates: f.Duplicates, Relevance: f.Relevance, Why: f.Why}
		switch f.Kind {
		case record.KindMemoryChunk:
			v.shown(&h, &f)
		case record.KindInstruction:
			h.Instruction = v.known.instructions[f.ID]
		default:
			h.Fact = v.known.facts[f.ID]
		}
		v.origin(&h)
		out = append(out, h)
	}
	return out
}

// neighbours appends the visible facts about the seeds, up to k hits in all.
func (v *View) neighbours(q Query, seeds []record.EntityRef, hits []Hit) []Hit {
	facts := v.known.about(q.by, keysOf(seeds), keysOf(seeds), nil, func(f *record.Fact) bool { return readable(f, q.Filter) })
	for _, f := range facts {
		if !slices.ContainsFunc(hits, func(h Hit) bool { return h.ID == f.ID }) {
			h := factHit(f, 0)
			v.origin(&h)
			hits = append(hits, h)
		}
	}
	return first(q, hits)
}

// tellers returns the ids of the chunks of the turn that a fact was taken from.
func (v *View) tellers(id string) []string {
	if f := v.known.facts[id]; f != nil {
		return v.said.chunksOfTurn(f.Source.Ref)
	}
	return nil
}

// origin attaches the turn or passage that a fact or instruction was taken from.
func (v *View) origin(h *Hit) {
	ref := ""
	switch {
	case h.Fact != nil && h.Fact.Source.Kind == record.FromDocument:
		h.Written = v.library.telling(h.Fact)
		return
	case h.Fact != nil:
		ref = h.Fact.Source.Ref
	case h.Instruction != nil:
		ref = h.Instruction.Source.Ref
	}
	if id, ok := v.said.first[ref]; ok {
		h.Spoken = v.chunk(id)
	}
}

// person returns the entities that a person's name stands for.
func (v *View) person(q Query, name string) []record.EntityRef {
	meant, _ := v.accounts(q, record.EntityRef{Type: record.TypePerson, Name: name})
	return meant
}

// selvesOf returns the possible meanings of "I" in a question. If the asker is known, these are the asker's names. Otherwise they are the
// unnamed speaker, and the speakers of the session that the question is limited to, or else the speakers who gave their name in the scopes
// of the question.
func (v *View) selvesOf(q Query) []record.EntityRef {
	if q.Speaker != "" {
		return v.person(q, q.Speaker)
	}
	filter, out := q.Filter, []record.EntityRef{record.UserEntity}
	if names := v.said.speakersOf(filter.Session, filter.Visible); len(names) > 0 {
		for _, name := range names {
			out = append(out, record.EntityRef{Type: record.TypePerson, Name: name})
		}
		return out
	}
	if q.Subject != "" {
		return v.person(q, q.Subject)
	}
	for _, f := range v.known.about(q.by, []string{record.UserEntity.Key()}, nil, under(SpeakerKey), func(f *record.Fact) bool {
		return f.Kind == record.KindAttribute && readable(f, index.Filter{Visible: filter.Visible, AsOf: filter.AsOf})
	}) {
		out = append(out, record.EntityRef{Type: record.TypePerson, Name: f.Value})
	}
	return out
}

func factHit(f *record.Fact, score float64) Hit {
	return Hit{ID: f.ID, Kind: f.Kind, Text: f.Text(), Score: score, Relevance: score, Fact: f}
}

// readable applies a filter to a fact of the graph, as the index does to its rows.
func readable(f *record.Fact, filter index.Filter) bool {
	return believed(f, filter) && fits(f, filter)
}

// fits applies the conditions of a filter other than known time.
func fits(f *record.Fact, filter index.Filter) bool {
	switch {
	case filter.Visible != nil && !filter.Visible(f.Scopes),
		!held(f, filter),
		len(filter.Kinds) > 0 && !slices.Contains(filter.Kinds, f.Kind),
		filter.Category != "" && f.Category != filter.Category,
		filter.Source != "" && f.Source.Kind != filter.Source,
		filter.Session != "" && f.Source.Session != filter.Session,
		filter.ExcludeSession != "" && f.Source.Session == filter.ExcludeSession,
		slices.Contains(filter.ExcludeIDs, f.ID),
		filter.Keep != nil && !filter.Keep(f.ID):
		return false
	}
	for _, l := range filter.Labels {
		if !slices.Contains(f.Labels, l) {
			return false
		}
	}
	return true
}

// held applies the conditions on valid time. It uses the valid time as it was known at the requested known time.
func held(f *record.Fact, filter index.Filter) bool {
	valid := f.ValidAsOf(filter.AsOf)
	switch {
	case !filter.At.IsZero() && !valid.Contains(filter.At),
		!filter.ValidFrom.IsZero() && !valid.Until.IsZero() && !valid.Until.After(filter.ValidFrom),
		!filter.ValidUntil.IsZero() && !valid.From.IsZero() && !valid.From.Before(filter.ValidUntil):
		return false
	}
	return true
}

func keysOf(refs []record.EntityRef) []string {
	keys := make([]string, len(refs))
	for i, r := range refs {
		keys[i] = r.Key()
	}
	return keys
}

// words splits a question into words. It keeps upper and lower case, for names, and the inside of addresses, versions and paths.
func words(text string) []string {
	var out []string
	for field := range strings.FieldsFuncSeq(text, endsWord) {
		if w := wordIn(field); w != "" {
			out = append(out, w)
		}
	}
	return out
}

func endsWord(r rune) bool {
	switch r {
	case ',', ';', '!', '?', '"', '(', ')', '[', ']':
		return true
	}
	return unicode.IsSpace(r)
}

// wordIn strips punctuation around a word; "" if nothing is left.
func wordIn(field string) string {
	w := strings.Trim(field, ".:")
	w = strings.TrimSuffix(strings.ReplaceAll(w, "’", "'"), "'s")
	return strings.Trim(w, "'")
}
