"""An archive of any size to measure on: made-up articles, the same ones each time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, product

from django.urls import reverse

from advocacy.accounts.models import User
from advocacy.news.models import Article, Coverage, Tag, TaggedArticle
from advocacy.publishing import generation
from advocacy.publishing.models import Language, Publication

from . import desk

SMALL, LARGE = 200, 20_000  # articles
SEED = 1997
BATCH = 500
FIRST = datetime(1999, 1, 4, 9, 0, tzinfo=UTC)
COMMON = """
    record statement session council survivor family resolution report evidence letter meeting
    delegation hearing testimony article office answer question member state paragraph document
""".split()  # noqa: SIM905  reads better as a block
SYLLABLES = ("ba", "co", "du", "fel", "gor", "hin", "jas", "kem", "lor", "mun", "ni", "pra", "sto")
#: As in any language a few words are said all the time, and most of them hardly ever (Zipf's law).
WORDS = [*COMMON, *("".join(parts) for parts in product(SYLLABLES, repeat=4))]
SHARES = list(accumulate(1 / (rank + 5) for rank in range(len(WORDS))))


def fill_to(size: int) -> Iterator[int]:
    """Add articles until there are `size`; yields how many there are after each batch."""
    tags = [
        Tag.objects.get_or_create(name=f"Subject {n}", slug=f"subject-{n}")[0] for n in range(40)
    ]
    author = desk.author()
    there = Article.objects.count()
    while there < size:
        batch = range(there, min(there + BATCH, size))
        articles = Article.objects.bulk_create(_article(number, author) for number in batch)
        TaggedArticle.objects.bulk_create(
            TaggedArticle(content_object=article, tag=tag)
            for article in articles
            for tag in random.Random(SEED + article.pk).sample(tags, 3)  # noqa: S311  the same archive each time
        )
        Coverage.objects.bulk_create(
            Coverage(article=article, outlet="An outlet", headline="A headline", position=n)
            for article in articles
            for n in (1, 2)
        )
        there = batch.stop
        yield there
    generation.bump()


def _article(number: int, author: User) -> Article:
    chance = random.Random(SEED * 1_000_003 + number)  # noqa: S311  the same archive each time
    shown = FIRST + timedelta(hours=9 * number)
    return Article(
        language="en",
        title=f"{_words(chance, 7).capitalize()} {number}",
        slug=f"bench-{number}",
        summary=_words(chance, 30).capitalize() + ".",
        body="".join(f"<p>{_words(chance, 90).capitalize()}.</p>" for _ in range(6)),
        byline="NKHR",
        status=Publication.Status.PUBLISHED,
        published_at=shown,
        first_published_at=shown,
        created_by=None if number % 3 else author,
    )


def words(chance: random.Random, count: int) -> list[str]:
    return chance.choices(WORDS, cum_weights=SHARES, k=count)


def _words(chance: random.Random, count: int) -> str:
    return " ".join(words(chance, count))


def article_path() -> str:
    article = Article.objects.published().filter(language=Language.EN).earliest("pk")
    return article.get_absolute_url()


def deep_path(articles: int) -> str:
    return f"{reverse('news:index', args=[Language.EN])}?page={min(500, articles // 20)}"
