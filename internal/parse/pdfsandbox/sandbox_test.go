package pdfsandbox

import (
	"context"
	"errors"
	"testing"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/requests"
	"golang.org/x/sync/errgroup"
)

func TestRunAtOnce(t *testing.T) {
	var g errgroup.Group
	for range 8 { // more than there are instances
		g.Go(func() error {
			return Run(t.Context(), func(lib pdfium.Pdfium) error {
				// Nothing of the machine is there, not even a file that exists everywhere.
				name := "/etc/hosts"
				if _, err := lib.FPDF_LoadDocument(&requests.FPDF_LoadDocument{Path: &name}); err == nil {
					t.Error("opened a file of the machine")
				}
				return nil
			})
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	cause := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	err := Run(ctx, func(lib pdfium.Pdfium) error {
		cancel(cause)
		for { // until the instance is killed
			if _, err := lib.FPDF_GetLastError(&requests.FPDF_GetLastError{}); err != nil {
				return err
			}
		}
	})
	if !errors.Is(err, cause) {
		t.Errorf("got %v", err)
	}
	if err := Run(ctx, func(pdfium.Pdfium) error { return nil }); !errors.Is(err, cause) {
		t.Errorf("with a context that has ended: %v", err)
	}
}

func TestMemory(t *testing.T) {
	memory := allocate(0, 1<<32)
	for size := uint64(1 << 20); size <= Memory; size *= 2 {
		if got := memory.Reallocate(size); uint64(len(got)) != size || cap(got) > Memory {
			t.Errorf("%d bytes: got %d of %d", size, len(got), cap(got))
		}
	}
	if memory.Reallocate(Memory+1) != nil {
		t.Error("grew over the limit")
	}
}
