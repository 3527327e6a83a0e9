package fsck

import (
	"context"

	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// These checks look at what their caller may read, and at nothing else.

func (c *checking) reader() recall.Reader { return ingest.ReaderOf(c.by, c.lens) }

// duplicates finds entities whose names are nearly the same.
func (c *checking) duplicates(ctx context.Context) error {
	view, reader := c.by.Live.View.Load(), c.reader()
	var entities []record.EntityRef
	for after := ""; ; {
		rows := view.EntitiesAfter(reader, recall.EntityQuery{}, after, 0, page)
		for _, e := range rows {
			if e.EntityRef.Key() != record.UserEntity.Key() {
				entities = append(entities, e.EntityRef)
			}
			after = e.EntityRef.Key()
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if len(rows) < page {
			break
		}
	}
	// Whoever is related to somebody is somebody else.
	pairs, err := duplicates(ctx, entities, c.Threshold, func(d Duplicate) bool { return !view.Related(reader, d.keyA, d.keyB) })
	if err != nil {
		return err
	}
	c.report.Duplicates = found(c.report, c.Most, pairs)
	return nil
}

// contradictions finds values that hold at a time although there can be only one.
func (c *checking) contradictions(ctx context.Context) error {
	view, reader := c.by.Live.View.Load(), c.reader()
	terms, err := c.by.Live.Ontology(ctx)
	if err != nil {
		return err
	}
	query := recall.FactQuery{Live: true}
	slots := rivals{}
	for place := (recall.RowPlace{}); ; {
		facts := view.FactPage(reader, query, place, page)
		for _, f := range facts {
			place = recall.RowPlace{RecordedAt: f.RecordedAt, ID: f.ID}
			if ingest.Single(terms, f.Kind, f.Key) {
				slots.add(f)
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if len(facts) < page {
			break
		}
	}
	// The pages are of different times, so what seems to contradict is read again, together.
	suspected, ids := slots.contradictions()
	var confirmed []Contradiction
	for i := range suspected {
		now := rivals{}
		for _, f := range view.Current(reader, ids[i]) {
			now.add(f)
		}
		still, _ := now.contradictions()
		confirmed = append(confirmed, still...)
	}
	c.report.Contradictions = found(c.report, c.Most, confirmed)
	return nil
}

// injections finds texts that look like prompt injections: pieces of turns, live facts and active instructions.
func (c *checking) injections(ctx context.Context) error {
	walk := c.by.Live.View.Load().Walk(c.reader())
	out := gathered[Injection]{compare: compareInjections, most: c.Most}
	for rows := walk.Next(page); rows != nil; rows = walk.Next(page) {
		for i := range rows {
			if rows[i].Known.Until.IsZero() { // otherwise it is history
				out.add(injectionsIn(rows[i].ID, rows[i].Text)...)
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	c.report.Injections = out.into(c.report)
	return nil
}
