// Move copies a Context to another store or to another name: from a file to a server, from a server to a file, or within
// one store.
//
//	go run ./examples/move -from file://agent.db -context acme-prod -to ws://localhost:8000
//
// It signs in to servers as $SURREAL_USER with $SURREAL_PASS. The new Context must not exist yet. The old Context is not
// changed. When your programs use the copy, delete the old Context with Manager.DeleteContext.
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

	"github.com/spectron-go/spectron"
)

func main() {
	var m move
	flag.StringVar(&m.from, "from", "", "the store to copy from: file://PATH, ws://HOST:PORT …")
	flag.StringVar(&m.to, "to", "", "the store to copy to; may be the same store, with another id")
	flag.StringVar(&m.id, "context", "", "the id of the Context")
	flag.StringVar(&m.newID, "as", "", "the id of the copy; default: the same id")
	flag.StringVar(&m.namespace, "namespace", "", "the namespace of the copy; default: the same namespace")
	flag.StringVar(&m.database, "database", "", "the database of the copy; default: the same database")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := m.run(ctx, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

type move struct {
	from, to, id, newID, namespace, database string
}

func (m move) run(ctx context.Context, out io.Writer) (err error) {
	if m.from == "" || m.to == "" || m.id == "" {
		return errors.New("the flags -from, -to and -context are required; -h explains them")
	}
	// A file can be open only once, so a move within a file uses the same Manager twice.
	source, err := open(ctx, m.from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close(ctx)) }()
	target := source
	if m.to != m.from {
		if target, err = open(ctx, m.to); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, target.Close(ctx)) }()
	}
	old, err := source.Context(ctx, m.id)
	if err != nil {
		return err
	}
	spec := spectron.ContextSpec{Namespace: old.Info().Namespace, Database: old.Info().Database, Description: old.Info().Description}
	if m.namespace != "" {
		spec.Namespace = m.namespace
	}
	if m.database != "" {
		spec.Database = m.database
	}
	if m.newID == "" {
		m.newID = m.id
	}

	// The export streams into the import. If either fails, the pipe passes the error to the other, and nothing is left behind.
	reader, writer := io.Pipe()
	go func() { writer.CloseWithError(source.ExportContext(ctx, m.id, writer)) }()
	moved, err := target.ImportContext(ctx, spectron.ImportRequest{
		ID: m.newID, Spec: spec, From: reader, Access: true, Events: true,
		Progress: func(rows int) { fmt.Fprintf(os.Stderr, "\r%d rows", rows) },
	})
	fmt.Fprintln(os.Stderr)
	reader.CloseWithError(errors.Join(err, io.ErrClosedPipe))
	if err != nil {
		return err
	}
	info := moved.Context.Info()
	_, err = fmt.Fprintf(out, "%s is now in %s as %s, in the database %s/%s\n", m.id, m.to, info.ID, info.Namespace, info.Database)
	return err
}

func open(ctx context.Context, url string) (*spectron.Manager, error) {
	return spectron.Open(ctx, url, &spectron.Options{
		Remote: spectron.RemoteOptions{User: os.Getenv("SURREAL_USER"), Password: os.Getenv("SURREAL_PASS")},
	})
}
