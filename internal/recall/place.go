package recall

import (
	"cmp"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// Place is a position in the order of sessions, or of documents: the time of creation, then the id.
type Place struct {
	At time.Time
	ID string
}

// PlaceOf returns the position of a session.
func PlaceOf(s record.Session) Place { return placeOf(s.CreatedAt, s.ID) }

// PlaceOfDocument returns the position of a document.
func PlaceOfDocument(d record.Document) Place { return placeOf(d.CreatedAt, d.ID) }

func placeOf(at time.Time, id string) Place {
	return Place{at.Round(0), id} // a monotonic reading is not stored
}

func (p Place) compare(other Place) int {
	return cmp.Or(p.At.Compare(other.At), strings.Compare(p.ID, other.ID))
}

// Cursor returns the cursor after the position.
func (p Place) Cursor() string { return p.At.UTC().Format(time.RFC3339Nano) + "/" + p.ID }

// ParsePlace returns the position of a cursor; of "" the zero Place, which is before the newest. It reports whether it is one.
func ParsePlace(cursor string) (p Place, ok bool) {
	if cursor == "" {
		return p, true
	}
	at, id, ok := strings.Cut(cursor, "/")
	var err error
	p.At, err = time.Parse(time.RFC3339Nano, at)
	p.ID = id
	return p, ok && err == nil
}
