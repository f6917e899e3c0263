import io

import pytest
from PIL import Image, ImageCms

from advocacy.attachments.files import pictures, sizes, sniff
from advocacy.attachments.files.limits import Limits
from advocacy.attachments.files.unfit import Unfit

from . import makers


def redraw(tmp_path, data, limits=None):
    source = tmp_path / "source"
    source.write_bytes(data)
    return pictures.redraw(source, sniff.of(data[:4096]), limits or Limits())


def drawn_in_all_sizes(tmp_path, image):
    return pictures.draw(image, tmp_path, sizes.every(*image.size, sizes.PICTURE))


def stored(tmp_path, picture):
    target = tmp_path / "stored"
    pictures.save(picture, target)
    return target.read_bytes()


def test_nothing_a_camera_noted_is_left_in_any_byte(tmp_path):
    picture = redraw(tmp_path, makers.talkative_jpeg())
    drawn = drawn_in_all_sizes(tmp_path, picture.image)
    made = [stored(tmp_path, picture), *[(tmp_path / r.path).read_bytes() for r in drawn]]
    for data in made:
        for trace in (b"Exif", b"Secretname", b"http://ns.adobe.com", b"ICC_PROFILE", b"8BIM"):
            assert trace not in data
        with Image.open(io.BytesIO(data)) as image:
            assert not image.getexif()
            assert not {"comment", "xmp", "icc_profile", "photoshop"} & image.info.keys()
    assert len(made) == 4


def test_the_editor_is_told_what_was_removed(tmp_path):
    removed = redraw(tmp_path, makers.talkative_jpeg()).removed
    assert removed == [
        "author",
        "camera",
        "caption_record",
        "comment",
        "gps",
        "metadata",
        "trailing",
    ]
    assert redraw(tmp_path, makers.jpeg()).removed == []
    assert redraw(tmp_path, makers.talkative_png()).removed == [
        "author",
        "comment",
        "metadata",
        "trailing",
    ]


def test_a_picture_is_turned_the_way_it_was_held(tmp_path):
    assert redraw(tmp_path, makers.talkative_jpeg(orientation=6)).image.size == (48, 64)
    assert redraw(tmp_path, makers.talkative_jpeg(orientation=3)).image.size == (64, 48)


def test_an_animation_keeps_its_first_picture_and_says_so(tmp_path):
    picture = redraw(tmp_path, makers.animation())
    assert picture.stored_as == "png"
    assert picture.image.convert("RGB").getpixel((5, 5)) == (200, 0, 0)
    assert "animation" in picture.removed


def test_colours_under_full_transparency_are_gone(tmp_path):
    hidden = Image.new("RGBA", (8, 8), (1, 2, 3, 0))
    hidden.putpixel((0, 0), (200, 100, 50, 255))
    picture = redraw(tmp_path, makers._saved(hidden, "PNG"))
    assert picture.image.getpixel((0, 0)) == (200, 100, 50, 255)
    assert picture.image.getpixel((4, 4)) == (0, 0, 0, 0)


def test_colours_of_another_profile_are_converted_not_misread(tmp_path):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert redraw(tmp_path, makers.jpeg(icc_profile=profile)).image.mode == "RGB"
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = redraw(tmp_path, makers.jpeg(icc_profile=srgb))
    with Image.open(io.BytesIO(makers.jpeg())) as plain:
        assert picture.image.getpixel((9, 9)) == plain.getpixel((9, 9))
    assert picture.removed == ["colour_profile"]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK", "RGBA"])
def test_every_colour_mode_can_be_drawn(tmp_path, mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    picture = redraw(tmp_path, makers._saved(Image.new(mode, (20, 10)), form))
    assert drawn_in_all_sizes(tmp_path, picture.image)
    assert stored(tmp_path, picture)


def test_a_decompression_bomb_is_refused_before_it_unfolds(tmp_path):
    with pytest.raises(Unfit) as unfit:
        redraw(tmp_path, makers.bomb_png())
    assert unfit.value.code == "too_many_pixels"
    assert unfit.value.facts["width"] == 30_000


def test_a_truncated_picture_is_refused(tmp_path):
    data = makers.jpeg((800, 600))
    with pytest.raises(Unfit) as unfit:
        redraw(tmp_path, data[: len(data) // 2])
    assert unfit.value.code == "incomplete_picture"


def test_a_picture_with_nothing_behind_its_mark_is_refused(tmp_path):
    with pytest.raises(Unfit) as unfit:
        redraw(tmp_path, b"\x89PNG\r\n\x1a\n")
    assert unfit.value.code == "unreadable_picture"


@pytest.mark.parametrize(
    ("width", "widths"),
    [(4000, [320, 640, 960, 1600]), (700, [320, 700]), (300, [300]), (1, [1])],
)
def test_a_picture_is_never_drawn_larger_than_it_is(width, widths):
    assert [w for w, _ in sizes.of(width, 900, sizes.PICTURE)] == widths


def test_a_very_tall_picture_is_left_out_of_formats_that_cannot_hold_it(tmp_path):
    drawn = drawn_in_all_sizes(tmp_path, Image.new("L", (4, 17_000)))
    assert {r.format for r in drawn} == {"avif", "jpeg"}
    assert sizes.at_once(4, 66_000, sizes.PICTURE) == []


@pytest.mark.parametrize(
    ("width", "steps", "small"),
    [
        (4000, sizes.PICTURE, 320),
        (960, sizes.FRONT, 320),
        (390, sizes.PICTURE, 390),
        (200, sizes.FRONT, 200),
    ],
)
def test_one_small_size_is_drawn_at_once_and_is_one_of_all(width, steps, small):
    ((form, drawn, height),) = sizes.at_once(width, 300, steps)
    assert (form, drawn) == ("jpeg", small)
    assert (form, drawn, height) in sizes.every(width, 300, steps)
