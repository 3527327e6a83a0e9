package parse

import (
	"strings"
	"testing"
)

// BenchmarkRead reads files of 5 MB as people write them.
func BenchmarkRead(b *testing.B) {
	for _, format := range textFormats {
		b.Run(strings.ReplaceAll(string(format), "/", "-"), func(b *testing.B) {
			file := realistic(format, 5<<20)
			b.SetBytes(int64(len(file)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := read(format, file, Limits{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
