"""Pictures, redrawn: what is stored is what was seen, on a fresh canvas, and nothing else."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageCms

from . import jpeg, sizes, verifying
from .limits import Limits
from .sniff import Type
from .unfit import Unfit

Image.MAX_IMAGE_PIXELS = None  # the size is asked before decoding, with a sentence of our own

_STORED_AS = {Type.JPEG: Type.JPEG, Type.PNG: Type.PNG, Type.WEBP: Type.WEBP, Type.GIF: Type.PNG}
_SAVED_WITH: dict[str, dict] = {
    "jpeg": {"quality": 90, "progressive": True, "optimize": True},
    "png": {},
    "webp": {"quality": 90, "method": 4},
}
_DRAWN_WITH: dict[str, dict] = {
    "avif": {"quality": 60, "speed": 8, "max_threads": 1},
    "webp": {"quality": 80, "method": 4},
    "jpeg": {"quality": 82, "progressive": True, "optimize": True},
}
_UNREADABLE = (
    OSError,
    ValueError,
    SyntaxError,
    struct.error,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
)

_ORIENTATION = 0x0112
_GPS = 0x8825
_PEOPLE = {0x013B, 0x8298, 0x9C9D, 0xA430}  # Artist, Copyright, XPAuthor, CameraOwnerName


class Rendition(NamedTuple):
    path: str
    format: str
    width: int
    height: int


class Picture(NamedTuple):
    image: Image.Image
    stored_as: Type
    removed: list[str]


def redraw(source: Path, kind: Type, limits: Limits) -> Picture:
    """The picture in `source` and nothing else, upright, in sRGB. Raises Unfit."""
    try:
        # Only this one decoder may look at it: others take hundreds of megabytes for a few bytes.
        opened = Image.open(source, formats=[kind.value.upper()])
    except MemoryError:
        raise
    except _UNREADABLE as error:
        raise Unfit("unreadable_picture") from error
    with opened:
        width, height = opened.size
        if width * height > limits.pixels:
            raise Unfit(
                "too_many_pixels",
                width=width,
                height=height,
                limit=limits.pixels // 1_000_000,
            )
        removed = _carried(opened, kind, source)
        try:
            opened.load()
        except MemoryError:
            raise
        except _UNREADABLE as error:
            raise Unfit("incomplete_picture") from error
        drawn = _plain(_upright(_in_srgb(opened), opened))
    return Picture(_on_fresh_canvas(drawn), _STORED_AS[kind], removed)


def save(picture: Picture, target: Path) -> None:
    """Raises Unfit if anything but the picture is in it after all."""
    picture.image.save(target, picture.stored_as.value, **_SAVED_WITH[picture.stored_as])
    verifying.picture(target, picture.stored_as)


def draw(image: Image.Image, directory: Path, wanted: Iterable[sizes.Wanted]) -> list[Rendition]:
    """`image` in each format and size that is wanted, one size after the other. Raises Unfit."""
    made = []
    for (width, height), of_this_size in groupby(wanted, key=lambda one: (one[1], one[2])):
        small = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        for form, _width, _height in of_this_size:
            path = directory / f"{width}.{form}"
            drawn = _on_white(small) if form == "jpeg" else small
            drawn.save(path, form, **_DRAWN_WITH[form])
            verifying.picture(path, form)
            made.append(Rendition(str(path), form, width, height))
    return made


def _on_fresh_canvas(image: Image.Image) -> Image.Image:
    """A new picture with the pixels alone; where it is wholly transparent, without their colours."""
    fresh = Image.new(image.mode, image.size)
    if image.mode == "RGBA":
        fresh.paste(image, mask=image.getchannel("A").point(lambda a: 255 if a else 0))
    else:
        fresh.paste(image)
    return fresh


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white


def _in_srgb(image: Image.Image) -> Image.Image:
    """Colours as they were meant: the profile that says how goes, so they are converted first."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return image
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    try:
        converted = ImageCms.profileToProfile(
            image.convert("RGB") if alpha else image,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, *_UNREADABLE):
        return image  # a profile nobody can read
    if converted is None:
        return image
    if alpha:
        converted.putalpha(alpha)
    return converted


def _upright(image: Image.Image, opened: Image.Image) -> Image.Image:
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    turn = turns.get(_exif(opened).get(_ORIENTATION, 1))
    return image.transpose(turn) if turn is not None else image


def _plain(image: Image.Image) -> Image.Image:
    """In one of the three modes every format here can hold."""
    if image.mode in ("RGB", "RGBA", "L"):
        return image
    if image.mode.startswith("I"):  # 16 bits a pixel
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode == "1":
        return image.convert("L")
    if "transparency" in image.info or image.mode in ("LA", "PA", "La", "RGBa"):
        return image.convert("RGBA")
    return image.convert("RGB")


def _exif(image: Image.Image) -> dict:
    try:
        return dict(image.getexif())
    except _UNREADABLE:
        return {}


def _carried(image: Image.Image, kind: Type, source: Path) -> list[str]:
    """What the file holds beside its pixels, as codes of `sentences.REMOVED`."""
    info, found = image.info, set()
    exif = _exif(image)
    xmp = info.get("xmp") or info.get("XML:com.adobe.xmp") or b""
    xmp = xmp.encode() if isinstance(xmp, str) else xmp
    if _GPS in exif or b"GPSLatitude" in xmp:
        found.add("gps")
    if exif.keys() & _PEOPLE or b"dc:creator" in xmp:
        found.add("author")
    if info.get("exif") or exif.keys() - {_ORIENTATION}:
        found.add("camera")
    if xmp:
        found.add("metadata")
    if info.get("photoshop"):
        found.add("caption_record")
    texts = {key for key, value in getattr(image, "text", {}).items() if value}
    if info.get("comment") or texts - {"XML:com.adobe.xmp"}:
        found.add("comment")
    if info.get("icc_profile"):
        found.add("colour_profile")
    if kind in (Type.GIF, Type.PNG, Type.WEBP) and getattr(image, "is_animated", False):
        found.add("animation")
    if kind is Type.JPEG and getattr(image, "n_frames", 1) > 1:
        found.add("other_pictures")
    elif _trailing(kind, source):
        found.add("trailing")
    return sorted(found)


def _trailing(kind: Type, source: Path) -> bool:
    """Whether anything but filling stands after the end of the picture."""
    data = source.read_bytes()
    if kind is Type.PNG:
        end = data.find(b"IEND\xaeB`\x82")
        return end >= 0 and bool(data[end + 8 :].strip(b"\x00"))
    if kind is Type.WEBP:
        return bool(data[8 + int.from_bytes(data[4:8], "little") :].strip(b"\x00"))
    if kind is Type.JPEG:
        try:
            return bool(jpeg.bare(data).trailing.strip(b"\x00\xff"))
        except ValueError:
            return False
    return False
