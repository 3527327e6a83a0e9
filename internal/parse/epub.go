package parse

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
)

// obfuscation names the algorithms that only hide fonts (EPUB 3.3, 4.4; Adobe's older one). Everything else in encryption.xml protects the text.
var obfuscation = []string{"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}

// readEPUB reads a book (EPUB 2 and 3): the chapters in the order of the spine, the title and the date. The table of contents is left out.
func readEPUB(b *builder, file Source) error {
	a, err := openArchive(b, file)
	if err != nil {
		return err
	}
	if err := a.checkRights(); err != nil {
		return err
	}
	root, err := a.rootFile()
	if err != nil {
		return err
	}
	book, err := a.readPackage(root)
	if err != nil {
		return err
	}
	read := map[string]bool{}
	for _, name := range book.spine {
		if read[name] || !a.has(name) {
			continue
		}
		read[name] = true
		chapter, err := a.open(name)
		if err != nil {
			return err
		}
		err = b.html(chapter)
		_ = chapter.Close()
		if err != nil {
			return err
		}
	}
	if len(read) == 0 {
		return fmt.Errorf("%w: it has no chapters", ErrDamaged)
	}
	// Not those of a chapter.
	b.text.Title, b.text.Date = book.title, book.date
	return nil
}

// checkRights returns ErrEncrypted for a book with chapters that are encrypted.
func (a *archive) checkRights() error {
	const name = "META-INF/encryption.xml"
	if !a.has(name) {
		return nil
	}
	return a.readXML(name, func(_ *xmlReader, token xml.Token) error {
		if e, is := token.(xml.StartElement); is && e.Name.Local == "EncryptionMethod" && !slices.Contains(obfuscation, attribute(e, "Algorithm")) {
			return ErrEncrypted
		}
		return nil
	})
}

// rootFile returns the name of the package document (EPUB 3.3, 4.2.6.3.1).
func (a *archive) rootFile() (string, error) {
	root := ""
	err := a.readXML("META-INF/container.xml", func(_ *xmlReader, token xml.Token) error {
		if e, is := token.(xml.StartElement); is && e.Name.Local == "rootfile" && root == "" {
			root = attribute(e, "full-path")
		}
		return nil
	})
	if err == nil && root == "" {
		err = fmt.Errorf("%w: it names no package document", ErrDamaged)
	}
	return root, err
}

// epubPackage is what a package document says.
type epubPackage struct {
	title string
	date  time.Time
	spine []string // names of files
}

func (a *archive) readPackage(name string) (*epubPackage, error) {
	book := &epubPackage{}
	chapters := map[string]string{} // file by id
	var spine []string
	var modified time.Time
	err := a.readXML(name, func(x *xmlReader, token xml.Token) error {
		e, is := token.(xml.StartElement)
		if !is {
			return nil
		}
		if len(chapters)+len(spine) > a.b.limits.Parts {
			return fmt.Errorf("%w: more than %d chapters", ErrTooLarge, a.b.limits.Parts)
		}
		switch e.Name.Local {
		case "title":
			title, err := x.text(metadataLimit)
			if book.title == "" {
				book.title = title
			}
			return err
		case "date":
			changed := attribute(e, "event") == "modification" // of EPUB 2
			text, err := x.text(metadataLimit)
			if date := w3cDate(text); changed {
				modified = date
			} else if book.date.IsZero() {
				book.date = date
			}
			return err
		case "meta":
			if attribute(e, "property") == "dcterms:modified" {
				text, err := x.text(metadataLimit)
				modified = w3cDate(text)
				return err
			}
		case "item":
			kind := attribute(e, "media-type")
			contents := slices.Contains(strings.Fields(attribute(e, "properties")), "nav")
			if (kind == "application/xhtml+xml" || kind == "text/html") && !contents {
				chapters[attribute(e, "id")] = partOf(path.Dir(name), attribute(e, "href"))
			}
		case "itemref":
			spine = append(spine, attribute(e, "idref"))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if book.date.IsZero() {
		book.date = modified
	}
	for _, id := range spine {
		if file := chapters[id]; file != "" {
			book.spine = append(book.spine, file)
		}
	}
	return book, nil
}

// partOf returns the name of the file that a reference in a directory names.
func partOf(dir, href string) string {
	href, _, _ = strings.Cut(href, "#")
	if plain, err := url.PathUnescape(href); err == nil {
		href = plain
	}
	return partName(path.Join(dir, href))
}
