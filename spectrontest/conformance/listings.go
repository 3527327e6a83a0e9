package conformance

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/spectron-go/spectron"
)

// Sessions are listed newest first, by cursor and by offset, as each caller sees them, and go where they are deleted.
func sessionsAreListed(s *trial) {
	var all, acme []string
	create := func(h handle, scopes spectron.Scopes) {
		id := h.newSession(spectron.SessionSpec{Scopes: scopes, Metadata: map[string]any{"n": float64(len(all))}}).ID
		if all = slices.Insert(all, 0, id); scopes[0][0] == "org/acme" {
			acme = slices.Insert(acme, 0, id)
		}
		s.clock.Advance(time.Second)
	}
	for range 3 {
		create(s.main(), spectron.Scopes{{"org/acme"}})
		create(s.main(), spectron.Scopes{{"org/beta"}})
		create(s.main(), spectron.Scopes{{"org/acme"}, {"org/beta"}})
	}
	key := s.main().key(spectron.KeySpec{Name: "acme", Principal: spectron.PresetAgent, ScopeFloor: "org/acme"})
	check := func() {
		s.Helper()
		h := s.main()
		for who, caller := range map[string]struct {
			handle
			want []string
		}{"the operator": {h, all}, "a key": {s.callerOf(s.mgr, key.Secret), acme}} {
			for _, limit := range []int{1, 4, 100} {
				var ids []string
				for session, err := range caller.Sessions().All(s.Context(), spectron.SessionQuery{Limit: limit}) {
					if err != nil {
						s.Fatalf("%s: %v", who, err)
					}
					if limit > 1 && len(ids)%3 == 0 {
						if got := caller.session(session.ID); !reflect.DeepEqual(*got, session) {
							s.Errorf("%s: listed %+v, got %+v", who, session, got)
						}
					}
					ids = append(ids, session.ID)
				}
				if !slices.Equal(ids, caller.want) {
					s.Errorf("%s, %d a page: %v, want %v", who, limit, ids, caller.want)
				}
			}
			for _, offset := range []int{0, 1, len(caller.want) - 3, len(caller.want) - 1, len(caller.want), len(caller.want) + 1} {
				if offset < 0 {
					continue
				}
				page, err := caller.Sessions().List(s.Context(), spectron.SessionQuery{Limit: 3, Offset: offset, WithTotal: true})
				if err != nil || page.Total != len(caller.want) || page.HasMore != (offset+3 < len(caller.want)) || len(page.Items) != min(3, max(0, len(caller.want)-offset)) {
					s.Errorf("%s, from %d: %+v, %v", who, offset, page, err)
				}
				for i, session := range page.Items {
					if session.ID != caller.want[offset+i] {
						s.Errorf("%s: the session %d is %s, want %s", who, offset+i, session.ID, caller.want[offset+i])
					}
				}
			}
		}
	}
	check()
	if err := s.main().Sessions().Delete(s.Context(), all[3]); err != nil {
		s.Fatalf("delete: %v", err)
	}
	acme = slices.DeleteFunc(acme, func(id string) bool { return id == all[3] })
	all = slices.Delete(all, 3, 4)
	check()
	if _, err := s.main().Scopes().Forget(s.Context(), spectron.ScopeForgetRequest{Path: "org/acme"}); err != nil {
		s.Fatalf("forget: %v", err)
	}
	kept := []string{}
	for _, id := range all {
		if _, err := s.main().Sessions().Get(s.Context(), id); err == nil {
			kept = append(kept, id)
		}
	}
	if all, acme = kept, nil; len(all) < 3 || len(all) > 6 {
		s.Errorf("%d sessions are left", len(all))
	}
	check()
}

// Every listing has a total and an offset, both counted over what its caller sees.
func listingsCount(s *trial) {
	const n = 3
	h := s.main()
	for i := range n {
		for _, part := range []string{"acme", "beta"} {
			name := fmt.Sprint(part, i)
			h.keyFor(name, in("org/"+part, spectron.MemoryRead))
			h.registered("org/" + part + "/" + name)
		}
	}
	reader := h.key(spectron.KeySpec{Name: "reader", PrincipalID: h.principal(spectron.PrincipalSpec{
		Name: "reader", Grants: in("org/acme/*", spectron.ScopeRead, spectron.GrantManage),
	}).ID})
	h = s.main()
	listed(s, "scopes", 2*n+3, h.Scopes().List)
	listed(s, "principals", 2*n+3, h.Principals().List) // with admin, system and the reader
	listed(s, "keys", 2*n+1, h.Keys().List)
	listed(s, "contexts", 1, s.mgr.ListContexts)
	listed(s, "events of keys", 2*n+1, func(ctx context.Context, req spectron.PageRequest) (spectron.Page[spectron.Event], error) {
		return h.Events(ctx, spectron.EventQuery{
			Action: spectron.EventKeyCreated, Cursor: req.Cursor, Limit: req.Limit, Offset: req.Offset, WithTotal: req.WithTotal,
		})
	})
	by := s.callerOf(s.mgr, reader.Secret) // the last, for a key says when it was used
	listed(s, "scopes of a part", n+1, by.Scopes().List)
	listed(s, "principals of a part", n+3, by.Principals().List) // admin and system may do something everywhere
}

// listed checks a listing of n items.
func listed[T any](s *trial, name string, n int, list func(context.Context, spectron.PageRequest) (spectron.Page[T], error)) {
	s.Helper()
	whole, err := list(s.Context(), spectron.PageRequest{Limit: 1000, WithTotal: true})
	if err != nil || len(whole.Items) != n || whole.Total != n {
		s.Errorf("%s: %d items of %d, want %d (%v)", name, len(whole.Items), whole.Total, n, err)
		return
	}
	for offset := range n + 2 {
		page, err := list(s.Context(), spectron.PageRequest{Limit: 2, Offset: offset, WithTotal: true})
		want := whole.Items[min(offset, n):min(offset+2, n)]
		if err != nil || page.Total != n || page.HasMore != (offset+2 < n) || !slices.EqualFunc(page.Items, want, func(a, b T) bool { return reflect.DeepEqual(a, b) }) {
			s.Errorf("%s from %d: %+v, want %+v (%v)", name, offset, page, want, err)
		}
		if !page.HasMore {
			continue
		}
		next, err := list(s.Context(), spectron.PageRequest{Limit: 1, Cursor: page.NextCursor, WithTotal: true})
		if err != nil || next.Total != n || !reflect.DeepEqual(next.Items[0], whole.Items[offset+2]) {
			s.Errorf("%s after %d: %+v, want %+v (%v)", name, offset+2, next, whole.Items[offset+2], err)
		}
	}
}
