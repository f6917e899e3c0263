"""How staff find a file: by its words, by those of what uses it, by year, by use."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from advocacy.attachments import figures, finding
from advocacy.attachments.models import Attachment
from advocacy.meetings.models import MeetingText
from advocacy.milestones.models import Milestone, MilestoneText
from advocacy.news.models import Article, ArticleDocument
from advocacy.publishing import actions
from tests.people import person

from . import makers, records

pytestmark = pytest.mark.django_db

LIBRARY = "/admin/attachments/attachment/"


@pytest.fixture
def editor():
    return person("editor")


def found(words, user):
    return set(finding.by_words(Attachment.objects.all(), words, user))


def test_a_picture_is_found_by_the_caption_it_has_somewhere(editor):
    hall, other = makers.attachment("picture", title="0001"), makers.attachment("picture")
    records.article(body=records.figure(hall, "The <em>delegation</em> &amp; its hosts"))
    records.article(body=records.figure(other, "Nobody"))
    assert found("delegation", editor) == found("& hosts", editor) == {hall}
    assert found("<em>", editor) == set()  # of the words, and not of their tags


def test_a_caption_is_found_as_it_was_last_written(editor):
    hall = makers.attachment("picture")
    article = records.article(body=records.figure(hall, "Before"))
    article.body = records.figure(hall, "After")
    article.save()
    assert (found("before", editor), found("after", editor)) == (set(), {hall})


def test_a_caption_goes_public_with_its_text_and_stays_findable(editor):
    hall = makers.attachment("picture", decorative=True)
    live = records.published(body=records.figure(hall, "Before"))
    copy = actions.open_working_copy(record=live)
    copy.body = records.figure(hall, "After")
    copy.save()
    assert found("before", editor) == found("after", editor) == {hall}
    actions.publish(record=copy)
    assert (found("before", editor), found("after", editor)) == (set(), {hall})


def test_a_picture_shown_twice_has_both_captions():
    hall = makers.attachment("picture")
    body = records.figure(hall, "One") + records.figure(hall, "Two")
    assert figures.captions(body) == {hall.uuid: "One Two"}


def test_a_file_is_found_by_the_title_of_what_uses_it(editor):
    pdf, hall, report = makers.attachment(), makers.attachment("picture"), makers.attachment()
    records.article("Call for an inquiry", documents=[pdf])
    records.meeting(body=records.figure(hall))
    milestone = Milestone.objects.create(date="2014", own_step=True, kind=Milestone.Kind.REPORT)
    MilestoneText.objects.create(fact=milestone, language="ko", title="조사위원회 보고서")
    milestone.documents.create(attachment=report, title="Full text")
    assert found("inquiry", editor) == {pdf}
    assert found("a meeting", editor) == {hall}
    assert found("조사위원회", editor) == found("full", editor) == {report}


def test_every_word_counts_wherever_it_is_said(editor):
    hall = makers.attachment("picture", title="Palais", alt_en="A hall")
    makers.attachment("picture", title="Palais")
    records.article("Geneva", body=records.figure(hall, "The delegation"))
    assert found("delegation palais geneva hall", editor) == {hall}


@pytest.mark.parametrize("of", ["upload", "event", "publication", "meeting", "interval"])
def test_a_year_is_that_of_the_upload_of_an_event_or_of_a_text(editor, of):
    wanted, other = makers.attachment("picture", decorative=True), makers.attachment()
    body = records.figure(wanted)
    match of:
        case "upload":
            moment = datetime(2011, 12, 31, 16, tzinfo=UTC)  # it is New Year in Seoul
            Attachment.objects.filter(pk=wanted.pk).update(uploaded_at=moment)
        case "event":
            records.article(body=body, event_date="2012-12-10")
        case "publication":
            records.published(body=body, published_at=datetime(2012, 3, 1, tzinfo=UTC))
        case "meeting":
            records.meeting(body=body)
        case "interval":
            fact = Milestone.objects.create(
                date="2011-11/2013-01", own_step=True, kind=Milestone.Kind.REVIEW
            )
            fact.documents.create(attachment=wanted)
    assert found("2012", editor) == {wanted}
    assert found("1950", editor) == set()
    assert other not in found("2012", editor)


def test_nobody_finds_a_file_by_what_is_said_in_a_text_that_is_not_theirs(editor):
    hall, author = makers.attachment("picture", title="0001"), person("author")
    secret = records.article(
        "The witness", body=records.figure(hall, "Her name"), event_date="2012"
    )
    for words in ("witness", "name", "2012"):
        assert (found(words, editor), found(words, author)) == ({hall}, set()), words
    assert set(finding.used_by(Attachment.objects.all(), "news.article", author)) == set()
    secret.created_by = author
    secret.save()
    assert found("witness her name 2012", author) == {hall}


def test_an_author_is_not_told_the_title_a_published_fact_waits_under():
    author, pdf = person("author"), makers.attachment()
    meeting = records.meeting(documents=[pdf])
    actions.publish(record=meeting)
    MeetingText.objects.create(fact=meeting, language="ko", title="비밀", ready=False)
    assert found("meeting", author) == {pdf}
    assert found("비밀", author) == set()


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"used_by": "news.article"}, {"In an article"}),
        ({"used_by": "meetings.meeting"}, {"In a meeting", "In its text"}),
        ({"used_by": "nothing.known"}, set()),
        ({"uploaded": "2012"}, {"Old"}),
        ({"uploaded": "1066"}, {"In an article", "In a meeting", "In its text", "Old"}),
        ({"uploaded": "2012", "q": "old"}, {"Old"}),
    ],
)
def test_the_library_is_filtered_by_use_and_year(admin_client, asked, titles):
    records.article(documents=[makers.attachment(title="In an article")])
    text = makers.attachment("picture", title="In its text")
    records.meeting(documents=[makers.attachment(title="In a meeting")], body=records.figure(text))
    old = makers.attachment(title="Old")
    Attachment.objects.filter(pk=old.pk).update(uploaded_at=datetime(2012, 6, 1, tzinfo=UTC))
    shown = admin_client.get(LIBRARY, asked).context["cl"].result_list
    assert {attachment.title for attachment in shown} == titles


def test_the_library_leads_to_each_text_that_uses_a_file(admin_client):
    pdf = makers.attachment()
    articles = [records.article(f"Article {number}", documents=[pdf]) for number in range(5)]
    page = admin_client.get(LIBRARY).content.decode()
    for article in articles[:3]:
        change = reverse("admin:news_article_change", args=[article.pk])
        assert f'<a href="{change}">{article.title}</a>' in page
    assert "and 2 more" in page


def test_a_draft_that_is_not_theirs_is_no_link_in_the_library(client):
    records.article("The witness", documents=[makers.attachment()])
    client.force_login(person("author"))
    page = client.get(LIBRARY).content.decode()
    assert "a text that is not open to you" in page
    assert "The witness" not in page
    assert "/news/article/1" not in page


def many(number):
    """Files, each in use, without the bytes."""
    article = Article.objects.create(title="An article", event_date="2012")
    files = Attachment.objects.bulk_create(
        Attachment(
            kind="pdf",
            title=f"Statement {one}",
            name="statement",
            language="en",
            key=f"{one}.pdf",
            media_type="application/pdf",
            sha256=f"{one:064}",
            fingerprint=f"{one:064}",
            size=1,
            pages=1,
            width=960,
            height=1358,
            is_drawn=True,
        )
        for one in range(number)
    )
    ArticleDocument.objects.bulk_create(
        ArticleDocument(article=article, attachment=file) for file in files
    )


@pytest.mark.one_database
def test_the_library_asks_as_much_of_twenty_thousand_files_as_of_two_hundred(admin_client):
    asked = [{}, {"q": "statement 19"}, {"q": "article 2012"}, {"seen": "unused"}, {"p": "3"}]

    def costs():
        for query in asked:
            with CaptureQueriesContext(connection) as queries:
                answer = admin_client.get(LIBRARY, query)
            assert answer.status_code == 200
            assert len(answer.context["cl"].result_list) <= 50
            yield len(queries)

    many(200)
    few = list(costs())
    many(19_800)
    assert all(now <= before for now, before in zip(costs(), few, strict=True))
