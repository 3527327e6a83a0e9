package ontology

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/record"
)

// Limits of a vocabulary.
const (
	maxEntityTypes    = 200
	maxAttributeKeys  = 500
	maxRelationLabels = 500
	maxAliases        = 32
	maxDescription    = 1000 // bytes
)

// check validates the vocabulary, except its total size.
func (s Spec) check() error {
	if s.IfVersion < 0 {
		return fault.Bad("IfVersion", "%d is not a version; versions begin with 1", s.IfVersion)
	}
	types := part{name: "EntityTypes", fold: fold, closed: s.RefuseOthers.EntityTypes}
	for _, t := range s.EntityTypes {
		types.terms = append(types.terms, term{t.Name, t.Description, t.Aliases})
	}
	keys := part{name: "AttributeKeys", fold: extract.CanonicalKey, closed: s.RefuseOthers.AttributeKeys}
	for _, t := range s.AttributeKeys {
		keys.terms = append(keys.terms, term{t.Name, t.Description, t.Aliases})
	}
	labels := part{name: "RelationLabels", fold: extract.CanonicalLabel, closed: s.RefuseOthers.RelationLabels}
	for _, t := range s.RelationLabels {
		labels.terms = append(labels.terms, term{t.Name, t.Description, t.Aliases})
	}
	if err := cmp.Or(types.atMost(maxEntityTypes, "types"), keys.atMost(maxAttributeKeys, "keys"), labels.atMost(maxRelationLabels, "labels")); err != nil {
		return err
	}
	for _, p := range []*part{&types, &keys, &labels} {
		if err := p.check(); err != nil {
			return err
		}
	}
	for i, t := range s.EntityTypes {
		if err := t.checkKind(types.field(i)); err != nil {
			return err
		}
	}
	for i, t := range s.AttributeKeys {
		field := keys.field(i)
		if err := cmp.Or(types.refers(field+".EntityTypes", t.EntityTypes), checkValues(field, t.Cardinality, t.Category)); err != nil {
			return err
		}
	}
	for i, t := range s.RelationLabels {
		field := labels.field(i)
		if err := cmp.Or(types.refers(field+".Subjects", t.Subjects), types.refers(field+".Objects", t.Objects),
			checkValues(field, t.Cardinality, t.Category)); err != nil {
			return err
		}
	}
	return nil
}

// checkKind refuses a term with a name or alias that already has another type in the closed set, because types are folded before terms are
// looked up.
func (t EntityType) checkKind(field string) error {
	kinds := record.EntityTypes()
	if t.Kind != "" && !slices.Contains(kinds, t.Kind) {
		return fault.Bad(field+".Kind", "unknown kind %.64q; the kinds are %s", t.Kind, fault.List(kinds))
	}
	kind := cmp.Or(t.Kind, record.EntityType(t.Name))
	refuse := func(field, word string) error {
		if known := record.EntityType(word); known != record.TypeOther && known != kind {
			return fault.Bad(field, "%q is of the kind %s, not %s", word, known, kind)
		}
		return nil
	}
	if err := refuse(field+".Name", t.Name); err != nil {
		return err
	}
	for i, alias := range t.Aliases {
		if err := refuse(aliasField(field, i), alias); err != nil {
			return err
		}
	}
	return nil
}

func checkValues(field string, n Cardinality, category record.Category) error {
	switch n {
	case "", One, Many:
	default:
		return fault.Bad(field+".Cardinality", "unknown cardinality %.64q; the cardinalities are one and many", n)
	}
	switch category {
	case "", record.Identity, record.Knowledge, record.Context:
		return nil
	}
	return fault.Bad(field+".Category", "unknown category %.64q; the categories are identity, knowledge and context", category)
}

func aliasField(field string, i int) string { return fmt.Sprintf("%s.Aliases[%d]", field, i) }

// term has the fields that the terms of all parts share.
type term struct {
	name, description string
	aliases           []string
}

// part checks one part of a vocabulary.
type part struct {
	name   string // in errors
	terms  []term
	closed bool
	fold   func(word string) string // maps equal words to one text, words without letters and digits to ""
	owner  map[string]int           // index of the term to which a folded word belongs
}

func (p *part) field(term int) string { return fmt.Sprintf("%s[%d]", p.name, term) }

func (p *part) atMost(limit int, unit string) error {
	if len(p.terms) > limit {
		return fault.Over(p.name, len(p.terms), limit, unit)
	}
	return nil
}

// check validates the names, descriptions and aliases of the terms. Names come before aliases, so that an alias that is also the name of a
// later term is reported as the fault.
func (p *part) check() error {
	if p.closed && len(p.terms) == 0 {
		return fault.Bad("RefuseOthers."+p.name, "%s declares nothing: all would be refused", p.name)
	}
	p.owner = map[string]int{}
	for i, t := range p.terms {
		if err := p.take(i, p.field(i)+".Name", t.name); err != nil {
			return err
		}
		if err := checkDescription(p.field(i)+".Description", t.description); err != nil {
			return err
		}
	}
	for i, t := range p.terms {
		if len(t.aliases) > maxAliases {
			return fault.Over(p.field(i)+".Aliases", len(t.aliases), maxAliases, "aliases")
		}
		written := []string{fold(t.name)}
		for j, alias := range t.aliases {
			if err := p.take(i, aliasField(p.field(i), j), alias); err != nil {
				return err
			}
			// Only repetitions of the same spelling are refused, because a caller need not know that "Job title" is folded to role anyway.
			if slices.Contains(written, fold(alias)) {
				return fault.Bad(aliasField(p.field(i), j), "%q is repeated", alias)
			}
			written = append(written, fold(alias))
		}
	}
	return nil
}

// take assigns a word to a term. It refuses a word of another term.
func (p *part) take(term int, field, word string) error {
	if err := input.Name(field, word); err != nil {
		return err
	}
	folded := p.fold(word)
	if folded == "" {
		return fault.Bad(field, "%q has neither letters nor digits", word)
	}
	if owner, taken := p.owner[folded]; taken && owner != term {
		return fault.Bad(field, "%q is the same as a word of %s, %q", word, p.field(owner), p.terms[owner].name)
	}
	p.owner[folded] = term
	return nil
}

// refers checks that each word names a type: a declared one, or one of the closed set if the part is open.
func (p *part) refers(field string, words []string) error {
	if len(words) > maxEntityTypes {
		return fault.Over(field, len(words), maxEntityTypes, "types")
	}
	seen := map[string]bool{}
	kinds := record.EntityTypes()
	for i, word := range words {
		field := fmt.Sprintf("%s[%d]", field, i)
		if err := input.Name(field, word); err != nil {
			return err
		}
		owner, declared := p.owner[fold(word)]
		switch {
		case declared:
			word = p.terms[owner].name
		case p.closed:
			return fault.Bad(field, "%.128q is not declared in %s, which refuses others", word, p.name)
		case !slices.Contains(kinds, word):
			return fault.Bad(field, "%.128q is not declared in %s, and none of %s", word, p.name, fault.List(kinds))
		}
		if seen[word] {
			return fault.Bad(field, "%q is repeated", word)
		}
		seen[word] = true
	}
	return nil
}

func checkDescription(field, text string) error {
	if err := input.Text(field, text, maxDescription); err != nil {
		return err
	}
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
		return fault.Bad(field, "has control characters other than new lines and tabs")
	}
	return nil
}

// fold normalises a word for comparison. An underscore counts as a space.
func fold(word string) string { return record.Normalise(strings.ReplaceAll(word, "_", " ")) }
