package extract_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/record"
)

func TestTimes(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 5, 14, 15, 0, 0, 0, time.UTC) // a Thursday
	between := func(from, until string) extract.Time {
		a, _ := time.Parse(time.DateOnly, from)
		b, _ := time.Parse(time.DateOnly, until)
		return extract.Time{Period: record.Interval{From: a, Until: b}}
	}
	for text, want := range map[string][]extract.Time{
		"What did Ann do in May?":                        {{Month: 5}},
		"what did ann do in may":                         {{Month: 5}},
		"What may Ann do?":                               nil,
		"May I ask what she did?":                        nil,
		"Who did march with her?":                        nil,
		"Where was she on 3 May?":                        {{Month: 5, Day: 3}},
		"Where was she on May 3rd, 2023?":                {{Year: 2023, Month: 5, Day: 3}},
		"Where was she on the 3rd of May?":               {{Month: 5, Day: 3}},
		"What happened in March 2019?":                   {{Year: 2019, Month: 3}},
		"What happened in 2019?":                         {{Year: 2019}},
		"Which invoice is number 2019?":                  nil,
		"What happened on 2023-04-07?":                   {{Year: 2023, Month: 4, Day: 7}},
		"What did she say yesterday?":                    {{Year: 2026, Month: 5, Day: 13}},
		"What did she say two weeks ago?":                {{Year: 2026, Month: 4, Day: 30}},
		"What did she say last month?":                   {{Year: 2026, Month: 4}},
		"What did she say last year?":                    {{Year: 2025}},
		"What did she say last week?":                    {between("2026-05-04", "2026-05-11")},
		"Where was she last May?":                        {{Month: 5}},
		"Where was she in spring?":                       {{Month: 3}, {Month: 4}, {Month: 5}},
		"Where was she in winter?":                       {{Month: 12}, {Month: 1}, {Month: 2}},
		"Where was she last spring?":                     {between("2025-03-01", "2025-06-01")},
		"Where was she in the summer of 2024?":           {between("2024-06-01", "2024-09-01")},
		"Did she fall?":                                  nil,
		"Was it in April or in June 2020?":               {{Month: 4}, {Year: 2020, Month: 6}},
		"Where is the spring of the clock?":              {{Month: 3}, {Month: 4}, {Month: 5}}, // taken for the season: it only leans
		"Where did she live between 2015 and 2018?":      {between("2015-01-01", "2019-01-01")},
		"Which of Maria's sisters moved abroad at last?": nil,
		"Where was she at the beginning of May?":         {{Month: 5}},
		"Where was she in mid-April 2025?":               {{Year: 2025, Month: 4}},
		"What did she do in the last week of March 2019": {{Year: 2019, Month: 3}},
		"Where was she at Christmas 2024?":               {{Year: 2024, Month: 12, Day: 25}},
		"What did she do last weekend?":                  {between("2026-05-09", "2026-05-11")},
	} {
		if got := extract.Times(text, at, 16); !reflect.DeepEqual(got, want) {
			t.Errorf("%s\n got %v\nwant %v", text, got, want)
		}
	}
	if got := extract.Times("What did she say yesterday, or in May?", time.Time{}, 16); !reflect.DeepEqual(got, []extract.Time{{Month: 5}}) {
		t.Errorf("without a time to look back from: %v", got)
	}
	if got := extract.Times(strings.Repeat("in May ", 2000), at, 16); len(got) != 16 {
		t.Errorf("%d times of at most 16", len(got))
	}
	// A day begins where the question is asked.
	zone := time.FixedZone("", 9*3600)
	week := extract.Times("What did she say last week?", time.Date(2026, 5, 14, 1, 0, 0, 0, zone), 1)
	if want := time.Date(2026, 5, 4, 0, 0, 0, 0, zone).UTC(); len(week) != 1 || !week[0].Period.From.Equal(want) {
		t.Errorf("last week in another zone: %v", week)
	}
}
