// Package testsize says how much work a test does: all of it if $SPECTRON_LONG is 1, a third of it if $SPECTRON_LONG is ci,
// and a tenth otherwise. It is for tests.
package testsize

import (
	"os"
	"testing"
)

// Long reports whether tests do all that they do, although perhaps not as often as at their full size.
func Long() bool { return os.Getenv("SPECTRON_LONG") != "" }

// Full reports whether tests take their full size.
func Full() bool { return Long() && os.Getenv("SPECTRON_LONG") != "ci" }

// Of returns how often a test does what it does full times at its full size: a third of that, or a tenth by default, and at least once.
func Of(full int) int {
	switch {
	case Full():
		return full
	case Long():
		return max(1, full/3)
	}
	return max(1, full/10)
}

// Stride returns how much further a test goes that is interrupted after n steps: it leaves out none of the first five, and then all but
// each seventh, or each twenty-first where tests do a tenth.
func Stride(n int) int {
	switch {
	case n < 5:
		return 1
	case Long():
		return 7
	}
	return 21
}

// Light returns n, or a quarter of it under the race detector: for work that only prepares what a test looks at.
func Light(n int) int {
	if Race {
		return max(1, n/4)
	}
	return n
}

// SkipUnderRace skips a test under the race detector, for a reason. It is for tests of sizes and limits in which one goroutine does all of the
// work, and for tests that start and kill processes. The detector makes them very slow and has nothing to find. They run in the pass
// without it.
func SkipUnderRace(t *testing.T, reason string) {
	t.Helper()
	if Race {
		t.Skip(reason)
	}
}

// The reasons to skip a test under the race detector.
const (
	Sequential = "one goroutine does all of the work of this test"
	Children   = "its child processes do the work, and each of them reads the engine, which takes seconds under the race detector"
)
