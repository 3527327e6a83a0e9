package recall

import (
	"slices"
	"strings"
)

// Names lists the keys of entities whose names begin with the same word. The zero value is empty.
type Names struct {
	keys   []string
	second map[string][]string // the same, by the second word; nil while there are few
}

// manyNames limits how many names with the same first word a text is matched against. With more names, the first word alone is ambiguous
// anyway. Names whose second word is in the text are always included.
const manyNames = 64

// Add adds a key.
func (n *Names) Add(key string) {
	n.keys = append(n.keys, key)
	switch {
	case n.second != nil:
		n.place(key)
	case len(n.keys) > manyNames:
		n.second = map[string][]string{}
		for _, key := range n.keys {
			n.place(key)
		}
	}
}

func (n *Names) place(key string) {
	second := secondWord(key)
	n.second[second] = append(n.second[second], key)
}

// remove removes a key.
func (n *Names) remove(key string) {
	same := func(k string) bool { return k == key }
	n.keys = slices.DeleteFunc(n.keys, same)
	if n.second == nil {
		return
	}
	second := secondWord(key)
	if n.second[second] = slices.DeleteFunc(n.second[second], same); len(n.second[second]) == 0 {
		delete(n.second, second)
	}
}

// secondWord returns the second word of the name in a key, "smith" of "person/alice-smith".
func secondWord(key string) string {
	_, name, _ := strings.Cut(key, "/")
	_, rest, _ := strings.Cut(strings.TrimLeft(name, "-"), "-")
	second, _, _ := strings.Cut(rest, "-")
	return second
}

// In returns the keys that a text with these words may mention. Of many names it returns the latest, those that consist of the first word,
// and those whose second word is in the text. It may return a key twice.
func (n *Names) In(words []string) []string {
	if n.second == nil {
		return n.keys
	}
	latest := func(keys []string) []string { return keys[max(0, len(keys)-manyNames):] }
	out := slices.Concat(latest(n.keys), n.second[""])
	for _, word := range words {
		out = append(out, latest(n.second[word])...)
	}
	return out
}
