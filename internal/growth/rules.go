package growth

import "github.com/spectron-go/spectron/internal/record"

// Rule says that two relations compose: if X has the relation First to Y, and Y has the relation Second to Z, then X has the relation Label
// to Z. The labels are in the form that [extract.CanonicalLabel] gives them. A rule must follow from the meaning of the words alone; what is
// only likely is no rule: colleagues of a firm need not know each other, and a sister's mother may be a stepmother.
type Rule struct {
	First, Second, Label string
	X, Y, Z              string // the types of the entities; "": any
	Why                  string // the reason, for people
}

const (
	person       = record.TypePerson
	organisation = record.TypeOrganisation
	location     = record.TypeLocation
)

// family are the rules of kinship. A label such as "mother" says who the other one is: X's mother is Y.
var family = []struct{ first, second, label, why string }{
	{"mother father parent", "mother", "grandmother", "the mother of a parent is a grandmother"},
	{"mother father parent", "father", "grandfather", "the father of a parent is a grandfather"},
	{"mother father parent", "parent", "grandparent", "the parent of a parent is a grandparent"},
	{"mother father parent", "sister", "aunt", "the sister of a parent is an aunt"},
	{"mother father parent", "brother", "uncle", "the brother of a parent is an uncle"},
	{"son daughter child", "son", "grandson", "the son of a child is a grandson"},
	{"son daughter child", "daughter", "granddaughter", "the daughter of a child is a granddaughter"},
	{"son daughter child", "child", "grandchild", "the child of a child is a grandchild"},
	{"sister brother sibling", "son", "nephew", "the son of a sister or brother is a nephew"},
	{"sister brother sibling", "daughter", "niece", "the daughter of a sister or brother is a niece"},
	{"spouse", "mother", "mother_in_law", "the mother of a spouse is a mother-in-law"},
	{"spouse", "father", "father_in_law", "the father of a spouse is a father-in-law"},
	{"spouse", "sister", "sister_in_law", "the sister of a spouse is a sister-in-law"},
	{"spouse", "brother", "brother_in_law", "the brother of a spouse is a brother-in-law"},
	// The same with labels that say who X is. The rules do not extract them, but callers state them.
	{"parent_of", "parent_of mother_of father_of", "grandparent_of", "the parent of a parent is a grandparent"},
	{"mother_of", "parent_of mother_of father_of", "grandmother_of", "the mother of a parent is a grandmother"},
	{"father_of", "parent_of mother_of father_of", "grandfather_of", "the father of a parent is a grandfather"},
	{"child_of", "child_of", "grandchild_of", "the child of a child is a grandchild"},
	{"sister_of", "parent_of mother_of father_of", "aunt_of", "the sister of a parent is an aunt"},
	{"brother_of", "parent_of mother_of father_of", "uncle_of", "the brother of a parent is an uncle"},
}

// others are the rules of places and organisations. "lives_in" is also the label of what lies or has its seat somewhere. None of them gives
// that label: who works for a firm in Oslo need not live there, and everybody lives in one place.
var others = []Rule{
	{"works_at", "lives_in", "works_in", person, organisation, location, "the employer has its seat there"},
	{"lives_in", "lives_in", "lives_within", person, location, location, "the place where the person lives lies there"},
	{"lives_in", "lives_in", "lies_within", location, location, location, "the place that it lies in lies there"},
	{"lives_in", "lives_in", "lies_within", organisation, location, location, "the place where it has its seat lies there"},
	{"works_at", "part_of", "works_within", person, organisation, organisation, "the employer is a part of it"},
	{"member_of", "part_of", "member_of", "", organisation, organisation, "a member of a part is a member of the whole"},
	{"part_of", "part_of", "part_of", organisation, organisation, organisation, "a part of a part is a part of the whole"},
	{"part_of", "part_of", "part_of", location, location, location, "a part of a part is a part of the whole"},
}
