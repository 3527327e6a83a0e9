package index

// The bounds of the search for near-duplicates among many texts.
const (
	// bands of the SimHash: two hashes that differ in at most duplicateBits bits agree in at least one of duplicateBits+1 bands
	// (Manku, Jain and Das Sarma 2007, "Detecting near-duplicates for web crawling").
	bands    = duplicateBits + 1
	bandBits = 64 / bands
	// maxBucket bounds how many earlier texts that agree in a band and in all names and numbers are compared with a text. Without near-duplicates
	// a bucket has very few.
	maxBucket = 64
)

// band is a bucket of long texts that may be duplicates.
type band struct {
	facts uint64
	bits  uint16
	at    uint8
}

// Repeats finds near-duplicates among texts. For each it gives the position of the first earlier text that it practically repeats, as
// Fingerprint.Duplicates says, or -1. That text repeats none itself. The work is linear in the number of texts.
func Repeats(prints []Fingerprint) []int {
	of := make([]int, len(prints))
	same := make(map[uint64]int, len(prints))
	near := map[band][]int{}
	for i, print := range prints {
		of[i] = -1
		if print.sequence == 0 {
			continue
		}
		if first, ok := same[print.sequence]; ok {
			of[i] = first
			continue
		}
		if print.long != nil {
			of[i] = firstOf(prints, near, i)
		}
		if of[i] >= 0 {
			same[print.sequence] = of[i]
			continue
		}
		same[print.sequence] = i
		if print.long != nil {
			for _, b := range bandsOf(print.long) {
				if len(near[b]) < maxBucket {
					near[b] = append(near[b], i)
				}
			}
		}
	}
	return of
}

// firstOf returns the first of the earlier texts that text i is a duplicate of, or -1.
func firstOf(prints []Fingerprint, near map[band][]int, i int) int {
	found := -1
	for _, b := range bandsOf(prints[i].long) {
		for _, j := range near[b] {
			if found >= 0 && j >= found {
				break
			}
			if prints[i].Duplicates(prints[j]) {
				found = j
				break
			}
		}
	}
	return found
}

func bandsOf(l *longPrint) (all [bands]band) {
	for at := range all {
		all[at] = band{facts: l.facts, bits: uint16(l.sim >> (at * bandBits)), at: uint8(at)}
	}
	return all
}
