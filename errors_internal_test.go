package spectron

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/fault"
)

// TestFailOfAFault checks that the error of an inner package keeps its detail unless other text is wrapped around it, and that no text is
// lost.
func TestFailOfAFault(t *testing.T) {
	t.Parallel()
	inner := &fault.Error{Code: fault.Damaged, Field: "URL", Detail: "it cannot be read", Err: io.ErrUnexpectedEOF}
	for _, tc := range []struct {
		err          error
		detail, text string
	}{
		{inner, "it cannot be read", "open: URL: it cannot be read: unexpected EOF"},
		{errors.Join(inner, nil), "it cannot be read", "open: URL: it cannot be read: unexpected EOF"},
		{fmt.Errorf("first: %w", inner), "", "open: URL: first: URL: it cannot be read: unexpected EOF"},
	} {
		var e *Error
		err := fail("open", tc.err)
		require.ErrorAs(t, err, &e)
		if e.Op != "open" || e.Code != CodeDamaged || e.Field != "URL" || e.Detail != tc.detail || e.Error() != tc.text || !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%#v", e)
		}
	}
}
