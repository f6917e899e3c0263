import pytest

from advocacy.attachments.files import sniff
from advocacy.attachments.files.unfit import Unfit

from . import makers


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (makers.jpeg(), "jpeg"),
        (makers.talkative_png(), "png"),
        (makers.animation(), "gif"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "webp"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\xef\xbb\xbf\r\n%PDF-1.4\n", "pdf"),
    ],
)
def test_five_types_are_known_by_their_content(head, kind):
    assert sniff.of(head) == kind


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"", "empty"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "svg"),
        (b'<?xml version="1.0"?>\n<!-- x -->\n<svg:svg >', "svg"),
        ('<svg onload="x()">'.encode("utf-16"), "svg"),
        (b"<!DOCTYPE html><html>", "html"),
        (b"<html><!-- %PDF-1.7 -->", "html"),
        (b"PK\x03\x04 word/document.xml", "office_or_archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 hwp", "office_or_archive"),
        (b"\x00\x00\x00\x18ftypheic", "heic"),
        (b"\x00\x00\x00\x18ftypmp42", "sound_or_film"),
        (b"II*\x00", "other_picture"),
        (b"MZ\x90\x00", "unknown_type"),
        (b"junk before %PDF-1.7", "unknown_type"),
    ],
)
def test_everything_else_is_refused_for_what_it_is(head, code):
    with pytest.raises(Unfit) as unfit:
        sniff.of(head)
    assert unfit.value.code == code


def test_a_name_that_promises_another_type_is_noticed():
    assert sniff.is_named_otherwise("statement.pdf", sniff.Type.PNG)
    assert not sniff.is_named_otherwise("Photo.JPG", sniff.Type.JPEG)
