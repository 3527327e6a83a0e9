package record

import (
	"math"
	"time"
)

// Day numbers the days, in UTC, from 1970 on.
func Day(t time.Time) int64 {
	const seconds = 24 * 60 * 60
	day := t.Unix() / seconds
	if t.Unix()%seconds < 0 {
		day--
	}
	return day
}

// Rate returns the factor by which the importance of a fact of the category fades in a day.
func (c Category) Rate() float64 {
	switch c {
	case Identity:
		return 1
	case Context:
		return 0.95
	default:
		return 0.995
	}
}

// Observed reports whether the fact is an observation: a value that was told again and again.
func (f *Fact) Observed() bool { return f.Proofs > 0 && !f.Source.Kind.Derived() }

// Rate returns the factor by which the importance of the fact fades in a day. What is pinned does not fade, and an observation has the
// importance of an identity fact.
func (f *Fact) Rate() float64 {
	if f.Pinned || f.Observed() {
		return 1
	}
	return f.Category.Rate()
}

// ImportanceDay returns the day to which Importance belongs.
func (f *Fact) ImportanceDay() int64 {
	if f.ImportanceOf > 0 {
		return f.ImportanceOf
	}
	return Day(f.RecordedAt)
}

// Faded returns the importance of the fact once it has faded up to a day. Before the day of its importance that is the importance itself.
func (f *Fact) Faded(to int64) float64 {
	days, rate := to-f.ImportanceDay(), f.Rate()
	if days <= 0 || rate == 1 {
		return f.Importance
	}
	return f.Importance * math.Pow(rate, float64(days))
}

// Kept returns when the fact was recorded, told again or returned by a question, whichever was last.
func (f *Fact) Kept() time.Time {
	if f.UsedAt.After(f.RecordedAt) {
		return f.UsedAt
	}
	return f.RecordedAt
}

// Anew records a fact, a copy of another one, at a time. It keeps the importance of the other one, which fades on.
func (f *Fact) Anew(old *Fact, at time.Time) {
	f.RecordedAt, f.UsedAt, f.ImportanceOf = at, time.Time{}, old.ImportanceDay()
	if old.Rate() == 1 { // it has not faded until now
		f.ImportanceOf = Day(at)
	}
}
