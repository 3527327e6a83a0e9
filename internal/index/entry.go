package index

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// Limits of one entry.
const (
	MaxIDBytes      = 512
	MaxTextBytes    = 64 << 10
	MaxDimension    = 4096
	MaxLabels       = 64
	MaxLabelBytes   = 256
	MaxScopeClauses = 64
	MaxScopePaths   = 64 // per clause
)

// Entry is one searchable row.
type Entry struct {
	ID   string // record id, unique in the index; never empty
	Kind record.Kind
	Text string // the searchable text; at most MaxTextBytes
	// Vector is the embedding of Text. A row with a nil or zero vector is not found by vector. All vectors of an index have the
	// same length, at most MaxDimension; without vectors the length is free again. The index stores its own copy, scaled to length
	// one.
	Vector     []float32
	Scopes     record.ScopeSet // decides who may see the row; returned sorted and without repetitions
	Labels     []string
	Category   record.Category
	Session    string
	Source     record.SourceKind
	Known      record.Interval // when it was believed; zero Until: until now
	Recorded   time.Time       // when it was stored; zero: from the beginning of Known on
	Valid      record.Interval // when it holds in the world
	Occurred   time.Time       // when it was said or happened; used for recency
	Importance float64         // 0 to 1

	// For turns of a conversation, or pieces of turns: Turn is the id, Seq the position in Session, and Start the position of the
	// piece in the turn. A row without a Turn is not part of a conversation.
	Turn     string
	Seq      int
	Start    int
	Role     record.Role
	Speaker  string           // the speaker; "" while unknown
	Asks     bool             // it only asks
	Asking   bool             // it asks, possibly besides other content
	Gives    Answers          // the kinds of answers that it can give
	Named    bool             // Speaker is only known from a name at the beginning of the text
	Location *record.Location // where it was said; nil while unknown
}

// Answers are kinds of answers, which a text can give and a question asks for.
type Answers uint8

const (
	Time   Answers = 1 << iota // when something happens
	Place                      // where something is
	Number                     // how much or how many
)

// validate makes the checks that do not depend on the index.
func (e *Entry) validate() error {
	const op = "put"
	switch {
	case e.ID == "":
		return refuse(op, "ID", ErrInvalid, "empty")
	case len(e.ID) > MaxIDBytes:
		return refuse(op, "ID", ErrLimit, "%d bytes, at most %d", len(e.ID), MaxIDBytes)
	case len(e.Text) > MaxTextBytes:
		return refuse(op, "Text", ErrLimit, "%d bytes, at most %d", len(e.Text), MaxTextBytes)
	case e.Start < 0 || e.Start > math.MaxInt32:
		return refuse(op, "Start", ErrInvalid, "%d is no place in a text", e.Start)
	case len(e.Labels) > MaxLabels:
		return refuse(op, "Labels", ErrLimit, "%d labels, at most %d", len(e.Labels), MaxLabels)
	case math.IsNaN(e.Importance) || e.Importance < 0 || e.Importance > 1:
		return refuse(op, "Importance", ErrInvalid, "%v is not in 0 to 1", e.Importance)
	case len(e.Scopes) > MaxScopeClauses:
		return refuse(op, "Scopes", ErrLimit, "%d clauses, at most %d", len(e.Scopes), MaxScopeClauses)
	}
	for _, clause := range e.Scopes {
		if len(clause) > MaxScopePaths {
			return refuse(op, "Scopes", ErrLimit, "%d paths in a clause, at most %d", len(clause), MaxScopePaths)
		}
	}
	for _, l := range e.Labels {
		if len(l) > MaxLabelBytes {
			return refuse(op, "Labels", ErrLimit, "a label of %d bytes, at most %d", len(l), MaxLabelBytes)
		}
	}
	return nil
}

// unit returns v scaled to length one, or nil if v is empty or zero.
func unit(op string, v []float32) ([]float32, error) {
	length, err := magnitude(op, v)
	if err != nil || length == 0 {
		return nil, err
	}
	out := make([]float32, len(v))
	scale(out, v, length)
	return out, nil
}

// magnitude returns the length of v in space.
func magnitude(op string, v []float32) (float64, error) {
	if len(v) > MaxDimension {
		return 0, refuse(op, "Vector", ErrLimit, "%d components, at most %d", len(v), MaxDimension)
	}
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if math.IsNaN(sum) || math.IsInf(sum, 0) {
		return 0, refuse(op, "Vector", ErrInvalid, "a component is not a finite number")
	}
	return math.Sqrt(sum), nil
}

// unitWithin is the tolerance for the length of a scaled vector: scaled again, it stays bit for bit the same.
const unitWithin = 1e-7

// scale writes v divided by length to dst, which has the same number of components.
func scale(dst, v []float32, length float64) {
	if math.Abs(length-1) <= unitWithin {
		copy(dst, v)
		return
	}
	for i, x := range v {
		dst[i] = float32(float64(x) / length)
	}
}

// canonical sorts clauses and paths and removes repetitions, so that equivalent sets share a partition. The result shares only the
// path strings with the argument.
func canonical(set record.ScopeSet) record.ScopeSet {
	out := make(record.ScopeSet, 0, len(set))
	for _, clause := range set {
		c := slices.Clone(clause)
		slices.Sort(c)
		out = append(out, slices.Compact(c))
	}
	slices.SortFunc(out, slices.Compare[[]string])
	return slices.CompactFunc(out, slices.Equal[[]string])
}

// scopeKey is an injective name of a canonical scope set: lengths come first, so no path can imitate a separator.
func scopeKey(set record.ScopeSet) string {
	var b strings.Builder
	for _, clause := range set {
		b.WriteString(strconv.Itoa(len(clause)))
		b.WriteByte('[')
		for _, p := range clause {
			b.WriteString(strconv.Itoa(len(p)))
			b.WriteByte(':')
			b.WriteString(p)
		}
	}
	return b.String()
}
