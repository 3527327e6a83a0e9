// Multitenant keeps the memories of two companies in one Context, so that each sees only its own, and shows what else keys
// can do: narrow themselves, end by themselves, act for somebody, and be revoked.
//
//	go run ./examples/multitenant
//
// It needs no server, key or model. The first run on a machine fetches the database engine.
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
	store := flag.String("store", "mem://", "where to remember; mem:// is gone at the end")
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

// show is a service that has just started, with all that follows in one function so that it reads from top to bottom.
func show(ctx context.Context, mgr *spectron.Manager, out io.Writer) error {
	// A Context is the hard wall: its own database, keys and configuration. Give each customer one where nothing may ever be
	// shared. Here the tenants share one, and scopes keep them apart: paths such as org/acme, of which each record has some.
	//
	// This handle is the operator's: it may do everything, and is not for serving requests with.
	operator, err := mgr.CreateContext(ctx, "support-desk", spectron.ContextSpec{})
	if err != nil {
		return err
	}

	// A key of the preset Agent reads and writes at its scope floor and below, and nowhere else. Its secret is shown once,
	// here: hand it to the tenant, and keep nothing.
	fmt.Fprintln(out, "An agent for each tenant")
	agents := map[string]*spectron.Context{}
	for _, tenant := range []string{"acme", "beta"} {
		key, err := operator.Keys().Create(ctx, spectron.KeySpec{
			Name: tenant + "-agent", Principal: spectron.PresetAgent, ScopeFloor: "org/" + tenant,
		})
		if err != nil {
			return err
		}
		// With each request comes the secret. The handle that it gives can do what the key can, at the moment of each call.
		if agents[tenant], err = mgr.Authenticate(ctx, key.Secret); err != nil {
			return err
		}
	}

	// Both talk about the office. Neither says where that is to be remembered: what names no scopes goes to where the caller
	// may write, which is the tenant's own.
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

	// Reading elsewhere is not an error: nothing is there. Whether the path exists does not show. Writing elsewhere is
	// refused.
	fmt.Fprintln(out, "\nAcross the border")
	found, err := agents["beta"].Memory().Recall(ctx, spectron.RecallRequest{Query: question, Lens: spectron.Scopes{{"org/acme"}}})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "  beta's agent looks into org/acme: %d hits\n", len(found.Hits))
	_, err = agents["beta"].Memory().Remember(ctx, spectron.RememberRequest{Text: "Hello.", Scopes: spectron.Scopes{{"org/acme"}}})
	fmt.Fprintf(out, "  beta's agent writes to org/acme: %s\n", outcome(err))

	// Presets are for the plain cases. Otherwise make a principal, an identity with grants: verbs, each with the patterns of
	// the scopes where it may be used. Each of its keys may do as much, or less when it is narrowed, never more.
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

	// Users come from another system, which has checked who they are. They get an access token, which ends by itself; their
	// principal is made the first time, and found by its external id from then on.
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
	// To the agent of the other tenant there is no Alice: it gets the nearest of what it may see.
	const home = "Where does Alice live?"
	for _, asker := range []struct {
		name   string
		handle *spectron.Context
	}{{"Alice", alice}, {"acme's agent", agents["acme"]}, {"beta's agent", agents["beta"]}} {
		if err := ask(ctx, out, asker.name, asker.handle, home); err != nil {
			return err
		}
	}

	// An agent that answers Alice should see what Alice may, and no more than it may itself. That is what acting on behalf of
	// her gives: both of them, intersected. What is done so is on record with both.
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

	// Revoking holds for the next call, also through handles that were given out.
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

	// Everything that was refused is on record, newest first; so is every change of keys, principals and scopes.
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

// outcome is how a call ended, in one word.
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
