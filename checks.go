package spectron

import (
	"time"

	"github.com/spectron-go/spectron/internal/input"
)

func checkText(op, field, s string, limit int) error { return fail(op, input.Text(field, s, limit)) }

func checkTime(op, field string, t time.Time) error { return fail(op, input.Time(field, t)) }

func orDefault[T comparable](v, other T) T {
	var zero T
	if v == zero {
		return other
	}
	return v
}
