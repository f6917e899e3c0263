"""The rows of a table as posts. A row that cannot be read is one line of the report, and no more."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from advocacy.publishing.models import Language

from ..records import Form, Kind, Meeting, Milestone, Post, Read, Skipped, Text
from .columns import COLUMNS, SAID_BY_US, column
from .rows import NoTable, Row, rows
from .values import NoValue

MOST_BEFORE = 20  # rows above the heads, such as a title
_MARKS = re.compile(
    r"</?(?:p|br|a|strong|em|b|i|ul|ol|li|h[2-4]|blockquote|div|span)\b[^<>]*>", re.I
)

Values = dict[tuple[str, str], Any]  # by column and language


class Head(NamedTuple):
    """What stands above a column; `name` as it is written there."""

    name: str
    column: str
    language: str


def read(stream: BinaryIO, kind: Kind, *, state: str = "") -> Read:
    """Every row, and why one gives no post. `stream` can be read again from its start.

    `state` is that of rows that say none, as those of our own tables: all that these hold was public.
    """
    try:
        yield from _read(rows(stream), kind, state)
    except NoTable as refusal:
        yield Skipped(refusal.line, "", str(refusal))


def _read(found: Iterator[Row], kind: Kind, state: str) -> Iterator[Post | Skipped]:
    heads: list[Head | None] = []
    for number, (line, cells) in enumerate(found):
        heads, unknown = _heads(cells, kind)
        if _has_all(heads, kind):
            for name in unknown:
                said = _("There is no column “%(name)s”: it was not read.") % {"name": name[:60]}
                yield Skipped(line, "", said)
            break
        if number == MOST_BEFORE:
            break
    if not _has_all(heads, kind):
        names = ", ".join(name for name, one in COLUMNS[kind].items() if one.is_needed)
        raise NoTable(
            _("No row of heads was found. It has at least: %(names)s.") % {"names": names}
        )
    posts = (_post(line, cells, heads, kind, state) for line, cells in found)
    yield from _told(posts)


def _told(posts: Iterator[Post | Skipped]) -> Iterator[Post | Skipped]:
    """A fact told in two languages may take two rows, one below the other."""
    waiting: list[Any] = []
    try:
        for post in posts:
            if waiting and _together(post) != _together(waiting[0]):
                yield from _joined(waiting)
                waiting = []
            waiting.append(post)
    except NoTable:
        yield from _joined(waiting)  # what was read before is as good as ever
        raise
    yield from _joined(waiting)


def _heads(cells: list[str], kind: Kind) -> tuple[list[Head | None], list[str]]:
    heads: list[Head | None] = []
    unknown = []
    for cell in cells:
        known = column(cell, kind)
        heads.append(Head(cell.strip(), *known) if known else None)
        if cell and not known and cell.strip().lower() not in SAID_BY_US:
            unknown.append(cell)
    return heads, unknown


def _has_all(heads: list[Head | None], kind: Kind) -> bool:
    there = {head.column for head in heads if head}
    needed = {name for name, one in COLUMNS[kind].items() if one.is_needed}
    return needed | {"title"} <= there


def _post(
    line: int, cells: list[str], heads: list[Head | None], kind: Kind, state: str
) -> Post | Skipped:
    said: Values = {}
    wrong = []
    for head, cell in zip(heads, [*cells, *[""] * len(heads)], strict=False):
        if head is None:
            continue
        one = COLUMNS[kind][head.column]
        try:
            if one.is_needed and not cell:
                raise NoValue(_("It must not be empty."))
            said[head.column, head.language] = one.read(cell)
        except NoValue as problem:
            wrong.append(f"{head.name}: {problem}")
    key = _of(said, "id")
    said["state", ""] = _of(said, "state") or state
    texts = _texts(said, kind)
    if not texts:
        wrong.append(_("title: It must not be empty."))
    if not wrong:
        try:
            return _made(line, key, said, texts, kind)
        except NoValue as problem:
            wrong.append(str(problem))
    return Skipped(line, key, " ".join(wrong))


def _texts(said: Values, kind: Kind) -> tuple[Text, ...]:
    own = said.get(("language", "")) or ""
    found = []
    for code in ("", *Language.values):
        if title := said.get(("title", code)):
            form = Form.HTML if _MARKS.search(_of(said, "text", code)) else Form.PLAIN
            names = ["summary", "kicker", "byline", "our_part"]
            text = Text(
                title,
                _of(said, "text", code),
                form,
                language=code or own,
                **{name: _of(said, name, code) for name in names},
            )
            found.append(text)
    return tuple(found)


def _of(said: Values, name: str, language: str = "") -> Any:
    return said.get((name, language)) or ""


def _made(line: int, key: str, said: Values, texts: tuple[Text, ...], kind: Kind) -> Post:
    is_public = _of(said, "state") == "published"
    common: dict[str, Any] = {
        "source": f"table:{kind}",
        "key": key or _key(said, texts),
        "texts": texts,
        "kind": kind,
        "written": _of(said, "published") or None,
        "files": _of(said, "files") or (),
        "addresses": _of(said, "addresses") or (),
        "public": is_public,
        "reason": "" if is_public else _("The table does not say that it is published."),
        "line": line,
    }
    if kind == Kind.ARTICLE:
        return Post(
            **common,
            hits=_of(said, "hits") or 0,
            category=_of(said, "category"),
            tags=_of(said, "tags") or (),
            event=_of(said, "event_date"),
            place=_of(said, "place"),
            coverage=_of(said, "coverage") or (),
            translates=_of(said, "translates"),
        )
    return Post(**common, fact=_milestone(said) if kind == Kind.MILESTONE else _meeting(said))


def _milestone(said: Values) -> Milestone:
    names = ("votes_for", "votes_against", "votes_abstaining")
    votes = [said.get((name, "")) for name in names]
    is_vote = _of(said, "outcome") == "vote"
    if is_vote != all(one is not None for one in votes) or (not is_vote and any(votes)):
        raise NoValue(_("outcome: A vote has three numbers, and without a vote there are none."))
    if not (_of(said, "body") or _of(said, "own_step")):
        raise NoValue(_("body: Name the UN body that acted, or say yes under own_step."))
    return Milestone(
        date=_of(said, "date"),
        body=_of(said, "body"),
        kind=_of(said, "kind"),
        own_step=bool(_of(said, "own_step")),
        turning_point=bool(_of(said, "turning_point")),
        outcome=_of(said, "outcome"),
        votes=(votes[0], votes[1], votes[2]) if is_vote else None,  # type: ignore[arg-type]
        symbols=_of(said, "symbols") or (),
    )


def _meeting(said: Values) -> Meeting:
    own = _of(said, "language") or "en"
    places = {code: _of(said, "place", code) for code in Language.values}
    places[own] = places[own] or _of(said, "place")
    return Meeting(
        date=_of(said, "date"),
        place_en=places["en"],
        place_ko=places["ko"],
        participants=_of(said, "participants") or (),
    )


def _key(said: Values, texts: tuple[Text, ...]) -> str:
    """For a row without an id: by what it tells of, so that the same row is known again."""
    about = repr([_of(said, "date"), str(_of(said, "published")), texts[0].title])
    return hashlib.sha256(about.encode(errors="replace")).hexdigest()[:16]


def _together(post: Post | Skipped) -> tuple[bool, str]:
    """Only what has the same key; what gives no post stays by itself."""
    if isinstance(post, Post) and post.kind != Kind.ARTICLE:
        return True, post.key
    return False, f"{post.line}"


def _joined(posts: list[Any]) -> Iterator[Post | Skipped]:
    if not posts:
        return
    first, *others = posts
    for other in others:
        told = {text.language for text in first.texts}
        if "" in told or any(text.language in told for text in other.texts):
            said = _("It has the id of the row above, and is in the same language.")
            yield Skipped(other.line, other.key, said)
        elif replace(other.fact, **_places(first.fact)) != first.fact:
            said = _("It has the id of the row above, and says something else of the same event.")
            yield Skipped(other.line, other.key, said)
        else:
            first = replace(first, texts=(*first.texts, *other.texts), fact=_both(first, other))
    yield first


def _places(fact: Any) -> dict[str, str]:
    return (
        {"place_en": fact.place_en, "place_ko": fact.place_ko} if isinstance(fact, Meeting) else {}
    )


def _both(first: Post, other: Post) -> Any:
    """The fact, in which each row may have said a place in its own language."""
    one, two = first.fact, other.fact
    if not (isinstance(one, Meeting) and isinstance(two, Meeting)):
        return one
    return replace(
        one, place_en=one.place_en or two.place_en, place_ko=one.place_ko or two.place_ko
    )
