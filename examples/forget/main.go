// Forget shows what is known about its user, corrects it, closes or erases it, and shows the receipt.
//
//	go run ./examples/forget     # type "I live in Bern. My dog is called Rex.", "known", "correct 1 Basel", "erase 2"
//
// It needs no server, API key or model.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"strconv"
	"strings"

	"github.com/spectron-go/spectron"
)

const help = `Say something about yourself, or:
  known             lists what is known about you
  correct N VALUE   corrects the N-th of these facts
  forget N          closes it: it stays in the history
  erase N           erases it, with the words that told it
`

// conversation is one run of the program.
type conversation struct {
	context *spectron.Context
	out     io.Writer
	known   []spectron.Fact // as they were listed last
}

func (c *conversation) run(ctx context.Context, in io.Reader) error {
	fmt.Fprint(c.out, help)
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		if err := c.read(ctx, strings.TrimSpace(lines.Text())); err != nil {
			fmt.Fprintln(c.out, "That did not work:", err)
		}
	}
	return lines.Err()
}

// read answers one line.
func (c *conversation) read(ctx context.Context, line string) error {
	command, rest, _ := strings.Cut(line, " ")
	number, value, _ := strings.Cut(rest, " ")
	switch command {
	case "":
		return nil
	case "known":
		return c.list(ctx)
	case "correct":
		fact, err := c.fact(number)
		if err != nil {
			return err
		}
		if _, err = c.context.Facts().Correct(ctx, fact.ID, value); err != nil {
			return err
		}
		return c.list(ctx)
	case "forget", "erase":
		fact, err := c.fact(number)
		if err != nil {
			return err
		}
		return c.forget(ctx, spectron.ForgetRequest{IDs: []string{fact.ID}, Purge: command == "erase"})
	}
	_, err := c.context.Memory().Remember(ctx, spectron.RememberRequest{Text: line})
	if err == nil {
		fmt.Fprintln(c.out, "I will remember that.")
	}
	return err
}

// list prints the facts about the user.
func (c *conversation) list(ctx context.Context) error {
	c.known = nil
	for fact, err := range c.context.Facts().All(ctx, spectron.FactQuery{Entity: spectron.EntityRef{Type: "person", Name: "user"}, Live: true}) {
		if err != nil {
			return err
		}
		c.known = append(c.known, fact)
		fmt.Fprintf(c.out, "%d. %s: %s\n", len(c.known), strings.ReplaceAll(fact.Key, "_", " "), fact.Value)
	}
	if len(c.known) == 0 {
		fmt.Fprintln(c.out, "Nothing is known.")
	}
	return nil
}

// fact returns a fact by its number in the list.
func (c *conversation) fact(number string) (*spectron.Fact, error) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(c.known) {
		return nil, fmt.Errorf("%q is no number of the list; type known", number)
	}
	return &c.known[n-1], nil
}

// forget lists what would be forgotten, forgets it, and prints the receipt.
func (c *conversation) forget(ctx context.Context, req spectron.ForgetRequest) error {
	req.DryRun = true
	would, err := c.context.Memory().Forget(ctx, req)
	if err != nil {
		return err
	}
	for _, item := range would.Items {
		fmt.Fprintf(c.out, "Forgetting the %s %q\n", item.Kind, item.Text)
	}
	req.DryRun = false
	receipt, err := c.context.Memory().Forget(ctx, req)
	if err != nil {
		return err
	}
	encoded, err := json.MarshalIndent(receipt, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "Receipt: %s\n", encoded)
	return err
}

func run(ctx context.Context, path string, in io.Reader, out io.Writer) (err error) {
	mgr, err := spectron.Open(ctx, path, nil)
	if err != nil {
		return err
	}
	defer func() {
		if closed := mgr.Close(ctx); err == nil {
			err = closed
		}
	}()
	c, err := mgr.EnsureContext(ctx, "me", spectron.ContextSpec{})
	if err != nil {
		return err
	}
	return (&conversation{context: c, out: out}).run(ctx, in)
}

func main() {
	path := "forget.db"
	if len(os.Args) > 1 {
		path = os.Args[1]
	}
	if err := run(context.Background(), path, os.Stdin, os.Stdout); err != nil {
		log.Fatal(err)
	}
}
