"""Uploading as staff do it, in a real browser."""

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import Error, expect

from advocacy.attachments.models import Attachment
from tests.browser import accessibility_problems, is_wider_than_its_window

from . import makers, records

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UPLOAD = "/admin/attachments/upload/"


@pytest.fixture
def files(tmp_path):
    """Names to paths of files made by hand."""

    def written(**contents):
        paths = []
        for name, content in contents.items():
            path = tmp_path / name.replace("__", ".")
            path.write_bytes(content)
            paths.append(str(path))
        return paths

    return written


def upload(page, paths):
    page.set_input_files("#upload-file", paths)
    page.click(".upload [type=submit]")


def refusals_are_no_faults(page):
    """The browser logs that the server refused, as it should."""
    page.problems[:] = [problem for problem in page.problems if "status of 4" not in problem]


def test_each_file_is_answered_by_itself(staff_page, files):
    page = staff_page
    page.goto(UPLOAD)
    upload(
        page,
        files(
            statement__pdf=makers.talkative_pdf(),
            photo__jpg=makers.talkative_jpeg(),
            drawing__svg=b"<svg xmlns='x'/>",
        ),
    )
    expect(page.locator(".upload-answer progress")).to_have_count(0, timeout=30_000)
    expect(page.locator(".upload-answer img")).to_have_count(2)
    expect(page.locator(".upload-refused")).to_contain_text("This is an SVG drawing.")
    expect(page.locator(".uploads")).to_contain_text("the place where it was taken (GPS)")
    for attachment in Attachment.objects.all():
        expect(page.locator(".uploads")).to_contain_text(attachment.sha256)
    assert Attachment.objects.count() == 2
    refusals_are_no_faults(page)
    assert accessibility_problems(page) == []
    assert not is_wider_than_its_window(page)


def test_nothing_a_photograph_and_a_document_carried_is_in_any_public_byte(
    staff_page, files, settings
):
    """And words that are still there under a black box are told, with the page as it looks."""
    page = staff_page
    page.goto(UPLOAD)
    box = b"BT /F1 14 Tf 72 700 Td (Little Bird) Tj ET 0 g 60 690 200 30 re f"
    upload(
        page,
        files(
            statement__pdf=makers.talkative_pdf(),
            photo__jpg=makers.talkative_jpeg(size=(900, 700)),
            redacted__pdf=makers.saved(makers.drawing(box)),
        ),
    )
    expect(page.locator(".upload-answer img")).to_have_count(3, timeout=30_000)
    expect(page.locator(".uploads")).to_contain_text(
        "under a box that is drawn over them, on page 1"
    )
    pdf, photo, redacted = (
        Attachment.objects.get(title=title) for title in ("statement", "photo", "redacted")
    )
    Attachment.objects.filter(pk=pdf.pk).update(language="en")
    Attachment.objects.filter(pk=photo.pk).update(alt_en="A hall")
    article = records.published(body=records.figure(photo), documents=[pdf])
    public = [article.get_absolute_url(), pdf.get_absolute_url(), photo.get_absolute_url()]
    public += [photo.drawn_url(width, "webp") for width, _height in photo.sizes()]
    visitor = Client()
    read = [b"".join(visitor.get(path, follow=True)) for path in public]
    stored = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    read += [makers.everything_in(path) for path in stored if path.suffix == ".pdf"]
    for data in (*read, *(path.read_bytes() for path in stored)):
        for trace in (b"Secretname", b"Exif", b"GPS", b"CreationDate", b"JavaScript"):
            assert trace not in data
    assert visitor.get(redacted.get_absolute_url()).status_code == 404
    page.goto(f"/admin/attachments/attachment/{redacted.pk}/change/")
    framed = page.get_by_alt_text("Page 1, with the boxes framed")
    framed.scroll_into_view_if_needed()
    expect(framed).to_have_js_property("complete", True)
    expect(framed).not_to_have_js_property("naturalWidth", 0)
    assert accessibility_problems(page) == []
    assert not is_wider_than_its_window(page)


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(staff_page, files, settings):
    settings.ATTACHMENT_MAX_BYTES = 1024 * 1024
    page = staff_page
    page.goto(UPLOAD)
    upload(page, files(film__pdf=b"%PDF-1.7" + bytes(2 * 1024 * 1024)))
    expect(page.locator(".upload-refused")).to_contain_text("at most 1 MB can be uploaded")
    assert page.problems == []


def test_an_answer_that_never_comes_is_told(staff_page, files):
    page = staff_page
    page.goto(UPLOAD)
    page.route("**/upload/", lambda route: route.abort())
    upload(page, files(photo__jpg=makers.jpeg()))
    expect(page.locator(".upload-refused")).to_contain_text("The connection broke.")
    page.problems.clear()


def test_a_document_is_uploaded_from_the_form_that_needs_it(staff_page, files):
    page = staff_page
    page.goto("/admin/news/article/add/")
    page.fill("#id_title", "성명")
    page.get_by_text("Add another Document").click()
    with page.expect_popup() as opened:
        page.locator("#add_id_documents-0-attachment").click()
    popup = opened.value
    upload(popup, files(statement__pdf=makers.talkative_pdf()))
    popup.get_by_role("link", name="Use it").click()
    expect(page.locator("#id_documents-0-attachment option:checked")).to_have_text("statement")
    assert page.input_value("#id_title") == "성명"


def test_a_picture_is_uploaded_from_the_text_that_needs_it(staff_page, files):
    page = staff_page
    page.goto("/admin/news/article/add/")
    page.locator(".ProseMirror").click()
    page.keyboard.insert_text("성명")
    page.get_by_role("button", name="Figure").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("No picture is found.")
    field = dialog.get_by_label("Upload pictures from this device")
    field.set_input_files(files(palace__jpg=makers.jpeg()))
    expect(dialog).to_have_count(0)
    expect(page.locator(".ProseMirror figure img")).to_be_visible(timeout=30_000)
    assert "<p>성명</p><figure" in page.locator("textarea[name=body]").input_value()


def test_a_visitor_downloads_what_the_page_says(page, live_server, files, tmp_path):
    content = makers.saved(makers.pdf("Statement"))
    pdf = makers.attachment(content=content, sha256=hashlib.sha256(content).hexdigest())
    records.published(documents=[pdf])
    page.goto("/en/documents/")
    told = page.locator(".file .hash").inner_text()
    answer = page.request.get(page.locator(".file a").first.get_attribute("href"))
    assert hashlib.sha256(answer.body()).hexdigest() == told


def test_the_library_and_a_files_page_are_accessible(staff_page):
    page = staff_page
    pdf = makers.attachment(content=b"x")
    records.published("An article", documents=[pdf])
    for url in (
        "/admin/attachments/attachment/",
        f"/admin/attachments/attachment/{pdf.pk}/change/",
        f"/admin/attachments/upload/{pdf.uuid}/",
    ):
        page.goto(url)
        assert accessibility_problems(page) == [], url


def test_a_document_is_shown_by_the_browser_in_its_whole_window(page):
    """Viewers are parts of the page of a document, and its policy is theirs."""
    pdf = makers.attachment(content=makers.saved(makers.pdf("One page", "Another page")))
    records.published(documents=[pdf])
    try:
        page.goto(pdf.get_absolute_url())
    except Error as error:
        if "Download is starting" not in str(error):
            raise
        pytest.skip("This Chromium has no viewer of documents.")
    frame_of_viewer = {(255, 255, 255)}
    for _attempt in range(50):
        if (255, 255, 255) not in (frame_of_viewer := corners(page)):
            break
        page.wait_for_timeout(200)
    assert (255, 255, 255) not in frame_of_viewer


def corners(page) -> set[tuple[int, ...]]:
    """The colours on the left at the top and at the bottom, where a viewer has its bars."""
    with Image.open(BytesIO(page.screenshot())) as shown:
        left = shown.convert("RGB")
        return {left.getpixel((5, 5)), left.getpixel((5, left.height - 5))}
