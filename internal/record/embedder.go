package record

// Embedder is what the vectors of a Context were made by: which embedder that was is told by what it makes of a few texts.
type Embedder struct {
	Name      string // for people; "" if it has none
	Dimension int    // of every vector
	Probes    []Probe
	// Unfinished says that vectors of another one may be left.
	Unfinished bool
}

// Probe is a text with the vector that the embedder made of it.
type Probe struct {
	Text   string
	Vector []float32
}
