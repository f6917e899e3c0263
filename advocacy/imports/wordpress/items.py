"""One item of an export in plain values: a post, a page, a file, or something of WordPress' own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from lxml import etree

from .. import moments
from .stream import Names

ATTACHED_FILE, THUMBNAIL = "_wp_attached_file", "_thumbnail_id"
#: Under which the usual plugins keep how often a post was read, the most usual first.
VIEWS = (
    "views",  # WP-PostViews
    "post_views_count",  # a snippet of many themes
    "_post_views",
    "wpb_post_views_count",
    "post_views",
    "_views_count",
    "pageviews",
    "entry_views",
    "tie_views",
    "hits",
    "view_count",
    "_count-views_all",  # Page Views Count
)
_READ = {ATTACHED_FILE, THUMBNAIL, *VIEWS}
_MAIL = re.compile(r"[A-Za-z]{3}, \d{1,2} [A-Za-z]{3} (?:19|20)\d\d ", re.ASCII)
_LONGEST_META = 1000  # characters


class Term(NamedTuple):
    domain: str
    slug: str
    name: str


@dataclass(slots=True)
class Item:
    """As it stands there. What is not read has no field: passwords, comments, e-mails."""

    line: int
    number: str = ""
    kind: str = "post"
    status: str = "publish"
    title: str = ""
    content: str = ""
    excerpt: str = ""
    author: str = ""  # the name they signed in with
    parent: str = ""
    link: str = ""
    guid: str = ""
    file_url: str = ""
    has_password: bool = False
    written: datetime | None = None
    changed: datetime | None = None
    terms: list[Term] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)

    @property
    def views(self) -> int:
        numbers = (self.meta.get(key, "").strip() for key in VIEWS)
        return next((int(one) for one in numbers if one.isascii() and one.isdecimal()), 0)

    def named(self, *domains: str) -> Iterator[Term]:
        return (term for term in self.terms if term.domain in domains)


_FIELDS = {
    "title": "title",
    "link": "link",
    "guid": "guid",
    "dc:creator": "author",
    "content:encoded": "content",
    "excerpt:encoded": "excerpt",
    "wp:post_id": "number",
    "wp:post_type": "kind",
    "wp:status": "status",
    "wp:post_parent": "parent",
    "wp:attachment_url": "file_url",
}


def item(element: etree._Element, names: Names) -> Item:
    found = Item(line=int(element.sourceline or 0))
    said: dict[str, str] = {}
    for child in element:
        name, text = names(child), child.text or ""
        if name in _FIELDS:
            value = text if name in ("content:encoded", "excerpt:encoded") else text.strip()
            setattr(found, _FIELDS[name], value)
        elif name == "wp:post_password":
            found.has_password = bool(text)
        elif name == "category" and child.get("domain"):  # 1.0 says each a second time without
            slug = child.get("nicename") or text
            found.terms.append(Term(str(child.get("domain")), str(slug), text.strip()))
        elif name == "wp:postmeta":
            _add_meta(found, child, names)
        elif name == "pubDate" or name.startswith("wp:post_"):
            said[name] = text.strip()
    if found.parent == "0":
        found.parent = ""
    found.written = (
        _in_greenwich(said.get("wp:post_date_gmt", ""))
        or _of_mail(said.get("pubDate", ""))
        or moments.of_stamp(said.get("wp:post_date", ""))
    )
    changed = said.get("wp:post_modified", "")
    found.changed = _in_greenwich(said.get("wp:post_modified_gmt", "")) or moments.of_stamp(changed)
    return found


def _add_meta(found: Item, element: etree._Element, names: Names) -> None:
    pair = {names(child): child.text or "" for child in element}
    key = pair.get("wp:meta_key", "").strip()
    if key in _READ:
        found.meta[key] = pair.get("wp:meta_value", "")[:_LONGEST_META]


def _in_greenwich(text: str) -> datetime | None:
    """Drafts have none, and say 0000-00-00 in its place."""
    moment = moments.of_stamp(text)
    return moment and moment.replace(tzinfo=UTC)


def _of_mail(text: str) -> datetime | None:
    """`Wed, 08 Apr 2015 12:01:00 +0000`; of drafts `Mon, 30 Nov -0001 00:00:00 +0000`."""
    if not _MAIL.match(text):
        return None
    try:
        moment = parsedate_to_datetime(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
