"""Lists, single records, the description of both, and the page that explains them to people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext as _

from advocacy.datasets.fields import told
from advocacy.datasets.terms import terms
from advocacy.publishing.addresses import Gone
from advocacy.publishing.head import Head, absolute, front_page, other_than
from advocacy.publishing.models import Language
from advocacy.publishing.views import published_page, read_only

from . import limits, openapi
from .answers import Answer, open_data
from .paging import page
from .parameters import MOST, USUAL, asked
from .problems import Refused
from .resources import RESOURCES, Resource


@open_data
def collection(request: HttpRequest, resource: Resource) -> Answer:
    at = timezone.now()
    values = asked(request.GET, resource.parameters)
    found, cursor = page(
        resource.rows(values, at), resource.order, values["cursor"], values["limit"]
    )
    fields = resource.shown(values["fields"])
    items = [told(one, fields) for one in resource.tell(found, values, at)]
    links = {"describedby": absolute(reverse("api:openapi"))}
    if cursor:
        others = request.GET.copy()
        others["cursor"] = cursor
        links["next"] = f"{absolute(request.path)}?{others.urlencode()}"
    said = terms(values.get("lang") or Language.EN, at, request.path)
    if said.url:
        links["license"] = said.url
    content = {"items": items, "next": links.get("next"), "licence": said.licence}
    return Answer(content, links)


@open_data
def item(request: HttpRequest, resource: Resource, identifier: UUID) -> Answer:
    at = timezone.now()
    values = asked(request.GET, resource.item_parameters)
    fields = resource.shown(values["fields"])
    found = resource.rows({**resource.nothing_asked, **values}, at).filter(uuid=identifier)
    for one in resource.tell(found, values, at):
        return Answer(told(one, fields), {"describedby": absolute(reverse("api:openapi"))})
    if resource.was_public(identifier, at):
        raise Gone
    raise Refused(404)


@open_data
def description(request: HttpRequest) -> Answer:
    asked(request.GET, [])
    return Answer(openapi.document())


@read_only
def door(request: HttpRequest) -> HttpResponse:
    """To the page for people, in the language the browser asks for."""
    return redirect("api:about", get_language_from_request(request))


@published_page()
def about(request: HttpRequest, language: str) -> HttpResponse:
    """The interface explained, from the declarations it is served by."""
    other = other_than(language)
    context = {
        "head": Head(
            title=_("Our data for programs"),
            language=language,
            path=reverse("api:about", args=[language]),
            description=_(
                "Articles, milestones, meetings, documents, UN documents and hits as JSON: what can be"
                " asked, what is answered, and what may be done with it."
            ),
            translations={other: reverse("api:about", args=[other])},
            crumbs=[front_page(language)],
        ),
        "terms": terms(language, timezone.now(), request.path),
        "resources": [_shown(resource) for resource in RESOURCES],
        "description": reverse("api:openapi"),
        "example": absolute(reverse("api:milestones")) + "?body=hrc&fields=date,title,symbols",
        "most": MOST,
        "usual": USUAL,
        "requests": limits.REQUESTS,
        "seconds": limits.SECONDS,
    }
    return render(request, "api/about.html", context)


def _shown(resource: Resource) -> dict[str, Any]:
    path = reverse(f"api:{resource.name}")
    return {
        "name": resource.name,
        "title": resource.title,
        "says": resource.says,
        "path": path,
        "item_path": f"{path}/{{id}}" if resource.has_items else "",
        "parameters": resource.parameters,
        "fields": resource.fields,
    }
