package recall

import (
	"slices"
	"strings"
	"unicode"
)

// askingWords are words with which questions begin.
var askingWords = wordSet(`who whom whose what which when where why how is are was were am do does did has have had can could will would
	should may might`)

// asks reports whether a query is a question.
func asks(text string, said []string) bool {
	return endsAsking(text) || len(said) > 0 && askingWords[strings.ToLower(said[0])]
}

// endsAsking reports whether a text ends with a question mark.
func endsAsking(text string) bool {
	text = strings.TrimSpace(text)
	return strings.HasSuffix(text, "?") || strings.HasSuffix(text, "？")
}

// firstPerson are words that make a turn one about its speaker.
var firstPerson = wordSet("i i'm i've i'd i'll me my mine we we're we've we'd we'll us our ours")

// asksOnly reports whether a turn ends with a question and says nothing about its speaker. The rest of it is short, or about something
// else.
func asksOnly(text string) bool {
	if !endsAsking(text) {
		return false
	}
	start := 0
	for i, r := range text {
		switch r {
		case '.', '!', '\n', '。', '！':
			told := words(text[start:i])
			if len(told) > 3 && slices.ContainsFunc(told, func(w string) bool { return firstPerson[strings.ToLower(w)] }) {
				return false
			}
			start = i + 1
		case '?', '？':
			start = i + 1
		}
	}
	return true
}

// labels are words before a colon that are not names.
var labels = wordSet("note notes todo task question answer summary update reminder fact date time subject topic idea warning error info re fyi ps " +
	"example source title user assistant system tool preference project decision context goal status plan step")

// namedSpeaker reads the speaker of a transcript line: "Ana Lima: we are late". Only the search uses it; the caller decides who is
// recorded as the speaker of a turn.
func namedSpeaker(text string) string {
	name, _, ok := strings.Cut(text[:min(len(text), 40)], ": ")
	if !ok {
		return ""
	}
	parts := strings.Fields(name)
	if len(parts) == 0 || len(parts) > 2 || labels[strings.ToLower(parts[0])] {
		return ""
	}
	for _, part := range parts {
		for i, r := range part {
			if i == 0 && !unicode.IsUpper(r) || !unicode.IsLetter(r) && r != '-' && r != '\'' && r != '.' {
				return ""
			}
		}
	}
	return name
}
