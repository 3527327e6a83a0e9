package kv

import "golang.org/x/sys/unix"

// unmapPages gives back the pages of the mapping that were read. The system keeps them in its cache, from where the next read has
// them at once; but they no longer count as memory of this process, which may be all that it is allowed. So many bytes are in use, and
// mapped; the mapping must not be replaced meanwhile.
func (m *medium) unmapPages(used int64) {
	// It is advice: nothing depends on it.
	_, _, _ = unix.Syscall(unix.SYS_MADVISE, m.db.Info().Data, uintptr(used), unix.MADV_DONTNEED)
}
