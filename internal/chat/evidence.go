package chat

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/answers"
	"github.com/spectron-go/spectron/internal/digest"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/guard"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/question"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// Limits of a prompt.
const (
	maxSource   = 2_000 // code points of a record
	maxSources  = 6_000 // tokens of all records together
	tailTurns   = 10
	tailSize    = 8_000 // code points of the turns of the conversation together
	maxWishes   = 50
	wishesSize  = 4_000 // code points of the instructions together
	snippetSize = 300   // code points of a citation
)

// source is a record that a model is shown.
type source struct {
	answers.Citation
	kind   string // what it is, as the prompt says
	line   string
	proves bool     // whether a fact may follow from it
	turns  []string // ids of the turns whose words it has; none: it is a fact
	text   string
}

// evidence is what a model is shown of the memory.
type evidence struct {
	sources []source
	tail    []string // lines of the conversation
	wishes  []string // lines of instructions
	basis   []string // ids of all these records, and of the other turns of their texts
	with    []string // paths that a reader of an answer needs beyond those of its target
	found   question.Answer
}

// gather finds what a caller's memory has for a request. Nothing of it comes from beyond what the caller may read. target is where the answer
// is going to be stored; empty: nowhere. An answer that is stored also follows the instructions.
func gather(ctx context.Context, by *gate.Call, ask question.Request, session record.Session, target record.ScopeSet) (*evidence, error) {
	lens, err := by.Lens(ctx, ask.Lens)
	if err != nil {
		return nil, err
	}
	e := &evidence{}
	limit := paths{target: target}
	if err := e.addTail(ctx, by, session, lens, &limit, &ask); err != nil {
		return nil, err
	}
	ask.Kinds = []record.Kind{record.KindMemoryChunk, record.KindAttribute, record.KindRelation}
	ask.Whole = true
	if e.found, err = question.Ask(ctx, by, ask); err != nil {
		return nil, err
	}
	left := maxSources
	for i := range e.found.Hits {
		h := &e.found.Hits[i]
		s, ok := sourceOf(h)
		if !ok || !limit.admitsAll(by, append(slices.Clip(s.turns), s.ID)) {
			continue
		}
		s.Marker = fmt.Sprintf("S%d", len(e.sources)+1)
		if size := digest.Tokens(s.line); size <= left {
			left -= size
			e.sources = append(e.sources, s)
			e.basis = append(append(e.basis, s.ID), s.turns...)
		}
	}
	if len(target) > 0 {
		e.addWishes(by, lens, &limit)
	}
	e.with = limit.with
	return e, nil
}

// paths collects the paths that the readers of an answer need, because of the records that it was made from.
type paths struct {
	target record.ScopeSet
	with   []string
}

// admits reports whether a record can be used, and counts its paths. A clause has a limited number of paths.
func (p *paths) admits(seen record.ScopeSet) bool {
	if len(p.target) == 0 {
		return true
	}
	more := ingest.Beyond(p.target, seen)
	with := slices.Clone(p.with)
	for _, path := range more {
		if !slices.Contains(with, path) {
			with = append(with, path)
		}
	}
	for _, clause := range p.target {
		if len(clause)+len(with) > scope.MaxPaths {
			return false
		}
	}
	p.with = with
	return true
}

// admitsAll is like admits, for all rows of a record.
func (p *paths) admitsAll(by *gate.Call, ids []string) bool {
	before := p.with
	for _, set := range by.Live.View.Load().ScopesOfRows(ids) {
		if !p.admits(by.Seen(set)) {
			p.with = before
			return false
		}
	}
	return true
}

// sourceOf returns a hit as a source. It refuses a text that looks like a prompt injection.
func sourceOf(h *recall.Hit) (s source, ok bool) {
	s = source{Citation: answers.Citation{ID: h.ID, Kind: h.Kind, Score: h.Score}, text: h.Text}
	item := digest.Item{ID: h.ID, Kind: h.Kind}
	switch {
	case h.Chunk != nil:
		c := h.Chunk
		s.Role, s.At, s.turns, s.kind, s.proves = c.Role, c.SpokenAt, []string{c.Turn}, string(c.Role), c.Role == record.User
		if len(h.Turns) > 1 {
			s.turns, s.text = nil, ""
			for _, t := range h.Turns {
				s.turns = append(s.turns, t.ID)
				s.text += t.Text + "\n"
			}
		}
		item.Speaker, item.Role = c.Speaker, c.Role
	case h.Fact != nil:
		f := h.Fact
		s.At, s.kind, s.proves = ingest.FirstTime(f.Valid.From, f.Known.From), "fact", true
		switch {
		case suspicious(f.Source):
			s.kind, s.proves = "untrusted", false
		case f.Source.Kind.Derived():
			s.kind, s.proves = "conclusion", false
		}
		if h.Doubt != "" {
			s.text, s.proves = s.text+" (this may have changed)", false
		}
	default:
		return s, false
	}
	if len(guard.Scan(s.text)) > 0 {
		return s, false
	}
	s.text = cut(s.text, maxSource)
	item.Text, item.At = s.text, s.At
	s.line = s.kind + " " + digest.Line(item)
	s.Snippet = cut(strings.Join(strings.Fields(s.text), " "), snippetSize)
	return s, true
}

// suspicious reports whether a record comes from a text or a triple with a finding of the guards, which halves the trust in it. The trust is 0
// if it is not known.
func suspicious(of record.Source) bool {
	switch of.Kind {
	case record.FromTurn:
		return of.Trust > 0 && of.Trust < ingest.Trust(record.User)
	case record.FromUpsert:
		return of.Trust > 0 && of.Trust < 1
	}
	return false
}

// addTail adds the last turns of the conversation, and excludes them from the search.
func (e *evidence) addTail(ctx context.Context, by *gate.Call, session record.Session, lens record.ScopeSet, limit *paths, ask *question.Request) error {
	turns, err := ingest.LastTurns(ctx, by, session, lens, tailTurns)
	if err != nil {
		return err
	}
	left, state, reader := tailSize, by.Live.View.Load().State(), ingest.ReaderOf(by, lens)
	for _, t := range slices.Backward(turns) {
		if !state.Keeps(reader, []string{t.ID}) { // it is being erased
			continue
		}
		if left <= 0 || !limit.admits(by.Seen(t.Scopes)) {
			break
		}
		ask.ExcludeTurns = append(ask.ExcludeTurns, t.ID)
		text := cut(t.Content, left)
		left -= len([]rune(text))
		if len(guard.Scan(t.Content)) > 0 {
			text = "…" // it looks like a prompt injection
		}
		e.tail = append(e.tail, string(t.Role)+" "+digest.Line(digest.Item{Text: text, At: t.SpokenAt, Speaker: t.Speaker}))
		e.basis = append(e.basis, t.ID)
	}
	slices.Reverse(e.tail)
	return nil
}

// addWishes adds the instructions that the caller sees and that the lens keeps, the newest first.
func (e *evidence) addWishes(by *gate.Call, lens record.ScopeSet, limit *paths) {
	now, left := by.Now(), wishesSize
	active := func(i *record.Instruction) bool {
		return i.Active && (i.Known.Until.IsZero() || now.Before(i.Known.Until))
	}
	for _, h := range by.Live.View.Load().InstructionsBefore(ingest.ReaderOf(by, lens), active, recall.RowPlace{}, 0, maxWishes) {
		i := h.Instruction
		if len(guard.Scan(i.Description)) > 0 || suspicious(i.Source) || !limit.admits(by.Seen(i.Scopes)) {
			continue
		}
		line := digest.Line(digest.Item{Text: i.Description})
		if left -= len([]rune(line)); left < 0 {
			break
		}
		e.wishes = append(e.wishes, line)
		e.basis = append(e.basis, i.ID)
	}
}

// rows returns the states of the sources.
func (e *evidence) rows() map[string]answers.State {
	out := make(map[string]answers.State, len(e.sources))
	for i := range e.sources {
		s := &e.sources[i]
		out[s.ID] = sha256.Sum256([]byte(s.line + "\x00" + strings.Join(s.turns, " ")))
	}
	return out
}

// memory returns the part of a prompt with the sources.
func (e *evidence) memory() string {
	var b strings.Builder
	b.WriteString("<memory>\n")
	for i := range e.sources {
		fmt.Fprintf(&b, "[%s] %s\n", e.sources[i].Marker, e.sources[i].line)
	}
	b.WriteString("</memory>\n")
	return b.String()
}

// conversation returns the part of a prompt with the last turns of the conversation; "" without turns.
func (e *evidence) conversation() string {
	if len(e.tail) == 0 {
		return ""
	}
	return "<conversation>\n" + strings.Join(e.tail, "\n") + "\n</conversation>\n"
}

// system returns the rules of a prompt, with the instructions.
func (e *evidence) system(rules string, now time.Time) string {
	out := fmt.Sprintf(rules, now.Format("Monday, 2006-01-02"))
	if len(e.wishes) == 0 {
		return out
	}
	var list strings.Builder
	for _, w := range e.wishes {
		list.WriteString("- " + w + "\n")
	}
	return out + fmt.Sprintf(wishesPrompt, list.String())
}

// cited returns the sources with the given numbers.
func (e *evidence) cited(numbers []int) []answers.Citation {
	out := make([]answers.Citation, 0, len(numbers))
	for _, n := range numbers {
		out = append(out, e.sources[n-1].Citation)
	}
	return out
}

// cut returns the first code points of a text.
func cut(text string, most int) string {
	n := 0
	for i := range text {
		if n == most {
			return text[:i] + "…"
		}
		n++
	}
	return text
}
