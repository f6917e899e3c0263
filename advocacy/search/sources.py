"""What can be found, where it comes from, and what of it is read.

The words of a source are written into the index once; whether it is public is asked of the source,
by the predicate that all of the house goes by, each time somebody searches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, ClassVar

from django.db.models import DateTimeField, F, Model, QuerySet, prefetch_related_objects
from django.utils import timezone

from advocacy.attachments import uses
from advocacy.attachments.models import Attachment
from advocacy.attachments.models import Document as DocumentUse
from advocacy.meetings.models import MeetingText
from advocacy.milestones.models import MilestoneText
from advocacy.news.models import Article, Tag
from advocacy.pages.models import StandingPage
from advocacy.prepared import Prepared, Slot
from advocacy.publishing.models import Language, Publication, Record
from advocacy.publishing.richtext import notes

from .leaves import Content, Leaf, blocks, kept, page_leaf
from .models import Document
from .words import clean

_SLOTS = [f"key{number}" for number in range(10)]


class Source:
    """One kind of what can be found."""

    kind: ClassVar[str]
    model: ClassVar[Any]
    shared: ClassVar[str] = "pk"

    def piece(self, row: Any) -> Any:
        """Equal for what is one thing in different languages."""
        return getattr(row, self.shared)

    def public(self, at: datetime | Slot) -> QuerySet:
        return self.model._default_manager.published(at)

    def released(self) -> QuerySet:
        """Public now, or at another time if nobody takes it back: what the index knows."""
        return self.model._default_manager.released()

    def __init__(self) -> None:
        self._shown = Prepared(
            lambda: self.rows(self.public(Slot("at", DateTimeField()))).filter(pk__in=_slots())
        )

    def shown(self, keys: Sequence[int], at: datetime) -> dict[int, Any]:
        """Those of the sources that readers may see at that moment. One query, and what is told of
        each in a line.
        """
        found = [
            row
            for some in batches(keys, len(_SLOTS))
            for row in self._shown(at=at, **_in_slots(some))
        ]
        self.complete(found)
        return {row.pk: row for row in found}

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows

    def complete(self, rows: list[Any]) -> None:
        """Read what is told of each in a line and stands in other tables."""

    def contents(self, keys: Iterable[int]) -> Mapping[int, Content]:
        """What the index is to keep; of what was taken back, nothing."""
        raise NotImplementedError

    def using(self, attachment: Attachment) -> Iterable[int]:
        """The sources whose words change with the description of a file."""
        return self.model._default_manager.filter(figures__attachment=attachment).values_list(
            "pk", flat=True
        )


class Texts(Source):
    #: The column that the texts of one thing in different languages share.
    shared: ClassVar[str] = "translation_group"
    #: What the words of a text are read from, besides its own row.
    parts: ClassVar[tuple[str, ...]] = ()
    to_files: ClassVar[str] = "documents__attachment__pk"

    def __init__(self) -> None:
        super().__init__()
        self._beside = Prepared(
            lambda: (
                self.rows(self.public(Slot("at", DateTimeField())))
                .filter(**{f"{self.to_files}__in": _slots()})
                .annotate(file=F(self.to_files))
                .order_by("pk")
            )
        )

    def showing(self, files: Sequence[int], at: datetime) -> list[Any]:
        """The texts beside which readers find these files; `file` is the one. One query."""
        return [
            row
            for some in batches(files, len(_SLOTS))
            for row in self._beside(at=at, **_in_slots(some))
        ]

    def contents(self, keys: Iterable[int]) -> Mapping[int, Content]:
        found = self.rows(self.released().filter(pk__in=list(keys)))
        return {
            row.pk: self.content(row)
            for row in found.prefetch_related("figures__attachment", *self.parts)
        }

    def passages(self, row: Any) -> Iterator[list[str]]:
        """What is read of a text, its own words first; the rest costs queries, and is often not
        asked for.
        """
        bodies = (part for html in self.html(row) for part in (*blocks(html), *notes(html)))
        yield kept([row.summary])
        yield kept(bodies)
        alts = [use.attachment.alt(row.language).text for use in row.figures.all()]
        yield kept([*alts, *self.beside(row)])

    def content(self, row: Any) -> Content:
        summary, *rest = self.passages(row)
        lead = [*kept(self.above(row)), *summary]
        body = [passage for part in rest for passage in part]
        leaf = Leaf(0, clean(row.title), lead, body, self.symbols(row))
        return Content(row.language, self.body(row), self.day(row), repr(leaf), lambda: [leaf])

    def body(self, row: Any) -> str:
        return ""

    def day(self, row: Any) -> date | None:
        return None

    def symbols(self, row: Any) -> list[str]:
        """Of the UN documents it is about."""
        return []

    def above(self, row: Any) -> list[str]:
        """What stands above the text in a few words."""
        return []

    def html(self, row: Any) -> list[str]:
        return [row.body]

    def beside(self, row: Any) -> list[str]:
        """Words that stand on its page in lists of their own."""
        return []


class Articles(Texts):
    kind, model = Document.Kind.ARTICLE, Article
    parts = ("coverage", "tags")

    def day(self, row: Article) -> date:
        return timezone.localdate(row.published_at)

    def above(self, row: Article) -> list[str]:
        return [row.kicker]

    def beside(self, row: Article) -> list[str]:
        told = (f"{c.outlet}, {c.headline or c.description}" for c in row.coverage.all())
        tags = (tag.named(row.language) for tag in row.tags.all())  # as they stand on the page
        return [row.byline, row.place, *told, *tags]

    def tagged(self, tag: Tag) -> list[int]:
        return list(Article.objects.live().filter(tagged__tag=tag).values_list("pk", flat=True))


class Pages(Texts):
    kind, model = Document.Kind.PAGE, StandingPage


class OfFacts(Texts):
    """Texts of facts, which hold the files."""

    shared = "fact_id"
    to_files = "fact__documents__attachment__pk"

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("fact")

    def day(self, row: Any) -> date:
        return row.fact.date_earliest


class Meetings(OfFacts):
    kind, model = Document.Kind.MEETING, MeetingText
    parts = ("fact__participants",)

    def beside(self, row: MeetingText) -> list[str]:
        own, other = ("ko", "en") if row.language == Language.KO else ("en", "ko")
        found = [row.fact.place(row.language)]
        for person in row.fact.participants.all():
            said = (
                getattr(person, f"{part}_{own}") or getattr(person, f"{part}_{other}")
                for part in ("name", "office", "organisation")
            )
            found.append(", ".join(filter(None, said)))
        return found


class Milestones(OfFacts):
    kind, model = Document.Kind.MILESTONE, MilestoneText
    parts = ("fact__symbols",)

    def complete(self, rows: list[MilestoneText]) -> None:
        prefetch_related_objects(rows, "fact__symbols")

    def body(self, row: MilestoneText) -> str:
        return row.fact.body

    def symbols(self, row: MilestoneText) -> list[str]:
        return [str(use.symbol) for use in row.fact.symbols.all()]

    def above(self, row: MilestoneText) -> list[str]:
        return self.symbols(row)

    def html(self, row: MilestoneText) -> list[str]:
        return [row.body, row.our_part]


class Files(Source):
    """PDFs, page by page. A file is of the day and the body of the first record that shows it."""

    kind, model = Document.Kind.FILE, Attachment

    def public(self, at: datetime | Slot) -> QuerySet:
        return Attachment.objects.documents().visible(at)

    def released(self) -> QuerySet:
        return Attachment.objects.documents().released()

    def contents(self, keys: Iterable[int]) -> Mapping[int, Content]:
        files = {file.pk: file for file in self.released().filter(pk__in=list(keys))}
        places = uses.places(files.values(), DocumentUse, user=None)
        found = {}
        for key, file in files.items():
            told = [_told(place.record) for place in places[key]]
            day, body = min(filter(None, told), default=(None, ""), key=lambda one: str(one[0]))
            mark = repr((file.sha256, file.title, file.language, day, body))
            language = file.language or Language.EN.value
            found[key] = Content(language, body, day, mark, partial(_pages, file))
        return found

    def using(self, attachment: Attachment) -> Iterable[int]:
        return [attachment.pk] if attachment.is_pdf else []


def _pages(file: Attachment) -> Iterable[Leaf]:
    return (page_leaf(file, page) for page in file.page_texts.all())


ARTICLES = Articles()
SOURCES: dict[str, Source] = {
    source.kind: source for source in (ARTICLES, Milestones(), Meetings(), Pages(), Files())
}
TEXTS: dict[str, Texts] = {
    kind: source for kind, source in SOURCES.items() if isinstance(source, Texts)
}


def beside(files: Sequence[int], language: str, at: datetime) -> dict[int, list[Publication]]:
    """By file, the texts readers find it beside, each piece once: in `language`, else in the other.

    One query for each kind of text.
    """
    found: dict[int, dict[Any, Publication]] = defaultdict(dict)
    for source in TEXTS.values():
        for row in source.showing(files, at):
            piece = source.kind, source.piece(row)
            if piece not in found[row.file] or row.language == language:
                found[row.file][piece] = row
    return {file: list(pieces.values()) for file, pieces in found.items()}


def _told(record: Model) -> tuple[date, str] | None:
    """The first day and the body of a record that shows a file, if it is released."""
    if not isinstance(record, Record) or record.is_working_copy:
        return None
    texts = [text for text in record.publications() if text.status == text.Status.PUBLISHED]
    if not texts:
        return None
    known = getattr(record, "date_earliest", None)
    first = min(text.published_at for text in texts if text.published_at)
    return known or timezone.localdate(first), getattr(record, "body", "") if known else ""


def batches(keys: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (keys[at : at + size] for at in range(0, len(keys), size))


def _slots() -> list[Any]:
    return [Slot(name) for name in _SLOTS]


def _in_slots(keys: Sequence[int]) -> dict[str, int]:
    """A query has one shape, however many it is asked for."""
    return dict(zip(_SLOTS, [*keys, *[0] * len(_SLOTS)], strict=False))
