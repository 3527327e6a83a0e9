package extract

import (
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// gender is what a name or a kinship word tells for choosing between "he" and "she".
type gender uint8

const (
	feminine gender = iota + 1
	masculine
)

// kinGender tells the gender of a relative, where the label has one.
var kinGender = map[string]gender{
	"sister": feminine, "mother": feminine, "daughter": feminine, "aunt": feminine, "niece": feminine, "grandmother": feminine,
	"granddaughter": feminine, "stepmother": feminine, "stepsister": feminine, "sister_in_law": feminine,
	"mother_in_law": feminine, "daughter_in_law": feminine, "brother": masculine, "father": masculine, "son": masculine,
	"uncle": masculine, "nephew": masculine, "grandfather": masculine, "grandson": masculine, "stepfather": masculine,
	"stepbrother": masculine, "brother_in_law": masculine, "father_in_law": masculine, "son_in_law": masculine,
}

// womensNames and mensNames are names that tell. A pronoun after any other name is left out.
var (
	womensNames = set(`alice anna anne ann annie amy amanda angela andrea barbara beth betty brenda carol caroline catherine charlotte
		christina christine cindy claire clara daniela deborah diana donna dorothy elena elizabeth ella ellen emily emma erica esther eva
		evelyn fiona gina grace hannah heather helen helena ida ines ingrid irene isabel isabella jane janet jennifer jenny jessica joan
		joanna judith judy julia julie karen karin kate katherine kathleen katie laura lauren lena linda lisa louise lucia lucy lydia maria
		marie margaret martha mary maya megan melanie melissa mia michelle miriam monica nadia nancy natalie nicole nina nora olga olivia
		patricia paula petra priya rachel rebecca rosa ruth samantha sandra sara sarah silvia sofia sonia sophia sophie stephanie susan
		susanne sylvia tanya teresa theresa tina ursula valentina vanessa vera veronica victoria virginia wendy yvonne zoe maría chloe
		claudia carmen martina sabine ayesha fatima aisha katarzyna agnieszka joana mónica melody alicia alina amelia ava`)
	mensNames = set(`aaron adam ahmed alan albert alexander alfred ali andreas andrew anthony antonio arthur ben benjamin bernard bill bob
		brian bruno carl carlos charles christian christopher craig dan daniel dave david dennis diego dmitri don donald edward eric erik ethan
		felix fernando francisco frank fred frederick gary george gerald giovanni graham greg gregory hans harold harry hassan henry howard hugo
		ian igor ivan jack jacob jake james jan jason javier jeff jeffrey jeremy jim joe john johannes jonas jonathan jorge jose joseph josh joshua
		juan julian kenneth kevin klaus larry lars leo leon leonard lorenzo louis luca lucas luis lukas marcel marco marcus mario mark markus
		martin matthew matthias max michael miguel mike mohamed mohammed nathan neil nicholas nick oliver omar oscar otto pablo patrick paul pedro
		peter philip pierre rafael ralph raymond ricardo richard robert roberto roger roland ryan samuel scott sebastian sergei simon stefan
		stephen steve steven sven ted thomas tim timothy tobias tom tomas tony victor vincent walter werner william wolfgang xavier josé tyrone
		jürgen łukasz andrés raj rajesh ravi sanjay vikram hiroshi kenji jamal kofi kwame alasdair finn liam noah logan`)
)

// fits reports whether the pronoun agrees with what is known of the person's gender.
func (p *people) fits(who party, pronoun string) bool {
	p.scan()
	want := masculine
	if pronoun == "she" {
		want = feminine
	}
	if g := p.gender[strings.ToLower(who.ref.Name)]; g != 0 {
		return g == want
	}
	first := strings.ToLower(firstWord(who.ref.Name))
	if who.ref.Type != record.TypePerson {
		return false
	}
	if p.intro[strings.ToLower(who.ref.Name)] && !womensNames[first] && !mensNames[first] {
		return true // whom the text itself introduces, and no name tells otherwise
	}
	return want == feminine && womensNames[first] || want == masculine && mensNames[first]
}
