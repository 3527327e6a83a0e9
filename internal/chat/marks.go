package chat

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// marks reads the marks of sources in an answer that arrives in parts, such as "[S1]" or "[S1, S3]". It writes each as "[S1]", and removes the
// marks of sources that do not exist. The result does not depend on how the answer is divided.
type marks struct {
	sources int    // the sources are 1 to this number
	held    string // the end of the answer so far: white space, and the beginning of a mark
	begun   bool   // whether something was written
	used    []int  // the sources that were named, in the order of their first mark
}

// maxMark is the maximum length of a mark in bytes.
const maxMark = 200

// add takes a part of the answer and returns what can be shown now.
func (m *marks) add(part string) string { return m.read(m.held+part, false) }

// end returns the rest of the answer.
func (m *marks) end() string {
	rest := m.read(m.held, true)
	m.held = ""
	return rest
}

// read returns the text without the marks to remove. It holds back the end as long as more may follow that changes its meaning.
func (m *marks) read(s string, last bool) string {
	var out strings.Builder
	write := func(s string) {
		out.WriteString(s)
		m.begun = m.begun || s != ""
	}
	m.held = ""
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && isSpace(s[j]) {
			j++
		}
		space := s[i:j]
		if !m.begun {
			space = ""
		}
		if j == len(s) { // white space at the end of the answer is dropped
			if !last {
				m.held = s[i:]
			}
			break
		}
		if s[j] != '[' {
			next := j
			for next < len(s) && s[next] != '[' && !isSpace(s[next]) {
				next++
			}
			write(space + shown(s[j:next]))
			i = next
			continue
		}
		n, named, open := markIn(s[j:])
		switch {
		case open && !last && len(s)-j < maxMark:
			m.held = s[i:]
			return out.String()
		case n == 0:
			write(space + "[")
			i = j + 1
			continue
		}
		named = slices.DeleteFunc(named, func(k int) bool { return k < 1 || k > m.sources })
		if len(named) > 0 {
			write(space)
		}
		for _, k := range named {
			write(fmt.Sprintf("[S%d]", k))
			if !slices.Contains(m.used, k) {
				m.used = append(m.used, k)
			}
		}
		i = j + n
	}
	return out.String()
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// shown returns a word without the characters that cannot be stored or that control a terminal.
func shown(word string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, word)
}

// markIn reads the mark that s begins with: "[S1]", "[ s1, S2 ]", "[S1; 2]", "[S1-S3]". n is its length; 0: s begins with no mark. open: it
// may become one.
func markIn(s string) (n int, named []int, open bool) {
	i := 1
	blank := func() {
		for i < len(s) && s[i] == ' ' {
			i++
		}
	}
	for {
		if blank(); i == len(s) {
			return 0, nil, true
		}
		if s[i] == 'S' || s[i] == 's' {
			i++
		} else if len(named) == 0 {
			return 0, nil, false
		}
		if i == len(s) {
			return 0, nil, true
		}
		number, digits := 0, i
		for ; i < len(s) && '0' <= s[i] && s[i] <= '9'; i++ {
			if number = 10*number + int(s[i]-'0'); number > 1_000_000 {
				number = 0 // no source has such a number
			}
		}
		if i == digits {
			return 0, nil, false
		}
		named = append(named, number)
		if blank(); i == len(s) {
			return 0, nil, true
		}
		switch s[i] {
		case ']':
			return i + 1, named, false
		case ',', ';', '-', '/', '&':
			i++
		default:
			return 0, nil, false
		}
	}
}
