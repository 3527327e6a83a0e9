package llm

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/record"
)

//go:embed prompts/extract.txt
var extractPrompt string

//go:embed prompts/repair.txt
var repairPrompt string

// The data of a prompt. It is JSON, so that no text can look like a part of the prompt.
type (
	promptData struct {
		Messages []promptMessage `json:"messages"`
		Facts    []promptFact    `json:"facts,omitempty"`
		Names    []string        `json:"names,omitempty"`
		Keys     []string        `json:"keys,omitempty"`
		Labels   []string        `json:"labels,omitempty"`
		Terms    *Terms          `json:"terms,omitempty"`
	}
	promptMessage struct {
		Number  int      `json:"n"`
		Read    bool     `json:"read"`
		Role    string   `json:"role"`
		Speaker string   `json:"speaker,omitempty"`
		Date    string   `json:"date,omitempty"`
		Text    string   `json:"text"`
		Found   []string `json:"found,omitempty"`
	}
	promptFact struct {
		Entity string `json:"entity"`
		Key    string `json:"key"`
		Value  string `json:"value"`
	}
)

// maxContext is how much a prompt has of a message that is not to be read, in code points.
const maxContext = 1_000

// prompt returns the data of the prompt for a window.
func prompt(in *Input, w window) (string, error) {
	data := promptData{Keys: in.Vocabulary.Keys, Labels: in.Vocabulary.Labels}
	for i := w.from; i < w.to; i++ {
		m := &in.Messages[i]
		text := cmp.Or(w.part, m.Text)
		if !w.reads(i) {
			text = cut(text, maxContext)
		}
		p := promptMessage{Number: w.number(i), Read: w.reads(i), Role: string(m.Role), Speaker: m.Speaker.Name, Text: text}
		if m.Written {
			p.Role = "document"
		}
		if !m.At.IsZero() {
			p.Date = m.At.Format("Monday, 2006-01-02")
		}
		if w.reads(i) {
			p.Found = found(&m.Found)
		}
		data.Messages = append(data.Messages, p)
	}
	for _, e := range in.Vocabulary.Names {
		data.Names = append(data.Names, e.Name)
	}
	for _, f := range in.Vocabulary.Facts {
		name := f.Entity.Name
		if f.Entity == record.UserEntity {
			name = "I"
		}
		data.Facts = append(data.Facts, promptFact{name, f.Key, cut(f.Value, 200)})
	}
	if len(in.Terms.Types)+len(in.Terms.Keys)+len(in.Terms.Labels) > 0 {
		data.Terms = &in.Terms
	}
	text, err := json.Marshal(data)
	return string(text), err
}

func cut(text string, runes int) string {
	if utf8.RuneCountInString(text) <= runes {
		return text
	}
	for i := range text {
		if runes--; runes < 0 {
			return text[:i]
		}
	}
	return text
}

// found lists in short what the rules found in a message.
func found(x *record.Extraction) (out []string) {
	add := func(parts ...string) { out = append(out, strings.Join(parts, " ")) }
	name := func(e record.EntityRef) string {
		if e == record.UserEntity {
			return "I"
		}
		return e.Name
	}
	for _, a := range x.Attributes {
		add(name(a.Entity), a.Key, a.Value)
	}
	for _, r := range x.Relations {
		add(name(r.Subject), r.Label, r.Object.Name)
	}
	for _, i := range x.Instructions {
		add("instruction", i.Description)
	}
	for _, i := range x.Invalidations {
		add(name(i.Entity), i.Key, i.Value, "ended")
	}
	return out
}

// repair returns the request to write an answer again.
func repair(why error) string { return fmt.Sprintf(repairPrompt, why) }
