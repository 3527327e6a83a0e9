package conformance

import (
	"bytes"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing/iotest"

	"github.com/spectron-go/spectron"
)

// manual is a document with two sections. It states one fact.
const manual = "# Manual\n\nHow the harbour works.\n\n## Cranes\n\nThe crane lifts forty tons of steel.\n\n## Pilots\n\nA pilot boards every tanker from Rotterdam. Carol Jones works at Harbour Works.\n"

// upload uploads a text, and waits until it is ready.
func (h handle) upload(req spectron.UploadRequest, text string) *spectron.Document {
	h.t.Helper()
	req.Reader = strings.NewReader(text)
	if req.Name == "" && req.MIMEType == "" {
		req.MIMEType = "text/markdown"
	}
	up, err := h.Documents().Upload(h.t.Context(), req)
	h.must("upload", err)
	return h.ready(up.ID)
}

// ready waits for a document.
func (h handle) ready(id string) *spectron.Document {
	h.t.Helper()
	d, err := h.Documents().Wait(h.t.Context(), id)
	h.must("wait for a document", err)
	h.must("the document", d.Err())
	return d
}

// sections returns the sections of the hits of a question, best first, each with the id of its document.
func (h handle) sections(q spectron.DocumentQuery) (out []string) {
	h.t.Helper()
	found, err := h.Documents().Query(h.t.Context(), q)
	h.must("query documents", err)
	for _, hit := range found.Hits {
		out = append(out, hit.DocumentID+" "+hit.Section)
	}
	return out
}

func (h handle) raw(id string) []byte {
	h.t.Helper()
	r, err := h.Documents().Raw(h.t.Context(), id)
	h.must("raw", err)
	b, err := io.ReadAll(r)
	h.must("read raw", err)
	h.must("close raw", r.Close())
	return b
}

// told returns the live facts that documents have told, each with the section in which it is.
func (h handle) told() (out []string) {
	h.t.Helper()
	for f, err := range h.Facts().All(h.t.Context(), spectron.FactQuery{SourceKind: spectron.SourceDocument, Live: true}) {
		h.must("facts", err)
		out = append(out, fmt.Sprintf("%s %s %s: %s > %s", f.Entity.Name, f.Key, f.Value, f.Source.Document.Title, f.Source.Document.Section))
	}
	return out
}

var staff = []string{"Carol Jones works_at Harbour Works: Manual > Pilots"}

func equal[T any](s *trial, what string, got, want T) {
	s.Helper()
	if !reflect.DeepEqual(got, want) {
		s.Errorf("%s: %+v, want %+v", what, got, want)
	}
}

// A document is found by its passages, listed, read and deleted, and is as it was when the store is opened again.
func documentsAreFound(s *trial) {
	h := s.main()
	made := h.upload(spectron.UploadRequest{Name: "manual.md", Source: "https://harbour.example/manual", Labels: []string{"kind=manual"}, Scopes: spectron.Scopes{{"org/harbour"}}}, manual)
	if made.Title != "Manual" || made.MIMEType != "text/markdown" || made.SizeBytes != int64(len(manual)) || made.Version != 1 || made.Chunks != 3 ||
		made.CreatedAt.IsZero() || made.CompletedAt.IsZero() || len(made.ContentHash) != 64 || len(made.Keywords) == 0 {
		s.Errorf("%+v", made)
	}
	h = s.main()
	again, err := h.Documents().Get(s.Context(), made.ID)
	must(s, "get", err)
	equal(s, "the document in the next step", *again, *made)
	equal(s, "the number of its facts", made.Facts, 1)
	equal(s, "its facts", h.told(), staff)
	for _, mode := range []spectron.Mode{"", spectron.ModeHybrid, spectron.ModeBM25, spectron.ModeVector, spectron.ModeHybridGraph} {
		if got := h.sections(spectron.DocumentQuery{Query: "Who boards a tanker?", Mode: mode}); len(got) == 0 || got[0] != made.ID+" Pilots" {
			s.Errorf("mode %q: %q", mode, got)
		}
	}
	page, err := h.Documents().Chunks(s.Context(), spectron.ChunkQuery{DocumentID: made.ID, Limit: 2, WithTotal: true})
	must(s, "chunks", err)
	if len(page.Items) != 2 || page.Total != 3 || !page.HasMore || page.Items[1].Section != "Cranes" {
		s.Errorf("%+v", page)
	}
	for c, err := range h.Documents().AllChunks(s.Context(), spectron.ChunkQuery{DocumentID: made.ID}) {
		must(s, "all chunks", err)
		if n := len([]rune(c.Text)); n == 0 || n != c.CharEnd-c.CharStart {
			s.Errorf("%d characters at %d to %d", n, c.CharStart, c.CharEnd)
		}
	}
	equal(s, "the bytes", string(h.raw(made.ID)), manual)
	listed, err := h.Documents().List(s.Context(), spectron.DocumentList{Status: spectron.DocumentReady, Label: "kind=manual", WithTotal: true})
	must(s, "list", err)
	if len(listed.Items) != 1 || listed.Total != 1 || listed.Items[0].ID != made.ID {
		s.Errorf("%+v", listed)
	}
	if got := h.sections(spectron.DocumentQuery{Query: "tanker", MIMETypes: []string{"text/html"}}); len(got) > 0 {
		s.Errorf("another type: %q", got)
	}
	recalled, err := h.Memory().Recall(s.Context(), spectron.RecallRequest{Query: "Who boards a tanker?"})
	must(s, "recall", err)
	if len(recalled.Hits) == 0 || recalled.Hits[0].Kind != spectron.KindChunk || recalled.Hits[0].Source.Document.Section != "Pilots" {
		s.Fatalf("recalled %+v", recalled.Hits)
	}
	inspected, err := h.Memory().Inspect(s.Context(), recalled.Hits[0].ID)
	must(s, "inspect", err)
	equal(s, "the inspected chunk", inspected.Record.Source, recalled.Hits[0].Source)
	must(s, "delete", h.Documents().Delete(s.Context(), made.ID))
	h = s.main()
	recalled, err = h.Memory().Recall(s.Context(), spectron.RecallRequest{Query: "Who boards a tanker?", IncludeWeak: true})
	must(s, "recall", err)
	equal(s, "what is recalled of a deleted document", len(recalled.Hits), 0)
	equal(s, "what a deleted document has told", h.told(), nil)
	s.is("a deleted document", second(h.Documents().Get(s.Context(), made.ID)), spectron.ErrNotFound)
	s.is("its bytes", second(h.Documents().Raw(s.Context(), made.ID)), spectron.ErrNotFound)
	if got := h.sections(spectron.DocumentQuery{Query: "tanker"}); len(got) > 0 {
		s.Errorf("after the deletion: %q", got)
	}
}

// The same bytes are one document, in the scopes of all uploads.
func documentsAreNotStoredTwice(s *trial) {
	h := s.main()
	first := h.upload(spectron.UploadRequest{Name: "a.md", Title: "First", Scopes: spectron.Scopes{{"org/a"}}}, manual)
	h = s.main()
	up, err := h.Documents().Upload(s.Context(), spectron.UploadRequest{Name: "b.md", Title: "Second", Reader: iotest.OneByteReader(strings.NewReader(manual)), Scopes: spectron.Scopes{{"org/b"}}})
	must(s, "upload again", err)
	if !up.Deduplicated || up.ID != first.ID || up.Title != "First" || len(up.Scopes) != 2 || up.Status != spectron.DocumentReady || up.Facts != 2 {
		s.Errorf("%+v", up)
	}
	h = s.main()
	for _, lens := range []string{"org/a", "org/b"} {
		if got := h.sections(spectron.DocumentQuery{Query: "crane", Lens: spectron.Scopes{{lens}}}); len(got) == 0 {
			s.Errorf("not found in %s", lens)
		}
	}
	page, err := h.Documents().List(s.Context(), spectron.DocumentList{WithTotal: true})
	must(s, "list", err)
	if page.Total != 1 {
		s.Errorf("%d documents", page.Total)
	}
}

// A new version takes the place of the old one at its end. A failure leaves the old one.
func documentsAreReprocessed(s *trial) {
	h := s.main()
	made := h.upload(spectron.UploadRequest{Name: "manual.md"}, manual)
	_, err := h.Documents().Reprocess(s.Context(), made.ID, spectron.ReprocessRequest{Reader: strings.NewReader("# Manual\n\n## Anchors\n\nThe anchor weighs nine tons.\n")})
	must(s, "reprocess", err)
	now := h.ready(made.ID)
	if now.Version != 2 || now.ContentHash == made.ContentHash || now.Code != "" || now.Title != "Manual" {
		s.Errorf("%+v", now)
	}
	h = s.main()
	if got := h.sections(spectron.DocumentQuery{Query: "tanker pilot"}); len(got) > 0 {
		s.Errorf("the old version: %q", got)
	}
	equal(s, "what the new version tells", h.told(), nil)
	same(s, "the new version", h.sections(spectron.DocumentQuery{Query: "anchor"})[:1], []string{made.ID + " Anchors"})
	_, err = h.Documents().Reprocess(s.Context(), made.ID, spectron.ReprocessRequest{Reader: strings.NewReader("{\"a\": "), Name: "manual.json"})
	must(s, "reprocess with something broken", err)
	failed, err := h.Documents().Wait(s.Context(), made.ID)
	must(s, "wait", err)
	if failed.Status != spectron.DocumentReady || failed.Version != 2 || failed.Code != spectron.CodeInvalid || failed.Reason == "" {
		s.Errorf("%+v", failed)
	}
	h = s.main()
	same(s, "after the failure", h.sections(spectron.DocumentQuery{Query: "anchor"})[:1], []string{made.ID + " Anchors"})
	_, err = h.Documents().Reprocess(s.Context(), made.ID, spectron.ReprocessRequest{Reader: strings.NewReader(manual), Name: "manual.md"})
	must(s, "reprocess with the first bytes", err)
	if now = h.ready(made.ID); now.Version != 3 || now.Reason != "" || now.ContentHash != made.ContentHash {
		s.Errorf("%+v", now)
	}
	_, err = h.Documents().Reprocess(s.Context(), made.ID, spectron.ReprocessRequest{})
	must(s, "reprocess from its own bytes", err)
	if now = h.ready(made.ID); now.Version != 4 {
		s.Errorf("%+v", now)
	}
	equal(s, "the bytes", string(h.raw(made.ID)), manual)
	equal(s, "what it tells", h.told(), staff)
}

// What cannot be a document is refused, and nothing of it is stored.
func documentsAreRefused(s *trial) {
	before := s.rows()
	h := s.main()
	upload := func(req spectron.UploadRequest) error {
		return second(h.Documents().Upload(s.Context(), req))
	}
	word := func() io.Reader { return strings.NewReader("word") }
	s.is("no reader", upload(spectron.UploadRequest{Name: "a.txt"}), spectron.ErrInvalid)
	s.is("no bytes", upload(spectron.UploadRequest{Name: "a.txt", Reader: strings.NewReader("")}), spectron.ErrInvalid)
	s.is("a picture", upload(spectron.UploadRequest{Name: "a.png", Reader: strings.NewReader("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")}), spectron.ErrUnsupported)
	s.is("an unknown type", upload(spectron.UploadRequest{MIMEType: "video/mp4", Reader: strings.NewReader("\x00\x00\x00\x18ftypmp42")}), spectron.ErrUnsupported)
	s.is("a bad scope", upload(spectron.UploadRequest{Name: "a.txt", Reader: word(), Scopes: spectron.Scopes{{"a//b"}}}), spectron.ErrInvalid)
	s.is("too many labels", upload(spectron.UploadRequest{Name: "a.txt", Reader: word(), Labels: slices.Repeat([]string{"a", "b"}, 40)}), spectron.ErrTooLarge)
	s.is("a long title", upload(spectron.UploadRequest{Name: "a.txt", Reader: word(), Title: strings.Repeat("t", 2000)}), spectron.ErrTooLarge)
	s.is("a reader that fails", upload(spectron.UploadRequest{Name: "a.txt", Reader: io.MultiReader(strings.NewReader(strings.Repeat("word ", 1<<20)), iotest.ErrReader(io.ErrNoProgress))}), spectron.ErrInvalid)
	s.is("an unknown document", second(h.Documents().Get(s.Context(), "document:none")), spectron.ErrNotFound)
	s.is("its chunks", second(h.Documents().Chunks(s.Context(), spectron.ChunkQuery{DocumentID: "document:none"})), spectron.ErrNotFound)
	s.is("delete it", h.Documents().Delete(s.Context(), "document:none"), spectron.ErrNotFound)
	s.is("reprocess it", second(h.Documents().Reprocess(s.Context(), "none", spectron.ReprocessRequest{})), spectron.ErrNotFound)
	for what, q := range map[string]spectron.DocumentQuery{
		"no question": {}, "a blank one": {Query: " "}, "an unknown mode": {Query: "a", Mode: "odd"}, "too many hits": {Query: "a", K: 51},
		"a threshold": {Query: "a", Threshold: 2}, "weights": {Query: "a", Weights: spectron.Weights{Words: -1}}, "an edge": {Query: "a", GraphEdges: []spectron.EdgeKind{"odd"}},
	} {
		s.is(what, second(h.Documents().Query(s.Context(), q)), spectron.ErrInvalid)
	}
	same(s, "what is stored", s.rows(), before)
}

// Files of several pieces come back as they were, and their passages are stored in several transactions.
func largeDocumentsAreStored(s *trial) {
	h := s.main()
	var text strings.Builder
	for i := 0; text.Len() < 5<<20/4; i++ {
		fmt.Fprintf(&text, "## Part %d\n\nThe lighthouse %s was built in the year %d by the keeper of the northern coast. ", i, code(i), 1000+i%900)
		text.WriteString(strings.Repeat("Storms came over the sea and went again. ", 20) + "\n\n")
	}
	made := h.upload(spectron.UploadRequest{Name: "ships.md"}, text.String())
	if made.Chunks < 1000 {
		s.Errorf("%d chunks", made.Chunks)
	}
	h = s.main()
	if !bytes.Equal(h.raw(made.ID), []byte(text.String())) {
		s.Error("other bytes came back")
	}
	same(s, "one part", h.sections(spectron.DocumentQuery{Query: code(700) + " lighthouse", K: 1}), []string{made.ID + " Part 700"})
	must(s, "delete", h.Documents().Delete(s.Context(), made.ID))
	for _, row := range s.rows() {
		if strings.Contains(row, "document_bytes:") || strings.Contains(row, "chunk:") && !strings.Contains(row, "memory_chunk:") {
			s.Fatalf("left over: %.100s", row)
		}
	}
}

// keywordsAreListed checks the keywords of documents, and their links.
func keywordsAreListed(s *trial) {
	h := s.main()
	a := h.upload(spectron.UploadRequest{Name: "guide/a.md"}, "# A\n\nThe harbour master has a boat. See [the cranes](b.md).\n")
	b := h.upload(spectron.UploadRequest{Name: "guide/b.md"}, "# B\n\nThe harbour master is on the floating crane.\n")
	page, err := h.Documents().Keywords().List(s.Context(), spectron.KeywordList{WithTotal: true})
	must(s, "list keywords", err)
	if len(page.Items) == 0 || page.Total != len(page.Items) || page.Items[0].Normalised != "HARBOUR MASTER" || page.Items[0].DocumentCount != 2 {
		s.Fatalf("%+v", page)
	}
	k, err := h.Documents().Keywords().Get(s.Context(), "harbour  Master")
	must(s, "get a keyword", err)
	if len(k.Documents) != 2 {
		s.Errorf("%+v", k)
	}
	found, err := h.Documents().Keywords().Search(s.Context(), spectron.KeywordSearch{Query: "floating cranes"})
	must(s, "search keywords", err)
	if len(found) == 0 || found[0].Normalised != "FLOATING CRANE" || found[0].Documents[0].ID != b.ID {
		s.Errorf("%+v", found)
	}
	of, err := h.Documents().Keywords().ForDocument(s.Context(), a.ID)
	must(s, "keywords of a document", err)
	equal(s, "keywords of a document", of, a.Keywords)
	s.is("an unknown keyword", second(h.Documents().Keywords().Get(s.Context(), "whale")), spectron.ErrNotFound)
	links, err := h.Documents().RecomputeLinks(s.Context())
	must(s, "links", err)
	equal(s, "links", links.LinksEmitted, 1)
	hits, err := h.Documents().Query(s.Context(), spectron.DocumentQuery{Query: "harbour master", Mode: spectron.ModeHybridGraph})
	must(s, "query", err)
	if len(hits.Hits) != 2 || len(hits.Hits[0].GraphEvidence) == 0 || hits.Hits[0].GraphEvidence[0].EdgeKind != spectron.EdgeLink {
		s.Errorf("%+v", hits)
	}
}

// Documents of one process are those of all.
func documentsOfOthersAreSeen(s *trial) {
	all := s.together(3)
	made := all[0].upload(spectron.UploadRequest{Name: "manual.md"}, manual)
	for i, h := range all {
		if got := h.sections(spectron.DocumentQuery{Query: "tanker"}); len(got) != 1 || got[0] != made.ID+" Pilots" {
			s.Errorf("process %d: %q", i, got)
		}
	}
	_, err := all[1].Documents().Reprocess(s.Context(), made.ID, spectron.ReprocessRequest{Reader: strings.NewReader("# Manual\n\n## Anchors\n\nThe anchor weighs nine tons.\n")})
	must(s, "reprocess", err)
	for i, h := range all {
		h.ready(made.ID)
		if got := h.sections(spectron.DocumentQuery{Query: "anchor tanker"}); len(got) != 1 || got[0] != made.ID+" Anchors" {
			s.Errorf("process %d: %q", i, got)
		}
	}
	up, err := all[2].Documents().Upload(s.Context(), spectron.UploadRequest{Name: "manual.md", Scopes: spectron.Scopes{{"org/b"}}, Reader: bytes.NewReader(all[2].raw(made.ID))})
	must(s, "upload again", err)
	if !up.Deduplicated {
		s.Errorf("%+v", up)
	}
	for i, h := range all {
		if got := h.sections(spectron.DocumentQuery{Query: "anchor", Lens: spectron.Scopes{{"org/b"}}}); len(got) != 1 {
			s.Errorf("process %d: %q", i, got)
		}
	}
	must(s, "delete", all[2].Documents().Delete(s.Context(), made.ID))
	for i, h := range all {
		if got := h.sections(spectron.DocumentQuery{Query: "anchor"}); len(got) > 0 {
			s.Errorf("process %d: %q", i, got)
		}
	}
}

// A Context moves with its documents.
func documentsMove(s *trial) {
	h := s.main()
	made := h.upload(spectron.UploadRequest{Name: "manual.md", Scopes: spectron.Scopes{{"org/a"}}}, manual)
	text := export(s.T, s.mgr, h.ID())
	_, err := s.mgr.ImportContext(s.Context(), spectron.ImportRequest{ID: "moved", From: strings.NewReader(text), Spec: spectron.ContextSpec{Namespace: "conformance-2"}})
	must(s, "import", err)
	c, err := s.mgr.Context(s.Context(), "moved")
	must(s, "the Context", err)
	moved := handle{s.T, c}
	d, err := moved.Documents().Get(s.Context(), made.ID)
	must(s, "get", err)
	equal(s, "the document", *d, *made)
	equal(s, "its bytes", string(moved.raw(made.ID)), manual)
	equal(s, "its facts", moved.told(), staff)
	same(s, "what is found", moved.sections(spectron.DocumentQuery{Query: "tanker"}), []string{made.ID + " Pilots"})
}
