"""What readers see of the standing pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from advocacy.attachments import figures
from advocacy.hits.counter import Kind
from advocacy.hits.middleware import count
from advocacy.publishing.addresses import find_published
from advocacy.publishing.head import Head, front_page
from advocacy.publishing.richtext import footnoted
from advocacy.publishing.views import published_page

from .contents import with_contents
from .models import Organisation, StandingPage

CONTACT = "contact"  # the page that shows the organisation's own addresses
ENOUGH_FOR_CONTENTS = 3  # headings; fewer are in sight anyway


@published_page()
def detail(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    page = find_published(StandingPage.objects.filter(language=language), slug=slug)
    body, headings = with_contents(page.body)
    is_contact = page.key == CONTACT
    context = {
        "head": Head.of(page, crumbs=[front_page(language)]),
        "page": page,
        "text": footnoted(figures.render(body, language)),
        "headings": headings if len(headings) >= ENOUGH_FOR_CONTENTS else [],
        "organisation": (
            Organisation.objects.filter(language=language).first() if is_contact else None
        ),
        "corrections": page.corrections.all(),
        "documents": page.documents.select_related("attachment"),
    }
    return count(render(request, "pages/detail.html", context), Kind.VIEW, page.uuid)
