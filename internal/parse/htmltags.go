package parse

import (
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// attributes are those attributes of a tag that the reader uses.
type attributes struct {
	closed        bool // the tag closes itself, as in <br/>
	hidden        bool
	href, alt     string
	role          string
	kind, start   string // of an ordered list
	name, content string // of a meta element; name is also its property
}

func (a *attributes) read(z *html.Tokenizer, more bool) {
	for more {
		var name, value []byte
		name, value, more = z.TagAttr()
		switch string(name) {
		case "hidden":
			a.hidden = string(value) != "until-found"
		case "style":
			style := strings.ToLower(strings.ReplaceAll(string(value), " ", ""))
			a.hidden = a.hidden || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
		case "href":
			a.href = string(value)
		case "alt":
			a.alt = string(value)
		case "role":
			a.role = string(value)
		case "type":
			a.kind = string(value)
		case "start":
			a.start = string(value)
		case "name", "property", "itemprop":
			a.name = string(value)
		case "content":
			a.content = string(value)
		}
	}
}

// start reads a start tag.
func (h *htmlReader) start(name atom.Atom, a attributes) error {
	if h.hidden.on() {
		if !a.closed {
			h.hidden.start(name)
		}
		if h.hidden.on() {
			return nil
		}
	}
	if skipped[name] || a.hidden && !void[name] {
		if !a.closed {
			h.hidden = hiding{element: name, open: 1}
		}
		return nil
	}
	switch name {
	case atom.Meta:
		h.meta(a.name, a.content)
		return nil
	case atom.Br:
		return h.lineBreak()
	case atom.Img, atom.Area:
		h.words.space = true
		h.words.add([]byte(a.alt))
		h.words.space = true
		return nil
	case atom.Q:
		h.words.add([]byte{'"'})
		return nil
	case atom.A:
		if !a.closed || a.href != "" {
			h.words.link(address(a.href))
		}
		return nil
	case atom.Td, atom.Th:
		return h.startCell()
	case atom.Tr:
		return h.startRow()
	case atom.Div, atom.Address, atom.Header, atom.Hgroup:
		return h.boundary()
	case atom.P, atom.Hr, atom.Dialog, atom.Section, atom.Article, atom.Nav, atom.Footer, atom.Aside, atom.Main, atom.Figure, atom.Figcaption,
		atom.Form, atom.Fieldset, atom.Legend, atom.Details, atom.Summary, atom.Center, atom.Body:
		return h.startBlock(name)
	}
	if a.closed {
		return nil
	}
	switch name {
	case atom.Title:
		h.inTitle = true
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return h.startHeading(int(name.String()[1] - '0'))
	case atom.Ul, atom.Ol, atom.Menu, atom.Dl:
		return h.startList(name == atom.Ol, a)
	case atom.Li, atom.Dt, atom.Dd:
		return h.startItem(name == atom.Dd)
	case atom.Table:
		return h.startTable(a)
	case atom.Caption:
		if f := h.top(); f != nil && f.table {
			err := h.flush()
			h.caption = true
			return err
		}
	case atom.Pre, atom.Listing, atom.Xmp, atom.Plaintext:
		return h.startPre()
	case atom.Blockquote:
		return h.startQuote()
	}
	return nil
}

// end reads an end tag.
func (h *htmlReader) end(name atom.Atom) error {
	if name == atom.Title && h.inTitle {
		h.inTitle = false
		return nil
	}
	if h.hidden.on() {
		h.hidden.end(name)
		if h.hidden.on() || !optionalEnd[name] && !containers[name] {
			return nil
		}
	}
	switch name {
	case atom.Br:
		return h.lineBreak()
	case atom.Q:
		h.words.verbatim([]byte{'"'})
	case atom.A:
		h.words.link("")
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Caption:
		return h.endInner()
	case atom.Ul, atom.Ol, atom.Menu, atom.Dl:
		return h.endFrame(false)
	case atom.Table:
		return h.endFrame(true)
	case atom.Li, atom.Dt, atom.Dd:
		switch f := h.top(); {
		case f == nil:
			return h.boundary()
		case !h.inCell():
			h.item("", 0)
		}
	case atom.Pre, atom.Listing, atom.Xmp:
		if h.pre > 0 {
			err := h.flush()
			h.pre--
			return err
		}
	case atom.Blockquote:
		if err := h.endInner(); err != nil {
			return err
		}
		err := h.boundary()
		h.quotes = max(h.quotes-1, 0)
		return err
	case atom.Div, atom.Address, atom.Header, atom.Hgroup:
		return h.boundary()
	case atom.P, atom.Dialog, atom.Section, atom.Article, atom.Nav, atom.Footer, atom.Aside, atom.Main, atom.Figure, atom.Figcaption,
		atom.Form, atom.Fieldset, atom.Legend, atom.Details, atom.Summary, atom.Center:
		if err := h.endInner(); err != nil {
			return err
		}
		return h.boundary()
	}
	return nil
}

func (h *htmlReader) startBlock(name atom.Atom) error {
	if err := h.endInner(); err != nil {
		return err
	}
	// A second paragraph in the only cell of a row: this is no table of data. Mails and old pages are arranged so.
	if f := h.top(); name == atom.P && f != nil && f.table && f.most <= 1 && !h.words.blank() && len(h.words.pending) == 0 {
		return h.arrange()
	}
	return h.boundary()
}

func (h *htmlReader) startHeading(level int) error {
	if err := h.leaveList(); err != nil {
		return err
	}
	h.level = level
	return nil
}

func (h *htmlReader) startPre() error {
	if err := h.leaveList(); err != nil {
		return err
	}
	h.pre++
	return nil
}

// leaveList ends the block for one that cannot be a part of a list or a table.
func (h *htmlReader) leaveList() error {
	if err := h.endInner(); err != nil {
		return err
	}
	if h.inCell() {
		return h.arrange()
	}
	return h.flush()
}

func (h *htmlReader) startQuote() error {
	if err := h.endInner(); err != nil {
		return err
	}
	if len(h.frames)+h.quotes >= h.b.limits.Depth {
		return h.b.tooDeep()
	}
	err := h.boundary()
	h.quotes++
	return err
}

// lineBreak reads <br>. Two of them end a paragraph.
func (h *htmlReader) lineBreak() error {
	switch {
	case h.hidden.on():
	case h.pre > 0:
		h.words.verbatim([]byte{'\n'})
	case h.level > 0 || h.top() != nil:
		h.words.space = true
	case len(h.words.pending) > 0:
		return h.flush()
	default:
		h.words.before("\n")
	}
	return nil
}

// meta reads the dates that a page gives itself.
func (h *htmlReader) meta(name, content string) {
	date := &h.published
	switch strings.ToLower(name) {
	case "article:published_time", "datepublished", "date", "dc.date", "dcterms.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "publishdate", "pubdate", "citation_publication_date":
	case "article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "dc.date.modified":
		date = &h.modified
	default:
		return
	}
	if date.IsZero() {
		*date = parseDate(content)
	}
}

// skipped has the elements whose content is no text of the page.
var skipped = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Svg: true, atom.Select: true, atom.Datalist: true,
	atom.Textarea: true, atom.Iframe: true, atom.Object: true, atom.Canvas: true, atom.Audio: true, atom.Video: true, atom.Noembed: true,
	atom.Noframes: true, atom.Annotation: true,
}

// void has the elements without content.
var void = map[atom.Atom]bool{
	atom.Area: true, atom.Base: true, atom.Br: true, atom.Col: true, atom.Embed: true, atom.Hr: true, atom.Img: true, atom.Input: true,
	atom.Link: true, atom.Meta: true, atom.Param: true, atom.Source: true, atom.Track: true, atom.Wbr: true,
}

// optionalEnd has the elements that end without an end tag when the next one or their container ends.
var optionalEnd = map[atom.Atom]bool{
	atom.P: true, atom.Li: true, atom.Dt: true, atom.Dd: true, atom.Tr: true, atom.Td: true, atom.Th: true, atom.Tbody: true, atom.Thead: true,
	atom.Tfoot: true,
}

// containers has the elements that hold those of optionalEnd.
var containers = map[atom.Atom]bool{
	atom.Ul: true, atom.Ol: true, atom.Menu: true, atom.Dl: true, atom.Table: true, atom.Div: true, atom.Section: true, atom.Article: true,
	atom.Body: true, atom.Main: true, atom.Blockquote: true,
}

// hiding knows when an element ends whose content is left out.
type hiding struct {
	element atom.Atom
	open    int // elements of the same name
	within  int // containers that were opened within it
}

func (h *hiding) on() bool { return h.open > 0 }

func (h *hiding) start(name atom.Atom) {
	switch {
	case !optionalEnd[h.element]:
		if name == h.element {
			h.open++
		}
	case h.within == 0 && (name == h.element || h.element == atom.P && containers[name]):
		h.open = 0 // the next one begins
	case containers[name]:
		h.within++
	}
}

func (h *hiding) end(name atom.Atom) {
	switch {
	case name == h.element && h.within == 0:
		h.open--
	case !optionalEnd[h.element] || !containers[name]:
	case h.within > 0:
		h.within--
	default:
		h.open = 0 // its container ends
	}
}

// dateLayouts are the ways in which files write dates.
var dateLayouts = []string{
	time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05-0700", "2006-01-02T15:04", "2006-01-02 15:04:05 -0700",
	"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02", "2006/01/02", "20060102", time.RFC1123, time.RFC1123Z,
	"January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006", "2006-01", "2006",
}

// parseDate returns the date that a text gives, zero if it gives none. Dates without a zone are in UTC.
func parseDate(s string) time.Time {
	if len(s) > 64 {
		return time.Time{}
	}
	s = strings.TrimSpace(s)
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 0 {
			return t.UTC()
		}
	}
	return time.Time{}
}
