"""The index follows what is published, in the same transaction, and is made anew while that goes on."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from advocacy.attachments import actions as attachments
from advocacy.attachments.models import Attachment
from advocacy.meetings.models import Participant
from advocacy.news.models import Article, Tag
from advocacy.publishing import actions
from advocacy.search import index, query, results, vocabulary
from advocacy.search.engines import MOST_OF_ONE, MOST_TOKENS, Entry, engine
from advocacy.search.models import Citation, Document, Edition, Word
from tests.facts import article, hide, meeting, milestone
from tests.search.found.corpus import pdf

pytestmark = pytest.mark.django_db


def found(typed: str, at=None) -> int:
    return results.total(vocabulary.widened(query.read(typed)), at or timezone.now())


def rows() -> list[tuple]:
    order = ("kind", "source", "number", "part", "language", "body", "day", "year")
    return list(Document.objects.order_by(*order[:4]).values_list(*order))


def held() -> list[set[str]]:
    documents = Document.objects.order_by("kind", "source", "number", "part")
    return [engine().held_by([document.pk]) for document in documents]


# --- In step --------------------------------------------------------------------------------


def test_a_text_is_found_by_its_title_summary_body_notes_and_alt_texts():
    picture = Attachment.objects.create(
        kind="picture", title="x", name="x", alt_en="A heron", key="k", media_type="image/png",
        sha256="0" * 64, size=1, width=1, height=1,
    )  # fmt: skip
    one = Article.objects.create(
        title="Alder",
        summary="Birch",
        body=f'<p>Cedar<span data-note="Damson"></span></p><figure data-attachment="{picture.uuid}">'
        "<figcaption>Elm</figcaption></figure>",
        kicker="Fir",
        place="Gingko",
    )
    one.coverage.create(outlet="Hazel Times", headline="Ilex")
    actions.publish(record=one)
    trees = ("alder", "birch", "cedar", "damson", "elm", "fir", "gingko", "hazel", "ilex")
    for word in (*trees, "heron"):
        assert found(word) == 1, word
    picture.alt_en = "A stork"
    attachments.describe(attachment=picture, changed=["alt_en"])
    assert (found("heron"), found("stork")) == (0, 1)


def test_a_fact_is_found_by_its_symbols_participants_and_place():
    milestone(symbols=("A/HRC/RES/22/13",), our_part="<p>Juniper</p>", public=True)
    talk = meeting(public=False, place_en="Larch")
    Participant.objects.create(meeting=talk, role="official", name_en="Maple", office_en="Nutmeg")
    actions.publish(record=talk)
    for word in ("a/hrc/res/22/13", "juniper", "larch", "maple", "nutmeg"):
        assert found(word) == 1, word


def test_changes_that_wait_are_not_found_and_replace_what_was_when_they_are_published():
    live = article("Old words")
    copy = actions.open_working_copy(record=live)
    copy.title = "New phrases"
    copy.save()
    assert (found("phrases"), found("words")) == (0, 1)
    actions.publish(record=copy)
    assert (found("phrases"), found("words")) == (1, 0)
    assert Document.objects.count() == 1


def test_what_is_rolled_back_was_never_in_the_index():
    with pytest.raises(RuntimeError), transaction.atomic():
        article("Undone")
        raise RuntimeError
    assert found("undone") == 0
    assert not engine().used(["undon"])
    assert not Word.objects.filter(word="undone").exists()


def test_an_article_is_found_by_its_tags_in_its_own_language_and_after_a_new_name():
    tag = Tag.objects.create(name="Alder", name_ko="오리나무")
    for language in ("en", "ko"):
        one = article(public=False, language=language)
        one.tags.add(tag)
        actions.publish(record=one)
    assert (found("alder"), found("오리나무")) == (1, 1)
    tag.name = "Birch"
    tag.save()
    assert (found("alder"), found("birch")) == (0, 1)


@pytest.mark.parametrize(
    "delete", [lambda tag: tag.delete(), lambda tag: Tag.objects.all().delete()]
)
def test_no_word_of_a_deleted_tag_is_left_in_the_index(delete):
    tag = Tag.objects.create(name="Unspeakable")
    one = article(public=False)
    one.tags.add(tag)
    actions.publish(record=one)
    delete(tag)
    assert not engine().used(["unspeak"])
    assert not Word.objects.filter(word="unspeakable").exists()


def test_a_tag_that_only_drafts_have_is_not_in_the_index():
    article("Draft", public=False).tags.add(Tag.objects.create(name="Unspeakable"))
    assert not engine().used(["unspeak"])


def test_the_documents_a_text_names_are_known_as_long_as_it_is_released():
    one = article(public=False)
    one.body = "<p>A/HRC/25/63, A/HRC/25/63-F and S/PV.7353</p>"
    one.save()
    one.documents.create(attachment=pdf("Report", ["Nothing", "a/res/69/188"]))
    live = actions.publish(record=one)
    milestone(symbols=("A/810",))
    named = Citation.objects.order_by("symbol").values_list("symbol", "document__kind")
    assert list(named) == [
        *[("A/810", "milestone"), ("A/HRC/25/63", "news"), ("A/RES/69/188", "pdf")],
        ("S/PV.7353", "news"),
    ]
    actions.withdraw(publication=live)
    assert list(named.all()) == [("A/810", "milestone")]


def test_a_file_is_in_the_index_page_by_page_as_long_as_a_released_text_uses_it():
    file = pdf("Report", ["alder", "birch", "cedar"])
    assert found("birch") == 0
    one = article(public=False)
    one.documents.create(attachment=file)
    assert found("birch") == 0
    live = actions.publish(record=one)
    assert results.pages(query.read("birch"), [file.pk]) == {file.pk: [2]}
    copy = actions.open_working_copy(record=live)
    copy.documents.all().delete()
    actions.publish(record=copy)
    assert found("birch") == 0
    assert not Document.objects.filter(kind="pdf").exists()


def test_a_file_with_other_words_replaces_the_pages():
    file = pdf("Report", ["alder", "birch"])
    one = article(public=False)
    one.documents.create(attachment=file)
    actions.publish(record=one)
    file.page_texts.all().delete()
    file.page_texts.create(number=1, text="cedar")
    file.sha256 = "1" * 64
    file.title = "Paper"
    file.save()
    attachments.describe(attachment=file, changed=[])
    assert [found(word) for word in ("alder", "birch", "cedar", "paper")] == [0, 0, 1, 1]


def test_publishing_again_what_has_not_changed_writes_no_word():
    file = pdf("Report", [f"page{number}" for number in range(60)])
    one = article(public=False)
    one.documents.create(attachment=file)
    live = actions.publish(record=one)
    before = list(Document.objects.order_by("pk").values_list("pk", flat=True))
    actions.publish(record=live)
    assert list(Document.objects.order_by("pk").values_list("pk", flat=True)) == before


@pytest.mark.parametrize("state", ["draft", "withdrawn", "trashed"])
def test_nothing_of_what_was_taken_back_is_left_in_the_index(state):
    hide(article("Unspeakable", public=False), state)
    hide(meeting(titles={"en": "Unspeakable"}, public=False), state)
    assert not Document.objects.exists()
    assert not engine().used(["unspeak"])
    assert not Word.objects.filter(word="unspeakable").exists()


def test_a_word_stays_known_as_long_as_one_text_has_it():
    first, second = article("Rowan one"), article("Rowan two")
    actions.withdraw(publication=first)
    assert Word.objects.filter(word="rowan").exists()
    actions.withdraw(publication=second)
    assert not Word.objects.filter(word="rowan").exists()


def test_a_database_is_asked_of_no_more_words_at_once_than_it_takes():
    many = {f"w{number}x" for number in range(1200)}
    asked: list[int] = []

    def count(execute, sql, params, *rest):
        asked.append(len(params or ()))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(count):
        vocabulary.learn(many)
        vocabulary.learn(many)
    assert max(asked) <= 1000
    assert Word.objects.filter(word__startswith="w").count() == 1200


def test_the_beginning_of_a_word_finds_it_though_its_stem_is_shorter():
    article("Testimonies and testimony")
    for typed in ("te*", "testimo*", "testimon*", "testimoni*", "testimony*", "testimonies*"):
        assert found(typed) == 1, typed
    assert found("testimonyx*") == 0


# --- Long texts -----------------------------------------------------------------------------


def test_a_phrase_late_in_a_very_long_text_is_found():
    filler = " ".join(f"w{number}" for number in range(3 * MOST_TOKENS))
    article("Long", public=False)
    one = Article.objects.get()
    one.body = (
        f"<p>{filler}</p><p>a needle in hay</p><p>{'again ' * 3 * MOST_OF_ONE}</p><p>last straw</p>"
    )
    one.save()
    actions.publish(record=one)
    assert Document.objects.count() > 3
    assert found('"needle in hay"') == 1
    assert found('"last straw"') == 1
    assert found("long straw") == 1


def test_no_part_has_more_than_both_databases_hold():
    for tokens in (["a"] * 1000, [str(n) for n in range(20_000)], [], ["¶"] * 1000):
        parts = list(index._parts(list(tokens)))
        assert [token for part in parts for token in part] == tokens
        assert all(len(part) <= MOST_TOKENS for part in parts)
        assert all(part.count("a") <= MOST_OF_ONE for part in parts)


def test_a_file_with_very_many_pages_hides_nothing_else():
    one = article(public=False)
    one.documents.create(attachment=pdf("Report", ["alder"] * (results.MOST_ROWS + 1)))
    actions.publish(record=one)
    article("Older", published_at=timezone.now() - timedelta(days=9), summary="Of an alder")
    for order in ("", results.NEWEST):
        choice = results.Choice(order=order)
        places = results.best(query.read("alder"), choice, "ko", timezone.now())
        assert {place.kind for place in places} == {"news", "pdf"}
        assert len(places) == found("alder") == 2


# --- Anew -----------------------------------------------------------------------------------


def some_of_everything() -> None:
    article("Rowan", language="en")
    article("마가목", language="ko")
    milestone(symbols=("A/HRC/25/63",))
    one = article("With a file", public=False)
    one.documents.create(attachment=pdf("Report", ["alder", "birch"]))
    actions.publish(record=one)
    hide(meeting(public=False), "embargoed")


def test_the_index_made_anew_is_what_it_was():
    some_of_everything()
    before = rows(), held(), sorted(Word.objects.values_list("word", flat=True))
    output = StringIO()
    call_command("reindex", stdout=output)
    after = rows(), held(), sorted(Word.objects.values_list("word", flat=True))
    assert after == before
    assert "7 texts and pages" in output.getvalue()
    assert "6 of 6" in output.getvalue()


def test_an_index_that_was_lost_or_spoiled_is_whole_again():
    some_of_everything()
    before = rows(), held()
    Document.objects.filter(kind="news").delete()
    engine().put([Entry(999_999, ["stray"], [], [])])
    Document.objects.create(kind="page", source=4711, language="en", mark="")
    Word.objects.create(word="nowhere", stem="nowher")
    index.reindex()
    assert (rows(), held()) == before
    assert not engine().used(["strai", "stray"])
    assert not Word.objects.filter(word="nowhere").exists()


def test_what_is_published_while_the_index_is_made_anew_is_in_it():
    for number in range(3):
        article(f"Rowan {number}")
    published = []

    def meanwhile(done: int, total: int) -> None:
        if not published:
            published.append(article("Hornbeam"))
            actions.withdraw(publication=Article.objects.get(title="Rowan 1"))
            copy = actions.open_working_copy(record=Article.objects.get(title="Rowan 2"))
            copy.title = "Hawthorn"
            copy.save()
            actions.publish(record=copy)

    index.reindex(meanwhile)
    counts = [found(word) for word in ("rowan", "hornbeam", "hawthorn")]
    assert counts == [1, 1, 1]


def test_the_index_knows_the_rules_it_was_made_by(monkeypatch):
    assert not index.is_current()
    index.reindex()
    assert index.is_current()
    monkeypatch.setattr(index, "RULES", index.RULES + 1)
    assert not index.is_current()
    index.reindex()
    assert index.is_current()
    assert Edition.objects.count() == 1


def test_the_table_of_words_is_there_and_said_in_bytes():
    article("Rowan")
    assert engine().size() > 0
    assert connection.vendor in ("sqlite", "postgresql")


def test_an_end_that_passed_is_still_in_the_index_and_is_found_by_nobody():
    one = article("Rowan")
    one.unpublish_at = timezone.now() + timedelta(hours=1)
    one.save()
    later = timezone.now() + timedelta(hours=2)
    assert (found("rowan"), found("rowan", later)) == (1, 0)
