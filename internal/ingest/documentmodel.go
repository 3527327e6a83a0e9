package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/llm"
	"github.com/spectron-go/spectron/internal/record"
)

const (
	// mostRead is how much prose of a document a model reads, in code points: about 100,000 tokens.
	mostRead = 400_000
	// readTogether is the number of passages that a model is asked about before the progress is told.
	readTogether = 80
)

// ModelReading is what a model adds to what rules read in the passages of a document. A model is shown the document alone, so that nothing
// which is stored elsewhere gets into what it adds.
type ModelReading struct {
	Added  map[string]record.Extraction // by the id of the passage
	Usage  llm.Usage
	Unread string // what it should have read and has not, with the reason; "": nothing
}

// reader returns the client that reads documents; nil: none does.
func reader(ctx context.Context, by *gate.Call, d *record.Document) (*llm.Client, error) {
	if now := by.Live.Settings.Load(); d.Silent || !now.Extracts || now.Entry.EnforcementBlocked {
		return nil, nil
	}
	return by.Live.Client(ctx, live.StageExtraction)
}

// ModelReads reports whether a model reads a document, which takes seconds.
func ModelReads(ctx context.Context, by *gate.Call, d *record.Document) bool {
	client, err := reader(ctx, by, d)
	return err != nil || client != nil
}

// ReadByModel lets the model of the Context read the passages of a document. Without a model it does nothing. A failure of the model leaves
// passages to the rules. The error is that of ctx.
func ReadByModel(ctx context.Context, by *gate.Call, d *record.Document, passages []record.Passage, progress func(done, total int)) (out ModelReading, err error) {
	client, err := reader(ctx, by, d)
	switch {
	case ctx.Err() != nil:
		return out, ctx.Err()
	case err != nil:
		out.Unread = shortened(err.Error())
		return out, nil
	case client == nil:
		return out, nil
	}
	in, parts, beyond := shownOf(ctx, by, d, passages)
	terms, err := by.Live.Ontology(ctx)
	if err != nil {
		return out, by.Live.Explain(ctx, err)
	}
	in.Terms = termsOf(terms.Spec())
	out.Added = map[string]record.Extraction{}
	failed, why := 0, ""
	screen := &draft{by: by, asked: &Asked{}}
	messages := in.Messages
	for done := 0; done < len(messages); done += readTogether {
		progress(done, len(messages))
		in.Messages = messages[done:min(done+readTogether, len(messages))]
		got, err := client.Extract(ctx, in)
		if err != nil {
			return out, err
		}
		out.Usage = llm.Sum(out.Usage, got.Usage)
		for i, x := range got.Extractions {
			if got.Failures[i] != "" {
				failed, why = failed+1, got.Failures[i]
			}
			if !x.Empty() {
				of := parts[done+i]
				out.Added[of.passage] = moved(thirdPerson(screen.screenAdded(x)), of.from)
			}
		}
	}
	switch {
	case failed > 0:
		out.Unread = fmt.Sprintf("%d of %d passages: %s", failed, len(messages)+beyond, shortened(why))
	case beyond > 0:
		out.Unread = fmt.Sprintf("%d of %d passages: a model reads the first %d characters", beyond, len(messages)+beyond, mostRead)
	}
	return out, nil
}

// shown is what a model is shown of a passage: its prose from a place on.
type shown struct {
	passage string // id
	from    int    // in code points
}

// moved returns an extraction from a text that begins at a place of another one, with the places in that. thirdPerson has left only these lists.
func moved(x record.Extraction, by int) record.Extraction {
	move := func(s *record.Span) { s.Start, s.End = s.Start+by, s.End+by }
	for i := range x.Entities {
		move(&x.Entities[i].Span)
	}
	for i := range x.Attributes {
		move(&x.Attributes[i].Span)
	}
	for i := range x.Relations {
		move(&x.Relations[i].Span)
	}
	for i := range x.Invalidations {
		move(&x.Invalidations[i].Span)
	}
	return x
}

// shownOf returns the passages that a model reads, and the number of those beyond the limit.
func shownOf(ctx context.Context, by *gate.Call, d *record.Document, passages []record.Passage) (in llm.Input, of []shown, beyond int) {
	size := 0
	for i := range passages {
		p := &passages[i]
		text := proseAt(passages, i)
		if text == "" {
			continue
		}
		if size += utf8.RuneCountInString(text); size > mostRead || ctx.Err() != nil {
			beyond++
			continue
		}
		whole := utf8.RuneCountInString(text)
		text = strings.TrimLeft(text, "\n")
		m := llm.Message{Text: text, Role: record.User, At: d.At(), Written: true, Read: true}
		if x, err := by.Live.Core.Opts.Extractor.Extract(ctx, writtenInput(text, d)); err == nil {
			m.Found = thirdPerson(withinLimits(x))
		}
		in.Messages, of = append(in.Messages, m), append(of, shown{p.ID, whole - utf8.RuneCountInString(text)})
	}
	return in, of, beyond
}

// completedBy returns what rules read in a passage, with what a model added.
func (t *Told) completedBy(passage string, x record.Extraction) record.Extraction {
	added, ok := t.Model.Added[passage]
	if !ok || added.Empty() {
		return x
	}
	x = merged(x, added, record.UserEntity)
	x.Uncertainties = slices.Clip(x.Uncertainties[:0:0]) // a document raises no questions
	return x
}
