package guard

import (
	"cmp"
	"slices"

	"github.com/spectron-go/spectron/internal/record"
)

// Kind is a kind of prompt injection.
type Kind string

// The kinds.
const (
	InstructionOverride     Kind = "instruction_override"      // tells the model to leave its instructions
	RoleOverride            Kind = "role_override"             // gives the model another role, or the writer authority over it
	ToolOverride            Kind = "tool_override"             // directs the tools of the model, or hides what they do
	SystemPromptLeak        Kind = "system_prompt_leak"        // asks for the instructions of the model
	PromptTemplateInjection Kind = "prompt_template_injection" // has the marks of a prompt template, to pass for another part of the prompt
	Base64Instruction       Kind = "base64_instruction"        // hides one of the others in base64
)

// Finding is a place in a text that looks like a prompt injection.
type Finding struct {
	Kind Kind
	Span record.Span
}

// MaxFindings is the maximum number of findings in a text.
const MaxFindings = 32

// maxDepth is how often base64 inside base64 is decoded.
const maxDepth = 2

// Scan returns the places in a text that look like prompt injections, in the order of the text. They are guesses from the words alone: a
// text that quotes an attack looks like one. The findings of one kind do not overlap.
func Scan(text string) []Finding {
	found := scan(text, 0)
	if len(found) == 0 {
		return nil
	}
	places := make([]place, len(found))
	for i, f := range found {
		places[i] = f.place
	}
	out := make([]Finding, len(found))
	for i, span := range codePoints(text, places) {
		out[i] = Finding{found[i].kind, span}
	}
	return out
}

// found is a finding, in bytes of the text.
type found struct {
	kind Kind
	place
}

// scan scans a text that was decoded depth times.
func scan(text string, depth int) []found {
	if known().innocent(text) {
		return nil
	}
	return thorough(text, depth)
}

// thorough scans a text completely.
func thorough(text string, depth int) []found {
	f := fold(text)
	out := known().phrasesIn(&f)
	out = append(out, markersIn(&f)...)
	if depth < maxDepth {
		out = append(out, hiddenIn(text, depth)...)
	}
	if len(out) == 0 {
		return nil
	}
	slices.SortStableFunc(out, func(a, b found) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	kept := out[:0]
	last := map[Kind]int{} // the end of the last finding of each kind
	for _, one := range out {
		if end, ok := last[one.kind]; (!ok || one.start >= end) && len(kept) < MaxFindings {
			last[one.kind] = one.end
			kept = append(kept, one)
		}
	}
	return kept
}
