package reconcile

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/record"
)

// nameKey is the attribute of the user that holds the names of the speakers.
const nameKey = "name"

// introduced is the confidence of a speaker's name to which the extraction gives no confidence.
const introduced = 0.9

// userKey is the key of [record.UserEntity], as a constant.
const userKey = record.TypePerson + "/user"

func (p *planner) isUser(ref record.EntityRef) bool {
	return ref == record.UserEntity || p.key(ref) == userKey
}

// meet identifies the speaker: which person the extraction means by the user, and which facts are carried over to that person.
func (p *planner) meet() {
	before := clean(p.in.Speaker)
	known := before.Name != "" && !p.isUser(before)
	attributed := known && p.in.Attributed
	for key, ref := range p.in.Accounts {
		switch {
		case key != p.key(before):
			p.alias(key, ref)
		case !attributed: // another name of a speaker whom the caller has named
			before, attributed = clean(ref), true
			p.alias(key, ref)
		}
	}
	if known {
		p.alias(userKey, before)
	}
	now := clean(p.in.Extraction.Speaker)
	if !named(now.Name) || p.isUser(now) {
		return
	}
	confidence, span := p.introduction(now)
	if attributed {
		p.join(before, now, confidence, span)
		return
	}
	if !(confidence >= p.in.Floor) {
		p.doubt(about(record.UserEntity, nameKey, now.Name), now.Name, confidence, span)
		return
	}
	now = p.canonical(now)
	switch {
	case !known && len(p.in.Others) == 0:
		p.alias(userKey, now)
		p.move(userKey, now)
	case p.key(before) == p.key(now):
	case extends(before, now): // the full name of the same person
		p.alias(userKey, now)
		p.alias(p.key(before), now)
		p.move(p.key(before), now)
		p.renamed = before
	case extends(now, before): // the short name of a person whose full name is known
		p.alias(p.key(now), before)
		p.touch(before, record.Identity)
		return
	default: // another person
		p.alias(userKey, now)
	}
	p.touch(now, record.Identity)
	p.name = &item{
		fact: record.Fact{
			Kind: record.KindAttribute, Entity: record.UserEntity, Key: nameKey, Value: now.Name, Many: true,
			Category: record.Identity, Confidence: min(confidence, 1),
		},
		span: span, entity: userKey, same: record.SameValue(now.Name),
	}
}

// join treats a name as another name of the speaker, whom the caller has named. The first of several names ("Lena" of Lena Brandt) finds
// the person anyway. It may also belong to another person, so it is not recorded.
func (p *planner) join(speaker, name record.EntityRef, confidence float64, span record.Span) {
	key := p.key(name)
	if key == p.key(speaker) {
		p.touch(speaker, record.Identity)
		return
	}
	p.alias(key, speaker)
	subject := about(speaker, nameKey, name.Name)
	other := func(o record.EntityRef) bool { return p.key(o) == key || extends(name, o) }
	switch i := slices.IndexFunc(p.in.Others, other); {
	case !(confidence >= p.in.Floor):
		p.doubt(subject, name.Name, confidence, span)
		return
	case extends(name, speaker):
		p.touch(speaker, record.Identity)
		return
	case i >= 0:
		p.ask(subject, quoted(name.Name)+" is what "+display(p.in.Others[i])+" is called, who speaks here as well", span)
		return
	}
	if slices.ContainsFunc(p.in.Live, func(f record.Fact) bool {
		return f.Live() && !p.outranks(&f) && f.Scopes.Equal(p.in.Scopes) && p.key(f.Entity) == key && (f.Key != record.Account || p.key(f.Object) != p.key(speaker))
	}) {
		p.ask(subject, quoted(name.Name)+" is known already, and may be somebody else", span)
	}
	name = p.known(name)
	p.touch(speaker, record.Identity)
	p.touch(name, record.Identity)
	p.name = &item{
		fact: record.Fact{
			Kind: record.KindRelation, Entity: name, Key: record.Account, Object: speaker, Value: speaker.Name, Many: true,
			Category: record.Identity, Confidence: min(confidence, 1),
		},
		span: span, entity: key, same: p.key(speaker),
	}
}

func (p *planner) alias(key string, ref record.EntityRef) {
	if p.aliases == nil {
		p.aliases = map[string]record.EntityRef{}
	}
	p.aliases[key] = ref
}

func (p *planner) move(key string, ref record.EntityRef) {
	if p.moves == nil {
		p.moves = map[string]record.EntityRef{}
	}
	p.moves[key] = ref
}

// introduction returns the confidence of the speaker's name, and where the text says it.
func (p *planner) introduction(ref record.EntityRef) (float64, record.Span) {
	for _, e := range p.in.Extraction.Entities {
		if p.key(e.EntityRef) == p.key(ref) {
			return e.Confidence, e.Span
		}
	}
	i := strings.Index(p.in.Text, ref.Name)
	if i < 0 {
		return introduced, record.Span{}
	}
	start := utf8.RuneCountInString(p.in.Text[:i])
	return introduced, record.Span{Start: start, End: start + utf8.RuneCountInString(ref.Name)}
}

// extends reports whether the long name is the short one with more words: "Alice", "Alice Berg".
func extends(short, long record.EntityRef) bool {
	return short.Type == long.Type && record.Extends(short.Name, long.Name)
}

// adoptUnknown finds typed entities that replace entities of type unknown with the same name. An unknown entity takes the type that the
// extraction gives. An unknown name in the extraction means the only typed entity that is known by this name.
func (p *planner) adoptUnknown() {
	if !p.unknowns() {
		return
	}
	coming := names{}
	x := &p.in.Extraction
	for _, e := range x.Entities {
		coming.add(p, e.EntityRef, e.Confidence)
	}
	for _, a := range x.Attributes {
		coming.add(p, a.Entity, a.Confidence)
	}
	for _, r := range x.Relations {
		coming.add(p, r.Subject, r.Confidence)
		coming.add(p, r.Object, r.Confidence)
	}
	for name, ref := range coming {
		if ref.Name != "" {
			p.alias(unknownPrefix+name, ref)
			p.move(unknownPrefix+name, ref)
		}
	}
	known := names{}
	for _, e := range p.in.Entities {
		known.add(p, e.EntityRef, 1)
	}
	for name, ref := range known {
		if _, typed := coming[name]; !typed && ref.Name != "" {
			p.alias(unknownPrefix+name, ref)
		}
	}
}

const unknownPrefix = record.TypeUnknown + "/"

// unknowns reports whether any entity of type unknown is involved.
func (p *planner) unknowns() bool {
	for i := range p.in.Live {
		if p.in.Live[i].Entity.Type == record.TypeUnknown || p.in.Live[i].Object.Type == record.TypeUnknown {
			return true
		}
	}
	unknown := func(ref record.EntityRef) bool { return strings.HasPrefix(p.key(ref), unknownPrefix) }
	x := &p.in.Extraction
	for _, e := range x.Entities {
		if unknown(e.EntityRef) {
			return true
		}
	}
	for _, a := range x.Attributes {
		if unknown(a.Entity) {
			return true
		}
	}
	for _, r := range x.Relations {
		if unknown(r.Subject) || unknown(r.Object) {
			return true
		}
	}
	for _, i := range x.Invalidations {
		if unknown(i.Entity) {
			return true
		}
	}
	return false
}

// names maps normalised names to typed entities. If entities of two types share a name, it maps to none.
type names map[string]record.EntityRef

func (n names) add(p *planner, ref record.EntityRef, confidence float64) {
	if !(confidence >= p.in.Floor) {
		return
	}
	if ref = p.canonical(ref); p.isUser(ref) {
		return
	}
	kind, name, _ := strings.Cut(p.key(ref), "/")
	if kind == record.TypeUnknown || name == "" {
		return
	}
	if other, ok := n[name]; ok && p.key(other) != p.key(ref) {
		ref = record.EntityRef{}
	}
	n[name] = ref
}
