// Multitenant stores the memories of two companies in one Context, so that each sees only its own. It also shows narrowed keys,
// access tokens that expire, acting on behalf of a user, and revoking.
//
//	go run ./examples/multitenant
//
// It needs no server, API key or model. The first run on a machine fetches the database engine.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"time"

	"github.com/spectron-go/spectron"
)

func main() {
	store := flag.String("store", "mem://", "path or URL of the store; mem:// is gone at the end")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *store, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, store string, out io.Writer) (err error) {
	mgr, err := spectron.Open(ctx, store, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, mgr.Close(context.WithoutCancel(ctx))) }()
	return show(ctx, mgr, out)
}

// show plays a service that has just started. It is one function, so that it reads from top to bottom.
func show(ctx context.Context, mgr *spectron.Manager, out io.Writer) error {
	// A Context is isolated: it has its own database, keys and configuration. Create one for each customer if nothing may ever
	// be shared. Here the tenants share a Context, and scopes keep them apart: each record belongs to paths such as org/acme.
	//
	// This is the operator's handle. It may do everything, so do not serve requests with it.
	operator, err := mgr.CreateContext(ctx, "support-desk", spectron.ContextSpec{})
	if err != nil {
		return err
	}

	// A key with PresetAgent reads and writes at its scope floor and below, and nowhere else. Its secret is shown only here:
	// hand it to the tenant, and do not store it.
	fmt.Fprintln(out, "An agent for each tenant")
	agents := map[string]*spectron.Context{}
	for _, tenant := range []string{"acme", "beta"} {
		key, err := operator.Keys().Create(ctx, spectron.KeySpec{
			Name: tenant + "-agent", Principal: spectron.PresetAgent, ScopeFloor: "org/" + tenant,
		})
		if err != nil {
			return err
		}
		// Each request carries the secret. Authenticate returns a handle that may do what the key allows at each call.
		if agents[tenant], err = mgr.Authenticate(ctx, key.Secret); err != nil {
			return err
		}
	}

	// Both talk about the office. Neither names a scope. A write without scopes goes to the scopes where the caller may write,
	// here the tenant's own.
	for _, told := range []struct{ tenant, text string }{
		{"acme", "The door code of the office is 4711."},
		{"beta", "The door code of the office is 2323."},
	} {
		if _, err := agents[told.tenant].Memory().Remember(ctx, spectron.RememberRequest{Text: told.text}); err != nil {
			return err
		}
	}
	const question = "What is the door code of the office?"
	for _, tenant := range []string{"acme", "beta"} {
		if err := ask(ctx, out, tenant+"'s agent", agents[tenant], question); err != nil {
			return err
		}
	}

	// Reading another tenant's scope is not an error: it finds nothing, and does not reveal whether the path exists. Writing
	// there is refused.
	fmt.Fprintln(out, "\nAcross the border")
	found, err := agents["beta"].Memory().Recall(ctx, spectron.RecallRequest{Query: question, Lens: spectron.Scopes{{"org/acme"}}})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "  beta's agent looks into org/acme: %d hits\n", len(found.Hits))
	_, err = agents["beta"].Memory().Remember(ctx, spectron.RememberRequest{Text: "Hello.", Scopes: spectron.Scopes{{"org/acme"}}})
	fmt.Fprintf(out, "  beta's agent writes to org/acme: %s\n", outcome(err))

	// Presets cover the simple cases. For others create a principal: an identity with grants. Grants map verbs to the patterns
	// of the scopes where they may be used. A key of a principal may do the same, or less if it is narrowed, but never more.
	fmt.Fprintln(out, "\nA principal over both tenants, and a key of it that sees one")
	auditor, err := operator.Principals().Create(ctx, spectron.PrincipalSpec{
		Name: "auditor", Kind: spectron.PrincipalHuman, Grants: spectron.Grants{spectron.MemoryRead: {"org/acme/*", "org/beta/*"}},
	})
	if err != nil {
		return err
	}
	for _, spec := range []spectron.KeySpec{
		{Name: "all", PrincipalID: auditor.ID},
		{Name: "acme only", PrincipalID: auditor.ID, Grants: spectron.Grants{spectron.MemoryRead: {"org/acme/*"}}},
	} {
		key, err := operator.Keys().Create(ctx, spec)
		if err != nil {
			return err
		}
		handle, err := mgr.Authenticate(ctx, key.Secret)
		if err != nil {
			return err
		}
		if err := ask(ctx, out, fmt.Sprintf("the auditor's key %q", spec.Name), handle, question); err != nil {
			return err
		}
	}
	_, err = operator.Keys().Create(ctx, spectron.KeySpec{
		Name: "wider", PrincipalID: auditor.ID, Grants: spectron.Grants{spectron.MemoryWrite: {"org/acme/*"}},
	})
	fmt.Fprintf(out, "  a key of the auditor's that writes: %s\n", outcome(err))

	// Another system has authenticated the users. They get access tokens, which expire. The first token of a user creates the
	// principal; later tokens find it by its external id.
	fmt.Fprintln(out, "\nA user with an access token")
	token, err := operator.Keys().IssueAccessToken(ctx, spectron.AccessTokenSpec{
		ExternalID: "okta:alice", Name: "Alice", TTL: time.Hour,
		Grants: spectron.Grants{
			spectron.MemoryRead:  {"org/acme", "org/acme/user/alice/*"}, // the company's own, not that of its other users
			spectron.MemoryWrite: {"org/acme/user/alice/*"},
			spectron.ScopeCreate: {"org/acme/user/alice/*"}, // a write registers the scopes that it names
		},
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "  Alice's token is good for %v\n", token.ValidUntil.Sub(token.CreatedAt))
	alice, err := mgr.Authenticate(ctx, token.Secret)
	if err != nil {
		return err
	}
	if _, err := alice.Memory().Remember(ctx, spectron.RememberRequest{
		Text: "I live in Lisbon.", Speaker: "Alice", Scopes: spectron.Scopes{{"org/acme/user/alice"}},
	}); err != nil {
		return err
	}
	// The agent of the other tenant cannot see Alice: it gets the nearest record that it may see.
	const home = "Where does Alice live?"
	for _, asker := range []struct {
		name   string
		handle *spectron.Context
	}{{"Alice", alice}, {"acme's agent", agents["acme"]}, {"beta's agent", agents["beta"]}} {
		if err := ask(ctx, out, asker.name, asker.handle, home); err != nil {
			return err
		}
	}

	// An agent that answers Alice should see what Alice may see, and no more than it may see itself. OnBehalfOf gives the
	// intersection of both permissions. Events then record both principals.
	fmt.Fprintln(out, "\nThe agent on behalf of Alice")
	delegated, err := agents["acme"].OnBehalfOf(ctx, token.PrincipalID)
	if err != nil {
		return err
	}
	me, err := delegated.Memory().WhoAmI(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "  %s may read %v\n", me.Name, me.EffectiveGrants[spectron.MemoryRead])
	_, err = delegated.Memory().Remember(ctx, spectron.RememberRequest{Text: "Hello.", Scopes: spectron.Scopes{{"org/acme/user/bob"}}})
	fmt.Fprintf(out, "  it writes to another user's: %s\n", outcome(err))
	_, err = agents["beta"].OnBehalfOf(ctx, token.PrincipalID)
	fmt.Fprintf(out, "  beta's agent on behalf of Alice: %s\n", outcome(err))

	// Revoking takes effect at the next call, also for existing handles.
	fmt.Fprintln(out, "\nRevoked")
	if err := operator.Keys().Revoke(ctx, "acme-agent"); err != nil {
		return err
	}
	for _, was := range []struct {
		name   string
		handle *spectron.Context
	}{{"acme's agent", agents["acme"]}, {"the agent on behalf of Alice", delegated}} {
		_, err := was.handle.Memory().Recall(ctx, spectron.RecallRequest{Query: question})
		fmt.Fprintf(out, "  %s: %s\n", was.name, outcome(err))
	}
	if err := ask(ctx, out, "beta's agent", agents["beta"], question); err != nil {
		return err
	}

	// Events record every refusal, newest first, and every change of keys, principals and scopes.
	fmt.Fprintln(out, "\nOn record")
	events, err := operator.Events(ctx, spectron.EventQuery{Action: spectron.EventDenied})
	if err != nil {
		return err
	}
	for _, e := range events.Items {
		fmt.Fprintf(out, "  %s: %s\n", e.Op, e.Detail)
	}
	return nil
}

// ask prints what a handle finds.
func ask(ctx context.Context, out io.Writer, who string, handle *spectron.Context, question string) error {
	found, err := handle.Memory().Recall(ctx, spectron.RecallRequest{Query: question, K: 2})
	if err != nil {
		return err
	}
	if len(found.Hits) == 0 {
		fmt.Fprintf(out, "  %s finds nothing\n", who)
	}
	for _, hit := range found.Hits {
		fmt.Fprintf(out, "  %s finds %q\n", who, hit.Text)
	}
	return nil
}

// outcome returns how a call ended, in one word.
func outcome(err error) string {
	var failed *spectron.Error
	switch {
	case err == nil:
		return "done"
	case errors.As(err, &failed):
		return string(failed.Code)
	}
	return err.Error()
}
