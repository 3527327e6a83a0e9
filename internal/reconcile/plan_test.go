package reconcile_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
)

func TestFactsCarryWhereTheyComeFrom(t *testing.T) {
	t.Parallel()
	w := newWorld()
	text := "日本 Alice's role is CTO."
	p, err := w.write(step{day: 2, spoken: 1, text: text, ref: "turn:7", x: said(
		"Alice role CTO 0.8 from 1 at 3-23 as identity", "Alice works_at @company/Acme as whim at 90-99", "Alice likes @topic/tea as context at 3-8",
	)})
	require.NoError(t, err)
	require.Len(t, p.Create, 3)
	want := record.Fact{
		ID: "attribute:1", Kind: record.KindAttribute, Entity: person("Alice"), Key: "role", Value: "CTO", Category: record.Identity,
		Scopes: record.ScopeSet{{"a"}}, Labels: []string{"label"},
		Source: record.Source{Kind: record.FromTurn, Ref: "turn:7", Session: "session:1", Span: record.Span{Start: 3, End: 23}, Trust: 1},
		Quote:  "Alice's role is CTO.", Confidence: 0.8, Importance: 1, Valid: record.Interval{From: day(1)}, Known: record.Interval{From: day(2)},
		By: record.ByOther, Spoken: day(1), RecordedAt: day(2).Add(time.Hour),
	}
	if got := p.Create[0]; !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	tea, acme := p.Create[1], p.Create[2]
	if tea.Value == "Acme" {
		tea, acme = acme, tea
	}
	if tea.ID[:9] != "relation:" || tea.Importance != 0.5 || !tea.Many || tea.Quote != "Alice" {
		t.Errorf("tea: %+v", tea)
	}
	if acme.Category != record.Knowledge || acme.Importance != 0.8 || acme.Object != ref("organisation/Acme") ||
		acme.Source.Span != (record.Span{}) || acme.Quote != "" {
		t.Errorf("acme: %+v", acme)
	}
}

func TestClosingsNameTheSlotTheyEmpty(t *testing.T) {
	t.Parallel()
	w := newWorld()
	_, err := w.write(step{day: 1, x: said("Alice age 33")})
	require.NoError(t, err)
	old := w.facts[0]
	p, err := w.write(step{day: 4, spoken: 3, x: said("Alice age 34")})
	require.NoError(t, err)
	want := []reconcile.Closing{{
		ID: old.ID, Slot: old.Slot("a"), KnownUntil: day(4), ValidUntil: day(3), RetiredAt: day(4).Add(time.Hour), SupersededBy: p.Create[0].ID,
	}}
	if !reflect.DeepEqual(p.Close, want) {
		t.Errorf("got  %+v\nwant %+v", p.Close, want)
	}
	fix := []reconcile.Correction{{Entity: person("Alice"), Key: "age", OldID: old.ID, NewID: p.Create[0].ID, OldValue: "33", NewValue: "34"}}
	if !reflect.DeepEqual(p.Corrections, fix) {
		t.Errorf("got  %+v\nwant %+v", p.Corrections, fix)
	}
}

func TestEntities(t *testing.T) {
	t.Parallel()
	w := newWorld()
	render := func(es []record.Entity) (out []string) {
		for _, e := range es {
			out = append(out, fmt.Sprintf("%s/%s %s %g %v", e.Type, e.Name, e.Category, e.Importance, e.Scopes))
		}
		return out
	}
	for i, c := range []struct {
		step          step
		isNew, raises []string
	}{
		{step{day: 1, x: said("Alice works_at @company/_Acme_", "see place/Rome as context", "see city/Oslo 0.6")},
			[]string{"person/Alice knowledge 0.8 [[a]]", "organisation/Acme knowledge 0.8 [[a]]", "location/Rome context 0.5 [[a]]"}, nil},
		{step{day: 2, x: said("alice works_at @org/ACME")}, nil, nil},
		{step{day: 3, scope: "b", x: said("alice age 33")}, []string{"person/alice knowledge 0.8 [[b]]"}, nil},
		{step{day: 4, x: said("I am Alice", "user age 34")},
			[]string{"person/user identity 1 [[a]]"}, []string{"person/Alice identity 1 [[a]]"}},
		{step{day: 5, x: said("see location/Rome as knowledge")}, nil, []string{"location/Rome knowledge 0.8 [[a]]"}},
		{step{day: 6, x: said("see location/Rome as context", "Bob age 0.1 0.2")}, nil, nil},
	} {
		p, err := w.write(c.step)
		require.NoError(t, err)
		same(t, fmt.Sprint("new entities of step ", i), render(p.Entities), c.isNew)
		same(t, fmt.Sprint("raised entities of step ", i), render(p.Raised), c.raises)
		for _, e := range append(p.Entities, p.Raised...) {
			if !e.UpdatedAt.Equal(day(c.step.day).Add(time.Hour)) || e.CreatedAt.After(e.UpdatedAt) || e.CreatedAt.IsZero() {
				t.Errorf("step %d: times of %+v", i, e)
			}
		}
	}
	for _, f := range w.facts {
		// Another scope set has its own spelling.
		want := map[bool]string{false: "Alice", true: "alice"}[f.Scopes.Equal(scopes("b"))]
		if f.Entity.Key() == "person/alice" && f.Entity.Name != want {
			t.Errorf("%s is spelt %q, want %q", f.ID, f.Entity.Name, want)
		}
	}
}

func TestInstructions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		steps  []step
		active []string
		last
	}{
		{"the same order", []step{{day: 1, x: said("! always bow")}, {day: 2, x: said("! Always bow. ", "! always  bow")}},
			[]string{"always bow"}, last{again: []string{"instruction:1"}}},
		{"the opposite", []step{{day: 1, x: said("! always bow low")}, {day: 2, x: said("! never bow low")}}, []string{"never bow low"}, last{}},
		{"the opposite, the other way", []step{{day: 1, x: said("! please never bow")}, {day: 2, x: said("! please always bow")}},
			[]string{"please always bow"}, last{}},
		{"another order", []step{{day: 1, x: said("! always bow low")}, {day: 2, x: said("! never bow")}}, []string{"always bow low", "never bow"}, last{}},
		{"another scope set", []step{{day: 1, x: said("! always bow")}, {day: 2, scope: "b", x: said("! never bow")}},
			[]string{"always bow", "never bow"}, last{}},
		{"an operator's order", []step{{day: 1, kind: record.FromUpsert, x: said("! always bow")}, {day: 2, x: said("! never bow")}},
			[]string{"always bow"}, last{asks: []string{`Instruction: never bow | "always bow" says the opposite and stays`}}},
		{"an order from before", []step{{day: 3, x: said("! always bow")}, {day: 2, x: said("! never bow")}},
			[]string{"always bow"}, last{asks: []string{`Instruction: never bow | "always bow" says the opposite and stays`}}},
		{"both at once", []step{{day: 1, x: said("! always bow", "! never bow")}},
			[]string{"never bow"}, last{asks: []string{`Instruction: never bow | "always bow" was said at once with its opposite, which was kept`}}},
		{"nothing to do", []step{{day: 1, x: said("! ...")}}, nil, last{asks: []string{"Instruction: ... | it says nothing to do"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld()
			var p reconcile.Plan
			for _, s := range c.steps {
				var err error
				p, err = w.write(s)
				require.NoError(t, err)
			}
			var active []string
			for _, o := range w.orders {
				if o.Active {
					active = append(active, o.Description)
				}
			}
			same(t, "active", active, c.active)
			same(t, "questions", renderQuestions(p.Questions), c.asks)
			same(t, "reinforced", p.Reinforced, c.again)
		})
	}
}

func TestAnInstructionBelowTheFloorIsAQuestion(t *testing.T) {
	t.Parallel()
	p, err := newWorld().write(step{day: 1, x: record.Extraction{Instructions: []record.ExtractedInstruction{
		{Label: "bow", Description: "always bow", Confidence: 0.6},
	}}})
	require.NoError(t, err)
	if len(p.Instructions) != 0 || len(p.Questions) != 1 {
		t.Errorf("%+v", p)
	}
}

func TestMissingTimesAndRulesHaveDefaults(t *testing.T) {
	t.Parallel()
	in := newWorld().input(step{day: 1, x: said("Alice age 33", "Alice age 34")})
	in.Spoken, in.Observed, in.Single = time.Time{}, time.Time{}, nil
	p := reconcile.Make(in)
	require.Len(t, p.Create, 2)
	for _, f := range p.Create {
		if !f.Known.From.Equal(in.Now) || !f.Many {
			t.Errorf("%+v", f)
		}
	}
	if p := reconcile.Make(reconcile.Input{}); !reflect.DeepEqual(p, reconcile.Plan{}) || !p.Empty() {
		t.Errorf("nothing came, and the plan is %+v", p)
	}
}

func TestTheNameIsQuotedWhereTheTextHasIt(t *testing.T) {
	t.Parallel()
	p, err := newWorld().write(step{day: 1, text: "Größe! I'm Alice.", x: said("I am Alice")})
	require.NoError(t, err)
	require.Len(t, p.Create, 1)
	if f := p.Create[0]; f.Quote != "Alice" || f.Entity != record.UserEntity || f.Key != "name" || f.Category != record.Identity {
		t.Errorf("%+v", f)
	}
}
