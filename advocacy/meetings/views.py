"""The list of meetings, and the page of one: who met whom, and what followed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.attachments import citing as documents_cited
from advocacy.attachments import figures
from advocacy.citing.work import Work
from advocacy.dates.templatetags.dates import partial_date
from advocacy.hits.counter import Kind
from advocacy.hits.middleware import count
from advocacy.news import related as news
from advocacy.publishing import citing
from advocacy.publishing.addresses import find_published, path_of
from advocacy.publishing.citing import cited
from advocacy.publishing.head import Crumb, Head, front_page, other_than, with_query
from advocacy.publishing.lists import Paging, Rec, told
from advocacy.publishing.models import Language
from advocacy.publishing.richtext import footnoted
from advocacy.publishing.showing import Page
from advocacy.publishing.views import published_page

from . import related, schema, table
from .models import Meeting, MeetingDocument, MeetingText

PER_PAGE = 20


@published_page("page")
def index(request: HttpRequest, language: str) -> HttpResponse:
    """Every meeting once, the newest first, in the reader's language where it is told in it."""
    at = timezone.now()
    meetings = Meeting.objects.published(at)
    paging = Paging.of(
        request.GET.get("page"),
        total=meetings.count(),
        per_page=PER_PAGE,
        path_of=lambda page: with_query(_index(language).path, page=page),
    )
    shown = meetings.in_order().reverse().with_texts(at)[paging.start : paging.end]
    context = {
        "head": Head(
            title=paging.titled(_("Meetings")),
            language=language,
            path=paging.path,
            description=_("Whom we met at the United Nations and beyond, when, and in which role."),
            translations={
                other: with_query(
                    _index(other).path, page=paging.number if paging.number > 1 else None
                )
                for other in Language.values
                if other != language
            },
            crumbs=[front_page(language)],
        ),
        "rows": related.rows(shown, language),
        "paging": paging,
    }
    return render(request, "meetings/index.html", context)


@published_page()
def detail(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    at = timezone.now()
    text = find_published(
        MeetingText.objects.select_related("fact"), at=at, language=language, slug=slug
    )
    return count(render(request, *page(text, at)), Kind.VIEW, text.uuid)


@published_page()
def cite(request: HttpRequest, language: str, slug: str, ending: str) -> HttpResponse:
    """The page of a meeting as a reference, in a file."""
    texts = MeetingText.objects.select_related("fact")
    text = find_published(texts, language=language, slug=slug)
    documents = text.fact.documents.select_related("attachment")
    return cited(work_of(text, documents), ending, name=slug)


def page(text: MeetingText, at: datetime) -> Page:
    """The page of one meeting in one language, whether readers can have it or not."""
    meeting: Any = text.fact
    language = text.language
    documents = list(meeting.documents.select_related("attachment"))
    context = {
        "head": Head.of(
            text,
            at=at,
            counterpart=_index(other_than(language)).path,
            crumbs=[front_page(language), _index(language)],
            kind="article",
            published=text.published_at,
            changed=text.last_changed,
            ld=[schema.event(meeting, text)],
            work=work_of(text, documents),
        ),
        "meeting": meeting,
        "text": text,
        "told": footnoted(figures.render(text.body, language), language),
        "place": meeting.place(language),
        "table": table.lay(meeting.participants.all(), language),
        "documents": documents,
        "corrections": meeting.corrections.filter(language=language),
        "followed": [
            *_milestones(meeting, language, at),
            *news.cards(meeting.articles, language, at),
        ],
    }
    return Page("meetings/detail.html", context)


def work_of(text: MeetingText, documents: Iterable[MeetingDocument]) -> Work:
    meeting: Any = text.fact
    pdfs = documents_cited.pdfs(documents, text.language)
    return citing.work(text, event=meeting.date, pdfs=pdfs)


def _index(language: str) -> Crumb:
    return Crumb(_("Meetings"), path_of("meetings:index", language))


def _milestones(meeting: Meeting, language: str, at: datetime) -> list[Rec]:
    """What the meeting led to. Milestones know their meetings; here they are met coming back."""
    facts = (
        meeting.live.milestones.published(at).in_order().with_texts(at).prefetch_related("symbols")
    )
    return [
        Rec(
            kind=_("Milestone"),
            when=partial_date(fact.date),
            path=text.get_absolute_url(),
            title=text.title,
            language=text.language,
            symbol=next((str(use.symbol) for use in fact.symbols.all()), ""),
        )
        for fact, text in told(facts, language)
    ]
