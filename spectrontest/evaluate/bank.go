package evaluate

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
)

// The texts of Corpus. Each half and manner has scenes of its own, and each half names and places of its own, so that what is
// tuned on one half has not seen the other.
//
//go:embed bank
var banks embed.FS

// A bank of scenes is a text file:
//
//	== name            begins a scene; "== name x3": it is played three times, by other speakers each time
//	$ place = a | b    chooses a value for {place}; a value that begins with ~ is a pattern of a code: A a letter, # a digit
//	A: text            a turn of the first person; B and C are the others, U the user of an assistant, S the assistant
//	A: text / text     several messages in a row
//	A: ^1 text         the turn is the evidence 1; of turns that have one mark any is enough
//	A: ^1 a <part>     what of the evidence tells, where that is not the answer word for word and the turn is long
//	--                 the scene goes on in a later session, in another month
//	? kind | question | answer | 1 2     a question, and the evidence that it needs
//
// In texts {A} is a name, {town} a value of the list "town", the same for the whole scene, {town.2} another of them,
// {+town} a new one each time, and [a|b] one of the two, by chance; // begins a new line. In questions {month:1}, {date:1} and {date:1-2} say when evidence 1 was said, and
// two days before. A line that begins with # is a comment.
type scene struct {
	name      string
	plays     int
	defs      []def
	parts     [][]line
	questions []ask
}

// def chooses the value of a slot.
type def struct {
	name    string
	choices []string
}

// line is what one person says in a row.
type line struct {
	who      byte
	messages []message
}

type message struct {
	marks string // of evidence, one character each
	text  string
}

// ask is a question of a scene.
type ask struct {
	kind, text, answer string
	evidence           []string
}

// parseScenes reads a bank of scenes.
func parseScenes(file, text string) ([]scene, error) {
	var out []scene
	for n, l := range strings.Split(text, "\n") {
		l = strings.TrimSpace(l)
		bad := func(why string) error { return fmt.Errorf("%s:%d: %s", file, n+1, why) }
		if l == "" || strings.HasPrefix(l, "#") {
			continue
		}
		if name, ok := strings.CutPrefix(l, "== "); ok {
			s := scene{name: name, plays: 1, parts: make([][]line, 1)}
			if before, times, ok := strings.Cut(name, " x"); ok {
				var err error
				if s.plays, err = strconv.Atoi(times); err != nil {
					return nil, bad("how often?")
				}
				s.name = before
			}
			out = append(out, s)
			continue
		}
		if len(out) == 0 {
			return nil, bad("before the first scene")
		}
		s := &out[len(out)-1]
		switch {
		case strings.HasPrefix(l, "$ "):
			name, values, ok := strings.Cut(l[2:], "=")
			if !ok {
				return nil, bad("no value")
			}
			s.defs = append(s.defs, def{strings.TrimSpace(name), splitBars(values)})
		case strings.HasPrefix(l, "? "):
			fields := splitBars(l[2:])
			switch {
			case len(fields) == 2 && fields[0] == KindUnanswerable:
				s.questions = append(s.questions, ask{kind: fields[0], text: fields[1]})
			case len(fields) == 4:
				s.questions = append(s.questions, ask{fields[0], fields[1], fields[2], strings.Fields(fields[3])})
			default:
				return nil, bad("not a question")
			}
		case l == "--":
			s.parts = append(s.parts, nil)
		case len(l) > 3 && l[1] == ':':
			spoken := line{who: l[0]}
			for m := range strings.SplitSeq(l[2:], " / ") {
				m = strings.TrimSpace(m)
				marks := ""
				if rest, ok := strings.CutPrefix(m, "^"); ok {
					marks, m, _ = strings.Cut(rest, " ")
				}
				spoken.messages = append(spoken.messages, message{marks, m})
			}
			last := &s.parts[len(s.parts)-1]
			*last = append(*last, spoken)
		default:
			return nil, bad("not understood")
		}
	}
	return out, nil
}

// parseLists reads lists of values: "name: a | b | c".
func parseLists(file, text string) (map[string][]string, error) {
	out := map[string][]string{}
	for n, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l == "" || strings.HasPrefix(l, "#") {
			continue
		}
		name, values, ok := strings.Cut(l, ":")
		if !ok {
			return nil, fmt.Errorf("%s:%d: no list", file, n+1)
		}
		out[name] = splitBars(values)
	}
	return out, nil
}

// splitBars cuts at the bars that are not within brackets, and trims the pieces.
func splitBars(s string) []string {
	var out []string
	depth, from := 0, 0
	for i := range len(s) {
		switch s[i] {
		case '[':
			depth++
		case ']':
			depth--
		case '|':
			if depth == 0 {
				out = append(out, strings.TrimSpace(s[from:i]))
				from = i + 1
			}
		}
	}
	return append(out, strings.TrimSpace(s[from:]))
}
