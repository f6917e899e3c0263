"""What a withdrawal did, and what it cannot do, for a case officer to keep and to pass on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Withdrawal


class Other(NamedTuple):
    """Somebody who may hold copies that are not ours, and what one does there."""

    name: str
    address: str
    advice: Promise


OTHERS = (
    Other(
        "Google",
        "https://search.google.com/search-console/remove-outdated-content",
        gettext_lazy("Type each address: what is gone is dropped within days."),
    ),
    Other(
        "Google",
        "https://support.google.com/websearch/troubleshooter/9685456",
        gettext_lazy(
            "For copies on other sites: asks not to show personal information of somebody in danger."
        ),
    ),
    Other(
        "Bing",
        "https://www.bing.com/webmasters/tools/contentremoval",
        gettext_lazy("Type each address. Yahoo and DuckDuckGo show much of what Bing knows."),
    ),
    Other(
        "Naver",
        "https://searchadvisor.naver.com/",
        gettext_lazy(
            "For our own addresses: sign in as the owner of the site and ask to leave them out."
        ),
    ),
    Other(
        "Naver",
        "https://right.naver.com/",
        gettext_lazy("For what others wrote in its blogs and cafés: ask to stop showing it."),
    ),
    Other(
        "Daum",
        "https://cs.daum.net/redbell/top.html",
        gettext_lazy("Report that a person's rights are violated, with each address."),
    ),
    Other(
        "Internet Archive",
        "mailto:info@archive.org",
        gettext_lazy(
            "Write from an address of our own domain, list the addresses and say why it is dangerous."
        ),
    ),
    Other(
        "archive.today",
        "https://archive.today/",
        gettext_lazy("Look for each address; on the copy press “report bug or abuse”."),
    ),
)


class Report(NamedTuple):
    done: list[str]
    is_clean: bool
    found: list[str]  # names of files or tables that still hold a form of the name
    closed: list[str]  # names of files that could not be looked into
    read: str
    backups: list[str]  # names of archives that hold it, packed
    addresses: list[str]  # whole ones, as others know them
    others: tuple[Other, ...] = OTHERS

    @classmethod
    def of(cls, work: Withdrawal) -> Report:
        scan = work.scan or {"found": [], "files": 0, "bytes": 0, "rows": 0}
        read = (
            _("%(files)s files with %(size)s MB and %(rows)s rows were read to the last byte.")
            if scan["rows"]
            else _("%(files)s files with %(size)s MB were read to the last byte.")
        )
        return cls(
            done=list(_done(work)),
            is_clean=bool(work.scan) and not scan["found"],
            found=scan["found"],
            closed=scan.get("closed", []),
            read=read
            % {
                "files": scan["files"],
                "size": round(scan["bytes"] / 1e6, 1),
                "rows": scan["rows"],
            },
            backups=_backups(),
            addresses=[f"{settings.SITE_URL}{quote(path)}" for path in work.addresses or []],
        )


def _done(work: Withdrawal) -> Iterator[str]:
    said = {
        "replaced": _("Records in which the name was replaced: %s"),
        "removed": _("Records that were removed: %s"),
        "file": _("Files that were deleted, with all that was drawn of them: %s"),
        "address": _("Addresses that now say that they are gone: %s"),
        "mended": _(
            "Other rows in which it was replaced, kept versions and comments among them: %s"
        ),
        "deleted": _("Other rows that were deleted: %s"),
        "left": _("Accounts of people who work here, which were left as they are: %s"),
    }
    for what, sentence in said.items():
        if number := work.counted.get(what, 0):
            yield sentence % number


def _backups() -> list[str]:
    if settings.BACKUP_DIR is None:
        return []
    return sorted(path.name for path in Path(settings.BACKUP_DIR).glob("*.tar.gz*"))
