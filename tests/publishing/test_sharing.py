"""A link to what is not public yet: who can read by it, what, for how long, and what is told of it."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from advocacy.news.models import Article
from advocacy.publishing import actions, sharing
from advocacy.publishing.models import ShareLink
from nkhr.store.admission import Admission
from tests.answers import words
from tests.attachments import makers
from tests.attachments.records import figure
from tests.facts import article, meeting, milestone
from tests.people import person
from tests.publishing.forms import change_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client):
    client.force_login(user := person("author"))
    return user


@pytest.fixture
def draft(author):
    return Article.objects.create(title="A secret draft", body="<p>Words.</p>", created_by=author)


def link(record, by, language: str = "en", **when) -> str:
    return f"/{language}/preview/{sharing.share(record=record, by=by, **when)}/"


def read(path: str, at=None):
    """By a stranger."""
    return Client().get(path)


def test_a_stranger_with_the_link_reads_the_text_without_an_account(draft, author):
    answer = read(link(draft, author))
    assert answer.status_code == 200
    assert "Preview, not public. For whoever has this link, until" in words(answer)
    assert "A secret draft" in words(answer)
    assert not answer.cookies


def test_whoever_made_it_is_shown_the_link_once(client, draft, author):
    answer = client.post(change_url(draft, "share"))
    (address,) = re.findall(r'value="http://127.0.0.1:8000(/en/preview/[^"]+)"', html(answer))
    assert read(address).status_code == 200
    token = address.split("/")[3]
    assert len(token) > 40
    assert token not in html(client.get(change_url(draft, "share")))
    assert token not in str(ShareLink.objects.values())
    assert token not in str(client.session.items())
    assert not [value for value in client.cookies.values() if token in value.value]


def html(answer) -> str:
    return answer.content.decode()


def test_the_page_of_links_says_who_made_which_and_until_when(client, draft, author):
    link(draft, person("editor", "Lee"))
    said = words(client.get(change_url(draft, "share")))
    assert "Made by Lee on" in said
    assert "works until" in said


def test_it_ends_after_two_days_and_not_before(draft, author, time_machine):
    now = timezone.now()
    path = link(draft, author, at=now)
    time_machine.move_to(now + timedelta(hours=47, minutes=59))
    assert read(path).status_code == 200
    time_machine.move_to(now + timedelta(hours=48))
    assert read(path).status_code == 404


def test_it_can_be_ended_by_anybody_whose_text_it_is(client, draft, author):
    path = link(draft, person("editor"))
    answer = client.post(change_url(draft, "share"), {"end": ShareLink.objects.get().pk})
    assert "leads nowhere any more" in words(answer)
    assert read(path).status_code == 404
    assert ShareLink.objects.get().revoked_by == author


def test_nobody_ends_a_link_of_another_text_by_its_number(client, draft, author):
    editor = person("editor")
    other = Article.objects.create(title="Another", created_by=editor)
    path = link(other, editor)
    for number in (ShareLink.objects.get().pk, "x", "²"):
        assert client.post(change_url(draft, "share"), {"end": number}).status_code == 404
    assert read(path).status_code == 200


def test_a_colleague_makes_no_link_to_what_is_not_theirs(client, draft):
    client.force_login(person("author", "colleague"))
    assert client.post(change_url(draft, "share")).status_code == 404
    live = actions.publish(record=draft)
    assert client.post(change_url(live, "share")).status_code == 403
    assert not ShareLink.objects.exists()


def test_it_shows_what_is_saved_when_it_is_read(draft, author):
    path = link(draft, author)
    draft.title = "Saved since"
    draft.save()
    assert "Saved since" in words(read(path))


def test_it_shows_the_working_copy_and_then_leads_to_the_page_itself(draft, author):
    live = actions.publish(record=draft)
    copy = actions.open_working_copy(record=live, by=author)
    copy.title = "Coming"
    copy.save()
    path = link(copy, author)
    assert "Coming" in words(read(path))
    actions.publish(record=copy)
    answer = read(path)
    assert answer.status_code == 302
    assert answer.headers["Location"] == live.get_absolute_url()
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_under_an_embargo_it_shows_what_is_coming(draft, author):
    draft.published_at = timezone.now() + timedelta(days=1)
    draft.save()
    actions.publish(record=draft)
    assert "A secret draft" in words(read(link(draft, author)))


def test_a_fact_is_read_in_both_languages_by_the_same_link(author):
    fact = milestone(titles={"en": "Resolution", "ko": "결의"}, public=False, created_by=author)
    token = sharing.share(record=fact, by=author)
    english = read(f"/en/preview/{token}/")
    korean = read(f"/ko/preview/{token}/")
    assert "Resolution" in words(english)
    assert "결의" in words(korean)
    assert f'href="/ko/preview/{token}/"' in html(english)
    assert f'href="/en/preview/{token}/"' in html(korean)


def test_an_article_is_read_in_both_languages_where_both_are_its_makers(draft, author):
    korean = actions.start_translation(record=draft, language="ko", by=author)
    korean.title = "비밀 초안"
    korean.save()
    token = sharing.share(record=draft, by=author)
    assert "비밀 초안" in words(read(f"/ko/preview/{token}/"))


def test_it_does_not_open_a_translation_that_is_not_its_makers(draft, author):
    actions.start_translation(record=draft, language="ko", by=person("editor"))
    token = sharing.share(record=draft, by=author)
    assert read(f"/ko/preview/{token}/").status_code == 404
    assert "/ko/preview/" not in html(read(f"/en/preview/{token}/"))


# Files


@pytest.fixture
def illustrated(author):
    shown, statement = makers.attachment(kind="picture"), makers.attachment()
    fact = meeting(public=False, created_by=author, text=f"<p>Words.</p>{figure(shown)}")
    fact.documents.create(attachment=statement)
    return fact, shown, statement


def test_its_pictures_and_documents_are_read_by_the_link_and_by_it_alone(illustrated, author):
    fact, shown, statement = illustrated
    path = link(fact, author)
    token = path.split("/")[3]
    page = html(read(path))
    for plain in (statement.get_absolute_url(), shown.thumbnail(960).url):
        address = f"/preview/{token}{plain}"
        assert address in page
        assert f'"{plain}' not in page
        answer = read(address)
        assert answer.status_code == 200, address
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies
        assert not hasattr(answer, "counted")
        assert read(plain).status_code == 404
        assert read(f"/preview/{'x' * 43}{plain}").status_code == 404


def test_every_address_of_a_file_on_the_page_is_under_the_link(illustrated, author):
    fact, _shown, _statement = illustrated
    page = html(read(link(fact, author)))
    found = re.findall(r"[\"', ](/[^\"', ]*/?(?:documents|pictures)/[0-9a-f-]{36}/[^\"', ]+)", page)
    assert len(found) > 5
    assert all(address.startswith("/preview/") for address in found)


def test_the_link_opens_no_other_file(illustrated, author):
    fact, _shown, _statement = illustrated
    other = makers.attachment(title="Of another draft")
    article("Another", public=False).documents.create(attachment=other)
    token = link(fact, author).split("/")[3]
    assert read(f"/preview/{token}{other.get_absolute_url()}").status_code == 404


def test_a_file_that_is_public_anyway_is_found_under_the_link_too(illustrated, author):
    fact, _shown, _statement = illustrated
    public = makers.attachment(title="A public report")
    live = article("Public", public=False)
    live.documents.create(attachment=public)
    actions.publish(record=live)
    token = link(fact, author).split("/")[3]
    assert read(f"/preview/{token}{public.get_absolute_url()}").status_code == 200


def test_files_follow_the_link_into_its_end(illustrated, author):
    fact, _shown, statement = illustrated
    token = link(fact, author).split("/")[3]
    address = f"/preview/{token}{statement.get_absolute_url()}"
    sharing.revoke(link=ShareLink.objects.get(), by=author)
    assert read(address).status_code == 404


def test_an_older_address_of_a_file_leads_on_below_the_link(illustrated, author):
    fact, _shown, statement = illustrated
    token = link(fact, author).split("/")[3]
    old = statement.get_absolute_url().replace("a-statement", "old-name")
    answer = read(f"/preview/{token}{old}")
    assert answer.headers["Location"] == f"/preview/{token}{statement.get_absolute_url()}"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_large_document_is_read_in_parts_by_the_link(illustrated, author):
    fact, _shown, statement = illustrated
    token = link(fact, author).split("/")[3]
    address = f"/preview/{token}{statement.get_absolute_url()}"
    answer = Client().get(address, headers={"Range": "bytes=0-3"})
    assert answer.status_code == 206
    assert b"".join(answer) == b"%PDF"


# Its end


def test_links_to_what_is_withdrawn_end_for_good(draft, author):
    live = actions.publish(record=draft)
    copy = actions.open_working_copy(record=live, by=author)
    path = link(copy, author)
    actions.withdraw(publication=live)
    assert read(path).status_code == 404
    actions.publish(record=live)  # known again, and with it the working copy
    assert read(path).status_code == 404


def test_links_to_what_is_thrown_away_end_for_good(draft, author):
    path = link(draft, author)
    actions.trash(record=draft)
    assert read(path).status_code == 404
    actions.restore(record=Article.objects.get())
    assert read(path).status_code == 404


def test_no_link_is_made_to_what_is_withdrawn_or_thrown_away(client, draft, author):
    live = actions.publish(record=draft)
    actions.withdraw(publication=live)
    for _state in ("withdrawn", "trashed"):
        client.post(change_url(live, "share"))
        assert not ShareLink.objects.exists()
        actions.trash(record=Article.objects.get(pk=live.pk))


def test_a_language_that_is_withdrawn_is_not_read_by_a_link_made_later(author):
    fact = milestone(titles={"en": "Resolution", "ko": "결의"}, created_by=author)
    actions.withdraw(publication=fact.texts.get(language="ko"))
    copy = actions.open_working_copy(record=fact, by=author)
    token = sharing.share(record=copy, by=author)
    assert read(f"/en/preview/{token}/").status_code == 200
    assert read(f"/ko/preview/{token}/").status_code == 404


@pytest.mark.parametrize("what", ["is_active", "is_staff"])
def test_links_end_with_the_account_of_whoever_made_them(draft, author, what):
    path = link(draft, author)
    setattr(author, what, False)
    author.save()
    assert read(path).status_code == 404


def test_a_reviewers_link_ends_when_the_text_is_no_longer_theirs(draft):
    colleague = person("author", "colleague")
    path = link(draft, colleague)  # as it would have been while it was
    assert read(path).status_code == 404


def test_a_link_that_leads_nowhere_says_so_and_is_the_same_whatever_the_reason(draft, author):
    ended = read(link(draft, author, at=timezone.now() - timedelta(days=3)))
    never = read(f"/en/preview/{'x' * 43}/")
    assert ended.content == never.content
    assert "Ask whoever sent it to you for a new one." in words(never)
    for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy"):
        assert ended.headers[name] == never.headers[name]


def test_rows_of_links_that_ended_long_ago_are_removed(draft, author):
    link(draft, author, at=timezone.now() - timedelta(days=33))
    link(draft, author)
    assert ShareLink.objects.count() == 1


# What is told of it


def test_it_is_kept_by_nobody_found_by_nobody_and_told_to_nobody(draft, author):
    answer = read(link(draft, author))
    assert not hasattr(answer, "page_params")
    assert not hasattr(answer, "counted")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert 'content="noindex"' in html(answer)
    assert "preview" not in html(read("/robots.txt"))


def test_it_passes_by_the_store_of_pages(draft, author):
    admission = Admission()
    assert admission.is_page("/en/news/")
    assert not admission.is_page(link(draft, author))
    assert not admission.is_page(f"{change_url(draft, 'preview')}en/")


def test_nothing_but_reading_can_be_done_with_it(draft, author):
    path = link(draft, author)
    assert Client(enforce_csrf_checks=True).post(path).status_code == 405


def test_its_token_gets_into_no_log(draft, author, settings, monkeypatch, capfd):
    """Not even when the site breaks on it, and what was asked for is written down."""
    path = link(draft, author)

    def broken(*args, **kwargs):
        raise RuntimeError(f"on the way to {path}")

    monkeypatch.setattr("advocacy.publishing.showing.draw", broken)
    logging.config.dictConfig(settings.LOGGING)
    answer = Client(raise_request_exception=False).get(path)
    assert answer.status_code == 500
    written = capfd.readouterr().err
    assert "RuntimeError: on the way to" in written
    assert "/en/preview/…/" in written
    assert path.split("/")[3] not in written
