// Quickstart remembers a conversation and asks six questions about it. For each question it prints the answer, who said it
// and when, the tier that found it, and the time that took.
//
//	go run ./examples/quickstart
//	go run ./examples/quickstart -file chat.txt -ask "Where does Anna live?"
//
// It needs no server, API key or model. The first run on a machine fetches the database engine.
package main

import (
	"context"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spectron-go/spectron"
)

const usage = `Remembers a conversation and answers questions about it.

Usage: quickstart [-file PATH] [-ask QUESTION]... [-store URL]

  -file PATH     the conversation (default: the built-in conversation)
  -ask QUESTION  a question, instead of the six built-in questions; repeatable
  -store URL     the store (default "mem://": in memory, gone at the end)

A conversation is a text file with one turn per line, "role: text" or
"[2026-05-12T10:00:00Z] role: text". The roles are user, assistant, system and
tool. Blank lines and lines that begin with # are skipped. A line that is
indented, or that begins neither with [ nor with a word and a colon, continues
the previous turn.
`

//go:embed transcript.txt
var transcript string

// questions are the questions about the embedded conversation.
var questions = []string{
	"Where do I work now?",
	"Where did I work before?",
	"Where do I live?",
	"What do I prefer to drink?",
	"Where does my colleague Anna live?",
	"How should dates be written?",
}

// maxHits is the number of hits for each question: the answer and one more.
const maxHits = 2

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "quickstart:", err)
		os.Exit(1)
	}
}

// run is the program without process state. It writes answers to stdout, and the progress of a first run to stderr.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	flags := flag.NewFlagSet("quickstart", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // errors are returned instead
	file := flags.String("file", "", "")
	store := flags.String("store", "mem://", "")
	var asked []string
	flags.Func("ask", "", func(text string) error {
		asked = append(asked, text)
		return nil
	})
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		_, err = io.WriteString(stdout, usage)
		return err
	case err != nil:
		return fmt.Errorf("%w (-h explains the flags)", err)
	case flags.NArg() > 0:
		return fmt.Errorf("unexpected argument %q (-h explains the flags)", flags.Arg(0))
	case len(asked) == 0:
		asked = questions
	}
	messages, err := conversation(*file)
	if err != nil {
		return err
	}

	mgr, err := spectron.Open(ctx, *store, &spectron.Options{
		EngineOptions: spectron.EngineOptions{Progress: progress(stderr)},
	})
	if err != nil {
		return err
	}
	// The store is closed properly even if a signal has ended ctx.
	defer func() { err = errors.Join(err, mgr.Close(context.WithoutCancel(ctx))) }()
	c, err := mgr.EnsureContext(ctx, "quickstart", spectron.ContextSpec{})
	if err != nil {
		return err
	}
	memory := c.Memory()

	started := time.Now()
	remembered, err := memory.RememberMany(ctx, spectron.RememberManyRequest{Messages: messages})
	if err != nil {
		return err
	}
	printRemembered(stdout, remembered, time.Since(started))

	turns := make(map[string]int, len(remembered.TurnIDs))
	for i, id := range remembered.TurnIDs {
		turns[id] = i + 1
	}
	for i, q := range asked {
		answer, err := memory.Recall(ctx, spectron.RecallRequest{Query: q, K: maxHits})
		if err != nil {
			return err
		}
		fmt.Fprintf(stdout, "\n%d. %s\n", i+1, q)
		printAnswer(stdout, answer, turns)
	}
	return nil
}

// conversation reads the transcript at path, or the embedded one for "".
func conversation(path string) ([]spectron.Message, error) {
	if path == "" {
		return parseTranscript("transcript.txt", strings.NewReader(transcript))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return parseTranscript(path, f)
}

// progress returns a listener that writes a line for each stage of fetching the engine. It writes nothing if the engine is
// cached.
func progress(w io.Writer) func(spectron.EngineProgress) {
	var fetching bool
	var last string
	return func(p spectron.EngineProgress) {
		fetching = fetching || p.Stage == "npm" || p.Stage == "download"
		if !fetching || p.Stage == last {
			return
		}
		last = p.Stage
		size := ""
		if p.Total > 0 {
			size = fmt.Sprintf(" (%d bytes)", p.Total)
		}
		fmt.Fprintf(w, "first run, getting the engine: %s%s\n", p.Stage, size)
	}
}

func printRemembered(w io.Writer, r *spectron.RememberedMany, took time.Duration) {
	var facts, instructions, corrections, uncertainties int
	for _, x := range r.Extractions {
		facts += len(x.Attributes) + len(x.Relations)
		instructions += len(x.Instructions)
		corrections += len(x.Corrections)
		uncertainties += len(x.Uncertainties)
	}
	fmt.Fprintf(w, "Remembered in %v: %d turns; facts: %d, instructions: %d, corrections: %d, uncertainties: %d\n",
		took.Round(time.Millisecond), len(r.TurnIDs), facts, instructions, corrections, uncertainties)
}

// printAnswer prints the hits with their sources. turns maps the ids of turns to their numbers in the conversation.
func printAnswer(w io.Writer, answer *spectron.Recalled, turns map[string]int) {
	shown := map[string]bool{} // turns
	for _, hit := range answer.Hits {
		source := hit.Source
		if hit.Kind == spectron.KindMemoryChunk && shown[source.TurnID] {
			continue // the words of a fact that was printed above
		}
		shown[source.TurnID] = true
		if hit.Kind != spectron.KindMemoryChunk {
			fmt.Fprintf(w, "   %s%s\n", hit.Text, period(hit.Fact))
		}
		turn := "an earlier conversation"
		if n, ok := turns[source.TurnID]; ok {
			turn = fmt.Sprintf("turn %d", n)
		}
		fmt.Fprintf(w, "     %q (%s, %s, %s)\n", source.Quote, source.Role, turn, source.SpokenAt.Format("2006-01-02 15:04"))
	}
	if len(answer.Hits) == 0 {
		fmt.Fprintln(w, "   Nothing found.")
	}
	fmt.Fprintf(w, "   [%s, %v]\n", answer.Tier, answer.Trace.Duration.Round(time.Microsecond))
}

// period returns when a fact held, as far as known.
func period(f *spectron.Fact) string {
	switch {
	case f == nil || f.ValidFrom.IsZero() && f.ValidUntil.IsZero():
		return ""
	case f.ValidUntil.IsZero():
		return ", since " + f.ValidFrom.Format(time.DateOnly)
	case f.ValidFrom.IsZero():
		return ", until " + f.ValidUntil.Format(time.DateOnly)
	}
	return ", " + f.ValidFrom.Format(time.DateOnly) + " to " + f.ValidUntil.Format(time.DateOnly)
}
