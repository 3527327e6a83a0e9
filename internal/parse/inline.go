package parse

// inline collects the words of a block, and where they link to.
type inline struct {
	text  []byte
	links []Link // bytes of text
}

func (l *inline) empty() bool { return len(l.text) == 0 }

// add adds words that link to a target, "" for none.
func (l *inline) add(text, target string) {
	if text == "" {
		return
	}
	start := len(l.text)
	l.text = append(l.text, text...)
	if target == "" {
		return
	}
	if n := len(l.links); n > 0 && l.links[n-1].End == start && l.links[n-1].Target == target {
		l.links[n-1].End = len(l.text)
		return
	}
	l.links = append(l.links, Link{Target: target, Start: start, End: len(l.text)})
}

// append adds other words with their links.
func (l *inline) append(other *inline) {
	start := len(l.text)
	l.text = append(l.text, other.text...)
	for _, link := range other.links {
		l.links = append(l.links, Link{Target: link.Target, Start: start + link.Start, End: start + link.End})
	}
}

// parts returns the pieces of a block.
func (l *inline) parts() []part {
	var parts []part
	at := 0
	for _, link := range l.links {
		if link.Start > at {
			parts = append(parts, part{text: string(l.text[at:link.Start])})
		}
		parts = append(parts, part{text: string(l.text[link.Start:link.End]), target: link.Target})
		at = link.End
	}
	if at < len(l.text) {
		parts = append(parts, part{text: string(l.text[at:])})
	}
	return parts
}
