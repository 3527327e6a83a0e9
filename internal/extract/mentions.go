package extract

import (
	"sort"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// party is somebody or something that takes part in a fact.
type party struct {
	ref      record.EntityRef
	from, to int     // tokens of the mention; equal for the speaker
	conf     float64 // 1 unless the reading itself is uncertain
	doubt    string  // why the mention cannot be resolved; then no fact, an uncertainty
	weak     bool    // only its place in the sentence makes it a name
	speaker  bool
}

// people resolves mentions of persons against what is known and what the text itself says.
type people struct {
	x      *extractor
	ready  bool
	full   map[string][]string // lower-case first name: the full names that the text has
	intro  map[string]bool     // lower-case names that the text introduces as persons
	gender map[string]gender   // by lower-case name, where a kinship word tells
}

func firstWord(s string) string {
	f, _, _ := strings.Cut(s, " ")
	return f
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

// begins reports whether the full name is the name or begins with it, whatever the case.
func begins(full, name string) bool {
	return len(full) >= len(name) && strings.EqualFold(full[:len(name)], name) && (len(full) == len(name) || full[len(name)] == ' ')
}

// vocabPerson reports whether the word is the name or the first name of a known person.
func (x *extractor) vocabPerson(name string) bool {
	for _, e := range x.vocab.beginning(name) {
		if begins(e.Name, name) && record.EntityType(e.Type) == record.TypePerson && e != record.UserEntity {
			return true
		}
	}
	return false
}

// known finds the known entity with the name whose type is one of the types given.
func (x *extractor) known(name string, types ...string) (record.EntityRef, bool) {
	for _, e := range x.vocab.beginning(name) {
		if !strings.EqualFold(e.Name, name) {
			continue
		}
		t := record.EntityType(e.Type)
		for _, want := range types {
			if t == want {
				return e, true
			}
		}
	}
	return record.EntityRef{}, false
}

// scan collects the full names of the text once.
func (p *people) scan() {
	if p.ready {
		return
	}
	p.ready = true
	p.full, p.intro, p.gender = map[string][]string{}, map[string]bool{}, map[string]gender{}
	listed := map[string]bool{}
	toks := p.x.toks
	for i := 0; i < len(toks); i++ {
		if !toks[i].upper || toks[i].kind != word {
			continue
		}
		if i+1 < len(toks) && !givenNames[toks[i].low] && givenNames[toks[i+1].low] && toks[i+1].upper {
			continue // "Met Anna Weber"
		}
		m, ok := p.x.personAt(i, len(toks))
		if !ok {
			continue
		}
		if strings.Contains(m.text, " ") {
			first := strings.ToLower(firstWord(m.text))
			if key := strings.ToLower(m.text); !listed[key] {
				listed[key] = true
				p.full[first] = append(p.full[first], m.text)
			}
		}
		i = m.to - 1
	}
}

// evidence says how sure it is that the mention names a person.
type evidence uint8

const (
	noEvidence evidence = iota
	weakEvidence
	strongEvidence
)

// evidence weighs a mention. Known people, known given names, titles and an introduction in the text are
// strong; a capitalised word inside a sentence is weak; one that opens a sentence is none.
func (p *people) evidence(m mention, opens bool) evidence {
	p.scan()
	low := strings.ToLower(m.text)
	first := strings.ToLower(firstWord(m.text))
	x := p.x
	if _, ok := x.known(m.text, record.TypeOrganisation, record.TypeLocation, record.TypeProduct, record.TypeProject,
		record.TypeTopic, "service", "agent"); ok {
		return noEvidence
	}
	if m.titled || p.intro[low] || x.vocabPerson(m.text) {
		return strongEvidence
	}
	if m.to+1 < len(x.toks) && x.toks[m.to].is("&") && x.toks[m.to+1].is("sons", "co", "daughters", "partners") {
		return noEvidence // "Tamar & Sons"
	}
	if cities[low] || regions[low] || demonyms[low] || languages[low] || notPlaces[low] || months[low] != 0 {
		return noEvidence
	}
	if characters[low] {
		return noEvidence
	}
	if givenNames[first] {
		return strongEvidence
	}
	if corporate[strings.ToLower(lastWord(m.text))] || notNames[first] || camel(m.text) && !strings.HasPrefix(m.text, "Mc") {
		return noEvidence
	}
	multi := strings.Contains(m.text, " ")
	foreign := strings.ContainsFunc(m.text, func(r rune) bool { return r > 127 && r != '’' })
	if !opens || multi || foreign {
		return weakEvidence
	}
	return noEvidence
}

// characters are names of fiction that read like anybody's.
var characters = phraseSet(`harry_potter sherlock_holmes luke_skywalker darth_vader frodo_baggins bilbo_baggins james_bond tony_stark
	peter_parker bruce_wayne clark_kent hermione_granger ron_weasley homer_simpson walter_white jon_snow indiana_jones john_wick
	katniss_everdeen don_draper michael_scott rick_sanchez lara_croft mary_poppins peter_pan mickey_mouse donald_duck gandalf
	voldemort dumbledore hamlet yoda spock dracula frodo legolas elizabeth_bennet jay_gatsby santa_claus ishmael inigo_montoya bart_simpson lisa_simpson`)

// corporate are last words of organisations' names.
var corporate = set(`inc ltd llc gmbh corp corporation company co group labs lab bank university college school hospital
	institute foundation technologies systems software solutions studios airlines motors ag plc team department club
	council project app street avenue road park partners associates holdings consulting consultants capital ventures media industries
	shipping textiles dairies mills press rail energy analytics robotics engineering airways ferries couriers vets dental hydro steel games designs builders roofing plumbing legal publishing printers
	opticians recruitment travel tours taxis cabs trust housing clinic infirmary surgery haulage freight electronics electrical plastics chemicals instruments aerospace automotive garages autos tyres nurseries
	gardens orchards vineyards winery distillery cider catering interiors furniture joinery timber quarries cement foundry forge metals minerals mining oil petroleum gas water utilities wireless mobile networks
	diagnostics therapeutics biotech genomics medical healthcare homecare hospice academy montessori studio gallery museum theatre insurers underwriters mutual assurance advisers advisors advisory
	tools biscuits coaches glass gin films bikes brewing brewers breweries buses cycles fabrics ceramics candles cosmetics footwear paints toys pottery bricks tiles carpets blinds kitchens bathrooms boats
	yachts marine drones satellites semiconductors sensors signals resort authority society
	dairy docks laundry removals storage recycling renewables solar turbines pumps packaging paper papers optics optical aviation transport trucking cargo lettings properties realty
	developments construction contractors scaffolding surveyors accountants accounting brokers brokerage financial investments broadcasting productions pictures records books veterinary
	seafood fisheries bakers butchers florists jewellers tailors weavers landscapes landscaping plastering international worldwide global digital creative fabrication welding marketing
	communications composites castings bearings valves tubes cables lighting lifts elevators flooring glazing upholstery shoes boots knitwear looms spinners
	services logistics telecom pharma foods motor brewery bakery estates insurance partnership solicitors architects`)

// resolve turns a mention of a person into an entity: a known person, a person of this text, or a new one.
// A name that several people may bear is left in doubt.
func (p *people) resolve(m mention) party {
	p.scan()
	out := party{ref: record.EntityRef{Type: record.TypePerson, Name: m.text}, from: m.from, to: m.to, conf: 1}
	x := p.x
	if x.animals[lower(m.text)] {
		out.ref.Type = record.TypeOther
		return out
	}
	bare := !strings.Contains(m.text, " ")
	var names []string
	add := func(name string) {
		if strings.EqualFold(name, x.speaker.Name) && x.speaker != record.UserEntity || x.named && strings.EqualFold(name, x.out.Speaker.Name) {
			return
		}
		for _, n := range names {
			if strings.EqualFold(n, name) {
				return
			}
		}
		names = append(names, name)
	}
	among := x.vocab.all
	if !m.titled {
		among = x.vocab.beginning(m.text)
	}
	for _, e := range among {
		match := strings.EqualFold(e.Name, m.text) || bare && (begins(e.Name, m.text) || m.titled && strings.EqualFold(lastWord(e.Name), m.text))
		if match && record.EntityType(e.Type) == record.TypePerson && e != record.UserEntity {
			add(e.Name)
		}
	}
	if bare {
		for _, n := range p.full[strings.ToLower(m.text)] {
			add(n)
		}
	}
	self := x.speaker != record.UserEntity && strings.EqualFold(firstWord(x.speaker.Name), firstWord(m.text)) ||
		x.named && strings.EqualFold(firstWord(x.out.Speaker.Name), firstWord(m.text))
	switch {
	case len(names) == 1:
		out.ref.Name = names[0]
	case len(names) > 1:
		sort.Strings(names)
		out.doubt = m.text + " may be " + strings.Join(names, " or ")
	case self && (bare || strings.EqualFold(m.text, x.speaker.Name)):
		out.doubt = m.text + " may be the speaker or somebody else of that name"
	}
	return out
}

// organisation makes a party of an organisation's name, in the spelling that is known already.
func (x *extractor) organisation(m mention) (party, bool) {
	p := party{ref: record.EntityRef{Type: record.TypeOrganisation, Name: m.text}, from: m.from, to: m.to, conf: 1}
	if e, ok := x.known(m.text, record.TypeOrganisation); ok {
		p.ref = e
		return p, true
	}
	low := strings.ToLower(m.text)
	if x.vocabPerson(m.text) || givenNames[low] || cities[low] || regions[low] || demonyms[low] || languages[low] {
		return p, false
	}
	if _, ok := x.known(m.text, record.TypePerson, record.TypeLocation); ok {
		return p, false
	}
	if f := strings.ToLower(firstWord(m.text)); f != low && givenNames[f] && !corporate[strings.ToLower(lastWord(m.text))] &&
		strings.Count(m.text, " ") == 1 {
		return p, false // "I work for Anna Weber"
	}
	return p, true
}

// location makes a party of a place. "Berlin" is the known "Berlin, Germany" when there is only one such.
func (x *extractor) location(m mention) (party, bool) {
	p := party{ref: record.EntityRef{Type: record.TypeLocation, Name: m.text}, from: m.from, to: m.to, conf: 1}
	if e, ok := x.known(m.text, record.TypeLocation); ok {
		p.ref = e
		return p, true
	}
	if x.gazetteer(m.from, m.to) == 0 {
		p.conf = likely
	}
	if _, ok := x.known(m.text, record.TypeOrganisation, record.TypePerson, record.TypeProduct, record.TypeTopic, record.TypeProject); ok {
		return p, false
	}
	head, _, detailed := strings.Cut(m.text, ",")
	var found []record.EntityRef
	for _, e := range x.vocab.beginning(head) {
		h, _, d := strings.Cut(e.Name, ",")
		if strings.EqualFold(h, head) && d != detailed && record.EntityType(e.Type) == record.TypeLocation {
			found = append(found, e)
		}
	}
	if len(found) == 1 {
		p.ref = found[0]
	}
	return p, true
}
