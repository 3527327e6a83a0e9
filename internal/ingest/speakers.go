package ingest

import (
	"cmp"
	"slices"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// speaker is who says "I" in a message, as far as it is known.
type speaker struct {
	name       string
	subject    bool               // the caller stands for that person
	attributed bool               // the caller named the speaker, now or before: a name that is said is another one for that person
	said       string             // the name that the message says of a speaker whom nobody else named
	others     []record.EntityRef // who else speaks in the session
	unclear    string             // why it is nobody of those who are known
}

func (s *speaker) ref() record.EntityRef {
	if s.name == "" {
		return record.EntityRef{}
	}
	return personNamed(s.name)
}

func personNamed(name string) record.EntityRef {
	return record.EntityRef{Type: record.TypePerson, Name: name}
}

// speaker says who "I" is before a message is read: whom the caller names, the only one who speaks in this session, whom the caller
// stands for, or the only one who ever gave a name in these scopes.
func (p *planner) speaker(msg message) speaker {
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

// introduce takes account of a name that a message says. Where the caller does not name the speaker, that may be one of those who
// speak in the session, in whatever form of the name, or somebody who joins them.
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

// attribute gives a turn and its chunks their speaker, and lets the session know who says "I" in it.
func (p *planner) attribute(turn string, msg message, who speaker) {
	name, before := cmp.Or(who.name, msg.speaker), ""
	switch {
	case who.said == "", name != "" && (sameName(who.said, name) || record.Extends(who.said, name)):
	case record.Extends(name, who.said):
		name, before = who.said, name
	default:
		name = who.said
	}
	for i := len(p.write.Turns) - 1; i >= 0 && p.write.Turns[i].ID == turn; i-- {
		p.write.Turns[i].Speaker = name
	}
	for i := len(p.write.Chunks) - 1; i >= 0 && p.write.Chunks[i].Turn == turn; i-- {
		p.write.Chunks[i].Speaker = name
	}
	// Whom a caller stands for tells the session nothing of those who write in it with other keys.
	if msg.role == record.User && !who.subject && (who.attributed || who.said != "") {
		p.hear(name, before)
	}
}

// speakers are who says "I" in the session, as far as the caller may know it.
func (p *planner) speakers() []string {
	if !p.readable || !scope.Implies(p.scopes, p.write.Session.Scopes) {
		return p.spoke
	}
	out := p.write.Session.Speakers
	for _, name := range p.spoke {
		out = withSpeaker(out, name, "")
	}
	return out
}

// others are those of the speakers who have another name.
func (p *planner) others(name string) []record.EntityRef {
	var out []record.EntityRef
	for _, other := range p.speakers() {
		if !sameName(other, name) {
			out = append(out, personNamed(other))
		}
	}
	return out
}

// introduced are the names that people gave, as far as all know them who read where the write goes, whom the caller did not name.
func (p *planner) introduced() []string {
	out := slices.Clone(p.heard)
	for _, e := range p.view.Speakers(p.scopes) {
		if !slices.ContainsFunc(out, func(name string) bool { return sameName(name, e.Name) }) {
			out = append(out, e.Name)
		}
	}
	return out
}

// hear takes note of who says "I"; before is the shorter name that this one takes the place of. A session knows it from what is
// said where all of its readers read: from elsewhere it would come to be known to who may not read there.
func (p *planner) hear(name, before string) {
	p.spoke = withSpeaker(p.spoke, name, before)
	if scope.Implies(p.write.Session.Scopes, p.scopes) {
		p.write.Session.Speakers = withSpeaker(p.write.Session.Speakers, name, before)
	}
}

// withSpeaker returns the names with another one, each once. The list that is given stays as it is.
func withSpeaker(names []string, name, before string) []string {
	out := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return before != "" && sameName(n, before) })
	if !slices.ContainsFunc(out, func(n string) bool { return sameName(n, name) }) && len(out) < record.MaxSpeakers {
		out = append(out, name)
	}
	return out
}

func sameName(a, b string) bool { return record.Normalise(a) == record.Normalise(b) }
