// Extraction remembers one conversation twice, with rules alone and with a model that reads what the rules leave, and shows side by side what
// each of them learnt from each message.
//
//	go run ./examples/extraction                              # a script in the place of a model: no network, no key
//	OPENAI_API_KEY=… go run ./examples/extraction -model openai/gpt-4o-mini
//	go run ./examples/extraction -model ollama/llama3.2       # a model on this machine
//
// The first run on a machine fetches the database engine.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/providers"
)

const usage = `Shows what rules and a model learn from a conversation.

Usage: extraction [-model PROVIDER/MODEL]

  -model PROVIDER/MODEL  the model, such as openai/gpt-4o-mini; its key is read
                         from the environment, such as OPENAI_API_KEY
                         (default: a script that answers like a model)
`

// conversation is what the user says, a message a day.
var conversation = []string{
	"Hi, I'm Lena Brandt and I live in Hamburg.",
	"By day I look after the books of a small bakery chain called Kornblume.",
	"My better half Tom sails with the merchant navy most of the year.",
	"Please keep your answers short.",
	"The dog, Bruno, turned eleven in March.",
	"Anything with nuts sends me to the hospital.",
	"Maybe I'll learn Spanish one day.",
	"We swapped Hamburg for Leipzig at the beginning of May.",
	"Kornblume let me go last week, and on Monday I start at the town library.",
	"Tom and I only talk through lawyers these days.",
}

// begin is the day of the first message.
var begin = time.Date(2026, time.May, 10, 9, 0, 0, 0, time.UTC)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "extraction:", err)
		os.Exit(1)
	}
}

// run is the program without process state. It writes the table to stdout, and the progress of a first run to stderr.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	flags := flag.NewFlagSet("extraction", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // errors are returned instead
	name := flags.String("model", "", "")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		_, err = io.WriteString(stdout, usage)
		return err
	case err != nil:
		return fmt.Errorf("%w (-h explains the flags)", err)
	case flags.NArg() > 0:
		return fmt.Errorf("unexpected argument %q (-h explains the flags)", flags.Arg(0))
	}

	options := providers.Options{FromEnvironment: true}
	if *name == "" {
		script, err := startScript()
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, script.stop()) }()
		*name = "built-in/script"
		options = providers.Options{Compatible: map[string]string{"built-in": script.url}, Keyless: []string{"built-in"}}
	}
	model, err := providers.Model(ctx, *name, options)
	if err != nil {
		return err
	}
	mgr, err := spectron.Open(ctx, "mem://", &spectron.Options{
		Model: model, EngineOptions: spectron.EngineOptions{Progress: progress(stderr)},
	})
	if err != nil {
		return err
	}
	// The store is closed properly even if a signal has ended ctx.
	defer func() { err = errors.Join(err, mgr.Close(context.WithoutCancel(ctx))) }()

	// One Context has a model, the other does not use it.
	rules, err := learn(ctx, mgr, "rules", false)
	if err != nil {
		return err
	}
	both, err := learn(ctx, mgr, "both", true)
	if err != nil {
		return err
	}
	return printTable(stdout, *name, rules, both)
}

// learn remembers the conversation in a new Context, and returns what it learnt from each message.
func learn(ctx context.Context, mgr *spectron.Manager, id string, useModel bool) ([][]string, error) {
	c, err := mgr.CreateContext(ctx, id, spectron.ContextSpec{Config: spectron.Config{LLMExtraction: &useModel}})
	if err != nil {
		return nil, err
	}
	messages := make([]spectron.Message, len(conversation))
	for i, text := range conversation {
		messages[i] = spectron.Message{Content: text, At: begin.AddDate(0, 0, i)}
	}
	remembered, err := c.Memory().RememberMany(ctx, spectron.RememberManyRequest{Messages: messages})
	if err != nil {
		return nil, err
	}
	learnt := make([][]string, len(messages))
	add := func(turn, line string) {
		if i := slices.Index(remembered.TurnIDs, turn); i >= 0 {
			learnt[i] = append(learnt[i], line)
		}
	}
	for f, err := range c.Facts().All(ctx, spectron.FactQuery{}) {
		if err != nil {
			return nil, err
		}
		add(f.Source.TurnID, describe(f))
	}
	for i, err := range c.Instructions().All(ctx, spectron.InstructionQuery{}) {
		if err != nil {
			return nil, err
		}
		add(i.Source.TurnID, "instruction: "+i.Description)
	}
	for i, x := range remembered.Extractions {
		slices.Sort(learnt[i])
		for _, u := range x.Uncertainties {
			learnt[i] = append(learnt[i], "unclear: "+u.About)
		}
	}
	return learnt, nil
}

// describe returns a fact on one line.
func describe(f spectron.Fact) string {
	line := fmt.Sprintf("%s %s %s", f.Entity.Name, f.Key, f.Value)
	switch {
	case !f.ValidUntil.IsZero():
		line += ", until " + f.ValidUntil.Format(time.DateOnly)
	case !f.RetiredAt.IsZero():
		line += ", ended"
	}
	if f.Doubt != "" {
		line += " (in doubt)"
	}
	return line
}

// width is that of the column with the messages, in characters.
const width = 40

// printTable prints what was learnt from each message in two columns.
func printTable(w io.Writer, model string, rules, both [][]string) error {
	var text strings.Builder
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "MESSAGE\tRULES\tRULES AND %s\n", model)
	for i, message := range conversation {
		said := wrap(message)
		for line := range max(len(said), len(rules[i]), len(both[i]), 1) {
			fmt.Fprintf(table, "%s\t%s\t%s\n", at(said, line, ""), at(rules[i], line, "-"), at(both[i], line, "-"))
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for line := range strings.Lines(text.String()) {
		if _, err := fmt.Fprintln(w, strings.TrimRight(line, " \n")); err != nil {
			return err
		}
	}
	return nil
}

// at returns a line. The first line of an empty list is a word for nothing.
func at(lines []string, i int, nothing string) string {
	switch {
	case i < len(lines):
		return lines[i]
	case i == 0:
		return nothing
	}
	return ""
}

// wrap divides a text into lines of about width characters.
func wrap(text string) (lines []string) {
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && len(line)+len(word) >= width {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	return append(lines, line)
}

// progress returns a listener that writes a line for each stage of fetching the engine. It writes nothing if the engine is cached.
func progress(w io.Writer) func(spectron.EngineProgress) {
	var fetching bool
	var last string
	return func(p spectron.EngineProgress) {
		if fetching = fetching || p.Stage == "npm" || p.Stage == "download"; fetching && p.Stage != last {
			last = p.Stage
			fmt.Fprintln(w, "first run, getting the engine:", p.Stage)
		}
	}
}
