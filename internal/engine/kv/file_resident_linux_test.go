package kv

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// mapped is how much of a file's mapping is resident in this process, in kilobytes.
func mapped(t *testing.T, path string) (kilobytes int) {
	t.Helper()
	maps, err := os.ReadFile("/proc/self/smaps")
	require.NoError(t, err)
	in := false
	for line := range strings.Lines(string(maps)) {
		if strings.Contains(line, path) {
			in = true
		}
		var rss int
		if _, err := fmt.Sscanf(line, "Rss: %d", &rss); in && err == nil {
			kilobytes, in = kilobytes+rss, false
		}
	}
	return kilobytes
}

// What was read of a file takes no memory of the process once it is given back, whether it was read at open or afterwards, and is read
// again as before.
func TestPagesThatWereReadAreGivenBack(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "resident.db")
	const records, size = 2000, 4000
	const most = records * size / 1024 / 4 // in kilobytes: a quarter of what is stored
	value := func(i int) []byte { return bytes.Repeat([]byte{byte(i)}, size) }
	key := func(i int) []byte { return fmt.Appendf(nil, "key %06d", i) }
	f, err := OpenFile(t.Context(), path, FileOptions{})
	require.NoError(t, err)
	for from := 0; from < records; from += 500 {
		var batch []Write
		for i := from; i < from+500; i++ {
			batch = append(batch, Write{Key: key(i), Value: value(i)})
		}
		require.NoError(t, f.Apply(batch))
	}
	require.NoError(t, f.Close())

	f, err = OpenFile(t.Context(), path, FileOptions{})
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	read := func() {
		t.Helper()
		s, err := f.Snapshot()
		require.NoError(t, err)
		defer s.Release()
		for i := range records {
			got, ok, err := s.Get(key(i))
			require.NoError(t, err)
			if !ok || !bytes.Equal(got, value(i)) {
				t.Fatalf("record %d is another one", i)
			}
		}
	}
	if got := mapped(t, path); got > most {
		t.Errorf("%d KB are resident after opening", got)
	}
	read()
	if got := mapped(t, path); got < most {
		t.Fatalf("%d KB are resident after reading: this test sees nothing", got)
	}
	f.Unread()
	if got := mapped(t, path); got > most {
		t.Errorf("%d KB are resident after giving them back", got)
	}
	read()
}
