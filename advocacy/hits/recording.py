"""One hit, from a request to the journal. Works on a WSGI environ, so a layer in front of Django
can record too.
"""

import time
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from . import counter, days, journal, trouble, visitors
from .counter import Kind
from .models import Trouble
from .records import Hit, pack


def record(
    item: UUID,
    kind: Kind,
    meta: Mapping[str, str],
    *,
    status: int,
    content_range: str = "",
    at: datetime | None = None,
) -> bool:
    """Write the hit down if it counts (see `counter`), and say whether it was written. Never
    raises.

    Whoever calls has made sure that the reader is not staff. `meta` is a WSGI environ,
    `content_range` the header of a 206.
    """
    try:
        if not counter.is_counted(meta, status, content_range):
            return False
        seconds = at.timestamp() if at else time.time()
        day = days.of(seconds)
        agent = meta.get("HTTP_USER_AGENT", "")
        visitor = visitors.visitor(meta, day)
        robot = counter.is_robot(agent)
        return journal.append(pack(Hit(kind, item, visitor, int(seconds * 1000), day, robot)))
    except Exception as error:
        trouble.remember(Trouble.What.HIT, error)
        return False
