package dump

import (
	"bytes"
	"math"
	"strconv"

	"github.com/surrealdb/surrealdb.go/pkg/models"

	"github.com/spectron-go/spectron/internal/surreal/wire"
)

// number reads what begins with a digit or a minus: an integer, a float, a decimal or a duration.
func (p *parser) number() error {
	before := ""
	if p.accept('-') {
		before = sign
	}
	if before == sign && p.peek() == 'I' {
		if word := p.word(); string(word) != "Infinity" {
			return p.syntax("not a number: %q", clip(word))
		}
		p.out = appendFloat(p.out, math.Inf(-1))
		return nil
	}
	text := p.numeral(before)
	digits := text[len(before):]
	whole := countDigits(digits)
	if whole == 0 {
		return p.unexpected("a number")
	}
	switch rest := digits[whole:]; {
	case len(rest) == 0:
		return p.integer(text)
	case bytes.HasSuffix(rest, []byte("dec")):
		decimal := text[:len(text)-len("dec")]
		if !isDecimal(decimal) {
			return p.syntax("not a decimal: %q", clip(text))
		}
		p.tag(models.TagStringDecimal)
		p.out = wire.AppendText(p.out, decimal)
	case rest[len(rest)-1] == 'f':
		if !isFraction(rest[:len(rest)-1]) {
			return p.syntax("not a float: %q", clip(text))
		}
		f, err := strconv.ParseFloat(string(text[:len(text)-1]), 64)
		if err != nil {
			return p.syntax("a float out of range: %q", clip(text))
		}
		p.out = appendFloat(p.out, f)
	case isFraction(rest):
		return p.syntax("a float without the suffix f, or a decimal without dec: %q", clip(text))
	default:
		return p.duration(text)
	}
	return nil
}

func (p *parser) duration(text []byte) error {
	seconds, nanoseconds, ok := parseDuration(text)
	if !ok {
		return p.syntax("not a number or a duration: %q", clip(text))
	}
	p.tag(models.TagCustomDuration)
	switch {
	case nanoseconds > 0:
		p.out = wire.AppendHead(p.out, wire.Array, 2)
		p.out = wire.AppendHead(wire.AppendHead(p.out, wire.Uint, seconds), wire.Uint, nanoseconds)
	case seconds > 0:
		p.out = wire.AppendHead(p.out, wire.Array, 1)
		p.out = wire.AppendHead(p.out, wire.Uint, seconds)
	default:
		p.out = wire.AppendHead(p.out, wire.Array, 0)
	}
	return nil
}

// sign is what may be before a number.
const sign = "-"

// numeral takes everything that a number may consist of, and returns it with what was before it: a sign that was
// taken, or nothing. It is valid until the next is taken.
func (p *parser) numeral(before string) []byte {
	last := byte(0)
	text := p.run(func(c byte) bool {
		in := isWord(c) || c == '.' || (c == '-' || c == '+') && last|0x20 == 'e'
		last = c
		return in
	})
	if before == "" {
		return text
	}
	p.text = append(append(p.text[:0], before...), text...)
	return p.text
}

func countDigits(b []byte) int {
	n := 0
	for n < len(b) && isDigit(b[n]) {
		n++
	}
	return n
}

// isFraction reports whether b is nothing, a point and digits, an exponent, or both.
func isFraction(b []byte) bool {
	if len(b) > 0 && b[0] == '.' {
		n := countDigits(b[1:])
		if n == 0 {
			return false
		}
		b = b[1+n:]
	}
	if len(b) > 0 && b[0]|0x20 == 'e' {
		b = b[1:]
		if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
			b = b[1:]
		}
		n := countDigits(b)
		if n == 0 {
			return false
		}
		b = b[n:]
	}
	return len(b) == 0
}
