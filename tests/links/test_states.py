"""What becomes of a link over time, and what readers see of it."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from advocacy.hits.fold import fold
from advocacy.hits.models import DailyCount
from advocacy.links.checking import Found
from advocacy.links.gathering import gather
from advocacy.links.models import Link
from advocacy.links.noting import PATIENCE, note
from advocacy.links.own import Own
from advocacy.links.trouble import Trouble
from advocacy.news.archives import day_of_copy
from advocacy.news.models import Coverage
from advocacy.publishing import actions, generation
from tests.facts import HIDDEN, article, hide, meeting

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
WORKS, GONE = Found(200), Found(404)
START = datetime(2026, 11, 1, tzinfo=UTC)


def known(url="https://a.example/", **fields) -> Link:
    host = "" if url.startswith("/") else "a.example"
    return Link.objects.create(url=url, host=host, since=START, **fields)


def after(link: Link, *found: Found) -> Link:
    """The link when it was found so on one day after the other."""
    for number, one in enumerate(found):
        link = note(link.pk, one, START + number * DAY)
    return link


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (Found(200), "works"),
        (Found(206), "works"),
        (Found(200, None, "https://b.example/", False), "works"),
        (Found(200, None, "https://b.example/", True), "moved"),
        (Found(404), "failing"),
        (Found(410), "failing"),
        (Found(500), "failing"),
        (Found(503), "failing"),
        (Found(404, None, "https://b.example/", True), "failing"),
        (Found(401), "unclear"),
        (Found(403), "unclear"),
        (Found(429), "unclear"),
        (Found(451), "unclear"),
        (Found(999), "unclear"),
        (Found(trouble=Trouble.ROBOTS), "unclear"),
        (Found(trouble=Trouble.LOOP), "unclear"),
        (Found(trouble=Trouble.UNKNOWN_HOST), "failing"),
        (Found(trouble=Trouble.NO_ANSWER), "failing"),
        (Found(trouble=Trouble.CERTIFICATE), "failing"),
        (Found(trouble=Trouble.NONSENSE), "failing"),
        (Found(trouble=Trouble.PRIVATE), "refused"),
        (Found(trouble=Trouble.ADDRESS), "refused"),
    ],
)
def test_what_one_look_at_another_site_says(found, state):
    assert after(known(), found).state == state


def test_a_site_that_is_down_for_a_night_is_not_dead():
    link = after(known(), *[GONE] * (PATIENCE - 1))
    assert (link.state, link.since) == ("failing", START)
    assert after(link, WORKS).state == "works"
    assert after(link, *[GONE] * (PATIENCE - 1)).state == "failing"


def test_a_link_that_goes_on_failing_is_dead_from_then_on():
    link = after(known(), *[GONE] * (PATIENCE + 2))
    assert (link.state, link.since) == ("dead", START + (PATIENCE - 1) * DAY)
    assert (link.failures, link.status) == (PATIENCE + 2, 404)


def test_a_dead_link_that_is_there_again_works():
    link = after(known(), *[GONE] * PATIENCE, WORKS)
    assert (link.state, link.failures, link.since) == ("works", 0, START + PATIENCE * DAY)


def test_of_a_link_that_no_text_has_any_more_nothing_is_noted():
    link = known()
    link.delete()
    assert note(link.pk or 1, WORKS, START) is None


def test_each_link_is_due_once_a_week_and_a_failing_one_the_next_day():
    for state in Link.State.values:
        known(f"https://a.example/{state}", state=state, checked_at=START)
    known("https://a.example/never")
    due = lambda days: {one.url[18:] for one in Link.objects.due(START + days * DAY)}  # noqa: E731
    assert due(0.5) == {"never"}
    assert due(1) == {"never", "failing"}
    assert due(7) == {"never", *Link.State.values}


# --- Links to our own pages -----------------------------------------------------------------------


def looked_at(path: str) -> Link:
    return note(known(path).pk, Own().check(path), START)


def test_a_page_of_our_own_that_is_there_works():
    assert looked_at(article().get_absolute_url()).state == "works"


@pytest.mark.parametrize("how", HIDDEN)
def test_a_page_of_our_own_that_readers_cannot_read_is_found_at_once(how):
    hidden = hide(article(public=False), how)
    link = looked_at(hidden.get_absolute_url())
    assert link.state == "dead"
    assert link.status == (404 if how in ("draft", "embargoed") else 410)


def test_a_page_that_never_was_is_found():
    assert looked_at("/en/news/2013/nothing/").status == 404


def test_a_former_address_of_ours_has_moved_for_good():
    one = article("Old title")
    former = one.get_absolute_url()
    copy = actions.open_working_copy(record=one)
    copy.slug = "new-title"
    copy.save()
    now = actions.publish(record=copy).get_absolute_url()
    link = looked_at(former)
    assert (link.state, link.redirected_to) == ("moved", now)


def test_hangul_in_an_address_of_ours_is_understood():
    one = article("한글 제목", language="ko")
    assert "%" in one.get_absolute_url()
    assert looked_at(one.get_absolute_url()).state == "works"


def test_looking_at_our_own_pages_is_nobodys_hit(client):
    path = article().get_absolute_url()
    client.get(path)
    fold()
    looked_at(path)
    fold()
    assert [count.human + count.robots for count in DailyCount.objects.all()] == [1]


# --- What readers see -----------------------------------------------------------------------------

ORIGINAL = "https://daily.example/1"
COPY = "https://web.archive.org/web/20150408210100/https://daily.example/1"


def covered(**fields):
    one = article(public=False)
    Coverage.objects.create(
        article=one, outlet="Daily", headline="A headline", url=ORIGINAL, **fields
    )
    one = actions.publish(record=one)
    gather()
    return one


def dead(url: str) -> None:
    after(Link.objects.get(url=url), *[GONE] * PATIENCE)


def media(client, one) -> str:
    text = client.get(one.get_absolute_url()).content.decode()
    return " ".join(text.partition('<ul class="plain media">')[2].partition("</ul>")[0].split())


def test_a_dead_coverage_link_leads_to_its_archived_copy_with_its_date(client):
    one = covered(archived_url=COPY)
    assert f'<a href="{ORIGINAL}">A headline</a>' in media(client, one)
    dead(ORIGINAL)
    shown = media(client, one)
    assert f'<a href="{COPY}">A headline</a>' in shown
    assert f'href="{ORIGINAL}"' not in shown
    assert "has not been found since 3 November 2026" in shown
    assert "an archived copy of 8 April 2015" in shown
    after(Link.objects.get(url=ORIGINAL), WORKS)
    assert f'<a href="{ORIGINAL}">A headline</a>' in media(client, one)


def test_without_an_archived_copy_the_link_stays_what_it_is(client):
    one = covered()
    dead(ORIGINAL)
    assert f'<a href="{ORIGINAL}">A headline</a>' in media(client, one)


def test_pages_in_memory_are_drawn_anew_when_a_coverage_link_dies_or_comes_back():
    covered(archived_url=COPY)
    link = Link.objects.get(url=ORIGINAL)
    values = [generation.look()[0]]
    for found in [GONE] * (PATIENCE + 1) + [WORKS, WORKS]:
        note(link.pk, found, timezone.now())
        values.append(generation.look()[0])
    changed = [after > before for before, after in pairwise(values)]
    assert changed == [*[False] * (PATIENCE - 1), True, False, True, False]


def test_a_dead_link_in_a_body_changes_no_page():
    meeting(text='<p><a href="https://a.example/">x</a></p>')
    gather()
    before = generation.look()[0]
    dead("https://a.example/")
    assert generation.look()[0] == before


@pytest.mark.parametrize(
    ("url", "day"),
    [
        (COPY, "2015-04-08"),
        ("https://web.archive.org/web/20150408/https://a.example/", "2015-04-08"),
        ("https://web.archive.org/web/20150408210100if_/https://a.example/", "2015-04-08"),
        (
            "https://www.webarchive.org.uk/wayback/archive/20150408210100/http://a.example",
            "2015-04-08",
        ),
        ("https://archive.ph/2015.04.08-210100/https://a.example/", "2015-04-08"),
        ("https://archive.ph/AbCdE", None),
        ("https://perma.cc/ABCD-1234", None),
        ("https://web.archive.org/web/20151348210100/https://a.example/", None),
        ("https://web.archive.org/web/*/https://a.example/20150408/x", None),
        ("", None),
    ],
)
def test_the_day_of_a_copy_is_read_from_its_address_where_it_tells(url, day):
    assert day_of_copy(url) == (day and datetime.fromisoformat(day).date())
