"""Who was reached in a month: the numbers of a grant report, by publication, tag and language.

Titles are those of what readers can see at the moment of the report: a text that was withdrawn is
counted and not named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from advocacy.attachments.models import Attachment
from advocacy.hits.counter import Kind
from advocacy.hits.models import Baseline, DailyCount, Trouble
from advocacy.meetings.models import MeetingText
from advocacy.milestones.models import MilestoneText
from advocacy.news.models import Article, Tag, TaggedArticle
from advocacy.pages.models import StandingPage
from advocacy.publishing.head import absolute

from .months import Month

PUBLICATIONS: tuple[Any, ...] = (Article, MilestoneText, MeetingText, StandingPage)
LONG = {"body", "our_part", "summary"}  # columns that no report reads
AT_ONCE = 500  # items asked for in one query


def numbers() -> dict[str, str]:
    """What the numbers of a line are called, in the order they are shown in."""
    return {
        "views": _("Views"),
        "visitors": _("Visitor-days"),
        "downloads": _("Downloads"),
        "downloaders": _("Downloader-days"),
        "robots": _("Robots"),
        "old_site": _("On the old site"),
    }


@dataclass
class Line:
    """One line of a table. Visitors are visitor-days, see `rules`; robots are in no other number."""

    name: str = ""
    what: str = ""  # the kind of publication, in words
    is_document: bool = False
    language: str = ""
    address: str = ""
    views: int = 0
    visitors: int = 0
    downloads: int = 0
    downloaders: int = 0
    robots: int = 0
    old_site: int = 0  # before this site began; part of no other number

    def add(self, other: Line) -> None:
        for key in numbers():
            setattr(self, key, getattr(self, key) + getattr(other, key))

    @property
    def language_name(self) -> str:
        return str(get_language_info(self.language)["name_translated"]) if self.language else "–"


@dataclass
class Report:
    month: Month
    made_at: datetime
    total: Line = field(default_factory=Line)
    publications: list[Line] = field(default_factory=list)
    documents: list[Line] = field(default_factory=list)
    tags: list[Line] = field(default_factory=list)
    languages: list[Line] = field(default_factory=list)
    origins: list[str] = field(default_factory=list)  # where the old site's numbers come from
    trouble: list[Trouble] = field(default_factory=list)  # hits may be missing

    @property
    def is_complete(self) -> bool:
        return self.month < Month.of(self.made_at)


def build(month: Month, at: datetime | None = None) -> Report:
    """The report as far as counted at `at`; titles in the language of the interface."""
    report = Report(month, at or timezone.now())
    lines = _counted(month)
    _name(lines, report.made_at)
    _add_old_site(report, lines)
    languages: defaultdict[str, Line] = defaultdict(Line)
    for line in lines.values():
        report.total.add(line)
        languages[line.language].add(line)
    for language, line in languages.items():
        line.language = language
        line.name = line.language_name
    report.publications = _most_first(line for line in lines.values() if not line.is_document)
    report.documents = _most_first(line for line in lines.values() if line.is_document)
    report.languages = _most_first(languages.values())
    report.tags = _most_first(_by_tag(lines))
    report.trouble = list(
        Trouble.objects.filter(
            first_at__date__lte=month.last, last_at__date__gte=month.first
        ).order_by("first_at")
    )
    return report


def _counted(month: Month) -> dict[UUID, Line]:
    """The numbers of each item that anybody came to, robots too. One query."""
    lines: defaultdict[UUID, Line] = defaultdict(Line)
    rows = (
        DailyCount.objects.filter(day__range=(month.first, month.last))
        .values_list("item", "kind")
        .annotate(Sum("human"), Sum("visitors"), Sum("robots"))
        .order_by()
    )
    for item, kind, human, visitors, robots in rows:
        line = lines[item]
        line.robots += robots
        if kind == Kind.DOWNLOAD:
            line.downloads, line.downloaders, line.is_document = human, visitors, True
        else:
            line.views, line.visitors = human, visitors
    return dict(lines)


def _name(lines: Mapping[UUID, Line], at: datetime) -> None:
    for model in PUBLICATIONS:
        what = capfirst(str(model._meta.verbose_name))
        for row, is_public in _found(model, lines, model._default_manager.published(at)):
            line = lines[row.uuid]
            line.what, line.language = what, row.language
            if is_public:
                line.name, line.address = row.title, absolute(row.get_absolute_url())
    for row, is_public in _found(Attachment, lines, Attachment.objects.visible(at)):
        line = lines[row.uuid]
        line.what, line.language = str(row.get_kind_display()), row.language
        if is_public:
            line.name, line.address = row.title, absolute(row.get_absolute_url())
    for line in lines.values():
        line.name = line.name or _("No longer public")


def _found(model: Any, lines: Mapping[UUID, Line], public: Any) -> Iterator[tuple[Any, bool]]:
    """The rows of these items, each with whether readers can see it."""
    long = LONG & {column.name for column in model._meta.concrete_fields}
    items = list(lines)
    for at in range(0, len(items), AT_ONCE):
        some = items[at : at + AT_ONCE]
        shown = set(public.filter(uuid__in=some).values_list("uuid", flat=True))
        for row in model._default_manager.filter(uuid__in=some).defer(*long):
            yield row, row.uuid in shown


def _add_old_site(report: Report, lines: Mapping[UUID, Line]) -> None:
    origins = set()
    for baseline in Baseline.objects.all():
        if line := lines.get(baseline.item):
            line.old_site = baseline.number
            origins.add(baseline.origin)
    report.origins = sorted(origins)


def _by_tag(lines: Mapping[UUID, Line]) -> Iterable[Line]:
    """An article counts for each of its tags, in whichever language it is."""
    tags = {
        tag.pk: Line(name=str(tag.named(get_language() or "")), what=_("Tag"))
        for tag in Tag.objects.all()
    }
    items = list(lines)
    for at in range(0, len(items), AT_ONCE):
        tagged = TaggedArticle._default_manager.filter(
            content_object__uuid__in=items[at : at + AT_ONCE]
        )
        for item, tag in tagged.values_list("content_object__uuid", "tag"):
            tags[tag].add(lines[item])
    return (line for line in tags.values() if line.views or line.robots)


def _most_first(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-line.views - line.downloads, line.name, line.address))
