"""What must not be taken, and what only looks like it."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from advocacy.attachments.files import reading
from advocacy.attachments.files.limits import Limits
from advocacy.attachments.files.unfit import Unfit

from . import makers


def refusal(strip, data, **options):
    with pytest.raises(Unfit) as unfit:
        strip(data, **options)
    return unfit.value


def layered(*, off):
    made = makers.pdf()
    layers = Array(
        made.make_indirect(Dictionary(Type=Name.OCG, Name=String(makers.SECRET))) for _ in range(2)
    )
    made.Root.OCProperties = Dictionary(OCGs=layers, D=Dictionary(Name=String(makers.SECRET)))
    if off:
        made.Root.OCProperties.D.OFF = Array([layers[1]])
    return makers.saved(made)


def test_layers_lose_their_names(strip):
    result, target = strip(layered(off=False))
    assert b"Secretname" not in makers.everything_in(target)
    assert result.removed == ["layers"]


def test_a_layer_in_no_list_loses_its_name(strip):
    made = makers.drawing(b"/OC /Own BDC EMC")
    layer = made.make_indirect(Dictionary(Type=Name.OCG, Name=String(makers.SECRET)))
    made.pages[0].obj.Resources.Properties = Dictionary(Own=layer)
    result, target = strip(makers.saved(made))
    assert b"Secretname" not in makers.everything_in(target)
    assert result.removed == ["layers"]


def test_a_layer_that_is_switched_off_is_refused(strip):
    assert refusal(strip, layered(off=True)).code == "hidden_layers"


def test_a_password_is_refused_and_a_lock_is_taken_off(strip):
    encryption = pikepdf.Encryption(user="open sesame", owner="owner")
    assert refusal(strip, makers.saved(makers.pdf(), encryption=encryption)).code == "password"
    locked = pikepdf.Encryption(user="", owner="owner", allow=pikepdf.Permissions(extract=False))
    result, target = strip(makers.saved(makers.pdf(), encryption=locked))
    assert result.removed == ["lock"]
    with pikepdf.open(target) as opened:
        assert not opened.is_encrypted


def test_a_truncated_file_is_refused_even_where_it_could_be_repaired(strip, tmp_path):
    whole = makers.saved(makers.pdf("one", "two"))
    assert refusal(strip, whole[: len(whole) - 200]).code == "incomplete_pdf"
    updated = makers.with_earlier_version(tmp_path)
    assert refusal(strip, updated[:-60] + b" " * 2000).code == "incomplete_pdf"


def test_a_file_with_another_behind_its_end_is_taken_without_it(strip):
    result, target = strip(makers.saved(makers.pdf()) + b"PK\x03\x04" + makers.SECRET.encode())
    assert result.removed == ["trailing"]
    assert b"Secretname" not in target.read_bytes()


def test_wrong_places_in_the_table_are_repaired(strip):
    data = makers.saved(
        makers.pdf("Still here"), object_stream_mode=pikepdf.ObjectStreamMode.disable
    )
    broken = data.replace(b"startxref\n", b"startxref\n9")
    _, target = strip(broken)
    assert reading.texts(target, Limits()) == ["Still here"]


def test_junk_after_the_mark_and_too_many_pages_are_refused(strip):
    assert refusal(strip, b"%PDF-1.7\n" + b"junk " * 50 + b"\n%%EOF").code == "unreadable_pdf"
    assert refusal(strip, makers.saved(pikepdf.Pdf.new())).code == "no_pages"
    found = refusal(strip, makers.saved(makers.pdf("1", "2", "3")), limits=Limits(pages=2))
    assert (found.code, found.facts) == ("too_many_pages", {"pages": 3, "limit": 2})


@pytest.mark.parametrize(
    "cover",
    [
        makers.annotation("Square", IC=Array([0, 0, 0])),
        makers.annotation("FreeText", C=Array([1, 1, 1])),
        makers.annotation("Highlight", C=Array([0, 0, 0])),
    ],
    ids=["square", "text-box", "black-marker"],
)
def test_a_box_laid_over_words_is_refused_with_its_page(strip, cover):
    found = refusal(strip, makers.saved(makers.annotate(makers.pdf(makers.SECRET), cover)))
    assert (found.code, found.facts) == ("covered_text", {"page": 1})


def test_a_redaction_that_was_never_done_is_refused(strip):
    made = makers.annotate(makers.pdf(), makers.annotation("Redact"))
    assert refusal(strip, makers.saved(made)).code == "marked_for_redaction"


def test_a_yellow_marker_and_a_box_over_nothing_just_go(strip):
    made = makers.annotate(
        makers.pdf(),
        makers.annotation("Highlight", C=Array([1, 1, 0])),
        makers.annotation("Square", IC=Array([0]), Rect=Array([10, 10, 40, 40])),
    )
    assert strip(makers.saved(made))[0].removed == ["annotations"]
