package recall

import (
	"context"
	"iter"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// loadBatch is the number of rows that are embedded and indexed at a time during a load.
const loadBatch = 1000

// Load reads a view from a source. Rows that were read and embedded are indexed while the next rows are read and embedded.
func Load(ctx context.Context, s store.Source, embed Embed) (_ *View, err error) {
	v := NewView()
	v.known.loading = true
	defer v.known.loaded()
	batches, failed := make(chan store.Write), make(chan error, 1)
	go func() {
		failed <- v.index.Fill(func() (failure error) {
			for w := range batches {
				if failure == nil {
					failure = v.add(w)
				}
			}
			return failure
		})
	}()
	// The goroutine ends when this function returns.
	defer func() {
		close(batches)
		if failure := <-failed; err == nil && failure != nil {
			err = failure
		}
	}()
	l := loader{take: func(w store.Write) error {
		if embed != nil {
			if err := EmbedWrite(ctx, &w, embed); err != nil {
				return err
			}
		}
		batches <- w
		return nil
	}}
	if err := v.readNames(ctx, s); err != nil {
		return nil, err
	}
	err = each(s.Chunks(ctx), func(c record.Chunk) error {
		if l.Chunks == nil {
			l.Chunks = make([]record.Chunk, 0, loadBatch)
		}
		l.Chunks = append(l.Chunks, c)
		return l.flush(loadBatch)
	})
	if err != nil {
		return nil, err
	}
	return v, l.readFacts(ctx, s)
}

// Restore reads a view from a copy with its index, which has the data derived from texts. embed computes the vectors that the index
// does not have. Restore fails if the copy is from a version that derives other data.
func Restore(ctx context.Context, s store.Indexed, embed Embed) (*View, error) {
	v := NewView()
	var err error
	if v.index, err = index.Restore(entryForm, s.Index(ctx)); err != nil {
		return nil, err
	}
	if embed != nil {
		err = v.index.Embed(loadBatch, func(texts []string) ([][]float32, error) { return embed(ctx, texts) })
		if err != nil {
			return nil, err
		}
	}
	v.known.loading = true
	defer v.known.loaded()
	v.said.first = make(map[string]string, v.index.Len())
	for e := range v.index.All() {
		if c := chunkOf(&e); c != nil {
			v.said.put(c)
		}
	}
	if err := v.readNames(ctx, s); err != nil {
		return nil, err
	}
	l := loader{take: func(w store.Write) error { v.create(w); return nil }}
	return v, l.readFacts(ctx, s)
}

// loader collects rows into batches.
type loader struct {
	store.Write
	take func(store.Write) error
}

func (l *loader) flush(least int) error {
	w := l.Write
	if len(w.Chunks)+len(w.Create)+len(w.Instructions) < least {
		return nil
	}
	l.Write = store.Write{}
	return l.take(w)
}

// readNames reads entities and sessions, which are in no index.
func (v *View) readNames(ctx context.Context, s store.Memory) error {
	err := each(s.Entities(ctx), func(e record.Entity) error { v.known.putEntity(e); return nil })
	if err != nil {
		return err
	}
	return each(s.Sessions(ctx), func(session record.Session) error { v.said.putSession(session); return nil })
}

// readFacts reads everything after the chunks.
func (l *loader) readFacts(ctx context.Context, s store.Memory) error {
	err := each(s.Facts(ctx), func(f record.Fact) error {
		l.Create = append(l.Create, f)
		return l.flush(loadBatch)
	})
	if err != nil {
		return err
	}
	err = each(s.Instructions(ctx), func(i record.Instruction) error {
		l.Instructions = append(l.Instructions, i)
		return nil
	})
	if err != nil {
		return err
	}
	err = each(s.Questions(ctx), func(q record.OpenQuestion) error {
		l.Questions = append(l.Questions, q)
		return nil
	})
	if err != nil {
		return err
	}
	return l.flush(0)
}

// each calls take with every row, until the first error.
func each[T any](rows iter.Seq2[T, error], take func(T) error) error {
	for r, err := range rows {
		if err != nil {
			return err
		}
		if err := take(r); err != nil {
			return err
		}
	}
	return nil
}

// add adds the rows of a load.
func (v *View) add(w store.Write) error {
	created, err := v.index.Prepare(created(w)...)
	if err != nil {
		return err
	}
	v.create(w)
	return v.index.Commit(created)
}
