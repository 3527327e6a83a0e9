package parse

import (
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"
)

// oleMagic begins an OLE compound file, in which Office stores an encrypted document (MS-CFB, 2.2).
const oleMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

// metadataLimit bounds a value of a document's metadata, in bytes.
const metadataLimit = 4 << 10

// readDOCX reads a document of WordprocessingML (ECMA-376): headings by their styles, lists, tables and the links to other documents. Text that
// was deleted with changes tracked is left out. Footnotes and endnotes follow at the end, with the numbers that refer to them.
func readDOCX(b *builder, file Source) error {
	var magic [len(oleMagic)]byte
	if n, _ := file.ReadAt(magic[:], 0); string(magic[:n]) == oleMagic {
		return ErrEncrypted
	}
	a, err := openArchive(b, file)
	if err != nil {
		return err
	}
	main := "word/document.xml"
	packaged, err := a.relations("")
	if err != nil {
		return err
	}
	for _, rel := range packaged {
		if rel.kind == "officeDocument" && !rel.external {
			main = rel.target
		}
	}
	if !a.has(main) {
		return fmt.Errorf("%w: it has no document part", ErrDamaged)
	}
	d := &docxReader{a: a, b: b}
	if d.rels, err = a.relations(main); err != nil {
		return err
	}
	for _, rel := range d.rels {
		switch {
		case rel.external || !a.has(rel.target):
		case rel.kind == "styles":
			err = d.readStyles(rel.target)
		case rel.kind == "numbering":
			err = d.readNumbering(rel.target)
		}
		if err != nil {
			return err
		}
	}
	title, date, err := a.coreProperties(packaged)
	if err != nil {
		return err
	}
	if err := d.readPart(main); err != nil {
		return err
	}
	for _, kind := range []string{"footnotes", "endnotes"} {
		for _, rel := range d.rels {
			if rel.kind != kind || rel.external || !a.has(rel.target) {
				continue
			}
			d.notes = kind
			main := d.rels
			if d.rels, err = a.relations(rel.target); err == nil {
				err = d.readPart(rel.target)
			}
			if err != nil {
				return err
			}
			d.rels = main
			break
		}
	}
	b.text.Title, b.text.Date = title, date
	if title == "" {
		b.text.Title = d.title
	}
	return nil
}

// relation is a relationship of a part of a package (ECMA-376, part 2).
type relation struct {
	kind     string // the last element of its type
	target   string // the name of a part, or as it is written if it is external
	external bool
}

// relations returns the relationships of a part, "" for the package, by their ids.
func (a *archive) relations(part string) (map[string]relation, error) {
	dir, name := path.Split(part)
	name = path.Join(dir, "_rels", name+".rels")
	rels := map[string]relation{}
	if !a.has(name) {
		return rels, nil
	}
	err := a.readXML(name, func(x *xmlReader, token xml.Token) error {
		e, is := token.(xml.StartElement)
		if !is || e.Name.Local != "Relationship" {
			return nil
		}
		if len(rels) >= a.b.limits.Parts {
			return fmt.Errorf("%w: more than %d relationships", ErrTooLarge, a.b.limits.Parts)
		}
		rel := relation{
			kind: path.Base(attribute(e, "Type")), target: attribute(e, "Target"),
			external: strings.EqualFold(attribute(e, "TargetMode"), "External"),
		}
		if len(rel.target) > targetLimit {
			return nil
		}
		if !rel.external {
			if strings.HasPrefix(rel.target, "/") {
				rel.target = path.Clean(rel.target)[1:]
			} else {
				rel.target = path.Join(dir, rel.target)
			}
		}
		rels[attribute(e, "Id")] = rel
		return nil
	})
	return rels, err
}

// coreProperties returns the title of a package and when it was made. A package whose properties cannot be read has none.
func (a *archive) coreProperties(packaged map[string]relation) (title string, date time.Time, err error) {
	name := "docProps/core.xml"
	for _, rel := range packaged {
		if rel.kind == "core-properties" && !rel.external {
			name = rel.target
		}
	}
	if !a.has(name) {
		return "", time.Time{}, nil
	}
	var created, modified string
	err = a.readXML(name, func(x *xmlReader, token xml.Token) error {
		e, is := token.(xml.StartElement)
		if !is {
			return nil
		}
		var value *string
		switch e.Name.Local {
		case "title":
			value = &title
		case "created":
			value = &created
		case "modified":
			value = &modified
		default:
			return nil
		}
		var err error
		*value, err = x.text(metadataLimit)
		return err
	})
	if err != nil && !errors.Is(err, ErrDamaged) {
		return "", time.Time{}, err
	}
	if date = w3cDate(created); date.IsZero() {
		date = w3cDate(modified)
	}
	return title, date, nil
}

// w3cDate reads a date of the W3C's profile of ISO 8601, of which the year is enough.
func w3cDate(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, strings.TrimSpace(s)); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
