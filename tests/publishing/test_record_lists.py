"""The lists of the desk: what stands where, and what a list costs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advocacy.news.models import Article
from advocacy.pages.models import Organisation, StandingPage
from advocacy.publishing import actions
from tests.facts import article, meeting, milestone

pytestmark = pytest.mark.django_db

LISTS = {
    "articles": ("news:article", lambda n: article(f"Article {n}")),
    "standing pages": (
        "pages:standingpage",
        lambda n: actions.publish(record=StandingPage.objects.create(title=f"Page {n}")),
    ),
    "meetings": (
        "meetings:meeting",
        lambda n: meeting(titles={"en": f"Meeting {n}", "ko": f"면담 {n}"}),
    ),
    "milestones": (
        "milestones:milestone",
        lambda n: milestone(
            titles={"en": f"Step {n}", "ko": f"이정표 {n}"}, symbols=(f"S/PV.{n}",)
        ),
    ),
}


def address(model: str) -> str:
    return reverse(f"admin:{model.replace(':', '_')}_changelist")


@pytest.mark.one_database
@pytest.mark.parametrize(("model", "make"), LISTS.values(), ids=LISTS)
def test_a_list_asks_as_few_questions_for_thirty_records_as_for_three(admin_client, model, make):
    def queries(query: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert admin_client.get(address(model) + query).status_code == 200
        assert sum(row["sql"].startswith("SELECT COUNT(*)") for row in asked) == 1
        return len(asked)

    asked = ("", "?q=1", "?state=published")
    for number in range(101, 104):
        make(number)
    queries("")
    few = {query: queries(query) for query in asked}
    for number in range(104, 131):
        make(number)
    assert {query: queries(query) for query in asked} == few
    assert max(few.values()) <= 10


@pytest.mark.parametrize(("model", "make"), LISTS.values(), ids=LISTS)
def test_a_list_does_not_read_the_long_texts_it_does_not_show(admin_client, model, make):
    make(1)
    with CaptureQueriesContext(connection) as asked:
        admin_client.get(address(model))
    column = re.compile(r'_(article|standingpage|meetingtext|milestonetext)"\."(body|our_part)"')
    assert not any(column.search(row["sql"]) for row in asked)


def test_what_is_not_public_yet_stands_above_all_that_is(admin_client):
    article("Published")
    article("Embargoed", published_at=timezone.now() + timezone.timedelta(days=9))
    Article.objects.create(title="Begun")
    listed = admin_client.get(address("news:article")).context["cl"].result_list
    assert [row.title for row in listed] == ["Begun", "Embargoed", "Published"]


def test_a_list_is_headed_by_what_it_holds(admin_client):
    page = admin_client.get(address("news:article")).content.decode()
    assert "<h1>Articles</h1>" in page
    assert "<title>Articles | NKHR Staff desk</title>" in page


def test_a_list_of_facts_says_dates_in_words_and_names_each_language(admin_client):
    milestone("{2010,2014}", titles={"en": "Reviews", "ko": "검토"})
    page = admin_client.get(address("milestones:milestone")).content.decode()
    assert "2010 and 2014" in page
    assert '<span class="state published">한국어: Public</span>' in page


def test_a_fact_that_is_found_in_both_languages_is_listed_once(admin_client):
    milestone(titles={"en": "Step 7", "ko": "이정표 7"})
    listed = admin_client.get(address("milestones:milestone"), {"q": "7"}).context["cl"]
    assert (listed.result_count, len(listed.result_list)) == (1, 1)


def test_only_bodies_that_a_milestone_names_are_offered_as_a_filter(admin_client):
    milestone(body="hrc")
    milestone(body="sc")
    milestone(body="", own_step=True)
    choices = admin_client.get(address("milestones:milestone")).context["cl"].filter_specs
    bodies = next(spec for spec in choices if spec.title == "UN body")
    assert [name for _code, name in bodies.lookup_choices] == [
        "Security Council",
        "Human Rights Council",
    ]
    found = admin_client.get(address("milestones:milestone"), {"body": "sc"})
    assert found.context["cl"].result_count == 1


def test_a_filter_says_nothing_of_a_draft_that_is_not_open_to_an_author(client, django_user_model):
    milestone(body="hrc")
    milestone(body="sc", public=False)
    client.force_login(django_user_model.objects.create_user("author", role="author"))
    page = client.get(address("milestones:milestone")).content.decode()
    assert "?body=hrc" in page
    assert "?body=sc" not in page


def test_the_list_of_tags_says_how_many_articles_have_each(admin_client):
    one = article("One")
    one.tags.add("Geneva")
    actions.open_working_copy(record=one)
    page = admin_client.get(reverse("admin:news_tag_changelist")).content.decode()
    assert '<td class="field-articles">1</td>' in page


def test_an_organisation_is_described_once_in_each_language(admin_client):
    add = reverse("admin:pages_organisation_add")
    for language in ("en", "ko"):
        assert admin_client.get(add).status_code == 200
        Organisation.objects.create(language=language, name="Us", short_name="Us")
    assert admin_client.get(add).status_code == 403


BAD_QUERIES = [
    *("state=%00", "state=nothing", "body=%00", "seen=%00", "kind__exact=%00", "q=%00", "o=%00"),
    *("language__exact=%00", "published_at__gte=%00", "published_at__gte=2013-02-30", "p=-1"),
    *("p=999999999", "p=%00", "p=x", "e=1", "nothing=1", "id__in=x", "o=99.-99", "all=%00"),
    *("q=" + "x" * 5000, "q=%F0%9F%98%80", "q=%27%22--", "turning_point__exact=2", "_facets=%00"),
]


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_a_list_answers_whatever_its_address_asks(admin_client, query):
    milestone()
    article("An article")
    for model in ("news:article", "milestones:milestone", "attachments:attachment"):
        answer = admin_client.get(f"{address(model)}?{query}", follow=True)
        assert answer.status_code == 200, (model, query)


@pytest.mark.parametrize(
    ("model", "field"), [("meetings.meeting", "articles"), ("news.articledocument", "attachment")]
)
def test_a_chooser_answers_whatever_is_typed(admin_client, model, field):
    app, name = model.split(".")
    for term in ("\x00", "😀", "x" * 5000, "'--", "%"):
        asked = {"app_label": app, "model_name": name, "field_name": field, "term": term}
        assert admin_client.get("/admin/autocomplete/", asked).json()["results"] == []
