//go:build !race

package testsize

// Race says that the tests run under the race detector, which makes pure code ten times as slow and finds nothing in it.
const Race = false
