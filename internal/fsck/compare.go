package fsck

import (
	"slices"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// Misfiled is a row that memory does not have as it is stored.
type Misfiled struct {
	Row     string // id
	Problem string // one of the problems below
}

// The problems.
const (
	problemMissing = "missing" // it is stored, and not in memory
	problemExtra   = "extra"   // it is in memory, and not stored
	problemText    = "text"    // it cannot be found by its words: the index does not have it, or has another text
	problemState   = "state"   // it has another state in memory, such as other scopes or times
)

// filed is a stored row, as it is compared with memory.
type filed struct {
	id      string
	compare func(k *recall.Kept) (problem string)
}

// problem returns how a stored row differs from memory; "": in nothing.
func (f *filed) problem(k *recall.Kept) string {
	if k.Missing() {
		return problemMissing
	}
	return f.compare(k)
}

// differing returns a problem unless everything holds.
func differing(text, state bool) string {
	switch {
	case !text:
		return problemText
	case !state:
		return problemState
	}
	return ""
}

func filedChunk(c record.Chunk) filed {
	return filed{c.ID, func(k *recall.Kept) string {
		m := k.Chunk
		if m == nil {
			return problemMissing
		}
		return differing(k.Indexed && m.Text == c.Text, m.Turn == c.Turn && m.Session == c.Session && m.Start == c.Start && m.Role == c.Role && m.Speaker == c.Speaker &&
			m.Scopes.Equal(c.Scopes) && slices.Equal(m.Labels, c.Labels) && m.SpokenAt.Equal(c.SpokenAt) && m.KnownUntil.Equal(c.KnownUntil))
	}}
}

func filedFact(f record.Fact) filed {
	f.Vector = nil
	return filed{f.ID, func(k *recall.Kept) string {
		m := k.Fact
		if m == nil {
			return problemMissing
		}
		return differing(k.Indexed && k.Text == f.Text() && m.Text() == f.Text(), m.Entity.Key() == f.Entity.Key() && m.Object.Key() == f.Object.Key() && m.Key == f.Key &&
			m.Value == f.Value && m.Many == f.Many && m.Past == f.Past && m.Beside == f.Beside && m.Category == f.Category && m.Scopes.Equal(f.Scopes) &&
			slices.Equal(m.Labels, f.Labels) && m.Supersedes == f.Supersedes && m.SupersededBy == f.SupersededBy && m.Source.Ref == f.Source.Ref &&
			slices.Equal(m.Source.Rests(), f.Source.Rests()) && same(m.Valid, f.Valid) && same(m.Known, f.Known) && m.RecordedAt.Equal(f.RecordedAt) &&
			m.RetiredAt.Equal(f.RetiredAt) && m.Pinned == f.Pinned && m.Seq == f.Seq)
	}}
}

func filedInstruction(i record.Instruction) filed {
	i.Vector = nil
	return filed{i.ID, func(k *recall.Kept) string {
		m := k.Instruction
		if m == nil {
			return problemMissing
		}
		return differing(k.Indexed && k.Text == i.Description && m.Description == i.Description, m.Label == i.Label && m.Active == i.Active && m.Scopes.Equal(i.Scopes) &&
			slices.Equal(m.Labels, i.Labels) && same(m.Known, i.Known) && m.RecordedAt.Equal(i.RecordedAt) && m.RetiredAt.Equal(i.RetiredAt))
	}}
}

func filedQuestion(q record.OpenQuestion) filed {
	return filed{q.ID, func(k *recall.Kept) string {
		m := k.Question
		if m == nil {
			return problemMissing
		}
		return differing(m.About == q.About && m.Reason == q.Reason, m.Resolved == q.Resolved && m.Scopes.Equal(q.Scopes) && slices.Equal(m.Facts, q.Facts) &&
			m.ResolvedAt.Equal(q.ResolvedAt) && m.Note == q.Note)
	}}
}

func filedEntity(e record.Entity) filed {
	return filed{e.ID, func(k *recall.Kept) string {
		m := k.Entity
		if m == nil {
			return problemMissing
		}
		return differing(m.Name == e.Name, m.EntityRef.Key() == e.EntityRef.Key() && m.Category == e.Category && m.Scopes.Equal(e.Scopes) && m.CreatedAt.Equal(e.CreatedAt) &&
			m.RetiredAt.Equal(e.RetiredAt))
	}}
}

func filedSession(s record.Session) filed {
	return filed{s.ID, func(k *recall.Kept) string {
		m := k.Session
		if m == nil {
			return problemMissing
		}
		return differing(slices.Equal(m.Speakers, s.Speakers), m.Scopes.Equal(s.Scopes) && m.Turns == s.Turns && m.CreatedAt.Equal(s.CreatedAt) && m.Closed == s.Closed)
	}}
}

func filedDocument(d record.Document) filed {
	return filed{d.ID, func(k *recall.Kept) string {
		m := k.Document
		if m == nil {
			return problemMissing
		}
		return differing(k.Passages == d.Passages, m.Version == d.Version && m.Hash == d.Hash && m.Title == d.Title && m.Scopes.Equal(d.Scopes) && slices.Equal(m.Labels, d.Labels) &&
			m.ObservedAt.Equal(d.ObservedAt) && (m.Next == nil) == (d.Next == nil))
	}}
}

func same(a, b record.Interval) bool { return a.From.Equal(b.From) && a.Until.Equal(b.Until) }

// filedOf returns the rows of a moment, by their ids.
func filedOf(u *store.Update) map[string]filed {
	out := map[string]filed{}
	add := func(f filed) { out[f.id] = f }
	for _, s := range u.Sessions {
		add(filedSession(s))
	}
	for _, c := range u.Write.Chunks {
		add(filedChunk(c))
	}
	for _, e := range u.Write.Entities {
		add(filedEntity(e))
	}
	for _, f := range u.Write.Create {
		add(filedFact(f))
	}
	for _, i := range u.Write.Instructions {
		add(filedInstruction(i))
	}
	for _, q := range u.Write.Questions {
		add(filedQuestion(q))
	}
	for _, d := range u.Write.Documents {
		add(filedDocument(d))
	}
	return out
}
