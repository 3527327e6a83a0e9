package reading

import (
	"context"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// Limits of the lists of a state, a profile and a digest of a session.
const (
	MaxState    = 10_000
	someState   = 1000
	MaxProfile  = 1000
	someProfile = 100
	someDigest  = 100
	maxTopics   = 10
)

// State returns an overview of what the caller knows through a lens. limit bounds each list; 0: 1,000.
func State(ctx context.Context, by *gate.Call, lens [][]string, limit int) (out recall.Overview, err error) {
	if limit, err = checked("Limit", limit, someState, MaxState); err != nil {
		return out, err
	}
	set, err := by.Lens(ctx, lens)
	if err != nil {
		return out, err
	}
	return by.Live.View.Load().OverviewFor(ingest.ReaderOf(by, set), limit), nil
}

func checked(field string, limit, some, most int) (int, error) {
	switch {
	case limit < 0 || limit > most:
		return 0, fault.Bad(field, "%d is not between 1 and %d", limit, most)
	case limit == 0:
		return some, nil
	}
	return limit, nil
}

// Person says whose profile is wanted, and of which records. Its fields are those of recall.ProfileQuery.
type Person struct {
	Speaker string
	Session string // the caller knows it; "": none
	Lens    [][]string
	Labels  []string
	Limit   int // of each list; 0: 100
}

// Profile returns what the caller knows about a person.
func Profile(ctx context.Context, by *gate.Call, p Person) (out recall.Profile, err error) {
	q := recall.ProfileQuery{Subject: by.Subject(), Session: p.Session, Now: by.Now()}
	if q.Most, err = checked("Limit", p.Limit, someProfile, MaxProfile); err != nil {
		return out, err
	}
	if q.Speaker, err = input.Speaker("Speaker", p.Speaker); err != nil {
		return out, err
	}
	if q.Labels, err = input.Labels("Labels", p.Labels); err != nil {
		return out, err
	}
	set, err := by.Lens(ctx, p.Lens)
	if err != nil {
		return out, err
	}
	return by.Live.View.Load().ProfileFor(ingest.ReaderOf(by, set), q), nil
}

// Digested is a session with what the caller knows about it.
type Digested struct {
	Session record.Session
	recall.SessionDigest
	Topics []string // names of the entities of the facts, those with most facts first, without the speakers
}

// Digest returns a session that the caller may read, with what it knows about it.
func Digest(by *gate.Call, session string) (out Digested, err error) {
	if out.Session, err = ingest.FindSession(by, session); err != nil {
		return out, err
	}
	view := by.Live.View.Load()
	stored, ok := view.Session(out.Session.ID)
	if !ok {
		return out, unless(false) // it was erased meanwhile
	}
	out.SessionDigest = view.DigestSession(ingest.ReaderOf(by, nil), stored, someDigest)
	out.Topics = topics(Believed(out.Facts), out.Speakers)
	return out, nil
}

// topics returns the names of the entities that facts are about.
func topics(facts []recall.Hit, speakers []recall.Spoke) (names []string) {
	type topic struct {
		name  string
		count int
	}
	var all []topic
	at := map[string]int{record.UserEntity.Key(): -1}
	for _, s := range speakers {
		at[record.EntityRef{Type: record.TypePerson, Name: s.Name}.Key()] = -1
	}
	count := func(e record.EntityRef) {
		i, known := at[e.Key()]
		if !known {
			i, all = len(all), append(all, topic{name: e.Name})
			at[e.Key()] = i
		}
		if i >= 0 {
			all[i].count++
		}
	}
	for _, h := range facts {
		count(h.Fact.Entity)
		if h.Fact.Kind == record.KindRelation {
			count(h.Fact.Object)
		}
	}
	slices.SortStableFunc(all, func(a, b topic) int { return b.count - a.count })
	for _, t := range all[:min(len(all), maxTopics)] {
		names = append(names, t.name)
	}
	return names
}

// Believed returns the facts that were neither forgotten nor corrected. Those that have ended are among them.
func Believed(facts []recall.Hit) []recall.Hit {
	return slices.DeleteFunc(slices.Clone(facts), func(h recall.Hit) bool { return !h.Fact.Live() && h.Fact.Yielded })
}

// InForce returns the instructions that were not revoked.
func InForce(instructions []recall.Hit) []recall.Hit {
	return slices.DeleteFunc(slices.Clone(instructions), func(h recall.Hit) bool { return !h.Instruction.Active })
}

// Harmless returns the uncertainties that quote no prompt injection.
func Harmless(questions []recall.Question) []recall.Question {
	return slices.DeleteFunc(slices.Clone(questions), func(q recall.Question) bool { return strings.Contains(q.Reason, ingest.InjectionReason) })
}
