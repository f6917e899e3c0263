"""The first hour of an editor and of a reader, in a real browser and in Korean."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import unquote

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from advocacy.attachments.models import Attachment
from advocacy.hits import counts, fold
from advocacy.home import first_run
from advocacy.news.models import Article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "제네바에서 온 소식"
STATEMENT = first_run.FOLDER / "documents" / "fact-sheet.ko.pdf"


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "palais.jpg"
    Image.new("RGB", (1200, 800), "#8899aa").save(path, exif=Image.Exif())
    return path


def sign_in(page: Page, user_model) -> None:
    user_model.objects.create_superuser("staff", password="a long pass phrase")
    page.goto("/admin/")
    page.fill("#id_login", "staff")
    page.fill("#id_password", "a long pass phrase")
    page.press("#id_password", "Enter")
    expect(page.locator("h1")).to_have_text("Desk")


def upload_picture(page: Page, path) -> Attachment:
    page.goto("/admin/attachments/upload/")
    page.set_input_files("#upload-file", path)
    page.click(".upload-drop button")
    expect(page.locator(".uploads")).to_contain_text("SHA-256", timeout=60_000)
    picture = Attachment.objects.pictures().get()
    page.goto(f"/admin/attachments/attachment/{picture.pk}/change/")
    page.fill("#id_alt_ko", "호숫가의 긴 건물")
    page.fill("#id_alt_en", "A long building by a lake")
    with page.expect_navigation():
        page.click("[name=_save]")
    return picture


def write_article(page: Page) -> None:
    page.goto("/admin/news/article/add/")
    page.select_option("#id_language", "ko")
    page.fill("#id_title", TITLE)
    page.fill("#id_summary", "한 문장 요약.")
    editor = page.locator(".ProseMirror").first
    editor.click()
    page.keyboard.insert_text("유엔 문서 A/HRC/RES/22/13 이야기. ")
    page.get_by_role("button", name="Figure").click()
    page.get_by_role("dialog").get_by_text("palais").first.click()


def attach_statement(page: Page) -> None:
    page.locator("#documents-group .add-row a").click()
    with page.expect_popup() as opened:
        page.click("#add_id_documents-0-attachment")
    popup = opened.value
    popup.set_input_files("#upload-file", STATEMENT)
    popup.click(".upload-drop button")
    use = popup.get_by_role("link", name="Use it")
    expect(use).to_be_visible(timeout=60_000)
    with popup.expect_event("close"):
        use.click()
    assert Attachment.objects.documents().get().language == "ko"


def test_an_editor_writes_attaches_and_publishes_and_a_reader_finds_and_downloads(
    page, live_server, django_user_model, picture
):
    sign_in(page, django_user_model)
    upload_picture(page, picture)
    write_article(page)
    attach_statement(page)
    page.click("[name=_publish]")
    expect(page.locator(".messagelist")).to_contain_text(TITLE)
    article = Article.objects.published().get()
    assert article.title == TITLE

    # Headless browsers are on COUNTER's list of robots; a reader's is not.
    reader = page.context.browser.new_context(
        base_url=live_server.url,
        locale="ko-KR",
        user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    )
    visit = reader.new_page()
    visit.goto("/")
    assert visit.url.endswith("/ko/")
    with visit.expect_navigation():
        visit.get_by_role("link", name=TITLE).first.click()
    assert unquote(visit.url).endswith(article.slug + "/")
    expect(visit.locator('.flow a[href$="/un/A/HRC/RES/22/13/"]')).to_be_visible()
    shown = visit.locator(".body figure img")
    expect(shown).to_have_attribute("alt", "호숫가의 긴 건물")
    assert shown.get_attribute("width")
    with visit.expect_download() as download:
        visit.locator(".file a").first.evaluate("link => { link.download = ''; link.click() }")
    digest = hashlib.sha256(download.value.path().read_bytes()).hexdigest()
    assert visit.locator(".hash").first.inner_text() == digest
    assert reader.cookies() == []

    fold.fold()
    visit.goto(article.get_absolute_url())
    expect(visit.locator(".facts")).to_contain_text(re.compile(r"조회\s*1회"))
    assert counts.downloads(Attachment.objects.documents().get().uuid) == 1
    reader.close()
