"""Links in a text to pages of this site: whether readers get anywhere by them.

Nothing is fetched: addresses are looked up. Those of other sites are not tried.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

from django.apps import apps
from django.conf import settings
from django.http import Http404
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..addresses import current_address
from ..models import Publication, Record
from ..richtext import rich_texts
from . import Check, Finding, Severity
from .bodies import bodies
from .texts import finding

MOST_LINKS = 200
_HREF = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')


def internal_paths(body: str) -> list[str]:
    """The paths on this site that a body leads to, as in `request.path`, each once."""
    own = urlsplit(settings.SITE_URL).netloc
    found = []
    for address in _HREF.findall(body):
        try:
            parts = urlsplit(html.unescape(address))
        except ValueError:  # a port that is no number, half a bracket: no address of ours
            continue
        if parts.path.startswith("/") and parts.netloc in ("", own) and parts.scheme != "mailto":
            found.append(unquote(parts.path))
    return list(dict.fromkeys(found))


def dead_links(record: Record) -> list[Finding] | None:
    linked = [(body, path) for body in bodies(record) for path in internal_paths(body.html)]
    linked = linked[:MOST_LINKS]
    if not linked:
        return None
    dead = _dead({path for _body, path in linked})
    said = _("The link to %s leads to nothing that readers can open.")
    return [finding(body.text, said % path, body.field) for body, path in linked if path in dead]


def _dead(paths: Iterable[str]) -> set[str]:
    dead, of_texts = set(), {}
    for path in paths:
        match = _match(path)
        if match is None or _is_text(match):
            of_texts[path] = match.kwargs["slug"] if match else ""
    answered = _answered(set(of_texts.values()))
    for path in of_texts.keys() - answered:
        if not _is_redirected(path):
            dead.add(path)
    return dead


def _match(path: str) -> ResolverMatch | None:
    """What answers there, or where a missing stroke at the end is put right."""
    for address in (path, f"{path}/"):
        try:
            return resolve(address)
        except Resolver404:
            continue
    return None


def _is_text(match: ResolverMatch) -> bool:
    """Whether it is the page of a text, which every slice calls `detail`."""
    return match.url_name == "detail" and "slug" in match.kwargs


def _answered(slugs: set[str]) -> set[str]:
    """The paths at which readers find a text, of those that end so. One query for each kind."""
    found = set()
    for kind in _kinds_of_texts():
        texts = kind.objects.published().filter(working=False, slug__in=slugs)
        for text in texts.defer(*rich_texts(kind)):
            path = unquote(text.get_absolute_url())
            found |= {path, path.rstrip("/")}
    return found


def _kinds_of_texts() -> list[Any]:
    return [model for model in apps.get_models() if issubclass(model, Publication)]


def _is_redirected(path: str) -> bool:
    try:
        return current_address(path) is not None
    except Http404:  # gone
        return False


CHECKS = [
    Check(dead_links, Severity.CONSIDER, gettext_lazy("Links to pages of this site lead there")),
]
