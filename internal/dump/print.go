package dump

import (
	"encoding/hex"
	"errors"
	"math"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/surrealdb/surrealdb.go/pkg/models"
	"github.com/x448/float16"

	"github.com/spectron-go/spectron/internal/surreal/wire"
)

var (
	errNesting  = errors.New("nested too deep")
	errText     = errors.New("text that is not UTF-8")
	errTrailing = errors.New("more than one CBOR item")
	errValue    = errors.New("a value of a kind that exports do not hold")
)

// printer writes CBOR values as SurrealQL literals.
type printer struct {
	cursor        // the value
	out    []byte // its text
	keys   []span // the keys of the objects that are open
	field  []byte // the field of the row that is being written
}

// row writes one row of a table.
func (p *printer) row(table string, kind Kind, row []byte) error {
	p.cursor, p.keys, p.field = cursor{b: row}, p.keys[:0], nil
	h, err := p.head()
	if err != nil {
		return err
	}
	if h.Major != wire.Map {
		return errors.New("not an object")
	}
	var has fields
	err = p.object(h.N, 1, func(key []byte) error {
		p.field = key
		return has.check(key, table, kind, p.b[p.pos:])
	})
	if err != nil {
		return err
	}
	p.field = nil
	if p.pos != len(p.b) {
		return errTrailing
	}
	return has.all(kind)
}

// value writes the next value, at a depth of so many arrays and objects around it.
func (p *printer) value(depth int) error {
	h, err := p.head()
	if err != nil {
		return err
	}
	switch h.Major {
	case wire.Uint, wire.Nint:
		n, err := h.Int()
		p.out = strconv.AppendInt(p.out, n, 10)
		return err
	case wire.Bytes:
		content, err := p.content(h.N)
		p.out = append(hex.AppendEncode(append(p.out, `b"`...), content), '"')
		return err
	case wire.Text:
		text, err := p.text(h)
		p.out = appendQuoted(p.out, text, '"')
		return err
	case wire.Array:
		return p.array(h.N, depth+1)
	case wire.Map:
		return p.object(h.N, depth+1, nil)
	case wire.Tag:
		return p.tagged(h.N, depth)
	}
	return p.simple(h)
}

// text takes the content of a text whose head is h.
func (p *printer) text(h wire.Head) ([]byte, error) {
	if h.Major != wire.Text {
		return nil, errors.New("no text where it belongs")
	}
	text, err := p.content(h.N)
	if err == nil && !utf8.Valid(text) {
		err = errText
	}
	return text, err
}

func (p *printer) nextText() ([]byte, error) {
	h, err := p.head()
	if err != nil {
		return nil, err
	}
	return p.text(h)
}

func (p *printer) array(n uint64, depth int) error {
	if depth > maxNesting {
		return errNesting
	}
	p.out = append(p.out, '[')
	for i := range n {
		if i > 0 {
			p.out = append(p.out, ", "...)
		}
		if err := p.value(depth); err != nil {
			return err
		}
	}
	p.out = append(p.out, ']')
	return nil
}

// object writes an object of n fields. It calls visit, if there is one, with each key, before its value.
func (p *printer) object(n uint64, depth int, visit func(key []byte) error) error {
	if depth > maxNesting {
		return errNesting
	}
	if n == 0 {
		p.out = append(p.out, "{}"...)
		return nil
	}
	first := len(p.keys)
	p.out = append(p.out, "{ "...)
	for i := range n {
		if i > 0 {
			p.out = append(p.out, ", "...)
		}
		key, err := p.nextText()
		if err != nil {
			return err
		}
		p.keys = append(p.keys, span{p.pos - len(key), p.pos})
		p.out = append(appendField(p.out, key), ": "...)
		if visit != nil {
			if err := visit(key); err != nil {
				return err
			}
		}
		if string(key) == "type" && isGeometry(p.b[p.pos:]) {
			p.out = append(p.out, castString...)
		}
		if err := p.value(depth); err != nil {
			return err
		}
	}
	if _, found := repeated(p.b, p.keys[first:]); found {
		return errors.New("an object that has a key twice")
	}
	p.keys = p.keys[:first]
	p.out = append(p.out, " }"...)
	return nil
}

// The two casts of the form. SurrealDB reads a set's own literal as an object or a block at times, and an
// object that looks like GeoJSON as a geometry: not so if its type is an expression.
const (
	castSet    = "<set>"
	castString = "<string>"
)

// isGeometry reports whether b begins with a text that GeoJSON has for a type.
func isGeometry(b []byte) bool {
	c := cursor{b: b}
	h, err := c.head()
	if err != nil || h.Major != wire.Text || h.N > 18 {
		return false
	}
	text, _ := c.content(h.N)
	switch string(text) {
	case "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection":
		return true
	}
	return false
}

func (p *printer) simple(h wire.Head) error {
	var f float64
	switch h.Info {
	case simpleFalse:
		p.out = append(p.out, "false"...)
		return nil
	case simpleTrue:
		p.out = append(p.out, "true"...)
		return nil
	case simpleNull:
		p.out = append(p.out, "NULL"...)
		return nil
	case simpleFloat16:
		f = float64(float16.Frombits(uint16(h.N)).Float32())
	case simpleFloat32:
		f = float64(math.Float32frombits(uint32(h.N)))
	case simpleFloat64:
		f = math.Float64frombits(h.N)
	default:
		return errValue
	}
	switch {
	case math.IsNaN(f):
		p.out = append(p.out, "NaN"...)
	case math.IsInf(f, 1):
		p.out = append(p.out, "Infinity"...)
	case math.IsInf(f, -1):
		p.out = append(p.out, "-Infinity"...)
	default:
		p.out = append(strconv.AppendFloat(p.out, f, 'g', -1, 64), 'f')
	}
	return nil
}

// tagged writes the value under a tag that was taken.
func (p *printer) tagged(tag uint64, depth int) error {
	switch tag {
	case models.TagNone:
		h, err := p.head()
		if err == nil && (h.Major != wire.Simple || h.Info != simpleNull) {
			err = errValue
		}
		p.out = append(p.out, "NONE"...)
		return err
	case models.TagRecordID:
		return p.record(depth)
	case models.TagStringDecimal:
		text, err := p.nextText()
		if err == nil && !isDecimal(text) {
			err = errors.New("a decimal that is not one")
		}
		p.out = append(append(p.out, text...), "dec"...)
		return err
	case models.TagCustomDatetime:
		return p.datetime()
	case models.TagCustomDuration:
		return p.duration()
	case models.TagSpecBinaryUUID:
		return p.uuid()
	case tagSet:
		n, err := p.elements()
		if err != nil {
			return err
		}
		p.out = append(p.out, castSet...)
		return p.array(n, depth+1)
	}
	return errValue
}

// elements takes the head of an array.
func (p *printer) elements() (uint64, error) {
	h, err := p.head()
	if err == nil && h.Major != wire.Array {
		err = errors.New("no array where one belongs")
	}
	return h.N, err
}

func (p *printer) record(depth int) error {
	n, err := p.elements()
	if err != nil {
		return err
	}
	if n != 2 {
		return errors.New("a record id that is not one")
	}
	table, err := p.nextText()
	if err != nil {
		return err
	}
	if len(table) == 0 {
		return errors.New("a record id without a table")
	}
	p.out = append(appendTable(p.out, table), ':')
	h, err := p.head()
	if err != nil {
		return err
	}
	switch h.Major {
	case wire.Uint, wire.Nint:
		n, err := h.Int()
		p.out = strconv.AppendInt(p.out, n, 10)
		return err
	case wire.Text:
		key, err := p.text(h)
		p.out = appendKey(p.out, key)
		return err
	case wire.Array:
		return p.array(h.N, depth+1)
	case wire.Map:
		return p.object(h.N, depth+1, nil)
	case wire.Tag:
		if h.N == models.TagSpecBinaryUUID {
			return p.uuid()
		}
	}
	return errors.New("a record id with a key of a kind that exports do not hold")
}

// The seconds from 1970 that SurrealDB's datetimes reach.
var (
	minUnix = time.Date(minYear, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	maxUnix = time.Date(maxYear, 12, 31, 23, 59, 59, 0, time.UTC).Unix()
)

func (p *printer) datetime() error {
	n, err := p.elements()
	if err != nil {
		return err
	}
	seconds, err := p.int()
	if err != nil {
		return err
	}
	ns, err := p.int()
	if err != nil {
		return err
	}
	if n != 2 || seconds < minUnix || seconds > maxUnix || ns < 0 || ns >= nanosecond {
		return errors.New("a datetime that SurrealQL cannot write")
	}
	p.out = append(appendDatetime(append(p.out, "d'"...), time.Unix(seconds, ns).UTC()), '\'')
	return nil
}

func (p *printer) duration() error {
	n, err := p.elements()
	if err != nil {
		return err
	}
	var parts [2]uint64 // seconds and nanoseconds, as far as they are not zero
	if n > uint64(len(parts)) {
		return errors.New("a duration that is not one")
	}
	for i := range n {
		h, err := p.head()
		if err != nil {
			return err
		}
		if h.Major != wire.Uint {
			return errors.New("a duration that is not one")
		}
		parts[i] = h.N
	}
	if parts[1] >= nanosecond {
		return errors.New("a duration of more nanoseconds than a second has")
	}
	p.out = appendDuration(p.out, parts[0], parts[1])
	return nil
}

func (p *printer) uuid() error {
	h, err := p.head()
	if err != nil {
		return err
	}
	if h.Major != wire.Bytes || h.N != uuidSize {
		return errors.New("a UUID that is not one")
	}
	content, err := p.content(h.N)
	if err != nil {
		return err
	}
	p.out = append(append(append(p.out, "u'"...), uuid.UUID(content).String()...), '\'')
	return nil
}

// isDecimal reports whether s is digits with at most one point between them and at most a minus before them.
func isDecimal(s []byte) bool {
	if len(s) > 0 && s[0] == '-' {
		s = s[1:]
	}
	points := 0
	for i, c := range s {
		if c == '.' && i > 0 && i < len(s)-1 {
			points++
		} else if !isDigit(c) {
			return false
		}
	}
	return len(s) > 0 && points <= 1
}
