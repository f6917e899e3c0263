"""One article, as readers get it."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from advocacy.attachments.models import Attachment
from advocacy.hits.counter import Kind
from advocacy.hits.middleware import Counted
from advocacy.hits.models import Baseline
from advocacy.news.models import Article, ArticleCorrection, ArticleDocument, Coverage, Tag
from advocacy.pages.models import MenuItem, Organisation
from advocacy.publishing import actions
from tests.facts import GONE, HIDDEN, article, hide, meeting, milestone, page_of
from tests.site.pages import Page

pytestmark = pytest.mark.django_db

SEOUL = dt.timezone(dt.timedelta(hours=9))
SHOWN = dt.datetime(2015, 4, 8, 21, 1, tzinfo=SEOUL)


def published(title: str = "An inquiry at last", at: dt.datetime = SHOWN, **fields) -> Article:
    fields.setdefault("body", "<p>What happened.</p>")
    return actions.publish(record=Article.objects.create(title=title, **fields), at=at)


def document(title: str) -> Attachment:
    return Attachment.objects.create(
        kind="pdf",
        title=title,
        language="en",
        name="paper",
        key="aa/paper.pdf",
        media_type="application/pdf",
        sha256="7b64" * 16,
        size=54_000,
        pages=2,
        width=595,
        height=842,
    )


def picture() -> Attachment:
    return Attachment.objects.create(
        kind="picture",
        title="Room",
        alt_en="A room",
        name="room",
        key="bb/room.jpg",
        media_type="image/jpeg",
        sha256="8c75" * 16,
        size=54_000,
        width=1600,
        height=900,
    )


def translated(first: Article, title: str = "마침내 조사", **fields) -> Article:
    return published(title, language="ko", translation_group=first.translation_group, **fields)


def test_an_article_is_shown_with_all_that_is_known_of_it(client):
    one = published(
        kicker="Geneva",
        summary="In short.",
        byline="Kim Writer",
        place="Palais Wilson",
        event_date="2012-12",
        body="<p>See A/HRC/RES/22/13.</p>",
    )
    page = Page(client, one.get_absolute_url())
    assert page.said("h1") == ["An inquiry at last"]
    assert page.said(".kick") == ["Geneva"]
    assert page.said(".stand") == ["In short."]
    assert page.one(".flow a.sym").attributes["href"] == "/en/un/A/HRC/RES/22/13/"
    facts = dict(zip(page.said("dl.facts dt"), page.said("dl.facts dd"), strict=True))
    assert facts["Published"] == "8 April 2015, 21:01 (Seoul time)"
    assert facts["Event"] == "December 2012"
    assert facts["Place"] == "Palais Wilson"
    assert facts["By"] == "Kim Writer"


def test_the_day_of_publication_is_the_day_in_seoul(client):
    one = published(at=dt.datetime(2014, 12, 31, 20, 0, tzinfo=dt.UTC))
    assert one.get_absolute_url().startswith("/en/news/2015/")
    page = Page(client, one.get_absolute_url())
    assert "1 January 2015, 05:00 (Seoul time)" in page.text


def test_a_time_is_written_as_koreans_write_it(client):
    one = published("성명", language="ko")
    assert "2015년 4월 8일 21:01 (서울 시각)" in Page(client, one.get_absolute_url()).text


@pytest.mark.parametrize("how", HIDDEN)
def test_a_visitor_cannot_read_what_is_not_public(client, how):
    hidden = hide(article("Zzsecret", public=False), how)
    answer = client.get(hidden.get_absolute_url())
    assert answer.status_code == (410 if how in GONE else 404)
    assert b"Zzsecret" not in answer.content


def test_staff_too_see_only_what_is_public_at_a_public_address(client):
    draft = article(public=False)
    client.force_login(get_user_model().objects.create_superuser("chief", password="x"))
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_changes_that_wait_are_not_shown(client):
    one = published()
    copy = actions.open_working_copy(record=one)
    copy.title = "Zzchanged"
    copy.save()
    assert "Zzchanged" not in Page(client, one.get_absolute_url()).text


def test_an_unknown_article_is_missing(client):
    assert client.get("/en/news/2015/nothing-here/").status_code == 404


def test_an_article_is_not_found_in_the_other_language(client):
    one = published()
    address = reverse("news:detail", args=["ko", one.year, one.slug])
    assert client.get(address).status_code == 404


def test_an_article_answers_only_get_and_head(client):
    address = published().get_absolute_url()
    assert client.head(address).status_code == 200
    refused = client.post(address)
    assert refused.status_code == 405
    assert "GET" in refused["Allow"]


def test_a_wrong_year_leads_to_the_right_one(client):
    one = published()
    answer = client.get(reverse("news:detail", args=["en", 1999, one.slug]))
    assert (answer.status_code, answer["Location"]) == (301, one.get_absolute_url())


def test_a_former_address_leads_to_the_present_one(client):
    one = published()
    former = one.get_absolute_url()
    copy = actions.open_working_copy(record=one)
    copy.slug = "한글-주소"
    copy.save()
    now = actions.publish(record=copy)
    answer = client.get(former)
    assert (answer.status_code, answer["Location"]) == (301, now.get_absolute_url())
    assert client.get(now.get_absolute_url()).status_code == 200


def test_a_reading_is_marked_to_be_counted(client):
    one = published()
    assert client.get(one.get_absolute_url()).counted == Counted(Kind.VIEW, one.uuid)


def test_a_missing_article_is_not_counted(client):
    assert not hasattr(client.get("/en/news/2015/nothing-here/"), "counted")


def test_the_number_of_readings_holds_that_of_the_old_site(client):
    one = published()
    Baseline.objects.create(item=one.uuid, number=4312, origin="the old board, 2 June 2024")
    assert "4,312 times" in Page(client, one.get_absolute_url()).text


def test_footnotes_are_numbered_and_lead_there_and_back(client):
    one = published(body='<p>He said so.<span data-note="In 2015."></span></p>')
    page = Page(client, one.get_absolute_url())
    assert page.one("sup.fn a").attributes["href"] == "#fn1"
    assert page.one("ol.notes li").attributes["id"] == "fn1"
    assert page.said("#h-notes") == ["Notes"]


def test_a_correction_is_shown_with_its_date(client):
    one = published()
    copy = actions.open_working_copy(record=one)
    ArticleCorrection.objects.create(
        article=copy, corrected_on=dt.date(2015, 5, 2), note="It was the 14th."
    )
    actions.publish(record=copy)
    page = Page(client, one.get_absolute_url())
    assert page.said(".note") == ["Correction, 2 May 2015. It was the 14th."]


def test_coverage_of_which_only_the_outlet_is_known_is_no_link(client):
    one = article(public=False)
    Coverage.objects.create(article=one, outlet="Reuters", description="A report.")
    actions.publish(record=one)
    page = Page(client, one.get_absolute_url())
    assert page.said(".media li") == ["Reuters A report."]
    assert not page.all(".media a")


def test_coverage_names_outlet_headline_date_and_the_archived_copy(client):
    one = article(public=False)
    Coverage.objects.create(
        article=one,
        outlet="The Daily",
        headline="A headline",
        url="https://daily.example/1",
        archived_url="https://archive.example/1",
        date="2013-01-14",
    )
    actions.publish(record=one)
    page = Page(client, one.get_absolute_url())
    assert page.of(".media a", "href") == [
        "https://daily.example/1",
        "https://archive.example/1",
    ]
    (said,) = page.said(".media li")
    assert said.startswith("A headline The Daily, 14 January 2013")


def test_tags_are_named_in_the_language_of_the_page(client):
    tag = Tag.objects.create(name="Abductions", slug="abductions", name_ko="납치")
    english = article(public=False)
    korean = article("한국어", public=False, language="ko")
    for one in (english, korean):
        one.tags.add(tag)
        actions.publish(record=one)
    assert Page(client, english.get_absolute_url()).said(".tags a") == ["Abductions"]
    assert Page(client, korean.get_absolute_url()).said(".tags a") == ["납치"]


def test_the_page_leads_to_its_translation(client):
    english = published()
    korean = translated(english)
    page = Page(client, english.get_absolute_url())
    assert page.one("a.lang").attributes["href"] == korean.get_absolute_url()
    assert page.alternates == {
        "en": "http://127.0.0.1:8000" + english.get_absolute_url(),
        "ko": "http://127.0.0.1:8000" + korean.get_absolute_url(),
        "x-default": "http://127.0.0.1:8000" + english.get_absolute_url(),
    }
    assert Page(client, korean.get_absolute_url()).alternates == page.alternates


@pytest.mark.parametrize("how", HIDDEN)
def test_a_translation_that_is_not_public_is_not_named(client, how):
    english = published()
    hidden = Article.objects.create(
        title="비밀", language="ko", body="<p>.</p>", translation_group=english.translation_group
    )
    hide(hidden, how)
    page = Page(client, english.get_absolute_url())
    assert page.alternates == {}
    assert page.one("a.lang").attributes["href"] == "/ko/news/"
    assert len(page.said("a.lang small")) == 1


def test_the_page_describes_itself_to_machines(client):
    one = published(summary="In short </script> & so on.", byline="Kim Writer")
    Organisation.objects.create(language="en", name="Citizens' Alliance", short_name="NKHR")
    page = Page(client, one.get_absolute_url())
    node = page.linked_data["NewsArticle"]
    assert node["headline"] == "An inquiry at last"
    assert node["description"] == "In short </script> & so on."
    assert node["datePublished"] == "2015-04-08T21:01:00+09:00"
    assert node["publisher"] == {"@id": page.linked_data["Organization"]["@id"]}
    assert node["@id"] == page.canonical
    trail = page.linked_data["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in trail] == ["Home", "News", "An inquiry at last"]
    assert page.one('meta[property="og:type"]').attributes["content"] == "article"
    published_time = page.one('meta[property="article:published_time"]').attributes["content"]
    assert published_time == "2015-04-08T21:01:00+09:00"
    assert page.one('meta[name="citation_publication_date"]').attributes["content"] == "2015/04/08"


def test_the_record_beside_it_names_meetings_and_milestones_oldest_first(client):
    one = published()
    first = meeting("2012-12", titles={"en": "The meeting", "ko": "면담"})
    second = milestone("2013-03-21", titles={"en": "The inquiry"}, symbols=("A/HRC/RES/22/13",))
    first.articles.add(one)
    second.articles.add(one)
    page = Page(client, one.get_absolute_url())
    assert page.of(".side h3 a", "href") == [page_of(first), page_of(second)]
    assert page.said(".side h3") == ["The meeting", "The inquiry"]
    assert len(page.all(".side a.sym")) == 1


def test_the_record_that_names_the_translation_is_shown_too_in_the_readers_language(client):
    english = published()
    korean = translated(english)
    told = meeting("2012-12", titles={"en": "The meeting", "ko": "면담"})
    told.articles.add(english)
    assert Page(client, korean.get_absolute_url()).said(".side h3") == ["면담"]


def test_a_record_that_names_both_languages_is_shown_once(client):
    english = published()
    told = milestone(titles={"en": "The inquiry", "ko": "조사"})
    told.articles.add(english, translated(english))
    assert Page(client, english.get_absolute_url()).said(".side h3") == ["The inquiry"]


@pytest.mark.parametrize("how", HIDDEN)
def test_the_record_beside_it_holds_nothing_that_is_not_public(client, how):
    one = published()
    for fact in (
        hide(meeting("2012-12", titles={"en": "Zzmeeting"}, public=False), how),
        hide(milestone(titles={"en": "Zzmilestone"}, public=False), how),
    ):
        fact.articles.add(one)
    page = Page(client, one.get_absolute_url())
    assert "Zz" not in page.text
    assert not page.all(".side")


def test_an_article_with_all_its_parts_costs_at_most_eight_queries(
    client, django_assert_max_num_queries
):
    Organisation.objects.create(language="en", name="Citizens' Alliance", short_name="NKHR")
    MenuItem.objects.create(place="main", language="en", label="News", path="/en/news/")
    one = article(public=False)
    for number in range(5):
        Coverage.objects.create(article=one, outlet=f"Outlet {number}")
        ArticleCorrection.objects.create(article=one, note=f"Correction {number}")
        one.tags.add(Tag.objects.create(name=f"Tag {number}", slug=f"tag-{number}"))
        ArticleDocument.objects.create(article=one, attachment=document(f"Paper {number}"))
        meeting("2012-12", titles={"en": f"Meeting {number}"}).articles.add(one)
        milestone(symbols=("A/HRC/25/63",), titles={"en": f"Step {number}"}).articles.add(one)
    actions.publish(record=one)
    client.get("/en/news/")  # from here on the frame of all pages is known
    with django_assert_max_num_queries(8):
        page = Page(client, one.get_absolute_url())
    assert len(page.all(".side .rec")) == 10


def test_a_figure_costs_no_ninth_query(client, django_assert_max_num_queries):
    shown = picture()
    one = published(body=f'<figure data-attachment="{shown.uuid}">In the room</figure>')
    client.get("/en/news/")  # from here on the frame of all pages is known
    with django_assert_max_num_queries(8):
        page = Page(client, one.get_absolute_url())
    assert page.said("figcaption") == ["In the room"]
    assert page.one(".flow figure img").attributes["alt"] == "A room"


def test_documents_are_offered_with_their_checksum(client):
    one = article(public=False)
    paper = document("Fact sheet")
    ArticleDocument.objects.create(article=one, attachment=paper, title="Our fact sheet")
    actions.publish(record=one)
    page = Page(client, one.get_absolute_url())
    assert page.said(".file a") == ["Our fact sheet"]
    assert page.of(".file a", "href") == [paper.get_absolute_url()]
    assert page.said(".file .hash") == [paper.sha256]


def test_an_article_appears_when_its_embargo_ends_and_goes_when_its_time_is_over(
    client, time_machine
):
    noon = dt.datetime(2015, 4, 8, 12, tzinfo=SEOUL)
    time_machine.move_to(noon, tick=False)
    one = article(
        public=False,
        published_at=noon + dt.timedelta(hours=1),
        unpublish_at=noon + dt.timedelta(hours=2),
    )
    actions.publish(record=one)
    address = one.get_absolute_url()
    seen = []
    for hours in (0.99, 1, 1.99, 2):
        time_machine.move_to(noon + dt.timedelta(hours=hours), tick=False)
        seen.append(client.get(address).status_code)
    assert seen == [404, 200, 200, 410]
