package guard

import "slices"

// Phone numbers are found by their shape and by the words before them, not by tables of the numbers in use. A library that has these tables
// (nyaruka/phonenumbers, a port of libphonenumber) adds 7 MB to a program, and
// finds numbers in national form only if it is told the country.

// phoneWords stand before a phone number.
var phoneWords = words(`phone phones telephone tel mobile cell cellphone call calls called calling text sms fax whatsapp signal ring dial reach hotline landline
	telefon telefonnummer handy handynummer mobil mobilnummer rufnummer festnetz anrufen ruf rufen durchwahl fon
	telefono movil celular cel escribeme llama llamame llamar fijo telf tfno
	telephone portable appelle appelez appeler fixe joindre tlf`)

// ownNumber are the words for a number, and owners those before it that make it a phone number: "my number is …".
var (
	ownNumber = words("number nummer numero")
	articles  = words("el al")
	owners    = words("my your his her our their meine deine seine ihre mi tu su mon ton son notre votre")
)

// phoneTold reports whether one of the four words before a position says that a phone number follows.
func phoneTold(b []byte, at int) bool {
	told, number := false, false
	wordsBefore(b, at, 4, func(word string) bool {
		told = phoneWords[word] || number && owners[word]
		number = ownNumber[word]
		return !told
	})
	return told && !after(b, at, 3, numberWords)
}

// callingCodes are the calling codes of countries, as ranges of their first digits.
var callingCodes = func() (out [1000]bool) {
	for _, c := range []int{1, 7, 20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62, 63, 64, 65, 66,
		81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98, 211, 212, 213, 216, 218, 290, 291, 297, 298, 299, 800, 808, 870, 878, 880, 881, 882, 883, 886, 888, 960, 961, 962,
		963, 964, 965, 966, 967, 968, 970, 971, 972, 973, 974, 975, 976, 977, 979, 992, 993, 994, 995, 996, 998} {
		out[c] = true
	}
	for _, r := range [][2]int{{220, 269}, {350, 359}, {370, 389}, {420, 423}, {500, 509}, {590, 599}, {670, 692}, {850, 856}} {
		for c := r[0]; c <= r[1]; c++ {
			out[c] = true
		}
	}
	return out
}()

// hasCallingCode reports whether digits begin with the calling code of a country.
func hasCallingCode(d []byte) bool {
	return len(d) > 3 && d[0] != '0' && (callingCodes[number(d[:1])] || callingCodes[number(d[:2])] || callingCodes[number(d[:3])])
}

// phoneAt finds a phone number.
func phoneAt(b []byte, at int) int {
	switch {
	case b[at] == '+' || b[at] == '(' && at+1 < len(b) && b[at+1] == '+':
		return internationalAt(b, at)
	case !isDigit(b[at]) && b[at] != '(':
		return 0
	case at > 0 && (b[at-1] == '#' || b[at-1] == '$' || b[at-1] == '=' && !after(b, at, 1, phoneWords)):
		return 0
	}
	start := at
	if b[at] == '(' {
		start++
	}
	var d digits
	d.read(b, start, inPhone)
	if len(d.groups) > 0 && b[at] == '(' && (d.groups[0].end == len(b) || b[d.groups[0].end] != ')') {
		return 0
	}
	told, article := phoneTold(b, at), after(b, at, 1, articles)
	for n := len(d.groups); n > 0; n-- {
		end := d.groups[n-1].end
		inner := at > 1 && b[at-1] == ' ' && isDigit(b[at-2]) // of a longer number
		if (told || !inner) && d.phone(n, told, start > at, article) && bounded(b, at, end) && !priced(b, end) && (told || !after(b, at, 2, numberWords)) {
			return end
		}
	}
	return 0
}

// inPhone is the separator of phone numbers: one or two marks and spaces between digits.
func inPhone(b []byte, i int) int {
	n := 0
	for i+n < len(b) && n < 4 && !isDigit(b[i+n]) {
		switch c := b[i+n]; c {
		case ' ', '-', '.', '/', '(', ')':
			if n > 0 && c == b[i+n-1] && c != ' ' {
				return 0
			}
		default:
			return 0
		}
		n++
	}
	if i+n == len(b) || !isDigit(b[i+n]) {
		return 0
	}
	return n
}

// priced reports whether a number is an amount: a sign or a unit follows.
func priced(b []byte, end int) bool {
	for end < len(b) && b[end] == ' ' {
		end++
	}
	if end == len(b) {
		return false
	}
	if b[end] == '%' || b[end] == '$' {
		return true
	}
	stop := end
	for stop < len(b) && stop-end < 12 && isLetter(b[stop]) {
		stop++
	}
	return units[string(b[end:stop])]
}

var units = words(`eur euro euros usd dollar dollars gbp chf pounds km m cm mm kg g mb gb kb tb bytes ms s sec seconds minutes hours users people inhabitants einwohner
	stuck personen habitantes habitants personas personnes items views characters zeichen caracteres caracteres words downloads points punkte rows lines files times mal`)

// internationalAt finds a number with a plus and the calling code of a country.
func internationalAt(b []byte, at int) int {
	start := at
	for b[start] == '(' || b[start] == '+' {
		start++
		if start == len(b) || start-at > 3 {
			return 0
		}
	}
	if !isDigit(b[start]) {
		return 0
	}
	var d digits
	d.read(b, start, inPhone)
	for n := len(d.groups); n > 0; n-- {
		total, end := d.totals[n-1], d.groups[n-1].end
		decimal := n == 2 && b[d.groups[0].end] == '.' && d.totals[0] < 4 // a coordinate, or another signed number
		if total >= 8 && total <= 15 && d.b[0] != '0' && hasCallingCode(d.b) && !decimal && bounded(b, at, end) && !priced(b, end) {
			return end
		}
	}
	return 0
}

// phone reports whether the first n groups are a phone number. told says that a word says so; area, that the first group is in brackets; article, that "el" or
// "al" stands before it.
func (d *digits) phone(n int, told, area, article bool) bool {
	total, sizes := d.totals[n-1], d.sizes[:n]
	switch first := d.b[0]; {
	case total < 7 || total > 15 || dated(d, n):
		return false
	case first == '0' && d.b[1] == '0' && sizes[0] > 1: // the calling code of a country after two zeros
		code := d.b[2:total]
		return total >= 10 && hasCallingCode(code) && (code[0] != '1' || total == 13)
	case told && total >= 7 && (n > 1 || total <= 13):
		return !(n > 1 && slices.Max(sizes) <= 1)
	case area:
		return total >= 9 && total <= 12 && (first == '0' || d.northAmerican(sizes))
	case n == 1:
		// Mobile numbers of Germany, Great Britain and France without a separator.
		return first == '0' && (total == 11 && (d.b[1] == '7' || d.b[1] == '1' && d.b[2] >= '5' && d.b[2] <= '7') ||
			total == 12 && d.b[1] == '1' && d.b[2] >= '5' && d.b[2] <= '7' || total == 10 && (d.b[1] == '6' || d.b[1] == '7'))
	case first == '0':
		switch {
		case total < 9 || total > 12 || sizes[n-1] < 2 || sizes[0] < 2 || d.b[1] == '0':
			return false
		case slices.Max(sizes) == 2: // French numbers have five pairs
			return n == 5 && (len(d.groups) == n || d.sizes[n] != 2)
		case n == 2: // a decimal number, or an American postal code
			return d.marks[0] != '.' && (d.marks[0] != '-' || sizes[0] != 5 || sizes[1] != 4)
		}
		return true
	}
	return d.northAmerican(sizes) || spanishPhone(d.b[0], sizes, article)
}

// northAmerican reports whether digits are a number of the North American plan in its usual groups. Three groups with nothing but spaces
// between them may be other numbers.
func (d *digits) northAmerican(sizes []int) bool {
	b := d.b
	if len(sizes) == 4 && sizes[0] == 1 && b[0] == '1' {
		b, sizes = b[1:], sizes[1:]
	}
	return (len(b) < len(d.b) || d.marks[0] != ' ' || d.marks[1] != ' ') && slices.Equal(sizes, []int{3, 3, 4}) && b[0] >= '2' && b[3] >= '2'
}

// spanishPhone reports whether groups are those of a Spanish number. Three groups of three are, if an article stands before them.
func spanishPhone(first byte, sizes []int, article bool) bool {
	return first >= '6' && first <= '9' && (article && slices.Equal(sizes, []int{3, 3, 3}) || slices.Equal(sizes, []int{3, 2, 2, 2}) || slices.Equal(sizes, []int{2, 3, 2, 2}))
}

// dated reports whether the first groups are a date.
func dated(d *digits, n int) bool {
	if n < 3 {
		return n == 2 && d.sizes[0] == 4 && d.sizes[1] == 4 && year(d.b[:4]) && year(d.b[4:8]) // a span of years
	}
	s := d.sizes[:3]
	part := func(i int) int { return number(d.b[d.totals[i]-s[i] : d.totals[i]]) }
	if n == 4 && slices.Equal(d.sizes[:4], []int{2, 4, 2, 4}) {
		return year(d.b[2:6]) && year(d.b[8:12]) // from a month to another
	}
	small := func(i, most int) bool { return s[i] <= 2 && part(i) >= 1 && part(i) <= most }
	switch {
	case s[0] == 4:
		return year(d.b[:4]) && small(1, 12) && small(2, 31)
	case s[2] == 4 || s[2] == 2 && n == 3:
		return (small(0, 31) && small(1, 12) || small(0, 12) && small(1, 31)) && (s[2] == 2 || part(2) >= 1000 && part(2) < 2200)
	}
	return false
}

func year(d []byte) bool { n := number(d); return n >= 1000 && n < 2200 }
