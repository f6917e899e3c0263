"""What counts as a hit: the rules of the COUNTER Code of Practice, Release 5, section 7, and
where we went beyond them.

- 7.1 Return codes: 200 and 304 count. A partial download (206, which COUNTER leaves open) counts
  when its first byte is the file's first byte: a reader's viewer fetches a PDF in pieces, and one
  piece begins it.
- 7.2 Double clicks: requests of one visitor for one item at most 30 s apart are one action. The
  window is between neighbouring clicks, so a chain of them stays one action however long it is. A
  visitor is an address with a user agent, the first of COUNTER's ways. The salt of the visitor's
  hash ends at midnight (see `visitors`), so a double click across midnight in Seoul counts once on
  either day.
- Robots: the list of COUNTER, kept in a column of their own and never in the public number.
- Only intended usage (section 7): HEAD, prefetching, prerendering and our own staff are not
  readers. A prefetched page that is opened later makes no second request, so it is not counted at
  all.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

import counter_robots
from django.db import models
from django.utils.translation import gettext_lazy as _

DOUBLE_CLICK_MS = 30_000
LONGEST_AGENT = 512
ELDERS = ("HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")


class Kind(models.TextChoices):
    VIEW = "view", _("view")
    DOWNLOAD = "download", _("download")


def is_counted(meta: Mapping[str, str], status: int, content_range: str = "") -> bool:
    """Whether this request, answered so, is a reader's. `meta` is a WSGI environ; `content_range`
    the answer's header.
    """
    if meta.get("REQUEST_METHOD") != "GET" or is_speculative(meta):
        return False
    if status == 200:
        return True
    if status == 206:
        return begins_at_the_first_byte(meta.get("HTTP_RANGE", ""), content_range)
    return status == 304


def is_speculative(meta: Mapping[str, str]) -> bool:
    """Fetched by a browser before anybody asked: `Sec-Purpose` (Fetch standard), and its elders
    `Purpose`, `X-Purpose`, `X-Moz`.
    """
    if "HTTP_SEC_PURPOSE" in meta and "prefetch" in meta["HTTP_SEC_PURPOSE"].lower():
        return True  # prerendering says "prefetch;prerender"
    for name in ELDERS:
        if name in meta:
            value = meta[name].lower()
            if "prefetch" in value or "prerender" in value or "preview" in value:
                return True
    return False


def begins_at_the_first_byte(requested: str, content_range: str = "") -> bool:
    """What was sent decides (`Content-Range`); an answer in several parts has none, there the
    first range asked for decides.
    """
    if content_range:
        return re.match(r"\s*bytes\s+0-", content_range, re.IGNORECASE) is not None
    return re.match(r"\s*bytes\s*=\s*0+-", requested, re.IGNORECASE) is not None


def is_robot(user_agent: str) -> bool:
    """Whether COUNTER's list names this agent.

    The list is read without regard to case (`bot` must find `TelegramBot`); Cubot makes telephones.
    """
    return _is_robot(user_agent[:LONGEST_AGENT])


@lru_cache(maxsize=2048)
def _is_robot(agent: str) -> bool:
    """Remembered, because several hundred patterns cost more than the whole of the rest of
    counting; of agents cut to a length, because anybody may send long ones.
    """
    lowered = agent.lower().replace("cubot", "")
    return bool(
        counter_robots.is_robot_or_machine(agent)
        or (lowered and counter_robots.is_robot_or_machine(lowered))
    )


def is_double_click(previous_ms: int, at_ms: int) -> bool:
    """Whether a click at `at_ms` repeats one at `previous_ms` (milliseconds).

    The difference counts in either direction: journals of several machines arrive out of order by a
    second or so, and after a clock was set back an hour the earlier click lies in the future and is
    no repetition.
    """
    return abs(at_ms - previous_ms) <= DOUBLE_CLICK_MS
