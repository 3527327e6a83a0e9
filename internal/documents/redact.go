package documents

import (
	"strings"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/guard"
	"github.com/spectron-go/spectron/internal/parse"
)

// redact replaces personal data in a text. Blocks move; links keep their targets only.
func redact(t *parse.Text) {
	t.Title, _ = guard.Redact(t.Title)
	var body strings.Builder
	last := 0
	for i := range t.Blocks {
		b := &t.Blocks[i]
		body.WriteString(t.Body[last:b.Start])
		last = b.End
		words, _ := guard.Redact(t.Body[b.Start:b.End])
		b.Start = body.Len()
		body.WriteString(words)
		b.End = body.Len()
	}
	body.WriteString(t.Body[last:])
	t.Body = body.String()
	for i := range t.Links {
		target, _ := guard.Redact(t.Links[i].Target)
		t.Links[i] = parse.Link{Target: target}
	}
}

// redactFields replaces personal data in texts of a caller, if the Context redacts it.
func redactFields(by *gate.Call, fields ...*string) {
	if !by.Live.Settings.Load().RedactsPII {
		return
	}
	for _, f := range fields {
		*f, _ = guard.Redact(*f)
	}
}
