"""The news list, its filters, and the pages of tags."""

import datetime as dt

import pytest
from django.utils import timezone

from advocacy.news.models import Article, Coverage, Tag
from advocacy.publishing import actions
from advocacy.publishing.generation import bump
from tests.answers import queries
from tests.facts import HIDDEN, article, hide
from tests.site.pages import Page

pytestmark = pytest.mark.django_db

SEOUL = dt.timezone(dt.timedelta(hours=9))
TAGS = [("geneva", "Geneva", "제네바"), ("camps", "Camps", "수용소")]


@pytest.fixture
def tags() -> dict[str, Tag]:
    return {
        slug: Tag.objects.create(slug=slug, name=name, name_ko=name_ko)
        for slug, name, name_ko in TAGS
    }


def shown(title: str, year: int = 2015, *tags: Tag, language: str = "en") -> Article:
    one = Article.objects.create(title=title, body="<p>News.</p>", language=language)
    one.tags.add(*tags)
    return actions.publish(record=one, at=dt.datetime(year, 3, 1, 12, tzinfo=SEOUL))


def many(number: int, *tags: Tag) -> None:
    """Articles one minute apart, "Article 0" the newest."""
    newest = timezone.now() - dt.timedelta(days=1)
    made = Article.objects.bulk_create(
        Article(
            title=f"Article {n}",
            slug=f"article-{n}",
            body="<p>News.</p>",
            status="published",
            published_at=newest - dt.timedelta(minutes=n),
            first_published_at=newest - dt.timedelta(minutes=n),
        )
        for n in range(number)
    )
    for one in made:
        one.tags.add(*tags)
        Coverage.objects.create(article=one, outlet="Reuters")
    bump()


def test_the_list_shows_the_newest_first(client):
    shown("Older", 2013)
    shown("Newer", 2014)
    assert Page(client, "/en/news/").said(".row h2") == ["Newer", "Older"]


def test_an_empty_list_says_why_it_is_empty(client):
    page = Page(client, "/en/news/")
    assert "No articles yet" in page.text
    assert not page.all("main form")


@pytest.mark.parametrize("how", HIDDEN)
@pytest.mark.parametrize("path", ["/en/news/", "/en/tags/", "/en/news/?year=2015"])
def test_no_list_names_what_is_not_public(client, tags, how, path):
    shown("Public", 2015)
    secret = Tag.objects.create(slug="zztag", name="Zztag")
    hidden = article("Zzsecret", public=False)
    hidden.tags.add(secret)
    hide(hidden, how)
    assert "Zz" not in Page(client, path).text
    assert client.get("/en/tags/zztag/").status_code == 404
    assert client.get("/en/news/?tag=zztag").status_code == 404


def test_each_language_has_its_own_list_and_names_the_other(client):
    shown("English")
    shown("한국어", language="ko")
    english, korean = Page(client, "/en/news/"), Page(client, "/ko/news/")
    assert english.said(".row h2") == ["English"]
    assert korean.said(".row h2") == ["한국어"]
    assert "/ko/news/" in english.of(".more a", "href")
    assert english.alternates["ko"] == korean.canonical


def test_a_filter_is_kept_in_the_other_language_where_something_is_found_there(client, tags):
    shown("English", 2014, tags["geneva"])
    shown("한국어", 2015, tags["geneva"], language="ko")
    by_tag = Page(client, "/en/news/?tag=geneva")
    assert by_tag.of("a.lang", "href") == ["/ko/news/?tag=geneva"]
    assert by_tag.alternates == Page(client, "/ko/news/?tag=geneva").alternates
    assert not Page(client, "/en/news/?tag=geneva&year=2014").alternates
    assert Page(client, "/en/news/?year=2014").of("a.lang", "href") == ["/ko/news/"]


def test_a_later_page_says_which_it_is(client):
    many(25)
    assert Page(client, "/en/news/?page=2").said("h1") == ["News, page 2"]
    assert Page(client, "/en/news/").said("h1") == ["News"]


def test_a_row_says_how_many_documents_and_media_reports_it_has(client):
    one = article(public=False)
    for outlet in ("Reuters", "The Daily"):
        Coverage.objects.create(article=one, outlet=outlet)
    actions.publish(record=one)
    assert Page(client, "/en/news/").said(".row div .meta") == ["2 media reports"]


def test_the_filters_choose_by_tag_and_by_year_and_say_how_many(client, tags):
    shown("Both", 2014, tags["geneva"], tags["camps"])
    shown("Geneva", 2015, tags["geneva"])
    shown("Neither", 2015)
    page = Page(client, "/en/news/")
    assert page.said("#f-tag option") == ["Any tag", "Camps (1)", "Geneva (2)"]
    assert page.said("#f-year option") == ["Any year", "2015 (2)", "2014 (1)"]
    by_tag = Page(client, "/en/news/?tag=geneva")
    assert by_tag.said(".row h2") == ["Geneva", "Both"]
    assert by_tag.said("#f-year option") == ["Any year", "2015 (1)", "2014 (1)"]
    by_both = Page(client, "/en/news/?tag=geneva&year=2014")
    assert by_both.said(".row h2") == ["Both"]
    assert by_both.of(".chips a", "href") == ["/en/news/?year=2014", "/en/news/?tag=geneva"]
    assert by_both.of("option[selected]", "value") == ["geneva", "2014"]


def test_the_counts_follow_every_public_change(client, tags):
    first = shown("First", 2015, tags["geneva"])
    assert "1 article" in Page(client, "/en/news/").text
    shown("Second", 2015, tags["geneva"])
    assert "2 articles" in Page(client, "/en/news/").text
    actions.withdraw(publication=first)
    assert "1 article" in Page(client, "/en/tags/geneva/").text


def test_the_counts_follow_an_embargo_that_ends_by_itself(client, time_machine):
    noon = dt.datetime(2015, 4, 8, 12, tzinfo=SEOUL)
    time_machine.move_to(noon, tick=False)
    shown("First", 2015)
    actions.publish(
        record=article("Second", public=False, published_at=noon + dt.timedelta(hours=1))
    )
    assert "1 article" in Page(client, "/en/news/").text
    time_machine.move_to(noon + dt.timedelta(hours=1), tick=False)
    assert "2 articles" in Page(client, "/en/news/").text


def test_a_year_is_that_of_seoul(client):
    one = Article.objects.create(title="At night", body="<p>.</p>")
    actions.publish(record=one, at=dt.datetime(2014, 12, 31, 20, tzinfo=dt.UTC))
    assert Page(client, "/en/news/?year=2015").said(".row h2") == ["At night"]
    assert client.get("/en/news/?year=2014").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        *("page=-1", "page=0", "page=3", "page=999999999", "page=two", "page=1.0", "page=%00"),
        *("page=" + "9" * 5000, "page=²", "year=abc", "year=1800", "year=%00", "tag=%00"),
        *("tag=no-such-tag", "tag=geneva&year=1999", "year=2015%27"),
    ],
)
def test_a_list_that_is_not_there_is_missing(client, query):
    many(21)
    page = Page(client, f"/en/news/?{query}", status=404)
    assert page.said("h1") == ["There is no such page"]


@pytest.mark.parametrize("path", ["/en/news/", "/en/tags/", "/en/tags/geneva/"])
def test_the_lists_answer_only_get_and_head(client, tags, path):
    shown("One", 2015, tags["geneva"])
    assert client.get(path).status_code == 200
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


def test_pages_follow_one_another_and_keep_the_filter(client, tags):
    many(45, tags["geneva"])
    second = Page(client, "/en/news/?tag=geneva&page=2")
    assert second.said(".row h2")[0] == "Article 20"
    assert second.of('.pages a[rel="prev"]', "href") == ["/en/news/?tag=geneva"]
    assert second.of('.pages a[rel="next"]', "href") == ["/en/news/?tag=geneva&page=3"]
    assert second.said('.pages [aria-current="page"]') == ["Page 2"]
    assert "Showing 21 to 40." in second.text
    last = Page(client, "/en/news/?tag=geneva&page=3")
    assert last.said(".row h2")[-1] == "Article 44"
    assert not last.all('.pages a[rel="next"]')


def test_each_page_has_an_address_of_its_own_without_what_it_does_not_read(client):
    many(25)
    assert Page(client, "/en/news/?fbclid=x&page=2").canonical.endswith("/en/news/?page=2")
    assert Page(client, "/en/news/?page=1").canonical.endswith("/en/news/")


def test_long_lists_show_a_window_of_pages(client):
    many(201)
    page = Page(client, "/en/news/?page=6")
    assert page.said(".pages li") == ["Page 1", "…", "Page 5", "Page 6", "Page 7", "…", "Page 11"]


@pytest.mark.one_database
@pytest.mark.parametrize(
    "path",
    ["/en/news/", "/en/news/?tag=geneva", "/en/news/?year=2015", "/en/tags/geneva/", "/en/tags/"],
)
def test_a_list_costs_as_many_queries_for_five_articles_as_for_fifty(client, tags, path):
    year = timezone.localtime(timezone.now() - dt.timedelta(days=1)).year
    path = path.replace("2015", str(year))

    many(5, tags["geneva"])
    few = queries(client, path)
    Article.objects.all().delete()
    many(50, tags["geneva"], tags["camps"])
    assert queries(client, path) == few <= 6


def test_a_tag_page_lists_its_articles_in_the_language_of_the_page(client, tags):
    shown("English", 2015, tags["geneva"])
    shown("Other", 2015, tags["camps"])
    shown("한국어", 2015, tags["geneva"], language="ko")
    english, korean = Page(client, "/en/tags/geneva/"), Page(client, "/ko/tags/geneva/")
    assert (english.said("h1"), english.said(".row h2")) == (["Geneva"], ["English"])
    assert (korean.said("h1"), korean.said(".row h2")) == (["제네바"], ["한국어"])
    assert english.alternates["ko"] == korean.canonical


def test_a_tag_without_articles_in_a_language_is_missing_there(client, tags):
    shown("English", 2015, tags["geneva"])
    page = Page(client, "/en/tags/geneva/")
    assert page.alternates == {}
    assert page.one("a.lang").attributes["href"] == "/ko/tags/"
    assert client.get("/ko/tags/geneva/").status_code == 404
    assert client.get("/en/tags/nothing/").status_code == 404


def test_the_list_of_tags_counts_what_readers_can_open(client, tags):
    shown("One", 2015, tags["geneva"])
    shown("Two", 2014, tags["geneva"], tags["camps"])
    page = Page(client, "/en/tags/")
    assert page.said("main li") == ["Camps 1 article", "Geneva 2 articles"]


def test_the_lists_offer_their_feeds(client, tags):
    shown("One", 2015, tags["geneva"])
    feeds = 'link[rel="alternate"][title]'
    assert Page(client, "/en/news/").of(feeds, "href") == [
        "http://127.0.0.1:8000/en/news/feed.atom",
        "http://127.0.0.1:8000/en/news/feed.json",
    ]
    for address in Page(client, "/en/tags/geneva/").of(".feeds a", "href"):
        assert client.get(address).status_code == 200
