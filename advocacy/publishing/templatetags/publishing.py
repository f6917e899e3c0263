"""Tags every public template shares: full addresses, times in Seoul, and data for machines."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from advocacy.citing import prose
from advocacy.citing.formats import FORMATS
from advocacy.citing.metas import metas
from advocacy.citing.work import Work
from advocacy.publishing import head as heads
from advocacy.publishing import lists
from advocacy.publishing.head import absolute

register = template.Library()

# A script element ends at "</script", wherever it stands; in JSON these escapes mean the same.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


register.filter(absolute)
register.simple_tag(lists.day, name="day")
register.simple_tag(lists.minute, name="minute")


@register.filter
def thousands(number: int) -> str:
    """4,312: grouped alike in both languages."""
    return f"{number:,}"


register.filter(prose.chicago)
register.filter(prose.oscola)


@register.simple_tag(takes_context=True)
def cited_page(context: Context) -> Work:
    """The page itself, as a work."""
    return replace(context["head"].work, author=context["site"].name)


@register.simple_tag(takes_context=True)
def citation_metas(context: Context) -> SafeString:
    return format_html_join("", '<meta name="{}" content="{}">\n', metas(cited_page(context)))


@register.simple_tag
def citation_files(path: str) -> SafeString:
    """Links to the files in which the record at `path` is cited."""
    links = (
        (path, ending, FORMATS[ending].media_type.partition(";")[0], FORMATS[ending].name)
        for ending in FORMATS
    )
    link = '<a href="{}cite.{}" type="{}" rel="nofollow" download>{}</a>'
    return format_html_join(" ", link, links)


@register.simple_tag(takes_context=True)
def json_ld(context: Context) -> SafeString:
    """The page as schema.org data; a data block, which no browser runs."""
    head, site = context["head"], context.get("site")
    nodes: list[Any] = []
    if site and site.name:
        nodes.append(
            {
                "@type": "Organization",
                "@id": absolute("/#organisation"),
                "name": site.name,
                "alternateName": site.short_name,
                "url": absolute("/"),
            }
        )
    if head.crumbs:
        trail = [*head.crumbs, heads.Crumb(head.title, head.path)]
        nodes.append(
            {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {
                        "@type": "ListItem",
                        "position": position,
                        "name": str(crumb.name),
                        "item": absolute(crumb.path),
                    }
                    for position, crumb in enumerate(trail, 1)
                ],
            }
        )
    graph = {"@context": "https://schema.org", "@graph": [*nodes, *head.ld]}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  escaped above
