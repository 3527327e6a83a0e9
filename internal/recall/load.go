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
		failed <- v.index.Fill(func() error {
			return v.library.index.Fill(func() (failure error) {
				for w := range batches {
					if failure == nil {
						failure = v.add(w)
					}
				}
				return failure
			})
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
	if err := l.readFacts(ctx, s); err != nil {
		return nil, err
	}
	return v, l.readLibrary(ctx, s)
}

// Restore reads a view from a copy with its index, which has the data derived from texts. embed computes the vectors that the index
// does not have. Restore fails if the copy is from a version that derives other data.
func Restore(ctx context.Context, s store.Indexed, embed Embed) (*View, error) {
	v := NewView()
	var err error
	if v.index, err = index.Restore(entryForm, s.Index(ctx)); err != nil {
		return nil, err
	}
	if v.library.index, err = index.Restore(libraryForm, s.Library(ctx)); err != nil {
		return nil, err
	}
	if embed != nil {
		for _, ix := range []*index.Index{v.index, v.library.index} {
			if err := ix.Embed(loadBatch, func(texts []string) ([][]float32, error) { return embed(ctx, texts) }); err != nil {
				return nil, err
			}
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
	if err := l.readFacts(ctx, s); err != nil {
		return nil, err
	}
	return v, v.library.restore(ctx, s)
}

// loader collects rows into batches.
type loader struct {
	store.Write
	take func(store.Write) error
}

func (l *loader) flush(least int) error {
	w := l.Write
	if len(w.Chunks)+len(w.Create)+len(w.Instructions)+len(w.Passages) < least {
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
	if err := v.index.Commit(created); err != nil || len(w.Documents) == 0 {
		return err
	}
	shelved, err := v.library.shelve(w.Documents, w.Passages)
	if err != nil {
		return err
	}
	return v.library.put(shelved)
}

// readLibrary reads the documents and their passages. All passages of a document are in its batch.
func (l *loader) readLibrary(ctx context.Context, s store.Memory) error {
	waiting := map[string]record.Document{}
	err := each(s.Documents(ctx), func(d record.Document) error { waiting[d.ID] = d; return nil })
	if err != nil {
		return err
	}
	end := func(id string) error {
		if d, ok := waiting[id]; ok {
			delete(waiting, id)
			l.Documents = append(l.Documents, d)
		}
		return l.flush(loadBatch)
	}
	last := ""
	err = each(s.Passages(ctx), func(p record.Passage) error {
		if p.Document != last {
			if err := end(last); err != nil {
				return err
			}
			last = p.Document
		}
		if d, ok := waiting[p.Document]; ok && d.Version == p.Version {
			l.Passages = append(l.Passages, p)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, d := range waiting { // the last, and those without passages
		l.Documents = append(l.Documents, d)
	}
	return l.flush(0)
}

// restore reads the documents and passages of a library whose index is complete.
func (l *library) restore(ctx context.Context, s store.Memory) error {
	files := map[string]*volume{}
	err := each(s.Documents(ctx), func(d record.Document) error { files[d.ID] = &volume{Document: d}; return nil })
	if err != nil {
		return err
	}
	err = each(s.Passages(ctx), func(p record.Passage) error {
		if f := files[p.Document]; f != nil && f.Version == p.Version {
			f.passages = append(f.passages, bare(p, f))
		}
		return nil
	})
	for _, f := range files {
		l.file(f)
	}
	return err
}
