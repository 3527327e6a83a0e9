package spectron

import (
	"fmt"
	"io"

	"github.com/spectron-go/spectron/internal/secret"
	"github.com/spectron-go/spectron/internal/settings"
)

// MasterKey is the key under which API keys of providers are sealed: 32 bytes. It is never shown.
type MasterKey []byte

// Format prints "[redacted]", or nothing for an empty key, whatever the verb.
func (k MasterKey) Format(f fmt.State, _ rune) {
	if len(k) > 0 {
		_, _ = io.WriteString(f, redacted)
	}
}

// MarshalText returns what Format prints, for encoding/json, log/slog and other text encoders.
func (k MasterKey) MarshalText() ([]byte, error) { return []byte(fmt.Sprint(k)), nil }

// keyring returns the keyring that seals API keys of providers. Without a master key there is no keyring, except for stores in
// memory, which get a random master key.
func (o *Options) keyring(op string, inMemory bool) (_ *secret.Keyring, err error) {
	current := []byte(o.MasterKey)
	if inMemory && len(current) == 0 && len(o.OldMasterKeys) == 0 {
		if current, err = secret.NewMasterKey(); err != nil {
			return nil, err
		}
	}
	old := make([][]byte, len(o.OldMasterKeys))
	for i, k := range o.OldMasterKeys {
		old[i] = k
	}
	ring, err := settings.NewKeyring(current, old)
	return ring, fail(op, err)
}
