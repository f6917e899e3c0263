"""Every constraint of the database, broken once: a new one without its breaker fails the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.attachments.models import Attachment, PageText, Rendition
from advocacy.hits.counter import Kind
from advocacy.hits.models import Baseline, DailyCount, DayVisitors, Total, Trouble
from advocacy.imports.models import Held, Imported
from advocacy.links.models import Link, Place
from advocacy.meetings.models import Meeting, MeetingText
from advocacy.milestones.models import Milestone, MilestoneSymbol, MilestoneText
from advocacy.news.models import Article, Tag, TaggedArticle
from advocacy.pages.models import MenuItem, StandingPage
from advocacy.protection.router import LABEL
from advocacy.publishing.models import Generation, Presence, Unsaved
from advocacy.search.models import Citation, Document, Edition
from advocacy.symbols.models import Relation, UNDocument

pytestmark = pytest.mark.django_db


def twice(make: Callable[[], object]) -> Callable[[], object]:
    def breaker() -> object:
        make()
        return make()

    return breaker


def attachment(**fields) -> Attachment:
    measured = {"kind": "pdf", "pages": 1, "width": 595, "height": 842}
    return Attachment.objects.create(**{"title": "A", "name": "a", "size": 1, **measured, **fields})


def milestone(**fields) -> Milestone:
    return Milestone.objects.create(**{"date": "2013", "kind": "report", "body": "hrc", **fields})


def of_publication(model, **needed) -> dict[str, Callable[[], object]]:
    """The constraints every publication has, broken on one model."""
    name = f"{model._meta.app_label}_{model._meta.model_name}"
    now = timezone.now()

    def make(**fields):
        owner = {key: value() for key, value in needed.items()}
        return model.objects.create(**{"title": "T", **owner, **fields})

    return {
        f"{name}_published_has_time": lambda: make(status="published"),
        f"{name}_ends_after_start": lambda: make(published_at=now, unpublish_at=now),
        f"{name}_language_known": lambda: make(language="fr"),
        f"{name}_address_unique": twice(lambda: make(slug="same")),
    }


def of_translatable(model) -> dict[str, Callable[[], object]]:
    name = f"{model._meta.app_label}_{model._meta.model_name}"
    group = uuid4()
    return {
        **of_publication(model),
        f"{name}_working_replaces": lambda: model.objects.create(title="T", working=True),
        f"{name}_one_per_language": twice(
            lambda: model.objects.create(title="T", translation_group=group)
        ),
    }


def one_text_per_language(text, fact: Callable[[], object]) -> Callable[[], object]:
    def breaker() -> object:
        owner = fact()
        text.objects.create(fact=owner, title="One")
        return text.objects.create(fact=owner, title="Two")

    return breaker


def meeting() -> Meeting:
    return Meeting.objects.create(date="2012-12")


def tag_twice() -> object:
    article, tag = Article.objects.create(title="T"), Tag.objects.create(name="X")
    return twice(lambda: TaggedArticle.objects.create(content_object=article, tag=tag))()


def page_text_twice() -> object:
    file = attachment()
    return twice(lambda: PageText.objects.create(attachment=file, number=1))()


def rendition_twice() -> object:
    file = attachment()
    fields = {"format": "webp", "width": 480, "height": 600, "key": "k", "size": 1}
    return twice(lambda: Rendition.objects.create(attachment=file, **fields))()


def symbol_twice() -> object:
    fact = milestone()
    return twice(lambda: MilestoneSymbol.objects.create(milestone=fact, symbol="A/HRC/25/63"))()


def citation_twice() -> object:
    document = Document.objects.create(kind="news", source=1, language="en", mark="")
    return twice(lambda: Citation.objects.create(document=document, symbol="A/HRC/25/63"))()


def relation_twice() -> object:
    document = UNDocument.objects.create(symbol="A/RES/69/188")
    return twice(
        lambda: Relation.objects.create(document=document, kind="draft", other="A/C.3/69/L.28")
    )()


def place_of_a_link_twice() -> object:
    link = Link.objects.create(url="https://site.example/")
    return twice(
        lambda: Place.objects.create(link=link, kind="news.article", row=1, field="body")
    )()


def presence_twice() -> object:
    now, user = timezone.now(), User.objects.create_user("minji")
    return twice(lambda: Presence.objects.create(record=ITEM, user=user, since=now, until=now))()


def unsaved_twice() -> object:
    user, told = User.objects.create_user("minji"), {"kind": "news.article", "fields": {}}
    return twice(
        lambda: Unsaved.objects.create(user=user, key=ITEM, typed_at=timezone.now(), **told)
    )()


ITEM = uuid4()
DAY = date(2026, 11, 23)
BREAKERS: dict[str, Callable[[], object]] = {
    "accounts_user_user_name_once": lambda: [
        User.objects.create_user(name) for name in ("minji", "Minji")
    ],
    "accounts_user_address_once": lambda: [
        User.objects.create_user(f"n{n}", address)
        for n, address in enumerate(("a@example.org", "A@example.org"))
    ],
    "accounts_user_user_name_is_no_address": lambda: User.objects.create_user("a@example.org"),
    "accounts_user_gone_is_not_active": lambda: User.objects.create_user(
        "gone", left_at=timezone.now()
    ),
    **of_translatable(Article),
    **of_translatable(StandingPage),
    **of_publication(MeetingText, fact=meeting),
    **of_publication(MilestoneText, fact=milestone),
    "publishing_generation_one_row": lambda: Generation.objects.create(pk=2),
    "publishing_presence_once_a_record": presence_twice,
    "publishing_unsaved_once_a_form": unsaved_twice,
    "attachments_attachment_measured": lambda: attachment(pages=None),
    "attachments_attachment_decorative_is_silent": lambda: attachment(
        kind="picture", decorative=True, alt_en="A lake"
    ),
    "attachments_pagetext_once_a_page": page_text_twice,
    "attachments_rendition_once": rendition_twice,
    "pages_standingpage_key_once_per_language": twice(
        lambda: StandingPage.objects.create(title="T", key="contact")
    ),
    "pages_menuitem_leads_to_one_place": lambda: MenuItem.objects.create(
        place="main", language="en", label="L", path="https://elsewhere.example/"
    ),
    "links_place_once": place_of_a_link_twice,
    "news_taggedarticle_once": tag_twice,
    "meetings_meetingtext_one_per_language": one_text_per_language(MeetingText, meeting),
    "milestones_milestonetext_one_per_language": one_text_per_language(MilestoneText, milestone),
    "milestones_milestone_vote_whole": lambda: milestone(outcome="vote", votes_for=116),
    "milestones_milestone_somebody_acted": lambda: milestone(body=""),
    "milestones_milestonesymbol_once": symbol_twice,
    "hits_total_one_per_item_and_kind": twice(
        lambda: Total.objects.create(item=ITEM, kind=Kind.VIEW)
    ),
    "hits_day_one_per_item_kind_and_day": twice(
        lambda: DailyCount.objects.create(item=ITEM, kind=Kind.VIEW, day=DAY)
    ),
    "hits_day_no_visitor_without_a_hit": lambda: DailyCount.objects.create(
        item=ITEM, kind=Kind.VIEW, day=DAY, human=1, visitors=2
    ),
    "imports_imported_once": twice(
        lambda: Imported.objects.create(source="a", key="1", record=uuid4(), version=1)
    ),
    "imports_held_once_a_post": twice(
        lambda: Held.objects.create(source="a", post="1", record=uuid4(), size=1, sha256="0")
    ),
    "hits_baseline_says_where_from": lambda: Baseline.objects.create(
        item=ITEM, number=1, origin=""
    ),
    "hits_visitors_one_per_day_part_and_number": twice(
        lambda: DayVisitors.objects.create(day=DAY, part=0, clicks=b"")
    ),
    "hits_trouble_one_per_machine_and_kind": twice(
        lambda: Trouble.objects.create(
            machine="m",
            what=Trouble.What.HIT,
            detail="d",
            first_at=timezone.now() - timedelta(hours=1),
            last_at=timezone.now(),
        )
    ),
    "search_document_once": twice(
        lambda: Document.objects.create(kind="news", source=1, language="en", mark="")
    ),
    "search_citation_once": citation_twice,
    "symbols_undocument_vote_whole": lambda: UNDocument.objects.create(
        symbol="A/RES/69/188", outcome="vote", votes_for=116
    ),
    "symbols_relation_once": relation_twice,
    "search_edition_one_row": lambda: Edition.objects.create(pk=2, rules=1),
}


def known_constraints() -> set[str]:
    """All but those of the register, in a database of its own: tests/protection/test_register.py."""
    own = [model for model in apps.get_models() if model.__module__.startswith("advocacy.")]
    own = [model for model in own if model._meta.app_label != LABEL]
    return {constraint.name for model in own for constraint in model._meta.constraints}


def test_every_constraint_has_a_breaker():
    assert known_constraints() == set(BREAKERS)


@pytest.mark.parametrize("name", BREAKERS)
def test_the_database_refuses_what_must_never_be(name):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BREAKERS[name]()
    unique_on_sqlite = "UNIQUE constraint failed" in str(refused.value)
    assert name in str(refused.value) or unique_on_sqlite
