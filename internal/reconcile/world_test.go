package reconcile_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
)

var day0 = time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)

func day(n float64) time.Time { return day0.Add(time.Duration(n * 24 * float64(time.Hour))) }

// single reports which keys of the tests hold one value.
func single(_ record.Kind, key string) bool {
	return key == "lives_in" || key == "works_at" || key == "role" || key == "age"
}

// world is a store in memory. Plans are made from it and applied to it.
type world struct {
	facts     []record.Fact
	orders    []record.Instruction
	questions []record.OpenQuestion
	entities  map[string]record.Entity
	ids       int
	seq       int64
}

func newWorld() *world { return &world{entities: map[string]record.Entity{}} }

// step is one write.
type step struct {
	day     float64
	spoken  float64 // if it differs from day
	x       record.Extraction
	text    string
	kind    record.SourceKind
	ref     string
	speaker string
	account bool     // the caller named the speaker
	others  []string // the other speakers of the session
	scope   string
	first   bool // nothing was read from its source before
	// secondhand says that nobody speaks about himself in the step.
	secondhand bool
}

func scopes(s string) record.ScopeSet {
	if s == "" {
		s = "a"
	}
	return record.ScopeSet{{s}}
}

func (w *world) input(s step) reconcile.Input {
	in := reconcile.Input{
		Extraction: s.x, Entities: map[string]record.Entity{},
		Source: record.Source{Kind: s.kind, Ref: s.ref, Session: "session:1", Trust: 1},
		Text:   s.text, Scopes: scopes(s.scope), ScopeKey: scopes(s.scope)[0][0], Labels: []string{"label"},
		Spoken: day(s.day), Observed: day(s.day), Now: day(s.day).Add(time.Hour), Single: single,
	}
	orders, questions := slices.Clone(w.orders), slices.Clone(w.questions)
	in.Instructions = func(deed string) []record.Instruction {
		return slices.DeleteFunc(slices.Clone(orders), func(i record.Instruction) bool { return record.Deed(i.Description) != deed })
	}
	in.Questions = func(about string) []record.OpenQuestion {
		return slices.DeleteFunc(slices.Clone(questions), func(q record.OpenQuestion) bool { return record.Normalise(q.About) != about })
	}
	if in.Source.Kind == "" {
		in.Source.Kind = record.FromTurn
	}
	if s.spoken != 0 {
		in.Spoken = day(s.spoken)
	}
	if s.speaker != "" {
		in.Speaker, in.Attributed = person(s.speaker), s.account
	}
	for _, name := range s.others {
		in.Others = append(in.Others, person(name))
	}
	in.Accounts = w.accounts(in.Scopes)
	for _, e := range w.entities {
		if e.Scopes.Equal(in.Scopes) {
			in.Entities[e.Key()] = e
		}
	}
	for _, f := range w.facts {
		if f.Live() {
			in.Live = append(in.Live, f)
		}
	}
	in.First, in.Secondhand = s.first, s.secondhand
	in.History = func(kind record.Kind, entity, key string) []*record.Fact {
		var out []*record.Fact
		for _, f := range w.facts {
			if !f.Live() && f.Kind == kind && f.Key == key && f.Entity.Key() == entity && f.Scopes.Equal(in.Scopes) {
				out = append(out, &f)
			}
		}
		slices.SortFunc(out, record.CompareInTime)
		return out
	}
	ids := w.ids
	appearances := len(w.entities) // appearances have numbers of their own, because the tests name the other ids
	in.NewID = func(table string) string {
		if table == "appearance" {
			appearances++
			return fmt.Sprintf("%s:%d", table, appearances)
		}
		ids++
		return fmt.Sprintf("%s:%d", table, ids)
	}
	return in
}

// accounts returns the persons that names stand for in a scope set. It leaves out names about which something else is known.
func (w *world) accounts(set record.ScopeSet) map[string]record.EntityRef {
	out, others := map[string]record.EntityRef{}, map[string]int{}
	for _, f := range w.facts {
		switch join := f.Key == record.Account; {
		case !f.Scopes.Equal(set):
		case !join:
			others[f.Entity.Key()] += 2
		case f.Live():
			out[f.Entity.Key()] = f.Object
			others[f.Entity.Key()]++
			others[f.Object.Key()] += 2
		}
	}
	maps.DeleteFunc(out, func(key string, _ record.EntityRef) bool { return others[key] > 1 })
	return out
}

// write plans and applies a step.
func (w *world) write(s step) (reconcile.Plan, error) {
	in := w.input(s)
	p := reconcile.Make(in)
	return p, w.apply(p, in.ScopeKey)
}

// apply does what the store does: it checks the preconditions of the closings, applies them, and then creates facts. No slot is filled
// twice.
func (w *world) apply(p reconcile.Plan, scopeKey string) error {
	w.ids += len(p.Create) + len(p.Questions) + len(p.Instructions)
	amended := map[string]bool{}
	for _, a := range p.Amend {
		i := slices.IndexFunc(w.facts, func(f record.Fact) bool { return f.ID == a.ID })
		if i < 0 || amended[a.ID] {
			return fmt.Errorf("amend %s: no such fact, or twice", a.ID)
		}
		amended[a.ID] = true
		w.seq++
		a.Seq = w.seq
		a.Amend(&w.facts[i])
	}
	closed := map[string]bool{}
	for _, c := range p.Close {
		i := slices.IndexFunc(w.facts, func(f record.Fact) bool { return f.ID == c.ID })
		switch {
		case i < 0:
			return fmt.Errorf("close %s: no such fact", c.ID)
		case closed[c.ID] || !w.facts[i].Live():
			return fmt.Errorf("close %s: closed already", c.ID)
		case w.facts[i].Slot(scopeKey) != c.Slot:
			return fmt.Errorf("close %s: another slot", c.ID)
		case c.KnownUntil.IsZero() || c.RetiredAt.IsZero():
			return fmt.Errorf("close %s: without times", c.ID)
		}
		closed[c.ID] = true
		c.Close(&w.facts[i])
	}
	for _, id := range p.Reinforced {
		live := func(f record.Fact) bool { return f.ID == id && (f.Live() || closed[id]) }
		if !slices.ContainsFunc(w.facts, live) && !slices.ContainsFunc(w.orders, func(i record.Instruction) bool { return i.ID == id }) {
			return fmt.Errorf("reinforce %s: not live", id)
		}
	}
	for _, f := range p.Create {
		if f.Live() {
			f.ToldUntil = f.Valid.Until
		}
		w.seq++
		f.Seq = w.seq
		w.facts = append(w.facts, f)
	}
	for _, e := range p.Entities {
		for _, old := range w.entities {
			if old.ID == e.ID || old.Key() == e.Key() && old.Scopes.Equal(e.Scopes) {
				return fmt.Errorf("entity %s: exists", e.Key())
			}
		}
		w.entities[e.ID] = e
	}
	for _, e := range p.Raised {
		if old, ok := w.entities[e.ID]; !ok || old.Key() != e.Key() || !old.Scopes.Equal(e.Scopes) {
			return fmt.Errorf("raise %s: does not exist", e.Key())
		}
		w.entities[e.ID] = e
	}
	for _, c := range p.CloseInstructions {
		i := slices.IndexFunc(w.orders, func(o record.Instruction) bool { return o.ID == c.ID && o.Active })
		if i < 0 || w.orders[i].Slot(scopeKey) != c.Slot {
			return fmt.Errorf("close %s: not active in its slot", c.ID)
		}
		w.orders[i].Active, w.orders[i].RetiredAt, w.orders[i].Known.Until = false, c.RetiredAt, c.KnownUntil
	}
	w.orders = append(w.orders, p.Instructions...)
	w.questions = append(w.questions, p.Questions...)
	for _, id := range p.Resolved {
		i := slices.IndexFunc(w.questions, func(q record.OpenQuestion) bool { return q.ID == id })
		if i < 0 || w.questions[i].Resolved {
			return fmt.Errorf("resolve %s: not open", id)
		}
		w.questions[i].Resolved = true
	}
	return w.check()
}

// check tests the invariants of every state.
func (w *world) check() error {
	slots, ids := map[string]string{}, map[string]*record.Fact{}
	for i := range w.facts {
		f := &w.facts[i]
		if ids[f.ID] != nil || f.ID == "" {
			return fmt.Errorf("%s: id twice or empty", f.ID)
		}
		ids[f.ID] = f
		for _, ref := range []record.EntityRef{f.Entity, f.Object} {
			appears := slices.ContainsFunc(slices.Collect(maps.Values(w.entities)), func(e record.Entity) bool {
				return e.Key() == ref.Key() && e.Scopes.Equal(f.Scopes)
			})
			if !appears && ref.Name != "" {
				return fmt.Errorf("%s: entity %s does not exist", f.ID, ref.Key())
			}
		}
		if !f.Live() {
			continue
		}
		slot := f.Slot(f.Scopes[0][0])
		if slots[slot] != "" {
			return fmt.Errorf("%s and %s fill one slot", slots[slot], f.ID)
		}
		slots[slot] = f.ID
	}
	for i := range w.facts {
		f := &w.facts[i]
		if f.Live() != f.Known.Until.IsZero() {
			return fmt.Errorf("%s: retired %v, known until %v", f.ID, f.RetiredAt, f.Known.Until)
		}
		if f.Known.From.IsZero() || !f.Known.Until.IsZero() && f.Known.Until.Before(f.Known.From) {
			return fmt.Errorf("%s: known %v", f.ID, f.Known)
		}
		if !f.Valid.Until.IsZero() && f.Valid.Until.Before(f.Valid.From) {
			return fmt.Errorf("%s: valid %v", f.ID, f.Valid)
		}
		if old := f.Supersedes; old != "" {
			o := ids[old]
			if o == nil || o.Live() || o.SupersededBy != f.ID {
				return fmt.Errorf("%s supersedes %s wrongly", f.ID, old)
			}
		}
		seen := map[string]bool{}
		for at := f; at.SupersededBy != ""; at = ids[at.SupersededBy] {
			if at.Live() || seen[at.ID] || ids[at.SupersededBy] == nil {
				return fmt.Errorf("%s: the chain from %s is broken", at.ID, f.ID)
			}
			if !at.Scopes.Equal(ids[at.SupersededBy].Scopes) {
				return fmt.Errorf("%s: its successor is in another scope set", at.ID)
			}
			seen[at.ID] = true
		}
	}
	if err := w.oneAtATime(); err != nil {
		return err
	}
	for _, q := range w.questions { // the facts of a question exist, and the question ends with them
		for _, id := range q.Facts {
			f := ids[id]
			if f == nil || !f.Scopes.Equal(q.Scopes) {
				return fmt.Errorf("%s doubts %s, which is not in its scope set", q.ID, id)
			}
		}
	}
	active := map[string]bool{}
	for i := range w.orders {
		o := &w.orders[i]
		if slot := o.Slot(o.Scopes[0][0]); o.Active && active[slot] {
			return fmt.Errorf("%s fills a slot twice", o.ID)
		} else if o.Active {
			active[slot] = true
		}
	}
	return nil
}

// oneAtATime tests the invariant of the timelines.
func (w *world) oneAtATime() error {
	overlap := func(a, b record.Interval) bool {
		nothing := func(i record.Interval) bool { return !i.Until.IsZero() && !i.From.Before(i.Until) && !i.From.IsZero() }
		return !nothing(a) && !nothing(b) && (a.Until.IsZero() || b.From.Before(a.Until)) && (b.Until.IsZero() || a.From.Before(b.Until))
	}
	for i := range w.facts {
		f := &w.facts[i]
		if f.Many || f.Past || !single(f.Kind, f.Key) {
			continue
		}
		for j := range w.facts[:i] {
			o := &w.facts[j]
			if o.Many || o.Past || o.Kind != f.Kind || o.Key != f.Key || o.Entity.Key() != f.Entity.Key() || !o.Scopes.Equal(f.Scopes) {
				continue
			}
			if !o.Yielded && !f.Yielded && overlap(o.Valid, f.Valid) {
				return fmt.Errorf("%s and %s hold at one time", o.ID, f.ID)
			}
			if overlap(o.Known, f.Known) {
				return fmt.Errorf("%s and %s are believed at one time", o.ID, f.ID)
			}
		}
	}
	return nil
}

// render returns the facts in the order of creation, with their values, flags and successors.
func (w *world) render() []string {
	var out []string
	for i := range w.facts {
		out = append(out, renderFact(&w.facts[i]))
	}
	return out
}

func renderFact(f *record.Fact) string {
	var b strings.Builder
	_, id, _ := strings.Cut(f.ID, ":")
	fmt.Fprintf(&b, "%s %s %s %s", id, f.Entity.Name, f.Key, f.Value)
	if f.Many {
		b.WriteString(" many")
	}
	if f.Past {
		b.WriteString(" past")
	}
	if f.Beside {
		b.WriteString(" beside")
	}
	b.WriteString(interval(" valid", f.Valid))
	if !f.Live() {
		b.WriteString(interval(" known", f.Known))
	}
	if _, next, ok := strings.Cut(f.SupersededBy, ":"); ok {
		b.WriteString(" by " + next)
	}
	if _, old, ok := strings.Cut(f.Supersedes, ":"); ok {
		b.WriteString(" for " + old)
	}
	return b.String()
}

func interval(what string, i record.Interval) string {
	if i == (record.Interval{}) {
		return ""
	}
	n := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return fmt.Sprint(t.Sub(day0).Hours() / 24)
	}
	return what + " " + n(i.From) + "-" + n(i.Until)
}

func renderQuestions(qs []record.OpenQuestion) []string {
	var out []string
	for _, q := range qs {
		out = append(out, q.About+" | "+q.Reason)
	}
	return out
}

func person(name string) record.EntityRef {
	return record.EntityRef{Type: record.TypePerson, Name: name}
}

// ref reads "name" as a person, "type/name" as written.
func ref(s string) record.EntityRef {
	if kind, name, ok := strings.Cut(s, "/"); ok {
		return record.EntityRef{Type: kind, Name: name}
	}
	return person(s)
}

// said parses statements, one a line:
//
//	user lives_in @location/Rome 0.9 from 3 until 4 at 10-14 as context
//	user age 34
//	-user works_at Acme on 3
//	! always answer in German
//	? Anna
//	I am Alice
//	see location/Rome 0.6
func said(lines ...string) record.Extraction {
	var x record.Extraction
	for n, line := range lines {
		w := strings.Fields(line)
		beside := false
		conf, span, valid, category, at := 0.9, record.Span{Start: n, End: n + 1}, record.Interval{}, record.Category(""), time.Time{}
		rest := func(i int) []string {
			for ; i < len(w); i++ {
				var f float64
				switch w[i] {
				case "from":
					i++
					fmt.Sscan(w[i], &f)
					valid.From = day(f)
				case "until":
					i++
					fmt.Sscan(w[i], &f)
					valid.Until = day(f)
				case "on":
					i++
					fmt.Sscan(w[i], &f)
					at = day(f)
				case "at":
					i++
					fmt.Sscanf(w[i], "%d-%d", &span.Start, &span.End)
				case "beside":
					beside = true
				case "as":
					i++
					category = record.Category(w[i])
				default:
					fmt.Sscan(w[i], &conf)
				}
			}
			return w
		}
		switch {
		case strings.HasPrefix(line, "I am "):
			x.Speaker = person(strings.TrimPrefix(line, "I am "))
		case w[0] == "see":
			rest(2)
			x.Entities = append(x.Entities, record.ExtractedEntity{EntityRef: ref(name(w[1])), Category: category, Confidence: conf, Span: span})
		case w[0] == "!":
			x.Instructions = append(x.Instructions, record.ExtractedInstruction{Label: w[1], Description: strings.Join(w[1:], " "), Confidence: conf, Span: span})
		case w[0] == "?":
			x.Uncertainties = append(x.Uncertainties, record.Uncertainty{About: w[1], Reason: "unclear", Span: span})
		case w[0] == "half", w[0] == "vague": // "vague" names no change
			x.Uncertainties = append(x.Uncertainties, record.Uncertainty{About: w[3], Reason: "unclear", Span: span, Entity: ref(name(w[1])), Key: w[2], Changes: w[0] == "half"})
		case w[0] == "doubt": // then the entity, a key or "none", and the words of the change
			d := record.Doubt{Entities: []record.EntityRef{ref(name(w[1]))}, Near: strings.Join(w[3:], " "), Text: line, Span: span}
			if w[2] != "none" {
				d.Keys = []string{w[2]}
			}
			x.Doubts = append(x.Doubts, d)
		case strings.HasPrefix(w[0], "-"):
			value := ""
			if len(w) > 2 && w[2] != "on" {
				value = name(w[2])
				rest(3)
			} else {
				rest(2)
			}
			x.Invalidations = append(x.Invalidations, record.Invalidation{Entity: ref(name(w[0][1:])), Key: w[1], Value: value, At: at, Span: span})
		case strings.HasPrefix(w[2], "@"):
			rest(3)
			x.Relations = append(x.Relations, record.ExtractedRelation{
				Subject: ref(name(w[0])), Label: w[1], Object: ref(name(w[2][1:])), Category: category, Confidence: conf, Span: span, Valid: valid, Beside: beside,
			})
		default:
			rest(3)
			x.Attributes = append(x.Attributes, record.ExtractedAttribute{
				Entity: ref(name(w[0])), Key: w[1], Value: name(w[2]), Category: category, Confidence: conf, Span: span, Valid: valid, Beside: beside,
			})
		}
	}
	return x
}

// name replaces the underscores of a name by spaces, which a line cannot hold.
func name(s string) string { return strings.ReplaceAll(s, "_", " ") }
