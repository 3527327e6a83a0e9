package parse

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// docxReader reads the parts of a document.
type docxReader struct {
	a      *archive
	b      *builder
	rels   map[string]relation // of the part that is read
	styles map[string]docxStyle
	lists  map[string]*docxList
	title  string // the first paragraph that has the style for titles
	notes  string // "footnotes" or "endnotes" while they are read

	paragraphs []*docxParagraph // those that are open: a text box stands inside of a paragraph
	tables     []*docxTable     // those that are open
	list       inline           // the items of a list that goes on
	fields     []docxField      // those that are open
	links      []string         // the targets of hyperlinks that are open
	pending    int              // bytes that are not yet written
	pieces     int              // links of text that is not yet written
}

// docxParagraph is a paragraph that is read.
type docxParagraph struct {
	words  inline
	style  string
	level  int // the paragraph's own outline level + 1; 0: none, -1: body text
	number string
	indent int
}

// docxTable is a table that is read. The tables in its cells become text of the cells.
type docxTable struct {
	rows, cell inline
	cells      int // of the row
	outer      int // how many paragraphs were open when it began
}

// docxField is a field: text that an instruction makes (ECMA-376, 17.16).
type docxField struct {
	instruction strings.Builder
	target      string // of a hyperlink
	result      bool   // the instruction has ended
}

// readPart reads the main document, or the footnotes or endnotes.
func (d *docxReader) readPart(name string) error {
	d.paragraphs, d.tables, d.fields, d.links = nil, nil, nil, nil
	err := d.a.readXML(name, func(x *xmlReader, token xml.Token) error {
		switch e := token.(type) {
		case xml.StartElement:
			return d.start(x, e)
		case xml.EndElement:
			return d.end(e)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return d.endList()
}

func (d *docxReader) paragraph() *docxParagraph {
	if len(d.paragraphs) == 0 {
		return nil
	}
	return d.paragraphs[len(d.paragraphs)-1]
}

func (d *docxReader) start(x *xmlReader, e xml.StartElement) error {
	if !isWord(e.Name) {
		switch e.Name.Local {
		case "Fallback": // says the same as the Choice before it
			return x.skip()
		case "t": // of a formula
			if strings.HasSuffix(e.Name.Space, "/math") {
				return d.text(x)
			}
		}
		return nil
	}
	p := d.paragraph()
	value := attribute(e, "val")
	switch e.Name.Local {
	case "del", "moveFrom":
		return x.skip()
	case "p":
		d.paragraphs = append(d.paragraphs, &docxParagraph{})
	case "tbl":
		if len(d.tables) == 0 {
			if err := d.endList(); err != nil {
				return err
			}
		}
		d.tables = append(d.tables, &docxTable{outer: len(d.paragraphs)})
	case "footnote", "endnote":
		switch attribute(e, "type") {
		case "separator", "continuationSeparator", "continuationNotice":
			return x.skip()
		}
		d.paragraphs = append(d.paragraphs, &docxParagraph{})
		return d.add("[" + cutID(attribute(e, "id")) + "] ")
	case "t":
		return d.text(x)
	case "tab", "ptab":
		return d.add("\t")
	case "br", "cr":
		return d.add("\n")
	case "noBreakHyphen":
		return d.add("-")
	case "footnoteReference", "endnoteReference":
		return d.add("[" + cutID(attribute(e, "id")) + "]")
	case "pPrChange":
		return x.skip()
	case "pStyle":
		if p != nil {
			p.style = value
		}
	case "outlineLvl":
		if n, err := strconv.Atoi(value); err == nil && p != nil && n >= 0 {
			p.level = n + 1
			if n > 8 {
				p.level = -1
			}
		}
	case "numId":
		if p != nil {
			p.number = value
		}
	case "ilvl":
		if p != nil {
			p.indent, _ = strconv.Atoi(value)
		}
	case "hyperlink":
		target := d.rels[attribute(e, "id")]
		switch anchor := attribute(e, "anchor"); {
		case target.external && anchor != "" && !strings.Contains(target.target, "#"):
			d.links = append(d.links, target.target+"#"+anchor)
		case target.external:
			d.links = append(d.links, target.target)
		case anchor != "" && len(anchor) < targetLimit:
			d.links = append(d.links, "#"+anchor)
		default:
			d.links = append(d.links, "")
		}
	case "fldSimple":
		d.links = append(d.links, fieldTarget(attribute(e, "instr")))
	case "fldChar":
		d.field(attribute(e, "fldCharType"))
	case "instrText":
		words, err := x.text(targetLimit)
		if n := len(d.fields); n > 0 && !d.fields[n-1].result && d.fields[n-1].instruction.Len() < targetLimit {
			d.fields[n-1].instruction.WriteString(words + " ")
		}
		return err
	}
	return nil
}

// cutID keeps a reference short, whatever the file has for it.
func cutID(id string) string { return id[:min(len(id), 10)] }

func (d *docxReader) end(e xml.EndElement) error {
	if !isWord(e.Name) {
		return nil
	}
	switch e.Name.Local {
	case "hyperlink", "fldSimple":
		if n := len(d.links); n > 0 {
			d.links = d.links[:n-1]
		}
	case "p", "footnote", "endnote":
		n := len(d.paragraphs)
		if n == 0 {
			return nil
		}
		p := d.paragraphs[n-1]
		d.paragraphs = d.paragraphs[:n-1]
		if d.notes != "" && e.Name.Local == "p" && n > 1 {
			// The paragraphs of a note are one block.
			d.paragraphs[n-2].words.append(&p.words)
			return d.add(" ")
		}
		return d.endParagraph(p)
	case "tc":
		if t := d.table(); t != nil {
			if t.cells > 0 {
				t.rows.add(" | ", "")
			}
			t.cells++
			t.rows.append(&t.cell)
			t.cell = inline{}
		}
	case "tr":
		if t := d.table(); t != nil {
			t.rows.add("\n", "")
			t.cells = 0
		}
	case "tbl":
		t := d.table()
		if t == nil {
			return nil
		}
		d.tables = d.tables[:len(d.tables)-1]
		if outer := d.table(); outer != nil {
			inner := flat(t.rows)
			outer.cell.append(&inner)
			outer.cell.add(" ", "")
			return nil
		}
		return d.write(Table, 0, &t.rows)
	}
	return nil
}

func (d *docxReader) table() *docxTable {
	if len(d.tables) == 0 {
		return nil
	}
	return d.tables[len(d.tables)-1]
}

// text adds the characters of an element.
func (d *docxReader) text(x *xmlReader) error {
	for end := x.depth - 1; x.depth > end; {
		token, err := x.next()
		if err != nil {
			return xmlEnd(err)
		}
		if chars, is := token.(xml.CharData); is {
			if err := d.add(string(chars)); err != nil {
				return err
			}
		}
	}
	return nil
}

// add adds words to the paragraph that is open.
func (d *docxReader) add(words string) error {
	p := d.paragraph()
	if p == nil {
		return nil
	}
	if d.pending += len(words); d.b.body.Len()+d.pending > d.b.limits.Text {
		return fmt.Errorf("%w: more than %d bytes of text", ErrTooLarge, d.b.limits.Text)
	}
	target := ""
	for i := len(d.fields) - 1; i >= 0 && target == ""; i-- {
		if !d.fields[i].result {
			return nil // words of an instruction
		}
		target = d.fields[i].target
	}
	for i := len(d.links) - 1; i >= 0 && target == ""; i-- {
		target = d.links[i]
	}
	had := len(p.words.links)
	p.words.add(words, target)
	if d.pieces += len(p.words.links) - had; d.pieces > d.b.limits.Parts {
		return fmt.Errorf("%w: more than %d links", ErrTooLarge, d.b.limits.Parts)
	}
	return nil
}

// field takes over where a field begins, where its result does, and where it ends.
func (d *docxReader) field(kind string) {
	n := len(d.fields)
	switch {
	case kind == "begin" && n < d.b.limits.Depth:
		d.fields = append(d.fields, docxField{})
	case kind == "separate" && n > 0:
		d.fields[n-1].result = true
		d.fields[n-1].target = fieldTarget(d.fields[n-1].instruction.String())
	case kind == "end" && n > 0:
		d.fields = d.fields[:n-1]
	}
}

// fieldTarget returns the target of a HYPERLINK field (ECMA-376, 17.16.5.25).
func fieldTarget(instruction string) string {
	words := strings.Fields(instruction)
	if len(words) < 2 || !strings.EqualFold(words[0], "HYPERLINK") || len(instruction) > targetLimit {
		return ""
	}
	fragment := ""
	if strings.EqualFold(words[1], `\l`) {
		fragment = "#"
		words = words[1:]
	}
	if len(words) < 2 {
		return ""
	}
	return fragment + strings.Trim(words[1], `"`)
}

// endParagraph writes a paragraph, or adds it to its cell or its list.
func (d *docxReader) endParagraph(p *docxParagraph) error {
	if strings.TrimSpace(string(p.words.text)) == "" {
		return nil
	}
	if t := d.table(); t != nil && len(d.paragraphs) == t.outer {
		words := flat(p.words)
		if !t.cell.empty() {
			t.cell.add(" ", "")
		}
		t.cell.append(&words)
		return nil
	}
	style := d.style(p.style)
	level := style.level
	if p.level != 0 {
		level = max(p.level, 0)
	}
	if p.number == "" {
		p.number, p.indent = style.number, max(p.indent, style.indent)
	}
	switch {
	case level > 0:
		if style.title && d.title == "" && len(p.words.text) <= metadataLimit {
			d.title = string(p.words.text)
		}
		if err := d.endList(); err != nil {
			return err
		}
		return d.write(Heading, level, &p.words)
	case p.number != "" && p.number != "0":
		if !d.list.empty() {
			d.list.add("\n", "")
		}
		d.list.add(d.mark(p.number, p.indent), "")
		words := flat(p.words)
		d.list.append(&words)
		return nil
	}
	if err := d.endList(); err != nil {
		return err
	}
	return d.write(style.kind, 0, &p.words)
}

// endList writes the list that goes on.
func (d *docxReader) endList() error {
	if d.list.empty() {
		return nil
	}
	list := d.list
	d.list = inline{}
	return d.write(List, 0, &list)
}

// write writes a block. What is open in the meantime stays pending.
func (d *docxReader) write(kind Kind, level int, words *inline) error {
	if err := d.b.block(kind, level, words.parts()...); err != nil {
		return err
	}
	d.pending, d.pieces = 0, 0
	open := []*inline{&d.list}
	for _, p := range d.paragraphs {
		open = append(open, &p.words)
	}
	for _, t := range d.tables {
		open = append(open, &t.rows, &t.cell)
	}
	for _, words := range open {
		d.pending += len(words.text)
		d.pieces += len(words.links)
	}
	return nil
}

// flat returns words on one line. Line breaks and tabs have the size of a space, so that links stay where they are.
func flat(words inline) inline {
	text := slices.Clone(words.text)
	for i, c := range text {
		if c == '\n' || c == '\t' || c == '\r' {
			text[i] = ' '
		}
	}
	return inline{text: text, links: words.links}
}
