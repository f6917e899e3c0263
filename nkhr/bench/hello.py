"""What the server alone can do: as many bytes as a page has, and nothing asked of anybody.

Served by itself, `granian --interface wsgi nkhr.bench.hello:application`; HELLO_BYTES in the
environment says how many.
"""

from __future__ import annotations

import os
from typing import Any

BODY = b"x" * int(os.environ.get("HELLO_BYTES", "0"))
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("200 OK", HEADERS.copy())
    return [BODY]
