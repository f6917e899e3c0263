"""What readers see of the standing pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from advocacy.attachments import figures
from advocacy.hits.counter import Kind
from advocacy.hits.middleware import count
from advocacy.publishing.addresses import find_published
from advocacy.publishing.head import Head, front_page
from advocacy.publishing.richtext import footnoted
from advocacy.publishing.showing import Page, piece
from advocacy.publishing.views import published_page

from .contents import with_contents
from .models import Organisation, StandingPage

CONTACT = "contact"  # the page that shows the organisation's own addresses
ENOUGH_FOR_CONTENTS = 3  # headings; fewer are in sight anyway


@published_page()
def detail(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    text = find_published(StandingPage.objects.filter(language=language), slug=slug)
    return count(render(request, *page(text)), Kind.VIEW, text.uuid)


def page(text: StandingPage, at: datetime | None = None) -> Page:
    """The page itself, whether readers can have it or not."""
    body, headings = with_contents(text.body)
    language, is_contact = text.language, text.key == CONTACT
    context = {
        "head": Head.of(text, at=at, crumbs=[front_page(language)]),
        "page": text,
        "text": footnoted(figures.render(body, language), language),
        "headings": headings if len(headings) >= ENOUGH_FOR_CONTENTS else [],
        "organisation": (
            Organisation.objects.filter(language=language).first() if is_contact else None
        ),
        "corrections": text.corrections.all(),
        "documents": text.documents.select_related("attachment"),
    }
    return Page("pages/detail.html", context)


def link(text: StandingPage, at: datetime) -> Iterator[str]:
    """As the front page leads to it."""
    yield piece("pages/_link.html", page=text)
