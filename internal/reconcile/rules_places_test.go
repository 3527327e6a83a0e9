package reconcile_test

const (
	inCalifornia = "Alice lives_in @location/California"
	inFrisco     = "Alice lives_in @location/San_Francisco"
	inOregon     = "Alice lives_in @location/Oregon"
	inOakland    = "Alice lives_in @location/Oakland"
)

func at(day float64, lines ...string) step { return step{day: day, text: words, x: said(lines...)} }

// nested are histories of places that lie in one another.
var nested = []rule{
	{
		name:  "the narrower value takes over the stay of the wider one, however sure",
		steps: []step{at(1, inCalifornia+" 0.95"), at(3, inFrisco+" 0.7")},
		facts: []string{`1 Alice lives_in California known 1-3 by 2`, `2 Alice lives_in San Francisco for 1`},
	},
	{
		name:  "the wider value leaves the narrower one",
		steps: []step{at(1, inFrisco), at(3, inCalifornia)},
		facts: []string{`1 Alice lives_in San Francisco`},
		last:  last{again: []string{`1`}},
	},
	{
		name:  "the wider value comes late",
		steps: []step{at(3, inFrisco), at(1, inCalifornia)},
		facts: []string{`1 Alice lives_in San Francisco`},
		last:  last{again: []string{`1`}},
	},
	{
		name:  "the narrower value comes late",
		steps: []step{at(3, inCalifornia), at(1, inFrisco)},
		facts: []string{`1 Alice lives_in California known 3-3 by 2`, `2 Alice lives_in San Francisco for 1`},
	},
	{
		name:  "both at once are the narrower one",
		steps: []step{at(1, inFrisco, inCalifornia)},
		facts: []string{`1 Alice lives_in San Francisco`},
	},
	{
		name:  "two names of one place",
		steps: []step{at(1, "Alice lives_in @location/Munich"), at(3, "Alice lives_in @location/München")},
		facts: []string{`1 Alice lives_in Munich`},
		last:  last{again: []string{`1`}},
	},
	{
		name:  "what the name says itself",
		steps: []step{at(1, "Alice born_in @location/Smallville"), at(2, "Alice lives_in @location/Kansas"), at(3, "Alice lives_in @location/Smallville,_Kansas")},
		facts: []string{`1 Alice born_in Smallville many`, `2 Alice lives_in Kansas known 2-3 by 3`, `3 Alice lives_in Smallville, Kansas for 2`},
	},
	{
		name:  "it goes on where the wider one followed another value",
		steps: []step{at(1, inOregon), at(2, inCalifornia), at(4, inFrisco), at(6, inOregon)},
		facts: []string{`1 Alice lives_in Oregon valid -2 known 1-2 by 2`, `2 Alice lives_in California valid 2- known 2-4 by 3 for 1`,
			`3 Alice lives_in San Francisco valid 2-6 known 4-6 by 4 for 2`, `4 Alice lives_in Oregon valid 6- for 3`},
		last: last{fixes: []string{`Alice lives_in San Francisco > Oregon`}},
	},
	{
		name:  "another place in the wider one is another value",
		steps: []step{at(1, inFrisco), at(3, inCalifornia), at(2, inOakland)},
		facts: []string{`1 Alice lives_in San Francisco valid -2 known 1-2 by 2`, `2 Alice lives_in Oakland valid 2- for 1`},
		last:  last{fixes: []string{`Alice lives_in San Francisco > Oakland`}},
	},
	{
		name:  "the narrower value comes after the stay of the wider one was over",
		steps: []step{at(1, inCalifornia), at(5, inOregon), at(3, inFrisco)},
		facts: []string{`1 Alice lives_in California valid -5 known 1-3 by 3`, `2 Alice lives_in Oregon valid 5- for 3`,
			`3 Alice lives_in San Francisco valid -5 known 3-5 by 2 for 1`},
	},
	{
		name:  "the wider value comes after the stay of the narrower one was over",
		steps: []step{at(1, inFrisco), at(5, inOregon), at(3, inCalifornia)},
		facts: []string{`1 Alice lives_in San Francisco valid -5 known 1-5 by 2`, `2 Alice lives_in Oregon valid 5- for 1`},
	},
	{
		name:  "a move within it is a move",
		steps: []step{at(1, inCalifornia+" 0.95"), at(5, inFrisco+" 0.7 from 3")},
		facts: []string{`1 Alice lives_in California valid -3 known 1-5 by 2`, `2 Alice lives_in San Francisco valid 3- for 1`},
		last:  last{fixes: []string{`Alice lives_in California > San Francisco`}},
	},
	{
		name:  "what is known since when says nothing of the narrower one",
		steps: []step{at(4, inCalifornia+" from 0"), at(5, inFrisco)},
		facts: []string{`1 Alice lives_in California valid 0-5 known 4-5 by 2`, `2 Alice lives_in San Francisco valid 5- for 1`},
		last:  last{fixes: []string{`Alice lives_in California > San Francisco`}},
	},
	{
		name: "beside a document, without a question",
		steps: []step{{day: 1, text: words, kind: document, x: said(inCalifornia)}, at(3, inFrisco), at(4, inOakland),
			at(5, inCalifornia)},
		facts: []string{`1 Alice lives_in California`, `2 Alice lives_in San Francisco many valid -4 known 3-4 by 3`, `3 Alice lives_in Oakland many for 2`},
		last:  last{again: []string{`1`}},
	},
	{
		name:  "what a document says more exactly",
		steps: []step{{day: 1, text: words, kind: document, x: said(inFrisco)}, at(3, inCalifornia)},
		facts: []string{`1 Alice lives_in San Francisco`},
		last:  last{again: []string{`1`}},
	},
	{
		name:  "a third person may say it more exactly beside the own word",
		steps: []step{lena(1, "user lives_in @location/California"), owen(2, "Lena lives_in @location/San_Francisco")},
		facts: []string{`1 Lena lives_in California`, `2 Lena lives_in San Francisco many`},
	},
	{
		name:  "what is no place is not compared",
		steps: []step{at(1, "Alice works_at @organisation/California"), at(3, "Alice works_at @organisation/San_Francisco")},
		facts: []string{`1 Alice works_at California valid -3 known 1-3 by 2`, `2 Alice works_at San Francisco valid 3- for 1`},
		last:  last{fixes: []string{`Alice works_at California > San Francisco`}},
	},
	{
		name:  "nor are roles, which may be a promotion",
		steps: []step{at(1, "Alice role product_manager"), at(3, "Alice role manager")},
		facts: []string{`1 Alice role product manager valid -3 known 1-3 by 2`, `2 Alice role manager valid 3- for 1`},
		last:  last{fixes: []string{`Alice role product manager > manager`}},
	},
}
