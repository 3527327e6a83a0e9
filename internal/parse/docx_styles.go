package parse

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// docxStyle is a style of paragraphs.
type docxStyle struct {
	kind    Kind
	level   int // of a heading; 0: none
	title   bool
	based   string
	number  string // the list that its paragraphs are items of
	indent  int
	outline bool // the level is the style's own
}

// basedLimit is how many styles may be based on each other.
const basedLimit = 32

// readStyles reads the styles. A style is a heading by its outline level, or by its name, which is English in every translation of Word.
func (d *docxReader) readStyles(name string) error {
	d.styles = map[string]docxStyle{}
	var id string
	var style docxStyle
	paragraph := false
	err := d.a.readXML(name, func(x *xmlReader, token xml.Token) error {
		switch e := token.(type) {
		case xml.StartElement:
			if !isWord(e.Name) {
				return nil
			}
			value := attribute(e, "val")
			switch e.Name.Local {
			case "style":
				id, style, paragraph = attribute(e, "styleId"), docxStyle{}, attribute(e, "type") == "paragraph"
			case "name":
				style.named(strings.ToLower(value))
			case "basedOn":
				style.based = value
			case "outlineLvl":
				if level, err := strconv.Atoi(value); err == nil {
					style.outline = true
					style.level = 0
					if level >= 0 && level < 9 {
						style.level = level + 1
					}
				}
			case "numId":
				style.number = value
			case "ilvl":
				style.indent, _ = strconv.Atoi(value)
			}
		case xml.EndElement:
			if e.Name.Local == "style" && paragraph {
				if len(d.styles) >= d.b.limits.Parts {
					return fmt.Errorf("%w: more than %d styles", ErrTooLarge, d.b.limits.Parts)
				}
				d.styles[id] = style
			}
		}
		return nil
	})
	return err
}

// named sets what the name of a style says.
func (s *docxStyle) named(name string) {
	switch {
	case name == "title":
		s.title, s.level = true, 1
	case strings.HasPrefix(name, "heading ") && len(name) == len("heading 1") && !s.outline:
		s.level = int(name[len(name)-1] - '0')
		if s.level < 1 || s.level > 9 {
			s.level = 0
		}
	case strings.Contains(name, "quote"):
		s.kind = Quote
	case name == "html preformatted", name == "macro", name == "plain text", strings.Contains(name, "source code"), strings.Contains(name, "code block"):
		s.kind = Code
	}
}

// style returns a style with what it takes over from those that it is based on.
func (d *docxReader) style(id string) docxStyle {
	style := d.styles[id]
	base := style
	for range basedLimit {
		if base.based == "" {
			break
		}
		base = d.styles[base.based]
		if style.kind == Paragraph {
			style.kind = base.kind
		}
		if style.level == 0 && !style.outline {
			style.level, style.outline = base.level, base.outline
		}
		if style.number == "" {
			style.number, style.indent = base.number, base.indent
		}
	}
	return style
}

// docxList is a list definition: for each level whether its items have numbers, and the first of them.
type docxList struct {
	levels [9]struct {
		numbered bool
		start    int
	}
	count [9]int // items so far
}

// readNumbering reads the list definitions.
func (d *docxReader) readNumbering(name string) error {
	abstract := map[string]*docxList{}
	d.lists = map[string]*docxList{}
	var of *docxList // the definition that is read
	var number string
	level := -1
	return d.a.readXML(name, func(x *xmlReader, token xml.Token) error {
		e, is := token.(xml.StartElement)
		if !is || !isWord(e.Name) {
			return nil
		}
		if len(abstract)+len(d.lists) > d.b.limits.Parts {
			return fmt.Errorf("%w: more than %d lists", ErrTooLarge, d.b.limits.Parts)
		}
		value := attribute(e, "val")
		n, err := strconv.Atoi(value)
		switch e.Name.Local {
		case "abstractNum":
			of = &docxList{}
			for i := range of.levels {
				of.levels[i].start = 1
			}
			abstract[attribute(e, "abstractNumId")] = of
		case "num":
			of, number = nil, attribute(e, "numId")
		case "abstractNumId":
			if list := abstract[value]; list != nil {
				of = &docxList{levels: list.levels}
				d.lists[number] = of
			}
		case "lvl", "lvlOverride":
			level, err = strconv.Atoi(attribute(e, "ilvl"))
			if err != nil || level < 0 || level >= len(docxList{}.levels) {
				level = -1
			}
		case "numFmt":
			if of != nil && level >= 0 {
				of.levels[level].numbered = value != "bullet" && value != "none"
			}
		case "start", "startOverride":
			if of != nil && level >= 0 && err == nil {
				of.levels[level].start = n
			}
		}
		return nil
	})
}

// mark returns what begins the next item of a list: two spaces for each level of nesting, and its number if it has one.
func (d *docxReader) mark(number string, indent int) string {
	indent = min(max(indent, 0), 8)
	mark := strings.Repeat("  ", indent)
	list := d.lists[number]
	if list == nil {
		return mark
	}
	clear(list.count[indent+1:])
	list.count[indent]++
	if level := list.levels[indent]; level.numbered {
		mark += strconv.Itoa(level.start+list.count[indent]-1) + ". "
	}
	return mark
}

// isWord reports whether a name is one of WordprocessingML, in its transitional or its strict form.
func isWord(name xml.Name) bool {
	return name.Space == "http://schemas.openxmlformats.org/wordprocessingml/2006/main" ||
		name.Space == "http://purl.oclc.org/ooxml/wordprocessingml/main"
}
