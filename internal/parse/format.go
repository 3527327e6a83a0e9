package parse

import (
	"bytes"
	"fmt"
	"mime"
	"path"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// Format is a format of files, by its media type.
type Format string

// The formats. Source code of all languages is one format.
const (
	PlainText  Format = "text/plain"
	Markdown   Format = "text/markdown"
	HTML       Format = "text/html"
	JSON       Format = "application/json"
	CSV        Format = "text/csv"
	SourceCode Format = "text/x-source"
	Mail       Format = "message/rfc822"
	Mailbox    Format = "application/mbox"
	PDF        Format = "application/pdf"
	DOCX       Format = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	EPUB       Format = "application/epub+zip"
)

// readers has what reads the formats.
var readers = map[Format]func(*builder, Source) error{
	PlainText: readPlain, Markdown: readMarkdown, HTML: readHTML, JSON: readJSON, CSV: readCSV, SourceCode: readCode,
	Mail: readMail, Mailbox: readMailbox, PDF: readPDF, DOCX: readDOCX, EPUB: readEPUB,
}

// Supported returns the media types of the formats, sorted.
func Supported() []string {
	names := make([]string, 0, len(readers))
	for format := range readers {
		names = append(names, string(format))
	}
	slices.Sort(names)
	return names
}

// mediaTypes has the media types that mean a format, besides the formats' own and all of text/x-*, which are source code.
var mediaTypes = map[string]Format{
	"text/x-markdown": Markdown, "text/md": Markdown,
	"application/xhtml+xml": HTML, "application/vnd.wap.xhtml+xml": HTML,
	"text/json": JSON, "application/x-json": JSON, "application/ld+json": JSON, "application/geo+json": JSON,
	"application/x-ndjson": JSON, "application/ndjson": JSON, "application/jsonl": JSON, "application/x-jsonlines": JSON, "application/jsonlines": JSON,
	"text/tab-separated-values": CSV, "application/csv": CSV, "text/x-csv": CSV, "text/comma-separated-values": CSV, "application/vnd.ms-excel.csv": CSV,
	"message/global": Mail, "application/x-mbox": Mailbox, "text/x-mail": Mail,
	"application/vnd.ms-word.document.macroenabled.12": DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.template": DOCX,
	"application/x-pdf": PDF, "text/pdf": PDF,
	"text/x-log": PlainText, "text/x-rst": PlainText, "text/prs.fallenstein.rst": PlainText, "text/x-org": PlainText, "text/org": PlainText,
	"text/x-tex": PlainText, "text/x-latex": PlainText, "application/x-tex": PlainText, "application/x-latex": PlainText, "text/asciidoc": PlainText, "text/x-asciidoc": PlainText,
	"application/xml": SourceCode, "text/xml": SourceCode, "text/css": SourceCode, "text/javascript": SourceCode, "application/javascript": SourceCode,
	"application/x-javascript": SourceCode, "application/ecmascript": SourceCode, "text/ecmascript": SourceCode, "application/typescript": SourceCode, "text/typescript": SourceCode,
	"application/x-typescript": SourceCode, "application/yaml": SourceCode, "application/x-yaml": SourceCode, "text/yaml": SourceCode, "application/toml": SourceCode,
	"text/toml": SourceCode, "application/sql": SourceCode, "text/sql": SourceCode, "application/x-sh": SourceCode, "application/x-shellscript": SourceCode,
	"application/x-python": SourceCode, "application/x-python-code": SourceCode, "application/x-ruby": SourceCode, "application/x-perl": SourceCode, "application/x-php": SourceCode,
	"application/x-httpd-php": SourceCode, "application/graphql": SourceCode, "application/rdf+xml": SourceCode, "application/atom+xml": SourceCode, "application/rss+xml": SourceCode,
	"application/xslt+xml": SourceCode, "application/node": SourceCode, "image/svg+xml": SourceCode, "text/rust": SourceCode,
}

// extensions has the ends of names. extensionsOf are lists of them, which it is made of.
var extensions = extensionsOf(map[Format]string{
	PlainText: "txt text log rst rest adoc asciidoc asc tex latex org me readme nfo srt vtt",
	Markdown:  "md markdown mdown mkd mkdn mdx mdwn",
	HTML:      "html htm xhtml xht",
	JSON:      "json jsonl ndjson jsonc geojson jsonld ipynb har webmanifest",
	CSV:       "csv tsv tab",
	Mail:      "eml",
	Mailbox:   "mbox mbx",
	PDF:       "pdf",
	DOCX:      "docx dotx docm dotm",
	EPUB:      "epub",
	SourceCode: "go py pyi pyx rs js mjs cjs jsx ts mts cts tsx java c h cc cpp cxx hh hpp hxx ino cs csx fs fsi fsx vb rb rake gemspec php swift kt kts scala sc " +
		"sh bash zsh fish ksh ps1 psm1 bat cmd sql surql psql yaml yml toml ini cfg conf properties env xml xsd xsl xslt svg plist css scss sass less styl " +
		"lua r jl ex exs erl hrl hs lhs elm ml mli clj cljs cljc edn vue svelte astro tf tfvars hcl proto thrift gradle groovy dart pl pm raku nim zig v " +
		"d pas pp asm s m mm f f90 f95 for cob cbl ada adb ads lisp el lsp scm rkt vim tcl awk sed diff patch graphql gql prisma sol cu cuh cl glsl hlsl wgsl " +
		"cmake mk mak bazel bzl star nix dhall cue rego jsonnet libsonnet ejs hbs mustache j2 jinja jinja2 tmpl tpl erb haml slim pug coffee wat wast qml",
})

func extensionsOf(lists map[Format]string) map[string]Format {
	all := map[string]Format{}
	for format, list := range lists {
		for extension := range strings.FieldsSeq(list) {
			all[extension] = format
		}
	}
	return all
}

// names has whole names of files, in small letters.
var names = map[string]Format{
	"dockerfile": SourceCode, "containerfile": SourceCode, "makefile": SourceCode, "gnumakefile": SourceCode, "rakefile": SourceCode, "gemfile": SourceCode,
	"jenkinsfile": SourceCode, "vagrantfile": SourceCode, "procfile": SourceCode, "justfile": SourceCode, "build": SourceCode, "workspace": SourceCode,
	"cmakelists.txt": SourceCode, "go.mod": SourceCode, "go.sum": SourceCode, "go.work": SourceCode, "requirements.txt": SourceCode, ".gitignore": SourceCode,
	".gitattributes": SourceCode, ".dockerignore": SourceCode, ".editorconfig": SourceCode, ".env": SourceCode, ".bashrc": SourceCode, ".zshrc": SourceCode, ".profile": SourceCode,
	"readme": PlainText, "license": PlainText, "licence": PlainText, "copying": PlainText, "notice": PlainText, "authors": PlainText, "changelog": PlainText, "news": PlainText,
}

// Detect returns the format of a file. head is the beginning of its content, 4 KB or so; nil if it is not known.
//
// The declared media type counts before the end of the name, and both before the content. These exceptions are what a user expects:
//   - application/octet-stream, a type that is not known here, and "" declare nothing.
//   - text/plain is what programs declare for any text: a name that says more (notes.md, data.csv) counts.
//   - A PDF, a DOCX, an EPUB or a page of HTML is recognized by its content, which counts before a wrong declaration or name: the bytes of a PDF are
//     read as a PDF although they are called report.docx. Text formats do not contradict each other in this way, as each may quote another.
//   - Content of another binary kind (an image, a program, a ZIP of something else) has no text, whatever it is declared as.
//   - An encrypted Office document counts as DOCX where that is declared, so that reading it says that it is encrypted.
//
// The error wraps ErrUnsupported and lists what is supported.
func Detect(declared, name string, head []byte) (Format, error) {
	claimed, known := claim(declared, name)
	if len(head) == 0 {
		if known {
			return claimed, nil
		}
		return "", errUnsupported()
	}
	format, binary := sniff(head)
	switch {
	case isZIP(head) && (claimed == DOCX || claimed == EPUB):
		// The first files of the archive do not say what it is.
		return claimed, nil
	case format == "" && claimed == DOCX && bytes.HasPrefix(head, []byte(oleMagic)):
		return DOCX, nil
	case format == PDF, format == DOCX, format == EPUB:
		// A text may begin with the words of a PDF's header, but not a mail or a page.
		return format, nil
	case binary:
		return "", errUnsupported()
	case known && !isBinary(claimed):
		return claimed, nil
	case known && claimed == PDF && bytes.Contains(head, []byte("%PDF-")):
		return PDF, nil
	case known:
		// Text that is declared as a PDF, DOCX or EPUB: reading it says that it is damaged.
		if format == HTML { // a page with an error, downloaded in place of the file
			return HTML, nil
		}
		return claimed, nil
	case format != "":
		return format, nil
	}
	return "", errUnsupported()
}

func errUnsupported() error {
	return fmt.Errorf("%w: supported are %s", ErrUnsupported, strings.Join(Supported(), ", "))
}

func isBinary(f Format) bool { return f == PDF || f == DOCX || f == EPUB }

// isZIP reports whether content is an archive, of which it does not say what it holds.
func isZIP(head []byte) bool { return mimetype.Detect(head).Is("application/zip") }

// claim returns the format that the declaration and the name say.
func claim(declared, name string) (Format, bool) {
	format, known := ofMediaType(declared)
	if known && format != PlainText {
		return format, true
	}
	if named, is := ofName(name); is {
		return named, true
	}
	return format, known
}

// ofMediaType returns the format of a media type with or without parameters.
func ofMediaType(declared string) (Format, bool) {
	// Of a type with damaged parameters the type counts.
	declared, _, _ = strings.Cut(declared, ";")
	kind, _, err := mime.ParseMediaType(declared)
	if err != nil {
		return "", false
	}
	if _, is := readers[Format(kind)]; is {
		return Format(kind), true
	}
	if format, is := mediaTypes[kind]; is {
		return format, true
	}
	switch {
	case strings.HasPrefix(kind, "text/x-"):
		return SourceCode, true
	case strings.HasSuffix(kind, "+json"):
		return JSON, true
	case strings.HasSuffix(kind, "+xml") && !strings.HasPrefix(kind, "image/"):
		return SourceCode, true
	case strings.HasSuffix(kind, "+yaml"):
		return SourceCode, true
	}
	return "", false
}

// ofName returns the format that a file's name says.
func ofName(name string) (Format, bool) {
	name = strings.ToLower(path.Base(strings.ReplaceAll(name, `\`, "/")))
	if format, is := names[name]; is {
		return format, true
	}
	if format, is := extensions[strings.TrimPrefix(path.Ext(name), ".")]; is {
		return format, true
	}
	if stem, _, cut := strings.Cut(name, "."); cut && (stem == "dockerfile" || stem == "makefile" || stem == "jenkinsfile") {
		return SourceCode, true
	}
	return "", false
}

// sniff returns the format that the content says, "" if it says none that is known here, and whether it is binary.
func sniff(head []byte) (format Format, binary bool) {
	detected := mimetype.Detect(head)
	for m := detected; m != nil; m = m.Parent() {
		switch {
		case m.Is("text/plain"):
			return textOf(detected), false
		case m.Is(string(PDF)):
			return PDF, true
		case m.Is(string(DOCX)):
			return DOCX, true
		case m.Is(string(EPUB)):
			return EPUB, true
		}
	}
	if isText(head) { // in an encoding that mimetype does not take for text
		return PlainText, false
	}
	return "", true
}

// textOf returns the format of content that is text. Guesses that a plain text easily meets (CSV, source code of most languages) do not count.
func textOf(detected *mimetype.MIME) Format {
	kind, _, _ := strings.Cut(detected.String(), ";")
	if kind == "text/rtf" {
		return ""
	}
	switch format, _ := ofMediaType(kind); format {
	case HTML, JSON, Mail, SourceCode:
		return format
	}
	return PlainText
}

// isText reports whether content has no bytes that texts do not have.
func isText(head []byte) bool {
	if bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xFE\xFF")) {
		return true
	}
	return !bytes.ContainsFunc(head, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\v\f\r\x1A\x1B\b", r) })
}
