// Agentmemory is the chat loop of an agent that remembers what it was told, even after a restart.
//
//	go run ./examples/agentmemory     # type "My name is Alice. I work at Globex."; in a second run: "Where do I work?"
//
// It needs no server, API key or model. To use a model, replace the function answer.
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

// answer answers the user, with the memories that Recall found. It stands for a model: it only repeats them.
func answer(_ context.Context, _ string, memories []string) (string, error) {
	if len(memories) == 0 {
		return "I will remember that.", nil
	}
	return "I remember: " + strings.Join(memories, "; "), nil
}

// chat is one conversation. For each line that the user types, it recalls, answers, and remembers both.
func chat(ctx context.Context, memory *spectron.Memory, in io.Reader, out io.Writer) error {
	session := "" // until the first turn
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		said := strings.TrimSpace(lines.Text())
		if said == "" {
			continue
		}
		found, err := memory.Recall(ctx, spectron.RecallRequest{Query: said, K: 3, ExcludeSessionID: session, MinRelevance: 0.3})
		if err != nil {
			return err
		}
		var memories []string
		for _, hit := range found.Hits {
			memories = append(memories, hit.Text)
		}
		reply, err := answer(ctx, said, memories)
		if err != nil {
			return err
		}
		fmt.Fprintln(out, reply)
		turns := []spectron.Message{{Content: said}, {Role: spectron.RoleAssistant, Content: reply}}
		stored, err := memory.RememberMany(ctx, spectron.RememberManyRequest{SessionID: session, Messages: turns})
		if err != nil {
			return err
		}
		session = stored.SessionID
	}
	return lines.Err()
}

func run(ctx context.Context) (err error) {
	mgr, err := spectron.Open(ctx, "agent.db", nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, mgr.Close(ctx)) }()
	memory, err := mgr.Memory(ctx)
	if err != nil {
		return err
	}
	return chat(ctx, memory, os.Stdin, os.Stdout)
}

func main() {
	fmt.Fprintln(os.Stderr, "Type one line at a time. The first run on a machine takes a while, because it fetches the database engine.")
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}
