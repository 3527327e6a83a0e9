package live

import (
	"slices"
	"testing"
)

func ids(list []*member) (out []int) {
	for _, m := range list {
		out = append(out, m.value.(int))
	}
	return out
}

// TestGroups checks which of the waiting writes a group takes, and that the rest waits in its order.
func TestGroups(t *testing.T) {
	t.Parallel()
	type write struct {
		size  int
		alone bool
	}
	small := write{size: 1000}
	for name, row := range map[string]struct {
		waiting []write
		groups  [][]int
	}{
		"one":                        {[]write{small}, [][]int{{0}}},
		"all":                        {[]write{small, small, small}, [][]int{{0, 1, 2}}},
		"one that is large":          {[]write{{size: 9 * mostSize}, small, small}, [][]int{{0}, {1, 2}}},
		"a large one between":        {[]write{small, {size: mostSize}, small}, [][]int{{0}, {1}, {2}}},
		"as much as may be":          {[]write{{size: mostSize / 2}, {size: mostSize / 2}, small}, [][]int{{0, 1}, {2}}},
		"one alone first":            {[]write{{1, true}, small, small}, [][]int{{0}, {1, 2}}},
		"one alone between":          {[]write{small, {1, true}, small, small}, [][]int{{0}, {1}, {2, 3}}},
		"more than a group may have": {slices.Repeat([]write{small}, mostWrites+2), [][]int{numbers(0, mostWrites), numbers(mostWrites, mostWrites+2)}},
	} {
		j := &joint{}
		for i, w := range row.waiting {
			j.add(&member{value: i, size: w.size, alone: w.alone, lead: make(chan struct{}, 1)})
		}
		for i, want := range row.groups {
			first := j.waiting[0]
			if len(first.lead) != 1 {
				t.Errorf("%s: nobody leads group %d", name, i)
			}
			<-first.lead
			if got := ids(j.take(first)); !slices.Equal(got, want) {
				t.Errorf("%s: group %d is %v, want %v", name, i, got, want)
			}
			j.pass()
		}
		if j.led || len(j.waiting) > 0 {
			t.Errorf("%s: %v wait", name, ids(j.waiting))
		}
	}
}

// numbers returns the numbers from..to-1.
func numbers(from, to int) (out []int) {
	for i := from; i < to; i++ {
		out = append(out, i)
	}
	return out
}

// TestTheLeadIsPassedOn checks that a write that leaves the queue passes the lead on, and that writes that are put back come first.
func TestTheLeadIsPassedOn(t *testing.T) {
	t.Parallel()
	j := &joint{}
	var all []*member
	for i := range 4 {
		all = append(all, &member{value: i, lead: make(chan struct{}, 1)})
		j.add(all[i])
	}
	if !j.withdraw(all[0]) || j.withdraw(all[0]) || len(all[1].lead) != 1 {
		t.Error("the second write does not lead")
	}
	if !j.withdraw(all[2]) || len(all[3].lead) != 0 {
		t.Error("two writes lead")
	}
	<-all[1].lead
	group := j.take(all[1])
	j.putBack(group)
	if got := ids(j.waiting); !slices.Equal(got, []int{1, 3}) {
		t.Errorf("%v wait", got)
	}
	j.pass()
	if len(all[1].lead) != 1 {
		t.Error("the write that was put back does not lead")
	}
}
