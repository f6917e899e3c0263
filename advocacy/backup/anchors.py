"""The log as a backup holds it, against the log of the site: who altered that, and made its hashes
anew up to the end, has not altered what lies elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

from advocacy.publishing import log
from advocacy.publishing.models import LogEntry

from .archive import Archive
from .refused import Damaged

AT_ONCE = 500


def compare(archive: Archive) -> str:
    """What is wrong with the site's log, as a sentence; empty: it goes on from where that one ends.

    Reads no further than the backup's log. Raises Refused.
    """
    label, last = archive.label(), tuple(log.Head(0, log.NOTHING))
    for rows in _rows(archive):
        numbers = [number for number, _hash in rows]
        known = LogEntry.objects.filter(number__in=numbers).order_by()
        kept = dict(known.values_list("number", "hash"))
        for number, hash_ in rows:
            if kept.get(number) != hash_:
                what = "is another than" if number in kept else "is missing, but not"
                return (
                    f"Row {number} of the log {what} in {archive.path}: "
                    f"the log was altered after {label.made_at}."
                )
        last = rows[-1]
    if last != label.log:
        raise Damaged(f"{archive.path} is damaged: it does not hold the log that it names.")
    return ""


def _rows(archive: Archive) -> Iterator[list[tuple[int, str]]]:
    """Number and hash, some hundred at a time."""
    for member, content in archive.members():
        if member.is_table and member.key == LogEntry._meta.db_table:
            lines = iter(content)
            while some := list(islice(lines, AT_ONCE)):
                try:
                    rows = [json.loads(line) for line in some]
                    yield [(int(row["number"]), str(row["hash"])) for row in rows]
                except (ValueError, TypeError, LookupError) as error:
                    raise Damaged(f"{archive.path} is damaged: its log cannot be read.") from error
            return
