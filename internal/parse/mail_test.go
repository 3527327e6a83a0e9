package parse

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func crlf(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }

const alternatives = `From: =?utf-8?q?Ann_Caf=C3=A9?= <ann@a.example>
To: Bob <bob@b.example>, carl@c.example
Subject: =?ISO-8859-1?B?VGVhIOAgbGEgY2FydGU=?=
Date: Fri, 1 Mar 2024 09:30:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=outer

preamble
--outer
Content-Type: multipart/alternative; boundary="in ner"

--in ner
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Dear Bob,

tea =E0 la carte, and a line that is=
 soft.

- green
- black

> So what?
> > Tea?
No.

TEA IS GOOD
--in ner
Content-Type: text/html

<p>HTML</p>
--in ner--
--outer
Content-Type: application/pdf; name="menu.pdf"
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename*=utf-8''men%C3%BC.pdf

JVBERi0=
--outer
Content-Type: message/rfc822

Subject: Inner
From: dan@d.example

Inner words.
--outer--
`

func TestMail(t *testing.T) {
	t.Parallel()
	compare(t, Mail, []wanted{
		{name: "alternatives, attachments and a mail within", content: crlf(alternatives), title: "Tea à la carte", date: "2024-03-01 08:30", blocks: []string{
			"H1 Tea à la carte", "P From: Ann Café <ann@a.example>\nTo: Bob <bob@b.example>, carl@c.example\nDate: Fri, 1 Mar 2024 09:30:00 +0100",
			"P Dear Bob,", "P tea à la carte, and a line that is soft.", "L green\nblack", "Q So what?\nTea?", "P No.", "P TEA IS GOOD",
			"H2 Inner", "P From: dan@d.example", "P Inner words.", "P Attachments:\nmenü.pdf"}},
		{name: "HTML, base64", content: "Subject: x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\nPGgxPkNhZsOpPC9oMT48cD48YSBo\ncmVmPSdodHRwOi8veCc+WDwvYT4=\n", title: "x",
			links: []string{"X -> http://x"}, blocks: []string{"H1 x", "H1 Café", "P X"}},
		{name: "HTML before an empty text", content: "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>page</p>\n--b\nContent-Type: text/plain\n\n \n--b--\n", blocks: []string{"P page"}},
		{name: "no content type, no charset", content: "Subject: caf\xe9\nFrom: a\n\ncaf\xe9\n", title: "café", blocks: []string{"H1 café", "P From: a", "P café"}},
		{name: "unknown charset, damaged base64, no last boundary", content: "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=x-unknown\n\nwords\n--b\nContent-Transfer-Encoding: base64\n\nd29yZHM=!!!\n", title: "s",
			blocks: []string{"H1 s", "P words", "P words"}},
	})
}

func TestMailbox(t *testing.T) {
	t.Parallel()
	box := "From ann@a Fri Mar  1 09:30:00 2024\nSubject: First\nFrom: ann@a\n\nOne.\n>From here\n>>From there\nFrom 10:30 on\n\nFrom me\n\n" +
		"From bob@b Sat Mar  2 09:30:00 2024\nFrom: bob@b\nContent-Type: multipart/encrypted; boundary=x\n\n--x\n\nsecret\n--x--\n\n" +
		"From x Sat Mar  2 09:31:00 2024\nno header\n\nlost\n\n" +
		"From carl@c Sun Mar  3 09:30:00 2024\r\nSubject: Third\r\n\r\nThree.\r\n"
	compare(t, Mailbox, []wanted{{name: "mails", content: box, blocks: []string{"H1 First", "P From: ann@a", "P One.\nFrom here", "Q From there", "P From 10:30 on", "P From me", "H1 (no subject)", "P From: bob@b", "H1 Third", "P Three."}}})
	_, err := read(Mailbox, "Subject: x\n\nno mailbox", Limits{})
	require.ErrorIs(t, err, ErrDamaged)
}

func TestEncryptedMails(t *testing.T) {
	t.Parallel()
	for _, content := range []string{
		"Subject: s\nContent-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n--b\n\nVersion: 1\n--b--\n",
		"Subject: s\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nMIIB\n",
		"Subject: s\n\n-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n",
	} {
		_, err := read(Mail, content, Limits{})
		require.ErrorIs(t, err, ErrEncrypted)
	}
}
