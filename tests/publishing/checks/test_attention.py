"""The desk is told which of one's latest records cannot be shown as they are."""

from __future__ import annotations

import pytest

from advocacy.news.models import Article
from advocacy.publishing import actions
from advocacy.publishing.checks.attention import failing
from advocacy.publishing.revisions import keeping
from tests.attachments import makers
from tests.facts import article, meeting
from tests.people import person

pytestmark = pytest.mark.django_db


def saved(record, by):
    keeping.keep(record, by=by)
    return record


def empty(by, title="Empty") -> Article:
    return saved(Article.objects.create(title=title, created_by=by), by)


def titles(user, **bounds) -> list[str]:
    return [str(one.record) for one in failing(user, **bounds)]


def test_what_must_be_fixed_is_told_the_latest_first(author):
    first, second = empty(author, "First"), empty(author, "Second")
    saved(article("Fine", public=False, created_by=author), author)
    saved(first, author)
    assert titles(author) == ["First", "Second"]
    assert [one.findings[0].sentence for one in failing(author)] == ["The text is empty."] * 2
    second.body = "<p>Words.</p>"
    second.save()
    assert titles(author) == ["First"]


def test_every_kind_of_record_is_told(author):
    fact = meeting(public=False, created_by=author)
    fact.documents.create(attachment=makers.attachment(language=""))
    saved(fact, author)
    empty(author)
    assert titles(author) == ["Empty", "Meeting of 2012-12"]


def test_of_a_public_text_the_changes_that_wait_are_looked_at(author):
    live = actions.publish(record=article("Live", public=False, created_by=author), by=author)
    assert titles(author) == []
    copy = actions.open_working_copy(record=live, by=author)
    copy.body = ""
    copy.save()
    assert [one.record for one in failing(author)] == [copy]


def test_what_is_in_the_trash_or_no_longer_theirs_is_left_out(author):
    actions.trash(record=empty(author))
    saved(Article.objects.create(title="Another's", created_by=person("editor")), author)
    assert titles(author) == []


def test_a_colleagues_records_are_not_told(author):
    empty(person("author", "colleague"))
    assert titles(author) == []


def test_only_the_latest_are_looked_at_and_at_a_bounded_cost(author, django_assert_max_num_queries):
    for number in range(30):
        empty(author, f"Number {number}")
    assert titles(author, most=3) == ["Number 29", "Number 28", "Number 27"]
    with django_assert_max_num_queries(40):
        assert len(titles(author)) == 10
