package extract

import (
	"testing"
	"time"
	_ "time/tzdata" // the same zones everywhere

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// TestDatesAreThoseOfThePlace: the same words said at one instant mean another day in each zone.
func TestDatesAreThoseOfThePlace(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 5, 14, 11, 30, 0, 0, time.UTC) // a Thursday; Friday in the zone of +13, Wednesday in that of -12
	zone := func(hours int) *time.Location { return time.FixedZone("", hours*3600) }
	for _, c := range []struct {
		text        string
		zone        *time.Location
		from, until string // days of the zone; "" is open
	}{
		{"I moved to Rome yesterday.", zone(13), "2026-05-14", ""},
		{"I moved to Rome yesterday.", zone(0), "2026-05-13", ""},
		{"I moved to Rome yesterday.", zone(-12), "2026-05-12", ""},
		{"I moved to Rome today.", zone(-12), "2026-05-13", ""},
		{"I moved to Rome on Thursday.", zone(13), "2026-05-14", ""},
		{"I moved to Rome on Monday.", zone(-12), "2026-05-11", ""},
		{"I moved to Rome last week.", zone(13), "2026-05-04", ""},
		{"I moved to Rome last month.", zone(13), "2026-04-01", ""},
		{"I moved to Rome last year.", zone(-12), "2025-01-01", ""},
		{"I moved to Rome three days ago.", zone(13), "2026-05-12", ""},
		{"I moved to Rome in 2016.", zone(13), "2016-01-01", ""},
		{"I moved to Rome on 2026-05-01.", zone(-12), "2026-05-01", ""},
		{"I've lived in Rome since May.", zone(13), "2026-05-01", ""},
		{"I've lived in Rome since 2016.", zone(-12), "2016-01-01", ""},
		{"I lived in Rome from 2010 to 2012.", zone(13), "2010-01-01", "2013-01-01"},
		{"I live in Rome until May 20.", zone(13), "", "2026-05-21"},
	} {
		x := Rules(Input{Text: c.text, Role: record.User, At: at.In(c.zone)})
		require.Len(t, x.Relations, 1, c.text)
		day := func(s string) time.Time {
			if s == "" {
				return time.Time{}
			}
			d, err := time.ParseInLocation(time.DateOnly, s, c.zone)
			require.NoError(t, err)
			return d.UTC()
		}
		if want := (record.Interval{From: day(c.from), Until: day(c.until)}); x.Relations[0].Valid != want {
			t.Errorf("%s in %s: %v, want %v", c.text, c.zone, x.Relations[0].Valid, want)
		}
	}
	x := Rules(Input{Text: "I left Acme yesterday.", Role: record.User, At: at.In(zone(13))})
	require.Len(t, x.Invalidations, 1)
	if want := time.Date(2026, 5, 14, 0, 0, 0, 0, zone(13)).UTC(); x.Invalidations[0].At != want {
		t.Errorf("left at %v, want %v", x.Invalidations[0].At, want)
	}
}

// TestYesterdayAcrossClockChanges: at every hour of a year, in zones whose clocks change at all times of day, yesterday begins
// with the first instant of the day before, and today with the first of this one.
func TestYesterdayAcrossClockChanges(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	for name, year := range map[string]int{
		"Europe/Berlin": 2026, "America/Sao_Paulo": 2018, "Asia/Beirut": 2020, "America/Havana": 2026, "Australia/Lord_Howe": 2026,
		"America/Asuncion": 2020, "Asia/Kathmandu": 2026, "Pacific/Kiritimati": 2026,
	} {
		zone, err := time.LoadLocation(name)
		require.NoError(t, err)
		for at := time.Date(year, 1, 2, 0, 17, 0, 0, zone); at.Year() == year; at = at.Add(5 * time.Hour) {
			today := at
			for before := at; before.Day() == at.Day(); before = before.Add(-15 * time.Minute) {
				today = before.Truncate(15 * time.Minute)
			}
			x := Rules(Input{Text: "I moved to Rome today.", Role: record.User, At: at})
			if got := x.Relations[0].Valid.From; !got.Equal(today) {
				t.Fatalf("%s: today began at %v, not %v", at, got.In(zone), today)
			}
			x = Rules(Input{Text: "I moved to Rome yesterday.", Role: record.User, At: at})
			got := x.Relations[0].Valid.From
			if y, want := got.In(zone), today.Add(-time.Minute); y.Day() != want.Day() || got.Add(-time.Minute).In(zone).Day() == y.Day() {
				t.Fatalf("%s: yesterday began at %v", at, y)
			}
		}
	}
}
