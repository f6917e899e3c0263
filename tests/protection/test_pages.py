"""The pages that belong to no text are read as a crawler gets them, when the register has changed."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.hits.models import DailyCount
from advocacy.news import views as news
from advocacy.news.models import Tag
from advocacy.protection import pages, searching
from advocacy.protection.models import Exposed, Page, Search
from advocacy.protection.public import public
from advocacy.protection.router import ALIAS
from advocacy.publishing import actions
from advocacy.tasks import worker
from advocacy.tasks.models import Task
from nkhr import daily
from tests.accounts.signing_in import sign_in
from tests.facts import article, meeting, milestone
from tests.people import person
from tests.tasks.work import HERE, do_all

from .entries import agree, protect

pytestmark = pytest.mark.django_db(databases=["default", ALIAS])

NAME = "Shin Dong-hyuk"


@pytest.fixture
def said(monkeypatch):
    """A name that no text and no row holds: the site itself says it above its news in English."""
    told = {"Articles and statements, newest first.": f"Of {NAME}, newest first."}
    monkeypatch.setattr(news, "_", lambda text: told.get(text, text))


@pytest.fixture
def few(monkeypatch):
    """A site of three pages."""
    monkeypatch.setattr(pages, "_fixed", lambda resolver: ["/en/news/", "/en/tags/", "/robots.txt"])
    monkeypatch.setattr(pages, "links", lambda *args: [])


def searched() -> list[str]:
    """What a search meets."""
    searching.begin()
    do_all()
    return sorted(one.title for one in public())


def test_every_page_of_no_text_is_read_and_no_page_of_a_text(key):
    own = article("On A/HRC/25/63")
    own.tags.add(Tag.objects.create(name="Geneva", slug="geneva"))
    facts = [milestone(symbols=("A/HRC/RES/22/13",)), meeting()]
    protect("신동혁")
    assert searched() == []
    read = {page.path for page in Page.objects.filter(is_read=True)}
    assert not Page.objects.filter(is_read=False).exists()
    assert {
        "/",
        "/en/",
        "/ko/",
        "/en/news/",
        "/robots.txt",
        "/sitemap.xml",
        "/api/v1/symbols",
    } <= read
    assert {"/sitemap-news.xml", "/en/milestones/export.csv", "/ko/meetings/calendar.ics"} <= read
    assert {"/feeds/all.atom", "/en/tags/geneva/", "/en/tags/geneva/feed.json"} <= read
    assert {"/en/un/A/HRC/RES/22/13/", "/en/milestones/?body=hrc", "/ko/nothing-is-here/"} <= read
    texts = [own, *(text for fact in facts for text in fact.texts.all())]
    assert not {text.get_absolute_url() for text in texts} & read
    assert not [path for path in read if "/admin/" in path or "/cite." in path or ".xlsx" in path]
    search = Search.objects.get()
    assert (search.done, search.read) == (3, len(read))
    assert not DailyCount.objects.exists()


def test_a_name_the_site_itself_says_is_met_with_its_page(key, said, few, client):
    article("A statement")
    protect("신동혁")
    assert searched() == ["The page /en/news/"]
    user = person("author", "officer", is_case_officer=True)
    sign_in(client, user)
    listed = client.get(reverse("protection:index")).content.decode()
    assert "The page /en/news/" in listed
    assert 'href="/en/news/"' in listed
    assert "its form" not in listed.casefold()
    assert "1 text was looked at, and 5 other pages" in listed


def test_a_page_with_a_name_from_a_text_that_is_listed_is_not_listed_too(key, few):
    one = article(f"{NAME} in Geneva")
    protect("신동혁")
    assert searched() == [f"{NAME} in Geneva"]
    actions.withdraw(publication=one)
    assert searched() == []


def test_a_list_may_show_what_a_text_may_by_consent(key, few):
    agree(protect("신동혁"))
    article(f"{NAME} in Geneva")
    assert searched() == []


def test_what_is_listed_is_looked_for_again_each_day(key, said, few, monkeypatch):
    protect("신동혁")
    assert searched() == ["The page /en/news/"]
    assert daily.look_for_protected_names.call()
    monkeypatch.undo()
    monkeypatch.setattr(pages, "_fixed", lambda resolver: ["/en/news/"])
    do_all()
    assert not Exposed.objects.exists()
    assert not daily.look_for_protected_names.call()


def test_reading_goes_on_where_it_was_cut_off(key, said, few, monkeypatch):
    protect("신동혁")
    read, look = [], searching._look_at_page

    def killed(page, *args):
        if len(read) == 3:
            raise SystemExit
        read.append(page.path)
        look(page, *args)

    monkeypatch.setattr(searching, "_look_at_page", killed)
    searching.begin()
    worker.do_next(HERE)
    assert Page.objects.filter(is_read=False).count() == 2
    monkeypatch.setattr(
        searching, "_look_at_page", lambda page, *args: (read.append(page.path), look(page, *args))
    )
    Task.objects.update(run_after=timezone.now())
    do_all()
    assert len(read) == len(set(read)) == 5
    assert Search.objects.get().finished_at


def test_pages_are_read_in_pieces(key, said, few, monkeypatch):
    monkeypatch.setattr(searching, "PIECE_S", 0)
    protect("신동혁")
    searching.begin()
    assert do_all() == 6  # one for each, and one that finds no more
    assert [one.title for one in public()] == ["The page /en/news/"]


def test_a_link_is_followed_within_the_site_and_with_one_parameter(settings):
    settings.SITE_URL = "https://nkhr.example"
    html = (
        '<a href="/en/news/?year=2014">a</a> <a href="?tag=x&amp;page=2">b</a> <a class="c" href="../un/#d">'
        '<link rel="alternate" href="https://nkhr.example/en/news/feed.atom"> <img src="/x.png">'
        '<a href="https://other.example/">e</a> <a href="mailto:a@nkhr.example">f</a>'
    )
    found = list(pages.links("/en/news/", html))
    assert found == ["/en/news/?year=2014", "/en/un/", "/en/news/feed.atom"]
    assert list(pages.links("/", "<loc>https://nkhr.example/en/</loc>", "/ko/")) == ["/ko/", "/en/"]


def test_a_newer_search_reads_all_of_them_again(key, said, few):
    protect("신동혁")
    older = searched()
    assert searched() == older == ["The page /en/news/"]
    newest = Search.objects.first()
    assert newest.read == newest.pages == Page.objects.count() == 5


def test_there_is_an_end_to_the_pages(key, few, monkeypatch):
    monkeypatch.setattr(pages, "MOST", 4)
    protect("신동혁")
    searched()
    assert Page.objects.count() == 4
