package extract

import (
	"strings"
	"testing"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

func TestDatesOfEvents(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ at, text, want string }{
		// at is what the text is said on; 2026-05-14 is a Thursday
		{"2026-05-14", "I moved to Rome yesterday.", "[2026-05-13,)"},
		{"2026-03-01", "I moved to Rome yesterday.", "[2026-02-28,)"},
		{"2024-03-01", "I moved to Rome yesterday.", "[2024-02-29,)"},
		{"2026-01-01", "I moved to Rome yesterday.", "[2025-12-31,)"},
		{"2026-05-14", "I moved to Rome the day before yesterday.", "[2026-05-12,)"},
		{"2026-05-14", "I moved to Rome today.", "[2026-05-14,)"},
		{"2026-05-14", "I moved to Rome this morning.", "[2026-05-14,)"},
		{"2026-05-14", "I moved to Rome last night.", "[2026-05-13,)"},
		{"2026-05-14", "I moved to Rome 3 days ago.", "[2026-05-11,)"},
		{"2026-05-14", "I moved to Rome two weeks ago.", "[2026-04-30,)"},
		{"2026-05-14", "I moved to Rome a month ago.", "[2026-04-01,)"},
		{"2026-03-31", "I moved to Rome a month ago.", "[2026-02-01,)"},
		{"2026-01-31", "I moved to Rome two months ago.", "[2025-11-01,)"},
		{"2026-05-14", "I moved to Rome three years ago.", "[2023-01-01,)"},
		{"2026-05-14", "I moved to Rome a couple of years ago.", ""},
		{"2026-05-14", "I moved to Rome about two years ago.", ""},
		{"2026-05-14", "I moved to Rome last week.", "[2026-05-04,)"},
		{"2026-01-01", "I moved to Rome last week.", "[2025-12-22,)"},
		{"2026-05-17", "I moved to Rome last week.", "[2026-05-04,)"}, // a Sunday ends its week
		{"2026-05-14", "I moved to Rome last month.", "[2026-04-01,)"},
		{"2026-01-31", "I moved to Rome last month.", "[2025-12-01,)"},
		{"2026-03-31", "I moved to Rome last month.", "[2026-02-01,)"},
		{"2026-05-14", "I moved to Rome last year.", "[2025-01-01,)"},
		{"2026-05-14", "I moved to Rome this year.", "[2026-01-01,)"},
		{"2026-05-14", "I moved to Rome last Monday.", "[2026-05-11,)"},
		{"2026-05-14", "I moved to Rome on Monday.", "[2026-05-11,)"},
		{"2026-05-12", "I moved to Rome last Monday.", ""}, // yesterday, or a week before?
		{"2026-05-11", "I moved to Rome last Monday.", "[2026-05-04,)"},
		{"2026-05-11", "I moved to Rome on Monday.", ""},
		{"2026-05-14", "I moved to Rome last Friday.", "[2026-05-08,)"},
		{"2026-05-14", "I moved to Rome last summer.", ""},
		{"2026-05-14", "I moved to Rome in March.", "[2026-03-01,)"},
		{"2026-02-14", "I moved to Rome in March.", "[2025-03-01,)"},
		{"2026-05-14", "I moved to Rome in March 2019.", "[2019-03-01,)"},
		{"2026-05-14", "I moved to Rome in 2019.", "[2019-01-01,)"},
		{"2026-05-14", "I moved to Rome on 12 May.", "[2026-05-12,)"},
		{"2026-05-14", "I moved to Rome on May 20th.", "[2025-05-20,)"},
		{"2026-05-14", "I moved to Rome on May 12, 2024.", "[2024-05-12,)"},
		{"2026-05-14", "I moved to Rome on the 3rd of March 2024.", "[2024-03-03,)"},
		{"2026-05-14", "I moved to Rome on 2024-02-29.", "[2024-02-29,)"},
		{"2026-05-14", "I moved to Rome on 2023-02-29.", ""},
		{"2026-05-14", "I moved to Rome on February 29, 2023.", ""},
		{"2026-05-14", "I moved to Rome on 31 April 2024.", ""},
		{"2026-05-14", "I moved to Rome on 03/04/2025.", ""}, // which is the month?
		{"2026-05-14", "In 2019, I moved to Rome.", "[2019-01-01,)"},
		{"2026-05-14", "Last month I moved to Rome.", "[2026-04-01,)"},
		{"2026-05-14", "Two weeks ago, I moved to Rome.", "[2026-04-30,)"},
		{"2026-05-14", "I moved to Rome in March and then in April back.", "none"},
		{"2026-05-14", "I moved to Rome next month.", "none"},
		{"", "I moved to Rome yesterday.", ""},
		{"", "I moved to Rome in 2019.", "[2019-01-01,)"},
		{"2026-05-14", "I have lived in Rome since 2019.", "[2019-01-01,)"},
		{"2026-05-14", "I live in Rome since last month.", "[2026-04-01,)"},
		{"2026-05-14", "I live in Rome until 30 June 2026.", "[,2026-07-01)"},
		{"2026-05-14", "I lived in Rome from 2015 to 2018.", "[2015-01-01,2019-01-01)"},
		{"2026-05-14", "I lived in Rome between March 2015 and June 2015.", "[2015-03-01,2015-07-01)"},
		{"2026-05-14", "I lived in Rome from 2018 to 2015.", "none"},
	} {
		var at time.Time
		if c.at != "" {
			var err error
			if at, err = time.Parse("2006-01-02", c.at); err != nil {
				t.Fatal(err)
			}
			at = at.Add(15 * time.Hour)
		}
		x := Rules(Input{Text: c.text, Role: record.User, At: at})
		got := "none"
		if len(x.Relations) == 1 {
			got = strings.TrimSpace(interval(x.Relations[0].Valid))
		}
		if got != c.want {
			t.Errorf("%s: %q: got %q, want %q", c.at, c.text, got, c.want)
		}
	}
}

func TestDatesOfPlans(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ at, text, want string }{
		{"2026-05-14", "I have a dentist appointment tomorrow.", "[2026-05-15,2026-05-16)"},
		{"2026-02-28", "I have a dentist appointment tomorrow.", "[2026-03-01,2026-03-02)"},
		{"2026-12-31", "I have a dentist appointment tomorrow.", "[2027-01-01,2027-01-02)"},
		{"2026-05-14", "I have a dentist appointment on Monday.", "[2026-05-18,2026-05-19)"},
		{"2026-05-14", "I have a dentist appointment next Tuesday.", "[2026-05-19,2026-05-20)"},
		{"2026-05-11", "I have a dentist appointment next Tuesday.", ""}, // tomorrow, or in a week?
		{"2026-05-14", "I have a dentist appointment next week.", "[2026-05-18,2026-05-25)"},
		{"2026-12-31", "I have a dentist appointment next month.", "[2027-01-01,2027-02-01)"},
		{"2026-05-14", "I have a dentist appointment on June 3.", "[2026-06-03,2026-06-04)"},
		{"2026-05-14", "I have a dentist appointment on January 3.", "[2027-01-03,2027-01-04)"},
		{"2026-05-14", "I have a dentist appointment in June.", "[2026-06-01,2026-07-01)"},
		{"2026-05-14", "I have a dentist appointment on June 3, 2025.", "none"},
		{"2026-05-14", "I have a dentist appointment.", "none"},
		{"", "I have a dentist appointment tomorrow.", "none"},
		{"2026-05-14", "I'm on vacation until Friday.", "[,2026-05-16)"},
		{"2026-05-14", "I'm sick today.", "[2026-05-14,2026-05-15)"},
		{"2026-05-14", "My flight is on June 3.", "[2026-06-03,2026-06-04)"},
		{"", "My flight is on June 3.", "none"},
		{"", "My flight is on June 3, 2027.", "[2027-06-03,2027-06-04)"},
	} {
		var at time.Time
		if c.at != "" {
			var err error
			if at, err = time.Parse("2006-01-02", c.at); err != nil {
				t.Fatal(err)
			}
			at = at.Add(15 * time.Hour)
		}
		x := Rules(Input{Text: c.text, Role: record.User, At: at})
		got := "none"
		if len(x.Attributes) == 1 {
			got = strings.TrimSpace(interval(x.Attributes[0].Valid))
		}
		if got != c.want {
			t.Errorf("%s: %q: got %q, want %q", c.at, c.text, got, c.want)
		}
	}
}

// TestDatesAreUTC: the day that counts is that of the reference time in UTC.
func TestDatesAreUTC(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 5, 14, 1, 0, 0, 0, time.FixedZone("east", 5*3600))
	x := Rules(Input{Text: "I moved to Rome yesterday.", Role: record.User, At: at})
	if got := interval(x.Relations[0].Valid); got != " [2026-05-12,)" {
		t.Errorf("got %s", got)
	}
}
