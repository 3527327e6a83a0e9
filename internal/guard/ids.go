package guard

import "slices"

// idAt finds a national number of a person. Those with a check digit must have the right one.
func idAt(b []byte, at int) int {
	for _, find := range []func([]byte, int) int{spanishAt, codiceAt, ninoAt, nirAt, numberedAt} {
		if end := find(b, at); end > 0 {
			return end
		}
	}
	return 0
}

// spanishAt finds a Spanish DNI (eight digits and a letter) or NIE (X, Y or Z, seven digits and a letter). The letter is a check (mod 23).
func spanishAt(b []byte, at int) int {
	value, n, i := 0, 0, at
	if c := b[i]; c >= 'x' && c <= 'z' {
		value, n, i = int(c-'x'), 1, i+1
		if i < len(b) && (b[i] == '-' || b[i] == ' ') {
			i++
		}
	}
	for i < len(b) && n < 8 {
		if b[i] == '.' && n > 1 && i+1 < len(b) && isDigit(b[i+1]) {
			i++
		}
		if !isDigit(b[i]) {
			return 0
		}
		value, n, i = value*10+int(b[i]-'0'), n+1, i+1
	}
	if i < len(b) && (b[i] == '-' || b[i] == ' ') {
		i++
	}
	if n < 8 || i >= len(b) || b[i] != "trwagmyfpdxbnjzsqvhlcke"[value%23] || !bounded(b, at, i+1) {
		return 0
	}
	return i + 1
}

// codiceAt finds an Italian codice fiscale: six letters, two digits, a letter, two digits, a letter, three digits, and a letter as check
// (mod 26). Letters may stand for digits, if two persons would have the same one.
func codiceAt(b []byte, at int) int {
	const shape = "aaaaaa00a00a000a"
	var code [len(shape)]byte
	n, i := 0, at
	for ; i < len(b) && n < len(shape); i++ {
		if b[i] == ' ' && n > 0 && b[i-1] != ' ' && n < len(shape) && (n == 3 || n == 6 || n == 11 || n == 15) {
			continue
		}
		if shape[n] == 'a' && (b[i] < 'a' || b[i] > 'z') || shape[n] == '0' && !isDigit(b[i]) && (b[i] < 'l' || b[i] > 'v') {
			return 0
		}
		code[n] = b[i]
		n++
	}
	if n < len(shape) || !bounded(b, at, i) {
		return 0
	}
	odd := [26]int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23}
	sum := 0
	for k, c := range code[:15] {
		v := int(c - '0')
		if c >= 'a' {
			v = int(c - 'a')
		}
		if k%2 == 0 {
			v = odd[v]
		}
		sum += v
	}
	if int(code[15]-'a') != sum%26 {
		return 0
	}
	return i
}

// ninoAt finds a British National Insurance number: two letters, six digits, and a letter from A to D. It has no check digit, but some
// letters are never used.
func ninoAt(b []byte, at int) int {
	var code [9]byte
	n, i := 0, at
	for ; i < len(b) && n < len(code); i++ {
		if (b[i] == ' ' || b[i] == '-') && n > 1 && isWord(b[i-1]) {
			continue
		}
		if (n < 2 || n == 8) != (b[i] >= 'a' && b[i] <= 'z') || n >= 2 && n < 8 && !isDigit(b[i]) {
			return 0
		}
		code[n] = b[i]
		n++
	}
	if n < len(code) || code[8] > 'd' || !bounded(b, at, i) {
		return 0
	}
	never := func(c byte) bool { return slices.Contains([]byte("dfiquv"), c) }
	if never(code[0]) || never(code[1]) || code[1] == 'o' || slices.Contains([]string{"bg", "gb", "nk", "kn", "tn", "nt", "zz"}, string(code[:2])) {
		return 0
	}
	return i
}

// nirAt finds a French NIR: sex, year and month of birth, department (2A and 2B on Corsica), commune, number, and two check digits (mod 97).
func nirAt(b []byte, at int) int {
	var code [15]byte
	n, i, value := 0, at, 0
	for ; i < len(b) && n < len(code); i++ {
		c := b[i]
		if (c == ' ' || c == '-' || c == '.') && n > 0 && isWord(b[i-1]) {
			continue
		}
		if n == 6 && code[5] == '2' && (c == 'a' || c == 'b') {
			value -= 1_000_000 * int(c-'a'+1) // 2A counts as 19 and 2B as 18, see below
			c = '0'
		}
		if !isDigit(c) {
			return 0
		}
		code[n] = c
		n++
	}
	if n < len(code) || !bounded(b, at, i) || code[0] != '1' && code[0] != '2' && code[0] != '7' && code[0] != '8' {
		return 0
	}
	if month := number(code[3:5]); month < 1 || month > 12 && month < 20 || month > 42 && month < 50 {
		return 0
	}
	value += number(code[:13])
	if 97-value%97 != number(code[13:]) {
		return 0
	}
	return i
}

// numberedAt finds the national numbers that consist of digits.
func numberedAt(b []byte, at int) int {
	if !isDigit(b[at]) {
		return 0
	}
	var d digits
	d.read(b, at, func(b []byte, i int) int {
		if i+1 < len(b) && (b[i] == ' ' || b[i] == '-' || b[i] == '.' || b[i] == '/') && isDigit(b[i+1]) {
			return 1
		}
		return 0
	})
	for n := min(len(d.groups), 5); n > 0; n-- {
		end := d.groups[n-1].end
		code, sizes := d.b[:d.totals[n-1]], d.sizes[:n]
		if bounded(b, at, end) && slices.ContainsFunc(numbered, func(k numberedID) bool { return k.is(b, at, code, sizes, d.groups) }) {
			return end
		}
	}
	return 0
}

// numberedID is a kind of national number that consists of digits.
type numberedID struct {
	sizes [][]int // how it is written in groups
	marks string  // the separators between the groups, one for each; "": any
	alone forms   // the forms in which it is found without a word before it
	words map[string]bool
	check func(code []byte) bool
}

// forms are the ways to write a number.
type forms int

const (
	grouped forms = 1 << iota // in groups
	plain                     // without separators
)

// is reports whether digits in groups are a number of the kind.
func (k *numberedID) is(b []byte, at int, code []byte, sizes []int, groups []place) bool {
	shaped := slices.ContainsFunc(k.sizes, func(s []int) bool { return slices.Equal(s, sizes) })
	whole := len(sizes) == 1 && slices.ContainsFunc(k.sizes, func(s []int) bool { return sum(s) == len(code) })
	if !shaped && !whole || !k.check(code) {
		return false
	}
	if shaped {
		for i, want := range []byte(k.marks) {
			if i+1 < len(sizes) && b[groups[i].end] != want {
				shaped = false
			}
		}
	}
	switch {
	case len(sizes) > 1 && !shaped:
		return false
	case len(sizes) > 1 && k.alone&grouped != 0, len(sizes) == 1 && k.alone&plain != 0 && !after(b, at, 2, numberWords):
		return true
	}
	return after(b, at, 4, k.words)
}

func sum(sizes []int) (n int) {
	for _, s := range sizes {
		n += s
	}
	return n
}

// numbered has the kinds.
var numbered = []numberedID{
	// Social Security number of the USA: no check digit, but some areas, groups and serials are never used.
	{sizes: [][]int{{3, 2, 4}}, alone: grouped, marks: "--", words: words("ssn social security"), check: socialSecurity},
	{sizes: [][]int{{3, 2, 4}}, alone: grouped, marks: "  ", check: socialSecurity},
	// German tax number of a person: ISO 7064 (mod 11, 10), and one digit of the first ten occurs twice or three times.
	{sizes: [][]int{{2, 3, 3, 3}}, alone: grouped | plain, check: func(c []byte) bool {
		var count [10]int
		for _, d := range c[:10] {
			count[d-'0']++
		}
		slices.Sort(count[:])
		if c[0] == '0' || count[9] < 2 || count[9] > 3 || count[8] > 1 {
			return false
		}
		p := 10
		for _, d := range c[:10] {
			s := (int(d-'0') + p) % 10
			if s == 0 {
				s = 10
			}
			p = s * 2 % 11
		}
		return (11-p)%10 == int(c[10]-'0')
	}},
	// Brazilian CPF: two check digits (mod 11).
	{sizes: [][]int{{3, 3, 3, 2}}, alone: grouped, marks: "..-", words: words("cpf"), check: func(c []byte) bool {
		return slices.Max(c) != slices.Min(c) && cpf(c, 9) && cpf(c, 10)
	}},
	// Swiss AHV number: 756, and a check digit like that of an EAN.
	{sizes: [][]int{{3, 4, 4, 2}}, alone: grouped | plain, check: func(c []byte) bool {
		s := 0
		for i, d := range c {
			s += int(d-'0') * (1 + 2*(i%2))
		}
		return number(c[:3]) == 756 && s%10 == 0
	}},
	// Polish PESEL: the day of birth, and a check digit (mod 10).
	{sizes: [][]int{{11}}, alone: plain, words: words("pesel"), check: func(c []byte) bool {
		s := 0
		for i, d := range c {
			s += int(d-'0') * []int{1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1}[i]
		}
		return s%10 == 0 && birthday(number(c[2:4])%20, number(c[4:6]))
	}},
	// Swedish personal number: the day of birth, and a check digit of Luhn.
	{sizes: [][]int{{6, 4}, {8, 4}}, alone: grouped, marks: "-", words: words("personnummer"), check: func(c []byte) bool {
		c = c[len(c)-10:]
		return luhn(c) && birthday(number(c[2:4]), number(c[4:6]))
	}},
	// Belgian national number: the day of birth, and two check digits (mod 97), which count persons born since 2000 with a 2 in front.
	{sizes: [][]int{{2, 2, 2, 3, 2}}, alone: grouped, marks: "..-.", words: words("rijksregisternummer insz niss"), check: func(c []byte) bool {
		check := number(c[9:])
		return (97-number(c[:9])%97 == check || 97-(2_000_000_000+number(c[:9]))%97 == check) && birthday(number(c[2:4]), number(c[4:6]))
	}},
	// Canadian Social Insurance number: a check digit of Luhn. It is written like other numbers.
	{sizes: [][]int{{9}, {3, 3, 3}}, words: words("sin"), check: luhn},
	// British NHS number (mod 11), and Dutch BSN (mod 11). They are written like other numbers.
	{sizes: [][]int{{10}}, words: words("nhs"), check: func(c []byte) bool { return mod11(c, []int{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}) }},
	{sizes: [][]int{{3, 3, 4}}, words: words("nhs"), check: func(c []byte) bool { return mod11(c, []int{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}) }},
	{sizes: [][]int{{9}}, words: words("bsn burgerservicenummer sofinummer"), check: func(c []byte) bool { return mod11(c, []int{9, 8, 7, 6, 5, 4, 3, 2, -1}) }},
}

// socialSecurity checks what is known of a Social Security number.
func socialSecurity(c []byte) bool {
	area := number(c[:3])
	return area > 0 && area != 666 && area < 900 && number(c[3:5]) > 0 && number(c[5:]) > 0
}

// cpf checks the check digit at a position of a CPF.
func cpf(c []byte, at int) bool {
	s := 0
	for i, d := range c[:at] {
		s += int(d-'0') * (at + 1 - i)
	}
	return s*10%11%10 == int(c[at]-'0')
}

// mod11 checks a weighted sum.
func mod11(c []byte, weights []int) bool {
	s := 0
	for i, d := range c {
		s += int(d-'0') * weights[i]
	}
	return s > 0 && s%11 == 0
}

func birthday(month, day int) bool { return month >= 1 && month <= 12 && day >= 1 && day <= 31 }
