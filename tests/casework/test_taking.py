"""Somebody is taken out of all the site holds, and stays out."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from reversion.models import Version

from advocacy.accounts.sessions import SessionStore
from advocacy.attachments import storage
from advocacy.attachments.models import Attachment
from advocacy.casework import ledger, steps
from advocacy.casework.listing import default
from advocacy.casework.models import AppendOnly, Tombstone, Withdrawal
from advocacy.casework.report import Report
from advocacy.casework.scan import scan
from advocacy.letters import send
from advocacy.news.models import Article, Tag
from advocacy.protection.router import ALIAS
from advocacy.publishing import actions, log, unsaved
from advocacy.publishing.models import FormerAddress, LogEntry, Remark
from advocacy.publishing.revisions import keeping
from advocacy.search.models import Word
from advocacy.tasks.models import Task
from tests.accounts.signing_in import sign_in
from tests.facts import article, milestone
from tests.people import person
from tests.protection.entries import protect
from tests.tasks.work import do_all

from .plants import SURFACES, draft, pdf

pytestmark = pytest.mark.django_db(databases=["default", ALIAS], transaction=True)
KO, EN = "신동혁", "Shin Dong-hyuk"
FORMS = [KO, EN, "Donghyuk Shin", "Sin Tong-hyŏk"]
TERMS = {"names": [KO], "en": "a survivor", "ko": "생존자"}
Choice = Withdrawal.Choice


@pytest.fixture
def officer(key):
    return person("author", "officer", is_case_officer=True)


def found(officer, **terms) -> Withdrawal:
    work = steps.begin(person=None, terms=TERMS | terms, by=officer)
    do_all()
    return now(work)


def taken(officer, choice: str = "", **terms) -> Withdrawal:
    """As it is proposed, or all alike."""
    work = found(officer, **terms)
    chosen = {uuid: choice or default(one) for uuid, one in work.records.items()}
    assert steps.confirm(work, chosen)
    do_all()
    work = now(work)
    assert work.state == Withdrawal.State.DONE
    return work


def now(work: Withdrawal) -> Withdrawal:
    return Withdrawal.objects.get(pk=work.pk)


def status(path: str) -> int:
    return Client(HTTP_HOST="127.0.0.1:8000").get(path).status_code


def test_a_public_text_goes_on_without_the_name_at_another_address(officer):
    one = article(f"{EN} in Geneva")
    former = one.get_absolute_url()
    work = taken(officer)
    one.refresh_from_db()
    assert one.title == "a survivor in Geneva"
    assert one.is_public()
    assert status(one.get_absolute_url()) == 200
    assert status(former) == 410
    assert work.counted["replaced"] == 1
    assert LogEntry.objects.filter(verb="take_out", record=one.uuid).exists()
    assert log.verify().problem == ""


def test_a_text_that_is_to_go_is_gone_with_all_that_was_kept_of_it(officer):
    one = article(f"{EN} in Geneva")
    keeping.keep(one, by=officer)
    Remark.objects.create(record=one.uuid, by=officer, at=timezone.now(), text="Ask her.")
    taken(officer, Choice.WITHDRAW)
    assert status(one.get_absolute_url()) == 410
    assert not Article.objects.filter(pk=one.pk).exists()
    assert not Version.objects.exists()
    assert not Remark.objects.exists()


def test_working_copies_versions_trash_and_what_was_typed_are_mended(officer):
    one = article("A statement")
    copy = actions.open_working_copy(record=one, by=officer)
    copy.body = f"<p>{EN} spoke</p>"
    copy.save()
    keeping.keep(copy, by=officer)
    old = draft(summary=f"Of {KO}.")
    actions.trash(record=old)
    Remark.objects.create(record=one.uuid, by=officer, at=timezone.now(), text=f"Is {EN} well?")
    kept = unsaved.keep(
        user=officer,
        key=one.uuid,
        kind="news.article",
        record=one.uuid,
        row=one.uuid,
        fields={"title": [EN]},
    )
    kept.pages = {"en": f"<p>{EN}</p>"}
    kept.save()
    taken(officer, Choice.REPLACE)
    copy.refresh_from_db()
    assert copy.body == "<p>a survivor spoke</p>"
    old.refresh_from_db()
    assert old.summary == "Of 생존자."
    assert old.trashed_at
    assert Remark.objects.get().text == "Is a survivor well?"
    kept.refresh_from_db()
    assert (kept.fields, kept.pages) == ({"title": ["a survivor"]}, {})
    bodies = [json.loads(one.serialized_data) for one in Version.objects.all()]
    assert "a survivor spoke" in str(bodies)
    assert EN not in str(bodies)


def test_a_file_that_holds_the_name_is_gone_from_the_storage_and_from_texts(officer):
    stored = pdf("First.", f"Signed, {EN}")
    one = article("A statement")
    one.documents.create(attachment=stored)
    assert status(stored.get_absolute_url()) == 200
    taken(officer)
    assert not default_storage.exists(stored.key)
    assert not Attachment.objects.exists()
    assert not one.documents.exists()
    assert status(stored.get_absolute_url()) == 410
    assert status(f"/documents/{stored.uuid}/another-name.pdf") == 410
    assert status(one.get_absolute_url()) == 200


def test_a_file_stays_named_for_deletion_while_a_backup_counts_on_it(officer):
    stored = pdf(EN)
    work = found(officer)
    steps.confirm(work, {})
    with storage.nothing_deleted():
        do_all()
        assert stored.key in now(work).keys
        assert default_storage.exists(stored.key)
    Task.objects.ready(timezone.now() + timedelta(hours=1)).update(run_after=timezone.now())
    do_all()
    assert not default_storage.exists(stored.key)
    assert now(work).state == Withdrawal.State.DONE


def test_tags_former_addresses_letters_and_sessions_lose_it(officer):
    tag = Tag.objects.create(name=EN, name_ko=KO)
    path = "/en/news/2020/shin-dong-hyuk/"
    FormerAddress.objects.create(path=path, target=article("A statement").uuid)
    later = timezone.now() + timedelta(days=1)
    send.using(run_after=later).enqueue(officer.pk, "Hello", f"About {EN}")
    session = SessionStore()
    session["typed"] = f"About {EN}"
    session.create()
    taken(officer)
    tag.refresh_from_db()
    assert (tag.name, tag.name_ko, tag.slug) == ("a survivor", "생존자", "a-survivor")
    assert not FormerAddress.objects.exists()
    assert status(path) == 410
    assert not Task.objects.ready(later).filter(task_path=send.module_path).exists()
    assert not SessionStore(session.session_key).exists(session.session_key)


def test_accounts_of_people_who_work_here_are_left_and_told_of(officer):
    colleague = person("editor", "shin-dong-hyuk")
    colleague.name = EN
    colleague.save()
    work = taken(officer)
    assert work.counted["left"] >= 1
    colleague.refresh_from_db()
    assert (colleague.name, colleague.username) == (EN, "shin-dong-hyuk")


@pytest.mark.long
def test_what_takes_long_is_done_in_pieces(officer, monkeypatch):
    monkeypatch.setattr(steps, "PIECE_S", 0)
    texts = [article(f"{EN} in Geneva, {number}") for number in range(3)]
    stored = pdf(EN)
    work = taken(officer)
    assert Task.objects.filter(task_path=steps.go_on.module_path).count() > len(texts)
    assert work.counted["replaced"] == len(texts)
    assert not Attachment.objects.filter(pk=stored.pk).exists()
    assert not Article.objects.filter(title__contains=EN).exists()


def test_nothing_is_changed_before_a_case_officer_says_so(officer):
    one = article(f"{EN} in Geneva")
    work = found(officer)
    assert work.state == Withdrawal.State.ASKING
    one.refresh_from_db()
    assert one.title == f"{EN} in Geneva"
    assert not Tombstone.objects.exists()
    assert EN not in json.dumps([work.records, work.others])


def test_what_resembles_the_name_is_proposed_to_go(officer):
    sure, unsure = article(f"{EN} in Geneva"), article(f"{EN}, and later Dong-hyuk alone")
    work = found(officer)
    assert default(work.records[str(sure.uuid)]) == Choice.REPLACE
    assert default(work.records[str(unsure.uuid)]) == Choice.WITHDRAW


def test_the_words_of_the_search_forget_it(officer):
    one = milestone(titles={"en": f"{EN} is heard"})
    assert Word.objects.filter(word="hyuk").exists()
    taken(officer)
    assert not Word.objects.filter(word="hyuk").exists()
    found_now = Client(HTTP_HOST="127.0.0.1:8000").get("/en/search/", {"q": "hyuk"})
    assert one.texts.get().title not in found_now.content.decode()


@pytest.mark.parametrize(
    "choice", [Choice.REPLACE, pytest.param(Choice.WITHDRAW, marks=pytest.mark.long)]
)
def test_no_byte_is_left_of_a_name_that_was_everywhere(officer, choice):
    for plant in SURFACES.values():
        record = plant(KO, EN)
        keeping.keep(record, by=officer)
    assert scan(FORMS, [])["found"]
    work = taken(officer, choice)
    assert work.scan["found"] == []
    assert scan(FORMS, [])["found"] == []
    assert work.terms is None


def test_the_ledger_holds_no_name_and_only_grows(officer):
    article(f"{EN} in Geneva")
    taken(officer)
    written = ledger.place().read_text()
    assert len(ledger.read()) == Tombstone.objects.count() > 0
    for form in [KO, EN, "shin-dong-hyuk", "shindonghyuk", "survivor"]:
        assert form not in written
    stone = Tombstone.objects.first()
    for change in (stone.delete, stone.save, Tombstone.objects.all().delete):
        with pytest.raises(AppendOnly):
            change()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE casework_tombstone SET mark = ''",
        "DELETE FROM casework_tombstone",
        pytest.param(
            "INSERT OR REPLACE INTO casework_tombstone SELECT * FROM casework_tombstone",
            marks=pytest.mark.skipif(connection.vendor != "sqlite", reason="it alone knows this"),
        ),
        pytest.param(
            "TRUNCATE casework_tombstone",
            marks=pytest.mark.skipif(
                connection.vendor == "sqlite", reason="it knows no such thing"
            ),
        ),
    ],
)
def test_the_database_itself_refuses_to_change_the_ledger(key, sql):
    ledger.add(Tombstone.Kind.NAME, EN)
    before = list(Tombstone.objects.values())
    with (
        pytest.raises(DatabaseError, match="The ledger only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert list(Tombstone.objects.values()) == before


def test_a_line_of_the_ledger_that_was_altered_is_noticed(officer):
    article(f"{EN} in Geneva")
    taken(officer)
    lines = ledger.place().read_text().replace('"record"', '"file"').replace('"name"', '"file"')
    ledger.place().write_text(lines)
    with pytest.raises(ledger.Damaged):
        ledger.read()


def test_a_line_that_was_never_finished_counts_for_nothing(officer):
    article(f"{EN} in Geneva")
    taken(officer)
    whole = ledger.place().read_text()
    ledger.place().write_text(whole + '{"kind": "na')
    assert len(ledger.read()) == whole.count("\n")
    ledger.place().unlink()
    ledger.open_ledger()
    assert ledger.place().read_text() == whole


# --- At the desk -------------------------------------------------------------------------------------


def test_a_case_officer_walks_from_the_register_to_the_report(client, officer):
    sign_in(client, officer)
    one, gone = article(f"{EN} in Geneva"), article(f"{EN} in Seoul")
    who = protect(KO)
    form = reverse("casework:take_out_person", args=[who.pk])
    assert KO in client.get(form).content.decode()
    answer = client.post(form, {"names": "", "en": "a survivor", "ko": "생존자"})
    do_all()
    page = client.get(answer.url).content.decode()
    assert f"{EN} in Geneva" in page
    assert "A protected name: title." in page
    choices = {f"choice-{one.uuid}": "replace", f"choice-{gone.uuid}": "withdraw"}
    client.post(answer.url, choices)
    assert client.get(answer.url).headers["Refresh"]
    do_all()
    report = client.get(answer.url).content.decode()
    assert "Records in which the name was replaced: 1" in report
    assert "Records that were removed: 1" in report
    assert "No form of the name was found" in report
    assert f"http://127.0.0.1:8000{gone.get_absolute_url()}" in report
    assert EN not in report
    client.post(reverse("casework:drop", args=[Withdrawal.objects.get().pk]))
    assert not Withdrawal.objects.exists()


def test_a_word_that_is_said_instead_may_be_no_name(client, officer):
    sign_in(client, officer)
    form = reverse("casework:take_out")
    answer = client.post(form, {"names": EN, "en": "Dong-hyuk Shin", "ko": "생존자"})
    assert "one of the names to take out" in answer.content.decode()
    assert "Type at least one name" in client.post(form, {"en": "x", "ko": "y"}).content.decode()


def test_nobody_else_opens_it(client, officer):
    sign_in(client, person("administrator"))
    work = found(officer)
    for path in (reverse("casework:index"), reverse("casework:withdrawal", args=[work.pk])):
        assert client.get(path).status_code == 403


def test_a_search_can_be_dropped_and_nothing_is_changed(client, officer):
    sign_in(client, officer)
    one = article(f"{EN} in Geneva")
    work = found(officer)
    client.post(reverse("casework:drop", args=[work.pk]))
    assert not Withdrawal.objects.exists()
    one.refresh_from_db()
    assert EN in one.title


def test_the_report_names_the_backups_of_before_locked_ones_too(officer, settings, tmp_path):
    settings.BACKUP_DIR = tmp_path
    names = ["nkhr-2026-11-24.tar.gz", "nkhr-2026-11-25.tar.gz.age"]
    for name in names:
        (tmp_path / name).touch()
    assert Report.of(taken(officer)).backups == names
