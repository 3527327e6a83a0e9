package index

import "golang.org/x/sys/cpu"

// coded reports whether dotCodes can run on this processor.
func coded() bool { return cpu.X86.HasAVX2 }

// dotCodes is the dot product of n 16-bit and n 8-bit integers; n is a positive multiple of codeBlock.
// The sum stays in 32 bits for n up to MaxDimension, components up to queryLevels and codes up to codeLevels.
//
//go:noescape
func dotCodes(query *int16, codes *int8, n int) int32
