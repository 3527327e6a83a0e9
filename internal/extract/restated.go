package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/spectron-go/spectron/internal/record"
)

// Values that have a form of their own replace others of their kind without a word of change: "it's 07700 900312", "use nell@example.org".

// typedForms are forms of values, with the keys whose values have them.
var typedForms = []struct {
	form *regexp.Regexp
	keys []string
}{
	{regexp.MustCompile(`(?:\+|\b)\d[\d ()/.-]{5,}\d\b`), []string{"phone"}},
	{regexp.MustCompile(`\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b`), []string{"email"}},
	{regexp.MustCompile(`\b\d{1,4}[a-z]?,? (?:\p{Lu}[\p{L}'’-]+ ){1,3}(?:Street|Road|Lane|Avenue|Court|Close|Drive|Way|Place|Square|Terrace|Crescent|Gardens|Grove|Hill|View|Row|Walk|Mews|Park|Rise|St|Rd|Ave|Dr|Blvd|Boulevard|Parade|Quay)\b`), []string{"address"}},
	{regexp.MustCompile(`\p{Lu}[\p{L}-]*(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|ufer|damm) \d{1,4}\b|\b(?:Calle|Avenida|Avda\.|Plaza|Paseo|Camino|Ronda) (?:de |del |la |las |los )*\p{Lu}[\p{L}]+,? \d{1,4}\b|\b\d{1,4}(?: bis| ter)?,? (?:rue|avenue|boulevard|place|impasse|chemin|allée|quai) (?:de |des |du |la |d'|l')*\p{Lu}[\p{L}]+`), []string{"address"}},
}

// addressing are words of a sentence that gives a value to use, own those that say that it is the speaker's, elsewhere those of one whose value is
// somebody else's, senders those before one from whom something comes. Between are things that reach the speaker at such a value, or tell of it: "the pizza came to 41 Mill Lane".
var (
	addressing = set(`it that this use try me mine my instead on new correction sorry no wait oops reach text call mail email write at actually now make i
		ist unter mich mir jetzt nein doch soy mi al ahora est mon ma moi au desormais maintenant`)
	own       = set(`i me my mine we us our ours ich mich mir mein meine meiner meinem meinen wir uns unser unsere unserer yo mi mis mía nuestro nuestra nosotros je j'ai moi mon ma mes nous notre nos`)
	elsewhere = set(`his her their he she they your its from bank plumber office mum mom dad boss school party company hotel reference newsletter table booking order
		klempner mutter vater tisch fontanero madre padre mesa su plombier mere pere son sa leur il elle
		you whose who somebody someone anybody anyone people spam scam blocked block ask invoice receipt ringing surgery clinic vet taxi restaurant pub bar café cafe museum gallery theatre cinema airport station library
		ate eat eating lunch dinner brunch viewing viewed view visit visited visiting meet meeting meets concert course open opens house-hunting auction poster advert ad flyer leaflet website wrote emailed missed caller rang dialled dialed tried tracking serial policy claim ticket grew born stolen stole saw outside opposite near front behind parked
		er sie ihr ihre oma opa arzt tierarzt zahnarzt essen gegessen besichtigt besichtigung treffen blockiert ruft rechnung amt
		él ella ellos usted veterinario médico dentista restaurante comimos cenamos bloqueado llamarme recibo quien alguien
		ils elles vétérinaire veterinaire médecin medecin dentiste mangé mange dîné dine bloqué bloque reçu recu medico quelqu'un`)
	articles   = set(`der die le`)
	dispatched = set(`parcel parcels package packages delivery deliveries paket paquete colis`)
	located    = set(`am are bin sind estoy estamos suis sommes`)
	senders    = set(`from by von vom de`)
	between    = set(`phone number mobile sim handset landline line provider carrier network operator text texts calls post mail mails inbox parcel parcels package packages letter letters pizza delivery deliveries
		courier postman box boxes key keys doorbell bell address door lease tax bill bills domain login logging logged
		paket pakete klingel rechnungen karte handy nummer nummern tasche anschluss anbieter briefe notfälle notfalle notfall paquete paquetes timbre móvil movil número numero bolsillo facturas cartas buzón buzon operador urgencias colis sonnette portable poche factures boîte boite lettres opérateur operateur urgence`)
)

// restated notes the values of a form of their own that a sentence gives, if it is nobody else's for sure.
func (d *doubter) restated() {
	text := d.text
	if !strings.ContainsAny(text, "0123456789@") || d.s.question || d.supposes(d.s.from, d.s.to) {
		return
	}
	for _, typed := range typedForms {
		at := typed.form.FindStringIndex(text)
		if at == nil || typed.keys[0] == "phone" && digits(text[at[0]:at[1]]) < 7 {
			continue
		}
		if d.gives(at) || strings.TrimSpace(text[:at[0]]) == "" && !d.ofOther(at) || d.reaches(typed.keys[0], text, at) {
			d.note([]record.EntityRef{d.speaker}, record.Doubt{Keys: slices.Clone(typed.keys), Other: true, Near: text})
		}
	}
	if d.opens && d.numbered() {
		d.note([]record.EntityRef{d.speaker}, record.Doubt{Back: true, Keys: []string{"address", "phone", "birthday", "age", "email"}})
	}
}

func digits(s string) (n int) {
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// gives reports whether the sentence tells where to reach the speaker.
func (d *doubter) gives(at []int) bool {
	gives := false
	for j := d.s.from; j < d.s.to; j++ {
		t := &d.toks[j]
		if t.kind != word {
			continue
		}
		gives = gives || addressing[t.low]
	}
	return gives && !d.anyOf(d.s.from, d.s.to, articles) && !d.ofOther(at)
}

// ofOther reports whether, beside the value at some bytes of it, the sentence names somebody, or a place, whose value it may be.
func (d *doubter) ofOther(at []int) bool {
	from := d.toks[d.s.from].start
	for j := d.s.from; j < d.s.to; j++ {
		t := &d.toks[j]
		switch {
		case t.kind != word, t.start-from >= at[0] && t.start-from < at[1]: // "12 Station Road"
		case j+1 < d.s.to && d.toks[j+1].start-from == at[0] && senders[t.low]: // "odd mail from info@example.org"
			return true
		case elsewhere[t.low], kin[t.low] != "", foreignKin(t.low) != "", strangers[t.low], foreignOthers[t.low], t.upper && j > d.s.from && (len(d.bearers(t.text)) > 0 || givenNames[t.low]):
			return true
		case t.is("'s") && j > d.s.from && !takenUp[d.toks[j-1].low] && d.toks[j-1].upper:
			return true
		}
	}
	return false
}

// reaches reports whether a sentence that gives a value behind some words says that the speaker has it, or is reached there, and nobody else.
func (d *doubter) reaches(key, text string, at []int) bool {
	if d.ofOther(at) {
		return false
	}
	thing := strings.HasSuffix(strings.TrimSpace(text[:at[0]]), ":") // "Parcels: 23 Castle Street"
	mine, from := false, d.toks[d.s.from].start
	for j := d.s.from; j < d.s.to; j++ {
		low := d.toks[j].low
		if key == "phone" && dispatched[low] { // "the parcel number is"
			return false
		}
		thing = thing || between[low]
		mine = mine || own[low] && (key != "address" || d.toks[j].start-from < at[0] && d.anyOf(j+1, min(d.s.to, j+3), located))
	}
	return mine || thing
}

// numbered reports whether the sentence says no more than a number: "it's 19", "no wait, it's 7 Hill View".
func (d *doubter) numbered() bool {
	for j := d.s.from; j+2 < d.s.to+1 && j+1 < d.s.to; j++ {
		t := &d.toks[j]
		if t.kind != word || fillers[t.low] || corrective[t.low] {
			continue
		}
		if n := d.phraseOf(j, d.s.to, restating); n > 0 && j+n < d.s.to {
			r := []rune(d.toks[j+n].text)[0]
			return unicode.IsDigit(r)
		}
		return false
	}
	return false
}

// corrective are words that open a correction.
var corrective = set(`sorry oops whoops wait hang on hold hmm er um ah oh correction actually the number house wrong
	moment perdón perdon pardon attends`)

// restating open a sentence that says a value again.
var restating = phrases("it is", "it 's", "that is", "that 's", "make that", "make it", "i meant", "number is", "es el", "c'est le", "c'est", "es ist", "ist")
