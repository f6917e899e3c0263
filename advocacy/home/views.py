"""The front page, and the door before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext as _

from advocacy.meetings.models import Meeting
from advocacy.meetings.related import rows
from advocacy.milestones import chart
from advocacy.milestones.elsewhere import card
from advocacy.milestones.models import Milestone
from advocacy.news.models import Article
from advocacy.news.rows import newest, with_first_page
from advocacy.news.views import feeds
from advocacy.pages.models import Organisation, StandingPage
from advocacy.publishing.head import Head, absolute, other_than
from advocacy.publishing.lists import Rec, Row, told
from advocacy.publishing.views import published_page, read_only

NEWS = 5
MEETINGS = 3
TURNING_POINTS = 4


@read_only
def choose_language(request: HttpRequest) -> HttpResponse:
    """To the front page in the language the browser asks for; the answer says that it varies."""
    return redirect("home:index", get_language_from_request(request))


@published_page()
def index(request: HttpRequest, language: str) -> HttpResponse:
    at, other = timezone.now(), other_than(language)
    organisation = Organisation.objects.filter(language=language).first()
    pages = {
        page.key: page
        for page in StandingPage.objects.published(at)
        .filter(language=language, key__in=["introduction", "contact"])
        .defer("body")
    }
    articles = Article.objects.published(at).filter(language=language)
    milestones = list(Milestone.objects.for_timeline(at))
    path = reverse("home:index", args=[language])
    name = organisation.name if organisation else _("Home")
    context = {
        "head": Head(
            title=name,
            language=language,
            path=path,
            description=(organisation.about or organisation.tagline) if organisation else "",
            translations={other: reverse("home:index", args=[other])},
            feeds=feeds(language),
            ld=[_web_site(name, language, path)],
            is_home=True,
        ),
        "organisation": organisation,
        "introduction": pages.get("introduction"),
        "contact": pages.get("contact"),
        "chart": chart.build(chart.steps(milestones)),
        "turning_points": turning_points(milestones, language)[-TURNING_POINTS:],
        "milestone_count": len(milestones),
        "news": with_first_page(newest(articles, NEWS), articles),
        "meetings": latest_meetings(language, at),
    }
    return render(request, "home/index.html", context)


def turning_points(milestones: Iterable[Milestone], language: str) -> Sequence[Rec]:
    """The turning points among milestones in order, each with the first document it left behind."""
    return [
        card(milestone, text)
        for milestone, text in told(milestones, language)
        if milestone.turning_point
    ]


def latest_meetings(language: str, at: datetime | None = None) -> Sequence[Row]:
    """The last meetings, latest first. Two queries."""
    meetings = Meeting.objects.published(at).with_texts(at).order_by("-date_earliest", "-pk")
    return rows(meetings[:MEETINGS], language)


def _web_site(name: str, language: str, path: str) -> dict[str, object]:
    return {
        "@type": "WebSite",
        "@id": absolute("/#website"),
        "url": absolute(path),
        "name": name,
        "inLanguage": language,
        "publisher": {"@id": absolute("/#organisation")},
    }
