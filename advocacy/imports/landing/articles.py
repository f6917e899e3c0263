"""Articles out of posts, many at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from advocacy.attachments import figures
from advocacy.attachments.models import Attachment
from advocacy.news.models import Article, ArticleDocument, Coverage, Tag, TaggedArticle
from advocacy.publishing import at_once

from .. import records
from ..records import Post, Text
from .files import Brought
from .ready import Ready

_LONGEST_TITLE = 300


class Tags:
    """Tags by their names, each looked up once in a run."""

    def __init__(self) -> None:
        self._known: dict[str, Tag | None] = {}

    def forget(self) -> None:
        """A transaction was undone, and with it perhaps tags that it made."""
        self._known.clear()

    def of(self, names: Iterable[str]) -> list[Tag]:
        found = [self._tag(name) for name in names]
        return list(dict.fromkeys(tag for tag in found if tag is not None))

    def _tag(self, name: str) -> Tag | None:
        name = " ".join(name.split())[:100]
        key = name.casefold()
        if key and key not in self._known:
            self._known[key] = Tag.objects.filter(name__iexact=name).first() or _made(name)
        return self._known.get(key)


def _made(name: str) -> Tag | None:
    """None where readers may not see that name: a tag is seen as soon as it is there."""
    tag = Tag(name=name)
    if at_once.problems(tag, None):
        return None
    tag.save()
    return tag


def fields(ready: Ready, brought: Brought, at: datetime) -> dict[str, Any]:
    """What an article says, by the names of its columns."""
    post, text = ready.post, ready.post.text
    is_known = post.written is not None and post.written <= at
    return {
        "language": ready.language,
        "title": text.title[:_LONGEST_TITLE] or "?",
        "summary": text.summary[:1000],
        "kicker": text.kicker[:120],
        "byline": text.byline[:200],
        "body": body_of(ready, brought),
        "published_at": post.written if is_known else None,
        "event_date": post.event,
        "place": post.place[:120],
    }


def not_public(post: Post) -> list[str]:
    """Why readers could not open a post of any kind, as sentences."""
    return [] if post.public else [post.reason or _("Readers could not open it on the old site.")]


def hindrances(post: Post, at: datetime) -> list[str]:
    """Why readers are not shown an article now, as sentences."""
    said = not_public(post)
    if post.written is None:
        said.append(_("The old site gives no date for it. Set one before you publish it."))
    elif post.written > at:
        said.append(_("Its date lies in the future."))
    if not post.text.title:
        said.append(_("It has no title."))
    return said


def remarks(text: Text) -> list[str]:
    if len(text.title) <= _LONGEST_TITLE:
        return []
    return [_("The title was cut: it was longer than %s letters.") % _LONGEST_TITLE]


def body_of(ready: Ready, brought: Brought) -> str:
    """The text with its pictures: those beside it come first, its links last."""
    links = "".join(
        f'<p><a href="{escape(link)}">{escape(link)}</a></p>' for link in ready.post.links
    )
    return "\n".join(
        filter(
            None, [above(brought), ready.body.drawn(lambda n: _within(ready, brought, n)), links]
        )
    )


def above(brought: Brought) -> str:
    """The pictures beside a text."""
    return "".join(map(_figure, brought.above))


def _figure(attachment: Attachment) -> str:
    return f'<figure data-attachment="{attachment.uuid}"></figure>'


def _within(ready: Ready, brought: Brought, number: int) -> str:
    attachment, picture = brought.within[number], ready.body.pictures[number]
    if attachment is not None:
        return _figure(attachment)
    source = f"https:{picture.source}" if picture.source[:2] == "//" else picture.source
    if not source.startswith(("http://", "https://")):
        return ""
    return f'<p><a href="{escape(source)}">{escape(picture.alt or source)}</a></p>'


def insert(made: Sequence[tuple[Article, Ready, Brought]], tags: Tags) -> None:
    """Write drafts that are new, with all that belongs to them. Part of a transaction."""
    articles = [article for article, _ready, _brought in made]
    _name(made)
    Article.objects.bulk_create(articles)
    for article, ready, brought in made:
        _parts(article, ready, brought, tags)


def replace(article: Article, ready: Ready, brought: Brought, at: datetime, tags: Tags) -> None:
    """Let a draft or a working copy say what the post says now. Its address stays."""
    said = fields(ready, brought, at)
    if article.is_working_copy:
        said.pop("published_at")
    for name, value in said.items():
        setattr(article, name, value)
    article.save()
    for part in (article.documents, article.coverage, article.tagged):
        part.all().delete()
    _parts(article, ready, brought, tags)


def _parts(article: Article, ready: Ready, brought: Brought, tags: Tags) -> None:
    """What belongs to an article that has none of it."""
    post = ready.post
    documents = [
        ArticleDocument(article=article, attachment=attachment, position=position)
        for position, attachment in enumerate(brought.documents, 1)
    ]
    tagged = [
        TaggedArticle(tag=tag, content_object=article)
        for tag in tags.of(filter(None, [post.category, *post.tags]))
    ]
    coverage = [_coverage(article, piece, n) for n, piece in enumerate(post.coverage, 1)]
    written: list[tuple[Any, list[Any]]] = [
        (ArticleDocument, documents),
        (TaggedArticle, tagged),
        (Coverage, coverage),
    ]
    for model, rows in written:
        if rows:
            model._default_manager.bulk_create(rows)
    if "data-attachment" in article.body:
        figures.sync(article.figures, article.body)


def _coverage(article: Article, piece: records.Coverage, position: int) -> Coverage:
    return Coverage(
        article=article,
        position=position,
        outlet=piece.outlet[:200],
        description=piece.description[:300],
        headline=piece.headline[:300],
        url=piece.url[:1000],
        archived_url=piece.archived_url[:1000],
        date=piece.date,
        language=piece.language,
    )


def _name(made: Sequence[tuple[Article, Ready, Brought]]) -> None:
    """Give each an address of its own: of two with one title, the second has its old number in it."""
    wanted: dict[tuple[str, str], list[str]] = {}
    for article, ready, _brought in made:
        stem = slugify(article.title, allow_unicode=True)[:150].strip("-")
        numbered = f"{stem}-{slugify(ready.post.key, allow_unicode=True)[:20]}".strip("-")
        unlike = f"{stem}-{str(article.uuid)[:8]}".strip("-")
        wanted[article.language, str(article.uuid)] = [
            slug for slug in (stem, numbered, unlike) if slug
        ]
    slugs = {slug for choices in wanted.values() for slug in choices}
    taken = set(
        Article.objects.filter(working=False, slug__in=slugs).values_list("language", "slug")
    )
    for article, _ready, _brought in made:
        choices = wanted[article.language, str(article.uuid)]
        article.slug = next(slug for slug in choices if (article.language, slug) not in taken)
        taken.add((article.language, article.slug))
