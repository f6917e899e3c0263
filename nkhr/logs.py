"""What the log may not hold, whatever has gone wrong."""

from __future__ import annotations

import logging
import re

#: Whoever has the address of a preview can read it (advocacy.publishing.sharing).
_TOKEN = re.compile(r"(/preview/)[\w-]{20,}", re.ASCII)


class Discreet(logging.Formatter):
    """Leaves out of every line, and of every traceback, what would open something to its reader."""

    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub(r"\1…", super().format(record))
