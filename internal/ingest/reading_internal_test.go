package ingest

import (
	"strings"
	"testing"
	"time"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/record"
)

// TestReadingIsOfWhatItWasGiven checks that a message is extracted again if any part of the input has changed. Of its time only the day
// counts, in the speaker's time zone.
func TestReadingIsOfWhatItWasGiven(t *testing.T) {
	t.Parallel()
	person := func(name string) record.EntityRef { return record.EntityRef{Type: record.TypePerson, Name: name} }
	given := func(change func(*extract.Input)) extract.Input {
		in := extract.Input{
			Text: "x", Role: record.User, At: time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC), Speaker: person("alice"),
			Vocabulary: record.Vocabulary{Entities: []record.EntityRef{person("Bob"), person("Carol")}},
			Kin:        map[string][]record.EntityRef{"sister": {person("Carol")}},
		}
		change(&in)
		return in
	}
	was := &reading{in: given(func(*extract.Input) {})}
	for name, row := range map[string]struct {
		change func(*extract.Input)
		want   bool
	}{
		"the same":           {func(*extract.Input) {}, true},
		"later that day":     {func(in *extract.Input) { in.At = in.At.Add(14 * time.Hour) }, true},
		"the next day":       {func(in *extract.Input) { in.At = in.At.Add(15 * time.Hour) }, false},
		"a day elsewhere":    {func(in *extract.Input) { in.At = in.At.In(time.FixedZone("", -10*3600)) }, false},
		"another speaker":    {func(in *extract.Input) { in.Speaker = person("bob") }, false},
		"another name":       {func(in *extract.Input) { in.Vocabulary.Entities[1] = person("Dan") }, false},
		"one name less":      {func(in *extract.Input) { in.Vocabulary.Entities = in.Vocabulary.Entities[:1] }, false},
		"another order":      {func(in *extract.Input) { e := in.Vocabulary.Entities; e[0], e[1] = e[1], e[0] }, false},
		"another sister":     {func(in *extract.Input) { in.Kin["sister"][0] = person("Dan") }, false},
		"a brother":          {func(in *extract.Input) { in.Kin["brother"] = []record.EntityRef{person("Dan")} }, false},
		"no relatives known": {func(in *extract.Input) { in.Kin = nil }, false},
	} {
		if got := was.of(given(row.change)); got != row.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if (*reading)(nil).of(was.in) {
		t.Error("what was not read yet")
	}
}

// TestAFailingRuleCostsNoText: a panic of the rules becomes an uncertainty.
func TestAFailingRuleCostsNoText(t *testing.T) {
	t.Parallel()
	rules := Rules{read: func(extract.Input) record.Extraction { panic("index out of range") }}
	out, err := rules.Extract(t.Context(), extract.Input{Text: "I live in Leeds."})
	if err != nil || len(out.Uncertainties) != 1 || !strings.Contains(out.Uncertainties[0].Reason, "index out of range") {
		t.Errorf("%+v %v", out, err)
	}
}
