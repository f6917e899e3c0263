"""Two people bring a text to readers, each in a browser of their own; pages of the desk for it."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from advocacy.news.models import Article
from advocacy.publishing import actions, reviewing
from tests.browser import accessibility_problems, is_wider_than_its_window
from tests.facts import article, meeting
from tests.people import person
from tests.publishing.forms import change_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser_of(chromium, live_server):
    contexts = []

    def opened(user):
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context = chromium.new_context(base_url=live_server.url, locale="en-GB")
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def test_a_draft_is_asked_about_sent_back_asked_about_again_and_published(browser_of):
    author, publisher = person("author"), person("publisher")
    writing, reviewing_it = browser_of(author), browser_of(publisher)

    writing.goto(reverse("admin:news_article_add"))
    writing.fill("#id_title", "A statement in Geneva")
    writing.locator(".ProseMirror").click()
    writing.keyboard.type("First words.")
    writing.get_by_role("button", name="Ask for a review").click()
    writing.get_by_label("Who should review it?").select_option(label="publisher (can publish it)")
    writing.get_by_label("Note to the reviewer").fill("By Friday, please.")
    writing.get_by_role("button", name="Ask for a review").click()
    expect(writing.locator(".messagelist")).to_contain_text("In review. publisher was asked.")
    expect(writing.locator(".record-state")).to_contain_text("publisher has it since")
    draft = Article.objects.get()

    reviewing_it.goto(change_url(draft))
    expect(reviewing_it.locator(".remarks")).to_contain_text("By Friday, please.")
    reviewing_it.get_by_role("button", name="Send it back").click()
    reviewing_it.get_by_label("What is to be done?").fill("Name the source.")
    reviewing_it.get_by_role("button", name="Send it back").click()
    expect(reviewing_it.locator(".messagelist")).to_contain_text("Sent back.")

    writing.reload()
    expect(writing.locator(".remarks")).to_contain_text("Name the source.")
    writing.get_by_label("Your comment").fill("Done, it is A/HRC/22/57.")
    writing.get_by_role("button", name="Save, and add the comment").click()
    expect(writing).to_have_url(re.compile("#conversation$"))
    writing.get_by_role("button", name="Ask for a review").click()
    writing.get_by_label("Who should review it?").select_option(index=1)
    writing.get_by_role("button", name="Ask for a review").click()
    expect(writing.get_by_role("button", name="Take it back")).to_be_visible()

    reviewing_it.goto(change_url(draft))
    reviewing_it.get_by_role("button", name="Publish", exact=True).click()
    expect(reviewing_it.locator(".messagelist")).to_contain_text("A statement in Geneva")
    assert Article.objects.published().exists()


def test_enter_in_a_field_saves_and_does_nothing_else(browser_of):
    draft = article(public=False, created_by=(author := person("author")))
    page = browser_of(author)
    page.goto(change_url(draft))
    page.fill("#id_title", "Entered")
    page.press("#id_title", "Enter")
    expect(page.locator("h1")).to_have_text("Entered")
    assert "#" not in page.url
    assert page.url.endswith(change_url(draft))


def addresses(author, editor) -> dict[str, tuple]:
    draft = article("A draft", public=False, created_by=author)
    reviewed = article("In review", public=False, created_by=author)
    reviewing.ask(record=reviewed, by=author, reviewer=editor, note="Look at the end.")
    live = article("Public", created_by=editor)
    for thrown in (article("Thrown away", created_by=author), meeting(created_by=author)):
        actions.trash(record=thrown)
    return {
        "a draft": (author, change_url(draft)),
        "in review, for who asked": (author, change_url(reviewed)),
        "in review, for who was asked": (editor, change_url(reviewed)),
        "a colleague's": (author, change_url(live)),
        "asking": (author, change_url(draft, "ask")),
        "sending back": (editor, change_url(reviewed, "send_back")),
        "trash": (editor, reverse("publishing:trash")),
        "roles": (author, reverse("publishing:roles")),
    }


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_pages_of_review_are_accessible_and_fit_a_telephone(browser_of, live_server, language):
    author, editor = person("author"), person("editor")
    pages = {user.pk: browser_of(user) for user in (author, editor)}
    for page in pages.values():
        cookie = {"name": "django_language", "value": language, "url": f"{live_server.url}/admin/"}
        page.context.add_cookies([cookie])
    for name, (user, address) in addresses(author, editor).items():
        page = pages[user.pk]
        page.goto(address)
        page.wait_for_load_state("networkidle")
        expect(page.locator("html")).to_have_attribute("lang", language)
        problems = accessibility_problems(page, [(1280, "light"), (390, "dark")])
        assert not problems, f"{name}:\n" + "\n".join(problems)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert not is_wider_than_its_window(page), f"{name} at {width}"
