"""The links that are looked after: those of all that readers can read, and no others."""

import pytest
from django.conf import settings

from advocacy.links import gathering
from advocacy.links.gathering import gather
from advocacy.links.models import Link, Place
from advocacy.news.models import Article, Coverage
from advocacy.pages.models import MenuItem, StandingPage
from advocacy.publishing import actions
from tests.facts import HIDDEN, hide, meeting, milestone

pytestmark = pytest.mark.django_db


def link(url: str) -> str:
    return f'<p>Words, <a href="{url}">a link</a>.</p>'


def article(title="An article", **fields) -> Article:
    return Article.objects.create(title=title, **{"body": "<p>Words.</p>", **fields})


def published(title="An article", **fields) -> Article:
    return actions.publish(record=article(title, **fields))


def kept() -> set[tuple[str, str, str]]:
    return set(Place.objects.values_list("link__url", "kind", "field"))


def test_links_of_every_kind_of_text_are_found():
    published(body=link("https://a.example/?x=1&amp;y=2#part"))
    actions.publish(record=StandingPage.objects.create(title="P", body=link("https://p.example")))
    meeting(text=link("https://m.example/"))
    milestone(text=link("https://s.example/"), our_part=link("https://o.example/"))
    gather()
    assert kept() == {
        ("https://a.example/?x=1&y=2", "news.article", "body"),
        ("https://p.example/", "pages.standingpage", "body"),
        ("https://m.example/", "meetings.meetingtext", "body"),
        ("https://s.example/", "milestones.milestonetext", "body"),
        ("https://o.example/", "milestones.milestonetext", "our_part"),
    }


def test_both_addresses_of_media_coverage_are_found():
    one = article()
    Coverage.objects.create(
        article=one, outlet="A", url="https://a.example/", archived_url="https://archive.example/"
    )
    actions.publish(record=one)
    gather()
    assert kept() == {
        ("https://a.example/", "news.article", "coverage"),
        ("https://archive.example/", "news.article", "coverage"),
    }


def test_symbols_of_documents_lead_to_the_official_record():
    published(body="<p>See A/HRC/25/63.</p>")
    gather()
    (url,) = Link.objects.values_list("url", flat=True)
    assert url.startswith("https://") and "A/HRC/25/63" in url


def test_pages_of_our_own_are_kept_by_their_path_however_they_are_written():
    other = published("Other").get_absolute_url()
    published("Full", body=link(settings.SITE_URL + other))
    published("Short", body=link(other))
    published("Relative", body=link("../other/"))
    MenuItem.objects.create(place="main", language="en", label="Menu", path=other)
    gather()
    assert list(Link.objects.values_list("url", "host")) == [(other, "")]
    assert Place.objects.count() == 4


def test_addresses_that_are_no_pages_are_left_alone():
    published(body=link("mailto:press@nkhr.example") + link("#part"))
    gather()
    assert [one.host for one in Link.objects.all()] == [""]  # the page itself


@pytest.mark.parametrize("how", HIDDEN)
def test_nobody_is_asked_about_a_text_that_readers_cannot_read(how):
    hide(article(body=link("https://a.example/")), how)
    gather()
    assert not Link.objects.exists()


def test_changes_that_wait_are_left_alone():
    copy = actions.open_working_copy(record=published(body=link("https://a.example/")))
    copy.body = link("https://b.example/")
    copy.save()
    gather()
    assert [str(one) for one in Link.objects.all()] == ["https://a.example/"]
    actions.publish(record=copy)
    gather()
    assert [str(one) for one in Link.objects.all()] == ["https://b.example/"]


def test_with_its_text_a_link_is_forgotten():
    one = published(body=link("https://a.example/") + link("https://b.example/"))
    published("Another", body=link("https://a.example/"))
    gather()
    actions.withdraw(publication=one)
    gather()
    assert [str(one) for one in Link.objects.all()] == ["https://a.example/"]
    assert Place.objects.count() == 1


def test_what_is_known_of_a_link_stays():
    published(body=link("https://a.example/"))
    gather()
    Link.objects.update(state="dead", failures=5)
    gather()
    assert Link.objects.get().state == "dead"


def test_finding_them_again_changes_no_row():
    for number in range(3):
        published(f"Article {number}", body=link(f"https://{number}.example/"))
    gather()
    before = list(Place.objects.values_list("pk", "link"))
    gather()
    assert list(Place.objects.values_list("pk", "link")) == before


@pytest.mark.parametrize("at_once", [1, 2])
def test_texts_are_read_a_few_at_a_time(monkeypatch, at_once):
    monkeypatch.setattr(gathering, "AT_ONCE", at_once)
    for number in range(5):
        published(f"Article {number}", body=link(f"https://{number}.example/"))
    assert gather() == 5
    assert Link.objects.count() == 5


def test_an_address_longer_than_any_server_takes_is_left_out():
    published(body=link("https://a.example/" + "x" * 5000))
    gather()
    assert not Link.objects.exists()
