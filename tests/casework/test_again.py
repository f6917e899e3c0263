"""What a restore does with the ledger, on a database as it would be restored."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet
from django.db import transaction

from advocacy.backup.refused import Refused
from advocacy.casework import ledger
from advocacy.casework.again import Tombstones
from advocacy.casework.models import Tombstone
from advocacy.news.models import Article, Tag
from advocacy.protection import register, searching
from advocacy.protection.models import Exposed, Search
from advocacy.protection.router import ALIAS
from advocacy.protection.sealing import seal
from advocacy.publishing.models import LogEntry
from tests.facts import article
from tests.people import person
from tests.protection.entries import protect
from tests.tasks.work import do_all

pytestmark = pytest.mark.django_db(databases=["default", ALIAS])
Kind = Tombstone.Kind


def bury(letters: str, who: str = "") -> None:
    instead = seal(["a survivor", "생존자"]).decode()
    ledger.add(Kind.NAME, letters, letters=len(letters), person=who, instead=instead)


def take_out(**options) -> None:
    Tombstones().gather(**{"number": 0, "confirmed_by": "", **options}).take_out()


def test_a_name_is_taken_out_by_its_hash_alone(key):
    bury("shindonghyuk")
    bury("신동혁")
    one = article("SHIN Dong Hyuk in Geneva")
    tag = Tag.objects.create(name="신 동혁의 증언")
    take_out()
    one.refresh_from_db()
    tag.refresh_from_db()
    assert one.title == "a survivor in Geneva"
    assert tag.name == "생존자의 증언"


def test_who_is_in_the_register_still_is_taken_out_in_every_spelling(key):
    who = protect("신동혁")
    key_of_marks = ledger.marks.secrets()[0]
    bury("신동혁", key_of_marks.mark("person", str(who.pk)))
    one = article("A statement", public=False)
    one.summary = "Sin Tong-hyŏk spoke"
    one.save()
    take_out()
    one.refresh_from_db()
    assert one.summary == "a survivor spoke"


def test_who_was_entered_since_the_backup_is_searched_for_in_what_is_public(key):
    one = article("Shin Dong-hyuk in Geneva")
    protect("신동혁")
    searching.begin()
    take_out()
    do_all()
    assert [met.record for met in Exposed.objects.all()] == [one.uuid]
    assert Search.objects.count() == 2


def test_a_name_that_was_not_taken_out_stays(key):
    bury("shindonghyuk")
    one = article("Shin Dong-min in Geneva")
    take_out()
    one.refresh_from_db()
    assert one.title == "Shin Dong-min in Geneva"


def test_a_record_that_was_removed_is_removed_by_its_identifier(key):
    one, other = article("A statement"), article("Another")
    ledger.add(Kind.RECORD, str(one.uuid))
    take_out()
    assert list(Article.objects.all()) == [other]


def test_what_only_the_second_place_knows_is_taken_out_too(key):
    one = article("A statement")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ledger.add(Kind.RECORD, str(one.uuid))
        raise ZeroDivisionError  # the row is gone, as after a restore of what was before
    kept = ledger.read()
    assert not Tombstone.objects.exists()
    take_out(number=len(kept))
    assert not Article.objects.exists()
    assert {stone.hash for stone in kept} <= {stone.hash for stone in Tombstone.objects.all()}


def test_a_ledger_shorter_than_the_backups_is_refused(key):
    with pytest.raises(Refused, match="would come back"):
        take_out(number=1)
    with pytest.raises(Refused, match="no case officer"):
        take_out(number=1, confirmed_by=person("administrator").username)
    officer = person("author", is_case_officer=True)
    take_out(number=1, confirmed_by=officer.username)
    assert LogEntry.objects.get(verb="confirm").by == str(officer.pk)


def test_a_ledger_made_with_a_key_that_is_not_there_is_refused(key, settings):
    bury("shindonghyuk")
    settings.REGISTER_KEYS = [Fernet.generate_key().decode()]
    register.forget()
    with pytest.raises(Refused, match="another REGISTER_KEY"):
        take_out()
    settings.REGISTER_KEYS = [*settings.REGISTER_KEYS, key]
    take_out()


def test_an_altered_ledger_is_refused(key):
    bury("shindonghyuk")
    ledger.place().write_text(ledger.place().read_text().replace("name", "file"))
    with pytest.raises(Refused, match="altered"):
        take_out()
