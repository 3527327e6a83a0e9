package parse

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	handles "github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"

	"github.com/spectron-go/spectron/internal/parse/pdfsandbox"
)

// pdfTime bounds how long reading a PDF takes.
const pdfTime = 60 * time.Second

// pdfLinks bounds the link annotations of a page.
const pdfLinks = 10_000

var errPDFTime = fmt.Errorf("%w: reading takes more than %v", ErrTooLarge, pdfTime)

// readPDF reads a PDF with PDFium: the text of its pages with paragraphs and headings, the links to URIs, the title and the date.
// A file that an empty password opens is read.
func readPDF(b *builder, file Source) (err error) {
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("%w: the reader failed", ErrDamaged)
		}
	}()
	if file.Size <= 0 {
		return fmt.Errorf("%w: it is empty", ErrDamaged)
	}
	if file.Size > 1<<31-1 {
		return fmt.Errorf("%w: more than 2 GiB", ErrTooLarge)
	}
	ctx, cancel := context.WithTimeoutCause(b.ctx, pdfTime, errPDFTime)
	defer cancel()
	return pdfsandbox.Run(ctx, func(instance pdfium.Pdfium) error {
		r := &pdfReader{lib: instance, layout: pdfLayout{b: b}}
		return r.read(file)
	})
}

// pdfReader reads one document.
type pdfReader struct {
	lib     pdfium.Pdfium
	doc     handles.FPDF_DOCUMENT
	layout  pdfLayout
	trapped bool
}

func (r *pdfReader) read(file Source) error {
	opened, err := r.lib.FPDF_LoadCustomDocument(&requests.FPDF_LoadCustomDocument{
		Reader: io.NewSectionReader(file.ReaderAt, 0, file.Size), Size: file.Size,
	})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return ErrEncrypted
	case errors.Is(err, pdfiumerrors.ErrFormat), errors.Is(err, pdfiumerrors.ErrFile), errors.Is(err, pdfiumerrors.ErrPage), errors.Is(err, pdfiumerrors.ErrUnknown):
		return fmt.Errorf("%w: not the structure of a PDF", ErrDamaged)
	case err != nil:
		return errPDFEnded
	}
	r.doc = opened.Document
	pages, err := r.lib.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: r.doc})
	if err != nil {
		return errPDFEnded
	}
	if pages.PageCount > r.layout.b.limits.Parts {
		return fmt.Errorf("%w: more than %d pages", ErrTooLarge, r.layout.b.limits.Parts)
	}
	if err := r.metadata(); err != nil {
		return err
	}
	bad := 0
	for i := range pages.PageCount {
		if err := context.Cause(r.layout.b.ctx); err != nil {
			return err
		}
		read, err := r.page(i)
		if err != nil {
			return err
		}
		if !read {
			bad++
		}
	}
	if pages.PageCount == 0 || bad == pages.PageCount {
		return fmt.Errorf("%w: it has no page that can be read", ErrDamaged)
	}
	return r.layout.flush()
}

// errPDFEnded is the error of a document that PDFium does not survive, nearly always for want of memory.
var errPDFEnded = fmt.Errorf("%w: reading it fails, or takes more than %d MB", ErrTooLarge, pdfsandbox.Memory>>20)

func (r *pdfReader) metadata() error {
	var values [3]string
	for i, tag := range []string{"Title", "CreationDate", "ModDate"} {
		out, err := r.lib.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: r.doc, Tag: tag})
		if !r.absent(err) {
			values[i] = out.Value
		}
	}
	if r.trapped {
		return errPDFEnded
	}
	text := &r.layout.b.text
	if len(values[0]) <= titleLimit {
		text.Title = values[0]
	}
	if text.Date = pdfDate(values[1]); text.Date.IsZero() {
		text.Date = pdfDate(values[2])
	}
	return nil
}

// absent reports whether an error says that what was asked for is not there. After a trap the document is given up.
func (r *pdfReader) absent(err error) bool {
	if err != nil && strings.Contains(err.Error(), "wasm error") {
		r.trapped = true
	}
	return err != nil
}

// titleLimit is the length from which on a title is taken for damage, in bytes.
const titleLimit = 4 << 10

// page reads a page. It returns false for one that PDFium cannot load.
func (r *pdfReader) page(index int) (bool, error) {
	loaded, err := r.lib.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: r.doc, Index: index})
	if err != nil {
		if !errors.Is(err, pdfiumerrors.ErrPage) {
			return false, errPDFEnded
		}
		return false, nil
	}
	page := requests.Page{ByReference: &loaded.Page}
	text, err := r.lib.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
	if err != nil {
		return false, errPDFEnded
	}
	if err := r.text(index+1, page, text.TextPage); err != nil {
		return false, err
	}
	if _, err := r.lib.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage}); err != nil {
		return false, errPDFEnded
	}
	if _, err := r.lib.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page}); err != nil {
		return false, errPDFEnded
	}
	if r.trapped {
		return false, errPDFEnded
	}
	return true, nil
}

// text hands the lines of a page to the layout.
func (r *pdfReader) text(number int, page requests.Page, text handles.FPDF_TEXTPAGE) error {
	chars, err := r.lib.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text})
	if err != nil {
		return errPDFEnded
	}
	if chars.Count <= 0 {
		return nil
	}
	if chars.Count > r.layout.b.limits.Text {
		return fmt.Errorf("%w: more than %d bytes of text", ErrTooLarge, r.layout.b.limits.Text)
	}
	out, err := r.lib.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: text, Count: chars.Count})
	if err != nil {
		return errPDFEnded
	}
	links, err := r.links(page, text)
	if err != nil {
		return err
	}
	at := 0 // of the characters of the page
	for words := range strings.SplitSeq(out.Text, "\n") {
		if err := context.Cause(r.layout.b.ctx); err != nil {
			return err
		}
		line, n := pdfLineOf(words, at, links)
		at += n + 1
		if line.text == "" {
			continue
		}
		line.page = number
		if err := r.place(text, &line); err != nil {
			return err
		}
		if err := r.layout.add(line); err != nil {
			return err
		}
	}
	return nil
}

// place sets where a line is. Its height is the middle one of three characters': the first may be a bullet, the last refer to a footnote.
func (r *pdfReader) place(text handles.FPDF_TEXTPAGE, line *pdfLine) error {
	var heights [3]float32
	for i, at := range []int{line.first, (line.first + line.last) / 2, line.last} {
		char, err := r.lib.FPDFText_GetCharIndexFromTextIndex(&requests.FPDFText_GetCharIndexFromTextIndex{TextPage: text, NTextIndex: at})
		if err != nil {
			return errPDFEnded
		}
		box, err := r.lib.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text, Index: char.CharIndex})
		if r.absent(err) {
			return nil // the layout does without
		}
		heights[i] = box.Rect.Top - box.Rect.Bottom
		switch i {
		case 0:
			line.left, line.right, line.bottom = box.Rect.Left, box.Rect.Right, box.Rect.Bottom
		case 2:
			line.right = box.Rect.Right
		}
	}
	line.height = max(min(heights[0], heights[1]), min(max(heights[0], heights[1]), heights[2]))
	return nil
}

// pdfLink is a link of a page: characters by their index in its text.
type pdfLink struct {
	target      string
	first, last int
}

// links returns the links of a page to URIs, by the characters that their rectangles cover.
func (r *pdfReader) links(page requests.Page, text handles.FPDF_TEXTPAGE) ([]pdfLink, error) {
	var links []pdfLink
	for at, n := 0, 0; n < pdfLinks; n++ {
		out, err := r.lib.FPDFLink_Enumerate(&requests.FPDFLink_Enumerate{Page: page, StartPos: at})
		if err != nil {
			return nil, errPDFEnded
		}
		if out.Link == nil || out.NextStartPos == nil || *out.NextStartPos <= at {
			break
		}
		at = *out.NextStartPos
		target := r.target(*out.Link)
		if target == "" {
			continue
		}
		for _, rect := range r.rects(*out.Link) {
			first, found := r.textAt(text, rect.Left+1, (rect.Top+rect.Bottom)/2)
			if !found {
				continue
			}
			last, found := r.textAt(text, rect.Right-1, (rect.Top+rect.Bottom)/2)
			if found && last >= first {
				links = append(links, pdfLink{target, first, last})
			}
		}
	}
	return links, nil
}

func (r *pdfReader) target(link handles.FPDF_LINK) string {
	action, err := r.lib.FPDFLink_GetAction(&requests.FPDFLink_GetAction{Link: link})
	if r.absent(err) || action.Action == nil {
		return ""
	}
	uri, err := r.lib.FPDFAction_GetURIPath(&requests.FPDFAction_GetURIPath{Document: r.doc, Action: *action.Action})
	if r.absent(err) || uri.URIPath == nil || len(*uri.URIPath) > targetLimit {
		return ""
	}
	return *uri.URIPath
}

// targetLimit is the length from which on the target of a link is left out, in bytes.
const targetLimit = 16 << 10

// rects returns where a link is: a rectangle for each line of its words, if the file says so.
func (r *pdfReader) rects(link handles.FPDF_LINK) []structs.FPDF_FS_RECTF {
	var rects []structs.FPDF_FS_RECTF
	if quads, err := r.lib.FPDFLink_CountQuadPoints(&requests.FPDFLink_CountQuadPoints{Link: link}); !r.absent(err) {
		for i := range min(quads.Count, 100) {
			quad, err := r.lib.FPDFLink_GetQuadPoints(&requests.FPDFLink_GetQuadPoints{Link: link, QuadIndex: i})
			if r.absent(err) || quad.Points == nil {
				return rects
			}
			p := quad.Points
			rects = append(rects, structs.FPDF_FS_RECTF{
				Left: min(p.X1, p.X2, p.X3, p.X4), Right: max(p.X1, p.X2, p.X3, p.X4),
				Bottom: min(p.Y1, p.Y2, p.Y3, p.Y4), Top: max(p.Y1, p.Y2, p.Y3, p.Y4),
			})
		}
	}
	if len(rects) == 0 {
		if rect, err := r.lib.FPDFLink_GetAnnotRect(&requests.FPDFLink_GetAnnotRect{Link: link}); !r.absent(err) && rect.Rect != nil {
			rects = append(rects, *rect.Rect)
		}
	}
	return rects
}

// textAt returns the index in the page's text of the character at a point.
func (r *pdfReader) textAt(text handles.FPDF_TEXTPAGE, x, y float32) (int, bool) {
	char, err := r.lib.FPDFText_GetCharIndexAtPos(&requests.FPDFText_GetCharIndexAtPos{
		TextPage: text, X: float64(x), Y: float64(y), XTolerance: 6, YTolerance: 6,
	})
	if r.absent(err) || char.CharIndex < 0 {
		return 0, false
	}
	index, err := r.lib.FPDFText_GetTextIndexFromCharIndex(&requests.FPDFText_GetTextIndexFromCharIndex{TextPage: text, NCharIndex: char.CharIndex})
	if r.absent(err) || index.TextIndex < 0 {
		return 0, false
	}
	return index.TextIndex, true
}

// pdfDate reads a date of the form D:20240131120000+01'00', of which the year is enough (ISO 32000-1, 7.9.4).
func pdfDate(s string) time.Time {
	s = strings.ReplaceAll(strings.TrimPrefix(strings.TrimSpace(s), "D:"), "'", "")
	for _, layout := range []string{"20060102150405Z0700", "20060102150405", "200601021504", "20060102", "200601", "2006"} {
		part := s
		if !strings.Contains(layout, "Z") && len(part) > len(layout) {
			part = part[:len(layout)]
		}
		if t, err := time.Parse(layout, part); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
