import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from advocacy.attachments.files import jpeg

from . import makers


def test_a_bare_jpeg_shows_the_same_pixels_and_says_nothing():
    before = makers.talkative_jpeg(orientation=1)
    bare = jpeg.bare(before)
    assert makers.SECRET.encode() not in bare.data
    assert b"Exif" not in bare.data
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(bare.data)) as new:
        assert old.tobytes() == new.tobytes()
    assert makers.SECRET.encode() in bare.trailing


def test_a_bare_jpeg_stays_as_it_is():
    once = jpeg.bare(makers.talkative_jpeg()).data
    again = jpeg.bare(once)
    assert again.data == once
    assert again.dropped == []


def test_boxes_of_words_leave_a_jpeg_2000():
    data = makers._saved(makers.picture(), "JPEG2000", comment=makers.SECRET)
    box = len(makers.SECRET) + 8
    talkative = data + box.to_bytes(4, "big") + b"xml " + makers.SECRET.encode()
    bare = jpeg.bare_2000(talkative).data
    assert makers.SECRET.encode() not in bare
    with Image.open(io.BytesIO(data)) as old, Image.open(io.BytesIO(bare)) as new:
        assert old.tobytes() == new.tobytes()


@given(st.binary(max_size=300))
def test_junk_is_a_value_error_or_a_result(data):
    for parse in (jpeg.bare, jpeg.bare_2000):
        for start in (b"", b"\xff\xd8", b"\xff\x4f\xff\x51", jpeg._JP2):
            try:
                assert isinstance(parse(start + data), jpeg.Bare)
            except ValueError:
                continue


def test_what_is_no_jpeg_is_a_value_error():
    with pytest.raises(ValueError, match="no JPEG"):
        jpeg.bare(b"GIF89a")
