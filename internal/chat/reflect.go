package chat

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/answers"
	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/llm"
	"github.com/spectron-go/spectron/internal/question"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/settings"
	"github.com/spectron-go/spectron/internal/store"
)

//go:embed prompts/reflect.txt
var reflectPrompt string

//go:embed prompts/repair.txt
var repairPrompt string

//go:embed reflect.json
var reflectSchema json.RawMessage

const (
	// reflectK is how many records a reflection is made from, unless the caller says otherwise.
	reflectK = 20
	// maxConclusions is the maximum number of facts of a reflection.
	maxConclusions = 20
)

// ReflectRequest is a question to reflect on. ReflectRequest of package spectron documents the fields.
type ReflectRequest struct {
	Query           string
	Lens            [][]string
	Labels          []string
	K               int
	Model           settings.Model
	Persist, DryRun bool
}

// Reflection is a conclusion from what the caller may read.
type Reflection struct {
	Text      string
	Evidence  []string // ids of the records that the model was shown
	Citations []answers.Citation
	Facts     []Conclusion
	Trace     string
	Usage     llm.Usage
}

// Conclusion is a fact that a model proposed.
type Conclusion struct {
	ingest.Derived
	ID     string // "": it was not stored
	Reason string // why it was not stored; "": it was, or would be in a dry run
}

// Reflect draws a conclusion with a model, and stores the facts in it if the caller wants that.
func Reflect(ctx context.Context, by *gate.Call, req ReflectRequest) (*Reflection, error) {
	begun := time.Now()
	if record.Blank(req.Query) {
		return nil, fault.Bad("Query", "empty")
	}
	if req.Persist {
		if err := mayPersist(ctx, by); err != nil {
			return nil, err
		}
	}
	client, err := by.Live.Answerer(ctx, live.StageReflection, req.Model)
	if err != nil {
		return nil, err
	}
	req.Query = ingest.Redact(by, req.Query)
	ask := question.Request{Text: req.Query, K: req.K, Lens: req.Lens, Labels: req.Labels}
	if ask.K == 0 {
		ask.K = reflectK
	}
	seen, err := gather(ctx, by, ask, record.Session{}, nil)
	if err != nil {
		return nil, err
	}
	out := &Reflection{Evidence: []string{}}
	for i := range seen.sources {
		out.Evidence = append(out.Evidence, seen.sources[i].ID)
	}
	if len(seen.sources) == 0 {
		return out, nil // there is nothing to reflect on
	}
	wants := req.Persist || req.DryRun
	answer, err := reflected(ctx, client, seen, req.Query, wants, by.Now(), &out.Usage)
	if err != nil {
		return nil, failed(ctx, err)
	}
	if err := refreshed(ctx, by, seen); err != nil {
		return nil, err
	}
	read := marks{sources: len(seen.sources)}
	out.Text = read.add(answer.Text) + read.end()
	if record.Blank(out.Text) {
		return nil, fault.New(fault.Model, "Model", "the answer of the model is empty")
	}
	out.Citations = seen.cited(read.used)
	if wants {
		if err := out.conclude(ctx, by, seen, answer.Facts, req.DryRun || !req.Persist); err != nil {
			return nil, err
		}
		if err := refreshed(ctx, by, seen); err != nil {
			return nil, err
		}
	}
	out.Trace = by.Live.TraceID(store.TableResponse)
	n := response(by, record.ResponseReflect, out.Trace, begun)
	n.Message, n.Text, n.Model = req.Query, ingest.Redact(by, out.Text), strings.Join(out.Usage.Models, ", ")
	n.Spent = record.Tokens{In: out.Usage.TokensIn, Out: out.Usage.TokensOut}
	if t := seen.found.Trace; t != "" {
		n.Retrievals = []string{t}
	}
	for _, c := range out.Citations {
		n.Cited = append(n.Cited, c.ID)
	}
	n.Given = seen.basis
	by.Live.NoteResponse(n)
	return out, nil
}

// presetAgent is the preset whose keys may not store reflections.
const presetAgent = "agent"

// mayPersist refuses callers that may not store what a model concludes.
func mayPersist(ctx context.Context, by *gate.Call) error {
	if by.Key != nil && by.Key.Preset == presetAgent {
		return by.Deny(ctx, gate.Denial{Field: "Persist", Verb: authz.MemoryWrite,
			Detail: "a key with the preset agent may not persist reflections: use a supervisor key, or a key of a principal with memory:write"})
	}
	if by.Region(authz.MemoryWrite).Empty() {
		return by.Deny(ctx, gate.Denial{Field: "Persist", Verb: authz.MemoryWrite, Detail: "memory:write is not granted anywhere"})
	}
	return nil
}

// reflection is the answer of a model, as it wrote it.
type reflection struct {
	Text  string       `json:"reflection"`
	Facts []conclusion `json:"facts"`
}

type conclusion struct {
	Entity     named    `json:"entity"`
	Key        string   `json:"key"`
	Value      string   `json:"value"`
	Target     named    `json:"target"`
	Evidence   []string `json:"evidence"`
	Confidence float64  `json:"confidence"`
}

type named struct {
	Type string `json:"type"`
	Name string `json:"name"`
}

// reflected asks the model, and once more if its answer cannot be read.
func reflected(ctx context.Context, client *llm.Client, seen *evidence, query string, facts bool, now time.Time, usage *llm.Usage) (out reflection, err error) {
	p := llm.Prompt{System: fmt.Sprintf(reflectPrompt, now.Format("Monday, 2006-01-02")), Schema: reflectSchema}
	if p.Text = seen.memory(); !facts {
		p.Text += "\nLeave \"facts\" empty.\n"
	}
	p.Text += "\nThe question:\n" + query
	for round := range 2 {
		text, used, err := client.Generate(ctx, p, nil)
		*usage = llm.Sum(*usage, used)
		if err != nil {
			return out, err
		}
		why := parse(text, &out)
		if why == nil {
			break
		}
		if round == 1 {
			return out, &fault.Error{Code: fault.Model, Field: "Model", Detail: "the answer of the model cannot be used", Err: why}
		}
		p.Text += "\n\n" + fmt.Sprintf(repairPrompt, why)
	}
	out.Facts = out.Facts[:min(len(out.Facts), maxConclusions)]
	return out, nil
}

// parse reads the JSON object in an answer. Text around it is ignored. Its error has nothing of the answer.
func parse(text string, into *reflection) error {
	*into = reflection{}
	start := strings.IndexByte(text, '{')
	if start < 0 {
		return errors.New("it has no JSON object")
	}
	if json.NewDecoder(strings.NewReader(text[start:])).Decode(into) != nil {
		return errors.New("it is not a JSON object of the required form")
	}
	if record.Blank(into.Text) {
		return errors.New(`it has no "reflection"`)
	}
	return nil
}

// conclude checks the facts that a model proposed, and stores those that hold.
func (r *Reflection) conclude(ctx context.Context, by *gate.Call, seen *evidence, proposed []conclusion, dry bool) error {
	d := ingest.Derivation{Kind: record.FromReflect, DryRun: dry}
	var at []int // positions in r.Facts
	for _, p := range proposed {
		fact, why := p.checked(by, seen)
		if r.Facts = append(r.Facts, Conclusion{Derived: fact, Reason: why}); why == "" {
			d.Facts, at = append(d.Facts, fact), append(at, len(r.Facts)-1)
		}
	}
	if len(d.Facts) == 0 {
		return nil
	}
	stored, err := ingest.Derive(ctx, by, d)
	if err != nil {
		return err
	}
	for i, c := range stored.Concluded {
		into := &r.Facts[at[i]]
		if into.Reason = c.Reason; c.Fact != nil && !dry {
			into.ID = c.Fact.ID
		}
	}
	return nil
}

// checked returns a proposed fact with its evidence and its scopes: those that all records that the model was shown have in common, because it
// may quote any of them. It returns why the fact cannot be stored. Nothing counts as evidence but the records that the model was shown, and of these only facts and what users said.
func (c *conclusion) checked(by *gate.Call, seen *evidence) (out ingest.Derived, why string) {
	out = ingest.Derived{
		Triple: ingest.Triple{Entity: c.Entity.ref(), Key: strings.TrimSpace(c.Key), Value: strings.TrimSpace(c.Value), Target: c.Target.ref()}, Confidence: c.Confidence,
	}
	if out.Value != "" && out.Target.Name == "" {
		out.Target = record.EntityRef{}
	}
	var texts strings.Builder
	for _, mark := range c.Evidence {
		n, numbers, _ := markIn("[" + strings.Trim(strings.TrimSpace(mark), "[]") + "]")
		if n == 0 || len(numbers) != 1 || numbers[0] < 1 || numbers[0] > len(seen.sources) {
			continue
		}
		s := &seen.sources[numbers[0]-1]
		if !s.proves || slices.Contains(out.Evidence, s.ID) {
			continue
		}
		ids := s.turns
		if len(ids) == 0 {
			ids = []string{s.ID}
		}
		out.Evidence = append(out.Evidence, ids...)
		texts.WriteString(record.Phrase(s.line))
	}
	switch {
	case len(out.Evidence) == 0:
		return out, "it has no evidence among the records"
	case (out.Value == "") == (out.Target.Name == ""):
		return out, "it has neither a value nor a target, or both"
	case !(out.Confidence > 0 && out.Confidence <= 1):
		return out, "its confidence is not above 0 and at most 1"
	}
	for _, ref := range []record.EntityRef{out.Entity, out.Target} {
		if ref.Name != "" && ref != record.UserEntity && !strings.Contains(texts.String(), record.Phrase(ref.Name)) {
			return out, "a name in it is not in its evidence"
		}
	}
	if err := out.Check(); err != nil {
		return out, err.Error()
	}
	out.Shown = seen.basis
	var sets []record.ScopeSet
	for _, set := range by.Live.View.Load().ScopesOfRows(seen.basis) {
		sets = append(sets, by.Seen(set))
	}
	out.Scopes = ingest.Common(sets)
	for _, verb := range []authz.Verb{authz.MemoryWrite, authz.MemoryRead} {
		if len(out.Scopes) == 0 || !by.Region(verb).Holds(out.Scopes) {
			return out, "the caller may not write where what it may quote belongs"
		}
	}
	return out, ""
}

// ref returns an entity as memory names it.
func (n named) ref() record.EntityRef {
	name := strings.TrimSpace(n.Name)
	switch strings.ToLower(name) {
	case "i", "user", "the user":
		return record.UserEntity
	case "":
		return record.EntityRef{}
	}
	return record.EntityRef{Type: n.Type, Name: name}
}
