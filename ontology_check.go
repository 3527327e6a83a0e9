package spectron

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/record"
)

// check checks what is to be put; the size of the whole is not its business.
func (s OntologySpec) check(op string) error {
	switch {
	case s.IfVersion < 0:
		return invalid(op, "IfVersion", "%d is not a version; they begin with 1", s.IfVersion)
	case len(s.EntityTypes) > maxEntityTypes:
		return tooLarge(op, "EntityTypes", len(s.EntityTypes), maxEntityTypes, "types")
	case len(s.AttributeKeys) > maxAttributeKeys:
		return tooLarge(op, "AttributeKeys", len(s.AttributeKeys), maxAttributeKeys, "keys")
	case len(s.RelationLabels) > maxRelationLabels:
		return tooLarge(op, "RelationLabels", len(s.RelationLabels), maxRelationLabels, "labels")
	}
	types := ontologyPart{op: op, name: "EntityTypes", fold: foldTerm, closed: s.RefuseOthers.EntityTypes}
	for _, t := range s.EntityTypes {
		types.terms = append(types.terms, ontologyTerm{t.Name, t.Description, t.Aliases})
	}
	keys := ontologyPart{op: op, name: "AttributeKeys", fold: extract.CanonicalKey, closed: s.RefuseOthers.AttributeKeys}
	for _, t := range s.AttributeKeys {
		keys.terms = append(keys.terms, ontologyTerm{t.Name, t.Description, t.Aliases})
	}
	labels := ontologyPart{op: op, name: "RelationLabels", fold: extract.CanonicalLabel, closed: s.RefuseOthers.RelationLabels}
	for _, t := range s.RelationLabels {
		labels.terms = append(labels.terms, ontologyTerm{t.Name, t.Description, t.Aliases})
	}
	for _, part := range []*ontologyPart{&types, &keys, &labels} {
		if err := part.check(); err != nil {
			return err
		}
	}
	for i, t := range s.EntityTypes {
		if err := t.checkKind(op, types.field(i)); err != nil {
			return err
		}
	}
	for i, t := range s.AttributeKeys {
		if err := types.refers(keys.field(i)+".EntityTypes", t.EntityTypes); err != nil {
			return err
		}
		if err := checkValues(op, keys.field(i), t.Cardinality, t.Category); err != nil {
			return err
		}
	}
	for i, t := range s.RelationLabels {
		if err := types.refers(labels.field(i)+".Subjects", t.Subjects); err != nil {
			return err
		}
		if err := types.refers(labels.field(i)+".Objects", t.Objects); err != nil {
			return err
		}
		if err := checkValues(op, labels.field(i), t.Cardinality, t.Category); err != nil {
			return err
		}
	}
	return nil
}

// checkKind refuses a term with words that are of another type wherever types are read.
func (t EntityTypeTerm) checkKind(op, field string) error {
	kinds := record.EntityTypes()
	if t.Kind != "" && !slices.Contains(kinds, t.Kind) {
		return invalid(op, field+".Kind", "unknown kind %.64q; there are %s", t.Kind, fault.List(kinds))
	}
	kind := orDefault(t.Kind, record.EntityType(t.Name))
	refuse := func(field, word string) error {
		if known := record.EntityType(word); known != record.TypeOther && known != kind {
			return invalid(op, field, "%q is of the kind %s, not %s", word, known, kind)
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

func checkValues(op, field string, n Cardinality, category Category) error {
	switch n {
	case "", CardinalityOne, CardinalityMany:
	default:
		return invalid(op, field+".Cardinality", "unknown cardinality %.64q; there are one and many", n)
	}
	switch category {
	case "", CategoryIdentity, CategoryKnowledge, CategoryContext:
		return nil
	}
	return invalid(op, field+".Category", "unknown category %.64q; there are identity, knowledge and context", category)
}

func aliasField(field string, i int) string { return fmt.Sprintf("%s.Aliases[%d]", field, i) }

// ontologyTerm is what the terms of all parts of an ontology have.
type ontologyTerm struct {
	name, description string
	aliases           []string
}

// ontologyPart checks one part of an ontology.
type ontologyPart struct {
	op, name string // in errors
	terms    []ontologyTerm
	closed   bool
	fold     func(word string) string // gives words that are one the same text, others ""
	owner    map[string]int           // the term that has a folded word
}

func (p *ontologyPart) field(term int) string { return fmt.Sprintf("%s[%d]", p.name, term) }

// check checks what the terms of all parts have, names before aliases: an alias that is the name of a later term is the one
// at fault.
func (p *ontologyPart) check() error {
	if p.closed && len(p.terms) == 0 {
		return invalid(p.op, "RefuseOthers."+p.name, "%s declares nothing: all would be refused", p.name)
	}
	p.owner = map[string]int{}
	for i, t := range p.terms {
		if err := p.take(i, p.field(i)+".Name", t.name); err != nil {
			return err
		}
		if err := checkDescription(p.op, p.field(i)+".Description", t.description); err != nil {
			return err
		}
	}
	for i, t := range p.terms {
		if len(t.aliases) > maxAliases {
			return tooLarge(p.op, p.field(i)+".Aliases", len(t.aliases), maxAliases, "aliases")
		}
		written := []string{foldTerm(t.name)}
		for j, alias := range t.aliases {
			if err := p.take(i, aliasField(p.field(i), j), alias); err != nil {
				return err
			}
			// Only the same spelling: that "Job title" is role anyway need not be known to who declares it.
			if slices.Contains(written, foldTerm(alias)) {
				return invalid(p.op, aliasField(p.field(i), j), "%q is there twice", alias)
			}
			written = append(written, foldTerm(alias))
		}
	}
	return nil
}

// take notes that a word is a term's.
func (p *ontologyPart) take(term int, field, word string) error {
	if err := checkName(p.op, field, word); err != nil {
		return err
	}
	folded := p.fold(word)
	if folded == "" {
		return invalid(p.op, field, "%q has neither letters nor digits", word)
	}
	if owner, taken := p.owner[folded]; taken && owner != term {
		return invalid(p.op, field, "%q is the same as a word of %s, %q", word, p.field(owner), p.terms[owner].name)
	}
	p.owner[folded] = term
	return nil
}

// refers checks that each word names a type that the part has.
func (p *ontologyPart) refers(field string, words []string) error {
	if len(words) > maxEntityTypes {
		return tooLarge(p.op, field, len(words), maxEntityTypes, "types")
	}
	seen := map[string]bool{}
	kinds := record.EntityTypes()
	for i, word := range words {
		field := fmt.Sprintf("%s[%d]", field, i)
		if err := checkName(p.op, field, word); err != nil {
			return err
		}
		owner, declared := p.owner[foldTerm(word)]
		switch {
		case declared:
			word = p.terms[owner].name
		case p.closed:
			return invalid(p.op, field, "%.128q is not declared in %s, which refuses others", word, p.name)
		case !slices.Contains(kinds, word):
			return invalid(p.op, field, "%.128q is not declared in %s, and none of %s", word, p.name, fault.List(kinds))
		}
		if seen[word] {
			return invalid(p.op, field, "%q is there twice", word)
		}
		seen[word] = true
	}
	return nil
}

func checkDescription(op, field, text string) error {
	if err := checkText(op, field, text, maxDescription); err != nil {
		return err
	}
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
		return invalid(op, field, "has control characters other than new lines and tabs")
	}
	return nil
}

// foldTerm folds the words of an ontology, where an underscore is as good as a space.
func foldTerm(word string) string { return record.Normalise(strings.ReplaceAll(word, "_", " ")) }
