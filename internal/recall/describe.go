package recall

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// DescribeQuery is a description of what a caller wants to forget, in the caller's words.
type DescribeQuery struct {
	Text string
	// Filter limits what may be meant: to what the caller may see, and by its other conditions. With Closed, closed facts may be meant too.
	Filter index.Filter
	// Speaker and Subject say who "I" is, as in Query.
	Speaker, Subject string
	// Reads reports, by scope set, which sessions and turns the caller may know; nil: all.
	Reads func(record.ScopeSet) bool
	Now   time.Time
}

// Described has the facts, instructions and turns that a description means.
type Described struct {
	Meant []Hit
	// Possible are those that the description may mean: several fit and it does not say which, or only some of its words fit. At most
	// maxPossible: a description that fits more means nothing.
	Possible []Hit
}

// maxPossible is how many rows a description may fit in part. If it fits more, it says too little.
const maxPossible = 10

// maxDescription limits the words of a topic.
const maxDescription = 24

// Describe finds what a description means, among what the caller may see. A row of somebody or something else is never meant: another person's
// fact, another value of the same key, a text that only shares words. A description that names nothing, or that fits everything, means nothing.
func (v *View) Describe(ctx context.Context, d DescribeQuery) (out Described, err error) {
	said := describes(d.Text)
	if said.empty() {
		return out, ctx.Err()
	}
	q := Query{Text: said.topic, Filter: d.Filter, Speaker: d.Speaker, Subject: d.Subject, Reads: d.Reads, Now: d.Now}
	q.wording = v.wordingOf(&q)
	if len(q.lower) > maxDescription {
		return out, ctx.Err()
	}
	err = v.reading(ctx, &q, func() (err error) {
		q.selves = v.selvesOf(q)
		out, err = v.described(&q, said)
		return err
	})
	return out, err
}

// described is Describe while the view is locked.
func (v *View) described(q *Query, said description) (out Described, err error) {
	found := v.sphere(q, &err).sense(said, &q.wording)
	if found.unclear || err != nil {
		return out, err
	}
	turns, maybe := v.telling(q, said, &found)
	out.Meant = v.rows(q, found.facts, found.orders, turns)
	out.Possible = v.rows(q, found.maybe, found.maybeOrders, maybe)
	if len(out.Possible) > maxPossible {
		out.Possible = nil
	}
	return out, nil
}

// sphere returns what the caller of a question may describe. It sets err if a search fails.
func (v *View) sphere(q *Query, err *error) *sphere {
	// Conditions other than visibility apply to what is meant, not to the names and relations that lead to it.
	seen := index.Filter{Visible: q.Filter.Visible, Within: q.Filter.Within, Lens: q.Filter.Lens}
	by := Query{Filter: seen, Now: q.Now, by: q.by}
	return &sphere{
		selves: q.selves, now: q.Now,
		named: func(name []byte) (itself, first []record.EntityRef) {
			itself, _ = v.bearers(&by, name)
			return itself, v.namesakes(&by, name)
		},
		about: func(entities []record.EntityRef) []*record.Fact {
			keys := keysOf(entities)
			return v.known.about(q.by, keys, keys, nil, func(f *record.Fact) bool { return fits(f, seen) })
		},
		readable: func(f *record.Fact) bool { return readable(f, q.Filter) },
		sharing: func(text string) []*record.Fact {
			found, failed := v.sharing(q, text)
			*err = cmp.Or(*err, failed)
			return found
		},
		orders: func() []*record.Instruction { return v.ordersIn(q) },
		animal: v.isAnimal,
		told:   func(words string) bool { return len(v.turnsWith(q, seen, words)) > 0 },
	}
}

// sharing returns the visible facts that share the most words with a text.
func (v *View) sharing(q *Query, text string) (out []*record.Fact, err error) {
	f := q.Filter
	f.Kinds = []record.Kind{record.KindAttribute, record.KindRelation}
	hits, err := v.index.Search(index.Query{Text: text, Mode: index.Lexical, K: index.MaxK, Filter: f, IncludeDuplicates: true, All: true, Whole: true})
	if err != nil {
		return nil, err
	}
	for _, h := range hits {
		if fact := v.known.facts[h.ID]; fact != nil {
			out = append(out, fact)
		}
	}
	return out, nil
}

// ordersIn returns the active instructions that a question may find.
func (v *View) ordersIn(q *Query) (out []*record.Instruction) {
	f := q.Filter
	if len(f.Kinds) > 0 && !slices.Contains(f.Kinds, record.KindInstruction) || f.Category != "" && f.Category != record.Identity {
		return nil
	}
	for i := range v.known.ordered.before(q.by.reach, nil) {
		if i.Active && (f.Session == "" || f.Session == i.Source.Session) && (f.ExcludeSession == "" || f.ExcludeSession != i.Source.Session) &&
			(f.Source == "" || f.Source == i.Source.Kind) && !slices.Contains(f.ExcludeIDs, i.ID) && labelled(i.Labels, f.Labels) {
			out = append(out, i)
		}
	}
	return out
}

// labelled reports whether a row has all of some labels.
func labelled(has, wanted []string) bool {
	return !slices.ContainsFunc(wanted, func(l string) bool { return !slices.Contains(has, l) })
}

// rows returns facts, instructions and chunks as hits, in the order of their ids.
func (v *View) rows(q *Query, facts []*record.Fact, orders []*record.Instruction, chunks []*record.Chunk) (out []Hit) {
	for _, f := range facts {
		h := factHit(f, 1)
		v.origin(&h)
		out = append(out, h)
	}
	for _, i := range orders {
		h := Hit{ID: i.ID, Kind: record.KindInstruction, Text: i.Description, Score: 1, Relevance: 1, Instruction: i}
		v.origin(&h)
		out = append(out, h)
	}
	for _, c := range chunks {
		h := chunkHit(c, 1)
		h.Partial = len(v.said.chunksOfTurn(c.Turn)) > 1
		out = append(out, h)
	}
	slices.SortFunc(out, func(a, b Hit) int { return strings.Compare(a.ID, b.ID) })
	out = slices.CompactFunc(out, func(a, b Hit) bool { return a.ID == b.ID })
	v.veil(q, out)
	return out
}
