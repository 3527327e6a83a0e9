package schema

import (
	"fmt"
	"slices"
	"strings"
)

// definition is what a migration says of one thing in a database.
type definition struct {
	thing     thing
	statement string
}

// thing is a table, a field, an index or an event of a table, or a function.
type thing struct{ kind, name, table string }

// combine returns the statements that make of an empty database what the migrations would make of it one after the other: every
// thing is defined once, as it is in the end. What migrations do to rows is left out, because there are none. The files are
// part of the program: a statement that is not understood is a defect.
func combine(migrations []migration) string {
	var all []definition
	for _, m := range migrations {
		for _, statement := range statements(m.statement) {
			all = apply(all, m.name, statement)
		}
	}
	var sql strings.Builder
	for _, d := range all {
		sql.WriteString(d.statement + ";\n")
	}
	return sql.String()
}

// statements splits a migration, whose statements end where a line ends outside of braces, and drops the comments.
func statements(text string) []string {
	var out []string
	var code strings.Builder
	depth := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "--") {
			continue
		}
		depth += strings.Count(line, "{") - strings.Count(line, "}")
		code.WriteString(line + "\n")
		if depth == 0 && strings.HasSuffix(line, ";") {
			out = append(out, strings.TrimSuffix(strings.TrimSpace(code.String()), ";"))
			code.Reset()
		}
	}
	if rest := strings.TrimSpace(code.String()); rest != "" {
		out = append(out, rest)
	}
	return out
}

// clauses says what to leave out where nothing is defined yet.
var clauses = strings.NewReplacer(" OVERWRITE ", " ", " IF EXISTS ", " ", " IF NOT EXISTS ", " ")

// apply returns the definitions after a statement.
func apply(all []definition, migration, statement string) []definition {
	words := strings.Fields(clauses.Replace(statement))
	switch words[0] {
	case "UPDATE", "DELETE":
		return all
	case "DEFINE", "REMOVE":
	default:
		panic(fmt.Sprintf("schema: %s: not understood: %s", migration, statement))
	}
	of := thing{kind: words[1], name: words[2]}
	switch {
	case of.kind == "TABLE":
		of.table = of.name
	case (of.kind == "FIELD" || of.kind == "INDEX" || of.kind == "EVENT") && len(words) > 4 && words[3] == "ON":
		of.table = words[4]
	case of.kind == "FUNCTION":
		of.name, _, _ = strings.Cut(of.name, "(")
	default:
		panic(fmt.Sprintf("schema: %s: not understood: %s", migration, statement))
	}
	if words[0] == "REMOVE" {
		return slices.DeleteFunc(all, func(d definition) bool {
			return d.thing == of || of.kind == "TABLE" && d.thing.table == of.table
		})
	}
	now := definition{of, strings.Join(words, " ")}
	if i := slices.IndexFunc(all, func(d definition) bool { return d.thing == of }); i >= 0 {
		all[i] = now
		return all
	}
	return append(all, now)
}
