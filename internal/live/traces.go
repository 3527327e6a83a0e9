package live

import (
	"sync"

	"github.com/spectron-go/spectron/internal/record"
)

// This file keeps the traces of questions and answers until they are stored, so that no caller waits for that.

const (
	// maxNotes and maxNotedBytes limit the traces of a Context that wait. Further ones are dropped. The bytes are those of their texts.
	maxNotes      = 512
	maxNotedBytes = 1 << 20
)

// notes has the traces of a Context that are not stored yet. Its zero value is empty.
type notes struct {
	mu         sync.Mutex // guards the fields below; every question adds to them
	retrievals []record.Retrieval
	responses  []record.Response
	bytes      int
	dropped    int // traces that found no place since the last flush
}

// admits reports whether a trace with texts of a size finds a place, and counts it. The caller holds mu.
func (n *notes) admits(size int) bool {
	if len(n.retrievals)+len(n.responses) == maxNotes || n.bytes+size > maxNotedBytes {
		n.dropped++
		return false
	}
	n.bytes += size
	return true
}

// TraceID returns an id for the trace of a question or an answer. It returns "" if that leaves no trace.
func (s *Context) TraceID(table string) string { return s.Core.NewID(table) }

// NoteRetrieval leaves the trace of a question. It neither waits nor fails; a trace may be lost. Without an ID it does nothing.
func (s *Context) NoteRetrieval(r record.Retrieval) {
	if r.ID == "" {
		return
	}
	n := &s.noted
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.admits(len(r.Text)) {
		n.retrievals = append(n.retrievals, r)
	}
}

// NoteResponse leaves the trace of an answer, as NoteRetrieval does.
func (s *Context) NoteResponse(r record.Response) {
	if r.ID == "" {
		return
	}
	n := &s.noted
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.admits(len(r.Message) + len(r.Text)) {
		n.responses = append(n.responses, r)
	}
}
