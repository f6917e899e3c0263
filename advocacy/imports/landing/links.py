"""Links in bodies to where a text stood on the old site: they lead to where it stands now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape, unescape
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction

from advocacy.news.models import Article
from advocacy.pages.models import StandingPage
from advocacy.publishing import many
from advocacy.publishing.addresses import Gone

from ..addresses import host_of, is_of_old_site, normal
from ..models import Imported, OldAddress
from ..records import Kind
from ..targets import address_of_any

_HREF = re.compile(r'(<a href=")([^"]*)(")')
BATCH = 100
#: Facts come from tables and copied pages: an old link of theirs is led on when it is followed.
_WITH_A_BODY: dict[Kind, Any] = {Kind.ARTICLE: Article, Kind.PAGE: StandingPage}


class OldLinks:
    """`hosts` are the old site's, by name or by address; an address without a host is always one
    of its own.
    """

    def __init__(self, hosts: Sequence[str] = ()) -> None:
        named = {host_of(host if "//" in host else f"//{host}") for host in hosts}
        self.hosts = named - {""}

    def look_at(self, rows: Iterable[Imported]) -> None:
        """Note which records hold links to the old site; what they lead to may come over later."""
        rows = list(rows)
        for kind, model in _WITH_A_BODY.items():
            found = {row.record: row.pk for row in rows if row.kind == kind}
            linking = model.objects.filter(uuid__in=found, body__contains='<a href="')
            bodies = linking.values_list("uuid", "body") if found else ()
            if holding := [found[uuid] for uuid, body in bodies if self._in(body)]:
                Imported.objects.filter(pk__in=holding).update(has_old_links=True)

    def mend(self) -> int:
        """Lead every such link on that can be led on by now; how many texts that changed."""
        done = 0
        for kind, model in _WITH_A_BODY.items():
            waiting = Imported.objects.filter(has_old_links=True, kind=kind).order_by("pk")
            last = 0
            while rows := list(waiting.filter(pk__gt=last)[:BATCH]):
                last = rows[-1].pk
                with transaction.atomic():
                    done += self._mend(model, rows)
        return done

    def _mend(self, model: Any, rows: Sequence[Imported]) -> int:
        texts = model.objects.in_bulk([row.record for row in rows], field_name="uuid")
        named = {uuid: self._in(text.body) for uuid, text in texts.items()}
        targets = _targets({address for found in named.values() for address in found.values()})
        changed, settled = [], []
        for row in rows:
            text = texts.get(row.record)
            if text is None or text.version != row.version or text.changes() is not None:
                settled.append(row.pk)  # removed, or an editor has it now
                continue
            body = self._led_on(text.body, named[row.record], targets)
            if body != text.body:
                text.body = body
                changed.append(text)
            if not self._in(body):
                settled.append(row.pk)
        many.set_right(records=changed, field="body")
        Imported.objects.filter(pk__in=settled).update(has_old_links=False)
        return len(changed)

    def _in(self, body: str) -> dict[str, str]:
        """The links of a body to the old site, as they are written, with their normal form."""
        links = {href: unescape(href) for _start, href, _end in _HREF.findall(body)}
        found = {href: normal(link) for href, link in links.items() if self._is_old(link)}
        return {href: address for href, address in found.items() if address}

    def _is_old(self, link: str) -> bool:
        try:
            split = urlsplit(link)
        except ValueError:
            return False
        host = host_of(link)
        if split.scheme not in ("", "http", "https") or (host and host not in self.hosts):
            return False
        return bool(host) or is_of_old_site(split.path, split.query)

    def _led_on(self, body: str, named: dict[str, str], targets: dict[str, str]) -> str:
        def led(match: re.Match[str]) -> str:
            now = targets.get(named.get(match[2], ""))
            return f"{match[1]}{escape(now)}{match[3]}" if now else match[0]

        return _HREF.sub(led, body)


def _targets(addresses: set[str]) -> dict[str, str]:
    """Where readers find now what stood at these."""
    rows: Any = OldAddress.objects.filter(address__in=addresses)
    found: dict[str, str] = {}
    for address, target in rows.values_list("address", "target"):
        if now := _now(target):
            found[address] = now
    return found


def _now(target: UUID) -> str | None:
    try:
        return address_of_any(target)
    except Gone:
        return None
