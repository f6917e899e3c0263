"""Milestones and what they are tied to, made in a line."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from advocacy.meetings.models import Meeting, MeetingText
from advocacy.milestones.models import Milestone, MilestoneSymbol, MilestoneText
from advocacy.news.models import Article
from advocacy.publishing import actions

HIDDEN = ["draft", "embargoed", "withdrawn", "ended", "trashed"]
GONE = {"withdrawn", "ended", "trashed"}


def milestone(
    date: str = "2013-03-21",
    body: str = "hrc",
    *,
    titles: dict[str, str] | None = None,
    symbols: tuple[str, ...] = (),
    public: bool = True,
    our_part: str = "",
    text: str = "<p>What was decided.</p>",
    **fields,
) -> Milestone:
    fields.setdefault("own_step", not body)
    fact = Milestone.objects.create(
        date=date, body=body, kind=fields.pop("kind", "resolution"), **fields
    )
    for language, title in (titles or {"en": f"Milestone of {date}"}).items():
        MilestoneText.objects.create(
            fact=fact,
            language=language,
            title=title,
            summary=f"Summary of {title}",
            body=text,
            our_part=our_part,
        )
    for place, symbol in enumerate(symbols, 1):
        MilestoneSymbol.objects.create(milestone=fact, position=place, symbol=symbol)
    return actions.publish(record=fact) if public else fact


def meeting(
    date: str = "2012-12",
    *,
    titles: dict[str, str] | None = None,
    public: bool = True,
    text: str = "<p>What was said.</p>",
    **fields,
) -> Meeting:
    fact = Meeting.objects.create(date=date, **fields)
    for language, title in (titles or {"en": f"Meeting of {date}"}).items():
        MeetingText.objects.create(
            fact=fact, language=language, title=title, summary=f"Summary of {title}", body=text
        )
    return actions.publish(record=fact) if public else fact


def article(title: str = "An article", *, public: bool = True, **fields) -> Article:
    one = Article.objects.create(title=title, body="<p>News.</p>", **fields)
    return actions.publish(record=one) if public else one


def hide(record, how: str, at: datetime | None = None):
    """Put a record that is not public yet into one of the states readers must not see."""
    now = at or timezone.now()
    if how == "draft":
        return record
    if how == "embargoed":
        for text in record.publications():
            text.published_at = now + timedelta(minutes=5)
            text.save()
        return actions.publish(record=type(record).objects.get(pk=record.pk))
    live = actions.publish(record=record, at=now - timedelta(days=3))
    for text in live.publications():
        if how == "withdrawn":
            actions.withdraw(publication=text)
        elif how == "ended":
            text.unpublish_at = now - timedelta(days=1)
            text.save()
    if how == "trashed":
        actions.trash(record=live)
    return type(live).objects.get(pk=live.pk)


def page_of(record, language: str = "en") -> str:
    return record.texts.get(language=language).get_absolute_url()
