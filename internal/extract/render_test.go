package extract

import (
	"fmt"
	"sort"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// said is the reference time of the tables: a Thursday.
var said = time.Date(2026, 5, 14, 10, 0, 0, 0, time.UTC)

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02")
}

func interval(i record.Interval) string {
	if i == (record.Interval{}) {
		return ""
	}
	return fmt.Sprintf(" [%s,%s)", day(i.From), day(i.Until))
}

// render writes an extraction as one sorted line for each item, without entities.
func render(x record.Extraction) []string {
	var out []string
	if x.Speaker.Name != "" {
		out = append(out, "speaker "+x.Speaker.Name)
	}
	for _, a := range x.Attributes {
		out = append(out, a.Entity.Name+"."+a.Key+"="+a.Value+interval(a.Valid))
	}
	for _, r := range x.Relations {
		out = append(out, r.Subject.Name+" "+r.Label+" "+r.Object.Name+interval(r.Valid))
	}
	for _, i := range x.Invalidations {
		s := "-" + i.Entity.Name + " " + i.Key + " " + i.Value
		if !i.At.IsZero() {
			s += " @" + day(i.At)
		}
		out = append(out, s)
	}
	for _, i := range x.Instructions {
		out = append(out, "!"+i.Label)
	}
	for _, u := range x.Uncertainties {
		if u.Key == "" { // what rules half matched has tests of its own
			out = append(out, "?"+u.About)
		}
	}
	sort.Strings(out)
	return out
}
