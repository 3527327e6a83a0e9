// Package engine hosts SurrealDB's WebAssembly build inside the process.
//
// The build is a wasm-bindgen module: it expects a JavaScript host. This package is that host, in Go, on
// wazero: a heap table of JavaScript values (heap.go), promises with a microtask queue, macrotasks and
// timers (loop.go, promise.go), closures (closure.go), the imported functions (imports*.go) and the part of
// IndexedDB through which SurrealDB stores its data (idb.go), over the key-value store of package kv.
//
// One goroutine, the supervisor (supervisor.go), owns the module instance (instance.go) and everything in its heap
// table. Callers hand it CBOR requests and wait; any number of goroutines may call at once, and their statements
// interleave in the module as they would in a browser. When the module traps, computes for too long (safepoint.go)
// or holds too much memory (limits.go), the supervisor goes on with a new instance on the same store. No wazero
// type appears in an exported signature.
package engine
