package record

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of documents.
const (
	MaxVersions = 999_999 // how often a document is processed
	MaxPassages = 200_000 // of a document
	MaxKeywords = 5       // of a document
	MaxLinks    = 1000    // of a document
	MaxTitle    = 1 << 10 // bytes of a title, a name or a source
	MaxProse    = 100     // parts of a passage that are prose
)

// SectionSeparator stands between the headings of a path.
const SectionSeparator = " > "

// Document is a file that was uploaded, with what was made of it.
type Document struct {
	ID         string // "document:…"
	File              // that its passages were made of, or the first file while there are none
	Title      string // that the caller gave, or else that the file has
	Titled     bool   // the caller gave the title
	Source     string // where the file is from, as the caller says: a URL, a path
	Scopes     ScopeSet
	Labels     []string
	Silent     bool      // no facts are taken from it
	Unread     string    // which passages a model should have read and has not, and why
	ObservedAt time.Time // when what it says held; zero: unknown
	Dated      bool      // the caller gave that time
	Version    int       // of the passages; 0: it has none yet
	Passages   int
	Keywords   []Keyword
	Links      []string // targets as the file has them, each once
	// Next is a file that is being processed, or whose processing has failed; nil: none. The passages serve meanwhile.
	Next        *NextFile
	Principal   string // id of the caller's principal
	CreatedAt   time.Time
	UpdatedAt   time.Time
	StartedAt   time.Time // of the last processing
	CompletedAt time.Time
}

// Files returns the files whose bytes are stored for the document.
func (d *Document) Files() (files []File) {
	if d.Blob != "" {
		files = append(files, d.File)
	}
	if d.Next != nil && d.Next.Blob != d.Blob {
		files = append(files, d.Next.File)
	}
	return files
}

// Newest returns the file that was uploaded last.
func (d *Document) Newest() File {
	if d.Next != nil {
		return d.Next.File
	}
	return d.File
}

// At returns the time that the document is of: that of what it says, or else of its file.
func (d *Document) At() time.Time {
	switch {
	case !d.ObservedAt.IsZero():
		return d.ObservedAt
	case !d.File.Uploaded.IsZero():
		return d.File.Uploaded
	}
	return d.CreatedAt
}

// File is a file as it was uploaded.
type File struct {
	Name      string // as the caller gave it; "" if it has none
	MediaType string
	Size      int64     // in bytes
	Hash      string    // BLAKE3 of its bytes, in hexadecimal
	Blob      string    // key of the stored bytes; "": they are not kept, because they may have personal data
	Uploaded  time.Time // when it was
}

// NextFile is a file that is to take the place of the passages of a document.
type NextFile struct {
	File
	Job    string // that processes it; "" once that has failed
	Code   string // of the failure
	Reason string
}

// Keyword is a phrase that a document is about.
type Keyword struct {
	Text       string  `cbor:"text"`       // as the document has it
	Normalised string  `cbor:"normalised"` // the same for all spellings, in upper case
	Score      float64 `cbor:"score"`
}

// Passage is a part of the text of a document, that a search finds by itself.
type Passage struct {
	ID       string // "chunk:…"; see PassageID of package store
	Document string // id
	Version  int
	Position int      // in the document, from 0
	Span              // in the text of the document
	Page     int      // on which it begins, from 1; 0 if the document has no pages
	Tokens   int      // estimated
	Repeats  int      // the position of an earlier passage that it nearly repeats, plus one; 0: none
	Section  []string // headings above it, outermost first
	Columns  string   // first line of the table that it continues; "": it continues none
	Title    string   // of the document
	Findings []string // kinds of prompt injections that it looks like
	Prose    []Span   // the parts of Text that are sentences and that no passage before has; at most MaxProse
	Text     string
	Vector   []float32
}

// Searched returns the text that a search finds the passage by, and the number of bytes before Text in it: the title of the document, the headings
// above the passage, and the names of the columns of a table that it continues. Its readers know these words too.
func (p *Passage) Searched() (text string, before int) {
	above := p.Section
	if p.Title != "" && (len(above) == 0 || above[0] != p.Title) {
		above = append([]string{p.Title}, above...)
	}
	head := ""
	for _, line := range []string{strings.Join(above, SectionSeparator), p.Columns} {
		if line != "" {
			head += line + "\n"
		}
	}
	return head + p.Text, len(head)
}

// Joined returns the text of consecutive passages of a document, without what they repeat of each other.
func Joined(passages []Passage) string {
	var b strings.Builder
	end := 0
	for i, p := range passages {
		text := p.Text
		switch {
		case i == 0:
		case p.Start < end:
			for n := end - p.Start; n > 0 && text != ""; n-- {
				_, size := utf8.DecodeRuneInString(text)
				text = text[size:]
			}
		default:
			b.WriteString("\n\n")
		}
		b.WriteString(text)
		end = max(end, p.End)
	}
	return b.String()
}
