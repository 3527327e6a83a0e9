package ingest

import (
	"context"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// maxNamed limits the values that a question about a request to forget names.
const maxNamed = 5

// forget reads the requests of a message that something be forgotten: "Please forget that Tom is allergic to nuts." What it names, in the scopes
// of the write, ends with the write, as if the speaker had said that it no longer holds. If several things fit, a question asks which is
// meant. The words of a request state nothing themselves. A message that looks like a prompt injection requests nothing.
func (p *planner) forget(in *reconcile.Input, msg message, who *speaker) {
	for _, r := range extract.Forgettings(msg.text, msg.role) {
		x := &in.Extraction
		if r.What == "" || len(msg.found) > 0 {
			x.Invalidations = without(x.Invalidations, func(i record.Invalidation) bool { return i.Span.Overlaps(r.Span) })
			continue
		}
		x.Invalidations = slices.Clone(x.Invalidations)
		for i := range x.Invalidations {
			x.Invalidations[i].Forget = x.Invalidations[i].Forget || x.Invalidations[i].Span.Overlaps(r.Span)
		}
		said := without(x.Invalidations, func(i record.Invalidation) bool { return i.Value == "" || !i.Span.Overlaps(r.Span) })
		*x = withoutStatements(*x, r.Span)
		if len(said) > 0 {
			continue // the rules have understood the statement
		}
		found := p.view.Sense(r.What, p.told(msg, who))
		if len(found.Facts)+len(found.Orders) == 0 {
			found.Facts = p.endingAll(x.Invalidations, r.Span)
			found.Unclear = true
			if len(found.Facts) < 2 {
				continue
			}
		}
		x.Invalidations = without(x.Invalidations, func(i record.Invalidation) bool { return i.Value == "" && i.Span.Overlaps(r.Span) })
		if found.Unclear {
			x.Uncertainties = append(slices.Clone(x.Uncertainties), record.Uncertainty{
				About: "Forget: " + shortened(r.What), Reason: "it may mean " + strings.Join(named(found), " or "), Span: r.Span,
			})
			continue
		}
		for _, f := range found.Facts {
			x.Invalidations = append(x.Invalidations, record.Invalidation{Entity: f.Entity, Key: f.Key, Value: f.Value, Span: r.Span, Forget: true})
		}
		for _, i := range found.Orders {
			in.Revoked = append(in.Revoked, reconcile.Revoked{Instruction: *i, By: r.Span})
		}
	}
}

// withoutStatements returns an extraction without what it took from some words, except for endings.
func withoutStatements(x record.Extraction, words record.Span) record.Extraction {
	x.Attributes = without(x.Attributes, func(a record.ExtractedAttribute) bool { return a.Span.Overlaps(words) })
	x.Relations = without(x.Relations, func(r record.ExtractedRelation) bool { return r.Span.Overlaps(words) })
	x.Instructions = without(x.Instructions, func(i record.ExtractedInstruction) bool { return i.Span.Overlaps(words) })
	x.Doubts = without(x.Doubts, func(d record.Doubt) bool { return d.Span.Overlaps(words) })
	x.Uncertainties = without(x.Uncertainties, func(u record.Uncertainty) bool { return u.Key != "" && u.Span.Overlaps(words) })
	return x
}

// told returns what a description in a message may mean: the facts and instructions of the scopes of the write.
func (p *planner) told(msg message, who *speaker) recall.Around {
	told := recall.Around{Speaker: who.ref(), Now: msg.spoken}
	if told.Speaker.Name == "" && who.unclear == "" {
		told.Speaker = record.UserEntity
	}
	var persons []record.EntityRef
	for _, e := range p.vocabulary(msg.text).Entities {
		if record.EntityType(e.Type) == record.TypePerson {
			persons = append(persons, e)
		}
	}
	told.Named = func(name string) (itself, first []record.EntityRef) {
		for _, e := range p.namesakes(name) {
			if e.EntityRef != record.UserEntity {
				itself = append(itself, e.EntityRef)
			}
		}
		for _, e := range persons {
			if record.FirstWord(e.Name) == name {
				first = append(first, e)
			}
		}
		return itself, first
	}
	told.About = func(entities []record.EntityRef) []*record.Fact {
		var keys []string
		for _, e := range entities {
			keys = append(keys, e.Key())
		}
		return p.facts(keys, keys, nil)
	}
	told.Orders = func() []*record.Instruction {
		out := slices.DeleteFunc(p.view.ActiveOrders(p.scopes), func(i *record.Instruction) bool { return p.closed[i.ID] })
		for i := range p.write.Instructions {
			if own := &p.write.Instructions[i]; own.Active && own.Scopes.Equal(p.scopes) {
				out = append(out, own)
			}
		}
		return out
	}
	return told
}

// endingAll returns the live facts that endings in some words would close, if the endings do not say which value they mean.
func (p *planner) endingAll(ends []record.Invalidation, words record.Span) (out []*record.Fact) {
	for _, i := range ends {
		if i.Value != "" || !i.Span.Overlaps(words) {
			continue
		}
		of := &reconcile.Wanted{}
		of.Key(i.Key)
		for _, f := range p.facts([]string{i.Entity.Key()}, nil, of) {
			if !f.Past {
				out = append(out, f)
			}
		}
	}
	return out
}

// named returns the facts and instructions that a request may mean, in words.
func named(found recall.Sense) (out []string) {
	for _, f := range found.Facts {
		out = append(out, quotedText(f.Text()))
	}
	for _, i := range found.Orders {
		out = append(out, quotedText(i.Description))
	}
	if len(out) > maxNamed {
		out = append(out[:maxNamed], "something else")
	}
	return out
}

func quotedText(s string) string { return `"` + shortened(s) + `"` }

// hideReplies adds the replies to a write that a model has written from what the write forgets, or from the words that told it. They end as
// they do with Forget: nothing supports them any more, whatever their scopes. The caller holds the writer's lock.
func hideReplies(ctx context.Context, c *live.Context, view *recall.View, w *store.Write) error {
	if len(w.Forgotten) == 0 {
		return nil
	}
	state := view.Own()
	seeds := slices.Clone(w.Forgotten)
	told := func(s record.Source, retold []string) {
		for _, turn := range append([]string{s.Ref}, retold...) {
			for _, piece := range state.Pieces(turn) {
				if turn != s.Ref || tells(piece, s) {
					seeds = append(seeds, turn, piece.ID)
				}
			}
		}
	}
	for _, id := range w.Forgotten {
		if f, ok := state.Fact(id); ok {
			told(f.Source, f.Retold)
		} else if i, ok := state.Instruction(id); ok {
			told(i.Source, nil)
		}
	}
	slices.Sort(seeds)
	resting, err := c.Resting(ctx, view, slices.Compact(seeds))
	if err != nil {
		return err
	}
	now := c.Now()
	for _, id := range resting {
		if piece := state.Chunk(id); piece != nil && piece.KnownUntil.IsZero() {
			w.Hidden = append(w.Hidden, store.Hiding{ID: id, Until: later(now, piece.KnownFrom)})
			w.Tombstones = append(w.Tombstones, tombstoneOf(c, piece.Scopes, piece.Role, piece.SpokenAt, piece.Text))
		}
	}
	slices.Sort(w.Tombstones)
	if w.Tombstones = slices.Compact(w.Tombstones); len(w.Tombstones) > manyTombstones {
		err = c.Rows.Bury(ctx, w.Tombstones)
		w.Tombstones = nil
	}
	return err
}
