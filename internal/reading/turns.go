package reading

import (
	"context"
	"slices"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// The last turns of a session that a prompt has.
const (
	lastTurns      = 10
	lastCharacters = 8000
	turnPage       = 500
)

// FindTurn returns a turn that the caller may read and that was known at a point, numbered as the caller sees it.
func FindTurn(ctx context.Context, by *gate.Call, id string, at recall.Point) (out record.Turn, err error) {
	first, position, ok := by.Live.View.Load().TurnAt(ingest.ReaderOf(by, nil), id, at)
	if !ok {
		return out, unless(false)
	}
	// The chunks of early versions do not know the number of their turn: then the session is read from its beginning.
	for from, limit := first.Seq, 1; ; limit = turnPage {
		page, err := by.Live.Rows.Turns(ctx, first.Session, limit, from)
		if err != nil {
			return out, by.Live.Explain(ctx, err)
		}
		for _, t := range page {
			if t.ID == id {
				if position >= 0 {
					t.Seq = position
				}
				if _, err := ingest.FindSession(by, t.Session); err != nil {
					t.Session = "" // the caller may read the turn, but may not know the session
				}
				t.ForgottenAt = at.Ended(by.Live.View.Load().Forgotten(id))
				return t, nil
			}
			from = t.Seq + 1
		}
		if len(page) < limit {
			return out, unless(false) // it was erased meanwhile
		}
	}
}

// Last returns a session that the caller may read, with its last turns that the caller may read, oldest first: at most 10, with at most
// 8,000 characters together.
func Last(ctx context.Context, by *gate.Call, session string) (row record.Session, turns []record.Turn, err error) {
	if row, err = ingest.FindSession(by, session); err != nil {
		return row, nil, err
	}
	stored, ok := by.Live.View.Load().Session(row.ID)
	if !ok {
		return row, nil, nil // it was erased meanwhile
	}
	if turns, err = ingest.LastTurns(ctx, by, stored, nil, lastTurns); err != nil {
		return row, nil, err
	}
	characters := 0
	for i, t := range slices.Backward(turns) {
		if characters += utf8.RuneCountInString(t.Content); characters > lastCharacters {
			return row, turns[i+1:], nil
		}
	}
	return row, turns, nil
}
