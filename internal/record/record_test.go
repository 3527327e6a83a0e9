package record_test

import (
	"strings"
	"testing"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

func TestSpanQuotesCodePoints(t *testing.T) {
	t.Parallel()
	const text = "Ich heiße 東 🚀!"
	for _, c := range []struct {
		start, end int
		want       string
	}{
		{0, 3, "Ich"}, {4, 9, "heiße"}, {10, 11, "東"}, {12, 14, "🚀!"}, {0, 14, text},
		{0, 0, ""}, {3, 2, ""}, {-1, 3, ""}, {12, 15, ""}, {20, 30, ""},
	} {
		if got := (record.Span{Start: c.start, End: c.end}).Quote(text); got != c.want {
			t.Errorf("Span{%d, %d} quotes %q, want %q", c.start, c.end, got, c.want)
		}
	}
}

func TestSlots(t *testing.T) {
	t.Parallel()
	alice := record.EntityRef{Type: "person", Name: "Alice"}
	acme, globex := record.EntityRef{Type: "company", Name: "ACME"}, record.EntityRef{Type: "organisation", Name: "Globex"}
	fact := func(change func(*record.Fact)) string {
		f := record.Fact{Kind: record.KindRelation, Entity: alice, Key: "works_at", Object: acme, Value: "Acme"}
		change(&f)
		return f.Slot("scope")
	}
	same := fact(func(*record.Fact) {})
	if got := fact(func(f *record.Fact) { f.Object = globex }); got != same {
		t.Error("a functional relation has a slot for each object")
	}
	if got := fact(func(f *record.Fact) { f.Entity.Name = "ALICE" }); got != same {
		t.Error("the case of a name makes another slot")
	}
	for name, change := range map[string]func(*record.Fact){
		"another key":    func(f *record.Fact) { f.Key = "owns" },
		"another entity": func(f *record.Fact) { f.Entity.Name = "Bob" },
		"an attribute":   func(f *record.Fact) { f.Kind = record.KindAttribute },
		"many":           func(f *record.Fact) { f.Many = true },
		"the past":       func(f *record.Fact) { f.Past, f.Valid.Until = true, time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC) },
	} {
		if fact(change) == same {
			t.Errorf("%s has the same slot", name)
		}
	}
	long := fact(func(f *record.Fact) { f.Many, f.Object.Name = true, strings.Repeat("x", 40_000) })
	if len(long) > 512 || long == fact(func(f *record.Fact) { f.Many, f.Object.Name = true, strings.Repeat("x", 40_001) }) {
		t.Errorf("the slot of a long name has %d bytes, or is that of another", len(long))
	}
}

func TestSameValue(t *testing.T) {
	t.Parallel()
	value := func(v string) string { return (&record.Fact{Kind: record.KindAttribute, Value: v}).SameAs() }
	for _, pair := range [][2]string{{"CTO", "cto."}, {"Data  Engineer", "data engineer "}, {"ＡＢＣ", "abc"}, {"...", "..."}} {
		if value(pair[0]) != value(pair[1]) {
			t.Errorf("%q and %q differ", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{{"-5", "5"}, {"👍", "👎"}, {"★★★", "★"}, {"1.5", "1-5"}, {"≤5", "≥5"}, {"C♯", "C"}, {"3,000", "3.000"}} {
		if value(pair[0]) == value(pair[1]) {
			t.Errorf("%q and %q are the same", pair[0], pair[1])
		}
	}
}

func TestValidAsOf(t *testing.T) {
	t.Parallel()
	day := func(d int) time.Time { return time.Date(2026, 1, d, 0, 0, 0, 0, time.UTC) }
	f := record.Fact{Valid: record.Interval{From: day(1), Until: day(5)}, Known: record.Interval{From: day(2), Until: day(9)}, ToldUntil: day(20)}
	for at, want := range map[time.Time]time.Time{{}: day(5), day(3): day(20), day(9): day(5), day(12): day(5)} {
		if got := f.ValidAsOf(at); !got.Until.Equal(want) || !got.From.Equal(day(1)) {
			t.Errorf("as of %v: %v", at, got)
		}
	}
}

func TestFactText(t *testing.T) {
	t.Parallel()
	bob := record.EntityRef{Type: "person", Name: "Bob"}
	for want, f := range map[string]record.Fact{
		"Bob's role is CTO":              {Kind: record.KindAttribute, Entity: bob, Key: "role", Value: "CTO"},
		"Bob's role was CTO":             {Kind: record.KindAttribute, Entity: bob, Key: "role", Value: "CTO", Past: true},
		"The user's name is Ann":         {Kind: record.KindAttribute, Entity: record.UserEntity, Key: "name", Value: "Ann"},
		"Bob works at Acme":              {Kind: record.KindRelation, Entity: bob, Key: "works_at", Value: "Acme"},
		"Bob formerly works at Acme":     {Kind: record.KindRelation, Entity: bob, Key: "works_at", Value: "Acme", Past: true},
		"Bob's sister is Anna":           {Kind: record.KindRelation, Entity: bob, Key: "sister", Value: "Anna"},
		"Bob's colleague is the user":    {Kind: record.KindRelation, Entity: bob, Key: "colleague", Value: "user", Object: record.UserEntity},
		"Bob's favourite colour is blue": {Kind: record.KindAttribute, Entity: bob, Key: "favourite_colour", Value: "blue"},
	} {
		if got := f.Text(); got != want {
			t.Errorf("Text() = %q, want %q", got, want)
		}
	}
}

func TestEntityType(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Company": "organisation", " org ": "organisation", "organization": "organisation", "PERSON": "person",
		"spaceship": "other", "unknown": "unknown", "": "other",
	} {
		if got := record.EntityType(in); got != want {
			t.Errorf("EntityType(%q) = %q, want %q", in, got, want)
		}
	}
}
