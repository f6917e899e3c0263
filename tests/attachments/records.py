"""Records that use files, in each state a record can be in."""

from datetime import timedelta

from django.utils import timezone

from advocacy.meetings.models import Meeting, MeetingText
from advocacy.news.models import Article
from advocacy.publishing import actions


def article(title="An article", body="<p>Text.</p>", documents=(), **fields) -> Article:
    made = Article.objects.create(title=title, body=body, **fields)
    for attachment in documents:
        made.documents.create(attachment=attachment)
    return made


def published(title="An article", **fields) -> Article:
    return actions.publish(record=article(title, **fields))


def embargoed(title="An article", **fields) -> Article:
    return actions.publish(
        record=article(title, published_at=timezone.now() + timedelta(hours=1), **fields)
    )


def withdrawn(title="An article", **fields) -> Article:
    made = published(title, **fields)
    actions.withdraw(publication=made)
    return made


def meeting(documents=(), body="<p>Text.</p>") -> Meeting:
    made = Meeting.objects.create(date="2012-12")
    MeetingText.objects.create(fact=made, title="A meeting", body=body)
    for attachment in documents:
        made.documents.create(attachment=attachment)
    return made


def figure(attachment, caption="A caption") -> str:
    return (
        f'<figure data-attachment="{attachment.uuid}"><figcaption>{caption}</figcaption></figure>'
    )
