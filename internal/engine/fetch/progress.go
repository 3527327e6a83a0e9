package fetch

// Stage is a step of getting the file.
type Stage string

// The stages. All but StageVerify are also the ways by which the file can come.
const (
	StageFile     Stage = "file"     // reading the explicit file
	StageCache    Stage = "cache"    // reading the cached file
	StageNPM      Stage = "npm"      // running npm pack, then unpacking its archive
	StageDownload Stage = "download" // reading from a server
	StageVerify   Stage = "verify"   // hashing what was read
)

// Progress is how far a stage is. Within a stage Done never falls; each stage begins with Done 0. A stage that
// fails ends anywhere and the next way begins; the last report of a call that succeeds is StageVerify with Done equal
// to Total.
type Progress struct {
	Stage Stage
	Done  int64 // bytes of the wasm file so far, uncompressed
	Total int64 // bytes of the wasm file
}

// meter reports progress, about a hundred times per stage at the most.
type meter struct {
	report func(Progress) // may be nil
	total  int64
	stage  Stage
	last   int64 // the Done last reported
}

func (m *meter) begin(stage Stage) {
	m.stage, m.last = stage, 0
	m.send(0)
}

func (m *meter) advance(done int64) {
	if done-m.last > m.total/100 || done == m.total && m.last != done {
		m.send(done)
	}
}

func (m *meter) send(done int64) {
	m.last = done
	if m.report != nil {
		m.report(Progress{Stage: m.stage, Done: done, Total: m.total})
	}
}
