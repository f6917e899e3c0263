"""Searching a large record: the index made anew, and questions such as readers ask."""

from __future__ import annotations

import hashlib
import random
import statistics
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import quote

from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.urls import reverse

from advocacy.attachments.models import Attachment, PageText
from advocacy.news.models import Article, ArticleDocument
from advocacy.publishing import generation
from advocacy.publishing.models import Language
from advocacy.search import index
from advocacy.search.engines import engine

from . import archive, measure

PAGES, PAGES_A_FILE = 5000, 10
ASKED = 400
HANGUL = [
    chr(0xAC00 + 588 * first + 28 * second) for first in range(19) for second in (0, 4, 8, 20)
]


class Spent(NamedTuple):
    """What answers took, in milliseconds: half of them, 99 of 100, and the slowest."""

    p50: float
    p99: float
    most: float

    @classmethod
    def of(cls, times: list[float]) -> Spent:
        return cls(statistics.median(times), statistics.quantiles(times, n=100)[98], max(times))


class Found(NamedTuple):
    """Seconds to make the index, its rows and bytes; the time and the CPU of answers."""

    seconds: float
    rows: int
    size: int
    waited: Spent
    cpu: Spent
    of_common: Spent


def fill(tell: Callable[[int, int], None]) -> None:
    """Files of ten pages beside articles, every other one in Korean."""
    articles = list(
        Article.objects.filter(slug__startswith="bench-").order_by("pk")[: PAGES // PAGES_A_FILE]
    )
    for number, article in enumerate(articles):
        with transaction.atomic():
            language = Language.KO if number % 2 else Language.EN
            file = _file(number, language)
            ArticleDocument.objects.create(article=article, attachment=file)
        tell((number + 1) * PAGES_A_FILE, PAGES)
    generation.bump()


def measured(tell: Callable[[int, int], None]) -> Found:
    started = time.perf_counter()
    rows = index.reindex(tell)
    seconds = time.perf_counter() - started
    asked, handler = list(questions()), WSGIHandler()
    for question in asked[:20]:
        _answer_ms(question, handler)
    waited, cpu = zip(*(_answer_ms(question, handler) for question in asked), strict=True)
    common = [_answer_ms(word, handler)[1] for word in archive.COMMON]
    return Found(
        seconds,
        rows,
        engine().size(),
        Spent.of(list(waited)),
        Spent.of(list(cpu)),
        Spent.of(common),
    )


def questions() -> Iterator[str]:
    """The same ones each time: rare words and common ones, phrases, beginnings, symbols, slips.

    Every other one is of words as they are said, and every other one of words that are rare.
    """
    chance = random.Random(archive.SEED)  # noqa: S311  the same questions each time
    for number in range(ASKED):
        is_rare = number // 10 % 2
        some = chance.choices(archive.WORDS, k=3) if is_rare else archive.words(chance, 3)
        yield (
            some[0],
            f"{some[0]} {some[1]}",
            " ".join(some),
            f'"{some[0]} {some[1]}"',
            f"{some[0][:7]}*",
            f"{some[0]} -{some[1]}",
            korean(chance, 1),
            korean(chance, 2),
            f"A/HRC/{chance.randrange(1, 40)}/{chance.randrange(1, 90)}",
            some[0][:3] + some[0][4:],
        )[number % 10]


def _answer_ms(question: str, handler: WSGIHandler) -> tuple[float, float]:
    """As the clock has it, and as this process has computed."""
    path = f"{reverse('search:index', args=[Language.EN])}?q={quote(question)}"
    visit = measure.visitor_of(path, handler)
    started, computed = time.perf_counter(), time.process_time()
    visit()
    return (time.perf_counter() - started) * 1000, (time.process_time() - computed) * 1000


def _file(number: int, language: str) -> Attachment:
    chance = random.Random(f"{archive.SEED} file {number}")  # noqa: S311  the same archive each time
    title = f"File {number}"
    digest = hashlib.sha256(title.encode()).hexdigest()
    file = Attachment.objects.create(
        kind=Attachment.Kind.PDF,
        title=title,
        name=f"file-{number}",
        language=language,
        key=f"bench/{digest}.pdf",
        media_type="application/pdf",
        sha256=digest,
        fingerprint=digest,
        size=1,
        pages=PAGES_A_FILE,
        width=595,
        height=842,
    )
    PageText.objects.bulk_create(
        PageText(attachment=file, number=page, text=_page(chance, language))
        for page in range(1, PAGES_A_FILE + 1)
    )
    return file


def _page(chance: random.Random, language: str) -> str:
    symbol = f"A/HRC/{chance.randrange(1, 40)}/{chance.randrange(1, 90)}"
    said = korean(chance, 300) if language == Language.KO else " ".join(archive.words(chance, 350))
    return f"{said} {symbol}"


def korean(chance: random.Random, count: int) -> str:
    """Words of two to four syllables, some of them often."""
    return " ".join(
        "".join(HANGUL[min(int(chance.expovariate(0.07)), len(HANGUL) - 1)] for _ in range(size))
        for size in chance.choices((2, 3, 4), k=count)
    )
