// Package digest makes texts for prompts from records of memory: lines that nothing in a record can break out of, sections, and blocks that
// keep to a budget of tokens. It is pure.
package digest

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/record"
)

// Item is a record as prompts show it.
type Item struct {
	ID      string
	Kind    record.Kind
	Text    string
	At      time.Time // when it was said, or began to hold; zero: unknown
	Speaker string    // "": unknown
	Role    record.Role
	Session string
	Note    string // a remark of this library, such as "in doubt"; "": none
}

// Remarks are what the note of a fact or an instruction says.
type Remarks struct {
	Source  record.SourceKind
	Until   time.Time // when it ceased to hold; zero: unknown, or it still holds
	Ended   bool      // it is not believed any more
	Doubted bool
	Trust   float64 // in its source, 0 to 1
}

// lowTrust is the trust in a source below or at which an item is marked.
const lowTrust = 0.5

// Remark sets the note of an item, whose speaker is set.
func (i *Item) Remark(r Remarks) {
	if i.Speaker == "" && r.Source != record.FromTurn {
		i.note(string(r.Source))
	}
	switch {
	case !r.Until.IsZero():
		i.note("until " + string(appendDate(nil, r.Until)))
	case r.Ended:
		i.note("ended")
	}
	if r.Doubted {
		i.note("in doubt")
	}
	if r.Trust <= lowTrust {
		i.note("low trust")
	}
}

func (i *Item) note(s string) {
	if i.Note != "" {
		i.Note += ", "
	}
	i.Note += s
}

// Line returns an item as one line: its date (in UTC), its speaker and its note in parentheses, and its text as Escape returns it. The role
// stands for an unknown speaker of a turn. An item without a date, a speaker and a note is its text alone.
func Line(i Item) string { return string(appendLine(nil, &i)) }

// appendLine appends an item as one line.
func appendLine(b []byte, i *Item) []byte {
	start := len(b)
	about := func() { // before each part of what stands in parentheses
		if len(b) == start {
			b = append(b, '(')
		} else {
			b = append(b, ", "...)
		}
	}
	if !i.At.IsZero() {
		about()
		b = appendDate(b, i.At)
	}
	if who := name(i.speaker()); who != "" {
		about()
		b = append(b, who...)
	}
	if i.Note != "" {
		about()
		b = append(b, i.Note...)
	}
	if len(b) > start {
		b = append(b, ") "...)
	}
	return append(b, Escape(i.Text)...)
}

// appendDate appends a date, in UTC.
func appendDate(b []byte, t time.Time) []byte {
	year, month, day := t.UTC().Date()
	if year < 0 || year > 9999 {
		return t.UTC().AppendFormat(b, time.DateOnly)
	}
	two := func(n int) { b = append(b, byte('0'+n/10), byte('0'+n%10)) }
	two(year / 100)
	two(year % 100)
	b = append(b, '-')
	two(int(month))
	b = append(b, '-')
	two(day)
	return b
}

func (i *Item) speaker() string {
	if i.Speaker == "" && i.Kind == record.KindMemoryChunk {
		return string(i.Role)
	}
	return i.Speaker
}

// name returns the name of a speaker without the characters that could end the parentheses around it.
func name(s string) string {
	if !strings.ContainsAny(s, "()[],") {
		return Escape(s)
	}
	return Escape(strings.Map(func(r rune) rune {
		if strings.ContainsRune("()[],", r) {
			return ' '
		}
		return r
	}, s))
}

// Escape returns a text in one line that cannot pass for anything but text in Markdown or in a prompt with tags and numbered items.
//   - White space, also line breaks of every kind, becomes single spaces. Control characters, and format characters that hide text or turn its
//     direction, are dropped.
//   - A mark at the start that would begin a heading, a list, a quotation, a table or a line gets a backslash before it.
//   - A "<" that could open a tag or a token of a template becomes "&lt;".
//   - Runs of three or more backticks or tildes, which fence code, become single ones.
//   - "[S1]", the mark of a numbered item, becomes "(S1)".
func Escape(s string) string {
	if plain(s) {
		return s
	}
	return escaped(s)
}

// plain reports whether Escape leaves a text as it is, for most texts of which that is true.
func plain(s string) bool {
	if s == "" {
		return true
	}
	before := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '}' || c == '`' || c == '[' || c == '<' || c == ' ' && before == ' ' {
			return false
		}
		before = c
	}
	return before != ' ' && len(lead(s)) == len(s)
}

// escaped escapes a text character by character.
func escaped(s string) string {
	text := defused(fold(s))
	if !strings.Contains(text, "<") {
		return lead(text)
	}
	var b strings.Builder
	b.Grow(len(text) + 8)
	for i := range len(text) {
		if text[i] == '<' && i+1 < len(text) && opensTag(text[i+1]) {
			b.WriteString("&lt;")
		} else {
			b.WriteByte(text[i])
		}
	}
	return lead(b.String())
}

// defused returns a folded text without fences and marks of numbered items.
func defused(text string) string {
	if !strings.ContainsAny(text, "`~[") {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for i := 0; i < len(text); {
		c, n := text[i], 1
		switch c {
		case '`', '~':
			for i+n < len(text) && text[i+n] == c {
				n++
			}
			if n < 3 {
				b.WriteString(text[i : i+n])
			} else {
				b.WriteByte(c)
			}
		case '[':
			if n = mark(text[i:]); n > 0 {
				b.WriteString("(" + text[i+1:i+n-1] + ")")
			} else {
				n = 1
				b.WriteByte(c)
			}
		default:
			b.WriteByte(c)
		}
		i += n
	}
	return b.String()
}

// fold returns a text in one line, without what is invisible.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || r == '\u2028' || r == '\u2029' || r == '\u0085':
			space = b.Len() > 0
			continue
		case r == utf8.RuneError, unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r) && r != '\u200d' && r != '\u200c':
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// opensTag reports whether a "<" before the byte could open a tag: "<b", "</b", "<!--", "<?xml", "<|im_start|>".
func opensTag(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '/' || c == '!' || c == '?' || c == '|' || c == '['
}

// mark returns the length of the mark of a numbered item that s begins with; 0: none.
func mark(s string) int {
	i := 1
	for i < len(s) && s[i] == ' ' {
		i++
	}
	if i == len(s) || s[i] != 'S' && s[i] != 's' {
		return 0
	}
	digits := i + 1
	for i = digits; i < len(s) && '0' <= s[i] && s[i] <= '9'; i++ {
	}
	if i == digits {
		return 0
	}
	for i < len(s) && s[i] == ' ' {
		i++
	}
	if i == len(s) || s[i] != ']' {
		return 0
	}
	return i + 1
}

// lead escapes what a text begins with, if that has a meaning at the start of a line.
func lead(s string) string {
	if s == "" {
		return s
	}
	next := byte(' ')
	if len(s) > 1 {
		next = s[1]
	}
	switch s[0] {
	case '#', '>', '|', '(':
		return `\` + s
	case '-', '+', '*', '_', '=':
		if next == ' ' || next == s[0] {
			return `\` + s
		}
	}
	digits := 0
	for digits < len(s) && '0' <= s[digits] && s[digits] <= '9' {
		digits++
	}
	if digits > 0 && digits < len(s) && (s[digits] == '.' || s[digits] == ')') && (digits+1 == len(s) || s[digits+1] == ' ') {
		return s[:digits] + `\` + s[digits:]
	}
	return s
}
