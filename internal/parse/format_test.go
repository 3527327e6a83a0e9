package parse

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestDetect(t *testing.T) {
	const png = "\x89PNG\r\n\x1A\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00"
	const pdf = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n1 0 obj"
	const page = "<!DOCTYPE html><html><head><title>t</title></head></html>"
	docx, epub := string(testFile(t, "python-docx.docx")[:4096]), string(testFile(t, "ebooklib.epub"))
	archive, ole := string(zipOf(t, "a.txt", "text")), oleMagic+strings.Repeat("\x00", 600)
	for _, test := range []struct {
		declared, name, head string
		want                 Format // "": unsupported
	}{
		{"text/plain", "", "words", PlainText},
		{"text/plain; charset=utf-8", "notes.md", "# words", Markdown},
		{"TEXT/HTML; charset=iso-8859-1", "x.txt", "words", HTML},
		{"text/html; charset", "", "words", HTML},
		{"text/x-markdown", "", "", Markdown},
		{"application/xhtml+xml", "", "", HTML},
		{"application/x-ndjson", "", "", JSON},
		{"application/problem+json", "", "", JSON},
		{"text/tab-separated-values", "", "", CSV},
		{"application/xml", "", "", SourceCode},
		{"application/atom+xml", "", "", SourceCode},
		{"text/x-python", "", "", SourceCode},
		{"text/x-anything", "", "", SourceCode},
		{"application/octet-stream", "main.go", "package main", SourceCode},
		{"", "C:\\docs\\Notes.MD", "", Markdown},
		{"", "dir.d/Dockerfile", "FROM scratch", SourceCode},
		{"", "Dockerfile.dev", "", SourceCode},
		{"", "Makefile", "", SourceCode},
		{"", "server.log", "", PlainText},
		{"", "main.tf", "", SourceCode},
		{"", "mail.eml", "", Mail},
		{"", "all.mbox", "", Mailbox},
		{"", "data.jsonl", "", JSON},
		{"", "README", "", PlainText},
		{"application/pdf", "", "", PDF},
		{"", "", pdf, PDF},
		{"", "report.docx", pdf, PDF},
		{"text/plain", "report.txt", pdf, PDF},
		{"application/pdf", "x.pdf", docx, DOCX},
		{"application/octet-stream", "", epub, EPUB},
		{"", "x.docx", archive, DOCX},
		{"", "x.epub", archive, EPUB},
		{string(DOCX), "", ole, DOCX},
		{"application/pdf", "x.pdf", page, HTML},
		{"application/pdf", "x.pdf", "words", PDF},
		{"application/pdf", "x.pdf", "junk before\n" + pdf, PDF},
		{"", "", page, HTML},
		{"", "", `{"a": [1, 2]}`, JSON},
		{"", "", "just words", PlainText},
		{"", "", "\xFF\xFEw\x00o\x00", PlainText},
		{"text/csv", "", `{"a": 1}`, CSV},
		{"application/pdf", "x.pdf", png, ""},
		{"application/pdf", "x.pdf", archive, ""},
		{"text/plain", "x.txt", png, ""},
		{"", "", archive, ""},
		{"", "", ole, ""},
		{"image/png", "x.png", png, ""},
		{"application/x-unknown", "x.unknown", "", ""},
		{"", "", "", ""},
		{";;;", "///", "", ""},
	} {
		got, err := Detect(test.declared, test.name, []byte(test.head))
		if got != test.want || (err != nil) != (test.want == "") {
			t.Errorf("%q %q %.20q: got %q, %v; want %q", test.declared, test.name, test.head, got, err, test.want)
		}
		if err != nil && (!errors.Is(err, ErrUnsupported) || !strings.Contains(err.Error(), "application/pdf, ")) {
			t.Errorf("%q: %v", test.name, err)
		}
	}
}

func TestEveryFormatIsItsOwnMediaType(t *testing.T) {
	if !slices.IsSorted(Supported()) || len(Supported()) != len(readers) {
		t.Errorf("got %v", Supported())
	}
	for _, name := range Supported() {
		if got, err := Detect(name, "", nil); string(got) != name && name != string(PlainText) || err != nil {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
}

func FuzzDetect(f *testing.F) {
	f.Add("text/plain; a=b", "x.md", []byte("%PDF-1.4"))
	f.Fuzz(func(t *testing.T, declared, name string, head []byte) {
		format, err := Detect(declared, name, head)
		if _, known := readers[format]; known != (err == nil) {
			t.Errorf("got %q, %v", format, err)
		}
	})
}
