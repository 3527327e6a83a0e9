package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/spectron-go/spectron/internal/fault"
)

func TestError(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		err  error
		code fault.Code
		text string
	}{
		{fault.Bad("K", "%d is negative", -1), fault.Invalid, "K: -1 is negative"},
		{fault.Over("Text", 9, 8, "bytes"), fault.TooLarge, "Text: 9 bytes (at most 8)"},
		{fault.Wrap(fault.Unavailable, "", io.EOF), fault.Unavailable, "EOF"},
		{&fault.Error{Code: fault.NotFound}, fault.NotFound, "not found"},
		{&fault.Error{Code: fault.InUse, Field: "URL"}, fault.InUse, "URL: in use"},
	} {
		wrapped := fmt.Errorf("outer: %w", row.err)
		if row.err.Error() != row.text || !fault.Is(wrapped, row.code) || fault.Is(wrapped, fault.Internal) {
			t.Errorf("%q is not %q of the code %s", row.err, row.text, row.code)
		}
	}
	if !errors.Is(fault.Wrap(fault.Unavailable, "", io.EOF), io.EOF) || fault.Is(io.EOF, fault.Invalid) || fault.Is(nil, fault.Invalid) {
		t.Error("the cause is lost, or found where there is none")
	}
}
