// Package authz decides what a caller may do where. It is pure: grants go in, answers come out.
//
// The chain is key, principal, grants, scope. A key belongs to a principal; a principal holds grants; grants
// say, for each verb, which nodes of the tree of scopes it may be used on; a record lies at the paths of its
// scope set. A caller's grants are the principal's, cut down by those of the key, and by those of the
// principal on whose behalf it acts. Every step is an Intersect, and
//
//	Intersect(a, b).Within(a) and Intersect(a, b).Within(b)
//
// hold for all grants: a step can narrow and never widen.
//
// What a grant covers: a pattern of a verb covers a path when it names its node, or a subtree that it lies in.
// A record is seen when every path of at least one clause of its scope set is covered, and is held, which
// changing it needs, when every path of every clause is. An empty set and an empty clause are never covered:
// what lies nowhere is nobody's. A verb without patterns covers nothing, and no verb implies another one.
package authz
