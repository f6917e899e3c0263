"""What comes down is published as it was, once, and is left alone as soon as somebody works on it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import unquote

import pytest
from cryptography.fernet import Fernet
from django.utils import timezone

from advocacy.attachments.models import Attachment
from advocacy.hits import counts
from advocacy.hits.models import Baseline
from advocacy.imports.landing import Folder, Landing, Outcome, articles
from advocacy.imports.landing.lines import Report
from advocacy.imports.models import Held, Imported, OldAddress
from advocacy.imports.moments import KST
from advocacy.imports.records import (
    Coverage,
    File,
    Form,
    Kind,
    Meeting,
    Milestone,
    Participant,
    Post,
    Skipped,
    Text,
)
from advocacy.milestones.models import Milestone as MilestoneRecord
from advocacy.news.models import Article, Tag
from advocacy.pages.models import StandingPage
from advocacy.protection.router import ALIAS
from advocacy.publishing import actions, generation, log
from advocacy.publishing.models import Publication
from tests.protection.entries import protect

pytestmark = pytest.mark.django_db
WRITTEN = datetime(2015, 4, 8, 21, 1, tzinfo=KST)


def a_post(key="1", title="북한인권 결의안 채택", body="<p>제네바에서</p>", **values) -> Post:
    text = Text(title, body, values.pop("form", Form.HTML), byline="사무국")
    said = {
        "written": WRITTEN,
        "hits": 1234,
        "addresses": (f"/bbs/board.php?bo_table=news&wr_id={key}",),
    }
    return Post("gnuboard:news", key, (text,), **{**said, **values})


def land(*posts, **how):
    return list(Landing(**how).land(posts))


def article(key="1") -> Article:
    return Article.objects.get(uuid=Imported.objects.get(key=key).record)


def test_a_post_is_published_at_its_own_time_with_its_own_number(client):
    (line,) = land(a_post())
    assert line.outcome == Outcome.PUBLISHED
    one = article()
    assert line.address == unquote(one.get_absolute_url())
    assert (one.title, one.byline, one.language) == ("북한인권 결의안 채택", "사무국", "ko")
    assert (one.published_at, one.year) == (WRITTEN, 2015)
    assert counts.views(one.uuid) == 1234
    answer = client.get(one.get_absolute_url())
    assert "제네바에서" in answer.text


def test_a_run_is_one_generation_a_batch_and_a_line_of_the_log_a_post():
    before, rows = generation.look()[0], log.head().number
    land(*(a_post(str(number), f"제목 {number}") for number in range(30)))
    assert generation.look()[0] == before + 1
    assert log.head().number == rows + 30
    assert not log.verify().problem


def test_what_came_down_is_found_by_the_search(client):
    land(a_post())
    assert article().get_absolute_url() in client.get("/ko/search/", {"q": "결의안"}).text


def test_doing_it_twice_changes_nothing():
    posts = [a_post(str(number), f"제목 {number}") for number in range(5)]
    land(*posts)
    before = list(Article.objects.order_by("pk").values())
    assert {line.outcome for line in land(*posts)} == {Outcome.SAME}
    assert list(Article.objects.order_by("pk").values()) == before


def test_a_number_that_has_grown_is_taken_over_and_nothing_else():
    land(a_post(hits=10))
    (line,) = land(a_post(hits=20))
    assert line.outcome == Outcome.SAME
    assert counts.views(article().uuid) == 20
    assert Baseline.objects.count() == 1


def test_a_post_that_changed_there_changes_here():
    land(a_post())
    address = article().get_absolute_url()
    (line,) = land(a_post(body="<p>New words</p>", title="북한인권 결의안, 채택되다"))
    assert line.outcome == Outcome.CHANGED
    one = article()
    assert "New words" in one.body
    assert one.get_absolute_url() == address
    assert one.published_at == WRITTEN
    assert land(a_post(body="<p>New words</p>", title="북한인권 결의안, 채택되다"))[0].outcome == (
        Outcome.SAME
    )


def edited(one):
    copy = actions.open_working_copy(record=one)
    copy.title = "Edited here"
    copy.save()
    actions.publish(record=copy)


def begun(one):
    actions.open_working_copy(record=one)


def withdrawn(one):
    actions.withdraw(publication=one)


def trashed(one):
    actions.trash(record=one)


def removed(one):
    actions.trash(record=one)
    actions.remove(record=Article.objects.get(pk=one.pk))


@pytest.mark.parametrize("deed", [edited, begun, withdrawn, trashed, removed])
def test_a_text_somebody_has_touched_here_is_left_alone_and_told(deed):
    land(a_post())
    deed(article())
    before = list(Article.objects.order_by("pk").values())
    for dry in (True, False):
        (line,) = land(a_post(body="<p>Changed there</p>"), dry=dry)
        assert line.outcome == Outcome.LEFT
        assert line.reasons
        assert list(Article.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    "post",
    [
        a_post(public=False, reason="It was secret."),
        a_post(written=None),
        a_post(written=timezone.now() + timedelta(days=400)),
        a_post(title=""),
        a_post(body=""),  # the check that a text says something
    ],
    ids=["secret", "without a date", "of the future", "without a title", "empty"],
)
def test_what_may_not_be_shown_stays_a_draft_with_the_reason(post, client):
    (line,) = land(post)
    assert line.outcome == Outcome.DRAFT
    assert line.reasons
    one = article()
    assert one.status == Publication.Status.DRAFT
    assert client.get(one.get_absolute_url()).status_code == 404
    assert client.get("/bbs/board.php?bo_table=news&wr_id=1").status_code == 410


def test_a_draft_follows_its_post_until_somebody_works_on_it():
    land(a_post(public=False, reason="It was secret."))
    land(a_post(public=False, reason="It was secret.", body="<p>Changed</p>"))
    assert "Changed" in article().body
    assert article().status == Publication.Status.DRAFT
    (line,) = land(a_post(body="<p>Changed</p>"))
    assert line.outcome == Outcome.CHANGED
    assert article().status == Publication.Status.PUBLISHED


def test_titles_that_are_alike_have_addresses_of_their_own():
    land(*(a_post(str(number), "공지") for number in range(1, 6)))
    land(a_post("9", "공지"))
    addresses = [one.get_absolute_url() for one in Article.objects.all()]
    assert len(set(addresses)) == 6


def test_one_bad_post_takes_no_other_with_it(monkeypatch):
    parts = articles._parts

    def fails(article, *rest):
        if article.title == "bad":
            raise ValueError("cannot be")
        parts(article, *rest)

    monkeypatch.setattr(articles, "_parts", fails)
    lines = land(
        a_post("1", "one"), a_post("2", "bad"), Skipped(9, "3", "A comment."), a_post("4", "four")
    )
    assert [line.outcome for line in lines] == ["published", "failed", "skipped", "published"]
    assert Article.objects.count() == 2
    assert not Imported.objects.filter(key="2").exists()


def test_a_bad_post_takes_no_tag_from_another(monkeypatch):
    parts = articles._parts

    def fails(article, *rest):
        parts(article, *rest)
        if article.title == "bad":
            raise ValueError("cannot be")

    monkeypatch.setattr(articles, "_parts", fails)
    tags = ("Geneva",)
    land(a_post("1", "one", tags=tags), a_post("2", "bad", tags=tags), a_post("3", "3", tags=tags))
    assert [tag.name for tag in Tag.objects.all()] == ["Geneva"]
    for key in ("1", "3"):
        assert [tag.name for tag in article(key).tags.all()] == ["Geneva"]


def test_of_two_rows_with_one_name_the_later_is_taken_and_the_other_told():
    first, last = land(a_post("1", "Before", line=3), a_post("1", "After", line=9))
    assert (first.outcome, first.line, first.title) == ("skipped", 3, "Before")
    assert "further below" in first.reasons[0]
    assert (last.outcome, last.line) == ("published", 9)
    assert article().title == "After"


@pytest.mark.parametrize(
    "title",
    [
        "'); DROP TABLE news_article; --",
        "<script>alert(1)</script>",
        "=HYPERLINK(1)",
        "a" * 5000,
        "🕊️" * 400,
        "제목\u202e",
    ],
)
def test_a_title_is_only_words(title, client):
    (line,) = land(a_post(title=title))
    assert Article.objects.count() == 1
    if line.outcome == Outcome.PUBLISHED:
        answer = client.get(article().get_absolute_url())
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


def test_a_body_goes_through_the_sanitiser():
    land(
        a_post(body="<p onclick='x()'>words</p><script>x()</script><a href='javascript:x()'>go</a>")
    )
    assert article().body == "<p>words</p>\n<p><a>go</a></p>"


def test_categories_and_tags_become_tags_once():
    land(a_post("1", "one", category="유엔", tags=("인권",)), a_post("2", "two", category="유엔"))
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["유엔", "인권"]
    assert article("1").tags.count() == 2


@pytest.mark.django_db(databases=["default", ALIAS])
def test_a_protected_name_keeps_a_post_a_draft(settings):
    settings.REGISTER_KEYS = [Fernet.generate_key().decode()]
    protect("김철수")
    lines = land(a_post("1", "소식", "<p>김철수 씨를 만났다</p>"), a_post("2", "다른 소식"))
    assert [line.outcome for line in lines] == [Outcome.DRAFT, Outcome.PUBLISHED]
    assert "김철수" not in " ".join(lines[0].reasons)


def test_a_dry_run_says_what_would_happen_and_writes_nothing(tmp_path):
    posts = [
        a_post(files=(File("gone.pdf", "gone.pdf"),)),
        a_post("2", public=False, reason="It was secret."),
    ]
    lines = land(*posts, folder=Folder([tmp_path]), dry=True)
    assert [line.outcome for line in lines] == [Outcome.PUBLISHED, Outcome.DRAFT]
    assert "gone.pdf" in " ".join(lines[0].reasons)
    for model in (Article, Attachment, Imported, OldAddress, Held, Baseline, Tag):
        assert not model._default_manager.exists()


def test_the_report_has_a_reason_for_each_row_that_needs_one():
    file = io.StringIO()
    report = Report(file)
    lines = land(
        a_post("1", "=1+1", public=False, reason="It was secret."),
        a_post("2", "fine"),
        Skipped(7, "3", "A comment."),
    )
    for line in lines:
        report.note(line)
    _heads, draft, skipped = list(csv.reader(io.StringIO(file.getvalue().removeprefix("\ufeff"))))
    assert draft[3] == "'=1+1"
    assert "secret" in draft[5]
    assert (skipped[0], skipped[2], skipped[5]) == ("7", "3", "A comment.")


def test_a_milestone_and_a_meeting_come_down_with_all_they_say(client):
    texts = (
        Text("A resolution", "<p>What was decided.</p>", language="en"),
        Text("결의", "<p>결정</p>"),
    )
    fact = Milestone(
        "2013-03-21", "hrc", "resolution", symbols=("A/HRC/RES/22/13",), outcome="no_vote"
    )
    said = Meeting("2012-12", "Geneva", "제네바", (Participant("official", "Navanethem Pillay"),))
    lines = land(
        Post(
            "table:milestones",
            "1",
            texts,
            Kind.MILESTONE,
            WRITTEN,
            fact=fact,
            addresses=("/bbs/board.php?bo_table=un&wr_id=7",),
        ),
        Post(
            "table:meetings",
            "1",
            (Text("A meeting", "<p>x</p>"),),
            Kind.MEETING,
            WRITTEN,
            fact=said,
        ),
        Post(
            "table:milestones",
            "2",
            texts,
            Kind.MILESTONE,
            WRITTEN,
            fact=replace(fact, body="nonsense"),
        ),
    )
    assert [line.outcome for line in lines] == ["published", "published", "failed"]
    one = MilestoneRecord.objects.get()
    assert {text.language for text in one.texts.all()} == {"en", "ko"}
    assert str(one.symbols.get().symbol) == "A/HRC/RES/22/13"
    for language in ("en", "ko"):
        here = one.texts.get(language=language).get_absolute_url()
        assert client.get(here).status_code == 200
        old = client.get(
            "/bbs/board.php?bo_table=un&wr_id=7", headers={"accept-language": language}
        )
        assert (old.status_code, old["Location"]) == (301, here)
    changed = replace(fact, date="2013-03-22")
    (line,) = land(Post("table:milestones", "1", texts, Kind.MILESTONE, WRITTEN, fact=changed))
    assert line.outcome == Outcome.CHANGED
    assert str(MilestoneRecord.objects.get().date) == "2013-03-22"


def test_a_post_that_became_secret_there_is_told_and_brings_no_new_text():
    land(a_post())
    for dry in (True, False):
        secret = a_post(body="<p>Who it was</p>", public=False, reason="It was secret.")
        (line,) = land(secret, dry=dry)
        assert line.outcome == Outcome.LEFT
        assert "still can here" in line.reasons[0]
    assert "Who it was" not in article().body


@pytest.mark.parametrize("kind", [Kind.ARTICLE, Kind.PAGE])
def test_a_dry_run_foresees_a_draft_of_every_kind(kind):
    post = a_post(kind=kind, public=False, reason="It was secret.")
    for dry in (True, False):
        (line,) = land(post, dry=dry)
        assert (line.outcome, line.reasons) == (Outcome.DRAFT, ("It was secret.",))


def test_a_page_takes_its_key_only_where_it_is_free():
    page = Post(
        "copied", "a", (Text("About", "<p>x</p>", language="en"),), Kind.PAGE, page="introduction"
    )
    land(page, replace(page, key="b", texts=(Text("Another", "<p>x</p>", language="en"),)))
    assert sorted(StandingPage.objects.values_list("key", flat=True)) == ["", "introduction"]


def test_a_translation_stands_beside_what_it_translates():
    land(
        a_post("1", "결의안"),
        a_post("2", "The resolution", "<p>In Geneva, in English</p>", translates="1"),
    )
    assert article("1").translation_group == article("2").translation_group
    assert article("2").language == "en"


def test_coverage_comes_along():
    land(a_post(coverage=(Coverage("Reuters", "A headline", "https://example.org/a", "2013-01"),)))
    piece = article().coverage.get()
    assert (piece.outlet, str(piece.date)) == ("Reuters", "2013-01")
