package guard

import (
	"encoding/base64"
	"unicode"
	"unicode/utf8"
)

const (
	// minHidden is the shortest run of base64 that is decoded.
	minHidden = 16
	// minPlain is the shortest piece of text in decoded bytes that is scanned.
	minPlain = 8
)

// hiddenIn returns the runs of base64 in a text that hide a prompt injection. depth is how often the text was decoded already.
func hiddenIn(text string, depth int) []found {
	var out []found
	for i := 0; i < len(text); {
		if sextet[text[i]] == 0 {
			i++
			continue
		}
		end, digits := run(text, i)
		for end < len(text) && text[end] == '=' {
			end++
		}
		if len(digits) >= minHidden && hides(digits, depth) {
			out = append(out, found{Base64Instruction, place{i, end}})
		}
		i = end
	}
	return out
}

// sextet has the standard base64 digit for each digit of both alphabets, and 0 for other bytes.
var sextet = func() (out [256]byte) {
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") {
		out[c] = c
	}
	out['-'], out['_'] = '+', '/'
	return out
}()

// run returns the end of the run of base64 at a position, and its digits in the standard alphabet. A run goes on after a line break.
func run(text string, from int) (end int, digits []byte) {
	i := from
	for {
		start := i
		for i < len(text) && sextet[text[i]] != 0 {
			i++
		}
		if i-start < minHidden && start == from {
			return i, nil // a word: no digits are copied
		}
		for _, c := range []byte(text[start:i]) {
			digits = append(digits, sextet[c])
		}
		end = i
		if i-start < minHidden {
			return end, digits
		}
		line := false
		for i < len(text) && (text[i] == '\n' || text[i] == '\r' || text[i] == ' ' || text[i] == '\t' || text[i] == '>' || text[i] == '"' || text[i] == '\\') {
			line = line || text[i] == '\n'
			i++
		}
		if !line || i == len(text) || sextet[text[i]] == 0 {
			return end, digits
		}
	}
}

// hides reports whether base64 digits hide a prompt injection. The digits may follow others without a mark between them, so that every
// position in a group of four may be their beginning.
func hides(digits []byte, depth int) bool {
	for skip := range 4 {
		d := digits[skip:]
		d = d[:len(d)-len(d)%4+map[int]int{2: 2, 3: 3}[len(d)%4]]
		plain := make([]byte, base64.RawStdEncoding.DecodedLen(len(d)))
		n, _ := base64.RawStdEncoding.Decode(plain, d) // digits that do not fit at the end are left out
		if plain = plain[:n]; wide(plain) {
			plain = narrowed(plain)
		}
		for len(plain) > 0 {
			size := readable(plain)
			if size >= minPlain && len(scan(string(plain[:size]), depth+1)) > 0 {
				return true
			}
			plain = plain[min(len(plain), size+1):]
		}
	}
	return false
}

// readable returns the length of the text at the beginning of bytes.
func readable(b []byte) int {
	n := 0
	for n < len(b) {
		r, size := utf8.DecodeRune(b[n:])
		if r == utf8.RuneError || r != '\n' && r != '\r' && r != '\t' && !unicode.IsGraphic(r) && !unicode.Is(unicode.Cf, r) {
			break
		}
		n += size
	}
	return n
}

// wide reports whether bytes look like ASCII in UTF-16, little-endian.
func wide(b []byte) bool {
	return len(b) >= minPlain && b[1] == 0 && b[3] == 0 && b[5] == 0 && b[7] == 0
}

// narrowed returns the even bytes.
func narrowed(b []byte) []byte {
	out := make([]byte, 0, len(b)/2+1)
	for i := 0; i < len(b); i += 2 {
		out = append(out, b[i])
	}
	return out
}
