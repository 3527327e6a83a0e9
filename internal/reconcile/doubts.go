package reconcile

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/record"
)

// valued are the keys for which a doubt is matched by value: people leave, sell, lose or give up such things.
var valued = []string{
	"works_at", "lives_in", "spouse", "partner", "engaged_to", "fiance", "pet", "car", "hobby", "likes", "prefers", "studied_at", "role", "manager",
	"reports_to", "friend", "roommate", "landlord", "therapist", "doctor", "dentist", "diet", "speaks", "allergic_to", "dislikes", "has_condition", "works_with", "manages",
	"favourite_colour", "favourite_food", "favourite_drink", "favourite_film", "favourite_book", "favourite_band", "favourite_song", "favourite_team", "favourite_game", "favourite_show",
	"favourite_singer", "favourite_artist", "favourite_author", "favourite_restaurant", "major", "degree", "plays", "learning", "school", "gym",
}

// maxGram is the maximum number of words of a text that are tried as one value.
const maxGram = 4

// namedIn has the values that a text may name.
type namedIn struct {
	runs   map[string]bool // sequences of its words, normalised
	proper map[string]bool // single capitalised words, except the first word of the text
	known  map[string]bool // single words right after "the": "the hospital", "the Heron"
}

// shortened matches "'s" that stands for "is" or "has". A possessive "'s" does not match.
var shortened = regexp.MustCompile(`['’]s (been|gone|not|no|dead|over|history|left|moved|got|passed|retired|done|finished)\b`)

func valuesIn(text string) namedIn {
	words := strings.Fields(shortened.ReplaceAllString(text, " $1"))
	out := namedIn{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for i := range words {
		for j := i + 1; j <= min(len(words), i+maxGram); j++ {
			if run := record.Normalise(strings.Join(words[i:j], " ")); run != "" {
				out.runs[run] = true
			}
		}
		if first, _ := utf8.DecodeRuneInString(words[i]); i > 0 && unicode.IsUpper(first) {
			out.proper[record.Normalise(words[i])] = true
		}
		if i > 0 && strings.EqualFold(words[i-1], "the") {
			out.known[record.Normalise(words[i])] = true
		}
	}
	return out
}

// names reports whether the text names the value of a fact. For a single-valued key the first word of a name is enough: "the Skoda". So is its
// last word after "the": "the hospital" for "Quillfield Hospital".
func (n namedIn) names(f *record.Fact) bool {
	value := record.Normalise(f.Value)
	if n.runs[value] {
		return true
	}
	first, _, several := strings.Cut(value, "-")
	return several && !f.Many && (n.proper[first] || n.known[value[strings.LastIndexByte(value, '-')+1:]])
}

// wantDoubts adds to w the facts that doubts may concern.
func wantDoubts(w *Wanted, in *Input) {
	if len(in.Extraction.Doubts) == 0 {
		return
	}
	values, kinds := map[string]bool{}, record.EntityTypes()
	for i := range in.Extraction.Doubts {
		d := &in.Extraction.Doubts[i]
		if d.Back {
			w.Recent = in.Recent
			continue
		}
		if !d.Named {
			w.Key(d.Keys...)
		}
		for run := range valuesIn(d.Near).runs {
			values[run], values[strings.ReplaceAll(run, "-", " ")] = true, true
			for _, kind := range kinds {
				values[kind+"/"+run] = true
			}
		}
	}
	keys := slices.Clone(valued)
	for _, d := range in.Extraction.Doubts {
		if d.Named {
			keys = append(keys, d.Keys...)
		}
	}
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		if in.Single != nil && in.Single(record.KindRelation, key) && in.Single(record.KindAttribute, key) {
			w.Key(key) // it has one value
		} else {
			w.share(key, values)
		}
	}
}

// doubts asks about live facts that a statement of a change may concern, unless something else was extracted from the statement.
func (p *planner) doubts() {
	for i := range p.in.Extraction.Doubts {
		d := &p.in.Extraction.Doubts[i]
		named := valuesIn(d.Near)
		for _, ref := range d.Entities {
			entity := p.key(p.canonical(ref))
			for _, e := range p.entered {
				if e.entity == entity && p.holds(e) && p.doubted(d, named, e.fact) && !p.understood(e) && !p.ofAnother(d, e) {
					p.ask(Subject(e.fact), mayHaveChanged+quoted(d.Text), d.Span, p.open(e)...)
				}
			}
		}
	}
}

// understood reports whether the extraction says something about the key of a fact: a value, or the end of a value. For a key with several
// values, only a statement about this value counts.
func (p *planner) understood(e *entry) bool {
	if e.fact.Many {
		return slices.ContainsFunc(p.asserted, func(it *item) bool { return it.family() == e.family() && it.same == e.same() })
	}
	return p.states(e.entity, e.fact.Key) || p.mentions(e.entity, e.fact.Key) && slices.ContainsFunc(p.entered, func(o *entry) bool {
		return o.entity == e.entity && o.fact.Key == e.fact.Key && (o.closed || o.ending)
	})
}

// ofAnother reports whether the words of the change were understood as a statement about another entity: "my brother Jonas lives in Leipzig
// now".
func (p *planner) ofAnother(d *record.Doubt, e *entry) bool {
	return slices.ContainsFunc(p.asserted, func(it *item) bool {
		return it.fact.Key == e.fact.Key && it.entity != e.entity && it.span.Overlaps(d.Words)
	})
}

// mayHaveChanged begins the reason of a question about a statement that was not understood.
const mayHaveChanged = "it may have changed: "

// open returns the entries that the source of this plan can put in doubt. Something that was only said puts no document in doubt.
func (p *planner) open(entries ...*entry) (out []*entry) {
	for _, e := range entries {
		if rank(e.fact.Source.Kind) <= p.rank {
			out = append(out, e)
		}
	}
	return out
}

// holds reports whether an entry is a fact that holds after the plan.
func (p *planner) holds(e *entry) bool { return !e.closed && !e.ending && !e.fact.Past }

// doubted reports whether a doubt concerns a fact: it is about the key, or names the value near the words of the change.
func (p *planner) doubted(d *record.Doubt, named namedIn, f *record.Fact) bool {
	ofKeys := slices.Contains(d.Keys, f.Key)
	switch {
	case d.Back:
		return (ofKeys || len(d.Keys) == 0) && p.recent(f) && (!f.Many || named.names(f) || !p.namesAnother(named, f))
	case d.Named:
		return ofKeys && named.names(f)
	case ofKeys && f.Many && !named.names(f):
		return (d.Sole || !slices.Contains(countless, f.Key)) && p.sole(f)
	case ofKeys:
		return !d.Other || !named.names(f)
	}
	return !d.Other && slices.Contains(valued, f.Key) && named.names(f)
}

// recent reports whether a fact was taken from the previous message.
func (p *planner) recent(f *record.Fact) bool {
	return p.in.Recent != nil && f.Source.Kind == record.FromTurn && p.in.Recent(f.Source.Ref)
}

// namesAnother reports whether a text names another value of the same key: "I gave up pottery" does not concern climbing.
func (p *planner) namesAnother(named namedIn, f *record.Fact) bool {
	return slices.ContainsFunc(p.entered, func(o *entry) bool {
		return o.fact != f && o.entity == f.Entity.Key() && o.fact.Key == f.Key && named.names(o.fact)
	})
}

// countless are keys of which people have many values. A statement concerns one of them only if it names it.
var countless = []string{"likes", "dislikes", "prefers", "hobby", "loves", "enjoys"}

// sole reports whether a fact is the only one of its key that holds.
func (p *planner) sole(f *record.Fact) bool {
	return !slices.ContainsFunc(p.entered, func(o *entry) bool {
		return o.fact != f && o.entity == f.Entity.Key() && o.fact.Key == f.Key && p.holds(o)
	})
}

// concerned returns the facts of a single-valued key that hold after the plan. A key with several values gives none: another value changes
// nothing about them.
func (p *planner) concerned(ref record.EntityRef, key string) (out []*entry) {
	entity := p.key(ref)
	for _, kind := range []record.Kind{record.KindAttribute, record.KindRelation} {
		for _, e := range p.members(family{kind, entity, key}) {
			if p.holds(e) && !e.fact.Many {
				out = append(out, e)
			}
		}
	}
	return out
}

// carryDoubts carries the questions about facts over to another entity, together with the facts.
func (p *planner) carryDoubts() {
	carried := map[string]*entry{}
	for _, e := range p.entries {
		if e.carried() {
			carried[e.stored.ID] = e
		}
	}
	for _, e := range p.entries {
		if !e.carried() {
			continue
		}
		for _, q := range p.in.questions(record.Normalise(Subject(e.stored))) {
			if q.Resolved || !q.Scopes.Equal(p.in.Scopes) || !slices.Contains(q.Facts, e.stored.ID) || slices.Contains(p.plan.Resolved, q.ID) {
				continue
			}
			p.plan.Resolved = append(p.plan.Resolved, q.ID)
			facts := slices.Clone(q.Facts)
			for i, id := range facts {
				if now := carried[id]; now != nil {
					facts[i] = now.fact.ID
				}
			}
			q.ID, q.About, q.Facts = p.in.NewID("uncertainty"), Subject(e.fact), facts
			p.plan.Questions = append(p.plan.Questions, q)
		}
	}
}
