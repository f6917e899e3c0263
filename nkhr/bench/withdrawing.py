"""Taking somebody out of a large record: what it takes, from the list to the reading of every byte."""

from __future__ import annotations

import hashlib
import io
import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

import pikepdf
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from advocacy.attachments.models import Attachment, PageText
from advocacy.casework import steps
from advocacy.casework.models import Withdrawal
from advocacy.hits.models import DailyCount
from advocacy.news.models import Article, ArticleDocument, Tag, TaggedArticle
from advocacy.publishing import generation
from advocacy.publishing.models import Language
from advocacy.publishing.revisions import keeping
from advocacy.search import index
from advocacy.tasks import worker

from . import archive, desk, searching

KO, EN = "신동혁", "Shin Dong-hyuk"
FILES, DAYS, NAMED = 500, 10, 20
Tell = Callable[[str, int, int], None]


class Spent(NamedTuple):
    """Seconds by the clock and of CPU."""

    wall: float
    cpu: float


class Taken(NamedTuple):
    """`last_read` is what is read at the end: bytes of files, and rows where the database has no file."""

    listed: Spent
    taken: Spent
    last_read: int
    rows: int


def fill(size: int, tell: Tell) -> None:
    """As a site is after years: half of it in Korean, each text kept once, counted and indexed; and
    somebody named in a few of the records, in files, in versions of them and in a tag.
    """
    for there in archive.fill_to(size // 2):
        tell("writing articles", there, size)
    _in_korean(size, tell)
    articles = list(Article.objects.filter(slug__startswith="bench-").order_by("pk"))
    for number, article in enumerate(articles[:FILES]):
        _file(number, article, named=number % (FILES // 3) == 1)
    for article in articles[100 :: size // NAMED]:
        article.summary = f"{KO} 증언" if article.language == Language.KO else f"{EN} spoke."
        article.save()
    tag = Tag.objects.create(name=KO)
    TaggedArticle.objects.create(content_object=articles[-1], tag=tag)
    for start in range(0, len(articles), archive.BATCH):
        with transaction.atomic():
            for article in articles[start : start + archive.BATCH]:
                keeping.keep(article)
                _count(article)
        tell("keeping versions", start, size)
    generation.bump()
    index.reindex(lambda there, rows: tell("indexing", there, rows))


def measured() -> Taken:
    officer = desk.author()
    before = _now()
    work = steps.begin(
        person=None, terms={"names": [KO, EN], "en": "a survivor", "ko": "생존자"}, by=officer
    )
    listed = _done(work, before)
    before = _now()
    steps.confirm(work, dict.fromkeys(work.records, Withdrawal.Choice.REPLACE))
    work.refresh_from_db()
    taken = _done(work, before)
    if work.scan is None or work.scan["found"]:
        raise RuntimeError(f"Not all was taken out: {work.step} {work.scan}")
    return Taken(listed, taken, work.scan["bytes"], work.scan["rows"])


def _done(work: Withdrawal, before: Spent) -> Spent:
    state = work.state
    while work.state == state and worker.do_next("bench"):
        work.refresh_from_db()
    after = _now()
    return Spent(after.wall - before.wall, after.cpu - before.cpu)


def _now() -> Spent:
    return Spent(time.perf_counter(), time.process_time())


def _in_korean(size: int, tell: Tell) -> None:
    shown = timezone.now() - timedelta(days=1)
    for start in range(size // 2, size, archive.BATCH):
        batch = range(start, min(start + archive.BATCH, size))
        Article.objects.bulk_create(_korean(number, shown) for number in batch)
        tell("writing articles", batch.stop, size)


def _korean(number: int, shown: datetime) -> Article:
    chance = random.Random(f"{archive.SEED} korean {number}")  # noqa: S311  the same archive each time
    return Article(
        language=Language.KO,
        title=f"{searching.korean(chance, 5)} {number}",
        slug=f"bench-{number}",
        summary=searching.korean(chance, 20),
        body="".join(f"<p>{searching.korean(chance, 70)}.</p>" for _ in range(6)),
        status=Article.Status.PUBLISHED,
        published_at=shown,
        first_published_at=shown,
    )


def _count(article: Article) -> None:
    first = timezone.localdate() - timedelta(days=DAYS)
    DailyCount.objects.bulk_create(
        DailyCount(
            item=article.uuid, kind="article", day=first + timedelta(days=day), human=3, visitors=2
        )
        for day in range(DAYS)
    )


def _file(number: int, article: Article, *, named: bool) -> None:
    """A PDF of ten pages whose words are drawn, kept as an upload would be."""
    chance = random.Random(f"{archive.SEED} file {number}")  # noqa: S311  the same archive each time
    pages = [" ".join(archive.words(chance, 350)) for _ in range(searching.PAGES_A_FILE)]
    if named:
        pages[3] += f" {EN}"
    content = _pdf(pages)
    digest = hashlib.sha256(content).hexdigest()
    file = Attachment.objects.create(
        kind=Attachment.Kind.PDF,
        title=f"File {number}",
        name=f"file-{number}",
        language=Language.EN,
        key=default_storage.save(f"bench/{digest}.pdf", ContentFile(content)),
        media_type="application/pdf",
        sha256=digest,
        fingerprint=digest,
        size=len(content),
        pages=len(pages),
        width=595,
        height=842,
    )
    PageText.objects.bulk_create(
        PageText(attachment=file, number=number, text=text) for number, text in enumerate(pages, 1)
    )
    ArticleDocument.objects.create(article=article, attachment=file)


def _pdf(pages: list[str]) -> bytes:
    made, buffer = pikepdf.Pdf.new(), io.BytesIO()
    for words in pages:
        page = made.add_blank_page(page_size=(595, 842))
        page.obj.Contents = made.make_stream(f"BT /F1 8 Tf 20 800 Td ({words}) Tj ET".encode())
    made.save(buffer)
    return buffer.getvalue()
