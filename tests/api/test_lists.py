"""What programs are told of the record."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from advocacy.hits.models import DailyCount
from advocacy.milestones.models import MilestoneText
from advocacy.news.models import Article, Tag
from advocacy.publishing import actions, many
from advocacy.symbols.models import Relation, UNDocument
from tests.answers import queries
from tests.attachments import makers
from tests.facts import GONE, HIDDEN, article, hide, meeting, milestone

from .asking import asked, items, pages

pytestmark = pytest.mark.django_db


def with_document(record):
    record.documents.create(attachment=makers.attachment("pdf", title="A file", language="en"))
    return actions.publish(record=type(record).objects.get(pk=record.pk))


def published(title: str, at) -> Article:
    """It appeared at that moment, and was not only dated so."""
    return actions.publish(record=article(title, public=False), at=at)


@pytest.fixture
def record():
    """Something in each list."""
    with_document(milestone(public=False, symbols=("A/HRC/RES/22/13",)))
    meeting()
    made = article()
    DailyCount.objects.create(
        item=made.uuid, kind="view", day=date(2026, 11, 24), human=7, robots=2
    )


LISTS = ["articles", "milestones", "meetings", "documents", "symbols", "hits"]


def test_each_list_tells_what_is_public(client, record):
    assert {name: len(items(client, name)) for name in LISTS} == dict.fromkeys(LISTS, 1)


@pytest.mark.parametrize("how", HIDDEN)
def test_no_list_tells_of_what_is_not_public_nor_how_it_was_read(client, how):
    for made in (
        milestone(public=False, symbols=("A/HRC/RES/22/13",)),
        meeting(public=False),
        article(public=False),
    ):
        made.documents.create(attachment=makers.attachment("pdf", language="en"))
        hidden = hide(made, how)
        texts = [hidden] if isinstance(hidden, Article) else hidden.texts.all()
        for item in [*texts, hidden.documents.get().attachment]:
            DailyCount.objects.create(item=item.uuid, kind="view", day=date(2026, 11, 24), human=7)
    assert {name: items(client, name) for name in LISTS} == {name: [] for name in LISTS}


def test_each_record_has_an_address_of_its_own(client, record):
    for name in ("articles", "milestones", "meetings", "documents"):
        (one,) = items(client, name)
        assert asked(client, f"{name}/{one['id']}") == one
        assert asked(client, f"{name}/{uuid4()}", 404)["status"] == 404


@pytest.mark.parametrize("how", HIDDEN)
def test_a_record_that_was_public_is_gone_and_one_that_never_was_is_not_there(client, how):
    status = 410 if how in GONE else 404
    for name, make in (("articles", article), ("milestones", milestone), ("meetings", meeting)):
        hidden = hide(make(public=False), how)
        assert asked(client, f"{name}/{hidden.uuid}", status)["status"] == status


def test_articles_are_told_by_language_tag_and_year_as_on_their_page(client):
    tagged = Article.objects.create(title="Tagged", language="ko", body="<p>x</p>")
    tagged.tags.add(Tag.objects.create(name="Geneva", slug="geneva", name_ko="제네바"))
    actions.publish(record=tagged)
    article(published_at=timezone.now() - timedelta(days=800))
    (one,) = items(client, "articles", lang="ko")
    assert one["tags"] == [{"slug": "geneva", "name": "제네바"}]
    assert [a["title"] for a in items(client, "articles", tag="geneva")] == ["Tagged"]
    assert [a["title"] for a in items(client, "articles", year=timezone.localdate().year)] == [
        "Tagged"
    ]


def test_milestones_are_told_by_body_and_decade_as_on_their_page(client):
    milestone("2003", "chr")
    milestone("2013", "hrc")
    milestone("2012", "", own_step=True)

    def dates(**asked):
        return sorted(one["date"] for one in items(client, "milestones", **asked))

    assert dates(body="hrc") == ["2013"]
    assert dates(body="none") == ["2012"]
    assert dates(decade=2010) == ["2012", "2013"]
    assert dates(decade=2010, body="chr") == []


def test_a_fact_is_told_once_in_the_language_asked_for(client):
    milestone(titles={"en": "Inquiry", "ko": "조사"})
    (english,), (korean,) = items(client, "milestones"), items(client, "milestones", lang="ko")
    assert (english["title"], korean["title"]) == ("Inquiry", "조사")
    assert english["id"] == korean["id"]
    assert english["translations"] == [
        {"language": "ko", "id": korean["text_id"], "url": korean["url"]}
    ]


def test_only_the_fields_asked_for_are_told_in_the_order_of_the_declaration(client):
    milestone(text="<p>Decided.</p>")
    (one,) = items(client, "milestones", fields="title,text,date")
    assert list(one.items()) == [
        ("date", "2013-03-21"),
        ("title", "Milestone of 2013-03-21"),
        ("text", "Decided."),
    ]
    (usual,) = items(client, "milestones")
    assert "text" not in usual


def test_since_tells_what_was_changed_from_that_moment_on(client):
    now = timezone.now()
    for days in (9, 6, 3):
        published(f"{days} days ago", now - timedelta(days=days))
    since = (now - timedelta(days=6)).isoformat()
    assert [one["title"] for one in items(client, "articles", since=since)] == [
        "6 days ago",
        "3 days ago",
    ]
    (last,) = items(client, "articles", since=(now - timedelta(days=5)).isoformat())
    assert items(client, "articles", since=last["changed"]) == [last]


def test_a_change_brings_a_record_back_to_whoever_asks_since(client):
    made = published("Before", timezone.now() - timedelta(days=3))
    since = timezone.now().isoformat()
    assert items(client, "articles", since=since) == []
    copy = actions.open_working_copy(record=made)
    copy.title = "After"
    copy.save()
    actions.publish(record=copy)
    assert [one["title"] for one in items(client, "articles", since=since)] == ["After"]


def test_what_is_published_with_an_earlier_date_or_again_is_told_to_whoever_asks_since(client):
    taken_back = published("Again", timezone.now() - timedelta(days=3))
    actions.withdraw(publication=taken_back)
    beside = published("Beside", timezone.now() - timedelta(days=3))
    since = timezone.now().isoformat()
    assert items(client, "articles", since=since) == []
    years_ago = timezone.now() - timedelta(days=4000)
    article("Of then", published_at=years_ago)
    of_old_site = article("Of the old site", public=False, published_at=years_ago)
    many.publish_drafts(records=[of_old_site], by=None)
    actions.publish(record=Article.objects.get(pk=taken_back.pk))
    copy = actions.open_working_copy(record=beside)
    copy.documents.create(attachment=makers.attachment("pdf", title="A file", language="en"))
    actions.publish(record=copy)
    told = [one["title"] for one in items(client, "articles", since=since)]
    assert told == ["Of then", "Of the old site", "Again", "Beside"]
    assert [one["title"] for one in items(client, "documents", since=since)] == ["A file"]


def test_every_page_of_a_list_together_is_the_list(client):
    now = timezone.now()
    for number in range(7):
        published(f"{number}", now - timedelta(days=number // 2))
    whole = items(client, "articles")
    read = [*pages(client, "articles", limit=3, fields="id,changed")]
    assert [len(page) for page in read] == [3, 3, 1]
    assert [one["id"] for page in read for one in page] == [one["id"] for one in whole]


def test_no_record_is_missed_or_told_twice_while_others_change(client):
    """What changes comes again at the end; what is taken back comes no more; all else comes once."""
    now = timezone.now()
    made = [published(f"{n}", now - timedelta(days=20 - n)) for n in range(8)]
    reading = pages(client, "articles", limit=2, fields="title")
    seen = [one["title"] for one in next(reading)]
    copy = actions.open_working_copy(record=made[0])
    copy.title = "0 again"
    copy.save()
    actions.publish(record=copy)
    actions.withdraw(publication=made[1])  # the very one that the cursor names
    actions.withdraw(publication=made[4])
    article("new")
    seen += [one["title"] for page in reading for one in page]
    assert seen == ["0", "1", "2", "3", "5", "6", "7", "0 again", "new"]


def test_symbols_name_the_official_record_and_the_milestones(client):
    fact = milestone(symbols=("A/HRC/RES/22/13",))
    milestone("2014", symbols=("A/HRC/RES/22/13", "A/HRC/25/63"))
    first, second = items(client, "symbols")
    assert [first["symbol"], second["symbol"]] == ["A/HRC/25/63", "A/HRC/RES/22/13"]
    assert second["url"] == "https://docs.un.org/en/A/HRC/RES/22/13"
    assert (second["kind"], second["body"], second["session"]) == ("resolution", "hrc", "22")
    assert str(fact.uuid) in second["milestones"]
    assert len(second["milestones"]) == 2


def test_symbols_tell_what_was_entered_of_them(client):
    resolution = UNDocument.objects.create(
        symbol="A/RES/69/188",
        title_en="A title",
        date="2014-12-18",
        sponsors="Japan\nItaly",
        outcome="vote",
        votes_for=116,
        votes_against=20,
        votes_abstaining=53,
    )
    Relation.objects.create(document=resolution, kind="draft", other="A/C.3/69/L.28/Rev.1")
    draft, found = items(client, "symbols")
    assert draft["symbol"] == "A/C.3/69/L.28/Rev.1"
    assert (draft["title"], draft["votes_for"], draft["chain"]) == ("", None, [])
    assert (found["title"], found["date"]) == ("A title", "2014-12-18")
    assert found["sponsors"] == ["Japan", "Italy"]
    assert [found[f"votes_{way}"] for way in ("for", "against", "abstaining")] == [116, 20, 53]
    assert found["chain"] == [{"kind": "draft", "symbol": "A/C.3/69/L.28/Rev.1"}]
    assert client.get(found["page"]).status_code == 200


def test_the_page_of_an_old_symbol_is_where_it_is_said_to_be(client):
    UNDocument.objects.create(symbol="A/RES/217 A (III)")
    (found,) = items(client, "symbols")
    assert client.get(found["page"]).status_code == 200


def test_symbols_are_narrowed_as_on_their_page(client):
    UNDocument.objects.create(symbol="A/HRC/25/63", date="2014-02-07")
    UNDocument.objects.create(symbol="A/HRC/RES/S-17/1", date="2011-08-23")
    UNDocument.objects.create(symbol="S/2014/872")

    def found(**asked: str) -> list[str]:
        return [one["symbol"] for one in items(client, "symbols", **asked)]

    assert found(body="sc") == ["S/2014/872"]
    assert found(year="2014") == ["A/HRC/25/63", "S/2014/872"]
    assert found(body="hrc", session="S-17") == ["A/HRC/RES/S-17/1"]
    assert found(session="99") == []
    for name, value in (("body", "x"), ("session", "a b"), ("year", "14")):
        assert client.get("/api/v1/symbols", {name: value}).status_code == 400


def test_symbols_are_turned_page_by_page(client):
    for number in range(1, 6):
        UNDocument.objects.create(symbol=f"A/HRC/25/{number}")
    answer = client.get("/api/v1/symbols", {"limit": "2"}).json()
    seen = [one["symbol"] for one in answer["items"]]
    while answer["next"]:
        answer = client.get(answer["next"]).json()
        seen += [one["symbol"] for one in answer["items"]]
    assert seen == [f"A/HRC/25/{number}" for number in range(1, 6)]


def test_hits_are_those_that_were_folded_by_day_and_robots_apart(client):
    text = MilestoneText.objects.get(fact=milestone())
    for day, human in ((24, 7), (25, 3)):
        DailyCount.objects.create(
            item=text.uuid, kind="view", day=date(2026, 11, day), human=human, robots=1
        )
    (milestone_,) = items(client, "milestones")
    found = items(client, "hits", item=milestone_["text_id"])
    assert [(one["day"], one["hits"], one["robots"]) for one in found] == [
        ("2026-11-24", 7, 1),
        ("2026-11-25", 3, 1),
    ]
    assert len(items(client, "hits", **{"from": "2026-11-25"})) == 1
    assert len(items(client, "hits", to="2026-11-24", kind="view")) == 1
    assert items(client, "hits", kind="download") == []
    assert [len(page) for page in pages(client, "hits", limit=1)] == [1, 1]


def test_hits_name_no_visitor(client, record):
    (one,) = items(client, "hits")
    assert list(one) == ["day", "item", "kind", "hits", "robots"]


def test_a_long_list_costs_as_many_queries_as_a_short_one(client):
    def more(number: int) -> None:
        for _time in range(number):
            with_document(milestone(public=False, symbols=("A/HRC/RES/22/13",)))
            with_document(meeting(public=False))
            made = with_document(article(public=False))
            DailyCount.objects.create(item=made.uuid, kind="view", day=date(2026, 11, 24), human=7)

    def costs() -> dict[str, int]:
        return {name: queries(client, f"/api/v1/{name}") for name in LISTS}

    more(1)
    short = costs()
    more(2)
    assert costs() == short
    assert max(short.values()) < 20
