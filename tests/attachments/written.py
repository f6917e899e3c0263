"""Pictures of text, drawn: pages, lists of names, chats, posters, and sheets as somebody photographs them."""

# ruff: noqa: SIM905  this is prose, and no list

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

Font = Callable[[int], ImageFont.FreeTypeFont | ImageFont.ImageFont]
Colour = tuple[int, int, int]
BLACK, PAPER, NIGHT = (25, 25, 30), (250, 248, 242), (28, 30, 36)

ENGLISH = (
    "the family of the witness lived beyond the river since that winter and nobody outside the village "
    "was told where they had gone ; three letters were never answered in 2009 , the last was found by a "
    "neighbour who kept it under the floor until spring"
).split()
KOREAN = (
    "증인의 가족은 그해 겨울부터 강 건너에서 살았으며 마을 밖의 누구도 그들이 어디로 갔는지 듣지 못하였다 "
    "세 통의 편지는 2009년 답장이 없었고 마지막 편지는 이웃이 봄까지 마루 밑에 숨겨 두었다"
).split()
NAMES = "김하나 박둘이 이세찬 최네미 정다섯 강여솔 조일곱 윤여덟 장아홉 임열매".split()

#: Where Debian's package fonts-noto-cjk, which comes with the browser of the tests, puts it.
NOTO = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


def latin(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def hangul(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(NOTO, size)


def page(
    size: tuple[int, int] = (1240, 1754),
    *,
    letters: int = 28,
    font: Font = latin,
    words: Sequence[str] = ENGLISH,
    ink: Colour = BLACK,
    ground: Colour = PAPER,
    most: int = 1000,
    leading: float = 1.5,
    seed: int = 1,
) -> Image.Image:
    """Paragraphs of `letters` pixels, at most so many lines."""
    image = Image.new("RGB", size, ground)
    pen, drawn, margin, y = ImageDraw.Draw(image), font(letters), size[0] * 0.08, size[1] * 0.06
    for number, line in enumerate(_lines(pen, drawn, words, size[0] - 2 * margin, seed), 1):
        if number > most or y > size[1] * 0.94 - letters:
            break
        pen.text((margin, y), line, font=drawn, fill=ink)
        y += letters * leading * (1.5 if number % 7 == 0 else 1)
    return image


def names(
    size: tuple[int, int] = (900, 1200), *, font: Font, words: Sequence[str], columns: int = 1
):
    image, letters = Image.new("RGB", size, PAPER), size[1] // 22
    pen, drawn = ImageDraw.Draw(image), font(size[1] // 22)
    for row in range(12):
        for column in range(columns):
            place = size[0] * (0.08 + 0.9 * column / columns), letters * (1 + 1.7 * row)
            pen.text(place, words[(row + 5 * column) % len(words)], font=drawn, fill=BLACK)
    return image


def chat(
    size: tuple[int, int] = (1080, 2000), *, font: Font, words: Sequence[str], dark: bool = False
):
    """What two people wrote, as a telephone shows it."""
    image = Image.new("RGB", size, NIGHT if dark else (178, 199, 217))
    pen, letters, chance, y = ImageDraw.Draw(image), size[0] // 24, random.Random(3), size[1] * 0.05
    drawn = font(letters)
    while y < size[1] * 0.9:
        told = [chance.choice(words) for _ in range(chance.randint(2, 12))]
        lines = list(_wrapped(pen, drawn, told, size[0] * 0.6))
        wide = max(pen.textlength(line, font=drawn) for line in lines) + letters
        high = letters * (1.35 * len(lines) + 0.8)
        mine = chance.random() < 0.5
        x = size[0] - wide - letters if mine else letters * 3.0
        light, grey = (255, 235, 51) if mine else (255, 255, 255), (50, 54, 60)
        pen.rounded_rectangle((x, y, x + wide, y + high), letters / 2, fill=grey if dark else light)
        for number, line in enumerate(lines):
            at = x + letters / 2, y + letters * (0.35 + 1.35 * number)
            pen.text(at, line, font=drawn, fill=(235, 235, 235) if dark else BLACK)
        y += high + letters
    return image


def photographed(sheet: Image.Image, tilt: float, *, noise: int = 16, seed: int = 1) -> Image.Image:
    """Lying on a table, a little askew, in a shadow, by a telephone."""
    chance = random.Random(seed)
    width, height = round(sheet.width * 1.25), round(sheet.height * 1.25)
    table = photograph((width, height), seed=seed).filter(ImageFilter.GaussianBlur(3))
    laid = sheet.rotate(tilt, Image.Resampling.BICUBIC, expand=True)
    shape = Image.new("L", sheet.size, 255).rotate(tilt, expand=True)
    table.paste(laid, ((width - laid.width) // 2, (height - laid.height) // 2), shape)
    corners = [chance.uniform(0, 0.03) for _ in range(8)]
    ends = [0, 0, 0, height, width, height, width, 0]
    sides = [width, height] * 4
    quad = [abs(end - part * side) for end, part, side in zip(ends, corners, sides, strict=True)]
    askew = table.transform((width, height), Image.Transform.QUAD, quad, Image.Resampling.BICUBIC)
    shade = Image.linear_gradient("L").resize((width, height)).point(lambda value: 110 + value // 2)
    shadow = ImageChops.multiply(askew, Image.merge("RGB", [shade] * 3))
    grain = Image.merge("RGB", [Image.effect_noise((width, height), noise)] * 3)
    return as_jpeg(ImageChops.add(shadow, grain, 1, -128).filter(ImageFilter.GaussianBlur(0.7)))


def photograph(size: tuple[int, int] = (1200, 900), seed: int = 1) -> Image.Image:
    """Something with light, texture and round things, and without a word."""
    chance, (width, height) = random.Random(seed), size
    rough = Image.effect_noise((width // 9 + 1, height // 9 + 1), 70).resize(size)
    image = Image.merge(
        "RGB", [rough.point(lambda v, part=part: v * part // 9) for part in (5, 4, 3)]
    )
    pen = ImageDraw.Draw(image)
    for _ in range(40):
        x, y, r = chance.uniform(0, width), chance.uniform(0, height), chance.uniform(5, width / 9)
        colour = tuple(chance.randint(20, 235) for _ in range(3))
        pen.ellipse((x - r, y - r * 1.3, x + r, y + r * 1.3), fill=colour)
    return image.filter(ImageFilter.GaussianBlur(1))


def chart(*, font: Font, words: Sequence[str]) -> Image.Image:
    """Columns over years, with a title and a scale."""
    image = Image.new("RGB", (1200, 800), "white")
    pen, drawn = ImageDraw.Draw(image), font(18)
    pen.text((400, 20), " ".join(words[:4]), font=drawn, fill=BLACK)
    for step in range(6):
        pen.line((90, 700 - 110 * step, 1150, 700 - 110 * step), fill=(200, 200, 200))
        pen.text((30, 690 - 110 * step), str(20 * step), font=drawn, fill=BLACK)
    for year in range(9):
        pen.rectangle(
            (120 + 110 * year, 640 - 97 * year % 500, 180 + 110 * year, 700), (60, 110, 180)
        )
        pen.text((125 + 110 * year, 715), str(2005 + year), font=drawn, fill=BLACK)
    return image


def house() -> Image.Image:
    """Rows of windows between bricks, with a sign over the door."""
    image = Image.new("RGB", (1200, 900), (150, 90, 70))
    pen = ImageDraw.Draw(image)
    for y in range(0, 900, 18):
        pen.line((0, y, 1200, y), fill=(120, 70, 55), width=2)
        for x in range(y % 36, 1200, 44):
            pen.line((x, y, x, y + 18), fill=(120, 70, 55), width=2)
    for y in range(60, 700, 320):
        for x in range(60, 1150, 140):
            pen.rectangle((x, y, x + 80, y + 110), fill=(40, 50, 70), outline="white", width=5)
            pen.line((x + 40, y, x + 40, y + 110), fill="white", width=4)
    pen.rectangle((420, 740, 780, 800), fill=(20, 60, 40))
    pen.text((450, 745), "TOWN HALL", font=latin(44), fill="white")
    return image


def as_jpeg(image: Image.Image, quality: int = 70) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer).convert("RGB")


def _lines(pen, font, words: Sequence[str], width: float, seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    while True:
        yield from _wrapped(pen, font, [chance.choice(words) for _ in range(60)], width)


def _wrapped(pen, font, words: Sequence[str], width: float) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}".strip()
        if line and pen.textlength(longer, font=font) > width:
            yield line
            longer = word
        line = longer
    yield line
