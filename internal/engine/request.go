package engine

import (
	"context"
	"errors"
	"time"
)

// request is one RPC request on its way through the engine.
type request struct {
	ctx     context.Context
	payload []byte
	// generation is that of the one instance that the request makes sense in, or 0 for any.
	generation uint64
	done       chan response // buffered: the supervisor never waits for a caller

	// What follows belongs to the supervisor until the request is answered.
	started time.Time
	fault   fault
}

type response struct {
	payload    []byte
	err        error
	fault      fault
	generation uint64 // of the instance that answered
}

// errMoved answers a request for an instance that is gone. It was not run.
var errMoved = errors.New("engine: the instance was replaced")
