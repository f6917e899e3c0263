"""The timeline of all milestones, and the page of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.attachments import citing as documents_cited
from advocacy.attachments import figures
from advocacy.citing.work import Work
from advocacy.hits.counter import Kind
from advocacy.hits.middleware import count
from advocacy.meetings import related as meetings
from advocacy.news import related as news
from advocacy.publishing import citing
from advocacy.publishing.addresses import find_published
from advocacy.publishing.citing import cited
from advocacy.publishing.head import Crumb, Head, front_page, other_than, with_query
from advocacy.publishing.lists import told
from advocacy.publishing.richtext import footnoted
from advocacy.publishing.showing import Page
from advocacy.publishing.views import published_page
from advocacy.un.bodies import BODIES

from . import chart, multiples, schema, timeline, wording
from .columns import Step
from .models import Milestone, MilestoneDocument, MilestoneText
from .votes import votes

NEWEST = "newest"  # the value of ?order=
SEAM = "<!-- our part -->"  # no stored text has a comment: the sanitiser drops them


class Told(NamedTuple):
    """A text as it is read; notes are numbered through both of its parts."""

    body: SafeString
    our_part: SafeString
    notes: SafeString


@published_page("body", "decade", "order")
def index(request: HttpRequest, language: str) -> HttpResponse:
    """The whole record by year, each milestone once, whatever the languages it is told in."""
    record = list(Milestone.objects.for_timeline(timezone.now()))
    choice, order = _choice(request.GET, record)
    chosen = [milestone for milestone in record if choice.admits(milestone)]
    entries = [timeline.Entry(milestone, text) for milestone, text in told(chosen, language)]

    def path_of(choice: timeline.Choice) -> str:
        return _path_of(choice, language, order)

    steps = chart.steps(record)
    small = _multiples(record, steps, choice)
    every, *offered = timeline.body_facets(record, choice, path_of)
    context = {
        "head": _head(choice, language),
        "choice": choice,
        "chart": chart.build(
            steps,
            selected={milestone.pk for milestone in chosen} if choice else None,
            axis=True,
            summary=_share(len(chosen), len(record)) if choice else "",
        ),
        "years": timeline.years(entries, newest_first=order == NEWEST),
        "count": len(entries),
        "query": with_query("", body=choice.body, decade=choice.decade),
        "total": len(record),
        "newest_first": order == NEWEST,
        "other_order": _path_of(choice, language, "" if order == NEWEST else NEWEST),
        "show_all": path_of(timeline.Choice()),
        "all": every,
        "bodies": multiples.beside(offered, small),
        "multiples": small,
        "votes": votes(entries),
        "decade_facets": timeline.decade_facets(record, choice, path_of),
    }
    return render(request, "milestones/index.html", context)


@published_page()
def detail(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    at = timezone.now()
    text = find_published(
        MilestoneText.objects.select_related("fact"), at=at, language=language, slug=slug
    )
    return count(render(request, *page(text, at)), Kind.VIEW, text.uuid)


@published_page()
def cite(request: HttpRequest, language: str, slug: str, ending: str) -> HttpResponse:
    """The page of a milestone as a reference, in a file."""
    texts = MilestoneText.objects.select_related("fact")
    text = find_published(texts, language=language, slug=slug)
    documents = text.fact.documents.select_related("attachment")
    return cited(work_of(text, documents), ending, name=slug)


def page(text: MilestoneText, at: datetime) -> Page:
    """The page of one milestone in one language, whether readers can have it or not."""
    milestone: Any = text.fact
    language = text.language
    documents = list(milestone.documents.select_related("attachment"))
    record = timeline.among(milestone, Milestone.objects.published(at).in_order())
    work = work_of(text, documents)
    before, after = _neighbours(milestone, record, language, at)
    context = {
        "head": Head.of(
            text,
            at=at,
            counterpart=_index(other_than(language)).path,
            crumbs=[front_page(language), _index(language)],
            kind="article",
            published=text.published_at,
            changed=text.last_changed,
            ld=[schema.event(milestone, text, work.symbols)],
            work=work,
        ),
        "milestone": milestone,
        "text": text,
        "told": _told(text),
        "body": BODIES.get(milestone.body),
        "body_path": with_query(_index(language).path, body=milestone.body),
        "outcome": wording.outcome(milestone),
        "symbols": work.symbols,
        "documents": documents,
        "corrections": milestone.corrections.filter(language=language),
        "related": [
            *meetings.cards(milestone.meetings, language, at),
            *news.cards(milestone.articles, language, at),
        ],
        "chart": chart.build(
            chart.steps(record),
            selected={milestone.pk},
            summary=_("This milestone among all others."),
        ),
        "before": before,
        "after": after,
    }
    return Page("milestones/detail.html", context)


def _told(text: MilestoneText) -> Told:
    drawn = footnoted(
        figures.render(text.body + SEAM + text.our_part, text.language), text.language
    )
    body, our_part = drawn.body.split(SEAM)
    return Told(mark_safe(body), mark_safe(our_part), drawn.notes)  # noqa: S308  sanitised when stored


def _choice(asked: QueryDict, record: Sequence[Milestone]) -> tuple[timeline.Choice, str]:
    """Read the query. Raises Http404 on a body, a decade or an order there is not."""
    choice, order = timeline.chosen(asked), asked.get("order", "")
    if order not in ("", NEWEST):
        raise Http404
    if choice.decade is not None and choice.decade not in timeline.decades(record):
        raise Http404
    return choice, order


def _path_of(choice: timeline.Choice, language: str, order: str = "") -> str:
    path = reverse("milestones:index", args=[language])
    return with_query(path, body=choice.body, decade=choice.decade, order=order)


def _head(choice: timeline.Choice, language: str) -> Head:
    """That of the timeline, which is the same page in whatever order it stands."""
    other, title = other_than(language), _("Milestones at the United Nations")
    return Head(
        title=": ".join([title, ", ".join(choice.names())] if choice else [title]),
        language=language,
        path=_path_of(choice, language),
        description=_(
            "What United Nations bodies decided on human rights in North Korea, and what we did: "
            "each step with its date, its document and any vote."
        ),
        translations={other: _path_of(choice, other)},
        crumbs=[front_page(language), *([_index(language)] if choice else [])],
    )


def _multiples(
    record: Sequence[Milestone], steps: Sequence[Step], choice: timeline.Choice
) -> multiples.Multiples | None:
    """A chart for each body. The decade chosen stands out in all; the body chosen is one of them."""
    of_decade = timeline.Choice(decade=choice.decade)
    return multiples.build(
        steps,
        {one.pk: one.body or timeline.NO_BODY for one in record},
        selected={one.pk for one in record if of_decade.admits(one)} if of_decade else None,
    )


def _share(count: int, total: int) -> str:
    return ngettext(
        "%(count)d milestone, shown among all %(total)d.",
        "%(count)d milestones, shown among all %(total)d.",
        count,
    ) % {"count": count, "total": total}


def work_of(text: MilestoneText, documents: Iterable[MilestoneDocument]) -> Work:
    milestone: Any = text.fact
    return citing.work(
        text,
        event=milestone.date,
        symbols=[str(use.symbol) for use in milestone.symbols.all()],
        pdfs=documents_cited.pdfs(documents, text.language),
    )


def _index(language: str) -> Crumb:
    return Crumb(_("Milestones"), reverse("milestones:index", args=[language]))


def _neighbours(
    milestone: Milestone, record: Sequence[Milestone], language: str, at: datetime
) -> list[timeline.Entry | None]:
    """The milestones before and after it in time."""
    keys = [one.pk for one in record]
    here = keys.index(milestone.pk)
    wanted = [keys[here - 1] if here else None, keys[here + 1] if here + 1 < len(keys) else None]
    found = {
        one.pk: one
        for one in Milestone.objects.published(at)
        .filter(pk__in=filter(None, wanted))
        .with_texts(at)
    }
    entries = []
    for key in wanted:
        text = found[key].text(language) if key in found else None
        entries.append(timeline.Entry(found[key], text) if text else None)
    return entries
