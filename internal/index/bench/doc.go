// Package bench compares the index with other search libraries for Go, on the same texts and vectors: vector search with
// chromem-go, text search with bleve. Run it with "make bench-peers" at the top of the repository.
//
// It is a module of its own, so that the libraries it compares with are no requirements of spectron. That also keeps it
// out of "go test ./..." and "go vet ./..." there. It uses as little of the index as it can: Put and Search.
package bench
