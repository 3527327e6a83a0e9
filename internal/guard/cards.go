package guard

import "slices"

// issuer is a range of numbers of payment cards: those with a prefix from low to high, and a length of least to most digits.
type issuer struct{ low, high, size, least, most int }

// issuers are the card schemes. size is the number of digits of low and high.
var issuers = []issuer{
	{4, 4, 1, 13, 19},       // Visa
	{51, 55, 2, 16, 16},     // Mastercard
	{2221, 2720, 4, 16, 16}, // Mastercard
	{34, 34, 2, 15, 15},     // American Express
	{37, 37, 2, 15, 15},     // American Express
	{6011, 6011, 4, 16, 19}, // Discover
	{644, 649, 3, 16, 19},   // Discover
	{65, 65, 2, 16, 19},     // Discover
	{3528, 3589, 4, 16, 19}, // JCB
	{300, 305, 3, 14, 19},   // Diners Club
	{36, 36, 2, 14, 19},     // Diners Club
	{38, 39, 2, 14, 19},     // Diners Club
	{62, 62, 2, 16, 19},     // UnionPay
	{2200, 2204, 4, 16, 19}, // Mir
	{5018, 5018, 4, 13, 19}, // Maestro
	{5020, 5020, 4, 13, 19}, // Maestro
	{5038, 5038, 4, 13, 19}, // Maestro
	{5893, 5893, 4, 13, 19}, // Maestro
	{6304, 6304, 4, 13, 19}, // Maestro
	{6759, 6763, 4, 13, 19}, // Maestro
}

// cardGroups are the ways to write the number of a card in groups.
var cardGroups = [][]int{{4, 4, 4, 4}, {4, 6, 5}, {4, 6, 4}, {4, 4, 4, 4, 3}, {4, 4, 4, 4, 2}, {4, 4, 4, 1}, {6, 13}, {8, 8}, {4, 4, 4, 4, 1}, {4, 4, 5}, {4, 3, 3, 3}, {4, 4, 4, 3}}

// numberWords stand before the number of something that is no person's: an order, a parcel, a book.
var numberWords = words(`order orders invoice tracking parcel shipment ticket reference ref booking reservation serial sku ean isbn issn upc gtin asin part item article model case bug issue
	bestellung bestellnummer rechnung rechnungsnummer sendung sendungsnummer auftrag auftragsnummer artikel artikelnummer seriennummer vorgang aktenzeichen kundennummer buchungsnummer
	pedido factura envio seguimiento referencia articulo reserva commande facture colis suivi reference reservation dossier imei timestamp hash commit build uuid population
	room account passport licence license member customer policy zimmer konto kunde cuenta compte chambre habitacion orcid doi art zip plz lotto loto lottery euromillions lottozahlen az ticketnummer vorgangsnummer imo patent`)

// cardAt finds the number of a payment card, with the check digit of Luhn.
func cardAt(b []byte, at int) int {
	if !isDigit(b[at]) {
		return 0
	}
	var d digits
	d.read(b, at, inCard)
	for n := len(d.groups); n > 0; n-- {
		total := d.totals[n-1]
		if total < 13 || total > 19 || !luhn(d.b[:total]) || !issued(d.b[:total]) {
			continue
		}
		end := d.groups[n-1].end
		if n > 1 && !slices.ContainsFunc(cardGroups, func(g []int) bool { return slices.Equal(g, d.sizes[:n]) }) || !bounded(b, at, end) {
			continue
		}
		if n == 1 && after(b, at, 2, numberWords) {
			return 0
		}
		return end
	}
	return 0
}

// inCard is the separator of the groups of a card: up to three marks, spaces or line breaks.
func inCard(b []byte, i int) int {
	n := 0
	for i+n < len(b) && n < 3 && (b[i+n] == ' ' || b[i+n] == '-' || b[i+n] == '.' || b[i+n] == '/' || b[i+n] == '_' || b[i+n] == '\n') {
		n++
	}
	if i+n == len(b) || !isDigit(b[i+n]) {
		return 0
	}
	return n
}

func issued(d []byte) bool {
	return slices.ContainsFunc(issuers, func(i issuer) bool {
		prefix := number(d[:i.size])
		return prefix >= i.low && prefix <= i.high && len(d) >= i.least && len(d) <= i.most
	})
}

// luhn checks the check digit of a number.
func luhn(d []byte) bool {
	sum := 0
	for i, c := range d {
		n := int(c - '0')
		if (len(d)-i)%2 == 0 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum%10 == 0
}

// number returns the value of digits.
func number(d []byte) (n int) {
	for _, c := range d {
		n = n*10 + int(c-'0')
	}
	return n
}
