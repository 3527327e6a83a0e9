package ingest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// What is forgotten together:
//
//   - A text is forgotten piece by piece: a turn is the sequence of its pieces. With a named text goes what was told in it: the facts,
//     instructions and uncertainties that come from it.
//   - With a named fact go the values that it replaced. The value that replaced it stays.
//   - With every fact go its copies under other names of the same entity, and what was concluded from it.
//   - With a named fact or instruction, and with these values and copies, go the pieces of texts that told them. A filter selects texts and
//     facts alike, so that nothing goes that does not pass it, except copies. What else was told there
//     stays, and only loses its quotes in a purge.
//   - With a fact go the uncertainties about it.
//   - With them go the entities that nothing else tells of. For a closing, what was forgotten before tells nothing.
//
// All of this is limited to what the caller may forget. What it may read but not forget refuses the whole call; what it may not read stays.

// bundle has the records that are forgotten together.
type bundle struct {
	*forgetting
	view         *recall.State
	may          map[string]bool // by scope.Key: whether the caller sees the records of a scope set, all of which it may then forget
	facts        map[string]*record.Fact
	instructions map[string]*record.Instruction
	questions    map[string]*record.OpenQuestion
	pieces       map[string]*record.Chunk
	told         map[string]bool // turns of named pieces
	sessions     map[string]bool // named sessions
	entities     map[string]record.Entity
	resting      []string        // ids of what rests on these records and is not among them: see rest
	replies      []*record.Chunk // the pieces of the replies among them
	follow       []*record.Fact  // facts whose chain and tellers go as well, and that were not visited yet
}

// bundle returns a bundle without records.
func (f *forgetting) bundle(view *recall.State) *bundle {
	return &bundle{
		forgetting: f, view: view, may: map[string]bool{}, facts: map[string]*record.Fact{}, instructions: map[string]*record.Instruction{},
		questions: map[string]*record.OpenQuestion{}, pieces: map[string]*record.Chunk{}, told: map[string]bool{}, sessions: map[string]bool{},
		entities: map[string]record.Entity{},
	}
}

// gather finds the records to forget.
func (f *forgetting) gather(ctx context.Context, view *recall.State) (*bundle, error) {
	b := f.bundle(view)
	var err error
	if len(f.IDs) > 0 || f.Query != "" {
		err = b.named(ctx)
	} else {
		err = b.selected(ctx)
	}
	if err == nil {
		err = b.following(ctx)
	}
	if n := len(b.facts) + len(b.instructions) + len(b.questions) + len(b.pieces); err == nil && n > maxForgotten {
		err = fault.Over("IDs", n, maxForgotten, "records; narrow the request, or use ScopeTree.Forget")
	}
	return b, err
}

// takes reports whether records with a scope set can be forgotten. It refuses the call if the caller may read but not forget them.
func (b *bundle) takes(ctx context.Context, set record.ScopeSet) (bool, error) {
	key := scope.Key(set)
	if ok, known := b.may[key]; known {
		return ok, nil
	}
	ok := b.sees(set)
	if ok && !b.by.Region(authz.MemoryForget).Holds(set) {
		return false, b.deny(ctx, "memory:forget is not granted over all scopes of a record that would be forgotten")
	}
	b.may[key] = ok
	return ok, nil
}

// named adds the records with the given ids.
func (b *bundle) named(ctx context.Context) error {
	described := b.Query != "" || b.Again
	for i, id := range b.IDs {
		ok, err := b.name(ctx, id)
		if err != nil {
			return err
		}
		if !ok && !described { // what a description meant may be gone meanwhile
			return fault.New(fault.NotFound, "IDs["+strconv.Itoa(i)+"]", "no record with this id that the caller may read")
		}
	}
	if !described || len(b.lens) > 0 || b.Session != "" || len(b.IDs) <= fewRecords {
		return nil
	}
	return b.notAll(len(b.IDs))
}

// name adds the record with an id. It returns false if the caller sees no such record.
func (b *bundle) name(ctx context.Context, id string) (ok bool, err error) {
	table, key, _ := strings.Cut(id, ":")
	switch table {
	case store.TableAttribute, store.TableRelation:
		if fact, there := b.view.Fact(id); there {
			if ok, err = b.takes(ctx, fact.Scopes); ok {
				b.addFact(fact)
			}
		}
	case store.TableInstruction:
		if i, there := b.view.Instruction(id); there {
			if ok, err = b.takes(ctx, i.Scopes); ok {
				b.instructions[id] = i
			}
		}
	case store.TableUncertainty:
		if q, there := b.view.Question(id); there {
			if ok, err = b.takes(ctx, q.Scopes); ok {
				b.questions[id] = q
			}
		}
	case store.TableChunk:
		if c := b.view.Chunk(id); c != nil {
			ok, err = b.namePieces(ctx, c)
		}
	case store.TableTurn:
		ok, err = b.namePieces(ctx, b.view.Pieces(id)...)
	case store.TableSession:
		ok, err = b.nameSession(ctx, id)
	case store.TableEntity:
		kind, name, _ := strings.Cut(key, "/")
		ok, err = b.nameEntity(ctx, record.EntityRef{Type: kind, Name: name})
	}
	return ok, err
}

// namePieces adds pieces of texts, with what was told in them.
func (b *bundle) namePieces(ctx context.Context, pieces ...*record.Chunk) (any bool, err error) {
	for _, c := range pieces {
		ok, err := b.takes(ctx, c.Scopes)
		if err != nil {
			return false, err
		}
		if ok {
			b.pieces[c.ID], b.told[c.Turn], any = c, true, true
		}
	}
	return any, nil
}

// nameSession adds the turns of a session.
func (b *bundle) nameSession(ctx context.Context, id string) (bool, error) {
	row, ok := b.view.Session(id)
	if !ok || len(b.by.Seen(row.Scopes)) == 0 {
		return false, nil
	}
	for _, clause := range b.by.Seen(row.Scopes) {
		if !b.by.Region(authz.MemoryForget).Holds(record.ScopeSet{clause}) {
			return false, b.deny(ctx, "memory:forget is not granted over all scopes of the session")
		}
	}
	b.sessions[id] = true
	_, err := b.namePieces(ctx, b.view.PiecesOf(id)...)
	return true, err
}

// nameEntity adds what is known of an entity.
func (b *bundle) nameEntity(ctx context.Context, ref record.EntityRef) (any bool, err error) {
	if ref, err = CheckRef("IDs", ref); err != nil {
		return false, err
	}
	for _, known := range b.view.Everything(b.reader, ref) {
		ok, err := b.takes(ctx, known.Set)
		if err != nil {
			return false, err
		}
		if !ok || len(known.Rows)+len(known.Facts) == 0 {
			continue
		}
		any = true
		for _, row := range known.Rows {
			b.entities[row.ID] = row
		}
		for _, fact := range known.Facts {
			b.addFact(fact)
		}
	}
	return any, nil
}

// addFact adds a fact whose chain and tellers go as well.
func (b *bundle) addFact(f *record.Fact) {
	if b.facts[f.ID] == nil {
		b.facts[f.ID] = f
		b.follow = append(b.follow, f)
	}
}

// selected adds the records that pass the filter, where the caller may forget them.
func (b *bundle) selected(ctx context.Context) error {
	region := b.by.Region(authz.MemoryForget)
	held := map[string]bool{}
	in := func(set record.ScopeSet) bool {
		key := scope.Key(set)
		ok, known := held[key]
		if !known {
			ok = b.sees(set) && region.Holds(set)
			held[key] = ok
		}
		return ok
	}
	piece := func(c *record.Chunk) {
		if in(c.Scopes) && b.said(c.Labels, c.Session, c.Speaker, c.SpokenAt) {
			b.pieces[c.ID], b.told[c.Turn] = c, true
		}
	}
	if b.Session != "" {
		for _, c := range b.view.PiecesOf(b.Session) {
			piece(c)
		}
	} else {
		b.view.EachPiece(piece)
	}
	var facts []*record.Fact
	b.view.EachFact(func(f *record.Fact) {
		if in(f.Scopes) && b.tells(b.view, f) {
			b.facts[f.ID] = f
			facts = append(facts, f)
		}
	})
	for _, f := range facts {
		if err := b.copies(ctx, f); err != nil {
			return err
		}
	}
	b.view.EachInstruction(func(i *record.Instruction) {
		if in(i.Scopes) && b.orders(b.view, i) {
			b.instructions[i.ID] = i
		}
	})
	// A filter of a whole scope, or of a whole session, also means what is left of it.
	if len(b.Labels) == 0 && b.Speaker == "" && b.After.IsZero() && b.Before.IsZero() {
		if b.Session != "" {
			_, err := b.nameSession(ctx, b.Session)
			return err
		}
		b.view.EachQuestion(func(q *record.OpenQuestion) {
			if in(q.Scopes) {
				b.questions[q.ID] = q
			}
		})
	}
	if n := len(b.pieces) + len(b.facts) + len(b.instructions); n > fewRecords && len(b.lens) == 0 && b.Session == "" {
		return b.notAll(n)
	}
	return nil
}

// notAll refuses a request that names no scope, session or ids, but fits everything that the caller may forget.
func (b *bundle) notAll(fits int) error {
	total, region := 0, b.by.Region(authz.MemoryForget)
	count := func(set record.ScopeSet) {
		if b.sees(set) && region.Holds(set) {
			total++
		}
	}
	b.view.EachPiece(func(c *record.Chunk) { count(c.Scopes) })
	b.view.EachFact(func(f *record.Fact) { count(f.Scopes) })
	b.view.EachInstruction(func(i *record.Instruction) { count(i.Scopes) })
	if fits < total {
		return nil
	}
	field := "Labels"
	if b.Query != "" {
		field = "Query"
	}
	return fault.Bad(field, "it fits everything that the caller may forget; to forget everything, name a Lens, a SessionID or the IDs")
}

// following adds the records that go with those that were named or selected.
func (b *bundle) following(ctx context.Context) error {
	if err := b.tellings(ctx); err != nil {
		return err
	}
	for _, i := range b.instructions {
		if err := b.tellers(ctx, i.Source); err != nil {
			return err
		}
	}
	for len(b.follow) > 0 {
		f := b.follow[0]
		b.follow = b.follow[1:]
		if err := b.tellers(ctx, f.Source); err != nil {
			return err
		}
		if err := b.retellers(ctx, f); err != nil {
			return err
		}
		if err := b.chain(ctx, f); err != nil {
			return err
		}
	}
	if err := b.conclusions(ctx); err != nil {
		return err
	}
	if err := b.doubts(ctx); err != nil {
		return err
	}
	b.orphans()
	return nil
}

// tellings adds what was told in the named texts.
func (b *bundle) tellings(ctx context.Context) (err error) {
	if len(b.told) == 0 {
		return nil
	}
	from := func(s record.Source, set record.ScopeSet) bool {
		if err != nil || !b.told[s.Ref] || !b.covers(s) {
			return false
		}
		var ok bool
		ok, err = b.takes(ctx, set)
		return ok
	}
	var told []*record.Fact
	for _, turn := range sortedKeys(b.told) {
		citing := b.view.Citing(turn)
		for _, f := range citing.Facts {
			if b.facts[f.ID] == nil && from(f.Source, f.Scopes) {
				b.facts[f.ID] = f
				told = append(told, f)
			}
		}
		for _, i := range citing.Instructions {
			if from(i.Source, i.Scopes) {
				b.instructions[i.ID] = i
			}
		}
		for _, q := range citing.Questions {
			if from(q.Source, q.Scopes) {
				b.questions[q.ID] = q
			}
		}
	}
	for _, f := range told {
		if err == nil {
			err = b.copies(ctx, f)
		}
	}
	return err
}

// covers reports whether a forgotten piece has a part of the quote of a source.
func (b *bundle) covers(s record.Source) bool {
	return slices.ContainsFunc(b.view.Pieces(s.Ref), func(c *record.Chunk) bool { return b.pieces[c.ID] != nil && tells(c, s) })
}

// tells reports whether a piece of a text has a part of the quote of a source that is this text. A source without a quote is the whole text.
func tells(c *record.Chunk, s record.Source) bool {
	return s.Span.Empty() || s.Span.Overlaps(record.Span{Start: c.Start, End: c.Start + utf8.RuneCountInString(c.Text)})
}

// tellers adds the pieces of texts that told a record.
func (b *bundle) tellers(ctx context.Context, s record.Source) error {
	if !strings.HasPrefix(s.Ref, store.TableTurn+":") {
		return nil
	}
	return b.take(ctx, b.view.Pieces(s.Ref), func(c *record.Chunk) bool { return tells(c, s) })
}

// retellers adds the texts that told a fact again: of a text with several pieces those that name its value.
func (b *bundle) retellers(ctx context.Context, f *record.Fact) error {
	for _, turn := range f.Retold {
		pieces := b.view.Pieces(turn)
		err := b.take(ctx, pieces, func(c *record.Chunk) bool {
			return len(pieces) == 1 || strings.Contains(record.Normalise(c.Text), record.Normalise(f.Value))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// take adds pieces of texts, without what was told there.
func (b *bundle) take(ctx context.Context, pieces []*record.Chunk, which func(*record.Chunk) bool) error {
	for _, c := range pieces {
		if b.pieces[c.ID] != nil || !which(c) {
			continue
		}
		ok, err := b.takes(ctx, c.Scopes)
		if err != nil {
			return err
		}
		if ok {
			b.pieces[c.ID] = c
		}
	}
	return nil
}

// chain adds the values that a fact replaced, and its copies.
func (b *bundle) chain(ctx context.Context, f *record.Fact) error {
	if before, ok := b.view.Fact(f.Supersedes); ok {
		if ok, err := b.takes(ctx, before.Scopes); err != nil {
			return err
		} else if ok {
			b.addFact(before)
		}
	}
	if after, ok := b.view.Fact(f.SupersededBy); ok && after.SameAs() == f.SameAs() {
		if ok, err := b.takes(ctx, after.Scopes); err != nil {
			return err
		} else if ok {
			b.addFact(after)
		}
	}
	return nil
}

// copies adds the copies of a fact that was told in a named text.
func (b *bundle) copies(ctx context.Context, f *record.Fact) error {
	for _, id := range []string{f.Supersedes, f.SupersededBy} {
		other, ok := b.view.Fact(id)
		if !ok || b.facts[id] != nil || other.SameAs() != f.SameAs() || other.Source.Ref != f.Source.Ref {
			continue
		}
		ok, err := b.takes(ctx, other.Scopes)
		if err != nil {
			return err
		}
		if ok {
			b.facts[id] = other
			if err := b.copies(ctx, other); err != nil {
				return err
			}
		}
	}
	return nil
}

// conclusions adds what was concluded from forgotten records, or may quote them, also if a part of a turn stays.
func (b *bundle) conclusions(ctx context.Context) error {
	evidence := slices.Concat(sortedKeys(b.facts), sortedKeys(b.instructions), sortedKeys(b.questions), sortedKeys(b.pieces), sortedKeys(b.turns()))
	for len(evidence) > 0 {
		var found []string
		for _, id := range evidence {
			for _, f := range b.view.Concluded(id) {
				if b.facts[f.ID] != nil {
					continue
				}
				ok, err := b.takes(ctx, f.Scopes)
				if err != nil {
					return err
				}
				if ok {
					b.facts[f.ID] = f
					found = append(found, f.ID)
				}
			}
		}
		evidence = found
	}
	return nil
}

// goes reports whether a record is forgotten completely.
func (b *bundle) goes(id string) bool {
	if strings.HasPrefix(id, store.TableTurn+":") {
		pieces := b.view.Pieces(id)
		return len(pieces) > 0 && !slices.ContainsFunc(pieces, func(c *record.Chunk) bool { return b.pieces[c.ID] == nil })
	}
	return b.facts[id] != nil || b.instructions[id] != nil || b.questions[id] != nil || b.pieces[id] != nil
}

// doubts adds the uncertainties about forgotten facts. A purge takes also those that a forgotten text has raised.
func (b *bundle) doubts(ctx context.Context) error {
	var found []*record.OpenQuestion
	for id, f := range b.facts {
		found = append(found, b.view.Asking(f.Scopes, reconcile.Subject(f))...)
		found = append(found, b.view.Citing(id).Questions...)
	}
	if b.Purge {
		for turn := range b.turns() {
			for _, q := range b.view.Citing(turn).Questions {
				if b.covers(q.Source) {
					found = append(found, q)
				}
			}
		}
	}
	for _, q := range found {
		if b.questions[q.ID] != nil {
			continue
		}
		ok, err := b.takes(ctx, q.Scopes)
		if err != nil {
			return err
		}
		if ok {
			b.questions[q.ID] = q
		}
	}
	return nil
}

// orphans adds the entities that were first known with forgotten records, and that nothing else tells of.
func (b *bundle) orphans() {
	type place struct{ key, set string }
	sets, first := map[place]record.ScopeSet{}, map[int64]bool{}
	for _, f := range b.facts {
		first[f.RecordedAt.UnixNano()] = true
		for _, ref := range []record.EntityRef{f.Entity, f.Object} {
			if ref.Name != "" {
				sets[place{ref.Key(), scope.Key(f.Scopes)}] = f.Scopes
			}
		}
	}
	for _, c := range b.pieces {
		first[c.RecordedAt.UnixNano()] = true
		for _, key := range b.view.NamesIn(c.Scopes, c.Text) {
			sets[place{key, scope.Key(c.Scopes)}] = c.Scopes
		}
	}
	for at, set := range sets {
		known, ok := b.view.Presence(at.key, set)
		before := map[int64]bool{} // when facts were recorded that were forgotten before
		if !ok || slices.ContainsFunc(known.Facts, func(f *record.Fact) bool {
			forgotten := !b.Purge && !f.Live() && f.Yielded && f.SupersededBy == ""
			before[f.RecordedAt.UnixNano()] = before[f.RecordedAt.UnixNano()] || forgotten
			return b.facts[f.ID] == nil && !forgotten
		}) {
			continue
		}
		for _, row := range known.Rows {
			if at := row.CreatedAt.UnixNano(); first[at] || before[at] {
				b.entities[row.ID] = row
			}
		}
	}
}

// turns returns the pieces that are forgotten of each turn.
func (b *bundle) turns() map[string][]*record.Chunk {
	out := map[string][]*record.Chunk{}
	for _, c := range b.pieces {
		out[c.Turn] = append(out[c.Turn], c)
	}
	for _, pieces := range out {
		slices.SortFunc(pieces, func(x, y *record.Chunk) int { return cmp.Compare(x.Start, y.Start) })
	}
	return out
}

// items lists what is forgotten. What is closed already does not count for a closing.
func (b *bundle) items(texts bool) (out []ForgottenItem, err error) {
	add := func(id string, kind record.Kind, text string) {
		if !texts {
			text = ""
		}
		out = append(out, ForgottenItem{id, kind, text})
	}
	for _, id := range sortedKeys(b.facts) {
		if f := b.facts[id]; b.Purge || f.Live() || !f.Yielded {
			add(id, f.Kind, f.Text())
		}
	}
	for _, id := range sortedKeys(b.instructions) {
		if i := b.instructions[id]; b.Purge || i.Active {
			add(id, record.KindInstruction, i.Description)
		}
	}
	for _, id := range sortedKeys(b.questions) {
		if q := b.questions[id]; b.Purge || !q.Resolved {
			add(id, record.KindUncertainty, q.About)
		}
	}
	turns := b.turns()
	for _, turn := range slices.Sorted(maps.Keys(turns)) {
		pieces := slices.DeleteFunc(turns[turn], func(c *record.Chunk) bool { return !b.Purge && !c.KnownUntil.IsZero() })
		switch {
		case len(pieces) == 0:
		case b.goes(turn):
			add(turn, record.KindTurn, shortened(pieces[0].Text))
		default:
			for _, c := range pieces {
				add(c.ID, record.KindMemoryChunk, c.Text)
			}
		}
	}
	if len(out) > 0 {
		b.addResting(add)
	}
	for _, id := range slices.Sorted(maps.Keys(b.sessions)) {
		if b.Purge {
			add(id, record.KindSession, "")
		}
	}
	seen := map[string]bool{}
	for _, id := range sortedKeys(b.entities) {
		if e := b.entities[id]; (b.Purge || e.RetiredAt.IsZero()) && !seen[e.Key()] {
			seen[e.Key()] = true
			add(store.TableEntity+":"+e.Key(), record.KindEntity, e.Name)
		}
	}
	return out, nil
}

// addResting lists what the caller may know of that rests on the records.
func (b *bundle) addResting(add func(id string, kind record.Kind, text string)) {
	turns := map[string]*record.Chunk{}
	for _, c := range b.replies {
		if first := turns[c.Turn]; len(b.by.Seen(c.Scopes)) > 0 && (b.Purge || c.KnownUntil.IsZero()) && (first == nil || c.Start < first.Start) {
			turns[c.Turn] = c
		}
	}
	for _, turn := range sortedKeys(turns) {
		add(turn, record.KindTurn, shortened(turns[turn].Text))
	}
}

func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }
