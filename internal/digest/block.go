package digest

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/guard"
	"github.com/spectron-go/spectron/internal/record"
)

// Format is the form of a block.
type Format string

// The forms.
const (
	Markdown Format = "markdown"
	JSON     Format = "json"
)

// Entry is an item that may be shown in a block.
type Entry struct {
	Item
	Also []string // ids of the other records that the item shows: the turns of a passage
	// Rank decides which entries are shown if not all fit: lower ones are taken first, and of equal ones those of the earlier section, in the
	// order of the section.
	Rank int
}

// Section is a part of a block. Its entries are shown in the given order.
type Section struct {
	Name  string // in JSON
	Title string // in Markdown
	// Share is the number of tokens up to which its entries are taken by their Rank. What exceeds it is taken last. 0: no limit.
	Share   int
	Entries []Entry
}

// Block is a text for a prompt.
type Block struct {
	Text     string
	Tokens   int      // of Text
	Shown    []string // ids of the records that it shows, in the order of the text
	Left     int      // number of entries that did not fit
	Withheld []string // ids of the entries that would be shown, but look like prompt injections
}

// Compose makes a block of at most budget tokens. An entry is shown completely or not at all. An entry with the id of one that is shown is not
// shown again, nor a fact or instruction with the same text. An entry in which the guard finds a prompt injection is withheld. The block is
// a function of the arguments. If nothing fits, the text is empty.
func Compose(sections []Section, budget int, format Format) Block {
	c := composer{format: format, left: budget, rows: make([][]row, len(sections)), spent: make([]int, len(sections)), shown: map[string]bool{}, said: map[string]bool{}}
	queue := queued(sections)
	if format == JSON {
		if c.left -= Tokens(frame(sections, nil)); c.left < 0 {
			return Block{Left: len(queue)}
		}
	}
	var late, never []place
	try := func(p place) {
		switch {
		case c.has(p.entry):
		case c.cost(sections, p) > c.left:
			never = append(never, p)
		case len(guard.Scan(p.entry.Text)) > 0 || len(guard.Scan(p.entry.Speaker)) > 0:
			c.shown[p.entry.ID] = true
			c.withheld = append(c.withheld, p.entry.ID)
		default:
			c.take(sections, p)
		}
	}
	for _, p := range queue {
		if share := sections[p.section].Share; share > 0 && c.spent[p.section]+c.cost(sections, p) > share {
			late = append(late, p)
		} else {
			try(p)
		}
	}
	for _, p := range late {
		try(p)
	}
	out := Block{Withheld: c.withheld}
	for _, p := range never {
		if !c.has(p.entry) {
			out.Left++
			c.shown[p.entry.ID] = true
		}
	}
	out.Text, out.Shown = c.text(sections)
	out.Tokens = Tokens(out.Text)
	return out
}

// place is an entry with its position.
type place struct {
	section, index int
	entry          *Entry
	text           *string // as render returned it; "": it was not rendered yet
}

// row is an entry that is shown.
type row struct {
	index int
	entry *Entry
	text  string
}

type composer struct {
	format      Format
	left        int     // tokens
	rows        [][]row // by section
	spent       []int   // tokens, by section
	shown, said map[string]bool
	withheld    []string
}

// queued returns the entries in the order in which they are taken.
func queued(sections []Section) (queue []place) {
	for s := range sections {
		for i := range sections[s].Entries {
			queue = append(queue, place{s, i, &sections[s].Entries[i], new(string)})
		}
	}
	slices.SortStableFunc(queue, func(a, b place) int { return cmp.Compare(a.entry.Rank, b.entry.Rank) })
	return queue
}

// has reports whether the block shows an entry already, or withholds it.
func (c *composer) has(e *Entry) bool {
	return c.shown[e.ID] || e.Kind != record.KindMemoryChunk && c.said[e.Text]
}

// render returns an entry as the block shows it, with what separates it from the next one.
func (c *composer) render(p place) string {
	if *p.text == "" {
		if c.format == JSON {
			*p.text = p.entry.json() + ","
		} else {
			*p.text = "- " + Line(p.entry.Item) + "\n"
		}
	}
	return *p.text
}

// cost returns the tokens that an entry takes, with the heading of its section if it is the first one there.
func (c *composer) cost(sections []Section, p place) int {
	n := Tokens(c.render(p))
	if c.format == Markdown && len(c.rows[p.section]) == 0 {
		n += Tokens("\n" + heading(sections[p.section]))
	}
	return n
}

func heading(s Section) string { return "## " + s.Title + "\n\n" }

// take shows an entry.
func (c *composer) take(sections []Section, p place) {
	n := c.cost(sections, p)
	c.left -= n
	c.spent[p.section] += n
	c.rows[p.section] = append(c.rows[p.section], row{p.index, p.entry, c.render(p)})
	c.shown[p.entry.ID] = true
	if p.entry.Kind != record.KindMemoryChunk {
		c.said[p.entry.Text] = true
	}
}

// text returns the block, and the ids of what it shows.
func (c *composer) text(sections []Section) (text string, shown []string) {
	lists, listed := make([]string, len(sections)), map[string]bool{}
	for s, rows := range c.rows {
		slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.index, b.index) })
		var b strings.Builder
		for _, r := range rows {
			b.WriteString(r.text)
			for _, id := range append([]string{r.entry.ID}, r.entry.Also...) {
				if !listed[id] {
					listed[id] = true
					shown = append(shown, id)
				}
			}
		}
		lists[s] = b.String()
	}
	if c.format == JSON {
		return frame(sections, lists), shown
	}
	var b strings.Builder
	for s, list := range lists {
		if list == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(heading(sections[s]) + list)
	}
	return b.String(), shown
}

// frame returns the JSON of a block with the given lists of entries, each with a comma behind it.
func frame(sections []Section, lists []string) string {
	var b strings.Builder
	b.WriteByte('{')
	for i, s := range sections {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`"` + s.Name + `":[`)
		if lists != nil {
			b.WriteString(strings.TrimSuffix(lists[i], ","))
		}
		b.WriteByte(']')
	}
	b.WriteByte('}')
	return b.String()
}

// json returns an entry in JSON.
func (e *Entry) json() string {
	out := struct {
		Text    string `json:"text"`
		Date    string `json:"date,omitempty"`
		Speaker string `json:"speaker,omitempty"`
		Note    string `json:"note,omitempty"`
	}{Text: defused(fold(e.Text)), Speaker: defused(fold(e.speaker())), Note: e.Note}
	if !e.At.IsZero() {
		out.Date = e.At.UTC().Format(time.DateOnly)
	}
	encoded, err := json.Marshal(out)
	if err != nil {
		panic("digest: " + err.Error()) // it has only strings
	}
	return string(encoded)
}
