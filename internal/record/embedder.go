package record

// Embedder describes the embedder of a Context's vectors. Its vectors of a few probe texts identify it.
type Embedder struct {
	Name      string // for people; "" if it has none
	Dimension int    // length of every vector
	Probes    []Probe
	// Unfinished is set while the vectors are being recomputed: some may still come from another embedder.
	Unfinished bool
}

// Probe is a text with the embedder's vector of it.
type Probe struct {
	Text   string
	Vector []float32
}
