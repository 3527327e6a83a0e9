package recall

import (
	"iter"
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/sorted"
)

// visits is the maximum number of rows of each kind that an overview, a profile or a digest of a session reads. It bounds the time for which
// they lock the view.
const visits = 20_000

// Overview is what a reader knows, the newest first. It has at most as many facts, entities, instructions and questions as were asked for.
type Overview struct {
	Facts        []Hit    // live
	Entities     []Entity // first those of Facts
	Instructions []Hit    // active
	Questions    []Question
	More         bool // the reader knows more
}

// OverviewFor returns an overview with up to most rows of each kind.
func (v *View) OverviewFor(r Reader, most int) Overview {
	return read(v, func() (out Overview) {
		facts := firstOf(v.known.listed.live.before(r.Reach, nil), most, &out.More, func(f *record.Fact) bool { return f.Key != record.Alias })
		out.Facts = make([]Hit, len(facts))
		taken := make(map[string]bool, 2*len(facts))
		out.Entities = make([]Entity, 0, min(most, len(facts)+len(facts)/4))
		by := &reader{reach: r.Reach}
		take := func(key string) {
			if taken[key] {
				return
			}
			taken[key] = true
			by.forget() // see entitiesAfter
			e, ok := v.known.entityAt(by, key, &Point{})
			switch {
			case !ok:
			case len(out.Entities) == most:
				out.More = true
			default:
				out.Entities = append(out.Entities, Entity{Entity: e, Aliases: v.known.aliases(by, key, &Point{})})
			}
		}
		var last record.EntityRef // the facts of an entity often follow each other
		for i, f := range facts {
			out.Facts[i] = v.factAt(&r, f, &Point{})
			if i == 0 || f.Entity != last {
				take(f.Entity.Key())
				last = f.Entity
			}
			if f.Kind == record.KindRelation {
				take(f.Object.Key())
			}
		}
		n := 0
		for key := range v.known.keysFrom(r.by(), "", true) {
			if n++; n > visits {
				out.More = true
				break
			}
			if take(key); len(out.Entities) == most && out.More {
				break
			}
		}
		v.standing(r, most, &out)
		return out
	})
}

// standing adds the active instructions and the open questions.
func (v *View) standing(r Reader, most int, out *Overview) {
	for _, i := range firstOf(v.known.ordered.before(r.Reach, nil), most, &out.More, func(i *record.Instruction) bool { return i.Active }) {
		out.Instructions = append(out.Instructions, v.instructionFor(&r, i))
	}
	for _, q := range firstOf(v.known.questioned.before(r.Reach, nil), most, &out.More, func(q *record.OpenQuestion) bool { return !q.Resolved }) {
		out.Questions = append(out.Questions, v.questionFor(&r, q))
	}
}

// firstOf returns up to most of the rows that pass keep. It sets more if there are others, or may be.
func firstOf[T any](rows iter.Seq[T], most int, more *bool, keep func(T) bool) (out []T) {
	n := 0
	for row := range rows {
		if n++; n > visits {
			*more = true
			break
		}
		if !keep(row) {
			continue
		}
		if len(out) == most {
			*more = true
			break
		}
		out = append(out, row)
	}
	return out
}

// ProfileQuery asks for what is known about a person.
type ProfileQuery struct {
	Speaker string // name of the person; "": see View.ProfileFor
	Subject string // name of the person that the caller stands for; "": nobody
	Session string // the reader knows it; its speaker may be the person; "": none
	Labels  []string
	Now     time.Time
	Most    int // facts of each category, and instructions
}

// Profile is what a reader knows about a person now, the newest first.
type Profile struct {
	Of           []record.EntityRef // the person, by the names under which facts are known
	Facts        []Hit              // live and holding; those of the category context may begin later
	Instructions []Hit
	More         bool
}

// ProfileFor returns a profile. Without a speaker it is the profile of the only speaker of the session, or else of the subject, or else of
// the user, with the only speaker who gave a name in the scopes of the reader.
func (v *View) ProfileFor(r Reader, q ProfileQuery) Profile {
	return read(v, func() (out Profile) {
		by := r.by()
		var lists []*sorted.List[*record.Fact]
		for _, self := range v.profiled(r, by, q) {
			of, _ := v.known.factLists(by, &FactQuery{Entity: self, Live: true})
			lists = append(lists, of...)
			if e, ok := v.known.seen(self.Key(), by); ok && e.RetiredAt.IsZero() {
				out.Of = append(out.Of, e.EntityRef)
			}
		}
		var facts []*record.Fact
		counts := map[record.Category]int{}
		n := 0
		for f := range mergeLists(compareFacts, nil, slices.Values(lists)) {
			if n++; n > visits {
				out.More = true
				break
			}
			if !q.has(f) {
				continue
			}
			if counts[f.Category]++; counts[f.Category] > q.Most {
				out.More = true
				if full := min(counts[record.Identity], counts[record.Knowledge], counts[record.Context]); full > q.Most {
					break
				}
				continue
			}
			facts = append(facts, f)
		}
		out.Facts = make([]Hit, len(facts))
		for i, f := range facts {
			out.Facts[i] = v.factAt(&r, f, &Point{})
		}
		for _, i := range firstOf(v.known.ordered.before(r.Reach, nil), q.Most, &out.More, func(i *record.Instruction) bool {
			return i.Active && labelled(i.Labels, q.Labels)
		}) {
			out.Instructions = append(out.Instructions, v.instructionFor(&r, i))
		}
		return out
	})
}

// has reports whether a live fact belongs to a profile.
func (q *ProfileQuery) has(f *record.Fact) bool {
	switch {
	case f.Key == record.Alias, f.Key == record.Account, f.Past, !labelled(f.Labels, q.Labels):
		return false
	case f.Category == record.Context:
		return f.Valid.Until.IsZero() || f.Valid.Until.After(q.Now)
	}
	return f.Valid.Contains(q.Now)
}

// profiled returns the names of the person of a profile, each once.
func (v *View) profiled(r Reader, by *reader, q ProfileQuery) (out []record.EntityRef) {
	asked := Query{Speaker: q.Speaker, Subject: q.Subject, by: by, Filter: index.Filter{Visible: r.Visible, Within: r.Within, Lens: r.Lens, Session: q.Session}}
	if q.Speaker == "" {
		if names := v.said.speakersOf(q.Session, r.Reads); len(names) == 1 {
			asked.Speaker = names[0]
		}
		asked.Filter.Session = ""
	}
	selves := v.selvesOf(asked)
	if asked.Speaker == "" && asked.Subject == "" && len(selves) > 2 {
		selves = selves[:1] // several people: only what is known of the unnamed user
	}
	for _, self := range selves {
		if !slices.ContainsFunc(out, func(o record.EntityRef) bool { return o.Key() == self.Key() }) {
			out = append(out, self)
		}
	}
	return out
}
