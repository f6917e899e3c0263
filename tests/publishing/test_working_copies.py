"""Saving never alters what readers see; publishing moves the whole record over."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from advocacy.milestones.models import Milestone, MilestoneText
from advocacy.news.models import Article, Tag
from advocacy.pages.models import MenuItem
from advocacy.publishing import actions, generation
from advocacy.publishing.models import FormerAddress, Language, Publication

pytestmark = pytest.mark.django_db
Status = Publication.Status


def article(**fields) -> Article:
    fields = {"title": "A statement in Geneva", "body": "<p>First words.</p>"} | fields
    return Article.objects.create(**fields)


def milestone(*languages: str, **fields) -> Milestone:
    fact = Milestone.objects.create(date="2013-03-21", body="hrc", kind="resolution", **fields)
    for language in languages:
        MilestoneText.objects.create(fact=fact, language=language, title=f"An inquiry ({language})")
    return fact


def test_typing_in_a_working_copy_changes_nothing_for_readers():
    live = actions.publish(record=article())
    copy = actions.open_working_copy(record=live)
    copy.title, copy.body = "Another title", "<p>Other words.</p>"
    copy.save()
    seen = Article.objects.published().get()
    assert (seen.title, seen.body) == ("A statement in Geneva", "<p>First words.</p>")


def test_publishing_moves_text_tags_and_parts_and_keeps_identity():
    original = article()
    original.tags.add("Camps")
    original.coverage.create(outlet="First outlet")
    live = actions.publish(record=original)
    copy = actions.open_working_copy(record=live)
    copy.title = "A better title"
    copy.save()
    copy.tags.set(["Abductions", "Camps"])
    copy.coverage.create(outlet="Second outlet")
    after = actions.publish(record=copy)
    assert (after.pk, after.uuid, after.title) == (original.pk, original.uuid, "A better title")
    assert sorted(tag.name for tag in after.tags.all()) == ["Abductions", "Camps"]
    assert [row.outlet for row in after.coverage.all()] == ["First outlet", "Second outlet"]
    assert Article.objects.count() == 1


def test_opening_a_working_copy_twice_gives_the_same_one():
    live = actions.publish(record=article())
    assert actions.open_working_copy(record=live) == actions.open_working_copy(record=live)


def test_dropping_changes_leaves_the_published_text_alone():
    live = actions.publish(record=article())
    copy = actions.open_working_copy(record=live)
    actions.discard_working_copy(record=copy)
    assert list(Article.objects.all()) == [live]
    actions.discard_working_copy(record=live)
    assert list(Article.objects.published()) == [live]


def test_the_database_refuses_a_public_working_copy():
    live = actions.publish(record=article())
    copy = actions.open_working_copy(record=live)
    copy.status, copy.published_at = Status.PUBLISHED, timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


def test_a_fact_publishes_every_text_that_is_ready():
    fact = actions.publish(record=milestone("en", "ko"))
    assert {text.language for text in MilestoneText.objects.published()} == {"en", "ko"}
    assert list(Milestone.objects.published()) == [fact]


def test_a_text_held_back_keeps_its_changes_in_the_working_copy():
    fact = actions.publish(record=milestone("en", "ko"))
    copy = actions.open_working_copy(record=fact)
    for text in copy.texts.all():
        text.title, text.ready = f"New ({text.language})", text.language == "en"
        text.save()
    actions.publish(record=copy)
    public = {text.language: text.title for text in MilestoneText.objects.published()}
    assert public == {"en": "New (en)", "ko": "An inquiry (ko)"}
    copy.refresh_from_db()
    assert {text.title for text in copy.texts.all()} == {"New (en)", "New (ko)"}


def test_a_language_added_in_a_working_copy_goes_public_with_it():
    fact = actions.publish(record=milestone("en"))
    copy = actions.open_working_copy(record=fact)
    MilestoneText.objects.create(fact=copy, language="ko", title="조사위원회")
    actions.publish(record=copy)
    assert {text.title for text in MilestoneText.objects.published()} == {
        "An inquiry (en)",
        "조사위원회",
    }
    assert Milestone.objects.count() == 1


def test_a_text_keeps_its_uuid_when_its_fact_is_republished():
    fact = actions.publish(record=milestone("en"))
    before = fact.texts.get().uuid
    actions.publish(record=actions.open_working_copy(record=fact))
    assert fact.texts.get().uuid == before


def test_the_old_address_is_remembered_when_the_slug_changes():
    live = actions.publish(record=article(slug="old"))
    copy = actions.open_working_copy(record=live)
    copy.slug = "새-주소"
    copy.save()
    after = actions.publish(record=copy)
    year = after.year
    assert FormerAddress.objects.get().path == f"/en/news/{year}/old/"
    assert FormerAddress.objects.get().target == after.uuid


def test_an_address_that_no_reader_ever_had_is_not_remembered():
    live = actions.publish(
        record=article(slug="old", published_at=timezone.now() + timedelta(hours=1))
    )
    copy = actions.open_working_copy(record=live)
    copy.slug = "new"
    copy.save()
    actions.publish(record=copy)
    assert not FormerAddress.objects.exists()


def test_an_address_that_comes_back_is_no_former_address():
    live = actions.publish(record=article(slug="one"))
    for slug in ("two", "one"):
        copy = actions.open_working_copy(record=live)
        copy.slug = slug
        copy.save()
        actions.publish(record=copy)
    assert [row.path.split("/")[-2] for row in FormerAddress.objects.all()] == ["two"]


def test_every_verb_readers_can_notice_starts_a_generation():
    steps = []
    live = actions.publish(record=article())
    steps.append(generation.current().value)
    copy = actions.open_working_copy(record=live)
    copy.save()
    steps.append(generation.current().value)
    live = actions.publish(record=copy)
    steps.append(generation.current().value)
    actions.withdraw(publication=live)
    steps.append(generation.current().value)
    assert steps == [1, 1, 2, 3]


def test_the_generation_knows_the_next_embargo_and_end():
    now = timezone.now()
    soon, later = now + timezone.timedelta(hours=1), now + timezone.timedelta(hours=2)
    actions.publish(record=article(title="Ends", unpublish_at=later))
    assert generation.current().next_change_at == later
    actions.publish(record=article(title="Embargo", published_at=soon))
    assert generation.current().next_change_at == soon


def test_a_record_with_a_problem_is_not_published_and_says_why():
    empty = article(body="")
    with pytest.raises(actions.NotPublishable) as refused:
        actions.publish(record=empty)
    assert refused.value.problems == ["The text is empty."]
    assert not Article.objects.published().exists()


def test_two_texts_cannot_take_the_same_address():
    actions.publish(record=article(slug="same"))
    with pytest.raises(IntegrityError), transaction.atomic():
        article(slug="same")


def test_a_working_copy_that_takes_a_taken_address_is_refused_in_words():
    actions.publish(record=article(slug="taken"))
    live = actions.publish(record=article(slug="mine"))
    copy = actions.open_working_copy(record=live)
    copy.slug = "taken"
    copy.save()
    with pytest.raises(actions.NotPublishable, match="has the address “taken”"):
        actions.publish(record=copy)
    assert Article.objects.published().filter(slug="mine").exists()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"status": "published"}, "published_has_time"),
        ({"language": "fr"}, "language_known"),
        ({"working": True}, "working_replaces"),
    ],
)
def test_what_must_never_be_false_is_refused_by_the_database(fields, constraint):
    with pytest.raises(IntegrityError, match=f"news_article_{constraint}"), transaction.atomic():
        article(**fields)


def test_an_end_before_the_beginning_is_refused():
    now = timezone.now()
    with pytest.raises(IntegrityError, match="ends_after_start"), transaction.atomic():
        article(published_at=now, unpublish_at=now)


def test_a_group_has_one_text_per_language():
    first = article()
    with pytest.raises(IntegrityError), transaction.atomic():
        article(title="Second", translation_group=first.translation_group)


@pytest.mark.parametrize("is_open_before", [False, True])
def test_a_language_that_was_withdrawn_stays_so_when_another_is_changed(is_open_before):
    fact = actions.publish(record=milestone("en", "ko"))
    if is_open_before:
        actions.open_working_copy(record=fact)
    actions.withdraw(publication=fact.texts.get(language="ko"))
    copy = actions.open_working_copy(record=fact)
    english = copy.texts.get(language="en")
    english.title = "Changed"
    english.save()
    fact = actions.publish(record=copy)
    assert [text.title for text in MilestoneText.objects.published()] == ["Changed"]
    assert fact.changes() is None  # nothing of the Korean text waits
    copy = actions.open_working_copy(record=fact)
    korean = copy.texts.get(language="ko")
    korean.ready = True  # until somebody says so
    korean.save()
    actions.publish(record=copy)
    assert MilestoneText.objects.published().count() == 2


def test_a_correction_of_a_language_held_back_waits_with_it():
    fact = actions.publish(record=milestone("en", "ko"))
    fact.corrections.create(language="ko", note="Known")
    copy = actions.open_working_copy(record=fact)
    copy.corrections.all().delete()
    for language in ("en", "ko"):
        copy.corrections.create(language=language, note=f"New ({language})")
    korean = copy.texts.get(language="ko")
    korean.ready = False
    korean.save()
    fact = actions.publish(record=copy)
    assert {row.note for row in fact.corrections.all()} == {"New (en)", "Known"}
    korean.ready = True
    korean.save()
    fact = actions.publish(record=fact.changes())
    assert {row.note for row in fact.corrections.all()} == {"New (en)", "New (ko)"}


def test_a_correction_alone_keeps_the_changes_of_a_language_waiting():
    fact = actions.publish(record=milestone("en", "ko"))
    actions.withdraw(publication=fact.texts.get(language="ko"))
    copy = actions.open_working_copy(record=fact)
    copy.corrections.create(language="ko", note="Waits")
    fact = actions.publish(record=copy)
    assert not fact.corrections.exists()
    assert fact.changes().corrections.get().note == "Waits"


def test_a_translation_begins_as_a_draft_without_a_body():
    original = actions.publish(record=article())
    draft = actions.start_translation(record=original, language=Language.KO)
    assert (draft.status, draft.language, draft.body) == (Status.DRAFT, "ko", "")
    assert draft.translation_group == original.translation_group
    assert draft.first_published_at is None


def test_a_translation_is_not_corrected_where_its_original_was():
    original = article()
    original.corrections.create(note="The day was wrong.")
    draft = actions.start_translation(record=original, language=Language.KO)
    assert not draft.corrections.exists()


def test_what_goes_to_the_trash_is_gone_and_comes_back_withdrawn():
    live = actions.publish(record=article())
    actions.trash(record=live)
    assert Article.objects.gone().get() == live
    live.refresh_from_db()
    actions.restore(record=live)
    live.refresh_from_db()
    assert live.status == Status.WITHDRAWN


@pytest.mark.parametrize(
    ("title", "slug"),
    [("평양의 겨울", "평양의-겨울"), ("Camp 2, 2012", "camp-2-2012"), ("A" * 300, "a" * 180)],
)
def test_an_address_is_made_from_the_title_and_keeps_hangul(title, slug):
    assert article(title=title).slug == slug


def test_a_title_of_emoji_still_gets_an_address_but_is_refused_with_a_sentence():
    row = article(title="🕯️🕯️")
    assert row.slug == str(row.uuid)[:8]
    with pytest.raises(ValidationError, match="letter or digit"):
        row.full_clean()


def test_the_same_title_twice_gets_two_addresses():
    assert [article(title="Statement").slug for _ in range(3)] == [
        "statement",
        "statement-2",
        "statement-3",
    ]


def test_a_tag_shows_its_korean_name_only_in_korean():
    tag = Tag.objects.create(name="Abductions", name_ko="납치")
    assert (tag.named("en"), tag.named("ko")) == ("Abductions", "납치")


def test_renaming_or_deleting_a_tag_or_a_menu_item_starts_a_generation():
    tag = Tag.objects.create(name="Abductions")
    before = generation.current().value
    tag.name = "Abductees"
    tag.save()
    Tag.objects.filter(pk=tag.pk).update(name_ko="납북자")
    MenuItem.objects.create(place="main", language="en", label="News", path="/en/news/")
    MenuItem.objects.all().delete()
    tag.delete()
    assert generation.current().value == before + 5


def changes_of(live: Milestone) -> dict[str, bool]:
    return {text.language: text.changed_at is not None for text in live.texts.all()}


def republished(live: Milestone, change) -> Milestone:
    copy = actions.open_working_copy(record=live)
    change(copy)
    return actions.publish(record=Milestone.objects.get(pk=copy.pk))


def renamed(language: str):
    def rename(copy: Milestone) -> None:
        text = copy.texts.get(language=language)
        text.title = "Another title"
        text.save()

    return rename


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        (lambda copy: None, {"en": False, "ko": False}),
        (renamed("ko"), {"en": False, "ko": True}),
        (
            lambda copy: copy.corrections.create(language="en", note="It was March."),
            {"en": True, "ko": False},
        ),
        (lambda copy: copy.symbols.create(symbol="A/HRC/RES/22/13"), {"en": True, "ko": True}),
    ],
    ids=["nothing", "a title", "a correction", "a symbol of the fact itself"],
)
def test_only_a_language_that_says_something_else_is_dated_as_changed(change, changed):
    live = actions.publish(record=milestone("en", "ko"))
    assert changes_of(republished(live, change)) == changed


def test_an_article_published_again_as_it_was_is_not_dated_as_changed():
    live = article()
    live.tags.add("Camps")
    live.coverage.create(outlet="An outlet")
    live = actions.publish(record=live)
    again = actions.publish(record=actions.open_working_copy(record=live))
    assert again.changed_at is None
    copy = actions.open_working_copy(record=live)
    copy.tags.add("Abductions")
    assert actions.publish(record=copy).changed_at is not None
