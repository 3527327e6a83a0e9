// Package testsize says how much work a test does: all of it where $SPECTRON_LONG is set, as CI sets it, and a tenth
// otherwise. It is for tests.
package testsize

import "os"

// Long reports whether tests take their full size.
func Long() bool { return os.Getenv("SPECTRON_LONG") != "" }

// Of returns how often a test does what it does full times at its full size: a tenth of that, and at least once.
func Of(full int) int {
	if Long() {
		return full
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
