"""Boxes that were drawn over words which are still there."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pikepdf import Array, Dictionary, Name
from PIL import Image

from advocacy.attachments import actions as attachments
from advocacy.attachments.files import covered, pipeline, replaced
from advocacy.attachments.files.limits import Limits
from advocacy.publishing import actions, checks
from tests.people import person

from . import makers, records

WORDS = b"BT /F1 14 Tf 72 700 Td (Kim Seo-yeon Secretname spoke) Tj ET "
BLACK = b"0 g 70 695 200 20 re f"
BOX = [70.0, 695.0, 270.0, 715.0]
ROUND = b"75 695 m 265 695 l 270 695 270 695 270 700 c 270 710 l 270 715 270 715 265 715 c "
ROUND += b"75 715 l 70 715 70 715 70 710 c 70 700 l 70 695 70 695 75 695 c h f"


def found(upload_file, made):
    return covered.find(upload_file(makers.saved(made)))


def form_with_a_box(made):
    return made.make_stream(
        b"0 g 0 0 100 10 re f",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 100, 10]),
        Matrix=Array([2, 0, 0, 2, 70, 695]),
    )


def black_picture(made):
    pixel = {"Width": 1, "Height": 1, "ColorSpace": Name.DeviceRGB, "BitsPerComponent": 8}
    return made.make_stream(b"\0\0\0", Type=Name.XObject, Subtype=Name.Image, **pixel)


@pytest.mark.parametrize(
    ("drawn", "dark"),
    [
        (BLACK, True),
        (b"1 g 70 695 200 20 re f", False),
        (b"q 200 0 0 20 70 695 cm 0 g 0 0 1 1 re f Q", True),
        (b"0 g 20 w 70 705 m 270 705 l S", True),
        (ROUND, True),
    ],
    ids=["black", "white", "moved", "thick line", "round corners"],
)
def test_a_box_over_words_is_found_with_its_page_and_place(upload_file, drawn, dark):
    assert found(upload_file, makers.drawing(WORDS + drawn)) == [
        {"page": 1, "dark": dark, "box": BOX}
    ]


@pytest.mark.parametrize(
    ("placed", "maker"),
    [(b"/X Do", form_with_a_box), (b"q 200 0 0 20 70 695 cm /X Do Q", black_picture)],
    ids=["form", "picture"],
)
def test_a_box_that_is_a_form_or_a_picture_is_found(upload_file, placed, maker):
    made = makers.drawing(WORDS + placed)
    made.pages[0].obj.Resources.XObject = Dictionary(X=maker(made))
    made.pages[0].obj.Rotate = 90
    assert found(upload_file, made) == [{"page": 1, "dark": True, "box": BOX}]


def test_words_that_were_recognised_in_a_scan_are_found_under_a_box(upload_file):
    unseen = WORDS.replace(b"BT ", b"BT 3 Tr ")
    assert found(upload_file, makers.drawing(unseen + BLACK))[0]["box"] == BOX


@pytest.mark.parametrize(
    "content",
    [
        b"0.8 g 70 695 200 20 re f 0 g " + WORDS,
        b"0 g 70 695 200 20 re f 1 g " + WORDS,
        WORDS + b"1 w 70 704 m 270 704 l S",
        WORDS + b"q 10 10 20 20 re W n 0 g 0 0 600 800 re f Q",
        WORDS + b"1 g 70 695 200 20 re f 0 g " + WORDS,
        WORDS + b"0 g 70 500 200 20 re f",
        WORDS + b"/Half gs 1 1 0 rg 70 695 200 20 re f",
        WORDS.replace(b"Kim", b"Ill I l") + b"/Half gs 0 g 70 695 200 20 re f",
    ],
    ids=[
        *("shaded cell", "white on black", "struck through", "cut off", "written again"),
        *("elsewhere", "marker", "shade"),
    ],
)
def test_words_that_can_be_seen_are_under_no_box(upload_file, content):
    half = Dictionary(Half=Dictionary(ca=0.5))
    assert found(upload_file, makers.drawing(content, ExtGState=half)) == []


def test_a_page_is_shown_with_a_frame_around_the_box(tmp_path, upload_file):
    source = upload_file(makers.saved(makers.drawing(WORDS + BLACK)))
    with Image.open(pipeline.show(source, tmp_path, 1, [BOX])) as shown:
        scale = shown.width / 595
        left, upper = round(70 * scale) - 2, round((842 - 715) * scale) - 2
        assert shown.getpixel((left, upper)) == (200, 0, 0)
        assert shown.getpixel((10, 10)) == (255, 255, 255)


def test_what_a_page_shows_where_its_text_says_other_words_is_known(upload_file, tmp_path):
    """Also when the name of the replacement is written in numbers, as PDF allows."""
    for key in (b"/ActualText", b"/Actual#54ext"):
        said = b"/Span <<" + key + b" (a survivor)>> BDC " + WORDS + b"EMC"
        path = upload_file(makers.saved(makers.drawing(said)))
        drawn = replaced.drawn(path, tmp_path / "plain.pdf", Limits())
        assert drawn == ["Kim Seo-yeon Secretname spoke"]
    plain = upload_file(makers.saved(makers.drawing(WORDS)))
    assert replaced.drawn(plain, tmp_path / "plain.pdf", Limits()) == []


# --- At the desk -----------------------------------------------------------------------------------


@pytest.fixture
def redacted(db, upload_file):
    """A document with a black box on its first page, taken into the library."""
    made = makers.drawing(WORDS + BLACK)
    return attachments.take(
        source=upload_file(makers.saved(made)), filename="redacted.pdf"
    ).attachment


def test_a_text_is_not_published_with_words_under_a_black_box(redacted):
    article = records.article("An article", documents=[redacted])
    said = [one.sentence for one in checks.report(article).must_fix]
    assert any("under a box" in one and "page 1" in one for one in said)
    with pytest.raises(actions.NotPublishable):
        actions.publish(record=article)


def test_a_white_box_over_words_is_to_be_considered(db):
    light = [{"page": 2, "dark": False, "box": BOX}]
    article = records.article("An article", documents=[makers.attachment(covered=light)])
    assert any("page 2" in one.sentence for one in checks.report(article).consider)
    assert not any("page 2" in one.sentence for one in checks.report(article).must_fix)


def test_the_page_of_a_file_shows_its_boxes_to_staff_alone(client, redacted):
    shown = reverse("attachments:covered", args=[redacted.uuid, 1])
    assert client.get(shown).status_code == 302
    client.force_login(person("author"))
    page = client.get(reverse("admin:attachments_attachment_change", args=[redacted.pk]))
    assert "on page 1: everybody can copy them" in page.content.decode()
    assert shown in page.content.decode()
    answer = client.get(shown)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert client.get(reverse("attachments:covered", args=[redacted.uuid, 2])).status_code == 404
    other = makers.attachment()
    assert client.get(reverse("attachments:covered", args=[other.uuid, 1])).status_code == 404


def test_an_upload_is_answered_with_the_pages_of_its_boxes(client, db, upload_file):
    client.force_login(person("author"))
    path = upload_file(makers.saved(makers.drawing(WORDS + BLACK)), "redacted.pdf")
    with path.open("rb") as file:
        answer = client.post(
            reverse("attachments:upload"), {"file": file}, headers={"accept": "application/json"}
        )
    assert any("on page 1" in one for one in answer.json()["results"][0]["sentences"])
