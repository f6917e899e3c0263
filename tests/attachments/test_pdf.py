import hashlib
import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from advocacy.attachments.files import reading
from advocacy.attachments.files.limits import Limits

from . import makers


def test_nothing_but_the_pages_is_left_in_any_byte(strip):
    result, target = strip(makers.talkative_pdf())
    found = makers.everything_in(target)
    for trace in (b"Secretname", b"JavaScript", b"/Launch", b"EmbeddedFile", b"PieceInfo", b"/AA"):
        assert trace not in found
    for trace in (b"CreationDate", b"/Producer", b"/Author", b"mailto", b"/Thumb", b"/Unknown"):
        assert trace not in found
    assert result.pages == 1
    assert reading.texts(target, Limits()) == ["What readers may read"]


def test_the_editor_is_told_what_was_removed(strip):
    result, _ = strip(makers.talkative_pdf())
    assert {
        *("author", "properties", "software", "dates", "metadata", "javascript", "attachments"),
        *("annotations", "actions", "links", "private_records", "thumbnails"),
    } == set(result.removed)
    assert strip(makers.saved(makers.pdf()))[0].removed == []


def test_links_into_the_document_and_to_the_web_stay(strip):
    _, target = strip(makers.talkative_pdf())
    with pikepdf.open(target) as opened:
        links = list(opened.pages[0].obj.Annots)
        assert [str(link.Subtype) for link in links] == ["/Link", "/Link"]
        assert str(links[0].A.URI) == "https://www.ohchr.org/"
        assert links[1].Dest[0].objgen == opened.pages[0].obj.objgen
        assert "/M" not in links[0]


def test_an_earlier_version_is_not_in_the_file_any_more(strip, tmp_path):
    data = makers.with_earlier_version(tmp_path)
    assert makers.SECRET.encode() in data
    result, target = strip(data)
    assert b"Secretname" not in makers.everything_in(target)
    assert result.removed == ["earlier_versions:1"]
    assert reading.texts(target, Limits()) == ["Names withheld"]


def test_title_language_and_the_mark_of_accessibility_are_written_back(strip):
    made = makers.pdf()
    made.Root.MarkInfo = Dictionary(Marked=True)
    made.Root.StructTreeRoot = made.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    made.Root.Metadata = made.make_stream(makers.XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)
    _, target = strip(makers.saved(made), title="성명 <1> & 2", language="ko")
    with pikepdf.open(target) as opened:
        packet = opened.Root.Metadata.read_bytes().decode()
        assert "성명 &lt;1&gt; &amp; 2" in packet
        assert "<rdf:li>ko</rdf:li>" in packet
        assert "<pdfuaid:part>1</pdfuaid:part>" in packet
        assert "creator" not in packet
        assert str(opened.Root.Lang) == "ko"
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)


def test_an_untagged_document_gets_no_mark_of_accessibility(strip):
    made = makers.pdf()
    made.Root.Metadata = made.make_stream(makers.XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)
    _, target = strip(makers.saved(made))
    assert b"pdfuaid:part" not in makers.everything_in(target)


def test_tags_stay_but_forget_dropped_annotations_and_titles(strip):
    made = makers.pdf()
    makers.annotate(made, makers.annotation("Text", Contents=String(makers.SECRET)))
    note = made.pages[0].obj.Annots[0]
    element = Dictionary(Type=Name.StructElem, S=Name.P, Alt=String("alt"), T=String(makers.SECRET))
    element.K = Array([0, Dictionary(Type=Name.OBJR, Obj=note)])
    root = made.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    made.Root.StructTreeRoot = root
    root.K = made.make_indirect(element)
    _, target = strip(makers.saved(made))
    assert b"Secretname" not in makers.everything_in(target)
    with pikepdf.open(target) as opened:
        kept = opened.Root.StructTreeRoot.K
        assert str(kept.Alt) == "alt"
        assert list(kept.K) == [0]


def test_bookmarks_lead_into_the_document_and_nowhere_else(strip):
    made = makers.pdf()
    with made.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Here", 0))
        outline.root.append(pikepdf.OutlineItem("There", 0))
    first, last = made.Root.Outlines.First, made.Root.Outlines.Last
    last.A = makers.action("Launch", F=String(makers.SECRET))
    _, target = strip(makers.saved(made))
    assert str(first.Title) == "Here"
    with pikepdf.open(target) as opened:
        assert str(opened.Root.Outlines.Last.Title) == "There"
        assert "/A" not in opened.Root.Outlines.Last
    assert b"Secretname" not in makers.everything_in(target)


def test_what_was_filled_into_a_form_stays_visible_and_the_form_goes(strip):
    made = makers.pdf("Form")
    font = made.pages[0].obj.Resources.Font
    drawn = made.make_stream(
        b"BT /F1 12 Tf 2 2 Td (Geneva) Tj ET",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 200, 20]),
        Resources=Dictionary(Font=font),
    )
    makers.annotate(
        made,
        makers.annotation(
            "Widget",
            Rect=Array([100, 100, 300, 120]),
            FT=Name.Tx,
            T=String("place"),
            V=String("Geneva"),
            TU=String(makers.SECRET),
            F=4,
            AP=Dictionary(N=drawn),
        ),
    )
    made.Root.AcroForm = Dictionary(Fields=made.pages[0].obj.Annots)
    result, target = strip(makers.saved(made))
    assert "Geneva" in reading.texts(target, Limits())[0]
    assert b"Secretname" not in makers.everything_in(target)
    assert "forms" in result.removed
    with pikepdf.open(target) as opened:
        assert "/AcroForm" not in opened.Root
        assert "/Annots" not in opened.pages[0].obj


def test_a_photograph_inside_loses_what_its_camera_noted_and_no_pixel(strip):
    made = makers.pdf()
    photograph = makers.talkative_jpeg(orientation=1)
    image = made.make_stream(
        photograph,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=64,
        Height=48,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
        Metadata=made.make_stream(makers.XMP.encode()),
    )
    page = made.pages[0].obj
    page.Resources.XObject = Dictionary(Im1=image)
    page.Contents = made.make_stream(b"q 64 0 0 48 100 100 cm /Im1 Do Q")
    result, target = strip(makers.saved(made))
    assert b"Secretname" not in makers.everything_in(target)
    assert "picture_records" in result.removed
    with pikepdf.open(target) as opened:
        kept = pikepdf.PdfImage(opened.pages[0].obj.Resources.XObject.Im1).as_pil_image()
        with pikepdf.PdfImage(image).as_pil_image() as before:
            assert kept.tobytes() == before.tobytes()


def test_a_photograph_in_the_middle_of_what_a_page_draws_loses_its_records_too(strip):
    picture = b"q 64 0 0 48 9 9 cm BI /W 64 /H 48 /BPC 8 /CS /RGB /F /DCT ID %s\nEI Q"
    made = makers.drawing(picture % makers.jpeg(comment=makers.SECRET.encode()))
    result, target = strip(makers.saved(made))
    assert b"Secretname" not in makers.everything_in(target)
    assert result.removed == ["picture_records"]


def test_pictures_a_page_no_longer_shows_are_gone(strip):
    made = makers.pdf()
    image = made.make_stream(
        makers.SECRET.encode(), Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1
    )
    made.pages[0].obj.Resources.XObject = Dictionary(Im1=image)
    _, target = strip(makers.saved(made))
    assert b"Secretname" not in makers.everything_in(target)


def test_the_same_document_gives_the_same_bytes(strip):
    data = makers.talkative_pdf()
    first = hashlib.sha256(strip(data)[1].read_bytes()).digest()
    assert hashlib.sha256(strip(data)[1].read_bytes()).digest() == first


def test_a_fingerprint_knows_the_document_under_another_title(strip):
    prints = []
    for title in ("One", "Other"):
        made = makers.pdf()
        made.docinfo["/Title"] = title
        result, _ = strip(makers.saved(made), title=title)
        prints.append(result.fingerprint)
    other, _ = strip(makers.saved(makers.pdf("Something else")))
    assert prints[0] == prints[1] != other.fingerprint


def test_saving_it_twice_breaks_nothing(strip, tmp_path):
    result, target = strip(makers.saved(makers.pdf("one", "two")))
    before = target.read_bytes()
    result.save(target, title="A title", language="en")
    assert target.read_bytes() == before
    assert reading.texts(target, Limits()) == ["one", "two"]


def test_stripping_twice_removes_nothing_more(strip):
    _, target = strip(makers.talkative_pdf())
    again, _ = strip(target.read_bytes())
    assert again.removed == ["metadata"]


def test_text_has_plain_line_ends_and_no_control_marks(strip):
    made = makers.pdf("first")
    made.pages[0].obj.Contents = made.make_stream(
        b"BT /F1 14 Tf 72 700 Td (first) Tj 0 -20 Td (second) Tj ET"
    )
    _, target = strip(makers.saved(made))
    assert reading.texts(target, Limits()) == ["first\nsecond"]


def test_no_page_is_read_beyond_the_limit(strip):
    _, target = strip(makers.saved(makers.pdf("Read.", "a long page of words", "3")))
    assert reading.texts(target, Limits(characters=10)) == ["Read.", None, None]


def test_the_language_is_read_from_the_words_or_left_open():
    english = (
        "The report of the Commission was presented to the Human Rights Council in Geneva. " * 3
    )
    assert reading.language(english) == "en"
    assert (
        reading.language(
            "북한인권시민연합은 유엔 인권최고대표와 만나 정치범수용소에 관해 말했다. " * 3
        )
        == "ko"
    )
    french = "Le rapport de la commission a été présenté au Conseil des droits de l'homme. " * 3
    assert reading.language(french) == ""
    assert reading.language("12") == ""


def test_the_first_page_is_drawn_within_bounds(strip):
    made = makers.pdf()
    made.pages[0].obj.MediaBox = Array([0, 0, 100, 10_000])
    _, target = strip(makers.saved(made))
    drawn = reading.front(target)
    assert drawn.width <= reading.FRONT[0]
    assert drawn.height <= reading.FRONT[1]
    assert io.BytesIO(drawn.tobytes()).read(1) == b"\xff"
