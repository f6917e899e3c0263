"""Files made by hand, with in them what must not come out, and library entries without the wait."""

import io
import secrets
from pathlib import Path
from zlib import crc32

import pikepdf
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, PngImagePlugin

from advocacy.attachments.models import Attachment, Rendition

SECRET = "Kim Seo-yeon Secretname"
XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    f"<dc:creator><rdf:Seq><rdf:li>{SECRET}</rdf:li></rdf:Seq></dc:creator>"
    "<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
)


def picture(size=(64, 48), mode="RGB", colour=(10, 120, 200)) -> Image.Image:
    return Image.new(mode, size, colour)


def jpeg(size=(64, 48), **options) -> bytes:
    return _saved(picture(size), "JPEG", **options)


def talkative_jpeg(orientation=6, size=(64, 48)) -> bytes:
    """With GPS, artist, camera, XMP, an ICC profile, a comment, IPTC, and bytes after its end."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = f"Camera of {SECRET}"
    exif[0x013B] = SECRET
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (39.0, 1.0, 10.0), "E", (125.0, 44.0, 15.0)
    made = jpeg(size, exif=exif, comment=SECRET.encode(), xmp=XMP.encode())
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + SECRET.encode()
    segment = b"\xff\xed" + (len(iptc) + 2).to_bytes(2, "big") + iptc
    return made[:2] + segment + made[2:] + b"PK\x03\x04" + SECRET.encode()


def talkative_png() -> bytes:
    chunks = PngImagePlugin.PngInfo()
    chunks.add_text("Author", SECRET)
    chunks.add_itxt("XML:com.adobe.xmp", XMP)
    return _saved(picture(), "PNG", pnginfo=chunks) + SECRET.encode()


def animation() -> bytes:
    frames = [picture(colour=(200, 0, 0)), picture(colour=(0, 200, 0))]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:], comment=SECRET.encode())
    return buffer.getvalue()


def bomb_png(width=30_000, height=30_000) -> bytes:
    """A few hundred bytes that claim to be an enormous picture."""
    small = _saved(picture(), "PNG")
    header = small[12:16] + width.to_bytes(4, "big") + height.to_bytes(4, "big") + small[24:29]
    return small[:12] + header + crc32(header).to_bytes(4, "big") + small[33:]


def _saved(image: Image.Image, form: str, **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def pdf(*pages: str) -> Pdf:
    """One page for each text, in Helvetica."""
    made = Pdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for words in pages or ("Statement on North Korea",):
        page = made.add_blank_page(page_size=(595, 842))
        escaped = words.replace("(", r"\(").replace(")", r"\)")
        page.obj.Contents = made.make_stream(f"BT /F1 14 Tf 72 700 Td ({escaped}) Tj ET".encode())
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
    return made


def drawing(content: bytes, **resources) -> Pdf:
    """One page that draws what is written, in PDF's own words; `/F1` is Helvetica."""
    made = pdf()
    page = made.pages[0].obj
    page.Contents = made.make_stream(content)
    for name, resource in resources.items():
        page.Resources[f"/{name}"] = resource
    return made


def annotation(subtype: str, **entries) -> Dictionary:
    entries = {"Rect": Array([60, 690, 400, 720]), **entries}
    return Dictionary(Type=Name.Annot, Subtype=Name("/" + subtype), **entries)


def annotate(made: Pdf, *annotations: Dictionary) -> Pdf:
    made.pages[0].obj.Annots = Array([made.make_indirect(item) for item in annotations])
    return made


def action(kind: str, **entries) -> Dictionary:
    return Dictionary(S=Name("/" + kind), **entries)


def saved(made: Pdf, **options) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer, static_id=True, **options)
    return buffer.getvalue()


def talkative_pdf() -> bytes:
    """With the secret in everything a PDF can carry beside its pages."""
    made = pdf("What readers may read")
    made.docinfo["/Author"] = SECRET
    made.docinfo["/Title"] = f"draft for {SECRET}"
    made.docinfo["/Producer"] = "Word"
    made.docinfo["/CreationDate"] = "D:20120101000000Z"
    made.Root.Metadata = made.make_stream(XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)
    script = action("JavaScript", JS=String(f"app.alert('{SECRET}')"))
    made.Root.OpenAction = script
    made.Root.AA = Dictionary(WC=script)
    made.attachments["cases.txt"] = SECRET.encode()
    made.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), made.make_indirect(script)]))
    made.Root.AF = Array([made.Root.Names.EmbeddedFiles.Names[1]])
    made.Root.PieceInfo = Dictionary(Word=Dictionary(Private=String(SECRET)))
    page = made.pages[0].obj
    page.Metadata = made.make_stream(XMP.encode())
    page.PieceInfo = Dictionary(Word=Dictionary(Private=String(SECRET)))
    page.Thumb = made.make_stream(SECRET.encode(), Width=1, Height=1)
    page.AA = Dictionary(O=script)
    page.Resources.Properties = Dictionary(MC0=Dictionary(Metadata=made.make_stream(XMP.encode())))
    made.Root.Unknown = String(SECRET)
    page.Unknown = String(SECRET)
    annotate(
        made,
        annotation("Text", Contents=String(SECRET), T=String(SECRET)),
        annotation("FileAttachment", FS=Dictionary(EF=Dictionary(), F=String(SECRET))),
        annotation("Link", A=action("Launch", F=String(SECRET)), T=String(SECRET)),
        annotation("Link", A=action("URI", URI=String(f"mailto:{SECRET}"))),
        annotation("Link", A=action("URI", URI=String("https://www.ohchr.org/")), M=String(SECRET)),
        annotation("Link", Dest=Array([made.pages[0].obj, Name.Fit]), NM=String(SECRET)),
    )
    return saved(made)


def with_earlier_version(tmp_path: Path) -> bytes:
    """The first version holds the secret; an update in the same file takes its page's place."""
    first = saved(
        pdf(f"Names: {SECRET}"),
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=False,
    )
    with Pdf.open(io.BytesIO(first)) as opened:
        contents = opened.pages[0].obj.Contents.objgen[0]
        root, size = opened.trailer.Root.objgen[0], int(opened.trailer.Size)
    words = b"BT /F1 14 Tf 72 700 Td (Names withheld) Tj ET"
    start = len(first)
    changed = b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        contents,
        len(words),
        words,
    )
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %d 0 R /Prev %d >>\n" % (
        contents,
        start,
        size,
        root,
        first.rindex(b"xref\n", 0, first.rindex(b"startxref")),
    )
    return first + changed + table + b"startxref\n%d\n%%%%EOF\n" % (start + len(changed))


def everything_in(path: Path) -> bytes:
    """The bytes of a PDF with all its streams decoded, and as they stand."""
    found = [path.read_bytes()]
    with Pdf.open(path) as opened:
        for item in opened.objects:
            found.append(item.unparse())
            if isinstance(item, pikepdf.Stream):
                found.append(item.read_raw_bytes())
                try:
                    found.append(item.read_bytes())
                except pikepdf.PdfError:
                    continue  # a picture: its raw bytes are above
        found.append(opened.trailer.unparse())
    return b"\n".join(found)


def attachment(kind="pdf", *, content=b"%PDF-1.7 the words", **fields) -> Attachment:
    """A library entry with bytes of its own, as if it had come through the pipeline."""
    ending = {"pdf": "pdf", "picture": "jpg"}[kind]
    random = secrets.token_hex(16)
    entry = {
        "kind": kind,
        "title": "A statement",
        "name": "a-statement",
        "language": "en" if kind == "pdf" else "",
        "media_type": {"pdf": "application/pdf", "picture": "image/jpeg"}[kind],
        "sha256": random * 2,
        "fingerprint": random * 2,
        "size": len(content),
        "pages": 1 if kind == "pdf" else None,
        "width": 960 if kind == "pdf" else 1200,
        "height": 1358 if kind == "pdf" else 800,
        "is_drawn": True,
        "unread": [],
        **fields,
    }
    key = f"{random[:2]}/{random[2:4]}/{random}.{ending}"
    made = Attachment.objects.create(key=default_storage.save(key, ContentFile(content)), **entry)
    for width, height in made.sizes():
        for form, end in (("avif", "avif"), ("webp", "webp"), ("jpeg", "jpg")):
            name = secrets.token_hex(16)
            key = default_storage.save(
                f"{name[:2]}/{name[2:4]}/{name}.{end}", ContentFile(b"drawn")
            )
            Rendition.objects.create(
                attachment=made, format=form, width=width, height=height, key=key, size=5
            )
    return made
