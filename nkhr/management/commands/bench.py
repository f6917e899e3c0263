from __future__ import annotations

import os
import shutil
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.urls import reverse

from advocacy.attachments.models import Attachment
from advocacy.home import first_run
from advocacy.news.models import Article
from advocacy.protection.matching import Matcher
from advocacy.protection.router import ALIAS
from advocacy.publishing.models import Language
from nkhr.bench import (
    archive,
    contenders,
    counting,
    desk,
    lighthouse,
    measure,
    names,
    plain,
    searching,
    served,
    surroundings,
    tables,
    withdrawing,
)
from nkhr.bench.archive import LARGE, SMALL
from nkhr.bench.tables import table

MILLION = 1_000_000
MEGABYTE = 1_000_000


class Command(BaseCommand):
    help = (
        "Measure the site on an empty database of its own (dev.py bench makes one, and names the "
        "programs it needs: NKHR_WRK, NKHR_NGINX, NKHR_LIGHTHOUSE, NKHR_CHROMIUM)."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--large", type=int, default=LARGE, help="articles in the large archive"
        )
        parser.add_argument("--search", action="store_true", help="measure the search alone")
        parser.add_argument(
            "--withdrawal", action="store_true", help="measure taking a person out, alone"
        )
        parser.add_argument(
            "--seconds", type=float, default=4, help="how long each load lasts (%(default)s)"
        )

    def handle(self, *args, **options) -> None:
        if options["search"] or options["withdrawal"]:
            # Maybe on a server of its own, which nobody has prepared.
            call_command("migrate", verbosity=0, stdout=self.stdout)
        if options["withdrawal"]:
            call_command("migrate", database=ALIAS, verbosity=0, stdout=self.stdout)
        if Article.objects.exists():
            raise CommandError("The database holds articles: measure on an empty one.")
        first_run.load(tell=self.tell)
        if options["withdrawal"]:
            self.stdout.write("\n" + self.of_withdrawal(options["large"]))
            return
        if options["search"]:
            self.fill(options["large"])
            self.stdout.write("\n" + self.of_search())
            return
        self.tell(surroundings.told())
        for measured in (self.of_one_request, self.of_the_desk, self.of_counting):
            self.show(measured(options["large"]))
        self.show(self.of_names())
        if os.environ.get("NKHR_WRK"):
            for found in self.under_load(options["seconds"]):
                self.show(found)
        else:
            self.tell("Not measured under load: wrk is not installed.")
        if os.environ.get("NKHR_LIGHTHOUSE"):
            self.show(self.of_lighthouse())
        else:
            self.tell("Not judged by Lighthouse: it is not installed (it needs npm).")
        self.show(self.of_search())  # last: it adds files that are not stored

    # What is measured without a server

    def of_one_request(self, large: int) -> str:
        path = archive.article_path()
        page, styles = measure.page_weight(path)
        cost = measure.of_page(path)
        least = measure.cpu_of(measure.visitor_of(plain.PATH, plain.handler()))
        news = reverse("news:index", args=[Language.EN])
        deep = archive.deep_path(large)
        self.fill(SMALL)
        few = measure.of_page(news)
        self.desk_of_few = desk.costs()
        self.keep_small()
        self.fill(large)
        many, last = measure.of_page(news), measure.of_page(deep)
        total = (page + styles) / 1024
        return table(
            ("One request, nothing kept between requests", "", "budget"),
            [
                ("article, HTML + CSS, gzip'd", f"{total:.1f} KB", "14 KB"),
                ("article, rendered by Django", tables.cost_of(cost), "3 ms, 8 queries"),
                ("plain Django: one query, one template", f"{least:.2f} ms CPU", ""),
                ("the article in plain Djangos", f"{cost.cpu_ms / least:.1f} ×", "3 ×"),
                (f"news list, {SMALL:,} articles", tables.cost_of(few), ""),
                (
                    f"news list, {large:,} articles",
                    f"{tables.cost_of(many)}, {many.cpu_ms / few.cpu_ms:.2f} ×",
                    "1.5 ×",
                ),
                (deep, f"{tables.cost_of(last)}, {last.cpu_ms / few.cpu_ms:.2f} ×", "1.5 ×"),
            ],
        )

    def of_the_desk(self, large: int) -> str:
        few, many = self.desk_of_few, desk.costs()
        head = ("The desk, ms CPU", f"{SMALL:,} articles", f"{large:,} articles", "2 × at most")
        return table(
            head,
            [
                (name, f"{few[name]:.1f}", f"{cost:.1f}", f"{cost / few[name]:.2f} ×")
                for name, cost in many.items()
            ],
        )

    def of_counting(self, items: int) -> str:
        least, median = counting.record_us(forwarded=False)
        proxied, _median = counting.record_us(forwarded=True)
        folded = counting.fold(MILLION, items)
        most = counting.stream(10 * MILLION, items, tell=self.progress)
        self.stdout.write("")
        return table(
            ("Counting", "", "budget"),
            [
                ("a hit written down", f"{least:.1f} µs CPU, median {median:.1f}", ""),
                ("the same behind a proxy", f"{proxied:.1f} µs CPU", ""),
                (
                    f"fold of {MILLION:,} hits of {items:,} pages, each by another visitor",
                    f"{folded.wall_s:.1f} s ({folded.cpu_s:.1f} s CPU)",
                    "5 s",
                ),
                (
                    f"{10 * MILLION:,} hits, folded as they come: journals and database at most",
                    f"{most / MEGABYTE:.0f} MB",
                    "250 MB",
                ),
            ],
        )

    def of_names(self) -> str:
        self.tell(f"Looking for {names.PEOPLE:,} invented people where there are none.")
        texts = {"English": list(names.english()), "Korean": list(names.korean(settings.BASE_DIR))}
        rows = []
        for language, some in texts.items():
            taken = names.seconds_a_megabyte(Matcher(names.people()), some)
            rows.append((f"{language}: a million characters", f"{taken:.2f} s CPU", "1 s"))
            found = names.false_alarms(Matcher(names.people()), some)
            said = f"{found.blocks} ({found.blocks_in_a_million:.1f} in a million)"
            rows.append((f"{language}: false blocks in {found.words:,} words", said, "0.5"))
            rows.append((f"{language}: warnings in them", f"{found.warnings:,}", ""))
        return table((f"Protected names, {names.PEOPLE:,} people", "", "budget"), rows)

    def of_search(self) -> str:
        searching.fill(lambda there, size: self.progress("writing pages", there, size))
        self.stdout.write("")
        found = searching.measured(lambda there, size: self.progress("indexing", there, size))
        self.stdout.write("")
        return table(
            (f"Search: {found.rows:,} texts and pages, {surroundings.database()}", "", "budget"),
            [
                ("the index made anew", f"{found.seconds:.0f} s", ""),
                ("its words", f"{found.size / MEGABYTE:.0f} MB", ""),
                (f"{searching.ASKED} questions: p50, CPU", f"{found.cpu.p50:.1f} ms", "15 ms"),
                ("p99, CPU", f"{found.cpu.p99:.1f} ms", "60 ms"),
                ("p50, p99 by the clock", f"{found.waited.p50:.1f}, {found.waited.p99:.1f} ms", ""),
                ("the slowest by the clock", f"{found.waited.most:.1f} ms", "2 s"),
                ("words that most texts have: p50, CPU", f"{found.of_common.p50:.1f} ms", ""),
            ],
        )

    def of_withdrawal(self, large: int) -> str:
        withdrawing.fill(large, self.progress)
        self.tell("\nLooking for somebody, and taking them out.")
        found = withdrawing.measured()
        read = f"{found.last_read / MEGABYTE:,.0f} MB of files"
        read += f", {found.rows:,} rows" if found.rows else ""
        return table(
            (f"Withdrawal, {large:,} articles, {surroundings.database()}", "", "target"),
            [
                ("the list", tables.time_of(found.listed), ""),
                ("from the agreement to the report", tables.time_of(found.taken), "60 s"),
                ("read at the end", read, ""),
            ],
        )

    # What is measured on servers

    def under_load(self, seconds: float) -> list[str]:
        paths = served.Paths(
            article=archive.article_path(),
            news=reverse("news:index", args=[Language.EN]),
            milestones=reverse("milestones:index", args=[Language.EN]),
            feed=reverse("feeds:news", args=[Language.EN, "atom"]),
            deep=archive.deep_path(Article.objects.count()),
            document=Attachment.objects.documents().visible()[0].get_absolute_url(),
        )
        with tempfile.TemporaryDirectory() as place:
            found = served.measure(
                paths,
                wrk=os.environ["NKHR_WRK"],
                nginx=os.environ.get("NKHR_NGINX"),
                small=self.small,
                place=Path(place),
                seconds=seconds,
                tell=self.tell,
            )
        return [tables.loads(found), tables.targets(found), self._worker(paths.article)]

    def _worker(self, path: str) -> str:
        start = statistics.median(served.first_page_s(path) for _ in range(3))
        self.tell("Filling the stores of both workers.")
        newest = Article.objects.published().newest_first()[:4000]
        articles = [article.get_absolute_url() for article in newest]
        pages = range(2, 1 + min(800, Article.objects.count() // 20))
        lists = [f"{reverse('news:index', args=[Language.EN])}?page={page}" for page in pages]
        held = served.pss_of_full_store([*articles, *lists])
        most = max(held) / MEGABYTE
        return table(
            ("A worker", "", "target"),
            [
                ("from its start to its first page", f"{start:.2f} s", "≤ 1.5 s"),
                (
                    f"memory with a full store of {settings.STORE_BYTES / MEGABYTE:.0f} MB (PSS)",
                    f"{most:.0f} MB",
                    "≤ 160 MB",
                ),
            ],
        )

    def of_lighthouse(self) -> str:
        pages = {
            "home": reverse("home:index", args=[Language.EN]),
            "article": archive.article_path(),
            "milestones": reverse("milestones:index", args=[Language.EN]),
            "news list": reverse("news:index", args=[Language.EN]),
        }
        rows = []
        with contenders.site(pages["home"]) as site:
            for name, path in pages.items():
                self.tell(f"Lighthouse looks at {name}.")
                found: Sequence[int | None]
                try:
                    found = lighthouse.scores(
                        os.environ["NKHR_LIGHTHOUSE"], os.environ["NKHR_CHROMIUM"], site.url + path
                    )
                except RuntimeError as error:
                    self.tell(str(error))
                    found = (None,) * len(lighthouse.CATEGORIES)
                rows.append((name, *("none" if score is None else f"{score}" for score in found)))
        return table(("Lighthouse, mobile", *lighthouse.CATEGORIES), rows)

    # The archive

    @property
    def small(self) -> Path:
        """The VAR_DIR of a site with few articles."""
        return settings.VAR_DIR.with_name("small")

    def keep_small(self) -> None:
        shutil.copytree(settings.VAR_DIR, self.small)

    def fill(self, size: int) -> None:
        for there in archive.fill_to(size):
            self.progress("writing articles", there, size)
        self.stdout.write("")

    def tell(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()

    def show(self, table: str) -> None:
        """At once, so that what is measured already outlives whatever fails after it."""
        self.tell(f"\n{table}\n")

    def progress(self, what: str, there: int, size: int) -> None:
        bar = "█" * (30 * there // size)
        self.stdout.write(f"\r{what} {bar:<30} {there:,}/{size:,}", ending="")
        self.stdout.flush()
