package parse

import "strings"

// flow collects the words of a block in which runs of white space count as one space, and the links among them.
type flow struct {
	text    []byte
	links   []Link // of text
	space   bool   // white space was read since the last word
	pending []byte // a line break, or the separators of cells, that the next word puts before itself
	target  string // of the words that follow; "": no link
	inLink  bool   // the next words continue the last link
}

// link sets the target of the words that follow. An empty target ends a link.
func (f *flow) link(target string) { f.target, f.inLink = target, false }

// add adds words.
func (f *flow) add(s []byte) {
	for i := 0; i < len(s); {
		if n := spaceAt(s[i:]); n > 0 {
			f.space = true
			i += n
			continue
		}
		end := i + 1
		for end < len(s) && spaceAt(s[end:]) == 0 {
			end++
		}
		f.word(s[i:end])
		i = end
	}
}

// spaceAt returns the length of the white space character with which s begins: an ASCII one or a no-break space.
func spaceAt(s []byte) int {
	switch {
	case s[0] == ' ' || s[0] >= '\t' && s[0] <= '\r':
		return 1
	case s[0] == 0xC2 && len(s) > 1 && s[1] == 0xA0:
		return 2
	}
	return 0
}

func (f *flow) word(s []byte) {
	if f.space && len(f.pending) == 0 && len(f.text) > 0 && f.text[len(f.text)-1] != '\n' && f.text[len(f.text)-1] != ' ' {
		f.text = append(f.text, ' ')
	}
	f.verbatim(s)
}

// verbatim adds a text as it is.
func (f *flow) verbatim(s []byte) {
	if len(s) == 0 {
		return
	}
	if len(f.pending) > 0 {
		if len(f.text) == 0 {
			f.pending = []byte(strings.TrimLeft(string(f.pending), "\n ;"))
		}
		f.text = append(f.text, f.pending...)
		f.pending, f.inLink = f.pending[:0], false
	}
	f.space = false
	start := len(f.text)
	f.text = append(f.text, s...)
	switch {
	case f.target == "":
	case f.inLink:
		f.links[len(f.links)-1].End = len(f.text)
	default:
		f.links = append(f.links, Link{Target: f.target, Start: start, End: len(f.text)})
		f.inLink = true
	}
}

// before sets what the next word puts before itself, if it is not the first: a line break and an indentation.
func (f *flow) before(s string) { f.pending = append(f.pending[:0], s...) }

// cell begins the next cell of a row.
func (f *flow) cell() {
	if len(f.pending) > 0 { // the cell before is empty
		f.pending = append(f.pending, "| "...)
	} else {
		f.pending = append(f.pending, " | "...)
	}
}

// value adds a value of data in one line. An address of the web is a link.
func (f *flow) value(s string) {
	if (strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")) && !strings.ContainsAny(s, " \t\r\n") {
		f.link(s)
		defer f.link("")
	}
	f.verbatim([]byte(inLine.Replace(s)))
}

var inLine = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ", "\v", " ", "\f", " ", "\u0085", " ", "\u2028", " ", "\u2029", " ")

// blank reports whether the flow has no words.
func (f *flow) blank() bool { return len(f.text) == 0 }

// parts returns what was collected, as parts of a block.
func (f *flow) parts() []part {
	text, at := string(f.text), 0
	parts := make([]part, 0, 2*len(f.links)+1)
	for _, l := range f.links {
		parts = append(parts, part{text: text[at:l.Start]}, part{text: text[l.Start:l.End], target: l.Target})
		at = l.End
	}
	return append(parts, part{text: text[at:]})
}

// reset makes the flow empty. A link that is open stays open. A buffer that one long block needed is let go.
func (f *flow) reset() {
	f.text, f.links, f.pending = f.text[:0], f.links[:0], f.pending[:0]
	if cap(f.text) > 1<<20 {
		f.text = nil
	}
	f.space, f.inLink = false, false
}
