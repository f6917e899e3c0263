"""Each check finds what it is for, and is silent when that is mended."""

from __future__ import annotations

import pytest

from advocacy.meetings.models import Meeting
from advocacy.milestones.models import Milestone
from advocacy.pages.models import StandingPage
from advocacy.publishing import actions, checks
from advocacy.publishing.checks import Check, Finding, Severity
from tests.attachments import makers, records
from tests.facts import article, meeting, milestone
from tests.publishing.checks.findings import change, draft, finding, found, link

pytestmark = pytest.mark.django_db


# What must be fixed, and hinders publishing


def test_an_article_without_a_text():
    one = draft(body="")
    assert finding(one, "The text is empty.") == Finding("The text is empty.", "body")
    assert not finding(change(one, body="<p>Words.</p>"), "empty")


def test_a_page_may_be_empty_while_its_documents_say_all():
    page = StandingPage.objects.create(title="Reports")
    assert checks.report(page).must_fix == []


def test_a_title_of_spaces():
    one = draft(title=" ")
    assert finding(one, "The title is missing.").field == "title"
    assert not finding(change(one, title="A title"), "title is missing")


def test_no_text_that_is_ready():
    one = meeting(public=False)
    text = one.texts.get()
    change(text, ready=False)
    assert finding(one, "No text is ready for readers.").field == "texts"
    change(text, ready=True)
    assert not finding(one, "No text is ready")


def test_the_address_of_another_text_in_changes_that_wait():
    article("Taken", slug="taken")
    copy = actions.open_working_copy(record=article("Another", slug="another"))
    change(copy, slug="taken")
    assert finding(copy, "has the address “taken”").field == "slug"
    assert not finding(change(copy, slug="mine"), "address")


def test_the_address_a_text_has_already_is_its_own():
    copy = actions.open_working_copy(record=article("Another", slug="another"))
    assert not finding(copy, "address")
    fact = actions.open_working_copy(record=meeting())
    assert not finding(fact, "address")


def test_a_picture_without_a_description():
    picture = makers.attachment("picture", title="The hall")
    one = draft(body=records.figure(picture))
    said = finding(one, "The picture “The hall” has no description.")
    assert said.field == "body"
    assert said.url == f"/admin/attachments/attachment/{picture.pk}/change/"
    change(picture, alt_ko="회의장")
    assert not finding(one, "no description")


def test_a_picture_that_is_decoration_needs_no_description():
    picture = makers.attachment("picture", title="The hall", decorative=True)
    assert not finding(draft(body=records.figure(picture)), "no description")


def test_a_document_without_a_language():
    document = makers.attachment(title="The letter", language="")
    one = draft()
    one.documents.create(attachment=document)
    assert finding(one, "“The letter” has no language").field == "documents"
    change(document, language="ko")
    assert not finding(one, "no language")


def test_a_file_of_a_fact_is_looked_at_in_the_text_that_shows_it():
    picture = makers.attachment("picture", title="The hall")
    one = meeting(titles={"en": "Met", "ko": "만남"}, public=False)
    change(one.texts.get(language="ko"), body=records.figure(picture))
    said = finding(one, "no description")
    assert (said.language, said.field) == ("ko", "body")


def test_a_text_that_is_held_back_hinders_nothing():
    one = meeting(titles={"en": "Met", "ko": "만남"}, public=False)
    picture = makers.attachment("picture")
    change(one.texts.get(language="ko"), body=records.figure(picture), ready=False)
    assert checks.problems(one) == []
    assert actions.publish(record=one).texts.get(language="en").status == "published"


@pytest.mark.parametrize("make", [article, meeting, milestone])
def test_what_must_be_fixed_and_what_hinders_publishing_are_one(make):
    one = make(public=False)
    one.documents.create(attachment=makers.attachment(language=""))
    must_fix = [finding.sentence for finding in checks.report(one).must_fix]
    with pytest.raises(actions.NotPublishable) as refused:
        actions.publish(record=one)
    assert refused.value.problems == must_fix != []


def test_what_is_to_be_considered_hinders_nothing():
    one = draft(body="<h4>Deep</h4><p>See A/HRC/RES/99-1/2.</p>")
    assert len(checks.report(one).consider) > 1
    assert actions.publish(record=one).is_public()


# The list is open


def test_a_slice_adds_a_check_of_its_own(monkeypatch):
    monkeypatch.setattr(checks, "_checks", list(checks.registered()))
    said = Finding("No place is named.", "place_en")
    own = Check(
        lambda fact: [] if fact.place_en else [said], Severity.MUST_FIX, "It has a place", Meeting
    )
    checks.register(own)
    checks.register(own)
    one = meeting(public=False)
    assert checks.report(one).must_fix == [said]
    assert "It has a place" in checks.report(change(one, place_en="Geneva")).fine
    assert "It has a place" not in checks.report(draft()).fine


def test_what_does_not_apply_is_not_called_fine():
    fine = checks.report(draft()).fine
    assert "The text says something" in fine
    assert "Every picture has a description" not in fine


def test_checks_look_at_what_is_stored():
    one = draft()
    one.body = ""
    assert "The text is empty." not in found(one)


# Cost


def test_the_checks_cost_the_same_for_many_parts(django_assert_max_num_queries):
    one = draft()
    for number in range(15):
        picture = makers.attachment("picture", title=f"Picture {number}")
        one.body += records.figure(picture) + link(f"/en/news/2013/nothing-{number}/")
        one.documents.create(attachment=makers.attachment(title=f"Paper {number}"))
    one.save()
    checks.report(one)
    with django_assert_max_num_queries(40):
        assert len(found(one)) > 30


def test_publishing_asks_only_for_what_must_be_fixed(django_assert_max_num_queries):
    one = milestone(titles={"en": "Vote", "ko": "표결"}, public=False)
    with django_assert_max_num_queries(7):
        assert checks.problems(one) == []
    assert Milestone.objects.exists()
