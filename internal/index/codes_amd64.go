package index

import "golang.org/x/sys/cpu"

// coded reports whether dotCodes can run on this processor.
func coded() bool { return cpu.X86.HasAVX2 }

// dotCodes is the dot product of n 16-bit and n 8-bit integers; n is a positive multiple of codeBlock.
// The sum stays in 32 bits for n up to MaxDimension, components up to queryLevels and codes up to codeLevels.
//
//go:noescape
func dotCodes(query *int16, codes *int8, n int) int32

// mark writes the set of the places whose scores, which are not negative, are at least so much.
func mark(scores *[windowSize]float64, least float64, marks *[windowSize / 64]uint64) {
	if !cpu.X86.HasAVX2 {
		markLoop(scores, least, marks)
		return
	}
	markScores(&scores[0], least, &marks[0], len(marks))
}

// markScores does it for 64 scores at a time, so many times.
//
//go:noescape
func markScores(scores *float64, least float64, marks *uint64, words int)
