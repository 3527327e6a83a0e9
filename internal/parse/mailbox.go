package parse

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
)

// readMailbox reads the mails of an mbox file, each a section. A mail that is damaged or encrypted has its header only, or is left out.
func readMailbox(b *builder, file Source) error {
	box := &mailbox{r: bufio.NewReaderSize(b.content(file), bufferOf(file)), blank: true}
	if _, err := io.Copy(io.Discard, box); err != nil { // what is before the first mail
		return err
	}
	if !box.more {
		return fmt.Errorf("%w: no mailbox", ErrDamaged)
	}
	for box.next() {
		m := mailReader{b: b, named: true}
		if err := m.message(box, 1); err != nil && !errors.Is(err, ErrDamaged) {
			return err
		}
		if _, err := io.Copy(io.Discard, box); err != nil {
			return err
		}
	}
	return nil
}

// mailbox reads one mail of an mbox file at a time, to its end. The mails begin after a line with "From ", a sender and a time.
type mailbox struct {
	r       *bufio.Reader
	rest    []byte // of the line that is being read
	within  bool   // the rest of a line follows that was longer than the buffer
	blank   bool   // the last line was empty
	more    bool   // the mail ended because the next begins
	stopped bool
}

// next begins the next mail.
func (m *mailbox) next() bool {
	begins := m.more
	m.more, m.stopped, m.blank = false, false, false
	return begins
}

var mailBegins = regexp.MustCompile(`^From .*\d{1,2}:\d{2}`)

func (m *mailbox) Read(p []byte) (int, error) {
	for len(m.rest) == 0 {
		if m.stopped {
			return 0, io.EOF
		}
		line, err := m.r.ReadSlice('\n')
		if err != nil && err != bufio.ErrBufferFull && (err != io.EOF || len(line) == 0) {
			m.stopped = true
			return 0, err
		}
		starts := !m.within
		m.within = err == bufio.ErrBufferFull
		if starts {
			if m.blank && mailBegins.Match(line[:min(len(line), 500)]) {
				m.more, m.stopped = true, true
				return 0, io.EOF
			}
			if quoted := bytes.TrimLeft(line, ">"); len(quoted) < len(line) && bytes.HasPrefix(quoted, []byte("From ")) {
				line = line[1:]
			}
		}
		m.blank = starts && len(bytes.TrimRight(line, "\r\n")) == 0
		m.rest = line
	}
	n := copy(p, m.rest)
	m.rest = m.rest[n:]
	return n, nil
}
