"""Answers where there is no page to show."""

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from advocacy.news.models import Article
from advocacy.publishing import actions
from nkhr import errors
from tests.site.pages import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        *("/nothing", "/nothing/", "/en/nothing/", "/ko/nothing/", "/fr/news/", "/en/%00/"),
        *("/en/news/2015/%00/", "/en/news/99999999999/x/", "/%ff%fe/", "/en/" + "x" * 5000 + "/"),
        "/en/news/2015/%F0%9F%98%80/",
    ],
)
def test_what_is_not_there_is_answered_with_a_page_of_its_own(client, path):
    answer = client.get(path, follow=True)
    assert answer.status_code == 404
    assert b'<p class="kick">404</p>' in answer.content
    assert b"/en/news/" in answer.content or b"/ko/news/" in answer.content


def test_a_page_that_is_not_there_is_kept_out_of_search_engines(client):
    page = Page(client, "/en/nothing/", status=404)
    assert page.one('meta[name="robots"]').attributes["content"] == "noindex"
    assert not page.all('link[rel="canonical"]')


def test_a_page_that_is_not_there_is_answered_in_the_language_of_its_address(client):
    assert Page(client, "/ko/nothing/", status=404).one("html").attributes["lang"] == "ko"
    assert Page(client, "/en/nothing/", status=404).one("html").attributes["lang"] == "en"


def test_what_was_taken_away_is_gone_and_says_so(client):
    one = Article.objects.create(title="Zztaken", body="<p>.</p>")
    one = actions.publish(record=one)
    actions.withdraw(publication=one)
    page = Page(client, one.get_absolute_url(), status=410)
    assert page.said("h1") == ["This page is gone"]
    assert "Zztaken" not in page.text


def test_a_former_address_of_what_was_taken_away_is_gone_too(client):
    one = actions.publish(record=Article.objects.create(title="First", body="<p>.</p>"))
    former = one.get_absolute_url()
    copy = actions.open_working_copy(record=one)
    copy.slug = "second"
    copy.save()
    actions.withdraw(publication=actions.publish(record=copy))
    assert client.get(former).status_code == 410


def test_a_former_address_is_no_way_around_a_wrong_method(client):
    one = actions.publish(record=Article.objects.create(title="First", body="<p>.</p>"))
    former = one.get_absolute_url()
    copy = actions.open_working_copy(record=one)
    copy.slug = "second"
    copy.save()
    actions.publish(record=copy)
    assert client.post(former).status_code == 405


def test_a_query_of_five_megabytes_is_refused_with_a_page(client):
    answer = client.get("/en/news/?" + "a=1&" * 1_250_000)
    assert answer.status_code == 400
    assert b"could not be read" in answer.content


def test_a_long_query_a_page_does_not_read_does_no_harm(client):
    one = actions.publish(record=Article.objects.create(title="First", body="<p>.</p>"))
    assert client.get(one.get_absolute_url() + "?" + "a" * 5_000_000).status_code == 200


def test_a_mistake_of_ours_is_answered_without_the_database(
    rf: RequestFactory, django_assert_num_queries
):
    with django_assert_num_queries(0):
        answer = errors.broken(rf.get("/en/"))
    assert answer.status_code == 500
    assert b"Something went wrong" in answer.content
    assert "문제가 생겼습니다".encode() in answer.content


def test_a_mistake_of_ours_is_answered_even_when_no_static_files_were_gathered(
    rf: RequestFactory, settings
):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    answer = errors.broken(rf.get("/en/"))
    assert answer.status_code == 500
    assert b"stylesheet" not in answer.content


def test_a_form_from_elsewhere_is_refused_with_a_way_out():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/admin/sign-in/", {"login": "x", "password": "y"})
    assert answer.status_code == 403
    assert b"Nothing was changed" in answer.content


def test_an_answer_that_is_no_page_is_not_marked_as_one(client):
    for path in ("/en/nothing/", "/en/news/?page=2"):
        assert not hasattr(client.get(path), "page_params")
    assert hasattr(client.get("/en/news/"), "page_params")


def test_what_is_not_there_yet_is_no_different_from_what_never_was(client):
    later = timezone.now() + timedelta(hours=1)
    one = Article.objects.create(title="Embargoed", body="<p>.</p>", published_at=later)
    one = actions.publish(record=one)
    hidden = client.get(one.get_absolute_url())
    never = client.get("/en/news/2015/never-was/")
    assert hidden.status_code == never.status_code == 404
    assert hidden.content == never.content


def test_a_browser_asks_again_for_what_was_gone_missing_or_elsewhere(client):
    """Left to themselves, browsers keep 410 and 301 for good (RFC 9111, 4.2.2): also when the text
    is public again, or back under its former address.
    """
    one = actions.publish(record=Article.objects.create(title="First", body="<p>.</p>"))
    former = one.get_absolute_url()
    copy = actions.open_working_copy(record=one)
    copy.slug = "second"
    copy.save()
    one = actions.publish(record=copy)
    moved = client.get(former)
    actions.withdraw(publication=one)
    gone, missing = client.get(one.get_absolute_url()), client.get("/en/nothing/")
    assert [answer.status_code for answer in (moved, gone, missing)] == [301, 410, 404]
    for answer in (moved, gone, missing):
        assert answer["Cache-Control"] == "no-cache"
