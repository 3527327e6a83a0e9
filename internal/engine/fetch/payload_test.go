package fetch

import (
	"bytes"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

func TestReadPackedInSmallPieces(t *testing.T) {
	t.Parallel()
	wasm := testWasm()
	p := pinOf(wasm)
	for _, form := range [][]byte{wasm, archiveOf(t, wasm)} {
		data, err := p.readPacked(t.Context(), iotest.DataErrReader(iotest.HalfReader(bytes.NewReader(form))), &meter{total: p.size})
		require.NoError(t, err)
		if !bytes.Equal(data, wasm) {
			t.Error("the data differs")
		}
	}
}

func TestTooManyMembers(t *testing.T) {
	t.Parallel()
	wasm := testWasm()
	members := make([]member, maxMembers, maxMembers+1)
	for i := range members {
		members[i].name = "package/x"
	}
	p := pinOf(wasm)
	_, err := p.readPacked(t.Context(), bytes.NewReader(tarred(t, append(members, member{archiveMember, wasm})...)), &meter{})
	require.ErrorIs(t, err, ErrArchive)
	_, err = p.readPacked(t.Context(), bytes.NewReader(tarred(t, append(members[1:], member{archiveMember, wasm})...)), &meter{})
	require.NoError(t, err)
}

// FuzzReadPacked: whatever arrives, only the pinned bytes come out.
func FuzzReadPacked(f *testing.F) {
	wasm := testWasm()[:600]
	p := pinOf(wasm)
	packed := archiveOf(f, wasm)
	for _, seed := range [][]byte{nil, wasm, flipped(wasm), packed, flipped(packed), packed[:300], gzipped(f, packed),
		tarred(f, member{archiveMember, wasm}), gzipped(f, wasm)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		data, err := p.readPacked(t.Context(), bytes.NewReader(input), &meter{total: p.size})
		if err == nil && !bytes.Equal(data, wasm) {
			t.Errorf("%d bytes passed that are not the file", len(data))
		}
		if err != nil && data != nil {
			t.Error("data beside an error")
		}
	})
}
