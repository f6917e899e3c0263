"""What a site lets machines do, as it says in /robots.txt (RFC 9309)."""

from __future__ import annotations

import threading
import time
from typing import NamedTuple
from urllib.robotparser import RobotFileParser

from .addresses import Target, read
from .asking import Answer, Web
from .pace import Pace
from .trouble import Trouble, Unreachable

BYTES = 500 * 1024  # section 2.5: no less than that is to be read
HOPS = 5  # section 2.3.1.2
KEPT_S = 24 * 3600.0  # section 2.4
TROUBLE_KEPT_S = 600.0  # so that one site that is down is waited for once, and not for each link
MOST_SITES = 500
LONGEST_PAUSE_S = 30.0  # whoever asks for more is not asked at all
REDIRECTS = {301, 302, 303, 307, 308}


class Rules(NamedTuple):
    """What is known of a site until a moment: all is open, or what `parser` says, or nothing is
    to be had from it at all.
    """

    until: float
    parser: RobotFileParser | None = None
    trouble: Trouble | None = None

    def allow(self, agent: str, url: str) -> bool:
        return self.parser is None or self.parser.can_fetch(agent, url)

    def pause_s(self, agent: str) -> float:
        try:
            return float(str(self.parser.crawl_delay(agent) or 0)) if self.parser else 0.0
        except ValueError:
            return 0.0


class Robots:
    """Asks each site once a day. Several threads may share one."""

    def __init__(self, web: Web, pace: Pace) -> None:
        self.web, self.pace = web, pace
        self._known: dict[str, Rules] = {}
        self._lock = threading.Lock()

    def pause_s(self, url: str, *, until: float) -> float:
        """What the site wants between two requests, if it lets us ask for this one.

        Raises Unreachable, OutOfTime.
        """
        rules = self._rules(read(url), until)
        if rules.trouble is not None:
            raise Unreachable(rules.trouble)
        pause_s = rules.pause_s(self.web.agent)
        if pause_s > LONGEST_PAUSE_S or not rules.allow(self.web.agent, url):
            raise Unreachable(Trouble.ROBOTS)
        return pause_s

    def _rules(self, target: Target, until: float) -> Rules:
        known, now = self._known.get(target.site), time.monotonic()
        if known is not None and now < known.until:
            return known
        try:
            rules = Rules(now + KEPT_S, parser=self._parser(target, until))
        except Unreachable as unreachable:
            rules = Rules(now + TROUBLE_KEPT_S, trouble=unreachable.trouble)
        with self._lock:
            if len(self._known) >= MOST_SITES:
                self._known.clear()
            self._known[target.site] = rules
        return rules

    def _parser(self, target: Target, until: float) -> RobotFileParser | None:
        """A site that cannot say it is not to be asked at all (section 2.3.1.4)."""
        answer = self._answer(f"{target.site}/robots.txt", until)
        if answer is None or 400 <= answer.status < 500:
            return None
        if answer.status != 200:
            raise Unreachable(Trouble.ROBOTS)
        parser = RobotFileParser()
        parser.parse(answer.body.decode("utf-8", "replace").splitlines())
        return parser

    def _answer(self, url: str, until: float) -> Answer | None:
        """None where it leads on too often, which stands for none."""
        for _hop in range(HOPS + 1):
            self.pace.wait(read(url).host, until=until)
            answer = self.web.ask("GET", url, until=until, limit=BYTES)
            if answer.status not in REDIRECTS or not answer.leads_to:
                return answer
            url = answer.leads_to
        return None
