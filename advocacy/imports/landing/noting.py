"""What is noted beside a record: where it came from, what it was called there, how often it was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.hits.models import Baseline
from advocacy.news.models import Article
from advocacy.publishing.models import Publication

from ..addresses import normal
from ..models import Imported, OldAddress
from ..records import Post
from .files import Brought, hold
from .ready import Ready

Name = tuple[str, str]


def known(posts: Iterable[Post]) -> dict[Name, Imported]:
    """Those of the posts that came over before. One query for each source."""
    keys: dict[str, list[str]] = {}
    for post in posts:
        keys.setdefault(post.source, []).append(post.key)
    return {
        (row.source, row.key): row
        for source, some in keys.items()
        for row in Imported.objects.filter(source=source, key__in=some)
    }


def note(made: Sequence[tuple[Any, Ready]], at: datetime) -> list[Imported]:
    """Which record each post became, and in which state the import leaves it."""
    states = _states([record for record, _ready in made])
    rows = [
        Imported(
            source=ready.post.source,
            key=ready.post.key,
            kind=ready.post.kind.value,
            record=record.uuid,
            fingerprint=ready.fingerprint,
            version=states[record.uuid][0],
            status=states[record.uuid][1],
            at=at,
        )
        for record, ready in made
    ]
    return Imported.objects.bulk_create(rows)


def _states(records: Sequence[Any]) -> dict[UUID, tuple[int, str]]:
    """Version and status of each; of a fact, published as soon as one text is."""
    found: dict[UUID, tuple[int, str]] = {}
    of_a_kind: dict[Any, list[UUID]] = {}
    for record in records:
        of_a_kind.setdefault(type(record), []).append(record.uuid)
    for kind, uuids in of_a_kind.items():
        for record in kind.objects.filter(uuid__in=uuids):
            found[record.uuid] = state_of(record)
    return found


def state_of(record: Any) -> tuple[int, str]:
    if isinstance(record, Publication):
        return record.version, record.status  # type: ignore[attr-defined]
    statuses = {text.status for text in record.publications()}
    for status in (Publication.Status.PUBLISHED, Publication.Status.WITHDRAWN):
        if status in statuses:
            return record.version, status
    return record.version, next(iter(statuses), Publication.Status.DRAFT)


def join_translations(made: Sequence[tuple[Article, Ready]]) -> None:
    """Let a translation stand in the group of what it translates, where that has come over."""
    groups = {(ready.post.source, ready.post.key): article for article, ready in made}
    for article, ready in made:
        post = ready.post
        if not post.translates:
            continue
        other = groups.get((post.source, post.translates)) or _came_before(post)
        if other is None or other.language == article.language:
            continue
        group = Article.objects.live().filter(translation_group=other.translation_group)
        if not group.filter(language=article.language).exists():
            article.translation_group = other.translation_group


def _came_before(post: Post) -> Article | None:
    row = Imported.objects.filter(source=post.source, key=post.translates).first()
    return Article.objects.live().filter(uuid=row.record).first() if row else None


def addresses(landed: Iterable[tuple[Post, Brought, UUID]]) -> None:
    """Keep the old addresses of posts and their files. One query.

    Who looks for a file that readers cannot have is led to its post.
    """
    found: dict[str, UUID] = {}
    for post, brought, record in landed:
        of_files = (address for file in post.files for address in file.addresses)
        found |= {normal(address): record for address in (*post.addresses, *of_files)}
        found |= {normal(address): file for address, file in brought.addresses.items()}
    found.pop("", None)
    OldAddress.objects.bulk_create(
        [OldAddress(address=address, target=target) for address, target in found.items()],
        update_conflicts=True,
        unique_fields=["address"],
        update_fields=["target"],
    )


def belongings(post: Post, brought: Brought, record: UUID) -> list[str]:
    """Keep what a file counted, and what waits to be made a PDF; what there is to say of that."""
    downloads = {file: number for file, number in brought.downloads.items() if number}
    if downloads:
        Baseline.set_many(downloads, origin=_origin(post, timezone.now()))
    return [hold(waiting, post, record) for waiting in brought.waiting]


def numbers(posts: Iterable[Post], at: datetime) -> None:
    """How often each was read on the old site, which grows there until it is closed."""
    posts = list(posts)
    rows = known(posts)
    by_source: dict[str, dict[UUID, int]] = {}
    for post in posts:
        row = rows.get((post.source, post.key))
        if row is not None and post.hits:
            by_source.setdefault(post.source, {})[row.record] = post.hits
    for source, found in by_source.items():
        first = next(post for post in posts if post.source == source)
        Baseline.set_many(found, origin=_origin(first, at))


def _origin(post: Post, at: datetime) -> str:
    said = _("%(source)s, imported on %(date)s")
    return (said % {"source": post.source, "date": timezone.localdate(at).isoformat()})[:200]
