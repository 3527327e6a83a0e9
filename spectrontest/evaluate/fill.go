package evaluate

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// filler fills the slots of one scene.
type filler struct {
	rng    *rand.Rand
	draw   func(list string) (string, bool) // the next value of a list
	values map[string]string
	spoken map[string]time.Time // when evidence was said
}

// fill chooses among alternatives and puts in the values of slots.
func (f *filler) fill(s string) (string, error) {
	var out strings.Builder
	for {
		i := strings.IndexAny(s, "[{")
		if i < 0 {
			out.WriteString(s)
			return out.String(), nil
		}
		out.WriteString(s[:i])
		end := closing(s[i:])
		if end < 0 {
			return "", fmt.Errorf("%q does not end", s[i:])
		}
		inner := s[i+1 : i+end]
		var value string
		var err error
		if s[i] == '[' {
			choices := splitBars(inner)
			value, err = f.fill(choices[f.rng.IntN(len(choices))])
		} else {
			value, err = f.slot(inner)
		}
		if err != nil {
			return "", err
		}
		out.WriteString(value)
		s = s[i+end+1:]
	}
}

// closing returns where the bracket that s begins with is closed.
func closing(s string) int {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '[', '{':
			depth++
		case ']', '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

func (f *filler) slot(name string) (string, error) {
	if v, ok := f.values[name]; ok {
		return v, nil
	}
	if list, ok := strings.CutPrefix(name, "+"); ok {
		return f.next(list)
	}
	if form, at, ok := strings.Cut(name, ":"); ok {
		return f.when(form, at)
	}
	list, _, _ := strings.Cut(name, ".")
	v, err := f.next(list)
	f.values[name] = v
	return v, err
}

// next draws from a list.
func (f *filler) next(list string) (string, error) {
	if v, ok := f.draw(list); ok {
		return v, nil
	}
	return "", fmt.Errorf("no value for %q", list)
}

// when says when evidence was said, some days before or after that.
func (f *filler) when(form, at string) (string, error) {
	days := 0
	if i := strings.IndexAny(at, "+-"); i > 0 {
		var err error
		if days, err = strconv.Atoi(at[i:]); err != nil {
			return "", err
		}
		at = at[:i]
	}
	t, ok := f.spoken[at]
	if !ok {
		return "", fmt.Errorf("no evidence %q", at)
	}
	t = t.AddDate(0, 0, days)
	switch form {
	case "month":
		return t.Format("January"), nil
	case "date":
		return t.Format("January 2"), nil
	case "year":
		return t.Format("2006"), nil
	}
	return "", fmt.Errorf("unknown form %q of a time", form)
}

// define chooses the values of a scene's own slots.
func (f *filler) define(defs []def) error {
	for _, d := range defs {
		value := d.choices[f.rng.IntN(len(d.choices))]
		if pattern, ok := strings.CutPrefix(value, "~"); ok {
			value = f.code(pattern)
		}
		value, err := f.fill(value)
		if err != nil {
			return err
		}
		f.values[d.name] = value
	}
	return nil
}

// code makes a code of a pattern: A becomes a letter, # a digit.
func (f *filler) code(pattern string) string {
	const letters = "BCDFGHJKLMNPQRTVWXYZ" // no vowels, so that no words come out
	out := []byte(pattern)
	for i, c := range out {
		switch c {
		case 'A':
			out[i] = letters[f.rng.IntN(len(letters))]
		case '#':
			out[i] = byte('0' + f.rng.IntN(10))
		}
	}
	return string(out)
}
