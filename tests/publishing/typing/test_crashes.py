"""Text typed in a browser that crashes or is closed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from advocacy.news.models import Article
from advocacy.publishing.models import Unsaved
from tests.browser import crash
from tests.facts import milestone
from tests.publishing.at_the_form import edit, save, type_words
from tests.publishing.typing.offers import SECOND, offer, take_up, wait_until_kept

pytestmark = pytest.mark.browser


def test_text_of_a_killed_tab_is_offered_again_and_saved(staff_page, draft):
    edit(staff_page, draft).locator("#id_title").fill("Typed title")
    type_words(staff_page, " And typed ones.")
    wait_until_kept(staff_page, "And typed ones.")
    draft.refresh_from_db()
    assert draft.title == "Saved title"
    page = crash(staff_page)
    edit(page, draft)
    expect(offer(page)).to_contain_text("Title, Text")
    take_up(page)
    expect(page.locator("#id_title")).to_have_value("Typed title")
    expect(page.locator(".ProseMirror")).to_have_text("Saved words. And typed ones.")
    save(page)
    draft.refresh_from_db()
    assert (draft.title, draft.body) == ("Typed title", "<p>Saved words. And typed ones.</p>")
    assert not Unsaved.objects.exists()


@pytest.mark.long
def test_parts_added_in_a_killed_tab_come_back(staff_page, db):
    staff_page.goto("/admin/news/article/add/")
    staff_page.wait_for_load_state("networkidle")
    staff_page.locator("#id_title").fill("New")
    type_words(staff_page, "Words.")
    staff_page.locator("#coverage-group .add-row a").click()
    staff_page.locator("#id_coverage-0-outlet").fill("A newspaper")
    wait_until_kept(staff_page, "A newspaper")
    page = crash(staff_page)
    page.goto("/admin/news/article/add/")
    take_up(page)
    expect(page.locator("#id_coverage-0-outlet")).to_have_value("A newspaper")
    save(page)
    article = Article.objects.get()
    assert [row.outlet for row in article.coverage.all()] == ["A newspaper"]


@pytest.mark.long
def test_both_languages_of_a_fact_come_back_from_a_killed_tab(staff_page, db):
    fact = milestone(titles={"en": "Resolution", "ko": "결의"}, public=False)
    edit(staff_page, fact)
    editors = staff_page.locator(".ProseMirror")
    for number in (0, 2):  # each has a text and our part in it
        editors.nth(number).click()
        staff_page.keyboard.type(f"typed{number} ")
    wait_until_kept(staff_page, "typed2")
    page = crash(staff_page)
    edit(page, fact)
    take_up(page)
    save(page)
    assert sorted("typed" in text.body for text in fact.texts.all()) == [True, True]


@pytest.mark.long
def test_text_is_kept_when_the_tab_is_simply_closed_a_moment_after_typing(staff_page, draft):
    edit(staff_page, draft).locator("#id_title").fill("Typed title")
    staff_page.goto("/admin/")
    edit(staff_page, draft)
    expect(offer(staff_page)).to_contain_text("Title")


@pytest.mark.long
def test_what_is_undone_again_is_not_offered(staff_page, draft):
    title = edit(staff_page, draft).locator("#id_title")
    title.fill("Typed title")
    wait_until_kept(staff_page)
    title.fill("Saved title")
    expect(staff_page.locator("#kept")).to_be_empty(timeout=15 * SECOND)
    assert not Unsaved.objects.exists()
