package surreal

import (
	"fmt"
	"testing"
	"time"
)

type benchRow struct {
	ID        RecordID         `cbor:"id"`
	Session   RecordID         `cbor:"session"`
	Text      string           `cbor:"text"`
	Role      string           `cbor:"role"`
	SpokenAt  Datetime         `cbor:"spoken_at"`
	KnownFrom Datetime         `cbor:"known_from"`
	Until     Datetime         `cbor:"until"`
	Head      Optional[string] `cbor:"head"`
	Scopes    [][]string       `cbor:"scopes"`
	Vector    Optional[[]byte] `cbor:"vector"`
}

const benchRows = 1000

func benchPage(rows int) []benchRow {
	page := make([]benchRow, rows)
	for i := range page {
		at := time.Unix(1_750_000_000+int64(i), 123_456_789).UTC()
		page[i] = benchRow{
			ID:       RecordID{"memory_chunk", fmt.Sprintf("01h%023d", i)},
			Session:  RecordID{"session", "01hsession0000000000000000"},
			Text:     "Alice moved from Berlin to Lisbon in the spring and works for a shipping company there.",
			Role:     "user",
			SpokenAt: At(at), KnownFrom: At(at),
			Head:   Some(fmt.Sprintf("person/alice/home/%d", i)),
			Scopes: [][]string{{"tenant/a", "user/b"}},
			Vector: Some(make([]byte, 1536)),
		}
	}
	return page
}

func perRow(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*benchRows), "ns/row")
}

func BenchmarkMarshalPage(b *testing.B) {
	page := benchPage(benchRows)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Marshal(page); err != nil {
			b.Fatal(err)
		}
	}
	perRow(b)
}

func BenchmarkUnmarshalPage(b *testing.B) {
	encoded, err := Marshal(benchPage(benchRows))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		var page []benchRow
		if err := Unmarshal(encoded, &page); err != nil || len(page) != benchRows {
			b.Fatal(len(page), err)
		}
	}
	perRow(b)
}

func BenchmarkValues(b *testing.B) {
	id, at := RecordID{"memory_chunk", "01h00000000000000000000000"}, At(time.Unix(1_750_000_000, 1))
	idCBOR, _ := id.MarshalCBOR()
	atCBOR, _ := at.MarshalCBOR()
	b.Run("RecordID", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var got RecordID
			if err := got.UnmarshalCBOR(idCBOR); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Datetime", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var got Datetime
			if err := got.UnmarshalCBOR(atCBOR); err != nil {
				b.Fatal(err)
			}
		}
	})
}
