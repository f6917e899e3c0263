"""What becomes of somebody who follows a link to another site."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from .addresses import read
from .asking import Answer, Web
from .pace import OutOfTime, Pace
from .robots import REDIRECTS, Robots
from .trouble import Trouble, Unreachable

HOPS = 5
LONGEST_S = 60.0  # for one link, all redirects and pauses included
FOR_GOOD = {301, 308}
TOO_MANY = 429


class Found(NamedTuple):
    """`redirected_to`: where one ends up; `is_moved`: all that led there is for good."""

    status: int | None = None
    trouble: Trouble | None = None
    redirected_to: str = ""
    is_moved: bool = False


class Checker:
    """Follows links as a reader would, and as slowly as sites ask machines to."""

    def __init__(
        self, web: Web, pace: Pace, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.web, self.pace, self.clock = web, pace, clock
        self.robots = Robots(web, pace)

    def check(self, url: str, *, until: float) -> Found:
        """Raises OutOfTime if the turn of its host does not come before `until`."""
        address, seen, is_moved = url, {url}, True
        longest = self.clock() + LONGEST_S
        for _hop in range(HOPS + 1):
            reached = "" if address == url else address
            try:
                # What was begun is brought to an end; before that, nobody waits beyond `until`.
                answer = self._answer(address, longest if reached else min(until, longest), longest)
            except Unreachable as unreachable:
                return Found(trouble=unreachable.trouble, redirected_to=reached)
            except OutOfTime:
                if not reached:
                    raise
                return Found(trouble=Trouble.NO_ANSWER, redirected_to=reached)
            if answer.status not in REDIRECTS or not answer.leads_to:
                return Found(answer.status, None, reached, bool(reached) and is_moved)
            is_moved = is_moved and answer.status in FOR_GOOD
            address = answer.leads_to
            if address in seen:
                break
            seen.add(address)
        return Found(trouble=Trouble.LOOP, redirected_to=address)

    def _answer(self, url: str, until: float, longest: float) -> Answer:
        """To HEAD, and where that is not understood, to the beginning of GET."""
        host = read(url).host
        pause_s = self.robots.pause_s(url, until=until)
        self.pace.wait(host, until=until, pause_s=pause_s)
        try:
            answer = self.web.ask("HEAD", url, until=longest)
        except Unreachable as unreachable:
            if unreachable.trouble not in (Trouble.NO_ANSWER, Trouble.NONSENSE):
                raise
        else:
            if answer.status < 400 or answer.status == TOO_MANY:
                return answer
        try:
            self.pace.wait(host, until=longest, pause_s=pause_s)
        except OutOfTime as error:
            raise Unreachable(Trouble.NO_ANSWER) from error
        return self.web.ask("GET", url, until=longest)
