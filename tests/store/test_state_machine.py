"""Whatever staff and readers do in whatever order, the store answers as Django would."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from advocacy.attachments.models import Attachment
from advocacy.hits import journal
from advocacy.hits.models import Baseline
from advocacy.milestones.models import Milestone
from advocacy.news.models import Article
from advocacy.pages.models import MenuItem, Organisation
from advocacy.publishing import actions
from advocacy.publishing.models import Publication
from advocacy.publishing.remembered import forget
from nkhr.store import marker
from tests.facts import article, milestone
from tests.store.conftest import Answer, Site, call, environ, fold_hits

pytestmark = pytest.mark.django_db

UNCOUNTED = {"sec_purpose": "prefetch"}
START = datetime(2026, 11, 24, 3, tzinfo=UTC)
ARTICLES = [f"/{language}/news/2026/number-{n}/" for language in ("en", "ko") for n in range(2)]
PATHS = [
    *ARTICLES,
    *("/en/", "/ko/news/", "/en/news/", "/en/news/?tag=camps", "/en/news/?year=2026&page=1"),
    *("/en/tags/", "/en/tags/camps/", "/en/milestones/", "/en/documents/", "/en/news/feed.json"),
    *("/feeds/all.atom", "/en/news/feed.atom", "/en/news/2026/renamed/"),
]
READS = re.compile(rb"(?<=<dd data-reads>)[^<]*")
MADE_BY_THE_STORE = {"etag", "vary", "content-length", "content-encoding"}
Seen = tuple[int, tuple, bytes]


def seen(answer: Answer, *, with_reads: bool = True) -> Seen:
    """What a reader notices of an answer: all of it but how it travels."""
    headers = [pair for pair in answer.headers if pair[0].lower() not in MADE_BY_THE_STORE]
    body = answer.body if with_reads else READS.sub(b"", answer.body)
    return answer.status, tuple(sorted(headers)), body


class Year(RuleBasedStateMachine):
    """A site in the hands of staff, a reader, and a clock that ticks now and then."""

    @initialize()
    def begin(self) -> None:
        forget()
        self.time = START
        self.travel = time_machine.travel(self.time, tick=False)
        self.travel.start()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        Organisation.objects.create(language="en", name="The Alliance", short_name="TA")
        for language in ("en", "ko"):
            article("Number 0", language=language, slug="number-0")
        milestone(titles={"en": "An inquiry"})
        self.django = WSGIHandler()
        self.site = Site()
        self.made = 0
        self.known()

    def known(self) -> None:
        """From now on the store knows what Django knows."""
        self.changed = self.folded = False
        self.right: dict[tuple[str, str], set[Seen]] = {}  # by path and language

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        self.travel.stop()
        journal.writer.close()
        for path in journal.files():
            path.unlink()

    # --- staff -----------------------------------------------------------------------------------

    def live(self, language: str, number: int) -> Article | None:
        rows = Article.objects.live().filter(language=language, slug=f"number-{number}")
        return rows.exclude(status=Publication.Status.TRASHED).first()

    def edited(self, language: str, number: int):
        """A working copy of that article, and a word nobody has used before."""
        self.made += 1
        one = self.live(language, number)
        if one is None or not one.first_published_at:
            return None, ""
        return actions.open_working_copy(record=one), f"word{self.made}"

    @rule(
        language=st.sampled_from(["en", "ko"]),
        number=st.integers(0, 1),
        hours=st.sampled_from([None, 1, 3]),
        ends=st.sampled_from([None, 2, 4]),
    )
    def publish(self, language, number, hours, ends):
        if self.live(language, number) is not None:
            return
        shown = self.time + timedelta(hours=hours or 0)
        article(
            f"Number {number}",
            language=language,
            slug=f"number-{number}" if not self.slug_taken(language, number) else f"n-{uuid4()}",
            published_at=shown if hours else None,
            unpublish_at=shown + timedelta(hours=ends) if ends else None,
        )
        self.changed = True

    def slug_taken(self, language: str, number: int) -> bool:
        return Article.objects.filter(
            language=language, slug=f"number-{number}", working=False
        ).exists()

    @rule(language=st.sampled_from(["en", "ko"]), number=st.integers(0, 1), now=st.booleans())
    def edit(self, language, number, now):
        copy, word = self.edited(language, number)
        if copy is None:
            return
        copy.title, copy.body = f"Number {word}", f"<p>{word} &lt;dd data-reads&gt;7&lt;/dd&gt;</p>"
        copy.save()
        if now:
            actions.publish(record=copy)
            self.changed = True

    @rule(number=st.integers(0, 1))
    def tag(self, number):
        copy, word = self.edited("en", number)
        if copy is not None:
            copy.tags.set(["Camps", word])
            actions.publish(record=copy)
            self.changed = True

    @rule(language=st.sampled_from(["en", "ko"]), number=st.integers(0, 1))
    def attach(self, language, number):
        copy, word = self.edited(language, number)
        if copy is None:
            return
        file = Attachment.objects.create(
            kind="pdf",
            title=word,
            name=word,
            language=language,
            key=f"{word}.pdf",
            media_type="application/pdf",
            sha256=f"{self.made:064d}",
            size=20,
            pages=1,
            width=595,
            height=842,
        )
        copy.documents.create(attachment=file)
        actions.publish(record=copy)
        self.changed = True

    @rule(number=st.integers(0, 1))
    def end_tomorrow(self, number):
        copy, _ = self.edited("en", number)
        if copy is not None:
            start = copy.published_at or self.time
            copy.unpublish_at = max(start, self.time) + timedelta(hours=2)
            copy.save()
            actions.publish(record=copy)
            self.changed = True

    @rule(language=st.sampled_from(["en", "ko"]), number=st.integers(0, 1), trash=st.booleans())
    def take_away(self, language, number, trash):
        one = self.live(language, number)
        if one is None or one.status != Publication.Status.PUBLISHED:
            return
        if trash:
            actions.trash(record=one)
        else:
            actions.withdraw(publication=one)
        self.changed = True

    @rule(number=st.integers(0, 1))
    def publish_again(self, number):
        one = self.live("en", number)
        if one is not None and one.status == Publication.Status.WITHDRAWN:
            actions.publish(record=one)
            self.changed = True

    @rule(number=st.integers(0, 1))
    def rename(self, number):
        copy, _ = self.edited("en", number)
        if copy is not None and not Article.objects.filter(slug="renamed", working=False).exists():
            copy.slug = "renamed"
            actions.publish(record=copy)
            self.changed = True

    @rule()
    def change_the_milestone(self):
        self.made += 1
        copy = actions.open_working_copy(record=Milestone.objects.live().get())
        for text in copy.texts.all():
            text.title = f"An inquiry {self.made}"
            text.save()
        actions.publish(record=copy)
        self.changed = True

    @rule()
    def change_the_organisation(self):
        self.made += 1
        row = Organisation.objects.get(language="en")
        row.name = f"The Alliance {self.made}"
        row.save()
        self.changed = True

    @rule()
    def change_the_menu(self):
        self.made += 1
        MenuItem.objects.create(
            place="main", language="en", label=f"Link {self.made}", path="/en/news/"
        )
        self.changed = True

    @rule(number=st.integers(0, 99_999))
    def correct_the_old_number(self, number):
        one = self.live("en", 0)
        if one is not None:
            Baseline.objects.update_or_create(
                item=one.uuid, defaults={"number": number, "origin": "the old board"}
            )
            self.folded = True

    # --- time --------------------------------------------------------------------------------------

    @rule(minutes=st.sampled_from([10, 60, 61, 600]))
    def time_passes(self, minutes):
        self.time += timedelta(minutes=minutes)
        self.travel.stop()
        self.travel = time_machine.travel(self.time, tick=False)
        self.travel.start()

    @rule()
    def tick(self):
        self.site.tick()
        self.known()

    @rule()
    def fold(self):
        fold_hits()
        self.folded = True

    # --- readers -----------------------------------------------------------------------------------

    @rule(
        path=st.sampled_from(PATHS),
        encoding=st.sampled_from(["", "gzip", "br", "gzip, deflate, br;q=0.9"]),
        junk=st.sampled_from(["", "fbclid=1", "x=%ff", "a&b&&=", "order2=newest"]),
        language=st.sampled_from(["", "en", "ko"]),
        method=st.sampled_from(["GET", "GET", "GET", "HEAD"]),
    )
    def read(self, path, encoding, junk, language, method):
        headers = {"accept_encoding": encoding, "accept_language": language}
        asked = f"{path}{'&' if '?' in path else '?'}{junk}" if junk else path
        plain = call(self.django, environ(path, accept_language=language, **UNCOUNTED))
        got = self.site.get(asked, method, **headers)
        if method == "HEAD":
            assert got.status == plain.status or self.changed
            assert got.raw == b"" or got.status != 200
            got = self.site.get(asked, **headers)
        self.compare(path, language, got, plain)
        if got.status == 200:
            assert int(got["Content-Length"]) == len(got.raw)
            again = self.site.get(asked, if_none_match=got["ETag"], **headers)
            assert (again.status, again.raw) == (304, b"")
            assert again["ETag"] == got["ETag"]

    def compare(self, path: str, language: str, got: Answer, plain: Answer) -> None:
        """`right` are the answers Django gave since the last tick, each of which may be kept till the
        next: a page is a second old at most, and shows nothing that never was so.
        """
        right = self.right.setdefault((path, language if path.startswith("/feeds") else ""), set())
        now = seen(plain, with_reads=False)
        right.add(now)
        if not self.changed:
            assert seen(got, with_reads=False) == now
            if not self.folded:
                assert seen(got) == seen(plain)
        else:
            assert seen(got, with_reads=False) in right

    @precondition(lambda self: self.changed)
    @rule(path=st.sampled_from(PATHS))
    def read_at_once_as_staff(self, path):
        cookie = f"staff={marker.make()}"
        plain = call(self.django, environ(path, cookie=cookie, **UNCOUNTED))
        got = self.site.get(path, cookie=cookie, **UNCOUNTED)
        assert (got.status, got.headers, got.raw) == (plain.status, plain.headers, plain.raw)

    @rule(path=st.sampled_from(ARTICLES))
    def send_a_form(self, path):
        assert self.site.get(path, "POST").status == call(self.django, environ(path, "POST")).status


def run(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Year,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.one_database
def test_the_store_answers_as_django_does_after_whatever_was_done():
    run(examples=20, steps=30)


@pytest.mark.long
def test_the_store_answers_as_django_does_in_a_long_year():
    run(examples=150, steps=60)
