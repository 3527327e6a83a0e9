package spectron

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/secret"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Preset is a kind of key that comes with a principal of its own.
type Preset string

// The presets.
const (
	// Agent recalls at and below its scope floor and remembers in the registered scopes there. It may not persist
	// reflections, manage keys or, unless KeySpec.Upload says so, upload documents.
	Agent Preset = "agent"
	// Supervisor may do what an agent may, and persist reflections.
	Supervisor Preset = "supervisor"
)

// Key is a key of a Context. Whoever has its secret is, through Manager.Authenticate, the principal that it belongs to, and
// may do what that principal may, or the less that the key was narrowed to.
type Key struct {
	ID   string `json:"id"` // "cak_…"
	Name string `json:"name"`
	// Secret is there only where the key is made or rotated: it is not kept. It is in no JSON and in nothing that is
	// printed.
	Secret      string `json:"-"`
	PrincipalID string `json:"principal_id"`
	// Principal is the preset that the key was made with; "" for a key of a principal that was there.
	Principal  Preset `json:"principal,omitempty"`
	ScopeFloor string `json:"scope_floor,omitempty"` // of a preset
	// Grants are what the key was narrowed to; nil: all that its principal may do.
	Grants Grants `json:"grants,omitzero"`
	Strict bool   `json:"strict,omitempty"`
	Upload bool   `json:"upload,omitempty"`
	// MadeBy is who made the key: "operator", or the id of a management key or of a key of the Context. A key that another key
	// of the Context made ends no later than that one. "" for keys of stores that did not record it. A key that does not
	// manage the keys of others reads "management" instead of the id of a management key.
	MadeBy string `json:"made_by,omitempty"`
	// RotatedBy is who made its present secret, in the same terms; "" for its first secret. A key that another key of the
	// Context rotated ends no later than that one either.
	RotatedBy  string    `json:"rotated_by,omitempty"`
	CreatedAt  time.Time `json:"created_at"`
	ValidUntil time.Time `json:"valid_until,omitzero"`  // zero: without end
	LastUsedAt time.Time `json:"last_used_at,omitzero"` // to the minute; zero: never
}

// Format prints the key without its secret, whatever the verb.
func (k Key) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "{ID:%s Name:%s Secret:%s PrincipalID:%s Principal:%s ScopeFloor:%s Grants:%v Strict:%t MadeBy:%s RotatedBy:%s ValidUntil:%v}",
		k.ID, k.Name, Secret(k.Secret), k.PrincipalID, k.Principal, k.ScopeFloor, k.Grants, k.Strict, k.MadeBy, k.RotatedBy, k.ValidUntil)
}

// KeySpec is what a key is made from: a preset and a scope floor, which makes a principal for it, or a principal that is
// there.
type KeySpec struct {
	// Name is unique among the keys of a principal; a preset's is that of its principal too. 1 to 128 bytes; "" for a key
	// that is no preset's: its id.
	Name string

	// Principal makes a principal of that kind for the key, with memory:read and memory:write at ScopeFloor and below.
	Principal Preset
	// ScopeFloor is a path, "org/acme"; "" and "/" are everything.
	ScopeFloor string
	// Upload lets an Agent upload documents, once the library takes any.
	Upload bool

	// PrincipalID binds the key to a principal that is there. "" and no Principal: to that of the key in use. Keys of the
	// principal admin are made by the program that opened the store alone.
	PrincipalID string
	// Grants narrow what the key may do of what its principal may; nil: they do not. ErrInvalid: they reach beyond.
	Grants Grants

	// Strict makes the key say where: writes name their scopes or a session, recalls a Lens within what the key may read.
	// What is left to a default or reaches outside is refused with ErrForbidden, instead of narrowed.
	Strict bool
	// TTL is how long the key is good; 0: without end. It is at most what the Context's max_token_ttl_seconds allows, and
	// no longer than the key that it is made with.
	TTL time.Duration
}

// KeyPage is one page of a listing, in the order in which the keys were made.
type KeyPage struct {
	Keys       []Key
	NextCursor string // for the next page; "" after the last
	HasMore    bool
}

// Format is there for the same reason as that of Config.
func (p KeyPage) Format(f fmt.State, verb rune) {
	type plain KeyPage
	_, _ = fmt.Fprintf(f, fmt.FormatString(f, verb), plain(p))
}

// Keys are the keys of a Context. The operator and management keys manage all of them. The handle of a key manages the keys
// of its own principal, where the Context allows self-service, and never one that may do more than itself; with
// grant:manage over everything it also sees and revokes those of others.
type Keys struct {
	context *Context
	of      string // id of the principal whose keys they are; "": of all that the caller manages
}

// Keys returns the keys of the Context.
func (c *Context) Keys() *Keys { return &Keys{context: c} }

// Of returns the keys of one principal, by its id: what is created belongs to it, and others are not there.
func (k *Keys) Of(principal string) *Keys { return &Keys{k.context, principalID(principal)} }

// maxTTL bounds the lifetime of a key: beyond it is without end.
const maxTTL = 100 * 365 * 24 * time.Hour

func noKey(op string) error {
	return &Error{Op: op, Code: CodeNotFound, Field: "id", Detail: "no such key"}
}

// shownKey is a key as the caller sees it.
func shownKey(s *gate.Call, k record.APIKey, secret string) *Key {
	out := &Key{
		ID: k.ID, Name: k.Name, Secret: secret, PrincipalID: k.Principal, Principal: Preset(k.Preset), ScopeFloor: k.ScopeFloor,
		Strict: k.Strict, Upload: k.Upload, MadeBy: shownMaker(s, k.MadeBy), RotatedBy: shownMaker(s, k.RotatedBy),
		CreatedAt: k.CreatedAt, ValidUntil: k.ValidUntil, LastUsedAt: k.LastUsedAt,
	}
	if k.Grants != nil {
		out.Grants = newGrants(k.Grants)
	}
	return out
}

// maker is who makes a key, as its record names it.
func maker(s *gate.Call) string {
	if s.Caller.Kind == gate.Operator {
		return record.MadeByOperator
	}
	return s.Caller.Key
}

// shownMaker is the maker of a key, as far as the caller may know of it: management keys are none of a key's business.
func shownMaker(s *gate.Call, maker string) string {
	if s.Key != nil && !s.Region(authz.GrantManage).All() && secret.IsManagementKeyID(maker) {
		return "management"
	}
	return maker
}

// Create makes a key; the result has its secret, which is nowhere else. Codes: CodeInvalid and CodeTooLarge with the Field,
// also for Grants beyond those of the principal; CodeNotFound for a PrincipalID; CodeAlreadyExists for a name that is taken;
// CodeForbidden.
func (k *Keys) Create(ctx context.Context, spec KeySpec) (*Key, error) {
	const op = "create key"
	c := k.context
	return call(ctx, c, op, func(s *gate.Call) (*Key, error) {
		if k.of != "" {
			if spec.Principal != "" || spec.PrincipalID != "" && principalID(spec.PrincipalID) != k.of {
				return nil, invalid(op, "PrincipalID", "these are the keys of another principal")
			}
			spec.PrincipalID = k.of
		}
		narrower, err := spec.check(op)
		if err != nil {
			return nil, err
		}
		if s.Key == nil && s.Behalf == nil && spec.Principal == "" && spec.PrincipalID == "" {
			return nil, invalid(op, "PrincipalID", "say whose key it is: a Principal (agent or supervisor), or a PrincipalID, of which admin may do everything")
		}
		if err := k.mayMint(ctx, op, s, spec.Principal != "" || spec.PrincipalID != "" && principalID(spec.PrincipalID) != s.Principal.ID); err != nil {
			return nil, err
		}
		return k.mint(ctx, op, s, spec, narrower)
	})
}

// check checks what a key is to be made from.
func (s KeySpec) check(op string) (authz.Grants, error) {
	if s.Name != "" || s.Principal != "" {
		if err := checkName(op, "Name", s.Name); err != nil {
			return nil, err
		}
	}
	if strings.HasPrefix(s.Name, tokenName) {
		return nil, invalid(op, "Name", "names that begin with %q are those of access tokens", tokenName)
	}
	switch s.Principal {
	case "":
		if s.ScopeFloor != "" {
			return nil, invalid(op, "ScopeFloor", "it belongs to a Principal, agent or supervisor; a key of a PrincipalID is narrowed by Grants")
		}
		if s.Upload {
			return nil, invalid(op, "Upload", "it belongs to a Principal of the kind agent")
		}
	case Agent, Supervisor:
		if s.PrincipalID != "" || s.Grants != nil {
			return nil, invalid(op, "Principal", "a preset has a principal and grants of its own; leave PrincipalID and Grants empty")
		}
		if s.ScopeFloor != "" {
			if _, err := parseScope(op, "ScopeFloor", s.ScopeFloor); err != nil {
				return nil, err
			}
		}
	default:
		return nil, invalid(op, "Principal", "unknown preset %q; there are agent and supervisor, and PrincipalID for a principal that is there", s.Principal)
	}
	if err := checkText(op, "PrincipalID", s.PrincipalID, maxNameBytes); err != nil {
		return nil, err
	}
	if err := checkTTL(op, s.TTL); err != nil {
		return nil, err
	}
	return s.Grants.parse(op, "Grants")
}

func checkTTL(op string, ttl time.Duration) error {
	if ttl < 0 || ttl > maxTTL {
		return invalid(op, "TTL", "%v is not between 0 and %v", ttl, maxTTL)
	}
	return nil
}

// mayMint refuses a caller who may not make secrets; forOthers: for another principal than its own.
func (k *Keys) mayMint(ctx context.Context, op string, s *gate.Call, forOthers bool) error {
	c := k.context
	if s.Caller.Kind != gate.Key && s.Behalf == nil {
		return nil
	}
	switch {
	case !s.ManagesKeys():
		return s.Deny(ctx, gate.Denial{Detail: "agents, supervisors and those who act for another do not manage keys"})
	case !c.state.Settings.Load().SelfService:
		return s.Deny(ctx, gate.Denial{Detail: "the Context does not allow self-service keys (allow_self_service_keys)"})
	case forOthers:
		return s.Deny(ctx, gate.Denial{Field: "PrincipalID", Detail: "a key makes keys for its own principal only"})
	}
	return nil
}

// mayMintFor refuses secrets of the principal admin to all but the program that opened the store: they read all memory.
func (c *Context) mayMintFor(ctx context.Context, op string, s *gate.Call, principal string) error {
	if principal != live.AdminID || s.Unlimited() {
		return nil
	}
	return s.Deny(ctx, gate.Denial{Field: "PrincipalID", Target: live.AdminID, Detail: "keys of admin are made by the program that opened the store alone"})
}

// validUntil is when a key ends that is made now.
func (k *Keys) validUntil(s *gate.Call, ttl time.Duration) time.Time {
	now := k.context.state.Now()
	longest := k.context.state.Settings.Load().MaxTTL
	if longest > 0 && (ttl == 0 || ttl > longest) {
		ttl = longest
	}
	var until time.Time
	if ttl > 0 {
		until = now.Add(ttl)
	}
	if s.Key != nil { // not after the key in use
		until = earlier(until, s.Key.ValidUntil)
	}
	return until
}

// mint makes a key, and for a preset the principal that it belongs to.
func (k *Keys) mint(ctx context.Context, op string, s *gate.Call, spec KeySpec, narrower authz.Grants) (*Key, error) {
	c := k.context
	form := secret.Operator
	if s.Caller.Kind == gate.Key {
		form = secret.SelfService
	}
	var made record.APIKey
	var text string
	err := s.Change(ctx, func(ctx context.Context) (*store.AccessChange, error) {
		change := &store.AccessChange{}
		holder, err := k.holder(ctx, op, s, spec, change)
		if err == nil {
			err = c.mayMintFor(ctx, op, s, holder.ID)
		}
		if err != nil {
			return nil, err
		}
		taken, err := c.state.Rows.KeysNamed(ctx, holder.ID, spec.Name)
		if err != nil {
			return nil, err
		}
		if len(taken) > 0 {
			return nil, &Error{Op: op, Code: CodeAlreadyExists, Field: "Name", Detail: fmt.Sprintf("the principal has a key %q", spec.Name)}
		}
		id, err := secret.NewContextKeyID(c.ID())
		if err != nil {
			return nil, err
		}
		made = record.APIKey{
			ID: id, Principal: holder.ID, Name: orDefault(spec.Name, id), Preset: string(spec.Principal), Strict: spec.Strict,
			Upload: spec.Upload, Generation: 1, SelfService: form == secret.SelfService, MadeBy: maker(s), CreatedAt: c.state.Now(), ValidUntil: k.validUntil(s, spec.TTL),
		}
		if spec.Principal != "" {
			made.ScopeFloor = floor(spec.ScopeFloor).Path
		}
		if made.Grants, err = k.narrowed(ctx, op, s, holder, narrower); err != nil {
			return nil, err
		}
		if s.Key != nil {
			made.Strict = made.Strict || s.Key.Strict
		}
		minted, err := secret.Mint(form, made.ID)
		if err != nil {
			return nil, err
		}
		made.Salt, made.Hash, text = minted.Stored.Salt, minted.Stored.Hash, minted.Text()
		if strings.HasPrefix(made.Name, tokenName) {
			if change.DropKeys, err = k.ended(ctx, holder.ID); err != nil {
				return nil, err
			}
		}
		event := s.Event(EventKeyCreated)
		event.Target, event.Detail = made.ID, made.Name+" of "+holder.ID
		change.Keys, change.Events = []record.APIKey{made}, append(change.Events, event)
		return change, nil
	})
	if err != nil {
		return nil, err
	}
	return shownKey(s, made, text), nil
}

// floor is what a preset is granted at.
func floor(path string) scope.Pattern {
	parsed, err := scope.Parse(path)
	if err != nil { // it was checked: it is empty
		return scope.Everything()
	}
	return scope.Pattern{Path: parsed, Subtree: true}
}

// holder is the principal that a key is for. That of a preset is made with it.
func (k *Keys) holder(ctx context.Context, op string, s *gate.Call, spec KeySpec, change *store.AccessChange) (record.Principal, error) {
	c := k.context
	if spec.Principal == "" {
		id := s.Principal.ID
		if spec.PrincipalID != "" {
			id = principalID(spec.PrincipalID)
		}
		p, err := c.state.Principal(ctx, id)
		if errors.Is(err, surreal.ErrNotFound) || err == nil && id == live.SystemID {
			return p, &Error{Op: op, Code: CodeNotFound, Field: "PrincipalID", Detail: "no such principal that may have keys"}
		}
		return p, err
	}
	grants := authz.Grants{}.With(floor(spec.ScopeFloor), authz.MemoryRead, authz.MemoryWrite)
	made, with, err := c.makePrincipal(ctx, op, s, PrincipalSpec{Name: spec.Name, Kind: PrincipalAgent}, grants)
	if with != nil {
		*change = *with
	}
	return made, err
}

// narrowed is what a key is narrowed to: what was asked for, and never more than the key that it is made with may do.
func (k *Keys) narrowed(ctx context.Context, op string, s *gate.Call, holder record.Principal, asked authz.Grants) (map[string][]string, error) {
	held, err := authz.Parse(holder.Grants)
	if err != nil {
		return nil, err
	}
	limit := held
	if s.Key != nil {
		limit = s.Grants()
	}
	switch {
	case asked != nil && !asked.Within(limit):
		return nil, s.Deny(ctx, gate.Denial{Code: fault.Invalid, Field: "Grants", Target: holder.ID,
			Detail: "they reach beyond what the principal, or the key in use, may do: a key never widens"})
	case asked != nil:
		return asked.Strings(), nil
	case s.Key != nil && s.Key.Grants != nil:
		// What the principal is granted later must not come to the new key either.
		return maps.Clone(s.Key.Grants), nil
	}
	return nil, nil
}

// List lists keys, without their secrets, after the cursor of an earlier page ("" from the start), up to limit (0: 100, at
// most 1,000): for the operator, management keys and who holds grant:manage over everything all of them, for others those
// of their own principal.
func (k *Keys) List(ctx context.Context, cursor string, limit int) (KeyPage, error) {
	const op = "list keys"
	c := k.context
	return call(ctx, c, op, func(s *gate.Call) (KeyPage, error) {
		limit, err := checkPage(op, cursor, limit)
		if err != nil {
			return KeyPage{}, err
		}
		if err := k.mayManage(ctx, op, s); err != nil {
			return KeyPage{}, err
		}
		whose, err := k.whose(op, s)
		if err != nil {
			return KeyPage{}, err
		}
		rows, err := c.state.Rows.Keys(ctx, whose, cursor, limit+1)
		if err != nil {
			return KeyPage{}, fail(op, err)
		}
		page := KeyPage{HasMore: len(rows) > limit}
		for _, r := range rows[:min(len(rows), limit)] {
			page.Keys = append(page.Keys, *shownKey(s, r, ""))
		}
		if page.HasMore {
			page.NextCursor = page.Keys[limit-1].ID
		}
		return page, nil
	})
}

// mayManage refuses those who do not manage keys at all.
func (k *Keys) mayManage(ctx context.Context, op string, s *gate.Call) error {
	switch {
	case !s.ManagesKeys():
		return s.Deny(ctx, gate.Denial{Detail: "agents, supervisors and those who act for another do not manage keys"})
	case s.Key == nil, s.Region(authz.GrantManage).All():
		return nil
	case !k.context.state.Settings.Load().SelfService:
		return s.Deny(ctx, gate.Denial{Detail: "the Context does not allow self-service keys (allow_self_service_keys)"})
	}
	return nil
}

// whose is the principal whose keys the caller manages; "": all. ErrNotFound: others than its own, of which it knows nothing.
func (k *Keys) whose(op string, s *gate.Call) (string, error) {
	switch {
	case s.Region(authz.GrantManage).All(), k.of == s.Principal.ID:
		return k.of, nil
	case k.of == "":
		return s.Principal.ID, nil
	}
	return "", noKey(op)
}

// Get returns a key by its id or name, without its secret. ErrNotFound: there is none that the caller manages;
// ErrConflict: several principals have one of that name; ErrForbidden.
func (k *Keys) Get(ctx context.Context, id string) (*Key, error) {
	const op = "get key"
	c := k.context
	return call(ctx, c, op, func(s *gate.Call) (*Key, error) {
		if err := k.mayManage(ctx, op, s); err != nil {
			return nil, err
		}
		row, err := k.find(ctx, op, s, id)
		if err != nil {
			return nil, err
		}
		return shownKey(s, row, ""), nil
	})
}

// find finds a key by its id or name, among those that the caller manages. A name, with a key of its own, is that of one
// of its own principal's.
func (k *Keys) find(ctx context.Context, op string, s *gate.Call, id string) (record.APIKey, error) {
	none := record.APIKey{}
	if err := checkText(op, "id", id, maxNameBytes); err != nil {
		return none, err
	}
	principal, err := k.whose(op, s)
	if err != nil {
		return none, err
	}
	if owner, ok := secret.ContextOfKeyID(id); ok {
		if owner != k.context.ID() {
			return none, noKey(op)
		}
		row, err := k.context.state.Rows.Key(ctx, id)
		if errors.Is(err, surreal.ErrNotFound) || err == nil && principal != "" && row.Principal != principal {
			return none, noKey(op)
		}
		return row, fail(op, err)
	}
	if principal == "" && s.Key != nil {
		principal = s.Principal.ID
	}
	rows, err := k.context.state.Rows.KeysNamed(ctx, principal, id)
	switch {
	case err != nil:
		return none, fail(op, err)
	case len(rows) == 0:
		return none, noKey(op)
	case len(rows) > 1:
		return none, &Error{Op: op, Code: CodeConflict, Field: "id", Detail: "several principals have a key of that name; say its id"}
	}
	return rows[0], nil
}

// Rotate gives a key, by its id or name, another secret, which is in the result and nowhere else. The old one, and every
// handle that was made from it, is dead at once; when the key ends stays as it was, within what the Context allows by now.
// Codes: CodeNotFound; CodeConflict for a name that several have; CodeForbidden, also for a key that may do more than the
// caller.
func (k *Keys) Rotate(ctx context.Context, id string) (*Key, error) {
	return k.rotate(ctx, id, nil)
}

// RotateFor is Rotate, and has the key end after ttl, as KeySpec.TTL does. ErrInvalid: ttl is not more than 0.
func (k *Keys) RotateFor(ctx context.Context, id string, ttl time.Duration) (*Key, error) {
	return k.rotate(ctx, id, &ttl)
}

// rotate gives a key another secret, and a lifetime unless ttl is nil.
func (k *Keys) rotate(ctx context.Context, id string, ttl *time.Duration) (*Key, error) {
	const op = "rotate key"
	c := k.context
	return call(ctx, c, op, func(s *gate.Call) (*Key, error) {
		if ttl != nil {
			if err := checkTTL(op, *ttl); err != nil {
				return nil, err
			}
			if *ttl == 0 {
				return nil, invalid(op, "TTL", "0: use Rotate to leave the end of the key as it is")
			}
		}
		if err := k.mayMint(ctx, op, s, false); err != nil {
			return nil, err
		}
		var changed record.APIKey
		var text string
		err := s.Change(ctx, func(ctx context.Context) (*store.AccessChange, error) {
			row, err := k.find(ctx, op, s, id)
			if err == nil && s.Key != nil && row.Principal != s.Principal.ID {
				err = noKey(op) // a secret of another's key is that other's power
			}
			if err != nil {
				return nil, err
			}
			if err := k.mustReach(ctx, op, s, row); err != nil {
				return nil, err
			}
			if err := c.mayMintFor(ctx, op, s, row.Principal); err != nil {
				return nil, err
			}
			form := secret.Operator
			if row.SelfService {
				form = secret.SelfService
			}
			minted, err := secret.Mint(form, row.ID)
			if err != nil {
				return nil, err
			}
			changed, text = row, minted.Text()
			changed.Salt, changed.Hash, changed.Generation = minted.Stored.Salt, minted.Stored.Hash, row.Generation+1
			if ttl != nil {
				changed.ValidUntil = k.validUntil(s, *ttl)
			} else if longest := k.validUntil(s, 0); row.ValidUntil.IsZero() || !longest.IsZero() && longest.Before(row.ValidUntil) {
				changed.ValidUntil = longest
			}
			if s.Caller.Key != row.ID { // with itself it stays the secret of whoever has it
				changed.RotatedBy = maker(s)
			}
			siblings, err := c.state.Rows.KeysOf(ctx, row.Principal)
			if err != nil {
				return nil, err
			}
			keys := endTogether(siblings, &changed)
			event := s.Event(EventKeyRotated)
			event.Target, event.Detail = row.ID, row.Name
			return &store.AccessChange{Keys: keys, Events: []record.Event{event}}, nil
		})
		if err != nil {
			return nil, err
		}
		return shownKey(s, changed, text), nil
	})
}

// endTogether has a changed key end no later than the keys that it was made and rotated with, and returns it with those that
// were made with it and would end later. All of them are of one principal: a key makes keys for its own alone.
func endTogether(siblings []record.APIKey, changed *record.APIKey) []record.APIKey {
	for i, k := range siblings {
		if k.ID == changed.ID {
			siblings[i] = *changed
		} else if changed.EndsWith(k.ID) {
			changed.ValidUntil = earlier(changed.ValidUntil, k.ValidUntil)
		}
	}
	out := []record.APIKey{*changed}
	for _, k := range record.KeysMadeWith(siblings, changed.ID) {
		if end := earlier(k.ValidUntil, changed.ValidUntil); !end.Equal(k.ValidUntil) {
			k.ValidUntil = end
			out = append(out, k)
		}
	}
	return out
}

// earlier is the earlier one of two ends, of which the zero time is none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// mustReach refuses a key that may do more than the caller: its secret would widen what the caller can do.
func (k *Keys) mustReach(ctx context.Context, op string, s *gate.Call, row record.APIKey) error {
	if s.Key == nil || s.Key.ID == row.ID {
		return nil
	}
	reach := s.Key.Grants == nil
	if row.Grants != nil {
		theirs, err := authz.Parse(row.Grants)
		if err != nil {
			return err
		}
		mine := authz.Full()
		if s.Key.Grants != nil {
			if mine, err = authz.Parse(s.Key.Grants); err != nil {
				return err
			}
		}
		reach = theirs.Within(mine)
	}
	if reach && (!s.Key.Strict || row.Strict) {
		return nil
	}
	return s.Deny(ctx, gate.Denial{Field: "id", Target: row.ID, Detail: "the key may do more than the one in use"})
}

// RevokeOption says how Keys.Revoke treats the keys that were made with the one that it removes.
type RevokeOption int

// KeepMade leaves the keys that were made with the revoked one as they are. It is for the operator and management keys.
const KeepMade RevokeOption = 1

// Revoke removes a key, by its id or name: its secret, and every handle that was made from it, is dead at once, and its name
// is free. The keys that were made or rotated with it go too, and those that were made with them, unless KeepMade says
// otherwise. The principal that came with a preset goes with its last key. Codes: CodeNotFound; CodeConflict for a name that
// several have; CodeForbidden, also for a key of one's own that may do more than the one in use; CodeInvalid for an option.
//
// ManagementKeys.Revoke leaves the keys that the management key made in Contexts: applications live on. Key.MadeBy says which
// they are.
func (k *Keys) Revoke(ctx context.Context, id string, options ...RevokeOption) error {
	const op = "revoke key"
	c := k.context
	return do(ctx, c, op, func(s *gate.Call) error {
		if slices.ContainsFunc(options, func(o RevokeOption) bool { return o != KeepMade }) {
			return invalid(op, "options", "there is KeepMade")
		}
		keep := len(options) > 0
		if err := k.mayManage(ctx, op, s); err != nil {
			return err
		}
		if keep && s.Key != nil {
			return s.Deny(ctx, gate.Denial{Field: "options", Detail: "the operator and management keys say what outlives a key"})
		}
		return s.Change(ctx, func(ctx context.Context) (*store.AccessChange, error) {
			row, err := k.find(ctx, op, s, id)
			if err != nil {
				return nil, err
			}
			if row.Principal == s.Principal.ID {
				if err := k.mustReach(ctx, op, s, row); err != nil {
					return nil, err
				}
			}
			siblings, err := c.state.Rows.KeysOf(ctx, row.Principal)
			if err != nil {
				return nil, err
			}
			change := &store.AccessChange{}
			drop := func(key record.APIKey, detail string) {
				event := s.Event(EventKeyRevoked)
				event.Target, event.Detail = key.ID, detail
				change.DropKeys, change.Events = append(change.DropKeys, key.ID), append(change.Events, event)
			}
			drop(row, row.Name)
			if !keep {
				for _, made := range record.KeysMadeWith(siblings, row.ID) {
					drop(made, made.Name+", made with "+row.ID)
				}
			}
			if row.Preset != "" && len(siblings) == len(change.DropKeys) {
				change.DropPrincipals = []string{row.Principal}
				gone := s.Event(EventPrincipalDeleted)
				gone.Target, gone.Detail = row.Principal, "it came with the key"
				change.Events = append(change.Events, gone)
			}
			return change, nil
		})
	})
}
