package kv

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

// A record is stored as its key and, as the value, a checksum of four bytes
// (little-endian) followed by the value itself.
const checksumSize = 4

// castagnoli is the polynomial of CRC-32C. It is the one checksum of the
// standard library that common processors compute by themselves, at the speed of
// memory, so that every read can afford it; and a CRC finds every burst of
// errors up to its own length, and every odd number of flipped bits, for sure.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// checksum covers a key, where it ends, and its value.
func checksum(key, value []byte) uint32 {
	// Were the length left out, a bit could move from the key to the value.
	return crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, value) ^ uint32(len(key))*0x9E3779B1
}

// stored appends what is stored for a record to a buffer.
func stored(buffer, key, value []byte) []byte {
	buffer = binary.LittleEndian.AppendUint32(buffer, checksum(key, value))
	return append(buffer, value...)
}

// unstored checks what is stored for a key and returns the value, which shares its
// memory and is never nil.
func unstored(key, b []byte) ([]byte, error) {
	if len(b) < checksumSize || binary.LittleEndian.Uint32(b) != checksum(key, b[checksumSize:]) {
		return nil, fmt.Errorf("the checksum of a record of %d bytes differs: %w", len(key)+len(b), ErrDamaged)
	}
	return b[checksumSize:], nil
}

// weight is what a record adds to the sum over all records. It takes the
// checksum from what is stored and does not look at the value.
func weight(key, b []byte) (uint64, error) {
	if len(b) < checksumSize {
		return 0, fmt.Errorf("a record of %d bytes has no checksum: %w", len(key)+len(b), ErrDamaged)
	}
	x := uint64(crc32.Checksum(key, castagnoli))<<32 | uint64(binary.LittleEndian.Uint32(b))
	// The finaliser of SplitMix64 (Steele, Lea, Flood 2014). Checksums are
	// linear; without it, differences of records could cancel each other.
	x ^= x >> 30
	x *= 0xBF58476D1CE4E5B9
	x ^= x >> 27
	x *= 0x94D049BB133111EB
	return x ^ x>>31, nil
}

// Version identifies a committed state of a [File]. Two states of files that
// descend from one another have equal versions if and only if they hold the same
// records after the same number of commits, as far as 64 bits can tell.
type Version struct {
	Commits uint64 // since the file was created
	Records uint64 // in the state
	Sum     uint64 // of a hash of each record, modulo 2^64: the order is of no effect
}

// add counts a record in, as what is stored for its key.
func (v *Version) add(key, b []byte) error {
	w, err := weight(key, b)
	v.Records++
	v.Sum += w
	return err
}

// remove takes a record out again.
func (v *Version) remove(key, b []byte) error {
	w, err := weight(key, b)
	v.Records--
	v.Sum -= w
	return err
}

// The head of a file identifies it and says what it must hold. It is written in
// each commit along with the records: without it, a record that is lost with its
// whole page, or comes back with one, would not be missed.
//
// Layout, little-endian: magic (8 bytes), format (4), commits (8), records (8),
// sum (8), CRC-32C of all that (4). Other formats have the magic, their number
// and, as the last four bytes, the checksum in the same place. Format 2 is format
// 1 and says that an erasure is not finished: what does not know of that must not
// use the file.
const (
	headMagic    = "spectron"
	headFormat   = 1
	headErasing  = 2
	newestFormat = headErasing
	headSize     = len(headMagic) + 4 + 3*8 + checksumSize
)

func encodeHead(v Version, erasing bool) []byte {
	format := uint32(headFormat)
	if erasing {
		format = headErasing
	}
	b := make([]byte, 0, headSize)
	b = append(b, headMagic...)
	b = binary.LittleEndian.AppendUint32(b, format)
	b = binary.LittleEndian.AppendUint64(b, v.Commits)
	b = binary.LittleEndian.AppendUint64(b, v.Records)
	b = binary.LittleEndian.AppendUint64(b, v.Sum)
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

func decodeHead(b []byte) (v Version, erasing bool, err error) {
	if len(b) < len(headMagic)+4+checksumSize || string(b[:len(headMagic)]) != headMagic {
		return Version{}, false, ErrForeign
	}
	body := b[:len(b)-checksumSize]
	if binary.LittleEndian.Uint32(b[len(body):]) != crc32.Checksum(body, castagnoli) {
		return Version{}, false, fmt.Errorf("the checksum of the head differs: %w", ErrDamaged)
	}
	body = body[len(headMagic):]
	format := binary.LittleEndian.Uint32(body)
	if format > newestFormat {
		return Version{}, false, fmt.Errorf("format %d, known up to %d: %w", format, newestFormat, ErrNewerFormat)
	} else if format < headFormat || len(b) != headSize {
		return Version{}, false, fmt.Errorf("a head of %d bytes in format %d: %w", len(b), format, ErrDamaged)
	}
	return Version{
		Commits: binary.LittleEndian.Uint64(body[4:]),
		Records: binary.LittleEndian.Uint64(body[12:]),
		Sum:     binary.LittleEndian.Uint64(body[20:]),
	}, format == headErasing, nil
}
