package fetch

import (
	"archive/tar"
	"bufio"
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

// maxMembers is how many members of an archive are looked at; the package has fewer than twenty.
const maxMembers = 1000

// readChunk is how much is read between two looks at the context.
const readChunk = 64 << 10

// pin is what the wasm file must be.
type pin struct {
	size int64
	sum  string // lower-case hex of the SHA-256
}

// maxArchive is the limit of an archive in bytes, packed and unpacked alike. Little but the file is in the package.
func (p pin) maxArchive() int64 { return 4*p.size + 1<<20 }

// readPacked returns the pinned file out of r, which is the file itself, an npm archive of it, or either of them
// compressed by a server: the content decides.
func (p pin) readPacked(ctx context.Context, r io.Reader, m *meter) ([]byte, error) {
	r, err := p.unpack(r)
	if err != nil {
		return nil, readError(err)
	}
	return p.read(ctx, r, m)
}

// read returns the pinned file, which is all that r holds.
func (p pin) read(ctx context.Context, r io.Reader, m *meter) ([]byte, error) {
	data := make([]byte, p.size)
	n := 0
	for n < len(data) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		k, err := r.Read(data[n:min(n+readChunk, len(data))])
		n += k
		m.advance(int64(n))
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, readError(fmt.Errorf("after %d of %d bytes: %w", n, p.size, err))
		}
	}
	if n < len(data) {
		return nil, fmt.Errorf("%w: %d of %d bytes", ErrTruncated, n, p.size)
	}
	switch _, err := io.ReadFull(r, make([]byte, 1)); {
	case err == nil:
		return nil, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, p.size)
	case err != io.EOF:
		return nil, readError(err)
	}

	m.begin(StageVerify)
	sum := sha256.Sum256(data)
	if got := hex.EncodeToString(sum[:]); got != p.sum {
		return nil, fmt.Errorf("%w: got %s, want %s", ErrHash, got, p.sum)
	}
	m.advance(p.size)
	return data, nil
}

// unpack returns a reader of the wasm file in r.
func (p pin) unpack(r io.Reader) (io.Reader, error) {
	br := bufio.NewReader(&capped{r: r, left: p.maxArchive()})
	// Twice, because a server may compress an archive that is compressed already.
	for range 2 {
		head, err := peek(br, 2)
		if err != nil {
			return nil, err
		}
		if head != "\x1f\x8b" {
			break
		}
		zr, err := gzip.NewReader(br)
		if err != nil {
			return nil, err
		}
		br = bufio.NewReader(&capped{r: zr, left: p.maxArchive()})
	}

	const magicAt, magic = 257, "ustar"
	head, err := peek(br, magicAt+len(magic))
	if err != nil {
		return nil, err
	}
	if len(head) < magicAt+len(magic) || head[magicAt:] != magic {
		return br, nil
	}
	tr := tar.NewReader(br)
	for range maxMembers {
		switch h, err := tr.Next(); {
		case err == io.EOF:
			return nil, fmt.Errorf("%w: it does not hold %s", ErrArchive, archiveMember)
		case err != nil:
			return nil, err
		case h.Name == archiveMember && h.Typeflag == tar.TypeReg:
			return tr, nil
		}
	}
	return nil, fmt.Errorf("%w: more than %d members", ErrArchive, maxMembers)
}

// peek returns the next n bytes of r, or fewer at its end.
func peek(r *bufio.Reader, n int) (string, error) {
	head, err := r.Peek(n)
	if err == io.EOF {
		err = nil
	}
	return string(head), err
}

// readError turns the many ways in which a damaged stream shows itself into the errors of this package.
func readError(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: %w", ErrTruncated, err)
	case errors.As(err, &corrupt), errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.Is(err, tar.ErrHeader):
		return fmt.Errorf("%w: %w", ErrArchive, err)
	}
	return err
}

// capped reads at most left bytes of r and fails with ErrTooLarge when there are more.
type capped struct {
	r    io.Reader
	left int64
}

func (c *capped) Read(b []byte) (int, error) {
	if c.left > 0 {
		n, err := c.r.Read(b[:min(int64(len(b)), c.left)])
		c.left -= int64(n)
		return n, err
	}
	var more [1]byte
	n, err := c.r.Read(more[:])
	if n > 0 {
		return 0, ErrTooLarge
	}
	return 0, err
}
