"""The parts of a copied page: what stands before the posts, and each post with its head of three labels.

A board says above each post who wrote it, when, and how often it was opened; on the screen a label and
its value stand in one line or below one another, and a value may be missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ..moments import KST
from .lines import Line
from .mentions import dates

_LABELS = {
    "title": ("Title", "Subject", "제목"),
    "name": ("Name", "Writer", "Author", "작성자", "글쓴이", "이름", "등록자"),
    "date": ("Date", "Posted", "작성일시", "작성일자", "작성일", "등록일", "날짜"),
    "hit": ("Hits", "Hit", "Views", "조회수", "조회"),
}
_FIELDS = {label.lower(): name for name, labels in _LABELS.items() for label in labels}
_ANY = "|".join(sorted(_FIELDS, key=len, reverse=True))
_KOREAN = "|".join(label for label in sorted(_FIELDS, key=len, reverse=True) if label[0] >= "가")
# With a colon; in Korean also alone, as the heads of a table are copied.
_LABEL = re.compile(rf"(?:^|(?<=[\s|]))(?:({_ANY})\s*[:：]|({_KOREAN})(?=\s|$))\s*", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,9}")
_CLOCK = re.compile(r"\b(\d{1,2}):(\d\d)(?::(\d\d))?\b")
_SHORT_YEAR = re.compile(r"^(\d\d)([-./]\d{1,2}[-./]\d{1,2})\b")
_FILE = re.compile(
    r"(?:첨부\s?파일|첨부|attach(?:ment|ed file)s?|files?|download)\s*[:：]\s*(.+)", re.I
)
_END = re.compile(
    r"(?:목록|list|prev(?:ious)?|next|인쇄|print|top|삭제|수정|글쓰기|답변|추천)(?:\s*[|▲▼]?\s*)|(?:이전|다음)\s?글.*",
    re.IGNORECASE,
)
_LAST = 12  # lines at the end of a post in which the buttons of a board are looked for
_HEAD = 12  # lines that a head can take


@dataclass(slots=True)
class Copied:
    """A post as it was copied; what was not said is empty."""

    title: str = ""
    name: str = ""
    written: datetime | None = None
    hits: int | None = None
    lines: list[Line] = field(default_factory=list)
    files: list[str] = field(default_factory=list)  # by name: they were not copied along


@dataclass(slots=True)
class Page:
    before: list[Line]
    posts: list[Copied]


@dataclass(slots=True)
class _Head:
    start: int
    stop: int
    said: dict[str, str]


def split(lines: Sequence[Line]) -> Page:
    heads: list[_Head] = []
    at = 0
    while at < len(lines):
        head = _head(lines, at) if _LABEL.match(lines[at].text) else None
        if head:
            heads.append(head)
        at = head.stop if head else at + 1
    starts = [*(head.start for head in heads), len(lines)]
    stops = [0, *(head.stop for head in heads)]
    first, *others = [list(lines[start:stop]) for start, stop in zip(stops, starts, strict=True)]
    titles = [
        head.said.get("title") or _title_above(above)
        for head, above in zip(heads, [first, *others], strict=False)
    ]
    posts = [_post(*one) for one in zip(titles, heads, others, strict=True)]
    return Page(first, posts)


def _head(lines: Sequence[Line], start: int) -> _Head | None:
    """The labels from here on: two at least, one of them that of a date which can be read."""
    said: dict[str, str] = {}
    labels: set[str] = set()
    waiting = ""
    at = start
    while at < min(len(lines), start + _HEAD):
        text = lines[at].text
        found = list(_LABEL.finditer(text))
        if found and found[0].start() == 0:
            ends = [*(match.start() for match in found[1:]), len(text)]
            for match, end in zip(found, ends, strict=True):
                waiting = _FIELDS[(match[1] or match[2]).lower()]
                labels.add(waiting)
                value = text[match.end() : end].strip(" |")
                if value and _fits(waiting, value):
                    said[waiting], waiting = value, ""
                elif value:
                    return None
        elif not text:
            if "date" in said and "hit" in said:
                break
        elif waiting and _fits(waiting, text) and not (waiting == "name" and said):
            said[waiting], waiting = text, ""
        else:
            break
        at += 1
    is_one = len(labels) > 1 and _moment(said.get("date", "")) is not None
    return _Head(start, at, said) if is_one else None


def _fits(label: str, value: str) -> bool:
    if label == "date":
        return len(value) <= 40 and _moment(value) is not None
    if label == "hit":
        return _NUMBER.fullmatch(value) is not None
    return len(value) <= (300 if label == "title" else 60)


def _moment(text: str) -> datetime | None:
    """By clocks in Seoul; without an hour, at noon, which is that day in most of the world."""
    text = _SHORT_YEAR.sub(r"20\1\2", text.strip())
    found = dates(text)
    if not found or len(found[0].value) != 10:
        return None
    day = datetime.fromisoformat(found[0].value).replace(tzinfo=KST)
    clock = _CLOCK.search(text[found[0].end :])
    try:
        hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (12, 0, 0)
        return day.replace(hour=hour, minute=minute, second=second)
    except ValueError:
        return day.replace(hour=12)


def _title_above(above: list[Line]) -> str:
    """The last line before the head, which it is taken from."""
    while above and not above[-1]:
        above.pop()
    if not above or above[-1].is_item or len(above[-1].text) > 300:
        return ""
    return above.pop().text


def _post(title: str, head: _Head, lines: list[Line]) -> Copied:
    post = Copied(title, head.said.get("name", ""), _moment(head.said.get("date", "")))
    if "hit" in head.said:
        post.hits = int(head.said["hit"].replace(",", ""))
    for number, line in enumerate(lines):
        if file := _FILE.fullmatch(line.text):
            post.files.append(file[1])
        elif number < len(lines) - _LAST or not _END.fullmatch(line.text):
            post.lines.append(line)
    return post
