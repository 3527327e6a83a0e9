package reconcile_test

// lena and owen return steps with statements of named speakers.
func lena(day float64, lines ...string) step { return spokenBy("Lena", day, lines...) }
func owen(day float64, lines ...string) step { return spokenBy("Owen", day, lines...) }

func spokenBy(name string, day float64, lines ...string) step {
	return step{day: day, text: words, x: said(lines...), speaker: name, account: true}
}

// tellers are histories in which the teller of a statement matters.
var tellers = []rule{
	{
		name:  "a third person does not overrule what somebody says of herself",
		steps: []step{lena(1, "user lives_in @location/Bonn 0.75"), owen(2, "Lena lives_in @location/Ulm 0.95")},
		facts: []string{`1 Lena lives_in Bonn`, `3 Lena lives_in Ulm many`},
		last:  last{asks: []string{`Lena: lives in | "Ulm" contradicts "Bonn", which Lena told and which stays`}},
	},
	{
		name: "of what others say the latest is kept",
		steps: []step{lena(1, "user lives_in @location/Bonn"), owen(2, "Lena lives_in @location/Ulm"),
			spokenBy("Zed", 3, "Lena lives_in @location/Rome")},
		facts: []string{`1 Lena lives_in Bonn`, `3 Lena lives_in Ulm many valid -3 known 2-3 by 5`, `5 Lena lives_in Rome many for 3`},
		last: last{
			asks:  []string{`Lena: lives in | "Rome" contradicts "Bonn", which Lena told and which stays`},
			fixes: []string{`Lena lives_in Ulm > Rome`},
		},
	},
	{
		name:  "the own word replaces what somebody else said",
		steps: []step{owen(1, "Lena lives_in @location/Ulm 0.95"), lena(2, "user lives_in @location/Bonn 0.7")},
		facts: []string{`1 Lena lives_in Ulm valid -2 known 1-2 by 2`, `2 Lena lives_in Bonn valid 2- for 1`},
		last:  last{fixes: []string{`Lena lives_in Ulm > Bonn`}},
	},
	{
		name:  "of the own word of an earlier time it is asked whether it still holds",
		steps: []step{owen(5, "Lena lives_in @location/Ulm"), lena(3, "user lives_in @location/Bonn")},
		facts: []string{`1 Lena lives_in Ulm valid 5- for 3`, `3 Lena lives_in Bonn valid -5 known 3-5 by 1`},
		last:  last{asks: []string{`Lena: lives in | Lena said "Bonn" before somebody else said "Ulm", which stays`}},
	},
	{
		name:  "below the floor it does not",
		steps: []step{owen(1, "Lena age 33 0.95"), lena(2, "user age 34 0.6")},
		facts: []string{`1 Lena age 33`},
		last:  last{asks: []string{`Lena: age | "34" has a confidence of 0.60, below 0.70`}},
	},
	{
		name:  "what somebody else had said becomes the own word",
		steps: []step{owen(1, "Lena age 33"), lena(2, "user age 33 0.7"), owen(3, "Lena age 34 0.95")},
		facts: []string{`1 Lena age 33`, `3 Lena age 34 many`},
		last:  last{asks: []string{`Lena: age | "34" contradicts "33", which Lena told and which stays`}},
	},
	{
		name: "the own word settles what others said",
		steps: []step{lena(1, "user lives_in @location/Bonn"), owen(2, "Lena lives_in @location/Ulm"),
			lena(3, "user lives_in @location/Ulm")},
		facts: []string{`1 Lena lives_in Bonn valid -3 known 1-3 by 4`, `3 Lena lives_in Ulm many known 2-3 by 4`, `4 Lena lives_in Ulm valid 3- for 1`},
		last:  last{fixes: []string{`Lena lives_in Bonn > Ulm`}, done: []string{`Lena: lives in`}},
	},
	{
		name:  "a third person ends nothing that somebody says of herself, and puts it in doubt",
		steps: []step{lena(1, "user lives_in @location/Bonn", "user likes @topic/tea"), owen(2, "-Lena lives_in", "-Lena likes tea")},
		facts: []string{`1 Lena lives_in Bonn`, `2 Lena likes tea many`},
		last: last{
			asks: []string{`Lena: lives in | "Bonn" was said to have ended by somebody else than Lena; it stays`,
				`Lena: likes: tea | "tea" was said to have ended by somebody else than Lena; it stays`},
			doubt: []string{`1`, `2`},
		},
	},
	{
		name: "until she says more",
		steps: []step{lena(1, "user lives_in @location/Bonn"), owen(2, "-Lena lives_in"),
			lena(3, "user lives_in @location/Bonn")},
		facts: []string{`1 Lena lives_in Bonn`},
		last:  last{again: []string{`1`}, done: []string{`Lena: lives in`}},
	},
	{
		name:  "nor does a third person's word about the past",
		steps: []step{lena(1, "user lives_in @location/Bonn"), owen(9, "Lena lives_in @location/Bonn until 5")},
		facts: []string{`1 Lena lives_in Bonn`, `3 Lena lives_in Bonn past valid -5`},
		last: last{
			asks:  []string{`Lena: lives in | "Bonn" was said to have ended by somebody else than Lena; it stays`},
			doubt: []string{`1`},
		},
	},
	{
		name: "a third person who says since when does not make what she said yield",
		steps: []step{lena(3, "user lives_in @location/Bonn"), lena(5, "user lives_in @location/Rome"),
			owen(9, "Lena lives_in @location/Ulm from 1")},
		facts: []string{`1 Lena lives_in Bonn valid 3-5 known 3-5 by 2 for 3`, `2 Lena lives_in Rome valid 5- for 1`, `3 Lena lives_in Ulm valid 1-3 known 9-9 by 1`},
	},
	{
		name:  "a document stands over the own word",
		steps: []step{lena(1, "user age 33"), {day: 2, text: words, kind: document, x: said("Lena age 34 0.7")}, lena(3, "user age 35")},
		facts: []string{`1 Lena age 33 valid -2 known 1-2 by 2`, `2 Lena age 34 valid 2- for 1`, `4 Lena age 35 many`},
		last:  last{asks: []string{`Lena: age | "35" contradicts "34" of a document, which stays`}},
	},
	{
		name: "whoever says I before the name is known tells of herself",
		steps: []step{{day: 1, text: words, x: said("user lives_in @location/Bonn")}, {day: 2, text: words, x: said("I am Lena")},
			owen(3, "Lena lives_in @location/Ulm")},
		facts: []string{`1 user lives_in Bonn known 1-2 by 2`, `2 Lena lives_in Bonn for 1`, `3 user name Lena many`, `5 Lena lives_in Ulm many`},
		last:  last{asks: []string{`Lena: lives in | "Ulm" contradicts "Bonn", which Lena told and which stays`}},
	},
	{
		name:  "in what no user says nobody speaks of himself",
		steps: []step{{day: 1, text: words, x: said("user age 33")}, {day: 2, text: words, x: said("user age 34 0.95"), secondhand: true}},
		facts: []string{`1 user age 33`, `3 user age 34 many`},
		last:  last{asks: []string{`The user: age | "34" contradicts "33", which The user told and which stays`}},
	},
}

// besides are histories in which a value is told beside the value of a single-valued key.
var besides = []rule{
	{
		name: "another one beside the first closes nothing",
		steps: []step{{day: 1, text: words, x: said("user works_at @organisation/Acme")},
			{day: 2, text: words, x: said("user works_at @organisation/Globex 0.7 beside", "user role barista beside")}},
		facts: []string{`1 user works_at Acme`, `2 user works_at Globex many beside`, `3 user role barista many beside`},
	},
	{
		name: "a plain word about it reinforces it",
		steps: []step{{day: 1, text: words, x: said("user works_at @organisation/Acme", "user works_at @organisation/Globex beside")},
			{day: 2, text: words, x: said("user works_at @organisation/Globex")}},
		facts: []string{`1 user works_at Acme`, `2 user works_at Globex many beside`},
		last:  last{again: []string{`2`}},
	},
	{
		name: "it outlives what it was beside",
		steps: []step{{day: 1, text: words, x: said("user works_at @organisation/Acme", "user works_at @organisation/Globex beside")},
			{day: 2, text: words, x: said("user works_at @organisation/Initech")}},
		facts: []string{`1 user works_at Acme valid -2 known 1-2 by 3`, `2 user works_at Globex many beside`, `3 user works_at Initech valid 2- for 1`},
		last:  last{fixes: []string{`user works_at Acme > Initech`}},
	},
	{
		name: "it becomes the head when the head has ended",
		steps: []step{{day: 1, text: words, x: said("user works_at @organisation/Acme", "user works_at @organisation/Globex beside")},
			{day: 2, text: words, x: said("-user works_at Acme", "user works_at @organisation/Globex")}},
		facts: []string{`1 user works_at Acme valid -2 known 1-2 by 3`, `2 user works_at Globex many beside known 1-2 by 3`, `3 user works_at Globex valid 2- for 1`},
		last:  last{fixes: []string{`user works_at Acme > Globex`}},
	},
	{
		name: "the head beside itself",
		steps: []step{{day: 1, text: words, x: said("user works_at @organisation/Acme")},
			{day: 2, text: words, x: said("user works_at @organisation/Acme beside")}},
		facts: []string{`1 user works_at Acme`},
		last:  last{again: []string{`1`}},
	},
	{
		name: "what was contested is no contradiction",
		steps: []step{{day: 1, text: words, x: said("user works_at @organisation/Acme")},
			{day: 2, text: words, x: said("user works_at @organisation/Globex 0.7")},
			{day: 3, text: words, x: said("user works_at @organisation/Globex 0.7 beside")}},
		facts: []string{`1 user works_at Acme`, `3 user works_at Globex many known 2-3 by 4`, `4 user works_at Globex many beside for 3`},
		last:  last{done: []string{`The user: works at`}},
	},
	{
		name: "beside a document",
		steps: []step{{day: 1, text: words, kind: document, x: said("Alice works_at @organisation/Acme")},
			{day: 2, text: words, x: said("Alice works_at @organisation/Globex beside")}},
		facts: []string{`1 Alice works_at Acme`, `2 Alice works_at Globex many beside`},
	},
	{
		name: "it ends by its name",
		steps: []step{{day: 1, text: words, x: said("user works_at @organisation/Acme", "user works_at @organisation/Globex beside")},
			{day: 2, text: words, x: said("-user works_at Globex")}},
		facts: []string{`1 user works_at Acme`, `2 user works_at Globex many beside valid -2 known 1-2`},
	},
}
