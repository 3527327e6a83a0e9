package engine

import (
	"maps"
	"slices"
	"strings"
)

// idbModel is what the IndexedDB layer promises, told in maps: a transaction reads the state that it began with
// and its own writes, and the first to commit wins.
type idbModel struct {
	state   map[string]string
	version int
	commits []idbModelCommit
}

type idbModelCommit struct {
	version int
	keys    []string
}

type idbModelTx struct {
	model    *idbModel
	version  int
	readOnly bool
	done     bool // complete or abort was asked for
	ended    bool
	snapshot map[string]string
	writes   map[string]*string // nil: deleted
	reads    map[string]bool
	ranges   []idbModelRange
	cursors  []*idbModelCursor
}

// idbModelRange is the keys k with lo <= k < hi.
type idbModelRange struct{ lo, hi string }

func (r idbModelRange) contains(key string) bool { return r.lo <= key && key < r.hi }

type idbModelCursor struct {
	tx       *idbModelTx
	within   idbModelRange
	backward bool
	at       string // "" before the first record
	finished bool
	failed   bool
}

func (m *idbModel) begin(readOnly bool) *idbModelTx {
	return &idbModelTx{
		model: m, version: m.version, readOnly: readOnly,
		snapshot: maps.Clone(m.state), writes: map[string]*string{}, reads: map[string]bool{},
	}
}

// get returns the value of a key and whether there is one; ok is false for an error.
func (t *idbModelTx) get(key string) (v string, there, ok bool) {
	if t.ended || key == "" {
		return "", false, false
	}
	if w, wrote := t.writes[key]; wrote {
		if w == nil {
			return "", false, true
		}
		return *w, true, true
	}
	t.reads[key] = true
	v, there = t.snapshot[key]
	return v, there, true
}

// write sets a key, or deletes it when v is nil, and reports whether it may.
func (t *idbModelTx) write(key string, v *string) bool {
	if t.ended || t.readOnly || key == "" {
		return false
	}
	t.writes[key] = v
	return true
}

func (t *idbModelTx) deleteRange(r idbModelRange) bool {
	if t.ended || t.readOnly {
		return false
	}
	t.ranges = append(t.ranges, r)
	for _, key := range t.keys() {
		if r.contains(key) {
			t.writes[key] = nil
		}
	}
	return true
}

// keys are those that the transaction sees, ascending.
func (t *idbModelTx) keys() []string {
	view := maps.Clone(t.snapshot)
	for k, v := range t.writes {
		if v == nil {
			delete(view, k)
		} else {
			view[k] = *v
		}
	}
	return slices.Sorted(maps.Keys(view))
}

// cursor opens one; it is at no record yet.
func (t *idbModelTx) cursor(r idbModelRange, backward bool) *idbModelCursor {
	c := &idbModelCursor{tx: t, within: r, backward: backward, failed: t.ended}
	t.cursors = append(t.cursors, c)
	return c
}

// advance moves on by n records. It returns the one that the cursor is at, or "" at the end; ok is false for an
// error.
func (c *idbModelCursor) advance(n int) (key string, ok bool) {
	for range n {
		if c.finished {
			return "", true
		}
		if c.failed = c.failed || c.tx.ended; c.failed {
			return "", false
		}
		keys := slices.DeleteFunc(c.tx.keys(), func(k string) bool {
			switch {
			case !c.within.contains(k):
				return true
			case c.at == "":
				return false
			case c.backward:
				return k >= c.at
			}
			return k <= c.at
		})
		if len(keys) == 0 {
			c.finished = true
			return "", true
		}
		if c.at = keys[0]; c.backward {
			c.at = keys[len(keys)-1]
		}
	}
	return c.at, true
}

// read says whether the cursor has walked over the place of a key.
func (c *idbModelCursor) read(key string) bool {
	switch {
	case !c.within.contains(key):
		return false
	case c.finished:
		return true
	case c.at == "":
		return false
	case c.backward:
		return key >= c.at
	}
	return key <= c.at
}

// commit ends the transaction and reports whether its writes stand.
func (t *idbModelTx) commit() bool {
	defer func() { t.ended = true }()
	if t.ended {
		return false
	}
	if len(t.writes) == 0 {
		return true
	}
	for _, c := range t.model.commits {
		if c.version > t.version && slices.ContainsFunc(c.keys, t.touched) {
			return false
		}
	}
	t.model.version++
	t.model.commits = append(t.model.commits, idbModelCommit{t.model.version, slices.Collect(maps.Keys(t.writes))})
	for k, v := range t.writes {
		if v == nil {
			delete(t.model.state, k)
		} else {
			t.model.state[k] = *v
		}
	}
	return true
}

// touched says whether the transaction has read or written a key.
func (t *idbModelTx) touched(key string) bool {
	_, wrote := t.writes[key]
	return wrote || t.reads[key] ||
		slices.ContainsFunc(t.ranges, func(r idbModelRange) bool { return r.contains(key) }) ||
		slices.ContainsFunc(t.cursors, func(c *idbModelCursor) bool { return c.read(key) })
}

// idbModelBetween orders two bounds, as the layer does.
func idbModelBetween(a, b string) idbModelRange {
	if strings.Compare(a, b) > 0 {
		a, b = b, a
	}
	return idbModelRange{a, b}
}
