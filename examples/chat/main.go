// Chat is a chat in a terminal that remembers between runs. Each user has a memory of its own, which no other user sees.
//
//	go run ./examples/chat -user alice                                             # without a model: it shows what it remembers
//	OPENAI_API_KEY=… go run ./examples/chat -user alice -model openai/gpt-4o-mini
//	go run ./examples/chat -user bob -model ollama/llama3.2                        # a model on this machine
//
// Tell it something, end it, and ask in another run. The first run on a machine fetches the database engine.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/providers"
)

const usage = `A chat that remembers between runs.

Usage: chat [-user NAME] [-model PROVIDER/MODEL] [-store PATH]

  -user NAME             who is talking: a-z, 0-9 and - (default "alice")
  -model PROVIDER/MODEL  the model that answers, such as openai/gpt-4o-mini; its
                         key is read from the environment, such as
                         OPENAI_API_KEY (default: none, memory alone answers)
  -store PATH            the file of the store (default "chat.db")

Type a line to say something, and /new to begin a new conversation. The end of
the input ends the chat.
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "chat:", err)
		os.Exit(1)
	}
}

// run is the program without process state.
func run(ctx context.Context, args []string, in io.Reader, out, stderr io.Writer) error {
	flags := flag.NewFlagSet("chat", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // errors are returned instead
	user, name, store := flags.String("user", "alice", ""), flags.String("model", "", ""), flags.String("store", "chat.db", "")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		_, err = io.WriteString(out, usage)
		return err
	case err != nil:
		return fmt.Errorf("%w (-h explains the flags)", err)
	case flags.NArg() > 0:
		return fmt.Errorf("unexpected argument %q (-h explains the flags)", flags.Arg(0))
	}
	options := &spectron.Options{}
	if *name != "" {
		var err error
		if options.Model, err = providers.Model(ctx, *name, providers.Options{FromEnvironment: true}); err != nil {
			return err
		}
	}
	fmt.Fprintln(stderr, "Type a line at a time. The first run on a machine takes a while, because it fetches the database engine.")
	return talk(ctx, *store, options, *user, in, out)
}

// talk opens the store and talks with one user.
func talk(ctx context.Context, store string, options *spectron.Options, user string, in io.Reader, out io.Writer) (err error) {
	mgr, err := spectron.Open(ctx, store, options)
	if err != nil {
		return err
	}
	// The store is closed properly even if a signal has ended ctx.
	defer func() { err = errors.Join(err, mgr.Close(context.WithoutCancel(ctx))) }()
	c, err := signIn(ctx, mgr, user)
	if err != nil {
		return err
	}
	t := talker{memory: c.Memory(), user: user, out: out, answers: options.Model != nil}
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		if err := t.hear(ctx, lines.Text()); err != nil {
			return err
		}
	}
	return lines.Err()
}

// signIn returns the handle of a user. It may do only what the user's key allows: read and write below the user's own scope. A service would
// check who the user is before it issues the key.
func signIn(ctx context.Context, mgr *spectron.Manager, user string) (*spectron.Context, error) {
	operator, err := mgr.EnsureContext(ctx, "chat", spectron.ContextSpec{})
	if err != nil {
		return nil, err
	}
	own := []string{"user/" + user}
	if _, err := operator.Scopes().Register(ctx, spectron.ScopeSpec{Path: own[0]}); err != nil {
		return nil, err
	}
	key, err := operator.Keys().IssueAccessToken(ctx, spectron.AccessTokenSpec{
		ExternalID: user, TTL: 12 * time.Hour, Grants: spectron.Grants{spectron.MemoryRead: own, spectron.MemoryWrite: own},
	})
	if err != nil {
		return nil, err
	}
	return mgr.Authenticate(ctx, key.Secret)
}

// talker is one side of a conversation.
type talker struct {
	memory  *spectron.Memory
	user    string
	session string // "": the conversation has not begun
	out     io.Writer
	answers bool // whether there is a model
}

// hear answers a line.
func (t *talker) hear(ctx context.Context, line string) error {
	switch {
	case line == "":
		return nil
	case line == "/new":
		t.session = ""
		return nil
	case t.answers:
		return t.chat(ctx, line)
	}
	return t.recall(ctx, line)
}

// chat prints the answer of the model as it comes, and then what it cites.
func (t *talker) chat(ctx context.Context, line string) error {
	req := spectron.ChatRequest{Message: line, SessionID: t.session, Speaker: t.user}
	for chunk, err := range t.memory.ChatStream(ctx, req) {
		if err != nil {
			return err
		}
		fmt.Fprint(t.out, chunk.Delta)
		if r := chunk.Reply; r != nil {
			t.session = r.SessionID
			fmt.Fprintln(t.out)
			for _, cited := range r.Citations {
				fmt.Fprintf(t.out, "  [%s] %s\n", cited.Marker, cited.Snippet)
			}
		}
	}
	return nil
}

// recall prints what memory has for the line, and remembers the line.
func (t *talker) recall(ctx context.Context, line string) error {
	found, err := t.memory.Recall(ctx, spectron.RecallRequest{Query: line, K: 3, Speaker: t.user, ExcludeSessionID: t.session})
	if err != nil {
		return err
	}
	kept, err := t.memory.Remember(ctx, spectron.RememberRequest{Text: line, SessionID: t.session, Speaker: t.user})
	if err != nil {
		return err
	}
	t.session = kept.SessionID
	if !found.Confident {
		fmt.Fprintln(t.out, "I will remember that.")
		return nil
	}
	fmt.Fprintln(t.out, "I remember:")
	for _, hit := range found.Hits {
		fmt.Fprintf(t.out, "  %s\n", hit.Text)
	}
	return nil
}
