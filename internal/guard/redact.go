package guard

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/spectron-go/spectron/internal/record"
)

// PII is a kind of personal data. Its placeholder in a text is the kind in square brackets: "[email]".
type PII string

// The kinds.
const (
	Email PII = "email"
	Phone PII = "phone"
	Card  PII = "card" // number of a payment card
	IBAN  PII = "iban"
	ID    PII = "id" // national number of a person: see ids.go
	IP    PII = "ip"
)

// PIIs lists the kinds.
var PIIs = []PII{Email, Phone, Card, IBAN, ID, IP}

// Placeholder returns what stands in a text instead of data of the kind.
func (p PII) Placeholder() string { return "[" + string(p) + "]" }

// Redaction says where data was replaced in a text. It has no data.
type Redaction struct {
	Kind PII
	Span record.Span // in the text before
}

// maxRounds is how often a redacted text is read again. A placeholder ends what stood around the data, which may then be read as data itself.
const maxRounds = 8

// Redact returns a text with personal data replaced by placeholders, and the places where it was. Redacting the result changes nothing.
//
// It finds: addresses of e-mail; phone numbers in international form, in the usual national forms of Europe and North America, and in any
// form after a word such as "phone"; numbers of payment cards; IBANs; national numbers of persons (ids.go); addresses of IPv4 and IPv6. Numbers
// that have a check digit must have the right one. Four numbers with dots are an address, not a version, unless a word such as "version"
// stands before them; if all are small, only after a word such as "server". Addresses that name no host of anybody, such as 127.0.0.1 and network masks, stay.
func Redact(text string) (string, []Redaction) {
	places := findPII(text)
	if len(places) == 0 {
		return text, nil
	}
	for range maxRounds {
		more := findPII(cut(text, places))
		if len(more) == 0 {
			break
		}
		places = merged(places, more)
	}
	bare := make([]place, len(places))
	for i, p := range places {
		bare[i] = p.place
	}
	out := make([]Redaction, len(places))
	for i, span := range codePoints(text, bare) {
		out[i] = Redaction{places[i].kind, span}
	}
	return cut(text, places), out
}

// located is personal data, in bytes of a text.
type located struct {
	kind PII
	place
}

// cut returns a text with the data replaced.
func cut(text string, places []located) string {
	var b strings.Builder
	b.Grow(len(text))
	at := 0
	for _, p := range places {
		b.WriteString(text[at:p.start])
		b.WriteString(p.kind.Placeholder())
		at = p.end
	}
	b.WriteString(text[at:])
	return b.String()
}

// merged adds places of the cut text to places of the text. Those that touch a placeholder are the same place.
func merged(places, more []located) []located {
	out := slices.Clone(places)
	for _, m := range more {
		// shift is how much longer the text is than the cut text before the place.
		shift := 0
		for _, p := range places {
			if p.start-shift >= m.start {
				break
			}
			shift += p.end - p.start - len(p.kind.Placeholder())
		}
		end := m.end + shift
		for _, p := range places {
			if p.start < end && p.start >= m.start+shift {
				end += p.end - p.start - len(p.kind.Placeholder())
			}
		}
		m.start, m.end = m.start+shift, end
		out = slices.DeleteFunc(out, func(p located) bool { return p.start >= m.start && p.end <= m.end })
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b located) int { return cmp.Compare(a.start, b.start) })
	return out
}

// finder looks for data of one kind that begins at a position of a folded text. It returns the end, or 0.
type finder struct {
	kind PII
	find func(b []byte, at int) int
}

// finders are tried in this order.
var finders = []finder{{IBAN, ibanAt}, {IP, ipAt}, {Card, cardAt}, {ID, idAt}, {Phone, phoneAt}}

// findPII returns the personal data in a text, in order.
func findPII(text string) []located {
	if !strings.ContainsAny(text, "@0123456789([{<") && !hasOther(text) {
		return nil
	}
	f := fold(text)
	b := f.b
	var out []located
	mails := emailsIn(b)
	for i := 0; i < len(b); {
		if len(mails) > 0 && mails[0].start <= i {
			out = append(out, located{Email, f.origin(mails[0].start, mails[0].end)})
			i, mails = mails[0].end, mails[1:]
			continue
		}
		if !begins(b, i) {
			i++
			continue
		}
		end, kind := 0, PII("")
		for _, one := range finders {
			if e := one.find(b, i); e > i && (len(mails) == 0 || e <= mails[0].start) {
				end, kind = e, one.kind
				break
			}
		}
		if end == 0 {
			i++
			continue
		}
		out = append(out, located{kind, f.origin(i, end)})
		i = end
	}
	return out
}

// hasOther reports whether a text has characters that may be folded to a digit or an at sign.
func hasOther(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return true
		}
	}
	return false
}

// begins reports whether data may begin at a position: a word does, or a plus, an opening bracket or a colon before a digit.
func begins(b []byte, i int) bool {
	switch c := b[i]; {
	case i > 0 && (isWord(b[i-1]) || b[i-1] == '_'):
		return false
	case isWord(c):
		return true
	case c == '+':
		return i+1 < len(b) && isDigit(b[i+1])
	case c == '(':
		return i+1 < len(b) && (isDigit(b[i+1]) || b[i+1] == '+')
	case c == ':':
		return i+2 < len(b) && b[i+1] == ':'
	}
	return false
}

// digits is a number in a text: groups of digits with separators between them.
type digits struct {
	b      []byte  // the digits alone
	groups []place // where the groups are in the text
	sizes  []int   // the number of digits of each group
	totals []int   // the number of digits up to the end of each group
	marks  []byte  // the first separator after each group; 0 at the end of the text

	// The memory of the slices, which need no other.
	digit [maxDigits]byte
	group [maxGroups]place
	size  [maxGroups]int
	total [maxGroups]int
	mark  [maxGroups]byte
}

// maxDigits bounds a number, and maxGroups the groups of one. No data has more.
const (
	maxDigits = 24
	maxGroups = 8
)

// read reads the number that begins at a position. separator says how many bytes separate two groups; 0: the number ends. A number that is too
// long has the groups that fit.
func (d *digits) read(b []byte, at int, separator func(b []byte, i int) int) {
	d.b, d.groups, d.sizes, d.totals = d.digit[:0], d.group[:0], d.size[:0], d.total[:0]
	d.marks = d.mark[:0]
	for i := at; len(d.groups) < maxGroups; {
		start := i
		for i < len(b) && isDigit(b[i]) {
			if len(d.b) == maxDigits {
				return
			}
			d.b = append(d.b, b[i])
			i++
		}
		d.groups, d.sizes, d.totals = append(d.groups, place{start, i}), append(d.sizes, i-start), append(d.totals, len(d.b))
		mark := byte(0)
		if i < len(b) {
			mark = b[i]
		}
		d.marks = append(d.marks, mark)
		n := separator(b, i)
		if n == 0 {
			return
		}
		i += n
	}
}

// longest is the length from which a number is no part of a decimal number with a comma.
const longest = 10

// bounded reports whether nothing around a number in [start, end) makes it a part of a longer word, number or identifier.
func bounded(b []byte, start, end int) bool {
	if start > 1 && isWord(b[start-2]) {
		switch b[start-1] {
		case '-', '_', '/', '\\':
			return false
		case '.', ',':
			if isDigit(b[start-2]) && (b[start-1] == '.' || end-start < longest) {
				return false
			}
		}
	}
	if end == len(b) {
		return true
	}
	if isWord(b[end]) || b[end] == '_' {
		return false
	}
	if end+1 < len(b) && isWord(b[end+1]) {
		switch b[end] {
		case '-', '/', '\\', '@':
			return false
		case '.', ',', ':':
			return !isDigit(b[end+1]) || b[end] == ',' && end-start >= longest
		}
	}
	return true
}

// wordsBefore calls yield with up to n words before a position in the same line, the nearest first, until it returns false.
func wordsBefore(b []byte, at, n int, yield func(word string) bool) {
	const reach = 48
	least := max(0, at-reach)
	for i := at; i > least && n > 0; {
		if b[i-1] == '\n' {
			return
		}
		if !isLetter(b[i-1]) {
			i--
			continue
		}
		end := i
		for i > least && isLetter(b[i-1]) {
			i--
		}
		if !yield(string(b[i:end])) {
			return
		}
		n--
	}
}

// after reports whether one of the n words before a position is in a list.
func after(b []byte, at, n int, list map[string]bool) bool {
	found := false
	wordsBefore(b, at, n, func(word string) bool {
		found = list[word]
		return !found
	})
	return found
}

func words(list string) map[string]bool {
	out := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		out[word] = true
	}
	return out
}

// Bare reports whether a redacted text has placeholders and no other words.
func Bare(text string) bool {
	if !strings.Contains(text, "[") {
		return false
	}
	rest := placeholders.Replace(text)
	return rest != text && !strings.ContainsFunc(rest, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// placeholders removes the placeholders of a text.
var placeholders = func() *strings.Replacer {
	var pairs []string
	for _, p := range PIIs {
		pairs = append(pairs, p.Placeholder(), "")
	}
	return strings.NewReplacer(pairs...)
}()
