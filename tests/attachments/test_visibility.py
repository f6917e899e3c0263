from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from advocacy.attachments.models import Attachment, PageText, Rendition
from advocacy.milestones.models import Milestone, MilestoneText
from advocacy.pages.models import StandingPage
from advocacy.publishing import actions

from . import makers, records

pytestmark = pytest.mark.django_db


def is_visible(attachment, at=None):
    return Attachment.objects.visible(at).filter(pk=attachment.pk).exists()


@pytest.fixture
def pdf():
    return makers.attachment()


@pytest.fixture
def picture():
    return makers.attachment("picture", alt_en="A hall")


def test_a_file_nothing_uses_is_private(pdf):
    assert not is_visible(pdf)


@pytest.mark.parametrize(
    ("state", "seen"),
    [
        (records.article, False),
        (records.embargoed, False),
        (records.withdrawn, False),
        (records.published, True),
    ],
    ids=["draft", "embargoed", "withdrawn", "published"],
)
def test_a_document_is_public_exactly_while_its_article_is(pdf, state, seen):
    state(documents=[pdf])
    assert is_visible(pdf) is seen


@pytest.mark.parametrize(
    ("state", "seen"),
    [(records.article, False), (records.withdrawn, False), (records.published, True)],
    ids=["draft", "withdrawn", "published"],
)
def test_a_picture_is_public_exactly_while_its_article_is(picture, state, seen):
    state(body=records.figure(picture))
    assert is_visible(picture) is seen


def test_an_embargoed_file_appears_by_itself_and_ends_by_itself(pdf):
    now = timezone.now()
    article = records.article(
        documents=[pdf],
        published_at=now + timedelta(hours=1),
        unpublish_at=now + timedelta(hours=2),
    )
    actions.publish(record=article)
    seen = [is_visible(pdf, now + timedelta(minutes=minutes)) for minutes in (0, 59, 61, 119, 121)]
    assert seen == [False, False, True, True, False]


def test_a_trashed_article_takes_its_file_with_it(pdf):
    actions.trash(record=records.published(documents=[pdf]))
    assert not is_visible(pdf)


def test_a_file_a_draft_shares_with_a_published_record_is_public(pdf):
    records.article("Draft", documents=[pdf])
    article = records.published("Published", documents=[pdf])
    assert is_visible(pdf)
    actions.withdraw(publication=article)
    assert not is_visible(pdf)


def test_a_file_in_a_working_copy_waits_until_it_is_published(pdf, picture):
    article = records.published()
    copy = actions.open_working_copy(record=article)
    copy.documents.create(attachment=pdf)
    copy.body = records.figure(picture)
    copy.save()
    assert not is_visible(pdf)
    assert not is_visible(picture)
    actions.publish(record=copy)
    assert is_visible(pdf)
    assert is_visible(picture)


def test_a_file_taken_out_in_a_working_copy_stays_until_that_is_published(pdf):
    article = records.published(documents=[pdf])
    copy = actions.open_working_copy(record=article)
    copy.documents.all().delete()
    assert is_visible(pdf)
    actions.publish(record=copy)
    assert not is_visible(pdf)


def test_a_meeting_shows_its_documents_and_each_text_its_pictures(pdf, picture):
    meeting = records.meeting(documents=[pdf], body=records.figure(picture))
    assert not is_visible(pdf)
    actions.publish(record=meeting)
    assert is_visible(pdf)
    assert is_visible(picture)
    copy = actions.open_working_copy(record=meeting)
    extra = makers.attachment()
    copy.documents.create(attachment=extra)
    assert not is_visible(extra)


def test_a_milestone_shows_pictures_of_its_body_and_of_our_part(pdf, picture):
    other = makers.attachment("picture", alt_en="A room")
    milestone = Milestone.objects.create(date="2013", body="HRC", kind="resolution")
    MilestoneText.objects.create(
        fact=milestone,
        title="A milestone",
        body=records.figure(picture),
        our_part=records.figure(other),
    )
    milestone.documents.create(attachment=pdf)
    assert not is_visible(picture)
    actions.publish(record=milestone)
    assert [is_visible(file) for file in (pdf, picture, other)] == [True, True, True]


def test_a_standing_page_shows_its_files(pdf, picture):
    page = StandingPage.objects.create(title="About", body=records.figure(picture))
    page.documents.create(attachment=pdf)
    assert not is_visible(pdf)
    actions.publish(record=page)
    assert is_visible(pdf)
    assert is_visible(picture)


def test_documents_come_by_their_newest_public_use():
    first, second, third = (makers.attachment(title=str(n)) for n in range(3))
    now = timezone.now()
    for file, days in ((first, 3), (second, 1), (third, 2)):
        actions.publish(
            record=records.article(
                f"Article {days}", documents=[file], published_at=now - timedelta(days=days)
            )
        )
    records.embargoed("Later", documents=[first])
    found = Attachment.objects.visible().newest_use_first()
    assert list(found) == [second, third, first]


def test_asking_what_is_visible_takes_one_query(django_assert_num_queries):
    files = [makers.attachment() for _ in range(5)]
    records.published(documents=files)
    with django_assert_num_queries(1):
        assert len(Attachment.objects.visible()) == 5


# What must never be false


def refused(**fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        makers.attachment(**fields)


def test_a_document_without_pages_and_a_picture_without_width_cannot_be():
    refused(kind="pdf", pages=None)
    made = makers.attachment("picture")
    made.width = None
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save()


def test_a_picture_is_not_described_and_decoration_at_once():
    refused(kind="picture", decorative=True, alt_en="A hall")


def test_a_page_has_one_text_and_a_size_one_rendition():
    made = makers.attachment()
    PageText.objects.create(attachment=made, number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        PageText.objects.create(attachment=made, number=1)
    known = made.renditions.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Rendition.objects.create(
            attachment=made,
            format=known.format,
            width=known.width,
            height=1,
            key="x",
            size=1,
        )


def test_a_document_without_a_language_is_not_shown_to_readers():
    with pytest.raises(actions.NotPublishable, match="has no language"):
        records.published(documents=[makers.attachment(language="")])


@pytest.mark.parametrize(
    ("state", "released"),
    [
        (records.article, False),
        (records.embargoed, True),
        (records.withdrawn, False),
        (records.published, True),
    ],
    ids=["draft", "embargoed", "withdrawn", "published"],
)
def test_a_file_is_released_with_what_uses_it_whatever_the_time(pdf, state, released):
    state(documents=[pdf])
    assert Attachment.objects.released().filter(pk=pdf.pk).exists() is released


def test_a_file_of_a_fact_is_released_with_one_of_its_texts(pdf):
    meeting = records.meeting(documents=[pdf])
    assert not Attachment.objects.released().exists()
    actions.publish(record=meeting)
    assert list(Attachment.objects.released()) == [pdf]
