package ingest

import (
	"cmp"
	"fmt"
	"time"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// Infer selects what is stored for a text.
type Infer string

// The ways to remember.
const (
	Full    Infer = "full"    // extracts facts from the text, and stores the text as well
	Triples Infer = "triples" // stores the facts that the caller gives, and the text if there is one
	Preview Infer = "preview" // like Full, but nothing is stored
	None    Infer = "none"    // stores the text word for word, and no facts
)

// Limits of a request.
const (
	MaxValueBytes = 16 << 10
	// maxBatchBytes keeps one write, which contains each text twice, below the limit of the engine for one request.
	maxBatchBytes = 24 << 20
	maxTriples    = 1000
)

// Request says what to remember.
type Request struct {
	Infer    Infer // "": Full
	Messages []Message
	Triples  []Triple // only with Infer Triples
	Session  string   // id, with or without its table; "": a new session
	Scopes   [][]string
	Labels   []string
	Category record.Category
	Observed time.Time // the transaction time; zero: the time of each message
	Extract  Mode      // how a model reads the messages; "": WholeConversation
	Key      string    // the idempotency key; "": none
	// With has further scopes that each reader of the stored text must hold, because the text was made from records that belong there. Basis
	// has the ids of these records: the write is refused once the caller no longer sees one of them, because it was erased. From has the ids of other records that the text may quote, and that only have to exist.
	// The text is erased with any record of Basis and From. Only for None.
	With  []string
	Basis []string
	From  []string
}

// Mode says how a model reads the messages of a conversation.
type Mode string

// The modes.
const (
	WholeConversation Mode = "whole_conversation"
	PerMessage        Mode = "per_message"
)

// Message is one turn of a conversation.
type Message struct {
	Role    record.Role // "": record.User
	Text    string
	Speaker string
	// Location is where it was said, "lat,lng"; "": unknown.
	Location string
	At       time.Time // in the speaker's time zone; zero: that of the previous message, for the first Request.Observed, or now
}

// Triple is a fact that the caller gives: an entity has a value for a key, or a relation to a target.
type Triple struct {
	Entity     record.EntityRef
	Key, Value string
	Target     record.EntityRef
	Category   record.Category
}

// one validates a request with a single message. The message may have no text if there are triples.
func one(req Request, maxText int) (*draft, error) {
	d := &draft{infer: cmp.Or(req.Infer, Full), triples: req.Triples}
	switch d.infer {
	case Full, Preview, None:
		if len(req.Triples) > 0 {
			return nil, fault.Bad("Triples", "only InferTriples accepts triples, but Infer is %q", d.infer)
		}
	case Triples:
		if len(req.Triples) == 0 {
			return nil, fault.Bad("Triples", "InferTriples needs at least one triple")
		}
		if len(req.Triples) > maxTriples {
			return nil, fault.Over("Triples", len(req.Triples), maxTriples, "triples")
		}
	default:
		return nil, fault.Bad("Infer", "unknown mode %q; the modes are full, triples, preview and none", d.infer)
	}
	for i, t := range req.Triples {
		if err := t.check(fmt.Sprintf("Triples[%d]", i)); err != nil {
			return nil, err
		}
	}
	msg := req.Messages[0]
	if err := input.Time("SpokenAt", msg.At); err != nil {
		return nil, err
	}
	if err := input.Time("ObservedAt", req.Observed); err != nil {
		return nil, err
	}
	if msg.Text != "" || d.infer != Triples {
		if err := d.add("Text", "", msg, maxText, req.Observed, req.Observed); err != nil {
			return nil, err
		}
	} else {
		if err := checkRole("Role", msg.Role); err != nil {
			return nil, err
		}
		if msg.Location != "" {
			return nil, fault.Bad("Location", "it is that of a text, but there is none")
		}
		// Triples need a time, also without a text.
		d.messages = []message{message{spoken: msg.At, observed: req.Observed}.timed(req.Observed)}
	}
	return d, d.checkCommon(req)
}

// many validates a request with a conversation.
func many(req Request, maxText, maxBatch int) (*draft, error) {
	d := &draft{infer: cmp.Or(req.Infer, Full), perMessage: req.Extract == PerMessage}
	switch req.Extract {
	case "", WholeConversation, PerMessage:
	default:
		return nil, fault.Bad("Extract", "unknown mode %q; the modes are %s and %s", req.Extract, WholeConversation, PerMessage)
	}
	switch d.infer {
	case Full, Preview, None:
	case Triples:
		return nil, fault.Bad("Infer", "a batch accepts no triples; use Remember")
	default:
		return nil, fault.Bad("Infer", "unknown mode %q; the modes are full, preview and none", d.infer)
	}
	if len(req.Messages) == 0 {
		return nil, fault.Bad("Messages", "empty")
	}
	if len(req.Messages) > maxBatch {
		return nil, fault.Over("Messages", len(req.Messages), maxBatch, "messages")
	}
	if err := input.Time("ObservedAt", req.Observed); err != nil {
		return nil, err
	}
	total := 0
	for _, msg := range req.Messages {
		total += len(msg.Text)
	}
	if total > maxBatchBytes {
		return nil, fault.Over("Messages", total, maxBatchBytes, "bytes of text together; store the conversation in several calls with one SessionID")
	}
	before := req.Observed
	for i, msg := range req.Messages {
		prefix := fmt.Sprintf("Messages[%d].", i)
		if err := input.Time(prefix+"At", msg.At); err != nil {
			return nil, err
		}
		if err := d.add(prefix+"Content", prefix, msg, maxText, req.Observed, before); err != nil {
			return nil, err
		}
		before = d.messages[i].spoken
	}
	return d, d.checkCommon(req)
}

// add validates one message and adds it to the draft. before is the time of the previous message, which a message without a time gets.
func (d *draft) add(field, prefix string, msg Message, maxText int, observed, before time.Time) error {
	if record.Blank(msg.Text) {
		return fault.Bad(field, "empty")
	}
	if err := input.Text(field, msg.Text, maxText); err != nil {
		return err
	}
	speaker, err := input.Speaker(prefix+"Speaker", msg.Speaker)
	if err != nil {
		return err
	}
	if err := checkRole(prefix+"Role", msg.Role); err != nil {
		return err
	}
	checked := message{role: cmp.Or(msg.Role, record.User), text: msg.Text, speaker: speaker, spoken: msg.At, observed: observed}
	if msg.Location != "" {
		at, err := record.ParseLocation(msg.Location)
		if err != nil {
			return fault.Wrap(fault.Invalid, prefix+"Location", err)
		}
		checked.location = &at
	}
	d.messages = append(d.messages, checked.timed(before))
	return nil
}

func (d *draft) checkCommon(req Request) error {
	var err error
	if d.scopes, err = scope.ParseSet(req.Scopes); err != nil {
		return fault.Wrap(fault.Invalid, "Scopes", err)
	}
	if req.Session != "" {
		d.session = SessionID(req.Session)
	}
	if !knownCategory(req.Category) {
		return fault.Bad("Category", "unknown category %q; the categories are identity, knowledge and context", req.Category)
	}
	d.category, d.with, d.basis, d.from = req.Category, req.With, req.Basis, req.From
	d.labels, err = input.Labels("Labels", req.Labels)
	return err
}

func (t Triple) check(field string) error {
	target := t.Target != (record.EntityRef{})
	switch {
	case record.Normalise(t.Entity.Name) == "" || record.Blank(t.Entity.Name):
		return fault.Bad(field+".Entity.Name", "empty")
	case record.Blank(t.Entity.Type):
		return fault.Bad(field+".Entity.Type", "empty")
	case record.Normalise(t.Key) == "" || record.Blank(t.Key):
		return fault.Bad(field+".Key", "empty")
	case t.Value == "" && !target:
		return fault.Bad(field+".Value", "a triple needs a Value or a Target")
	case t.Value != "" && target:
		return fault.Bad(field+".Value", "a triple has a Value or a Target, not both")
	case target && (record.Normalise(t.Target.Name) == "" || record.Blank(t.Target.Name)):
		return fault.Bad(field+".Target.Name", "empty")
	case t.Target.Type != "" && record.Blank(t.Target.Type):
		return fault.Bad(field+".Target.Type", "blank")
	case t.Value != "" && record.Blank(t.Value):
		return fault.Bad(field+".Value", "empty")
	}
	for _, s := range []struct {
		field, value string
		limit        int
	}{
		{".Entity.Name", t.Entity.Name, input.MaxID}, {".Entity.Type", t.Entity.Type, input.MaxID},
		{".Key", t.Key, input.MaxID}, {".Value", t.Value, MaxValueBytes},
		{".Target.Name", t.Target.Name, input.MaxID}, {".Target.Type", t.Target.Type, input.MaxID},
	} {
		if err := input.Text(field+s.field, s.value, s.limit); err != nil {
			return err
		}
	}
	if !knownCategory(t.Category) {
		return fault.Bad(field+".Category", "unknown category %q", t.Category)
	}
	return nil
}

func knownCategory(c record.Category) bool {
	switch c {
	case "", record.Identity, record.Knowledge, record.Context:
		return true
	}
	return false
}

func checkRole(field string, role record.Role) error {
	switch role {
	case "", record.User, record.Assistant, record.System, record.Tool:
		return nil
	}
	return fault.Bad(field, "unknown role %q; the roles are user, assistant, system and tool", role)
}

// FirstTime returns the first non-zero time, in its own time zone.
func FirstTime(times ...time.Time) time.Time {
	for _, t := range times {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}
