"""The last look at the bytes: it must see what the taking out has missed."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, PngImagePlugin

from advocacy.attachments.files import pictures, pipeline, sizes, verifying, worker
from advocacy.attachments.files.limits import Limits
from advocacy.attachments.files.sniff import Type
from advocacy.attachments.files.unfit import Unfit

from . import makers


def with_words(form: str) -> bytes:
    """A picture that says something beside its pixels, in each format as it allows."""
    exif = Image.Exif()
    exif[0x013B] = makers.SECRET
    chunks = PngImagePlugin.PngInfo()
    chunks.add_text("Author", makers.SECRET)
    said = {"pnginfo": chunks} if form == "png" else {"exif": exif}
    return makers._saved(makers.picture(), form.upper(), **said)


@pytest.mark.parametrize("form", ["jpeg", "png", "webp", "avif"])
def test_a_picture_that_says_anything_is_seen(upload_file, form):
    verifying.picture(upload_file(makers._saved(makers.picture(), form.upper())), form)
    with pytest.raises(Unfit, match="not_bare"):
        verifying.picture(upload_file(with_words(form)), form)
    with pytest.raises(Unfit, match="not_bare"):
        plain = makers._saved(makers.picture(), form.upper())
        verifying.picture(upload_file(plain + makers.SECRET.encode()), form)


@pytest.mark.parametrize("form", ["webp", "avif"])
def test_a_colour_profile_in_a_rendition_is_seen(upload_file, form):
    from_camera = makers._saved(makers.picture(), form.upper(), icc_profile=b"by " * 50)
    with pytest.raises(Unfit, match="not_bare"):
        verifying.picture(upload_file(from_camera), form)


def _with(change) -> bytes:
    made = makers.pdf()
    change(made, made.pages[0].obj)
    return makers.saved(made)


LEFT = {
    "info": lambda made, page: made.docinfo.update({"/Author": makers.SECRET}),
    "script": lambda made, page: made.Root.update(
        {"/OpenAction": makers.action("JavaScript", JS=String("x"))}
    ),
    "attached": lambda made, page: made.attachments.update({"a.txt": b"x"}),
    "launch": lambda made, page: makers.annotate(
        made, makers.annotation("Link", A=makers.action("Launch", F=String("x")))
    ),
    "mail": lambda made, page: makers.annotate(
        made, makers.annotation("Link", A=makers.action("URI", URI=String("mailto:x")))
    ),
    "what follows": lambda made, page: makers.annotate(
        made,
        makers.annotation(
            "Link", A=makers.action("GoTo", D=String("x"), Next=makers.action("Launch"))
        ),
    ),
    "note": lambda made, page: makers.annotate(made, makers.annotation("Text")),
    "piece": lambda made, page: page.update({"/PieceInfo": Dictionary()}),
    "associated": lambda made, page: page.Resources.update(
        {"/Properties": Dictionary(M=Dictionary(AF=Array([])))}
    ),
    "second description": lambda made, page: [
        one.update({"/Metadata": made.make_stream(b"x")}) for one in (made.Root, page)
    ],
    "photograph": lambda made, page: page.Resources.update(
        {"/XObject": Dictionary(I=_photograph(made))}
    ),
}


def _photograph(made):
    pixels = {"Width": 64, "Height": 48, "ColorSpace": Name.DeviceRGB, "BitsPerComponent": 8}
    said = {"Type": Name.XObject, "Subtype": Name.Image, "Filter": Name.DCTDecode, **pixels}
    return made.make_stream(makers.talkative_jpeg(), **said)


@pytest.mark.parametrize("left", LEFT)
def test_a_document_in_which_something_was_left_is_seen(upload_file, left):
    verifying.document(upload_file(makers.saved(makers.pdf())))
    with pytest.raises(Unfit, match="not_bare"):
        verifying.document(upload_file(_with(LEFT[left])))


def test_what_was_left_in_a_file_is_refused_and_not_stored(tmp_path, upload_file, monkeypatch):
    """Were taking out to fail, the file would not come through."""
    monkeypatch.setattr(worker.pdf.pdf_annotations, "strip", lambda *args: None)
    note = makers.annotate(makers.pdf(), makers.annotation("Text", Contents=String("x")))
    with pytest.raises(Unfit, match="not_bare"):
        worker.read(upload_file(makers.saved(note)), tmp_path, "", "en", Limits())
    image = Image.open(io.BytesIO(makers.talkative_jpeg()))
    image.info["comment"] = makers.SECRET.encode()
    with pytest.raises(Unfit, match="not_bare"):
        pictures.save(pictures.Picture(image, Type.JPEG, []), tmp_path / "saved")


@pytest.mark.parametrize("data", [makers.talkative_jpeg(size=(700, 500)), makers.talkative_png()])
def test_every_rendition_of_a_talkative_picture_is_bare(tmp_path, upload_file, data):
    product = pipeline.prepare(upload_file(data), tmp_path)
    wanted = sizes.every(product.width, product.height, sizes.PICTURE)
    made = [*product.renditions, *pipeline.draw(product.path, tmp_path, wanted)]
    assert {one.format for one in made} == {"avif", "webp", "jpeg"}
    for path in (product.path, *(one.path for one in made)):
        content = path.read_bytes()
        for trace in (b"Secretname", b"Exif", b"adobe", b"8BIM", b"ICC", b"PK\x03\x04"):
            assert trace not in content


def nested(depth: int, opens: bytes, closes: bytes) -> bytes:
    """A sound document but for one entry of its catalogue."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(makers.saved(makers.pdf()))) as document:
        document.save(made, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    deep = b"/Deep " + opens * depth + b"null" + closes * depth
    return made.getvalue().replace(b"/Type /Catalog", deep + b" /Type /Catalog")


@pytest.mark.parametrize(
    ("opens", "closes"), [(b"[", b"]"), (b"<</A ", b">>")], ids=["array", "dict"]
)
def test_a_document_nested_beyond_all_bounds_is_refused(tmp_path, upload_file, opens, closes):
    assert pipeline.prepare(upload_file(nested(400, opens, closes)), tmp_path).pages == 1
    with pytest.raises(pipeline.Refused) as refused:
        pipeline.prepare(upload_file(nested(200_000, opens, closes)), tmp_path)
    assert refused.value.code == "unreadable_pdf"
