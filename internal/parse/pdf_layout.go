package parse

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pdfLine is a line of a page.
type pdfLine struct {
	text                        string
	page                        int
	first, last                 int     // characters of the page, from its first word to its last
	left, right, bottom, height float32 // in points, from the lower left corner of the page; zero if unknown
	links                       []Link  // bytes of text
}

// pdfLineOf makes a line of text that begins at the character at of a page, and returns how many characters the text has.
func pdfLineOf(s string, at int, links []pdfLink) (pdfLine, int) {
	line := pdfLine{first: -1}
	var words strings.Builder
	var open *pdfLink
	n := 0
	for _, r := range s {
		i := at + n
		n++
		// PDFium's characters for a hyphen at the end of a line, which it joins with the next.
		if r == 0xFFFE || r == 2 || r == '\r' || dropped(r) {
			continue
		}
		if unicode.IsSpace(r) {
			if words.Len() > 0 {
				words.WriteRune(' ')
			}
			continue
		}
		if line.first < 0 {
			line.first = i
		}
		line.last = i
		if open == nil || i > open.last {
			open = nil
			for k := range links {
				if i >= links[k].first && i <= links[k].last {
					open = &links[k]
					line.links = append(line.links, Link{Target: open.target, Start: words.Len()})
					break
				}
			}
		}
		words.WriteRune(r)
		if open != nil {
			line.links[len(line.links)-1].End = words.Len()
		}
	}
	line.text = strings.TrimRight(words.String(), " ")
	return line, n
}

// pdfWindow is how many lines the layout looks at together.
const pdfWindow = 4096

// pdfLayout makes blocks of lines. It finds headings by the height of their letters, compared with the height that most of the text so far has.
type pdfLayout struct {
	b       *builder
	lines   []pdfLine
	bytes   int
	heights map[int]int // in half points: how many bytes of text have it
}

// add adds the next line.
func (p *pdfLayout) add(line pdfLine) error {
	if p.b.body.Len()+p.bytes+len(line.text) > p.b.limits.Text {
		return fmt.Errorf("%w: more than %d bytes of text", ErrTooLarge, p.b.limits.Text)
	}
	if p.heights == nil {
		p.heights = map[int]int{}
	}
	if h := halfPoints(line.height); h > 0 && len(p.heights) < pdfWindow {
		p.heights[h] += len(line.text)
	}
	if r, size := utf8.DecodeRuneInString(line.text); isBullet(r) && size == len(line.text) {
		return nil // some programs write all bullets of a page after its text
	}
	p.bytes += len(line.text)
	p.lines = append(p.lines, line)
	if len(p.lines) < pdfWindow {
		return nil
	}
	return p.write(len(p.lines) / 2)
}

// flush writes the lines that are left.
func (p *pdfLayout) flush() error { return p.write(len(p.lines)) }

// write writes blocks until at least n lines are written.
func (p *pdfLayout) write(n int) error {
	usual, most := float32(0), 0
	for h, bytes := range p.heights {
		if bytes > most || bytes == most && float32(h)/2 < usual {
			usual, most = float32(h)/2, bytes
		}
	}
	columns := columnsOf(p.lines)
	done := 0
	var list []part // the items of a list that goes on
	for done < n {
		end := done + 1
		for end < len(p.lines) && end-done < pdfWindow/2 && joined(p.lines[done:end], &p.lines[end], usual, columns) {
			end++
		}
		lines := p.lines[done:end]
		done = end
		kind, depth := kindOf(lines, usual)
		if kind == List && len(list) < pdfWindow {
			if len(list) > 0 {
				list = append(list, part{text: "\n"})
			} else {
				p.b.page = lines[0].page
			}
			list = append(list, item(partsOf(lines))...)
			continue
		}
		if err := p.b.block(List, 0, list...); err != nil {
			return err
		}
		list = nil
		p.b.page = lines[0].page
		if err := p.b.block(kind, depth, partsOf(lines)...); err != nil {
			return err
		}
	}
	if err := p.b.block(List, 0, list...); err != nil {
		return err
	}
	for i := range p.lines[:done] {
		p.bytes -= len(p.lines[i].text)
	}
	p.lines = append(p.lines[:0], p.lines[done:]...)
	return nil
}

// joined reports whether a line belongs to the block of the lines before it.
func joined(block []pdfLine, line *pdfLine, usual float32, columns map[pdfColumn]float32) bool {
	last := &block[len(block)-1]
	a, b := last.height, line.height
	if last.page != line.page || isItem(line.text) || a <= 0 || b <= 0 {
		return false
	}
	if level(a, usual) != level(b, usual) || math.Abs(float64(a-b)) > float64(max(a, b))*0.2 {
		return false
	}
	step := last.bottom - line.bottom
	if step <= 0 || step > 3*max(a, b) { // another column, or far below
		return false
	}
	if level(a, usual) == 0 {
		// Lines that are short although the column is not, and all of a narrow column, stand for themselves: rows of tables, addresses, verses.
		right := max(columns[columnOf(last)], columns[columnOf(line)])
		width := right - min(last.left, line.left)
		if width < narrow*a || right-last.right > width*0.4 || right-last.right > width*0.2 && ends(last.text) {
			return false
		}
	}
	if len(block) > 1 { // the first two lines say how far apart the lines of the block are
		return step <= (block[0].bottom-block[1].bottom)*1.2
	}
	return step <= max(a, b)*1.6
}

// narrow is the width of a column below which its lines are not joined, in heights of its letters.
const narrow = 12

// pdfColumn names the lines of a page that begin below each other.
type pdfColumn struct{ page, left int }

func columnOf(l *pdfLine) pdfColumn { return pdfColumn{l.page, int(l.left / 8)} }

// columnsOf returns how far to the right the columns reach.
func columnsOf(lines []pdfLine) map[pdfColumn]float32 {
	columns := map[pdfColumn]float32{}
	for i := range lines {
		column := columnOf(&lines[i])
		columns[column] = max(columns[column], lines[i].right)
	}
	return columns
}

// partsOf joins the lines of a block.
func partsOf(lines []pdfLine) []part {
	var parts []part
	for i := range lines {
		text, at := lines[i].text, 0
		for _, link := range lines[i].links {
			if link.Start > at {
				parts = append(parts, part{text: text[at:link.Start]})
			}
			parts = append(parts, part{text: text[link.Start:link.End], target: link.Target})
			at = link.End
		}
		rest := text[at:]
		if i+1 < len(lines) {
			rest += " "
		}
		if rest != "" {
			parts = append(parts, part{text: rest})
		}
	}
	return parts
}

// item returns the words of an item without its bullet.
func item(words []part) []part {
	if r, size := utf8.DecodeRuneInString(words[0].text); isBullet(r) {
		words[0].text = strings.TrimLeft(words[0].text[size:], " ")
	}
	return words
}

// kindOf returns what the block of some lines is, and the level of a heading.
func kindOf(lines []pdfLine, usual float32) (Kind, int) {
	size := 0
	for i := range lines {
		size += len(lines[i].text)
	}
	if l := level(lines[0].height, usual); l > 0 && len(lines) <= 3 && size <= 250 {
		return Heading, l
	}
	if isItem(lines[0].text) {
		return List, 0
	}
	return Paragraph, 0
}

// level returns the level of a heading by how much higher its letters are than usual, 0 for other text. The steps are between the sizes that
// browsers, word processors and LaTeX give to headings.
func level(height, usual float32) int {
	switch ratio := height / usual; {
	case usual <= 0 || ratio < 1.13:
		return 0
	case ratio < 1.33:
		return 3
	case ratio < 1.65:
		return 2
	}
	return 1
}

func halfPoints(height float32) int {
	if !(height > 0 && height < 10_000) {
		return 0
	}
	return int(height*2 + 0.5)
}

// ends reports whether a text ends as a sentence does.
func ends(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?:;…。！？”\"", r)
}

// isItem reports whether a line begins as the item of a list: with a bullet, or with a number and a point or bracket.
func isItem(s string) bool {
	if r, size := utf8.DecodeRuneInString(s); isBullet(r) {
		return strings.HasPrefix(s[size:], " ") || len(s) == size
	}
	digits := 0
	for digits < len(s) && digits < 3 && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	rest := s[digits:]
	return digits > 0 && (strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ") "))
}

func isBullet(r rune) bool { return strings.ContainsRune("•◦▪‣●○■–\uF0B7", r) }
