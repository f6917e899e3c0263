"""A reader, a clock and a journal for the tests of counting."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from advocacy.hits import journal, trouble, visitors
from advocacy.hits.counter import Kind
from advocacy.hits.recording import record

SEOUL = ZoneInfo("Asia/Seoul")
NOON = datetime(2026, 11, 24, 12, tzinfo=SEOUL)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)


@pytest.fixture(autouse=True)
def _fresh_process(monkeypatch):
    monkeypatch.setattr(journal, "LOOK_EVERY_S", 0)  # tests do in one moment what takes a day
    for memory in (trouble, visitors):
        memory.forget()
    yield
    journal.writer.close()
    for memory in (trouble, visitors):
        memory.forget()


@pytest.fixture
def item() -> UUID:
    return uuid4()


def environ(address="198.51.100.7", agent=FIREFOX, method="GET", **headers) -> dict[str, str]:
    more = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    return {"REQUEST_METHOD": method, "REMOTE_ADDR": address, "HTTP_USER_AGENT": agent, **more}


def hit(item, seconds=0, *, kind=Kind.VIEW, status=200, at=NOON, content_range="", **who) -> bool:
    """One request, `seconds` after noon in Seoul."""
    return record(
        item,
        kind,
        environ(**who),
        status=status,
        content_range=content_range,
        at=at + timedelta(seconds=seconds),
    )
