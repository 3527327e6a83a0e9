package dump

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"

	"github.com/google/uuid"
	"github.com/surrealdb/surrealdb.go/pkg/models"

	"github.com/spectron-go/spectron/internal/surreal/wire"
)

// parser reads SurrealQL literals as CBOR values.
type parser struct {
	*lexer
	nesting int    // how many arrays and objects may be within each other
	out     []byte // the CBOR
	keys    []span // the keys of the objects that are open
}

// row reads one row of a table.
func (p *parser) row(table string, kind Kind) error {
	if !p.accept('{') {
		return p.unexpected("a row")
	}
	var has fields
	err := p.object(1, func(key, value span) error {
		if err := has.check(p.out[key.from:key.to], table, kind, p.out[value.from:]); err != nil {
			return p.syntax("%v", err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := has.all(kind); err != nil {
		return p.syntax("%v", err)
	}
	return nil
}

// value reads a value, at a depth of so many arrays and objects around it.
func (p *parser) value(depth int) error {
	if err := p.space(); err != nil {
		return err
	}
	switch c := p.peek(); {
	case c == '"' || c == '\'':
		p.take()
		text, err := p.quoted(c)
		p.out = wire.AppendText(p.out, text)
		return err
	case isDigit(c), c == '-':
		return p.number()
	case isWord(c):
		return p.named(depth)
	case c == '{':
		p.take()
		return p.object(depth+1, nil)
	case c == '[':
		p.take()
		return p.array(depth + 1)
	case c == '`':
		p.take()
		table, err := p.quoted('`')
		if err != nil {
			return err
		}
		return p.record(table, depth)
	case c == '<':
		return p.cast(depth)
	}
	return p.unexpected("a value")
}

// array reads the rest of an array.
func (p *parser) array(depth int) error {
	if depth > p.nesting {
		return p.syntax("more than %d arrays and objects within each other", p.nesting)
	}
	start, n := len(p.out), 0
	p.out = append(p.out, wire.Array<<5)
	for {
		if err := p.space(); err != nil {
			return err
		}
		if p.accept(']') {
			break
		}
		if err := p.value(depth); err != nil {
			return err
		}
		n++
		last, err := p.last(']')
		if err != nil {
			return err
		}
		if last {
			break
		}
	}
	p.setHead(start, wire.Array, n)
	return nil
}

// object reads the rest of an object. It calls visit, if there is one, with each field.
func (p *parser) object(depth int, visit func(key, value span) error) error {
	if depth > p.nesting {
		return p.syntax("more than %d arrays and objects within each other", p.nesting)
	}
	start, n, first := len(p.out), 0, len(p.keys)
	p.out = append(p.out, wire.Map<<5)
	for {
		if err := p.space(); err != nil {
			return err
		}
		if p.accept('}') {
			break
		}
		if err := p.key(); err != nil {
			return err
		}
		if err := p.expect(':'); err != nil {
			return err
		}
		from := len(p.out)
		if err := p.value(depth); err != nil {
			return err
		}
		if visit != nil {
			if err := visit(p.keys[len(p.keys)-1], span{from, len(p.out)}); err != nil {
				return err
			}
		}
		n++
		last, err := p.last('}')
		if err != nil {
			return err
		}
		if last {
			break
		}
	}
	if key, found := repeated(p.out, p.keys[first:]); found {
		return p.syntax("the object before has the key %q twice", p.out[key.from:key.to])
	}
	p.keys = p.keys[:first]
	p.setHead(start, wire.Map, n)
	return nil
}

// last takes what follows an element: a comma, or the end.
func (p *parser) last(end byte) (bool, error) {
	if err := p.space(); err != nil {
		return false, err
	}
	if p.accept(',') {
		return false, nil
	}
	if !p.accept(end) {
		return false, p.unexpected("',' or '" + string(end) + "'")
	}
	return true, nil
}

// key reads the key of an object and notes where it is.
func (p *parser) key() error {
	var key []byte
	switch c := p.peek(); {
	case c == '"' || c == '\'' || c == '`':
		p.take()
		text, err := p.quoted(c)
		if err != nil {
			return err
		}
		key = text
	case isWord(c) && !isDigit(c):
		key = p.word()
	default:
		return p.unexpected("a key")
	}
	p.out = wire.AppendText(p.out, key)
	p.keys = append(p.keys, span{len(p.out) - len(key), len(p.out)})
	return nil
}

// setHead puts the number of elements into the head at start, for which there is room for less than 24.
func (p *parser) setHead(start int, major byte, n int) {
	if n < 24 {
		p.out[start] |= byte(n)
		return
	}
	var room [9]byte
	h := wire.AppendHead(room[:0], major, uint64(n))
	size := len(p.out)
	p.out = append(p.out, h[1:]...)
	copy(p.out[start+len(h):], p.out[start+1:size])
	copy(p.out[start:], h)
}

// tag begins a tagged value.
func (p *parser) tag(tag uint64) { p.out = wire.AppendHead(p.out, wire.Tag, tag) }

// named reads a value that begins with a letter: a constant, a literal with a letter before its quotes, or a
// record id.
func (p *parser) named(depth int) error {
	word := p.word()
	switch c := p.peek(); {
	case c == ':':
		return p.record(word, depth)
	case (c == '"' || c == '\'') && len(word) == 1:
		return p.prefixed(word[0])
	case string(word) == "NaN":
		p.out = appendFloat(p.out, math.NaN())
	case string(word) == "Infinity":
		p.out = appendFloat(p.out, math.Inf(1))
	case equalFold(word, "none"):
		p.tag(models.TagNone)
		p.out = append(p.out, wire.Simple<<5|simpleNull)
	case equalFold(word, "null"):
		p.out = append(p.out, wire.Simple<<5|simpleNull)
	case equalFold(word, "true"):
		p.out = append(p.out, wire.Simple<<5|simpleTrue)
	case equalFold(word, "false"):
		p.out = append(p.out, wire.Simple<<5|simpleFalse)
	default:
		return p.syntaxAt(p.pos-len(word), fmt.Sprintf("%q is not a value", clip(word)))
	}
	return nil
}

// equalFold reports whether the word, which is ASCII, is that of a keyword.
func equalFold(word []byte, keyword string) bool {
	return len(word) == len(keyword) && bytes.EqualFold(word, []byte(keyword))
}

// clip shortens what goes into a message.
func clip(b []byte) []byte { return b[:min(len(b), 40)] }

// prefixed reads a literal whose prefix was taken, and whose quote is next.
func (p *parser) prefixed(prefix byte) error {
	quote := p.peek()
	p.take()
	text, err := p.quoted(quote)
	if err != nil {
		return err
	}
	switch prefix {
	case 'b':
		p.out = wire.AppendHead(p.out, wire.Bytes, uint64(len(text)/2))
		from := len(p.out)
		p.out = append(p.out, text...) // room, and the digits are decoded in their place
		n, err := hex.Decode(p.out[from:], p.out[from:])
		if err != nil {
			return p.syntax("bytes that are not hexadecimal")
		}
		p.out = p.out[:from+n]
	case 'd':
		t, ok := parseDatetime(text)
		if !ok {
			return p.syntax("not a datetime: %q", clip(text))
		}
		p.tag(models.TagCustomDatetime)
		p.out = append(p.out, wire.Array<<5|2)
		p.out = wire.AppendInt(wire.AppendInt(p.out, t.Unix()), int64(t.Nanosecond()))
	case 'u':
		u, err := uuid.ParseBytes(text)
		if err != nil || len(text) != 36 {
			return p.syntax("not a UUID: %q", clip(text))
		}
		p.tag(models.TagSpecBinaryUUID)
		p.out = append(wire.AppendHead(p.out, wire.Bytes, uuidSize), u[:]...)
	default:
		return p.syntax("%q does not begin a value", prefix)
	}
	return nil
}

// record reads the rest of a record id: the colon and the key.
func (p *parser) record(table []byte, depth int) error {
	if len(table) == 0 {
		return p.syntax("a record id without a table")
	}
	p.tag(models.TagRecordID)
	p.out = append(p.out, wire.Array<<5|2)
	p.out = wire.AppendText(p.out, table)
	if !p.accept(':') {
		return p.unexpected("':'")
	}
	switch c := p.peek(); {
	case c == '`':
		p.take()
		key, err := p.quoted('`')
		p.out = wire.AppendText(p.out, key)
		return err
	case c == '[':
		p.take()
		return p.array(depth + 1)
	case c == '{':
		p.take()
		return p.object(depth+1, nil)
	case c == '-':
		p.take()
		return p.integer(p.numeral(sign))
	case !isWord(c):
		return p.unexpected("the key of a record id")
	}
	key := p.word()
	if c := p.peek(); (c == '"' || c == '\'') && string(key) == "u" {
		return p.prefixed('u')
	}
	if isDigit(key[0]) && len(bytes.Trim(key, "0123456789_")) == 0 {
		return p.integer(key)
	}
	p.out = wire.AppendText(p.out, key)
	return nil
}

func (p *parser) integer(digits []byte) error {
	n, err := strconv.ParseInt(string(digits), 10, 64)
	if err != nil {
		return p.syntax("not an integer of 64 bits: %q", clip(digits))
	}
	p.out = wire.AppendInt(p.out, n)
	return nil
}

// cast reads one of the two casts of the form with what it is for.
func (p *parser) cast(depth int) error {
	p.take()
	switch word := p.word(); {
	case string(word) == "set":
		if !p.accept('>') || !p.accept('[') {
			return p.unexpected("'>['")
		}
		p.tag(tagSet)
		return p.array(depth + 1)
	case string(word) == "string":
		if !p.accept('>') {
			return p.unexpected("'>'")
		}
		if c := p.peek(); c == '"' || c == '\'' {
			return p.value(depth)
		}
		return p.unexpected("text")
	}
	return p.unexpected("set or string")
}
