package ingest

import (
	"context"
	"slices"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// mask stands for each code point of an erased part of a text, so that the positions of the rest stay.
const mask = '█'

// erasedTogether is the number of rows that are taken out of memory at a time. Questions run in between.
const erasedTogether = 1000

// purge erases the records. It returns what is left to erase from the database, nil: nothing.
func (b *bundle) purge(ctx context.Context, view *recall.View, at store.Position, tombstones []string) (store.Position, *store.Erasure, string, error) {
	p := store.Purge{Tombstones: tombstones, Event: b.event(record.EditPurge), At: b.by.Now()}
	e := b.editing(record.EditPurge)
	for _, c := range b.bySet() {
		e.take(e.in(c.set))
	}
	e.timed(&e.out)
	p.Decisions = append([]record.Decision{*e.out.Decision}, e.out.Others...)
	at, left, err := b.erase(ctx, view, at, &p)
	return at, left, p.Decisions[0].ID, err
}

// erase erases the records, with an event and perhaps more. It returns what is left to erase from the database, nil: nothing.
func (b *bundle) erase(ctx context.Context, view *recall.View, at store.Position, p *store.Purge) (store.Position, *store.Erasure, error) {
	b.rows(p)
	p.Gone = append(p.Gone, b.resting...)
	if p.Library != nil {
		p.Gone = append(p.Gone, p.Library.Gone...)
	}
	b.quotes(p)
	traces, err := b.by.Live.ConcernedTraces(ctx, store.Gone{Rows: p.Gone})
	if err != nil {
		return at, nil, err
	}
	p.Gone = append(p.Gone, traces...)
	if p.Masked, err = b.masked(ctx); err != nil {
		return at, nil, err
	}
	if p.Answers, err = b.answers(ctx); err != nil {
		return at, nil, err
	}
	update, left, at, err := b.by.Live.Rows.Purge(ctx, *p, at)
	if err != nil {
		return at, nil, err
	}
	b.by.Live.TracesErased(traces)
	// The records other than texts go first, together with the first texts.
	gone := store.InMemory(p.Gone)
	for first := true; first || len(gone) > 0; first = false {
		page := gone[:min(erasedTogether, len(gone))]
		gone = gone[len(page):]
		update.Erased = page
		if err := view.Merge(update); err != nil {
			b.by.Live.ReadAnew(ctx, err)
			break
		}
		update = store.Update{}
	}
	return at, left, nil
}

// rows lists the rows to erase, and the sessions that lose turns.
func (b *bundle) rows(p *store.Purge) {
	p.Gone = slices.Concat(sortedKeys(b.facts), sortedKeys(b.instructions), sortedKeys(b.questions), sortedKeys(b.entities), b.keys())
	touched := map[string]map[string]bool{} // by session: who spoke in the erased texts
	for _, c := range b.pieces {
		if touched[c.Session] == nil {
			touched[c.Session] = map[string]bool{}
		}
		touched[c.Session][c.Speaker] = true
	}
	for id := range b.sessions {
		if touched[id] == nil {
			touched[id] = map[string]bool{}
		}
	}
	for _, id := range sortedKeys(touched) {
		row, ok := b.view.Session(id)
		if !ok {
			continue
		}
		less, gone := b.lessened(row, touched[id])
		switch {
		case gone:
			p.Gone = append(p.Gone, id)
		case less != nil:
			p.Sessions = append(p.Sessions, *less)
		}
	}
	p.Gone = append(p.Gone, sortedKeys(b.pieces)...)
	turns := b.turns()
	for _, turn := range sortedKeys(turns) {
		if b.goes(turn) {
			p.Gone = append(p.Gone, turn)
			if turns[turn][0].Role == record.Assistant {
				p.Gone = append(p.Gone, store.ReplyOf(turn))
			}
		}
	}
}

// rest finds what rests on the records and is not among them. It goes whatever the caller may do with it, because nothing supports it any more;
// a closing leaves that to addPlan, except for the replies.
func (b *bundle) rest(ctx context.Context, view *recall.View) (err error) {
	seeds := slices.Concat(sortedKeys(b.facts), sortedKeys(b.instructions), sortedKeys(b.questions), sortedKeys(b.pieces), sortedKeys(b.turns()))
	b.resting, err = b.by.Live.Resting(ctx, view, seeds)
	for _, id := range b.resting {
		if c := b.view.Chunk(id); c != nil {
			b.replies = append(b.replies, c)
		}
	}
	return err
}

// keys returns the ids of the entities that no scope set knows any more.
func (b *bundle) keys() (ids []string) {
	seen := map[string]bool{}
	for _, e := range b.entities {
		key := e.Key()
		if seen[key] {
			continue
		}
		seen[key] = true
		if !slices.ContainsFunc(b.view.Presences(key), func(n recall.Named) bool {
			return slices.ContainsFunc(n.Rows, func(r record.Entity) bool { _, goes := b.entities[r.ID]; return !goes }) ||
				slices.ContainsFunc(n.Facts, func(f *record.Fact) bool { return b.facts[f.ID] == nil })
		}) {
			ids = append(ids, store.TableEntity+":"+key)
		}
	}
	slices.Sort(ids)
	return ids
}

// lessened returns a session without what it knows from erased turns alone; nil: it stays as it is. It returns gone if nothing of it stays.
// spoke has the speakers of the erased turns.
func (b *bundle) lessened(row record.Session, spoke map[string]bool) (less *record.Session, gone bool) {
	silent := slices.DeleteFunc(slices.Clone(row.Speakers), func(name string) bool { return !spoke[name] })
	var left record.ScopeSet
	whole := b.sessions[row.ID]
	b.view.EachPieceOf(row.ID, func(c *record.Chunk) (more bool) {
		if b.pieces[c.ID] == nil {
			silent = slices.DeleteFunc(silent, func(name string) bool { return name == c.Speaker })
			left = left.With(c.Scopes)
		}
		return whole || len(silent) > 0
	})
	region := b.by.Region(authz.MemoryForget)
	out := row
	out.Speakers = slices.DeleteFunc(slices.Clone(row.Speakers), func(name string) bool { return slices.Contains(silent, name) })
	switch {
	case !whole && len(silent) == 0:
		return nil, false
	case !whole:
	case region.Holds(row.Scopes) && len(left) == 0:
		return nil, true
	case region.Holds(row.Scopes): // only turns that the caller does not know belong to it
		out.Scopes, out.Metadata, out.Closed = left, nil, true
	default:
		out.Scopes = slices.DeleteFunc(slices.Clone(row.Scopes), func(clause []string) bool { return region.Holds(record.ScopeSet{clause}) })
		out.Closed = true
	}
	return &out, false
}

// quotes lists the records that stay and quote an erased text, and the facts that stay and are linked to erased ones.
func (b *bundle) quotes(p *store.Purge) {
	turns := b.turns()
	quotes := func(s record.Source, quote string) bool { return quote != "" && turns[s.Ref] != nil && b.covers(s) }
	for _, turn := range sortedKeys(turns) {
		citing := b.view.Citing(turn)
		for _, f := range citing.Facts {
			if b.facts[f.ID] == nil && quotes(f.Source, f.Quote) {
				p.Quotes = append(p.Quotes, f.ID)
			}
		}
		for _, i := range citing.Instructions {
			if b.instructions[i.ID] == nil && quotes(i.Source, i.Quote) {
				p.Quotes = append(p.Quotes, i.ID)
			}
		}
	}
	unlinked := map[string]bool{}
	for _, id := range sortedKeys(b.facts) {
		for _, f := range b.view.Citing(id).Facts {
			if b.facts[f.ID] != nil || unlinked[f.ID] {
				continue
			}
			unlinked[f.ID] = true
			u := store.Unlinking{ID: f.ID, Supersedes: f.Supersedes, SupersededBy: f.SupersededBy}
			if b.facts[u.Supersedes] != nil {
				u.Supersedes = ""
			}
			if b.facts[u.SupersededBy] != nil {
				u.SupersededBy = ""
			}
			p.Unlinked = append(p.Unlinked, u)
		}
	}
}

// masked returns the turns of which only some pieces go, with the others.
func (b *bundle) masked(ctx context.Context) ([]record.Turn, error) {
	turns := b.turns()
	var ids []string
	for _, id := range sortedKeys(turns) {
		if !b.goes(id) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := b.by.Live.Rows.TurnsByID(ctx, ids)
	for i := range found {
		found[i].Content = masked(found[i].Content, turns[found[i].ID])
	}
	return found, err
}

// masked returns a text without some of its pieces.
func masked(text string, pieces []*record.Chunk) string {
	runes := []rune(text)
	for _, c := range pieces {
		for i := c.Start; i < min(len(runes), c.Start+utf8.RuneCountInString(c.Text)); i++ {
			runes[i] = mask
		}
	}
	return string(runes)
}

// answers returns the answers of writes that told of erased records.
func (b *bundle) answers(ctx context.Context) ([]string, error) {
	sessions := map[string]bool{}
	for _, f := range b.facts {
		sessions[f.Source.Session] = true
	}
	for _, i := range b.instructions {
		sessions[i.Source.Session] = true
	}
	for _, c := range b.pieces {
		sessions[c.Session] = true
	}
	for _, c := range b.replies {
		sessions[c.Session] = true
	}
	delete(sessions, "")
	return b.by.Live.Rows.AnswersTelling(ctx, sortedKeys(sessions), func(id string) bool { return b.goes(id) || slices.Contains(b.resting, id) })
}
