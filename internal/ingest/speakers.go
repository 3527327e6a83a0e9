package ingest

import (
	"cmp"
	"slices"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// speaker is the person whom "I" means in a message, as far as it is known.
type speaker struct {
	name       string
	subject    bool               // it is the Subject of the caller's principal
	attributed bool               // the caller named the speaker, now or before, so a name in the text is another name of that person
	said       string             // the name that the message gives for a speaker whom the caller did not name
	others     []record.EntityRef // the other speakers of the session
	unclear    string             // why the speaker is unknown; "": it is not unclear
}

func (s *speaker) ref() record.EntityRef { return speakerRef(s.name) }

// speakerRef returns the person with a speaker's name; zero for "".
func speakerRef(name string) record.EntityRef {
	if name == "" {
		return record.EntityRef{}
	}
	return personNamed(name)
}

func personNamed(name string) record.EntityRef {
	return record.EntityRef{Type: record.TypePerson, Name: name}
}

// speaker determines whom "I" means before facts are extracted from a message. The first of these that applies: the speaker whom the caller
// names, the only speaker of this session, the Subject of the caller's principal, the only person who ever gave a name in these scopes.
func (p *planner) speaker(msg message) speaker {
	if msg.anonymous {
		return speaker{unclear: "the name of the speaker is personal data, which was redacted"}
	}
	if msg.speaker != "" && personNamed(msg.speaker).Key() != record.UserEntity.Key() {
		return speaker{name: msg.speaker, attributed: true, others: p.others(msg.speaker)}
	}
	if msg.role != record.User {
		return speaker{}
	}
	here, known := p.speakers(), p.introduced()
	switch {
	case len(here) == 1:
		return speaker{name: here[0]}
	case p.by.Subject() != "":
		return speaker{name: p.by.Subject(), subject: true, attributed: true, others: p.others(p.by.Subject())}
	case len(here) > 1:
		return speaker{others: p.others(""), unclear: "several people speak in this session, and nothing says who this is"}
	case len(known) == 1:
		return speaker{name: known[0]}
	case len(known) > 1:
		return speaker{unclear: "several people have spoken here and this session does not say who it is"}
	}
	return speaker{}
}

// introduce evaluates a name that a message gives for its speaker. If the caller does not name the speaker, it may be one of the speakers
// of the session, under any form of the name, or a new one.
func (p *planner) introduce(who *speaker, said string) {
	if who.attributed {
		return
	}
	who.unclear = ""
	forms := slices.DeleteFunc(slices.Clone(p.speakers()), func(name string) bool {
		return !sameName(name, said) && !record.Extends(name, said) && !record.Extends(said, name)
	})
	if len(forms) == 1 {
		who.name = forms[0]
		who.attributed = !slices.ContainsFunc(p.introduced(), func(name string) bool { return sameName(name, who.name) })
	}
	who.others = p.others(who.name)
	if !who.attributed {
		who.said = said
		p.heard = append(p.heard, said)
	}
}

// attribute sets the speaker of a turn and its chunks, and adds the speaker to the session.
func (p *planner) attribute(turn string, msg message, who speaker) {
	name, before := cmp.Or(who.name, msg.speaker), ""
	switch {
	case who.said == "", name != "" && (sameName(who.said, name) || record.Extends(who.said, name)):
	case record.Extends(name, who.said):
		name, before = who.said, name
	default:
		name = who.said
	}
	for i := len(p.own.Turns) - 1; i >= 0 && p.own.Turns[i].ID == turn; i-- {
		p.own.Turns[i].Speaker = name
	}
	for i := len(p.own.Chunks) - 1; i >= 0 && p.own.Chunks[i].Turn == turn; i-- {
		p.own.Chunks[i].Speaker = name
	}
	// The Subject of a principal is not a speaker of the session, because callers with other keys may write to it too.
	if msg.role == record.User && !who.subject && (who.attributed || who.said != "") {
		p.hear(name, before)
	}
}

// speakers returns the speakers of the session. Those from earlier writes are included only if the caller may know them, and if all readers
// of the write may read the session.
func (p *planner) speakers() []string {
	if !p.readable || !scope.Implies(p.scopes, p.own.Session.Scopes) {
		return p.spoke
	}
	out := p.own.Session.Speakers
	for _, name := range p.spoke {
		out = withSpeaker(out, name, "")
	}
	return out
}

// others returns the speakers of the session with a name other than the given one.
func (p *planner) others(name string) []record.EntityRef {
	var out []record.EntityRef
	for _, other := range p.speakers() {
		if !sameName(other, name) {
			out = append(out, personNamed(other))
		}
	}
	return out
}

// introduced returns the names that speakers gave themselves without being named by the caller: those that every reader of the write's
// scopes may know, and those of this write.
func (p *planner) introduced() []string {
	out := slices.Clone(p.heard)
	for _, known := range p.known {
		if !slices.ContainsFunc(out, func(name string) bool { return sameName(name, known) }) {
			out = append(out, known)
		}
	}
	return out
}

// hear adds a speaker to the session. name replaces before, a shorter form of the name; "": none. The stored list changes only if all
// readers of the session may read the write, because it would otherwise reveal the name to them.
func (p *planner) hear(name, before string) {
	p.spoke = withSpeaker(p.spoke, name, before)
	if scope.Implies(p.own.Session.Scopes, p.scopes) {
		p.own.Session.Speakers = withSpeaker(p.own.Session.Speakers, name, before)
	}
}

// withSpeaker returns a copy of the names that has name instead of before, each name once.
func withSpeaker(names []string, name, before string) []string {
	out := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return before != "" && sameName(n, before) })
	if !slices.ContainsFunc(out, func(n string) bool { return sameName(n, name) }) && len(out) < record.MaxSpeakers {
		out = append(out, name)
	}
	return out
}

func sameName(a, b string) bool { return record.Normalise(a) == record.Normalise(b) }
