"""The register at rest and in memory: sealed, apart, and read anew when it changes."""

import logging
import sqlite3
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connections, transaction
from django.test.utils import CaptureQueriesContext

from advocacy.protection import pages, register
from advocacy.protection.matching import Kind
from advocacy.protection.models import Alert, Consent, Page, Protected, Use, Verdict, Version
from advocacy.protection.router import ALIAS
from advocacy.protection.sealing import Unreadable

from .entries import FIRST, agree, protect

pytestmark = pytest.mark.django_db(databases=["default", ALIAS])


def finds(text: str) -> bool:
    found = register.current().matcher.find(text)
    return any(hit.kind == Kind.FULL for hit in found)


def rows() -> str:
    """Every byte the database holds of the register, as text."""
    said = []
    with connections[ALIAS].cursor() as cursor:
        for model in (Protected, Consent, Verdict, Use, Alert, Version):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            for row in cursor.fetchall():
                cells = [bytes(c) if isinstance(c, bytes | memoryview) else c for c in row]
                said += [repr(cell) for cell in cells]
    return "\n".join(said)


def test_a_site_without_a_register_has_none(settings):
    assert not register.is_set_up()
    assert register.current() is None


def test_an_empty_file_is_no_register(settings):
    settings.REGISTER_FILE.touch()
    assert register.current() is None


def test_nothing_of_a_person_can_be_read_in_the_database(key):
    person = protect("신동혁", "Shin Dong-hyuk", identifiers=("Musan",))
    agree(person, note="she agreed")
    stored = rows()
    for word in ("신동혁", "Shin", "Musan", "sisters", "survivor", "agreed", "somebody"):
        assert word not in stored
        assert word.encode().hex() not in stored


def test_a_change_is_known_at_the_next_look(key):
    assert not finds("신동혁")
    person = protect("신동혁")
    assert finds("Shin Dong-hyuk")
    person.facts = person.facts | {"names": [{"key": "1", "text": "김영수"}]}
    person.save()
    assert not finds("신동혁") and finds("Kim Young-soo")
    person.delete()
    assert not finds("김영수")


def test_what_did_not_change_is_not_read_again(key):
    protect("신동혁")
    kept = register.current()
    with CaptureQueriesContext(connections[ALIAS]) as queries:
        assert register.current() is kept
    assert len(queries) == 1


def test_another_key_than_the_registers_reads_nothing_and_adds_nothing(key, settings):
    protect("신동혁")
    settings.REGISTER_KEYS = [Fernet.generate_key().decode()]
    register.forget()
    with pytest.raises(Unreadable):
        register.current()
    with pytest.raises(Unreadable), transaction.atomic(using=ALIAS):
        protect("김영수")
    assert Protected.objects.count() == 1


def test_a_new_key_before_the_old_one_reads_what_the_old_one_sealed(key, settings):
    protect("신동혁")
    settings.REGISTER_KEYS = [Fernet.generate_key().decode(), key]
    register.forget()
    assert finds("신동혁")


@pytest.mark.parametrize("wrong", ["short", "", "%" * 44])
def test_a_key_that_is_none_closes_the_register(settings, wrong):
    settings.REGISTER_KEYS = [wrong]
    with pytest.raises(Unreadable):
        protect("신동혁")


def test_a_register_without_its_key_is_not_taken_for_none(settings):
    with sqlite3.connect(settings.REGISTER_FILE) as connection:
        connection.execute("CREATE TABLE protection_version (id)")
    connection.close()
    with pytest.raises(Unreadable):
        register.current()


def test_what_is_broken_is_logged_without_a_word_of_it(key, settings, caplog):
    protect("신동혁")
    settings.REGISTER_KEYS = ["wrong"]
    register.forget()
    with caplog.at_level(logging.DEBUG), pytest.raises(Unreadable):
        register.current()
    assert "cannot be read" in caplog.text
    assert "신동혁" not in caplog.text


def test_no_row_is_called_by_a_name(key):
    person = protect("신동혁")
    consent = agree(person)
    page = Page.objects.create(search=1, key=pages.key_of("/en/신동혁/"), path="/en/신동혁/")
    for row in (person, consent, page):
        assert "신동혁" not in f"{row} {row!r}"


BREAKERS = {
    "protection_version_one_row": lambda: Version.objects.create(pk=2, canary="x"),
    # Approved by who noted it, and approved by nobody.
    "protection_consent_second_person": lambda: agree(protect(), approved_by=FIRST),
    "protection_consent_approved_by_somebody": lambda: agree(protect(), approved_by=None),
    "protection_page_once": lambda: [
        Page.objects.create(search=1, key=pages.key_of("/en/"), path="/en/") for _twice in range(2)
    ],
}


def test_every_constraint_has_a_breaker():
    own = apps.get_app_config("protection").get_models()
    assert {one.name for model in own for one in model._meta.constraints} == set(BREAKERS)


@pytest.mark.parametrize("name", BREAKERS)
def test_the_register_refuses_what_must_never_be(key, name):
    unique = f"UNIQUE constraint failed: {name.rpartition('_')[0]}"  # SQLite says no more of one
    with pytest.raises(IntegrityError, match=f"{name}|{unique}"), transaction.atomic(using=ALIAS):
        BREAKERS[name]()


def test_the_tables_of_the_register_are_in_no_other_database(key):
    assert "protection_protected" not in connections["default"].introspection.table_names()
    others = set(connections[ALIAS].introspection.table_names())
    assert {name for name in others if not name.startswith("protection_")} <= {"django_migrations"}


def test_a_key_is_made_by_a_command():
    output = StringIO()
    call_command("register_key", stdout=output)
    Fernet(output.getvalue().strip())
