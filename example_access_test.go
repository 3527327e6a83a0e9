package spectron_test

import (
	"context"
	"errors"
	"fmt"
	"log"

	"github.com/spectron-go/spectron"
)

// A key of a preset reads and writes below its scope floor, and sees nothing else.
func ExampleManager_Authenticate() {
	ctx := context.Background()
	mgr, err := spectron.Open(ctx, "mem://", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer mgr.Close(ctx)
	operator, err := mgr.EnsureContext(ctx, "prod", spectron.ContextSpec{})
	if err != nil {
		log.Fatal(err)
	}
	for _, said := range []spectron.RememberRequest{
		{Text: "Alice works at Globex.", Scopes: spectron.Scopes{{"org/acme"}}},
		{Text: "Alice works at Initech.", Scopes: spectron.Scopes{{"org/beta"}}},
	} {
		if _, err := operator.Memory().Remember(ctx, said); err != nil {
			log.Fatal(err)
		}
	}

	key, err := operator.Keys().Create(ctx, spectron.KeySpec{Name: "acme-app", Principal: spectron.PresetAgent, ScopeFloor: "org/acme"})
	if err != nil {
		log.Fatal(err)
	}
	app, err := mgr.Authenticate(ctx, key.Secret)
	if err != nil {
		log.Fatal(err)
	}
	res, err := app.Memory().Recall(ctx, spectron.RecallRequest{Query: "Where does Alice work?"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(res.Hits[0].Text)
	_, err = app.Memory().Remember(ctx, spectron.RememberRequest{Text: "Bob is here.", Scopes: spectron.Scopes{{"org/beta"}}})
	fmt.Println(errors.Is(err, spectron.ErrForbidden))
	// Output:
	// Alice works at Globex
	// true
}

// A key can be limited, rotated and revoked. Existing handles obey at their next call.
func ExampleContext_Keys() {
	ctx := context.Background()
	mgr, err := spectron.Open(ctx, "mem://", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer mgr.Close(ctx)
	operator, err := mgr.EnsureContext(ctx, "prod", spectron.ContextSpec{})
	if err != nil {
		log.Fatal(err)
	}
	principal, err := operator.Principals().Create(ctx, spectron.PrincipalSpec{
		Name: "Alice", Kind: spectron.PrincipalHuman,
		Grants: spectron.Grants{spectron.MemoryRead: {"org/acme/*"}, spectron.MemoryWrite: {"org/acme/*"}},
	})
	if err != nil {
		log.Fatal(err)
	}
	key, err := operator.Keys().Create(ctx, spectron.KeySpec{
		Name: "reader", PrincipalID: principal.ID, Grants: spectron.Grants{spectron.MemoryRead: {"org/acme/*"}},
	})
	if err != nil {
		log.Fatal(err)
	}
	reader, err := mgr.Authenticate(ctx, key.Secret)
	if err != nil {
		log.Fatal(err)
	}
	who, err := reader.WhoAmI(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(who.Name, who.EffectiveGrants)

	if err := operator.Keys().Revoke(ctx, key.ID); err != nil {
		log.Fatal(err)
	}
	_, err = reader.WhoAmI(ctx)
	fmt.Println(errors.Is(err, spectron.ErrUnauthenticated))
	// Output:
	// Alice map[memory:read:[org/acme/*]]
	// true
}

// A service acts for one of its users. It has the rights that both have.
func ExampleContext_OnBehalfOf() {
	ctx := context.Background()
	mgr, err := spectron.Open(ctx, "mem://", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer mgr.Close(ctx)
	operator, err := mgr.EnsureContext(ctx, "prod", spectron.ContextSpec{})
	if err != nil {
		log.Fatal(err)
	}
	key, err := operator.Keys().Create(ctx, spectron.KeySpec{Name: "service", Principal: spectron.PresetAgent, ScopeFloor: "user"})
	if err != nil {
		log.Fatal(err)
	}
	alice, err := operator.Principals().Create(ctx, spectron.PrincipalSpec{
		Name: "Alice", Kind: spectron.PrincipalHuman, Grants: spectron.Grants{spectron.MemoryRead: {"user/alice"}},
	})
	if err != nil {
		log.Fatal(err)
	}
	service, err := mgr.Authenticate(ctx, key.Secret)
	if err != nil {
		log.Fatal(err)
	}
	forAlice, err := service.OnBehalfOf(ctx, alice.ID)
	if err != nil {
		log.Fatal(err)
	}
	who, err := forAlice.WhoAmI(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(who.EffectiveGrants)
	// Output:
	// map[memory:read:[user/alice]]
}

// Forgetting a scope erases its records and those of the scopes below it.
func ExampleScopeTree_Forget() {
	ctx := context.Background()
	mgr, err := spectron.Open(ctx, "mem://", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer mgr.Close(ctx)
	users, err := mgr.EnsureContext(ctx, "users", spectron.ContextSpec{})
	if err != nil {
		log.Fatal(err)
	}
	for _, name := range []string{"alice", "bob"} {
		if _, err := users.Scopes().Register(ctx, spectron.ScopeSpec{Path: "user/" + name}); err != nil {
			log.Fatal(err)
		}
		said := spectron.RememberRequest{Text: "I live in Berlin.", Scopes: spectron.Scopes{{"user/" + name}}}
		if _, err := users.Memory().Remember(ctx, said); err != nil {
			log.Fatal(err)
		}
	}

	done, err := users.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "user/bob"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(done.ByTable["turn"], "turn")
	for _, name := range []string{"alice", "bob"} {
		res, err := users.Memory().Recall(ctx, spectron.RecallRequest{Query: "Where do I live?", Lens: spectron.Scopes{{"user/" + name}}})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(name, len(res.Hits) > 0)
	}
	// Output:
	// 1 turn
	// alice true
	// bob false
}
