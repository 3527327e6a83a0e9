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
}

// Section is a part of a block. Its entries are shown in the given order.
type Section struct {
	Name  string // in JSON
	Title string // in Markdown
	// Share is the number of tokens up to which its entries are taken in their turn. What exceeds it is taken last. 0: no limit.
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

// Compose makes a block of at most budget tokens. Entries are taken section by section, in their order. An entry is shown completely or not at
// all. An entry with the id of one that is shown is not shown again, nor a fact or instruction with the same text. An entry in which the guard
// finds a prompt injection is withheld. The block is a function of the arguments. If nothing fits, the text is empty.
func Compose(sections []Section, budget int, format Format) Block {
	var queue []place
	for s := range sections {
		for i := range sections[s].Entries {
			queue = append(queue, place{section: s, index: i})
		}
	}
	return compose(sections, queue, budget, format)
}

// compose takes the entries in the order of a queue, which has each of them once. It changes the queue.
func compose(sections []Section, queue []place, budget int, format Format) Block {
	c := newComposer(sections, len(queue), format)
	if format == JSON {
		c.quarters = quarters(frame(sections, nil))
		if budget -= inTokens(c.quarters); budget < 0 {
			return Block{Left: len(queue)}
		}
	}
	c.left = budget
	late := queue[:0] // a place is written only after it was read
	for _, p := range queue {
		if share := sections[p.section].Share; share > 0 && c.exceeds(&p, share-c.spent[p.section]) {
			late = append(late, p)
		} else {
			c.try(p)
		}
	}
	for _, p := range late {
		c.try(p)
	}
	out := Block{Withheld: c.withheld}
	for _, e := range c.never {
		if !c.has(e) {
			out.Left++
			c.shown[e.ID] = true
		}
	}
	out.Text, out.Shown = c.text()
	out.Tokens = inTokens(c.quarters)
	return out
}

func inTokens(quarters int) int { return (quarters + 3) / 4 }

// place is an entry with its position.
type place struct {
	section, index int
	row            row
}

// row is an entry as the block shows it, with what separates it from the next one. The zero value was not rendered yet.
type row struct {
	text     string
	quarters int
}

// taken is an entry that is shown.
type taken struct {
	index int
	entry *Entry
	text  string
}

type composer struct {
	format      Format
	sections    []Section
	headings    []int           // tokens of the headings of the sections; 0 in JSON
	lines       strings.Builder // what was rendered; the texts of rows are parts of it
	line        []byte          // the last row that was rendered
	left        int             // tokens
	quarters    int             // of what is shown
	rows        [][]taken       // by section
	spent       []int           // tokens, by section
	shown, said map[string]bool
	withheld    []string
	never       []*Entry
}

func newComposer(sections []Section, entries int, format Format) *composer {
	c := &composer{
		format: format, sections: sections, headings: make([]int, len(sections)), rows: make([][]taken, len(sections)), spent: make([]int, len(sections)),
		shown: make(map[string]bool, entries), said: make(map[string]bool, entries),
	}
	for i := range sections {
		if format == Markdown {
			c.headings[i] = Tokens("\n" + heading(sections[i]))
		}
	}
	return c
}

func (c *composer) entry(p *place) *Entry { return &c.sections[p.section].Entries[p.index] }

// try shows an entry if it fits.
func (c *composer) try(p place) {
	e := c.entry(&p)
	switch {
	case c.has(e):
	case c.exceeds(&p, c.left):
		c.never = append(c.never, e)
	case len(guard.Scan(e.Text)) > 0 || len(guard.Scan(e.Speaker)) > 0:
		c.shown[e.ID] = true
		c.withheld = append(c.withheld, e.ID)
	default:
		c.take(&p, e)
	}
}

// has reports whether the block shows an entry already, or withholds it.
func (c *composer) has(e *Entry) bool {
	return c.shown[e.ID] || e.Kind != record.KindMemoryChunk && c.said[e.Text]
}

// exceeds reports whether an entry takes more tokens than there are, with the heading of its section if it is the first one there. What cannot fit
// is not rendered.
func (c *composer) exceeds(p *place, tokens int) bool {
	if len(c.rows[p.section]) == 0 {
		tokens -= c.headings[p.section]
	}
	e := c.entry(p)
	return c.least(e) > tokens || inTokens(c.render(p, e).quarters) > tokens
}

// least returns the tokens that every row of an entry has: those of its marks and of its date.
func (c *composer) least(e *Entry) int {
	n := 2 // "- " and a line break
	if c.format == JSON {
		n = 9 // {"text":""},
	}
	if !e.At.IsZero() {
		n += 8 // (2006-01-02), or more in JSON
	}
	return n
}

// render returns an entry as the block shows it.
func (c *composer) render(p *place, e *Entry) row {
	if p.row.text != "" {
		return p.row
	}
	if c.format == JSON {
		c.line = append(append(c.line[:0], e.json()...), ',')
	} else {
		c.line = append(appendLine(append(c.line[:0], "- "...), &e.Item), '\n')
	}
	from := c.lines.Len()
	c.lines.Write(c.line)
	p.row.text = c.lines.String()[from:]
	p.row.quarters = quarters(p.row.text)
	return p.row
}

func heading(s Section) string { return "## " + s.Title + "\n\n" }

// take shows an entry.
func (c *composer) take(p *place, e *Entry) {
	row := c.render(p, e)
	n := inTokens(row.quarters)
	if len(c.rows[p.section]) == 0 {
		n += c.headings[p.section]
	}
	c.left -= n
	c.spent[p.section] += n
	c.quarters += row.quarters
	c.rows[p.section] = append(c.rows[p.section], taken{p.index, e, row.text})
	c.shown[e.ID] = true
	if e.Kind != record.KindMemoryChunk {
		c.said[e.Text] = true
	}
}

// text returns the block, and the ids of what it shows. It counts what stands between the rows.
func (c *composer) text() (text string, shown []string) {
	also, count := map[string]bool{}, 0 // ids in Also, and whether they are in shown already
	for _, rows := range c.rows {
		slices.SortFunc(rows, func(a, b taken) int { return cmp.Compare(a.index, b.index) })
		count += len(rows)
		for _, r := range rows {
			for _, id := range r.entry.Also {
				also[id] = false
			}
		}
	}
	show := func(id string) {
		done, listed := also[id]
		if listed {
			also[id] = true
		}
		if !done { // no two rows have the same id
			shown = append(shown, id)
		}
	}
	if count > 0 {
		shown = make([]string, 0, count+len(also))
	}
	var b strings.Builder
	b.Grow(c.lines.Len() + 32*len(c.sections))
	ends := make([]int, len(c.sections)) // of the rows of each section in b
	for s, rows := range c.rows {
		if len(rows) > 0 && c.format == Markdown {
			before := b.Len()
			if before > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(heading(c.sections[s]))
			c.quarters += quarters(b.String()[before:])
		}
		for _, r := range rows {
			b.WriteString(r.text)
			show(r.entry.ID)
			for _, id := range r.entry.Also {
				show(id)
			}
		}
		ends[s] = b.Len()
	}
	if c.format == Markdown {
		return b.String(), shown
	}
	lists, from := make([]string, len(ends)), 0
	for s, end := range ends {
		if lists[s] = b.String()[from:end]; lists[s] != "" {
			c.quarters -= quarters(",") // see frame
		}
		from = end
	}
	return frame(c.sections, lists), shown
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
