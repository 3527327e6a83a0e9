package reconcile_test

import (
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// randomStep makes a write from small alphabets, so that histories collide.
func randomStep(r *rand.Rand, n int) step {
	pick := func(s ...string) string { return s[r.Intn(len(s))] }
	entity := func() string {
		return pick("user", "user", "Alice", "Alice_Berg", "Bob", "organisation/Acme", "unknown/Acme")
	}
	var lines []string
	for range 1 + r.Intn(4) {
		span := r.Intn(8)
		tail := fmt.Sprintf(" %s at %d-%d", pick("0.5", "0.7", "0.75", "0.8", "0.9", "0.95"), span, span+1)
		if r.Intn(4) == 0 {
			tail += fmt.Sprintf(" from %d", r.Intn(8))
		}
		if r.Intn(5) == 0 {
			tail += fmt.Sprintf(" until %d", 8+r.Intn(8))
		}
		if r.Intn(6) == 0 {
			tail += " as " + pick("context", "identity", "knowledge")
		}
		if r.Intn(8) == 0 {
			tail += " beside"
		}
		switch r.Intn(11) {
		case 0, 1:
			lines = append(lines, entity()+" "+pick("role", "age", "hobby")+" "+pick("x", "y", "z")+tail)
		case 2, 3, 4:
			lines = append(lines, entity()+" "+pick("lives_in", "works_at", "likes")+" @"+
				pick("unknown/Acme", "organisation/Acme", "location/Rome", "location/Italy", "location/Lazio", "user", "Alice", "Bob")+tail)
		case 5:
			on := ""
			if r.Intn(2) == 0 {
				on = fmt.Sprintf(" on %d", r.Intn(12))
			}
			lines = append(lines, "-"+entity()+" "+pick("role", "lives_in", "works_at", "likes", "name")+" "+pick("x", "Acme", "Rome", "Alice", "")+on)
		case 6:
			lines = append(lines, "I am "+pick("Alice", "Alice Berg", "Bob"))
		case 8:
			lines = append(lines, "half "+entity()+" "+pick("role", "lives_in", "likes")+" "+pick("said", "told"))
		case 9:
			lines = append(lines, "doubt "+entity()+" "+pick("role", "works_at", "age", "none")+" left "+pick("Acme", "Rome", "x", "Bob"))
		case 7:
			lines = append(lines, "! "+pick("always", "never", "please")+" "+pick("bow", "sing", "answer in French", "answer in English", "be brief"))
		default:
			lines = append(lines, "see "+entity()+tail)
		}
	}
	s := step{
		day: float64(n) / 2, x: said(lines...), text: "abcdefghij", ref: fmt.Sprintf("turn:%d", n),
		kind:  []record.SourceKind{record.FromTurn, record.FromTurn, record.FromTurn, record.FromDocument, record.FromUpsert}[r.Intn(5)],
		scope: pick("a", "a", "b"), speaker: pick("", "", "user", "Alice", "Bob"),
	}
	s.account = s.speaker != "" && r.Intn(2) == 0
	s.secondhand = s.speaker == "" && r.Intn(4) == 0
	if r.Intn(3) == 0 {
		s.others = []string{pick("Alice", "Bob", "Alice Berg")}
	}
	if r.Intn(4) == 0 {
		s.day = float64(r.Intn(n+1)) / 2 // out of order
	}
	if r.Intn(6) == 0 {
		s.spoken = s.day + 0.5 - float64(r.Intn(2))
	}
	return s
}

// TestHistories writes random extractions one after the other, and checks the invariants after each.
func TestHistories(t *testing.T) {
	t.Parallel()
	for seed := range testsize.Of(400) {
		r := rand.New(rand.NewSource(int64(seed)))
		w := newWorld()
		for n := 1; n <= 14; n++ {
			s := randomStep(r, n)
			if bad := oneStep(w, s); bad != nil {
				t.Fatalf("seed %d, step %d: %v\n%+v\n%v", seed, n, bad, s, w.render())
			}
		}
	}
}

// oneStep writes a step twice. The second write must change nothing.
func oneStep(w *world, s step) error {
	s.first = true
	before := slices.Clone(w.facts)
	in := w.input(s)
	pristine := w.input(s)
	p := reconcile.Make(in)
	if again := reconcile.Make(w.input(s)); !reflect.DeepEqual(p, again) {
		return fmt.Errorf("two plans of one input differ:\n%+v\n%+v", p, again)
	}
	for _, i := range []*reconcile.Input{&in, &pristine} {
		i.NewID, i.Single, i.History, i.Instructions, i.Questions = nil, nil, nil, nil, nil
	}
	if !reflect.DeepEqual(in, pristine) {
		return fmt.Errorf("the input was changed")
	}
	if fewer := reconcile.Make(narrowed(w.input(s))); !reflect.DeepEqual(p, fewer) {
		return fmt.Errorf("the plan depends on facts that it does not want:\n%+v\n%+v", p, fewer)
	}
	if err := w.apply(p, in.ScopeKey); err != nil {
		return err
	}
	if err := wordsStand(before, w, s); err != nil {
		return err
	}
	if s.account && s.speaker != "user" {
		if err := nothingGoesOver(w, p); err != nil {
			return err
		}
	}
	for i, old := range before {
		f := w.facts[i]
		if !old.Scopes.Equal(in.Scopes) && !reflect.DeepEqual(f, old) {
			return fmt.Errorf("%s of another scope set changed", f.ID)
		}
		if !old.Live() && !f.RetiredAt.Equal(old.RetiredAt) {
			return fmt.Errorf("closed %s was closed again", f.ID)
		}
		for _, g := range []*record.Fact{&f, &old} { // its times may change, its content may not
			at := reconcile.Amendment{Spoken: f.Spoken}
			at.Amend(g)
			g.RetiredAt, g.Seq, g.EndedBy = time.Time{}, 0, ""
		}
		if !reflect.DeepEqual(f, old) {
			return fmt.Errorf("%s lost what it said", f.ID)
		}
	}
	for i := range p.Create {
		f := &p.Create[i]
		switch {
		case !f.Scopes.Equal(in.Scopes), f.Importance == 0, f.Confidence < reconcile.DefaultFloor, f.Source.Kind == "", f.RecordedAt != in.Now,
			f.Category == "", f.Key == "", f.Value == "":
			return fmt.Errorf("incomplete fact %+v", f)
		case f.Source.Ref == in.Source.Ref && f.Quote != f.Source.Span.Quote(in.Text):
			return fmt.Errorf("%s does not quote its text", f.ID)
		}
	}
	s.first = false
	again, err := w.write(s)
	if err != nil {
		return fmt.Errorf("the second time: %w", err)
	}
	if !again.Empty() {
		return fmt.Errorf("the second time changes something: %+v", again)
	}
	return nil
}

// wordsStand checks that spoken statements ended no fact of a document or an operator, and that the words of others ended no fact that its
// subject told.
func wordsStand(before []record.Fact, w *world, s step) error {
	at := map[string]*record.Fact{}
	for i := range w.facts {
		at[w.facts[i].ID] = &w.facts[i]
	}
	if s.kind != record.FromTurn {
		return nil
	}
	for i := range before {
		old, f := &before[i], at[before[i].ID]
		ranked := old.Source.Kind == record.FromDocument || old.Source.Kind == record.FromUpsert
		own := old.By == record.BySubject && s.secondhand
		if !ranked && !own || old.Yielded || old.Key == "name" { // a short name continues as the full one
			continue
		}
		ended := old.Live() && !f.Live()
		for to := f; ended && to.SupersededBy != ""; { // it may continue as its successor
			to = at[to.SupersededBy]
			ended = to.Source.Ref == s.ref && to.SameAs() != old.SameAs() || !to.Live() && to.SupersededBy == ""
		}
		if ended || !old.Live() && f.Yielded {
			return fmt.Errorf("%s was overwritten", old.ID)
		}
	}
	return nil
}

// nothingGoesOver checks that no fact of a person became a fact of another person.
func nothingGoesOver(w *world, p reconcile.Plan) error {
	at := map[string]record.Fact{}
	for _, f := range w.facts {
		at[f.ID] = f
	}
	for _, c := range p.Close {
		from, to := at[c.ID], at[c.SupersededBy]
		if c.SupersededBy != "" && from.Entity.Type == record.TypePerson && from.Entity.Key() != to.Entity.Key() {
			return fmt.Errorf("%s of %s went over to %s", c.ID, from.Entity.Name, to.Entity.Name)
		}
	}
	for _, f := range p.Create {
		if f.Entity == record.UserEntity && f.Key == "name" && f.Source.Kind == record.FromTurn {
			return fmt.Errorf("the name of a speaker whom the caller named is one of the user")
		}
	}
	return nil
}

// TestOrdersOfArrival checks that statements with different observation times give the same head in any order of arrival.
func TestOrdersOfArrival(t *testing.T) {
	t.Parallel()
	for seed := range 300 {
		r := rand.New(rand.NewSource(int64(seed)))
		var steps []step
		for n := range 4 {
			place := []string{"Rome", "Milan", "Oslo", "Bonn"}[n]
			steps = append(steps, step{day: float64(n + 1), x: said("Alice lives_in @location/" + place), ref: fmt.Sprint("turn:", n)})
		}
		head := steps[3].x.Relations[0].Object.Name
		r.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
		w := newWorld()
		for _, s := range steps {
			if err := oneStep(w, s); err != nil {
				t.Fatalf("seed %d: %v\n%v", seed, err, w.render())
			}
		}
		live := slices.DeleteFunc(slices.Clone(w.facts), func(f record.Fact) bool { return !f.Live() })
		if len(live) != 1 || live[0].Value != head {
			t.Fatalf("seed %d: head is not %s: %v", seed, head, w.render())
		}
	}
}

// narrowed reduces an input to the facts that its plan wants. It keeps the facts of entities that may turn out to be other entities, and
// the facts of those others under the same keys.
func narrowed(in reconcile.Input) reconcile.Input {
	wanted := reconcile.NewWanted(&in)
	moves := func(e record.EntityRef) bool {
		if spoken := in.Extraction.Speaker; spoken.Name != "" {
			if e.Key() == spoken.Key() || (!in.Attributed || in.Speaker == record.UserEntity) && (e.Key() == record.UserEntity.Key() || e.Key() == in.Speaker.Key()) {
				return true
			}
		}
		return e.Type == record.TypeUnknown
	}
	for _, f := range in.Live {
		if moves(f.Entity) || moves(f.Object) {
			wanted.Key(f.Key)
		}
	}
	unwanted := func(f record.Fact) bool { return !wanted.Has(&f) }
	in.Live = slices.DeleteFunc(in.Live, unwanted)
	return in
}

// TestConclusionsChangeNothing checks that plans of what is said do not depend on conclusions, and that no conclusion stays beside a statement
// about its key.
func TestConclusionsChangeNothing(t *testing.T) {
	t.Parallel()
	for seed := range int64(testsize.Of(600)) {
		r := rand.New(rand.NewSource(seed))
		w := newWorld()
		for n := range 12 {
			s := randomStep(r, n)
			without := reconcile.Make(w.input(s))
			in := w.input(s)
			conclusions := map[string]*record.Fact{}
			for i := range 1 + r.Intn(4) {
				f := record.Fact{
					ID: fmt.Sprintf("attribute:derived%d", i), Kind: record.KindAttribute, Key: []string{"role", "age", "hobby"}[r.Intn(3)], Value: []string{"x", "y"}[r.Intn(2)],
					Entity: []record.EntityRef{record.UserEntity, person("Alice"), person("Bob")}[r.Intn(3)], Scopes: in.Scopes, Confidence: 1, Category: record.Knowledge,
					Source: record.Source{Kind: record.FromElaboration, DerivedFrom: []string{"turn:0"}}, Known: record.Interval{From: day(0)}, Spoken: day(0),
				}
				f.Many = !single(f.Kind, f.Key)
				in.Live = append(in.Live, f)
				conclusions[f.ID] = &f
			}
			with := reconcile.Make(in)
			told := with
			told.Close = nil
			for _, c := range with.Close {
				if conclusions[c.ID] == nil {
					told.Close = append(told.Close, c)
					continue
				}
				delete(conclusions, c.ID)
			}
			if !reflect.DeepEqual(told, without) {
				t.Fatalf("seed %d, step %d: with conclusions %+v, without %+v", seed, n, told, without)
			}
			for _, f := range with.Create {
				for _, c := range conclusions {
					if f.Live() && !f.Past && f.Key == c.Key && f.Entity.Key() == c.Entity.Key() && (!c.Many || f.SameAs() == c.SameAs()) {
						t.Fatalf("seed %d, step %d: %+v stays beside %+v", seed, n, c, f)
					}
				}
			}
			if _, err := w.write(s); err != nil {
				t.Fatal(err)
			}
		}
	}
}
