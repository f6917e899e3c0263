"""What no search can look into: pages that show more than they say, and what is beyond all reading."""

from __future__ import annotations

import io

import pytest
from pikepdf import Dictionary, Name, Pdf
from PIL import Image, ImageDraw

from advocacy.attachments.files import pipeline, reading, unread
from advocacy.attachments.files.limits import Limits
from advocacy.attachments.looking import look_into_files
from advocacy.attachments.models import Attachment

from . import makers, written

LINES = [" ".join(written.ENGLISH[start : start + 8]) for start in range(0, 40, 4)]
FOOT = "BT /F1 9 Tf 290 30 Td (page 7) Tj ET"


def scan(*, place=(0, 0, 595, 842), layer=False, picture=None) -> Pdf:
    """A page with its number, and for the rest a picture of lines; with or without words over them."""
    image = picture or Image.new("RGB", (1190, 1684), written.PAPER)
    if picture is None:
        pen, font = ImageDraw.Draw(image), written.latin(36)
        for number, line in enumerate(LINES):
            pen.text((120, 200 + 70 * number), line, font=font, fill=written.BLACK)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    left, bottom, width, height = place
    content = f"q {width} 0 0 {height} {left} {bottom} cm /Im Do Q {FOOT}"
    if layer:  # as programs write what they read in a scan: in no ink, not quite in its place
        for number, line in enumerate(LINES):
            y = 842 - (200 + 70 * number + 34) / 2
            said = line.replace("(", "").replace(")", "")
            content += f" BT 3 Tr /F1 18 Tf 100 Tz 61 {y} Td ({said}) Tj ET"
    made = makers.drawing(content.encode())
    made.pages[0].obj.Resources.XObject = Dictionary(
        Im=made.make_stream(
            buffer.getvalue(),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=image.width,
            Height=image.height,
            ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=Name.DCTDecode,
        )
    )
    return made


def found(tmp_path, made: Pdf, limits: Limits | None = None) -> list[unread.Unread]:
    path = tmp_path / "document.pdf"
    path.write_bytes(makers.saved(made))
    limits = limits or Limits()
    return unread.of_document(path, reading.texts(path, limits), [], limits)


def test_a_scan_with_a_page_number_is_not_read(tmp_path):
    assert found(tmp_path, scan()) == [{"page": 1, "why": "picture"}]


def test_a_scan_with_its_words_over_its_lines_is_read(tmp_path):
    assert found(tmp_path, scan(layer=True)) == []


def test_a_picture_of_text_beside_words_is_not_read(tmp_path):
    assert found(tmp_path, scan(place=(100, 300, 300, 424))) == [{"page": 1, "why": "picture"}]


def test_a_photograph_on_a_page_with_words_hinders_nothing(tmp_path):
    assert found(tmp_path, scan(picture=written.photograph((800, 1100)))) == []


def test_letters_drawn_as_shapes_are_not_read(tmp_path):
    """As designers save them, so that no font is needed: here each letter is a few strokes."""
    strokes = " ".join(
        f"{x} {y} m {x} {y + 8} l {x + 4} {y + 8} l {x + 4} {y} l {x} {y + 4} m {x + 4} {y + 4} l"
        for y in range(200, 700, 18)
        for x in range(70, 500, 7)
        if (x * 7 + y) % 45 > 6
    )
    made = makers.drawing(f"{strokes} S {FOOT}".encode())
    assert found(tmp_path, made) == [{"page": 1, "why": "picture"}]


def test_a_page_without_a_letter_is_not_read(tmp_path):
    assert found(tmp_path, makers.pdf("Read.", "", " - ")) == [
        {"page": 2, "why": "no_words"},
        {"page": 3, "why": "no_words"},
    ]


def test_what_is_beyond_the_limit_is_taken_and_not_read(tmp_path):
    pages = makers.pdf("The first.", "The second, which is too much.", "3")
    limits = Limits(characters=20)
    assert found(tmp_path, pages, limits) == [
        {"page": 2, "why": "beyond"},
        {"page": 3, "why": "beyond"},
    ]
    (tmp_path / "work").mkdir()
    product = pipeline.prepare(tmp_path / "document.pdf", tmp_path / "work", limits=limits)
    assert product.texts == ["The first.", "", ""]
    assert [one["page"] for one in product.unread] == [2, 3]


def test_pages_for_which_no_time_is_left_are_not_read(tmp_path):
    assert found(tmp_path, scan(layer=True), Limits(wall_seconds=0)) == [
        {"page": 1, "why": "beyond"}
    ]


@pytest.mark.parametrize(
    ("picture", "told"),
    [
        (lambda: written.page((620, 877), letters=14), [{"page": 0, "why": "picture"}]),
        (lambda: written.photograph((400, 300)), []),
    ],
    ids=["text", "photograph"],
)
def test_what_an_upload_is_stands_with_it(tmp_path, picture, told):
    picture().save(tmp_path / "upload", "PNG")
    (tmp_path / "work").mkdir()
    assert pipeline.prepare(tmp_path / "upload", tmp_path / "work").unread == told


@pytest.mark.django_db
def test_files_that_were_stored_before_are_looked_at_some_at_a_time(monkeypatch):
    monkeypatch.setattr("advocacy.attachments.looking._AT_ONCE", 1)
    buffer = io.BytesIO()
    written.page((620, 877), letters=14).save(buffer, "JPEG")
    for content in (buffer.getvalue(), b"no picture any more"):
        makers.attachment("picture", content=content, unread=None)
    look_into_files.enqueue()
    assert list(Attachment.objects.order_by("pk").values_list("unread", flat=True)) == [
        [{"page": 0, "why": "picture"}],
        [{"page": 0, "why": "failed"}],
    ]
