package secret_test

import (
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/secret"
)

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// base32 encodes by arithmetic: the bytes as one number, with zero bits added until five divide them.
func base32(b []byte) string {
	length := (len(b)*8 + 4) / 5
	n := new(big.Int).Lsh(new(big.Int).SetBytes(b), uint(length*5-len(b)*8))
	out := make([]byte, length)
	for i := range out {
		digit := new(big.Int).Rsh(n, uint((length-1-i)*5)).Int64() & 31
		out[i] = alphabet[digit]
	}
	return string(out)
}

// unbase32 is the inverse, for text that is well-formed.
func unbase32(text string, size int) []byte {
	n := new(big.Int)
	for i := range len(text) {
		n.Lsh(n, 5).Or(n, big.NewInt(int64(strings.IndexByte(alphabet, text[i]))))
	}
	return n.Rsh(n, uint(len(text)*5-size*8)).FillBytes(make([]byte, size))
}

// fixedID is a UUID v7.
var fixedID = uuid.MustParse("0198c0de-1234-7abc-9def-0123456789ab")

func newID(t testing.TB, form secret.Form, context string) string {
	t.Helper()
	if form == secret.Management {
		id, err := secret.NewManagementKeyID()
		require.NoError(t, err)
		return id
	}
	id, err := secret.NewContextKeyID(context)
	require.NoError(t, err)
	return id
}

// oddContexts are Context ids that look like other parts of a secret, or are as short or as long as they can be.
var oddContexts = []string{
	"acme", "acme-prod", "a", "0", "-", "--", "-a-", "sk-", "sp-cak", "mgmt", "mgmt-", "cak", "mk", "sk-acme-" + base32(fixedID[:]),
	base32(fixedID[:]), base32(make([]byte, 32)), strings.Repeat("z", 63), strings.Repeat("-", 63),
}

var badContexts = []string{
	"", "Acme", "ac_me", "_", "ac me", "acme/", "é", "acme\n", "acme\x00", "a.b", "a`", "a{", strings.Repeat("a", 64),
}

func TestContextKeyIDs(t *testing.T) {
	t.Parallel()
	for _, context := range oddContexts {
		id := newID(t, secret.Operator, context)
		unique, ok := strings.CutPrefix(id, "cak_"+context+"_")
		if !ok || len(unique) != 26 {
			t.Fatalf("id of %q is %q", context, id)
		}
		if u := uuid.UUID(unbase32(unique, 16)); u.Version() != 7 || base32(u[:]) != unique {
			t.Errorf("%q does not end with a UUID v7 in base32", id)
		}
		if got, ok := secret.ContextOfKeyID(id); !ok || got != context {
			t.Errorf("ContextOfKeyID(%q) = %q, %v; want %q", id, got, ok, context)
		}
	}
	for _, context := range badContexts {
		if id, err := secret.NewContextKeyID(context); id != "" || !errors.Is(err, secret.ErrContext) {
			t.Errorf("NewContextKeyID(%q) = %q, %v; want ErrContext", context, id, err)
		}
	}
}

func TestManagementKeyIDs(t *testing.T) {
	t.Parallel()
	id := newID(t, secret.Management, "")
	unique, ok := strings.CutPrefix(id, "mk_")
	if !ok || len(unique) != 26 {
		t.Fatalf("id is %q", id)
	}
	if u := uuid.UUID(unbase32(unique, 16)); u.Version() != 7 || base32(u[:]) != unique {
		t.Errorf("%q does not end with a UUID v7 in base32", id)
	}
	if context, ok := secret.ContextOfKeyID(id); ok {
		t.Errorf("ContextOfKeyID(%q) = %q", id, context)
	}
}

func TestKeyIDsAscend(t *testing.T) {
	t.Parallel()
	for _, form := range []secret.Form{secret.Operator, secret.Management} {
		last := ""
		for range 2000 {
			id := newID(t, form, "acme")
			if id <= last {
				t.Fatalf("%q after %q", id, last)
			}
			last = id
		}
	}
}

func TestContextOfKeyIDRefuses(t *testing.T) {
	t.Parallel()
	unique := base32(fixedID[:])
	version4, otherVariant := fixedID, fixedID
	version4[6] = version4[6]&0x0f | 0x40
	otherVariant[8] |= 0xc0
	good := "cak_acme_" + unique
	context, ok := secret.ContextOfKeyID(good)
	require.True(t, ok)
	require.Equal(t, "acme", context)

	bad := []string{
		"", "cak", "cak_", "cak_acme", "cak_acme_", "cak__" + unique, "cak_" + unique, "acme_" + unique, "mk_" + unique,
		"CAK_acme_" + unique, " " + good, good + " ", good + "0", good[:len(good)-1], "cak_acme__" + unique,
		"cak_acme_" + unique + "_" + unique, "cak_acme-" + unique, "cak_acme_" + strings.ToUpper(unique),
		"cak_acme_" + base32(version4[:]), "cak_acme_" + base32(otherVariant[:]), "cak_acme_" + base32(make([]byte, 16)),
		"cak_acme_" + unique[:25] + "\n", "cak_acme_" + unique[:13] + "\n" + unique[13:], "cak_acme_" + unique + "\n",
	}
	for _, context := range badContexts {
		bad = append(bad, "cak_"+context+"_"+unique)
	}
	// The last character has three bits of the id: the other two have to be zero.
	last := strings.IndexByte(alphabet, unique[25])
	require.Zero(t, last&3)
	for extra := 1; extra < 4; extra++ {
		bad = append(bad, "cak_acme_"+unique[:25]+string(alphabet[last|extra]))
	}
	for _, other := range "ilouILOU=_-+\x00é" {
		bad = append(bad, "cak_acme_"+unique[:10]+string(other)+unique[11:])
	}
	for _, id := range bad {
		if context, ok := secret.ContextOfKeyID(id); ok || context != "" {
			t.Errorf("ContextOfKeyID(%q) = %q, %v", id, context, ok)
		}
	}
}
