package spectron

import "github.com/spectron-go/spectron/internal/ingest"

// InjectionKind is a kind of prompt injection: words that try to take over the model that will read a text.
type InjectionKind string

// The kinds of injections.
const (
	InjectionInstructionOverride InjectionKind = "instruction_override"      // tells the model to leave its instructions
	InjectionRoleOverride        InjectionKind = "role_override"             // gives the model another role, or the writer authority over it
	InjectionToolOverride        InjectionKind = "tool_override"             // directs the tools of the model, or hides what they do
	InjectionSystemPromptLeak    InjectionKind = "system_prompt_leak"        // asks for the instructions of the model
	InjectionPromptTemplate      InjectionKind = "prompt_template_injection" // has the marks of a prompt template
	InjectionBase64Instruction   InjectionKind = "base64_instruction"        // hides one of the others in base64
)

// Finding is a place in a text that looks like a prompt injection. Every text that is remembered is scanned, in English, German, Spanish and
// French. The scan goes by the words alone: a text that quotes an attack looks like one, and an attack in other words is not found.
//
// The text is stored all the same. The finding is stored as an Uncertainty, which quotes the words and names the kind. Facts from the message
// have half the trust in their source. Its instructions do not become standing instructions but uncertainties; if the only kind is
// InjectionSystemPromptLeak, this applies only to instructions within the words found. For InferNone the uncertainty is all that is stored
// beside the text.
type Finding struct {
	Kind   InjectionKind `json:"kind"`
	TurnID string        `json:"turnId,omitempty"` // "" for a finding in a triple
	Quote  string        `json:"quote"`            // the words; after 200 characters it is cut
	Start  int           `json:"start"`            // position in the stored text, in code points; 0 for a finding in a triple
	End    int           `json:"end"`
}

// PIIKind is a kind of personal data. In a redacted text, the kind in square brackets stands instead of the data: "[email]".
type PIIKind string

// The kinds of personal data.
const (
	PIIEmail PIIKind = "email"
	PIIPhone PIIKind = "phone"
	PIICard  PIIKind = "card" // the number of a payment card
	PIIIBAN  PIIKind = "iban"
	PIIID    PIIKind = "id" // the national number of a person
	PIIIP    PIIKind = "ip"
)

// Redaction says how many pieces of personal data of a kind a write replaced. See Config.PIIRedaction.
type Redaction struct {
	Kind  PIIKind `json:"kind"`
	Count int     `json:"count"`
}

func newFindings(found []ingest.Finding) (out []Finding) {
	for _, f := range found {
		out = append(out, Finding{InjectionKind(f.Kind), f.Turn, f.Quote, f.Span.Start, f.Span.End})
	}
	return out
}

func newRedactions(redacted []ingest.Redacted) (out []Redaction) {
	for _, r := range redacted {
		out = append(out, Redaction{PIIKind(r.Kind), r.Count})
	}
	return out
}
