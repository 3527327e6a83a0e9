package evaluate

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // conversations name time zones, and not every machine has the list

	"github.com/spectron-go/spectron"
)

// Half says what a question may be used for.
type Half string

// The halves.
const (
	Tune Half = "tune" // constants may be tuned on it
	Held Half = "held" // it is only run
)

// The manners of talking in Corpus.
const (
	MannerWritten   = "written"   // long turns, speakers alternate
	MannerChat      = "chat"      // short messages in bursts, as people type
	MannerAssistant = "assistant" // short turns of a user, long answers of an assistant
)

// The kinds of questions in Corpus.
const (
	KindFact         = "fact"         // one thing that was said once
	KindWords        = "words"        // the question uses other words than the evidence
	KindHops         = "hops"         // several turns have to be put together
	KindList         = "list"         // several turns have a part of the answer each
	KindDate         = "date"         // asks when, or names the time
	KindOrder        = "order"        // which of two events came first
	KindChanged      = "changed"      // the answer was another one before
	KindUnanswerable = "unanswerable" // nothing was said that answers it
	KindSpeaker      = "speaker"      // several people talked of it, and one is asked for
	KindIdentifier   = "identifier"   // has a code, a number or a name of a file, or asks for one
)

// Kinds returns the kinds of questions in Corpus, in the order of tables.
func Kinds() []string {
	return []string{KindFact, KindWords, KindHops, KindList, KindDate, KindOrder, KindChanged, KindSpeaker, KindIdentifier, KindUnanswerable}
}

// Set is a data set: conversations with questions about them. The package documentation describes its JSON form.
type Set struct {
	Conversations []Conversation
}

// Conversation is remembered in a Context of its own.
type Conversation struct {
	ID        string     `json:"id"`
	Manner    string     `json:"manner"`
	Half      Half       `json:"half,omitempty"` // of its questions that have none; "": Tune
	TimeZone  string     `json:"time_zone,omitempty"`
	Sessions  []Session  `json:"sessions"`
	Questions []Question `json:"questions"`
}

// Session is a part of a conversation without a long pause.
type Session struct {
	ID    string `json:"id"`
	Scope string `json:"scope,omitempty"` // where it is stored; "": everywhere
	Turns []Turn `json:"turns"`
}

// Turn is one message.
type Turn struct {
	ID       string        `json:"id"`
	Role     spectron.Role `json:"role,omitempty"`
	Speaker  string        `json:"speaker,omitempty"`
	SpokenAt time.Time     `json:"spoken_at"`
	Text     string        `json:"text"`
	// Tells are the words of Text for whose sake the turn is evidence; all of them count. See the package documentation.
	Tells []string `json:"tells,omitempty"`
}

// Question is asked when all of its conversation has been remembered.
type Question struct {
	ID           string    `json:"id"`
	Kind         string    `json:"kind"`
	Text         string    `json:"text"`
	AskedAt      time.Time `json:"asked_at,omitzero"`
	Speaker      string    `json:"speaker,omitempty"` // who asks
	Session      string    `json:"session,omitempty"` // search this session alone
	Scope        string    `json:"scope,omitempty"`   // the lens
	Evidence     []Group   `json:"evidence,omitempty"`
	Answer       string    `json:"answer,omitempty"`
	Unanswerable bool      `json:"unanswerable,omitempty"`
	Half         Half      `json:"half,omitempty"` // "": that of the conversation
}

// Group is a piece of evidence: the ids of turns any one of which is enough. In JSON it is a list, or one id.
type Group []string

// UnmarshalJSON reads a list of ids, or one id.
func (g *Group) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*g = Group{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(g))
}

// Turns returns how many turns the set has.
func (s *Set) Turns() (n int) {
	for _, c := range s.Conversations {
		for _, session := range c.Sessions {
			n += len(session.Turns)
		}
	}
	return n
}

// Questions returns how many questions the set has.
func (s *Set) Questions() (n int) {
	for _, c := range s.Conversations {
		n += len(c.Questions)
	}
	return n
}

// Limits of a data set.
const (
	MaxConversations = 10_000
	MaxTurns         = 1_000_000 // of all conversations
	MaxQuestions     = 1_000_000 // of all conversations
	MaxTextBytes     = 1 << 20   // of a turn
	MaxQueryBytes    = 16 << 10  // of a question
	MaxEvidence      = 1_000     // groups of a question
)

const opLoad = "load data set"

// Check reports what is wrong with a set: an id that is empty or given twice, evidence or a session that does not exist, no
// turns, an answerable question without evidence, a time zone that nobody knows, and what is over a limit. The error is a
// *spectron.Error whose Field leads to the place: "flat.questions[3].evidence[0]".
//
// Codes: CodeInvalid, CodeTooLarge.
func (s *Set) Check() error {
	switch {
	case len(s.Conversations) == 0:
		return invalid("conversations", "there are none")
	case len(s.Conversations) > MaxConversations:
		return tooLarge("conversations", len(s.Conversations), MaxConversations, "conversations")
	case s.Turns() > MaxTurns:
		return tooLarge("turns", s.Turns(), MaxTurns, "turns")
	case s.Questions() > MaxQuestions:
		return tooLarge("questions", s.Questions(), MaxQuestions, "questions")
	}
	ids := map[string]bool{}
	for i := range s.Conversations {
		c := &s.Conversations[i]
		at := fmt.Sprintf("conversations[%d]", i)
		if err := checkNew(ids, at+".id", c.ID); err != nil {
			return err
		}
		if err := c.check(c.ID); err != nil {
			return err
		}
	}
	return nil
}

func (c *Conversation) check(at string) error {
	if strings.TrimSpace(c.Manner) == "" {
		return invalid(at+".manner", "empty")
	}
	if err := checkHalf(at+".half", c.Half); err != nil {
		return err
	}
	if c.TimeZone == "Local" {
		return invalid(at+".time_zone", "\"Local\" is another zone on every machine")
	}
	if _, err := time.LoadLocation(c.TimeZone); err != nil {
		return &spectron.Error{Op: opLoad, Code: spectron.CodeInvalid, Field: at + ".time_zone", Err: err}
	}
	turns, sessions := map[string]bool{}, map[string]bool{}
	for i, s := range c.Sessions {
		place := fmt.Sprintf("%s.sessions[%d]", at, i)
		if err := checkNew(sessions, place+".id", s.ID); err != nil {
			return err
		}
		if len(s.Turns) == 0 {
			return invalid(place+".turns", "there are none")
		}
		for j, t := range s.Turns {
			if err := t.check(fmt.Sprintf("%s.turns[%d]", place, j), turns); err != nil {
				return err
			}
		}
	}
	if len(turns) == 0 {
		return invalid(at+".sessions", "there are no turns")
	}
	questions := map[string]bool{}
	for i, q := range c.Questions {
		place := fmt.Sprintf("%s.questions[%d]", at, i)
		if err := checkNew(questions, place+".id", q.ID); err != nil {
			return err
		}
		if err := q.check(place, turns, sessions); err != nil {
			return err
		}
	}
	return nil
}

func (t *Turn) check(at string, turns map[string]bool) error {
	if err := checkNew(turns, at+".id", t.ID); err != nil {
		return err
	}
	switch t.Role {
	case "", spectron.RoleUser, spectron.RoleAssistant, spectron.RoleSystem, spectron.RoleTool:
	default:
		return invalid(at+".role", "unknown role %q; there are user, assistant, system and tool", t.Role)
	}
	switch {
	case t.SpokenAt.IsZero():
		return invalid(at+".spoken_at", "empty")
	case strings.TrimSpace(t.Text) == "":
		return invalid(at+".text", "empty")
	case len(t.Text) > MaxTextBytes:
		return tooLarge(at+".text", len(t.Text), MaxTextBytes, "bytes")
	}
	for i, words := range t.Tells {
		if strings.TrimSpace(words) == "" || !says(t.Text, words) {
			return invalid(fmt.Sprintf("%s.tells[%d]", at, i), "%q is not in the text", words)
		}
	}
	return nil
}

func (q *Question) check(at string, turns, sessions map[string]bool) error {
	if err := checkHalf(at+".half", q.Half); err != nil {
		return err
	}
	switch {
	case strings.TrimSpace(q.Kind) == "":
		return invalid(at+".kind", "empty")
	case strings.TrimSpace(q.Text) == "":
		return invalid(at+".text", "empty")
	case len(q.Text) > MaxQueryBytes:
		return tooLarge(at+".text", len(q.Text), MaxQueryBytes, "bytes")
	case q.Session != "" && !sessions[q.Session]:
		return invalid(at+".session", "there is no session %q in this conversation", q.Session)
	case len(q.Evidence) > MaxEvidence:
		return tooLarge(at+".evidence", len(q.Evidence), MaxEvidence, "groups")
	case q.Unanswerable && len(q.Evidence) > 0:
		return invalid(at+".evidence", "the question is unanswerable")
	case !q.Unanswerable && len(q.Evidence) == 0:
		return invalid(at+".evidence", "empty; a question that nothing answers is unanswerable")
	}
	for i, group := range q.Evidence {
		if len(group) == 0 {
			return invalid(fmt.Sprintf("%s.evidence[%d]", at, i), "empty")
		}
		for _, id := range group {
			if !turns[id] {
				return invalid(fmt.Sprintf("%s.evidence[%d]", at, i), "there is no turn %q in this conversation", id)
			}
		}
	}
	return nil
}

func checkHalf(field string, h Half) error {
	switch h {
	case "", Tune, Held:
		return nil
	}
	return invalid(field, "unknown half %q; there are tune and held", h)
}

func checkNew(seen map[string]bool, field, id string) error {
	switch {
	case strings.TrimSpace(id) == "":
		return invalid(field, "empty")
	case seen[id]:
		return invalid(field, "%q is given twice", id)
	}
	seen[id] = true
	return nil
}

func invalid(field, format string, args ...any) error {
	return &spectron.Error{Op: opLoad, Code: spectron.CodeInvalid, Field: field, Detail: fmt.Sprintf(format, args...)}
}

func tooLarge(field string, size, limit int, unit string) error {
	return &spectron.Error{Op: opLoad, Code: spectron.CodeTooLarge, Field: field, Detail: fmt.Sprintf("%d %s (at most %d)", size, unit, limit)}
}
