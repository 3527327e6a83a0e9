package ingest

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// A document tells facts as a turn does, with these differences:
//
//   - Nobody speaks in it. What it says of "I" and "you" states nothing, and neither do its orders and its requests to forget.
//   - It is read where it is prose, and only where it does not look like a prompt injection.
//   - Each clause of its scopes has the facts for itself. So who shares a document, or takes it back, changes nothing for the others.
//   - A fact that was known already notes that the document tells it too. A fact of a document that is erased stays if another document or turn tells
//     it. Who forgets a fact, or a turn that told it, forgets it whatever documents tell it, and it does not come back with the same file.
//   - What its last version does not tell any more is closed. What an erased document alone has told is erased.
//
// The facts change in the transaction that changes the document.

// MaxDocumentFacts is the maximum number of facts that are taken from a document for one clause of its scopes.
const MaxDocumentFacts = 1000

// NoLonger is the Reason of a fact that was closed because its document no longer tells it.
const NoLonger = "its document no longer tells it"

// DocumentChange is a write of documents. Told are the facts that change with it; nil: none.
type DocumentChange struct {
	store.Write
	Told *Told
}

// Told is what a document tells in some clauses of its scopes.
type Told struct {
	Document record.Document // as it is after the write
	Passages []record.Passage
	Clauses  record.ScopeSet
	Again    bool // the same file was read before
	Model    ModelReading
}

// Tell stores a write of documents with the facts that it changes, in one transaction. change plans the write on the current state, and returns a
// result of its own with it. It may run several times; Tell returns the result of the write that was stored. Nothing is stored if the write is
// empty. When ctx ends, change may still run: it must change nothing else.
func Tell[T any](ctx context.Context, by *gate.Call, change func(context.Context) (DocumentChange, T, error)) (out T, err error) {
	var planned T
	read := readings{}
	d := &draft{infer: record.EditDocument, edit: &edit{creates: true, plan: func(ctx context.Context, e *editing) error {
		c, result, err := change(ctx)
		if err != nil {
			return err
		}
		planned = result
		if c.Library == nil {
			return errNothing
		}
		e.out.Library, e.out.Documents, e.out.Passages, e.out.Registered, e.out.Events = c.Library, c.Documents, c.Passages, c.Registered, c.Events
		if c.Told == nil {
			return nil
		}
		return e.hear(ctx, c.Told, read)
	}}}
	if _, err = d.write(ctx, by); err != nil && !errors.Is(err, errNothing) {
		return out, err
	}
	return planned, nil
}

// readings has what was read of the passages of a document, by their ids.
type readings map[string]*passageReading

// passageReading is the prose of a passage with its extraction, once that is done.
type passageReading struct {
	text string
	out  record.Extraction
	done bool
}

// of returns what was read of the i-th passage.
func (r readings) of(passages []record.Passage, i int) *passageReading {
	known := r[passages[i].ID]
	if known == nil {
		known = &passageReading{text: proseAt(passages, i)}
		r[passages[i].ID] = known
	}
	return known
}

// hear plans what a document tells.
func (e *editing) hear(ctx context.Context, t *Told, read readings) error {
	terms, err := e.by.Live.Ontology(ctx)
	if err != nil {
		return err
	}
	for _, clause := range t.Clauses {
		p := e.in(record.ScopeSet{clause})
		p.terms, p.floor = terms, p.draft.floor()
		p.decision.Extractor = e.by.Live.Core.Opts.Extractor.Name()
		if len(t.Model.Usage.Models) > 0 && len(e.out.Create)+len(e.out.Close) == 0 { // once
			p.decision.Model = strings.Join(t.Model.Usage.Models, ", ")
			p.decision.Spent = record.Tokens{In: t.Model.Usage.TokensIn, Out: t.Model.Usage.TokensOut}
		}
		h := &hearing{planner: p, Told: t, read: read, tells: map[string]bool{}}
		for _, f := range e.view.Citing(t.Document.ID).Facts {
			if f.Live() && f.Scopes.Equal(p.scopes) {
				h.before = append(h.before, f)
			}
		}
		if err := h.passages(ctx); err != nil {
			return err
		}
		h.withdraw()
		if p.alters() {
			e.take(p)
		} else {
			e.seq = p.seq
		}
	}
	return nil
}

// alters reports whether the plan of an edit changes anything.
func (p *planner) alters() bool {
	w := &p.write
	return len(w.Create)+len(w.Close)+len(w.Amend)+len(w.Retold)+len(w.Resourced)+len(w.Questions)+len(w.Resolved) > 0
}

// hearing plans what a document tells in one clause.
type hearing struct {
	*planner
	*Told
	read   readings
	tells  map[string]bool // ids of the facts that it tells
	before []*record.Fact  // live facts that it has told before
}

// passages plans what the passages tell, until there are too many facts.
func (h *hearing) passages(ctx context.Context) error {
	if h.Document.Silent {
		return nil
	}
	for i := range h.Passages {
		if err := ctx.Err(); err != nil {
			return err
		}
		if len(h.tells) >= MaxDocumentFacts {
			return nil
		}
		passage, read := &h.Passages[i], h.read.of(h.Passages, i)
		if read.text == "" {
			continue
		}
		x, err := h.statements(ctx, passage, read)
		if err != nil {
			return err
		}
		if err := h.reconcile(ctx, passage, read.text, x); err != nil {
			return err
		}
	}
	return nil
}

// proseAt returns the prose of the i-th passage: see prose. A passage that looks like a prompt injection has none.
func proseAt(passages []record.Passage, i int) string {
	p := &passages[i]
	if len(p.Prose) == 0 || len(p.Findings) > 0 {
		return ""
	}
	var before, after *record.Passage
	if i > 0 {
		before = &passages[i-1]
	}
	if i+1 < len(passages) {
		after = &passages[i+1]
	}
	return prose(p, before, after)
}

// prose returns the text of a passage with line breaks in place of all that is no prose, or that the passage before has. A sentence of which the passage
// before or after has a part is left out. "": nothing is left.
func prose(p, before, after *record.Passage) string {
	text := []rune(p.Text)
	out := slices.Repeat([]rune{'\n'}, len(text))
	for _, part := range p.Prose {
		if part.Start >= 0 && part.End <= len(text) {
			copy(out[part.Start:part.End], text[part.Start:part.End])
		}
	}
	if before != nil && goesOn(before, p.Start+p.Prose[0].Start) {
		for at, first := p.Prose[0].Start, p.Prose[0].End; at < min(first, len(out)); at++ {
			ends := sentenceEnd(out[at])
			if out[at] = '\n'; ends {
				break
			}
		}
	}
	if after != nil && len(after.Prose) > 0 && goesOn(p, after.Start+after.Prose[0].Start) {
		last := p.Prose[len(p.Prose)-1]
		for at := min(last.End, len(out)) - 1; at >= last.Start && !sentenceEnd(out[at]); at-- {
			out[at] = '\n'
		}
	}
	if strings.TrimSpace(string(out)) == "" {
		return ""
	}
	return string(out)
}

// goesOn reports whether the last sentence of a passage goes on at a position of the document.
func goesOn(p *record.Passage, at int) bool {
	if len(p.Prose) == 0 {
		return false
	}
	last := p.Prose[len(p.Prose)-1]
	text := []rune(last.Quote(p.Text))
	return len(text) > 0 && at <= p.Start+last.End+1 && !sentenceEnd(text[len(text)-1])
}

func sentenceEnd(r rune) bool { return strings.ContainsRune(".!?…。！？\n", r) }

// statements extracts what a passage states.
func (h *hearing) statements(ctx context.Context, passage *record.Passage, read *passageReading) (record.Extraction, error) {
	if read.done {
		return read.out, nil
	}
	extractor := h.by.Live.Core.Opts.Extractor
	if h.view.Owned() && !extractor.Quick() {
		return record.Extraction{}, errUnprepared // not under the writer's lock
	}
	x, err := extractor.Extract(ctx, writtenInput(read.text, &h.Document))
	if err != nil {
		return x, failReading(ctx, err)
	}
	if err := ctx.Err(); err != nil {
		return x, err // the extraction may be incomplete
	}
	x = h.completedBy(passage.ID, thirdPerson(withinLimits(x)))
	if redactorFor(h.by).on {
		x = withoutPlaceholders(x)
	}
	read.out, read.done = x, true
	return x, nil
}

// writtenInput is the input for an extractor to read a text of a document. It has no names that are known already, so that the same text is read in the
// same way each time, also beside what it told itself.
func writtenInput(text string, d *record.Document) extract.Input {
	return extract.Input{Text: extract.Head(text), Role: record.User, Written: true, At: d.At()}
}

// thirdPerson returns an extraction without what is about the author or the reader of a text, and without what only a speaker can do: to give
// orders, to doubt.
func thirdPerson(x record.Extraction) record.Extraction {
	author := x.Speaker
	x = withoutSpeaker(x, "")
	if author.Name != "" {
		is := func(e record.EntityRef) bool { return sameEntity(e, author) }
		x.Attributes = without(x.Attributes, func(a record.ExtractedAttribute) bool { return is(a.Entity) })
		x.Relations = without(x.Relations, func(r record.ExtractedRelation) bool { return is(r.Subject) || is(r.Object) })
		x.Invalidations = without(x.Invalidations, func(i record.Invalidation) bool { return is(i.Entity) })
	}
	used := map[string]bool{}
	for _, a := range x.Attributes {
		used[a.Entity.Key()] = true
	}
	for _, r := range x.Relations {
		used[r.Subject.Key()], used[r.Object.Key()] = true, true
	}
	x.Entities = without(x.Entities, func(e record.ExtractedEntity) bool { return !used[e.Key()] })
	x.Invalidations = without(x.Invalidations, func(i record.Invalidation) bool { return i.Forget })
	x.Speaker, x.Instructions, x.Uncertainties, x.Doubts = record.EntityRef{}, nil, nil, nil
	return x
}

// reconcile plans what the extraction of a passage changes.
func (h *hearing) reconcile(ctx context.Context, passage *record.Passage, text string, x record.Extraction) error {
	x = h.terms.Apply(x)
	x.Uncertainties = nil // about what the vocabulary refuses
	left := MaxDocumentFacts - len(h.tells)
	x.Attributes = x.Attributes[:min(left, len(x.Attributes))]
	x.Relations = x.Relations[:min(left-len(x.Attributes), len(x.Relations))]
	if len(x.Attributes)+len(x.Relations)+len(x.Invalidations) == 0 {
		return nil
	}
	in := reconcile.Input{
		Scopes: h.scopes, ScopeKey: h.key, Labels: h.Document.Labels, Text: text, Offset: passage.Start,
		Spoken: h.Document.At().UTC(), Observed: h.now, Now: h.now, NewID: h.newID, Single: h.single, Floor: h.floor, First: !h.Again, History: h.history,
		Secondhand: true, Extraction: x, Source: record.Source{Kind: record.FromDocument, Ref: h.Document.ID, Trust: TrustIn(passage)},
	}
	h.loadRelevantFacts(&in)
	plan := reconcile.Make(in)
	forgotten, err := h.forgotten(ctx, plan.Create)
	if err != nil {
		return err
	}
	plan = withoutCreated(plan, forgotten)
	h.consider(in.Live, plan)
	h.addPlan(plan)
	h.retell(plan.Reinforced, h.Document.ID)
	for _, f := range plan.Create {
		h.tells[f.ID] = true
	}
	said := statementsOf(x, in.Accounts)
	again := append(h.stillTold(said), plan.Reinforced...)
	h.moves(again, passage, text, said)
	for _, id := range again {
		h.tells[id] = true
	}
	return nil
}

// stillTold returns the facts that the document has told before and that a passage states. A plan does not name all of them: what it takes for a
// replay it leaves out.
func (h *hearing) stillTold(said statements) (ids []string) {
	if len(said) == 0 {
		return nil
	}
	for _, f := range h.before {
		if _, ok := said[statementOf(f.Entity, f.Key, f.Value)]; ok {
			ids = append(ids, f.ID)
		}
	}
	return ids
}

// moves plans the new places of facts that an earlier version of the document has told as well.
func (h *hearing) moves(ids []string, passage *record.Passage, text string, said statements) {
	for _, id := range ids {
		f, ok := h.view.Fact(id)
		if !ok || f.Source.Ref != h.Document.ID || h.tells[id] { // it counts where it is told first
			continue
		}
		r := store.Resourcing{ID: id, Source: f.Source, Retold: f.Retold}
		r.Source.Span, r.Source.Trust = record.Span{}, TrustIn(passage)
		words, found := said[statementOf(f.Entity, f.Key, f.Value)]
		if r.Quote = words.Quote(text); found && r.Quote != "" {
			r.Source.Span = record.Span{Start: words.Start + passage.Start, End: words.End + passage.Start}
		} else if old := (record.Span{Start: f.Source.Span.Start - passage.Start, End: f.Source.Span.End - passage.Start}); f.Quote != "" && old.Quote(text) == f.Quote {
			continue // it stands where it stood
		}
		if r.Source.Span != f.Source.Span || r.Quote != f.Quote {
			h.write.Resourced = append(h.write.Resourced, r)
		}
	}
}

// statement is what a text says of an entity under a key, and statements are the words that say it.
type (
	statement  struct{ about, key, value string }
	statements map[statement]record.Span
)

func statementOf(about record.EntityRef, key, value string) statement {
	return statement{record.Normalise(about.Name), key, record.Normalise(value)}
}

// statementsOf returns what an extraction states. accounts has the persons whom some names stand for.
func statementsOf(x record.Extraction, accounts map[string]record.EntityRef) statements {
	out := make(statements, len(x.Attributes)+len(x.Relations))
	add := func(about record.EntityRef, key, value string, words record.Span) {
		if is, ok := accounts[about.Key()]; ok {
			about = is
		}
		if s := statementOf(about, key, value); out[s].Empty() {
			out[s] = words
		}
	}
	for _, a := range x.Attributes {
		add(a.Entity, a.Key, a.Value, a.Span)
	}
	for _, r := range x.Relations {
		object := r.Object
		if is, ok := accounts[object.Key()]; ok {
			object = is
		}
		add(r.Subject, r.Label, object.Name, r.Span)
	}
	return out
}

// forgotten returns the ids of those of some new facts that were erased after the same file had told them.
func (h *hearing) forgotten(ctx context.Context, created []record.Fact) (gone map[string]bool, err error) {
	if !h.Again {
		return nil, nil
	}
	var ids []string
	for i := range created {
		ids = append(ids, conclusionTombstones(h.by.Live, &created[i], []string{h.Document.ID})...)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	buried, err := h.by.Live.Rows.Buried(ctx, ids)
	gone = map[string]bool{}
	for i, id := range ids {
		if slices.Contains(buried, id) {
			gone[created[i].ID] = true
		}
	}
	return gone, h.by.Live.Explain(ctx, err)
}

// withoutCreated returns a plan without some of the facts that it creates. Nothing is closed in their favour, and what they replace in the plan itself
// stays replaced: it does not hold now.
func withoutCreated(plan reconcile.Plan, gone map[string]bool) reconcile.Plan {
	if len(gone) == 0 {
		return plan
	}
	plan.Create = without(plan.Create, func(f record.Fact) bool { return gone[f.ID] })
	used := map[string]bool{}
	for i := range plan.Create {
		f := &plan.Create[i]
		f.Supersedes, f.SupersededBy = unless(gone, f.Supersedes), unless(gone, f.SupersededBy)
		used[f.Entity.Key()], used[f.Object.Key()] = true, true
	}
	plan.Entities = without(plan.Entities, func(e record.Entity) bool { return !used[e.Key()] })
	plan.Close = without(plan.Close, func(c reconcile.Closing) bool { return gone[c.SupersededBy] })
	plan.Amend = slices.Clone(plan.Amend)
	for i := range plan.Amend {
		a := &plan.Amend[i]
		a.Supersedes, a.SupersededBy = unless(gone, a.Supersedes), unless(gone, a.SupersededBy)
	}
	plan.Questions = without(plan.Questions, func(q record.OpenQuestion) bool {
		return slices.ContainsFunc(q.Facts, func(id string) bool { return gone[id] })
	})
	return plan
}

// unless returns an id, or "" if it is among some.
func unless(gone map[string]bool, id string) string {
	if gone[id] {
		return ""
	}
	return id
}

// withdraw plans the end of what the document has told before and does not tell any more.
func (h *hearing) withdraw() {
	left := unsupported(h.view, h.Document.ID, h.scopes, func(f *record.Fact) bool { return f.Live() && !h.tells[f.ID] && !h.closed[f.ID] })
	h.write.Resourced = append(h.write.Resourced, left.resourced...)
	if len(left.alone) == 0 {
		return
	}
	plan := reconcile.Plan{Resolved: h.settled(left.alone...)}
	for _, f := range left.alone {
		plan.Close = append(plan.Close, h.planner.edit(NoLonger).Close(f, h.key))
	}
	h.addPlan(plan)
}

// support says what becomes of the facts that a document has told, without it.
type support struct {
	alone     []*record.Fact // that nothing else tells
	resourced []store.Resourcing
}

// unsupported returns what becomes of the chosen facts that a document has told to a scope set, if it does not tell them any more.
func unsupported(view *recall.State, document string, set record.ScopeSet, choose func(*record.Fact) bool) (out support) {
	for _, f := range view.Citing(document).Facts {
		if !f.Scopes.Equal(set) || !choose(f) {
			continue
		}
		others := without(f.Retold, func(id string) bool { return id == document })
		r := store.Resourcing{ID: f.ID, Source: f.Source, Quote: f.Quote, Retold: others}
		switch {
		case f.Source.Ref != document && len(others) == len(f.Retold): // it only names the document
			continue
		case f.Source.Ref == document:
			var ok bool
			if r.Source, ok = another(view, f, others); !ok {
				out.alone = append(out.alone, f)
				continue
			}
			r.Quote, r.Retold = "", without(others, func(id string) bool { return id == r.Source.Ref })
		}
		out.resourced = append(out.resourced, r)
	}
	return out
}

// another returns the first of some sources that still tells a fact.
func another(view *recall.State, f *record.Fact, sources []string) (record.Source, bool) {
	for _, id := range sources {
		if d, ok := view.Document(id); ok && scope.Implies(f.Scopes, d.Scopes) {
			return record.Source{Kind: record.FromDocument, Ref: id, Trust: trustDocument}, true
		}
		if pieces := without(view.Pieces(id), func(c *record.Chunk) bool { return !c.KnownUntil.IsZero() }); len(pieces) > 0 {
			return record.Source{Kind: record.FromTurn, Ref: id, Session: pieces[0].Session, Trust: Trust(pieces[0].Role)}, true
		}
	}
	return record.Source{}, false
}

// Untell stores a write of documents that removes one from some clauses of its scopes, in one transaction. What the document alone has told
// there is erased with it. The event of the write is that of the erasure, of which FinishPurges does the rest. The caller holds the writer's lock.
func Untell(ctx context.Context, by *gate.Call, w store.Write, document string, clauses record.ScopeSet, view *recall.View, at store.Position) (store.Position, error) {
	b := (&forgetting{ForgetRequest: ForgetRequest{Purge: true}, by: by.Everywhere(), begun: by.Live.Core.Opts.Clock()}).bundle(view.Own())
	p := store.Purge{Library: w.Library, Event: w.Events[0], At: by.Now()}
	for _, clause := range clauses {
		set := record.ScopeSet{clause}
		left := unsupported(b.view, document, set, func(*record.Fact) bool { return true })
		p.Resourced = append(p.Resourced, left.resourced...)
		for _, f := range left.alone {
			b.facts[f.ID] = f
		}
		for _, q := range b.view.Citing(document).Questions {
			if q.Scopes.Equal(set) {
				b.questions[q.ID] = q
			}
		}
	}
	if len(p.Resourced)+len(b.facts)+len(b.questions) == 0 {
		return by.Live.ApplyDocuments(ctx, w, at)
	}
	if err := b.conclusions(ctx); err != nil {
		return at, err
	}
	if err := b.doubts(ctx); err != nil {
		return at, err
	}
	b.orphans()
	if err := b.rest(ctx, view); err != nil {
		return at, err
	}
	at, _, err := b.erase(context.WithoutCancel(ctx), view, at, &p)
	return at, err
}
