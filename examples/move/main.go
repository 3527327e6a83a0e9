// Move copies a Context from one store to another: from a file to a server, from a server to a file, or under another
// name within one store.
//
//	go run ./examples/move -from file://agent.db -context acme-prod -to ws://localhost:8000
//
// For servers it signs in as $SURREAL_USER with $SURREAL_PASS. The Context must not be there yet; what it is copied from
// stays as it was. When programs use the copy, delete the old one with Manager.DeleteContext.
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
	flag.StringVar(&m.to, "to", "", "the store to copy to; the same for another name within it")
	flag.StringVar(&m.id, "context", "", "the id of the Context")
	flag.StringVar(&m.newID, "as", "", "its id in the other store; default: the same")
	flag.StringVar(&m.namespace, "namespace", "", "its namespace there; default: the same")
	flag.StringVar(&m.database, "database", "", "its database there; default: the same")
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
		return errors.New("give -from, -to and -context; -h tells more")
	}
	// One process has a file open at a time, so a move within a file uses the same store twice.
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

	// The export goes straight into the import. When either fails, the other learns of it, and nothing is left behind.
	reader, writer := io.Pipe()
	go func() { writer.CloseWithError(source.ExportContext(ctx, m.id, writer)) }()
	moved, err := target.ImportContext(ctx, spectron.ImportRequest{ID: m.newID, Spec: spec, From: reader, Access: true, Events: true})
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
