package parse

import (
	"bytes"
	"html"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	markup "golang.org/x/net/html"
)

func newMarkdownParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(append(parser.DefaultInlineParsers(),
			util.Prioritized(extension.NewStrikethroughParser(), 500),
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(extension.NewLinkifyParser(), 999))...),
		parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200))...),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
}

// references is the context of parsing a piece, with the definitions of the whole file.
type references struct {
	parser.Context
	all map[string]parser.Reference
}

func (r references) Reference(label string) (parser.Reference, bool) {
	if found, ok := r.all[label]; ok {
		return found, true
	}
	return r.Context.Reference(label)
}

// markdownTree adds the blocks of a parsed piece.
type markdownTree struct {
	m      *markdownReader
	source []byte
	words  flow
	lists  []int // of the open lists the number of the next item; -1: the list is not ordered
	quotes int
	depth  int
}

func (m *markdownReader) parse(piece []byte) error {
	if len(bytes.TrimSpace(piece)) == 0 {
		return nil
	}
	context := references{parser.NewContext(), m.references}
	root := m.parser.Parse(text.NewReader(piece), parser.WithContext(context))
	m.tree.m, m.tree.source = m, piece
	return m.tree.blocks(root)
}

// blocks adds the blocks that a container holds.
func (t *markdownTree) blocks(parent ast.Node) error {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if err := t.block(n); err != nil {
			return err
		}
	}
	return nil
}

func (t *markdownTree) block(n ast.Node) error {
	switch n := n.(type) {
	case *ast.Heading:
		return t.heading(n)
	case *ast.Paragraph, *ast.TextBlock:
		t.words.space = true
		t.inline(n)
		if len(t.lists) > 0 {
			return nil
		}
		return t.flush()
	case *ast.Blockquote:
		t.quotes++
		defer func() { t.quotes-- }()
		return t.deeper(n)
	case *ast.List:
		return t.list(n)
	case *ast.ListItem:
		return t.item(n)
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		if err := t.flush(); err != nil {
			return err
		}
		return t.m.b.block(Code, 0, part{text: string(n.Lines().Value(t.source))})
	case *tables.Table:
		return t.table(n)
	case *ast.HTMLBlock:
		return t.html(n)
	case *ast.ThematicBreak:
		return nil
	}
	return t.blocks(n)
}

// flush ends the block.
func (t *markdownTree) flush() error {
	kind := Paragraph
	switch {
	case len(t.lists) > 0:
		kind = List
	case t.quotes > 0:
		kind = Quote
	}
	return t.emit(kind, 0)
}

func (t *markdownTree) emit(kind Kind, level int) error {
	if t.words.blank() {
		t.words.reset()
		return nil
	}
	err := t.m.b.block(kind, level, t.words.parts()...)
	t.words.reset()
	return err
}

func (t *markdownTree) heading(n *ast.Heading) error {
	if err := t.flush(); err != nil {
		return err
	}
	t.inline(n)
	if n.Level == 1 && t.m.title == "" {
		t.m.title = oneLine(string(t.words.text), maxTitle)
	}
	return t.emit(Heading, n.Level)
}

func (t *markdownTree) list(n *ast.List) error {
	number := -1
	if n.IsOrdered() {
		number = n.Start
	}
	t.lists = append(t.lists, number)
	err := t.blocks(n)
	if err == nil && len(t.lists) == 1 {
		err = t.flush()
	}
	t.lists = t.lists[:len(t.lists)-1]
	return err
}

func (t *markdownTree) item(n *ast.ListItem) error {
	inner := len(t.lists) - 1
	marker := ""
	if number := t.lists[inner]; number >= 0 {
		marker = strconv.Itoa(number) + ". "
		t.lists[inner]++
	}
	t.words.before(lineOfList(inner) + marker)
	return t.deeper(n)
}

// deeper adds the blocks of a quote or an item.
func (t *markdownTree) deeper(n ast.Node) error {
	if t.depth++; t.depth > t.m.b.limits.Depth {
		return t.m.b.tooDeep()
	}
	defer func() { t.depth-- }()
	return t.blocks(n)
}

func (t *markdownTree) table(n *tables.Table) error {
	if err := t.flush(); err != nil {
		return err
	}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		t.words.before("\n")
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			if cell != row.FirstChild() {
				t.words.cell()
			}
			t.inline(cell)
		}
	}
	return t.emit(Table, 0)
}

// html reads a block of HTML as a document of its own. In a list its words belong to the item.
func (t *markdownTree) html(n *ast.HTMLBlock) error {
	var source bytes.Buffer
	source.Write(n.Lines().Value(t.source))
	if n.HasClosure() {
		source.Write(n.ClosureLine.Value(t.source))
	}
	if len(t.lists) == 0 {
		return t.m.b.html(&source)
	}
	t.words.space = true
	t.tags(source.Bytes())
	return nil
}

// inline adds the words of a node.
func (t *markdownTree) inline(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			words := n.Segment.Value(t.source)
			if !n.IsRaw() && parent.Kind() != ast.KindCodeSpan {
				words = unescape(words)
			}
			t.words.add(words)
			switch {
			case n.HardLineBreak() && len(t.lists) == 0 && parent.Kind() != ast.KindHeading:
				t.words.before("\n")
			case n.HardLineBreak() || n.SoftLineBreak():
				t.words.space = true
			}
		case *ast.String:
			t.words.add(n.Value)
		case *ast.Link:
			t.words.link(address(string(unescape(n.Destination))))
			t.inline(n)
			t.words.link("")
		case *ast.AutoLink:
			target := string(n.URL(t.source))
			if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(target), "mailto:") {
				target = "mailto:" + target
			}
			t.words.link(address(target))
			t.words.add(n.Label(t.source))
			t.words.link("")
		case *tables.TaskCheckBox:
			box := "[ ] "
			if n.IsChecked {
				box = "[x] "
			}
			t.words.verbatim([]byte(box))
		case *ast.RawHTML:
			t.tags(n.Segments.Value(t.source))
		default:
			t.inline(n)
		}
	}
}

// tags reads HTML among words.
func (t *markdownTree) tags(source []byte) {
	z := markup.NewTokenizer(bytes.NewReader(source))
	for {
		kind := z.Next()
		switch kind {
		case markup.ErrorToken:
			return
		case markup.TextToken:
			t.words.add(z.Text())
			continue
		case markup.CommentToken, markup.DoctypeToken:
			continue
		}
		name, more := z.TagName()
		opens := kind != markup.EndTagToken
		switch string(name) {
		case "br":
			t.words.space = true
		case "a":
			var a attributes
			a.read(z, more)
			t.words.link(address(a.href))
		case "img":
			var a attributes
			if a.read(z, more); opens {
				t.words.add([]byte(a.alt))
			}
		}
	}
}

// unescape resolves backslashes before punctuation, and entities.
func unescape(s []byte) []byte {
	if bytes.IndexByte(s, '\\') < 0 && bytes.IndexByte(s, '&') < 0 {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			i++
			out = append(out, s[i])
		case c == '&':
			if end := bytes.IndexByte(s[i:min(len(s), i+40)], ';'); end > 0 {
				out = append(out, html.UnescapeString(string(s[i:i+end+1]))...)
				i += end
				continue
			}
			out = append(out, c)
		default:
			out = append(out, c)
		}
	}
	return out
}
