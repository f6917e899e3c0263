"""What a reader is answered at an address of this site, asked of the site itself and not by the net."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings

from advocacy.asking import Site

from .addresses import is_own, joined
from .checking import FOR_GOOD, HOPS, Found
from .robots import REDIRECTS
from .trouble import Trouble


class Own:
    """Asks as nobody in particular, and by HEAD, which is counted as nobody's hit."""

    def __init__(self) -> None:
        self._site = Site()

    def check(self, path: str) -> Found:
        asked, seen, is_moved = path, {path}, True
        for _hop in range(HOPS + 1):
            status, location = self._ask(asked)
            reached = "" if asked == path else asked
            if status not in REDIRECTS or not location:
                return Found(status, None, reached, bool(reached) and is_moved)
            is_moved = is_moved and status in FOR_GOOD
            asked = joined(urljoin(settings.SITE_URL, asked), location)
            if not is_own(asked):  # such as a symbol that leads to the official record
                return Found(200, None, asked)
            if asked in seen:
                break
            seen.add(asked)
        return Found(trouble=Trouble.LOOP, redirected_to=asked)

    def _ask(self, path: str) -> tuple[int, str]:
        response = self._site.ask(path, "HEAD")  # whose answer holds nothing open
        return response.status_code, response.headers.get("Location", "")
