"""Milestones, meetings and standing pages: few, so each by itself and by the verbs of the desk."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from advocacy.meetings.models import Meeting, MeetingText, Participant
from advocacy.milestones.models import Milestone, MilestoneSymbol, MilestoneText
from advocacy.pages.models import StandingPage
from advocacy.publishing.models import Record
from advocacy.publishing.richtext import plain

from .. import records
from ..html import convert
from ..records import Kind
from .articles import above, body_of
from .files import Brought
from .languages import language_of
from .ready import Ready

MODELS: dict[Kind, Any] = {
    Kind.PAGE: StandingPage,
    Kind.MILESTONE: Milestone,
    Kind.MEETING: Meeting,
}


def fill(record: Any, ready: Ready, brought: Brought) -> None:
    """Let a new record, a draft or a working copy say what the post says. Raises ValidationError."""
    post = ready.post
    if isinstance(record, StandingPage):
        _page(record, ready, brought)
    elif isinstance(record, Milestone) and isinstance(post.fact, records.Milestone):
        _milestone(record, ready, brought, post.fact)
    elif isinstance(record, Meeting) and isinstance(post.fact, records.Meeting):
        _meeting(record, ready, brought, post.fact)
    else:
        raise ValidationError("A fact has no date.")
    record.documents.all().delete()
    for position, attachment in enumerate(brought.documents, 1):
        record.documents.create(attachment=attachment, position=position)


def _page(page: StandingPage, ready: Ready, brought: Brought) -> None:
    text = ready.post.text
    page.language, page.title, page.summary = ready.language, text.title[:300], text.summary[:1000]
    page.byline, page.body = text.byline[:200], body_of(ready, brought)
    if not page.is_working_copy:
        page.published_at = ready.post.written
        page.key = ready.post.page if _is_free(page, ready.post.page) else ""
    page.save()


def _is_free(page: StandingPage, key: str) -> bool:
    """Whether no other page is known by it: the site shows the one that has it."""
    others = StandingPage.objects.filter(key=key, language=page.language, working=False)
    return bool(key) and not others.exclude(pk=page.pk).exists()


def _milestone(
    milestone: Milestone, ready: Ready, brought: Brought, fact: records.Milestone
) -> None:
    votes = fact.votes or (None, None, None)
    milestone.date, milestone.body, milestone.kind = fact.date, fact.body, fact.kind
    milestone.own_step, milestone.turning_point = fact.own_step, fact.turning_point
    milestone.outcome = fact.outcome
    milestone.votes_for, milestone.votes_against, milestone.votes_abstaining = votes
    _save(milestone)
    _texts(milestone, MilestoneText, ready, brought)
    milestone.symbols.all().delete()
    for position, symbol in enumerate(dict.fromkeys(fact.symbols), 1):
        MilestoneSymbol.objects.create(milestone=milestone, position=position, symbol=symbol)


def _meeting(meeting: Meeting, ready: Ready, brought: Brought, fact: records.Meeting) -> None:
    meeting.date, meeting.place_en, meeting.place_ko = fact.date, fact.place_en, fact.place_ko
    _save(meeting)
    _texts(meeting, MeetingText, ready, brought)
    meeting.participants.all().delete()
    for position, one in enumerate(fact.participants, 1):
        Participant.objects.create(
            meeting=meeting,
            position=position,
            role=one.role,
            name_en=one.name_en,
            name_ko=one.name_ko,
            office_en=one.office_en,
            office_ko=one.office_ko,
            organisation_en=one.organisation_en,
            organisation_ko=one.organisation_ko,
        )


def _save(fact: Record) -> None:
    fact.full_clean(exclude=["replaces"])
    fact.save()


def _texts(fact: Any, model: Any, ready: Ready, brought: Brought) -> None:
    """The pictures of a fact stand in each of its texts, those of a text in the first alone."""
    post = ready.post
    for number, text in enumerate(post.texts):
        html, language = body_of(ready, brought), ready.language
        if number:
            told = convert(text.body, text.form).html
            html = above(brought) + told
            language = text.language or language_of(text.title, plain(told))
        row = fact.texts.filter(language=language).first() or model(fact=fact, language=language)
        row.title, row.body, row.summary = text.title[:300], html, text.summary[:1000]
        row.byline = text.byline[:200]
        if text.our_part and model is MilestoneText:
            row.our_part = convert(text.our_part, text.form).html
        if post.written and not row.working:
            row.published_at = row.published_at or post.written
        row.save()
