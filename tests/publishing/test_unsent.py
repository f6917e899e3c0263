"""Without a script: what was written while the session ended is handed back, and kept nowhere."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

from advocacy.accounts.models import Session
from advocacy.news.models import Article
from advocacy.publishing.models import Unsaved
from tests.accounts.signing_in import PASSWORD, sign_in
from tests.answers import words
from tests.browser import accessibility_problems, is_wider_than_its_window
from tests.people import person
from tests.publishing.browsing import opened
from tests.publishing.forms import change_url

OURS = {"origin": "http://testserver"}


@pytest.fixture
def draft(db):
    return Article.objects.create(title="Saved", body="<p>Saved.</p>")


@pytest.fixture
def editor(db):
    """A browser whose tokens are looked at."""
    client = Client(enforce_csrf_checks=True)
    client.user = person("editor")
    sign_in(client, client.user)
    return client


def typed(client: Client, record) -> dict[str, list[str]]:
    form = opened(client, change_url(record)).type(title="Typed", body="<p>One.</p>\n<p>“Two”</p>")
    return {**form.fields, "_save": ["1"]}


def fields_of(answer) -> dict[str, list[str]]:
    """Of the form that hands back what was sent."""
    (form,) = html.fromstring(answer.content.decode()).find_class("review-page")
    found: dict[str, list[str]] = {}
    for control in form.iter("input"):
        found.setdefault(control.name, []).append(control.value)
    return found


def test_what_is_sent_after_the_session_has_ended_comes_back_and_can_be_sent_again(editor, draft):
    sent = typed(editor, draft)
    Session.objects.all().delete()
    answer = editor.post(change_url(draft), sent, headers=OURS)
    assert answer.status_code == 403
    assert "Your session has ended, and nothing was saved." in words(answer)
    assert "no-store" in answer["Cache-Control"]
    back = fields_of(answer)
    assert {**back, "csrfmiddlewaretoken": []} == {**sent, "csrfmiddlewaretoken": []}
    assert not Unsaved.objects.exists()

    sign_in(editor, editor.user)
    editor.cookies["csrftoken"] = "a" * 32  # signing in gives another
    again = editor.post(change_url(draft), back, headers=OURS)
    assert again.status_code == 403
    assert "You have signed in anew" in words(again)
    saved = editor.post(change_url(draft), fields_of(again), headers=OURS)
    assert saved.status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.body) == ("Typed", "<p>One.</p>\n<p>“Two”</p>")


def test_a_new_text_and_a_note_come_back_too(editor, draft):
    Session.objects.all().delete()
    editor.get("/admin/sign-in/")
    sent = {"csrfmiddlewaretoken": editor.cookies["csrftoken"].value, "note": "Look at the end."}
    for address in ("/admin/news/article/add/", change_url(draft, "ask")):
        answer = editor.post(address, sent, headers=OURS)
        assert answer.status_code == 403
        assert fields_of(answer)["note"] == ["Look at the end."]


def test_what_another_site_has_sent_does_not_come_back(editor, draft):
    sent = {**typed(editor, draft), "csrfmiddlewaretoken": ["x" * 64]}
    for headers in ({"origin": "https://elsewhere.example"}, {"origin": "null"}, {}):
        answer = editor.post(change_url(draft), sent, headers=headers)
        assert answer.status_code == 403
        assert "Typed" not in answer.content.decode()
    Session.objects.all().delete()
    answer = editor.post(change_url(draft), sent, headers={"origin": "https://elsewhere.example"})
    assert "Typed" not in answer.content.decode()


def test_no_password_comes_back(editor):
    answer = editor.post("/admin/sign-in/", {"login": "editor", "password": PASSWORD}, headers=OURS)
    assert answer.status_code == 403
    assert PASSWORD not in answer.content.decode()


def test_it_tells_nothing_of_what_there_is(editor, draft):
    Session.objects.all().delete()
    editor.get("/admin/sign-in/")
    sent = {"csrfmiddlewaretoken": editor.cookies["csrftoken"].value}
    answers = [
        editor.post(f"/admin/news/article/{pk}/change/", sent, headers=OURS)
        for pk in (draft.pk, draft.pk + 1)
    ]
    one, other = ([answer.status_code, words(answer)] for answer in answers)
    assert one == other


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_without_a_script_one_signs_in_beside_it_and_sends_it(chromium, staff_page, live_server):
    draft = Article.objects.create(title="Saved", body="<p>Saved.</p>")
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(staff_page.context.cookies())
    page = context.new_page()
    page.goto(change_url(draft))
    page.locator("#id_title").fill("Typed")
    Session.objects.all().delete()
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").click()
    assert page.locator("h1").inner_text() == "You are signed out"
    with context.expect_page() as beside:
        page.get_by_role("link", name="Sign in, in a new tab").click()
    beside.value.get_by_label("User name or e-mail address").fill("editor")
    beside.value.get_by_label("Password").fill("a long pass phrase")
    with beside.value.expect_navigation():
        beside.value.keyboard.press("Enter")
    for title in ("Not saved yet", "Typed"):
        with page.expect_navigation():
            page.get_by_role("button", name="Send it now").click()
        assert page.locator("h1").inner_text() == title
    draft.refresh_from_db()
    assert draft.title == "Typed"
    context.close()


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_the_page_that_hands_it_back_is_accessible_and_fits_a_telephone(staff_page, live_server):
    draft = Article.objects.create(title="Saved", body="<p>Saved.</p>")
    staff_page.goto(change_url(draft))
    Session.objects.all().delete()
    with staff_page.expect_navigation():
        staff_page.locator("#article_form").evaluate("(form) => form.submit()")
    assert accessibility_problems(staff_page) == []
    staff_page.set_viewport_size({"width": 390, "height": 800})
    assert not is_wider_than_its_window(staff_page)
    staff_page.problems.clear()
