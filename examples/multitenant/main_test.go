package main

import (
	"bytes"
	"testing"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

func TestShow(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := show(t.Context(), spectrontest.Open(t, &spectron.Options{NewID: spectrontest.IDs()}), &out); err != nil {
		t.Fatalf("%v, after\n%s", err, &out)
	}
	if got := out.String(); got != want {
		t.Errorf("printed\n%s\nwant\n%s", got, want)
	}
}

// want is what the program prints.
const want = `An agent for each tenant
  acme's agent finds "The door code of the office is 4711."
  beta's agent finds "The door code of the office is 2323."

Across the border
  beta's agent looks into org/acme: 0 hits
  beta's agent writes to org/acme: forbidden

A principal over both tenants, and a key of it that sees one
  the auditor's key "all" finds "The door code of the office is 4711."
  the auditor's key "all" finds "The door code of the office is 2323."
  the auditor's key "acme only" finds "The door code of the office is 4711."
  a key of the auditor's that writes: invalid

A user with an access token
  Alice's token is good for 1h0m0s
  Alice finds "Alice lives in Lisbon"
  Alice finds "I live in Lisbon."
  acme's agent finds "Alice lives in Lisbon"
  acme's agent finds "I live in Lisbon."
  beta's agent finds nothing

The agent on behalf of Alice
  acme-agent may read [org/acme org/acme/user/alice/*]
  it writes to another user's: forbidden
  beta's agent on behalf of Alice: forbidden

Revoked
  acme's agent: unauthenticated
  the agent on behalf of Alice: unauthenticated
  beta's agent finds "The door code of the office is 2323."

On record
  recall: the key is not accepted
  recall: the key is not accepted
  on behalf of: no principal with that id shares a permission with the caller
  remember: memory:write is not granted at org/acme/user/bob
  create key: the grants exceed those of the principal or of the caller's key: a key can only be narrowed
  remember: memory:write is not granted at org/acme
`
