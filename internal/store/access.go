package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
)

// The tables of access control.
const (
	TablePrincipal    = "principal"
	TableGrantHistory = "grant_history"
	TableKey          = "api_key"
	TableScope        = "scope_node"
	TableEvent        = "audit_event"
	TableOntology     = "ontology"
)

// AccessChange is a change of access control. It is stored completely or not at all. It has at least one event.
type AccessChange struct {
	Principals     []record.Principal // new and changed ones
	DropPrincipals []string           // with their keys and history
	History        []record.GrantVersion
	Keys           []record.APIKey // new and changed ones
	DropKeys       []string
	Scopes         []record.ScopeNode // new and changed ones
	Ontology       []record.OntologyVersion
	Events         []record.Event
}

// Change stores a change exactly once and returns the position after it. Errors are those of Apply.
func (s *Store) Change(ctx context.Context, c AccessChange, after Position) (Position, error) {
	if len(c.Events) == 0 {
		return after, errOwnRecord
	}
	made := recordID(c.Events[0].ID)
	statements, vars := c.statements()
	return s.commit(ctx, made.String(), made, statements, vars, after, func(row *changeRow) { row.Access = append(row.Access, c.touched()...) })
}

func (c *AccessChange) statements() (string, map[string]any) {
	vars := map[string]any{
		"principals": rows(c.Principals, newPrincipalRow), "dropped_principals": rows(c.DropPrincipals, recordID),
		"history": rows(c.History, newGrantRow),
		"keys":    rows(c.Keys, newKeyRow), "dropped_keys": rows(c.DropKeys, keyID),
		"nodes": rows(c.Scopes, newScopeRow), "versions": rows(c.Ontology, newOntologyRow), "events": rows(c.Events, newEventRow),
	}
	// Each row is an UPSERT … CONTENT: INSERT fails for an existing row.
	sql := ""
	for _, s := range []struct {
		rows      int
		statement string
	}{
		{len(c.DropPrincipals), `
FOR $p IN $dropped_principals {
	DELETE api_key WHERE principal = $p RETURN NONE;
	DELETE grant_history WHERE principal = $p RETURN NONE;
	DELETE $p RETURN NONE;
};`},
		{len(c.DropKeys), `DELETE $dropped_keys RETURN NONE;`},
		{len(c.Principals), `FOR $row IN $principals { UPSERT ONLY $row.id CONTENT $row RETURN NONE; };`},
		{len(c.History), `INSERT INTO grant_history $history RETURN NONE;`},
		{len(c.Keys), `FOR $row IN $keys { UPSERT ONLY $row.id CONTENT $row RETURN NONE; };`},
		{len(c.Scopes), upsertScopes},
		{len(c.Ontology), `INSERT INTO ontology $versions RETURN NONE;`},
		{len(c.Events), insertEvents},
	} {
		if s.rows > 0 {
			sql += s.statement
		}
	}
	return sql, vars
}

const (
	upsertScopes = `FOR $row IN $nodes { UPSERT ONLY $row.id CONTENT $row RETURN NONE; };`
	insertEvents = `INSERT INTO audit_event $events RETURN NONE;`
)

// touched returns the rows that other processes must read again.
func (c *AccessChange) touched() []surreal.RecordID {
	return slices.Concat(
		rows(c.Principals, func(p record.Principal) surreal.RecordID { return recordID(p.ID) }), rows(c.DropPrincipals, recordID),
		rows(c.Keys, func(k record.APIKey) surreal.RecordID { return keyID(k.ID) }), rows(c.DropKeys, keyID),
		rows(c.Scopes, func(n record.ScopeNode) surreal.RecordID { return scopeID(n.Path) }),
		rows(c.Ontology[:min(len(c.Ontology), 1)], func(record.OntologyVersion) surreal.RecordID { return currentOntology }),
	)
}

// Touched returns the same rows by their ids, for this process.
func (c *AccessChange) Touched() []string {
	return rows(c.touched(), surreal.RecordID.String)
}

func keyID(id string) surreal.RecordID { return surreal.RecordID{Table: TableKey, Key: id} }

func scopeID(path string) surreal.RecordID { return surreal.RecordID{Table: TableScope, Key: path} }

// KeyRecord returns the record id of a key's row, as it appears among the rows that a change touches.
func KeyRecord(id string) string { return keyID(id).String() }

// ScopeRecord returns the record id of a scope's row, in the same way.
func ScopeRecord(path string) string { return scopeID(path).String() }

type principalRow struct {
	ID         surreal.RecordID         `cbor:"id"`
	Name       string                   `cbor:"name"`
	Kind       string                   `cbor:"kind"`
	ExternalID surreal.Optional[string] `cbor:"external_id"`
	Subject    surreal.Optional[string] `cbor:"subject"`
	Grants     map[string][]string      `cbor:"grants"`
	CreatedAt  surreal.Datetime         `cbor:"created_at"`
}

func newPrincipalRow(p record.Principal) principalRow {
	return principalRow{recordID(p.ID), p.Name, p.Kind, optional(p.ExternalID), optional(p.Subject), orNoGrants(p.Grants), surreal.At(p.CreatedAt)}
}

func (r principalRow) principal() record.Principal {
	return record.Principal{
		ID: r.ID.String(), Name: r.Name, Kind: r.Kind, ExternalID: r.ExternalID.Value, Subject: r.Subject.Value, Grants: orNoGrants(r.Grants), CreatedAt: r.CreatedAt.Time,
	}
}

// orNoGrants keeps an absent map from becoming NULL.
func orNoGrants(g map[string][]string) map[string][]string {
	if g == nil {
		return map[string][]string{}
	}
	return g
}

type grantRow struct {
	ID        surreal.RecordID    `cbor:"id"`
	Principal surreal.RecordID    `cbor:"principal"`
	Grants    map[string][]string `cbor:"grants"`
	At        surreal.Datetime    `cbor:"at"`
}

func newGrantRow(g record.GrantVersion) grantRow {
	return grantRow{recordID(g.ID), recordID(g.Principal), orNoGrants(g.Grants), surreal.At(g.At)}
}

type keyRow struct {
	ID          surreal.RecordID                      `cbor:"id"`
	Principal   surreal.RecordID                      `cbor:"principal"`
	Name        string                                `cbor:"name"`
	Preset      surreal.Optional[string]              `cbor:"preset"`
	ScopeFloor  surreal.Optional[string]              `cbor:"scope_floor"`
	Grants      surreal.Optional[map[string][]string] `cbor:"grants"`
	Strict      bool                                  `cbor:"strict"`
	Upload      bool                                  `cbor:"upload"`
	Salt        []byte                                `cbor:"salt"`
	Hash        []byte                                `cbor:"hash"`
	Generation  int                                   `cbor:"generation"`
	SelfService bool                                  `cbor:"self_service"`
	MadeBy      surreal.Optional[string]              `cbor:"made_by"`
	RotatedBy   surreal.Optional[string]              `cbor:"rotated_by"`
	CreatedAt   surreal.Datetime                      `cbor:"created_at"`
	ValidUntil  surreal.Datetime                      `cbor:"valid_until"`
	LastUsedAt  surreal.Datetime                      `cbor:"last_used_at"`
}

func newKeyRow(k record.APIKey) keyRow {
	r := keyRow{
		ID: keyID(k.ID), Principal: recordID(k.Principal), Name: k.Name, Preset: optional(k.Preset), ScopeFloor: optional(k.ScopeFloor),
		Strict: k.Strict, Upload: k.Upload, Salt: k.Salt, Hash: k.Hash, Generation: k.Generation, SelfService: k.SelfService,
		MadeBy: optional(k.MadeBy), RotatedBy: optional(k.RotatedBy),
		CreatedAt: surreal.At(k.CreatedAt), ValidUntil: surreal.At(k.ValidUntil), LastUsedAt: surreal.At(k.LastUsedAt),
	}
	if k.Grants != nil {
		r.Grants = surreal.Some(maps.Clone(k.Grants))
	}
	return r
}

func (r keyRow) key() record.APIKey {
	k := record.APIKey{
		ID: r.ID.Key, Principal: r.Principal.String(), Name: r.Name, Preset: r.Preset.Value, ScopeFloor: r.ScopeFloor.Value,
		Strict: r.Strict, Upload: r.Upload, Salt: r.Salt, Hash: r.Hash, Generation: r.Generation, SelfService: r.SelfService,
		MadeBy: r.MadeBy.Value, RotatedBy: r.RotatedBy.Value,
		CreatedAt: r.CreatedAt.Time, ValidUntil: r.ValidUntil.Time, LastUsedAt: r.LastUsedAt.Time,
	}
	if r.Grants.State == surreal.Present {
		k.Grants = orNoGrants(r.Grants.Value)
	}
	return k
}

type scopeRow struct {
	ID           surreal.RecordID `cbor:"id"`
	Name         string           `cbor:"name"`
	Description  string           `cbor:"description"`
	CreatedAt    surreal.Datetime `cbor:"created_at"`
	TombstonedAt surreal.Datetime `cbor:"tombstoned_at"`
}

func newScopeRow(n record.ScopeNode) scopeRow {
	return scopeRow{scopeID(n.Path), n.Name, n.Description, surreal.At(n.CreatedAt), surreal.At(n.TombstonedAt)}
}

func (r scopeRow) node() record.ScopeNode {
	return record.ScopeNode{Path: r.ID.Key, Name: r.Name, Description: r.Description, CreatedAt: r.CreatedAt.Time, TombstonedAt: r.TombstonedAt.Time}
}

type eventRow struct {
	ID         surreal.RecordID         `cbor:"id"`
	At         surreal.Datetime         `cbor:"at"`
	Action     string                   `cbor:"action"`
	Op         string                   `cbor:"op"`
	Principal  string                   `cbor:"principal"`
	Key        surreal.Optional[string] `cbor:"key"`
	OnBehalfOf surreal.Optional[string] `cbor:"on_behalf_of"`
	Context    surreal.Optional[string] `cbor:"context"`
	Target     surreal.Optional[string] `cbor:"target"`
	Verb       surreal.Optional[string] `cbor:"verb"`
	Paths      []string                 `cbor:"paths"`
	Detail     surreal.Optional[string] `cbor:"detail"`
	Count      int                      `cbor:"count"`
	Newest     string                   `cbor:"newest"` // the sort text of listings
	Listed     bool                     `cbor:"listed"` // true
}

func newEventRow(e record.Event) eventRow {
	return eventRow{
		recordID(e.ID), surreal.At(e.At), e.Action, e.Op, e.Principal, optional(e.Key), optional(e.OnBehalfOf), optional(e.Context),
		optional(e.Target), optional(e.Verb), orEmpty(e.Paths), optional(e.Detail), e.Count,
		sortText(e.At, e.ID), true,
	}
}

func (r eventRow) event() record.Event {
	return record.Event{
		ID: r.ID.String(), At: r.At.Time, Action: r.Action, Op: r.Op, Principal: r.Principal, Key: r.Key.Value, OnBehalfOf: r.OnBehalfOf.Value,
		Context: r.Context.Value, Target: r.Target.Value, Verb: r.Verb.Value, Paths: r.Paths, Detail: r.Detail.Value, Count: r.Count,
	}
}

type ontologyRow struct {
	ID        surreal.RecordID         `cbor:"id"`
	Document  surreal.Optional[string] `cbor:"document"`
	CreatedAt surreal.Datetime         `cbor:"created_at"`
	Principal string                   `cbor:"principal"`
}

// currentOntology stands for the newest version among the rows that a change touches.
var currentOntology = surreal.RecordID{Table: TableOntology, Key: "current"}

// OntologyRecord is its name.
var OntologyRecord = currentOntology.String()

func ontologyID(version int) surreal.RecordID {
	// Eight digits: the keys sort as the numbers do.
	return surreal.RecordID{Table: TableOntology, Key: fmt.Sprintf("%08d", version)}
}

func newOntologyRow(o record.OntologyVersion) ontologyRow {
	return ontologyRow{ontologyID(o.Version), optional(string(o.Document)), surreal.At(o.CreatedAt), o.Principal}
}

func (r ontologyRow) version() (record.OntologyVersion, error) {
	o := record.OntologyVersion{CreatedAt: r.CreatedAt.Time, Principal: r.Principal}
	if r.Document.State == surreal.Present {
		o.Document = []byte(r.Document.Value)
	}
	var err error
	if o.Version, err = strconv.Atoi(r.ID.Key); err == nil && (o.Version < 1 || r.ID != ontologyID(o.Version)) {
		err = fmt.Errorf("%q is not a version", r.ID.Key)
	}
	return o, err
}
