"""Typing into the form of a record in a real browser, which is killed, cut off and signed out."""

from __future__ import annotations

import json
import re
import time

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Page, expect

from advocacy.accounts.models import Session
from advocacy.news.models import Article
from advocacy.publishing import actions
from advocacy.publishing.models import Presence, Unsaved
from tests.accounts.signing_in import sign_in
from tests.browser import accessibility_problems, crash, is_wider_than_its_window
from tests.facts import milestone
from tests.hits.killing import PATIENCE_S
from tests.people import person
from tests.publishing.at_the_form import edit, save, type_words, until_it_watches
from tests.publishing.test_admin import change_url
from tests.site.own_server import OwnServer

pytestmark = pytest.mark.browser

HELD = "Object.entries({...localStorage}).filter(([name]) => name.startsWith('publishing.'))"
SECOND = 1000  # ms


@pytest.fixture
def draft(db):
    return Article.objects.create(title="Saved title", body="<p>Saved words.</p>")


def wait_until_kept(page: Page, words: str = "") -> None:
    """Until the desk has it, with these words as the last that were typed."""
    expect(page.locator("#kept")).to_contain_text("not saved yet", timeout=15 * SECOND)
    until = time.monotonic() + PATIENCE_S
    while not any(words in json.dumps(kept.fields) for kept in Unsaved.objects.all()):
        assert time.monotonic() < until, "it is not kept"
        page.wait_for_timeout(100)


def offer(page: Page):
    return page.locator(".offer")


def take_up(page: Page) -> None:
    offer(page).first.get_by_role("link", name="Take it up").click()
    page.locator(".notice").wait_for()
    until_it_watches(page)


# A crashed browser


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


# A lost network, a server that is gone


def test_without_a_network_text_is_held_encrypted_and_sent_when_there_is_one(staff_page, draft):
    edit(staff_page, draft)
    staff_page.context.set_offline(True)
    staff_page.locator("#id_title").fill("Zzsecret title")
    expect(staff_page.locator("#typing")).to_contain_text("is kept in this browser")
    held = staff_page.evaluate(HELD)
    assert len(held) == 1
    assert "ecret" not in json.dumps(held)
    assert not Unsaved.objects.exists()
    staff_page.context.set_offline(False)
    wait_until_kept(staff_page)
    expect(staff_page.locator("#typing")).to_be_empty()
    assert staff_page.evaluate(HELD) == []
    assert Unsaved.objects.get().fields["title"] == ["Zzsecret title"]
    staff_page.problems.clear()


@pytest.mark.long
def test_text_of_a_tab_killed_without_a_network_is_offered_again(staff_page, draft):
    edit(staff_page, draft)
    staff_page.context.set_offline(True)
    staff_page.locator("#id_title").fill("Typed title")
    expect(staff_page.locator("#typing")).to_contain_text("is kept in this browser")
    page = crash(staff_page)
    staff_page.context.set_offline(False)
    edit(page, draft)
    expect(offer(page)).to_contain_text("Title")
    assert page.evaluate(HELD) == []
    take_up(page)
    save(page)
    draft.refresh_from_db()
    assert draft.title == "Typed title"
    page.problems.clear()


@pytest.mark.long
def test_saving_waits_while_there_is_no_network(staff_page, draft):
    edit(staff_page, draft)
    staff_page.context.set_offline(True)
    staff_page.locator("#id_title").fill("Typed title")
    staff_page.get_by_role("button", name="Save draft").click()
    expect(staff_page.locator("#typing")).to_contain_text("is kept in this browser")
    expect(staff_page).to_have_url(re.compile("/change/$"))
    staff_page.context.set_offline(False)
    save(staff_page)
    draft.refresh_from_db()
    assert draft.title == "Typed title"
    staff_page.problems.clear()


@pytest.fixture
def own_server(transactional_db, settings):
    server = OwnServer(settings)
    yield server
    server.kill()


@pytest.mark.long
def test_text_outlives_a_server_that_is_stopped_and_started_again(
    chromium, staff_page, own_server, draft
):
    cookies = staff_page.context.cookies()
    context = chromium.new_context(base_url=own_server.url, locale="en-GB")
    context.add_cookies(
        [{"name": c["name"], "value": c["value"], "url": own_server.url} for c in cookies]
    )
    page = context.new_page()
    page.problems = []
    edit(page, draft).locator("#id_title").fill("Typed title")
    wait_until_kept(page)
    own_server.kill()
    page.locator("#id_title").fill("Typed title, and more")
    expect(page.locator("#typing")).to_contain_text("is kept in this browser")
    page = crash(page)
    own_server.start()
    edit(page, draft)
    titles = {kept.fields["title"][0] for kept in Unsaved.objects.all()}
    assert titles == {"Typed title, and more"}
    take_up(page)
    save(page)
    draft.refresh_from_db()
    assert draft.title == "Typed title, and more"
    context.close()


# A session that has ended


def type_password(page: Page) -> None:
    page.get_by_label("User name or e-mail address").fill("editor")
    page.get_by_label("Password").fill("a long pass phrase")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_in_beside(page: Page) -> None:
    """In the new tab that the notice leads to."""
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in, in a new tab").click()
    beside = opened.value
    type_password(beside)
    beside.close()


@pytest.mark.long
def test_when_the_session_ends_one_signs_in_in_another_tab_and_goes_on(staff_page, draft):
    edit(staff_page, draft).locator("#id_title").fill("Typed")
    wait_until_kept(staff_page)
    Session.objects.all().delete()
    staff_page.locator("#id_title").fill("Typed title")
    expect(staff_page.locator("#typing")).to_contain_text("You are signed out.")
    assert accessibility_problems(staff_page) == []
    staff_page.get_by_role("button", name="Save draft").click()
    expect(staff_page).to_have_url(re.compile("/change/$"))
    sign_in_beside(staff_page)
    expect(staff_page.locator("#typing")).to_be_empty(timeout=15 * SECOND)
    save(staff_page)
    draft.refresh_from_db()
    assert draft.title == "Typed title"
    staff_page.problems.clear()


@pytest.mark.long
def test_text_typed_before_the_session_ended_is_offered_after_signing_in(staff_page, draft):
    edit(staff_page, draft).locator("#id_title").fill("Typed title")
    wait_until_kept(staff_page)
    Session.objects.all().delete()
    page = crash(staff_page)
    page.goto(change_url(draft))
    type_password(page)
    expect(offer(page)).to_contain_text("Title")


@pytest.mark.long
def test_text_does_not_go_to_somebody_else_who_signs_in_in_the_same_browser(
    staff_page, live_server, client, draft
):
    edit(staff_page, draft).locator("#id_title").fill("Typed")
    wait_until_kept(staff_page)
    other = person("publisher", "another")
    sign_in(client, other)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    staff_page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
    )
    staff_page.locator("#id_title").fill("Typed title")
    expect(staff_page.locator("#typing")).to_contain_text("Somebody else has signed in")
    assert {kept.user.username for kept in Unsaved.objects.all()} == {"editor"}
    assert Unsaved.objects.get().fields["title"] == ["Typed"]
    staff_page.problems.clear()


@pytest.mark.long
def test_what_the_browser_holds_goes_when_one_signs_out(staff_page, draft):
    edit(staff_page, draft)
    staff_page.context.set_offline(True)
    staff_page.locator("#id_title").fill("Typed title")
    expect(staff_page.locator("#typing")).to_contain_text("is kept in this browser")
    held = staff_page.evaluate(HELD)
    page = crash(staff_page)
    staff_page.context.set_offline(False)
    page.goto("/admin/")
    assert page.evaluate(HELD) == held
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(HELD) == []
    page.problems.clear()


@pytest.mark.long
def test_what_was_held_under_another_session_cannot_be_opened_and_goes(
    staff_page, live_server, client, draft
):
    edit(staff_page, draft)
    staff_page.context.set_offline(True)
    staff_page.locator("#id_title").fill("Typed title")
    expect(staff_page.locator("#typing")).to_contain_text("is kept in this browser")
    page = crash(staff_page)
    staff_page.context.set_offline(False)
    client.logout()
    sign_in(client, staff_page.staff)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    edit(page, draft)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(HELD) == []
    expect(offer(page)).to_have_count(0)
    assert not Unsaved.objects.exists()
    page.problems.clear()


# Korean


@pytest.mark.long
def test_nothing_is_sent_in_the_middle_of_a_syllable(staff_page, draft):
    edit(staff_page, draft)
    sent: list[str] = []
    staff_page.on(
        "request", lambda one: sent.append(one.post_data) if "/unsaved/" in one.url else None
    )
    title = staff_page.locator("#id_title")
    title.fill("")
    wait_until_kept(staff_page)
    sent.clear()
    title.focus()
    keyboard = staff_page.context.new_cdp_session(staff_page)
    for syllable in ("ㅎ", "하", "한"):
        keyboard.send(
            "Input.imeSetComposition",
            {"text": syllable, "selectionStart": 1, "selectionEnd": 1},
        )
        staff_page.wait_for_timeout(2 * SECOND)
    assert title.input_value() == "한"
    assert sent == []
    keyboard.send("Input.insertText", {"text": "한글"})
    expect(title).to_have_value("한글")
    staff_page.wait_for_timeout(4 * SECOND)
    assert [json.loads(body)["fields"]["title"] for body in sent] == [["한글"]]


# Two editors


def test_two_people_see_each_other_and_the_second_chooses(chromium, staff_page, live_server, draft):
    colleague = person("publisher", "Lee")
    client = Client()
    sign_in(client, colleague)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    context = chromium.new_context(base_url=live_server.url, locale="en-GB")
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    other = context.new_page()
    edit(other, draft)
    other.wait_for_load_state("networkidle")
    edit(staff_page, draft)
    expect(staff_page.locator("#beside")).to_contain_text("Others have this open: Lee")
    other.locator("#id_title").fill("Title of Lee")
    save(other)
    type_words(staff_page, " And ours.")
    staff_page.locator("#id_title").fill("Our title")
    staff_page.get_by_role("button", name="Save draft").click()
    conflict = staff_page.locator(".conflict")
    expect(conflict).to_contain_text("Lee saved it on")
    conflict.get_by_label("Take what is saved").check()
    save(staff_page)
    draft.refresh_from_db()
    assert (draft.title, draft.body) == ("Title of Lee", "<p>Saved words. And ours.</p>")
    other.goto("/admin/")
    staff_page.wait_for_timeout(SECOND)
    assert not Presence.objects.filter(user=colleague).exists()
    context.close()


@pytest.mark.long
def test_without_a_script_the_second_chooses_all_the_same(
    chromium, staff_page, live_server, client, draft
):
    context = chromium.new_context(
        base_url=live_server.url, locale="en-GB", java_script_enabled=False
    )
    context.add_cookies(staff_page.context.cookies())
    page = context.new_page()
    page.goto(change_url(draft))
    page.locator("#id_title").fill("Mine")
    page.locator("#id_body").fill("<p>Mine.</p>")
    fresh = Article.objects.get()
    fresh.title, fresh.slug, fresh.version = "Theirs", "", 2
    fresh.save()
    page.get_by_role("button", name="Save draft").click()
    page.locator(".conflict").get_by_label("Keep what stands in the form").check()
    page.get_by_role("button", name="Save draft").click()
    page.locator(".messagelist .success").wait_for()
    draft.refresh_from_db()
    assert (draft.title, draft.body) == ("Mine", "<p>Mine.</p>")
    context.close()


# How it looks


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "ko"])
def test_an_offer_is_accessible_and_fits_a_phone_in_both_languages(
    staff_page, live_server, language
):
    live = actions.publish(record=Article.objects.create(title="A", body="<p>A</p>"))
    copy = actions.open_working_copy(record=live)
    staff_page.context.add_cookies(
        [{"name": "django_language", "value": language, "url": live_server.url}]
    )
    edit(staff_page, copy)
    staff_page.locator("#id_title").fill("A title that is somewhat longer than the one before")
    type_words(staff_page, " And more.")
    expect(staff_page.locator("#kept")).not_to_be_empty(timeout=15 * SECOND)
    edit(staff_page, copy)
    staff_page.locator(".offer summary").click()
    assert accessibility_problems(staff_page) == []
    staff_page.set_viewport_size({"width": 390, "height": 800})
    assert not is_wider_than_its_window(staff_page)


@pytest.mark.long
def test_the_choice_between_two_texts_is_accessible_and_fits_a_phone(staff_page, draft):
    edit(staff_page, draft)
    fresh = Article.objects.get()
    fresh.title, fresh.version = "A title that is somewhat longer than the one before", 2
    fresh.save()
    staff_page.locator("#id_title").fill("Another title that is somewhat longer")
    type_words(staff_page, " And more.")
    staff_page.get_by_role("button", name="Save draft").click()
    staff_page.locator(".conflict").wait_for()
    assert accessibility_problems(staff_page) == []
    staff_page.set_viewport_size({"width": 390, "height": 800})
    assert not is_wider_than_its_window(staff_page)
