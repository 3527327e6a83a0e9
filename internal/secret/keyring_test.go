package secret_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/secret"
)

func masterKey(b byte) []byte { return bytes.Repeat([]byte{b}, secret.KeySize) }

func keyring(t testing.TB, current []byte, old ...[]byte) *secret.Keyring {
	t.Helper()
	k, err := secret.NewKeyring(current, old...)
	require.NoError(t, err)
	return k
}

func seal(t testing.TB, k *secret.Keyring, plain, about string) []byte {
	t.Helper()
	sealed, err := k.Seal([]byte(plain), []byte(about))
	require.NoError(t, err)
	return sealed
}

// sealByHand makes a sealed value from its parts.
func sealByHand(t testing.TB, key []byte, nonce [12]byte, plain, about string) []byte {
	t.Helper()
	block, err := aes.NewCipher(key)
	require.NoError(t, err)
	gcm, err := cipher.NewGCM(block)
	require.NoError(t, err)
	sum := sha256.Sum256(append([]byte("spectron master key\x00"), key...))
	header := append([]byte{1}, sum[:8]...)
	return gcm.Seal(slices.Concat(header, nonce[:]), nonce[:], []byte(plain), slices.Concat(header, []byte(about)))
}

func TestSealedIsVersionFingerprintNonceCiphertext(t *testing.T) {
	t.Parallel()
	k := keyring(t, masterKey(1))
	sealed := seal(t, k, "sk-provider", "acme/openai")
	again := sealByHand(t, masterKey(1), [12]byte(sealed[9:21]), "sk-provider", "acme/openai")
	if !bytes.Equal(sealed, again) {
		t.Errorf("%x, want %x", sealed, again)
	}
	plain, err := k.Open(sealByHand(t, masterKey(1), [12]byte{3}, "other", "acme/x"), []byte("acme/x"))
	if err != nil || string(plain) != "other" {
		t.Errorf("Open: %q, %v", plain, err)
	}
}

func TestSealAndOpen(t *testing.T) {
	t.Parallel()
	const seed = 41
	random := rand.New(rand.NewPCG(seed, seed))
	k := keyring(t, masterKey(1), masterKey(2))
	nonces := map[string]bool{}
	for i := range 300 {
		plain, about := make([]byte, random.IntN(200)), make([]byte, random.IntN(60))
		if i == 0 {
			plain, about = nil, nil
		}
		for _, part := range [][]byte{plain, about} {
			for j := range part {
				part[j] = byte(random.Uint32())
			}
		}
		plainBefore, aboutBefore := bytes.Clone(plain), bytes.Clone(about)
		sealed, err := k.Seal(plain, about)
		require.NoError(t, err)
		before := bytes.Clone(sealed)
		got, err := k.Open(sealed, about)
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("seed %d, round %d: %x, %v; want %x", seed, i, got, err, plain)
		}
		if !bytes.Equal(plain, plainBefore) || !bytes.Equal(about, aboutBefore) || !bytes.Equal(sealed, before) {
			t.Fatalf("seed %d, round %d: an argument was written to", seed, i)
		}
		if len(plain) >= 8 && bytes.Contains(sealed, plain) {
			t.Fatalf("seed %d, round %d: the plain text is in the sealed value", seed, i)
		}
		if nonce := string(sealed[9:21]); nonces[nonce] {
			t.Fatal("a nonce came twice")
		} else {
			nonces[nonce] = true
		}
	}
}

func TestAnyFlippedBitFails(t *testing.T) {
	t.Parallel()
	k := keyring(t, masterKey(1), masterKey(2))
	sealed, about := seal(t, k, "sk-provider", "acme/openai"), []byte("acme/openai")
	for i := range len(sealed) * 8 {
		flipped := bytes.Clone(sealed)
		flipped[i/8] ^= 1 << (i % 8)
		want := secret.ErrTampered
		if 1 <= i/8 && i/8 < 9 {
			want = secret.ErrNoKey // another fingerprint
		}
		if plain, err := k.Open(flipped, about); plain != nil || !errors.Is(err, want) {
			t.Errorf("bit %d flipped: %q, %v; want %v", i, plain, err, want)
		}
	}
	for n := range len(sealed) {
		if plain, err := k.Open(sealed[:n], about); plain != nil || !errors.Is(err, secret.ErrTampered) {
			t.Errorf("the first %d bytes: %q, %v", n, plain, err)
		}
	}
	long := append(bytes.Clone(sealed), make([]byte, secret.MaxPlain)...)
	for _, n := range []int{len(sealed) + 1, len(long)} {
		if plain, err := k.Open(long[:n], about); plain != nil || !errors.Is(err, secret.ErrTampered) {
			t.Errorf("with %d bytes more: %q, %v", n-len(sealed), plain, err)
		}
	}
	// The header of one key before what was sealed under another.
	moved := slices.Concat(seal(t, keyring(t, masterKey(2)), "x", "")[:9], sealed[9:])
	if plain, err := k.Open(moved, about); plain != nil || !errors.Is(err, secret.ErrTampered) {
		t.Errorf("under the fingerprint of another key: %q, %v", plain, err)
	}
}

func TestAboutIsAuthenticated(t *testing.T) {
	t.Parallel()
	k := keyring(t, masterKey(1))
	sealed := seal(t, k, "sk-provider", "acme/openai")
	for _, about := range []string{"", "acme", "acme/openai ", "acme/opena", "acmf/openai", "acme/anthropic", "cme/openai", "openai/acme"} {
		if plain, err := k.Open(sealed, []byte(about)); plain != nil || !errors.Is(err, secret.ErrTampered) {
			t.Errorf("about %q: %q, %v; want ErrTampered", about, plain, err)
		}
	}
}

func TestRotation(t *testing.T) {
	t.Parallel()
	about := []byte("acme/openai")
	before, during, after := keyring(t, masterKey(1)), keyring(t, masterKey(2), masterKey(1), masterKey(2)), keyring(t, masterKey(2))
	old := seal(t, before, "sk-provider", string(about))
	if !before.Current(old) || during.Current(old) || after.Current(old) {
		t.Error("Current is wrong of a value under the old key")
	}
	if plain, err := after.Open(old, about); plain != nil || !errors.Is(err, secret.ErrNoKey) {
		t.Errorf("without the old key: %q, %v; want ErrNoKey", plain, err)
	}
	plain, err := during.Open(old, about)
	require.NoError(t, err)
	renewed := seal(t, during, string(plain), string(about))
	if before.Current(renewed) || !during.Current(renewed) || !after.Current(renewed) {
		t.Error("Current is wrong of a value under the new key")
	}
	for _, k := range []*secret.Keyring{during, after} {
		if plain, err := k.Open(renewed, about); err != nil || string(plain) != "sk-provider" {
			t.Errorf("%v after rotation: %q, %v", k, plain, err)
		}
	}
	if _, err := before.Open(renewed, about); !errors.Is(err, secret.ErrNoKey) {
		t.Errorf("the old ring: %v; want ErrNoKey", err)
	}
	other := bytes.Clone(renewed)
	other[0]++
	for _, value := range [][]byte{nil, {}, {1}, renewed[:9], renewed[:36], other} {
		if during.Current(value) {
			t.Errorf("Current(%x)", value)
		}
	}
}

func TestKeyringCopiesItsKeys(t *testing.T) {
	t.Parallel()
	current, old := masterKey(1), masterKey(2)
	sealed := seal(t, keyring(t, masterKey(2)), "sk-provider", "a")
	k := keyring(t, current, old)
	clear(current)
	clear(old)
	if plain, err := k.Open(sealed, []byte("a")); err != nil || string(plain) != "sk-provider" {
		t.Errorf("under the old key: %q, %v", plain, err)
	}
	if plain, err := keyring(t, masterKey(1)).Open(seal(t, k, "x", "a"), []byte("a")); err != nil || string(plain) != "x" {
		t.Errorf("under the current key: %q, %v", plain, err)
	}
}

func TestKeySizes(t *testing.T) {
	t.Parallel()
	good := masterKey(1)
	for _, n := range []int{0, 1, 16, 24, 31, 33, 64} {
		bad := make([]byte, n)
		for _, keys := range [][][]byte{{bad}, {bad, good}, {good, bad}, {good, good, bad}} {
			if k, err := secret.NewKeyring(keys[0], keys[1:]...); k != nil || !errors.Is(err, secret.ErrKeySize) {
				t.Errorf("a key of %d bytes: %v, %v; want ErrKeySize", n, k, err)
			}
		}
	}
	if _, err := secret.NewKeyring(nil); !errors.Is(err, secret.ErrKeySize) {
		t.Errorf("no key: %v; want ErrKeySize", err)
	}
}

func TestSealedSizes(t *testing.T) {
	t.Parallel()
	k := keyring(t, masterKey(1))
	most := make([]byte, secret.MaxPlain)
	sealed, err := k.Seal(most, nil)
	require.NoError(t, err)
	if plain, err := k.Open(sealed, nil); err != nil || !bytes.Equal(plain, most) {
		t.Errorf("the most: %d bytes, %v", len(plain), err)
	}
	if sealed, err := k.Seal(append(most, 0), nil); sealed != nil || !errors.Is(err, secret.ErrTooLarge) {
		t.Errorf("one more: %d bytes, %v; want ErrTooLarge", len(sealed), err)
	}
	beyond := sealByHand(t, masterKey(1), [12]byte{1}, string(append(most, 0)), "")
	if plain, err := k.Open(beyond, nil); plain != nil || !errors.Is(err, secret.ErrTampered) {
		t.Errorf("one more, sealed elsewhere: %d bytes, %v; want ErrTampered", len(plain), err)
	}
}

func FuzzOpen(f *testing.F) {
	k := keyring(f, masterKey(1), masterKey(2))
	known := map[string]string{}
	for i, plain := range []string{"", "sk-provider", string(bytes.Repeat([]byte{9}, 300))} {
		for _, key := range []byte{1, 2, 3} { // the third is not in the ring
			about := fmt.Sprintf("acme/%d", i)
			sealed := sealByHand(f, masterKey(key), [12]byte{byte(i), key}, plain, about)
			f.Add(sealed, []byte(about))
			if key != 3 {
				known[string(sealed)+"\x00"+about] = plain
			}
		}
	}
	f.Add([]byte{}, []byte{})
	f.Fuzz(func(t *testing.T, sealed, about []byte) {
		plain, err := k.Open(sealed, about)
		want, ok := known[string(sealed)+"\x00"+string(about)]
		switch {
		case ok && (err != nil || string(plain) != want):
			t.Fatalf("%q, %v; want %q", plain, err, want)
		case !ok && (plain != nil || !errors.Is(err, secret.ErrTampered) && !errors.Is(err, secret.ErrNoKey)):
			t.Fatalf("opened what was not sealed: %q, %v", plain, err)
		}
		k.Current(sealed)
	})
}

func BenchmarkKeyring(b *testing.B) {
	k := keyring(b, masterKey(1))
	plain, about := bytes.Repeat([]byte{7}, 100), []byte("acme/openai")
	sealed := seal(b, k, string(plain), string(about))
	b.Run("seal", func(b *testing.B) {
		for b.Loop() {
			if _, err := k.Seal(plain, about); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			if _, err := k.Open(sealed, about); err != nil {
				b.Fatal(err)
			}
		}
	})
}
