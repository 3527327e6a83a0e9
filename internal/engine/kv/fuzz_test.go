package kv

import (
	"math/rand/v2"
	"testing"
)

// randomProgram returns a program for a machine.
func randomProgram(seed uint64, length int) []byte {
	r := rand.New(rand.NewPCG(seed, 1))
	program := make([]byte, length)
	for i := range program {
		program[i] = byte(r.Uint32())
	}
	return program
}

func FuzzKV(f *testing.F) { fuzzBackend(f, openMemory) }

func FuzzKVFile(f *testing.F) { fuzzBackend(f, openTemporary) }

func fuzzBackend(f *testing.F, open func(testing.TB) Backend) {
	for seed := range uint64(8) {
		f.Add(randomProgram(seed, 400))
	}
	// A cursor from the first key; a put on it; deletions; a commit.
	f.Add([]byte{7, 0, 1, 1, 1, 17, 0, 0, 0, 20, 0, 0, 3, 26, 0, 0, 2, 0, 9, 1, 16, 0, 0, 29, 0})
	f.Fuzz(func(t *testing.T, program []byte) {
		if len(program) > 4000 {
			return
		}
		runProgram(t, open(t), program)
	})
}
