package dump

import (
	"errors"
	"fmt"

	"github.com/surrealdb/surrealdb.go/pkg/models"

	"github.com/spectron-go/spectron/internal/surreal/wire"
)

// fields notes which of the fields that a row has to have it has. A row without its id would get another one
// where it is inserted, and one with the id of another table does not belong.
type fields struct{ id, in, out bool }

// check looks at one field of a row; value begins with its CBOR.
func (f *fields) check(name []byte, table string, kind Kind, value []byte) error {
	isID, isIn, isOut := string(name) == "id", string(name) == "in", string(name) == "out"
	if !isID && (kind != Relation || !isIn && !isOut) {
		return nil
	}
	of, ok := tableOf(value)
	switch {
	case !ok:
		return fmt.Errorf("%s is not a record id", name)
	case isID && string(of) != table:
		return fmt.Errorf("the id is of table %q", of)
	}
	f.id, f.in, f.out = f.id || isID, f.in || isIn, f.out || isOut
	return nil
}

// all returns an error if a field is not there.
func (f *fields) all(kind Kind) error {
	if !f.id {
		return errors.New("no id")
	}
	if kind == Relation && !(f.in && f.out) {
		return errors.New("an edge without in and out")
	}
	return nil
}

// tableOf returns the table of the record id that b begins with.
func tableOf(b []byte) ([]byte, bool) {
	c := cursor{b: b}
	if h, err := c.head(); err != nil || h.Major != wire.Tag || h.N != models.TagRecordID {
		return nil, false
	}
	if h, err := c.head(); err != nil || h.Major != wire.Array || h.N != 2 {
		return nil, false
	}
	h, err := c.head()
	if err != nil || h.Major != wire.Text {
		return nil, false
	}
	table, err := c.content(h.N)
	return table, err == nil
}
