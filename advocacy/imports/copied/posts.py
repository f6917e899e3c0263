"""What was recognised on a copied page, as posts: every one a draft, for an editor to confirm."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from ..records import Coverage, Form, Kind, Milestone, Post, Read, Skipped, Text
from .reading import Article, Introduction, Reading, read
from .steps import Step

SOURCE = "copied"


@dataclass(frozen=True, slots=True)
class Said:
    """What an editor confirmed of an article, where that is another thing than what was read."""

    title: str
    byline: str
    written: datetime | None
    hits: int
    summary: str
    coverage: tuple[Coverage, ...]


def posts(reading: Reading) -> Read:
    """All of it as it was recognised; a step without a date cannot be kept, and is named."""
    if reading.introduction:
        yield introduction(reading.introduction, reading.introduction.title)
    for step in reading.steps:
        if step.date:
            yield milestone(step)
        else:
            said = _("No date was found in it. A milestone needs one: “%(title)s”")
            yield Skipped(0, "", said % {"title": step.title})
    for article in reading.articles:
        yield news(article, as_read(article))


def as_read(article: Article) -> Said:
    copied = article.copied
    return Said(
        title=copied.title or article.summary,
        byline=copied.name,
        written=copied.written,
        hits=copied.hits or 0,
        summary=article.summary,
        coverage=article.coverage,
    )


def introduction(found: Introduction, title: str) -> Post:
    title = title or _("Introduction")
    return _draft(Kind.PAGE, Text(title, found.html), key=title)


def milestone(step: Step) -> Post:
    """`step` as an editor may have changed it; by its words it is known when it comes again."""
    fact = Milestone(
        date=step.date,
        body=step.body,
        kind=step.kind,
        own_step=step.own_step or not step.body,
        symbols=step.symbols,
    )
    text = Text(step.title, f"<p>{step.html}</p>")
    return _draft(Kind.MILESTONE, text, key=f"{step.text} {step.body} {step.date}", fact=fact)


def news(article: Article, said: Said) -> Post:
    dropped = tuple(
        _("The file “%(file)s” was not copied along: attach it.") % {"file": name}
        for name in article.copied.files
    )
    text = Text(said.title, article.html, Form.HTML, summary=said.summary, byline=said.byline)
    return _draft(
        Kind.ARTICLE,
        text,
        key=f"{article.copied.title} {article.copied.written}",
        written=said.written,
        hits=said.hits,
        coverage=said.coverage,
        dropped=dropped,
    )


def _draft(kind: Kind, text: Text, *, key: str, **more) -> Post:
    return Post(
        source=SOURCE,
        key=f"{kind}:{hashlib.sha256(key.encode(errors='replace')).hexdigest()[:24]}",
        texts=(text,),
        kind=kind,
        public=False,
        reason=_("It was copied off a screen: somebody has to look at it first."),
        **more,
    )


def read_posts(copied: str) -> Read:
    """A page that nobody looks at before it is drafts."""
    found = read(copied)
    if not (found.introduction or found.steps or found.articles):
        yield Skipped(0, "", _("Nothing was recognised on this page."))
    yield from posts(found)
