package parse

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

const (
	rowsOfBlock = 200
	// sampledRows are the rows that tell what separates the columns, and whether the first row names them.
	sampledRows = 20
)

// readCSV reads a table. Each row is a line that can be understood alone: with the names of the columns before the values if the first row names
// them, and values without text left out. The rows are in blocks of 200.
func readCSV(b *builder, file Source) error {
	r, err := b.decoded(file, nil)
	if err != nil {
		return err
	}
	source := &rowSource{r: r, limit: b.limits.Text + 128<<10}
	buffered := bufio.NewReaderSize(source, bufferOf(file))
	head, _ := buffered.Peek(bufferOf(file))
	comma, line := delimiter(head)
	if _, err := buffered.Discard(line); err != nil {
		return err
	}
	t := tableReader{b: b}
	rows, sample := newCSVReader(buffered, comma), [][]string{}
	for {
		source.read = 0
		row, err := rows.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return damagedCSV(err)
		}
		if sample == nil {
			if err := t.row(row); err != nil {
				return err
			}
			continue
		}
		if sample = append(sample, append([]string(nil), row...)); len(sample) >= sampledRows {
			if err := t.begin(sample); err != nil {
				return err
			}
			sample = nil
		}
	}
	if err := t.begin(sample); err != nil {
		return err
	}
	return t.flush()
}

func newCSVReader(r io.Reader, comma rune) *csv.Reader {
	rows := csv.NewReader(r)
	rows.Comma, rows.LazyQuotes, rows.FieldsPerRecord, rows.ReuseRecord = comma, true, -1, true
	return rows
}

func damagedCSV(err error) error {
	var syntax *csv.ParseError
	if errors.As(err, &syntax) {
		return fmt.Errorf("%w: no row of a table in line %d", ErrDamaged, syntax.Line)
	}
	return err
}

// rowSource ends a file in which one row has more bytes than the limit: a quote that is never closed.
type rowSource struct {
	r           io.Reader
	read, limit int
}

func (s *rowSource) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if s.read += n; s.read > s.limit {
		return 0, fmt.Errorf("%w: a row of more than %d bytes", ErrTooLarge, s.limit)
	}
	return n, err
}

// delimiter returns what separates the columns: the character by which most rows have as many columns as the first. It also returns the bytes of
// the line sep= before the table, which some programs write.
func delimiter(head []byte) (rune, int) {
	if first, _, found := bytes.Cut(head, []byte{'\n'}); found {
		if sep := strings.TrimRight(string(first), "\r"); len(sep) == 5 && strings.HasPrefix(sep, "sep=") && strings.ContainsAny(sep[4:], ",;\t|") {
			return rune(sep[4]), len(first) + 1
		}
	}
	best, most := ',', 0
	for _, comma := range ",;\t|" {
		rows := newCSVReader(bytes.NewReader(head), comma)
		columns, same, read := 0, 0, 0
		for ; read < sampledRows; read++ {
			row, err := rows.Read()
			if err != nil {
				break
			}
			if read == 0 {
				columns = len(row)
			}
			if len(row) == columns {
				same++
			}
		}
		if columns < 2 {
			continue
		}
		if score := 1000*same/read + min(columns, 99); score > most {
			best, most = comma, score
		}
	}
	return best, 0
}

// tableReader writes the rows of a table.
type tableReader struct {
	b     *builder
	names []string // of the columns; nil if the table does not name them
	words flow
	rows  int // in words
}

// begin takes the first rows.
func (t *tableReader) begin(rows [][]string) error {
	if len(rows) > 1 && namesColumns(rows) {
		for _, name := range rows[0] {
			t.names = append(t.names, strings.TrimSpace(inLine.Replace(name)))
		}
		rows = rows[1:]
	}
	for _, row := range rows {
		if err := t.row(row); err != nil {
			return err
		}
	}
	return nil
}

// namesColumns reports whether the first row names the columns: there are two or more, all with different names that are no numbers, and
// no row below has the name of a column as its value.
func namesColumns(rows [][]string) bool {
	seen := map[string]bool{}
	for i, name := range rows[0] {
		name = strings.TrimSpace(name)
		if _, err := strconv.ParseFloat(strings.ReplaceAll(name, ",", "."), 64); err == nil || name == "" || len(name) > 100 || seen[name] || !parseDate(name).IsZero() {
			return false
		}
		seen[name] = true
		for _, row := range rows[1:] {
			if i < len(row) && strings.TrimSpace(row[i]) == name {
				return false
			}
		}
	}
	return len(seen) > 1
}

func (t *tableReader) row(row []string) error {
	cells := 0
	for i, value := range row {
		if value = strings.TrimSpace(clean(value)); value == "" {
			if t.names == nil && cells > 0 {
				t.words.cell()
			}
			continue
		}
		if err := t.b.collects(len(t.words.text) + len(value)); err != nil {
			return err
		}
		switch {
		case cells == 0:
			t.words.before("\n")
		case t.names != nil:
			t.words.before("; ")
		default:
			t.words.cell()
		}
		cells++
		if i < len(t.names) {
			t.words.verbatim([]byte(t.names[i]))
			t.words.verbatim([]byte(": "))
		}
		t.words.value(value)
	}
	t.words.pending = t.words.pending[:0]
	if cells == 0 {
		return nil
	}
	if t.rows++; t.rows >= rowsOfBlock {
		return t.flush()
	}
	return nil
}

func (t *tableReader) flush() error {
	err := t.b.block(Table, 0, t.words.parts()...)
	t.words.reset()
	t.rows = 0
	return err
}
