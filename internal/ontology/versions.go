package ontology

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

const (
	// maxPageBytes limits the documents on one page of the history. rowsAtOnce limits how many one statement reads, because each may have
	// maxJSON.
	maxPageBytes = 4 << 20
	rowsAtOnce   = 16
	// maxVersion is the last version that the database can sort.
	maxVersion = 99_999_999
)

// Rows reads the stored versions. A *store.Store implements it.
type Rows interface {
	// Ontology returns the newest version. surreal.ErrNotFound: there never was one.
	Ontology(ctx context.Context) (record.OntologyVersion, error)
	// OntologyVersions returns up to limit versions before a version, newest first. before 0: from the newest version on.
	OntologyVersions(ctx context.Context, before, limit int) ([]record.OntologyVersion, error)
}

// Version is a version of the declared vocabulary of a Context.
type Version struct {
	record.OntologyVersion
	Spec Spec // zero if the version declares nothing
}

// open decodes a stored version.
func open(v record.OntologyVersion) (Version, error) {
	if !v.Declares() {
		return Version{OntologyVersion: v}, nil
	}
	spec, err := Decode(v.Document)
	return Version{v, spec}, err
}

func errNothing() error { return fault.New(fault.NotFound, "", "the Context declares no ontology") }

// newest returns the newest stored version; version 0 if there never was one.
func newest(ctx context.Context, rows Rows) (record.OntologyVersion, error) {
	v, err := rows.Ontology(ctx)
	if errors.Is(err, surreal.ErrNotFound) {
		return record.OntologyVersion{}, nil
	}
	return v, err
}

// Current returns the current version. fault.NotFound: nothing is declared. Other errors are those of Decode and of the rows.
func Current(ctx context.Context, rows Rows) (Version, error) {
	v, err := newest(ctx, rows)
	if err == nil && !v.Declares() {
		err = errNothing()
	}
	if err != nil {
		return Version{}, err
	}
	return open(v)
}

// Page returns the requested versions, newest first. A page of large versions may have fewer. fault.Invalid and fault.TooLarge name the
// field.
func Page(ctx context.Context, rows Rows, r paging.Request) (page paging.Page[Version], err error) {
	if r, err = r.Checked(paging.Most); err != nil {
		return page, err
	}
	found, err := paging.Listing[record.OntologyVersion]{
		Rows: func(ctx context.Context, after string, limit int) ([]record.OntologyVersion, error) {
			before, err := versionOf(after)
			if err != nil {
				return nil, err
			}
			return rows.OntologyVersions(ctx, before, limit)
		},
		Cursor: func(v record.OntologyVersion) string { return strconv.Itoa(v.Version) },
		Batch:  rowsAtOnce, Size: func(v record.OntologyVersion) int { return len(v.Document) }, MaxSize: maxPageBytes,
	}.Page(ctx, r)
	if err != nil {
		return page, err
	}
	return paging.Convert(found, open)
}

// versionOf returns the version that a cursor names; 0 for the first page.
func versionOf(cursor string) (int, error) {
	if cursor == "" {
		return 0, nil
	}
	version, err := strconv.Atoi(cursor)
	if err != nil || version < 1 || version > maxVersion {
		return 0, fault.Bad("Cursor", "it is not from a page of versions")
	}
	return version, nil
}

// Step computes the next version. It returns the version that is current afterwards, and the change to store; nil: the newest version
// stays. The event has the caller and the time.
type Step func(newest record.OntologyVersion, event record.Event) (Version, *store.AccessChange, error)

// On returns a function that reads the newest version, applies the step to it, and sets result to the version that is current afterwards.
// The function may be called again after a conflict. fault.TooLarge: no more version numbers are available.
func (take Step) On(rows Rows, event func() record.Event, result *Version) func(context.Context) (*store.AccessChange, error) {
	return func(ctx context.Context) (change *store.AccessChange, err error) {
		v, err := newest(ctx, rows)
		if err == nil && v.Version >= maxVersion {
			err = fault.Over("", v.Version+1, maxVersion, "versions")
		}
		if err == nil {
			*result, change, err = take(v, event())
		}
		return change, err
	}
}

// Draft is a validated vocabulary.
type Draft struct {
	spec      Spec // decoded from document
	document  []byte
	ifVersion int
}

// NewDraft validates a vocabulary. fault.Invalid and fault.TooLarge: the field is the path in Go, such as "AttributeKeys[2].Aliases[0]", or
// "spec" for the total size.
func NewDraft(spec Spec) (*Draft, error) {
	if err := spec.check(); err != nil {
		return nil, err
	}
	document, err := encode(spec)
	if err != nil {
		return nil, err
	}
	if len(document) > maxJSON {
		return nil, fault.Over("spec", len(document), maxJSON, "bytes of JSON")
	}
	stored, err := Decode(document)
	return &Draft{stored, document, spec.IfVersion}, err
}

// Put declares the draft, unless the newest version declares the same. fault.Conflict: the newest version is not the one that the draft
// replaces.
func (d *Draft) Put(newest record.OntologyVersion, event record.Event) (Version, *store.AccessChange, error) {
	if d.ifVersion != 0 && (d.ifVersion != newest.Version || !newest.Declares()) {
		return Version{}, nil, fault.New(fault.Conflict, "IfVersion",
			"version %d is not the current one; read what is declared now, and put again", d.ifVersion)
	}
	if bytes.Equal(newest.Document, d.document) {
		return Version{newest, d.spec}, nil, nil
	}
	event.Detail = fmt.Sprintf("%d entity types, %d attribute keys, %d relation labels",
		len(d.spec.EntityTypes), len(d.spec.AttributeKeys), len(d.spec.RelationLabels))
	next, change := following(newest, d.document, event)
	return Version{next, d.spec}, change, nil
}

// Delete creates a version that declares nothing. fault.NotFound: nothing is declared now.
func Delete(newest record.OntologyVersion, event record.Event) (Version, *store.AccessChange, error) {
	if !newest.Declares() {
		return Version{}, nil, errNothing()
	}
	next, change := following(newest, nil, event)
	return Version{OntologyVersion: next}, change, nil
}

// following returns the version after the newest one, and the change that stores it.
func following(newest record.OntologyVersion, document []byte, event record.Event) (record.OntologyVersion, *store.AccessChange) {
	next := record.OntologyVersion{Version: newest.Version + 1, Document: document, CreatedAt: event.At, Principal: event.Principal}
	event.Target = fmt.Sprintf("%s:%d", store.TableOntology, next.Version)
	return next, &store.AccessChange{Ontology: []record.OntologyVersion{next}, Events: []record.Event{event}}
}
