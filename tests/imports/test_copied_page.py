"""The page at the desk that brings a copied page across."""

from __future__ import annotations

from html import unescape

import pytest
from django.urls import reverse

from advocacy.hits.models import Baseline
from advocacy.milestones.models import Milestone
from advocacy.news.models import Article
from advocacy.pages.models import StandingPage
from advocacy.publishing.models import Publication
from tests.imports.test_copied import PAGE
from tests.people import person

URL = "/admin/import/copied/"


@pytest.fixture
def editor(client, db):
    user = person("editor")
    client.force_login(user)
    return user


def typed(proposals, **changed) -> dict[str, object]:
    """What a browser sends of the forms as they are shown."""
    sent: dict[str, object] = {}
    for form in proposals.every:
        for field in form:
            value = field.value()
            if value is True:
                sent[field.html_name] = "on"
            elif value not in (None, False):
                sent[field.html_name] = field.field.widget.format_value(value) or ""
    return {**sent, **changed}


def recognised(client, text=PAGE):
    response = client.post(URL, {"copied": text, "_read": ""})
    assert response.status_code == 200
    return response


def made(client, text=PAGE, **changed):
    sent = typed(recognised(client, text).context["proposals"], **changed)
    sent = {name: value for name, value in sent.items() if value is not None}
    return client.post(URL, {"copied": text, "_make": "", **sent})


def test_what_was_recognised_is_shown_and_nothing_is_stored(client, editor):
    response = recognised(client)
    shown = unescape(response.content.decode())
    for words in (
        "Our Work in Geneva",
        "2012-12",
        "{2010,2014}",
        "Understood as",
        "Following 4 the",
    ):
        assert words in shown
    assert [model.objects.count() for model in (Article, Milestone, StandingPage)] == [0, 0, 0]


def test_a_step_without_a_date_is_not_ticked(client, editor):
    wanted = [form["include"].value() for form in recognised(client).context["proposals"].steps]
    assert wanted == [True, True, False, True, True, True, True]


def test_what_is_ticked_becomes_drafts_of_whoever_ticked_it(client, editor):
    response = made(client)
    assert len(response.context["made"]) == 8
    article, page = Article.objects.get(), StandingPage.objects.get()
    assert article.title == "A Delegation Is Heard"
    assert article.summary == "Our Meeting with the High Commissioner Results in Words"
    assert article.published_at.isoformat() == "2015-04-08T12:01:00+00:00"
    assert str(article.coverage.first()) == "Reuters"
    assert (page.title, page.language) == ("Our Work in Geneva", "en")
    milestones = Milestone.objects.order_by("date_earliest", "pk")
    assert [(str(one.date), one.body) for one in milestones] == [
        ("2004", "chr"),
        ("2005", "cedaw"),
        ("2009", "crc"),
        ("{2010,2014}", "upr"),
        ("2012-12", "hchr"),
        ("2013-03-21", "hrc"),
    ]
    records = [article, page, *milestones]
    assert {record.created_by for record in records} == {editor}
    states = {text.status for record in records for text in record.publications()}
    assert states == {Publication.Status.DRAFT}
    assert reverse("imports:text", args=[article.uuid]) in response.content.decode()


def test_what_an_editor_changes_is_what_is_stored(client, editor):
    made(
        client,
        **{
            "introduction-include": None,
            "step0-title": "The first resolution",
            "step0-date": "2003-04-16",
            "step2-include": "on",
            "step2-date": "2014-12-22",
            "step1-include": None,
            "article0-hits": "34",
            "article0-byline": "NKHR",
        },
    )
    assert not StandingPage.objects.exists()
    dates = {str(one.date): one for one in Milestone.objects.all()}
    assert dates["2003-04-16"].texts.get().title == "The first resolution"
    assert dates["2014-12-22"].body == "sc"
    assert "2012-12" not in dates
    article = Article.objects.get()
    assert article.byline == "NKHR"
    assert Baseline.objects.get(item=article.uuid).number == 34


def test_a_date_that_is_none_is_told_beside_its_field_and_nothing_is_stored(client, editor):
    response = made(
        client, **{"step0-date": "April 16, 2003", "step1-include": None, "step1-date": "?"}
    )
    assert not Article.objects.exists()
    assert "2003-04-16" in unescape(response.content.decode())
    forms = response.context["proposals"].steps
    assert list(forms[0].errors) == ["date"]
    assert not forms[1].errors


def test_the_same_page_a_second_time_makes_no_second_drafts(client, editor):
    made(client)
    made(client)
    assert (Article.objects.count(), Milestone.objects.count()) == (1, 6)


@pytest.mark.parametrize("begin", ["• ", "<li onclick='x()'>"])
def test_a_script_that_was_pasted_is_not_shown(client, editor, begin):
    text = f"{begin}<b onclick='x()'>In 2004</b> the UPR <script>alert(1)</script><img src=x onerror=y>"
    shown = recognised(client, text).content.decode()
    read = shown[shown.index('class="proposal-text"') :]
    for wrong in ("<script>alert", "<img", "<b onclick", "<li onclick"):
        assert wrong not in read
    assert "In 2004" in read


def test_what_is_no_page_is_answered_in_words(client, editor):
    assert "Nothing was recognised" in recognised(client, " \n ").content.decode()
    assert client.post(URL, {"copied": ""}).status_code == 200


def test_an_author_is_refused_and_a_visitor_signs_in(client, db):
    assert client.get(URL).status_code == 302
    client.force_login(person("author"))
    assert client.get(URL).status_code == 403
    assert "import/copied" not in client.get("/admin/").content.decode()


def test_the_desk_leads_an_editor_there(client, editor):
    assert URL in client.get("/admin/").content.decode()


def test_the_page_is_read_in_korean(client, editor):
    client.cookies["django_language"] = "ko"
    assert "옛 사이트" in client.get(URL).content.decode()
