"""The search through what is public when the register has changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from advocacy.news.models import Article, Tag
from advocacy.protection import notices, pages, register, searching
from advocacy.protection.models import Consent, Exposed, Search, Use
from advocacy.protection.public import public
from advocacy.protection.router import ALIAS
from advocacy.publishing import actions
from advocacy.publishing.models import Publication
from advocacy.publishing.whole import whole
from advocacy.symbols.models import UNDocument
from advocacy.tasks import worker
from advocacy.tasks.models import Task
from nkhr import daily
from tests.accounts.signing_in import sign_in
from tests.attachments import makers
from tests.facts import article, meeting, milestone
from tests.people import person
from tests.tasks.work import HERE, do_all

from .entries import agree, protect

pytestmark = pytest.mark.django_db(databases=["default", ALIAS])

NAME = "Shin Dong-hyuk"
INDEX = "/admin/protected/"


@pytest.fixture(autouse=True)
def no_pages(monkeypatch):
    """Those of no text have tests of their own (test_pages.py)."""
    monkeypatch.setattr(pages, "begin", lambda search: None)


@pytest.fixture
def officer(client):
    user = person("author", "officer", is_case_officer=True, email="officer@example.org")
    sign_in(client, user)
    return user


def searched() -> list[str]:
    """The titles of what a search meets."""
    searching.begin()
    do_all()
    return [one.title for one in public()]


def test_what_was_public_before_somebody_was_entered_is_met(key):
    article(f"{NAME} in Geneva")
    article("A survivor in Geneva")
    article(f"{NAME}, not yet written", public=False)
    protect("신동혁")
    assert searched() == [f"{NAME} in Geneva"]
    [one] = public()
    assert "A protected name: title." in one.sentences
    assert [str(who) for who in one.people] == [str(one.people[0])]
    [(name, address)] = one.addresses
    assert name == "English" and address.startswith("/en/news/")


def test_facts_and_files_are_met(key):
    pdf = makers.attachment(content=makers.saved(makers.pdf(NAME)))
    pdf.page_texts.create(number=1, text=NAME)
    with_file = article("With a document")
    with_file.documents.create(attachment=pdf)
    milestone(titles={"en": f"A step for {NAME}"})
    meeting(titles={"en": f"{NAME} meets"})
    protect("신동혁")
    assert len(searched()) == 3
    met = {one.title: one for one in public()}
    assert met["With a document"].sentences == ["A protected name: documents, page 1."]


def test_what_is_still_to_appear_is_held_back(key):
    tomorrow = timezone.now() + timedelta(days=1)
    to_come = article(f"{NAME} will speak", public=False)
    to_come.published_at = tomorrow
    to_come.save()
    actions.publish(record=to_come)
    told = meeting(titles={"en": "A meeting", "ko": "신동혁과 만남"})
    korean = told.texts.get(language="ko")
    korean.published_at = tomorrow
    korean.save()
    protect("신동혁")
    assert sorted(searched()) == ["A meeting · 신동혁과 만남", f"{NAME} will speak"]
    assert {one.why_none for one in public()} == {
        "It was to appear by itself, and was withdrawn before it did."
    }
    assert not Article.objects.published(tomorrow + timedelta(hours=1)).exists()
    assert {text.language: text.status for text in told.texts.all()} == {
        "en": Publication.Status.PUBLISHED,
        "ko": Publication.Status.WITHDRAWN,
    }


def test_what_was_held_back_is_told_for_a_month_or_until_it_is_published_again(key):
    to_come = article(f"{NAME} will speak", public=False)
    to_come.published_at = timezone.now() + timedelta(days=1)
    to_come.save()
    actions.publish(record=to_come)
    protect("신동혁")
    assert searched() == searched() == [f"{NAME} will speak"]
    assert notices.waiting() == 1
    assert not searching.begin_if_due()  # readers cannot get it, so it is no reason to search again
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert searched() == []


def test_what_was_held_back_is_told_until_it_is_published_again(key):
    told = meeting(titles={"en": "A meeting", "ko": "신동혁과 만남"}, public=False)
    korean = told.texts.get(language="ko")
    korean.published_at = timezone.now() + timedelta(days=1)
    korean.save()
    actions.publish(record=told)
    protect("신동혁")
    assert searched() == searched() == ["A meeting · 신동혁과 만남"]
    korean.refresh_from_db()
    korean.title, korean.slug, korean.summary, korean.ready = "만남", "만남", "만남", True
    korean.save()
    actions.publish(record=whole(type(told)).get(pk=told.pk))
    assert searched() == []


def test_what_readers_see_without_its_being_published_is_met(key, client, officer):
    tag = Tag.objects.create(name=f"{NAME} campaign", slug="campaign")
    UNDocument.objects.create(symbol="A/HRC/25/63", sponsors=f"Japan\n{NAME}")
    UNDocument.objects.create(symbol="A/HRC/25/64", title_en="A report")
    protect("신동혁")
    assert sorted(searched()) == ["UN document: A/HRC/25/63", f"tag: {NAME} campaign"]
    assert notices.waiting() == 2
    listed = client.get(INDEX).content.decode()
    assert reverse("admin:news_tag_change", args=[tag.pk]) in listed
    assert "where it is mended" in listed
    tag.name = "Campaign"
    tag.save()
    assert searched() == ["UN document: A/HRC/25/63"]


def test_a_text_that_was_withdrawn_or_mended_is_listed_no_more(key):
    named, mended = article(f"{NAME} one"), article(f"{NAME} two")
    protect("신동혁")
    assert len(searched()) == 2
    assert notices.waiting() == 2
    actions.withdraw(publication=named)
    assert [one.title for one in public()] == [f"{NAME} two"]
    mended.title = mended.slug = "a-survivor"
    mended.save()
    assert searched() == []
    assert not Exposed.objects.exists()


def test_a_consent_covers_until_it_is_ended_early(key, client, officer):
    article(f"{NAME} in Geneva")
    consent = agree(protect("신동혁"))
    assert searched() == []
    client.post(reverse("protection:end", args=[consent.pk]))
    do_all()
    assert [one.title for one in public()] == [f"{NAME} in Geneva"]


@pytest.mark.parametrize("change", ["entered", "changed", "removed", "asked for"])
def test_each_change_of_the_register_begins_a_search(key, client, officer, change):
    one = protect("Kim Chol-su")
    typed = {"names": "신동혁\n", "identifiers": "", "instead": ""}
    match change:
        case "entered":
            client.post(reverse("protection:add"), typed)
        case "changed":
            client.post(reverse("protection:person", args=[one.pk]), typed)
        case "removed":
            client.post(reverse("protection:remove", args=[one.pk]))
        case "asked for":
            client.post(reverse("protection:search"))
    assert Search.objects.get().version == register.current().version


def test_a_change_by_another_way_is_searched_for_within_a_day(key):
    protect("신동혁")
    assert daily.look_for_protected_names.call()
    assert not daily.look_for_protected_names.call()
    one = protect("Kim Chol-su")
    assert daily.look_for_protected_names.call()
    consent = agree(one, until=timezone.localdate())
    assert daily.look_for_protected_names.call()
    assert not daily.look_for_protected_names.call()
    assert searching.begin_if_due(consent.ends_at)


def test_a_search_that_was_cut_off_goes_on_where_it_was(key, monkeypatch):
    for number in range(6):
        article(f"{NAME} {number}")
    protect("신동혁")
    looked, look = [], searching._look

    def killed(record, search):
        if len(looked) == 3:
            raise SystemExit
        looked.append(record.pk)
        look(record, search)

    search = searching.begin()
    monkeypatch.setattr(searching, "_look", killed)
    worker.do_next(HERE)
    search.refresh_from_db()
    assert (search.done, search.total, search.finished_at) == (3, 6, None)
    monkeypatch.setattr(
        searching, "_look", lambda record, search: (looked.append(record.pk), look(record, search))
    )
    Task.objects.update(run_after=timezone.now())
    do_all()
    search.refresh_from_db()
    assert search.finished_at
    assert len(looked) == len(set(looked)) == search.done == 6
    assert len(public()) == 6


def test_a_long_search_is_done_in_pieces(key, monkeypatch):
    monkeypatch.setattr(searching, "PIECE_S", 0)
    for number in range(3):
        article(f"{NAME} {number}")
    milestone(titles={"en": f"A step for {NAME}"})
    protect("신동혁")
    searching.begin()
    assert do_all() == 5  # a piece for each, and one that finds no more
    assert len(public()) == 4


def test_a_newer_search_ends_the_older(key):
    article(f"{NAME} in Geneva")
    protect("신동혁")
    older = searching.begin()
    searching.begin()
    do_all()
    older.refresh_from_db()
    assert (older.done, older.finished_at) == (0, None)
    assert len(public()) == 1


def test_case_officers_see_how_far_it_is_what_was_met_and_whose_name_it_is(key, client, officer):
    article(f"{NAME} in Geneva")
    one = protect("신동혁")
    searching.begin()
    assert "0 of 1 texts have been looked at." in client.get(INDEX).content.decode()
    do_all()
    page = client.get(INDEX).content.decode()
    assert "1 text was looked at" in page
    assert "A protected name: title." in page
    assert reverse("protection:person", args=[one.pk]) in page
    assert "/admin/news/article/" in page
    assert "needs a case officer" in client.get("/admin/").content.decode()


def test_a_letter_with_a_link_alone_tells_what_was_met_and_only_once(key, officer, mailoutbox):
    article(f"{NAME} in Geneva")
    article(f"{NAME} in New York")
    protect("신동혁")
    before = Use.objects.count()
    searched()
    searched()
    [mail] = mailoutbox
    assert mail.bcc == [officer.email]
    assert INDEX in mail.body
    assert not {"Shin", "신동혁", "Geneva"} & set(mail.body.split())
    assert Use.objects.filter(by=None).count() == before + 4


def test_the_end_of_a_consent_that_ends_a_text_is_told(key, client, officer, mailoutbox):
    one = protect("신동혁")
    consent = agree(one, approved=False, until=timezone.localdate())
    client.post(reverse("protection:approve", args=[consent.pk]))
    text = article(f"{NAME} in Geneva", public=False)
    actions.publish(record=text)
    do_all()
    assert mailoutbox == []
    with time_machine.travel(consent.ends_at + timedelta(minutes=1), tick=False):
        do_all()
        text.refresh_from_db()
        assert text.status == Publication.Status.PUBLISHED
        assert not text.is_public()
    [mail] = mailoutbox
    assert INDEX in mail.body


@pytest.mark.parametrize("case", ["ended early", "nothing rests on it"])
def test_an_end_that_ends_nothing_is_not_told(key, client, officer, mailoutbox, case):
    consent = agree(protect("신동혁"), approved=False, until=timezone.localdate())
    client.post(reverse("protection:approve", args=[consent.pk]))
    if case == "ended early":
        actions.publish(record=article(f"{NAME} in Geneva", public=False))
        Consent.objects.filter(pk=consent.pk).update(ended_at=timezone.now())
    with time_machine.travel(consent.ends_at + timedelta(minutes=1), tick=False):
        do_all()
    assert mailoutbox == []


def test_without_a_register_nothing_is_searched():
    assert searching.begin() is None
    assert not daily.look_for_protected_names.call()
