package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind tells words from what stands between them.
type tokenKind uint8

const (
	word    tokenKind = iota
	punct             // one rune that is neither letter, digit nor space
	newline           // one or more line breaks
	quoted            // quoted text or code: its words are somebody else's
)

// token is one unit of a text. A contraction is two tokens, "I" and "'m", whose low forms are spelt out
// ("i", "am"), so that no rule has to know the short forms.
type token struct {
	kind       tokenKind
	text       string // as written
	low        string // lower case, contractions spelt out
	start, end int    // bytes in the text
	rune0      int    // code points before the token
	rune1      int    // code points before its end
	upper      bool   // starts with an upper-case letter
	joined     bool   // one plain space, or nothing, before it on the same line
}

// is reports whether the token is one of the words, given in lower case.
func (t *token) is(words ...string) bool {
	if t.kind != word && t.kind != punct {
		return false
	}
	for _, w := range words {
		if t.low == w {
			return true
		}
	}
	return false
}

// shortForms are contractions that chat writes without the apostrophe, with the length of their first part.
var shortForms = map[string]struct {
	cut  int
	a, b string
}{
	"im": {1, "i", "am"}, "ive": {1, "i", "have"}, "dont": {2, "do", "not"}, "didnt": {3, "did", "not"},
	"doesnt": {4, "does", "not"}, "isnt": {2, "is", "not"}, "wasnt": {3, "was", "not"}, "cant": {3, "can", "not"},
	"wont": {2, "will", "not"}, "arent": {3, "are", "not"}, "cannot": {3, "can", "not"}, "wouldnt": {5, "would", "not"},
	"couldnt": {5, "could", "not"}, "shouldnt": {6, "should", "not"}, "werent": {4, "were", "not"}, "hadnt": {3, "had", "not"}, "aint": {2, "is", "not"},
	"thats": {4, "that", "'s"}, "whats": {4, "what", "'s"}, "hes": {2, "he", "'s"}, "shes": {3, "she", "'s"}, "weve": {2, "we", "have"}, "theyre": {4, "they", "are"},
	"youre": {3, "you", "are"}, "theyve": {4, "they", "have"}, "lets": {3, "let", "'s"},
	"havent": {4, "have", "not"}, "hasnt": {3, "has", "not"}, "gonna": {3, "going", "to"}, "wanna": {3, "want", "to"},
}

// clitics are the short second halves of contractions.
var clitics = map[string]string{
	"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would", "s": "'s", "t": "not",
}

// closers gives the closing mark of each opening quotation mark.
var closers = map[rune]string{
	'"': "\"", '“': "”", '„': "“", '«': "»", '»': "«", '‹': "›", '‘': "’", '`': "`", '「': "」", '『': "』",
}

// maxQuote bounds how far the end of a quotation in single quotes is looked for, in bytes.
const maxQuote = 300

// scanner cuts a text into tokens in one pass.
type scanner struct {
	text  string
	pos   int // bytes
	runes int // code points before pos
	out   []token

	line, para ahead            // the ends of the line and of the paragraph
	closing    map[string]ahead // where quotations end, by closing mark
}

// ahead finds the next place of something in a text. It remembers the place, so that asking again and again while the text is
// read costs no more than reading it once.
type ahead struct {
	at    int // no place lies before it and at or after the position that was asked for last
	known bool
}

// next returns where the next occurrence of what begins, at or after pos; the end of the text when it does not.
func (a *ahead) next(text, what string, pos int) int {
	if a.known && a.at >= pos {
		return a.at
	}
	a.known, a.at = true, len(text)
	if i := strings.Index(text[pos:], what); i >= 0 {
		a.at = pos + i
	}
	return a.at
}

// tokenise cuts the text. Quotations and code become one quoted token each.
func tokenise(text string) []token {
	s := scanner{text: text, out: make([]token, 0, len(text)/4+8)}
	for s.pos < len(text) {
		r, size := utf8.DecodeRuneInString(text[s.pos:])
		switch {
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
			s.newlines()
		case unicode.IsSpace(r):
			s.pos, s.runes = s.pos+size, s.runes+1
		case strings.HasPrefix(text[s.pos:], "```"):
			s.fence()
		case r == '>' && s.lineStart():
			s.quoteLine()
		case wordRune(r) || r == '+' && s.digitAt(s.pos+size):
			s.word()
		default:
			if n := s.quotation(r, size); n > 0 {
				s.emit(quoted, n)
				break
			}
			s.emit(punct, size)
		}
	}
	return s.out
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

func (s *scanner) digitAt(pos int) bool {
	return pos >= 0 && pos < len(s.text) && s.text[pos] >= '0' && s.text[pos] <= '9'
}

// emit appends the next n bytes as one token.
func (s *scanner) emit(kind tokenKind, n int) {
	t := token{kind: kind, text: s.text[s.pos : s.pos+n], start: s.pos, end: s.pos + n, rune0: s.runes}
	t.rune1 = s.runes + utf8.RuneCountInString(t.text)
	if k := len(s.out); k > 0 {
		gap := s.text[s.out[k-1].end:s.pos]
		t.joined = gap == "" || gap == " "
	}
	if kind == word || kind == punct {
		t.low = lower(t.text)
		r, _ := utf8.DecodeRuneInString(t.text)
		t.upper = unicode.IsUpper(r) || unicode.IsTitle(r)
	}
	s.pos, s.runes = t.end, t.rune1
	s.out = append(s.out, t)
}

func lower(s string) string {
	s = strings.ToLower(s)
	if strings.Contains(s, "’") {
		s = strings.ReplaceAll(s, "’", "'")
	}
	return s
}

// newlines takes a run of line breaks and the space between them as one token.
func (s *scanner) newlines() {
	n := s.pos
	for n < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[n:])
		if !unicode.IsSpace(r) {
			break
		}
		n += size
	}
	s.emit(newline, n-s.pos)
}

func (s *scanner) lineStart() bool {
	return len(s.out) == 0 || s.out[len(s.out)-1].kind == newline
}

func (s *scanner) quoteLine() {
	s.emit(quoted, s.line.next(s.text, "\n", s.pos)-s.pos)
}

func (s *scanner) fence() {
	rest := s.text[s.pos+3:]
	n := strings.Index(rest, "```")
	if n < 0 {
		s.emit(quoted, len(s.text)-s.pos)
		return
	}
	s.emit(quoted, n+6)
}

// quotation gives the length in bytes of the quotation that starts here, or 0. One that is never closed
// runs to the end of its line; a single quote that is never closed is an apostrophe.
func (s *scanner) quotation(r rune, size int) int {
	rest := s.text[s.pos+size:]
	if r == '\'' {
		return s.singleQuoted(rest)
	}
	closer, ok := closers[r]
	if !ok || r == '"' && s.digitAt(s.pos-1) {
		return 0
	}
	from := s.pos + size
	// a quotation may run over line breaks, but not over a blank line
	if s.closing == nil {
		s.closing = map[string]ahead{}
	}
	closing := s.closing[closer]
	end := closing.next(s.text, closer, from)
	s.closing[closer] = closing
	if end < s.para.next(s.text, "\n\n", from) {
		return end + len(closer) - s.pos
	}
	return size + s.line.next(s.text, "\n", from) - from
}

func (s *scanner) singleQuoted(rest string) int {
	if s.pos > 0 {
		r, _ := utf8.DecodeLastRuneInString(s.text[:s.pos])
		if !unicode.IsSpace(r) && !strings.ContainsRune("([{:,;—–-", r) {
			return 0
		}
	}
	limit := min(len(rest), maxQuote)
	for i := 1; i < limit; i++ {
		if rest[i] == '\n' {
			return 0
		}
		if rest[i] != '\'' || rest[i-1] == ' ' {
			continue
		}
		next, _ := utf8.DecodeRuneInString(rest[i+1:])
		if i+1 >= len(rest) || !wordRune(next) {
			return i + 2
		}
	}
	return 0
}

// word takes a run of letters and digits with the marks that join them: O'Brien, well-known, a@b.org, AT&T.
func (s *scanner) word() {
	n, prev := s.pos, rune(0)
	for n < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[n:])
		if wordRune(r) || r == '+' && n == s.pos {
			prev, n = r, n+size
			continue
		}
		next, _ := utf8.DecodeRuneInString(s.text[n+size:])
		if !joins(r, prev, next) {
			break
		}
		prev, n = r, n+size
	}
	for n < len(s.text) && (s.text[n] == '+' || s.text[n] == '#' || s.text[n] == '%') {
		n++ // C++, C#, 20%
	}
	w := s.text[s.pos:n]
	first, second, a, b := contraction(w)
	if second == 0 {
		s.emit(word, n-s.pos)
		return
	}
	s.emit(word, first)
	if a != "" {
		s.out[len(s.out)-1].low = a
	}
	s.emit(word, second)
	s.out[len(s.out)-1].low = b
}

// joins reports whether r holds the runes on its two sides together as one word.
func joins(r, prev, next rune) bool {
	if !wordRune(next) || prev == 0 {
		return false
	}
	switch r {
	case '\'', '’', '-', '_', '@', '&', '/', '+', '‑':
		return true
	case '.':
		// "Berlin.I moved" lacks a space; "e.g", "3.5" and "a.b@c.org" do not
		return !(unicode.IsLower(prev) && unicode.IsUpper(next))
	case ':', ',':
		return unicode.IsDigit(prev) && unicode.IsDigit(next)
	}
	return false
}

// contraction splits w in bytes into two parts with their spelt-out forms; second is 0 when it is none.
func contraction(w string) (first, second int, a, b string) {
	if len(w) > 9 && !strings.ContainsAny(w, "'’") {
		return 0, 0, "", ""
	}
	i := strings.LastIndexAny(w, "'’")
	if i < 0 {
		if f, ok := shortForms[lower(w)]; ok {
			return f.cut, len(w) - f.cut, f.a, f.b
		}
		return 0, 0, "", ""
	}
	size := 1
	if w[i] != '\'' {
		size = len("’")
	}
	tail := lower(w[i+size:])
	spelt, ok := clitics[tail]
	if !ok || i == 0 {
		return 0, 0, "", ""
	}
	if tail != "t" {
		return i, len(w) - i, "", spelt
	}
	// "don't": the n belongs to the second half
	head := lower(w[:i])
	if !strings.HasSuffix(head, "n") || i < 2 {
		return 0, 0, "", ""
	}
	switch head {
	case "can":
		return 2, len(w) - 2, "can", "not"
	case "won":
		return 2, len(w) - 2, "will", "not"
	case "ain":
		return 2, len(w) - 2, "is", "not"
	}
	return i - 1, len(w) - i + 1, "", "not"
}
