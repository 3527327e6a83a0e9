package parse

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // the encodings of old mails
	"github.com/emersion/go-message/mail"
	"golang.org/x/text/encoding/charmap"
)

// maxMailDepth is the nesting of the parts of a mail that is read: each level reads through all levels above it.
const maxMailDepth = 32

// readMail reads one mail: a heading with its subject, a paragraph with who wrote it to whom and when, and its words. Attachments are named only.
func readMail(b *builder, file Source) error {
	m := mailReader{b: b}
	if err := m.message(b.content(file), 1); err != nil {
		return err
	}
	b.text.Title, b.text.Date = m.subject, m.header.date
	if m.encrypted {
		return ErrEncrypted
	}
	return nil
}

// mailReader reads the parts of one mail.
type mailReader struct {
	b           *builder
	header      mailHeader
	subject     string
	parts       int
	messages    int // open ones: the mail, and those within it
	encrypted   bool
	named       bool // the mail gets a heading although it has no subject
	attachments []string
}

// message reads a mail, and those within it as sections of a deeper level.
func (m *mailReader) message(r io.Reader, depth int) error {
	m.messages++
	defer func() { m.messages-- }()
	entity, err := message.Read(r)
	if err := m.failed(entity, err); err != nil {
		return err
	}
	header := headerOf(&entity.Header)
	if m.messages == 1 {
		m.header, m.subject = header, header.subject
	}
	if header.subject == "" && m.named {
		header.subject = "(no subject)"
	}
	if err := m.b.block(Heading, m.messages, part{text: header.subject}); err != nil {
		return err
	}
	if err := m.b.block(Paragraph, 0, part{text: header.lines}); err != nil {
		return err
	}
	if err := m.part(entity, depth); err != nil {
		return err
	}
	if m.messages > 1 || len(m.attachments) == 0 {
		return nil
	}
	lines := "Attachments:\n" + strings.Join(m.attachments, "\n")
	return m.b.block(Paragraph, 0, part{text: lines})
}

// failed returns the error of reading an entity, nil if the entity can be used. The library's own text quotes the mail.
func (m *mailReader) failed(entity *message.Entity, err error) error {
	if err == nil || entity != nil && (message.IsUnknownCharset(err) || message.IsUnknownEncoding(err)) {
		return nil
	}
	if m.b.broken != nil {
		return m.b.broken
	}
	return fmt.Errorf("%w: no header of a mail", ErrDamaged)
}

// mailHeader is what is shown of a header.
type mailHeader struct {
	subject string
	lines   string
	date    time.Time
}

// part reads a part and those within it.
func (m *mailReader) part(entity *message.Entity, depth int) error {
	if m.parts++; m.parts > m.b.limits.Parts {
		return fmt.Errorf("%w: more than %d parts", ErrTooLarge, m.b.limits.Parts)
	}
	if depth > min(m.b.limits.Depth, maxMailDepth) {
		return fmt.Errorf("%w: more than %d levels of nesting", ErrTooLarge, min(m.b.limits.Depth, maxMailDepth))
	}
	kind, parameters, _ := entity.Header.ContentType()
	kind = strings.ToLower(kind)
	disposition, file, _ := entity.Header.ContentDisposition()
	name := file["filename"]
	if name == "" {
		name = parameters["name"]
	}
	switch {
	case kind == "multipart/encrypted" || kind == "application/pkcs7-mime" || kind == "application/x-pkcs7-mime":
		m.encrypted = m.encrypted || !strings.EqualFold(parameters["smime-type"], "signed-data")
		return nil
	case strings.HasPrefix(kind, "multipart/"):
		return m.multipart(entity, kind, depth)
	case kind == "message/rfc822":
		err := m.message(entity.Body, depth+1)
		if errors.Is(err, ErrDamaged) {
			return nil
		}
		return err
	case kind == "application/pkcs7-signature" || kind == "application/x-pkcs7-signature" || kind == "application/pgp-signature":
		return nil
	case strings.EqualFold(disposition, "attachment") || kind != "" && !strings.HasPrefix(kind, "text/") || kind == "text/calendar":
		m.attach(name)
		return nil
	case kind == "text/html":
		return m.html(entity)
	}
	return m.plain(entity)
}

func (m *mailReader) attach(name string) {
	if decoded, err := new(mime.WordDecoder).DecodeHeader(name); err == nil {
		name = decoded
	}
	if name = oneLine(name, maxTitle); name != "" {
		m.attachments = append(m.attachments, name)
	}
}

// multipart reads the parts of a part. Of alternatives it reads one: the first with words that is not HTML, otherwise the HTML.
func (m *mailReader) multipart(entity *message.Entity, kind string, depth int) error {
	parts := entity.MultipartReader()
	if parts == nil {
		return nil
	}
	alternative, before := kind == "multipart/alternative", len(m.b.text.Blocks)
	var page []byte
	for {
		inner, _ := parts.NextPart() // a part in an unknown encoding comes with an error, and can be read
		if m.b.broken != nil {
			return m.b.broken
		}
		if inner == nil {
			break // the end, or damage: what follows is left out
		}
		if alternative {
			if len(m.b.text.Blocks) > before {
				break
			}
			if kind, _, _ := inner.Header.ContentType(); strings.EqualFold(kind, "text/html") {
				var err error
				if page, err = m.body(inner); err != nil {
					return err
				}
				continue
			}
		}
		if err := m.part(inner, depth+1); err != nil {
			return err
		}
	}
	if page != nil && len(m.b.text.Blocks) == before {
		return m.b.html(bytes.NewReader(page))
	}
	return nil
}

// body returns the content of a part as UTF-8. Of a damaged encoding it returns what can be decoded.
func (m *mailReader) body(entity *message.Entity) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(entity.Body, 2*int64(m.b.limits.Text)+2<<10))
	if err != nil && m.b.broken != nil {
		return nil, m.b.broken
	}
	if err := m.b.collects(len(content)); err != nil {
		return nil, err
	}
	if !utf8.Valid(content) {
		return charmap.Windows1252.NewDecoder().Bytes(content)
	}
	return content, nil
}

func (m *mailReader) html(entity *message.Entity) error {
	page, err := m.body(entity)
	if err != nil {
		return err
	}
	return m.b.html(bytes.NewReader(page))
}

func (m *mailReader) plain(entity *message.Entity) error {
	content, err := m.body(entity)
	if err != nil {
		return err
	}
	if bytes.HasPrefix(bytes.TrimSpace(content), []byte("-----BEGIN PGP MESSAGE-----")) {
		m.encrypted = true
		return nil
	}
	p := &plainReader{b: m.b, mail: true}
	if err := m.b.lines(bytes.NewReader(content), p.line); err != nil {
		return err
	}
	return p.paragraph()
}

// headerOf returns what is shown of a header.
func headerOf(h *message.Header) mailHeader {
	var shown mailHeader
	var lines []string
	for _, key := range [...]string{"Subject", "From", "To", "Cc", "Date"} {
		value, err := h.Text(key)
		if err != nil {
			value = h.Get(key)
		}
		if !utf8.ValidString(value) {
			value, _ = charmap.Windows1252.NewDecoder().String(value)
		}
		value = oneLine(value, 4*maxTitle)
		switch {
		case key == "Subject":
			shown.subject = value
		case value != "":
			lines = append(lines, key+": "+value)
		}
	}
	shown.lines = strings.Join(lines, "\n")
	if date, err := (&mail.Header{Header: *h}).Date(); err == nil && date.Year() > 0 {
		shown.date = date.UTC()
	}
	return shown
}
