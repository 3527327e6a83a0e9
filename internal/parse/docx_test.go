package parse

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	xmlHeader = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	wordSpace = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
		` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"`
)

func docxBody(body string) string {
	return xmlHeader + `<w:document` + wordSpace + `><w:body>` + body + `</w:body></w:document>`
}

// docxOf makes a document of a body with styles, lists, links and notes.
func docxOf(tb testing.TB, body string) []byte {
	const rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	return zipOf(tb,
		"_rels/.rels", `<Relationships><Relationship Id="rId1" Type="`+rels+`officeDocument" Target="/word/main.xml"/></Relationships>`,
		"word/_rels/main.xml.rels", `<Relationships>`+
			`<Relationship Id="s" Type="`+rels+`styles" Target="styles.xml"/>`+
			`<Relationship Id="n" Type="`+rels+`numbering" Target="numbering.xml"/>`+
			`<Relationship Id="f" Type="`+rels+`footnotes" Target="footnotes.xml"/>`+
			`<Relationship Id="x" Type="`+rels+`hyperlink" Target="https://example.com/" TargetMode="External"/></Relationships>`,
		"word/styles.xml", `<w:styles`+wordSpace+`>`+
			`<w:style w:type="paragraph" w:styleId="Titre"><w:name w:val="Title"/></w:style>`+
			`<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>`+
			`<w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Kapitel"/><w:basedOn w:val="berschrift1"/></w:style>`+
			`<w:style w:type="paragraph" w:styleId="Eigen"><w:name w:val="Eigen"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>`+
			`<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop2"/></w:style>`+
			`<w:style w:type="paragraph" w:styleId="Loop2"><w:name w:val="Loop2"/><w:basedOn w:val="Loop"/></w:style>`+
			`<w:style w:type="paragraph" w:styleId="Liste"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`+
			`<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Intense Quote"/></w:style>`+
			`<w:style w:type="paragraph" w:styleId="Code"><w:name w:val="HTML Preformatted"/></w:style></w:styles>`,
		"word/numbering.xml", `<w:numbering`+wordSpace+`>`+
			`<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>`+
			`<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>`+
			`<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>`,
		"word/footnotes.xml", `<w:footnotes`+wordSpace+`><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>----</w:t></w:r></w:p></w:footnote>`+
			`<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>See there.</w:t></w:r></w:p><w:p><w:r><w:t>And here.</w:t></w:r></w:p></w:footnote></w:footnotes>`,
		"word/main.xml", docxBody(body))
}

// words makes a paragraph with a style, properties and words.
func docxWords(style, properties, text string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + properties + `</w:pPr><w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}

func numbered(id, level string) string {
	return `<w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + id + `"/></w:numPr>`
}

func TestDOCX(t *testing.T) {
	for _, test := range []struct {
		name, body    string
		blocks, links []string
	}{
		{name: "headings by localised styles", body: docxWords("Titre", "", "Plan") + docxWords("berschrift1", "", "Eins") + docxWords("Kapitel", "", "Zwei") + docxWords("Eigen", "", "Drei") +
			docxWords("Loop", "", "text") + docxWords("", `<w:outlineLvl w:val="3"/>`, "Vier") + docxWords("Eigen", `<w:outlineLvl w:val="9"/>`, "body"),
			blocks: []string{"H1 Plan", "H1 Eins", "H1 Zwei", "H3 Drei", "P text", "H4 Vier", "P body"}},
		{name: "lists", body: docxWords("Liste", "", "a") + docxWords("", numbered("1", "0"), "b") + docxWords("", numbered("2", "0"), "three") + docxWords("", numbered("2", "1"), "one") +
			docxWords("", numbered("2", "1"), "two") + docxWords("", numbered("2", "0"), "four") + docxWords("", numbered("2", "1"), "one again") + docxWords("Liste", numbered("0", "0"), "no item") + docxWords("Liste", "", "c"),
			blocks: []string{"L a\nb\n3. three\n  1. one\n  2. two\n4. four\n  1. one again", "P no item", "L c"}},
		{name: "kinds", body: docxWords("Zitat", "", "Less is more.") + docxWords("Code", "", "go test"), blocks: []string{"Q Less is more.", "C go test"}},
		{name: "tables", body: docxWords("", "", "before") + `<w:tbl><w:tr><w:tc>` + docxWords("", "", "Name") + `</w:tc><w:tc>` + docxWords("", "", "Size") + docxWords("", "", "cm") + `</w:tc></w:tr>` +
			`<w:tr><w:tc><w:p/></w:tc><w:tc><w:tbl><w:tr><w:tc>` + docxWords("berschrift1", "", "x") + `</w:tc><w:tc>` + docxWords("Liste", "", "y") + `</w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>`,
			blocks: []string{"P before", "T Name | Size cm\n | x | y"}},
		{name: "links", body: `<w:p><w:r><w:t>See </w:t></w:r><w:hyperlink r:id="x"><w:r><w:t>the</w:t></w:r><w:r><w:t xml:space="preserve"> site</w:t></w:r></w:hyperlink>` +
			`<w:hyperlink w:anchor="end"><w:r><w:t>end</w:t></w:r></w:hyperlink><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://example.org/" </w:instrText></w:r>` +
			`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>field</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>.</w:t></w:r></w:p>`,
			blocks: []string{"P See the siteendfield."}, links: []string{"the site -> https://example.com/", "end -> #end", "field -> https://example.org/"}},
		{name: "what counts once", body: `<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>new</w:t></w:r></w:ins>` +
			`<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>` + docxWords("", "", "box") + `</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>` + docxWords("", "", "box") +
			`</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r><m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath></w:p>`,
			blocks: []string{"P box", "P newx+y"}},
		{name: "notes", body: `<w:p><w:r><w:t>Claim</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t><w:noBreakHyphen/></w:r></w:p>`,
			blocks: []string{"P Claim[2]\ta\nb-", "P [2] See there. And here."}},
	} {
		t.Run(test.name, func(t *testing.T) {
			body := test.body
			notes := "P [2] See there. And here."
			text, err := Read(t.Context(), DOCX, sourceOf(docxOf(t, body)), Limits{})
			require.NoError(t, err)
			blocks := shown(text)
			if test.name != "notes" { // all have the notes
				require.Equal(t, notes, blocks[len(blocks)-1])
				blocks = blocks[:len(blocks)-1]
			}
			require.Equal(t, test.blocks, blocks)
			require.Equal(t, test.links, linked(text))
		})
	}
}

func TestDOCXOfPythonDocx(t *testing.T) {
	text, err := Read(t.Context(), DOCX, sourceOf(testFile(t, "python-docx.docx")), Limits{})
	require.NoError(t, err)
	require.Equal(t, []string{
		"H1 Project plan", "H1 Goals", "P Two goals, described here.", "L Speed\nTests\n1. Plan\n2. Build", "H2 Costs", "T Item | EUR\nDesk | 120", "Q Less is more.",
	}, shown(text))
	require.Equal(t, []string{"described here -> https://example.com/goals"}, linked(text))
	require.Equal(t, "Project plan", text.Title)
	require.Equal(t, "2024-03-01T12:00:00Z", text.Date.Format(time.RFC3339))
}

func TestDOCXErrors(t *testing.T) {
	const lol = `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>`
	many := strings.Repeat("<w:p><w:r><w:t>a</w:t></w:r></w:p>", 100)
	for _, test := range []struct {
		name   string
		data   []byte
		limits Limits
		want   error
	}{
		{"an OLE compound file", []byte(oleMagic + strings.Repeat("\x00", 600)), Limits{}, ErrEncrypted},
		{"no archive", []byte("PK"), Limits{}, ErrDamaged},
		{"empty", nil, Limits{}, ErrDamaged},
		{"no document", zipOf(t, "xl/workbook.xml", "<a/>"), Limits{}, ErrDamaged},
		{"no words", zipOf(t, "word/document.xml", docxBody("<w:p/>")), Limits{}, ErrNoText},
		{"no XML", zipOf(t, "word/document.xml", "{}<"), Limits{}, ErrDamaged},
		{"an end is missing", zipOf(t, "word/document.xml", strings.TrimSuffix(docxBody(many), "</w:document>")), Limits{}, ErrDamaged},
		{"entities", zipOf(t, "word/document.xml", lol+strings.TrimPrefix(docxBody("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"), xmlHeader)), Limits{}, ErrDamaged},
		{"a million levels", zipOf(t, "word/document.xml", docxBody(strings.Repeat("<w:p>", 1_000_000))), Limits{}, ErrTooLarge},
		{"a bomb", zeros(t, "word/document.xml", xmlHeader, 150<<20), Limits{}, ErrTooLarge},
		{"a long token", zeros(t, "word/document.xml", xmlHeader+"<w", 9<<20), Limits{}, ErrTooLarge},
		{"expanded", zipOf(t, "word/document.xml", docxBody(many)), Limits{Expanded: 1000}, ErrTooLarge},
		{"text", zipOf(t, "word/document.xml", docxBody(many)), Limits{Text: 50}, ErrTooLarge},
		{"text of a table", zipOf(t, "word/document.xml", docxBody("<w:tbl><w:tr><w:tc>"+many+"</w:tc></w:tr></w:tbl>")), Limits{Text: 50}, ErrTooLarge},
		{"blocks", zipOf(t, "word/document.xml", docxBody(many)), Limits{Parts: 50}, ErrTooLarge},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Read(t.Context(), DOCX, sourceOf(test.data), test.limits)
			if !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

func FuzzDOCX(f *testing.F) {
	f.Add(testFile(f, "python-docx.docx"))
	f.Add(docxOf(f, docxWords("berschrift1", "", "Eins")+docxWords("", numbered("2", "0"), "three")))
	f.Fuzz(func(t *testing.T, data []byte) { checkRead(t, DOCX, data) })
}

// FuzzDOCXBody mutates the XML of a document, which the checksums of an archive would hide.
func FuzzDOCXBody(f *testing.F) {
	f.Add(`<w:tbl><w:tr><w:tc>` + docxWords("Eigen", "", "Name") + `</w:tc></w:tr></w:tbl>` + docxWords("", numbered("2", "1"), "one"))
	f.Add(`<w:p><w:hyperlink r:id="x"><w:r><w:t>the</w:t></w:r></w:hyperlink><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "a"</w:instrText></w:r></w:p>`)
	f.Fuzz(func(t *testing.T, body string) { checkRead(t, DOCX, docxOf(t, body)) })
}

func BenchmarkDOCX(b *testing.B) {
	body := strings.Repeat(docxWords("berschrift1", "", "Heading")+docxWords("", "", strings.Repeat("some words of a paragraph ", 20))+docxWords("Liste", "", "an item"), 5_000)
	data := docxOf(b, body)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := Read(b.Context(), DOCX, sourceOf(data), Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
