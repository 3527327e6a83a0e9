package parse

import "testing"

func TestHTML(t *testing.T) {
	t.Parallel()
	compare(t, HTML, []wanted{
		{name: "article", content: `<!DOCTYPE html><html lang=en><head><meta charset="utf-8"><title>Tea &amp;
  Time</title><meta property="article:published_time" content="2024-03-01T08:30:00+01:00">
<style>p { color: red }</style><script>if (a < b) { document.write("<p>no</p>") }</script></head>
<body><nav><a href="/">Home</a> <a href="/about">About us</a></nav>
<h1>Tea<a class="headerlink" href="#tea">¶</a></h1>
<p>Green   tea is brewed at
<b>80</b>&nbsp;°C, see <a href="brew.html#t">the <i>brewing</i> table</a>.<br>Not hotter.</p>
<div hidden>never</div><div style="display: none"><div>never</div>never</div>
<ul><li>Sencha<li>Gyoku<b>ro</b>
  <ul><li>first flush</li><li><p>second</p><p>flush</p></li></ul></li><li>Hojicha</ul>
<ol start=3><li>Boil</li><li>Wait</li></ol>
<img src=a.png alt="A green cup">
<blockquote><p>Tea first.</p><p>Then talk.</p></blockquote>
<pre><code>
  pour(80)
    wait()
</code></pre>
<svg><title>icon</title><text>no</text></svg><noscript>Enable scripts</noscript>
<h2>Prices<p>All in yen.
</body></html>`,
			title: "Tea & Time", date: "2024-03-01 07:30",
			links: []string{"Home -> /", "About us -> /about", "the brewing table -> brew.html#t"},
			blocks: []string{
				"P Home About us", "H1 Tea", "P Green tea is brewed at 80 °C, see the brewing table.\nNot hotter.",
				"L Sencha\nGyokuro\n  first flush\n  second flush\nHojicha", "L 3. Boil\n4. Wait", "P A green cup", "Q Tea first.", "Q Then talk.",
				"C   pour(80)\n    wait()", "H2 Prices", "P All in yen.",
			}},
		{name: "tables", content: `<table><caption>Sizes</caption><thead><tr><th>Name<th>cm<th>kg</thead>
<tr><td>Cup<td><td>0.3<tr><td></td><td>12</td><td><a href=x>1</a></td></tr><tr></tr>
<tr><td>Pot<td><ul><li>big<li>small</ul><td><p>2</p></table>
after`,
			links:  []string{"1 -> x"},
			blocks: []string{"P Sizes", "T Name | cm | kg\nCup | | 0.3\n| 12 | 1\nPot | big; small | 2", "P after"}},
		{name: "tables that arrange the page", content: `<table><tr><td><table><tr><td>Menu</td></tr></table></td>
<td><h1>News</h1><p>One</p><ul><li>a<li>b</ul><table><tr><td>x<td>1</table></td></tr></table>
<table><tr><td><p>Dear Ann,</p><p>see you.</p></td></tr></table><table role=presentation><tr><td>left<td>right</table>`,
			blocks: []string{"P Menu", "H1 News", "P One", "L a\nb", "T x | 1", "P Dear Ann,", "P see you.", "P left", "P right"}},
		{name: "unclosed and misplaced tags", content: `</p></ul></table></blockquote><li>stray<td>cell<div>a<div>b<p>c<ul><li>d<table><tr><td>e<td>f</ul></table>g</ul>h<h1>i`,
			blocks: []string{"P stray", "P cell", "P a", "P b", "P c", "L d", "T e | f", "L g", "P h", "H1 i"}},
		{name: "hidden paragraphs and items", content: `<p hidden>no<p>yes<ul><li hidden>no<ul><li>no</ul><li>one<li hidden>no</ul><p>end<p hidden>no</p>tail`,
			blocks: []string{"P yes", "L one", "P end", "P tail"}},
		{name: "XHTML", content: `<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="x"/></head>
<body><a id="p1"/><p>One<br/><br/>two</p><hr/><dl><dt>Tea</dt><dd>a drink</dd></dl><p/></body></html>`,
			blocks: []string{"P One", "P two", "L Tea\n  a drink"}},
		{name: "code in a list, links that lead nowhere, quotations", content: "<ol><li>Run<pre>go test\n  ./...</pre>and wait<li><a href='javascript:x()'>Look</a> <a href=' a b '> at </a><q>it</q></ol>",
			links:  []string{"at -> a b"},
			blocks: []string{"L 1. Run", "C go test\n  ./...", "L and wait\n2. Look at \"it\""}},
		{name: "Latin-1", content: "<meta charset=iso-8859-1><p>caf\xe9", blocks: []string{"P café"}},
		{name: "undeclared Latin-1", content: "<p>caf\xe9 \x80", blocks: []string{"P café €"}},
		{name: "UTF-8 that is declared Latin-1", content: "<meta charset=iso-8859-1><p>café", blocks: []string{"P café"}},
		{name: "Shift-JIS", content: "<meta charset=shift_jis><p>\x93\xfa\x96\x7b", blocks: []string{"P 日本"}},
		{name: "a comment in a word", content: "<p>a<!-- x -->b<![CDATA[c]]>d<?php echo 1 ?>", blocks: []string{"P abd"}},
	})
}
