from __future__ import annotations

import platform
import sys
from pathlib import Path

import django
from django.core.management.base import BaseCommand, CommandError

from advocacy.home import first_run
from advocacy.news.models import Article
from advocacy.publishing.models import Language
from nkhr.bench import archive, counting, measure, plain

SMALL, LARGE = 200, 20_000
MILLION = 1_000_000


class Command(BaseCommand):
    help = "Measure the site on an empty database of its own (dev.py bench makes one)."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--large", type=int, default=LARGE, help="articles in the large archive"
        )

    def handle(self, *args, **options) -> None:
        if Article.objects.exists():
            raise CommandError("The database holds articles: measure on an empty one.")
        first_run.load(tell=self.stdout.write)
        rows = [
            ("machine", f"{_cpu()}, {platform.system()} {platform.release()}"),
            ("versions", f"Python {platform.python_version()}, Django {django.__version__}"),
        ]
        rows += self.article()
        rows += self.lists(options["large"])
        rows += self.counting(options["large"])
        width = max(len(name) for name, _ in rows)
        self.stdout.write("")
        for name, value in rows:
            self.stdout.write(f"{name:<{width}}  {value}")

    def article(self) -> list[tuple[str, str]]:
        path = Article.objects.published().get(language=Language.EN).get_absolute_url()
        page, styles = measure.page_weight(path)
        cost = measure.of_page(path)
        least = measure.cpu_of(measure.visitor_of(plain.PATH, plain.handler()))
        return [
            (
                "article, HTML + CSS gzip'd",
                f"{page / 1024:.1f} + {styles / 1024:.1f} = {(page + styles) / 1024:.1f} KB (budget 14)",
            ),
            ("article, Django without any cache", f"{_cost(cost)} (budget 3 ms, 8 queries)"),
            (
                "plain Django: its default middleware, one query, one template",
                f"{least:.2f} ms CPU; the article costs {cost.cpu_ms / least:.1f} × (budget 3)",
            ),
        ]

    def lists(self, large: int) -> list[tuple[str, str]]:
        first, last = "/en/news/", f"/en/news/?page={min(500, large // 20)}"
        self.fill(SMALL)
        few = measure.of_page(first)
        self.fill(large)
        many, deep = measure.of_page(first), measure.of_page(last)
        return [
            (f"news list, {SMALL} articles", _cost(few)),
            (
                f"news list, {large} articles",
                f"{_cost(many)}, {many.cpu_ms / few.cpu_ms:.2f} × (budget 1.5)",
            ),
            (f"{last}", f"{_cost(deep)}, {deep.cpu_ms / few.cpu_ms:.2f} × (budget 1.5)"),
        ]

    def counting(self, items: int) -> list[tuple[str, str]]:
        least, median = counting.record_us(forwarded=False)
        proxied, _median = counting.record_us(forwarded=True)
        folded = counting.fold(MILLION, items)
        return [
            (
                "counting: one hit written down",
                f"{least:.1f} µs CPU, median {median:.1f}; behind a proxy {proxied:.1f} (budget 12)",
            ),
            (
                f"counting: {MILLION:,} hits of {items:,} pages, each by another visitor",
                f"folded in {folded.cpu_s:.1f} s CPU, {folded.wall_s:.1f} s in all (budget 5); "
                f"{folded.held / 1e6:.0f} MB held",
            ),
        ]

    def fill(self, size: int) -> None:
        for there in archive.fill_to(size):
            self.progress(there, size)
        self.stdout.write("")

    def progress(self, there: int, size: int) -> None:
        bar = "█" * (30 * there // size)
        self.stdout.write(f"\rwriting articles {bar:<30} {there}/{size}", ending="")
        self.stdout.flush()


def _cost(cost: measure.Cost) -> str:
    return f"{cost.cpu_ms:.2f} ms CPU, {cost.queries} queries"


def _cpu() -> str:
    """The processor as the machine names it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
        return f"{len(names)} × {names[0]}"
    except (OSError, IndexError):
        return platform.processor() or sys.platform
