package spectron

import (
	"context"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/reading"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// State is what a caller knows now: the live facts by category, the instructions that are in force, and the open uncertainties. Each kind of
// record is limited: facts are listed newest first, entities begin with those of these facts. No list is nil.
type State struct {
	Identity     CategoryState `json:"identity"`
	Knowledge    CategoryState `json:"knowledge"`
	Context      CategoryState `json:"context"`
	Instructions []Instruction `json:"instructions"` // newest first
	Unknowns     []Uncertainty `json:"unknowns"`     // newest first
	More         bool          `json:"more"`         // the caller knows more: the listings of Entities, Facts, Instructions and Uncertainties have all
}

// CategoryState has the entities and facts of a category.
type CategoryState struct {
	Entities   []Entity `json:"entities"`
	Attributes []Fact   `json:"attributes"`
	Relations  []Fact   `json:"relations"`
}

// StateRequest limits a state.
type StateRequest struct {
	Lens  Scopes // as in RecallRequest
	Limit int    // of facts, of entities, of instructions and of uncertainties; 0: 1,000, at most 10,000
}

// State returns what the caller knows now, at most 1,000 facts, entities, instructions and uncertainties each. Codes: CodeForbidden for a
// strict key, which needs StateOf.
func (m *Memory) State(ctx context.Context) (*State, error) { return m.state(ctx, StateRequest{}) }

// StateOf is like State, with a lens or another limit. Codes: CodeInvalid and CodeTooLarge with the Field; CodeForbidden for a strict key
// without a Lens, or with one beyond its grants.
func (m *Memory) StateOf(ctx context.Context, req StateRequest) (*State, error) {
	return m.state(ctx, req)
}

func (m *Memory) state(ctx context.Context, req StateRequest) (*State, error) {
	return callMemory(ctx, m.context, "state", func(ctx context.Context, by *gate.Call) (*State, error) {
		return one(stateOf(by))(reading.State(ctx, by, req.Lens, req.Limit))
	})
}

// stateOf converts an overview for a caller.
func stateOf(by *gate.Call) func(recall.Overview) State {
	return func(o recall.Overview) State {
		out := State{
			Instructions: append([]Instruction{}, each(o.Instructions, instructionsOf(by))...),
			Unknowns:     append([]Uncertainty{}, each(o.Questions, uncertaintiesOf(by))...), More: o.More,
		}
		of := func(c record.Category) *CategoryState {
			switch c {
			case record.Identity:
				return &out.Identity
			case record.Context:
				return &out.Context
			}
			return &out.Knowledge
		}
		list := func(h *recall.Hit) *[]Fact {
			if s := of(h.Fact.Category); h.Kind != record.KindRelation {
				return &s.Attributes
			} else {
				return &s.Relations
			}
		}
		entities, facts := map[*CategoryState]int{}, map[*[]Fact]int{} // how many there are
		for i := range o.Entities {
			entities[of(o.Entities[i].Category)]++
		}
		for i := range o.Facts {
			facts[list(&o.Facts[i])]++
		}
		for _, s := range []*CategoryState{&out.Identity, &out.Knowledge, &out.Context} {
			*s = CategoryState{make([]Entity, 0, entities[s]), make([]Fact, 0, facts[&s.Attributes]), make([]Fact, 0, facts[&s.Relations])}
		}
		for i := range o.Entities {
			s := of(o.Entities[i].Category)
			s.Entities = append(s.Entities, newEntity(o.Entities[i]))
		}
		for i := range o.Facts {
			h := &o.Facts[i]
			l := list(h)
			*l = append(*l, Fact{})
			f := &(*l)[len(*l)-1]
			f.fill(h, by)
			f.Source = sourceOf(h, &h.Fact.Source, h.Fact.Quote)
		}
		return out
	}
}

// Profile is what a caller knows now about a person. Facts that have ended, or begin later, are left out; those in Dynamic may begin later.
// All lists are newest first, and none is nil.
type Profile struct {
	Of           []EntityRef    `json:"of"`          // the person, by the names under which facts are known
	Static       []ProfileEntry `json:"static"`      // of CategoryIdentity
	Dynamic      []ProfileEntry `json:"dynamic"`     // of CategoryContext
	Preferences  []ProfileEntry `json:"preferences"` // of CategoryKnowledge
	Instructions []Instruction  `json:"instructions"`
	More         bool           `json:"more"` // the caller knows more
}

// ProfileEntry is a fact of a profile.
type ProfileEntry struct {
	ID        string    `json:"id"`
	Key       string    `json:"key"`
	Value     string    `json:"value"`
	Target    EntityRef `json:"target,omitzero"`    // for relations
	ValidFrom time.Time `json:"validFrom,omitzero"` // as in Fact
	Doubt     string    `json:"doubt,omitempty"`    // as in Fact
	Trust     float64   `json:"trust"`              // as in Source
}

// ProfileRequest says whose profile is wanted, and limits it.
type ProfileRequest struct {
	Speaker string   // the person, by a name given as Message.Speaker or by the person; "": as of Memory.Profile
	Lens    Scopes   // as in RecallRequest
	Labels  []string // keeps facts and instructions with all of these labels
	Limit   int      // of each list; 0: 100, at most 1,000
}

// Profile returns what the caller knows about the person for whom it acts: the Subject of its principal. Without a Subject it is the user of
// the scopes that the caller may read: the speaker without a name, and the one who gave a name there. If several gave one, their facts are not
// mixed: ask for each with ProfileOf. Codes: CodeForbidden for a strict key, which needs ProfileOf.
func (m *Memory) Profile(ctx context.Context) (*Profile, error) {
	return m.profile(ctx, ProfileRequest{})
}

// ProfileOf is like Profile, for a person, with a lens, labels or another limit. Nothing is known of an unknown person. Codes: CodeInvalid and
// CodeTooLarge with the Field; CodeForbidden for a strict key without a Lens, or with one beyond its grants.
func (m *Memory) ProfileOf(ctx context.Context, req ProfileRequest) (*Profile, error) {
	return m.profile(ctx, req)
}

func (m *Memory) profile(ctx context.Context, req ProfileRequest) (*Profile, error) {
	return callMemory(ctx, m.context, "profile", func(ctx context.Context, by *gate.Call) (*Profile, error) {
		return one(profileOf(by))(reading.Profile(ctx, by, reading.Person{Speaker: req.Speaker, Lens: req.Lens, Labels: req.Labels, Limit: req.Limit}))
	})
}

// profileOf converts a profile for a caller.
func profileOf(by *gate.Call) func(recall.Profile) Profile {
	return func(p recall.Profile) Profile {
		out := Profile{
			Of: append([]EntityRef{}, each(p.Of, func(e record.EntityRef) EntityRef { return EntityRef(e) })...), Static: []ProfileEntry{}, Dynamic: []ProfileEntry{},
			Preferences: []ProfileEntry{}, Instructions: append([]Instruction{}, each(p.Instructions, instructionsOf(by))...), More: p.More,
		}
		for _, h := range p.Facts {
			f := h.Fact
			entry := ProfileEntry{f.ID, f.Key, f.Value, EntityRef(f.Object), f.Valid.From, h.Doubt, f.Source.Trust}
			switch f.Category {
			case record.Identity:
				out.Static = append(out.Static, entry)
			case record.Context:
				out.Dynamic = append(out.Dynamic, entry)
			default:
				out.Preferences = append(out.Preferences, entry)
			}
		}
		return out
	}
}
