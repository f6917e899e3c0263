"""The log only grows, tells who did what to which record, and shows where it was tampered with."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from importlib import import_module
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from advocacy.news.models import Article
from advocacy.publishing import actions, log
from advocacy.publishing.models import LogEntry
from tests.facts import article, milestone

pytestmark = pytest.mark.django_db

guards = import_module("advocacy.publishing.migrations.0003_log_only_grows")


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_user("editor")


def said() -> list[tuple]:
    return list(LogEntry.objects.values_list("number", "verb", "record", "language", "by"))


def grow(rows: int) -> None:
    for _number in range(rows):
        article()


def tamper(sql: str, *params) -> None:
    """As somebody would who has the database in their hands."""
    with connection.cursor() as cursor:
        for statement in guards.lifting(connection.vendor):
            cursor.execute(statement)
        cursor.execute(sql, params)
        for statement in guards.guarding(connection.vendor):
            cursor.execute(statement)


# What is noted


def test_each_deed_is_noted_with_who_did_it_to_which_text(editor):
    one = article(public=False)
    live = actions.publish(record=one, by=editor)
    actions.withdraw(publication=live, by=editor)
    actions.trash(record=live, by=editor)
    actions.restore(record=live)
    by = str(editor.pk)
    assert said() == [
        (1, "publish", live.uuid, "en", by),
        (2, "withdraw", live.uuid, "en", by),
        (3, "trash", live.uuid, "en", by),
        (4, "restore", live.uuid, "en", ""),
    ]


def test_of_a_fact_each_language_that_went_public_is_noted_under_the_uuid_of_the_fact(editor):
    fact = milestone(titles={"en": "One", "ko": "하나"}, public=False)
    fact.texts.filter(language="ko").first().delete()
    live = actions.publish(record=fact, by=editor)
    actions.trash(record=live, by=editor)
    assert [(row[1], row[2], row[3]) for row in said()] == [
        ("publish", fact.uuid, "en"),
        ("trash", fact.uuid, "en"),
    ]


def test_publishing_a_working_copy_is_noted_under_the_uuid_readers_know(editor):
    live = article()
    actions.publish(record=actions.open_working_copy(record=live), by=editor)
    assert {row[2] for row in said()} == {live.uuid}


def test_a_deed_that_fails_leaves_no_row():
    with pytest.raises(actions.NotPublishable):
        actions.publish(record=Article.objects.create(title="No text", body=""))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        article()
        raise ZeroDivisionError
    assert said() == []


def test_what_is_pressed_at_the_desk_is_noted_as_the_deed_of_who_pressed(admin_client, admin_user):
    live = article()
    for verb in ("withdraw", "trash", "restore"):
        admin_client.post(reverse(f"admin:news_article_{verb}", args=[live.pk]))
    verbs = LogEntry.objects.filter(by=admin_user.pk).values_list("verb", flat=True)
    assert list(verbs) == ["withdraw", "trash", "restore"]


def test_no_word_of_a_record_is_in_the_log():
    words = {"Secret title", "secret-title", "Secret body"}
    one = article("Secret title", summary="Secret body")
    actions.withdraw(publication=one)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM publishing_logentry")
        rows = str(cursor.fetchall()).lower()
    assert not [word for word in words if word.lower() in rows]


def test_what_somebody_was_given_and_what_was_taken_is_noted_by_name(editor, admin_user):
    before, after = {"role.author", "un.view"}, {"role.editor", "un.view", "publishing.review_text"}
    log.permissions(person=editor, before=before, after=after, by=admin_user)
    row = LogEntry.objects.get()
    assert (row.verb, row.person, row.by) == ("permissions", str(editor.pk), str(admin_user.pk))
    assert row.changes == "+publishing.review_text +role.editor -role.author"
    assert row.record is None


def test_permissions_that_did_not_change_are_not_noted(editor):
    log.permissions(person=editor, before=["a", "b"], after=["b", "a"], by=None)
    assert said() == []


@pytest.mark.parametrize("name", ["Shin Dong-hyuk", "a b", "+a", "편집자", ""])
def test_the_log_takes_names_of_permissions_and_no_other_words(editor, name):
    with pytest.raises(ValueError, match="Not the name"):
        log.permissions(person=editor, before=[], after=[name], by=None)


# That it only grows


def test_the_model_refuses_to_change_or_delete_a_row():
    grow(1)
    row = LogEntry.objects.get()
    for attempt in (
        row.save,
        row.delete,
        LogEntry.objects.all().delete,
        lambda: LogEntry.objects.update(verb="trash"),
        lambda: LogEntry.objects.bulk_update([row], ["verb"]),
        lambda: LogEntry.objects.bulk_create([LogEntry(number=2)]),
        lambda: LogEntry.objects.update_or_create(number=1),
    ):
        with pytest.raises(log.AppendOnly):
            attempt()


STATEMENTS = {
    "update": "UPDATE publishing_logentry SET verb = 'trash' WHERE number = 1",
    "delete": "DELETE FROM publishing_logentry WHERE number = 2",
    "a row out of order": (
        "INSERT INTO publishing_logentry (number, at, by, verb, language, person, changes, hash) "
        "SELECT 9, at, by, verb, language, person, changes, 'x' FROM publishing_logentry WHERE number = 1"
    ),
}
STATEMENTS_OF = {
    "sqlite": {
        "replace": STATEMENTS["a row out of order"]
        .replace("INSERT", "INSERT OR REPLACE")
        .replace("9", "1"),
    },
    "postgresql": {"truncate": "TRUNCATE publishing_logentry"},
}


@pytest.mark.parametrize("name", [*STATEMENTS, "replace", "truncate"])
def test_the_database_refuses_it_too(name):
    statement = (STATEMENTS | STATEMENTS_OF[connection.vendor]).get(name)
    if statement is None:
        pytest.skip("said otherwise in this database")
    grow(2)
    before = said()
    with (
        pytest.raises(IntegrityError, match="The log only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert said() == before


# That it shows where it was tampered with


def test_an_empty_log_is_whole_and_has_a_head():
    assert log.head() == (0, "0" * 64)
    assert log.verify() == (log.head(), "")
    assert not log.verify(anchor=log.head().hash).problem


def test_a_log_nobody_touched_is_whole(capsys):
    grow(3)
    head = log.head()
    assert head.number == 3
    assert log.verify() == (head, "")
    call_command("verify_log")
    assert f"3 rows, the last with the hash {head.hash}" in capsys.readouterr().out


ALTERED = {
    "verb": ("UPDATE publishing_logentry SET verb = 'trash' WHERE number = 2", 2),
    "moment": ("UPDATE publishing_logentry SET at = '2020-01-01 00:00:00' WHERE number = 1", 1),
    "who": ("UPDATE publishing_logentry SET by = '7' WHERE number = 3", 3),
    "language": ("UPDATE publishing_logentry SET language = 'ko' WHERE number = 2", 2),
    "person": ("UPDATE publishing_logentry SET person = '7' WHERE number = 2", 2),
    "changes": ("UPDATE publishing_logentry SET changes = '+a' WHERE number = 2", 2),
    "hash": (f"UPDATE publishing_logentry SET hash = '{'f' * 64}' WHERE number = 2", 2),
}


@pytest.mark.parametrize("column", ALTERED)
def test_the_first_altered_row_is_named(column):
    grow(4)
    statement, number = ALTERED[column]
    tamper(statement)
    assert f"Row {number} of the log does not follow" in log.verify().problem


def test_an_altered_record_is_noticed():
    grow(3)
    tamper("UPDATE publishing_logentry SET record = %s WHERE number = 2", uuid.uuid4().hex)
    assert "Row 2 " in log.verify().problem


def test_a_row_altered_with_its_own_hash_made_anew_betrays_itself_in_the_next():
    grow(3)
    first, second, _third = LogEntry.objects.all()
    second.verb = "trash"
    new = second.hash_after(first.hash)
    tamper("UPDATE publishing_logentry SET verb='trash', hash=%s WHERE number = 2", new)
    assert "Row 3 " in log.verify().problem


def test_a_row_taken_out_is_named():
    grow(4)
    tamper("DELETE FROM publishing_logentry WHERE number = 2")
    assert log.verify().problem == "Row 2 is missing from the log."


def test_a_row_taken_out_and_the_rest_numbered_anew_is_named():
    grow(4)
    with_gap_closed = "UPDATE publishing_logentry SET number = number - 1 WHERE number > 2"
    tamper("DELETE FROM publishing_logentry WHERE number = 2")
    tamper(with_gap_closed)
    assert "Row 2 of the log does not follow" in log.verify().problem


def test_a_row_slipped_in_is_named():
    grow(2)
    statement = STATEMENTS["a row out of order"].replace("9", "3")
    tamper(statement)
    assert "Row 3 of the log does not follow" in log.verify().problem


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="other databases hold no such value")
def test_a_value_that_was_never_written_is_named_like_any_other():
    grow(3)
    tamper("UPDATE publishing_logentry SET at = 'long ago' WHERE number = 2")
    assert "Row 2 " in log.verify().problem


def test_rows_cut_off_the_end_are_betrayed_by_an_anchor_kept_elsewhere():
    grow(2)
    early = log.head().hash
    grow(2)
    late = log.head().hash
    tamper("DELETE FROM publishing_logentry WHERE number > 2")
    assert not log.verify().problem
    assert not log.verify(anchor=early).problem
    assert "does not hold the anchor" in log.verify(anchor=late).problem


def test_a_log_written_anew_from_the_beginning_is_betrayed_by_an_anchor():
    grow(3)
    anchor = log.head().hash
    tamper("DELETE FROM publishing_logentry")
    grow(5)
    assert not log.verify().problem
    with pytest.raises(CommandError, match="does not hold the anchor"):
        call_command("verify_log", anchor=anchor)


def test_the_command_names_the_row_and_fails():
    grow(3)
    tamper("DELETE FROM publishing_logentry WHERE number = 1")
    with pytest.raises(CommandError, match="Row 1 is missing from the log") as failed:
        call_command("verify_log", stdout=StringIO())
    assert failed.value.returncode == 1


def test_the_hash_of_a_row_is_what_the_decision_says():
    """docs/adr/0016: anybody can recompute it without this program."""
    row = LogEntry(
        number=7,
        at=datetime(2026, 11, 25, 1, 2, 3, 4, tzinfo=UTC),
        by="3",
        verb="publish",
        record=uuid.UUID(int=5),
        language="ko",
    )
    assert row.canonical() == (
        b'[7,"2026-11-25T01:02:03.000004+00:00","3","publish",'
        b'"00000000-0000-0000-0000-000000000005","ko","",""]'
    )
    # printf '%s\n%s' 000…0 '[7,"2026-…' | sha256sum
    assert row.hash_after("0" * 64) == (
        "4cc1c50ff7d5cb70ec54f95d642c4b3d5e8f336cb9e8ce57a0ed55be6f439e2e"
    )
