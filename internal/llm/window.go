package llm

import (
	"strings"
	"unicode/utf8"
)

// Limits of one call.
const (
	// windowRunes is how much text of unread messages one call has, in code points, and windowMessages how many messages it has.
	windowRunes    = 24_000
	windowMessages = 60
	// lead is how many earlier messages a window has for context, and leadRunes how much of their text.
	lead      = 6
	leadRunes = 4_000
)

// window is the part of a conversation that one call is about: the messages from to to, of which it reads some.
type window struct {
	from, to int
	read     map[int]bool
	part     string // the part of a long message that it reads; "": all of its messages
}

func (w window) reads(i int) bool { return w.read[i] }

// index returns the position of the message with a number of the prompt, or -1.
func (w window) index(number int) int {
	if i := w.from + number - 1; number > 0 && i < w.to {
		return i
	}
	return -1
}

// number returns the number that a message has in the prompt.
func (w window) number(i int) int { return i - w.from + 1 }

// first returns the position of the first message that the window reads.
func (w window) first() int {
	for i := w.from; i < w.to; i++ {
		if w.read[i] {
			return i
		}
	}
	return w.from
}

// windows divides a conversation. Each message that is to be read and that the rules did not settle is read in one window.
func windows(in *Input) (out []window) {
	current := -1
	size := 0
	for i := range in.Messages {
		m := &in.Messages[i]
		if !m.Read || settled(m) {
			continue
		}
		n := utf8.RuneCountInString(m.Text)
		if n > windowRunes {
			for part := range parts(m.Text) {
				out = append(out, window{from: i, to: i + 1, read: map[int]bool{i: true}, part: part})
			}
			current = -1
			continue
		}
		full := current < 0 || in.PerMessage || size+n > windowRunes || i-out[current].from >= windowMessages
		if full {
			out = append(out, window{from: leadOf(in, i), read: map[int]bool{}})
			current, size = len(out)-1, 0
		}
		out[current].to = i + 1
		out[current].read[i] = true
		size += n
	}
	return out
}

// leadOf returns the position of the first message that a window which reads from i on has for context.
func leadOf(in *Input, i int) int {
	from, size := i, 0
	for from > 0 && i-from < lead {
		size += utf8.RuneCountInString(in.Messages[from-1].Text)
		if size > leadRunes {
			break
		}
		from--
	}
	return from
}

// parts yields a long text in parts of at most windowRunes code points, cut behind white space if there is any.
func parts(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for text != "" {
			part := cut(text, windowRunes)
			if len(part) < len(text) {
				if i := strings.LastIndexAny(part, " \n\t"); i > len(part)/2 {
					part = part[:i+1]
				}
			}
			if !yield(part) {
				return
			}
			text = text[len(part):]
		}
	}
}
