package extract

import (
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// me is the speaker as a party.
func (x *extractor) me() party { return party{ref: x.speaker, conf: 1, speaker: true} }

// span covers the tokens from a up to b, in code points.
func (x *extractor) span(a, b int) record.Span {
	if a < 0 || b > len(x.toks) || a >= b {
		return record.Span{}
	}
	return record.Span{Start: x.toks[a].rune0, End: x.toks[b-1].rune1}
}

// once reports whether the item is new to this extraction.
func (x *extractor) once(parts ...string) bool {
	k := itemKey(parts)
	if x.seen[k] {
		return false
	}
	x.seen[k] = true
	return true
}

func itemKey(parts []string) string { return strings.ToLower(strings.Join(parts, "\x00")) }

// again makes an item that was taken back new to this extraction.
func (x *extractor) again(parts ...string) { delete(x.seen, itemKey(parts)) }

// doubtful turns a fact about an unresolved party into an uncertainty.
func (x *extractor) doubtful(ps ...party) bool {
	for _, p := range ps {
		if p.doubt == "" {
			continue
		}
		about := x.quote(p.from, p.to)
		if len(x.out.Uncertainties) < MaxItems && x.once("?", about) {
			x.out.Uncertainties = append(x.out.Uncertainties, record.Uncertainty{About: about, Reason: p.doubt, Span: x.span(p.from, p.to)})
		}
		return true
	}
	return false
}

// entity lists a party that the text names and gives its reference in the spelling that is listed: "JAZZ" and
// "jazz" are one entity.
func (x *extractor) entity(p party, c record.Category) record.EntityRef {
	if p.speaker || p.from >= p.to {
		return p.ref
	}
	key := p.ref.Key()
	if e, ok := x.spelling[key]; ok {
		return e
	}
	if len(x.out.Entities) >= MaxItems || !x.once("e", key) {
		return p.ref
	}
	if x.spelling == nil {
		x.spelling = map[string]record.EntityRef{}
	}
	x.spelling[key] = p.ref
	x.out.Entities = append(x.out.Entities, record.ExtractedEntity{
		EntityRef: p.ref, Category: c, Confidence: min(p.conf, direct), Span: x.span(p.from, p.to),
	})
	return p.ref
}

// fact is what is common to attributes and relations before they are emitted.
type fact struct {
	subject  party
	key      string
	object   party  // of a relation
	value    string // of an attribute
	category record.Category
	conf     float64
	from, to int // tokens
	valid    record.Interval
	begunBy  time.Time // the end of the period in which it is said to have begun
}

func (f fact) confidence() float64 {
	c := min(f.conf, max(f.subject.conf*f.conf, MinConfidence))
	if f.object.conf > 0 {
		c = min(c, f.object.conf)
	}
	if f.subject.conf < 1 {
		c = min(c, f.subject.conf)
	}
	return c
}

// relation emits a relation, or an uncertainty when one of the two is in doubt.
func (x *extractor) relation(f fact) bool {
	if x.meansOther(f, x.ending) {
		return false
	}
	if x.ending {
		return x.invalidate(f, time.Time{})
	}
	if x.doubtful(f.subject, f.object) {
		return true
	}
	if f.object.ref.Name == "" || strings.EqualFold(f.subject.ref.Name, f.object.ref.Name) || f.confidence() < MinConfidence {
		return false
	}
	if x.tears(f.subject.ref.Name, f.object.ref.Name) {
		return true
	}
	f.subject.ref = x.entity(f.subject, record.Knowledge)
	f.object.ref = x.entity(f.object, record.Knowledge)
	if len(x.out.Relations) >= MaxItems || !x.once("r", f.subject.ref.Key(), f.key, f.object.ref.Key()) {
		return true
	}
	x.out.Relations = append(x.out.Relations, record.ExtractedRelation{
		Beside:  f.key == WorksAt && x.beside(f.from, f.to),
		Subject: f.subject.ref, Label: f.key, Object: f.object.ref, Category: f.category,
		Confidence: f.confidence(), Span: x.span(f.from, f.to), Valid: f.valid, BegunBy: f.begunBy,
	})
	return true
}

// attribute emits an attribute, or an uncertainty when its entity is in doubt.
func (x *extractor) attribute(f fact) bool {
	if x.meansOther(f, x.ending) {
		return false
	}
	if x.ending {
		return x.invalidate(f, time.Time{})
	}
	if x.doubtful(f.subject) {
		return true
	}
	if f.value == "" || f.confidence() < MinConfidence {
		return false
	}
	if x.tears(f.value) {
		return true
	}
	f.subject.ref = x.entity(f.subject, record.Knowledge)
	if len(x.out.Attributes) >= MaxItems || !x.once("a", f.subject.ref.Key(), f.key, f.value) {
		return true
	}
	x.out.Attributes = append(x.out.Attributes, record.ExtractedAttribute{
		Beside: f.key == Role && x.beside(f.from, f.to),
		Entity: f.subject.ref, Key: f.key, Value: f.value, Category: f.category,
		Confidence: f.confidence(), Span: x.span(f.from, f.to), Valid: f.valid, BegunBy: f.begunBy,
	})
	return true
}

// invalidate emits that a fact ended.
func (x *extractor) invalidate(f fact, at time.Time) bool {
	if x.meansOther(f, true) || x.sessionOver(f) {
		return false
	}
	if x.doubtful(f.subject, f.object) {
		return true
	}
	value := f.value
	if f.object.ref.Name != "" {
		value = f.object.ref.Name
	}
	if x.tears(value) {
		return true
	}
	if len(x.out.Invalidations) >= MaxItems || !x.once("i", f.subject.ref.Key(), f.key, value) {
		return true
	}
	if value != "" { // "the wedding's off, I gave Callum his ring back": the name says which
		x.out.Invalidations = slices.DeleteFunc(x.out.Invalidations, func(o record.Invalidation) bool {
			return o.Value == "" && o.Key == f.key && o.Entity == f.subject.ref && (f.key == EngagedTo || f.key == Partner || f.key == Spouse)
		})
	}
	f.subject.ref = x.entity(f.subject, record.Knowledge)
	f.object.ref = x.entity(f.object, record.Knowledge)
	if f.object.ref.Name != "" {
		value = f.object.ref.Name
	}
	x.out.Invalidations = append(x.out.Invalidations, record.Invalidation{
		Entity: f.subject.ref, Key: f.key, Value: value, At: at, Span: x.span(f.from, f.to),
	})
	return true
}
