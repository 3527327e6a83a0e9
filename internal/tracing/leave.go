package tracing

import (
	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// Leave leaves the trace of a question of a caller, and returns its id; "": it leaves none.
func Leave(by *gate.Call, r record.Retrieval) string {
	if r.ID = by.Live.TraceID(store.TableRetrieval); r.ID == "" {
		return ""
	}
	r.Principal, r.Region = by.Principal.ID, by.Region(authz.MemoryRead).Written()
	if by.Behalf != nil {
		r.Behalf = by.Behalf.ID
	}
	if by.Key != nil {
		r.Key = by.Key.ID
	}
	by.Live.NoteRetrieval(r)
	return r.ID
}
