"""Which pictures are pictures of text: no other is to be answered for by a second person."""

from __future__ import annotations

from itertools import product

import pytest
from PIL import Image, ImageDraw, ImageOps

from advocacy.attachments.files import writing

from . import written

A4 = (620, 877)


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(lambda: written.page(A4, letters=14), id="a scanned letter"),
        pytest.param(lambda: written.page(A4, letters=22, most=4), id="four lines of a letter"),
        pytest.param(
            lambda: written.page(A4, letters=14).rotate(90, expand=True), id="on its side"
        ),
        pytest.param(
            lambda: written.photographed(written.page(A4, letters=14), 6), id="photographed"
        ),
        pytest.param(
            lambda: written.page(A4, letters=16, ink=(230, 230, 230), ground=written.NIGHT),
            id="light on dark",
        ),
        pytest.param(lambda: written.page((300, 420), letters=11), id="300 pixels wide"),
        pytest.param(
            lambda: written.chat((540, 900), font=written.latin, words=written.ENGLISH), id="a chat"
        ),
        pytest.param(
            lambda: written.page((900, 1200), letters=110, leading=1.3),
            id="a poster in large letters",
        ),
    ],
)
def test_it_is_a_picture_of_text(picture):
    assert writing.is_text(picture())


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(lambda: written.photograph((800, 600)), id="a photograph"),
        pytest.param(
            lambda: written.chart(font=written.latin, words=written.ENGLISH), id="a chart"
        ),
        pytest.param(written.house, id="a house with a sign"),
        pytest.param(lambda: written.page(A4, letters=30, most=1), id="a line alone"),
        pytest.param(lambda: Image.new("RGB", (640, 480), (120, 20, 20)), id="one colour"),
        pytest.param(lambda: Image.new("L", (1, 5000), 7), id="a line of pixels"),
        pytest.param(lambda: Image.effect_noise((320, 240), 90), id="noise"),
        pytest.param(lambda: written.page(A4, letters=14).resize((16, 16)), id="an icon"),
        pytest.param(lambda: Image.new("RGBA", (300, 200)), id="nothing at all"),
    ],
)
def test_it_is_none(picture):
    assert not writing.is_text(picture())


@pytest.mark.parametrize("ink", [(255, 255, 255, 255), (0, 0, 0, 255)], ids=["white", "black"])
def test_letters_on_nothing_are_text_whatever_page_they_will_lie_on(ink):
    """A browser may show it on any ground."""
    letters = ImageOps.invert(written.page(A4, letters=16, ink=(0, 0, 0), ground=(255, 255, 255)))
    clear = Image.new("RGBA", A4, (*ink[:3], 0))
    clear.paste(ink, mask=letters.convert("L"))
    assert writing.is_text(clear)


@pytest.mark.long
def test_the_largest_picture_that_is_taken_is_looked_at_like_any_other():
    page = written.page(A4, letters=14)
    assert writing.is_text(page.resize((6720, 9500)))


def test_what_is_melted_is_measured_as_the_bar_it_is():
    """Of a bar three quarters inked: its middle, its sides, its strokes."""
    melted, strokes = Image.new("L", (100, 40)), Image.new("L", (100, 40))
    ImageDraw.Draw(melted).rectangle((10, 10, 89, 19), fill=255)
    for x in range(10, 90, 4):
        ImageDraw.Draw(strokes).rectangle((x + 1, 10, x + 3, 19), fill=255)
    (sums,) = writing._sums(melted, strokes)
    bar = writing._bar(sums)
    assert (bar.x, bar.y, bar.area) == (49.5, 14.5, 800)
    assert (round(bar.length), round(bar.thickness), round(bar.tilt)) == (80, 10, 0)
    assert (bar.inked, round(bar.crossed, 1)) == (0.75, 2.5)


# --- How well, by far more pictures ----------------------------------------------------------------

SIZES = [(300, 11), (480, 14), (1240, 22), (1240, 40), (3000, 60)]  # width, letters
INKS = [
    (written.BLACK, written.PAPER),
    ((225, 225, 225), written.NIGHT),
    ((90, 90, 110), (200, 190, 160)),
]
SCRIPTS = [(written.latin, written.ENGLISH), (written.hangul, written.KOREAN)]


def _told(what: str, found: list[bool]) -> float:
    print(f"{what}: {sum(found)} of {len(found)}")
    return sum(found) / len(found)


@pytest.mark.long
def test_nearly_every_page_is_known_in_either_script_at_any_size_turned_or_photographed():
    scanned = [
        writing.is_text(
            written.as_jpeg(
                written.page(
                    (width, round(width * 1.414)),
                    letters=letters,
                    font=font,
                    words=words,
                    ink=ink,
                    ground=ground,
                ).rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor=ground)
            )
        )
        for (width, letters), (ink, ground), (font, words), turn in product(
            SIZES, INKS, SCRIPTS, (0, 90, 4)
        )
    ]
    photographed = [
        writing.is_text(
            written.photographed(
                written.page((width, width * 4 // 3), letters=letters, font=font, words=words),
                tilt,
                noise=noise,
                seed=seed,
            )
        )
        for (width, letters), (font, words), (seed, tilt), noise in product(
            SIZES[:3], SCRIPTS, enumerate((-7, 0, 5, 93)), (8, 24)
        )
    ]
    listed = [
        writing.is_text(picture(font=font, words=words, **more))
        for font, words in [(written.latin, written.ENGLISH), (written.hangul, written.NAMES)]
        for picture, more in [
            (written.names, {}),
            (written.names, {"columns": 3}),
            (written.chat, {}),
            (written.chat, {"dark": True}),
        ]
    ]
    assert _told("pages", scanned) > 0.98
    assert _told("photographed pages", photographed) > 0.95
    assert _told("lists and chats", listed) == 1


@pytest.mark.long
def test_few_pictures_without_text_are_taken_for_it():
    shown = [writing.is_text(written.photograph((1600, 1200), seed=seed)) for seed in range(40)]
    drawn = [
        writing.is_text(written.chart(font=font, words=words).resize((size, size * 2 // 3)))
        for font, words in SCRIPTS
        for size in (400, 800, 1600, 3200)
    ]
    assert _told("photographs held", shown) < 0.1
    assert _told("charts held", drawn) < 0.15
