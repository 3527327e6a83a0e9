package growth_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/growth"
	"github.com/spectron-go/spectron/internal/record"
)

// graph is a graph of facts in any order.
type graph struct {
	facts    []*record.Fact
	doubtful map[string]bool
}

func (g *graph) Live(entity string, pass func(string) bool) (out []*record.Fact) {
	for _, f := range g.facts {
		if f.Live() && f.Kind == record.KindRelation && f.Entity.Key() == entity && pass(f.Key) {
			out = append(out, f)
		}
	}
	return out
}

func (g *graph) Known(entity, key string) (out []*record.Fact) {
	for _, f := range g.facts {
		if f.Entity.Key() == entity && f.Key == key {
			out = append(out, f)
		}
	}
	return out
}

func (g *graph) Fit(f *record.Fact) bool { return !g.doubtful[f.ID] }

var (
	terms = growth.Terms{Single: extract.Functional, Floor: 0.7}
	begun = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
)

func person(name string) record.EntityRef {
	return record.EntityRef{Type: record.TypePerson, Name: name}
}
func firm(name string) record.EntityRef {
	return record.EntityRef{Type: record.TypeOrganisation, Name: name}
}
func place(name string) record.EntityRef {
	return record.EntityRef{Type: record.TypeLocation, Name: name}
}

func relation(id string, subject record.EntityRef, label string, object record.EntityRef) *record.Fact {
	return &record.Fact{
		ID: "relation:" + id, Kind: record.KindRelation, Entity: subject, Key: label, Object: object, Value: object.Name, Many: !extract.Functional(label),
		Category: record.Knowledge, Confidence: 0.9, RecordedAt: begun, Source: record.Source{Kind: record.FromTurn, Ref: "turn:" + id},
	}
}

func holds(f *record.Fact) bool { return f.Live() && !f.Past && !f.Source.Kind.Derived() }

// told renders relations.
func told(rs []growth.Relation) (out []string) {
	for _, r := range rs {
		out = append(out, r.Subject.Name+" "+r.Label+" "+r.Object.Name)
	}
	return out
}

// TestRules checks the table: its labels are those in use, each rule says why, and no rule gives a label for which entities have one value
// unless it follows from two single values.
func TestRules(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, r := range growth.Rules() {
		for _, label := range []string{r.First, r.Second, r.Label} {
			require.Equal(t, label, extract.CanonicalLabel(label), "another label is in use")
		}
		require.NotEmpty(t, r.Why)
		key := fmt.Sprint(r.First, r.Second, r.X, r.Y, r.Z)
		require.False(t, seen[key], "two rules for one pair: %s", key)
		seen[key] = true
		if extract.Functional(r.Label) {
			require.True(t, extract.Functional(r.First) && extract.Functional(r.Second), "%s", r.Label)
		}
	}
}

// TestRelations checks what follows, and what does not.
func TestRelations(t *testing.T) {
	t.Parallel()
	change := func(f *record.Fact, c func(*record.Fact)) *record.Fact { c(f); return f }
	works, seat := relation("1", person("Alice"), "works_at", firm("Globex")), relation("2", firm("Globex"), "lives_in", place("Oslo"))
	without := func(c func(*record.Fact)) []*record.Fact {
		f := *seat
		return []*record.Fact{works, change(&f, c)}
	}
	known := func(c func(*record.Fact)) []*record.Fact {
		return []*record.Fact{works, seat, change(relation("3", person("Alice"), "works_in", place("Oslo")), c)}
	}
	for _, test := range []struct {
		name  string
		facts []*record.Fact
		want  []string
	}{
		{"job", []*record.Fact{works, seat}, []string{"Alice works_in Oslo"}},
		{"grandmother", []*record.Fact{relation("1", person("Alice"), "mother", person("Eva")), relation("2", person("Eva"), "mother", person("Rosa"))}, []string{"Alice grandmother Rosa"}},
		{"aunt and uncle", []*record.Fact{
			relation("1", person("Alice"), "father", person("Tom")), relation("2", person("Tom"), "sister", person("Ida")), relation("3", person("Tom"), "brother", person("Max")),
		}, []string{"Alice aunt Ida", "Alice uncle Max"}},
		{"mother-in-law", []*record.Fact{relation("1", person("Alice"), "spouse", person("Bo")), relation("2", person("Bo"), "mother", person("Eva"))}, []string{"Alice mother_in_law Eva"}},
		{"parent of", []*record.Fact{relation("1", person("Eva"), "parent_of", person("Tom")), relation("2", person("Tom"), "parent_of", person("Alice"))}, []string{"Eva grandparent_of Alice"}},
		{"member", []*record.Fact{relation("1", person("Alice"), "member_of", firm("Choir")), relation("2", firm("Choir"), "part_of", firm("Club"))}, []string{"Alice member_of Club"}},
		{"home", []*record.Fact{relation("1", person("Alice"), "lives_in", place("Kreuzberg")), relation("2", place("Kreuzberg"), "lives_in", place("Berlin"))}, []string{"Alice lives_within Berlin"}},
		{"only likely: a partner's mother", []*record.Fact{relation("1", person("Alice"), "partner", person("Bo")), relation("2", person("Bo"), "mother", person("Eva"))}, nil},
		{"only likely: a sister's mother", []*record.Fact{relation("1", person("Alice"), "sister", person("Ida")), relation("2", person("Ida"), "mother", person("Eva"))}, nil},
		{"only likely: where a boss lives", []*record.Fact{relation("1", person("Alice"), "manager", person("Ida")), relation("2", person("Ida"), "lives_in", place("Rome"))}, nil},
		{"another type", []*record.Fact{relation("1", person("Alice"), "works_at", place("Harbour")), relation("2", place("Harbour"), "lives_in", place("Oslo"))}, nil},
		{"itself", []*record.Fact{relation("1", person("Alice"), "mother", person("Eva")), relation("2", person("Eva"), "mother", person("Alice"))}, nil},
		{"closed", without(func(f *record.Fact) { f.RetiredAt = begun }), nil},
		{"past", without(func(f *record.Fact) { f.Past = true }), nil},
		{"contested", without(func(f *record.Fact) { f.Many = true }), nil},
		{"doubtful", without(func(f *record.Fact) { f.ID = "relation:doubtful" }), nil},
		{"passing", without(func(f *record.Fact) { f.Category = record.Context }), nil},
		{"ends", without(func(f *record.Fact) { f.Valid.Until = begun.AddDate(9, 0, 0) }), nil},
		{"unsure", without(func(f *record.Fact) { f.Confidence = 0.7 }), nil},
		{"a conclusion", without(func(f *record.Fact) { f.Source.Kind = record.FromReflect }), nil},
		{"known", known(func(*record.Fact) {}), nil},
		{"known as a conclusion", known(func(f *record.Fact) { f.Source.Kind = record.FromElaboration }), nil},
		{"formerly", known(func(f *record.Fact) { f.Past = true }), nil},
		{"ended since", known(func(f *record.Fact) { f.RetiredAt = begun.Add(1) }), nil},
		{"ended before", known(func(f *record.Fact) { f.RetiredAt = begun }), []string{"Alice works_in Oslo"}},
		{"lost its evidence", known(func(f *record.Fact) { f.RetiredAt, f.Reason = begun.Add(1), record.Unfounded }), []string{"Alice works_in Oslo"}},
		{"two mothers-in-law", []*record.Fact{
			relation("1", person("Alice"), "spouse", person("Bo")), relation("2", person("Bo"), "mother", person("Eva")),
			relation("3", person("Alice"), "spouse", person("Al")), relation("4", person("Al"), "mother", person("Ida")),
		}, nil},
	} {
		g := &graph{test.facts, map[string]bool{"relation:doubtful": true}}
		require.Equal(t, test.want, told(growth.Relations(g, terms, test.facts[0].Entity.Key())), test.name)
	}
}

// TestRelationsCountTheirProofs checks that a relation that follows from several pairs is proposed once.
func TestRelationsCountTheirProofs(t *testing.T) {
	t.Parallel()
	sure := relation("9", person("Alice"), "mother", person("Eva"))
	sure.Confidence = 1
	g := &graph{facts: []*record.Fact{
		relation("1", person("Alice"), "father", person("Tom")), relation("2", person("Tom"), "sister", person("Ida")), sure, relation("4", person("Eva"), "sister", person("Ida")),
	}}
	found := growth.Relations(g, terms, "person/alice")
	require.Len(t, found, 1)
	require.Equal(t, 2, found[0].Proofs)
	require.Equal(t, [2]string{"relation:9", "relation:4"}, found[0].Evidence, "the surest pair")
}

// TestRelationsOfAnyGraph checks random graphs: the order of facts does not matter, each proposal follows from two facts that hold and is
// unknown, nothing more is proposed once the proposals are stored, and what belongs to other entities has no influence.
func TestRelationsOfAnyGraph(t *testing.T) {
	t.Parallel()
	rules := growth.Rules()
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 7))
		entities := []record.EntityRef{person("A"), person("B"), person("C"), person("D"), firm("E"), firm("F"), place("G"), place("H")}
		pick := func() record.EntityRef { return entities[random.IntN(len(entities))] }
		g := &graph{doubtful: map[string]bool{}}
		for i := range 5 + random.IntN(40) {
			r := rules[random.IntN(len(rules))]
			label := []string{r.First, r.Second, r.Label}[random.IntN(3)]
			f := relation(fmt.Sprint(i), pick(), label, pick())
			switch random.IntN(9) {
			case 0:
				f.RetiredAt = begun.Add(time.Duration(random.IntN(3)) * time.Hour)
			case 1:
				f.Past = true
			case 2:
				g.doubtful[f.ID] = true
			case 3:
				f.Source.Kind = record.FromElaboration
			}
			g.facts = append(g.facts, f)
		}
		byID := map[string]*record.Fact{}
		for _, f := range g.facts {
			byID[f.ID] = f
		}
		for _, e := range entities {
			found := growth.Relations(g, terms, e.Key())
			mixed := &graph{slices.Clone(g.facts), g.doubtful}
			random.Shuffle(len(mixed.facts), func(i, j int) { mixed.facts[i], mixed.facts[j] = mixed.facts[j], mixed.facts[i] })
			require.Equal(t, found, growth.Relations(mixed, terms, e.Key()))
			after := &graph{slices.Clone(g.facts), g.doubtful}
			for i, r := range found {
				first, second := byID[r.Evidence[0]], byID[r.Evidence[1]]
				require.True(t, holds(first) && holds(second) && !g.doubtful[first.ID] && !g.doubtful[second.ID])
				require.Equal(t, e.Key(), first.Entity.Key())
				require.Equal(t, first.Object.Key(), second.Entity.Key())
				require.Equal(t, r.Object.Key(), second.Object.Key())
				require.True(t, slices.ContainsFunc(rules, func(rule growth.Rule) bool {
					return rule.First == first.Key && rule.Second == second.Key && rule.Label == r.Label
				}))
				stored := relation(fmt.Sprint("new", i), r.Subject, r.Label, r.Object)
				stored.Source.Kind = record.FromElaboration
				after.facts = append(after.facts, stored)
			}
			require.Empty(t, growth.Relations(after, terms, e.Key()))
		}
	}
}

func TestObserve(t *testing.T) {
	t.Parallel()
	tellings := func(sessions ...int) (out []growth.Telling) {
		for i, s := range sessions {
			out = append(out, growth.Telling{Turn: fmt.Sprint("turn:", i), Session: fmt.Sprint("session:", s)})
		}
		return out
	}
	former := &record.Fact{Value: "Rome", Proofs: 4}
	for _, test := range []struct {
		name     string
		proofs   int
		told     []growth.Telling
		former   *record.Fact
		want     growth.Decision // "": nothing
		count    int
		ends     bool
		contains string
	}{
		{name: "two turns", told: tellings(1, 2)},
		{name: "one session", told: tellings(1, 1, 1, 1)},
		{name: "one turn thrice", told: slices.Repeat(tellings(1), 3)},
		{name: "new", told: tellings(1, 1, 2), want: growth.Create, count: 3, contains: "3 turns of 2 sessions"},
		{name: "the same", proofs: 3, told: tellings(1, 1, 2)},
		{name: "more", proofs: 3, told: tellings(1, 1, 2, 3), want: growth.Update, count: 4},
		{name: "fewer", proofs: 5, told: tellings(1, 1, 2, 3), want: growth.Update, count: 4},
		{name: "too few", proofs: 3, told: tellings(1), want: growth.Update, count: 1, ends: true, contains: "1 turn of 1 session"},
		{name: "the same number in one session", proofs: 3, told: tellings(1, 1, 1), want: growth.Update, count: 3, ends: true},
		{name: "another value", told: tellings(1, 1, 2), former: former, want: growth.Supersede, count: 3, contains: "Rome"},
	} {
		o, changes := growth.Observe(growth.Told{Fact: &record.Fact{Proofs: test.proofs}, Tellings: test.told, Former: test.former})
		require.Equal(t, test.want != "", changes, test.name)
		if changes {
			require.Equal(t, test.want, o.Kind, test.name)
			require.Equal(t, test.count, o.Proofs, test.name)
			require.Equal(t, test.ends, o.Ends, test.name)
			require.Contains(t, o.Why, test.contains, test.name)
		}
	}
}
