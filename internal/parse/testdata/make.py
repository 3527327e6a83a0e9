import io, os, sys
out=sys.argv[1]
os.makedirs(out,exist_ok=True)
o=lambda n: os.path.join(out,n)
LONG="Efficient offices keep flat files, and this paragraph is long enough to fill more than one line of the page, so that a reader has to join its lines again."
# reportlab
from reportlab.platypus import SimpleDocTemplate, Paragraph, PageBreak, ListFlowable
from reportlab.lib.styles import getSampleStyleSheet
st=getSampleStyleSheet()
SimpleDocTemplate(o("reportlab.pdf"),title="Annual report",invariant=1).build([
 Paragraph("Annual report",st["Heading1"]),Paragraph(LONG,st["BodyText"]),
 Paragraph('Read <a href="https://example.com/more">the details</a> there.',st["BodyText"]),
 Paragraph("Costs",st["Heading2"]),Paragraph("Costs fell by a tenth.",st["BodyText"]),
 ListFlowable([Paragraph("Rent",st["BodyText"]),Paragraph("Wages",st["BodyText"])],bulletType="1",bulletFormat="%s."),
 PageBreak(),Paragraph("Outlook",st["Heading1"]),Paragraph("Next year is open.",st["BodyText"])])
# fpdf2
from fpdf import FPDF
import datetime
def fp():
    f=FPDF(); f.set_creation_date(datetime.datetime(2024,3,1,12,0,tzinfo=datetime.timezone.utc)); f.set_title("Minutes"); f.add_page(); f.set_font("Helvetica",size=20); f.cell(0,12,"Minutes",new_x="LMARGIN",new_y="NEXT"); f.set_font("Helvetica",size=11)
    f.multi_cell(0,6,LONG+"\n\nThe second paragraph is short."); f.cell(0,10,"Visit our site",link="https://example.com/page"); f.add_page(); f.multi_cell(0,6,"Text of the second page.")
    return f
fp().output(o("fpdf2.pdf"))
# cairo
import cairocffi as c
s=c.PDFSurface(o("cairo.pdf"),595,842); x=c.Context(s); x.select_font_face("DejaVu Sans")
x.set_font_size(24); x.move_to(72,90); x.show_text("Größe & Maß"); x.set_font_size(11)
for i,l in enumerate(["The efficient office keeps its files in","one flat folder."]): x.move_to(72,130+i*15); x.show_text(l)
s.show_page(); s.finish()
# weasyprint: Identity-H fonts
from weasyprint import HTML
HTML(string="<html><head><title>Handbook</title><meta name=dcterms.created content='2023-05-06'></head><body><h1>Handbook</h1><p>"+LONG+"</p><p>See <a href='https://example.com/x'>chapter one</a>, Zoë.</p><h2>Lists</h2><p>One.</p></body></html>").write_pdf(o("weasyprint.pdf"))
# matplotlib: Type 3 fonts
import matplotlib; matplotlib.use("pdf"); import matplotlib.pyplot as plt
fig=plt.figure(figsize=(3,2)); fig.text(.1,.5,"An efficient label",size=14); fig.savefig(o("matplotlib.pdf"),metadata={"CreationDate":None})
# image only
from PIL import Image
img=Image.new("L",(40,40),200); img.save(o("scan.pdf"),"PDF")
import pikepdf
def enc(name,user,R):
    with pikepdf.open(o("fpdf2.pdf")) as p: p.save(o(name),encryption=pikepdf.Encryption(user=user,owner="owner",R=R,metadata=R>=4,aes=R>=4))
enc("encrypted.pdf","secret",6); enc("encrypted-rc4.pdf","secret",3); enc("empty-password.pdf","",4)
with pikepdf.open(o("reportlab.pdf")) as p: p.save(o("object-streams.pdf"),object_stream_mode=pikepdf.ObjectStreamMode.generate,linearize=True)
# docx
import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
d=docx.Document(); d.core_properties.title="Project plan"; d.core_properties.created=datetime.datetime(2024,3,1,12,0)
d.add_heading("Project plan",0); d.add_heading("Goals",1); p=d.add_paragraph("Two goals, ")
rid=d.part.relate_to("https://example.com/goals",RT.HYPERLINK,is_external=True); h=OxmlElement("w:hyperlink"); h.set(qn("r:id"),rid); r=OxmlElement("w:r"); t=OxmlElement("w:t"); t.text="described here"; r.append(t); h.append(r); p._p.append(h); p.add_run(".")
d.add_paragraph("Speed",style="List Bullet"); d.add_paragraph("Tests",style="List Bullet 2"); d.add_paragraph("Plan",style="List Number"); d.add_paragraph("Build",style="List Number")
d.add_heading("Costs",2); t=d.add_table(2,2); 
for (i,j),v in {(0,0):"Item",(0,1):"EUR",(1,0):"Desk",(1,1):"120"}.items(): t.cell(i,j).text=v
d.add_paragraph("Less is more.",style="Quote"); d.save(o("python-docx.docx"))
from ebooklib import epub
b=epub.EpubBook(); b.set_identifier("id1"); b.set_title("Short stories"); b.set_language("en"); b.add_metadata("DC","date","2020-02-03")
cs=[]
for i,(t,x) in enumerate([("The lamp","<p>It was <a href='c2.xhtml'>dark</a>.</p>"),("The boat","<p>It sank.</p>")],1):
    ch=epub.EpubHtml(title=t,file_name=f"c{i}.xhtml"); ch.content=f"<html><head><title>{t}</title></head><body><h1>{t}</h1>{x}</body></html>"; b.add_item(ch); cs.append(ch)
b.toc=cs; b.add_item(epub.EpubNcx()); b.add_item(epub.EpubNav()); b.spine=["nav"]+cs
epub.write_epub(o("ebooklib.epub"),b)
