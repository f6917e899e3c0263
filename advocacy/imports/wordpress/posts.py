"""What an export holds, as posts. It is read twice: once for its files and people, once for its posts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.publishing.richtext import clean, plain

from ..addresses import host_of
from ..records import File, Kind, Post, Read, Skipped, Text
from . import blocks, shortcodes
from .items import THUMBNAIL, Item, item
from .library import Library, path_on_site
from .stream import Broken, NoExport, Source, elements

KINDS = {"post": Kind.ARTICLE, "page": Kind.PAGE}
#: What WordPress keeps beside what people wrote.
_LOOK = gettext_lazy("It belongs to the look of the old site.")
_MENU = gettext_lazy("It belongs to a menu; menus are made at the desk.")
_ITS_OWN = {
    "revision": gettext_lazy("It is an earlier version of a post."),
    "nav_menu_item": _MENU,
    "wp_navigation": _MENU,
    "custom_css": _LOOK,
    "customize_changeset": _LOOK,
    "wp_global_styles": _LOOK,
    "wp_template": _LOOK,
    "wp_template_part": _LOOK,
    "wp_block": gettext_lazy(
        "It is a part of other texts; where it is missing now is listed there."
    ),
    "oembed_cache": gettext_lazy("It is a copy of what another site said."),
    "user_request": gettext_lazy("It is somebody’s request about their own data."),
}
_HELD_BACK = {
    "draft": gettext_lazy("It was a draft on the old site."),
    "pending": gettext_lazy("It waited for a review on the old site."),
    "future": gettext_lazy("It was still to appear on the old site."),
    "private": gettext_lazy("It was private on the old site."),
}
_LONGEST_TITLE = 80  # characters, of a title that is made
_UNREAD = "\ufffd"


@dataclass(slots=True)
class Site:
    """What the first reading learns."""

    library: Library = field(default_factory=Library)
    people: dict[str, str] = field(default_factory=dict)  # by the name they sign in with
    base: str = ""


def read(stream: Source, kinds: Mapping[str, Kind] | None = None) -> Read:
    """Every post and page, and every item that gives none. `stream` can be read again from its start.

    `kinds` says what becomes of the types a plugin or a theme has added, such as `{"press": ARTICLE}`.
    """
    try:
        site = _first_reading(stream)
    except NoExport as refusal:
        yield Skipped(0, "", str(refusal))
        return
    stream.seek(0)
    yield from _Posts(site, {**KINDS, **(kinds or {})}).read(stream)


def host(stream: Source) -> str:
    """The name of the site as its export says it, or nothing; read from the beginning alone."""
    with suppress(NoExport, Broken):
        for name, element, _names in elements(stream):
            if name in ("wp:base_site_url", "wp:base_blog_url"):
                return host_of((element.text or "").strip())
            if name == "item":
                break
    return ""


def _first_reading(stream: Source) -> Site:
    site = Site()
    try:
        for name, element, names in elements(stream):
            if name in ("wp:base_site_url", "wp:base_blog_url", "link"):
                address = (element.text or "").strip()
                site.base = address if name != "link" else site.base or address
                site.library.know(address)
            elif name == "wp:author":
                said = {names(child): (child.text or "").strip() for child in element}
                login = said.get("wp:author_login", "")
                site.people[login] = said.get("wp:author_display_name", "") or login
            elif name == "item":
                one = item(element, names)
                if one.kind == "attachment":
                    site.library.add(one)
    except Broken:
        return site  # it is said by the second reading, at the place where it is
    return site


class _Posts:
    def __init__(self, site: Site, kinds: Mapping[str, Kind]) -> None:
        self.site, self.kinds = site, kinds
        self.source = f"wordpress:{host_of(site.base) or 'site'}"
        self.root = path_on_site(site.base).rstrip("/")
        self.known: set[str] = set()
        self.originals: dict[str, str] = {}  # by the group of translations, the key of the first

    def read(self, stream: Source) -> Read:
        try:
            for name, element, names in elements(stream):
                if name == "item":
                    yield from self._item(item(element, names))
        except Broken as error:
            yield Skipped(error.line, "", str(error))
        for stored in self.site.library.unused():
            said = _("No post uses the file %(path)s. Upload it by hand if it is wanted.")
            yield Skipped(stored.line, stored.number, said % {"path": stored.path})

    def _item(self, found: Item) -> Iterator[Post | Skipped]:
        if found.kind == "attachment":
            return
        if reason := self._reason_to_skip(found):
            yield Skipped(found.line, found.number, reason)
            return
        self.known.add(found.number)
        yield self._post(found)

    def _reason_to_skip(self, found: Item) -> str:
        if found.kind in _ITS_OWN:
            return str(_ITS_OWN[found.kind])
        if found.kind not in self.kinds:
            return _("It is of the type “%(type)s”, which a plugin has added.") % {
                "type": found.kind[:60]
            }
        if not found.number:
            return _("It has no number by which it could be known again.")
        if found.number in self.known:
            return _("A post with this number stands further above.")
        if found.status == "trash":
            return _("It was in the trash.")
        if found.status in ("auto-draft", "inherit"):
            return _("WordPress began it by itself, and nobody wrote it.")
        if not (found.title or found.content.strip()):
            return _("It has neither a title nor a text.")
        return ""

    def _post(self, found: Item) -> Post:
        lost: list[str] = []
        body = self._body(found, lost)
        dropped = blocks.said(lost)
        if _UNREAD in found.title or _UNREAD in found.content:
            dropped += (_("Some bytes of the text were no letters."),)
        reason = self._reason_to_hold(found)
        text = Text(
            title=found.title or _begins(body),
            body=body,
            language=next((term.slug[:2] for term in found.named("language")), ""),
            summary=plain(clean(shortcodes.expand(found.excerpt, _no_pictures, []))),
            byline=_name(self.site.people.get(found.author, found.author)),
        )
        categories = [term.name for term in found.named("category")]
        tags = [term.name for term in found.named("post_tag", "tag")]
        return Post(
            source=self.source,
            key=found.number,
            texts=(text,),
            kind=self.kinds[found.kind],
            written=found.written,
            changed=found.changed,
            hits=found.views,
            category=categories[0] if categories else "",
            tags=tuple(dict.fromkeys([*categories[1:], *tags])),
            files=self._files(found, body),
            addresses=self._addresses(found),
            public=not reason,
            reason=reason,
            translates=self._translates(found),
            dropped=dropped,
            line=found.line,
        )

    def _body(self, found: Item, lost: list[str]) -> str:
        def pictures(numbers: tuple[str, ...]) -> list[str]:
            return self.site.library.pictures(found.number, numbers)

        plain = shortcodes.expand(found.content, pictures, lost)
        return self.site.library.originals(blocks.unwrap(plain, lost))

    def _files(self, found: Item, body: str) -> tuple[File, ...]:
        """What the body shows or leads to, then what else hangs on the post."""
        library = self.site.library
        files = {one.path: one for one in library.of_body(body)}
        shown = library.by_number.get(found.meta.get(THUMBNAIL, ""))
        for stored in [shown, *library.by_parent.get(found.number, ())]:
            if stored and stored.path not in files:
                files[stored.path] = stored.file()
        return tuple(files.values())

    def _addresses(self, found: Item) -> tuple[str, ...]:
        asked = "page_id" if found.kind == "page" else "p"
        numbers = (f"{self.root}/?p={found.number}", f"{self.root}/?{asked}={found.number}")
        return tuple(dict.fromkeys(one for one in (found.link, *numbers) if one))

    def _translates(self, found: Item) -> str:
        group = next((term.slug for term in found.named("post_translations")), "")
        if not group:
            return ""
        first = self.originals.setdefault(group, found.number)
        return first if first != found.number else ""

    @staticmethod
    def _reason_to_hold(found: Item) -> str:
        if found.has_password:
            return _("It was protected by a password on the old site.")
        if found.status == "publish":
            return ""
        if found.status in _HELD_BACK:
            return str(_HELD_BACK[found.status])
        return _("Its state on the old site was “%(state)s”.") % {"state": found.status[:60]}


def _no_pictures(numbers: tuple[str, ...]) -> list[str]:
    return []


def _name(author: str) -> str:
    """Some sign in with a mail address, and some show it as their name: it is nobody's business."""
    return "" if "@" in author else author


def _begins(body: str) -> str:
    """A title for what has none."""
    words = plain(body)
    return (
        words if len(words) <= _LONGEST_TITLE else f"{words[:_LONGEST_TITLE].rpartition(' ')[0]} …"
    )
