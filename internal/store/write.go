package store

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Write has everything that is stored in one transaction: by a Remember call or several concurrent ones, or by an edit.
type Write struct {
	// Session is the session after the write. When New, it is created; otherwise it must still have had
	// TurnsBefore turns. An edit has none.
	Session     record.Session
	New         bool
	TurnsBefore int
	Beside      []SessionMove // the sessions of the other calls that share the transaction

	Turns    []record.Turn
	Replies  []Reply // those of the turns that a model has written
	Chunks   []record.Chunk
	Hidden   []Hiding              // stored chunks that are forgotten without being erased
	Entities []record.Entity       // entities that are new in the scope set
	Raised   []record.Entity       // known entities with a higher category, or deleted
	Amend    []reconcile.Amendment // applied before Close
	Close    []reconcile.Closing   // applied before Create
	Create   []record.Fact

	CloseInstructions []reconcile.Closing
	Instructions      []record.Instruction
	Questions         []record.OpenQuestion
	Resolved          []string  // ids of answered questions
	At                time.Time // when they were answered
	Note              string    // what is noted with all of them
	Pins              []Pin
	Retold            []Retelling
	Observed          []Observed
	Reinforced        []Reinforcement
	Decision          *record.Decision
	Others            []record.Decision  // of the other calls that share the transaction, or of the other scope sets of an edit
	Embedder          *record.Embedder   // the embedder of the vectors, if it is not stored yet
	Registered        []record.ScopeNode // scopes that are used for the first time
	Events            []record.Event
	Answers           []record.Answer // of the parts with an idempotency key
	Tombstones        []string        // ids: see Buried
	// Library stores what the write changes of documents.
	Library *DocumentWrite
	// Documents and Passages are what memory gets of them; the passages are those of documents with a new version, with vectors.
	Documents []record.Document
	Passages  []record.Passage
	Resourced []Resourcing
	// Forgotten has the ids of the facts and instructions among those to close that a speaker asked to forget. It is not stored.
	Forgotten []string
}

// Hiding ends the known time of a chunk.
type Hiding struct {
	ID    string
	Until time.Time
}

type hidingRow struct {
	ID    surreal.RecordID `cbor:"id"`
	Until surreal.Datetime `cbor:"until"`
}

func newHidingRow(h Hiding) hidingRow { return hidingRow{recordID(h.ID), surreal.At(h.Until)} }

// SessionMove is a session after a write. When New, it is created; otherwise it must still have had TurnsBefore turns.
type SessionMove struct {
	Session     record.Session
	New         bool
	TurnsBefore int
}

// Sessions returns the sessions of the write.
func (w *Write) Sessions() []SessionMove {
	if w.Session.ID == "" {
		return nil
	}
	return append([]SessionMove{{w.Session, w.New, w.TurnsBefore}}, w.Beside...)
}

// Resourcing gives a fact another source, or other ones that told it again: one of them does not support it any longer.
type Resourcing struct {
	ID     string
	Source record.Source
	Quote  string
	Retold []string
}

// Apply changes the fact.
func (r *Resourcing) Apply(f *record.Fact) { f.Source, f.Quote, f.Retold = r.Source, r.Quote, r.Retold }

type resourcingRow struct {
	ID     surreal.RecordID           `cbor:"id"`
	Source sourceRow                  `cbor:"source"`
	Retold surreal.Optional[[]string] `cbor:"retold"`
}

func newResourcingRow(r Resourcing) resourcingRow {
	row := resourcingRow{ID: recordID(r.ID), Source: newSourceRow(r.Source, r.Quote)}
	if len(r.Retold) > 0 {
		row.Retold = surreal.Some(r.Retold)
	}
	return row
}

// Pin sets whether the importance of a live fact stays as it is.
type Pin struct {
	ID     string
	Slot   string // that the fact must still fill
	Pinned bool
	Importance
}

// Importance is the importance of a fact on a day, from which on it fades.
type Importance struct {
	Is float64
	Of int64 // the day; 0: the day on which the fact was recorded
}

// ImportanceOf returns the stored importance of a fact.
func ImportanceOf(f *record.Fact) Importance { return Importance{Is: f.Importance, Of: f.ImportanceOf} }

// Set changes a fact.
func (i Importance) Set(f *record.Fact) { f.Importance, f.ImportanceOf = i.Is, i.Of }

// Reinforcement sets the importance of a fact, and when it was last returned by a question or told again.
type Reinforcement struct {
	ID string
	Importance
	Used time.Time
}

type reinforcementRow struct {
	ID         surreal.RecordID `cbor:"id"`
	Importance float64          `cbor:"importance"`
	Of         int64            `cbor:"of,omitempty"`
	Used       surreal.Datetime `cbor:"used"`
}

func newReinforcementRow(r Reinforcement) reinforcementRow {
	return reinforcementRow{recordID(r.ID), r.Is, r.Of, surreal.At(r.Used)}
}

type pinRow struct {
	ID     surreal.RecordID `cbor:"id"`
	Head   string           `cbor:"head"`
	Pinned bool             `cbor:"pinned"`

	Importance float64 `cbor:"importance"`
	Of         int64   `cbor:"of,omitempty"`
}

// Retelling sets the turns in which a fact was told again, and when it last was.
type Retelling struct {
	ID    string
	Turns []string
	At    time.Time
}

type retoldRow struct {
	ID    surreal.RecordID `cbor:"id"`
	Turns []string         `cbor:"turns"`
	At    surreal.Datetime `cbor:"at"`
}

// Observed sets the proofs of an observation; 0: it no longer is one.
type Observed struct {
	ID     string
	Slot   string // that the fact must still fill
	Proofs int
	Importance
}

type observedRow struct {
	ID         surreal.RecordID `cbor:"id"`
	Head       string           `cbor:"head"`
	Proofs     int              `cbor:"proofs,omitempty"`
	Importance float64          `cbor:"importance"`
	Of         int64            `cbor:"of,omitempty"`
}

type closingRow struct {
	ID           surreal.RecordID         `cbor:"id"`
	Head         string                   `cbor:"head"`
	KnownUntil   surreal.Datetime         `cbor:"known_until"`
	ValidUntil   surreal.Datetime         `cbor:"valid_until"`
	RetiredAt    surreal.Datetime         `cbor:"retired_at"`
	SupersededBy surreal.Optional[string] `cbor:"superseded_by"`
	Yielded      bool                     `cbor:"yielded,omitempty"`
	EndedBy      surreal.Optional[string] `cbor:"ended_by"`
	Reason       surreal.Optional[string] `cbor:"reason"`
}

type amendmentRow struct {
	ID           surreal.RecordID         `cbor:"id"`
	ValidFrom    surreal.Datetime         `cbor:"valid_from"`
	ValidUntil   surreal.Datetime         `cbor:"valid_until"`
	KnownFrom    surreal.Datetime         `cbor:"known_from"`
	KnownUntil   surreal.Datetime         `cbor:"known_until"`
	SpokenAt     surreal.Datetime         `cbor:"spoken_at"`
	BegunBy      surreal.Datetime         `cbor:"begun_by"`
	Again        []surreal.Datetime       `cbor:"again,omitempty"`
	Yielded      bool                     `cbor:"yielded,omitempty"`
	Supersedes   surreal.Optional[string] `cbor:"supersedes"`
	SupersededBy surreal.Optional[string] `cbor:"superseded_by"`
	Seq          int64                    `cbor:"seq,omitempty"` // NONE: as it is
	By           string                   `cbor:"by,omitempty"`
}

// The statements of a write. Each is included only if it has rows; all run in one transaction.
const (
	insertSessions = `INSERT INTO session $sessions RETURN NONE;`
	moveSessions   = `
FOR $s IN $moved {
	LET $moved_one = (UPDATE $s.id SET turns = $s.turns, speaker = $s.speaker, speakers = $s.speakers, moved_at = $s.moved_at
		WHERE turns = $s.before RETURN VALUE id);
	IF array::len($moved_one) != 1 { THROW 'stale' };
};`
	insertTurns    = `INSERT INTO turn $turns RETURN NONE;`
	insertChunks   = `INSERT INTO memory_chunk $chunks RETURN NONE;`
	hideChunks     = `FOR $h IN $hidden { UPDATE $h.id SET known_until = $h.until RETURN NONE; };`
	insertEntities = `INSERT IGNORE INTO entity $entities RETURN NONE; INSERT INTO appearance $appearances RETURN NONE;`
	raiseEntities  = `
FOR $e IN $raised {
	UPDATE $e.id SET category = $e.category, importance = $e.importance, updated_at = $e.updated_at, retired_at = $e.retired_at RETURN NONE;
};`
	amendFacts = `
FOR $a IN $amended {
	UPDATE $a.id SET valid_from = $a.valid_from, valid_until = $a.valid_until, known_from = $a.known_from, known_until = $a.known_until,
		spoken_at = $a.spoken_at, begun_by = $a.begun_by, again = $a.again, yielded = $a.yielded, by = $a.by,
		seq = $a.seq ?? seq, supersedes = $a.supersedes, superseded_by = $a.superseded_by RETURN NONE;
};`
	closeFacts = `
FOR $c IN $closings {
	LET $closed = (UPDATE $c.id SET head = NONE, known_until = $c.known_until, valid_until = $c.valid_until ?? valid_until,
		retired_at = $c.retired_at, superseded_by = $c.superseded_by, yielded = $c.yielded, ended_by = $c.ended_by, reason = $c.reason WHERE head = $c.head RETURN VALUE id);
	IF array::len($closed) != 1 { THROW 'stale' };
};`
	pinFacts = `
FOR $p IN $pins {
	LET $pinned = (UPDATE $p.id SET pinned = $p.pinned, importance = $p.importance, importance_of = $p.of WHERE head = $p.head RETURN VALUE id);
	IF array::len($pinned) != 1 { THROW 'stale' };
};`
	retellFacts   = `FOR $r IN $retold { UPDATE $r.id SET retold = $r.turns, used_at = $r.at RETURN NONE; };`
	resourceFacts = `
FOR $r IN $resourced {
	UPDATE $r.id SET source = $r.source, retold = $r.retold RETURN NONE;
};`
	observeFacts = `
FOR $o IN $observed {
	LET $seen = (UPDATE $o.id SET proofs = $o.proofs, importance = $o.importance, importance_of = $o.of WHERE head = $o.head RETURN VALUE id);
	IF array::len($seen) != 1 { THROW 'stale' };
};`
	reinforceFacts    = `FOR $r IN $reinforced { UPDATE $r.id SET importance = $r.importance, importance_of = $r.of, used_at = $r.used RETURN NONE; };`
	closeInstructions = `
FOR $c IN $ended {
	LET $closed = (UPDATE $c.id SET head = NONE, active = false, known_until = $c.known_until,
		retired_at = $c.retired_at WHERE head = $c.head RETURN VALUE id);
	IF array::len($closed) != 1 { THROW 'stale' };
};`
	insertAttributes   = `INSERT INTO attribute $attributes RETURN NONE;`
	insertRelations    = `INSERT RELATION INTO relation $relations RETURN NONE;`
	insertInstructions = `INSERT INTO instruction $instructions RETURN NONE;`
	insertQuestions    = `INSERT INTO uncertainty $questions RETURN NONE;`
	resolveQuestions   = `UPDATE $resolved SET resolved = true, resolved_at = $resolved_at, note = $note RETURN NONE;`
	insertDecision     = `INSERT INTO decision_trace $decision RETURN NONE;`
)

// Apply runs the write as one transaction, exactly once, and returns the position after it. after is the position that the write
// was planned on. ErrStale: something has changed since. With an error that matches surreal.ErrLost, the write may or may not be
// stored.
func (s *Store) Apply(ctx context.Context, w Write, after Position) (Position, error) {
	var sql strings.Builder
	vars := map[string]any{}
	add := func(rows int, statement, name string, value func() any) {
		if rows > 0 {
			sql.WriteString(statement)
			vars[name] = value()
		}
	}
	var begun []sessionRow
	var moved []movedRow
	for _, m := range w.Sessions() {
		if m.New {
			begun = append(begun, newSessionRow(m.Session))
		} else {
			moved = append(moved, newMovedRow(m))
		}
	}
	add(len(begun), insertSessions, "sessions", func() any { return begun })
	add(len(moved), moveSessions, "moved", func() any { return moved })
	var attributes, relations []factRow
	for _, f := range w.Create {
		if f.Kind == record.KindRelation {
			relations = append(relations, newFactRow(f))
		} else {
			attributes = append(attributes, newFactRow(f))
		}
	}
	add(len(w.Turns), insertTurns, "turns", func() any { return rows(w.Turns, newTurnRow) })
	add(len(w.Replies), insertReplies, "replies", func() any { return rows(w.Replies, newReplyRow) })
	add(len(w.Chunks), insertChunks, "chunks", func() any { return rows(w.Chunks, newChunkRow) })
	add(len(w.Hidden), hideChunks, "hidden", func() any { return rows(w.Hidden, newHidingRow) })
	add(len(w.Tombstones), insertTombstones, "tombstones", func() any { return rows(w.Tombstones, newTombstone) })
	add(len(w.Entities), insertEntities, "entities", func() any {
		return rows(w.Entities, func(e record.Entity) entityRow { return newEntityRow(e.EntityRef) })
	})
	if len(w.Entities) > 0 {
		vars["appearances"] = rows(w.Entities, newAppearanceRow)
	}
	add(len(w.Raised), raiseEntities, "raised", func() any { return rows(w.Raised, newAppearanceRow) })
	add(len(w.Amend), amendFacts, "amended", func() any { return rows(w.Amend, newAmendmentRow) })
	add(len(w.Retold), retellFacts, "retold", func() any {
		return rows(w.Retold, func(r Retelling) retoldRow { return retoldRow{recordID(r.ID), r.Turns, surreal.At(r.At)} })
	})
	add(len(w.Resourced), resourceFacts, "resourced", func() any { return rows(w.Resourced, newResourcingRow) })
	add(len(w.Close), closeFacts, "closings", func() any { return rows(w.Close, newClosingRow) })
	add(len(attributes), insertAttributes, "attributes", func() any { return attributes })
	add(len(relations), insertRelations, "relations", func() any { return relations })
	add(len(w.CloseInstructions), closeInstructions, "ended", func() any { return rows(w.CloseInstructions, newClosingRow) })
	add(len(w.Instructions), insertInstructions, "instructions", func() any { return rows(w.Instructions, newInstructionRow) })
	add(len(w.Questions), insertQuestions, "questions", func() any { return rows(w.Questions, newQuestionRow) })
	add(len(w.Resolved), resolveQuestions, "resolved", func() any { return rows(w.Resolved, recordID) })
	if len(w.Resolved) > 0 {
		vars["resolved_at"], vars["note"] = surreal.At(w.At), optional(w.Note)
	}
	add(len(w.Pins), pinFacts, "pins", func() any { return rows(w.Pins, newPinRow) })
	add(len(w.Observed), observeFacts, "observed", func() any {
		return rows(w.Observed, func(o Observed) observedRow { return observedRow{recordID(o.ID), o.Slot, o.Proofs, o.Is, o.Of} })
	})
	add(len(w.Reinforced), reinforceFacts, "reinforced", func() any { return rows(w.Reinforced, newReinforcementRow) })
	add(len(w.Registered), upsertScopes, "nodes", func() any { return rows(w.Registered, newScopeRow) })
	add(len(w.Events), insertEvents, "events", func() any { return rows(w.Events, newEventRow) })
	if w.Embedder != nil {
		sql.WriteString(setEmbedder)
		vars["embedder"] = newEmbedderRow(w.Embedder)
	}
	if w.Decision != nil {
		sql.WriteString(insertDecision)
		vars["decision"] = rows(append([]record.Decision{*w.Decision}, w.Others...), newDecisionRow)
	}
	if len(w.Answers) > 0 {
		sql.WriteString(insertAnswers)
		vars["answers"] = rows(w.Answers, newAnswerRow)
	}
	w.Library.statements(s, add)
	made := w.marker()
	name := made.String()
	if made == (surreal.RecordID{}) {
		if w.Library == nil {
			return after, errOwnRecord
		}
		name = "documents " + uuid.NewString() // it may run again
	}
	return s.commit(ctx, name, made, sql.String(), vars, after, func(c *changeRow) { c.names(w) })
}

// Reinforce stores the importance of facts, in a transaction without another write. It may run twice after a lost reply, which changes
// nothing. Errors are those of Apply.
func (s *Store) Reinforce(ctx context.Context, list []Reinforcement, after Position) (Position, error) {
	vars := map[string]any{"reinforced": rows(list, newReinforcementRow)}
	return s.commit(ctx, uuid.NewString(), surreal.RecordID{}, reinforceFacts, vars, after, func(c *changeRow) { c.names(Write{Reinforced: list}) })
}

// errOwnRecord refuses a write without a marker.
var errOwnRecord = errors.New("store: a write needs a turn, a decision, a session or an event of its own")

// marker returns a record that only this write creates. After a lost reply its existence proves that the write was applied.
func (w *Write) marker() surreal.RecordID {
	switch {
	case len(w.Turns) > 0:
		return recordID(w.Turns[0].ID)
	case w.Decision != nil:
		return recordID(w.Decision.ID)
	case w.New:
		return recordID(w.Session.ID)
	case len(w.Events) > 0:
		return recordID(w.Events[0].ID)
	}
	return surreal.RecordID{}
}

// planned converts every failed precondition into ErrStale: a statement that throws it, and a slot or turn that another write filled
// first.
func planned(err error) error {
	switch what, _ := surreal.Thrown(err); what {
	case stale:
		return ErrStale
	case answered:
		return ErrAnswered
	case fenced:
		return ErrFenced
	}
	if errors.Is(err, surreal.ErrAlreadyExists) {
		return errors.Join(ErrStale, err)
	}
	return err
}

func newClosingRow(c reconcile.Closing) closingRow {
	return closingRow{
		recordID(c.ID), c.Slot, surreal.At(c.KnownUntil), surreal.At(c.ValidUntil), surreal.At(c.RetiredAt),
		optional(c.SupersededBy), c.Yielded, optional(c.EndedBy), optional(c.Reason),
	}
}

func newPinRow(p Pin) pinRow { return pinRow{recordID(p.ID), p.Slot, p.Pinned, p.Is, p.Of} }

func newAmendmentRow(a reconcile.Amendment) amendmentRow {
	return amendmentRow{
		recordID(a.ID), surreal.At(a.Valid.From), surreal.At(a.Valid.Until), surreal.At(a.Known.From), surreal.At(a.Known.Until),
		surreal.At(a.Spoken), surreal.At(a.BegunBy), datetimes(a.Again), a.Yielded, optional(a.Supersedes), optional(a.SupersededBy), a.Seq,
		string(a.By),
	}
}

func rows[T, R any](in []T, row func(T) R) []R {
	out := make([]R, len(in))
	for i, v := range in {
		out[i] = row(v)
	}
	return out
}
