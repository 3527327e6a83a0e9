package evaluate

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // conversations name time zones, and not every machine has the database

	"github.com/spectron-go/spectron"
)

// Half says whether a question may be used for tuning.
type Half string

// The halves.
const (
	Tune Half = "tune" // constants may be tuned on the question
	Held Half = "held" // the question is only measured
)

// The manners of talking in Corpus.
const (
	MannerWritten   = "written"   // long turns, speakers alternate
	MannerChat      = "chat"      // short messages in bursts, as people type
	MannerAssistant = "assistant" // short turns of a user, long answers of an assistant
)

// The kinds of questions in Corpus.
const (
	KindFact         = "fact"         // asks for something that was said once
	KindWords        = "words"        // uses other words than the evidence
	KindHops         = "hops"         // needs the combination of several turns
	KindList         = "list"         // each of several turns has a part of the answer
	KindDate         = "date"         // asks for a time, or names it
	KindOrder        = "order"        // asks which of two events came first
	KindChanged      = "changed"      // had another answer before
	KindUnanswerable = "unanswerable" // has no answer in the conversation
	KindSpeaker      = "speaker"      // asks what one of several people said about a topic
	KindIdentifier   = "identifier"   // contains a code, a number or a file name, or asks for one
)

// Kinds returns the kinds of questions in Corpus, in the order of tables.
func Kinds() []string {
	return []string{KindFact, KindWords, KindHops, KindList, KindDate, KindOrder, KindChanged, KindSpeaker, KindIdentifier, KindUnanswerable}
}

// Set is a data set: conversations with questions about them. The package documentation describes its JSON form.
type Set struct {
	Conversations []Conversation
}

// Conversation is a conversation with its questions. It is remembered in its own Context.
type Conversation struct {
	ID        string     `json:"id"`
	Manner    string     `json:"manner"`
	Half      Half       `json:"half,omitempty"` // the default for its questions; "": Tune
	TimeZone  string     `json:"time_zone,omitempty"`
	Sessions  []Session  `json:"sessions"`
	Questions []Question `json:"questions"`
}

// Session is a part of a conversation without a long pause.
type Session struct {
	ID    string `json:"id"`
	Scope string `json:"scope,omitempty"` // the scope to store it in; "": everywhere
	Turns []Turn `json:"turns"`
}

// Turn is one message.
type Turn struct {
	ID       string        `json:"id"`
	Role     spectron.Role `json:"role,omitempty"`
	Speaker  string        `json:"speaker,omitempty"`
	SpokenAt time.Time     `json:"spoken_at"`
	Text     string        `json:"text"`
	// Tells has the words of Text that make the turn evidence; a hit must show all of them. See the package documentation.
	Tells []string `json:"tells,omitempty"`
}

// Question is a question to ask after its whole conversation has been remembered.
type Question struct {
	ID           string    `json:"id"`
	Kind         string    `json:"kind"`
	Text         string    `json:"text"`
	AskedAt      time.Time `json:"asked_at,omitzero"`
	Speaker      string    `json:"speaker,omitempty"` // who asks
	Session      string    `json:"session,omitempty"` // search only this session
	Scope        string    `json:"scope,omitempty"`   // the lens
	Evidence     []Group   `json:"evidence,omitempty"`
	Answer       string    `json:"answer,omitempty"`
	Unanswerable bool      `json:"unanswerable,omitempty"`
	Half         Half      `json:"half,omitempty"` // "": the half of the conversation
}

// Group is a piece of evidence: the ids of one or more turns, of which any one is enough. In JSON it is a list, or one id.
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

// Turns returns the number of turns in the set.
func (s *Set) Turns() (n int) {
	for _, c := range s.Conversations {
		for _, session := range c.Sessions {
			n += len(session.Turns)
		}
	}
	return n
}

// Questions returns the number of questions in the set.
func (s *Set) Questions() (n int) {
	for _, c := range s.Conversations {
		n += len(c.Questions)
	}
	return n
}

// Limits of a data set.
const (
	MaxConversations = 10_000
	MaxTurns         = 1_000_000 // in all conversations together
	MaxQuestions     = 1_000_000 // in all conversations together
	MaxTextBytes     = 1 << 20   // per turn
	MaxQueryBytes    = 16 << 10  // per question
	MaxEvidence      = 1_000     // groups per question
)

const opLoad = "load data set"

// Check validates a set. It reports empty or repeated ids, evidence or sessions that do not exist, conversations without turns,
// answerable questions without evidence, unknown time zones, and values over a limit. The error is a *spectron.Error whose Field
// is the path of the fault: "flat.questions[3].evidence[0]".
//
// Codes: CodeInvalid, CodeTooLarge.
func (s *Set) Check() error {
	switch {
	case len(s.Conversations) == 0:
		return invalid("conversations", "empty")
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
			return invalid(place+".turns", "empty")
		}
		for j, t := range s.Turns {
			if err := t.check(fmt.Sprintf("%s.turns[%d]", place, j), turns); err != nil {
				return err
			}
		}
	}
	if len(turns) == 0 {
		return invalid(at+".sessions", "the sessions have no turns")
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
		return invalid(at+".role", "unknown role %q; the roles are user, assistant, system and tool", t.Role)
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
		return invalid(at+".session", "the conversation has no session %q", q.Session)
	case len(q.Evidence) > MaxEvidence:
		return tooLarge(at+".evidence", len(q.Evidence), MaxEvidence, "groups")
	case q.Unanswerable && len(q.Evidence) > 0:
		return invalid(at+".evidence", "an unanswerable question has no evidence")
	case !q.Unanswerable && len(q.Evidence) == 0:
		return invalid(at+".evidence", "empty; set unanswerable if no turn answers the question")
	}
	for i, group := range q.Evidence {
		if len(group) == 0 {
			return invalid(fmt.Sprintf("%s.evidence[%d]", at, i), "empty")
		}
		for _, id := range group {
			if !turns[id] {
				return invalid(fmt.Sprintf("%s.evidence[%d]", at, i), "this conversation has no turn %q", id)
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
	return invalid(field, "unknown half %q; use tune or held", h)
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
