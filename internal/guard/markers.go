package guard

import (
	"bytes"
	"slices"
)

// markers are the marks of prompt templates, as fold leaves them. A text has no use for them but to pass for another part of a prompt.
var markers = []string{
	"<!-- ai:", "<!-- llm", "<!-- assistant:", "<!-- system:", "<!-- prompt", "<!-- instruction to ", "<!-- note to ai", "<!-- chatgpt", "<!-- hidden instruction",
	"/* llm", "/* ai:", "/* assistant:", "/* note to ai", "[//]: # (assistant", "[//]: # (ai", "[//]: # (system", "[//]: # (llm", "{# ai:", "{# assistant:",
	"</context><", "</document><instruction", "</documents><instruction", "</input><instruction", "</data><instruction", "<instructions>ignore",
	"<|im_start|>", "<|im_end|>", "<|im_sep|>", "<|system|>", "<|user|>", "<|assistant|>", "<|endoftext|>", "<|end|>", "<|eot_id|>", "<|begin_of_text|>",
	"<|start_header_id|>", "<|end_header_id|>", "<|endofprompt|>", "<|eom_id|>", "<|tool_call|>", "<|python_tag|>", "<|start|>system", "<|channel|>",
	"<|start_of_role|>", "<|end_of_text|>", "<|begin_of_sentence|>", "<|end_of_sentence|>", "<|end_of_turn|>", "<|developer|>",
	"<start_of_turn>", "<end_of_turn>", "[inst]", "[/inst]", "<<sys>>", "<</sys>>", "[system_prompt]", "[/system_prompt]", "[available_tools]", "[tool_calls]",
	"<system_prompt>", "</system_prompt>", "<system-prompt>", "</system-prompt>", "<system_instruction", "</system_instruction", "<system-reminder>",
	"</system-reminder>", "<system_message>", "</system_message>", "</user_input>", "</user_message>", "</user_query>", "</untrusted", "</retrieved_context>",
	"<developer_message>", "</developer_message>", "<assistant_response>", "</assistant_response>", "</s><s>", "[/system]", "[system](#",
	"{{system_prompt}}", "{{ system_prompt }}", "{{#system", "{{/system", "{{~#system", "{% system %}", "{%system%}", "${system_prompt}", "{{systemprompt}}",
	"{{ system.prompt }}", "{{system.prompt}}", "{system_prompt}",
}

// openings are the marks that begin another part of a prompt if they begin a line. What follows must not be a word.
var openings = []string{
	"### system:", "### system prompt:", "### system message:", "### instruction:", "### response:", "### assistant:", "###system", "### new instructions", "### end of instructions", "### end of prompt",
	"[system]", "[system override", "[system prompt", "[system note", "[system message", "[admin override", "[developer message", "[developer mode", "[system instruction",
	"<system>you", "<system>ignore", "<system> you", "<system> ignore", "<system>\nyou", "<system>\nignore", "<system>new", "<system> new", "<system>the", "<system>always", "<system>from now",
	"--- end of user input", "---end of user input", "--- end of document", "--- end user input", "---end of context", "--- end of context", "--- begin system",
	"---begin system", "begin system message", "begin system prompt", "end of user input", "=== system", "===system", "==== system", "=== end of", "system override:", "system prompt override",
	"#system:", "##system:", "## system:", "# system prompt", "## system prompt", "## new instructions", "// end of user input", "{\"role\":\"system\",\"content\":\"ignore", "{\"role\": \"system\", \"content\": \"ignore",
	"{\"role\":\"system\",\"content\":\"you", "{\"role\": \"system\", \"content\": \"you are now",
}

// leads has the first bytes of markers and openings, and the lists that they begin.
var leads = func() (out [256]struct{ markers, openings []string }) {
	for _, m := range markers {
		out[m[0]].markers = append(out[m[0]].markers, m)
	}
	for _, m := range openings {
		out[m[0]].openings = append(out[m[0]].openings, m)
	}
	return out
}()

// markersIn returns the marks of prompt templates in a text. Marks near each other are one finding.
func markersIn(f *folded) []found {
	var out []found
	last := -near
	add := func(start, n int) {
		p := f.origin(start, start+n)
		if len(out) > 0 && start-last < near {
			out[len(out)-1].end = p.end
		} else {
			out = append(out, found{PromptTemplateInjection, p})
		}
		last = start + n
	}
	lineStart := true
	for i := 0; i < len(f.b); i++ {
		c := f.b[i]
		lead := &leads[c]
		has := func(m string) bool { return bytes.HasPrefix(f.b[i:], []byte(m)) }
		if k := slices.IndexFunc(lead.markers, has); k >= 0 {
			add(i, len(lead.markers[k]))
			i += len(lead.markers[k]) - 1
			lineStart = false
			continue
		}
		if lineStart && len(lead.openings) > 0 {
			if k := slices.IndexFunc(lead.openings, has); k >= 0 {
				add(i, len(lead.openings[k]))
			}
		}
		lineStart = c == '\n' || lineStart && (c == ' ' || c == '>' || c == '*' || c == '"')
	}
	return out
}

// near is the distance, in bytes, below which two marks are one finding.
const near = 40
