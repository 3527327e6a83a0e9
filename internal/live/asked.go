package live

import (
	"sync"

	"github.com/spectron-go/spectron/internal/record"
)

// asked has the words of questions that left a trace. They are never stored: a question may quote what was erased before it was asked, and no
// record would say so. Its zero value is empty.
type asked struct {
	mu    sync.Mutex // guards the fields below; readers of traces and the goroutine that stores them use it
	texts map[string]string
	order []string // ids, oldest first
	bytes int
}

// maxAsked and maxAskedBytes limit the questions of a Context whose words are kept. The oldest go first.
const (
	maxAsked      = 4096
	maxAskedBytes = 1 << 20
)

// keep takes the words of questions out of traces that are about to be stored: all of a retrieval, and the question of a reflection. What a
// user said in a chat is stored as a turn too, and erased together with it.
func (a *asked) keep(retrievals []record.Retrieval, responses []record.Response) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for i := range retrievals {
		a.add(retrievals[i].ID, retrievals[i].Text)
		retrievals[i].Text = ""
	}
	for i := range responses {
		if responses[i].Source == record.ResponseReflect {
			a.add(responses[i].ID, responses[i].Message)
			responses[i].Message = ""
		}
	}
}

// add keeps the words of one question. The caller holds mu.
func (a *asked) add(id, text string) {
	if text == "" {
		return
	}
	if a.texts == nil {
		a.texts = map[string]string{}
	}
	a.texts[id] = text
	a.order, a.bytes = append(a.order, id), a.bytes+len(text)
	for len(a.order) > maxAsked || a.bytes > maxAskedBytes {
		a.bytes -= len(a.texts[a.order[0]])
		delete(a.texts, a.order[0])
		a.order = a.order[1:]
	}
}

// remove forgets the words of questions whose traces were erased.
func (a *asked) remove(ids []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, id := range ids {
		a.bytes -= len(a.texts[id])
		delete(a.texts, id) // its place in order is freed when it is the oldest
	}
}

// Asked returns the words of the question that left a trace; "": they are not known any more.
func (s *Context) Asked(trace string) string {
	s.asked.mu.Lock()
	defer s.asked.mu.Unlock()
	return s.asked.texts[trace]
}
