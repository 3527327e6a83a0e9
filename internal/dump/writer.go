package dump

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/fxamacker/cbor/v2"
)

var errClosed = errors.New("dump: the writer is closed")

// Writer writes an export. It is not safe for concurrent use. After its first error it writes nothing more, so
// that what it wrote has no trailer and is never taken for whole.
type Writer struct {
	w         io.Writer
	sum       hash.Hash
	print     printer
	statement []byte
	counts    counts
	err       error
}

// NewWriter begins an export. The header's Format is set to the one that is written; it may be zero.
func NewWriter(w io.Writer, h Header) (*Writer, error) {
	if h.Format != 0 && h.Format != Format {
		return nil, fmt.Errorf("dump: cannot write format %d", h.Format)
	}
	if h.Schema < 0 {
		return nil, fmt.Errorf("dump: cannot write schema %d", h.Schema)
	}
	at := h.Exported.UTC()
	if at.Year() < minYear || at.Year() > maxYear {
		return nil, fmt.Errorf("dump: cannot write the year %d", at.Year())
	}
	b := append([]byte(firstLine), '\n')
	b = strconv.AppendInt(append(b, "-- format: "...), Format, 10)
	b = strconv.AppendInt(append(b, "\n-- schema: "...), int64(h.Schema), 10)
	b, err := appendHeaderText(b, "library", h.Library)
	if err != nil {
		return nil, err
	}
	b = appendDatetime(append(b, "\n-- exported: "...), at)
	if b, err = appendHeaderText(b, "context", h.Context); err != nil {
		return nil, err
	}
	if b, err = appendHeaderText(b, "description", h.Description); err != nil {
		return nil, err
	}
	writer := &Writer{w: w, sum: sha256.New()}
	if err := writer.write(append(b, "\nOPTION IMPORT;\n"...)); err != nil {
		return nil, err
	}
	return writer, nil
}

// appendHeaderText appends a line of the header. The text is quoted: a comment ends with its line, and what
// came after it would be run by whoever loads the file.
func appendHeaderText(b []byte, name, text string) ([]byte, error) {
	if !utf8.ValidString(text) {
		return nil, fmt.Errorf("dump: header: the %s is not UTF-8", name)
	}
	start := len(b)
	b = append(append(append(b, "\n-- "...), name...), ": "...)
	b = appendQuoted(b, []byte(text), '"')
	if len(b)-start > maxLine/2 {
		return nil, fmt.Errorf("dump: header: the %s has %d bytes", name, len(text))
	}
	return b, nil
}

// Rows writes rows of a table, each the CBOR of one object as SurrealDB returns it, with its id and, for an
// edge, in and out. It may be called often for a table. It keeps nothing of rows. A row that the form cannot
// hold is a *RowError.
func (w *Writer) Rows(table string, kind Kind, rows []cbor.RawMessage) error {
	if w.err != nil {
		return w.err
	}
	if table == "" || len(table) > maxLine/8 || !utf8.ValidString(table) {
		return w.fail(fmt.Errorf("dump: not a name of a table: %q", table))
	}
	w.statement = w.statement[:0]
	count := 0 // rows in the statement
	for i, row := range rows {
		w.print.out = w.print.out[:0]
		if err := w.print.row(table, kind, row); err != nil {
			return w.fail(&RowError{table, i, string(w.print.field), err.Error()})
		}
		if count == maxRows || count > 0 && len(w.statement)+len(w.print.out) > maxStatement {
			if err := w.end(); err != nil {
				return err
			}
			count = 0
		}
		if count == 0 {
			w.begin(table, kind)
		} else {
			w.statement = append(w.statement, ",\n"...)
		}
		w.statement = append(w.statement, w.print.out...)
		count++
	}
	if count > 0 {
		if err := w.end(); err != nil {
			return err
		}
	}
	w.counts.add(table, len(rows))
	return nil
}

func (w *Writer) begin(table string, kind Kind) {
	w.statement = append(w.statement[:0], "INSERT "...)
	if kind == Relation {
		w.statement = append(w.statement, "RELATION "...)
	}
	w.statement = appendTable(append(w.statement, "INTO "...), []byte(table))
	w.statement = append(w.statement, " [\n"...)
}

func (w *Writer) end() error {
	w.statement = append(w.statement, "\n];\n"...)
	return w.write(w.statement)
}

// Close writes the trailer, without which the export is not whole. It does not close the writer below. If the
// Writer failed, it writes nothing and returns that error.
func (w *Writer) Close() error {
	if w.err != nil {
		return w.err
	}
	b := w.counts.append(append([]byte(trailerLine), '\n'))
	if err := w.write(b); err != nil {
		return err
	}
	b = hex.AppendEncode(append(b[:0], sumPrefix...), w.sum.Sum(nil))
	if err := w.write(append(b, '\n')); err != nil {
		return err
	}
	w.err = errClosed
	return nil
}

func (w *Writer) write(b []byte) error {
	if _, err := w.w.Write(b); err != nil {
		return w.fail(fmt.Errorf("dump: write: %w", err))
	}
	w.sum.Write(b)
	return nil
}

func (w *Writer) fail(err error) error {
	w.err = err
	return err
}

// counts are the numbers of rows by table, in the order in which the tables came first.
type counts struct {
	tables []string
	rows   map[string]int
}

func (c *counts) add(table string, rows int) {
	if rows == 0 {
		return
	}
	if c.rows[table] == 0 {
		c.tables = append(c.tables, table)
	}
	if c.rows == nil {
		c.rows = map[string]int{}
	}
	c.rows[table] += rows
}

// append appends the lines of the trailer that tell the counts.
func (c *counts) append(b []byte) []byte {
	for _, table := range c.tables {
		b = strconv.AppendInt(append(b, rowsPrefix...), int64(c.rows[table]), 10)
		b = append(appendTable(append(b, ' '), []byte(table)), '\n')
	}
	return b
}
