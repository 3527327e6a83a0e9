// Agentmemory is the chat loop of an agent that remembers what it was told, even after a restart.
//
//	go run ./examples/agentmemory     # type "My name is Alice. I work at Globex."; in a second run: "Where do I work?"
//
// It needs no server, API key or model. The first run on a machine fetches the database engine. To use a model, replace the
// function offline.
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/spectron-go/spectron"
)

// model answers the user, with the memories that Recall found.
type model func(ctx context.Context, said string, memories []string) (string, error)

// offline replaces a model: it repeats the memories.
func offline(_ context.Context, _ string, memories []string) (string, error) {
	if len(memories) == 0 {
		return "I will remember that.", nil
	}
	return "I remember: " + strings.Join(memories, "; "), nil
}

// agent is one conversation.
type agent struct {
	memory  *spectron.Memory
	answer  model
	session string // "" before the first turn
}

// hear handles a turn of the user: it recalls, answers, and remembers both the turn and the answer.
func (a *agent) hear(ctx context.Context, said string) (string, error) {
	found, err := a.memory.Recall(ctx, spectron.RecallRequest{Query: said, K: 3, ExcludeSessionID: a.session, MinRelevance: 0.3})
	if err != nil {
		return "", err
	}
	var memories []string
	for _, hit := range found.Hits {
		memories = append(memories, hit.Text)
	}
	answer, err := a.answer(ctx, said, memories)
	if err != nil {
		return "", err
	}
	turns := []spectron.Message{{Content: said}, {Role: spectron.RoleAssistant, Content: answer}}
	stored, err := a.memory.RememberMany(ctx, spectron.RememberManyRequest{SessionID: a.session, Messages: turns})
	if err == nil {
		a.session = stored.SessionID
	}
	return answer, err
}

func run(ctx context.Context, store string, in io.Reader, out io.Writer) (err error) {
	mgr, err := spectron.Open(ctx, store, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, mgr.Close(context.WithoutCancel(ctx))) }()
	memory, err := mgr.Memory(ctx)
	if err != nil {
		return err
	}
	a := &agent{memory: memory, answer: offline}
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		answer, err := a.hear(ctx, lines.Text())
		if err != nil {
			return err
		}
		fmt.Fprintln(out, answer)
	}
	return lines.Err()
}

func main() {
	fmt.Fprintln(os.Stderr, "Type one line at a time. The first run on a machine takes a while, because it fetches the database engine.")
	if err := run(context.Background(), "agent.db", os.Stdin, os.Stdout); err != nil {
		log.Fatal(err)
	}
}
