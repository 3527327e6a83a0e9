// Documents reads a folder of documents and answers questions with the passages that answer them, each with its document, section and position.
//
//	go run ./examples/documents FOLDER     # or without a folder: the handbook beside this file
//
// It needs no server, API key or model. With a path in $SPECTRON_STORE, what was read stays there for the next time.
package main

import (
	"bufio"
	"cmp"
	"context"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"strings"

	"github.com/spectron-go/spectron"
)

//go:embed handbook
var handbook embed.FS

// library is one run of the program.
type library struct {
	documents *spectron.Documents
	out       io.Writer
}

// read uploads the files of a folder, and waits until they can be found.
func (l *library) read(ctx context.Context, folder fs.FS) error {
	uploaded, err := l.documents.UploadFolder(ctx, spectron.FolderRequest{FS: folder, Progress: func(p spectron.FolderProgress) {
		l.bar("Uploading", p.Done, p.Total)
	}})
	if err != nil {
		return err
	}
	for i, d := range uploaded.Documents {
		done, err := l.documents.Wait(ctx, d.ID)
		if err != nil {
			return err
		}
		l.bar("Reading  ", i+1, len(uploaded.Documents))
		if err := done.Err(); err != nil {
			uploaded.Skipped = append(uploaded.Skipped, spectron.SkippedFile{Name: done.Name, Reason: err.Error(), Err: err})
		}
	}
	for _, s := range uploaded.Skipped {
		fmt.Fprintf(l.out, "Skipped %s: %s\n", s.Name, s.Reason)
	}
	return nil
}

// bar draws a progress bar over the one before.
func (l *library) bar(what string, done, total int) {
	const width = 30
	full := width * done / max(total, 1)
	fmt.Fprintf(l.out, "\r%s [%s%s] %d/%d", what, strings.Repeat("#", full), strings.Repeat(".", width-full), done, total)
	if done == total {
		fmt.Fprintln(l.out)
	}
}

// answer prints the passages that answer a question.
func (l *library) answer(ctx context.Context, question string) error {
	found, err := l.documents.Query(ctx, spectron.DocumentQuery{Query: question, K: 3})
	if err != nil {
		return err
	}
	if len(found.Hits) == 0 {
		fmt.Fprintln(l.out, "Nothing was found.")
	}
	for i, h := range found.Hits {
		fmt.Fprintf(l.out, "%d. %s\n   %s, %s, characters %d to %d\n", i+1, strings.Join(strings.Fields(h.Text), " "), h.Title, cmp.Or(h.Section, "no section"), h.CharStart, h.CharEnd)
	}
	return nil
}

// run reads the folder and answers each line of in.
func run(ctx context.Context, store string, folder fs.FS, in io.Reader, out io.Writer) (err error) {
	mgr, err := spectron.Open(ctx, store, nil)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, mgr.Close(ctx)) }()
	c, err := mgr.EnsureContext(ctx, "documents", spectron.ContextSpec{})
	if err != nil {
		return err
	}
	l := &library{documents: c.Documents(), out: out}
	if err := l.read(ctx, folder); err != nil {
		return err
	}
	fmt.Fprintln(out, "Ask a question:")
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		if question := strings.TrimSpace(lines.Text()); question != "" {
			if err := l.answer(ctx, question); err != nil {
				fmt.Fprintln(out, "That did not work:", err)
			}
		}
	}
	return lines.Err()
}

func main() {
	folder, err := fs.Sub(handbook, "handbook")
	if err != nil {
		log.Fatal(err)
	}
	if len(os.Args) > 1 {
		folder = os.DirFS(os.Args[1])
	}
	if err := run(context.Background(), cmp.Or(os.Getenv("SPECTRON_STORE"), "mem://"), folder, os.Stdin, os.Stdout); err != nil {
		log.Fatal(err)
	}
}
