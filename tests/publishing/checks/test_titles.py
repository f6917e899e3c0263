"""What is to be considered in languages, titles and dates, and in files."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from advocacy.attachments.models import PageText
from advocacy.meetings.models import MeetingText
from advocacy.publishing import actions
from tests.attachments import makers, records
from tests.facts import article, hide, meeting, milestone
from tests.people import person
from tests.publishing.checks.findings import change, draft, finding

pytestmark = pytest.mark.django_db


# What is to be considered: languages, titles, dates


def test_no_translation():
    one = draft()
    assert finding(one, "There is no text in 한국어 yet.").field == ""
    actions.start_translation(record=one, language="ko")
    assert not finding(one, "There is no text in")


def test_a_fact_told_in_one_language():
    one = meeting(public=False)
    assert finding(one, "There is no text in 한국어 yet.").field == "texts"
    MeetingText.objects.create(fact=one, language="ko", title="만남")
    assert not finding(one, "There is no text in")


def test_a_title_like_that_of_another_text():
    other = article("After meeting two survivors, the High Commissioner calls for an inquiry")
    one = draft(title="After meeting two survivors, the High Commissioner called for an inquiry")
    said = finding(one, "There is a similar title")
    assert other.title in said.sentence
    assert (said.field, said.url) == ("title", f"/admin/news/article/{other.pk}/change/")
    assert not finding(change(one, title="Two survivors speak in Geneva"), "similar title")


def test_the_same_title_years_apart():
    long_ago = timezone.now() - timedelta(days=3000)
    actions.publish(record=draft(title="Annual report"), at=long_ago)
    assert finding(draft(title="Annual report"), "similar title")


def test_a_title_like_another_years_apart_is_no_accident():
    long_ago = timezone.now() - timedelta(days=3000)
    actions.publish(record=draft(title="Annual report of the year 2014"), at=long_ago)
    assert not finding(draft(title="Annual report of the year 2015"), "similar title")


def test_the_title_of_a_draft_of_ones_own():
    author = person("author")
    draft(created_by=author)
    one = draft(created_by=author)
    one.opened_by = author
    assert finding(one, "similar title")


def test_the_title_of_a_colleagues_draft_is_not_told():
    author, colleague = person("author"), person("author", "colleague")
    hide(draft(created_by=colleague), "draft")
    one = draft(created_by=author)
    assert not finding(one, "similar title")
    one.opened_by = author
    assert not finding(one, "similar title")


def test_changes_that_wait_are_not_like_the_text_they_replace():
    for live in (article("A statement in Geneva"), meeting(titles={"en": "Two survivors"})):
        assert not finding(actions.open_working_copy(record=live), "similar title")
        assert not finding(live, "similar title")


def test_a_similar_title_of_a_fact_leads_to_the_fact():
    other = milestone(titles={"en": "The Council creates an inquiry"})
    one = milestone(titles={"en": "The Council creates an inquiry"}, public=False)
    said = finding(one, "similar title")
    assert (said.language, said.url) == ("en", f"/admin/milestones/milestone/{other.pk}/change/")


def test_facts_with_like_titles_that_happened_at_other_times_are_two():
    milestone("2009-12", titles={"en": "North Korea’s first Universal Periodic Review"})
    one = milestone(
        "2014", titles={"en": "North Korea’s second Universal Periodic Review"}, public=False
    )
    assert not finding(one, "similar title")
    assert finding(change(one, date="2009"), "similar title")


def test_titles_that_differ_in_a_number_are_two():
    article("Submission to the 17th session of the Council")
    assert not finding(draft(title="Submission to the 18th session of the Council"), "similar")


def test_something_that_happened_after_it_was_published():
    one = draft(
        event_date="2013-01-14",
        published_at=timezone.datetime(2013, 1, 13, 12, tzinfo=timezone.get_current_timezone()),
    )
    assert finding(one, "lies after the day of publication").field == "event_date"
    assert not finding(change(one, event_date="2013-01"), "lies after")


@pytest.mark.parametrize("make", [meeting, milestone])
def test_a_fact_that_is_yet_to_happen(make):
    one = make(date="2999", public=False)
    assert finding(one, "The date (2999) lies after").field == "date"
    assert not finding(change(one, date="2014"), "lies after")


# What is to be considered: files


def test_a_document_without_a_text_layer():
    document = makers.attachment(title="The letter")
    one = draft()
    one.documents.create(attachment=document)
    PageText.objects.create(attachment=document, number=1, text="")
    assert finding(one, "“The letter” is a picture of text").field == "documents"
    PageText.objects.create(attachment=document, number=2, text="Words")
    assert not finding(one, "picture of text")


@pytest.mark.parametrize(
    "title",
    [
        "IMG_20130114_102100",
        "DSC01234",
        "KakaoTalk_20150408_2101",
        "Microsoft Word - 성명서.hwp",
        "2013-01-14",
        "제목 없음",
        "statement final.docx",
    ],
)
def test_a_title_that_a_camera_or_a_program_gave(title):
    document = makers.attachment(title=title)
    one = draft()
    one.documents.create(attachment=document)
    said = finding(one, "is what a camera or a program called its file")
    assert title in said.sentence
    change(document, title="Statement to the High Commissioner, 2012")
    assert not finding(one, "camera")


@pytest.mark.parametrize(
    "title", ["Photo of the delegation", "A/HRC/25/63", "Image of a camp, 2013", "문서"]
)
def test_a_title_that_somebody_wrote(title):
    one = draft()
    one.documents.create(attachment=makers.attachment(title=title))
    assert not finding(one, "camera")


def test_a_picture_that_is_no_longer_in_the_library():
    picture = makers.attachment("picture", title="The hall", alt_en="A hall")
    one = draft(body=records.figure(picture))
    assert not finding(one, "not in the library")
    one.figures.all().delete()
    picture.delete()
    assert finding(one, "not in the library any more").field == "body"
