"""Thirty days in the trash, with the day of the end; afterwards an address goes on saying it is gone."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import unquote

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from advocacy.meetings.models import Meeting
from advocacy.news.models import Article
from advocacy.pages.models import MenuItem, StandingPage
from advocacy.publishing import actions, reviewing
from advocacy.publishing.models import FormerAddress, LogEntry, Publication, Remark
from tests.facts import article, hide, meeting
from tests.people import person
from tests.publishing.forms import change_url, form

pytestmark = pytest.mark.django_db

DAYS = timedelta(days=30)
TRASH = "/admin/trash/"


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


# In and out


def test_changes_that_wait_come_back_with_the_text():
    live = article("Before")
    copy = actions.open_working_copy(record=live)
    copy.title = "After"
    copy.save()
    actions.trash(record=live)
    with pytest.raises(actions.NotPublishable, match="in the trash"):
        actions.publish(record=copy)
    actions.restore(record=live)
    assert fresh(live).changes().title == "After"
    assert actions.publish(record=fresh(copy)).title == "After"


def test_what_is_in_the_trash_is_read_only_and_so_are_its_changes(admin_client):
    live = article()
    copy = actions.open_working_copy(record=live)
    actions.trash(record=live)
    for row in (live, copy):
        page = words(admin_client.get(change_url(row)))
        assert "It will be removed for good on" in page
        assert "Bring it back" in page
        assert admin_client.post(change_url(row), form(title="Typed")).status_code == 403
    admin_client.post(change_url(copy, "restore"))
    assert fresh(live).trashed_at is None


def test_a_draft_comes_back_as_a_draft():
    draft = meeting(titles={"en": "One", "ko": "하나"}, public=False)
    actions.trash(record=draft)
    assert fresh(draft).trashed_at
    actions.restore(record=draft)
    assert {text.status for text in fresh(draft).publications()} == {Publication.Status.DRAFT}


# The list


def test_the_trash_lists_every_kind_with_the_day_it_ends_the_oldest_first(client):
    first = timezone.make_aware(datetime(2026, 3, 2, 23, 30))  # noqa: DTZ001  in Seoul
    for days, record in enumerate([article("An article"), meeting(titles={"en": "A meeting"})]):
        actions.trash(record=record, at=first + timedelta(days=days))
    article("Not in the trash")
    client.force_login(person("publisher"))
    page = words(client.get(TRASH))
    assert page.index("An article") < page.index("A meeting")
    assert "2 March 2026" in page
    assert "1 April 2026" in page
    assert "2 April 2026" in page
    assert "Not in the trash" not in page


def test_an_author_finds_own_drafts_in_the_trash_and_brings_them_back(client):
    author = person("author")
    own = article("Own draft", public=False, created_by=author)
    known = article("Own and known", created_by=author)
    other = article("Of a colleague", public=False, created_by=person("author", "colleague"))
    for record in (own, known, other):
        actions.trash(record=record)
    client.force_login(author)
    page = words(client.get(TRASH))
    assert "Own draft" in page
    assert "Of a colleague" not in page
    assert change_url(own, "restore") in page
    assert change_url(known, "restore") not in page
    client.post(change_url(own, "restore"))
    assert fresh(own).status == Publication.Status.DRAFT
    assert client.post(change_url(known, "restore")).status_code == 403


@pytest.mark.one_database
def test_the_trash_costs_the_same_for_thirty_as_for_three(client, django_assert_max_num_queries):
    client.force_login(person("publisher"))
    for number in range(3):
        actions.trash(record=article(f"A {number}"))
        actions.trash(record=meeting(titles={"en": f"M {number}"}))
    client.get(TRASH)
    with django_assert_max_num_queries(30) as few:
        client.get(TRASH)
    for number in range(3, 15):
        actions.trash(record=article(f"A {number}"))
        actions.trash(record=meeting(titles={"en": f"M {number}"}))
    with django_assert_max_num_queries(len(few)):
        client.get(TRASH)


def test_a_long_trash_has_pages(client):
    client.force_login(person("administrator"))
    for number in range(51):
        actions.trash(record=article(f"Article {number}", public=False))
    assert "Article 50" not in words(client.get(TRASH))
    assert "Article 50" in words(client.get(TRASH + "?page=2"))


def test_an_empty_trash_says_so(client):
    client.force_login(person("author"))
    assert "The trash is empty." in words(client.get(TRASH))


def test_a_list_shows_nothing_of_the_trash(admin_client):
    actions.trash(record=article("Thrown away"))
    for query in ("", "?q=thrown", "?state=trashed", "?state=withdrawn"):
        page = words(admin_client.get(reverse("admin:news_article_changelist") + query))
        assert "Thrown away" not in page


# The end


def test_after_thirty_days_and_not_before_it_is_removed(capsys):
    now = timezone.now()
    late = [article("Late"), meeting(), article("Late draft", public=False)]
    for record in late:
        actions.trash(record=record, at=now - DAYS)
    early = article("Early")
    actions.trash(record=early, at=now - DAYS + timedelta(minutes=5))
    kept = article("Kept")
    call_command("empty_trash")
    assert "Removed for good: 3" in capsys.readouterr().out
    assert set(Article.objects.all()) == {early, kept}
    assert not Meeting.objects.exists()
    call_command("empty_trash")
    assert "Removed for good: 0" in capsys.readouterr().out


def test_what_readers_once_knew_answers_gone_after_it_was_removed(client):
    live = article("Known")
    copy = actions.open_working_copy(record=live)
    copy.slug = "later-address"
    copy.save()
    first = live.get_absolute_url()
    live = actions.publish(record=copy)
    fact = meeting(titles={"en": "Met", "ko": "만남"})
    addresses = [first, live.get_absolute_url()]
    addresses += [text.get_absolute_url() for text in fact.publications()]
    for record in (live, fact):
        actions.trash(record=record)
        assert client.get(addresses[-1 if record == fact else 1]).status_code == 410
        actions.remove(record=fresh(record))
    assert [client.get(address).status_code for address in addresses] == [410] * 4


@pytest.mark.parametrize("how", ["draft", "embargoed"])
def test_what_readers_never_knew_answers_as_if_it_had_never_been(client, how):
    record = hide(article("Unknown", public=False), how)
    actions.trash(record=record)
    actions.remove(record=fresh(record))
    assert client.get(record.get_absolute_url()).status_code == 404
    assert not FormerAddress.objects.exists()


def test_a_new_text_may_take_the_address_of_one_that_was_removed(client):
    live = article("Same title")
    address = live.get_absolute_url()
    actions.trash(record=live)
    actions.remove(record=fresh(live))
    again = article("Same title")
    assert again.get_absolute_url() == address
    assert client.get(address).status_code == 200
    assert not FormerAddress.objects.filter(path=unquote(address)).exists()


def test_with_the_record_goes_all_that_was_said_and_waited_and_the_log_keeps_the_deed():
    author = person("author")
    live = article(created_by=author)
    live.coverage.create(outlet="An outlet")
    reviewing.comment(record=live, by=author, text="Between us.")
    actions.open_working_copy(record=live, by=author)
    actions.trash(record=live, by=author)
    actions.remove(record=live)
    assert not Article.objects.exists()
    assert not Remark.objects.exists()
    last = LogEntry.objects.last()
    assert (last.verb, last.record, last.by) == ("remove", live.uuid, "")


def test_a_page_in_a_menu_is_removed_with_its_link(client):
    page = actions.publish(record=StandingPage.objects.create(title="P", body="<p>.</p>"))
    MenuItem.objects.create(place="main", language="en", label="P", page=page)
    actions.trash(record=page)
    actions.remove(record=fresh(page))
    assert not MenuItem.objects.exists()
    assert client.get("/en/").status_code == 200


def test_what_is_not_in_the_trash_is_never_removed():
    with pytest.raises(ValueError, match="in the trash"):
        actions.remove(record=article())
    assert Article.objects.exists()
