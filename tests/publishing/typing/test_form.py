"""A form that is typed into: by syllables, by two people, in both languages and on a phone."""

from __future__ import annotations

import json

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import expect

from advocacy.news.models import Article
from advocacy.publishing import actions
from advocacy.publishing.models import Presence
from tests.accounts.signing_in import sign_in
from tests.browser import accessibility_problems, is_wider_than_its_window
from tests.people import person
from tests.publishing.at_the_form import edit, save, type_words
from tests.publishing.forms import change_url
from tests.publishing.typing.offers import SECOND, wait_until_kept

pytestmark = pytest.mark.browser


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
