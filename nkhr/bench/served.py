"""The site under load, beside nginx and a server of nothing, in turns: medians of three rounds."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from . import contenders, load
from .load import Load
from .processes import Server

ROUNDS = 3
PLAIN = {"Accept-Encoding": "identity"}
GZIP = {"Accept-Encoding": "gzip"}
BROTLI = {"Accept-Encoding": "br"}
#: Fetched before anybody asked for it: answered as always, and no hit (hits.counter).
UNCOUNTED = {"Sec-Purpose": "prefetch"}
#: Whoever says who they are is asked of Django, past the store (store.admission).
PAST_THE_STORE = {"Authorization": "Bearer nobody"}


class Question(NamedTuple):
    name: str
    path: str
    headers: dict[str, str]
    file: str = ""  # nginx has the same bytes under this name


class Paths(NamedTuple):
    article: str
    news: str
    milestones: str
    feed: str
    deep: str
    document: str

    def questions(self) -> list[Question]:
        return [
            Question("article", self.article, PLAIN, "article.html"),
            Question("article, gzip", self.article, GZIP, "article.html"),
            Question("article, br", self.article, BROTLI),
            Question("article, gzip, not counted", self.article, GZIP | UNCOUNTED),
            Question("news list, gzip", self.news, GZIP, "news.html"),
            Question("milestones, gzip", self.milestones, GZIP, "milestones.html"),
            Question("feed, gzip", self.feed, GZIP, "feed.atom"),
            Question(f"{self.deep}, gzip", self.deep, GZIP, "deep.html"),
            Question("document, PDF", self.document, PLAIN, "document.pdf"),
            Question("article, rendered each time", self.article, GZIP | PAST_THE_STORE),
        ]


@dataclass
class Measured:
    """Medians by question and contender: "site", "nginx", "hello", and "small", the site with few
    articles.
    """

    loads: dict[tuple[str, str], Load] = field(default_factory=dict)

    def ratio(self, question: str, contender: str) -> float | None:
        """Answers a second of the site to those of another."""
        site, other = self.loads.get((question, "site")), self.loads.get((question, contender))
        return site.per_s / other.per_s if site and other else None


def measure(
    paths: Paths,
    *,
    wrk: str,
    nginx: str | None,
    small: Path,
    place: Path,
    seconds: float,
    tell: Callable[[str], None],
) -> Measured:
    """`small` is a VAR_DIR like ours with few articles; `place` a folder for files of its own."""
    rows: dict[tuple[str, str], list[Load]] = defaultdict(list)
    with ExitStack() as open_servers:
        enter = open_servers.enter_context
        site = enter(contenders.site(paths.article))
        few = enter(contenders.site(paths.article, VAR_DIR=str(small)))
        questions = paths.questions()
        questions.insert(3, _unchanged(site, paths.article))
        _warm(site, questions)
        _copy(site, questions, place / "files")
        size = {
            name: (place / "files" / f"article.html{name}").stat().st_size for name in ("", ".gz")
        }
        hello = {name: enter(contenders.hello(bytes_)) for name, bytes_ in size.items()}
        static = enter(contenders.nginx(nginx, place, "/article.html")) if nginx else None
        for number in range(ROUNDS):
            tell(f"round {number + 1} of {ROUNDS}")
            for question in questions:
                for contender, server, path in _contenders(question, site, few, static, hello):
                    rows[question.name, contender].append(
                        load.ask(wrk, server, path, headers=question.headers, seconds=seconds)
                    )
    return Measured({key: load.median(loads) for key, loads in rows.items()})


def _contenders(
    question: Question,
    site: Server,
    few: Server,
    static: Server | None,
    hello: dict[str, Server],
) -> Iterator[tuple[str, Server, str]]:
    yield "site", site, question.path
    if static and question.file:
        yield "nginx", static, f"/{question.file}"
    if question.file == "article.html":
        yield "hello", hello[".gz" if question.headers == GZIP else ""], "/"
    if question.name in ("article, gzip", "news list, gzip"):
        yield "small", few, question.path


def _unchanged(site: Server, path: str) -> Question:
    """A reader who has the page already."""
    _body, headers = contenders.fetch(site.url + path, PLAIN)
    return Question("article, 304", path, {"If-None-Match": headers["ETag"]})


def _warm(site: Server, questions: list[Question]) -> None:
    """Every worker has every page: which of them answers is chance."""
    for question in questions:
        for _time in range(20):
            contenders.fetch(site.url + question.path, PLAIN)


def _copy(site: Server, questions: list[Question], folder: Path) -> None:
    folder.mkdir(parents=True)
    for question in questions:
        if question.file:
            body, _headers = contenders.fetch(site.url + question.path, PLAIN)
            (folder / question.file).write_bytes(body)
            small, headers = contenders.fetch(site.url + question.path, GZIP)
            if headers.get("Content-Encoding") == "gzip":
                (folder / f"{question.file}.gz").write_bytes(small)


def first_page_s(path: str) -> float:
    """Seconds from starting a worker to its first page."""
    start = time.monotonic()
    with contenders.site(path, workers=1):
        return time.monotonic() - start


def pss_of_full_store(paths: list[str]) -> list[int]:
    """Bytes each worker holds when its store is full: `paths` are more than it can keep."""
    with contenders.site(paths[0]) as site:
        for path in paths:
            contenders.fetch(site.url + path, GZIP)
        return site.pss_bytes()
