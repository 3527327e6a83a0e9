package parse

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// readJSON reads one JSON document, or several ones that follow each other. Each leaf is a line: its path and its value. Records, which are the
// objects of an array and the documents of a file with several, are blocks of their own; arrays within them have their indices in the path. Nulls
// and empty strings are left out.
func readJSON(b *builder, file Source) error {
	r, err := b.decoded(file, nil)
	if err != nil {
		return err
	}
	buffered := bufio.NewReaderSize(r, bufferOf(file))
	head, _ := buffered.Peek(bufferOf(file))
	j := &jsonReader{b: b, several: severalDocuments(head)}
	decoder := json.NewDecoder(buffered)
	decoder.UseNumber()
	for {
		token, err := decoder.Token()
		switch {
		case err == io.EOF && len(j.frames) == 0:
			return nil
		case err != nil:
			return damagedJSON(err, decoder.InputOffset())
		}
		if err := j.token(token); err != nil {
			return err
		}
	}
}

// damagedJSON returns ErrDamaged for errors that are not those of reading. The decoder's own text quotes the file.
func damagedJSON(err error, at int64) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: no JSON after byte %d", ErrDamaged, at)
	}
	return err
}

// severalDocuments reports whether the first line is an object, and something follows it.
func severalDocuments(head []byte) bool {
	head = bytes.TrimSpace(head)
	line, rest, _ := bytes.Cut(head, []byte{'\n'})
	return len(line) > 0 && line[0] == '{' && len(bytes.TrimSpace(rest)) > 0 && json.Valid(line)
}

// jsonReader writes the leaves of documents.
type jsonReader struct {
	b       *builder
	words   flow
	frames  []jsonFrame
	path    []byte
	record  int  // the number of open frames at the record that is read; 0 outside of records
	several bool // each document is a record
}

// jsonFrame is an open object or array.
type jsonFrame struct {
	array  bool
	inName bool // the next token names a member
	path   int  // the length of its path
	index  int  // elements so far
	inLine bool // the line being written is one of scalars of this array
}

func (j *jsonReader) token(token json.Token) error {
	if delim, ok := token.(json.Delim); ok {
		if delim == '}' || delim == ']' {
			return j.close()
		}
		return j.open(delim == '[')
	}
	if f := j.top(); f != nil && f.inName {
		name, _ := token.(string)
		f.inName = false
		j.path = j.path[:f.path]
		if f.path > 0 {
			j.path = append(j.path, '.')
		}
		j.path = append(j.path, inLine.Replace(name)...)
		return nil
	}
	return j.leaf(token)
}

func (j *jsonReader) top() *jsonFrame {
	if len(j.frames) == 0 {
		return nil
	}
	return &j.frames[len(j.frames)-1]
}

func (j *jsonReader) open(array bool) error {
	if len(j.frames) >= j.b.limits.Depth {
		return j.b.tooDeep()
	}
	parent := j.top()
	inArray := parent != nil && parent.array
	if inArray {
		parent.inLine = false
		j.path = j.path[:parent.path]
	}
	begins := !array && j.record == 0 && (inArray || parent == nil && j.several)
	switch {
	case begins:
		if err := j.flush(); err != nil {
			return err
		}
		j.record = len(j.frames) + 1
	case inArray && len(j.path) > 0:
		j.path = append(strconv.AppendInt(append(j.path, '['), int64(parent.index), 10), ']')
	}
	j.frames = append(j.frames, jsonFrame{array: array, inName: !array, path: len(j.path)})
	return j.b.collects(len(j.path))
}

func (j *jsonReader) close() error {
	if j.record == len(j.frames) {
		j.record = 0
		if err := j.flush(); err != nil {
			return err
		}
	}
	j.frames = j.frames[:len(j.frames)-1]
	return j.next()
}

// next ends a value.
func (j *jsonReader) next() error {
	f := j.top()
	if f == nil {
		j.path = j.path[:0]
		return j.flush()
	}
	f.index++
	f.inName = !f.array
	return nil
}

func (j *jsonReader) leaf(token json.Token) error {
	value := ""
	switch token := token.(type) {
	case string:
		value = token
	case json.Number:
		value = token.String()
	case bool:
		value = strconv.FormatBool(token)
	}
	if err := j.b.collects(len(j.words.text) + len(j.path) + len(value)); err != nil {
		return err
	}
	if value == "" {
		return j.next()
	}
	f := j.top()
	if f != nil && f.array && f.inLine {
		j.words.before(", ")
	} else {
		j.words.before("\n")
		if f != nil && f.array {
			j.path = j.path[:f.path]
			f.inLine = true
		}
		if len(j.path) > 0 {
			j.words.verbatim(j.path)
			j.words.verbatim([]byte(": "))
		}
	}
	j.words.value(value)
	return j.next()
}

func (j *jsonReader) flush() error {
	err := j.b.block(Paragraph, 0, j.words.parts()...)
	j.words.reset()
	return err
}
