// Package authz decides what a caller may do in which scopes. It is pure.
//
// A key belongs to a principal, and a principal holds grants. Grants say, for each verb, in which nodes of the scope tree it may be
// used. A record lies at the paths of its scope set. A caller's grants are those of its principal, intersected with those of the
// key and of the principal on whose behalf it acts. Every step is an Intersect, and
//
//	Intersect(a, b).Within(a) and Intersect(a, b).Within(b)
//
// hold for all grants: a step can narrow grants but never widen them.
//
// A pattern of a verb covers a path if it names the node of the path, or a subtree that contains it. A record may be read if every
// path of at least one clause of its scope set is covered. It may be changed if every path of every clause is covered. An empty set
// and an empty clause are never covered: a record without scopes belongs to nobody. A verb without patterns covers nothing, and no
// verb implies another.
package authz
